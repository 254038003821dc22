// Package redistest starts real Redis servers for tests: single ones, with
// passwords and TLS, behind Sentinels, as a Cluster, and behind a network that
// fails. What it starts ends with the test, even if the test's process is
// killed (on Linux).
package redistest

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// patience is how long anything here may take before the test fails.
const patience = 20 * time.Second

// Option changes how a server is set up.
type Option func(*setup)

type setup struct {
	user, password string
	tls            bool
	port           int      // 0: any that is free
	lines          []string // of the configuration
}

// Password makes the server want the password.
func Password(password string) Option { return func(s *setup) { s.password = password } }

// User makes the server know a user with the ACL rules, and refuse everybody
// else.
func User(name, password, rules string) Option {
	return func(s *setup) {
		s.user, s.password = name, password
		s.lines = append(s.lines, fmt.Sprintf("user %s on >%s %s", name, password, rules))
	}
}

// TLS makes the server speak TLS only. [Server.CAFile] names who signed for it.
func TLS() Option { return func(s *setup) { s.tls = true } }

// Set adds a line of redis.conf: Set("maxmemory-policy", "allkeys-lru").
func Set(key, value string) Option {
	return func(s *setup) { s.lines = append(s.lines, key+" "+value) }
}

// Server is one redis-server on this machine.
type Server struct {
	Port           int
	User, Password string
	CAFile         string // "" without TLS

	t    testing.TB
	dir  string
	args []string
	log  string
	mode string // "" or "--sentinel"

	mu      sync.Mutex
	process *exec.Cmd
	ended   chan struct{}
}

// Start starts a server and waits until it answers. Without redis-server the
// test is skipped, or fails where the variable CI is true.
func Start(t testing.TB, options ...Option) *Server {
	t.Helper()
	return start(t, "", options...)
}

func start(t testing.TB, mode string, options ...Option) *Server {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("redis-server is missing: apt-get install redis-server")
		}
		t.Skip("redis-server is missing, so this was not tested: apt-get install redis-server")
	}
	var s setup
	for _, o := range options {
		o(&s)
	}
	for range tries {
		if srv := tryStart(t, mode, s); srv != nil {
			return srv
		}
	}
	t.Fatal("redistest: no server would start")
	return nil
}

// tries is how often a server is started, since another process may take its
// port meanwhile.
const tries = 5

// tryStart is nil if the server ended at once.
func tryStart(t testing.TB, mode string, s setup) *Server {
	t.Helper()
	if s.port == 0 {
		s.port = freePort(t)
	}
	srv := &Server{t: t, User: s.user, Password: s.password, dir: t.TempDir(), mode: mode, Port: s.port}
	srv.configure(&s)
	if !srv.launch() {
		return nil
	}
	return srv
}

// configure writes redis.conf. The protected mode is off since the address is a
// loopback one.
func (s *Server) configure(o *setup) {
	s.t.Helper()
	s.log = filepath.Join(s.dir, "log")
	lines := []string{"bind 127.0.0.1", "protected-mode no", "dir " + s.dir, "logfile " + s.log, "save \"\""}
	port := strconv.Itoa(s.Port)
	if o.tls {
		ca, cert, key := certificate(s.t, s.dir)
		s.CAFile = ca
		lines = append(lines, "port 0", "tls-port "+port, "tls-cert-file "+cert, "tls-key-file "+key, "tls-ca-cert-file "+ca, "tls-auth-clients no")
	} else {
		lines = append(lines, "port "+port)
	}
	if o.user != "" {
		lines = append(lines, "user default off")
	} else if o.password != "" {
		lines = append(lines, "requirepass "+o.password, "masterauth "+o.password)
	}
	lines = append(lines, o.lines...)
	conf := filepath.Join(s.dir, "redis.conf")
	if err := os.WriteFile(conf, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		s.t.Fatal(err)
	}
	s.args = []string{conf}
	if s.mode != "" {
		s.args = append(s.args, s.mode)
	}
}

// launch starts the process and waits until it answers or ends.
func (s *Server) launch() bool {
	s.t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(s.t.Context()), "redis-server", s.args...) //nolint:gosec // our own arguments
	dieWithUs(cmd)
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("redistest: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // killed
		close(ended)
	}()
	s.mu.Lock()
	s.process, s.ended = cmd, ended
	s.mu.Unlock()
	s.t.Cleanup(s.Kill)
	c := s.Client()
	defer c.Close()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		err := c.Ping(context.Background()).Err()
		if err == nil || goredis.HasErrorPrefix(err, "NOPERM") {
			return true
		}
		select {
		case <-ended:
			return false
		case <-time.After(5 * time.Millisecond):
		}
	}
	text, _ := os.ReadFile(s.log) // best effort, for the message
	s.t.Fatalf("redistest: the server does not answer; its log ends: %s", last(text, 1000))
	return false
}

func last(b []byte, n int) []byte { return b[max(len(b)-n, 0):] }

// Addr is where the server listens.
func (s *Server) Addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)) }

// URL is the address with the password, as REDIS_URL has it.
func (s *Server) URL() string { return s.URLVia(s.Addr()) }

// URLVia is the URL by way of another address, such as a [Proxy]'s.
func (s *Server) URLVia(addr string) string {
	scheme, user := "redis", ""
	if s.CAFile != "" {
		scheme = "rediss"
	}
	if s.Password != "" {
		user = s.User + ":" + s.Password + "@"
	}
	return scheme + "://" + user + addr
}

// Client is a client for the test itself, patient where the product is not. It
// is closed with the test.
func (s *Server) Client() *goredis.Client {
	o := &goredis.Options{Addr: s.Addr(), Username: s.User, Password: s.Password, PipelinePoolSize: -1, DialerRetries: 1}
	if s.CAFile != "" {
		o.TLSConfig = trust(s.t, s.CAFile)
	}
	c := goredis.NewClient(o)
	s.t.Cleanup(func() { _ = c.Close() })
	return c
}

// Kill ends the process as a power cut does. Killing what is dead is nothing.
func (s *Server) Kill() {
	s.mu.Lock()
	cmd, ended := s.process, s.ended
	s.process = nil
	s.mu.Unlock()
	if cmd != nil {
		_ = cmd.Process.Kill() // it may have ended by itself
		<-ended
	}
}

// Restart kills the server, if it runs, and starts it with the same port and
// folder.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	if !s.launch() {
		s.t.Fatal("redistest: the server does not start again")
	}
}

// Flush empties the server.
func (s *Server) Flush() {
	s.t.Helper()
	if err := s.Client().FlushAll(s.t.Context()).Err(); err != nil {
		s.t.Fatalf("redistest: flush: %v", err)
	}
}

// freePort is a port that nobody listens on, nor on the one 10,000 above, which
// a node of a Cluster takes for its peers.
func freePort(t testing.TB) int {
	t.Helper()
	for range 1000 {
		l, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		if port+10_000 <= 65_535 {
			peers, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port+10_000)))
			if err == nil {
				_ = peers.Close()
				_ = l.Close()
				return port
			}
		}
		_ = l.Close()
	}
	t.Fatal("redistest: no port is free")
	return 0
}

// until asks until it is so, and fails the test when that takes too long.
func until(t testing.TB, what string, so func(ctx context.Context) bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	for !so(ctx) {
		select {
		case <-ctx.Done():
			t.Fatalf("redistest: waited %v in vain until %s", patience, what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func trust(t testing.TB, caFile string) *tls.Config {
	t.Helper()
	pool, err := poolOf(caFile)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: pool}
}
