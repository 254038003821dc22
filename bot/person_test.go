package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"careerbot/bot"
	"careerbot/bot/memorytest"
)

func TestAPersonHearsWhatIsKeptAndHasItErased(t *testing.T) {
	clock := memorytest.NewClock()
	b := bot.New(embedded(), bot.WithClock(clock.Now), bot.WithMemory(bot.NewLocalMemory(10, bot.TimeToLive, clock.Now)))
	say := func(text, in, who string) bot.Answer {
		return b.Ask(t.Context(), bot.Question{Text: text, Conversation: in, Also: []string{in + " thread"}, Owners: []string{who, "team"}})
	}
	if a := b.About(t.Context(), "ann", nil); a.Lead != "Nothing is kept about you." || a.Kind != bot.Help {
		t.Errorf("before: %s", a.Lead)
	}
	say("what does a backend engineer earn in Germany?", "c1", "ann")
	clock.Advance(time.Minute)
	say("a day of a UX designer", "c2", "ann")
	say("what does a nurse do all day", "c3", "bob")

	text := b.About(t.Context(), "ann", []bot.Fact{{Name: "Region", Value: "Germany"}}).Text()
	for _, want := range []string{"I remember what two conversations of ours were about", "Conversation 1: a day in the job of UX Designer; last at 09:01 UTC",
		"Conversation 2: pay of Backend Engineer, region Germany", "Region: Germany", "No message text is stored"} {
		if !strings.Contains(text, want) {
			t.Errorf("what is kept lacks %q:\n%s", want, text)
		}
	}
	if a := b.Forget(t.Context(), "ann", nil); a.Kind != bot.Help || !strings.HasPrefix(a.Lead, "Done.") {
		t.Errorf("forget: %s", a.Lead)
	}
	if a := b.About(t.Context(), "ann", nil); a.Lead != "Nothing is kept about you." {
		t.Errorf("after: %s", a.Lead)
	}
	for _, conversation := range []string{"c1", "c1 thread", "c2", "c2 thread"} {
		if a := b.Ask(t.Context(), bot.Question{Text: "and what do they earn?", Conversation: conversation}); a.Kind != bot.Choice {
			t.Errorf("%s still knows its role: %s", conversation, a.Lead)
		}
	}
}

func TestATurnCanBeGoneOnWithUnderEachOfItsNames(t *testing.T) {
	b := embeddedBot()
	b.Ask(t.Context(), bot.Question{Text: "what does a data engineer do?", Conversation: "channel", Also: []string{"thread"}})
	for _, name := range []string{"thread", "channel"} {
		a := b.Ask(t.Context(), bot.Question{Text: "and what do they earn?", Conversation: name})
		if !slices.Equal(a.About.Roles, []string{"Data Engineer"}) {
			t.Errorf("%s: %s", name, a.Lead)
		}
	}
}

func TestWhatCannotBeErasedIsNotSaidToBe(t *testing.T) {
	b := embeddedBot()
	if a := b.Forget(t.Context(), "ann", errors.New("store down")); a.Kind != bot.Partial || !strings.Contains(a.Lead, "not erased yet") {
		t.Errorf("%s: %s", a.Kind, a.Lead)
	}
}

func TestTheRolesOfAMessageAreExplained(t *testing.T) {
	b := embeddedBot()
	for _, c := range []struct{ text, lead string }{
		{"We hire a backend engineer and two data scientists, ask the data scientist", "The message names two roles: Backend Engineer and Data Scientist."},
		{"our SRE is on holiday", "The message names a Site Reliability Engineer."},
		{"lunch?", "I found no role of the catalogue in this message."},
		{"", "I found no role of the catalogue in this message."},
		{strings.Repeat("x ", 20_000), "I found no role of the catalogue in this message."},
	} {
		a := b.Explain(c.text)
		if a.Lead != c.lead {
			t.Errorf("%.40q: %s", c.text, a.Lead)
		}
		if a.Kind == bot.Answered && len(a.Sources) == 0 {
			t.Errorf("%.40q: no source", c.text)
		}
	}
	if a := b.Explain("the PM said so"); a.Kind != bot.Choice || len(a.Actions) < 2 {
		t.Errorf("an unclear name: %s %v", a.Lead, a.Actions)
	}
}

func TestRegionsAreCompleted(t *testing.T) {
	b := embeddedBot()
	if all := b.Regions("", 100); len(all) < 5 || !slices.Contains(all, "Germany") {
		t.Errorf("all: %v", all)
	}
	if got := b.Regions(" germ", 5); !slices.Equal(got, []string{"Germany"}) {
		t.Errorf("germ: %v", got)
	}
	if got := b.Regions("kingdom", 5); !slices.Equal(got, []string{"United Kingdom"}) {
		t.Errorf("kingdom: %v", got)
	}
	if got := b.Regions("", 2); len(got) != 2 {
		t.Errorf("two: %v", got)
	}
	if got := b.Regions("atlantis", 5); len(got) != 0 {
		t.Errorf("atlantis: %v", got)
	}
}
