package settings_test

import (
	"fmt"
	"testing"
	"time"

	"careerbot/adapters/internal/settings"
	"careerbot/adapters/internal/settings/settingstest"
	"careerbot/bot/memorytest"
)

func TestLocal(t *testing.T) {
	settingstest.Run(t, func(_ *testing.T, clock *memorytest.Clock) settings.Store { return settings.NewLocal(100, clock.Now) })
}

func TestLocalIsBounded(t *testing.T) {
	s := settings.NewLocal(3, time.Now)
	for i := range 5 {
		if err := s.Set(t.Context(), fmt.Sprint(i), "x", time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 5 {
		got, err := s.Get(t.Context(), fmt.Sprint(i))
		if err != nil || (got == "x") != (i >= 2) {
			t.Errorf("%d is %q, %v", i, got, err)
		}
	}
}
