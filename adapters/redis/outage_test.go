package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/redis/redistest"
)

// wall is a platform that people look at: what was posted on it, in order.
type wall struct {
	mu    sync.Mutex
	posts []string // keys
	lanes map[string][]string
}

// send posts, and looks first where it must, as a platform's sender does.
func (w *wall) send(_ context.Context, l delivery.Letter) delivery.Result {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !l.Ambiguous || !slices.Contains(w.posts, l.Key) {
		w.posts = append(w.posts, l.Key)
		if w.lanes == nil {
			w.lanes = map[string][]string{}
		}
		w.lanes[l.Lane] = append(w.lanes[l.Lane], l.Key)
	}
	return delivery.Result{Outcome: delivery.Sent}
}

func (w *wall) all() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.posts)
}

// works runs the store's outbox until the test ends.
func (w *wall) works(t *testing.T, o *Outbox) {
	ctx, stop := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() {
		if err := o.Run(ctx, w.send); err != nil {
			t.Errorf("run: %v", err)
		}
	})
	t.Cleanup(func() {
		stop()
		working.Wait()
	})
}

// comes delivers a message as a platform does: again with another nonce until
// somebody has answered it or promises to.
func comes(t *testing.T, s *Store, key, lane string) {
	ledger, outbox := s.Ledger("slack"), s.Outbox("slack")
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		nonce := rand.Text()
		state, err := ledger.Claim(context.Background(), key, nonce)
		switch {
		case err != nil || state == delivery.Held:
			continue
		case state == delivery.Queued || state == delivery.Done:
			return
		}
		if outbox.Put(context.Background(), nonce, delivery.Letter{Key: key, Lane: lane, Group: "g", Ambiguous: state == delivery.Retaken}) == nil {
			return
		}
		_ = ledger.Release(context.Background(), key, nonce)
	}
	t.Errorf("nobody takes %s", key)
}

// floods has so many messages come to the stores by turns, some at once, and
// waits until each was answered.
func floods(t *testing.T, w *wall, many int, stores ...*Store) {
	t.Helper()
	var coming sync.WaitGroup
	for i := range many {
		<-time.After(10 * time.Millisecond)
		coming.Go(func() { comes(t, stores[i%len(stores)], fmt.Sprintf("message %03d", i), fmt.Sprint("lane ", i%7)) })
	}
	coming.Wait()
	t.Cleanup(func() {
		if t.Failed() {
			for _, s := range stores {
				d, err := s.Outbox("slack").Depth(context.Background())
				t.Logf("%d posts; %+v, %v; %+v", len(w.all()), d, err, s.Counts())
			}
		}
	})
	eventually(t, "all are answered", func() bool { return len(w.all()) >= many })
	<-time.After(300 * time.Millisecond) // for one too many
	seen := map[string]int{}
	for _, k := range w.all() {
		seen[k]++
	}
	for i := range many {
		if n := seen[fmt.Sprintf("message %03d", i)]; n != 1 {
			t.Errorf("message %d has %d answers", i, n)
		}
	}
}

func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); <-time.After(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// TestWhateverTheNetworkDoesEachMessageGetsOneAnswer has faults come and go
// between two replicas and their Redis while messages come.
func TestWhateverTheNetworkDoesEachMessageGetsOneAnswer(t *testing.T) {
	const many = 150
	for name, fault := range map[string]func(srv *redistest.Server, p *redistest.Proxy){
		"slow": func(_ *redistest.Server, p *redistest.Proxy) { p.Latency(60 * time.Millisecond) },
		"cut": func(_ *redistest.Server, p *redistest.Proxy) {
			for range 20 {
				p.Cut()
				<-time.After(15 * time.Millisecond)
			}
		},
		"hung": func(_ *redistest.Server, p *redistest.Proxy) {
			p.Blackhole()
			<-time.After(600 * time.Millisecond)
		},
		"refused": func(_ *redistest.Server, p *redistest.Proxy) {
			p.Refuse()
			<-time.After(400 * time.Millisecond)
		},
		"killed": func(srv *redistest.Server, _ *redistest.Proxy) { srv.Restart() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := redistest.Start(t, redistest.Set("appendonly", "yes"), redistest.Set("appendfsync", "always"))
			w, key := &wall{}, rand.Text()
			var stores []*Store
			var proxies []*redistest.Proxy
			for range 2 {
				p := redistest.NewProxy(t, srv.Addr())
				s := opened(t, Config{URL: srv.URLVia(p.Addr), Key: key}, time.Now)
				w.works(t, s.Outbox("slack"))
				stores, proxies = append(stores, s), append(proxies, p)
			}
			stop := make(chan struct{})
			var failing sync.WaitGroup
			failing.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					case <-time.After(200 * time.Millisecond):
					}
					p := proxies[i%len(proxies)]
					fault(srv, p)
					<-time.After(100 * time.Millisecond)
					p.Heal()
				}
			})
			var once sync.Once
			calm := func() { once.Do(func() { close(stop); failing.Wait() }) }
			defer calm()
			floods(t, w, many, stores...)
			calm()
			eventually(t, "nothing waits", func() bool {
				d, err := stores[0].Outbox("slack").Depth(t.Context())
				return err == nil && d == delivery.Depth{}
			})
		})
	}
}

// followed waits until the masters' replicas have caught up.
func followed(t *testing.T, masters ...*redistest.Server) {
	for _, m := range masters {
		c := m.Client()
		eventually(t, "a replica follows", func() bool { return following(c.Info(t.Context(), "replication").Val()) })
	}
}

// TestAReplacedMasterLosesNoLetterAndDoublesNone replaces it while messages
// come.
func TestAReplacedMasterLosesNoLetterAndDoublesNone(t *testing.T) {
	for name, start := range map[string]func(t *testing.T) (Config, func()){
		"Sentinel": func(t *testing.T) (Config, func()) {
			set := redistest.StartSentinels(t)
			followed(t, set.Master)
			return Config{Addrs: set.Addrs(), MasterName: redistest.MasterName}, set.Failover
		},
		"Cluster": func(t *testing.T) (Config, func()) {
			set := redistest.StartCluster(t, true)
			followed(t, set.Masters...)
			cfg := Config{Addrs: set.Addrs(), Key: rand.Text()}
			s := opened(t, cfg, time.Now)
			return cfg, func() { // the master of all that is delivered
				ring, _ := s.rings(t.Context())
				server, err := s.holder(t.Context(), ring.post(delivered("slack"))+"since")
				if err != nil {
					t.Error(err)
					return
				}
				for _, m := range set.Masters {
					if m.Addr() == server.Options().Addr {
						m.Kill()
					}
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, failover := start(t)
			if cfg.Key == "" {
				cfg.Key = rand.Text()
			}
			w := &wall{}
			stores := []*Store{opened(t, cfg, time.Now), opened(t, cfg, time.Now)}
			for _, s := range stores {
				w.works(t, s.Outbox("slack"))
			}
			var replaced sync.WaitGroup
			replaced.Go(func() {
				<-time.After(500 * time.Millisecond)
				failover()
			})
			defer replaced.Wait()
			floods(t, w, 200, stores...)
		})
	}
}

func TestARestartedRedisHasWhatWaitedAndAnEmptyOneServesAnew(t *testing.T) {
	for name, c := range map[string]struct {
		options []redistest.Option
		want    []string
	}{
		"with its log": {[]redistest.Option{redistest.Set("appendonly", "yes"), redistest.Set("appendfsync", "always")}, []string{"before", "after"}},
		"empty":        {nil, []string{"after"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := redistest.Start(t, c.options...)
			s, w := opened(t, Config{URL: srv.URL()}, time.Now), &wall{} // the key of the installation is in Redis, too
			comes(t, s, "before", "lane")
			srv.Restart()
			comes(t, s, "after", "lane")
			w.works(t, s.Outbox("slack"))
			eventually(t, "nothing waits", func() bool {
				d, err := s.Outbox("slack").Depth(t.Context())
				return err == nil && d == delivery.Depth{}
			})
			if got := w.all(); !slices.Equal(got, c.want) {
				t.Errorf("answered %q, want %q", got, c.want)
			}
			if state, err := s.Ledger("slack").Claim(t.Context(), "after", "x"); err != nil || state != delivery.Done {
				t.Errorf("the claim afterwards: %v, %v", state, err)
			}
		})
	}
}

// TestARedisThatTakesNoWritesPromisesNothing: what was begun is told as an
// error at once, so that the platform comes again, and goes on afterwards.
func TestARedisThatTakesNoWritesPromisesNothing(t *testing.T) {
	srv := redistest.Start(t)
	s, w := opened(t, Config{URL: srv.URL()}, time.Now), &wall{}
	ctx, admin := t.Context(), srv.Client()
	comes(t, s, "before", "lane")
	if _, err := s.Ledger("slack").Claim(ctx, "held", "n"); err != nil {
		t.Fatal(err)
	}
	if err := admin.Do(ctx, "REPLICAOF", "127.0.0.1", "1").Err(); err != nil {
		t.Fatal(err)
	}
	w.works(t, s.Outbox("slack"))
	start := time.Now()
	if _, err := s.Ledger("slack").Claim(ctx, "new", "n"); err == nil {
		t.Error("claimed")
	}
	if err := s.Outbox("slack").Put(ctx, "n", delivery.Letter{Key: "held"}); err == nil {
		t.Error("put")
	}
	if err := s.Ledger("slack").Done(ctx, "held", "n"); err == nil || errors.Is(err, delivery.ErrLost) {
		t.Errorf("done: %v", err)
	}
	if took := time.Since(start); took > slack {
		t.Errorf("it took %v to say so", took)
	}
	if !s.Answers() {
		t.Error("a server that says no at once is taken for one that hangs")
	}
	if err := admin.Do(ctx, "REPLICAOF", "NO", "ONE").Err(); err != nil {
		t.Fatal(err)
	}
	comes(t, s, "new", "lane")
	eventually(t, "both are answered", func() bool { return len(w.all()) == 2 })
	if err := s.Ledger("slack").Done(ctx, "held", "n"); err != nil {
		t.Errorf("done: %v", err)
	}
}

// TestAFullRedisTakesNothingNewAndFinishesWhatItHas
func TestAFullRedisTakesNothingNewAndFinishesWhatItHas(t *testing.T) {
	srv := redistest.Start(t)
	s, w := opened(t, Config{URL: srv.URL()}, time.Now), &wall{}
	ctx, admin := t.Context(), srv.Client()
	comes(t, s, "before", "lane")
	if err := s.Outbox("slack").Put(ctx, "n", delivery.Letter{Key: "later", Lane: "other", NotBefore: time.Now().Add(400 * time.Millisecond)}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Ledger("slack").Claim(ctx, "held", "n"); err != nil {
		t.Fatal(err)
	}
	if err := admin.ConfigSet(ctx, "maxmemory", "1").Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Ledger("slack").Claim(ctx, "new", "n"); err == nil || !strings.Contains(s.sentence(err).Error(), "maxmemory") {
		t.Errorf("claim: %v", err)
	}
	if err := s.Outbox("slack").Put(ctx, "n", delivery.Letter{Key: "held"}); err == nil {
		t.Error("put")
	}
	if err := s.Ledger("slack").Done(ctx, "held", "n"); err != nil {
		t.Errorf("done: %v", err)
	}
	w.works(t, s.Outbox("slack"))
	eventually(t, "what waited is answered", func() bool { return len(w.all()) == 2 })
	if err := admin.ConfigSet(ctx, "maxmemory", "0").Err(); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"before", "later", "held"} {
		if state, err := s.Ledger("slack").Claim(ctx, key, "x"); err != nil || state != delivery.Done {
			t.Errorf("%s: %v, %v", key, state, err)
		}
	}
	comes(t, s, "new", "lane")
	eventually(t, "the new one is answered", func() bool { return len(w.all()) == 3 })
}

// TestAPutThatNoReplicaHasIsNoPromise cuts the replica off, as a network does
// that leaves a master alone with its clients while Sentinels choose another.
func TestAPutThatNoReplicaHasIsNoPromise(t *testing.T) {
	srv := redistest.Start(t, redistest.Set("repl-diskless-sync-delay", "0"))
	p := redistest.NewProxy(t, srv.Addr())
	_, port, _ := strings.Cut(p.Addr, ":")
	replica := redistest.Start(t, redistest.Set("replicaof", "127.0.0.1 "+port)).Client()
	s, ctx := opened(t, Config{URL: srv.URL()}, time.Now), t.Context()
	followed(t, srv)
	comes(t, s, "kept", "lane")
	ring, err := s.rings(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if n := replica.ZCard(ctx, ring.post(delivered("slack"))+"since").Val(); n != 1 {
		t.Errorf("the replica has %d letters at once", n)
	}
	p.Blackhole()
	start := time.Now()
	err = s.Outbox("slack").Put(ctx, "n", delivery.Letter{Key: "alone", Lane: "lane"})
	if !errors.Is(err, errAlone) {
		t.Errorf("put: %v", err)
	}
	if took := time.Since(start); took > BudgetTime {
		t.Errorf("it took %v", took)
	}
	if state, err := s.Ledger("slack").Claim(ctx, "alone", "x"); err != nil || state != delivery.Queued {
		t.Errorf("who comes again is told %v, %v", state, err)
	}
	if advice, err := s.Check(ctx); err != nil || !slices.ContainsFunc(advice, func(a string) bool { return strings.Contains(a, "does not keep up") }) {
		t.Errorf("check: %q, %v", advice, err)
	}
	if c := s.Counts(); c.Opened > 0 || c.Timeouts+c.Unreachable > 0 {
		t.Errorf("it is held against Redis: %+v", c)
	}
}

func TestWhatEndsAnAnswerIsWrittenDownThoughTheQuestionsTimeIsUsedUp(t *testing.T) {
	srv := redistest.Start(t)
	s, ctx := opened(t, Config{URL: srv.URL()}, time.Now), Budget(t.Context())
	ledger := s.Ledger("slack")
	for _, key := range []string{"done", "released", "put"} {
		if _, err := ledger.Claim(ctx, key, "n"); err != nil {
			t.Fatal(err)
		}
	}
	p, _ := ctx.Value(purseKey{}).(*purse)
	p.left.Store(0)
	if _, err := ledger.Claim(ctx, "another", "n"); !errors.Is(err, errSpent) {
		t.Errorf("claim: %v", err)
	}
	if err := errors.Join(ledger.Done(ctx, "done", "n"), ledger.Release(ctx, "released", "n"), s.Outbox("slack").Put(ctx, "n", delivery.Letter{Key: "put"})); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]delivery.State{"done": delivery.Done, "released": delivery.Won, "put": delivery.Queued} {
		if got, err := ledger.Claim(t.Context(), key, "x"); err != nil || got != want {
			t.Errorf("%s: %v, %v", key, got, err)
		}
	}
}
