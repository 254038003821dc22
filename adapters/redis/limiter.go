package redis

import (
	"context"
	_ "embed"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
)

var (
	//go:embed limit.lua
	limitText   string
	limitScript = goredis.NewScript(limitText)
)

// calmTime is after how long without a question somebody counts as calm. It is
// longer than a person's burst takes to come back, so that who is calm on this
// replica can be over the rate only by asking another one meanwhile.
const calmTime = 6 * time.Second

// mostCalm bounds how many people are remembered, and mostCharges how many
// charges may be under way that nobody waits for.
const (
	mostCalm    = 20_000
	mostCharges = 64
)

// Limiter is a [delivery.Limiter] that replicas share. Who floods this replica
// is refused here, without a round trip; who has been calm is let through and
// charged in Redis afterwards, so that a question now and then waits for
// nothing; in between Redis is asked. While it does not answer, each replica
// keeps the rates on its own.
type Limiter struct {
	s       *Store
	rates   delivery.Rates
	local   *delivery.LocalLimiter
	charges chan struct{}

	mu      sync.Mutex
	asked   map[[2]string]time.Time // by workspace and person
	refused map[[2]string]time.Time
}

// Limiter keeps to the usual rates.
func (s *Store) Limiter() *Limiter { return s.limiter(delivery.Rates{}) }

func (s *Store) limiter(rates delivery.Rates) *Limiter {
	rates = rates.OrDefault()
	return &Limiter{s: s, rates: rates, local: delivery.NewLocalLimiter(rates), charges: make(chan struct{}, mostCharges), asked: map[[2]string]time.Time{}, refused: map[[2]string]time.Time{}}
}

// Allow implements [delivery.Limiter].
func (l *Limiter) Allow(ctx context.Context, person, workspace string) (delivery.Pass, error) {
	calm := l.calm(person, workspace)
	if pass, err := l.local.Allow(ctx, person, workspace); pass != delivery.Through || err != nil {
		pass = l.refuse(person, workspace, delivery.Notice)
		if pass == delivery.Notice && !l.first(ctx, person, workspace) {
			pass = delivery.Quiet
		}
		return pass, err
	}
	if calm {
		select {
		case l.charges <- struct{}{}:
			go func() {
				defer func() { <-l.charges }()
				_, _ = l.charge(aside(context.WithoutCancel(ctx)), person, workspace)
			}()
		default:
		}
		return delivery.Through, nil
	}
	pass, err := l.charge(ctx, person, workspace)
	return l.refuse(person, workspace, pass), err
}

// refuse is a refusal's pass, a notice once in a flood whoever refused before:
// this process or Redis.
func (l *Limiter) refuse(person, workspace string, pass delivery.Pass) delivery.Pass {
	if pass == delivery.Through {
		return pass
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now, key := time.Now(), [2]string{workspace, person}
	last, ok := l.refused[key]
	forgetOld(l.refused, key, now, l.rates.Quiet)
	l.refused[key] = now
	if ok && now.Sub(last) < l.rates.Quiet {
		return delivery.Quiet
	}
	return pass
}

// first says whether no other replica gave the person a notice in this flood.
// While Redis does not answer each replica gives its own.
func (l *Limiter) first(ctx context.Context, person, workspace string) bool {
	ring, err := l.s.rings(ctx)
	if err != nil {
		return true
	}
	first := true
	err = l.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		first, err = l.s.client.SetNX(ctx, limitKeys(ring, person, workspace)[2], "1", l.rates.Quiet).Result()
		return err
	})
	return first || err != nil
}

// limitKeys are those of limit.lua.
func limitKeys(ring *ring, person, workspace string) []string {
	tag, who := ring.name("limit", workspace), ring.name("limited", workspace, person)
	return []string{slotted(tag, "person:"+who), slotted(tag, "all"), slotted(tag, "noticed:"+who)}
}

// forgetOld makes room for a key.
func forgetOld(m map[[2]string]time.Time, key [2]string, now time.Time, old time.Duration) {
	if _, ok := m[key]; ok || len(m) < mostCalm {
		return
	}
	for k, at := range m {
		if now.Sub(at) > old || len(m) >= mostCalm {
			delete(m, k)
		}
	}
}

// calm says whether the person has not asked for long, and notes that they do.
func (l *Limiter) calm(person, workspace string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, key := time.Now(), [2]string{workspace, person}
	last, ok := l.asked[key]
	forgetOld(l.asked, key, now, calmTime)
	l.asked[key] = now
	return !ok || now.Sub(last) > calmTime
}

// charge asks Redis. What fails lets through.
func (l *Limiter) charge(ctx context.Context, person, workspace string) (delivery.Pass, error) {
	ring, err := l.s.rings(ctx)
	if err != nil {
		return delivery.Through, err
	}
	var pass int64
	err = l.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		pass, err = limitScript.Run(ctx, l.s.client, limitKeys(ring, person, workspace),
			l.rates.PersonBurst, microseconds(l.rates.PersonPerSecond), l.rates.WorkspaceBurst, microseconds(l.rates.WorkspacePerSecond),
			l.rates.Quiet.Milliseconds()).Int64()
		return err
	})
	if err != nil {
		l.s.counts.local.Add(1)
		return delivery.Through, err
	}
	return delivery.Pass(pass), nil //nolint:gosec // 0 to 2
}

// microseconds is the time that one of so many a second has.
func microseconds(perSecond float64) int64 { return int64(1e6 / perSecond) }
