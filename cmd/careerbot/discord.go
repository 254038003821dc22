package main

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"careerbot/adapters/discord"
)

// discordSettings are what the environment says of Discord.
type discordSettings struct {
	token                              secret
	application, key, api, mode, guild string
}

func (e *env) discordSettings() (discordSettings, error) {
	token, err := e.secret("DISCORD_TOKEN")
	if err != nil {
		return discordSettings{}, err
	}
	return discordSettings{token: token, application: e.getenv("DISCORD_APPLICATION_ID"), key: e.getenv("DISCORD_PUBLIC_KEY"),
		api: e.getenv("DISCORD_API_URL"), mode: e.getenv("DISCORD_MODE"), guild: e.getenv("DISCORD_GUILD")}, nil
}

// present says whether anything is set that Discord alone needs.
func (s discordSettings) present() bool {
	return !s.token.IsZero() || s.application != "" || s.key != ""
}

func (s discordSettings) config() discord.Config {
	return discord.Config{Token: s.token.Reveal(), ApplicationID: s.application, PublicKey: s.key, APIURL: s.api,
		Mode: discord.Mode(s.mode), Guild: s.guild}
}

// discordMode is how Discord's questions come in, "" when nothing of Discord's
// is set.
func (e *env) discordMode() (discord.Mode, error) {
	s, err := e.discordSettings()
	if err != nil || !s.present() {
		return "", err
	}
	if _, err := discord.New(s.config()); err != nil {
		return "", err
	}
	switch {
	case s.mode != "":
		return discord.Mode(s.mode), nil
	case s.key != "":
		return discord.Both, nil
	}
	return discord.Gateway, nil
}

// discord makes the Discord adapter and what serves its requests.
func (e *env) discord(core discord.Core, with *shared, log *slog.Logger, opened func(*discord.Adapter)) (adapter, http.Handler, error) {
	s, err := e.discordSettings()
	if err != nil {
		return nil, nil, err
	}
	cfg := s.config()
	cfg.Core, cfg.Records, cfg.Log = core, with.memory, log
	with.discord(&cfg)
	a, err := discord.New(cfg)
	if err != nil {
		return nil, nil, err
	}
	opened(a)
	return &discordDoor{Adapter: a, log: log}, a.Handler(), nil
}

// discordDoor keeps the commands registered that come in by HTTP.
type discordDoor struct {
	*discord.Adapter
	log   *slog.Logger
	ready atomic.Bool
}

// Run registers the commands, until Discord knows them, and works until ctx is
// done.
func (d *discordDoor) Run(ctx context.Context) error {
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		_, err := d.Register(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			d.ready.Store(true)
			d.log.Info("discord: the commands are known")
			<-ctx.Done()
			return nil
		}
		d.log.Warn("discord: the commands cannot be registered; trying again", "in", wait, "error", err)
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		}
	}
}

// Drain has nothing to wait for: a request is answered before it ends.
func (*discordDoor) Drain(context.Context) {}

// Ready says whether Discord knows the commands.
func (d *discordDoor) Ready() bool { return d.ready.Load() }
