package discord

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"careerbot/adapters/internal/redact"
)

// types of interactions.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type
const (
	interactionPing         = 1
	interactionCommand      = 2
	interactionPress        = 3
	interactionAutocomplete = 4
	interactionModal        = 5
)

// contextBotDM is an interaction in a direct message with the bot.
const contextBotDM = 1

// interaction is what Discord sends when somebody types a command or presses a
// button. Only what is used is read, so that a new or changed field, or a
// component of a kind that discordgo does not know, cannot make it unreadable.
type interaction struct {
	Type      int    `json:"type"`
	GuildID   string `json:"guild_id"`
	ChannelID string `json:"channel_id"`
	Context   int    `json:"context"`
	Member    *struct {
		Nick string `json:"nick"`
		User user   `json:"user"`
	} `json:"member"`
	User *user           `json:"user"`
	Data interactionData `json:"data"`
	// Message is what was pressed.
	Message struct {
		ID    string `json:"id"`
		Flags int    `json:"flags"`
	} `json:"message"`
}

type user struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
}

// interactionData is a command with its options, or what was pressed.
type interactionData struct {
	Name     string       `json:"name"`
	Type     int          `json:"type"` // of a command
	Options  []typedInput `json:"options"`
	TargetID string       `json:"target_id"`
	Resolved struct {
		Messages map[string]struct {
			Content string `json:"content"`
		} `json:"messages"`
	} `json:"resolved"`

	CustomID string   `json:"custom_id"`
	Values   []string `json:"values"`
}

// typedInput is an option of a command, or a subcommand with its own.
type typedInput struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []typedInput    `json:"options"`
}

// text is the option's value as it was typed.
func (t typedInput) text() string {
	var s string
	if json.Unmarshal(t.Value, &s) != nil {
		s = string(t.Value) // a number or a truth value
		if s == "null" {
			s = ""
		}
	}
	return strings.TrimSpace(s)
}

// readInteraction reads an interaction of any type, known or not.
func readInteraction(payload []byte) (interaction, error) {
	var in interaction
	if err := json.Unmarshal(payload, &in); err != nil {
		return interaction{}, fmt.Errorf("discord: read interaction: %w", redact.JSON(err))
	}
	switch {
	case in.Type == 0:
		return interaction{}, errors.New("discord: read interaction: it has no type")
	case in.Type != interactionPing && in.place().user == "":
		return interaction{}, errors.New("discord: read interaction: it has no user")
	}
	return in, nil
}

// person is who typed or pressed: a member in a server, a user elsewhere.
func (in interaction) person() user {
	switch {
	case in.Member != nil:
		return in.Member.User
	case in.User != nil:
		return *in.User
	}
	return user{}
}

func (in interaction) place() place {
	return place{guild: in.GuildID, channel: in.ChannelID, user: in.person().ID}
}

// name is what the person is called where the interaction is.
func (in interaction) name() string {
	p := in.person()
	if in.Member != nil && in.Member.Nick != "" {
		return in.Member.Nick
	}
	if p.GlobalName != "" {
		return p.GlobalName
	}
	return nonEmpty(p.Username, "somebody")
}

// alone says whether nobody but the person and the bot sees the channel.
func (in interaction) alone() bool { return in.Context == contextBotDM && in.GuildID == "" }

// values are the options of a subcommand by name.
type values map[string]string

// subcommand is the subcommand with its options, and the option that is being
// typed, "" for none. A command without a subcommand has its own options.
func (in interaction) subcommand() (name string, v values, focused string) {
	v = values{}
	options := in.Data.Options
	for len(options) > 0 && (options[0].Type == optionSubcommand || options[0].Type == optionGroup) {
		name, options = options[0].Name, options[0].Options
	}
	for _, o := range options {
		v[o.Name] = o.text()
		if o.Focused {
			focused = o.Name
		}
	}
	return name, v, focused
}

// types of options that hold others.
const (
	optionSubcommand = 1
	optionGroup      = 2
)
