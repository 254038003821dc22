package gateway

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"careerbot/adapters/internal/rest"
)

// Permit lets sessions begin. It must be safe for concurrent use.
type Permit interface {
	// Wait returns nil when a session of the shard may begin, or ctx's error.
	Wait(ctx context.Context, shard int) error
}

// Limit is Discord's limit of new sessions, as GET /gateway/bot says it.
// https://docs.discord.com/developers/events/gateway#session-start-limit-object
type Limit struct {
	Total          int           // sessions of a day; 0: Discord has not said
	Remaining      int           // today's sessions that are left
	Reset          time.Duration // until there are as many as ever
	MaxConcurrency int           // shards that may begin within five seconds
}

// Starts keeps this process's new sessions to Discord's limits.
type Starts struct {
	ask    func(ctx context.Context) (Limit, error)
	bucket time.Duration
	log    *slog.Logger

	mu    sync.Mutex
	next  map[int]time.Time // by bucket, when the next may begin
	limit Limit
	fresh bool // limit is known
}

// NewStarts returns a Permit that asks Discord for its limit with ask, first
// when it is needed and again when it is used up. Of the times it goes by Bucket.
func NewStarts(ask func(ctx context.Context) (Limit, error), times Times, log *slog.Logger) *Starts {
	return &Starts{ask: ask, bucket: times.orDefault().Bucket, log: log, next: map[int]time.Time{}}
}

// usedUp says whether no more sessions should begin today. A hundredth is left
// to a restart by hand: when the last is gone, Discord resets the token.
func (l Limit) usedUp() bool { return l.Total > 0 && l.Remaining <= l.Total/100 }

// Wait implements [Permit].
func (s *Starts) Wait(ctx context.Context, shard int) error {
	for {
		wait, err := s.turn(ctx, shard)
		if err != nil || wait <= 0 {
			return err
		}
		if !rest.For(ctx, wait) {
			return fmt.Errorf("gateway: wait for a session: %w", ctx.Err())
		}
	}
}

// turn takes the shard's turn, or says how long it must wait.
func (s *Starts) turn(ctx context.Context, shard int) (time.Duration, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.fresh || s.limit.usedUp() {
		l, err := s.ask(ctx)
		if err != nil {
			return 0, fmt.Errorf("gateway: ask for the limit of sessions: %w", err)
		}
		s.limit, s.fresh = l, true
		if l.usedUp() {
			s.log.Error("discord: gateway: the day's sessions are nearly used up", "left", l.Remaining, "until", l.Reset)
			return max(l.Reset, time.Second), nil
		}
	}
	bucket := shard % max(s.limit.MaxConcurrency, 1)
	now := time.Now()
	if at := s.next[bucket]; at.After(now) {
		return at.Sub(now), nil
	}
	s.next[bucket] = now.Add(s.bucket)
	s.limit.Remaining--
	return 0, nil
}
