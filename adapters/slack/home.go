package slack

import (
	"context"
	"strconv"

	"github.com/slack-go/slack"

	"careerbot/adapters/internal/fit"
	"careerbot/bot"
)

// The ids of the Home's own elements, after homeAction and ".".
const (
	homeAction   = "home"
	homeRegion   = "region"
	homeNoRegion = "noregion"
	homeForget   = "forget"
)

// homeOpened shows the Home, or what can be asked in the Messages tab.
func (a *Adapter) homeOpened(ctx context.Context, e event) {
	switch e.Tab {
	case "home":
		p := place{workspace: e.workspace, user: e.User}
		a.later(ctx, "home", func(ctx context.Context) { a.publishHome(ctx, p, e.View.Hash) })
	case "messages":
		a.suggestPrompts(ctx, e.workspace, e.channel, "")
	}
}

func (a *Adapter) publishHome(ctx context.Context, p place, hash string) {
	v := slack.HomeTabViewRequest{Type: slack.VTHomeTab, CallbackID: "home", Blocks: slack.Blocks{BlockSet: a.home(ctx, p)}}
	c, err := a.client(ctx, p.workspace)
	if err == nil {
		if _, err = c.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: p.user, View: v, Hash: hashOrNil(hash)}); code(err) == "hash_conflict" {
			_, err = c.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: p.user, View: v})
		}
	}
	if err != nil {
		a.log.ErrorContext(ctx, "slack: views.publish", "error", err)
	}
}

func hashOrNil(hash string) *string {
	if hash == "" {
		return nil
	}
	return &hash
}

// home is the start page: what can be asked, the company's roles, what is
// kept, and the choice of a region.
func (a *Adapter) home(ctx context.Context, p place) []slack.Block {
	help := a.core.Ask(ctx, bot.Question{Text: "help"})
	out := []slack.Block{
		heading("Ask about roles in IT"),
		section(help.Lead),
		section("Type /career and a question anywhere: only you see the answer, and you may share it. Mention me in a channel, or write to me in Messages."),
		slack.NewActionBlock("home.examples", buttons(help.Actions)...),
		slack.NewActionBlock("home.forms",
			formButton(askForm, "Ask a question", true), formButton(compareForm, "Compare two roles", false), formButton(pathForm, "From role to role", false)),
	}
	if own := a.ownRoles(); len(own) > 0 {
		out = append(out, heading("Your company's roles"), slack.NewActionBlock("home.own", buttons(own)...))
	}
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, words("Choose a region"), homeAction+"."+homeRegion)
	none := 0
	pick.MinQueryLength = &none
	said := "Pay is shown for this region when you name none."
	row := []slack.BlockElement{pick}
	if region := a.region(ctx, p); region != "" {
		said = "Pay is shown for " + region + " when you name no region."
		row = append(row, slack.NewButtonBlockElement(homeAction+"."+homeNoRegion, "none", words("No region")))
	}
	forget := slack.NewButtonBlockElement(homeAction+"."+homeForget, "forget", words("Forget me"))
	forget.Confirm = slack.NewConfirmationBlockObject(words("Forget you?"), words("Your region and what we last talked about are erased."), words("Forget"), words("Keep"))
	out = append(out, heading("Your region"), section(said), slack.NewActionBlock("home.region", row...), heading("What is kept about you"))
	about := a.about(ctx, p)
	out = append(out, section(about.Lead))
	for _, part := range about.Parts {
		if f, ok := part.(bot.Facts); ok {
			for _, fact := range f.Facts[:min(len(f.Facts), 10)] {
				out = append(out, slack.NewContextBlock("", words(fit.Runes(fact.Name+": "+fact.Value, maxContextText))))
			}
		}
	}
	return append(out, slack.NewContextBlock("", words("No message text is stored.")), slack.NewActionBlock("home.forget", forget))
}

// ownRoles are questions about the company's own roles, five at most.
func (a *Adapter) ownRoles() []bot.Action {
	var out []bot.Action
	for _, s := range a.core.Suggest("", 1000) {
		if s.Own && len(out) < maxActions {
			out = append(out, bot.Action{Label: s.Title, Ask: "overview " + s.ID})
		}
	}
	return out
}

func heading(s string) slack.Block { return slack.NewHeaderBlock(words(fit.Runes(s, maxHeader))) }

func section(s string) slack.Block {
	return slack.NewSectionBlock(words(fit.Runes(s, maxSection)), nil, nil, slack.SectionBlockOptionExpand(true))
}

// buttons are questions to press.
func buttons(actions []bot.Action) []slack.BlockElement {
	var out []slack.BlockElement
	for i, act := range actions[:min(len(actions), maxActions)] {
		out = append(out, slack.NewButtonBlockElement(askAction+"."+strconv.Itoa(i), act.Ask, words(fit.Runes(act.Label, maxButton))))
	}
	return out
}

func formButton(name, label string, primary bool) *slack.ButtonBlockElement {
	b := slack.NewButtonBlockElement(openAction+"."+name, name, words(label))
	if primary {
		b.Style = slack.StylePrimary
	}
	return b
}

// pressedHome answers what is pressed or chosen in the Home, by showing it anew.
func (a *Adapter) pressedHome(ctx context.Context, in interaction, act pressed) {
	p := in.place()
	switch act.ActionID {
	case homeAction + "." + homeRegion:
		a.chooseRegion(ctx, p, act.chosen())
	case homeAction + "." + homeNoRegion:
		a.chooseRegion(ctx, p, "none")
	case homeAction + "." + homeForget:
		a.forget(ctx, p)
	default:
		a.tell(ctx, in, stale())
		return
	}
	a.publishHome(ctx, p, "")
}
