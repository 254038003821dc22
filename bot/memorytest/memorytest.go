// Package memorytest holds what every [bot.Memory] must do, as a suite that
// each implementation's tests run.
package memorytest

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/bot"
	"careerbot/bot/intent"
)

// Clock is a clock that a test sets forward. The zero value is not ready: use
// [NewClock]. It is safe for concurrent use.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a clock that stands at some moment.
func NewClock() *Clock { return &Clock{now: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)} }

// Now is what the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance sets the clock forward.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// TimeToLive is the time to live that the suite's memories are made with.
const TimeToLive = 30 * time.Minute

// full is a conversation in which nothing is left out.
func full(at time.Time) bot.Conversation {
	last := intent.Intent{Ask: intent.Compare, Also: []intent.Ask{intent.Salary}, Roles: []string{"backend-engineer", "devops-engineer"},
		Aspect: intent.AspectSalary, Facets: []string{"entry"}, Region: "Germany", City: "Berlin", Level: "senior", Years: "5-9"}
	return bot.Conversation{At: at, Context: intent.Context{
		Last:  last,
		Roles: []string{"data-engineer", "backend-engineer", "devops-engineer"},
		Offered: []intent.Intent{
			{Ask: intent.Recommend, Traits: []intent.Trait{{Name: "coding", Want: 1}, {Name: "travel", Want: -1}, {Name: "people"}}},
			{Ask: intent.List, Category: "Security", Page: 2},
			{Ask: intent.Day, Roles: []string{"ux-designer"}, Full: true},
			{Ask: intent.Path, Roles: []string{"data-scientist"}, Facets: []string{"from_outside"}, Outside: "nurse"},
			{Ask: intent.Skills, Roles: []string{"data-analyst"}, Facets: []string{"enough"}, Topic: "sql"},
		},
	}}
}

// about is a conversation about one role.
func about(role string, at time.Time) bot.Conversation {
	return bot.Conversation{At: at, Context: intent.Context{Last: intent.Intent{Ask: intent.Overview, Roles: []string{role}}, Roles: []string{role}}}
}

// Run tests the memory that open makes, which must keep each conversation for
// [TimeToLive] by the clock.
func Run(t *testing.T, open func(t *testing.T, clock *Clock) bot.Memory) {
	type suite struct {
		bot.Memory
		clock *Clock
		ctx   context.Context
	}
	start := func(t *testing.T) suite {
		clock := NewClock()
		return suite{open(t, clock), clock, t.Context()}
	}
	load := func(t *testing.T, m suite, key string) bot.Conversation {
		t.Helper()
		c, err := m.Load(m.ctx, key)
		if err != nil {
			t.Fatalf("load %q: %v", key, err)
		}
		return c
	}
	save := func(t *testing.T, m suite, key string, c bot.Conversation) {
		t.Helper()
		if err := m.Save(m.ctx, c, key); err != nil {
			t.Fatalf("save %q: %v", key, err)
		}
	}
	same := func(t *testing.T, got, want bot.Conversation) {
		t.Helper()
		if !got.At.Equal(want.At) || !reflect.DeepEqual(got.Context, want.Context) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
	t.Run("what was never stored is a conversation that has not begun, and no error", func(t *testing.T) {
		same(t, load(t, start(t), "a"), bot.Conversation{})
	})
	t.Run("a conversation comes back whole", func(t *testing.T) {
		m := start(t)
		save(t, m, "a", full(m.clock.Now()))
		same(t, load(t, m, "a"), full(m.clock.Now()))
	})
	t.Run("what the caller changes afterwards does not change what is stored", func(t *testing.T) {
		m := start(t)
		said := full(m.clock.Now())
		save(t, m, "a", said)
		said.Context.Roles[0], said.Context.Last.Roles[0], said.Context.Offered[0].Traits[0].Name = "x", "x", "x"
		same(t, load(t, m, "a"), full(m.clock.Now()))
		got := load(t, m, "a")
		got.Context.Roles[0], got.Context.Last.Facets[0], got.Context.Offered[1].Category = "y", "y", "y"
		same(t, load(t, m, "a"), full(m.clock.Now()))
	})
	t.Run("a newer turn takes the place of the older", func(t *testing.T) {
		m := start(t)
		save(t, m, "a", full(m.clock.Now()))
		save(t, m, "a", about("ux-designer", m.clock.Now()))
		same(t, load(t, m, "a"), about("ux-designer", m.clock.Now()))
	})
	t.Run("conversations are kept apart", func(t *testing.T) {
		m := start(t)
		keys := []string{"a", "b", "a:b", "a\x00b", "A", "ä", "a b", "a/b", "{a}"}
		for i, k := range keys {
			save(t, m, k, about(keys[i], m.clock.Now()))
		}
		for _, k := range keys {
			same(t, load(t, m, k), about(k, m.clock.Now()))
		}
	})
	t.Run("a conversation is forgotten after its time to live", func(t *testing.T) {
		m := start(t)
		said := about("data-engineer", m.clock.Now())
		save(t, m, "a", said)
		m.clock.Advance(TimeToLive - time.Second)
		same(t, load(t, m, "a"), said)
		m.clock.Advance(2 * time.Second)
		same(t, load(t, m, "a"), bot.Conversation{})
	})
	t.Run("a new turn begins the time to live anew", func(t *testing.T) {
		m := start(t)
		save(t, m, "a", about("data-engineer", m.clock.Now()))
		m.clock.Advance(TimeToLive - time.Second)
		said := about("data-scientist", m.clock.Now())
		save(t, m, "a", said)
		m.clock.Advance(TimeToLive - time.Second)
		same(t, load(t, m, "a"), said)
	})
	t.Run("reading does not lengthen the time to live", func(t *testing.T) {
		m := start(t)
		save(t, m, "a", about("data-engineer", m.clock.Now()))
		for range 3 {
			m.clock.Advance(TimeToLive / 3)
			load(t, m, "a")
		}
		m.clock.Advance(time.Second)
		same(t, load(t, m, "a"), bot.Conversation{})
	})
	owned := func(t *testing.T, m suite, owner string) []string {
		t.Helper()
		all, err := m.Owned(m.ctx, owner)
		if err != nil {
			t.Fatalf("owned by %q: %v", owner, err)
		}
		var roles []string
		for _, c := range all {
			roles = append(roles, c.Context.Last.Roles...)
		}
		return roles
	}
	of := func(c bot.Conversation, owners ...string) bot.Conversation {
		c.Owners = owners
		return c
	}
	t.Run("a conversation is found under each of its names, until another takes the name", func(t *testing.T) {
		m := start(t)
		said := about("data-engineer", m.clock.Now())
		if err := m.Save(m.ctx, said, "channel", "thread"); err != nil {
			t.Fatal(err)
		}
		same(t, load(t, m, "channel"), said)
		same(t, load(t, m, "thread"), said)
		save(t, m, "channel", about("ux-designer", m.clock.Now()))
		same(t, load(t, m, "channel"), about("ux-designer", m.clock.Now()))
		same(t, load(t, m, "thread"), said)
	})
	t.Run("an owner's conversations are listed, the newest first, each once", func(t *testing.T) {
		m := start(t)
		if err := m.Save(m.ctx, of(about("data-engineer", m.clock.Now()), "ann", "team"), "a", "b"); err != nil {
			t.Fatal(err)
		}
		m.clock.Advance(time.Minute)
		save(t, m, "c", of(about("ux-designer", m.clock.Now()), "ann", "team"))
		save(t, m, "d", of(about("data-analyst", m.clock.Now()), "bob", "team"))
		if got := owned(t, m, "ann"); !slices.Equal(got, []string{"ux-designer", "data-engineer"}) {
			t.Errorf("ann's: %v", got)
		}
		if got := owned(t, m, "team"); len(got) != 3 {
			t.Errorf("the team's: %v", got)
		}
		m.clock.Advance(TimeToLive - time.Second)
		if got := owned(t, m, "ann"); !slices.Equal(got, []string{"ux-designer"}) {
			t.Errorf("after the first one's time to live: %v", got)
		}
	})
	t.Run("what an owner has forgotten is gone under every name, and the others' stays", func(t *testing.T) {
		m := start(t)
		if err := m.Save(m.ctx, of(about("data-engineer", m.clock.Now()), "ann", "team"), "a", "b"); err != nil {
			t.Fatal(err)
		}
		save(t, m, "c", of(about("ux-designer", m.clock.Now()), "bob", "team"))
		if err := m.Forget(m.ctx, "ann"); err != nil {
			t.Fatal(err)
		}
		same(t, load(t, m, "a"), bot.Conversation{})
		same(t, load(t, m, "b"), bot.Conversation{})
		same(t, load(t, m, "c"), about("ux-designer", m.clock.Now()))
		if got := owned(t, m, "ann"); len(got) != 0 {
			t.Errorf("ann's: %v", got)
		}
		if err := m.Forget(m.ctx, "team"); err != nil {
			t.Fatal(err)
		}
		same(t, load(t, m, "c"), bot.Conversation{})
	})
	t.Run("who has forgotten can be remembered anew", func(t *testing.T) {
		m := start(t)
		save(t, m, "a", of(about("data-engineer", m.clock.Now()), "ann"))
		if err := m.Forget(m.ctx, "ann"); err != nil {
			t.Fatal(err)
		}
		m.clock.Advance(time.Minute)
		said := of(about("ux-designer", m.clock.Now()), "ann")
		save(t, m, "a", said)
		same(t, load(t, m, "a"), said)
	})
	t.Run("forgetting what was never stored is no error", func(t *testing.T) {
		m := start(t)
		if err := m.Forget(m.ctx, "never"); err != nil {
			t.Error(err)
		}
	})
	t.Run("a context that is done is an error, and nothing is stored", func(t *testing.T) {
		m := start(t)
		done, stop := context.WithCancel(m.ctx)
		stop()
		if err := m.Save(done, about("data-engineer", m.clock.Now()), "a"); err == nil {
			t.Error("saved")
		}
		if _, err := m.Load(done, "a"); err == nil {
			t.Error("loaded")
		}
		same(t, load(t, m, "a"), bot.Conversation{})
	})
	t.Run("many may use it at once", func(t *testing.T) {
		m := start(t)
		var people sync.WaitGroup
		for i := range 8 {
			key := strings.Repeat("a", i+1)
			people.Go(func() {
				for range 50 {
					said := about(key, m.clock.Now())
					said.Owners = []string{key}
					if err := m.Save(m.ctx, said, key); err != nil {
						t.Error(err)
					}
					got, err := m.Load(m.ctx, key)
					if err != nil || got.Context.Last.Roles[0] != key {
						t.Errorf("%s: %+v, %v", key, got, err)
						return
					}
					if err := m.Forget(m.ctx, key); err != nil {
						t.Error(err)
					}
				}
			})
		}
		people.Wait()
	})
}
