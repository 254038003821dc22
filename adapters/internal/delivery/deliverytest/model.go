package deliverytest

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"careerbot/adapters/internal/delivery"
)

// modelled is what the model knows of a message's claim, while no lease ends.
type modelled struct {
	state delivery.State // Held, Queued or Done; zero: none
	nonce string
}

// TestModel does to the stores that open makes what a simple model says, in
// any order, and compares each outcome. Nothing works the outbox, and leases
// must be long against the test: Terms are those that are usual.
func TestModel(t *testing.T, open func(t *testing.T) Store) {
	st := open(t)
	ctx, round := t.Context(), 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		keys := []string{fmt.Sprint("a", round), fmt.Sprint("b", round)}
		model := map[string]*modelled{keys[0]: {}, keys[1]: {}}
		waiting, err := st.Outbox.Depth(ctx)
		if err != nil {
			t.Fatal(err)
		}
		key := func(t *rapid.T) string { return rapid.SampledFrom(keys).Draw(t, "key") }
		nonce := func(t *rapid.T) string { return rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "nonce") }
		put := 0
		t.Repeat(map[string]func(*rapid.T){
			"claim": func(t *rapid.T) {
				k, n := key(t), nonce(t)
				m, want := model[k], delivery.State(0)
				switch {
				case m.state == 0:
					m.state, m.nonce, want = delivery.Held, n, delivery.Won
				case m.state == delivery.Held && m.nonce == n:
					want = delivery.Won
				default:
					want = m.state
				}
				if got, err := st.Ledger.Claim(ctx, k, n); err != nil || got != want {
					t.Fatalf("claim %s by %s: %v, %v, want %v", k, n, got, err, want)
				}
			},
			"done": func(t *rapid.T) {
				k, n := key(t), nonce(t)
				m := model[k]
				lost := m.state == delivery.Queued || m.state == delivery.Held && m.nonce != n
				if err := st.Ledger.Done(ctx, k, n); errors.Is(err, delivery.ErrLost) != lost || err != nil && !lost {
					t.Fatalf("done %s by %s: %v, want lost %v", k, n, err, lost)
				}
				if !lost {
					m.state = delivery.Done
				}
			},
			"release": func(t *rapid.T) {
				k, n := key(t), nonce(t)
				if err := st.Ledger.Release(ctx, k, n); err != nil {
					t.Fatal(err)
				}
				if m := model[k]; m.state == delivery.Held && m.nonce == n {
					*m = modelled{}
				}
			},
			"put": func(t *rapid.T) {
				k, n := key(t), nonce(t)
				m := model[k]
				lost := m.state == delivery.Held && m.nonce != n
				err := st.Outbox.Put(ctx, n, delivery.Letter{Key: k, Lane: "lane of " + k, Group: "g", Payload: []byte(k)})
				if errors.Is(err, delivery.ErrLost) != lost || err != nil && !lost {
					t.Fatalf("put %s by %s: %v, want lost %v", k, n, err, lost)
				}
				if !lost && m.state != delivery.Queued && m.state != delivery.Done {
					m.state = delivery.Queued
					put++
				}
			},
			"": func(t *rapid.T) {
				d, err := st.Outbox.Depth(ctx)
				if err != nil || d.Waiting != waiting.Waiting+put {
					t.Fatalf("%d wait, %v, want %d", d.Waiting, err, waiting.Waiting+put)
				}
				for k, m := range model {
					if is, err := st.Outbox.Waiting(ctx, "lane of "+k); err != nil || is != (m.state == delivery.Queued) {
						t.Fatalf("%s waits: %v, %v", k, is, err)
					}
				}
			},
		})
	})
}
