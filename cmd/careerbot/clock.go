package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/slack/install"
	"careerbot/cmd/careerbot/doctor"
)

// clockTime bounds the look at the clock when serve starts. A platform that
// does not answer in that time says nothing of the clock.
const clockTime = 3 * time.Second

// clock is where the right time is known.
type clock struct {
	address string
	token   secret // with its kind, as it is sent
}

// clocks are those of the platforms of which a setting is present.
func (e *env) clocks() []clock {
	var out []clock
	if s, err := e.slackSettings(); err == nil && s.present() {
		c := clock{address: orSlash(s.api, slackAPI) + "auth.test", token: install.NewSecret("Bearer " + s.token.Reveal())}
		if s.token.IsZero() { // of many workspaces
			c = clock{address: orSlash(s.api, slackAPI) + "api.test"}
		}
		out = append(out, c)
	}
	if s, err := e.discordSettings(); err == nil && s.present() {
		out = append(out, clock{orSlash(s.api, discordAPI) + "applications/@me", install.NewSecret("Bot " + s.token.Reveal())})
	}
	return out
}

// The platforms' APIs, unless the environment names others.
const (
	slackAPI   = install.DefaultAPI
	discordAPI = discord.DefaultAPI + "/"
)

// orSlash is the address, or the usual one, with a slash at its end.
func orSlash(address, usual string) string {
	if address == "" {
		return usual
	}
	return strings.TrimSuffix(address, "/") + "/"
}

// lookAtClock says what a clock that is wrong means. One that cannot be looked
// at is taken for right.
func (s *server) lookAtClock(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, clockTime)
	defer stop()
	var (
		looks sync.WaitGroup
		mu    sync.Mutex
		wrong string
	)
	for _, c := range s.clocks {
		looks.Go(func() {
			ahead, err := doctor.Clock(ctx, c.address, c.token.Reveal())
			if said := doctor.ClockFault(ahead); err == nil && said != "" {
				mu.Lock()
				wrong = said
				mu.Unlock()
			}
		})
	}
	looks.Wait()
	if wrong != "" {
		return errors.New(wrong)
	}
	s.timed.Store(true)
	return nil
}
