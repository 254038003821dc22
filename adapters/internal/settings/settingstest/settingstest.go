// Package settingstest holds what every [settings.Store] must do, as a suite
// that each implementation's tests run.
package settingstest

import (
	"context"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/internal/settings"
	"careerbot/bot/memorytest"
)

// Run tests the store that open makes, which must go by the clock.
func Run(t *testing.T, open func(t *testing.T, clock *memorytest.Clock) settings.Store) {
	start := func(t *testing.T) (settings.Store, *memorytest.Clock) {
		clock := memorytest.NewClock()
		return open(t, clock), clock
	}
	set := func(t *testing.T, s settings.Store, key, value string, ttl time.Duration, owners ...string) {
		t.Helper()
		if err := s.Set(t.Context(), key, value, ttl, owners...); err != nil {
			t.Fatal(err)
		}
	}
	want := func(t *testing.T, s settings.Store, key, value string) {
		t.Helper()
		if got, err := s.Get(t.Context(), key); err != nil || got != value {
			t.Errorf("%q is %q, %v; want %q", key, got, err, value)
		}
	}
	t.Run("what was never set is nothing, and no error", func(t *testing.T) {
		s, _ := start(t)
		want(t, s, "a", "")
	})
	t.Run("what was set comes back, and a newer value takes its place", func(t *testing.T) {
		s, _ := start(t)
		set(t, s, "a", "Germany", time.Hour)
		want(t, s, "a", "Germany")
		set(t, s, "a", "Österreich", time.Hour)
		want(t, s, "a", "Österreich")
		want(t, s, "b", "")
	})
	t.Run("an empty value erases", func(t *testing.T) {
		s, _ := start(t)
		set(t, s, "a", "Germany", time.Hour)
		set(t, s, "a", "", time.Hour)
		want(t, s, "a", "")
	})
	t.Run("a value is gone after its time to live", func(t *testing.T) {
		s, clock := start(t)
		set(t, s, "a", "Germany", time.Hour)
		set(t, s, "b", "France", 2*time.Hour)
		clock.Advance(time.Hour + time.Second)
		want(t, s, "a", "")
		want(t, s, "b", "France")
	})
	t.Run("what an owner has forgotten is gone, and the others' stays", func(t *testing.T) {
		s, _ := start(t)
		set(t, s, "a", "Germany", time.Hour, "ann", "team")
		set(t, s, "b", "France", time.Hour, "bob", "team")
		set(t, s, "c", "Spain", time.Hour)
		if err := s.Forget(t.Context(), "ann"); err != nil {
			t.Fatal(err)
		}
		want(t, s, "a", "")
		want(t, s, "b", "France")
		if err := s.Forget(t.Context(), "team"); err != nil {
			t.Fatal(err)
		}
		want(t, s, "b", "")
		want(t, s, "c", "Spain")
		if err := s.Forget(t.Context(), "nobody"); err != nil {
			t.Errorf("nobody: %v", err)
		}
	})
	t.Run("a context that is done is an error, and nothing is set", func(t *testing.T) {
		s, _ := start(t)
		done, stop := context.WithCancel(t.Context())
		stop()
		if err := s.Set(done, "a", "x", time.Hour); err == nil {
			t.Error("set")
		}
		if _, err := s.Get(done, "a"); err == nil {
			t.Error("got")
		}
		want(t, s, "a", "")
	})
	t.Run("many may use it at once", func(t *testing.T) {
		s, _ := start(t)
		var people sync.WaitGroup
		for range 8 {
			people.Go(func() {
				for range 50 {
					if err := s.Set(t.Context(), "a", "x", time.Hour, "ann"); err != nil {
						t.Error(err)
					}
					if _, err := s.Get(t.Context(), "a"); err != nil {
						t.Error(err)
					}
					if err := s.Forget(t.Context(), "ann"); err != nil {
						t.Error(err)
					}
				}
			})
		}
		people.Wait()
	})
}
