package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/delivery/deliverytest"
	"careerbot/adapters/redis/redistest"
)

var (
	_ delivery.Ledger = (*Ledger)(nil)
	_ delivery.Outbox = (*Outbox)(nil)
)

// shortTerms are those of the suites: long against a round trip, short for
// those who wait.
var shortTerms = delivery.Terms{Lease: 300 * time.Millisecond, Kept: 3 * time.Second, GiveUp: 8 * time.Second,
	Backoff: 200 * time.Millisecond, MaxBackoff: 800 * time.Millisecond}

func TestDeliveryOnEveryTopology(t *testing.T) {
	for _, top := range topologies {
		t.Run(top.name, func(t *testing.T) {
			t.Parallel()
			cfg, _ := top.start(t)
			open := func(t *testing.T) deliverytest.Store {
				cfg := cfg
				cfg.Key, cfg.patience = rand.Text(), 10*time.Second
				s := opened(t, cfg, time.Now)
				return deliverytest.Store{Ledger: s.ledger(shortTerms, "test"), Outbox: s.outbox(shortTerms, "test"), Terms: shortTerms,
					Peer: func(t *testing.T) (delivery.Outbox, func()) {
						p, err := Open(cfg)
						if err != nil {
							t.Fatal(err)
						}
						kill := func() { _ = p.Close() }
						t.Cleanup(kill)
						return p.outbox(shortTerms, "test"), kill
					}}
			}
			deliverytest.TestModel(t, func(t *testing.T) deliverytest.Store {
				cfg := cfg
				cfg.Key, cfg.patience = rand.Text(), 10*time.Second
				s := opened(t, cfg, time.Now)
				return deliverytest.Store{Ledger: s.Ledger("slack"), Outbox: s.Outbox("slack")}
			})
			deliverytest.TestLedger(t, deliverytest.Wall, open)
			deliverytest.TestOutbox(t, deliverytest.Wall, open)
		})
	}
}

// quickRates come back soon.
var quickRates = delivery.Rates{PersonBurst: 4, PersonPerSecond: 4, WorkspaceBurst: 12, WorkspacePerSecond: 20, Quiet: time.Second}

func TestLimiterOnEveryTopology(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, _ func(t *testing.T) []*goredis.Client) {
		deliverytest.TestLimiter(t, deliverytest.Wall, func(t *testing.T) (delivery.Limiter, delivery.Rates) {
			return open(t, time.Now).limiter(quickRates), quickRates
		})
	})
}

func TestReplicasShareAPersonsRate(t *testing.T) {
	cfg, _ := topologies[0].start(t)
	cfg.Key = rand.Text()
	one, two := opened(t, cfg, time.Now).Limiter(), opened(t, cfg, time.Now).Limiter()
	through := 0
	for range 5 {
		for _, l := range []*Limiter{one, two} {
			pass, err := l.Allow(t.Context(), "ann", "w")
			if err != nil {
				t.Fatal(err)
			}
			if pass == delivery.Through {
				through++
			}
		}
	}
	if through > delivery.PersonBurst+1 || through < delivery.PersonBurst {
		t.Errorf("%d of 10 were let through, the burst is %d", through, delivery.PersonBurst)
	}
}

// TestAFloodOverReplicasGetsOneNotice: the first is refused by the replica's
// own count, before Redis knows of it.
func TestAFloodOverReplicasGetsOneNotice(t *testing.T) {
	cfg, _ := topologies[0].start(t)
	cfg.Key = rand.Text()
	one, two := opened(t, cfg, time.Now).Limiter(), opened(t, cfg, time.Now).Limiter()
	got := map[delivery.Pass]int{}
	for _, l := range []*Limiter{one, two} {
		for range 3 * delivery.PersonBurst {
			pass, err := l.Allow(t.Context(), "ann", "w")
			if err != nil {
				t.Fatal(err)
			}
			got[pass]++
		}
	}
	if got[delivery.Notice] != 1 || got[delivery.Quiet] == 0 {
		t.Errorf("%v", got)
	}
}

func TestAChargeThatNobodyWaitsForCostsTheQuestionNothing(t *testing.T) {
	srv := redistest.Start(t)
	p := redistest.NewProxy(t, srv.Addr())
	s := opened(t, Config{URL: srv.URLVia(p.Addr), Key: rand.Text()}, time.Now)
	p.Latency(50 * time.Millisecond)
	ctx := Budget(t.Context())
	if pass, err := s.Limiter().Allow(ctx, "ann", "w"); pass != delivery.Through || err != nil {
		t.Fatal(pass, err)
	}
	eventually(t, "it is charged", func() bool { return s.Counts().Calls == 1 })
	if left := ctx.Value(purseKey{}).(*purse).most(BudgetTime); left != BudgetTime {
		t.Errorf("%v are left of %v", left, BudgetTime)
	}
}

func TestALimiterWithoutRedisKeepsTheRatesOnItsOwn(t *testing.T) {
	s := opened(t, Config{URL: "redis://127.0.0.1:1", Key: rand.Text()}, time.Now)
	l, through := s.Limiter(), 0
	for range 20 {
		if pass, _ := l.Allow(t.Context(), "ann", "w"); pass == delivery.Through {
			through++
		}
	}
	if through != delivery.PersonBurst {
		t.Errorf("%d of 20 were let through", through)
	}
}

// TestNothingOfDeliveryNamesAnybodyOrStaysForEver looks at the whole keyspace
// while claims are held, letters wait and people are limited.
func TestNothingOfDeliveryNamesAnybodyOrStaysForEver(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, masters func(t *testing.T) []*goredis.Client) {
		s, ctx := open(t, time.Now), t.Context()
		ledger, outbox := s.Ledger("slack"), s.Outbox("slack")
		l := delivery.Letter{Key: delivery.Key("slack", "TACME", "CSECRET", "1.2"), Lane: delivery.Key("TACME", "CSECRET"), Group: "TACME",
			Payload: []byte(`{"channel":"CSECRET","user":"UANN","text":"Data Engineers build"}`), NotBefore: time.Now().Add(time.Hour)}
		if _, err := ledger.Claim(ctx, l.Key, "n"); err != nil {
			t.Fatal(err)
		}
		if err := outbox.Put(ctx, "n", l); err != nil {
			t.Fatal(err)
		}
		if _, err := ledger.Claim(ctx, delivery.Key("slack", "TACME", "CSECRET", "held"), "n"); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, err := s.Limiter().charge(ctx, "UANN", "TACME"); err != nil {
				t.Fatal(err)
			}
		}
		unlock, err := s.Locker().Lock(ctx, "slack token of TACME")
		if err != nil {
			t.Fatal(err)
		}
		defer unlock()
		if err := s.States().Put(ctx, "TACME"); err != nil {
			t.Fatal(err)
		}
		all := everything(t, masters(t))
		if len(all) < 9 {
			t.Errorf("%d keys: %v", len(all), all)
		}
		for key, h := range all {
			if h.ttl <= 0 {
				t.Errorf("%s has no time to live", key)
			}
			for _, word := range []string{"TACME", "CSECRET", "UANN", "Engineers"} {
				if strings.Contains(key+h.text, word) {
					t.Errorf("%s holds %q", key, word)
				}
			}
		}
	})
}

func TestAnOutboxThatIsFullSaysSo(t *testing.T) {
	cfg, _ := topologies[0].start(t)
	s, ctx := opened(t, cfg, time.Now), t.Context()
	o := s.Outbox("slack")
	o.most = 2
	for _, key := range []string{"a", "b"} {
		if err := o.Put(ctx, "n", delivery.Letter{Key: key, Lane: key}); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Put(ctx, "n", delivery.Letter{Key: "c", Lane: "c"}); !errors.Is(err, delivery.ErrFull) {
		t.Errorf("one too many: %v", err)
	}
	if err := o.Put(ctx, "n", delivery.Letter{Key: "a", Lane: "a"}); err != nil {
		t.Errorf("one that is there: %v", err)
	}
	if state, err := s.Ledger("slack").Claim(ctx, "c", "n"); err != nil || state != delivery.Won {
		t.Errorf("what was refused is %v, %v", state, err)
	}
	w := &wall{}
	w.works(t, o)
	eventually(t, "there is room", func() bool { return len(w.all()) == 2 && o.Put(ctx, "n", delivery.Letter{Key: "c", Lane: "c"}) == nil })
}

// TestAReplicaWhoseClockIsWrongSendsInTime: the letter's times are the
// replica's, and its age is told by Redis.
func TestAReplicaWhoseClockIsWrongSendsInTime(t *testing.T) {
	for _, wrong := range []time.Duration{-2 * time.Hour, 2 * time.Hour} {
		t.Run(wrong.String(), func(t *testing.T) {
			cfg, _ := topologies[0].start(t)
			now := func() time.Time { return time.Now().Add(wrong) }
			s, w := opened(t, cfg, now), &wall{}
			o, start := s.Outbox("slack"), time.Now()
			const wait = 300 * time.Millisecond
			if err := o.Put(t.Context(), "n", delivery.Letter{Key: "a", Since: now(), NotBefore: now().Add(wait)}); err != nil {
				t.Fatal(err)
			}
			w.works(t, o)
			eventually(t, "it is sent", func() bool { return len(w.all()) == 1 })
			if took := time.Since(start); took < wait || took > wait+time.Second {
				t.Errorf("it was sent after %v", took)
			}
			if d, err := o.Depth(t.Context()); err != nil || d.Dead != 0 {
				t.Errorf("%+v, %v", d, err)
			}
		})
	}
}

// TestARetryAfterOutlivesItsLetter: the platform's wait is the channel's, and
// the next letter of the channel keeps to it though the first was given up.
func TestARetryAfterOutlivesItsLetter(t *testing.T) {
	cfg, _ := topologies[0].start(t)
	terms := shortTerms
	terms.GiveUp = 600 * time.Millisecond
	o := opened(t, cfg, time.Now).outbox(terms, "test")
	const pause = 500 * time.Millisecond
	letters, tried := make(chan time.Time, 10), make(chan time.Time, 1)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- o.Run(ctx, func(_ context.Context, l delivery.Letter) delivery.Result {
			if l.Key == "old" {
				tried <- time.Now()
				return delivery.Result{Outcome: delivery.Later, After: pause}
			}
			letters <- time.Now()
			return delivery.Result{Outcome: delivery.Sent}
		})
	}()
	if err := o.Put(t.Context(), "n", delivery.Letter{Key: "old", Lane: "c", Since: time.Now().Add(-terms.GiveUp + pause/2)}); err != nil {
		t.Fatal(err)
	}
	refused := <-tried
	if err := o.Put(t.Context(), "n", delivery.Letter{Key: "next", Lane: "c"}); err != nil {
		t.Fatal(err)
	}
	if sent := <-letters; sent.Sub(refused) < pause {
		t.Errorf("the next was tried %v after the platform asked for %v", sent.Sub(refused), pause)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestALockThatWasTakenWithoutWordIsGivenUp: the reply came too late.
func TestALockThatWasTakenWithoutWordIsGivenUp(t *testing.T) {
	srv := redistest.Start(t)
	p := redistest.NewProxy(t, srv.Addr())
	cfg := Config{URL: srv.URLVia(p.Addr), Key: rand.Text()}
	s := opened(t, cfg, time.Now)
	if _, err := s.Check(t.Context()); err != nil { // the connection stands
		t.Fatal(err)
	}
	p.Latency(150 * time.Millisecond)
	short, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if _, err := s.Locker().Lock(short, "token"); err == nil {
		t.Fatal("locked")
	}
	p.Heal()
	ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
	defer stop()
	unlock, err := s.Locker().Lock(ctx, "token")
	if err != nil {
		t.Fatal(err)
	}
	unlock()
}

// TestALetterGoesToItsOwnPlatform has two platforms share one Redis, and one
// of them absent from a replica: the other's sender is given none of its letters.
func TestALetterGoesToItsOwnPlatform(t *testing.T) {
	cfg, _ := topologies[0].start(t)
	cfg.Key = rand.Text()
	s := opened(t, cfg, time.Now)
	for _, platform := range []string{"slack", "discord"} { // in the same lane, under the same key
		if err := s.Outbox(platform).Put(t.Context(), "n", delivery.Letter{Key: "k", Lane: "lane", Payload: []byte(platform)}); err != nil {
			t.Fatal(err)
		}
	}
	sentBy := func(platform string) string {
		ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
		defer stop()
		var got string
		err := s.Outbox(platform).Run(ctx, func(_ context.Context, l delivery.Letter) delivery.Result {
			got += string(l.Payload)
			stop()
			return delivery.Result{Outcome: delivery.Sent}
		})
		if err != nil {
			t.Error(err)
		}
		return got
	}
	if got := sentBy("discord"); got != "discord" {
		t.Errorf("Discord is given %q", got)
	}
	if d, err := s.Outbox("slack").Depth(t.Context()); err != nil || d.Waiting != 1 {
		t.Errorf("of Slack %d letters wait, %v", d.Waiting, err)
	}
	if state, err := s.Ledger("slack").Claim(t.Context(), "k", "x"); err != nil || state != delivery.Queued {
		t.Errorf("Slack's claim is %v, %v", state, err)
	}
	if got := sentBy("slack"); got != "slack" {
		t.Errorf("Slack is given %q", got)
	}
}
