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
	"strings"
	"sync"
	"sync/atomic"
	"time"

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
LISTEN_ADDR is where it listens for HTTP (default :8080): Slack's requests, /healthz and /readyz.`

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
	memory := bot.NewLocalMemory(100_000, bot.TimeToLive, time.Now)
	b, err := e.bot(bot.WithMemory(memory), bot.WithTrouble(func(err error) { log.Warn("memory is in trouble; answering without it", "error", err) }))
	if err != nil {
		return err
	}
	s := &server{log: log, mux: http.NewServeMux(), goodbye: goodbyeTime}
	a, requests, err := e.slack(b, memory, log)
	switch {
	case err != nil:
		return err
	case a == nil:
		return errors.New("nothing to serve: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET (careerbot help serve says more); " +
			"to try it without any set-up: careerbot chat")
	}
	s.adapters = append(s.adapters, a)
	s.mux.Handle("/slack/", requests)
	var followed sync.WaitGroup
	followed.Go(func() { e.follow(ctx, b, func(said string) { log.Info("catalogue: " + said) }) })
	defer followed.Wait()
	return s.serve(ctx, cmp.Or(e.getenv("LISTEN_ADDR"), ":8080"))
}

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
	mux      *http.ServeMux
	adapters []adapter
	goodbye  time.Duration
	leaving  atomic.Bool
}

// serve works until ctx is done, and then ends in order: not ready first, then
// what was begun is finished. It ends with an error when an adapter does.
func (s *server) serve(ctx context.Context, address string) error {
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	s.mux.HandleFunc("GET /readyz", s.ready)
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("LISTEN_ADDR %s cannot be listened on: %w", address, listenCause(err))
	}
	srv := &http.Server{Handler: s.mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 15 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)}
	s.log.Info("listening", "address", l.Addr().String())

	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	failed := make(chan error, len(s.adapters)+1)
	var running sync.WaitGroup
	for _, a := range s.adapters {
		running.Go(func() {
			if err := a.Run(work); err != nil {
				failed <- err
			}
		})
	}
	go func() {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			failed <- fmt.Errorf("http: %w", err)
		}
	}()
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

// ready says whether requests should come here.
func (s *server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.leaving.Load() {
		http.Error(w, "leaving", http.StatusServiceUnavailable)
		return
	}
	for _, a := range s.adapters {
		if a.Ready() {
			fmt.Fprintln(w, "ready")
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
