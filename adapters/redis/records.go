package redis

import (
	"bytes"
	"context"
	_ "embed"
	"slices"
	"strconv"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// records keeps values that have owners, who may have them erased.
//
// A value lies in a hash under its name: v the value, o its owners' tags, f
// when it was last forgotten. An owner has a sorted set of the names of what it
// owns, by when they expire, and a tombstone: when it last forgot. Names and
// owners lie in slots of their own, so that this works on a Cluster, and no
// step looks through the keyspace.
//
// A writer may be late: what it writes is from before the owner forgot. So
// every save says when it began, by the clock of the server ([clocks]), and is
// refused if that was before a tombstone: the clocks of replicas need not agree.
// On a Cluster, where a step reaches one slot only, the owners are
// told first and the names written after. Whichever order a save and a
// forgetting interleave in, either the save meets a tombstone, or the
// forgetting finds the name in the set and erases it.
type records struct {
	s    *Store
	kind string
}

const (
	// graveTime is how long a tombstone stands: longer than any write can be
	// late, those included that this process kept while Redis did not answer.
	graveTime = time.Hour
	// forgetTime bounds a forgetting, which is no part of a question.
	forgetTime = 3 * time.Second
	// forgetAtOnce is how many names one round trip erases.
	forgetAtOnce = 500
)

var (
	//go:embed save.lua
	saveText string
	//go:embed bury.lua
	buryText string
	//go:embed erase.lua
	eraseText string
	//go:embed strike.lua
	strikeText string

	saveScript   = goredis.NewScript(saveText)
	buryScript   = goredis.NewScript(buryText)
	eraseScript  = goredis.NewScript(eraseText)
	strikeScript = goredis.NewScript(strikeText)
)

// load returns the value of that name, nil for none. What is there and is no
// record is an empty value, which no decoder knows.
func (r *records) load(ctx context.Context, name string) (value []byte, err error) {
	ring, err := r.s.rings(ctx)
	if err != nil {
		return nil, err
	}
	key := r.nameKey(ring, name)
	err = r.s.do(ctx, BudgetTime, func(ctx context.Context) (err error) {
		value, err = r.s.client.HGet(ctx, key, "v").Bytes()
		if wrongType(err) {
			value, err = []byte{}, nil
		}
		return err
	})
	if err == goredis.Nil { //nolint:errorlint // see do
		return nil, nil
	}
	return value, err
}

// save stores the value under each of the names, unless an owner forgot since
// the turn that the value is from began, so long before this call. It says
// whether the value was stored.
func (r *records) save(ctx context.Context, value []byte, ttl, age time.Duration, names, owners []string) (bool, error) {
	moment := time.Now().Add(-max(age, 0))
	ring, err := r.s.rings(ctx)
	if err != nil {
		return false, err
	}
	var (
		tags             []byte
		graves, nameKeys []string // graves has two an owner
	)
	for _, o := range owners {
		set, tomb := r.ownerKeys(ring, o)
		graves = append(graves, set, tomb)
		tags = append(tags, r.tag(ring, o)...)
	}
	for _, n := range names {
		nameKeys = append(nameKeys, r.nameKey(ring, n))
	}
	saved := true
	call := func(ctx context.Context, owners int, keys []string) error {
		began, err := r.s.began(ctx, keys[0], moment)
		if err != nil {
			return err
		}
		args := []any{owners, began, ttl.Milliseconds(), value, tags}
		for _, k := range nameKeys {
			args = append(args, k)
		}
		said, err := saveScript.Run(ctx, r.s.client, keys, args...).Int64Slice()
		if err == nil && len(said) == 2 {
			saved = saved && said[0] == 1
			r.s.clocks.heard(r.s.server(ctx, keys[0]), said[1])
		}
		return err
	}
	err = r.s.do(ctx, BudgetTime, func(ctx context.Context) error {
		if !r.s.cluster {
			return call(ctx, len(owners), append(graves, nameKeys...))
		}
		for i := 0; i < len(graves) && saved; i += 2 {
			if err := call(ctx, 1, graves[i:i+2]); err != nil {
				return err
			}
		}
		for i := 0; i < len(nameKeys) && saved; i++ {
			if err := call(ctx, 0, nameKeys[i:i+1]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && !saved {
		r.s.counts.forgotten.Add(1)
	}
	return saved && err == nil, err
}

// erase takes the value from under a name. Its owners need not know.
func (r *records) erase(ctx context.Context, name string) error {
	ring, err := r.s.rings(ctx)
	if err != nil {
		return err
	}
	return r.s.do(ctx, BudgetTime, func(ctx context.Context) error {
		return r.s.client.HDel(ctx, r.nameKey(ring, name), "v", "o").Err()
	})
}

// owned returns the values that are stored for the owner.
func (r *records) owned(ctx context.Context, owner string) (values [][]byte, err error) {
	ring, err := r.s.rings(ctx)
	if err != nil {
		return nil, err
	}
	set, _ := r.ownerKeys(ring, owner)
	tag := r.tag(ring, owner)
	err = r.s.do(ctx, forgetTime, func(ctx context.Context) error {
		values = nil
		names, err := r.s.client.ZRange(ctx, set, 0, -1).Result()
		if err != nil {
			return err
		}
		found := make([]*goredis.SliceCmd, len(names))
		_, err = r.s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			for i, n := range names {
				found[i] = p.HMGet(ctx, n, "v", "o")
			}
			return nil
		})
		if err != nil && !wrongType(err) {
			return err
		}
		for _, f := range found {
			if err := f.Err(); err != nil && !wrongType(err) {
				return err
			}
			if v, tags := pair(f.Val()); tagged(tags, tag) {
				values = append(values, v)
			}
		}
		return nil
	})
	return values, err
}

// pair are the two fields that HMGET found, "" what is not there.
func pair(fields []any) (a, b []byte) {
	if len(fields) != 2 {
		return nil, nil
	}
	x, _ := fields[0].(string)
	y, _ := fields[1].(string)
	return []byte(x), []byte(y)
}

// forget erases all of the owner's values, under all their names. What it does
// not come to, because Redis fails, stays in the owner's set and is erased when
// it is asked again.
func (r *records) forget(ctx context.Context, owner string) error {
	ring, err := r.s.rings(ctx)
	if err != nil {
		return err
	}
	set, tomb := r.ownerKeys(ring, owner)
	tag, grave := r.tag(ring, owner), graveTime.Milliseconds()
	return r.s.do(ctx, forgetTime, func(ctx context.Context) error {
		said, err := buryScript.Run(ctx, r.s.client, []string{set, tomb}, grave).StringSlice()
		if err != nil || len(said) == 0 {
			return err
		}
		if at, err := strconv.ParseInt(said[0], 10, 64); err == nil {
			r.s.clocks.heard(r.s.server(ctx, set), at)
		}
		for found := range slices.Chunk(said[1:], 2*forgetAtOnce) { // name, expiry, name …
			if err := r.eraseAll(ctx, found, tag, grave); err != nil {
				return err
			}
			if err := strikeScript.Run(ctx, r.s.client, []string{set}, found).Err(); err != nil {
				return err
			}
		}
		return nil
	})
}

// eraseAll erases the owner's values of the names, which stand before their
// expiries.
func (r *records) eraseAll(ctx context.Context, found []string, tag []byte, grave int64) error {
	var marked []*goredis.Cmd
	_, err := r.s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
		for i := 0; i+1 < len(found); i += 2 {
			marked = append(marked, eraseScript.Eval(ctx, p, found[i:i+1], tag, grave))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, m := range marked {
		if at, err := m.Int64(); err == nil {
			r.s.clocks.heard(r.s.server(ctx, found[2*i]), at)
		}
	}
	return nil
}

func (r *records) nameKey(ring *ring, name string) string {
	return slotted(ring.name(r.kind, name), "v")
}

func (r *records) ownerKeys(ring *ring, owner string) (set, tomb string) {
	name := ring.name(r.kind+" owner", owner)
	return slotted(name, "names"), slotted(name, "forgot")
}

// tag tells the owner among those of a value.
func (r *records) tag(ring *ring, owner string) []byte {
	return ring.hash(r.kind+" owner", owner)[:tagLen]
}

func tagged(tags, tag []byte) bool {
	for ; len(tags) >= tagLen; tags = tags[tagLen:] {
		if bytes.Equal(tags[:tagLen], tag) {
			return true
		}
	}
	return false
}

func wrongType(err error) bool { return goredis.HasErrorPrefix(err, "WRONGTYPE") }
