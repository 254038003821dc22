package redis

import (
	"crypto/rand"
	"testing"
	"time"

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
			deliverytest.TestLedger(t, deliverytest.Wall, open)
			deliverytest.TestOutbox(t, deliverytest.Wall, open)
		})
	}
}
