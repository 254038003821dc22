package redis

import (
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/redis/redistest"
	"careerbot/bot"
)

const secret = "hunter2-and-more"

func TestCheckSaysInASentenceWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(t *testing.T) Config
		want []string
	}{
		"nobody listens": {func(t *testing.T) Config {
			s := redistest.Start(t)
			s.Kill()
			return Config{URL: "redis://:" + secret + "@" + s.Addr()}
		}, []string{"cannot be reached", "REDIS_URL", "refused"}},
		"no such host": {func(*testing.T) Config { return Config{URL: "redis://:" + secret + "@redis.invalid"} },
			[]string{"cannot be reached", "REDIS_URL"}},
		"it hangs": {func(t *testing.T) Config {
			p := redistest.NewProxy(t, redistest.Start(t).Addr())
			p.Blackhole()
			return Config{URL: "redis://:" + secret + "@" + p.Addr}
		}, []string{"does not answer in time", "REDIS_URL"}},
		"something else listens": {func(t *testing.T) Config { return Config{URL: "redis://:" + secret + "@" + rude(t)} },
			[]string{"Redis"}},
		"no password": {func(t *testing.T) Config {
			return Config{URL: "redis://" + redistest.Start(t, redistest.Password(secret)).Addr()}
		}, []string{"wants a password", "REDIS_PASSWORD"}},
		"a wrong password": {func(t *testing.T) Config {
			return Config{URL: "redis://:" + secret + "x@" + redistest.Start(t, redistest.Password(secret)).Addr()}
		}, []string{"refuses", "REDIS_PASSWORD"}},
		"a password too many": {func(t *testing.T) Config {
			return Config{URL: "redis://nobody:" + secret + "@" + redistest.Start(t).Addr()}
		}, []string{"REDIS_PASSWORD"}},
		"a user who may not run scripts": {func(t *testing.T) Config {
			return Config{URL: redistest.Start(t, redistest.User("bot", secret, "~* +@all -@scripting")).URL()}
		}, []string{"may not", permissions}},
		"a user with other keys": {func(t *testing.T) Config {
			return Config{URL: redistest.Start(t, redistest.User("bot", secret, "~other:* +@all")).URL()}
		}, []string{"may not", permissions}},
		"TLS against plain": {func(t *testing.T) Config {
			return Config{URL: "rediss://:" + secret + "@" + redistest.Start(t).Addr()}
		}, []string{"no TLS", "redis://"}},
		"plain against TLS": {func(t *testing.T) Config {
			return Config{URL: "redis://:" + secret + "@" + redistest.Start(t, redistest.TLS()).Addr()}
		}, []string{"TLS", "rediss://"}},
		"a certificate of who knows whom": {func(t *testing.T) Config {
			return Config{URL: redistest.Start(t, redistest.TLS()).URL()}
		}, []string{"certificate", "REDIS_CA_FILE"}},
		"no such database": {func(t *testing.T) Config { return Config{URL: redistest.Start(t).URL() + "/99"} },
			[]string{"database", "REDIS_URL"}},
		"a Sentinel that knows no such master": {func(t *testing.T) Config {
			return Config{Addrs: redistest.StartSentinels(t).Addrs(), MasterName: "other"}
		}, []string{"Sentinels", `"other"`, "REDIS_MASTER_NAME"}},
		"Sentinels that are not there": {func(t *testing.T) Config {
			s := redistest.Start(t)
			s.Kill()
			return Config{Addrs: []string{s.Addr()}, MasterName: "m", Password: secret}
		}, []string{"cannot be reached", "REDIS_ADDRS"}},
		"a server that is no Sentinel": {func(t *testing.T) Config {
			return Config{Addrs: []string{redistest.Start(t).Addr()}, MasterName: "m", Password: secret}
		}, []string{"Sentinel", "REDIS_ADDRS"}},
		"a seed of a Cluster, not named as one": {func(t *testing.T) Config {
			return Config{URL: "redis://" + redistest.StartCluster(t, false).Addrs()[0]}
		}, []string{"Cluster", "REDIS_CLUSTER=1"}},
		"a Cluster that is none": {func(t *testing.T) Config {
			return Config{URL: "redis://" + redistest.Start(t).Addr(), Cluster: "1"}
		}, []string{"no Redis Cluster", "REDIS_CLUSTER"}},
		"a full server": {func(t *testing.T) Config {
			return Config{URL: redistest.Start(t, redistest.Set("maxmemory", "1")).URL()}
		}, []string{"memory", "maxmemory"}},
		"a replica": {func(t *testing.T) Config {
			return Config{URL: redistest.StartSentinels(t).Replica.URL()}
		}, []string{"replica", "master"}},
	} {
		t.Run(name, func(t *testing.T) {
			log := &logged{}
			cfg := c.set(t)
			cfg.Log = log.logger()
			s := opened(t, cfg, time.Now)
			start := time.Now()
			_, err := s.Check(t.Context())
			if err == nil {
				t.Fatal("all is well")
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q lacks %q", err, w)
				}
			}
			if took := time.Since(start); took > checkTime+slack {
				t.Errorf("it took %v", took)
			}
			m := s.Memory(bot.TimeToLive)
			for range 3 {
				if err := m.Save(t.Context(), about("x", "ann"), "a"); err != nil {
					t.Errorf("save: %v", err)
				}
				if _, err := m.Load(t.Context(), "a"); err != nil {
					t.Errorf("load: %v", err)
				}
			}
			if c := s.Counts(); c.Local == 0 || c.Timeouts+c.Unreachable+c.Refused == 0 {
				t.Errorf("it looks as if Redis served: %+v", c)
			}
			text := err.Error()
			if strings.Contains(text, "\n") {
				t.Errorf("%q is no sentence", text)
			}
			if _, err := m.Owned(t.Context(), "ann"); err != nil {
				text += err.Error()
			}
			if text += log.b.String(); strings.Contains(text, secret) {
				t.Errorf("%q shows the password", text)
			}
		})
	}
}

// rude is something that answers as no Redis does.
func rude(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n"))
			_ = c.Close()
		}
	}()
	return l.Addr().String()
}

func TestCheckAdvisesOnWhatWillDoAndShouldBeBetter(t *testing.T) {
	for name, c := range map[string]struct {
		options []redistest.Option
		want    []string // one for each piece of advice
	}{
		"all as it should be": {[]redistest.Option{redistest.Set("appendonly", "yes")}, nil},
		"keys may be thrown out": {[]redistest.Option{redistest.Set("appendonly", "yes"), redistest.Set("maxmemory-policy", "allkeys-lru")},
			[]string{"allkeys-lru"}},
		"nothing goes to disk": {nil, []string{"appendonly yes"}},
		"INFO may not be seen": {[]redistest.Option{redistest.User("bot", secret, "~careerbot:* +@all -@dangerous")}, []string{"+info"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := opened(t, Config{URL: redistest.Start(t, c.options...).URL()}, time.Now)
			advice, err := s.Check(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(advice) != len(c.want) {
				t.Errorf("advice: %q", advice)
			}
			for _, w := range c.want {
				if !slices.ContainsFunc(advice, func(a string) bool { return strings.Contains(a, w) }) {
					t.Errorf("%q lacks %q", advice, w)
				}
			}
		})
	}
	t.Run("a Cluster says each thing once", func(t *testing.T) {
		s := opened(t, Config{Addrs: redistest.StartCluster(t, false).Addrs()}, time.Now)
		if advice, err := s.Check(t.Context()); err != nil || len(advice) != 1 {
			t.Errorf("%q, %v", advice, err)
		}
	})
}

func TestVersionsThatLackCommandsAreToldOf(t *testing.T) {
	for version, old := range map[string]bool{"5.0.14": true, "6.0.16": true, "6.2.0": false, "7.0.15": false, "8.2.1": false, "10.0.0": false, "unstable": false} {
		if older(version) != old {
			t.Errorf("%s: %v", version, !old)
		}
	}
}
