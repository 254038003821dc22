package redis

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/redis/redistest"
	"careerbot/bot"
)

// slack is what a loaded machine may add to a time.
const slack = 300 * time.Millisecond

func TestAServerThatDoesNotAnswerCostsAQuestionItsBudgetOnce(t *testing.T) {
	srv := redistest.Start(t)
	p := redistest.NewProxy(t, srv.Addr())
	log := &logged{}
	s := opened(t, Config{URL: srv.URLVia(p.Addr), Log: log.logger()}, time.Now)
	m, set := s.Memory(bot.TimeToLive), s.Settings()
	if err := m.Save(t.Context(), about("before", "ann"), "a"); err != nil {
		t.Fatal(err)
	}
	p.Blackhole()
	question := func() time.Duration {
		t.Helper()
		ctx, start := Budget(t.Context()), time.Now()
		if _, err := set.Get(ctx, "region"); err == nil {
			t.Error("a setting that cannot be known is no error")
		}
		if _, err := m.Load(ctx, "a"); err != nil {
			t.Errorf("load: %v", err)
		}
		if err := m.Save(ctx, about("meanwhile", "ann"), "a", "b"); err != nil {
			t.Errorf("save: %v", err)
		}
		return time.Since(start)
	}
	if took := question(); took < BudgetTime/2 || took > BudgetTime+slack {
		t.Errorf("the first question waited %v", took)
	}
	for range tripAfter {
		question()
	}
	if s.Answers() || s.Counts().Opened == 0 {
		t.Fatalf("the breaker is not open: %+v", s.Counts())
	}
	if took := question(); took > slack/2 {
		t.Errorf("with the breaker open a question waited %v", took)
	}
	if c, err := m.Load(t.Context(), "b"); err != nil || roles(c) != "meanwhile" {
		t.Errorf("this process kept %v, %v", roles(c), err)
	}
	c := s.Counts()
	if c.Timeouts == 0 || c.Spared == 0 || c.Spent == 0 || c.Local == 0 || !c.Open || c.Refused+c.Unreachable+c.Garbage != 0 {
		t.Errorf("%+v", c)
	}
	p.Heal()
	answersAgain(t, s, m)
	if log.count("answers again") != 1 || log.count("does not answer; working") == 0 {
		t.Errorf("log:\n%s", log.b.String())
	}
}

func TestManyQuestionsAtOnceWaitNoLongerThanOne(t *testing.T) {
	p := redistest.NewProxy(t, redistest.Start(t).Addr())
	p.Blackhole()
	s := opened(t, Config{URL: "redis://" + p.Addr}, time.Now) // it has never been reached: the key of the installation is not known
	m := s.Memory(bot.TimeToLive)
	var questions sync.WaitGroup
	for range 50 {
		questions.Go(func() {
			ctx, start := Budget(t.Context()), time.Now()
			if _, err := m.Load(ctx, "a"); err != nil {
				t.Errorf("load: %v", err)
			}
			if err := m.Save(ctx, about("x", "ann"), "a"); err != nil {
				t.Errorf("save: %v", err)
			}
			if took := time.Since(start); took > BudgetTime+slack {
				t.Errorf("a question waited %v", took)
			}
		})
	}
	questions.Wait()
}

// answersAgain waits until the store serves from Redis.
func answersAgain(t *testing.T, s *Store, m *Memory) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); ; {
		local := s.Counts().Local
		if _, err := m.Load(context.Background(), "probe"); err == nil && s.Answers() && s.Counts().Local == local {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("it did not come back: %+v", s.Counts())
		}
		<-time.After(20 * time.Millisecond)
	}
}

func TestWhatThisProcessKeptMeanwhileGoesToRedisAfterwards(t *testing.T) {
	srv := redistest.Start(t)
	p := redistest.NewProxy(t, srv.Addr())
	s, other := opened(t, Config{URL: srv.URLVia(p.Addr)}, time.Now), opened(t, Config{URL: srv.URL()}, time.Now)
	m, o := s.Memory(bot.TimeToLive), other.Memory(bot.TimeToLive)
	for _, name := range []string{"kept", "forgotten"} {
		if err := m.Save(t.Context(), about("before", name), name); err != nil {
			t.Fatal(err)
		}
	}
	p.Refuse()
	for _, name := range []string{"kept", "forgotten", "newer"} {
		if err := m.Save(t.Context(), about("meanwhile", name), name); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.Forget(t.Context(), "forgotten"); err != nil {
		t.Fatal(err)
	}
	if err := o.Save(t.Context(), about("newest", "newer"), "newer"); err != nil {
		t.Fatal(err)
	}
	p.Heal()
	answersAgain(t, s, m)
	for name, want := range map[string]string{"kept": "meanwhile", "forgotten": "", "newer": "newest"} {
		for range 2 {
			if c, err := m.Load(t.Context(), name); err != nil || roles(c) != want {
				t.Errorf("%s: here %q, %v; want %q", name, roles(c), err, want)
			}
		}
		if c, err := o.Load(t.Context(), name); err != nil || roles(c) != want {
			t.Errorf("%s: there %q, %v; want %q", name, roles(c), err, want)
		}
	}
}

func TestWithoutRedisWhoAsksForTheirDataIsToldThatItCannotBeReached(t *testing.T) {
	srv := redistest.Start(t)
	s := opened(t, Config{URL: srv.URL()}, time.Now)
	m, set := s.Memory(bot.TimeToLive), s.Settings()
	srv.Kill()
	ctx := t.Context()
	if err := m.Save(ctx, about("meanwhile", "ann"), "a"); err != nil {
		t.Fatal(err)
	}
	if err := set.Set(ctx, "region", "Germany", time.Hour, "ann"); err == nil {
		t.Error("a setting that will not last is no error")
	}
	if got, err := set.Get(ctx, "region"); got != "Germany" || err != nil {
		t.Errorf("meanwhile it is %q, %v", got, err)
	}
	if _, err := m.Owned(ctx, "ann"); err == nil {
		t.Error("owned: no error")
	}
	if err := m.Forget(ctx, "ann"); err == nil {
		t.Error("forgotten: no error")
	}
	if err := set.Forget(ctx, "ann"); err == nil {
		t.Error("setting forgotten: no error")
	}
	if c, err := m.Load(ctx, "a"); err != nil || roles(c) != "" {
		t.Errorf("this process did not forget: %v, %v", roles(c), err)
	}
	if got, _ := set.Get(ctx, "region"); got != "" {
		t.Errorf("this process did not forget the setting: %q", got)
	}
	if _, _, err := s.Blobs().Get(ctx, "a"); err == nil {
		t.Error("a token that cannot be looked for looks like none")
	}
}

func TestItStartsWithoutRedisAndServesWhenRedisIsThere(t *testing.T) {
	srv := redistest.Start(t)
	srv.Kill()
	s := opened(t, Config{URL: srv.URL()}, time.Now)
	m := s.Memory(bot.TimeToLive)
	start := time.Now()
	if err := m.Save(t.Context(), about("meanwhile", "ann"), "a"); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took > slack {
		t.Errorf("a refused connection took %v", took)
	}
	if _, err := s.Check(t.Context()); err == nil {
		t.Error("all is well")
	}
	srv.Restart()
	answersAgain(t, s, m)
	if c, err := m.Load(t.Context(), "a"); err != nil || roles(c) != "meanwhile" {
		t.Errorf("%v, %v", roles(c), err)
	}
	if _, err := s.Check(t.Context()); err != nil {
		t.Errorf("check: %v", err)
	}
}

func TestAConnectionThatBreaksIsMadeAnew(t *testing.T) {
	srv := redistest.Start(t)
	p := redistest.NewProxy(t, srv.Addr())
	s := opened(t, Config{URL: srv.URLVia(p.Addr)}, time.Now)
	m := s.Memory(bot.TimeToLive)
	for range 10 {
		if err := m.Save(t.Context(), about("x", "ann"), "a"); err != nil {
			t.Fatal(err)
		}
		p.Cut()
	}
	if c, err := m.Load(t.Context(), "a"); err != nil || roles(c) != "x" {
		t.Errorf("%v, %v", roles(c), err)
	}
	if c := s.Counts(); c.Local > 0 || c.Opened > 0 {
		t.Errorf("%+v", c)
	}
}

func TestASlowServerServesWithinTheBudget(t *testing.T) {
	srv := redistest.Start(t)
	p := redistest.NewProxy(t, srv.Addr())
	s := opened(t, Config{URL: srv.URLVia(p.Addr)}, time.Now)
	m := s.Memory(bot.TimeToLive)
	if err := m.Save(t.Context(), about("x", "ann"), "a"); err != nil { // the connection stands
		t.Fatal(err)
	}
	p.Latency(60 * time.Millisecond)
	ctx := Budget(t.Context())
	if c, err := m.Load(ctx, "a"); err != nil || roles(c) != "x" {
		t.Errorf("%v, %v", roles(c), err)
	}
	if err := m.Save(ctx, about("y", "ann"), "a"); err != nil {
		t.Fatal(err)
	}
	if c := s.Counts(); c.Local > 0 {
		t.Errorf("%+v", c)
	}
}

func TestWhoGivesUpIsNotHeldAgainstRedis(t *testing.T) {
	srv := redistest.Start(t)
	p := redistest.NewProxy(t, srv.Addr())
	s := opened(t, Config{URL: srv.URLVia(p.Addr)}, time.Now)
	m := s.Memory(bot.TimeToLive)
	if err := m.Save(t.Context(), about("x", "ann"), "a"); err != nil {
		t.Fatal(err)
	}
	p.Latency(100 * time.Millisecond)
	for range 2 * tripAfter {
		ctx, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
		if _, err := m.Load(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		stop()
	}
	if c := s.Counts(); c.Opened > 0 || c.Timeouts > 0 {
		t.Errorf("%+v", c)
	}
}

func TestAReplicaTakesOver(t *testing.T) {
	t.Run("Sentinel", func(t *testing.T) {
		set := redistest.StartSentinels(t)
		failsOver(t, Config{Addrs: set.Addrs(), MasterName: redistest.MasterName}, set.Failover)
	})
	t.Run("Cluster", func(t *testing.T) {
		set := redistest.StartCluster(t, true)
		failsOver(t, Config{Addrs: set.Addrs()}, set.Masters[0].Kill)
	})
}

// failsOver talks on while a master fails over: no question is an error or
// waits longer than its budget, and in the end Redis serves again.
func failsOver(t *testing.T, cfg Config, failover func()) {
	s := opened(t, cfg, time.Now)
	m := s.Memory(bot.TimeToLive)
	names := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	question := func(name string) {
		t.Helper()
		ctx, start := Budget(t.Context()), time.Now()
		if _, err := m.Load(ctx, name); err != nil {
			t.Errorf("load: %v", err)
		}
		if err := m.Save(ctx, about(name, "ann"), name); err != nil {
			t.Errorf("save: %v", err)
		}
		if took := time.Since(start); took > BudgetTime+slack {
			t.Errorf("a question waited %v", took)
		}
	}
	for _, n := range names {
		question(n)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		failover()
	}()
	for end := time.Now().Add(20 * time.Second); ; {
		local := s.Counts().Local
		for _, n := range names {
			question(n)
		}
		<-time.After(20 * time.Millisecond)
		select {
		case <-done:
			if s.Counts().Local == local && s.Answers() {
				return
			}
		default:
		}
		if time.Now().After(end) {
			t.Fatalf("it did not come back: %+v", s.Counts())
		}
	}
}
