package redis

import (
	"context"
	"errors"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// replicaTime is how long to wait until a replica has what was written. With a
// round trip or two it is within [BudgetTime].
const replicaTime = 200 * time.Millisecond

var errAlone = errors.New("redis: it is stored, but no replica has it yet")

// replicated waits until a replica has what was written before to the server
// that holds the key, so that a failover cannot lose it. A server that has no
// replica, or does not say, is not waited for. The key is given the time to live
// (ms): a write of this connection's own is what WAIT waits for
// (https://redis.io/docs/latest/commands/wait).
func (s *Store) replicated(ctx context.Context, key string, keep int64) error {
	wait, alone := replicaTime, false
	if s.cfg.patience > 0 {
		wait = s.cfg.patience / 2
	}
	err := s.do(ctx, BudgetTime, func(ctx context.Context) error {
		server, err := s.holder(ctx, key)
		if err != nil {
			return err
		}
		var said goredis.Error
		text, err := server.Info(ctx, "replication").Result()
		switch {
		case errors.As(err, &said): // a user who may not see INFO
			return nil
		case err != nil:
			return err
		case !following(text):
			return nil
		}
		var have *goredis.Cmd
		_, err = server.Pipelined(ctx, func(p goredis.Pipeliner) error {
			p.PExpire(ctx, key, time.Duration(keep)*time.Millisecond)
			have = p.Do(ctx, "WAIT", 1, wait.Milliseconds())
			return nil
		})
		n, _ := have.Int()
		alone = err == nil && n == 0
		return err
	})
	if alone {
		return errAlone
	}
	return err
}

// following says whether INFO tells of a replica that has caught up. One that
// has just read all, and not yet said so, is told as online at offset 0, and
// hears of nothing until a second has passed.
func following(info string) bool {
	for line := range strings.Lines(info) {
		if strings.Contains(line, ",state=online,") && !strings.Contains(line, ",offset=0,") {
			return true
		}
	}
	return false
}

// holder is the server that holds the key.
func (s *Store) holder(ctx context.Context, key string) (*goredis.Client, error) {
	switch c := s.client.(type) {
	case *goredis.ClusterClient:
		return c.MasterForKey(ctx, key)
	case *goredis.Client:
		return c, nil
	}
	return nil, errors.New("a client of another kind")
}
