package redistest

import (
	"context"
	"fmt"
	"net"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

// MasterName is what the Sentinels call the master.
const MasterName = "mymaster"

// Sentinels are three Sentinels that watch a master and its replica, and make
// the replica the master half a second after it is gone.
type Sentinels struct {
	Master, Replica *Server // as they were at the start
	Watchers        []*Server
	t               testing.TB
}

// StartSentinels starts them and waits until they know each other. The options
// are the master's and the replica's.
func StartSentinels(t testing.TB, options ...Option) *Sentinels {
	t.Helper()
	s := &Sentinels{t: t, Master: Start(t, options...)}
	s.Replica = Start(t, append(options, Set("replicaof", fmt.Sprintf("127.0.0.1 %d", s.Master.Port)), Set("repl-diskless-sync-delay", "0"))...)
	replica := s.Replica.Client()
	until(t, "the replica follows", func(ctx context.Context) bool {
		info, err := replica.Info(ctx, "replication").Result()
		return err == nil && strings.Contains(info, "master_link_status:up")
	})
	for range 3 {
		watch := []Option{
			Set("sentinel", fmt.Sprintf("monitor %s 127.0.0.1 %d 2", MasterName, s.Master.Port)),
			Set("sentinel", "down-after-milliseconds "+MasterName+" 500"),
			Set("sentinel", "failover-timeout "+MasterName+" 3000"),
		}
		if s.Master.Password != "" {
			watch = append(watch, Set("sentinel", "auth-pass "+MasterName+" "+s.Master.Password))
		}
		s.Watchers = append(s.Watchers, start(t, "--sentinel", watch...))
	}
	for _, w := range s.Watchers {
		c := w.sentinel()
		until(t, "the Sentinels know each other", func(ctx context.Context) bool {
			m, err := c.Master(ctx, MasterName).Result()
			return err == nil && m["num-other-sentinels"] == "2" && m["num-slaves"] == "1"
		})
	}
	return s
}

// Addrs are those of the Sentinels.
func (s *Sentinels) Addrs() []string {
	var addrs []string
	for _, w := range s.Watchers {
		addrs = append(addrs, w.Addr())
	}
	return addrs
}

// Failover kills the master and waits until the replica is it.
func (s *Sentinels) Failover() {
	s.t.Helper()
	s.Master.Kill()
	c := s.Watchers[0].sentinel()
	until(s.t, "the replica is the master", func(ctx context.Context) bool {
		at, err := c.GetMasterAddrByName(ctx, MasterName).Result()
		return err == nil && len(at) == 2 && net.JoinHostPort(at[0], at[1]) == s.Replica.Addr()
	})
}

func (s *Server) sentinel() *goredis.SentinelClient {
	c := goredis.NewSentinelClient(&goredis.Options{Addr: s.Addr()})
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}
