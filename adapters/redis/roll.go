package redis

import (
	"context"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// rollTime is how long a replica that said "here" counts as alive.
const rollTime = 5 * time.Second

// rollScript calls the roll. KEYS: the roll. ARGV: the caller's name or "",
// rollTime (ms), a name to strike off or "". It goes by the server's clock.
var rollScript = goredis.NewScript(`
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
if ARGV[1] ~= '' then redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1]) end
if ARGV[3] ~= '' then redis.call('ZREM', KEYS[1], ARGV[3]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return redis.call('ZRANGE', KEYS[1], 0, -1)`)

// Roll is the list of the replicas that are alive, so that they can share work
// out among them without asking each other. The names are the replicas' own,
// made anew with each start, and say nothing of anybody.
type Roll struct {
	s    *Store
	name string
}

// Roll is the roll of that name.
func (s *Store) Roll(name string) *Roll { return &Roll{s, name} }

// Call says "here" for me and returns the names of all that did so within the
// last five seconds, mine among them.
func (r *Roll) Call(ctx context.Context, me string) ([]string, error) {
	return r.run(ctx, me, "")
}

// Leave takes me off the roll, so that nobody waits until I am given up.
func (r *Roll) Leave(ctx context.Context, me string) error {
	_, err := r.run(ctx, "", me)
	return err
}

func (r *Roll) run(ctx context.Context, here, gone string) (all []string, err error) {
	ring, err := r.s.rings(ctx)
	if err != nil {
		return nil, err
	}
	err = r.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		all, err = rollScript.Run(ctx, r.s.client, []string{slotted(ring.name("roll", r.name), "")}, here, rollTime.Milliseconds(), gone).StringSlice()
		return err
	})
	return all, err
}
