package redis

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

func TestSettingsThatCannotBeUsedAreASentenceThatNamesTheSetting(t *testing.T) {
	notPEM := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(notPEM, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	const secret = "hunter2"
	for name, c := range map[string]struct {
		cfg  Config
		want []string
	}{
		"nothing":                              {Config{}, []string{"REDIS_URL is not set", "redis://"}},
		"no scheme":                            {Config{URL: "localhost:6379"}, []string{"REDIS_URL", "redis://"}},
		"another scheme":                       {Config{URL: "http://:hunter2@localhost:6379"}, []string{"REDIS_URL", "redis://", "rediss://"}},
		"a socket":                             {Config{URL: "unix:///run/redis.sock"}, []string{"REDIS_URL"}},
		"no host":                              {Config{URL: "redis://:hunter2@:6379/0"}, []string{"REDIS_URL", "host"}},
		"a password that is not encoded":       {Config{URL: "redis://:hunter2#/?@localhost:6379"}, []string{"REDIS_URL", "percent-encoded", "REDIS_PASSWORD"}},
		"a password with a percent sign":       {Config{URL: "redis://:hunter2%zz@localhost:6379"}, []string{"REDIS_URL", "percent-encoded"}},
		"a password without the at sign":       {Config{URL: "redis://user:hunter2"}, []string{"REDIS_URL"}},
		"a port that cannot be":                {Config{URL: "redis://:hunter2@localhost:99999"}, []string{"REDIS_URL", "port"}},
		"a database that is none":              {Config{URL: "redis://:hunter2@localhost:6379/one"}, []string{"REDIS_URL", "database"}},
		"a query":                              {Config{URL: "redis://:hunter2@localhost:6379/0?read_timeout=5s"}, []string{"REDIS_URL", "after its database"}},
		"both":                                 {Config{URL: "redis://localhost", Addrs: []string{"a:1"}}, []string{"REDIS_URL", "REDIS_ADDRS", "keep one"}},
		"an address without a port":            {Config{Addrs: []string{"redis-0", "redis-1:6379"}}, []string{"REDIS_ADDRS", "redis-0", "host:port"}},
		"an address with a password":           {Config{Addrs: []string{":hunter2@redis-0:6379", "redis-1:6379"}}, []string{"REDIS_ADDRS", "REDIS_PASSWORD"}},
		"one address of who knows what":        {Config{Addrs: []string{"redis-0:6379"}}, []string{"REDIS_CLUSTER=1", "REDIS_MASTER_NAME", "REDIS_URL"}},
		"a master's name without Sentinels":    {Config{URL: "redis://localhost", MasterName: "m"}, []string{"REDIS_MASTER_NAME", "REDIS_ADDRS"}},
		"Sentinel and Cluster":                 {Config{Addrs: []string{"a:1", "b:1"}, MasterName: "m", Cluster: "1"}, []string{"REDIS_MASTER_NAME", "REDIS_CLUSTER"}},
		"a Sentinel's password without any":    {Config{URL: "redis://localhost", SentinelPassword: secret}, []string{"REDIS_SENTINEL_PASSWORD", "REDIS_MASTER_NAME"}},
		"a Cluster's database":                 {Config{URL: "redis://:hunter2@localhost/3", Cluster: "1"}, []string{"REDIS_URL", "database 3", "Cluster"}},
		"a Cluster that is neither yes nor no": {Config{URL: "redis://localhost", Cluster: "true"}, []string{"REDIS_CLUSTER", `"true"`, "1"}},
		"TLS that is neither yes nor no":       {Config{URL: "redis://localhost", TLS: "yes"}, []string{"REDIS_TLS", `"yes"`, "1"}},
		"a user without a password":            {Config{URL: "redis://localhost", Username: "bot"}, []string{"REDIS_USERNAME", "REDIS_PASSWORD"}},
		"a key that can be guessed":            {Config{URL: "redis://localhost", Key: secret}, []string{"CAREERBOT_KEY", "openssl"}},
		"no file of certificates":              {Config{URL: "rediss://localhost", CAFile: "/nowhere/ca.pem"}, []string{"REDIS_CA_FILE", "/nowhere/ca.pem"}},
		"a file without certificates":          {Config{URL: "rediss://localhost", CAFile: notPEM}, []string{"REDIS_CA_FILE", notPEM}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Open(c.cfg)
			if err == nil {
				t.Fatal("opened")
			}
			for _, w := range c.want {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("%q lacks %q", err, w)
				}
			}
			if strings.Contains(err.Error(), secret) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q shows the password, or is no sentence", err)
			}
		})
	}
}

func TestSettingsChooseTheTopology(t *testing.T) {
	type made struct {
		kind, addrs, user, password string
		db                          int
		tls                         bool
	}
	for name, c := range map[string]struct {
		cfg  Config
		want made
	}{
		"one server":               {Config{URL: "redis://localhost"}, made{kind: "single", addrs: "localhost:6379"}},
		"with a user and database": {Config{URL: "redis://bot:p%40ss@r:1234/7"}, made{kind: "single", addrs: "r:1234", user: "bot", password: "p@ss", db: 7}},
		"a password of its own":    {Config{URL: "redis://bot:old@r/", Password: "new"}, made{kind: "single", addrs: "r:6379", user: "bot", password: "new"}},
		"an IPv6 address":          {Config{URL: "redis://[::1]:6380"}, made{kind: "single", addrs: "[::1]:6380"}},
		"TLS":                      {Config{URL: "rediss://r"}, made{kind: "single", addrs: "r:6379", tls: true}},
		"a Cluster with one seed":  {Config{URL: "redis://r", Cluster: "1"}, made{kind: "Cluster", addrs: "r:6379"}},
		"a Cluster, one address":   {Config{Addrs: []string{"r:1"}, Cluster: "1", TLS: "1"}, made{kind: "Cluster", addrs: "r:1", tls: true}},
		"a Cluster":                {Config{Addrs: []string{"a:1", "b:2"}, Password: "p"}, made{kind: "Cluster", addrs: "a:1 b:2", password: "p"}},
		"Sentinel":                 {Config{Addrs: []string{"a:1", "b:2"}, MasterName: "m"}, made{kind: "Sentinel", addrs: "a:1 b:2"}},
		"one Sentinel":             {Config{Addrs: []string{"a:1"}, MasterName: "m", Cluster: "0"}, made{kind: "Sentinel", addrs: "a:1"}},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := c.cfg.options()
			if err != nil {
				t.Fatal(err)
			}
			got := made{"single", strings.Join(o.Addrs, " "), o.Username, o.Password, o.DB, o.TLSConfig != nil}
			client := goredis.NewUniversalClient(o)
			defer client.Close()
			if o.MasterName != "" {
				got.kind = "Sentinel"
			}
			if _, ok := client.(*goredis.ClusterClient); ok {
				got.kind = "Cluster"
			}
			if got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}
