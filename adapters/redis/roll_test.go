package redis

import (
	"crypto/rand"
	"slices"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

func TestTheRollHasWhoIsAliveAndNobodyElse(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, _ func(t *testing.T) []*goredis.Client) {
		s, ctx := open(t, time.Now), t.Context()
		roll := s.Roll(rand.Text())
		call := func(me string, want ...string) {
			t.Helper()
			got, err := roll.Call(ctx, me)
			slices.Sort(got)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s hears of %q, %v; want %q", me, got, err, want)
			}
		}
		call("one", "one")
		call("two", "one", "two")
		if other, err := s.Roll("another").Call(ctx, "three"); err != nil || len(other) != 1 {
			t.Errorf("another roll has %q, %v", other, err)
		}
		if err := roll.Leave(ctx, "one"); err != nil {
			t.Fatal(err)
		}
		call("two", "two")
		if err := roll.Leave(ctx, "two"); err != nil {
			t.Fatal(err)
		}
	})
}

// TestWhoSaysNothingIsStruckOffTheRoll waits in truth: the time is the server's.
func TestWhoSaysNothingIsStruckOffTheRoll(t *testing.T) {
	cfg, _ := topologies[0].start(t)
	cfg.Key = rand.Text()
	roll, ctx := opened(t, cfg, time.Now).Roll("shards"), t.Context()
	if _, err := roll.Call(ctx, "dead"); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	eventually(t, "the dead one is struck off", func() bool {
		got, err := roll.Call(ctx, "alive")
		return err == nil && slices.Equal(got, []string{"alive"})
	})
	if took := time.Since(start); took < rollTime-time.Second {
		t.Errorf("it was struck off after %v", took)
	}
}
