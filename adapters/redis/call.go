package redis

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/sony/gobreaker/v2"
)

// BudgetTime is how much of a question's time Redis may take in all. Slack
// waits three seconds for the whole
// (https://docs.slack.dev/apis/events-api/#responding).
const BudgetTime = 400 * time.Millisecond

// The breaker opens after so many failures in a row, or when half of many calls
// fail, as happens when one master of a Cluster is gone. Open, it lets one call
// through each openTime, to see.
const (
	tripAfter  = 3
	manyCalls  = 20
	openTime   = time.Second
	countsTime = 10 * time.Second // then failures are forgotten
)

var (
	errOpen  = errors.New("redis: did not answer a moment ago, and is not asked")
	errSpent = errors.New("redis: the question has used up its time for Redis")
	// errOthers keeps from the breaker what the caller ended.
	errOthers = errors.New("the caller gave up")
)

// Budget returns a context all of whose calls to Redis together may take
// [BudgetTime]. Without it each call may. It is for a whole question, from the
// claim to the last save; a context that has a budget keeps it. What [Ledger]
// and [Outbox] write down after the answer is not charged to it.
func Budget(ctx context.Context) context.Context {
	if _, ok := ctx.Value(purseKey{}).(*purse); ok {
		return ctx
	}
	p := &purse{}
	p.left.Store(int64(BudgetTime))
	return context.WithValue(ctx, purseKey{}, p)
}

type purseKey struct{}

// purse is what is left of a budget. A nil one is bottomless.
type purse struct{ left atomic.Int64 }

func (p *purse) most(d time.Duration) time.Duration {
	if p == nil {
		return d
	}
	return min(d, time.Duration(p.left.Load()))
}

func (p *purse) spend(d time.Duration) {
	if p != nil {
		p.left.Add(-int64(d))
	}
}

// aside is a context whose calls to Redis cost the question nothing. It is for
// what must be written down after an answer, whatever time the answer took, and
// for what nobody waits for.
func aside(ctx context.Context) context.Context {
	return context.WithValue(ctx, purseKey{}, (*purse)(nil))
}

// do runs f, unless the breaker is open, within limit and what the question
// has left. The error is nil, the context's, or one that says "redis:".
// goredis.Nil, which is no fault, is passed on as it is.
func (s *Store) do(ctx context.Context, limit time.Duration, f func(ctx context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	p, _ := ctx.Value(purseKey{}).(*purse)
	if limit != BudgetTime { // it is not part of a question
		p = nil
	}
	if limit = p.most(limit); limit <= 0 {
		s.counts.spent.Add(1)
		return errSpent
	}
	if s.cfg.patience > 0 {
		limit = s.cfg.patience
	}
	report, err := s.breaker.Allow()
	if err != nil {
		s.counts.spared.Add(1)
		return errOpen
	}
	inner, stop := context.WithTimeout(ctx, limit)
	defer stop()
	start := time.Now()
	err = f(inner)
	p.spend(time.Since(start))
	s.counts.calls.Add(1)
	switch {
	case err == nil || err == goredis.Nil: //nolint:errorlint // wrapped, it is what a Sentinel says of a master that it does not know
		report(nil)
		return err
	case ctx.Err() != nil:
		report(errOthers)
		return ctx.Err()
	}
	report(err)
	s.counts.add(err)
	if c, ok := s.client.(*goredis.ClusterClient); ok {
		c.ReloadState(ctx) // in the background: by itself it asks once a minute who took over
	}
	s.complain(ctx, err)
	return fmt.Errorf("redis: %w", err)
}

func (s *Store) newBreaker() *gobreaker.TwoStepCircuitBreaker[struct{}] {
	return gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Interval: countsTime,
		Timeout:  openTime,
		ReadyToTrip: func(c gobreaker.Counts) bool {
			return c.ConsecutiveFailures >= tripAfter || c.Requests >= manyCalls && c.TotalFailures >= c.Requests/2
		},
		// It guards against waiting: a server that says no has said it at once.
		IsSuccessful: func(err error) bool {
			var said goredis.Error
			return err == nil || errors.As(err, &said)
		},
		IsExcluded: func(err error) bool { return errors.Is(err, errOthers) },
		OnStateChange: func(_ string, _, to gobreaker.State) {
			switch to {
			case gobreaker.StateOpen:
				s.counts.opened.Add(1)
				s.log.Warn("redis: does not answer; working without it until it does")
			case gobreaker.StateClosed:
				s.log.Info("redis: answers again")
			case gobreaker.StateHalfOpen:
			}
		},
	})
}

// Answers says whether Redis served the last calls: false while the breaker is
// open.
func (s *Store) Answers() bool { return s.breaker.State() == gobreaker.StateClosed }

const complainEvery = 30 // seconds

// complain logs a failure, and not each one of many.
func (s *Store) complain(ctx context.Context, err error) {
	now, last := time.Now().Unix(), s.complaint.Load()
	if now-last >= complainEvery && s.complaint.CompareAndSwap(last, now) {
		s.log.WarnContext(ctx, "redis: a call failed", "error", s.words(err))
	}
}

// Counts says what a [Store] has done since it was opened.
type Counts struct {
	Calls       uint64 // round trips, or groups of them, that were tried
	Timeouts    uint64 // of these, took too long
	Unreachable uint64 // of these, had no connection
	Refused     uint64 // of these, were answered with an error
	Spared      uint64 // not tried, as the breaker was open
	Spent       uint64 // not tried, as the question's budget was used up
	Opened      uint64 // times that the breaker opened
	Open        bool   // whether it is open now
	Local       uint64 // reads and writes that this process served in place of Redis
	Garbage     uint64 // values that this version does not know, taken for nothing
	Dead        uint64 // letters that this process saw given up
	Forgotten   uint64 // writes that came too late, after what they held was forgotten
}

// Counts returns a snapshot.
func (s *Store) Counts() Counts {
	c := &s.counts
	return Counts{
		Calls: c.calls.Load(), Timeouts: c.timeouts.Load(), Unreachable: c.unreachable.Load(), Refused: c.refused.Load(),
		Spared: c.spared.Load(), Spent: c.spent.Load(), Opened: c.opened.Load(), Open: !s.Answers(),
		Local: c.local.Load(), Garbage: c.garbage.Load(), Dead: c.dead.Load(), Forgotten: c.forgotten.Load(),
	}
}

type counters struct {
	calls, timeouts, unreachable, refused, spared, spent, opened, local, garbage, dead, forgotten atomic.Uint64
}

// add counts a failure by its kind.
func (c *counters) add(err error) {
	var (
		said goredis.Error
		slow interface{ Timeout() bool }
	)
	switch {
	case errors.As(err, &said):
		c.refused.Add(1)
	case errors.Is(err, goredis.ErrPoolTimeout) || errors.As(err, &slow) && slow.Timeout():
		c.timeouts.Add(1)
	default:
		c.unreachable.Add(1)
	}
}
