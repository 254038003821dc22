package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/redact"
	"careerbot/adapters/internal/rest"
	"careerbot/adapters/internal/spoken"
	"careerbot/bot"
)

// spokenMessage is a message that somebody wrote, as the gateway and the API
// say it. Only what is used is read. Without a privileged intent the content of
// a message comes only if it mentions the bot, answers it or is sent to it
// directly, and nothing else of what people write is heard.
// https://docs.discord.com/developers/resources/message#message-object
type spokenMessage struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id"` // "" in a direct message, and in all that the API says
	Type      int    `json:"type"`
	Content   string `json:"content"`
	WebhookID string `json:"webhook_id"`
	Author    struct {
		ID  string `json:"id"`
		Bot bool   `json:"bot"`
	} `json:"author"`
	Mentions []struct {
		ID string `json:"id"`
	} `json:"mentions"`
	Reference struct {
		MessageID string `json:"message_id"`
	} `json:"message_reference"`
}

// types of messages that people write; all others are Discord's own.
// https://docs.discord.com/developers/resources/message#message-object-message-types
const (
	messageDefault = 0
	messageReply   = 19
)

// epoch is the millisecond since 1970 that Discord counts ids from, which hold
// the time in their upper bits.
// https://docs.discord.com/developers/reference#snowflakes
const epoch = 1420070400000

func readMessage(payload json.RawMessage) (spokenMessage, error) {
	var m spokenMessage
	if err := json.Unmarshal(payload, &m); err != nil {
		return m, fmt.Errorf("discord: read message: %w", redact.JSON(err))
	}
	return m, nil
}

// hears says whether the message is said to the bot: by a person, to whom it is
// sent directly or who mentions or answers the bot.
func (m *spokenMessage) hears(self string) bool {
	if m.ID == "" || m.ChannelID == "" || m.Author.ID == "" || m.Author.Bot || m.WebhookID != "" || m.Author.ID == self {
		return false
	}
	if m.Type != messageDefault && m.Type != messageReply {
		return false
	}
	return m.direct() || m.mentions(self)
}

func (m *spokenMessage) direct() bool { return m.GuildID == "" }

// mentions says whether the message names the bot, in its text or by being a
// reply to it that notifies it.
func (m *spokenMessage) mentions(self string) bool {
	for _, u := range m.Mentions {
		if u.ID == self && self != "" {
			return true
		}
	}
	return false
}

func (m *spokenMessage) place() place {
	return place{guild: m.GuildID, channel: m.ChannelID, user: m.Author.ID}
}

// key names the message, not its delivery: each session of a shard hears it.
func (m *spokenMessage) key() string { return delivery.Key("discord", "message", m.ID) }

// text is what was said, without the marks that stand for people, channels,
// roles, commands and emoji.
// https://docs.discord.com/developers/reference#message-formatting
func (m *spokenMessage) text() string {
	var b strings.Builder
	rest := m.Content
	for {
		at := strings.IndexByte(rest, '<')
		if at < 0 {
			break
		}
		b.WriteString(rest[:at])
		rest = rest[at:]
		end := strings.IndexByte(rest, '>')
		if end < 0 || end > maxMark || !isMark(rest[1:end]) {
			b.WriteByte('<')
			rest = rest[1:]
			continue
		}
		b.WriteByte(' ')
		rest = rest[end+1:]
	}
	b.WriteString(rest)
	return strings.TrimSpace(b.String())
}

// maxMark is how long a mark is at most: the longest name an emoji or a command
// by its id.
const maxMark = 130

// isMark says whether what stands between < and > is a mark of Discord's.
func isMark(s string) bool {
	for _, begins := range []string{"@&", "@!", "@", "#", "a:", ":", "/", "t:", "id:"} {
		rest, ok := strings.CutPrefix(s, begins)
		if !ok || rest == "" {
			continue
		}
		last := rest[strings.LastIndexByte(rest, ':')+1:]
		if strings.HasPrefix(begins, "t") || strings.HasPrefix(begins, "id") || digits(last) {
			return !strings.ContainsAny(rest, "<\n")
		}
	}
	return false
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// answering is how long one message is tried to be answered before Discord's
// own word is taken that it is too late.
const answering = 10 * time.Minute

// hear answers a message that is said to the bot, and nothing else. It returns
// once the answer is posted, in the outbox, or another's. Discord does not send
// a message twice, so that what was not answered is tried again here.
func (a *Adapter) hear(ctx context.Context, m spokenMessage, again bool) {
	if !a.fresh(m.ID) {
		return
	}
	a.counts.Messages.Add(1)
	a.remember(ctx, m)
	wait := time.Second
	for end := time.Now().Add(answering); ; {
		if a.deliver(ctx, m, again) == delivery.Ack {
			return
		}
		if again = true; time.Now().After(end) {
			a.log.ErrorContext(ctx, "discord: message: not answered, and given up")
			return
		}
		if !rest.For(ctx, wait) {
			a.forgetFresh(m.ID) // for whoever goes on
			return
		}
		wait = min(2*wait, 15*time.Second)
	}
}

// deliver answers the message in its channel, once over all replicas.
func (a *Adapter) deliver(ctx context.Context, m spokenMessage, again bool) delivery.Verdict {
	if a.cfg.Within != nil {
		ctx = a.cfg.Within(ctx)
	}
	p := m.place()
	what := delivery.Message{Key: m.key(), Lane: lane(p.channel), Group: group, Redelivered: again}
	return a.desk.Deliver(ctx, what, func(ctx context.Context) ([]byte, bool) {
		answer, ok := a.unlessFlooded(ctx, p, m)
		if !ok || answer.Kind == bot.Silent {
			return nil, false
		}
		payload, err := a.letter(answer, m)
		if err != nil {
			a.log.ErrorContext(ctx, "discord: message: the answer cannot be written", "error", err)
			return nil, false
		}
		return payload, true
	})
}

// unlessFlooded is the answer to a message, one notice to a flood of them, and
// nothing to the rest of it.
func (a *Adapter) unlessFlooded(ctx context.Context, p place, m spokenMessage) (answer bot.Answer, ok bool) {
	pass, err := a.cfg.Limiter.Allow(ctx, p.user, nonEmpty(p.guild, "direct"))
	if err != nil {
		a.log.DebugContext(ctx, "discord: limiter: rates are kept in this process", "error", err)
	}
	switch pass {
	case delivery.Through:
		return a.reply(ctx, p, m), true
	case delivery.Notice:
		a.counts.Limited.Add(1)
		return spoken.TooFast(), true
	}
	a.counts.Limited.Add(1)
	return bot.Answer{}, false
}

// reply is what a message is answered with.
func (a *Adapter) reply(ctx context.Context, p place, m spokenMessage) bot.Answer {
	text := m.text()
	what, rest := spoken.Read(text)
	switch {
	case what == spoken.Help:
		return a.core.Ask(ctx, bot.Question{Text: "help"})
	case m.direct() && what == spoken.Forget:
		return a.core.Forget(ctx, p.person(), a.store.Forget(ctx, p.person()))
	case m.direct() && what == spoken.AboutMe:
		return a.about(ctx, p)
	case m.direct() && what == spoken.Region:
		return a.chooseRegion(ctx, p, rest)
	case what == spoken.Forget, what == spoken.AboutMe, what == spoken.Region:
		return spoken.InPrivate(what)
	}
	return a.ask(ctx, p, text)
}

// fresh says whether a message or an interaction was not seen in this process
// before. Each comes as often as a shard has sessions.
func (a *Adapter) fresh(id string) bool {
	known, _ := a.seen.ContainsOrAdd(id, struct{}{})
	return !known
}

func (a *Adapter) forgetFresh(id string) { a.seen.Remove(id) }
