package redis

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/redis/redistest"
)

// topology is one way that Redis may be set up.
type topology struct {
	name  string
	start func(t *testing.T) (Config, func(t *testing.T) []*goredis.Client) // and clients of all masters
}

var topologies = []topology{
	{"single", func(t *testing.T) (Config, func(t *testing.T) []*goredis.Client) {
		s := redistest.Start(t)
		return Config{URL: s.URL()}, clients(s)
	}},
	{"TLS with a user whose keys are ours only", func(t *testing.T) (Config, func(t *testing.T) []*goredis.Client) {
		s := redistest.Start(t, redistest.TLS(), redistest.User("bot", "s3cret-p4ss", permissions), redistest.Set("user", "root on >root ~* +@all"))
		cfg := Config{URL: s.URL(), CAFile: s.CAFile}
		s.User, s.Password = "root", "root" // for those who look in
		return cfg, clients(s)
	}},
	{"Sentinel", func(t *testing.T) (Config, func(t *testing.T) []*goredis.Client) {
		s := redistest.StartSentinels(t)
		return Config{Addrs: s.Addrs(), MasterName: redistest.MasterName}, clients(s.Master)
	}},
	{"Cluster", func(t *testing.T) (Config, func(t *testing.T) []*goredis.Client) {
		c := redistest.StartCluster(t, false)
		return Config{Addrs: c.Addrs()}, clients(c.Masters...)
	}},
}

func clients(servers ...*redistest.Server) func(t *testing.T) []*goredis.Client {
	return func(*testing.T) []*goredis.Client {
		var all []*goredis.Client
		for _, s := range servers {
			all = append(all, s.Client())
		}
		return all
	}
}

// onEach runs the test on every topology; open makes a store there, each with
// a keyspace of its own.
func onEach(t *testing.T, test func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, masters func(t *testing.T) []*goredis.Client)) {
	for _, top := range topologies {
		t.Run(top.name, func(t *testing.T) {
			t.Parallel()
			cfg, masters := top.start(t)
			test(t, func(t *testing.T, now func() time.Time) *Store {
				cfg := cfg
				cfg.Key, cfg.patience = rand.Text(), 10*time.Second
				return opened(t, cfg, now)
			}, masters)
		})
	}
}

func opened(t *testing.T, cfg Config, now func() time.Time) *Store {
	t.Helper()
	s, err := open(cfg, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// held is what Redis holds under a key.
type held struct {
	text string
	ttl  time.Duration
}

// everything is all that the masters hold.
func everything(t *testing.T, masters []*goredis.Client) map[string]held {
	t.Helper()
	ctx := context.Background()
	all := map[string]held{}
	for _, c := range masters {
		keys := c.Scan(ctx, 0, "*", 100).Iterator()
		for keys.Next(ctx) {
			key := keys.Val()
			h := held{ttl: c.PTTL(ctx, key).Val()}
			switch kind := c.Type(ctx, key).Val(); kind {
			case "string":
				h.text = c.Get(ctx, key).Val()
			case "hash":
				h.text = fmt.Sprint(c.HGetAll(ctx, key).Val())
			case "list":
				h.text = fmt.Sprint(c.LRange(ctx, key, 0, -1).Val())
			case "zset":
				h.text = fmt.Sprint(c.ZRange(ctx, key, 0, -1).Val())
			default:
				t.Errorf("%s is a %s, into which this test does not see", key, kind)
			}
			all[key] = h
		}
		if err := keys.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// logged is a log whose lines a test reads.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) count(s string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.b.String(), s)
}

func (l *logged) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// delivered is the platform that the tests deliver to.
const delivered = "slack"
