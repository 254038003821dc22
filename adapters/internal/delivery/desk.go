package delivery

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"careerbot/adapters/internal/rest"
)

// poll is how often one who waits for another's answer asks for it.
const poll = 75 * time.Millisecond

// Message is what is to be answered. Key names the message, not its delivery:
// what the platform delivers twice has the same key.
type Message struct {
	Key         string
	Lane        string // of the answer: [Letter.Lane]
	Group       string // of the answer: [Letter.Group]
	Redelivered bool   // it is known to have come before: an earlier try may have been applied
	Second      bool   // the platform delivers it in another form as well, which goes first
}

// Verdict is what the platform should hear.
type Verdict uint8

// The verdicts.
const (
	Again Verdict = iota // not answered here, and nobody promises to: come again, as Redelivered
	Ack                  // answered, queued, nothing to say, or answered elsewhere
)

func (v Verdict) String() string { return name(int(v), "again", "ack") }

// Composer makes the payload that the [Sender] reads back, or says that there
// is nothing to say.
type Composer func(ctx context.Context) (payload []byte, ok bool)

// Options are what a [Desk] may be told. A field that is zero has its default.
type Options struct {
	Log   *slog.Logger
	Post  time.Duration // the time that one post has: 1.2 s
	Wait  time.Duration // how long to wait for another's answer: 2.4 s
	Store time.Duration // the time that one step in the ledger or the outbox has: 400 ms
}

// Desk answers messages, each once. It is safe for concurrent use.
type Desk struct {
	ledger Ledger
	outbox Outbox
	sender Sender
	terms  Terms
	log    *slog.Logger

	post, wait, store time.Duration

	// spare holds the claims of this replica while the ledger fails.
	spare        *Local
	ledgerOutage outage
	outboxOutage outage
	counts       counters

	mu     sync.Mutex
	pauses pauses
}

// New returns a desk that works with the ledger and the outbox and posts with send.
func New(ledger Ledger, outbox Outbox, send Sender, o Options) *Desk {
	or := func(d, def time.Duration) time.Duration {
		if d == 0 {
			return def
		}
		return d
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Desk{
		ledger: ledger, outbox: outbox, sender: send, terms: Terms{}.OrDefault(), log: o.Log,
		post: or(o.Post, 1200*time.Millisecond), wait: or(o.Wait, 2400*time.Millisecond), store: or(o.Store, 400*time.Millisecond),
		spare:        NewLocal(LocalOptions{}),
		ledgerOutage: outage{what: "ledger"}, outboxOutage: outage{what: "outbox"},
	}
}

// Counts says what the desk has done.
func (d *Desk) Counts() Counts { return d.counts.snapshot() }

// Run works the outbox until ctx is done. See [Outbox.Run].
func (d *Desk) Run(ctx context.Context) error { return d.outbox.Run(ctx, d.retry) }

// Drain sends, before the process ends and after Run has returned, once
// more what is due of letters that would be lost. It does nothing when the
// outbox outlives the process.
func (d *Desk) Drain(ctx context.Context) error {
	o, ok := d.outbox.(Drainer)
	if !ok {
		return nil
	}
	left, err := o.Drain(ctx, d.retry)
	if left > 0 {
		d.log.Error("delivery: answers lost at exit", "answers", left)
	}
	return err
}

// Finish waits for the adapter's tasks, which may still deliver, and then
// drains, until ctx is done. What is under way then is left, and nil returned.
func (d *Desk) Finish(ctx context.Context, tasks *sync.WaitGroup) error {
	done := make(chan struct{})
	go func() {
		tasks.Wait()
		close(done)
	}()
	select {
	case <-done:
		return d.Drain(ctx)
	case <-ctx.Done():
		return nil
	}
}

// Deliver claims the message, composes the answer, sends it and marks it done.
// It returns what the platform should hear. When the ledger fails it answers
// all the same, and only what this replica itself did is known. A panic in
// compose or in the sender is logged and counted, and ends in [Again].
//
// When ctx ends before the post begins, nothing is posted. A post that has
// begun has its own time, and so has what is written down after it.
func (d *Desk) Deliver(ctx context.Context, m Message, compose Composer) Verdict {
	v := d.deliver(ctx, m, compose)
	if v == Again {
		d.counts.again.Add(1)
	}
	return v
}

func (d *Desk) deliver(ctx context.Context, m Message, compose Composer) Verdict {
	start := time.Now()
	c, state := d.claim(ctx, m.Key)
	d.counts.claims[state].Add(1)
	ambiguous := m.Redelivered || state == Retaken || c.spare || d.ledgerOutage.recent()
	if state == Held {
		d.counts.waits.Add(1)
		state = d.await(ctx, &c)
		ambiguous = true
	}
	switch state {
	case Won, Retaken:
	case Queued, Done:
		return Ack
	default:
		return Again
	}
	if c.spare && !d.giveWay(ctx, m, start) {
		d.release(ctx, c)
		return Again
	}
	// Asked before composing: who was ahead then is ahead.
	behind := d.behind(ctx, c, m.Lane)
	payload, ok, err := d.compose(ctx, compose)
	switch {
	case err != nil:
		d.release(ctx, c)
		return Again
	case !ok:
		d.counts.silent.Add(1)
		d.release(ctx, c)
		return Ack
	case ctx.Err() != nil:
		d.release(ctx, c)
		return Again
	}
	now := time.Now()
	l := Letter{Key: m.Key, Lane: m.Lane, Group: m.Group, Payload: payload, Ambiguous: ambiguous, Since: now}
	l.NotBefore = d.paused(&l, now)
	if behind || !l.NotBefore.IsZero() {
		d.counts.straight.Add(1)
		return d.put(ctx, c, l)
	}
	r := d.try(ctx, l)
	switch r.Outcome {
	case Sent:
	case Never:
		d.log.Error("delivery: the answer cannot be sent", "err", r.Err)
	default:
		if errors.Is(r.Err, errPanic) {
			d.release(ctx, c)
			return Again
		}
		l.Tries = 1
		l.Ambiguous = l.Ambiguous || r.Outcome == Unsure
		l.NotBefore = time.Now().Add(d.terms.Pause(r, l.Tries))
		return d.put(ctx, c, l)
	}
	d.done(ctx, c)
	return Ack
}

// Without the ledger another replica may be answering the same message, with
// or without the ledger. So that one goes first and the other finds its
// answer when it looks, who has no ledger waits a little, and longer with what
// the platform delivers in another form as well. The time is counted from the
// message's arrival, which is the same for both: to learn that there is no
// ledger takes one replica no time and another all that a step has.
const (
	firstWait  = 500 * time.Millisecond
	secondWait = 1100 * time.Millisecond
)

// giveWay waits so, and says whether the platform is still there.
func (d *Desk) giveWay(ctx context.Context, m Message, start time.Time) bool {
	wait := firstWait
	if m.Second {
		wait = secondWait
	}
	return rest.For(ctx, time.Until(start.Add(wait)))
}

// held is a claim of this desk.
type held struct {
	key, nonce string
	spare      bool // in the spare ledger, as the ledger failed
}

// claim claims the key, in this process only when the ledger fails.
func (d *Desk) claim(ctx context.Context, key string) (held, State) {
	c := held{key: key, nonce: rand.Text()}
	s, err := d.ask(ctx, c)
	if err == nil {
		return c, s
	}
	if ctx.Err() != nil {
		return c, 0 // the platform hung up
	}
	c.spare = true
	d.counts.spared.Add(1)
	return c, d.askSpare(ctx, c)
}

// ask claims in the ledger, with an eye on what was answered while it failed.
func (d *Desk) ask(ctx context.Context, c held) (State, error) {
	short, cancel := context.WithTimeout(ctx, d.store)
	defer cancel()
	s, err := d.ledger.Claim(short, c.key, c.nonce)
	if err != nil && ctx.Err() != nil {
		return 0, err // the ledger is not to blame
	}
	d.heard(&d.ledgerOutage, &d.counts.ledgerErrors, err)
	if err != nil || s != Won && s != Retaken || d.counts.spared.Load() == 0 {
		return s, err
	}
	switch d.spare.state(c.key) {
	case Done:
		d.done(ctx, c)
		return Done, nil
	case Held:
		d.release(ctx, c)
		return Held, nil
	}
	return s, nil
}

func (d *Desk) askSpare(ctx context.Context, c held) State {
	s, err := d.spare.Claim(ctx, c.key, c.nonce)
	switch {
	case ctx.Err() != nil:
		return 0
	case err != nil: // full: an answer too many is better than none
		return Won
	}
	return s
}

// await waits for the answer of another who holds the claim, and takes the
// claim over should it become free.
func (d *Desk) await(ctx context.Context, c *held) State {
	ctx, cancel := context.WithTimeout(ctx, d.wait)
	defer cancel()
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return Held
		case <-tick.C:
		}
		s, err := d.ask(ctx, *c)
		if err != nil {
			if !c.spare {
				continue // somebody held it a moment ago: not for us to answer now
			}
			s = d.askSpare(ctx, *c)
		} else if s == Won || s == Retaken {
			c.spare = false
		}
		if s != Held && s != 0 {
			return s
		}
	}
}

// behind says whether letters of the lane wait, which come first.
func (d *Desk) behind(ctx context.Context, c held, lane string) bool {
	if c.spare {
		return false
	}
	short, cancel := context.WithTimeout(ctx, d.store)
	defer cancel()
	is, err := d.outbox.Waiting(short, lane)
	if err != nil && ctx.Err() != nil {
		return false
	}
	d.heard(&d.outboxOutage, &d.counts.outboxErrors, err)
	return is && err == nil
}

// put leaves the letter to the outbox.
func (d *Desk) put(ctx context.Context, c held, l Letter) Verdict {
	short, cancel := d.settling(ctx)
	defer cancel()
	err := d.outbox.Put(short, c.nonce, l)
	if errors.Is(err, ErrLost) { // who took it may come to nothing yet
		d.release(ctx, c)
		return Again
	}
	d.heard(&d.outboxOutage, &d.counts.outboxErrors, err)
	if err != nil {
		d.release(ctx, c)
		return Again
	}
	if c.spare {
		_ = d.spare.Done(short, c.key, c.nonce) // as good as answered
	}
	return Ack
}

// done marks the answer as sent. Should that fail, the claim lapses, and who
// takes it over looks first.
func (d *Desk) done(ctx context.Context, c held) {
	ctx, cancel := d.settling(ctx)
	defer cancel()
	err := d.ledger.Done(ctx, c.key, c.nonce)
	if errors.Is(err, ErrLost) {
		err = nil
	}
	d.heard(&d.ledgerOutage, &d.counts.ledgerErrors, err)
	if err != nil {
		d.counts.spared.Add(1)
	}
	if c.spare || err != nil {
		_ = d.spare.Done(context.WithoutCancel(ctx), c.key, c.nonce)
	}
}

// release gives the claim up. Should that fail, it lapses.
func (d *Desk) release(ctx context.Context, c held) {
	ctx, cancel := d.settling(ctx)
	defer cancel()
	d.heard(&d.ledgerOutage, &d.counts.ledgerErrors, d.ledger.Release(ctx, c.key, c.nonce))
	if c.spare {
		_ = d.spare.Release(context.WithoutCancel(ctx), c.key, c.nonce)
	}
}

// settling is a context for what must be written down though the platform
// has hung up.
func (d *Desk) settling(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), d.store)
}

// paused is until when the letter's lane is known to be closed; zero: it is open.
func (d *Desk) paused(l *Letter, now time.Time) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.pauses.until(l.Lane, l.Group, now)
}

// retry is the sender that the outbox works with.
func (d *Desk) retry(ctx context.Context, l Letter) Result {
	now := time.Now()
	if until := d.paused(&l, now); !until.IsZero() {
		return Result{Outcome: Later, After: until.Sub(now)} // learnt since the outbox looked
	}
	return d.try(ctx, l)
}

// errPanic is the error of a post that panicked.
var errPanic = errors.New("the sender panicked")

// try posts the letter once.
func (d *Desk) try(ctx context.Context, l Letter) (r Result) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), d.post)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			d.panicked("send", p)
			r = Result{Outcome: Unsure, Err: errPanic}
		}
		if r.Outcome < Sent || r.Outcome > Never {
			r.Outcome = Unsure
		}
		d.counts.posts[r.Outcome].Add(1)
		if r.After > 0 && (r.Outcome == Later || r.Outcome == Unsure) {
			now := time.Now()
			d.mu.Lock()
			d.pauses.add(&l, r.Wide, now.Add(d.terms.Pause(r, 1)), now)
			d.mu.Unlock()
		}
	}()
	if l.Tries > 0 {
		d.counts.retries.Add(1)
	}
	if l.Ambiguous {
		d.counts.ambiguous.Add(1)
	}
	return d.sender(ctx, l)
}

func (d *Desk) compose(ctx context.Context, compose Composer) (payload []byte, ok bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			d.panicked("compose", p)
			err = errPanic
		}
	}()
	payload, ok = compose(ctx)
	return payload, ok, nil
}

// panicked tells the operator where, but not what was being said: only the
// runtime's own errors are known to quote nobody.
func (d *Desk) panicked(where string, p any) {
	d.counts.panics.Add(1)
	what := fmt.Sprintf("%T", p)
	if err, ok := p.(runtime.Error); ok {
		what = err.Error()
	}
	d.log.Error("delivery: panic", "in", where, "panic", what, "stack", string(debug.Stack()))
}

// outage is whether a store fails just now, so that each outage is told once.
type outage struct {
	what string
	on   atomic.Bool
	last atomic.Int64 // when it failed last, in nanoseconds since 1970; 0: never
}

// healTime is how long after a store's last failure another replica may still
// go on without it: who has the claim looks before posting.
const healTime = 5 * time.Second

// recent says whether the store failed a moment ago.
func (o *outage) recent() bool {
	last := o.last.Load()
	return last != 0 && time.Since(time.Unix(0, last)) < healTime
}

func (d *Desk) heard(o *outage, n *atomic.Uint64, err error) {
	switch {
	case err != nil:
		n.Add(1)
		o.last.Store(time.Now().UnixNano())
		if !o.on.Swap(true) {
			d.log.Error("delivery: the "+o.what+" fails", "err", err)
		}
	case o.on.Load() && o.on.Swap(false):
		d.log.Info("delivery: the " + o.what + " works again")
	}
}
