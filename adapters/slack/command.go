package slack

import (
	"context"
	"strings"
	"time"

	"careerbot/adapters/internal/spoken"
	"careerbot/bot"
)

// command answers a slash command: what it returns is the response, seen by
// the asker alone. nil is an empty acknowledgement.
func (a *Adapter) command(ctx context.Context, c command) []byte {
	a.counts.Commands.Add(1)
	if c.SSLCheck != "" {
		return nil
	}
	p := c.place()
	o := Options{Level: a.level(p.workspace), Share: true} // an ephemeral answer is the asker's own anyway
	what, rest := spoken.Read(c.Text)
	var answer bot.Answer
	switch what {
	case spoken.Help:
		o.Start = true
		answer = a.core.Ask(ctx, bot.Question{Text: "help"})
	case spoken.Forget:
		answer = a.forget(ctx, p)
	case spoken.AboutMe:
		answer = a.about(ctx, p)
	case spoken.Region:
		answer = a.chooseRegion(ctx, p, rest)
	case spoken.Listen:
		answer = a.listenTo(ctx, p, rest)
	case spoken.Compare, spoken.Path:
		if a.openForm(ctx, p, c.TriggerID, string(what), c.ResponseURL) {
			return nil
		}
		answer = busy()
	default:
		answer = a.ask(ctx, p, c.Text, "", false)
	}
	return a.privately(answer, o)
}

// renderKey names a response: an answer's tag and all that it is rendered by.
type renderKey struct {
	tag string
	Options
}

// mostRendered is how many responses are kept, some eight thousand bytes each.
const mostRendered = 512

// privately is the response that only the asker sees.
func (a *Adapter) privately(answer bot.Answer, o Options) []byte {
	key := renderKey{answer.Tag, o}
	if answer.Tag != "" {
		if b, ok := a.rendered.Get(key); ok {
			return b
		}
	}
	b := respondWith(Render(answer, o), "ephemeral")
	if answer.Tag != "" {
		a.rendered.Add(key, b)
	}
	return b
}

// ask asks the core. root is the timestamp of a message that a thread may
// begin under, "" for none.
func (a *Adapter) ask(ctx context.Context, p place, text, root string, overheard bool) bot.Answer {
	conversation, also, owners := p.talk(root)
	return a.core.Ask(ctx, bot.Question{Text: text, Conversation: conversation, Also: also, Owners: owners,
		Overheard: overheard, FindRegion: func() string { return a.region(ctx, p) }})
}

// region is the person's choice, "" if there is none or it cannot be known.
func (a *Adapter) region(ctx context.Context, p place) string {
	region, err := a.store.Get(ctx, p.regionKey())
	if err != nil {
		a.log.WarnContext(ctx, "slack: settings: cannot be read", "error", err)
	}
	return region
}

// about says what is kept about the person.
func (a *Adapter) about(ctx context.Context, p place) bot.Answer {
	return spoken.About(ctx, a.core, p.person(), a.region(ctx, p))
}

// forget erases what is kept about the person.
func (a *Adapter) forget(ctx context.Context, p place) bot.Answer {
	return a.core.Forget(ctx, p.person(), a.store.Forget(ctx, p.person()))
}

// chooseRegion keeps the person's region for pay. "none" forgets it.
func (a *Adapter) chooseRegion(ctx context.Context, p place, typed string) bot.Answer {
	answer := bot.Answer{Kind: bot.Help, Title: "Your region"}
	var region string
	switch found := a.core.Regions(typed, 4); {
	case typed == "":
		answer.Lead = "Your region for pay is not set. Set it with /career region Germany, for example."
		if region = a.region(ctx, p); region != "" {
			answer.Lead = "Your region for pay is " + region + ". Change it with /career region and another name; /career region none erases it."
		}
		return answer
	case typed == "none" || typed == "off":
	case len(found) == 0:
		answer.Kind, answer.Lead = bot.Unknown, "I have no pay for a region of that name, so your region stays as it is."
		return answer
	case len(found) > 1 && !strings.EqualFold(found[0], typed):
		answer.Kind, answer.Lead = bot.Choice, "Which region: "+strings.Join(found, ", ")+"? Type one of them after /career region."
		return answer
	default:
		region = found[0]
	}
	if err := a.store.Set(ctx, p.regionKey(), region, regionTime, append(p.workspace.owners(), p.person())...); err != nil {
		a.log.WarnContext(ctx, "slack: settings: cannot be kept", "error", err)
		answer.Kind, answer.Lead = bot.Partial, "I cannot keep your region just now. Please try again in a minute."
		return answer
	}
	answer.Lead = "Your region for pay is erased."
	if region != "" {
		answer.Lead = "Pay is shown for " + region + " from now on when you name no region. Only you see this; /career forget erases it."
	}
	return answer
}

// listenTo turns on or off that questions in the channel are answered without
// a mention.
func (a *Adapter) listenTo(ctx context.Context, p place, word string) bot.Answer {
	answer := bot.Answer{Kind: bot.Help, Title: "Listening in this channel"}
	if !strings.HasPrefix(p.channel, "C") && !strings.HasPrefix(p.channel, "G") {
		answer.Kind, answer.Lead = bot.Refused, "Here I read all that you write to me; listening is for channels."
		return answer
	}
	key := listenKey(p.workspace, p.channel)
	switch word {
	case "on", "off":
		value := ""
		answer.Lead = "I no longer listen in this channel: I answer when I am mentioned."
		if word == "on" {
			value = "on"
			answer.Lead = "I listen in this channel now: a plain question about a role in IT is answered in its thread, everything else is left alone. " +
				"This needs me to be a member of the channel. Anyone here turns it off with /career listen off."
		}
		if err := a.store.Set(ctx, key, value, listenTime, p.workspace.owners()...); err != nil {
			a.log.WarnContext(ctx, "slack: settings: cannot be kept", "error", err)
			answer.Kind, answer.Lead = bot.Partial, "I cannot keep that just now. Please try again in a minute."
		}
	default:
		answer.Lead = "I do not listen in this channel: I answer when I am mentioned. /career listen on changes that for everyone here."
		if on, err := a.store.Get(ctx, key); err == nil && on != "" {
			answer.Lead = "I listen in this channel. /career listen off turns it off for everyone here."
		}
	}
	return answer
}

func busy() bot.Answer {
	return bot.Answer{Kind: bot.Refused, Title: "Busy", Lead: "I am answering too many at once. Please ask again in a moment."}
}

// level is how much of Block Kit the workspace takes, as far as is known.
func (a *Adapter) level(w Workspace) Level {
	if a.basic.has(w.Team) {
		return Basic
	}
	return Full
}

// basicTime is how long a workspace that refused blocks is spared those that
// not every workspace takes.
const basicTime = time.Hour

// respondWith writes a message as the response to a command or a press.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func respondWith(m Message, kind string) []byte {
	b := make([]byte, 0, len(m.Text)+len(m.Blocks)+128)
	b = append(b, `{"response_type":"`...)
	b = append(b, kind...)
	b = append(b, `","unfurl_links":false,"unfurl_media":false,"mrkdwn":false,"text":`...)
	b = appendString(b, m.Text)
	if m.Blocks != nil {
		b = append(b, `,"blocks":`...)
		b = append(b, m.Blocks...)
	}
	return append(b, '}')
}
