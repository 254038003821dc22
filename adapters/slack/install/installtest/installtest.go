// Package installtest holds what every [install.Store], [install.Blobs],
// [install.States] and [install.Locker] must do, as suites that each
// implementation's tests run.
package installtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"careerbot/adapters/slack/install"
	"careerbot/bot/memorytest"
)

// Clock is a clock that a test sets forward.
type Clock = memorytest.Clock

// NewClock returns a clock that stands at some moment.
func NewClock() *Clock { return memorytest.NewClock() }

// Full is an installation in which nothing is left out.
func Full(team string) install.Installation {
	at := NewClock().Now()
	return install.Installation{
		AppID: "A0CAREER", EnterpriseID: "E0GRID", TeamID: team, TeamName: "Ácme <b>& Söhne</b>",
		BotToken: install.NewSecret("xoxe.xoxb-1-" + team), RefreshToken: install.NewSecret("xoxe-1-" + team), BotUserID: "U0BOT",
		Scopes: []string{"chat:write", "commands"}, ExpiresAt: at.Add(12 * time.Hour), InstalledAt: at,
	}
}

// Enterprise is the installation of a whole organisation.
func Enterprise(id string) install.Installation {
	i := Full("")
	i.EnterpriseID, i.EnterpriseInstall, i.BotToken = id, true, install.NewSecret("xoxb-of-"+id)
	return i
}

// Same says whether two installations are equal, tokens included.
func Same(a, b install.Installation) bool {
	return a.Workspace() == b.Workspace() && a.AppID == b.AppID && a.TeamName == b.TeamName && a.BotUserID == b.BotUserID &&
		a.BotToken.Reveal() == b.BotToken.Reveal() && a.RefreshToken.Reveal() == b.RefreshToken.Reveal() &&
		slices.Equal(a.Scopes, b.Scopes) && a.ExpiresAt.Equal(b.ExpiresAt) && a.InstalledAt.Equal(b.InstalledAt)
}

func done(t *testing.T) context.Context {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	return ctx
}

// RunStore tests the stores that open makes, each empty.
func RunStore(t *testing.T, open func(t *testing.T) install.Store) {
	save := func(t *testing.T, s install.Store, i install.Installation) {
		t.Helper()
		if err := s.Save(t.Context(), i); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(t *testing.T, s install.Store, w install.Workspace, want install.Installation) {
		t.Helper()
		got, ok, err := s.Load(t.Context(), w)
		if err != nil || !ok {
			t.Fatalf("load %v: %v, %v", w, ok, err)
		}
		if !Same(got, want) {
			t.Errorf("load %v: got %+v\nwant %+v", w, got, want)
		}
	}
	empty := func(t *testing.T, s install.Store, w install.Workspace) {
		t.Helper()
		if got, ok, err := s.Load(t.Context(), w); ok || err != nil || !Same(got, install.Installation{}) {
			t.Errorf("load %v: %+v, %v, %v", w, got, ok, err)
		}
	}
	t.Run("what was never stored is not there, and no error", func(t *testing.T) {
		empty(t, open(t), install.Workspace{TeamID: "T1"})
	})
	t.Run("an installation comes back whole", func(t *testing.T) {
		s := open(t)
		save(t, s, Full("T1"))
		holds(t, s, Full("T1").Workspace(), Full("T1"))
		plain := install.Installation{TeamID: "T2", BotToken: install.NewSecret("xoxb-2")}
		save(t, s, plain)
		holds(t, s, install.Workspace{TeamID: "T2"}, plain)
	})
	t.Run("a team is found by its id, whether or not its enterprise is named", func(t *testing.T) {
		s := open(t)
		save(t, s, Full("T1"))
		holds(t, s, install.Workspace{TeamID: "T1"}, Full("T1"))
	})
	t.Run("a newer installation takes the place of the older", func(t *testing.T) {
		s := open(t)
		save(t, s, Full("T1"))
		newer := Full("T1")
		newer.BotToken, newer.Scopes = install.NewSecret("xoxb-newer"), nil
		save(t, s, newer)
		holds(t, s, newer.Workspace(), newer)
	})
	t.Run("an enterprise's installation is not a team's", func(t *testing.T) {
		s := open(t)
		save(t, s, Enterprise("E1"))
		holds(t, s, install.Workspace{EnterpriseID: "E1", EnterpriseInstall: true}, Enterprise("E1"))
		holds(t, s, install.Workspace{EnterpriseID: "E1", TeamID: "T1", EnterpriseInstall: true}, Enterprise("E1"))
		empty(t, s, install.Workspace{EnterpriseID: "E1", TeamID: "T1"})
		empty(t, s, install.Workspace{EnterpriseID: "E2", EnterpriseInstall: true})
	})
	t.Run("workspaces are kept apart", func(t *testing.T) {
		s := open(t)
		teams := []string{"T1", "t1", "T1 ", "T/1", "../T1", `T"1`, "T\x001", "T*", "Tä"}
		for _, team := range teams {
			save(t, s, Full(team))
		}
		for _, team := range teams {
			holds(t, s, install.Workspace{TeamID: team}, Full(team))
		}
	})
	t.Run("what the caller changes afterwards does not change what is stored", func(t *testing.T) {
		s := open(t)
		i := Full("T1")
		save(t, s, i)
		i.Scopes[0] = "admin"
		got, _, err := s.Load(t.Context(), i.Workspace())
		if err != nil {
			t.Fatal(err)
		}
		got.Scopes[1] = "admin"
		holds(t, s, i.Workspace(), Full("T1"))
	})
	t.Run("what is deleted is gone, and the others stay", func(t *testing.T) {
		s := open(t)
		save(t, s, Full("T1"))
		save(t, s, Full("T2"))
		save(t, s, Enterprise("E0GRID"))
		if err := s.Delete(t.Context(), install.Workspace{TeamID: "T1"}); err != nil {
			t.Fatal(err)
		}
		empty(t, s, install.Workspace{TeamID: "T1"})
		holds(t, s, install.Workspace{TeamID: "T2"}, Full("T2"))
		holds(t, s, install.Workspace{EnterpriseID: "E0GRID", EnterpriseInstall: true}, Enterprise("E0GRID"))
	})
	t.Run("deleting what was never stored is no error", func(t *testing.T) {
		if err := open(t).Delete(t.Context(), install.Workspace{TeamID: "T1"}); err != nil {
			t.Error(err)
		}
	})
	t.Run("what names no workspace or has no token is an error", func(t *testing.T) {
		s := open(t)
		for _, w := range []install.Workspace{{}, {EnterpriseID: "E1"}, {TeamID: "T1", EnterpriseInstall: true}} {
			if _, _, err := s.Load(t.Context(), w); err == nil {
				t.Errorf("loaded %#v", w)
			}
			if err := s.Delete(t.Context(), w); err == nil {
				t.Errorf("deleted %#v", w)
			}
			i := Full("")
			i.EnterpriseID, i.TeamID, i.EnterpriseInstall = w.EnterpriseID, w.TeamID, w.EnterpriseInstall
			if err := s.Save(t.Context(), i); err == nil {
				t.Errorf("saved %#v", w)
			}
		}
		if err := s.Save(t.Context(), install.Installation{TeamID: "T1"}); err == nil {
			t.Error("saved an installation without a token")
		}
	})
	t.Run("a context that is done is an error, and nothing changes", func(t *testing.T) {
		s := open(t)
		save(t, s, Full("T1"))
		if err := s.Save(done(t), Full("T2")); err == nil {
			t.Error("saved")
		}
		if err := s.Delete(done(t), install.Workspace{TeamID: "T1"}); err == nil {
			t.Error("deleted")
		}
		if _, _, err := s.Load(done(t), install.Workspace{TeamID: "T1"}); err == nil {
			t.Error("loaded")
		}
		holds(t, s, install.Workspace{TeamID: "T1"}, Full("T1"))
		empty(t, s, install.Workspace{TeamID: "T2"})
	})
	t.Run("many may use it at once, and nobody reads half an installation", func(t *testing.T) {
		s := open(t)
		var people sync.WaitGroup
		for n := range 8 {
			people.Go(func() {
				for range 20 {
					if err := s.Save(t.Context(), Full("T1")); err != nil {
						t.Error(err)
					}
					if got, ok, err := s.Load(t.Context(), install.Workspace{TeamID: "T1"}); err != nil || ok && !Same(got, Full("T1")) {
						t.Errorf("%+v, %v", got, err)
					}
					if n == 0 {
						if err := s.Delete(t.Context(), install.Workspace{TeamID: "T1"}); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		people.Wait()
	})
}

// RunBlobs tests the blobs that open makes, each empty, by themselves and as
// what a sealed store lies on.
func RunBlobs(t *testing.T, open func(t *testing.T) install.Blobs) {
	name := fmt.Sprintf("%064x", 1)
	t.Run("values come back byte by byte, until they are replaced or deleted", func(t *testing.T) {
		b := open(t)
		for _, value := range [][]byte{{0, 1, 255, '\n', '\r'}, {}, bytes.Repeat([]byte("x"), 10_000)} {
			if err := b.Put(t.Context(), name, value); err != nil {
				t.Fatal(err)
			}
			if got, ok, err := b.Get(t.Context(), name); err != nil || !ok || !bytes.Equal(got, value) {
				t.Errorf("got %d bytes, %v, %v; want %d bytes", len(got), ok, err, len(value))
			}
		}
		if err := b.Delete(t.Context(), name); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := b.Get(t.Context(), name); ok || err != nil {
			t.Errorf("after deletion: %v, %v", ok, err)
		}
	})
	t.Run("no token is among what is stored, and a value does not open under another name", func(t *testing.T) {
		spy := &spy{Blobs: open(t), values: map[string][]byte{}}
		s := sealed(t, spy)
		for _, team := range []string{"T1", "T2"} {
			if err := s.Save(t.Context(), Full(team)); err != nil {
				t.Fatal(err)
			}
		}
		if len(spy.values) != 2 {
			t.Fatalf("%d values", len(spy.values))
		}
		var names []string
		for name, value := range spy.values {
			names = append(names, name)
			for _, plain := range []string{"xoxb", "xoxe", "chat:write"} {
				if bytes.Contains(value, []byte(plain)) {
					t.Errorf("%q is stored in plain text", plain)
				}
			}
		}
		if err := spy.Blobs.Put(t.Context(), names[0], spy.values[names[1]]); err != nil {
			t.Fatal(err)
		}
		_, _, err1 := s.Load(t.Context(), install.Workspace{TeamID: "T1"})
		_, _, err2 := s.Load(t.Context(), install.Workspace{TeamID: "T2"})
		if (err1 == nil) == (err2 == nil) {
			t.Errorf("one and only one should open: %v, %v", err1, err2)
		}
	})
	RunStore(t, func(t *testing.T) install.Store { return sealed(t, open(t)) })
}

func sealed(t *testing.T, b install.Blobs) *install.Sealed {
	keys, err := install.ParseKeys(fmt.Sprintf("%064x", 7))
	if err != nil {
		t.Fatal(err)
	}
	return install.NewSealed(b, keys)
}

// spy keeps a copy of what is put.
type spy struct {
	install.Blobs
	values map[string][]byte
}

func (s *spy) Put(ctx context.Context, name string, value []byte) error {
	s.values[name] = bytes.Clone(value)
	return s.Blobs.Put(ctx, name, value)
}

// RunStates tests the states that open makes, each empty, which must keep a key
// for [install.StateTime] by the clock.
func RunStates(t *testing.T, open func(t *testing.T, clock *Clock) install.States) {
	start := func(t *testing.T) (install.States, *Clock, func(key string) bool) {
		clock := NewClock()
		s := open(t, clock)
		return s, clock, func(key string) bool {
			t.Helper()
			ok, err := s.Take(t.Context(), key)
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
	}
	put := func(t *testing.T, s install.States, key string) {
		t.Helper()
		if err := s.Put(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("what was never put cannot be taken", func(t *testing.T) {
		if _, _, take := start(t); take("a") {
			t.Error("taken")
		}
	})
	t.Run("what was put can be taken once", func(t *testing.T) {
		s, _, take := start(t)
		put(t, s, "a")
		put(t, s, "b")
		if !take("a") || take("a") || !take("b") || take("b") {
			t.Error("not once each")
		}
	})
	t.Run("it lives ten minutes", func(t *testing.T) {
		s, clock, take := start(t)
		put(t, s, "a")
		put(t, s, "b")
		clock.Advance(install.StateTime - time.Second)
		if !take("a") {
			t.Error("too old too soon")
		}
		clock.Advance(2 * time.Second)
		if take("b") {
			t.Error("taken too late")
		}
	})
	t.Run("of many takers one succeeds", func(t *testing.T) {
		s, _, _ := start(t)
		put(t, s, "a")
		var (
			people sync.WaitGroup
			won    atomic.Int32
		)
		for range 16 {
			people.Go(func() {
				if ok, err := s.Take(t.Context(), "a"); err != nil {
					t.Error(err)
				} else if ok {
					won.Add(1)
				}
			})
		}
		people.Wait()
		if won.Load() != 1 {
			t.Errorf("%d took it", won.Load())
		}
	})
	t.Run("a context that is done is an error, and nothing changes", func(t *testing.T) {
		s, _, take := start(t)
		put(t, s, "a")
		if err := s.Put(done(t), "b"); err == nil {
			t.Error("put")
		}
		if ok, err := s.Take(done(t), "a"); ok || err == nil {
			t.Error("taken")
		}
		if !take("a") || take("b") {
			t.Error("changed")
		}
	})
}

// RunLocker tests the lockers that open makes, each free.
func RunLocker(t *testing.T, open func(t *testing.T) install.Locker) {
	lock := func(t *testing.T, l install.Locker, key string) func() {
		t.Helper()
		unlock, err := l.Lock(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		return unlock
	}
	t.Run("one at a time", func(t *testing.T) {
		l := open(t)
		var (
			people sync.WaitGroup
			inside atomic.Int32
		)
		for range 8 {
			people.Go(func() {
				for range 5 {
					unlock, err := l.Lock(t.Context(), "a")
					if err != nil {
						t.Error(err)
						return
					}
					if inside.Add(1) != 1 {
						t.Error("two at once")
					}
					inside.Add(-1)
					unlock()
				}
			})
		}
		people.Wait()
	})
	t.Run("keys do not wait for one another", func(t *testing.T) {
		l := open(t)
		a := lock(t, l, "a")
		lock(t, l, "b")()
		a()
	})
	t.Run("who waits can give up, and the lock is free afterwards", func(t *testing.T) {
		l := open(t)
		unlock := lock(t, l, "a")
		ctx, stop := context.WithCancel(t.Context())
		gaveUp := make(chan error, 1)
		go func() {
			_, err := l.Lock(ctx, "a")
			gaveUp <- err
		}()
		stop()
		if err := <-gaveUp; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		unlock()
		lock(t, l, "a")()
	})
	t.Run("a context that is done locks nothing", func(t *testing.T) {
		l := open(t)
		if _, err := l.Lock(done(t), "a"); err == nil {
			t.Error("locked")
		}
		lock(t, l, "a")()
	})
}
