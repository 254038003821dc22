package deliverytest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/internal/delivery"
)

// TestLimiter tests the limiters that open makes, which keep to the rates that
// it returns. A person's burst must be smaller than a workspace's, and the
// time for one more answer to a person long against a round trip.
func TestLimiter(t *testing.T, clock Clock, open func(t *testing.T) (delivery.Limiter, delivery.Rates)) {
	type limiter struct {
		delivery.Limiter
		delivery.Rates
		Clock
		t *testing.T
	}
	test := func(name string, f func(l *limiter)) {
		t.Run(name, func(t *testing.T) {
			clock.Within(t, func(t *testing.T) {
				l, r := open(t)
				f(&limiter{l, r.OrDefault(), clock, t})
			})
		})
	}
	const through, notice, quiet = delivery.Through, delivery.Notice, delivery.Quiet
	ask := func(l *limiter, person, workspace string, want delivery.Pass) {
		l.t.Helper()
		got, err := l.Allow(l.t.Context(), person, workspace)
		if err != nil || got != want {
			l.t.Fatalf("%s of %s: %v, %v, want %v", person, workspace, got, err, want)
		}
	}
	burst := func(l *limiter, person, workspace string) {
		l.t.Helper()
		for range l.PersonBurst {
			ask(l, person, workspace, through)
		}
	}
	refill := func(l *limiter, n int) { // and a little more
		each := time.Duration(float64(time.Second) / l.PersonPerSecond)
		l.Advance(time.Duration(n)*each + each/8)
	}

	test("a burst is let through, and no more", func(l *limiter) {
		burst(l, "a", "w")
		ask(l, "a", "w", notice)
		ask(l, "a", "w", quiet)
	})
	test("a person's right comes back one by one, up to the burst", func(l *limiter) {
		burst(l, "a", "w")
		ask(l, "a", "w", notice)
		refill(l, 1)
		ask(l, "a", "w", through)
		ask(l, "a", "w", quiet)
		refill(l, l.PersonBurst*3)
		burst(l, "a", "w")
		if got, _ := l.Allow(l.t.Context(), "a", "w"); got == through {
			l.t.Error("more than the burst was saved up")
		}
	})
	test("people are kept apart, and so is one id in two workspaces", func(l *limiter) {
		burst(l, "a", "w")
		ask(l, "a", "w", notice)
		burst(l, "b", "w")
		burst(l, "a", "v")
		burst(l, "", "")
		burst(l, "w", "a")
		burst(l, "aw", "")
		burst(l, "", "aw")
	})
	test("a notice comes once in a flood, however long", func(l *limiter) {
		notices := 0
		end := l.Now().Add(l.Quiet * 3)
		for l.Now().Before(end) {
			got, err := l.Allow(l.t.Context(), "a", "w")
			if err != nil {
				l.t.Fatal(err)
			}
			if got == notice {
				notices++
			}
			l.Advance(time.Duration(float64(time.Second) / l.PersonPerSecond / 4))
		}
		if notices != 1 {
			l.t.Errorf("%d notices", notices)
		}
	})
	test("after quiet, the next flood has its own notice", func(l *limiter) {
		for range 3 {
			burst(l, "a", "w")
			ask(l, "a", "w", notice)
			ask(l, "a", "w", quiet)
			l.Advance(l.Quiet + time.Duration(float64(l.PersonBurst)/l.PersonPerSecond*float64(time.Second)))
		}
	})
	test("a workspace has a burst of its own", func(l *limiter) {
		start := l.Now()
		passed, asked := 0, l.WorkspaceBurst*2
		for i := range asked {
			got, err := l.Allow(l.t.Context(), fmt.Sprint("person ", i), "w")
			if err != nil {
				l.t.Fatal(err)
			}
			if got == through {
				passed++
			}
		}
		most := l.WorkspaceBurst + int(l.Now().Sub(start).Seconds()*l.WorkspacePerSecond) + 1
		if passed < l.WorkspaceBurst || passed > most && most < asked {
			l.t.Errorf("%d of %d passed, want %d to %d", passed, asked, l.WorkspaceBurst, most)
		}
		ask(l, "a", "v", through)
	})
	test("what is refused to one person uses up nothing of the workspace's", func(l *limiter) {
		for range l.WorkspaceBurst * 3 {
			if _, err := l.Allow(l.t.Context(), "flood", "w"); err != nil {
				l.t.Fatal(err)
			}
		}
		for i := range l.WorkspaceBurst - l.PersonBurst*2 {
			ask(l, fmt.Sprint("person ", i), "w", through)
		}
	})
	test("what is refused to a workspace uses up nothing of the person's", func(l *limiter) {
		for i := 0; ; i++ {
			if got, _ := l.Allow(l.t.Context(), fmt.Sprint("person ", i), "w"); got != through {
				break
			}
			if i > l.WorkspaceBurst*100 {
				l.t.Skip("the workspace's rate is faster than this store")
			}
		}
		used := 1 // for the rounding of rates
		for range l.PersonBurst * 2 {
			if got, _ := l.Allow(l.t.Context(), "a", "w"); got == through {
				used++ // the slower the store, the more the workspace's rate lets through meanwhile
			}
		}
		l.Advance(time.Duration(float64(l.PersonBurst+1) / l.WorkspacePerSecond * float64(time.Second)))
		got := 0
		for range l.PersonBurst {
			if p, _ := l.Allow(l.t.Context(), "a", "w"); p == through {
				got++
			}
		}
		if got < l.PersonBurst-used {
			l.t.Errorf("%d of %d, of which %d had been let through", got, l.PersonBurst, used-1)
		}
	})
	test("a context that is done does not hold it up", func(l *limiter) {
		over, stop := context.WithCancel(l.t.Context())
		stop()
		start := l.Now()
		if got, err := l.Allow(over, "a", "w"); got != through {
			l.t.Errorf("%v, %v", got, err)
		}
		if took := l.Now().Sub(start); took > time.Second {
			l.t.Errorf("took %v", took)
		}
	})
	test("many may use it at once, and together get no more than one burst", func(l *limiter) {
		start := l.Now()
		var mu sync.Mutex
		got := map[delivery.Pass]int{}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for range l.PersonBurst * 4 {
					p, err := l.Allow(l.t.Context(), "a", "w")
					if err != nil {
						l.t.Error(err)
					}
					mu.Lock()
					got[p]++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		most := l.PersonBurst + int(l.Now().Sub(start).Seconds()*l.PersonPerSecond) + 1
		if got[through] < l.PersonBurst || got[through] > most || got[notice] != 1 {
			l.t.Errorf("%v", got)
		}
	})
}
