package deliverytest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"careerbot/adapters/internal/delivery"
)

func sent() delivery.Result { return delivery.Result{Outcome: delivery.Sent} }

// later refuses the first n tries.
func later(n int, r delivery.Result) func(delivery.Letter, int) delivery.Result {
	r.Outcome = delivery.Later
	return func(_ delivery.Letter, nth int) delivery.Result {
		if nth < n {
			return r
		}
		return sent()
	}
}

// TestOutbox tests the outbox of the stores that open makes, with their ledger.
func TestOutbox(t *testing.T, clock Clock, open func(t *testing.T) Store) {
	const won, retaken, held, queued, done = delivery.Won, delivery.Retaken, delivery.Held, delivery.Queued, delivery.Done
	s := suite{t, clock, open}

	s.test("what is put is sent, whole and once, and its claim is done", func(b *bench) {
		p := b.platform(nil)
		l := letter("g", "c", 1)
		l.Payload = []byte("\x00\xff{}\r\n*3\r\n")
		l.Ambiguous, l.Tries, l.Since = true, 3, b.Now().Add(-b.Terms.GiveUp/4).Round(time.Millisecond)
		b.put(l)
		b.work(b.Outbox, p.send)
		b.settled()
		b.claim(l.Key, "x", done)
		b.Advance(b.Terms.Backoff * 3)
		posts := p.all()
		if len(posts) != 1 {
			b.t.Fatalf("%d posts", len(posts))
		}
		got := posts[0].Letter
		if got.Key != l.Key || got.Lane != l.Lane || got.Group != l.Group || !bytes.Equal(got.Payload, l.Payload) ||
			got.Ambiguous != l.Ambiguous || got.Tries != l.Tries || !got.Since.Equal(l.Since) {
			b.t.Errorf("got  %+v\nwant %+v", got, l)
		}
	})
	s.test("what is put while the worker waits is sent at once", func(b *bench) {
		p := b.platform(nil)
		b.work(b.Outbox, p.send)
		b.Advance(b.Terms.Backoff)
		start := b.Now()
		b.put(letter("g", "c", 1))
		b.settled()
		if took := p.all()[0].at.Sub(start); took > b.Terms.Backoff {
			b.t.Errorf("sent after %v", took)
		}
	})
	s.test("what the caller changes afterwards does not change the letter", func(b *bench) {
		p := b.platform(nil)
		l := letter("g", "c", 1)
		want := bytes.Clone(l.Payload)
		b.put(l)
		l.Payload[0] = 'X'
		b.work(b.Outbox, p.send)
		b.settled()
		if got := p.all()[0].Payload; !bytes.Equal(got, want) {
			b.t.Errorf("got %q", got)
		}
	})
	s.test("putting turns the claim to queued, for as long as the letter waits", func(b *bench) {
		l := letter("g", "c", 1)
		b.put(l)
		b.claim(l.Key, "x", queued)
		b.claim(l.Key, "nonce of "+l.Key, queued)
		b.lapse()
		b.claim(l.Key, "x", queued)
	})
	s.test("who put a letter can neither release its claim nor mark it done", func(b *bench) {
		p := b.platform(nil)
		l := letter("g", "c", 1)
		b.put(l)
		b.release(l.Key, "nonce of "+l.Key)
		b.claim(l.Key, "x", queued)
		if err := b.Ledger.Done(b.ctx, l.Key, "nonce of "+l.Key); !errors.Is(err, delivery.ErrLost) {
			b.t.Errorf("done: %v", err)
		}
		b.claim(l.Key, "x", queued)
		b.work(b.Outbox, p.send)
		b.settled()
		if n := len(p.all()); n != 1 {
			b.t.Errorf("%d posts", n)
		}
	})
	s.test("a letter put again is sent once", func(b *bench) {
		p := b.platform(nil)
		l := letter("g", "c", 1)
		b.put(l)
		b.ok(b.Outbox.Put(b.ctx, "nonce of "+l.Key, l))
		b.ok(b.Outbox.Put(b.ctx, "another", l))
		if n := b.depth().Waiting; n != 1 {
			b.t.Errorf("%d letters wait", n)
		}
		b.work(b.Outbox, p.send)
		b.settled()
		b.ok(b.Outbox.Put(b.ctx, "nonce of "+l.Key, l)) // the reply came late
		b.Advance(b.Terms.Backoff * 3)
		if n := len(p.all()); n != 1 {
			b.t.Errorf("%d posts", n)
		}
		b.claim(l.Key, "x", done)
	})
	s.test("a letter whose claim is done is not stored", func(b *bench) {
		p := b.platform(nil)
		l := letter("g", "c", 1)
		b.claim(l.Key, "a", won)
		b.done(l.Key, "a")
		b.ok(b.Outbox.Put(b.ctx, "a", l))
		b.work(b.Outbox, p.send)
		b.Advance(b.Terms.Backoff * 3)
		if n := len(p.all()); n != 0 {
			b.t.Errorf("%d posts", n)
		}
		b.claim(l.Key, "x", done)
	})
	s.test("a letter whose claim another took over is not stored, and that is told", func(b *bench) {
		l := letter("g", "c", 1)
		b.claim(l.Key, "a", won)
		b.lapse()
		b.claim(l.Key, "b", retaken)
		if err := b.Outbox.Put(b.ctx, "a", l); !errors.Is(err, delivery.ErrLost) {
			b.t.Errorf("put: %v", err)
		}
		if n := b.depth().Waiting; n != 0 {
			b.t.Errorf("%d letters wait", n)
		}
		b.claim(l.Key, "c", held)
	})
	s.test("a letter whose claim lapsed or was never known is stored", func(b *bench) {
		p := b.platform(nil)
		one, two := letter("g", "c", 1), letter("g", "c", 2)
		b.claim(one.Key, "a", won)
		b.lapse()
		b.ok(b.Outbox.Put(b.ctx, "a", one))
		b.ok(b.Outbox.Put(b.ctx, "a", two))
		b.claim(one.Key, "x", queued)
		b.claim(two.Key, "x", queued)
		b.work(b.Outbox, p.send)
		b.settled()
		b.claim(one.Key, "x", done)
		b.claim(two.Key, "x", done)
	})
	s.test("letters of a lane are sent in order, one after the other, whatever the first goes through", func(b *bench) {
		p := b.platform(func(l delivery.Letter, nth int) delivery.Result {
			switch {
			case l.Key == letter("g", "c", 0).Key && nth < 2:
				return delivery.Result{Outcome: delivery.Later}
			case l.Key == letter("g", "c", 3).Key && nth < 1:
				return delivery.Result{Outcome: delivery.Later, After: b.Terms.Backoff}
			}
			return sent()
		})
		p.before = func(delivery.Letter) { <-time.After(time.Millisecond) }
		b.work(b.Outbox, p.send)
		for i := range 8 {
			b.put(letter("g", "c", i))
		}
		b.settled()
		var order []string
		for _, q := range p.all() {
			if len(order) == 0 || order[len(order)-1] != q.Key {
				order = append(order, q.Key)
			}
		}
		for i, k := range order {
			if k != letter("g", "c", i).Key {
				b.t.Fatalf("order %q", order)
			}
		}
		if len(order) != 8 || p.raced {
			b.t.Errorf("order %q, two at once: %v", order, p.raced)
		}
	})
	s.test("a Retry-After of a lane holds that lane and no other", func(b *bench) {
		after := b.Terms.Backoff * 4
		one, two, other := letter("g", "c", 1), letter("g", "c", 2), letter("g", "d", 1)
		p := b.platform(func(l delivery.Letter, nth int) delivery.Result {
			if l.Key == one.Key && nth == 0 {
				return delivery.Result{Outcome: delivery.Later, After: after}
			}
			return sent()
		})
		b.put(one)
		b.put(two)
		b.work(b.Outbox, p.send)
		b.until("the first is refused", patience, func() bool { return len(p.of(one.Key)) == 1 })
		b.put(other)
		b.settled()
		refused := p.of(one.Key)[0].at
		if again := p.of(one.Key)[1].at; again.Sub(refused) < after || again.Sub(refused) > after+b.Terms.Backoff*2 {
			b.t.Errorf("tried again after %v, not %v", again.Sub(refused), after)
		}
		if next := p.of(two.Key)[0].at; next.Sub(refused) < after {
			b.t.Errorf("the next was tried after %v", next.Sub(refused))
		}
		if elsewhere := p.of(other.Key)[0].at; elsewhere.Sub(refused) >= after {
			b.t.Errorf("another lane had to wait %v", elsewhere.Sub(refused))
		}
	})
	s.test("a Retry-After of a group holds all of it and no other", func(b *bench) {
		after := b.Terms.Backoff * 4
		one, same, other := letter("g", "c", 1), letter("g", "d", 1), letter("h", "e", 1)
		p := b.platform(func(l delivery.Letter, nth int) delivery.Result {
			if l.Key == one.Key && nth == 0 {
				return delivery.Result{Outcome: delivery.Later, After: after, Wide: true}
			}
			return sent()
		})
		b.put(one)
		b.work(b.Outbox, p.send)
		b.until("the first is refused", patience, func() bool { return len(p.of(one.Key)) == 1 })
		b.Advance(b.Terms.Backoff / 2) // for a worker that is just putting it down
		b.put(same)
		b.put(other)
		b.settled()
		refused := p.of(one.Key)[0].at
		if got := p.of(one.Key)[1].at.Sub(refused); got < after {
			b.t.Errorf("tried again after %v", got)
		}
		if got := p.of(same.Key)[0].at.Sub(refused); got < after {
			b.t.Errorf("another lane of the group was tried after %v", got)
		}
		if got := p.of(other.Key)[0].at.Sub(refused); got >= after {
			b.t.Errorf("another group had to wait %v", got)
		}
	})
	s.test("without a Retry-After each wait is longer than the last, up to a limit", func(b *bench) {
		const tries = 5
		p := b.platform(later(tries, delivery.Result{}))
		l := letter("g", "c", 1)
		b.put(l)
		b.work(b.Outbox, p.send)
		b.settled()
		posts := p.of(l.Key)
		want := b.Terms.Backoff
		for i := range posts[1:] {
			// Half of a wait is left to chance.
			if got := posts[i+1].at.Sub(posts[i].at); got < want/2 || got > want+b.Terms.Backoff*2 {
				b.t.Errorf("wait %d was %v, want %v or a little less", i, got, want)
			}
			want = min(want*2, b.Terms.MaxBackoff)
		}
	})
	s.test("a letter is not sent before its time", func(b *bench) {
		p := b.platform(nil)
		b.work(b.Outbox, p.send)
		l := letter("g", "c", 1)
		l.NotBefore = b.Now().Add(b.Terms.Backoff * 2)
		b.put(l)
		b.put(letter("g", "c", 2))
		b.put(letter("g", "d", 1))
		b.settled()
		for _, q := range p.all() {
			if q.Lane == "c" && q.at.Before(l.NotBefore) {
				b.t.Errorf("sent %v early", l.NotBefore.Sub(q.at))
			}
			if q.Lane == "d" && !q.at.Before(l.NotBefore) {
				b.t.Error("another lane had to wait")
			}
		}
	})
	s.test("tries are counted, and the first try's time stays", func(b *bench) {
		p := b.platform(later(2, delivery.Result{}))
		l := letter("g", "c", 1)
		l.Tries = 1
		b.put(l)
		b.work(b.Outbox, p.send)
		b.settled()
		for i, q := range p.of(l.Key) {
			if q.Tries != i+1 || !q.Since.Equal(p.all()[0].Since) || q.Since.IsZero() {
				b.t.Errorf("post %d: %d tries since %v", i, q.Tries, q.Since)
			}
		}
	})
	s.test("after a try that may have been applied the letter is ambiguous and stays so, after a refusal it is not", func(b *bench) {
		one, two := letter("g", "c", 1), letter("g", "d", 1)
		p := b.platform(func(l delivery.Letter, nth int) delivery.Result {
			switch {
			case nth == 0 && l.Key == one.Key:
				return delivery.Result{Outcome: delivery.Unsure}
			case nth < 2:
				return delivery.Result{Outcome: delivery.Later}
			}
			return sent()
		})
		b.put(one)
		b.put(two)
		b.work(b.Outbox, p.send)
		b.settled()
		for i, q := range p.of(one.Key) {
			if q.Ambiguous != (i > 0) {
				b.t.Errorf("post %d after a time-out: ambiguous %v", i, q.Ambiguous)
			}
		}
		for i, q := range p.of(two.Key) {
			if q.Ambiguous {
				b.t.Errorf("post %d after refusals is ambiguous", i)
			}
		}
	})
	s.test("what can never be sent is given up at once, and the next follows", func(b *bench) {
		one, two := letter("g", "c", 1), letter("g", "c", 2)
		p := b.platform(func(l delivery.Letter, _ int) delivery.Result {
			if l.Key == one.Key {
				return delivery.Result{Outcome: delivery.Never, Err: errors.New("channel_not_found")}
			}
			return sent()
		})
		b.put(one)
		b.put(two)
		b.work(b.Outbox, p.send)
		b.settled()
		if n, m := len(p.of(one.Key)), len(p.of(two.Key)); n != 1 || m != 1 {
			b.t.Errorf("%d and %d posts", n, m)
		}
		if n := b.depth().Dead; n != 1 {
			b.t.Errorf("%d dead", n)
		}
		b.claim(one.Key, "x", done)
	})
	s.test("a letter is given up some time after its first try, once, and never tried again", func(b *bench) {
		p := b.platform(later(1<<30, delivery.Result{}))
		l, fresh := letter("g", "c", 1), letter("g", "c", 2)
		l.Since = b.Now().Add(-b.Terms.GiveUp / 2)
		b.put(l)
		b.put(fresh)
		b.work(b.Outbox, p.send)
		b.until("the letter is given up", b.Terms.GiveUp/2+patience, func() bool { return b.depth().Dead == 1 })
		if early := b.Terms.GiveUp - b.Now().Sub(l.Since); early > 0 {
			b.t.Errorf("given up %v early", early)
		}
		b.claim(l.Key, "x", done)
		n := len(p.of(l.Key))
		if n < 2 {
			b.t.Errorf("%d posts", n)
		}
		b.until("the next one is given up", b.Terms.GiveUp+patience, func() bool { return b.depth().Dead == 2 })
		b.Advance(b.Terms.MaxBackoff * 2)
		if m := len(p.of(l.Key)); m != n {
			b.t.Errorf("tried %d times more", m-n)
		}
		if d := b.depth(); d.Waiting != 0 || d.Dead != 2 || !d.Oldest.IsZero() {
			b.t.Errorf("%+v", d)
		}
	})
	s.test("a Retry-After longer than a letter's life does not keep it alive", func(b *bench) {
		p := b.platform(later(1<<30, delivery.Result{After: b.Terms.GiveUp * 3}))
		l := letter("g", "c", 1)
		b.put(l)
		b.work(b.Outbox, p.send)
		b.until("the letter is given up", b.Terms.GiveUp+patience, func() bool { return b.depth().Dead == 1 })
		if n := len(p.all()); n != 1 {
			b.t.Errorf("%d posts", n)
		}
	})
	s.test("a sender that hangs in one lane holds up no other", func(b *bench) {
		let := make(chan struct{})
		p := b.platform(nil)
		p.before = func(l delivery.Letter) {
			if l.Lane == "stuck" {
				<-let
			}
		}
		b.work(b.Outbox, p.send)
		var once sync.Once
		free := func() { once.Do(func() { close(let) }) }
		b.t.Cleanup(free)
		b.put(letter("g", "stuck", 1))
		b.put(letter("g", "stuck", 2))
		for i := range 20 {
			b.put(letter("g", fmt.Sprint("lane ", i), i))
		}
		b.until("the other lanes' letters are sent", patience, func() bool { return b.depth().Waiting == 2 })
		free()
		b.settled()
	})
	s.test("the outbox knows which lanes wait", func(b *bench) {
		waits := func(lane string) bool {
			is, err := b.Outbox.Waiting(b.ctx, lane)
			b.ok(err)
			return is
		}
		p := b.platform(later(1, delivery.Result{}))
		b.put(letter("g", "c", 1))
		if !waits("c") || waits("d") || waits("g") {
			b.t.Errorf("waits: c %v, d %v, g %v", waits("c"), waits("d"), waits("g"))
		}
		b.work(b.Outbox, p.send)
		b.until("it is refused", patience, func() bool { return len(p.all()) == 1 })
		if !waits("c") {
			b.t.Error("what was refused does not wait")
		}
		b.settled()
		if waits("c") {
			b.t.Error("what was sent waits")
		}
	})
	s.test("its depth is how many wait, and since when", func(b *bench) {
		if d := b.depth(); d != (delivery.Depth{}) {
			b.t.Errorf("empty: %+v", d)
		}
		first := b.Now().Add(-time.Second).Round(time.Millisecond)
		for i := range 3 {
			l := letter("g", fmt.Sprint("lane ", i), i)
			l.Since = first.Add(time.Duration((i+1)%3) * time.Millisecond)
			b.put(l)
		}
		if d := b.depth(); d.Waiting != 3 || !d.Oldest.Equal(first) || d.Dead != 0 {
			b.t.Errorf("%+v, want 3 since %v", d, first)
		}
	})
	s.test("run ends with its context, lets a post that is under way finish, and loses and doubles nothing", func(b *bench) {
		begun, let := make(chan struct{}), make(chan struct{})
		var cut atomic.Bool
		p := b.platform(nil)
		one, two := letter("g", "c", 1), letter("g", "c", 2)
		b.put(one)
		b.put(two)
		ctx, cancel := context.WithCancel(b.ctx)
		ended := make(chan error, 1)
		go func() {
			ended <- b.Outbox.Run(ctx, func(ctx context.Context, l delivery.Letter) delivery.Result {
				close(begun)
				<-let
				cut.Store(ctx.Err() != nil)
				return p.send(ctx, l)
			})
		}()
		<-begun
		cancel()
		b.Advance(b.Terms.Backoff / 4)
		close(let)
		b.until("run ends", patience, func() bool { return len(ended) == 1 })
		b.ok(<-ended)
		if cut.Load() {
			b.t.Error("the post was cut off")
		}
		if n := len(p.all()); n != 1 {
			b.t.Errorf("%d posts after the end", n)
		}
		b.work(b.Outbox, p.send)
		b.settled()
		b.Advance(b.Reclaim + b.Terms.Backoff)
		if n, m := len(p.of(one.Key)), len(p.of(two.Key)); n != 1 || m != 1 {
			b.t.Errorf("%d and %d posts", n, m)
		}
	})
	s.test("letters wait while nobody works, and outlive a worker", func(b *bench) {
		p := b.platform(later(1, delivery.Result{After: b.Terms.Backoff * 2}))
		stop := b.work(b.Outbox, p.send)
		b.put(letter("g", "c", 1))
		b.until("it is refused", patience, func() bool { return len(p.all()) == 1 })
		stop()
		b.put(letter("g", "c", 2))
		b.Advance(b.Terms.Backoff * 3)
		if n := b.depth().Waiting; n != 2 {
			b.t.Errorf("%d wait", n)
		}
		b.work(b.Outbox, p.send)
		b.settled()
	})
	s.test("many may put at once, and each letter is sent once", func(b *bench) {
		p := b.platform(func(l delivery.Letter, nth int) delivery.Result {
			if nth == 0 && len(l.Key)%2 == 0 {
				return delivery.Result{Outcome: delivery.Later, After: time.Millisecond}
			}
			return sent()
		})
		b.work(b.Outbox, p.send)
		const writers, each = 8, 25
		var all sync.WaitGroup
		for w := range writers {
			all.Go(func() {
				for i := range each {
					l := letter("g", fmt.Sprint("lane ", i%5), w*each+i)
					if err := b.Outbox.Put(b.ctx, "n", l); err != nil {
						b.t.Error(err)
					}
				}
			})
		}
		all.Wait()
		b.settled()
		b.onceEach(p, writers*each)
	})
	s.test("two replicas share the work, and each letter is sent once and in order", func(b *bench) {
		if b.Peer == nil {
			b.t.Skip("the store is not shared")
		}
		peer, _ := b.Peer(b.t)
		p := b.platform(nil)
		p.before = func(delivery.Letter) { <-time.After(time.Millisecond) }
		b.work(b.Outbox, p.send)
		b.work(peer, p.send)
		const lanes, each = 6, 15
		for i := range each {
			for lane := range lanes {
				b.put(letter("g", fmt.Sprint("lane ", lane), i))
			}
		}
		b.settled()
		b.onceEach(p, lanes*each)
		next := map[string]int{}
		for _, q := range p.all() {
			if q.Key != letter("g", q.Lane, next[q.Lane]).Key {
				b.t.Fatalf("%s: out of order", q.Lane)
			}
			next[q.Lane]++
		}
		if p.raced {
			b.t.Error("two of one lane at once")
		}
	})
	s.test("a killed replica's letter is taken over as ambiguous, and sent once", func(b *bench) {
		if b.Peer == nil {
			b.t.Skip("the store is not shared")
		}
		peer, kill := b.Peer(b.t)
		if kill == nil {
			b.t.Skip("the store dies with its worker")
		}
		begun, let := make(chan struct{}), make(chan struct{})
		l, next := letter("g", "c", 1), letter("g", "c", 2)
		b.put(l)
		b.put(next)
		ctx, cancel := context.WithCancel(context.WithoutCancel(b.ctx))
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			_ = peer.Run(ctx, func(context.Context, delivery.Letter) delivery.Result { // the dead report nothing
				close(begun)
				<-let
				return sent()
			})
		}()
		b.t.Cleanup(func() {
			cancel()
			<-ended
		})
		<-begun
		kill()
		killed := b.Now()
		p := b.platform(nil)
		b.work(b.Outbox, p.send)
		b.until("the letter is taken over", b.Reclaim+b.Terms.Backoff, func() bool { return len(p.of(l.Key)) == 1 })
		b.t.Logf("taken over after %v", b.Now().Sub(killed))
		if !p.of(l.Key)[0].Ambiguous {
			b.t.Error("it is not said to be ambiguous")
		}
		close(let) // what the dead would say is not heard
		b.settled()
		b.Advance(b.Reclaim + b.Terms.Backoff)
		b.onceEach(p, 2)
		if p.all()[0].Key != l.Key {
			b.t.Error("out of order")
		}
	})
	s.test("a context that is done is an error, and nothing is stored", func(b *bench) {
		over, stop := context.WithCancel(b.ctx)
		stop()
		l := letter("g", "c", 1)
		if err := b.Outbox.Put(over, "n", l); err == nil {
			b.t.Error("put")
		}
		if _, err := b.Outbox.Depth(over); err == nil {
			b.t.Error("depth")
		}
		if _, err := b.Outbox.Waiting(over, "c"); err == nil {
			b.t.Error("waiting")
		}
		if n := b.depth().Waiting; n != 0 {
			b.t.Errorf("%d wait", n)
		}
		b.claim(l.Key, "x", won)
	})
}

// onceEach says whether n letters were sent, each once: refused posts aside,
// which are those that another of the same key follows.
func (b *bench) onceEach(p *platform, n int) {
	b.t.Helper()
	last := map[string]post{}
	for _, q := range p.all() {
		if before, ok := last[q.Key]; ok && (p.answer == nil || p.answer(before.Letter, before.Tries).Outcome == delivery.Sent) {
			b.t.Errorf("sent twice after %v", q.at.Sub(before.at))
		}
		last[q.Key] = q
	}
	if len(last) != n {
		b.t.Errorf("%d letters of %d were sent", len(last), n)
	}
}
