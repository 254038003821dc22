package redis

import (
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
)

var (
	//go:embed put.lua
	putText string
	//go:embed take.lua
	takeText string
	//go:embed finish.lua
	finishText string
	//go:embed beat.lua
	beatText string

	putScript    = goredis.NewScript(putText)
	takeScript   = goredis.NewScript(takeText)
	finishScript = goredis.NewScript(finishText)
	beatScript   = goredis.NewScript(beatText)
)

// The ways of an outbox.
const (
	// laneLease is how long a worker may be silent before another takes its
	// lane; it says each second that it lives.
	laneLease = 4 * time.Second
	beatTime  = time.Second
	// pollTime is how often a worker with nothing to do looks: letters are put
	// by other replicas, and rarely. What this one puts it hears of at once.
	pollTime = 100 * time.Millisecond
	// troubleTime is how long a worker waits when Redis fails.
	troubleTime = 500 * time.Millisecond
	// mostSends is how many letters a process sends at once.
	mostSends = 16
	// deadTime is how long letters that were given up are counted.
	deadTime = 30 * 24 * time.Hour
	// mostLetters may wait at once, of some kilobytes each.
	mostLetters = 10_000
)

// Outbox is a [delivery.Outbox] in Redis. Any replica takes any letter, the
// letters of a lane one after the other.
//
// A lane is a list of letters, the oldest first. The set "due" has the lanes by
// when their first letter may be tried, "busy" those that a worker has, by when
// its lease is over, and "holders" who it is; "since" has the letters by their
// first try, "pause:" when a lane or group may be tried again, "dead" how many
// were given up. Streams, which have neither an order by channel nor a waiting time,
// would need all of this besides.
//
// A letter names people's channels, so it is sealed with the key of the
// installation.
type Outbox struct {
	s     *Store
	terms delivery.Terms
	post  string        // as the Ledger's
	most  int           // letters at once
	wake  chan struct{} // something was put, or a lane is free
}

// Outbox keeps the letters of a platform, of one store with its Ledger.
func (s *Store) Outbox(platform string) *Outbox {
	return s.outbox(delivery.Terms{Lease: s.cfg.Lease}, delivered(platform))
}

func (s *Store) outbox(terms delivery.Terms, post string) *Outbox {
	return &Outbox{s, terms.OrDefault(), post, mostLetters, make(chan struct{}, 1)}
}

// keep is how long letters and what belongs to them live untouched: longer
// than any letter waits.
func (o *Outbox) keep() int64 { return (o.terms.GiveUp + o.terms.Kept).Milliseconds() }

// Put implements [delivery.Outbox]. When 10,000 letters wait it returns
// [delivery.ErrFull]. Where Redis has a replica, an error may also mean that the
// letter is stored and a failover might still lose it.
func (o *Outbox) Put(ctx context.Context, nonce string, l delivery.Letter) error {
	ctx = aside(ctx)
	ring, err := o.s.rings(ctx)
	if err != nil {
		return fmt.Errorf("put: %w", err)
	}
	if l.Since.IsZero() {
		l.Since = o.s.now()
	}
	sealed, err := ring.sealLetter(l)
	if err != nil {
		return fmt.Errorf("redis: put: %w", err)
	}
	base, id, lane := ring.post(o.post), ring.claimID(l.Key), ring.name("lane", l.Lane)
	ambiguous := 0
	if l.Ambiguous {
		ambiguous = 1
	}
	var stored int64
	err = o.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		stored, err = putScript.Run(ctx, o.s.client,
			[]string{base + "claim:" + id, base + "letter:" + id, base + "lane:" + lane, base + "due", base + "busy", base + "since"},
			nonce, id, lane, ring.name("group", l.Group), sealed, milliseconds(l.Since), milliseconds(l.NotBefore), l.Tries, ambiguous, o.keep(), o.most, milliseconds(o.s.now())).Int64()
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("put: %w", err)
	case stored == 0:
		return fmt.Errorf("redis: put: %w", delivery.ErrLost)
	case stored == 2:
		return fmt.Errorf("redis: put: %w", delivery.ErrFull)
	}
	o.nudge()
	if err := o.s.replicated(ctx, base+"since", o.keep()); err != nil {
		return fmt.Errorf("put: %w", err)
	}
	return nil
}

func (o *Outbox) nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// Waiting implements [delivery.Outbox].
func (o *Outbox) Waiting(ctx context.Context, lane string) (bool, error) {
	ring, err := o.s.rings(ctx)
	if err != nil {
		return false, err
	}
	var n int64
	err = o.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		n, err = o.s.client.Exists(ctx, ring.post(o.post)+"lane:"+ring.name("lane", lane)).Result()
		return err
	})
	return n > 0, err
}

// Depth implements [delivery.Outbox].
func (o *Outbox) Depth(ctx context.Context) (delivery.Depth, error) {
	ring, err := o.s.rings(ctx)
	if err != nil {
		return delivery.Depth{}, err
	}
	var (
		waiting *goredis.IntCmd
		oldest  *goredis.ZSliceCmd
		dead    *goredis.StringCmd
	)
	base := ring.post(o.post)
	err = o.s.do(ctx, BudgetTime, func(ctx context.Context) error {
		_, err := o.s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			waiting, oldest, dead = p.ZCard(ctx, base+"since"), p.ZRangeWithScores(ctx, base+"since", 0, 0), p.Get(ctx, base+"dead")
			return nil
		})
		return err
	})
	if err != nil && err != goredis.Nil { //nolint:errorlint // see do
		return delivery.Depth{}, err
	}
	d := delivery.Depth{Waiting: int(waiting.Val())}
	d.Dead, _ = dead.Int()
	if first := oldest.Val(); len(first) > 0 {
		d.Oldest = time.UnixMilli(int64(first[0].Score))
	}
	return d, nil
}

// Run implements [delivery.Outbox].
func (o *Outbox) Run(ctx context.Context, send delivery.Sender) error {
	slots := make(chan struct{}, mostSends)
	var sending sync.WaitGroup
	defer sending.Wait()
	for ctx.Err() == nil {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		j, wait, err := o.take(ctx)
		if err != nil {
			wait = troubleTime
		}
		if j == nil {
			<-slots
			o.rest(ctx, wait)
			continue
		}
		sending.Go(func() {
			defer func() { <-slots; o.nudge() }()
			o.work(context.WithoutCancel(ctx), j, send)
		})
	}
	return nil
}

// rest waits until there may be something to do.
func (o *Outbox) rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-o.wake:
	case <-ctx.Done():
	}
}

// job is a letter that this process has for a lease.
type job struct {
	delivery.Letter
	ring            *ring
	lane, id, token string
}

func (o *Outbox) keys(base string) []string {
	return []string{base + "due", base + "busy", base + "since", base + "dead", base + "holders"}
}

// take takes a letter that is due; nil and how long to rest when there is none.
func (o *Outbox) take(ctx context.Context) (*job, time.Duration, error) {
	ring, err := o.s.rings(ctx)
	if err != nil {
		return nil, 0, err
	}
	base, token := ring.post(o.post), rand.Text()
	var got []any
	err = o.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		got, err = takeScript.Run(ctx, o.s.client, o.keys(base), base, token, laneLease.Milliseconds(), o.terms.GiveUp.Milliseconds(),
			o.terms.Kept.Milliseconds(), deadTime.Milliseconds(), o.keep()).Slice()
		return err
	})
	switch {
	case err != nil:
		return nil, 0, err
	case len(got) < 2:
		return nil, 0, errGarbage
	}
	if n, _ := got[0].(int64); n > 0 {
		o.s.counts.dead.Add(uint64(n))
		o.s.log.Error("delivery: answers were given up that the platform did not take in time", "answers", n, "after", o.terms.GiveUp)
	}
	if len(got) < 6 {
		next, _ := got[1].(int64)
		if wait := time.Duration(next) * time.Millisecond; next >= 0 && wait < pollTime {
			return nil, max(wait, time.Millisecond), nil
		}
		return nil, pollTime, nil
	}
	lane, _ := got[1].(string)
	id, _ := got[2].(string)
	sealed, _ := got[3].(string)
	tries, _ := got[4].(int64)
	ambiguous, _ := got[5].(int64)
	j := &job{ring: ring, lane: lane, id: id, token: token}
	if j.Letter, err = ring.openLetter([]byte(sealed)); err != nil {
		o.s.counts.garbage.Add(1)
		o.s.log.Error("delivery: a letter is damaged and given up", "err", err)
		o.finish(context.WithoutCancel(ctx), j, delivery.Result{Outcome: delivery.Never}, 0)
		return nil, 0, nil
	}
	j.Tries, j.Ambiguous = int(tries), ambiguous == 1
	return j, 0, nil
}

// work sends a letter, saying meanwhile that this process lives, and writes
// down how it went.
func (o *Outbox) work(ctx context.Context, j *job, send delivery.Sender) {
	over := make(chan struct{})
	var living sync.WaitGroup
	living.Go(func() { o.live(ctx, j, over) })
	r := send(ctx, j.Letter)
	close(over)
	living.Wait()
	if r.Outcome < delivery.Sent || r.Outcome > delivery.Never {
		r.Outcome = delivery.Unsure
	}
	if r.Outcome == delivery.Never {
		o.s.counts.dead.Add(1)
		o.s.log.Error("delivery: an answer can never be sent", "err", r.Err)
	}
	o.finish(ctx, j, r, o.terms.Pause(r, j.Tries+1))
}

func (o *Outbox) live(ctx context.Context, j *job, over <-chan struct{}) {
	tick := time.NewTicker(beatTime)
	defer tick.Stop()
	for {
		select {
		case <-over:
			return
		case <-tick.C:
		}
		_ = o.beat(ctx, j) // lost, the lane is another's: finish hears so
	}
}

// beat says that this process lives.
func (o *Outbox) beat(ctx context.Context, j *job) error {
	base := j.ring.post(o.post)
	return o.s.do(ctx, BudgetTime, func(ctx context.Context) error {
		return beatScript.Run(ctx, o.s.client, []string{base + "busy", base + "holders"}, j.token, j.lane, laneLease.Milliseconds()).Err()
	})
}

// finish writes down how a try went. What cannot be written down until the
// lease is over is another's to find out.
func (o *Outbox) finish(ctx context.Context, j *job, r delivery.Result, pause time.Duration) {
	for end := time.Now().Add(laneLease); o.note(ctx, j, r, pause) != nil && time.Now().Before(end); {
		o.rest(ctx, pollTime)
	}
}

// note writes it down, once.
func (o *Outbox) note(ctx context.Context, j *job, r delivery.Result, pause time.Duration) error {
	base, held := j.ring.post(o.post), ""
	switch {
	case r.After > 0 && r.Wide:
		held = j.ring.name("group", j.Group)
	case r.After > 0:
		held = j.lane
	}
	return o.s.do(ctx, BudgetTime, func(ctx context.Context) error {
		return finishScript.Run(ctx, o.s.client, o.keys(base), base, j.token, j.lane, j.id, int(r.Outcome), pause.Milliseconds(), held,
			o.terms.GiveUp.Milliseconds(), o.terms.Kept.Milliseconds(), deadTime.Milliseconds(), o.keep()).Err()
	})
}
