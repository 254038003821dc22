package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"careerbot/adapters/internal/delivery"
)

// platform is what posts are made to: it answers as it is told, in turn, and
// takes down what it was sent.
type platform struct {
	mu    sync.Mutex
	told  []delivery.Result // what it answers next; then Sent
	slow  time.Duration     // before it answers
	posts []delivery.Letter
	at    []time.Time
}

func (p *platform) send(ctx context.Context, l delivery.Letter) delivery.Result {
	p.mu.Lock()
	p.posts, p.at = append(p.posts, l), append(p.at, time.Now())
	r := delivery.Result{Outcome: delivery.Sent}
	if len(p.told) > 0 {
		r, p.told = p.told[0], p.told[1:]
	}
	slow := p.slow
	p.mu.Unlock()
	if slow > 0 {
		select {
		case <-time.After(slow):
		case <-ctx.Done():
			return delivery.Result{Outcome: delivery.Unsure, Err: ctx.Err()}
		}
	}
	return r
}

func (p *platform) tell(rs ...delivery.Result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, rs...)
}

// sent are the payloads that arrived, in order.
func (p *platform) sent() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []string
	for _, l := range p.posts {
		out = append(out, string(l.Payload))
	}
	return out
}

// shaky is a ledger and outbox that fail, or hang, when told to.
type shaky struct {
	*delivery.Local
	mu          sync.Mutex
	fails, puts error
	hangs       bool
}

func (s *shaky) set(fails, puts error, hangs bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails, s.puts, s.hangs = fails, puts, hangs
}

func (s *shaky) trouble(ctx context.Context) error {
	s.mu.Lock()
	fails, hangs := s.fails, s.hangs
	s.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return ctx.Err()
	}
	return fails
}

func (s *shaky) Claim(ctx context.Context, key, nonce string) (delivery.State, error) {
	if err := s.trouble(ctx); err != nil {
		return 0, err
	}
	return s.Local.Claim(ctx, key, nonce)
}

func (s *shaky) Done(ctx context.Context, key, nonce string) error {
	if err := s.trouble(ctx); err != nil {
		return err
	}
	return s.Local.Done(ctx, key, nonce)
}

func (s *shaky) Release(ctx context.Context, key, nonce string) error {
	if err := s.trouble(ctx); err != nil {
		return err
	}
	return s.Local.Release(ctx, key, nonce)
}

func (s *shaky) Put(ctx context.Context, nonce string, l delivery.Letter) error {
	s.mu.Lock()
	puts := s.puts
	s.mu.Unlock()
	if puts != nil {
		return puts
	}
	if err := s.trouble(ctx); err != nil {
		return err
	}
	return s.Local.Put(ctx, nonce, l)
}

func (s *shaky) Waiting(ctx context.Context, lane string) (bool, error) {
	if err := s.trouble(ctx); err != nil {
		return false, err
	}
	return s.Local.Waiting(ctx, lane)
}

// stage is a desk in a bubble of its own time.
type stage struct {
	t        *testing.T
	platform *platform
	store    *shaky
	desk     *delivery.Desk
	stop     func()
}

// onStage plays a scene with virtual time.
func onStage(t *testing.T, scene func(t *testing.T, s *stage)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{t: t, platform: &platform{}, store: &shaky{Local: delivery.NewLocal(delivery.LocalOptions{})}}
		s.desk = s.replica()
		s.stop = s.work(s.desk)
		scene(t, s)
		s.stop()
	})
}

// replica is another desk with the same store.
func (s *stage) replica() *delivery.Desk {
	return delivery.New(s.store, s.store, s.platform.send, delivery.Options{})
}

// work runs the desk's outbox until the returned function is called.
func (s *stage) work(d *delivery.Desk) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := d.Run(ctx); err != nil {
			s.t.Error(err)
		}
	}()
	return sync.OnceFunc(func() { cancel(); <-ended })
}

// pass lets time go by: that of the bubble, which takes none.
func pass(d time.Duration) { <-time.After(d) }

func message(key string) delivery.Message {
	return delivery.Message{Key: key, Lane: "channel", Group: "workspace"}
}

func says(payload string) delivery.Composer {
	return func(context.Context) ([]byte, bool) { return []byte(payload), true }
}

// deliver answers a message with its own key.
func (s *stage) deliver(key string) delivery.Verdict {
	return s.desk.Deliver(s.t.Context(), message(key), says(key))
}

func (s *stage) verdict(got, want delivery.Verdict) {
	s.t.Helper()
	if got != want {
		s.t.Errorf("the platform hears %v, want %v", got, want)
	}
}

func (s *stage) arrived(want ...string) {
	s.t.Helper()
	if got := s.platform.sent(); !slices.Equal(got, want) {
		s.t.Errorf("posted %q, want %q", got, want)
	}
}

var (
	later  = delivery.Result{Outcome: delivery.Later}
	unsure = delivery.Result{Outcome: delivery.Unsure}
	never  = delivery.Result{Outcome: delivery.Never, Err: errors.New("no such channel")}
)

func TestManyDeliveriesOfOneMessageAreOnePost(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		var all sync.WaitGroup
		other := s.replica()
		for i := range 40 {
			all.Go(func() {
				d := s.desk
				if i%2 == 1 {
					d = other
				}
				s.verdict(d.Deliver(t.Context(), message("m"), says("m")), delivery.Ack)
			})
		}
		all.Wait()
		s.arrived("m")
	})
}

func TestWhatIsAnsweredStaysAnswered(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.verdict(s.deliver("m"), delivery.Ack)
		pass(23 * time.Hour)
		s.verdict(s.deliver("m"), delivery.Ack)
		s.arrived("m")
		pass(2 * time.Hour) // kept for a day
		s.verdict(s.deliver("m"), delivery.Ack)
		s.arrived("m", "m")
	})
}

func TestNothingToSayIsAcknowledgedAndMayBeAskedAgain(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		silent := func(context.Context) ([]byte, bool) { return nil, false }
		s.verdict(s.desk.Deliver(t.Context(), message("m"), silent), delivery.Ack)
		s.arrived()
		if c := s.desk.Counts(); c.Silent != 1 {
			t.Errorf("counted %+v", c)
		}
	})
}

func TestAClaimHeldElsewhereIsWaitedForAndThenRefused(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		if _, err := s.store.Claim(t.Context(), "m", "another"); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		s.verdict(s.deliver("m"), delivery.Again)
		if waited := time.Since(start); waited < 2400*time.Millisecond || waited > 2500*time.Millisecond {
			t.Errorf("waited %v, want 2.4 s", waited)
		}
		s.arrived()
	})
	onStage(t, func(t *testing.T, s *stage) {
		if _, err := s.store.Claim(t.Context(), "m", "another"); err != nil {
			t.Fatal(err)
		}
		go func() {
			pass(time.Second)
			if err := s.store.Done(context.Background(), "m", "another"); err != nil {
				t.Error(err)
			}
		}()
		start := time.Now()
		s.verdict(s.deliver("m"), delivery.Ack)
		if waited := time.Since(start); waited < time.Second || waited > 1100*time.Millisecond {
			t.Errorf("waited %v for what was done after 1 s", waited)
		}
		s.arrived()
	})
}

func TestAClaimThatLapsedIsTakenOverAndLooksFirst(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		if _, err := s.store.Claim(t.Context(), "m", "dead"); err != nil {
			t.Fatal(err)
		}
		pass(8 * time.Second)
		s.verdict(s.deliver("m"), delivery.Ack)
		s.arrived("m")
		if !s.platform.posts[0].Ambiguous {
			t.Error("it did not look whether the dead one had posted")
		}
	})
}

func TestARedeliveryLooksFirst(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		m := message("m")
		m.Redelivered = true
		s.verdict(s.desk.Deliver(t.Context(), m, says("m")), delivery.Ack)
		if !s.platform.posts[0].Ambiguous {
			t.Error("it did not look first")
		}
	})
}

func TestWhatIsRefusedForNowIsQueuedAndArrivesOnce(t *testing.T) {
	for _, first := range []delivery.Result{later, unsure, {Outcome: delivery.Later, After: 3 * time.Second}} {
		t.Run(fmt.Sprint(first.Outcome, first.After), func(t *testing.T) {
			onStage(t, func(t *testing.T, s *stage) {
				s.platform.tell(first)
				s.verdict(s.deliver("m"), delivery.Ack)
				s.verdict(s.deliver("m"), delivery.Ack) // it comes again while it is queued
				pass(10 * time.Second)
				s.arrived("m", "m")
				if second := s.platform.posts[1]; second.Ambiguous != (first.Outcome == delivery.Unsure) {
					t.Errorf("the second try looked first: %v", second.Ambiguous)
				}
				if wait := s.platform.at[1].Sub(s.platform.at[0]); wait < first.After {
					t.Errorf("tried again after %v, asked to wait %v", wait, first.After)
				}
				s.verdict(s.deliver("m"), delivery.Ack)
				s.arrived("m", "m")
			})
		})
	}
}

func TestAPostThatTakesTooLongIsUnsure(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.platform.slow = time.Hour
		start := time.Now()
		s.verdict(s.deliver("m"), delivery.Ack)
		if d := time.Since(start); d != 1200*time.Millisecond {
			t.Errorf("a post had %v", d)
		}
		s.platform.mu.Lock()
		s.platform.slow = 0
		s.platform.mu.Unlock()
		pass(10 * time.Second)
		s.arrived("m", "m")
		if !s.platform.posts[1].Ambiguous {
			t.Error("it did not look whether the first was applied")
		}
	})
}

func TestWhatCannotBeQueuedComesAgain(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.platform.tell(later)
		s.store.set(nil, errors.New("no room"), false)
		s.verdict(s.deliver("m"), delivery.Again)
		s.store.set(nil, nil, false)
		s.verdict(s.deliver("m"), delivery.Ack) // the claim was given up: at once, not after a lease
		s.arrived("m", "m")
	})
}

func TestWhatCanNeverBeSentIsNotTriedAgain(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.platform.tell(never)
		s.verdict(s.deliver("m"), delivery.Ack)
		pass(time.Hour)
		s.verdict(s.deliver("m"), delivery.Ack)
		s.arrived("m")
	})
}

func TestAChannelKeepsItsOrderAndHoldsUpNoOther(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.platform.tell(delivery.Result{Outcome: delivery.Later, After: 5 * time.Second})
		s.verdict(s.deliver("first"), delivery.Ack)
		s.verdict(s.deliver("second"), delivery.Ack) // behind the first
		m := message("elsewhere")
		m.Lane = "another channel"
		s.verdict(s.desk.Deliver(t.Context(), m, says("elsewhere")), delivery.Ack)
		s.arrived("first", "elsewhere")
		pass(20 * time.Second)
		s.arrived("first", "elsewhere", "first", "second")
	})
}

func TestAWideRetryAfterHoldsTheWholeWorkspace(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.platform.tell(delivery.Result{Outcome: delivery.Later, After: 5 * time.Second, Wide: true})
		s.deliver("first")
		m := message("elsewhere")
		m.Lane = "another channel"
		s.verdict(s.desk.Deliver(t.Context(), m, says("elsewhere")), delivery.Ack)
		s.arrived("first")
		m = message("abroad")
		m.Lane, m.Group = "a third", "another workspace"
		s.verdict(s.desk.Deliver(t.Context(), m, says("abroad")), delivery.Ack)
		s.arrived("first", "abroad")
		pass(20 * time.Second)
		if got := s.platform.sent(); len(got) != 4 {
			t.Errorf("posted %q", got)
		}
	})
}

func TestWhatIsNeverTakenIsGivenUpOnce(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		for range 10_000 {
			s.platform.told = append(s.platform.told, later)
		}
		s.verdict(s.deliver("m"), delivery.Ack)
		pass(29 * time.Minute)
		if d, err := s.store.Depth(t.Context()); err != nil || d.Waiting != 1 || d.Dead != 0 {
			t.Errorf("before its time: %+v, %v", d, err)
		}
		pass(5 * time.Minute)
		if d, err := s.store.Depth(t.Context()); err != nil || d.Waiting != 0 || d.Dead != 1 {
			t.Errorf("after half an hour: %+v, %v", d, err)
		}
		n := len(s.platform.sent())
		s.verdict(s.deliver("m"), delivery.Ack) // and it is not begun anew
		pass(time.Hour)
		if got := len(s.platform.sent()); got != n {
			t.Errorf("posted %d times more", got-n)
		}
	})
}

func TestWithoutALedgerItAnswersOnceAndInTime(t *testing.T) {
	for _, hangs := range []bool{false, true} {
		t.Run(fmt.Sprint("hangs ", hangs), func(t *testing.T) {
			onStage(t, func(t *testing.T, s *stage) {
				s.store.set(errors.New("gone"), errors.New("gone"), hangs)
				start := time.Now()
				s.verdict(s.deliver("m"), delivery.Ack)
				if d := time.Since(start); d > 2*time.Second {
					t.Errorf("took %v", d)
				}
				s.verdict(s.deliver("m"), delivery.Ack)
				s.arrived("m")
				if !s.platform.posts[0].Ambiguous {
					t.Error("another replica may have answered, and it did not look")
				}
				if c := s.desk.Counts(); c.Spared == 0 || c.LedgerErrors == 0 {
					t.Errorf("counted %+v", c)
				}
				s.store.set(nil, nil, false) // the ledger is back, and knows nothing
				s.verdict(s.deliver("m"), delivery.Ack)
				s.arrived("m")
				s.verdict(s.deliver("n"), delivery.Ack)
				pass(5 * time.Second)
				s.verdict(s.deliver("o"), delivery.Ack)
				s.arrived("m", "n", "o")
				if !s.platform.posts[1].Ambiguous {
					t.Error("another replica may not have the ledger back yet, and it did not look")
				}
				if s.platform.posts[2].Ambiguous {
					t.Error("long after the ledger is back it still looks first")
				}
			})
		})
	}
}

func TestWithoutALedgerOneReplicaGivesWayToTheOther(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.store.set(errors.New("gone"), errors.New("gone"), false)
		var all sync.WaitGroup
		other := s.replica()
		slow := &shaky{Local: s.store.Local, hangs: true} // learns late that there is no ledger
		first := delivery.New(slow, slow, s.platform.send, delivery.Options{})
		for second, d := range map[bool]*delivery.Desk{false: first, true: other} {
			all.Go(func() {
				m := message("m")
				m.Second = second
				s.verdict(d.Deliver(t.Context(), m, says(fmt.Sprint("second ", second))), delivery.Ack)
			})
		}
		all.Wait()
		s.arrived("second false", "second true") // the second looks first, and finds it there
		if apart := s.platform.at[1].Sub(s.platform.at[0]); apart < 300*time.Millisecond || !s.platform.posts[1].Ambiguous {
			t.Errorf("%v apart", apart)
		}
	})
}

func TestWithoutAnOutboxThePlatformIsAskedToComeAgain(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.store.set(errors.New("gone"), errors.New("gone"), false)
		s.platform.tell(later)
		s.verdict(s.deliver("m"), delivery.Again)
		s.verdict(s.deliver("m"), delivery.Ack)
		s.arrived("m", "m")
	})
}

func TestAPanicIsContainedAndComesAgain(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.verdict(s.desk.Deliver(t.Context(), message("m"), func(context.Context) ([]byte, bool) { panic("what was asked") }), delivery.Again)
		s.verdict(s.deliver("m"), delivery.Ack)
		s.arrived("m")
		if c := s.desk.Counts(); c.Panics != 1 || c.Again != 1 {
			t.Errorf("counted %+v", c)
		}
	})
}

func TestWhoHangsUpBeforeThePostIsNotAnswered(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		ctx, cancel := context.WithCancel(t.Context())
		s.verdict(s.desk.Deliver(ctx, message("m"), func(context.Context) ([]byte, bool) { cancel(); return []byte("m"), true }), delivery.Again)
		s.arrived()
		s.verdict(s.deliver("m"), delivery.Ack) // at once
		s.arrived("m")
	})
}

func TestAtTheEndWhatIsDueIsSentAndTheRestCounted(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.stop()
		s.platform.tell(later, later)
		s.verdict(s.deliver("m"), delivery.Ack)
		pass(2 * time.Second) // due, and nobody works the outbox any more
		s.platform.mu.Lock()
		s.platform.told = nil
		s.platform.mu.Unlock()
		if err := s.desk.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.arrived("m", "m")
	})
}

func TestCountsAddUp(t *testing.T) {
	onStage(t, func(t *testing.T, s *stage) {
		s.deliver("a")
		s.deliver("a")
		s.platform.tell(later)
		s.deliver("b")
		pass(10 * time.Second)
		s.platform.tell(never)
		s.deliver("c")
		c := s.desk.Counts()
		if c.Won != 3 || c.Done != 1 || c.Sent != 2 || c.Later != 1 || c.Never != 1 || c.Retries != 1 || c.Again != 0 {
			t.Errorf("%+v", c)
		}
	})
}

func TestKeysOfDifferentPartsDiffer(t *testing.T) {
	seen := map[string][]string{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"a"}, {"ab"}, {"a", "b"}, {"a:b"}, {"1:a"}, {"a", ""}, {"", "a"}, {"1:a1:b"}, {"a1:b"}, {"slack", "T1", "C1"}, {"slack", "T1C1"}} {
		key := delivery.Key(parts...)
		if other, ok := seen[key]; ok {
			t.Errorf("%q and %q have the key %q", parts, other, key)
		}
		seen[key] = parts
	}
}

func FuzzKey(f *testing.F) {
	f.Add("a", "b", "ab", "")
	f.Add("1:a", "", "1", ":a")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		if (a != c || b != d) && delivery.Key(a, b) == delivery.Key(c, d) {
			t.Errorf("%q, %q and %q, %q have one key", a, b, c, d)
		}
		if delivery.Key(a, b) == delivery.Key(a+b) || delivery.Key(a, b, c) == delivery.Key(a, b) {
			t.Errorf("lists of different lengths have one key: %q %q %q", a, b, c)
		}
	})
}

func BenchmarkDeliver(b *testing.B) {
	local := delivery.NewLocal(delivery.LocalOptions{})
	d := delivery.New(local, local, func(context.Context, delivery.Letter) delivery.Result { return delivery.Result{Outcome: delivery.Sent} }, delivery.Options{})
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		d.Deliver(b.Context(), delivery.Message{Key: fmt.Sprint(i), Lane: "c"}, says("m"))
	}
}

// A message that is delivered twice is answered once.
func ExampleDesk_Deliver() {
	local := delivery.NewLocal(delivery.LocalOptions{})
	desk := delivery.New(local, local, func(_ context.Context, l delivery.Letter) delivery.Result {
		fmt.Printf("posted: %s\n", l.Payload)
		return delivery.Result{Outcome: delivery.Sent}
	}, delivery.Options{})
	m := delivery.Message{Key: delivery.Key("slack", "T1", "C1", "1700000000.000100"), Lane: "C1", Group: "T1"}
	for range 2 {
		fmt.Println(desk.Deliver(context.Background(), m, func(context.Context) ([]byte, bool) { return []byte("Data Engineers build …"), true }))
	}
	// Output:
	// posted: Data Engineers build …
	// ack
	// ack
}
