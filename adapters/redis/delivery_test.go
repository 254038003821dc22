package redis

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/delivery/deliverytest"
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
				cfg.Key = rand.Text()
				s := opened(t, cfg, time.Now)
				return deliverytest.Store{Ledger: s.ledger(shortTerms), Outbox: s.outbox(shortTerms), Terms: shortTerms,
					Peer: func(t *testing.T) (delivery.Outbox, func()) {
						p, err := Open(cfg)
						if err != nil {
							t.Fatal(err)
						}
						kill := func() { _ = p.Close() }
						t.Cleanup(kill)
						return p.outbox(shortTerms), kill
					}}
			}
			deliverytest.TestModel(t, func(t *testing.T) deliverytest.Store {
				cfg := cfg
				cfg.Key = rand.Text()
				s := opened(t, cfg, time.Now)
				return deliverytest.Store{Ledger: s.Ledger(), Outbox: s.Outbox()}
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
		ledger, outbox := s.Ledger(), s.Outbox()
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
