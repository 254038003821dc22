package slack

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"careerbot/adapters/internal/fit"
	"careerbot/bot"
)

// The ids of forms and of what is chosen in them.
const (
	openAction = "open" // "." and a form's name follow; value: the form's name
	roleAction = "role"

	askForm     = "ask"
	compareForm = "compare"
	pathForm    = "path"
	resultView  = "result"

	firstBlock, secondBlock, questionBlock = "first", "second", "question"
)

// form is a modal that asks.
func form(name string) (slack.ModalViewRequest, bool) {
	v := slack.ModalViewRequest{Type: slack.VTModal, CallbackID: name, Close: words("Cancel")}
	switch name {
	case askForm:
		v.Title, v.Submit = words("Ask about a career"), words("Ask")
		input := slack.NewPlainTextInputBlockElement(words("what does a data engineer earn in Germany?"), questionBlock)
		input.MaxLength = 3000 // https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
		v.Blocks.BlockSet = []slack.Block{slack.NewInputBlock(questionBlock, words("Your question"), words("Only you see the answer."), input)}
	case compareForm:
		v.Title, v.Submit = words("Compare two roles"), words("Compare")
		v.Blocks.BlockSet = []slack.Block{rolePicker(firstBlock, "One role"), rolePicker(secondBlock, "The other role")}
	case pathForm:
		v.Title, v.Submit = words("From role to role"), words("Show the way")
		v.Blocks.BlockSet = []slack.Block{rolePicker(firstBlock, "The role you have"), rolePicker(secondBlock, "The role you want")}
	default:
		return slack.ModalViewRequest{}, false
	}
	return v, true
}

func words(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
}

func rolePicker(block, label string) *slack.InputBlock {
	none := 0
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, words("Type a role"), roleAction+"."+block)
	pick.MinQueryLength = &none
	return slack.NewInputBlock(block, words(label), nil, pick)
}

// openForm opens a form for who pressed or typed, after the acknowledgement;
// false when there is no such form or no time for it.
func (a *Adapter) openForm(ctx context.Context, p place, trigger, name, responseURL string) bool {
	v, ok := form(name)
	return ok && a.later(ctx, "form", func(ctx context.Context) {
		if err := a.openView(ctx, p, trigger, v); err != nil && responseURL != "" {
			answer := bot.Answer{Kind: bot.Refused, Title: "Too late", Lead: "Slack did not open the form. Type it instead: /career backend vs devops, or /career from help desk to cloud engineer."}
			m := Render(answer, Options{Level: Basic})
			if err := a.respond(ctx, p.workspace, responseURL, response{ResponseType: "ephemeral", Text: m.Text, Blocks: m.Blocks}); err != nil {
				a.log.ErrorContext(ctx, "slack: form: not opened, and not said", "error", err)
			}
		}
	})
}

// openView opens a modal while its trigger lives.
func (a *Adapter) openView(ctx context.Context, p place, trigger string, v slack.ModalViewRequest) error {
	ctx, stop := context.WithTimeout(ctx, triggerTime)
	defer stop()
	c, err := a.client(ctx, p.workspace)
	if err == nil {
		_, err = c.OpenViewContext(ctx, trigger, v)
	}
	if err != nil {
		a.log.ErrorContext(ctx, "slack: views.open", "error", err)
		return fmt.Errorf("slack: views.open: %w", err)
	}
	return nil
}

// result is a modal that shows an answer.
func result(answer bot.Answer) slack.ModalViewRequest {
	v := slack.ModalViewRequest{Type: slack.VTModal, CallbackID: resultView, Title: words("Careerbot"), Close: words("Close")}
	if answer.Title != "" {
		v.Title = words(fit.Runes(answer.Title, maxViewTitle))
	}
	if err := json.Unmarshal(Render(answer, Options{Level: Basic, Modal: true}).Blocks, &v.Blocks); err != nil || len(v.Blocks.BlockSet) == 0 {
		v.Blocks.BlockSet = []slack.Block{slack.NewSectionBlock(words(fit.Runes(nonEmpty(answer.Lead, "I have nothing to say to that."), maxSection)), nil, nil)}
	}
	return v
}

// showInView shows an answer where a view was pressed: in the modal itself, or
// in a new one over the Home.
func (a *Adapter) showInView(ctx context.Context, in interaction, answer bot.Answer) {
	p := in.place()
	v := result(answer)
	if in.View.Type == "home" {
		_ = a.openView(ctx, p, in.TriggerID, v) // logged
		return
	}
	c, err := a.client(ctx, p.workspace)
	if err == nil {
		_, err = c.UpdateViewContext(ctx, v, "", in.View.Hash, in.View.ID)
	}
	if err != nil {
		a.log.ErrorContext(ctx, "slack: views.update", "error", err)
	}
}

// submitted answers a form in its place.
// https://docs.slack.dev/surfaces/modals#updating_views
func (a *Adapter) submitted(ctx context.Context, in interaction) []byte {
	question := ""
	switch in.View.CallbackID {
	case askForm:
		if question = in.entered(questionBlock); question == "" {
			return formError(questionBlock, "Type a question about a role in IT.")
		}
	case compareForm, pathForm:
		one, other := in.entered(firstBlock), in.entered(secondBlock)
		switch {
		case one == "":
			return formError(firstBlock, "Choose a role.")
		case other == "":
			return formError(secondBlock, "Choose a role.")
		case one == other:
			return formError(secondBlock, "That is the same role. Choose another one.")
		}
		question = in.View.CallbackID + " " + one + " " + other
	default:
		a.log.InfoContext(ctx, "slack: submission: of a form that is not known")
		return updateView(result(stale()))
	}
	return updateView(result(a.ask(ctx, in.place(), question, "", false)))
}

func formError(block, said string) []byte {
	b, err := json.Marshal(slack.NewErrorsViewSubmissionResponse(map[string]string{block: said}))
	if err != nil {
		return nil
	}
	return b
}

func updateView(v slack.ModalViewRequest) []byte {
	b, err := json.Marshal(slack.NewUpdateViewSubmissionResponse(&v))
	if err != nil {
		return nil
	}
	return b
}

// shortcut opens what a global shortcut is for.
func (a *Adapter) shortcut(ctx context.Context, in interaction) {
	if !a.openForm(ctx, in.place(), in.TriggerID, in.CallbackID, "") {
		a.later(ctx, "shortcut", func(ctx context.Context) {
			_ = a.openView(ctx, in.place(), in.TriggerID, result(stale())) // logged
		})
	}
}

// explain shows what the roles of somebody's message are, to who asked alone.
func (a *Adapter) explain(ctx context.Context, in interaction) {
	a.later(ctx, "explain", func(ctx context.Context) {
		answer := stale()
		if in.CallbackID == "explain" {
			answer = a.core.Explain(plainText(in.Message.Text, ""))
		}
		_ = a.openView(ctx, in.place(), in.TriggerID, result(answer)) // logged
	})
}
