package deliverytest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"careerbot/adapters/internal/delivery"
)

// TestLedger tests the ledger of the stores that open makes. Their outbox may
// be nil here.
func TestLedger(t *testing.T, clock Clock, open func(t *testing.T) Store) {
	const won, retaken, held, done = delivery.Won, delivery.Retaken, delivery.Held, delivery.Done
	s := suite{t, clock, open}
	s.test("the first to claim wins, the next finds it held", func(b *bench) {
		b.claim("k", "a", won)
		b.claim("k", "b", held)
	})
	s.test("there is one winner among many at once", func(b *bench) {
		const many = 32
		var wins, helds atomic.Int32
		var all sync.WaitGroup
		for i := range many {
			all.Go(func() {
				switch got, err := b.Ledger.Claim(b.ctx, "k", fmt.Sprint("nonce ", i)); {
				case err != nil:
					b.t.Error(err)
				case got == won:
					wins.Add(1)
				case got == held:
					helds.Add(1)
				}
			})
		}
		all.Wait()
		if wins.Load() != 1 || helds.Load() != many-1 {
			b.t.Errorf("%d won, %d found it held", wins.Load(), helds.Load())
		}
	})
	s.test("there is one winner among many at once when a lease is over", func(b *bench) {
		b.claim("k", "dead", won)
		b.lapse()
		var wins atomic.Int32
		var all sync.WaitGroup
		for i := range 32 {
			all.Go(func() {
				switch got, err := b.Ledger.Claim(b.ctx, "k", fmt.Sprint("nonce ", i)); {
				case err != nil:
					b.t.Error(err)
				case got == retaken:
					wins.Add(1)
				case got != held:
					b.t.Errorf("got %v", got)
				}
			})
		}
		all.Wait()
		if wins.Load() != 1 {
			b.t.Errorf("%d won", wins.Load())
		}
	})
	s.test("a claim of one's own asked for again is a win again", func(b *bench) {
		b.claim("k", "a", won)
		b.claim("k", "a", won)
		b.claim("k", "b", held)
	})
	s.test("asking again does not lengthen the lease", func(b *bench) {
		b.claim("k", "a", won)
		b.Advance(b.Terms.Lease / 2)
		b.claim("k", "a", won)
		b.Advance(b.Terms.Lease/2 + b.Terms.Lease/4)
		b.claim("k", "b", retaken)
	})
	s.test("a lease is held until it is over", func(b *bench) {
		b.claim("k", "a", won)
		b.Advance(b.Terms.Lease / 2)
		b.claim("k", "b", held)
		b.lapse()
		b.claim("k", "b", retaken)
		b.claim("k", "c", held)
		b.claim("k", "a", held)
	})
	s.test("a claim taken over is said to be so when it is asked for again", func(b *bench) {
		b.claim("k", "a", won)
		b.lapse()
		b.claim("k", "b", retaken)
		b.claim("k", "b", retaken)
	})
	s.test("one's own claim can be taken up again after its lease", func(b *bench) {
		b.claim("k", "a", won)
		b.lapse()
		b.claim("k", "a", won, retaken)
		b.claim("k", "b", held)
	})
	s.test("that a claim was never ended is remembered for long", func(b *bench) {
		b.claim("k", "a", won)
		b.Advance(b.Terms.Kept / 2)
		b.claim("k", "b", retaken)
	})
	s.test("a claim can be taken over again and again", func(b *bench) {
		b.claim("k", "a", won)
		for _, next := range []string{"b", "c", "d"} {
			b.lapse()
			b.claim("k", next, retaken)
		}
		b.done("k", "d")
		b.claim("k", "e", done)
	})
	s.test("done stays done, for everybody", func(b *bench) {
		b.claim("k", "a", won)
		b.done("k", "a")
		b.claim("k", "a", done)
		b.claim("k", "b", done)
		b.lapse()
		b.claim("k", "a", done)
		b.claim("k", "b", done)
	})
	s.test("done is remembered for as long as is said, from when it was done", func(b *bench) {
		b.claim("k", "a", won)
		b.Advance(b.Terms.Lease / 2)
		b.done("k", "a")
		b.Advance(b.Terms.Kept - b.Terms.Lease/4)
		b.claim("k", "b", done)
		b.Advance(b.Terms.Lease / 2)
		b.claim("k", "b", won)
	})
	s.test("done may be said twice", func(b *bench) {
		b.claim("k", "a", won)
		b.done("k", "a")
		b.done("k", "a")
		b.claim("k", "b", done)
	})
	s.test("done after the lease is over counts as long as nobody took the claim", func(b *bench) {
		b.claim("k", "a", won)
		b.lapse()
		b.done("k", "a")
		b.claim("k", "b", done)
	})
	s.test("done of a claim that was taken over changes nothing and is told", func(b *bench) {
		b.claim("k", "a", won)
		b.lapse()
		b.claim("k", "b", retaken)
		if err := b.Ledger.Done(b.ctx, "k", "a"); !errors.Is(err, delivery.ErrLost) {
			b.t.Errorf("done by who lost it: %v", err)
		}
		b.claim("k", "c", held)
		b.done("k", "b")
		b.claim("k", "c", done)
		b.done("k", "a") // it is done
	})
	s.test("done of a claim that the store forgot marks it", func(b *bench) {
		b.done("k", "a")
		b.claim("k", "b", done)
	})
	s.test("what was released is won afresh", func(b *bench) {
		b.claim("k", "a", won)
		b.release("k", "a")
		b.claim("k", "b", won)
		b.release("k", "b")
		b.release("k", "b")
		b.claim("k", "a", won)
	})
	s.test("release of another's claim does nothing", func(b *bench) {
		b.claim("k", "a", won)
		b.release("k", "b")
		b.claim("k", "b", held)
		b.claim("k", "a", won)
	})
	s.test("release of a claim that was taken over does nothing", func(b *bench) {
		b.claim("k", "a", won)
		b.lapse()
		b.claim("k", "b", retaken)
		b.release("k", "a")
		b.claim("k", "a", held)
	})
	s.test("release of what is done does nothing", func(b *bench) {
		b.claim("k", "a", won)
		b.done("k", "a")
		b.release("k", "a")
		b.claim("k", "b", done)
	})
	s.test("release of what was never claimed is no error", func(b *bench) {
		b.release("k", "a")
		b.claim("k", "b", won)
	})
	s.test("claims are kept apart", func(b *bench) {
		keys := []string{"", "a", "b", "A", "a:b", "a\x00b", "a b", "ä", "{a}", "{a}b", "1:a", delivery.Key("a", "b"), delivery.Key("ab", "")}
		for i, k := range keys {
			b.claim(k, fmt.Sprint(i), won)
		}
		for i, k := range keys {
			if i%2 == 0 {
				b.done(k, fmt.Sprint(i))
			}
		}
		for i, k := range keys {
			if i%2 == 0 {
				b.claim(k, "x", done)
			} else {
				b.claim(k, "x", held)
			}
		}
	})
	s.test("a context that is done is an error, and nothing changes", func(b *bench) {
		over, stop := context.WithCancel(b.ctx)
		stop()
		if _, err := b.Ledger.Claim(over, "k", "a"); err == nil {
			b.t.Error("claimed")
		}
		b.claim("k", "b", won)
		if err := b.Ledger.Done(over, "k", "b"); err == nil {
			b.t.Error("done")
		}
		if err := b.Ledger.Release(over, "k", "b"); err == nil {
			b.t.Error("released")
		}
		b.claim("k", "c", held)
	})
	s.test("many may use it at once", func(b *bench) {
		var all sync.WaitGroup
		var answers [20]atomic.Int32
		for worker := range 8 {
			all.Go(func() {
				for i := range answers {
					key, nonce := fmt.Sprint("message ", i), fmt.Sprint(worker, " at ", i)
					got, err := b.Ledger.Claim(b.ctx, key, nonce)
					if err != nil {
						b.t.Error(err)
					}
					if got == won {
						answers[i].Add(1)
						if err := b.Ledger.Done(b.ctx, key, nonce); err != nil {
							b.t.Error(err)
						}
					}
					if err := b.Ledger.Release(b.ctx, key, nonce); err != nil {
						b.t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for i := range answers {
			if n := answers[i].Load(); n != 1 {
				b.t.Errorf("message %d has %d answers", i, n)
			}
		}
	})
}
