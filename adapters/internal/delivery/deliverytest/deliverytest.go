// Package deliverytest holds what every [delivery.Ledger], [delivery.Outbox]
// and [delivery.Limiter] must do, as suites that each implementation's tests
// run.
//
// The suites serve stores in this process and stores behind a network alike,
// so time is the caller's: a [Clock] says how it passes, and every wait is
// measured in the [delivery.Terms] that the store under test was opened with.
// A store in this process has the true terms and the [Bubble]'s clock, which
// jumps. A store that keeps time itself has the [Wall]'s clock and short terms
// (a lease of 300 ms, a backoff of 200 ms …): long against what a round trip
// takes and short for those who wait. A fake server whose time can be set has
// a Clock of its own.
package deliverytest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"careerbot/adapters/internal/delivery"
)

// Clock is how time passes for a store under test.
type Clock struct {
	// Within runs the body of one test, everything that the store starts
	// included.
	Within func(t *testing.T, body func(t *testing.T))
	// Now is the time as the store sees it.
	Now func() time.Time
	// Advance lets time pass, and what falls due in it happen. It is called by
	// one goroutine at a time.
	Advance func(d time.Duration)
}

// Bubble is the clock of [synctest]: nobody sleeps. It suits stores that use
// package time and no network.
var Bubble = Clock{
	Within: synctest.Test,
	Now:    time.Now,
	Advance: func(d time.Duration) {
		<-time.After(d)
		synctest.Wait()
	},
}

// Wall is the clock on the wall.
var Wall = Clock{
	Within:  func(t *testing.T, body func(t *testing.T)) { body(t) },
	Now:     time.Now,
	Advance: func(d time.Duration) { <-time.After(d) },
}

// Store is a store under test, empty.
type Store struct {
	Ledger delivery.Ledger
	Outbox delivery.Outbox // whose claims Ledger sees
	// Terms that the store was opened with. Backoff must be long against the
	// store's own delays, Lease no shorter, and Kept and GiveUp several times
	// both; the smaller they are, the sooner the suite is through.
	Terms delivery.Terms
	// Peer opens the outbox anew, as another replica has it. It also returns
	// what kills that replica: from then on nothing that it does reaches the
	// store, though its sender may still be running. Peer is nil for a store
	// that is not shared, kill for one that dies with the process.
	Peer func(t *testing.T) (peer delivery.Outbox, kill func())
	// Reclaim is by when a killed replica's letter is with another. Zero: 6 s,
	// that is 5 s without a sign of life, looked for each second.
	Reclaim time.Duration
}

// patience is how long to wait for what has no term of its own. In a bubble it
// costs nothing.
const patience = 10 * time.Second

// bench is one test's store with its clock.
type bench struct {
	Store
	Clock
	t   *testing.T
	ctx context.Context
}

// suite runs each test within the clock on a store of its own.
type suite struct {
	t     *testing.T
	clock Clock
	open  func(t *testing.T) Store
}

func (s suite) test(name string, f func(b *bench)) {
	s.t.Run(name, func(t *testing.T) {
		s.clock.Within(t, func(t *testing.T) {
			st := s.open(t)
			st.Terms = st.Terms.OrDefault()
			if st.Reclaim == 0 {
				st.Reclaim = 6 * time.Second
			}
			f(&bench{st, s.clock, t, t.Context()})
		})
	})
}

// until lets time pass until it is so, and fails the test when it takes longer
// than so long.
func (b *bench) until(what string, long time.Duration, so func() bool) {
	b.t.Helper()
	step := max(long/100, 5*time.Millisecond)
	for end := b.Now().Add(long); ; b.Advance(step) {
		if b.Advance(0); so() {
			return
		}
		if b.Now().After(end) {
			b.t.Fatalf("waited %v in vain until %s", long, what)
		}
	}
}

func (b *bench) claim(key, nonce string, want ...delivery.State) {
	b.t.Helper()
	got, err := b.Ledger.Claim(b.ctx, key, nonce)
	if err != nil {
		b.t.Fatalf("claim %s by %s: %v", key, nonce, err)
	}
	for _, w := range want {
		if got == w {
			return
		}
	}
	b.t.Fatalf("claim %s by %s: %v, want %v", key, nonce, got, want)
}

func (b *bench) done(key, nonce string) {
	b.t.Helper()
	b.ok(b.Ledger.Done(b.ctx, key, nonce))
}

func (b *bench) release(key, nonce string) {
	b.t.Helper()
	b.ok(b.Ledger.Release(b.ctx, key, nonce))
}

func (b *bench) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

// lapse lets a lease run out, with a margin.
func (b *bench) lapse() { b.Advance(b.Terms.Lease + b.Terms.Lease/4) }

// put claims the letter's key and puts the letter.
func (b *bench) put(l delivery.Letter) {
	b.t.Helper()
	b.claim(l.Key, "nonce of "+l.Key, delivery.Won)
	b.ok(b.Outbox.Put(b.ctx, "nonce of "+l.Key, l))
}

func (b *bench) depth() delivery.Depth {
	b.t.Helper()
	d, err := b.Outbox.Depth(b.ctx)
	b.ok(err)
	return d
}

// letter is the i-th of a lane.
func letter(group, lane string, i int) delivery.Letter {
	key := delivery.Key(group, lane, fmt.Sprint(i))
	return delivery.Letter{Key: key, Lane: lane, Group: group, Payload: []byte("answer to " + key)}
}

// post is one call of a sender.
type post struct {
	delivery.Letter
	at, ended time.Time
}

// platform takes posts and answers as it is told.
type platform struct {
	now    func() time.Time
	answer func(l delivery.Letter, nth int) delivery.Result // nth try of its key, from 0; nil: Sent

	mu     sync.Mutex
	posts  []post
	busy   map[string]int // lanes
	raced  bool           // two of one lane at once
	byKey  map[string]int
	before func(l delivery.Letter) // called before the answer, without the lock
}

func (b *bench) platform(answer func(l delivery.Letter, nth int) delivery.Result) *platform {
	return &platform{now: b.Now, answer: answer, busy: map[string]int{}, byKey: map[string]int{}}
}

func (p *platform) send(_ context.Context, l delivery.Letter) delivery.Result {
	p.mu.Lock()
	i, nth := len(p.posts), p.byKey[l.Key]
	p.posts = append(p.posts, post{Letter: l, at: p.now()})
	p.byKey[l.Key]++
	p.busy[l.Lane]++
	p.raced = p.raced || p.busy[l.Lane] > 1
	p.mu.Unlock()
	if p.before != nil {
		p.before(l)
	}
	r := delivery.Result{Outcome: delivery.Sent}
	if p.answer != nil {
		r = p.answer(l, nth)
	}
	p.mu.Lock()
	p.busy[l.Lane]--
	p.posts[i].ended = p.now()
	p.mu.Unlock()
	return r
}

// all is a copy of the posts so far.
func (p *platform) all() []post {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]post(nil), p.posts...)
}

// of are the posts so far of a key.
func (p *platform) of(key string) []post {
	var of []post
	for _, q := range p.all() {
		if q.Key == key {
			of = append(of, q)
		}
	}
	return of
}

// work runs the outbox until the test ends or the returned function is called,
// which waits until Run has returned.
func (b *bench) work(o delivery.Outbox, send delivery.Sender) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(b.ctx))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := o.Run(ctx, send); err != nil {
			b.t.Errorf("run: %v", err)
		}
	}()
	stop = func() {
		cancel()
		<-ended
	}
	b.t.Cleanup(stop)
	return stop
}

// settled waits until nothing waits in the outbox.
func (b *bench) settled() {
	b.t.Helper()
	b.until("the outbox is empty", b.Terms.GiveUp+patience, func() bool { return b.depth().Waiting == 0 })
}
