package discord

import (
	"context"
	"crypto/rand"
	"strings"

	"careerbot/adapters/internal/delivery"
	"careerbot/bot"
	"careerbot/bot/intent"
)

// press answers a button or a select. The answer takes the place of the
// message when that is the person's own, and is theirs alone otherwise.
func (a *Adapter) press(ctx context.Context, in interaction) []byte {
	a.counts.Presses.Add(1)
	what, asker := readID(in.Data.CustomID)
	if len(in.Data.Values) > 0 {
		role, ok := strings.CutPrefix(what, compareWord)
		if !ok || strings.ContainsAny(role, " ") {
			return a.unknownPress(ctx)
		}
		other := in.Data.Values[0]
		if other == role {
			return a.say(bot.Answer{Kind: bot.Refused, Title: "The same role", Lead: "That is the role of this answer. Choose another one to compare it with."})
		}
		return a.pressedQuestion(ctx, in, compareWord+role+" "+other, asker)
	}
	if question, ok := strings.CutPrefix(what, shareWord); ok && isQuestion(question) {
		return a.share(ctx, in, question)
	}
	if !isQuestion(what) {
		return a.unknownPress(ctx)
	}
	return a.pressedQuestion(ctx, in, what, asker)
}

func (a *Adapter) unknownPress(ctx context.Context) []byte {
	a.counts.Unknown.Add(1)
	a.log.InfoContext(ctx, "discord: press: of a button that is not known")
	return a.say(stale("That button"))
}

// isQuestion says whether the text begins as an intent's text form does.
func isQuestion(s string) bool {
	verb, _, _ := strings.Cut(s, " ")
	for ask := intent.Overview; ask <= intent.Why; ask++ {
		if verb == ask.String() && ask != intent.Silent {
			return true
		}
	}
	return false
}

func (a *Adapter) pressedQuestion(ctx context.Context, in interaction, question, asker string) []byte {
	p := in.place()
	answer := a.ask(ctx, p, question)
	switch {
	case in.Message.Flags&flagComponentsV2 == 0:
		// What was sent as text or an embed was so because components were
		// refused there: it stays as it is.
		return a.privately(answer, in)
	case in.Message.Flags&flagEphemeral != 0:
		return a.kept(answer, renderKey{answer.Tag, respondUpdate, !in.alone()})
	case asker != "" && asker == p.user:
		return a.write(response{respondUpdate, a.render(answer, Options{Asker: p.user})})
	}
	return a.privately(answer, in)
}

// share shows the asker's answer to the channel, once, and says who shared it.
func (a *Adapter) share(ctx context.Context, in interaction, question string) []byte {
	p := in.place()
	key := delivery.Key("discord", "share", p.channel, p.user, in.Message.ID, question)
	nonce := rand.Text()
	state, err := a.cfg.Ledger.Claim(ctx, key, nonce)
	won := state == delivery.Won || state == delivery.Retaken
	if err != nil {
		a.log.WarnContext(ctx, "discord: share: ledger", "error", err)
		known, _ := a.shared.ContainsOrAdd(key, struct{}{})
		won = !known
	}
	if !won {
		return a.say(bot.Answer{Kind: bot.Refused, Title: "Shared", Lead: "You have shared this answer here already."})
	}
	// Asked without the conversation: it is said once more, not gone on with.
	answer := a.core.Ask(ctx, bot.Question{Text: question, FindRegion: func() string { return a.region(ctx, p) }})
	if !answered(answer) {
		a.release(ctx, key, nonce)
		return a.privately(answer, in)
	}
	if err := a.cfg.Ledger.Done(ctx, key, nonce); err != nil {
		a.log.WarnContext(ctx, "discord: share: ledger", "error", err)
	}
	a.counts.Shared.Add(1)
	return a.write(response{respondMessage, a.render(answer, Options{By: in.name()})})
}

func (a *Adapter) release(ctx context.Context, key, nonce string) {
	if err := a.cfg.Ledger.Release(ctx, key, nonce); err != nil {
		a.log.WarnContext(ctx, "discord: share: ledger", "error", err)
	}
}
