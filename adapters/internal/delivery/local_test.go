package delivery_test

import (
	"testing"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/delivery/deliverytest"
)

func openLocal(*testing.T) deliverytest.Store {
	l := delivery.NewLocal(delivery.LocalOptions{})
	return deliverytest.Store{Ledger: l, Outbox: l}
}

func TestLocalLedger(t *testing.T) { deliverytest.TestLedger(t, deliverytest.Bubble, openLocal) }
func TestLocalOutbox(t *testing.T) { deliverytest.TestOutbox(t, deliverytest.Bubble, openLocal) }

func TestLocalModel(t *testing.T) { deliverytest.TestModel(t, openLocal) }

func TestLocalLimiter(t *testing.T) {
	deliverytest.TestLimiter(t, deliverytest.Bubble, func(*testing.T) (delivery.Limiter, delivery.Rates) {
		return delivery.NewLocalLimiter(delivery.Rates{}), delivery.Rates{}
	})
}
