package redis

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
)

var (
	//go:embed claim.lua
	claimText string
	//go:embed done.lua
	doneText string
	//go:embed release.lua
	releaseText string

	claimScript   = goredis.NewScript(claimText)
	doneScript    = goredis.NewScript(doneText)
	releaseScript = goredis.NewScript(releaseText)
)

// Ledger is a [delivery.Ledger] in Redis. A claim is a hash: s its state (H
// held, Q queued, D done), n the nonce of who holds it, u until when by Redis'
// clock, r whether somebody held it before and never said how it ended. All
// of a platform's lies in one slot of a Cluster, since a letter and its claim
// change in one step and a lane keeps its order.
type Ledger struct {
	s     *Store
	terms delivery.Terms
	post  string
}

// Ledger keeps the claims of a platform's messages.
func (s *Store) Ledger(platform string) *Ledger {
	return s.ledger(delivery.Terms{Lease: s.cfg.Lease}, delivered(platform))
}

func (s *Store) ledger(terms delivery.Terms, post string) *Ledger {
	return &Ledger{s, terms.OrDefault(), post}
}

// delivered is the post of a platform, whose letters only its own sender can
// send. Each has keys of its own, so that a replica without the platform's
// settings takes none of them, and one platform's trouble is not another's.
func delivered(platform string) string { return "delivery " + platform }

// post is what all keys of a post begin with.
func (r *ring) post(name string) string { return slotted(r.name(name), "") }

// claimID names a message in keys, and its letter.
func (r *ring) claimID(key string) string { return r.name("claim", key) }

// Claim implements [delivery.Ledger].
func (l *Ledger) Claim(ctx context.Context, key, nonce string) (delivery.State, error) {
	state, err := l.run(ctx, claimScript, key, nonce, l.terms.Lease.Milliseconds(), l.terms.Kept.Milliseconds())
	if err != nil {
		return 0, fmt.Errorf("claim: %w", err)
	}
	return delivery.State(state), nil //nolint:gosec // 1 to 5
}

// Done implements [delivery.Ledger].
func (l *Ledger) Done(ctx context.Context, key, nonce string) error {
	switch ok, err := l.run(aside(ctx), doneScript, key, nonce, l.terms.Kept.Milliseconds()); {
	case err != nil:
		return fmt.Errorf("done: %w", err)
	case ok == 0:
		return fmt.Errorf("redis: done: %w", delivery.ErrLost)
	}
	return nil
}

// Release implements [delivery.Ledger].
func (l *Ledger) Release(ctx context.Context, key, nonce string) error {
	if _, err := l.run(aside(ctx), releaseScript, key, nonce); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	return nil
}

func (l *Ledger) run(ctx context.Context, script *goredis.Script, key string, args ...any) (n int64, err error) {
	ring, err := l.s.rings(ctx)
	if err != nil {
		return 0, err
	}
	err = l.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		n, err = script.Run(ctx, l.s.client, []string{ring.post(l.post) + "claim:" + ring.claimID(key)}, args...).Int64()
		return err
	})
	return n, err
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
