package discord

import (
	"context"
	"errors"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/rest"
)

// Run answers until ctx is done, and returns nil then. It returns an error when
// Discord will never have the bot as it is set up, with the remedy.
func (a *Adapter) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var workers sync.WaitGroup
	start := func(f func(context.Context) error) {
		workers.Go(func() {
			if err := f(ctx); err != nil && ctx.Err() == nil {
				a.die(err)
			}
		})
	}
	start(a.desk.Run)
	start(a.introduce)
	if a.cfg.Mode != HTTP {
		start(a.hold)
		start(a.catchUps)
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-a.dead:
	}
	stop()
	workers.Wait()
	return err
}

// die ends Run.
func (a *Adapter) die(err error) {
	a.known.Store(false)
	select {
	case a.dead <- err:
	default: // it ends already
	}
}

// Drain waits for what is under way, and sends once more what is due, until ctx
// is done.
func (a *Adapter) Drain(ctx context.Context) {
	if err := a.desk.Finish(ctx, &a.tasks); err != nil {
		a.log.WarnContext(ctx, "discord: drain", "error", err)
	}
}

// Ready says whether Discord has accepted the token, knows the commands and,
// if messages are heard here, each shard of this process has a live session.
func (a *Adapter) Ready() bool {
	return a.known.Load() && (a.cfg.Mode == HTTP || a.shards.live())
}

// The faults of a set-up, each with its remedy.
var (
	errToken       = errors.New("discord: DISCORD_TOKEN is refused: reset it under Bot of your application, and set the new one")
	errApplication = errors.New("discord: DISCORD_APPLICATION_ID is not the application of DISCORD_TOKEN: it is under General Information of the same application")
)

// introduce asks Discord who the bot is and has it know the commands, until
// Discord answers.
func (a *Adapter) introduce(ctx context.Context) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := a.introduceOnce(ctx)
		switch {
		case err == nil:
			a.known.Store(true)
			return nil
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, errToken) || errors.Is(err, errApplication):
			return err
		}
		a.log.WarnContext(ctx, "discord: cannot introduce myself; trying again", "in", wait, "error", err)
		if !rest.For(ctx, wait) {
			return nil
		}
	}
}

func (a *Adapter) introduceOnce(ctx context.Context) error {
	short, stop := context.WithTimeout(ctx, callTime)
	defer stop()
	who, err := a.rest.User("@me", a.bounded(short)...)
	var r refusal
	switch err = refused(err); {
	case err == nil:
		a.self.Store(who.ID)
	case errors.As(err, &r) && r.Status == http.StatusUnauthorized:
		return errToken
	case errors.As(err, &r) && (r.Status >= 500 || r.Status == http.StatusTooManyRequests), delivery.NotSent(err), ctx.Err() != nil:
		return err
	default: // a session says it as well
		a.log.WarnContext(ctx, "discord: my own name is not known", "error", err)
	}
	_, err = a.Register(ctx)
	return err
}

// selfID is the bot's own id, "" until Discord has told it.
func (a *Adapter) selfID() string {
	id, _ := a.self.Load().(string)
	return id
}

// later runs f beside what goes on, bounded in number.
func (a *Adapter) later(ctx context.Context, f func(context.Context)) {
	select {
	case a.slots <- struct{}{}:
	default:
		a.log.ErrorContext(ctx, "discord: too much is under way; something was dropped")
		return
	}
	a.tasks.Go(func() {
		defer func() { <-a.slots }()
		defer func() {
			if p := recover(); p != nil { // what was said is left out
				a.log.Error("discord: a fault of the program", "stack", string(debug.Stack()))
			}
		}()
		f(ctx)
	})
}
