// Package redis keeps in Redis what the replicas of the bot share:
// conversations, settings, sealed tokens. It works with a single server, with
// Sentinel and with a Cluster.
//
// A [Store] never makes a question wait longer than [BudgetTime] and never
// makes it fail: while Redis does not answer, conversations and settings are
// kept in this process, and Redis serves again by itself when it is back.
//
// Nothing in Redis names a person, a workspace or a channel, and nothing holds
// what somebody wrote: see keys.go. Every key has a time to live.
package redis

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/sony/gobreaker/v2"
)

// Store is one Redis. It is safe for concurrent use.
type Store struct {
	client  goredis.UniversalClient
	cluster bool // several keys of one step must lie in one slot
	cfg     Config
	seed    string // the first address
	secure  bool   // by TLS
	log     *slog.Logger
	now     func() time.Time // for what is stored; Redis' own clock is asked where replicas must agree

	ring    atomic.Pointer[ring]
	ringing chan struct{} // holds one value while somebody asks for the ring

	clocks    *clocks
	breaker   *gobreaker.TwoStepCircuitBreaker[struct{}]
	counts    counters
	complaint atomic.Int64 // when it was last logged that a call failed, Unix seconds
}

// The client would write lines of its own to standard error.
func init() { goredis.SetLogger(silence{}) }

type silence struct{}

func (silence) Printf(context.Context, string, ...any) {}

// Open makes a store. It connects to nothing, so that it does not fail when
// Redis is down; [Store.Check] says how that is. An error is a sentence on a
// setting that cannot be used.
func Open(cfg Config) (*Store, error) { return open(cfg, time.Now) }

func open(cfg Config, now func() time.Time) (*Store, error) {
	o, err := cfg.options()
	if err != nil {
		return nil, err
	}
	client := goredis.NewUniversalClient(o)
	s := &Store{client: client, cfg: cfg, seed: o.Addrs[0], secure: o.TLSConfig != nil, log: cfg.Log, now: now, ringing: make(chan struct{}, 1), clocks: newClocks()}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	_, s.cluster = client.(*goredis.ClusterClient)
	if cfg.Key != "" {
		s.ring.Store(newRing([]byte(cfg.Key), time.Time{}))
	}
	s.breaker = s.newBreaker()
	return s, nil
}

// Close ends the connections.
func (s *Store) Close() error {
	if err := s.client.Close(); err != nil {
		return fmt.Errorf("redis: close: %w", err)
	}
	return nil
}
