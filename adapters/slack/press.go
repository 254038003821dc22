package slack

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"github.com/slack-go/slack"

	"careerbot/adapters/internal/delivery"
	"careerbot/bot"
)

// interaction answers a press, a look-up, a submission or a shortcut. What it
// returns is the body of the acknowledgement, nil for an empty one.
func (a *Adapter) interaction(ctx context.Context, in interaction) []byte {
	switch in.Type {
	case "block_actions":
		a.pressed(ctx, in)
	case "block_suggestion":
		a.counts.Lookups.Add(1)
		return a.options(in)
	case "view_submission":
		a.counts.Submissions.Add(1)
		return a.submitted(ctx, in)
	case "shortcut":
		a.shortcut(ctx, in)
	case "message_action":
		a.explain(ctx, in)
	case "view_closed":
	default:
		a.log.InfoContext(ctx, "slack: interaction: not one that is answered", "type", in.Type)
	}
	return nil
}

// pressed answers presses after they were acknowledged.
func (a *Adapter) pressed(ctx context.Context, in interaction) {
	for _, act := range in.Actions {
		a.counts.Presses.Add(1)
		a.later(ctx, "press", func(ctx context.Context) { a.press(ctx, in, act) })
	}
}

func (a *Adapter) press(ctx context.Context, in interaction, act pressed) {
	what, rest, _ := strings.Cut(act.ActionID, ":")
	what, _, _ = strings.Cut(what, ".")
	switch what {
	case askAction:
		a.pressedQuestion(ctx, in, act, act.chosen())
	case compareAction:
		if other := act.chosen(); other == rest {
			a.tell(ctx, in, bot.Answer{Kind: bot.Refused, Title: "The same role", Lead: "That is the role of this answer. Choose another one to compare it with."})
		} else if other != "" {
			a.pressedQuestion(ctx, in, act, "compare "+rest+" "+other)
		}
	case shareAction:
		a.share(ctx, in, act)
	case feedbackAction:
		a.feedback(ctx, in, act)
	case openAction:
		if !a.openForm(ctx, in.place(), in.TriggerID, act.Value, in.ResponseURL) {
			a.tell(ctx, in, busy())
		}
	case homeAction:
		a.pressedHome(ctx, in, act)
	case roleAction: // chosen in a form, which is sent as a whole
	default:
		a.log.InfoContext(ctx, "slack: press: of a button that is not known")
		a.tell(ctx, in, stale())
	}
}

func stale() bot.Answer {
	return bot.Answer{Kind: bot.Unknown, Title: "An old button", Lead: "That button is from before a change and no longer works. Type your question, and I answer it."}
}

// pressedQuestion asks what a button holds. The answer takes the place of the
// message when it is the person's own, and is theirs alone otherwise.
func (a *Adapter) pressedQuestion(ctx context.Context, in interaction, act pressed, question string) {
	if question == "" || len(question) > maxValue {
		a.tell(ctx, in, stale())
		return
	}
	p := in.place()
	if in.Container.Type == "view" || in.View.ID != "" {
		a.showInView(ctx, in, a.ask(ctx, p, question, "", false))
		return
	}
	answer := a.ask(ctx, p, question, "", false)
	o := Options{Level: a.level(p.workspace), Asker: p.user, Share: in.Container.IsEphemeral}
	own := in.Container.IsEphemeral
	if _, asker, ok := strings.Cut(act.BlockID, ":"); ok {
		own = own || asker == p.user
	}
	if own {
		a.replace(ctx, in, Render(answer, o))
		return
	}
	o.Share = true
	a.whisper(ctx, in, Render(answer, o))
}

// replace puts a message in the place of the one that was pressed.
func (a *Adapter) replace(ctx context.Context, in interaction, m Message) {
	p := in.place()
	err := a.respond(ctx, p.workspace, in.ResponseURL, response{ReplaceOriginal: true, Text: m.Text, Blocks: m.Blocks})
	if err == nil {
		return
	}
	a.log.WarnContext(ctx, "slack: press: response_url failed; editing the message", "error", err)
	if in.Container.IsEphemeral {
		a.whisperByCall(ctx, in, m)
		return
	}
	c, err := a.client(ctx, p.workspace)
	if err == nil {
		_, _, _, err = c.UpdateMessageContext(ctx, p.channel, in.Container.MessageTS, slack.MsgOptionText(m.Text, false), a.rawBlocks("chat.update", m.Blocks))
	}
	if err != nil {
		a.log.ErrorContext(ctx, "slack: press: not answered", "error", err)
	}
}

// whisper says a message to who pressed, and to nobody else.
func (a *Adapter) whisper(ctx context.Context, in interaction, m Message) {
	p := in.place()
	err := a.respond(ctx, p.workspace, in.ResponseURL, response{ResponseType: "ephemeral", ThreadTS: p.thread, Text: m.Text, Blocks: m.Blocks})
	if err != nil {
		a.log.WarnContext(ctx, "slack: press: response_url failed; posting to the one who pressed", "error", err)
		a.whisperByCall(ctx, in, m)
	}
}

func (a *Adapter) whisperByCall(ctx context.Context, in interaction, m Message) {
	p := in.place()
	c, err := a.client(ctx, p.workspace)
	if err == nil {
		post := func(blocks []byte) error {
			_, err := c.PostEphemeralContext(ctx, p.channel, p.user, slack.MsgOptionText(m.Text, false), slack.MsgOptionTS(p.thread),
				slack.MsgOptionDisableMarkdown(), a.rawBlocks("chat.postEphemeral", blocks))
			return err
		}
		if err = post(m.Blocks); refusedBlocks(err) {
			a.refused(ctx, p.workspace, err)
			err = post(nil)
		}
	}
	if err != nil {
		a.log.ErrorContext(ctx, "slack: press: not answered", "error", err)
	}
}

// tell says a sentence to who pressed.
func (a *Adapter) tell(ctx context.Context, in interaction, answer bot.Answer) {
	if in.Container.Type == "view" || in.View.ID != "" {
		a.showInView(ctx, in, answer)
		return
	}
	a.whisper(ctx, in, Render(answer, Options{Level: Basic}))
}

// share shows the asker's answer to the channel, once, and says who shared it.
func (a *Adapter) share(ctx context.Context, in interaction, act pressed) {
	question := act.chosen()
	p := in.place()
	if question == "" || len(question) > maxValue {
		a.tell(ctx, in, stale())
		return
	}
	key := delivery.Key("slack", "share", p.workspace.Team, p.channel, p.user, in.Container.MessageTS, question)
	nonce := rand.Text()
	state, err := a.cfg.Ledger.Claim(ctx, key, nonce)
	if err != nil {
		a.log.WarnContext(ctx, "slack: share: ledger", "error", err)
		if !a.shared.add(key, basicTime) {
			return
		}
	} else if state != delivery.Won && state != delivery.Retaken {
		return // shared already, or being shared: the second press of a double click
	}
	// Asked without the conversation: it is said once more, not gone on with.
	answer := a.core.Ask(ctx, bot.Question{Text: question, FindRegion: func() string { return a.region(ctx, p) }})
	m := Render(answer, Options{Level: a.level(p.workspace), By: in.name()})
	if err := a.respond(ctx, p.workspace, in.ResponseURL, response{ResponseType: "in_channel", ThreadTS: p.thread, Text: m.Text, Blocks: m.Blocks}); err != nil {
		a.log.ErrorContext(ctx, "slack: share: not shared", "error", err)
		if err := a.cfg.Ledger.Release(ctx, key, nonce); err != nil {
			a.log.WarnContext(ctx, "slack: share: ledger", "error", err)
		}
		said := "Slack would not let me post here, so your answer is not shared. Please try again."
		if errors.Is(err, errResponseURL) {
			said = "Your answer cannot be shared from here: Slack's address for it is not one that I send to."
		}
		a.whisperByCall(ctx, in, Render(bot.Answer{Kind: bot.Refused, Title: "Not shared", Lead: said}, Options{Level: Basic}))
		return
	}
	if err := a.cfg.Ledger.Done(ctx, key, nonce); err != nil {
		a.log.WarnContext(ctx, "slack: share: ledger", "error", err)
	}
	answer.Parts = append(answer.Parts, bot.Note{Text: "You shared this answer in the channel."})
	mine := Render(answer, Options{Level: a.level(p.workspace), Asker: p.user})
	if err := a.respond(ctx, p.workspace, in.ResponseURL, response{ReplaceOriginal: true, Text: mine.Text, Blocks: mine.Blocks}); err != nil {
		a.log.WarnContext(ctx, "slack: share: the button stays", "error", err)
	}
}

// feedback counts, and thanks. Which answer it was is not kept.
func (a *Adapter) feedback(ctx context.Context, in interaction, act pressed) {
	said := "Thank you. I am glad that it was useful."
	if act.chosen() == "bad" {
		a.counts.NotUseful.Add(1)
		said = "Thank you. If something is wrong or missing, tell those who keep the role pages; every fact names its page."
	} else {
		a.counts.Useful.Add(1)
	}
	a.whisper(ctx, in, Render(bot.Answer{Kind: bot.Help, Title: "Thank you", Lead: said}, Options{Level: Basic}))
}
