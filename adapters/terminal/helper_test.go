package terminal_test

import (
	"context"
	"strings"
	"sync"

	"careerbot/bot"
)

// everything holds each part once, in the forms that answers have.
var everything = bot.Answer{
	Kind: bot.Answered,
	Lead: "Tide Engineers keep the pumps of a harbour city running, and know which valve to turn first.",
	Parts: []bot.Part{
		bot.Paragraph{Heading: "Hours and place", Text: "Mostly in the pump house; two nights a month on call."},
		bot.List{Heading: "What fills the work", Items: []bot.Item{
			{Text: "Read the gauges before the water does"},
			{Term: "Valves", Text: "to close the right one of four hundred in the dark"},
		}},
		bot.List{Heading: "Through the day", Ordered: true, Items: []bot.Item{{Text: "High water"}, {Text: "Paperwork about high water"}}},
		bot.Facts{Heading: "Competencies", Facts: []bot.Fact{
			{Name: "Technical depth", Value: "very high, 85 of 100"},
			{Name: "Documentation", Value: "medium, 60 of 100"},
		}},
		bot.Facts{Facts: []bot.Fact{{Name: "Easily confused with", Value: "Lock Keeper, Dyke Reeve and Lighthouse Engineer"}}},
		pay,
		bot.Chart{Kind: bot.Ranges, Title: "Pay of a Tide Engineer", Alt: "It says nothing that the table does not."},
		bot.Note{Text: "Figures for Atlantis run high: 12 % of answers there lie under water."},
		bot.Note{Text: "Nothing is converted."},
	},
	Actions: []bot.Action{
		{Label: "A day in the job", Ask: "day tide-engineer"},
		{Label: "What comes next", Ask: "next tide-engineer"},
		{Label: "Compare with Lighthouse Engineer", Ask: "compare tide-engineer lighthouse-engineer"},
	},
	Sources: []bot.Source{
		{Name: "Role page Tide Engineer", Ref: "Quick Summary, Hours and Place"},
		{Name: "Harbour Pay Survey 2025", Ref: "salaries-odbl.csv:12,15-18", Note: "Contains information from the Harbour Pay Survey 2025, read from a copy that a friend of the harbour keeps, ODbL 1.0"},
	},
}

var pay = bot.Table{
	Heading: "Pay",
	Columns: []bot.Column{{Name: "Region"}, {Name: "Middle half", Number: true}, {Name: "Median", Number: true}, {Name: "Source"}},
	Rows: [][]string{
		{"Atlantis", "41,100–75,000", "55,500 XAU/year", "Harbour Pay Survey 2025"},
		{"New Venice", "not published", "91,200 XVE/year", "Office of Gondolas 2024 (wider group)"},
	},
}

// listener is an Asker that remembers what it was asked and answers with it.
type listener struct {
	mu      sync.Mutex
	asked   []bot.Question
	actions []bot.Action
}

func (l *listener) Ask(_ context.Context, q bot.Question) bot.Answer {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, q)
	text := q.Text
	if len(text) > 100 {
		text = text[:100]
	}
	return bot.Answer{Kind: bot.Answered, Lead: "You asked: " + text + ".", Actions: l.actions}
}

func (l *listener) texts() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for _, q := range l.asked {
		out = append(out, q.Text)
	}
	return out
}

// squeezed is text without space, dashes and bullets: what is left of it when
// only the setting differs.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }
