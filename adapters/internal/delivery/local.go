package delivery

import (
	"container/list"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// LocalOptions bound a [Local]. A field that is zero has its default.
type LocalOptions struct {
	Terms   Terms
	Claims  int // remembered at once: 100,000
	Letters int // waiting at once: 10,000
	Workers int // sending at once: 16
	Log     *slog.Logger
}

// Local is a [Ledger] and an [Outbox] in this process. It is bounded: beyond
// its capacity the answered messages that are longest past are forgotten
// first, and when only unanswered ones are left it returns [ErrFull]. Its
// letters are lost when the process ends: see [Desk.Drain].
type Local struct {
	terms   Terms
	claims  int
	letters int
	workers int
	log     *slog.Logger

	mu    sync.Mutex
	byKey map[string]*claim
	held  *list.List // of *claim, the first claimed in front
	done  *list.List // of *claim, the first done in front
	box   box
}

// claim is what is remembered of one message.
type claim struct {
	key, nonce string
	state      State         // Held, Queued or Done
	retaken    bool          // from one who never said how it ended
	since      time.Time     // when it came to that
	in         *list.List    // held or done; nil while queued, for as long as the letter waits
	el         *list.Element // in it
}

// NewLocal returns an empty store.
func NewLocal(o LocalOptions) *Local {
	or := func(n, def int) int {
		if n == 0 {
			return def
		}
		return n
	}
	l := &Local{
		terms: o.Terms.OrDefault(), claims: or(o.Claims, 100_000), letters: or(o.Letters, 10_000), workers: or(o.Workers, 16),
		log: o.Log, byKey: map[string]*claim{}, held: list.New(), done: list.New(),
		box: box{lanes: map[string]*lane{}, changed: make(chan struct{})},
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	return l
}

// Claim implements [Ledger].
func (l *Local) Claim(ctx context.Context, key, nonce string) (State, error) {
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("delivery: claim: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	c := l.find(key, now)
	switch {
	case c == nil:
		if !l.room(now) {
			return 0, fmt.Errorf("delivery: claim: %w", ErrFull)
		}
		c = &claim{key: key, nonce: nonce}
		l.byKey[key] = c
		l.turn(c, Held, now)
		return Won, nil
	case c.state != Held:
		return c.state, nil
	case now.Before(c.since.Add(l.terms.Lease)):
		if c.nonce != nonce {
			return Held, nil
		}
		if c.retaken {
			return Retaken, nil
		}
		return Won, nil
	default:
		c.nonce, c.retaken = nonce, true
		l.turn(c, Held, now)
		return Retaken, nil
	}
}

// Done implements [Ledger].
func (l *Local) Done(ctx context.Context, key, nonce string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("delivery: done: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	c := l.find(key, now)
	switch {
	case c == nil:
		if !l.room(now) {
			return fmt.Errorf("delivery: done: %w", ErrFull)
		}
		c = &claim{key: key, nonce: nonce}
		l.byKey[key] = c
	case c.state == Done:
		return nil
	case c.state == Queued, c.nonce != nonce:
		return fmt.Errorf("delivery: done: %w", ErrLost)
	}
	l.turn(c, Done, now)
	return nil
}

// Release implements [Ledger].
func (l *Local) Release(ctx context.Context, key, nonce string) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("delivery: release: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.find(key, time.Now()); c != nil && c.state == Held && c.nonce == nonce {
		l.forget(c)
	}
	return nil
}

// state is what Claim would find, without claiming: Held for whoever's claim,
// and zero for none.
func (l *Local) state(key string) State {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	c := l.find(key, now)
	if c == nil || c.state == Held && !now.Before(c.since.Add(l.terms.Lease)) {
		return 0
	}
	return c.state
}

func (l *Local) find(key string, now time.Time) *claim {
	l.expire(now)
	return l.byKey[key]
}

// expire forgets what was kept long enough.
func (l *Local) expire(now time.Time) {
	for _, in := range []*list.List{l.held, l.done} {
		for el := in.Front(); el != nil && !now.Before(el.Value.(*claim).since.Add(l.terms.Kept)); el = in.Front() {
			l.forget(el.Value.(*claim))
		}
	}
}

// room makes room for one more claim, if it can be made.
func (l *Local) room(now time.Time) bool {
	if len(l.byKey) < l.claims {
		return true
	}
	el := l.done.Front()
	if el == nil {
		// Nobody waits any more for one that lapsed.
		el = l.held.Front()
		if el == nil || now.Before(el.Value.(*claim).since.Add(l.terms.Lease)) {
			return false
		}
	}
	l.forget(el.Value.(*claim))
	return true
}

// turn brings the claim into the state.
func (l *Local) turn(c *claim, s State, now time.Time) {
	l.unlist(c)
	c.state, c.since = s, now
	switch s {
	case Held:
		c.in = l.held
	case Done:
		c.in = l.done
	default:
		return
	}
	c.el = c.in.PushBack(c)
}

func (l *Local) forget(c *claim) {
	l.unlist(c)
	delete(l.byKey, c.key)
}

func (l *Local) unlist(c *claim) {
	if c.in != nil {
		c.in.Remove(c.el)
		c.in, c.el = nil, nil
	}
}
