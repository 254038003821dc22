package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"careerbot/adapters/redis"
)

// redis is the store that the environment names, or nil when it names none. It
// is not connected yet, so that a Redis that is down keeps nobody from
// starting.
func (e *env) redis(log *slog.Logger) (*redis.Store, error) {
	s, err := e.secrets("REDIS_URL", "REDIS_PASSWORD", "REDIS_SENTINEL_PASSWORD", "CAREERBOT_KEY")
	if err != nil {
		return nil, err
	}
	c := redis.Config{URL: s["REDIS_URL"].Reveal(), Addrs: e.list("REDIS_ADDRS"), MasterName: e.getenv("REDIS_MASTER_NAME"), Cluster: e.getenv("REDIS_CLUSTER"),
		Username: e.getenv("REDIS_USERNAME"), Password: s["REDIS_PASSWORD"].Reveal(),
		SentinelUsername: e.getenv("REDIS_SENTINEL_USERNAME"), SentinelPassword: s["REDIS_SENTINEL_PASSWORD"].Reveal(),
		TLS: e.getenv("REDIS_TLS"), CAFile: e.getenv("REDIS_CA_FILE"), Key: s["CAREERBOT_KEY"].Reveal(), Log: log}
	if lease := e.getenv("DELIVERY_LEASE"); lease != "" {
		if c.Lease, err = time.ParseDuration(lease); err != nil {
			return nil, fmt.Errorf("DELIVERY_LEASE is %q: it must be a duration such as 8s", lease)
		}
	}
	if c.URL == "" && len(c.Addrs) == 0 {
		if c.MasterName == "" && c.Cluster == "" {
			return nil, nil //nolint:nilnil // no Redis is no fault
		}
		c.Addrs = nil // Open says what is missing
	}
	return redis.Open(c)
}

// checkTime is how long starting up waits for Redis to be looked at.
const checkTime = 3 * time.Second

// look says in the log how Redis is, and returns whether it answers as it must.
// A fault is said the first time only.
func look(ctx context.Context, r *redis.Store, log *slog.Logger, first bool) bool {
	ctx, stop := context.WithTimeout(ctx, checkTime)
	defer stop()
	advice, err := r.Check(ctx)
	if err != nil {
		if first {
			log.Warn(fmt.Sprintf("Redis: %v; working without it until it does, and not ready", err))
		}
		return false
	}
	for _, a := range advice {
		log.Warn("Redis: " + a)
	}
	return true
}
