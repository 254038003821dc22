package redis

import (
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/redis/redistest"
	"careerbot/bot"
)

func TestWhatThisVersionDoesNotKnowIsNothingStored(t *testing.T) {
	srv := redistest.Start(t)
	log := &logged{}
	s := opened(t, Config{URL: srv.URL(), Log: log.logger()}, time.Now)
	m, p := s.Memory(bot.TimeToLive), s.Settings()
	c, ctx := srv.Client(), t.Context()
	ring, err := s.rings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for name, put := range map[string]func(c *goredis.Client, key string) error{
		"another version": func(c *goredis.Client, key string) error { return c.HSet(ctx, key, "v", "\xfe future").Err() },
		"an empty value":  func(c *goredis.Client, key string) error { return c.HSet(ctx, key, "v", "").Err() },
		"half a value":    func(c *goredis.Client, key string) error { return c.HSet(ctx, key, "v", "\x01\x80").Err() },
		"a string":        func(c *goredis.Client, key string) error { return c.Set(ctx, key, "v", 0).Err() },
		"a list":          func(c *goredis.Client, key string) error { return c.RPush(ctx, key, "v").Err() },
		"a large string": func(c *goredis.Client, key string) error {
			return c.Set(ctx, key, string(make([]byte, 1<<20)), 0).Err()
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, key := range []string{m.records.nameKey(ring, "a"), p.records.nameKey(ring, "a")} {
				if err := c.Del(ctx, key).Err(); err != nil {
					t.Fatal(err)
				}
				if err := put(c, key); err != nil {
					t.Fatal(err)
				}
			}
			n++
			if got, err := m.Load(ctx, "a"); err != nil || !got.At.IsZero() {
				t.Errorf("loaded %+v, %v", got, err)
			}
			if got, err := p.Get(ctx, "a"); err != nil || got != "" {
				t.Errorf("got %q, %v", got, err)
			}
			if got := s.Counts().Garbage; got != uint64(2*n) {
				t.Errorf("%d counted, not %d", got, 2*n)
			}
			if err := m.Save(ctx, about("data-engineer", "ann"), "a"); err != nil {
				t.Fatal(err)
			}
			if got, err := m.Load(ctx, "a"); err != nil || roles(got) != "data-engineer" {
				t.Errorf("after a save: %+v, %v", got, err)
			}
		})
	}
	if log.count("conversation is damaged") != 1 || log.count("setting is damaged") != 1 {
		t.Errorf("not logged once each:\n%s", log.b.String())
	}
}

func TestOwnersKeysThatHoldSomethingElseAreMadeAnew(t *testing.T) {
	srv := redistest.Start(t)
	s := opened(t, Config{URL: srv.URL()}, time.Now)
	m := s.Memory(bot.TimeToLive)
	ring, err := s.rings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set, tomb := m.records.ownerKeys(ring, "ann")
	c := srv.Client()
	for name, put := range map[string]func(key string) error{
		"a string": func(key string) error { return c.Set(t.Context(), key, "never", 0).Err() },
		"a list":   func(key string) error { return c.RPush(t.Context(), key, "v").Err() },
	} {
		t.Run(name, func(t *testing.T) {
			for _, key := range []string{set, tomb} {
				if err := c.Del(t.Context(), key).Err(); err != nil {
					t.Fatal(err)
				}
				if err := put(key); err != nil {
					t.Fatal(err)
				}
			}
			if err := m.Save(t.Context(), about("x", "ann"), "a"); err != nil {
				t.Fatal(err)
			}
			if all, err := m.Owned(t.Context(), "ann"); err != nil || len(all) != 1 {
				t.Errorf("%d, %v", len(all), err)
			}
			if err := m.Forget(t.Context(), "ann"); err != nil {
				t.Fatal(err)
			}
			empty(t, m, "ann", "a")
		})
	}
	if n := s.Counts().Local; n != 0 {
		t.Errorf("%d were kept here", n)
	}
}
