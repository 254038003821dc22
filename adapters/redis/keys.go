package redis

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
)

const (
	// prefix begins every key, so that one rule of an ACL can hold them all
	// (~careerbot:*), and another program may use the same Redis.
	prefix = "careerbot:"
	// ringKey keeps the key of the installation.
	ringKey = prefix + "installation"
	// ringTime is how long it is kept after it was last looked at, longer than
	// all that hangs on it.
	ringTime = 2 * longest
	// ringFresh is how long a ring is used before Redis is asked again: it may
	// have been emptied, and another replica have made a new one.
	ringFresh = time.Minute
	// longest is the longest time to live that anything may have.
	longest = 400 * 24 * time.Hour

	hashLen = 20 // bytes of a hash that are kept: 160 bits collide for nobody
	tagLen  = 8  // bytes that tell one owner of a value from another
)

var base = base32.StdEncoding.WithPadding(base32.NoPadding)

// ring hashes with the key of the installation, without which nobody can try
// out which ids stand behind the hashes. CAREERBOT_KEY is the better place for
// it, since it is not beside what it hides. Without that setting it is made
// once and kept in Redis, so that replicas agree without any set-up; then it
// hides ids from who sees keys in a slow log, a monitor or a key's listing, not
// from who has all of Redis.
type ring struct {
	key  []byte
	till time.Time // zero: for ever
}

func newRing(key []byte, till time.Time) *ring { return &ring{key, till} }

// hash is of parts of which no two lists are alike ([delivery.Key]).
func (r *ring) hash(parts ...string) []byte {
	h := hmac.New(sha256.New, r.key)
	_, _ = h.Write([]byte(delivery.Key(parts...))) // a hash takes everything
	return h.Sum(nil)[:hashLen]
}

// name is the hash as it stands in keys. Kind keeps apart what has the same
// parts: "conversation", "claim".
func (r *ring) name(kind string, parts ...string) string {
	return strings.ToLower(base.EncodeToString(r.hash(append([]string{kind}, parts...)...)))
}

// slotted is a key of one of several that a step touches together. Those with
// the same name lie in one slot of a Cluster, whatever their field.
func slotted(name, field string) string { return prefix + "{" + name + "}:" + field }

// rings returns the ring: that of CAREERBOT_KEY, or that of Redis. A ring that
// cannot be asked for anew is used on.
func (s *Store) rings(ctx context.Context) (*ring, error) {
	old := s.ring.Load()
	if old.fresh() || old != nil && len(s.ringing) > 0 { // somebody else is asking
		return old, nil
	}
	p, _ := ctx.Value(purseKey{}).(*purse)
	start, wait := time.Now(), time.NewTimer(p.most(BudgetTime))
	defer wait.Stop()
	select {
	case s.ringing <- struct{}{}: // one asks
		defer func() { <-s.ringing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-wait.C:
		p.spend(time.Since(start))
		s.counts.spent.Add(1)
		return nil, errSpent
	}
	p.spend(time.Since(start))
	if old = s.ring.Load(); old.fresh() {
		return old, nil
	}
	mine := make([]byte, sha256.Size)
	if old != nil {
		mine = old.key
	} else {
		_, _ = rand.Read(mine) // never fails
	}
	var kept *goredis.StringCmd
	err := s.do(ctx, BudgetTime, func(ctx context.Context) error {
		_, err := s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			p.SetNX(ctx, ringKey, mine, ringTime)
			kept = p.Get(ctx, ringKey)
			p.PExpire(ctx, ringKey, ringTime)
			return nil
		})
		return err
	})
	switch {
	case err != nil && old != nil:
		return old, nil
	case err != nil:
		return nil, err
	}
	key, _ := kept.Bytes()
	r := newRing(key, time.Now().Add(ringFresh))
	s.ring.Store(r)
	return r, nil
}

func (r *ring) fresh() bool { return r != nil && (r.till.IsZero() || time.Now().Before(r.till)) }
