package slack

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/spoken"
	"careerbot/bot"
)

// hearing is why a message is answered.
type hearing uint8

const (
	notHeard  hearing = iota
	mentioned         // the bot is named
	direct            // in a direct message, or the app's Messages tab
	continued         // in a thread where the asker talks with the bot
	overheard         // in a channel that wants to be listened to
)

// event answers what the Events API sends, and says what Slack should hear.
// redelivered is set when Slack says that it comes again.
func (a *Adapter) event(ctx context.Context, env envelope, e event, redelivered bool) delivery.Verdict {
	if id, ok := a.botIDs.Load(e.workspace.Team); ok && e.botUser == "" {
		e.botUser = id.(string)
	}
	switch e.Type {
	case "app_mention", "message":
		return a.message(ctx, e, redelivered)
	case "app_home_opened":
		a.homeOpened(ctx, e)
	case "assistant_thread_started":
		a.suggestPrompts(ctx, e.workspace, e.AssistantThread.ChannelID, e.AssistantThread.ThreadTS)
	case "agent_session_stopped":
		a.running.stop(e.channel, e.ThreadTS)
	case "app_uninstalled", "tokens_revoked":
		return a.uninstalled(ctx, e)
	default:
		a.log.DebugContext(ctx, "slack: event: not one that is answered", "type", env.Type, "event", e.Type)
	}
	return delivery.Ack
}

// uninstalled erases all of a workspace that no longer has the app. It comes
// again when that fails.
func (a *Adapter) uninstalled(ctx context.Context, e event) delivery.Verdict {
	if e.Type == "tokens_revoked" && len(e.Tokens.Bot) == 0 {
		return delivery.Ack // a person's token, of which there are none
	}
	w := e.workspace.installed()
	err := a.Erase(ctx, w)
	if a.cfg.Removed != nil {
		err = errors.Join(err, a.cfg.Removed(ctx, w, e.at))
	}
	if err != nil {
		a.log.ErrorContext(ctx, "slack: a workspace has removed the app, and not all of it is erased", "error", err)
		return delivery.Again
	}
	a.log.InfoContext(ctx, "slack: a workspace has removed the app", "event", e.Type)
	return delivery.Ack
}

// hear says whether and why the message is answered.
func (a *Adapter) hear(ctx context.Context, e event) hearing {
	if !e.byPerson() {
		return notHeard
	}
	switch {
	case e.Type == "app_mention":
		return mentioned
	case e.ChannelType == "im":
		return direct
	case mentions(e.Text, e.botUser):
		return mentioned // its app_mention is on its way, or was here before
	case e.ThreadTS != "" && a.goesOn(ctx, e):
		return continued
	case e.ThreadTS == "":
		if on, err := a.store.Get(ctx, listenKey(e.workspace, e.channel)); err == nil && on != "" {
			return overheard
		}
	}
	return notHeard
}

// goesOn says whether a message without a mention goes on with the talk of its
// thread: it is the asker's own. When somebody else speaks, or is spoken to,
// or somebody says stop, the talk is over.
func (a *Adapter) goesOn(ctx context.Context, e event) bool {
	key := talkKey(e.workspace, e.channel, e.ThreadTS)
	asker, err := a.store.Get(ctx, key)
	if err != nil || asker == "" {
		return false
	}
	what, _ := spoken.Read(plainText(e.Text, e.botUser))
	if asker != e.User || strings.Contains(e.Text, "<@") || what == spoken.Stop {
		a.endTalk(ctx, e)
		return false
	}
	return a.lively.may(key)
}

func (a *Adapter) endTalk(ctx context.Context, e event) {
	if err := a.store.Set(ctx, talkKey(e.workspace, e.channel, e.ThreadTS), "", 0); err != nil {
		a.log.WarnContext(ctx, "slack: settings: cannot be kept", "error", err)
	}
}

// message answers a message in its thread.
func (a *Adapter) message(ctx context.Context, e event, redelivered bool) delivery.Verdict {
	why := a.hear(ctx, e)
	if why == notHeard {
		return delivery.Ack
	}
	a.counts.Messages.Add(1)
	root := e.ThreadTS
	if root == "" {
		root = e.TS
	}
	ctx, done := a.running.begin(ctx, e.channel, root)
	if why == direct {
		defer a.showStatus(ctx, e.workspace, e.channel, root)()
	}
	key := message(e.workspace, e.channel, e.TS)
	verdict := a.desk.Deliver(ctx, delivery.Message{Key: key, Lane: delivery.Key(e.workspace.Team, e.channel), Group: delivery.Key(e.workspace.Team),
		Redelivered: redelivered, Second: e.Type == "message" && why == mentioned}, func(ctx context.Context) ([]byte, bool) {
		answer, ok := a.unlessFlooded(ctx, e, why)
		if !ok || answer.Kind == bot.Silent {
			return nil, false
		}
		if why != direct && why != overheard {
			a.beginTalk(ctx, e, root)
		}
		m := post{Workspace: e.workspace, Channel: e.channel, Thread: root, User: e.User, Of: fingerprint(key)}
		if why == direct && e.ThreadTS == "" {
			m.Title = answer.Title
		}
		r := Render(answer, Options{Level: a.level(e.workspace), Asker: e.User})
		m.Text, m.Blocks = r.Text, r.Blocks
		payload, err := json.Marshal(m)
		if err != nil {
			a.log.ErrorContext(ctx, "slack: message: cannot be written", "error", err)
			return nil, false
		}
		return payload, true
	})
	if done() {
		return delivery.Ack // the person has stopped it: no answer is what is wanted
	}
	return verdict
}

// unlessFlooded is the answer to a message, one notice to a flood of them, and
// nothing to the rest of it.
func (a *Adapter) unlessFlooded(ctx context.Context, e event, why hearing) (answer bot.Answer, ok bool) {
	pass, err := a.cfg.Limiter.Allow(ctx, e.User, e.workspace.Team)
	if err != nil {
		a.log.DebugContext(ctx, "slack: limiter: rates are kept in this process", "error", err)
	}
	switch {
	case pass == delivery.Through:
		return a.reply(ctx, e, why), true
	case pass == delivery.Notice && why != overheard:
		a.counts.Limited.Add(1)
		return spoken.TooFast(), true
	}
	a.counts.Limited.Add(1)
	return bot.Answer{}, false
}

// reply is what a message is answered with.
func (a *Adapter) reply(ctx context.Context, e event, why hearing) bot.Answer {
	p := place{workspace: e.workspace, channel: e.channel, thread: e.ThreadTS, user: e.User}
	text := plainText(e.Text, e.botUser)
	if why == overheard {
		if !a.lively.may(listenKey(e.workspace, e.channel)) {
			return bot.Answer{Kind: bot.Silent}
		}
		return a.ask(ctx, p, text, e.TS, true)
	}
	what, rest := spoken.Read(text)
	private := why == direct
	switch {
	case what == spoken.Help:
		return a.core.Ask(ctx, bot.Question{Text: "help"})
	case what == spoken.Stop && !private:
		a.endTalk(ctx, e)
		return bot.Answer{Kind: bot.Help, Title: "Quiet", Lead: "I am quiet here until somebody mentions me again."}
	case private && what == spoken.Forget:
		return a.forget(ctx, p)
	case private && what == spoken.AboutMe:
		return a.about(ctx, p)
	case private && what == spoken.Region:
		return a.chooseRegion(ctx, p, rest)
	case what == spoken.Forget, what == spoken.AboutMe, what == spoken.Region:
		return spoken.InPrivate(what)
	}
	return a.ask(ctx, p, text, e.TS, false)
}

// beginTalk remembers whose talk the thread is, so that it can go on without a
// mention where the app may read the channel.
func (a *Adapter) beginTalk(ctx context.Context, e event, root string) {
	owners := append(e.workspace.owners(), place{workspace: e.workspace, user: e.User}.person())
	if what, _ := spoken.Read(plainText(e.Text, e.botUser)); what == spoken.Stop {
		return
	}
	if err := a.store.Set(ctx, talkKey(e.workspace, e.channel, root), e.User, talkTime, owners...); err != nil {
		a.log.WarnContext(ctx, "slack: settings: cannot be kept", "error", err)
	}
}

// fingerprint stands for a message in the metadata of its answer, so that the
// answer can be found when Slack did not say whether it was posted.
func fingerprint(key string) string {
	sum := sha256.Sum256([]byte(key))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// statusAfter is how long an answer may take before the person is told that it
// is on its way.
const statusAfter = time.Second
