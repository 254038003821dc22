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
	"syscall"
	"time"
)

// The times of an orderly end.
const (
	// leaveTime is for all of it, within the twenty seconds that an operator gives.
	leaveTime    = 19 * time.Second
	goodbyeTime  = 3 * time.Second  // requests still arrive while the balancer learns
	shutdownTime = 10 * time.Second // at most, for requests under way
)

// server runs the platforms and the HTTP server in front of them.
type server struct {
	log       *slog.Logger
	mux       *http.ServeMux // for the platforms
	admin     *http.ServeMux // for the operator
	shared    *shared
	platforms []*platform
	clocks    []clock
	goodbye   time.Duration
	leaving   atomic.Bool
	timed     atomic.Bool // this machine's clock was looked at
}

// serve works until ctx is done, and then ends in order: not ready first, then
// what was begun is finished. It ends with an error when the only platform
// fails for good, or the clock is so wrong that nothing would be answered.
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
	failed := make(chan error, len(s.platforms)+3)
	var running sync.WaitGroup
	s.run(work, &running, failed)
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
	case err = <-failed:
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTime)
	defer cancel()
	if err == nil {
		err = s.sayGoodbye(failed)
	}
	s.leave(end, srv, stop, &running)
	if err == nil {
		s.log.Info("done")
	}
	return err
}

// run starts what works until ctx is done.
func (s *server) run(ctx context.Context, running *sync.WaitGroup, failed chan<- error) {
	running.Go(func() { s.shared.follow(ctx) })
	running.Go(func() {
		if err := s.lookAtClock(ctx); err != nil {
			failed <- err
		}
	})
	for _, p := range s.platforms {
		running.Go(func() {
			if len(s.platforms) > 1 {
				p.run(ctx)
				return
			}
			if err := p.runOnce(ctx); err != nil { // nobody is left to be answered
				failed <- err
			}
		})
	}
}

// sayGoodbye is not ready any more, and works on until that is known.
func (s *server) sayGoodbye(failed <-chan error) error {
	s.leaving.Store(true)
	s.log.Info("leaving", "goodbye", s.goodbye)
	timer := time.NewTimer(s.goodbye)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case err := <-failed:
		return err
	}
}

// leave finishes what was begun, until ctx is done: requests, then what the
// adapters still have under way.
func (s *server) leave(ctx context.Context, srv *http.Server, stop context.CancelFunc, running *sync.WaitGroup) {
	requests, cancel := context.WithTimeout(ctx, shutdownTime)
	defer cancel()
	if err := srv.Shutdown(requests); err != nil {
		s.log.Warn("requests were cut off", "error", err)
	}
	stop()
	stopped := make(chan struct{})
	go func() {
		running.Wait()
		close(stopped)
	}()
	select {
	case <-stopped:
	case <-ctx.Done():
		s.log.Warn("a platform was cut off", "after", leaveTime)
		return
	}
	var draining sync.WaitGroup
	for _, p := range s.platforms {
		draining.Go(func() { p.drain(ctx) })
	}
	draining.Wait()
}

// Where it listens when LISTEN_ADDR and ADMIN_ADDR are not set.
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
		s.log.Warn(err.Error() + "; until then there are no metrics")
		return nil, nil //nolint:nilnil // no listener, and no fault
	}
	return nil, err
}

func listen(ctx context.Context, name, address string) (net.Listener, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s %s cannot be listened on: %w; %s", name, address, listenCause(err), listenRemedy(name, err))
	}
	return l, nil
}

// http is a server that waits for nobody long.
func (s *server) http(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 15 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)}
}

// ready says whether requests should come here: one platform that answers is
// enough. What is amiss is said all the same.
func (s *server) ready(w http.ResponseWriter, _ *http.Request) {
	if s.leaving.Load() {
		http.Error(w, "leaving", http.StatusServiceUnavailable)
		return
	}
	var amiss []string
	for _, p := range s.platforms {
		if said := p.lacks(); said != "" {
			amiss = append(amiss, said)
		}
	}
	connected := len(amiss) < len(s.platforms)
	if said := s.shared.fault(); said != "" {
		amiss = append(amiss, said)
	}
	switch {
	case !connected:
		http.Error(w, strings.Join(append([]string{"no platform is connected yet"}, amiss...), "\n"), http.StatusServiceUnavailable)
	case !s.shared.seen.Load():
		http.Error(w, strings.Join(amiss, "\n"), http.StatusServiceUnavailable)
	case !s.timed.Load():
		http.Error(w, "the clock has not been looked at yet", http.StatusServiceUnavailable)
	default:
		fmt.Fprintln(w, strings.Join(append([]string{"ready"}, amiss...), "\n"))
	}
}

func listenCause(err error) error {
	var call *os.SyscallError
	if errors.As(err, &call) {
		return call.Err
	}
	return errors.New(strings.TrimPrefix(err.Error(), "listen tcp: "))
}

// listenRemedy is what to do about an address that cannot be listened on.
func listenRemedy(name string, err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "stop what listens there, or set " + name + " to another address"
	case errors.Is(err, syscall.EACCES):
		return "set " + name + " to a port above 1023"
	}
	return "set " + name + " to host:port, such as 127.0.0.1:8080, of this machine"
}
