package redistest

import (
	"context"
	"fmt"
	"net"
	"strconv"
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
	options = append(options[:len(options):len(options)], Set("repl-diskless-sync-delay", "0"))
	s := &Sentinels{t: t, Master: Start(t, options...)}
	s.Replica = Start(t, append(options, Set("replicaof", fmt.Sprintf("127.0.0.1 %d", s.Master.Port)))...)
	replica := s.Replica.Client()
	until(t, "the replica follows", func(ctx context.Context) bool {
		info, err := replica.Info(ctx, "replication").Result()
		return err == nil && strings.Contains(info, "master_link_status:up")
	})
	for range tries {
		if s.watch() {
			break
		}
	}
	if len(s.Watchers) < 3 {
		t.Fatal("redistest: no Sentinels would start")
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

// watch starts the three, and says whether that went well. They are told of
// each other, which they would find out in some seconds.
func (s *Sentinels) watch() bool {
	s.t.Helper()
	var ports, names [3]string
	var on [3]int
	for i := range 3 {
		on[i] = freePort(s.t)
		ports[i], names[i] = strconv.Itoa(on[i]), fmt.Sprintf("%040x", i+1)
	}
	s.Watchers = nil
	for i := range 3 {
		lines := []string{
			"myid " + names[i],
			fmt.Sprintf("monitor %s 127.0.0.1 %d 2", MasterName, s.Master.Port),
			"down-after-milliseconds " + MasterName + " 500",
			"failover-timeout " + MasterName + " 3000",
			fmt.Sprintf("known-replica %s 127.0.0.1 %d", MasterName, s.Replica.Port),
		}
		if s.Master.Password != "" {
			lines = append(lines, "auth-pass "+MasterName+" "+s.Master.Password)
		}
		for j := range 3 {
			if j != i {
				lines = append(lines, fmt.Sprintf("known-sentinel %s 127.0.0.1 %s %s", MasterName, ports[j], names[j]))
			}
		}
		o := setup{port: on[i]}
		for _, l := range lines {
			Set("sentinel", l)(&o)
		}
		w := tryStart(s.t, "--sentinel", o)
		if w == nil {
			return false
		}
		s.Watchers = append(s.Watchers, w)
	}
	return true
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
