package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/redis/redistest"
	"careerbot/adapters/slack/slacktest"
)

// replica is the program as a process of its own, which can be killed.
type replica struct {
	t       *testing.T
	env     []string
	address string
	mu      sync.Mutex
	cmd     *exec.Cmd
	log     bytes.Buffer
}

func (r *replica) start() {
	r.t.Helper()
	address := freeAddress(r.t)
	cmd := exec.Command("careerbot", "serve")
	cmd.Env = append(os.Environ(), append(r.env, "LISTEN_ADDR="+address, "ADMIN_ADDR=127.0.0.1:0")...)
	cmd.Stderr = &r.log
	if err := cmd.Start(); err != nil {
		r.t.Fatal(err)
	}
	for range 500 {
		if res, err := http.Get("http://" + address + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				r.mu.Lock()
				r.cmd, r.address = cmd, address
				r.mu.Unlock()
				return
			}
		}
		<-time.After(10 * time.Millisecond)
	}
	r.t.Fatalf("it is not ready: %s", r.log.String())
}

// kill ends the process as a power cut does.
func (r *replica) kill() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cmd != nil {
		_ = r.cmd.Process.Kill()
		_ = r.cmd.Wait()
		r.cmd, r.address = nil, ""
	}
}

func (r *replica) at() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.address
}

// cluster is three replicas behind a balancer, with one Redis.
type cluster struct {
	*slacktest.Workspace
	redis    *redistest.Server
	proxy    *redistest.Proxy // before Redis
	replicas []*replica
}

func newCluster(t *testing.T, n int) *cluster {
	server := redistest.Start(t)
	proxy := redistest.NewProxy(t, server.Addr())
	c := replicasWith(t, n, "REDIS_URL="+server.URLVia(proxy.Addr))
	c.redis, c.proxy = server, proxy
	return c
}

// replicasWith are replicas whose Redis is where these settings say.
func replicasWith(t *testing.T, n int, settings ...string) *cluster {
	c := &cluster{Workspace: slacktest.New(t, slacktest.Options{
		Retries: []time.Duration{0, 2 * time.Second, 5 * time.Second}, Patience: 20 * time.Second})}
	for _, id := range []string{"C1", "C2", "C3"} {
		c.AddChannel(slacktest.Channel{ID: id, Name: strings.ToLower(id)})
	}
	for i := range 100 {
		c.AddUser(slacktest.User{ID: fmt.Sprint("U", i), Name: fmt.Sprint("u", i)})
	}
	for range n {
		r := &replica{t: t, env: append(settings, "DELIVERY_LEASE=2s", "SLACK_BOT_TOKEN="+c.BotToken(),
			"SLACK_SIGNING_SECRET="+c.SigningSecret(), "SLACK_API_URL="+c.APIURL(), "SLACK_RESPONSE_URL_HOSTS="+c.Host())}
		r.start()
		t.Cleanup(r.kill)
		c.replicas = append(c.replicas, r)
	}
	balancer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		for _, i := range rand.Perm(len(c.replicas)) {
			if at := c.replicas[i].at(); at != "" {
				proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: at})
				proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
				proxy.ServeHTTP(w, req)
				return
			}
		}
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(balancer.Close)
	c.Target(balancer.URL)
	return c
}

var asks = []string{"what does an SRE do?", "pay of a data engineer in Germany", "backend vs devops", "tools of a DBA", "how do I become a UX designer?"}

// TestReplicasThatAreKilledLoseAndDoubleNothing kills replicas while people
// ask: every question is answered once.
func TestReplicasThatAreKilledLoseAndDoubleNothing(t *testing.T) {
	c := newCluster(t, 3)
	stop := make(chan struct{})
	var killer sync.WaitGroup
	killer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(300 * time.Millisecond):
			}
			r := c.replicas[i%len(c.replicas)]
			r.kill()
			r.start()
		}
	})
	var people sync.WaitGroup
	posts := make([]slacktest.Post, 90)
	for i := range posts {
		<-time.After(25 * time.Millisecond)
		people.Go(func() {
			posts[i] = c.Mention(fmt.Sprint("U", i), fmt.Sprintf("C%d", 1+i%3), asks[i%len(asks)])
			posts[i].Wait()
		})
	}
	people.Wait()
	close(stop)
	killer.Wait()
	for i, p := range posts {
		c.Await(fmt.Sprintf("question %d is answered", i), func() bool { return len(c.Thread(p.Channel, p.TS)) > 0 })
	}
	<-time.After(time.Second)
	lost, twice := 0, 0
	for _, p := range posts {
		switch n := len(c.Thread(p.Channel, p.TS)); {
		case n == 0:
			lost++
		case n > 1:
			twice++
		}
	}
	if lost+twice > 0 {
		t.Errorf("of %d questions %d are lost and %d were answered twice", len(posts), lost, twice)
	}
}

// TestAnyReplicaGoesOnWithATalk asks the first and goes on with another.
func TestAnyReplicaGoesOnWithATalk(t *testing.T) {
	c := newCluster(t, 3)
	for i := range 6 {
		user := fmt.Sprint("U", i)
		first := c.DM(user, "pay of a data engineer in Germany")
		first.Wait()
		second := c.DM(user, "and in France?")
		second.Wait()
		c.Await("an answer", func() bool { return len(c.Thread(c.DMChannel(user), second.Root())) > 0 })
		if m := c.Thread(c.DMChannel(user), second.Root())[0]; !strings.Contains(m.Text, "Data Engineer") || !strings.Contains(m.Text, "France") {
			t.Fatalf("the follow-up is answered %.200s", m.Text)
		}
	}
	c.NoFaults()
}

// TestWithoutRedisQuestionsAreAnsweredInTime has Redis fail in each of the ways
// that a network knows, and come back.
func TestWithoutRedisQuestionsAreAnsweredInTime(t *testing.T) {
	for _, way := range []struct {
		name string
		fail func(c *cluster, p *redistest.Proxy)
		heal func(c *cluster, p *redistest.Proxy)
	}{
		{"killed", func(c *cluster, _ *redistest.Proxy) { c.redis.Kill() }, func(c *cluster, _ *redistest.Proxy) { c.redis.Restart() }},
		{"hung", func(_ *cluster, p *redistest.Proxy) { p.Blackhole() }, func(_ *cluster, p *redistest.Proxy) { p.Heal() }},
		{"refused", func(_ *cluster, p *redistest.Proxy) { p.Refuse() }, func(_ *cluster, p *redistest.Proxy) { p.Heal() }},
		{"cut", func(_ *cluster, p *redistest.Proxy) { p.Cut() }, func(_ *cluster, p *redistest.Proxy) { p.Heal() }},
		{"slow", func(_ *cluster, p *redistest.Proxy) { p.Latency(60 * time.Millisecond) }, func(_ *cluster, p *redistest.Proxy) { p.Heal() }},
	} {
		t.Run(way.name, func(t *testing.T) {
			c := newCluster(t, 2)
			asked := 0
			ask := func() {
				t.Helper()
				start := time.Now()
				asked++
				p := c.Mention(fmt.Sprint("U", asked), "C1", "what does an SRE do?")
				if !p.Wait() {
					t.Error("not acknowledged")
				}
				if d := time.Since(start); d > 3*time.Second {
					t.Errorf("took %v", d)
				}
				c.Await("an answer", func() bool { return len(c.Thread("C1", p.TS)) > 0 })
				if n := len(c.Thread("C1", p.TS)); n != 1 {
					t.Errorf("%d answers", n)
				}
			}
			ask()
			way.fail(c, c.proxy)
			for range 5 {
				ask()
			}
			way.heal(c, c.proxy)
			for range 5 {
				ask()
			}
			c.NoFaults()
		})
	}
}

// TestAMasterThatIsReplacedLosesNothing has Sentinel put a replica in the
// master's place while people ask, and talk on.
func TestAMasterThatIsReplacedLosesNothing(t *testing.T) {
	sentinels := redistest.StartSentinels(t)
	c := replicasWith(t, 2, "REDIS_ADDRS="+strings.Join(sentinels.Addrs(), ","), "REDIS_MASTER_NAME="+redistest.MasterName)
	var people sync.WaitGroup
	posts := make([]slacktest.Post, 60)
	for i := range posts {
		<-time.After(50 * time.Millisecond)
		if i == 15 {
			people.Go(sentinels.Failover)
		}
		people.Go(func() {
			posts[i] = c.Mention(fmt.Sprint("U", i), fmt.Sprintf("C%d", 1+i%3), asks[i%len(asks)])
			posts[i].Wait()
		})
	}
	people.Wait()
	for i, p := range posts {
		c.Await(fmt.Sprintf("question %d is answered", i), func() bool { return len(c.Thread(p.Channel, p.TS)) > 0 })
		if n := len(c.Thread(p.Channel, p.TS)); n != 1 {
			t.Errorf("question %d has %d answers", i, n)
		}
	}
	first := c.DM("U99", "pay of a data engineer in Germany")
	first.Wait()
	second := c.DM("U99", "and in France?")
	second.Wait()
	c.Await("an answer", func() bool { return len(c.Thread(c.DMChannel("U99"), second.Root())) > 0 })
	if m := c.Thread(c.DMChannel("U99"), second.Root())[0]; !strings.Contains(m.Text, "Data Engineer") {
		t.Errorf("after it the follow-up is answered %.200s", m.Text)
	}
}

// TestWithoutItsRedisAReplicaAnswersAndIsNotReady starts before its Redis does.
func TestWithoutItsRedisAReplicaAnswersAndIsNotReady(t *testing.T) {
	server := redistest.Start(t)
	url := server.URL()
	server.Kill()
	w := slacktest.New(t, slacktest.Options{})
	w.AddChannel(slacktest.Channel{ID: "C1", Name: "c1"})
	w.AddUser(slacktest.User{ID: "U1", Name: "ann"})
	s := serve(t, map[string]string{"REDIS_URL": url, "SLACK_BOT_TOKEN": w.BotToken(), "SLACK_SIGNING_SECRET": w.SigningSecret(), "SLACK_API_URL": w.APIURL()})
	w.Target("http://" + s.address)
	if status, text := s.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(text, "Redis has not answered yet") {
		t.Errorf("/readyz: %d %s", status, text)
	}
	if r := w.Command("U1", "C1", "what does an SRE do?"); len(r.Messages()) != 1 {
		t.Error("it does not answer")
	}
	server.Restart()
	for range 500 {
		if status, _ := s.get("/readyz"); status == http.StatusOK {
			return
		}
		<-time.After(20 * time.Millisecond)
	}
	t.Error("it is not ready once Redis answers")
}

// TestWhatSlackDoesNotTakeForLongArrivesWhenItDoes has Slack refuse every post
// while replicas are killed.
func TestWhatSlackDoesNotTakeForLongArrivesWhenItDoes(t *testing.T) {
	c := newCluster(t, 3)
	c.Fail("chat.postMessage", slacktest.Failure{Status: http.StatusServiceUnavailable, Times: -1})
	var people sync.WaitGroup
	posts := make([]slacktest.Post, 24)
	for i := range posts {
		people.Go(func() {
			posts[i] = c.Mention(fmt.Sprint("U", i), fmt.Sprintf("C%d", 1+i%3), asks[i%len(asks)])
			posts[i].Wait()
		})
	}
	people.Wait()
	for _, r := range c.replicas {
		r.kill()
		r.start()
	}
	c.Heal()
	start := time.Now()
	for i, p := range posts {
		c.Await(fmt.Sprintf("question %d is answered", i), func() bool { return len(c.Thread(p.Channel, p.TS)) > 0 })
	}
	t.Logf("all answered %v after Slack was back", time.Since(start))
	<-time.After(5 * time.Second) // for what a dead replica had begun
	for i, p := range posts {
		if n := len(c.Thread(p.Channel, p.TS)); n != 1 {
			t.Errorf("question %d has %d answers", i, n)
		}
	}
}
