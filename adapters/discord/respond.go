package discord

import (
	"context"
	"runtime/debug"

	"careerbot/adapters/internal/spoken"
	"careerbot/bot"
)

// types of responses.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	respondPong    = 1
	respondMessage = 4
	respondUpdate  = 7
	respondChoices = 8
)

// response is what an interaction is answered with.
type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// Respond answers an interaction as Discord sent it, by whichever door, and
// returns the response in JSON. It is never empty: what cannot be read or is
// not known is answered with a sentence.
func (a *Adapter) Respond(ctx context.Context, payload []byte) (out []byte) {
	defer func() {
		if p := recover(); p != nil { // what was said is left out
			a.log.Error("discord: a fault of the program", "in", "interaction", "stack", string(debug.Stack()))
			out = a.say(spoken.Broken())
		}
	}()
	ctx, stop := a.within(ctx)
	defer stop()
	in, err := readInteraction(payload)
	if err != nil {
		a.counts.Unreadable.Add(1)
		a.log.WarnContext(ctx, "discord: answered what cannot be read", "error", err)
		return a.say(spoken.Broken())
	}
	switch in.Type {
	case interactionPing:
		return a.write(response{Type: respondPong})
	case interactionCommand:
		return a.command(ctx, in)
	case interactionPress:
		return a.press(ctx, in)
	case interactionAutocomplete:
		return a.write(response{respondChoices, struct {
			Choices []choice `json:"choices"`
		}{a.complete(in)}})
	case interactionModal:
		a.counts.Unknown.Add(1)
		return a.say(stale("That form"))
	}
	a.counts.Unknown.Add(1)
	a.log.InfoContext(ctx, "discord: interaction: not one that is answered", "type", in.Type)
	return a.say(stale("What you used"))
}

// renderKey names a response: an answer's tag and all that it is written by.
type renderKey struct {
	tag   string
	kind  int
	share bool
}

// privately is the response that only the asker sees.
func (a *Adapter) privately(answer bot.Answer, in interaction) []byte {
	return a.kept(answer, renderKey{answer.Tag, respondMessage, !in.alone()})
}

// kept writes a response that only the asker sees, or finds it written.
func (a *Adapter) kept(answer bot.Answer, key renderKey) []byte {
	if key.tag != "" {
		if b, ok := a.rendered.Get(key); ok {
			return b
		}
	}
	m := a.render(answer, Options{Share: key.share})
	if key.kind == respondMessage {
		m.Flags |= flagEphemeral
	}
	b := a.write(response{key.kind, m})
	if key.tag != "" {
		a.rendered.Add(key, b)
	}
	return b
}

// render renders an answer with the roles that its role can be compared with.
func (a *Adapter) render(answer bot.Answer, o Options) Message {
	if answer.Kind == bot.Silent {
		answer = spoken.Broken() // an interaction is never met with silence
	}
	if answered(answer) && len(answer.Understood.Roles) == 1 {
		o.Compare = a.rolesToCompare(answer.Understood.Roles[0])
	}
	return Render(answer, o)
}

// say is a sentence that only the person sees.
func (a *Adapter) say(answer bot.Answer) []byte {
	m := Render(answer, Options{})
	m.Flags |= flagEphemeral
	return a.write(response{respondMessage, m})
}

// write is a response in JSON.
func (a *Adapter) write(r response) []byte {
	b, err := encode(r)
	if err != nil {
		a.log.Error("discord: a response cannot be written", "error", err)
	}
	return b
}
