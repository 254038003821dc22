package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"sync/atomic"
	"time"

	"careerbot/adapters/internal/rest"
)

// Session is one session of a shard. Discord gives every session of a shard
// all of its events. Create it with [New].
type Session struct {
	cfg  Config
	live atomic.Bool

	// What a session is resumed by. Only Run's goroutine uses it.
	id, resumeAddress string
	sequence          int64
}

// New returns a session that has not begun.
func New(cfg Config) *Session {
	cfg.Times = cfg.Times.orDefault()
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Dialer == nil {
		cfg.Dialer = dialer
	}
	cfg.Log = cfg.Log.With("shard", cfg.Shard)
	return &Session{cfg: cfg}
}

// Live says whether the session hears events just now. It may be called
// concurrently with Run.
func (s *Session) Live() bool { return s.live.Load() }

// Run holds the session until ctx is done, and returns nil then, or a
// [CloseError] when Discord will never have it.
func (s *Session) Run(ctx context.Context) error {
	wait := s.cfg.Times.Back
	for {
		began, err := s.connect(ctx)
		s.live.Store(false)
		if ctx.Err() != nil {
			return nil
		}
		fatal, over := closing(err)
		if fatal != nil {
			return fatal
		}
		if over {
			s.forget()
		}
		if began {
			wait = s.cfg.Times.Back
		}
		pause := wait/2 + rand.N(wait/2+1) //nolint:gosec // spreads reconnects, hides nothing
		if errors.Is(err, errInvalid) {
			pause = s.cfg.Times.Invalid + rand.N(4*s.cfg.Times.Invalid) //nolint:gosec // as Discord wants it
		}
		s.cfg.Log.Info("discord: gateway: connecting again", "in", pause, "why", err, "resume", s.id != "")
		if !rest.For(ctx, pause) {
			return nil
		}
		wait = min(2*wait, s.cfg.Times.MaxBack)
	}
}

// forget has the next connection begin a new session.
func (s *Session) forget() { s.id, s.resumeAddress, s.sequence = "", "", 0 }

var (
	// errInvalid is Discord's word that a session is not, or not yet, to be had.
	errInvalid   = errors.New("the session is invalid")
	errReconnect = errors.New("asked to connect again")
)

// connect holds one connection and returns why it ended, and whether a session
// had begun on it or gone on.
func (s *Session) connect(ctx context.Context) (began bool, err error) {
	resume := s.id != ""
	address := s.cfg.Address
	if resume && s.resumeAddress != "" {
		address = s.resumeAddress
	}
	if !resume && s.cfg.Permit != nil {
		if err := s.cfg.Permit.Wait(ctx, s.cfg.Shard); err != nil {
			return false, err
		}
	}
	c, err := dial(ctx, s.cfg.Dialer, address, s.cfg.Times)
	if err != nil {
		s.resumeAddress = "" // the next try is at the front door
		return false, err
	}
	defer c.close(closeGoingOn)
	stop := context.AfterFunc(ctx, func() { c.close(closeForGood) })
	defer stop()

	hello := false
	for {
		m, err := c.read()
		if err != nil {
			return began, err
		}
		switch m.Op {
		case opHello:
			if hello {
				continue
			}
			hello = true
			if err := s.greet(c, m.Data, resume); err != nil {
				return began, err
			}
		case opDispatch:
			s.sequence = m.Sequence
			c.heard(m.Sequence)
			if m.Type == "READY" || m.Type == "RESUMED" {
				if err := s.begin(c, m); err != nil {
					return began, err
				}
				began = true
				continue
			}
			s.cfg.Handle(Event{m.Type, m.Data})
		case opHeartbeat:
			if err := c.beat(); err != nil {
				return began, err
			}
		case opAck:
			c.acknowledged()
		case opReconnect:
			return began, errReconnect
		case opInvalid:
			var resumable bool
			if json.Unmarshal(m.Data, &resumable) != nil || !resumable {
				s.forget()
			}
			return began, errInvalid
		default:
			s.cfg.Log.Debug("discord: gateway: an operation that is not known", "op", m.Op)
		}
	}
}

// greet answers the hello, and has heartbeats sent from then on.
func (s *Session) greet(c *conn, hello json.RawMessage, resume bool) error {
	var h struct {
		Interval float64 `json:"heartbeat_interval"` // ms
	}
	if err := json.Unmarshal(hello, &h); err != nil || h.Interval < 1 {
		return errors.New("a hello without an interval")
	}
	c.heard(s.sequence)
	c.live(time.Duration(h.Interval * float64(time.Millisecond)))
	if resume {
		return c.write(opResume, map[string]any{"token": s.cfg.Token, "session_id": s.id, "seq": s.sequence})
	}
	return c.write(opIdentify, map[string]any{
		"token":      s.cfg.Token,
		"intents":    s.cfg.Intents,
		"shard":      [2]int{s.cfg.Shard, max(s.cfg.Shards, 1)},
		"properties": map[string]string{"os": "linux", "browser": "careerbot", "device": "careerbot"},
	})
}

// begin notes what the session is resumed by.
func (s *Session) begin(c *conn, m message) error {
	b := Beginning{Resumed: m.Type == "RESUMED"}
	if !b.Resumed {
		var ready struct {
			SessionID     string `json:"session_id"`
			ResumeAddress string `json:"resume_gateway_url"`
			User          struct {
				ID string `json:"id"`
			} `json:"user"`
			Application struct {
				ID string `json:"id"`
			} `json:"application"`
		}
		if err := json.Unmarshal(m.Data, &ready); err != nil || ready.SessionID == "" {
			return errors.New("a session without an id")
		}
		s.id, s.resumeAddress = ready.SessionID, ready.ResumeAddress
		b.User, b.ApplicationID = ready.User.ID, ready.Application.ID
	}
	c.begun()
	s.live.Store(true)
	s.cfg.Log.Info("discord: gateway: a session is live", "resumed", b.Resumed)
	if s.cfg.Began != nil {
		s.cfg.Began(b)
	}
	return nil
}

// version is that of the gateway that is spoken here.
const version = "10"

// located is the address with the version and the encoding.
func located(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "ws" && u.Scheme != "wss" {
		return "", fmt.Errorf("gateway: the address is none")
	}
	q := u.Query()
	q.Set("v", version)
	q.Set("encoding", "json")
	u.RawQuery = q.Encode()
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), nil
}
