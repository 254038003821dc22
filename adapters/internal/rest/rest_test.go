package rest_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"careerbot/adapters/internal/rest"
)

func TestItWaitsUnlessNobodyWantsItTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if !rest.For(t.Context(), time.Minute) || time.Since(start) != time.Minute {
			t.Errorf("it waited %v", time.Since(start))
		}
		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		start = time.Now()
		if rest.For(ctx, time.Minute) || time.Since(start) != time.Second {
			t.Errorf("it waited %v in vain", time.Since(start))
		}
	})
}
