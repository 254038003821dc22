package redis

import (
	"context"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// clocks tells by the clock of a server when something began in this process,
// or a little earlier, never later. A reply that names the server's time came
// after that time, so that the difference of the two clocks is at least what it
// was for any reply; the greatest of late is the nearest. What begins after a
// reply came, and was not told of the server's time before, is never told as
// earlier than that reply's time.
type clocks struct {
	epoch time.Time // of this process' clock, which nobody sets

	mu    sync.Mutex
	ahead map[string]*ahead // by the server's address
}

// ahead is by how many microseconds a server's clock is at least ahead of this
// process', as heard in this window and the one before.
type ahead struct {
	now, before int64
	since       time.Duration
}

// heardTime is how long a window lasts: short, for clocks drift and servers
// take over from one another.
const heardTime = 10 * time.Second

func newClocks() *clocks { return &clocks{epoch: time.Now(), ahead: map[string]*ahead{}} }

// heard takes note of the server's time (Unix microseconds) in a reply that
// just came.
func (c *clocks) heard(server string, at int64) {
	here := time.Since(c.epoch)
	d := at - here.Microseconds()
	c.mu.Lock()
	defer c.mu.Unlock()
	switch a := c.ahead[server]; {
	case a == nil || here-a.since > 2*heardTime:
		c.ahead[server] = &ahead{d, d, here}
	case here-a.since > heardTime:
		*a = ahead{d, a.now, here}
	default:
		a.now = max(a.now, d)
	}
}

// tell is the server's time of a moment in this process, false if nothing was
// heard of the server lately.
func (c *clocks) tell(server string, moment time.Time) (int64, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := c.ahead[server]
	if a == nil || time.Since(c.epoch)-a.since > 2*heardTime {
		return 0, false
	}
	return moment.Sub(c.epoch).Microseconds() + max(a.now, a.before), true
}

var timeScript = goredis.NewScript("local t = redis.call('TIME') return t[1] * 1000000 + t[2]")

// began is when something began by the clock of the server that holds the key;
// it asks for the time if it must.
func (s *Store) began(ctx context.Context, key string, moment time.Time) (int64, error) {
	server := s.server(ctx, key)
	if at, ok := s.clocks.tell(server, moment); ok {
		return at, nil
	}
	at, err := timeScript.Run(ctx, s.client, []string{key}).Int64()
	if err != nil {
		return 0, err
	}
	s.clocks.heard(server, at)
	at, _ = s.clocks.tell(server, moment)
	return at, nil
}

// server is who holds the key: the servers of a Cluster have a clock each.
func (s *Store) server(ctx context.Context, key string) string {
	if c, ok := s.client.(*goredis.ClusterClient); ok {
		if node, err := c.MasterForKey(ctx, key); err == nil {
			return node.Options().Addr
		}
	}
	return ""
}
