package redis

import (
	"context"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// stateTime is how long an installation may take, as Slack's code lives
// (https://docs.slack.dev/authentication/installing-with-oauth).
const stateTime = 10 * time.Minute

// States remembers installations that are under way, so that a browser may
// come back to another replica than the one that sent it to Slack.
type States struct{ s *Store }

// States remembers installations that are under way.
func (s *Store) States() *States { return &States{s} }

// Put remembers the key for ten minutes.
func (t *States) Put(ctx context.Context, key string) error {
	ring, err := t.s.rings(ctx)
	if err != nil {
		return err
	}
	until := strconv.FormatInt(t.s.now().Add(stateTime).UnixMilli(), 10)
	return t.s.do(ctx, blobTime, func(ctx context.Context) error {
		return t.s.client.Set(ctx, t.key(ring, key), until, stateTime).Err()
	})
}

// Take forgets the key and says whether it was there and not too old, to one
// of those who ask at once.
func (t *States) Take(ctx context.Context, key string) (bool, error) {
	ring, err := t.s.rings(ctx)
	if err != nil {
		return false, err
	}
	var until int64
	err = t.s.do(ctx, blobTime, func(ctx context.Context) (err error) {
		until, err = t.s.client.GetDel(ctx, t.key(ring, key)).Int64()
		return err
	})
	if err == goredis.Nil { //nolint:errorlint // see do
		return false, nil
	}
	return err == nil && t.s.now().Before(time.UnixMilli(until)), err
}

func (t *States) key(ring *ring, key string) string {
	return slotted(ring.name("installation under way", key), "state")
}
