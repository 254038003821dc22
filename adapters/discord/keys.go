package discord

import (
	"time"

	"careerbot/adapters/internal/delivery"
)

// place is where a person talks to the bot. A thread is a channel of its own.
type place struct {
	guild   string // "" in a direct message
	channel string
	user    string
}

// conversation names the turns of one person in one channel.
func (p place) conversation() string {
	return delivery.Key("discord", "talk", p.channel, p.user)
}

// owners are those who may have what is kept of the conversation erased.
func (p place) owners() []string {
	if p.guild == "" {
		return []string{p.person()}
	}
	return []string{guildOwner(p.guild), p.person()}
}

// person names who is asked about what is kept: the same in every server.
func (p place) person() string { return delivery.Key("discord", "person", p.user) }

func guildOwner(guild string) string { return delivery.Key("discord", "guild", guild) }

// regionKey is the key of the person's region for pay, and regionTime how long
// it is kept.
func (p place) regionKey() string { return delivery.Key("discord", "region", p.user) }

const regionTime = 400 * 24 * time.Hour
