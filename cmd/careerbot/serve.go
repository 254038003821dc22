package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"careerbot/adapters/prometheus"
	"careerbot/adapters/terminal"
	"careerbot/bot"
)

// The times of an orderly end, together within the twenty seconds that an
// operator gives.
const (
	goodbyeTime  = 3 * time.Second  // requests still arrive while the balancer learns
	shutdownTime = 10 * time.Second // for requests under way
	drainTime    = 5 * time.Second  // for answers under way
)

const serveMore = `Set what belongs to the platforms that it shall answer on:
  Slack, Socket Mode  SLACK_BOT_TOKEN and SLACK_APP_TOKEN
  Slack, HTTP         SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET
  Slack, several      SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_REDIRECT_URL, SLACK_TOKEN_DIR and
    workspaces        SLACK_TOKEN_KEY in place of SLACK_BOT_TOKEN
Each secret may stand in a file instead, named by SLACK_BOT_TOKEN_FILE and so on.
LISTEN_ADDR is where it listens for HTTP (default :8080): Slack's requests, /healthz and /readyz.
ADMIN_ADDR is where the operator finds /metrics (default 127.0.0.1:9090).
Replicas share what they keep in Redis: REDIS_URL, or REDIS_ADDRS with REDIS_MASTER_NAME or
REDIS_CLUSTER=1. Without it, each process keeps it on its own.`

// adapter is a platform's way to the bot, as serve runs it.
type adapter interface {
	Run(ctx context.Context) error
	Drain(ctx context.Context)
	Ready() bool
}

func runServe(ctx context.Context, e *env, args []string) error {
	if err := noArgs(args); err != nil {
		return err
	}
	log := e.logger()
	shared, err := e.shared(log)
	if err != nil {
		return err
	}
	defer shared.close()
	b, err := e.bot(bot.WithMemory(shared.memory), bot.WithTrouble(func(err error) { log.Warn("memory is in trouble; answering without it", "error", err) }))
	if err != nil {
		return err
	}
	m := prometheus.New()
	shared.watch(m)
	watchCatalogue(m, b)
	e.thrift()
	s := &server{log: log, mux: http.NewServeMux(), admin: http.NewServeMux(), goodbye: goodbyeTime, shared: shared}
	s.admin.Handle("GET /metrics", m.Handler(log))
	a, requests, err := e.slack(watched{b, m.Asker("slack", b)}, shared, log)
	switch {
	case err != nil:
		return err
	case a == nil:
		return errors.New("nothing to serve: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET (careerbot help serve says more); " +
			"to try it without any set-up: careerbot chat")
	}
	watchSlack(m, a)
	s.adapters = append(s.adapters, a)
	s.mux.Handle("/slack/", requests)
	var followed sync.WaitGroup
	followed.Go(func() { e.follow(ctx, b, func(said string) { log.Info("catalogue: " + said) }) })
	defer followed.Wait()
	return s.serve(ctx, cmp.Or(e.getenv("LISTEN_ADDR"), listenAddress), e.getenv("ADMIN_ADDR"))
}

// thrift gives back what reading the catalogue took, and keeps the heap small
// from then on: what is kept is little and what a question needs is less, so
// that collecting more often costs a hundredth of the work and halves the room.
// GOGC, where an operator sets it, stands.
func (e *env) thrift() {
	if e.getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	debug.FreeOSMemory()
}

// watched is the core, its answers counted.
type watched struct {
	*bot.Bot
	asker bot.Asker
}

// Ask implements [bot.Asker].
func (w watched) Ask(ctx context.Context, q bot.Question) bot.Answer { return w.asker.Ask(ctx, q) }

// logger writes to standard error: lines for people on a terminal, else JSON.
func (e *env) logger() *slog.Logger {
	if terminal.Is(e.stderr) {
		return slog.New(slog.NewTextHandler(e.stderr, nil))
	}
	return slog.New(slog.NewJSONHandler(e.stderr, nil))
}

// server runs adapters and the HTTP server in front of them.
type server struct {
	log      *slog.Logger
	mux      *http.ServeMux // for the platforms
	admin    *http.ServeMux // for the operator
	shared   *shared
	adapters []adapter
	goodbye  time.Duration
	leaving  atomic.Bool
}

// serve works until ctx is done, and then ends in order: not ready first, then
// what was begun is finished. It ends with an error when an adapter does.
func (s *server) serve(ctx context.Context, address, admin string) error {
	for _, mux := range []*http.ServeMux{s.mux, s.admin} {
		mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
		mux.HandleFunc("GET /readyz", s.ready)
	}
	l, err := listen(ctx, "LISTEN_ADDR", address)
	if err != nil {
		return err
	}
	al, err := s.listenAdmin(ctx, admin)
	if err != nil {
		_ = l.Close()
		return err
	}
	srv, adminSrv := s.http(s.mux), s.http(s.admin)
	s.log.Info("listening", "address", l.Addr().String())

	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	failed := make(chan error, len(s.adapters)+2)
	var running sync.WaitGroup
	running.Go(func() { s.shared.follow(work) })
	for _, a := range s.adapters {
		running.Go(func() {
			if err := a.Run(work); err != nil {
				failed <- err
			}
		})
	}
	for srv, l := range map[*http.Server]net.Listener{srv: l, adminSrv: al} {
		if l == nil {
			continue
		}
		go func() {
			if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				failed <- fmt.Errorf("http: %w", err)
			}
		}()
	}
	defer adminSrv.Close() // the operator may look until the end
	select {
	case <-ctx.Done():
		s.leaving.Store(true)
		s.log.Info("leaving", "goodbye", s.goodbye)
		timer := time.NewTimer(s.goodbye)
		select {
		case <-timer.C:
		case err = <-failed:
		}
		timer.Stop()
	case err = <-failed:
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	if err := srv.Shutdown(end); err != nil {
		s.log.Warn("requests were cut off", "error", err)
	}
	cancel()
	stop()
	running.Wait()
	end, cancel = context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	for _, a := range s.adapters {
		a.Drain(end)
	}
	if err == nil {
		s.log.Info("done")
	}
	return err
}

// Where it listens, for platforms and for the operator, when neither LISTEN_ADDR
// nor ADMIN_ADDR says it.
const (
	listenAddress = ":8080"
	adminAddress  = "127.0.0.1:9090"
)

// listenAdmin listens for the operator. The usual address may be taken, by
// another replica on this machine: that alone keeps nobody from answering.
func (s *server) listenAdmin(ctx context.Context, address string) (net.Listener, error) {
	l, err := listen(ctx, "ADMIN_ADDR", cmp.Or(address, adminAddress))
	switch {
	case err == nil:
		s.log.Info("listening for metrics", "address", l.Addr().String())
		return l, nil
	case address == "":
		s.log.Warn(err.Error() + "; there are no metrics: set ADMIN_ADDR to another address")
		return nil, nil //nolint:nilnil // no listener, and no fault
	}
	return nil, err
}

func listen(ctx context.Context, name, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s %s cannot be listened on: %w", name, address, listenCause(err))
	}
	return l, nil
}

// http is a server that waits for nobody long.
func (s *server) http(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 15 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)}
}

// ready says whether requests should come here.
func (s *server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.leaving.Load() {
		http.Error(w, "leaving", http.StatusServiceUnavailable)
		return
	}
	if !s.shared.seen.Load() {
		http.Error(w, s.shared.fault(), http.StatusServiceUnavailable)
		return
	}
	for _, a := range s.adapters {
		if a.Ready() {
			fmt.Fprintln(w, strings.TrimSpace("ready\n"+s.shared.fault()))
			return
		}
	}
	http.Error(w, "no platform is connected yet", http.StatusServiceUnavailable)
}

func listenCause(err error) error {
	var call *os.SyscallError
	if errors.As(err, &call) {
		return call.Err
	}
	return errors.New(strings.TrimPrefix(err.Error(), "listen tcp: "))
}
