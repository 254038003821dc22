// Package bot answers questions about roles from a catalogue. It knows no
// platform: an adapter hands it a [Question] and renders the [Answer].
//
// A question takes one way: recall what the conversation left, understand the
// text, compose the answer from the catalogue, remember.
package bot

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// MaxQuestion is the longest question in characters that is read.
const MaxQuestion = 4000

// Bot answers from one catalogue at a time. It is safe for concurrent use;
// create it with [New].
type Bot struct {
	mind    atomic.Pointer[mind]
	memory  Memory
	now     func() time.Time
	trouble func(error)
}

// mind is a catalogue and what reads questions about it: swapped whole.
type mind struct {
	*view
	reader *intent.Reader
	read   *understood
	done   *composed
}

// Option changes a Bot that New makes.
type Option func(*Bot)

// WithMemory sets where conversations are kept; without it they are kept in
// this process, 10,000 at most.
func WithMemory(m Memory) Option { return func(b *Bot) { b.memory = m } }

// WithClock sets the clock.
func WithClock(now func() time.Time) Option { return func(b *Bot) { b.now = now } }

// WithTrouble sets what hears of a Memory's errors. The question is answered
// all the same, as if nothing were remembered.
func WithTrouble(f func(error)) Option { return func(b *Bot) { b.trouble = f } }

// New returns a Bot that answers from the catalogue.
func New(c *knowledge.Catalog, options ...Option) *Bot {
	b := &Bot{now: time.Now, trouble: func(error) {}}
	for _, o := range options {
		o(b)
	}
	if b.memory == nil {
		b.memory = NewLocalMemory(10_000, TimeToLive, b.now)
	}
	b.Swap(c)
	return b
}

// Swap puts another catalogue in place. Questions under way are answered from
// the one that they began with.
func (b *Bot) Swap(c *knowledge.Catalog) {
	r := intent.New(c)
	b.mind.Store(&mind{newView(c), r, newUnderstood(r), newComposed()})
}

// Catalog is the catalogue that is answered from now.
func (b *Bot) Catalog() *knowledge.Catalog { return b.mind.Load().Catalog }

// Ask answers the question. It never fails: what cannot be answered is said.
func (b *Bot) Ask(ctx context.Context, q Question) Answer {
	m := b.mind.Load()
	text := strings.TrimSpace(q.Text)
	if utf8.RuneCountInString(text) > MaxQuestion {
		if q.Overheard {
			return Answer{Kind: Silent, Understood: intent.Intent{Ask: intent.Silent}, About: m.label(intent.Intent{Ask: intent.Silent})}
		}
		a := tooLong()
		a.About = m.label(a.Understood)
		return a
	}
	began := b.now()
	before := b.recall(ctx, q.Conversation)
	r := m.read.read(text, before.Context, q.Overheard)
	if q.FindRegion != nil && wantsRegion(r.Intent) {
		q.Region = q.FindRegion()
	}
	a := m.answer(r, before.Context, q)
	if a.Kind != Silent && q.Conversation != "" {
		after := Conversation{Context: m.reader.After(before.Context, r), At: began, Owners: q.Owners}
		if a.Kind == Choice || a.Kind == Unknown {
			after.Context.Offered = m.offered(a.Actions)
		}
		if err := b.memory.Save(ctx, after, append([]string{q.Conversation}, q.Also...)...); err != nil {
			b.trouble(err)
		}
	}
	return a
}

// wantsRegion says whether the answer to an intent may hold pay, and names no
// region for it.
func wantsRegion(in intent.Intent) bool {
	switch in.Ask {
	case intent.Salary, intent.Compare, intent.Why:
		return in.Region == ""
	}
	return in.Region == "" && slices.Contains(in.Also, intent.Salary)
}

// answer composes the answer to a reading, or finds it composed.
func (m *mind) answer(r intent.Reading, before intent.Context, q Question) Answer {
	tag := m.done.tag(r, q.Region)
	if tag != "" {
		if a, ok := m.done.answers.Get(tag); ok {
			return a
		}
	}
	a := compose(m.view, r, before, q)
	a.About = m.label(a.Understood)
	if tag != "" {
		a.Tag = tag
		a.Parts, a.Actions, a.Sources = slices.Clip(a.Parts), slices.Clip(a.Actions), slices.Clip(a.Sources)
		m.done.answers.Add(tag, a)
	}
	return a
}

// Understand reads text as [Bot.Ask] would after the earlier messages of the
// same person, and answers nothing.
func (b *Bot) Understand(text string, earlier []string, overheard bool) intent.Reading {
	m := b.mind.Load()
	var before intent.Context
	for _, e := range earlier {
		before = m.reader.After(before, m.reader.Read(e, before, false))
	}
	return m.reader.Read(strings.TrimSpace(text), before, overheard)
}

// recall loads the conversation; trouble counts as nothing remembered.
func (b *Bot) recall(ctx context.Context, conversation string) Conversation {
	if conversation == "" {
		return Conversation{}
	}
	c, err := b.memory.Load(ctx, conversation)
	if err != nil {
		b.trouble(err)
		return Conversation{}
	}
	return c
}

// offered reads back what the buttons of a choice ask, so that "2" or a name
// typed in reply finds it.
func (m *mind) offered(actions []Action) []intent.Intent {
	out := make([]intent.Intent, 0, len(actions))
	for _, act := range actions {
		out = append(out, m.reader.Read(act.Ask, intent.Context{}, false).Intent)
	}
	return out
}

// Suggest implements [Suggester].
func (b *Bot) Suggest(prefix string, limit int) []Suggestion {
	v := b.mind.Load().view
	if limit <= 0 {
		return []Suggestion{}
	}
	roles := v.start
	if strings.TrimSpace(prefix) != "" {
		roles = v.Complete(prefix, limit)
	}
	out := make([]Suggestion, 0, min(limit, len(roles)))
	for _, r := range roles[:min(limit, len(roles))] {
		out = append(out, Suggestion{ID: r.ID, Title: r.Title, Category: r.Category, Own: r.OwnAny})
	}
	return out
}
