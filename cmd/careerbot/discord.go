package main

import (
	"fmt"
	"log/slog"
	"strings"

	"careerbot/adapters/discord"
)

// discordSettings are what the environment says of Discord.
type discordSettings struct {
	token, application, key, mode, guild string
}

func (e *env) discordSettings() (discordSettings, error) {
	s, err := e.secrets("DISCORD_TOKEN", "DISCORD_PUBLIC_KEY")
	if err != nil {
		return discordSettings{}, err
	}
	return discordSettings{token: s["DISCORD_TOKEN"], application: e.getenv("DISCORD_APPLICATION_ID"), key: s["DISCORD_PUBLIC_KEY"],
		mode: e.getenv("DISCORD_MODE"), guild: e.getenv("DISCORD_GUILD_ID")}, nil
}

// present says whether any of what belongs to an application is there.
func (s discordSettings) present() bool { return s.token+s.application+s.key != "" }

// discord is the Discord adapter, or nil when none of its settings is present.
func (e *env) discord(core discord.Core, with *shared, log *slog.Logger) (*discord.Adapter, error) {
	s, err := e.discordSettings()
	if err != nil || !s.present() {
		return nil, err
	}
	cfg := discord.Config{Token: s.token, ApplicationID: s.application, PublicKey: s.key, APIURL: e.getenv("DISCORD_API_URL"),
		Mode: discord.Mode(s.mode), Guild: s.guild, Core: core, Log: log}
	with.discord(&cfg)
	return discord.New(cfg)
}

// invite is where a server's owner adds the bot, with no permission that it
// does without.
func invite(application string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", application, discord.Permissions)
}

// examineDiscord looks at the settings alone.
func (e *env) examineDiscord() []finding {
	s, err := e.discordSettings()
	switch {
	case err != nil:
		return []finding{{"Discord", stateError, err.Error(), "Give the program a file that it may read."}}
	case !s.present():
		return []finding{{"Discord", stateOK, "Not set.", "Set DISCORD_TOKEN and DISCORD_APPLICATION_ID to answer there."}}
	}
	_, err = discord.New(discord.Config{Token: s.token, ApplicationID: s.application, PublicKey: s.key, APIURL: e.getenv("DISCORD_API_URL"), Mode: discord.Mode(s.mode)})
	if err != nil {
		return []finding{{"Discord", stateError, strings.TrimPrefix(err.Error(), "discord: "), "See careerbot help serve."}}
	}
	found := []finding{{What: "Discord", State: stateOK, Says: "The settings are complete. The link that adds the bot to a server:", Remedy: invite(s.application)}}
	for _, p := range discord.Reasons {
		found = append(found, finding{What: "Discord", State: stateOK, Says: p.Name + ": " + p.Why})
	}
	return found
}
