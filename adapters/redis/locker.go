package redis

import (
	"context"
	"crypto/rand"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	// lockTime is after how long a lock ends whose holder died: no holder takes
	// longer.
	lockTime = 35 * time.Second
	// lockPoll is how often one who waits looks.
	lockPoll = 25 * time.Millisecond
)

// lockScript takes a lock that is free, or is the caller's: the reply to an
// earlier try may have been lost.
var lockScript = goredis.NewScript("local h = redis.call('GET', KEYS[1]) if not h then redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]) end return (not h or h == ARGV[1]) and 1 or 0")

// unlockScript erases a lock that is still its holder's.
var unlockScript = goredis.NewScript("if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0")

// Locker lets one at a time, over all replicas, at what a key names.
type Locker struct{ s *Store }

// Locker lets one at a time at what a key names.
func (s *Store) Locker() *Locker { return &Locker{s} }

// Lock waits for the lock until ctx is done. On success unlock must be called
// once; a lock whose holder dies ends by itself after 35 seconds.
func (l *Locker) Lock(ctx context.Context, key string) (unlock func(), err error) {
	ring, err := l.s.rings(ctx)
	if err != nil {
		return nil, err
	}
	name, token := slotted(ring.name("lock", key), "holder"), rand.Text()
	tick := time.NewTicker(lockPoll)
	defer tick.Stop()
	for {
		var ours bool
		err := l.s.do(ctx, blobTime, func(ctx context.Context) (err error) {
			ours, err = lockScript.Run(ctx, l.s.client, []string{name}, token, lockTime.Milliseconds()).Bool()
			return err
		})
		switch {
		case err != nil:
			l.unlock(ctx, name, token) // it may be ours all the same
			return nil, err
		case ours:
			return func() { l.unlock(ctx, name, token) }, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

// unlock gives the lock up; should that fail, it ends by itself.
func (l *Locker) unlock(ctx context.Context, name, token string) {
	_ = l.s.do(context.WithoutCancel(ctx), blobTime, func(ctx context.Context) error {
		return unlockScript.Run(ctx, l.s.client, []string{name}, token).Err()
	})
}
