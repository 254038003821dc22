package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"
)

// adapter is a platform's way to the bot, as serve runs it. Run may be called
// again after it has returned.
type adapter interface {
	Run(ctx context.Context) error
	Drain(ctx context.Context)
	Ready() bool
}

// How long a platform that failed is left alone, the first time and at most,
// and after how long at work its failure is forgotten.
const (
	firstRetry = time.Second
	lastRetry  = time.Minute
	steadyTime = 15 * time.Second // longer than any platform is given to refuse
)

// platform keeps one adapter at work, whatever becomes of the others. It is a
// handler of the platform's requests.
type platform struct {
	name string
	path string // what the paths of its requests begin with
	// open makes the adapter of the settings as they stand, and what serves its
	// requests. It is called until it has made one.
	open func() (adapter, http.Handler, error)
	log  *slog.Logger

	mu       sync.Mutex
	adapter  adapter // nil until it is open
	requests http.Handler
	fault    string // why it does not work, for now
}

// start opens the adapter, unless it is open.
func (p *platform) start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.adapter != nil {
		return nil
	}
	a, requests, err := p.open()
	if err != nil {
		p.fault = err.Error()
		return err
	}
	p.adapter, p.requests, p.fault = a, requests, ""
	return nil
}

// run keeps the adapter at work until ctx is done: when it fails it is tried
// again, ever less often.
func (p *platform) run(ctx context.Context) {
	wait := firstRetry
	for {
		began := time.Now()
		err := p.runOnce(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if time.Since(began) > steadyTime {
			wait = firstRetry
		}
		p.log.Error(p.name+" does not work; trying again", "error", err, "in", wait)
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		}
		wait = min(2*wait, lastRetry)
	}
}

// runOnce opens the adapter, if need be, and works until that fails.
func (p *platform) runOnce(ctx context.Context) error {
	if err := p.start(); err != nil {
		return err
	}
	well := time.AfterFunc(steadyTime, func() { p.say("") })
	err := p.adapter.Run(ctx)
	well.Stop()
	if err != nil {
		p.say(err.Error())
	}
	return err
}

func (p *platform) say(fault string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault = fault
}

// lacks is what the platform lacks to answer, in a sentence; "" for nothing.
func (p *platform) lacks() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.fault != "":
		return named(p.name, p.fault)
	case p.adapter == nil || !p.adapter.Ready():
		return p.name + " is not connected yet"
	}
	return ""
}

// named begins a fault with the name of the platform, unless it does.
func named(name, fault string) string {
	return name + ": " + strings.TrimPrefix(fault, strings.ToLower(name)+": ")
}

// drain finishes what the adapter has begun, until ctx is done.
func (p *platform) drain(ctx context.Context) {
	p.mu.Lock()
	a := p.adapter
	p.mu.Unlock()
	if a != nil {
		a.Drain(ctx)
	}
}

// ServeHTTP serves the platform's requests, and says 503 until the adapter is
// open: the platform comes again.
func (p *platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	requests := p.requests
	p.mu.Unlock()
	if requests == nil {
		http.Error(w, fmt.Sprintf("%s is not there yet", p.name), http.StatusServiceUnavailable)
		return
	}
	requests.ServeHTTP(w, r)
}
