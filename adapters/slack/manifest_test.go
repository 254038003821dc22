package slack_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"careerbot/adapters/slack"

	slackgo "github.com/slack-go/slack"
	"go.yaml.in/yaml/v3"
)

// What Slack takes in a manifest: https://docs.slack.dev/reference/app-manifest
const (
	maxAppName          = 35
	maxAppDescription   = 140
	maxAgentDescription = 300
	maxPromptCount      = 4
	maxShortcutName     = 24
	maxShortcuts        = 10
)

func manifest(t *testing.T, name string) slackgo.Manifest {
	t.Helper()
	data, err := os.ReadFile("../../deploy/slack/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var m slackgo.Manifest
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(&m); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

func TestTheManifestAsksForTheLeast(t *testing.T) {
	least := slack.Scopes
	for name, want := range map[string][]string{
		"manifest.yaml":          least,
		"manifest-channels.yaml": append([]string{"channels:history", "groups:history"}, least...),
	} {
		m := manifest(t, name)
		got := slices.Clone(m.OAuthConfig.Scopes.Bot)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: scopes %v, want %v", name, got, want)
		}
		if len(m.OAuthConfig.Scopes.User) > 0 || len(m.OAuthConfig.Scopes.BotOptional) > 0 {
			t.Errorf("%s: asks for more", name)
		}
		channels := slices.Contains(m.Settings.EventSubscriptions.BotEvents, "message.channels")
		if channels != strings.Contains(name, "channels") {
			t.Errorf("%s: hears channels: %v", name, channels)
		}
	}
}

func TestEveryScopeHasItsReason(t *testing.T) {
	for _, name := range []string{"manifest.yaml", "manifest-channels.yaml"} {
		data, err := os.ReadFile("../../deploy/slack/" + name)
		if err != nil {
			t.Fatal(err)
		}
		_, scopes, _ := strings.Cut(string(data), "    bot:\n")
		scopes, _, _ = strings.Cut(scopes, "settings:")
		for line := range strings.Lines(scopes) {
			scope, reason, _ := strings.Cut(line, " # ")
			if len(strings.Fields(reason)) < 4 {
				t.Errorf("%s: %s: no reason", name, strings.TrimSpace(scope))
			}
		}
	}
}

func TestTheManifestKeepsToSlacksLimits(t *testing.T) {
	for _, name := range []string{"manifest.yaml", "manifest-channels.yaml"} {
		m := manifest(t, name)
		short := func(what, s string, most int) {
			if n := len([]rune(s)); n == 0 || n > most {
				t.Errorf("%s: %s has %d characters, at most %d", name, what, n, most)
			}
		}
		short("name", m.Display.Name, maxAppName)
		short("description", m.Display.Description, maxAppDescription)
		short("agent description", m.Features.AgentView.AgentDescription, maxAgentDescription)
		if n := len(m.Features.AgentView.SuggestedPrompts); n == 0 || n > maxPromptCount {
			t.Errorf("%s: %d prompts", name, n)
		}
		if n := len(m.Features.Shortcuts); n == 0 || n > maxShortcuts {
			t.Errorf("%s: %d shortcuts", name, n)
		}
		for _, s := range m.Features.Shortcuts {
			short("shortcut "+s.CallbackID, s.Name, maxShortcutName)
		}
		if len(m.Features.SlashCommands) != 1 || m.Features.SlashCommands[0].Command != "/career" || !m.Features.SlashCommands[0].ShouldEscape {
			t.Errorf("%s: commands %+v", name, m.Features.SlashCommands)
		}
		if !m.Features.AppHome.HomeTabEnabled || !m.Features.AppHome.MessagesTabEnabled || m.Features.AppHome.MessagesTabReadOnlyEnabled {
			t.Errorf("%s: home %+v", name, m.Features.AppHome)
		}
		if !m.Settings.Interactivity.IsEnabled || !m.Settings.SocketModeEnabled {
			t.Errorf("%s: settings %+v", name, m.Settings)
		}
	}
}
