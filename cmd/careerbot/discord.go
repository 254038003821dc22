package main

import (
	"log/slog"
	"net/http"

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
	a, err := discord.New(s.config())
	if err != nil {
		return "", err
	}
	return a.Mode(), nil
}

// discord makes the Discord adapter and what serves its requests.
func (e *env) discord(core discord.Core, with *shared, log *slog.Logger, opened func(*discord.Adapter)) (adapter, http.Handler, error) {
	s, err := e.discordSettings()
	if err != nil {
		return nil, nil, err
	}
	cfg := s.config()
	cfg.Core, cfg.Log = core, log
	with.discord(&cfg)
	a, err := discord.New(cfg)
	if err != nil {
		return nil, nil, err
	}
	opened(a)
	return a, a.Handler(), nil
}
