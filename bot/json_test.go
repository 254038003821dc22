package bot_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"careerbot/bot"
	"careerbot/bot/bottest"
	"careerbot/bot/intent"
)

// answerForm is the JSON form as a program reads it.
type answerForm struct {
	Kind       string           `json:"kind"`
	Title      string           `json:"title"`
	Lead       string           `json:"lead"`
	Parts      []map[string]any `json:"parts"`
	Actions    []map[string]any `json:"actions"`
	Sources    []map[string]any `json:"sources"`
	Understood struct {
		Intent   string   `json:"intent"`
		Intents  []string `json:"intents"`
		Roles    []string `json:"roles"`
		Facets   []string `json:"facets"`
		Region   *string  `json:"region"`
		Category *string  `json:"category"`
	} `json:"understood"`
	Own bool `json:"own"`
}

func readForm(t *testing.T, a bot.Answer) (answerForm, string) {
	t.Helper()
	data, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var f answerForm
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return f, string(data)
}

func TestTheJSONFormNamesWhatWasUnderstoodInTheTermsOfTheQuestionBank(t *testing.T) {
	f, _ := readForm(t, ask(embeddedBot(), "what does a data engineer earn in Berlin?"))
	u := f.Understood
	if u.Intent != "salary" || !slices.Equal(u.Intents, []string{"salary"}) || !slices.Equal(u.Roles, []string{"Data Engineer"}) ||
		!slices.Contains(u.Facets, "city") || u.Region == nil || *u.Region != "Germany" || u.Category != nil {
		t.Errorf("understood %+v", u)
	}
	if f.Kind != "answered" || f.Title == "" || f.Lead == "" || len(f.Parts) == 0 || len(f.Actions) == 0 || len(f.Sources) == 0 {
		t.Errorf("the form lacks something: %+v", f)
	}
}

func TestTheJSONFormHasEmptyListsAndNoNull(t *testing.T) {
	for _, a := range []bot.Answer{{}, ask(embeddedBot(), "hi"), ask(embeddedBot(), intent.Intent{Ask: intent.UnknownRole, Outside: "nurse"}.String())} {
		_, data := readForm(t, a)
		if a.About.Roles == nil { // an answer that nobody asked for
			continue
		}
		for _, list := range []string{"parts", "actions", "sources", "intents", "roles", "facets"} {
			if strings.Contains(data, `"`+list+`":null`) {
				t.Errorf("%s is null: %s", list, data)
			}
		}
	}
}

func TestEveryPartHasItsTypeInTheJSONForm(t *testing.T) {
	f, _ := readForm(t, bottest.Everything())
	var types []string
	for _, p := range f.Parts {
		kind, _ := p["type"].(string)
		types = append(types, kind)
	}
	want := []string{"paragraph", "list", "list", "facts", "facts", "table", "chart", "note", "note"}
	if !slices.Equal(types, want) {
		t.Errorf("the parts are %v, want %v", types, want)
	}
	if f.Parts[2]["ordered"] != true || f.Parts[1]["ordered"] != false {
		t.Error("a counted list cannot be told from another")
	}
}

func TestTheJSONFormHoldsEveryTextOfTheAnswer(t *testing.T) {
	check := func(name string, a bot.Answer) {
		f, _ := readForm(t, a)
		held := map[string]bool{}
		hold(f.Parts, held)
		for _, p := range a.Parts {
			if _, ok := p.(bot.Chart); ok {
				continue // its figures stand in the other parts
			}
			for _, s := range texts(p) {
				if !held[s] {
					t.Errorf("%s: the JSON form lacks %q", name, s)
				}
			}
		}
		if len(f.Actions) != len(a.Actions) || len(f.Sources) != len(a.Sources) {
			t.Errorf("%s: %d buttons and %d sources of %d and %d", name, len(f.Actions), len(f.Sources), len(a.Actions), len(a.Sources))
		}
	}
	for _, c := range bottest.Cases() {
		check(c.Name, c.Answer)
	}
	for _, a := range everything() {
		if sampled(a.String(), 20) {
			check(a.String(), a.answer)
		}
	}
}

// hold collects the strings of a JSON value.
func hold(v any, held map[string]bool) {
	switch v := v.(type) {
	case string:
		held[v] = true
	case []any:
		for _, x := range v {
			hold(x, held)
		}
	case []map[string]any:
		for _, x := range v {
			hold(x, held)
		}
	case map[string]any:
		for _, x := range v {
			hold(x, held)
		}
	}
}

func TestEveryKindHasANameOfItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for k := bot.Answered; k <= bot.Silent; k++ {
		if name := k.String(); name == "" || seen[name] {
			t.Errorf("kind %d is called %q", k, name)
		}
		seen[k.String()] = true
	}
}
