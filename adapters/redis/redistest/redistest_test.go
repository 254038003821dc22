package redistest_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/redis/redistest"
)

func TestAServerIsKilledRestartedAndFlushed(t *testing.T) {
	s := redistest.Start(t, redistest.Password("pass"), redistest.Set("appendonly", "yes"), redistest.Set("appendfsync", "always"))
	c := s.Client()
	if err := c.Set(t.Context(), "a", 1, 0).Err(); err != nil {
		t.Fatal(err)
	}
	s.Kill()
	if c.Ping(t.Context()).Err() == nil {
		t.Error("it answers")
	}
	s.Restart()
	if got := c.Get(t.Context(), "a").Val(); got != "1" {
		t.Errorf("after the restart: %q", got)
	}
	s.Flush()
	if n := c.DBSize(t.Context()).Val(); n != 0 {
		t.Errorf("%d keys", n)
	}
}

func TestSentinelsFailOver(t *testing.T) {
	s := redistest.StartSentinels(t)
	c := goredis.NewFailoverClient(&goredis.FailoverOptions{MasterName: redistest.MasterName, SentinelAddrs: s.Addrs()})
	defer c.Close()
	if err := c.Set(t.Context(), "a", 1, 0).Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(t.Context(), 1, time.Second).Err(); err != nil {
		t.Fatal(err)
	}
	s.Failover()
	if got := s.Replica.Client().Get(t.Context(), "a").Val(); got != "1" {
		t.Errorf("%q", got)
	}
}

func TestAClusterServesAllSlots(t *testing.T) {
	s := redistest.StartCluster(t, true)
	c := goredis.NewClusterClient(&goredis.ClusterOptions{Addrs: s.Addrs()[:1]})
	defer c.Close()
	for i := range 100 {
		if err := c.Set(t.Context(), fmt.Sprint(i), i, 0).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestANetworkFailsAsItIsTold(t *testing.T) {
	s := redistest.Start(t)
	p := redistest.NewProxy(t, s.Addr())
	c := goredis.NewClient(&goredis.Options{Addr: p.Addr, MaxRetries: -1, ContextTimeoutEnabled: true, DialerRetries: 1})
	defer c.Close()
	ping := func(most time.Duration) (time.Duration, error) {
		ctx, stop := context.WithTimeout(t.Context(), most)
		defer stop()
		start := time.Now()
		err := c.Ping(ctx).Err()
		return time.Since(start), err
	}
	if _, err := ping(5 * time.Second); err != nil {
		t.Fatal(err)
	}
	p.Latency(100 * time.Millisecond)
	if took, err := ping(5 * time.Second); err != nil || took < 100*time.Millisecond {
		t.Errorf("slow: %v, %v", took, err)
	}
	p.Heal()
	p.Blackhole()
	if took, err := ping(100 * time.Millisecond); err == nil || took < 100*time.Millisecond {
		t.Errorf("black hole: %v, %v", took, err)
	}
	p.Heal()
	if _, err := ping(5 * time.Second); err != nil {
		t.Errorf("healed: %v", err)
	}
	p.Cut()
	_, _ = ping(5 * time.Second) // may meet the end of its connection
	if _, err := ping(5 * time.Second); err != nil {
		t.Errorf("cut: %v", err)
	}
	p.Refuse()
	if took, err := ping(5 * time.Second); err == nil || took > time.Second {
		t.Errorf("refused: %v, %v", took, err)
	}
	p.Heal()
	if _, err := ping(5 * time.Second); err != nil {
		t.Errorf("healed: %v", err)
	}
}
