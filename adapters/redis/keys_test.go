package redis

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/redis/redistest"
	"careerbot/bot"
)

func TestNoTwoListsOfPartsHaveOneName(t *testing.T) {
	r := newRing([]byte("the key of a test"), time.Time{})
	seen := map[string][]string{}
	for _, parts := range [][]string{
		{}, {""}, {"", ""}, {"a"}, {"a", ""}, {"", "a"}, {"ab"}, {"a", "b"}, {"a:b"}, {"1:a", "b"}, {"1:a1:b"}, {"a\x00b"}, {"a\x00", "b"}, {"A"}, {"{a}"}, {"ä"},
	} {
		for _, kind := range []string{"claim", "conversation"} {
			n := r.name(kind, parts...)
			if other, ok := seen[n]; ok {
				t.Errorf("%q and %q have one name", other, parts)
			}
			seen[n] = append([]string{kind}, parts...)
			if !regexp.MustCompile(`^[a-z2-7]{32}$`).MatchString(n) {
				t.Errorf("%q is no name for a key", n)
			}
		}
	}
	if r.name("claim", "a") == newRing([]byte("another key"), time.Time{}).name("claim", "a") {
		t.Error("the key of the installation makes no difference")
	}
}

// ids are what must not be seen in Redis.
var ids = []string{"T0TEAM", "C0CHAN", "U0USER", "E0GRID", "1732500000.000100", "slack", "secret words"}

func TestEveryKeyHasATimeToLiveAndNamesNobody(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, masters func(t *testing.T) []*goredis.Client) {
		s := open(t, time.Now)
		ctx := t.Context()
		owners := []string{delivery.Key("slack", "T0TEAM", "U0USER"), delivery.Key("slack", "T0TEAM"), delivery.Key("slack", "enterprise", "E0GRID")}
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		m, p := s.Memory(bot.TimeToLive), s.Settings()
		talk := delivery.Key("slack", "T0TEAM", "C0CHAN", "U0USER")
		thread := delivery.Key("slack", "T0TEAM", "C0CHAN", "U0USER", "1732500000.000100")
		ok(m.Save(ctx, about("data-engineer", owners...), talk, thread))
		ok(p.Set(ctx, delivery.Key("slack", "region", "T0TEAM", "U0USER"), "Germany", 10_000*time.Hour, owners...))
		ok(p.Set(ctx, delivery.Key("slack", "talk", "T0TEAM", "C0CHAN"), "U0USER", time.Minute)) // whose talk it is
		ok(s.Blobs().Put(ctx, fmt.Sprintf("%064x", 1), []byte{1, 2, 3}))
		if _, found, err := s.Blobs().Get(ctx, fmt.Sprintf("%064x", 1)); !found || err != nil {
			t.Fatalf("%v, %v", found, err)
		}
		if len(everything(t, masters(t))) < 10 {
			t.Fatal("that is not all")
		}
		seen := func(when string) {
			t.Helper()
			for key, value := range everything(t, masters(t)) {
				if !strings.HasPrefix(key, prefix) {
					t.Errorf("%s: %s is not ours", when, key)
				}
				for _, id := range ids {
					if strings.Contains(key+value.text, id) {
						t.Errorf("%s: %s shows %s", when, key, id)
					}
				}
				if value.ttl <= 0 || value.ttl > longest {
					t.Errorf("%s: %s lives for %v", when, key, value.ttl)
				}
			}
		}
		seen("kept")
		ok(m.Forget(ctx, owners[0]))
		ok(p.Forget(ctx, owners[1]))
		seen("forgotten")
		ok(m.Save(ctx, about("data-engineer", owners...), talk))
		seen("kept anew")
	})
}

func TestReplicasAgreeOnAKeyThatIsMadeOnce(t *testing.T) {
	srv := redistest.Start(t)
	keys := make([][]byte, 8)
	var replicas sync.WaitGroup
	for i := range keys {
		s := opened(t, Config{URL: srv.URL()}, time.Now)
		replicas.Go(func() {
			r, err := s.rings(context.Background())
			if err != nil {
				t.Error(err)
				return
			}
			keys[i] = r.key
		})
	}
	replicas.Wait()
	for _, k := range keys {
		if len(k) != 32 || !bytes.Equal(k, keys[0]) {
			t.Fatalf("%d bytes; the same: %v", len(k), bytes.Equal(k, keys[0]))
		}
	}
	if ttl := srv.Client().TTL(t.Context(), ringKey).Val(); ttl <= longest {
		t.Errorf("it lives for %v, shorter than what hangs on it", ttl)
	}
}

func TestAKeyThatRedisLostIsPutBackOrReplaced(t *testing.T) {
	srv := redistest.Start(t)
	a, b := opened(t, Config{URL: srv.URL()}, time.Now), opened(t, Config{URL: srv.URL()}, time.Now)
	key := func(s *Store) string {
		t.Helper()
		r, err := s.rings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return string(r.key)
	}
	old := func(s *Store) { s.ring.Store(newRing(s.ring.Load().key, time.Now().Add(-time.Second))) }
	first := key(a)
	srv.Flush()
	old(a)
	if key(a) != first || key(b) != first {
		t.Error("the key was not put back")
	}
	srv.Flush()
	c := opened(t, Config{URL: srv.URL()}, time.Now)
	second := key(c)
	old(a)
	if second == first || key(a) != second {
		t.Error("the replicas do not agree")
	}
	srv.Kill()
	old(a)
	if key(a) != second {
		t.Error("a key that cannot be looked at is not used on")
	}
}

// about is a conversation about one role that began now.
func about(role string, owners ...string) bot.Conversation {
	c := bot.Conversation{At: time.Now(), Owners: owners}
	c.Context.Last.Roles = []string{role}
	return c
}

func roles(c bot.Conversation) string { return strings.Join(c.Context.Last.Roles, " ") }
