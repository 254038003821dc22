package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"careerbot/bot"
	"careerbot/knowledge"
)

func Example() {
	catalogue, err := knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
	if err != nil {
		fmt.Println(err)
		return
	}
	b := bot.New(catalogue)
	a := b.Ask(context.Background(), bot.Question{Text: "what do data engineers earn in Germany?"})
	fmt.Println(a.Lead)
	fmt.Println(a.Actions[0].Label, "asks", a.Actions[0].Ask)
	// Output:
	// For a Data Engineer in Germany, the median is 92,800 USD a year (Stack Overflow 2025, 34 respondents).
	// By experience asks pay data-engineer with:levels
}

func TestALongQuestionIsRefusedInASentenceAndPassedOverWhenOverheard(t *testing.T) {
	b := embeddedBot()
	long := strings.Repeat("é", bot.MaxQuestion+1)
	if a := ask(b, long); a.Kind != bot.Refused || !strings.Contains(a.Lead, "4,000") || a.About.Intent == "" {
		t.Errorf("%s: %s", a.Kind, a.Lead)
	}
	if a := b.Ask(t.Context(), bot.Question{Text: long, Overheard: true}); a.Kind != bot.Silent || a.Text() != "" {
		t.Errorf("overheard: %s", a.Kind)
	}
	if a := ask(b, "what does a data engineer do? "+strings.Repeat("é", bot.MaxQuestion-40)); a.Title == "Too long" {
		t.Error("a question of the greatest length is refused")
	}
}

func TestAnEmptyQuestionIsAnsweredWithWhatCanBeAsked(t *testing.T) {
	for _, text := range []string{"", "  \n", "?!"} {
		if a := ask(embeddedBot(), text); a.Lead == "" || len(a.Actions) < 3 {
			t.Errorf("%q: %s, %v", text, a.Lead, a.Actions)
		}
	}
}

func TestAMemoryInTroubleIsHeardOfAndTheQuestionAnswered(t *testing.T) {
	var heard []error
	b := bot.New(embedded(), bot.WithMemory(&fragile{down: true}), bot.WithTrouble(func(err error) { heard = append(heard, err) }))
	a := b.Ask(t.Context(), bot.Question{Text: "what does a data engineer do?", Conversation: "c"})
	if a.Kind != bot.Answered {
		t.Errorf("%s: %s", a.Kind, a.Lead)
	}
	if len(heard) != 2 || !errors.Is(heard[0], errDown) || !errors.Is(heard[1], errDown) {
		t.Errorf("heard of %v", heard)
	}
}

func TestNothingIsRememberedWithoutAConversationOrOfSilence(t *testing.T) {
	m := &counting{}
	b := bot.New(embedded(), bot.WithMemory(m))
	b.Ask(t.Context(), bot.Question{Text: "what does a data engineer do?"})
	b.Ask(t.Context(), bot.Question{Text: "lunch?", Conversation: "c", Overheard: true})
	if m.saved != nil {
		t.Errorf("remembered %+v", m.saved)
	}
}

func TestWhatIsRememberedHoldsNoWordOfTheMessage(t *testing.T) {
	m := &counting{}
	b := bot.New(embedded(), bot.WithMemory(m))
	for _, text := range []string{
		"my name is Zanzibar and I want to know what a data engineer earns in Berlin, secretword",
		"Zanzibar secretword: what does a PM do?", "I like design, Zanzibar secretword, no coding, which role suits me?",
		"compare a data engineer and a zanzibar secretword",
	} {
		b.Ask(t.Context(), bot.Question{Text: text, Conversation: "c"})
	}
	if len(m.saved) == 0 {
		t.Fatal("nothing was remembered")
	}
	data, err := json.Marshal(m.saved)
	if err != nil {
		t.Fatal(err)
	}
	if low := strings.ToLower(string(data)); strings.Contains(low, "zanzibar") || strings.Contains(low, "secretword") {
		t.Errorf("remembered %s", data)
	}
}

// counting is a Memory that keeps all that is saved, and gives nothing back.
type counting struct{ saved []bot.Conversation }

func (m *counting) Load(context.Context, string) (bot.Conversation, error) {
	return bot.Conversation{}, nil
}

func (m *counting) Save(_ context.Context, c bot.Conversation, _ ...string) error {
	m.saved = append(m.saved, c)
	return nil
}

func (m *counting) Owned(context.Context, string) ([]bot.Conversation, error) { return m.saved, nil }

func (m *counting) Forget(context.Context, string) error { return nil }

func TestManyMayAskWhileTheCatalogueIsSwapped(t *testing.T) {
	b := bot.New(embedded())
	var people sync.WaitGroup
	for i := range 4 {
		people.Go(func() {
			for j, q := range []string{"what does a data engineer do?", "and what do they earn?", "vs data scientist", "path help-desk-technician cloud-engineer"} {
				a := b.Ask(t.Context(), bot.Question{Text: q, Conversation: fmt.Sprint(i)})
				if a.Kind != bot.Answered {
					t.Errorf("%d.%d %s: %s", i, j, q, a.Lead)
				}
			}
		})
	}
	people.Go(func() {
		for range 3 {
			b.Swap(embedded())
		}
	})
	people.Wait()
	if b.Catalog() != embedded() {
		t.Error("another catalogue is in place")
	}
}

func TestSuggestionsWithoutAPrefixAreThoseOfAStartPage(t *testing.T) {
	b := embeddedBot()
	got := b.Suggest("", 13)
	fields := map[string]bool{}
	for _, s := range got {
		fields[s.Category] = true
		if r := embedded().Role(s.ID); r == nil || r.Title != s.Title {
			t.Errorf("suggested %+v", s)
		}
	}
	if len(got) != 13 || len(fields) != 13 {
		t.Errorf("%d suggestions of %d fields", len(got), len(fields))
	}
	if got := b.Suggest("  ", 1000); len(got) != len(embedded().Roles()) {
		t.Errorf("%d suggestions, want every role", len(got))
	}
	if got := b.Suggest("data", 0); len(got) != 0 {
		t.Errorf("%d suggestions where none were wanted", len(got))
	}
}

func TestSuggestionsCompleteANameWhileItIsTyped(t *testing.T) {
	for prefix, want := range map[string]string{"data eng": "Data Engineer", "sre": "Site Reliability Engineer", "fronte": "Frontend Engineer"} {
		got := embeddedBot().Suggest(prefix, 5)
		if len(got) == 0 || len(got) > 5 || got[0].Title != want {
			t.Errorf("%q gives %+v", prefix, got)
		}
	}
}

func TestTheCompanysOwnRolesAreSuggestedFirstAndMarked(t *testing.T) {
	c := load(t, knowledge.Layer{FS: knowledge.Embedded()}, knowledge.Layer{FS: mapFS("roles/payments-engineer.md",
		"---\ntitle: Payments Engineer\ncategory: Software Engineering\n---\n\n## Quick Summary\n\nPayments Engineers move money.\n"), Name: "company", Own: true})
	got := bot.New(c).Suggest("", 3)
	if len(got) != 3 || got[0].Title != "Payments Engineer" || !got[0].Own || got[1].Own {
		t.Errorf("suggested %+v", got)
	}
}

// An answer that was composed before is the one that would be composed anew,
// whoever asks, and never one of another catalogue or another region.
func TestAnAnswerThatWasComposedBeforeIsTheSame(t *testing.T) {
	kept := embeddedBot()
	questions := []string{"what does a data engineer do?", "pay of a backend engineer", "backend vs devops", "from help desk to cloud engineer",
		"all security roles", "skills and tools of an SRE", "was macht ein Data Engineer?", "I like design, which role suits me?",
		"compare a developer and a nurse", "backend engineer vs back-end dev", "how do I get from teaching to data analyst?", "why?", "PM"}
	for _, region := range []string{"", "Germany"} {
		for _, q := range questions {
			ask := func(b *bot.Bot) bot.Answer { return b.Ask(t.Context(), bot.Question{Text: q, Region: region}) }
			first := ask(kept)
			first.Parts = append(first.Parts, bot.Note{Text: "added by an adapter"})
			again, anew := ask(kept), ask(embeddedBot())
			if again.Tag != "" {
				anew.Tag = again.Tag
			}
			if !reflect.DeepEqual(again, anew) {
				t.Errorf("%q in %q: kept\n%+v\nanew\n%+v", q, region, again, anew)
			}
		}
	}
	before := kept.Ask(t.Context(), bot.Question{Text: questions[0]})
	kept.Swap(embedded())
	if after := kept.Ask(t.Context(), bot.Question{Text: questions[0]}); before.Tag == "" || before.Tag == after.Tag {
		t.Errorf("tags %q and %q", before.Tag, after.Tag)
	}
}

func TestThePreferredRegionIsLookedUpOnlyForPay(t *testing.T) {
	for q, want := range map[string]int{"what does an SRE do?": 0, "tools of a DBA": 0, "pay of a data engineer": 1, "pay of a data engineer in France": 0, "backend vs devops": 1} {
		n := 0
		a := embeddedBot().Ask(t.Context(), bot.Question{Text: q, FindRegion: func() string { n++; return "Germany" }})
		if n != want {
			t.Errorf("%q: looked up %d times, want %d", q, n, want)
		}
		if q == "pay of a data engineer" && !strings.Contains(a.Lead, "Germany") {
			t.Errorf("%q: %s", q, a.Lead)
		}
	}
}
