package discord

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"careerbot/adapters/discord/gateway"
	"careerbot/adapters/internal/rest"
)

// Discord gives each of a shard's sessions all of its events, so that each
// shard has two: while one is connecting again, or its replica is dead, the
// other hears what is said. Who answers is settled by the claim on the message.
const sessionsPerShard = 2

// shardTimes are how a replica looks after its sessions.
type shardTimes struct {
	roll time.Duration // between two looks at who is alive
	// keep is how long a session is held that has become another's, which takes
	// a while to begin it.
	keep    time.Duration
	gateway gateway.Times
}

var defaultTimes = shardTimes{roll: time.Second, keep: 30 * time.Second}

// shards are the sessions that this process holds.
type shards struct {
	times shardTimes

	mu   sync.Mutex
	held map[int][]*held // by shard
	sure bool            // what is to be held is known, and held
}

// held is a session that runs.
type held struct {
	*gateway.Session
	stop context.CancelFunc
	done chan struct{}
	over time.Time // since when it is another's; zero: it is ours
}

// live says whether each shard of this process has a live session.
func (s *shards) live() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, all := range s.held {
		if len(all) > 0 && !slices.ContainsFunc(all, func(h *held) bool { return h.Live() }) {
			return false
		}
	}
	return s.sure
}

// door is the way to the gateway.
type door struct {
	address string
	shards  int
	limit   gateway.Limit
}

// askDoor asks Discord for the gateway's address, how many shards it
// recommends, and how many sessions may yet begin.
// https://docs.discord.com/developers/events/gateway#get-gateway-bot
func (a *Adapter) askDoor(ctx context.Context) (door, error) {
	ctx, stop := context.WithTimeout(ctx, callTime)
	defer stop()
	r, err := a.rest.GatewayBot(a.bounded(ctx)...)
	var refusal refusal
	switch err = refused(err); {
	case errors.As(err, &refusal) && refusal.Status == http.StatusUnauthorized:
		return door{}, errToken
	case err != nil:
		return door{}, err
	}
	l := r.SessionStartLimit
	return door{r.URL, max(r.Shards, 1), gateway.Limit{Total: l.Total, Remaining: l.Remaining,
		Reset: time.Duration(l.ResetAfter) * time.Millisecond, MaxConcurrency: l.MaxConcurrency}}, nil
}

// errReshard says that Discord wants more shards.
var errReshard = errors.New("discord: more shards are needed")

// hold holds this replica's part of all sessions until ctx is done.
func (a *Adapter) hold(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		began := time.Now()
		err := a.holdOnce(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, errToken):
			return err
		}
		var closed gateway.CloseError
		if errors.As(err, &closed) {
			return remedy(closed)
		}
		if time.Since(began) > time.Minute {
			wait = time.Second
		}
		a.log.WarnContext(ctx, "discord: gateway: beginning anew", "in", wait, "error", err)
		if !rest.For(ctx, wait) {
			return nil
		}
	}
}

// remedy says what to do when Discord will not have a session.
func remedy(err gateway.CloseError) error {
	switch err.Code {
	case gateway.CodeAuthenticationFailed:
		return errToken
	case gateway.CodeDisallowedIntents, gateway.CodeInvalidIntents:
		return fmt.Errorf("discord: the intents for messages in servers and direct messages are refused, of which none is privileged: look whether the application is restricted, under Bot of your application: %w", err)
	}
	return fmt.Errorf("discord: the gateway will not have me: is this the newest release? %w", err)
}

// holdOnce holds sessions for as many shards as Discord recommends now.
func (a *Adapter) holdOnce(ctx context.Context) error {
	d, err := a.askDoor(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	failed := make(chan error, 1)
	begin := a.beginner(ctx, d, failed)
	defer a.shards.end()
	defer stop()
	// Replicas that were told different numbers of shards do not share them.
	me := rand.Text() + "/" + fmt.Sprint(d.shards)
	if r := a.cfg.Replicas; r != nil {
		defer func() {
			short, stop := context.WithTimeout(context.WithoutCancel(ctx), callTime)
			defer stop()
			_ = r.Leave(short, me) // else it is struck off
		}()
	}
	all := []string{me}
	for {
		if r := a.cfg.Replicas; r != nil {
			if found, err := r.Call(ctx, me); err == nil {
				all = found // else the last is as good as any
			}
		}
		for shard := range d.shards {
			a.shards.adjust(shard, share(all, me, shard), begin)
		}
		a.shards.settled()
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case <-time.After(a.shards.times.roll):
		}
	}
}

// beginner returns what begins a session of a shard.
func (a *Adapter) beginner(ctx context.Context, d door, failed chan<- error) func(shard int) *held {
	first := true
	starts := gateway.NewStarts(func(ctx context.Context) (gateway.Limit, error) {
		if first { // it is called one at a time
			first = false
			return d.limit, nil
		}
		d, err := a.askDoor(ctx)
		return d.limit, err
	}, a.shards.times.gateway, a.log)
	return func(shard int) *held {
		ctx, stop := context.WithCancel(ctx)
		h := &held{stop: stop, done: make(chan struct{})}
		h.Session = gateway.New(gateway.Config{Address: d.address, Token: a.cfg.Token, Intents: gateway.GuildMessages | gateway.DirectMessages,
			Shard: shard, Shards: d.shards, Permit: starts, Times: a.shards.times.gateway, Log: a.log,
			Handle: func(e gateway.Event) { a.happened(ctx, e) }, Began: a.began})
		go func() {
			defer close(h.done)
			err := h.Run(ctx)
			var closed gateway.CloseError
			if errors.As(err, &closed) && closed.Code == gateway.CodeShardingRequired {
				err = errReshard
			}
			if err != nil {
				select {
				case failed <- err:
				default:
				}
			}
		}()
		return h
	}
}

// began notes who the bot is, and what may have been missed.
func (a *Adapter) began(b gateway.Beginning) {
	if b.Resumed {
		return
	}
	if b.User != "" {
		a.self.Store(b.User)
	}
	if b.ApplicationID != "" && b.ApplicationID != a.cfg.ApplicationID {
		a.die(errApplication)
		return
	}
	a.mayHaveMissed()
}

// happened takes an event. It never waits: nothing else is read meanwhile.
func (a *Adapter) happened(ctx context.Context, e gateway.Event) {
	switch e.Type {
	case "INTERACTION_CREATE":
		// What was begun is finished though the session ends.
		a.later(context.WithoutCancel(ctx), func(ctx context.Context) { a.interact(ctx, e.Data) })
	case "MESSAGE_CREATE":
		m, err := readMessage(e.Data)
		if err != nil {
			a.counts.Unreadable.Add(1)
			a.log.WarnContext(ctx, "discord: a message that cannot be read", "error", err)
			return
		}
		if m.hears(a.selfID()) {
			a.later(ctx, func(ctx context.Context) { a.hear(ctx, m, false) })
		}
	}
}

// share is how many sessions of a shard are mine: two when I am alone, and
// otherwise one for each of the two replicas that a hash puts first, which is
// another two for each shard and the same for all who look.
func share(all []string, me string, shard int) int {
	_, total, _ := strings.Cut(me, "/")
	rank := func(name string) uint64 {
		h := fnv.New64a()
		_, _ = fmt.Fprintf(h, "%d %s", shard, name) // a hash takes everything
		return h.Sum64()
	}
	mine := []string{me}
	for _, name := range all {
		if _, n, _ := strings.Cut(name, "/"); n == total && name != me {
			mine = append(mine, name)
		}
	}
	if len(mine) == 1 {
		return sessionsPerShard
	}
	slices.SortFunc(mine, func(a, b string) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b)) })
	if slices.Index(mine, me) < sessionsPerShard {
		return 1
	}
	return 0
}

// adjust holds as many sessions of the shard as it is to.
func (s *shards) adjust(shard, want int, begin func(shard int) *held) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held == nil {
		s.held = map[int][]*held{}
	}
	all := s.held[shard]
	for i, h := range all {
		switch {
		case i < want:
			h.over = time.Time{}
		case h.over.IsZero():
			h.over = time.Now()
		}
	}
	for len(all) < want {
		all = append(all, begin(shard))
	}
	if last := len(all) - 1; last >= want && time.Since(all[last].over) > s.times.keep {
		all[last].stop()
		all = all[:last]
	}
	s.held[shard] = all
}

func (s *shards) settled() {
	s.mu.Lock()
	s.sure = true
	s.mu.Unlock()
}

// end waits until all sessions have ended, whose context is over.
func (s *shards) end() {
	s.mu.Lock()
	old := s.held
	s.held, s.sure = nil, false
	s.mu.Unlock()
	for _, all := range old {
		for _, h := range all {
			h.stop()
			<-h.done
		}
	}
}
