package redis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/redis/redistest"
	"careerbot/bot"
)

// empty fails the test if anything is found under the names or the owner.
func empty(t *testing.T, m *Memory, owner string, names ...string) {
	t.Helper()
	for _, n := range names {
		if c, err := m.Load(context.Background(), n); err != nil || roles(c) != "" {
			t.Errorf("%s: %v, %v", n, roles(c), err)
		}
	}
	if all, err := m.Owned(context.Background(), owner); err != nil || len(all) > 0 {
		t.Errorf("%s owns %d, %v", owner, len(all), err)
	}
}

func TestATurnThatBeganBeforeItsOwnerForgotIsNotKept(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, _ func(t *testing.T) []*goredis.Client) {
		s := open(t, time.Now)
		m := s.Memory(bot.TimeToLive)
		late := about("data-engineer", "ann", "team")
		if err := m.Forget(t.Context(), "ann"); err != nil {
			t.Fatal(err)
		}
		if err := m.Save(t.Context(), late, "a", "b"); err != nil {
			t.Fatal(err)
		}
		empty(t, m, "ann", "a", "b")
		empty(t, m, "team")
		if n := s.Counts().Forgotten; n != 1 {
			t.Errorf("%d counted", n)
		}
		if err := m.Save(t.Context(), about("data-engineer", "ann", "team"), "a", "b"); err != nil {
			t.Fatal(err)
		}
		if c, err := m.Load(t.Context(), "b"); err != nil || roles(c) != "data-engineer" {
			t.Errorf("the next turn: %v, %v", roles(c), err)
		}
	})
}

// Writers on two replicas, of which one has a clock that is a minute off, save
// turns that began before the owner forgets on a third, at any moment between.
func TestWhatIsForgottenStaysForgottenWhateverIsWrittenMeanwhile(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, _ func(t *testing.T) []*goredis.Client) {
		s := open(t, time.Now)
		off := func() time.Time { return time.Now().Add(time.Minute) }
		skewed := opened(t, s.cfg, off)
		third := opened(t, s.cfg, time.Now)
		a, b, c := s.Memory(bot.TimeToLive), skewed.Memory(bot.TimeToLive), third.Memory(bot.TimeToLive)
		for round := range 60 {
			owner, names := fmt.Sprint("ann", round), []string{fmt.Sprint("channel", round), fmt.Sprint("thread", round)}
			if err := a.Save(t.Context(), about("before", owner), names...); err != nil {
				t.Fatal(err)
			}
			turn, skew := about("meanwhile", owner), about("meanwhile", owner)
			skew.At = off()
			<-time.After(time.Millisecond)
			var all sync.WaitGroup
			for range 3 {
				all.Go(func() {
					<-time.After(rand.N(2 * time.Millisecond))
					if err := a.Save(t.Context(), turn, names...); err != nil {
						t.Error(err)
					}
				})
				all.Go(func() {
					<-time.After(rand.N(2 * time.Millisecond))
					if err := b.Save(t.Context(), skew, names...); err != nil {
						t.Error(err)
					}
				})
			}
			all.Go(func() {
				<-time.After(rand.N(2 * time.Millisecond))
				if err := c.Forget(t.Context(), owner); err != nil {
					t.Error(err)
				}
			})
			all.Wait()
			empty(t, a, owner, names...)
			if t.Failed() {
				t.Fatalf("in round %d", round)
			}
		}
	})
}

// On a Cluster a save has two steps. Between them the owner forgets.
func TestASaveHalfDoneOnAClusterMeetsTheForgetting(t *testing.T) {
	s := opened(t, Config{Addrs: redistest.StartCluster(t, false).Addrs()}, time.Now)
	m := s.Memory(bot.TimeToLive)
	r := m.records
	ring, err := s.rings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	step := func(owners int, keys ...string) bool {
		t.Helper()
		began, err := s.began(t.Context(), keys[0], start)
		if err != nil {
			t.Fatal(err)
		}
		args := []any{owners, began, bot.TimeToLive.Milliseconds(), "value", r.tag(ring, "ann"), r.nameKey(ring, "a")}
		said, err := saveScript.Run(t.Context(), s.client, keys, args...).Int64Slice()
		if err != nil {
			t.Fatal(err)
		}
		return said[0] == 1
	}
	set, tomb := r.ownerKeys(ring, "ann")
	if !step(1, set, tomb) {
		t.Fatal("the first step was refused")
	}
	if err := m.Forget(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	if step(0, r.nameKey(ring, "a")) {
		t.Error("the second step was let through")
	}
	empty(t, m, "ann", "a")
}

func TestForgettingErasesOnlyWhatIsStillTheOwners(t *testing.T) {
	s := opened(t, Config{URL: redistest.Start(t).URL()}, time.Now)
	m := s.Memory(bot.TimeToLive)
	for _, c := range []bot.Conversation{about("ann's", "ann"), about("bob's", "bob")} {
		if err := m.Save(t.Context(), c, "a"); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := m.Owned(t.Context(), "ann"); err != nil || len(all) > 0 {
		t.Errorf("ann owns %v, %v", all, err)
	}
	if err := m.Forget(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	if c, err := m.Load(t.Context(), "a"); err != nil || roles(c) != "bob's" {
		t.Errorf("got %v, %v", roles(c), err)
	}
	if err := m.Forget(t.Context(), "bob"); err != nil {
		t.Fatal(err)
	}
	empty(t, m, "bob", "a")
}

func TestAWorkspaceWithManyConversationsIsForgottenWhole(t *testing.T) {
	srv := redistest.Start(t)
	s := opened(t, Config{URL: srv.URL()}, time.Now)
	m := s.Memory(bot.TimeToLive)
	for i := range 3*forgetAtOnce + 7 {
		if err := m.Save(t.Context(), about("x", "team"), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Forget(t.Context(), "team"); err != nil {
		t.Fatal(err)
	}
	for key, v := range everything(t, []*goredis.Client{srv.Client()}) {
		if strings.Contains(v.text, "v:") || strings.HasSuffix(key, ":names") {
			t.Errorf("%s still holds %q", key, v.text)
		}
	}
}

// What Redis fails in the middle of is gone on with when it is asked again.
func TestAForgettingThatWasCutOffCanBeAskedForAgain(t *testing.T) {
	srv := redistest.Start(t)
	s := opened(t, Config{URL: srv.URL()}, time.Now)
	m := s.Memory(bot.TimeToLive)
	if err := m.Save(t.Context(), about("x", "ann"), "a"); err != nil {
		t.Fatal(err)
	}
	ring := s.ring.Load()
	set, tomb := m.records.ownerKeys(ring, "ann")
	if err := buryScript.Run(t.Context(), s.client, []string{set, tomb}, 1000).Err(); err != nil { // and then the process dies
		t.Fatal(err)
	}
	if err := m.Forget(t.Context(), "ann"); err != nil {
		t.Fatal(err)
	}
	empty(t, m, "ann", "a")
}

func TestOwnersSetsDoNotGrowWithWhatIsOver(t *testing.T) {
	srv := redistest.Start(t)
	s := opened(t, Config{URL: srv.URL()}, time.Now)
	m := s.Memory(50 * time.Millisecond)
	if err := s.Memory(time.Hour).Save(t.Context(), about("x", "team"), "long"); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		if err := m.Save(t.Context(), about("x", "team"), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	<-time.After(60 * time.Millisecond)
	if err := m.Save(t.Context(), about("x", "team"), "last"); err != nil {
		t.Fatal(err)
	}
	set, _ := m.records.ownerKeys(s.ring.Load(), "team")
	if n := srv.Client().ZCard(t.Context(), set).Val(); n != 2 {
		t.Errorf("%d names", n)
	}
}
