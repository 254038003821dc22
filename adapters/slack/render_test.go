package slack_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	slackgo "github.com/slack-go/slack"

	"careerbot/adapters/internal/goldentest"
	"careerbot/adapters/slack"
	"careerbot/bot"
	"careerbot/bot/bottest"
)

// Golden payloads: what is sent for every part and every extreme.
func TestGoldenPayloads(t *testing.T) {
	for _, c := range bottest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			goldentest.JSON(t, c.Name, slack.Render(c.Answer, slack.Options{Asker: "U1", Share: true}))
		})
	}
}

// options are the ways in which an answer is rendered.
func options() map[string]slack.Options {
	return map[string]slack.Options{
		"full":   {Asker: "U1", Share: true},
		"shared": {By: "ann & <@U2>"},
		"start":  {Start: true},
		"basic":  {Level: slack.Basic},
		"plain":  {Level: slack.Plain},
		"modal":  {Level: slack.Basic, Modal: true},
	}
}

// What is written by hand is what slack-go's types read and write.
func TestBlocksAreThoseOfSlackGo(t *testing.T) {
	for _, c := range bottest.Cases() {
		for name, o := range options() {
			m := slack.Render(c.Answer, o)
			if m.Blocks == nil {
				continue
			}
			var blocks slackgo.Blocks
			if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
				t.Fatalf("%s, %s: %v\n%s", c.Name, name, err, m.Blocks)
			}
			for i, b := range blocks.BlockSet {
				if _, unknown := b.(*slackgo.UnknownBlock); unknown {
					t.Errorf("%s, %s: block %d is of no type that slack-go knows: %s", c.Name, name, i, b.BlockType())
				}
				if v, ok := b.(interface{ Validate() error }); ok {
					if err := v.Validate(); err != nil {
						t.Errorf("%s, %s: block %d: %v", c.Name, name, i, err)
					}
				}
			}
			again, err := json.Marshal(blocks)
			if err != nil {
				t.Fatal(err)
			}
			if a, b := generic(t, m.Blocks), generic(t, again); !reflect.DeepEqual(a, b) {
				t.Errorf("%s, %s: written\n%s\nread and written by slack-go\n%s", c.Name, name, m.Blocks, again)
			}
		}
	}
}

// generic is JSON without what slack-go writes or leaves out by default.
func generic(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	var strip func(any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				if e == false || e == "" || e == nil || e == float64(0) && k != "value" {
					delete(v, k)
					continue
				}
				strip(e)
			}
		case []any:
			for _, e := range v {
				strip(e)
			}
		}
	}
	strip(v)
	return v
}

// strings are all texts of a payload that people see.
func seen(v any, out *[]string) {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if s, ok := e.(string); ok && k == "text" {
				*out = append(*out, s)
				continue
			}
			seen(e, out)
		}
	case []any:
		for _, e := range v {
			seen(e, out)
		}
	}
}

// The first block says the answer: desktop notifications take their text from
// there, phones from the text.
func TestTheLeadComesFirst(t *testing.T) {
	for _, c := range bottest.Cases() {
		if c.Answer.Kind == bot.Silent {
			continue
		}
		m := slack.Render(c.Answer, slack.Options{})
		var blocks []struct {
			Type string
			Text struct{ Text string }
		}
		if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
			t.Fatal(err)
		}
		first := blocks[0].Text.Text
		if blocks[0].Type != "section" || !strings.HasPrefix(c.Answer.Lead, strings.TrimSuffix(first, "…")) || first == "" {
			t.Errorf("%s: first is %s %q, the lead %q", c.Name, blocks[0].Type, first, c.Answer.Lead)
		}
		escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(c.Answer.Lead)
		if !strings.HasPrefix(m.Text, escaped) {
			t.Errorf("%s: the text begins with %.80q", c.Name, m.Text)
		}
	}
}

// Every fact that the blocks show is in the text, which is all that a phone's
// notification and a screen reader have.
func TestWhatTheBlocksSayTheTextSays(t *testing.T) {
	own := map[string]bool{"Compare with …": true, "Share in channel": true, "Useful": true, "Not useful": true, "Compare two roles": true, "From role to role": true, "–": true}
	core := bot.New(catalogue(t))
	questions := []string{"what does a data engineer do?", "pay of a backend engineer in Germany", "backend vs devops", "skills of a UX designer",
		"from help desk to cloud engineer", "all security roles", "a day of an SRE", "how do I become a data scientist", "PM", "what comes after backend engineer"}
	for _, q := range questions {
		m := slack.Render(core.Ask(t.Context(), bot.Question{Text: q}), slack.Options{Asker: "U1", Share: true})
		var v any
		if err := json.Unmarshal(m.Blocks, &v); err != nil {
			t.Fatal(err)
		}
		var texts []string
		seen(v, &texts)
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), " ") }
		whole := squeeze(strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(m.Text))
		for _, s := range texts {
			s = strings.TrimSuffix(squeeze(strings.TrimPrefix(s, "Sources: ")), ":")
			if !own[s] && !strings.Contains(whole, s) {
				t.Errorf("%q: the blocks say %q, the text does not", q, s)
			}
		}
	}
}

// Text from pages and people stands in plain_text and rich text alone: no
// mrkdwn anywhere, and in the text nothing that Slack gives a meaning to.
func TestNothingInAnAnswerMeansAnything(t *testing.T) {
	for _, c := range bottest.Cases() {
		for name, o := range options() {
			m := slack.Render(c.Answer, o)
			if bytes.Contains(m.Blocks, []byte(`"mrkdwn"`)) || bytes.Contains(m.Blocks, []byte(`"type":"link"`)) || bytes.Contains(m.Blocks, []byte(`"type":"user"`)) {
				t.Errorf("%s, %s: markup", c.Name, name)
			}
			if strings.ContainsAny(m.Text, "<>") {
				t.Errorf("%s, %s: the text has < or >", c.Name, name)
			}
			if n := utf8.RuneCountInString(m.Text); n > 40_000 {
				t.Errorf("%s, %s: the text has %d characters", c.Name, name, n)
			}
		}
	}
}

// A modal is asked for nothing that it does not take.
func TestAModalHasNoTableChartOrFeedback(t *testing.T) {
	for _, c := range bottest.Cases() {
		m := slack.Render(c.Answer, slack.Options{Level: slack.Basic, Modal: true})
		for _, kind := range []string{"table", "data_visualization", "context_actions"} {
			if bytes.Contains(m.Blocks, []byte(`"type":"`+kind+`"`)) {
				t.Errorf("%s: a %s", c.Name, kind)
			}
		}
	}
}

// What a chart draws and a table holds stands in lists when the workspace
// takes neither.
func TestNoFigureIsLostWithoutTables(t *testing.T) {
	m := slack.Render(bottest.Everything(), slack.Options{Level: slack.Basic})
	for _, want := range []string{"Atlantis", "41,100–75,000", "55,500 XAU/year", "120 respondents", "Harbour Survey 2025", "91,200 XVE/year"} {
		if !bytes.Contains(m.Blocks, []byte(want)) {
			t.Errorf("without a table %q is lost", want)
		}
	}
}
