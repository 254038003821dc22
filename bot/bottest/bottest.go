// Package bottest holds answers that try a renderer: every part, every kind,
// and the extremes of each, for the golden tests of the adapters.
package bottest

import (
	"fmt"
	"strings"

	"careerbot/bot"
	"careerbot/bot/intent"
)

// Case is an answer to render, under a name that is fit for a file.
type Case struct {
	Name   string
	Answer bot.Answer
}

// Cases are all of them, in a fixed order. Each call makes them anew, so a
// test may change what it gets.
func Cases() []Case {
	return []Case{
		{"everything", Everything()},
		{"silent", bot.Answer{Kind: bot.Silent, Understood: intent.Intent{Ask: intent.Silent}}},
		{"lead-only", bot.Answer{Kind: bot.Refused, Title: "Out of scope", Lead: "That I cannot answer."}},
		{"choice", Choice()},
		{"no-headings", NoHeadings()},
		{"special-characters", SpecialCharacters()},
		{"long-texts", LongTexts()},
		{"long-words", LongWords()},
		{"many-parts", ManyParts()},
		{"long-table", LongTable(1000)},
		{"wide-table", WideTable()},
		{"long-lists", LongLists()},
		{"charts", Charts()},
		{"many-buttons", ManyButtons()},
		{"many-sources", ManySources()},
		{"other-scripts", OtherScripts()},
	}
}

// Everything holds each part once, in the forms that answers have.
func Everything() bot.Answer {
	return bot.Answer{
		Kind:  bot.Answered,
		Title: "Tide Engineer",
		Lead:  "Tide Engineers keep the pumps of a harbour city running. They know which valve to turn first.",
		Parts: []bot.Part{
			bot.Paragraph{Heading: "Hours and place", Text: "Mostly in the pump house. Two nights a month are on call."},
			bot.List{Heading: "What fills the work", Items: []bot.Item{
				{Text: "Read the gauges before the water does"},
				{Term: "Valves", Text: "to close the right one in the dark"},
				{Term: "Patience"},
			}},
			bot.List{Heading: "Through the day", Ordered: true, Items: []bot.Item{{Text: "High water."}, {Text: "Paperwork about high water."}}},
			bot.Facts{Heading: "Competencies", Facts: []bot.Fact{
				{Name: "Technical depth", Value: "very high, 85 of 100"},
				{Name: "Documentation", Value: "medium, 60 of 100"},
			}},
			bot.Facts{Facts: []bot.Fact{{Name: "Easily confused with", Value: "Lock Keeper and Lighthouse Engineer"}}},
			bot.Table{
				Heading: "Pay",
				Columns: []bot.Column{{Name: "Region"}, {Name: "Middle half", Number: true}, {Name: "Median", Number: true}, {Name: "n", Number: true}, {Name: "Source"}},
				Rows: [][]string{
					{"Atlantis", "41,100–75,000", "55,500 XAU/year", "120 respondents", "Harbour Survey 2025"},
					{"New Venice", "not published", "91,200 XVE/year", "not published", "Office of Gondolas 2024 (wider group)"},
				},
			},
			competencies(),
			bot.Note{Text: "Figures for Atlantis run high: 12 % of answers there lie outside the survey's accepted range."},
			bot.Note{Text: "What is marked as your company's comes from its own pages."},
		},
		Actions: []bot.Action{
			{Label: "A day in the job", Ask: "day tide-engineer"},
			{Label: "What comes next", Ask: "next tide-engineer"},
			{Label: "Pay in New Venice", Ask: "pay tide-engineer in:new-venice"},
			{Label: "Compare with Lock Keeper", Ask: "compare tide-engineer lock-keeper"},
			{Label: "All fields", Ask: "list field:all"},
		},
		Sources: []bot.Source{
			{Name: "Role page Tide Engineer", Ref: "Quick Summary, Hours and Place"},
			{Name: "Your company's page Tide Engineer", Ref: "levels", Own: true},
			{Name: "Harbour Survey 2025", Ref: "salaries-odbl.csv:12,15-18", Note: "Contains information from the Harbour Survey 2025, ODbL 1.0"},
		},
		Understood: intent.Intent{Ask: intent.Overview, Roles: []string{"tide-engineer"}},
		About:      bot.Understood{Intent: "overview", Intents: []string{"overview"}, Roles: []string{"Tide Engineer"}, Facets: []string{}},
		Own:        true,
	}
}

func competencies() bot.Chart {
	return bot.Chart{Kind: bot.Bars, Title: "Competencies of a Tide Engineer", Unit: "of 100", Max: 100,
		Series: []bot.Series{{Name: "Tide Engineer", Points: []bot.Point{{Label: "Technical depth", Value: 85}, {Label: "Documentation", Value: 60}}}},
		Alt:    "Tide Engineer, scores of 100: technical depth 85, documentation 60."}
}

// Choice asks which of the most buttons was meant.
func Choice() bot.Answer {
	return bot.Answer{Kind: bot.Choice, Title: "Which one?", Lead: "“TE” can mean Tide Engineer, Tunnel Engineer or Tea Expert. Which one?",
		Actions: []bot.Action{{Label: "Tide Engineer", Ask: "overview tide-engineer"}, {Label: "Tunnel Engineer", Ask: "overview tunnel-engineer"}, {Label: "Tea Expert", Ask: "overview tea-expert"}}}
}

// NoHeadings has every part without its heading.
func NoHeadings() bot.Answer {
	return bot.Answer{Kind: bot.Partial, Title: "Tide Engineer", Lead: "No part of this answer has a heading.",
		Parts: []bot.Part{
			bot.Paragraph{Text: "A paragraph."},
			bot.List{Items: []bot.Item{{Text: "An item"}}},
			bot.List{Ordered: true, Items: []bot.Item{{Term: "A term"}}},
			bot.Facts{Facts: []bot.Fact{{Name: "A name", Value: "a value"}}},
			bot.Table{Columns: []bot.Column{{Name: "One column"}}, Rows: [][]string{{"one cell"}}},
			bot.Note{Text: "A note."},
		}}
}

// Special is text with every character that Slack, Discord, HTML, Markdown or
// a terminal gives a meaning to. A renderer shows it as it stands.
const Special = "<!here> <!channel> <@U123> <#C123> <https://evil.example|click> @everyone @here <@&1> <#1> <:smile:1> :tada: " +
	"*bold* _italic_ ~struck~ ~~struck~~ `code` ```block``` ||spoiler|| > quote # title - dash 1. one [link](https://evil.example) " +
	"![image](x.png) \\ escaped \\* & &amp; &lt; <b>tag</b> <script>alert(1)</script> \"quotes\" 'single' {{braces}} ${dollar} %d %s " +
	"http://plain.example www.plain.example mail@plain.example /command !bang |pipe| <t:0:R> </slash:1>"

// Lines are beginnings that mean something at the start of a line.
var Lines = []string{"# heading", "## heading", "> quote", ">>> quotes", "- item", "* item", "+ item", "1. one", "1) one", "---", "===", "```", "    code", "-# small", "|a|b|", "[1]: x", "!include", "/quit"}

// SpecialCharacters puts that text everywhere where text can stand.
func SpecialCharacters() bot.Answer {
	a := bot.Answer{Kind: bot.Answered, Title: Special, Lead: Special,
		Parts: []bot.Part{
			bot.Paragraph{Heading: Special, Text: Special},
			bot.List{Heading: Special, Items: []bot.Item{{Term: Special, Text: Special}}},
			bot.List{Heading: "Beginnings of lines"},
			bot.Facts{Heading: Special, Facts: []bot.Fact{{Name: Special, Value: Special}}},
			bot.Table{Heading: Special, Columns: []bot.Column{{Name: "a|b"}, {Name: "`c`", Number: true}}, Rows: [][]string{{"<@U1>|*x*", "@everyone"}, {"```", "\\"}}},
			bot.Chart{Kind: bot.Bars, Title: Special, Unit: Special, Max: 1, Alt: Special,
				Series: []bot.Series{{Name: "<script>", Points: []bot.Point{{Label: "</svg>", Value: 1, Note: "\"'&"}}}}},
			bot.Note{Text: Special},
		},
		Actions: []bot.Action{{Label: "<!here> *press* @everyone", Ask: "overview tide-engineer"}},
		Sources: []bot.Source{{Name: Special, Ref: Special, Note: Special}},
	}
	l := a.Parts[2].(bot.List)
	for _, line := range Lines {
		l.Items = append(l.Items, bot.Item{Text: line})
		a.Parts = append(a.Parts, bot.Paragraph{Text: line})
	}
	a.Parts[2] = l
	return a
}

// sentences are n words of text.
func sentences(n int) string {
	var b strings.Builder
	for i := range n {
		switch {
		case i == 0:
		case i%12 == 0:
			b.WriteString(". ")
		default:
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "word%d", i)
	}
	return b.String() + "."
}

// LongTexts has texts far beyond what any platform takes in one piece.
func LongTexts() bot.Answer {
	long := sentences(1500) // more than 10,000 characters
	return bot.Answer{Kind: bot.Answered, Title: sentences(80), Lead: sentences(800),
		Parts: []bot.Part{
			bot.Paragraph{Heading: sentences(60), Text: long},
			bot.List{Heading: "Items", Items: []bot.Item{{Term: sentences(60), Text: long}, {Text: "the last"}}},
			bot.Facts{Heading: "Facts", Facts: []bot.Fact{{Name: sentences(60), Value: long}, {Name: "last", Value: "one"}}},
			bot.Note{Text: long},
		},
		Actions: []bot.Action{{Label: sentences(40), Ask: "overview tide-engineer"}},
		Sources: []bot.Source{{Name: sentences(60), Ref: strings.Repeat("file.csv:1-1000; ", 200), Note: sentences(200)}},
	}
}

// LongWords has words that no line holds.
func LongWords() bot.Answer {
	word := strings.Repeat("abcdefghij", 40)
	return bot.Answer{Kind: bot.Answered, Title: word, Lead: word + ".",
		Parts: []bot.Part{
			bot.Paragraph{Heading: word, Text: word + " " + word},
			bot.Facts{Facts: []bot.Fact{{Name: word, Value: word}}},
			bot.Table{Columns: []bot.Column{{Name: word}, {Name: "n", Number: true}}, Rows: [][]string{{word, word}}},
		},
		Actions: []bot.Action{{Label: word, Ask: "overview tide-engineer"}},
	}
}

// ManyParts has more parts than a platform takes blocks.
func ManyParts() bot.Answer {
	a := bot.Answer{Kind: bot.Answered, Title: "Many parts", Lead: "This answer has two hundred parts."}
	for i := range 200 {
		switch i % 4 {
		case 0:
			a.Parts = append(a.Parts, bot.Paragraph{Heading: fmt.Sprintf("Part %d", i), Text: sentences(20)})
		case 1:
			a.Parts = append(a.Parts, bot.Facts{Heading: fmt.Sprintf("Part %d", i), Facts: []bot.Fact{{Name: "number", Value: fmt.Sprint(i)}}})
		case 2:
			a.Parts = append(a.Parts, bot.List{Heading: fmt.Sprintf("Part %d", i), Items: []bot.Item{{Text: fmt.Sprint("item of part ", i)}}})
		default:
			a.Parts = append(a.Parts, bot.Note{Text: fmt.Sprintf("Note %d.", i)})
		}
	}
	return a
}

// LongTable has a table of n rows.
func LongTable(n int) bot.Answer {
	t := bot.Table{Heading: "Pay", Columns: []bot.Column{{Name: "Region"}, {Name: "Median", Number: true}, {Name: "Source"}}}
	for i := range n {
		t.Rows = append(t.Rows, []string{fmt.Sprintf("Region %d", i), fmt.Sprintf("%d,000 USD/year", 20+i), "Harbour Survey 2025"})
	}
	return bot.Answer{Kind: bot.Answered, Title: "A long table", Lead: fmt.Sprintf("This table has %d rows.", n), Parts: []bot.Part{t}}
}

// WideTable has more columns than a phone.
func WideTable() bot.Answer {
	t := bot.Table{Heading: "Side by side"}
	for i := range 12 {
		t.Columns = append(t.Columns, bot.Column{Name: fmt.Sprintf("Column number %d", i), Number: i%2 == 1})
	}
	for i := range 3 {
		var row []string
		for j := range t.Columns {
			row = append(row, strings.Repeat("x", 1+(i*7+j*5)%23))
		}
		t.Rows = append(t.Rows, row)
	}
	return bot.Answer{Kind: bot.Answered, Title: "A wide table", Lead: "This table has twelve columns.", Parts: []bot.Part{t}}
}

// LongLists has lists and facts of three hundred entries.
func LongLists() bot.Answer {
	var l, o bot.List
	var f bot.Facts
	l.Heading, o.Heading, f.Heading, o.Ordered = "Items", "Counted", "Facts", true
	for i := range 300 {
		l.Items = append(l.Items, bot.Item{Term: fmt.Sprintf("Term %d", i), Text: sentences(8)})
		o.Items = append(o.Items, bot.Item{Text: sentences(8)})
		f.Facts = append(f.Facts, bot.Fact{Name: fmt.Sprintf("Name %d", i), Value: sentences(5)})
	}
	return bot.Answer{Kind: bot.Answered, Title: "Long lists", Lead: "These lists have three hundred entries each.", Parts: []bot.Part{l, o, f}}
}

// Charts has a chart of each kind, with the facts that each draws, and the
// extremes: one point, six series, nothing published, equal values.
func Charts() bot.Answer {
	bars := bot.Chart{Kind: bot.Bars, Title: "Six series", Unit: "of 100", Max: 100, Alt: "Six series of five scores each, from 0 to 100."}
	for i := range 6 {
		s := bot.Series{Name: fmt.Sprintf("Role number %d", i+1)}
		for j, label := range []string{"Technical depth", "Troubleshooting", "Communication", "Process complexity", "Documentation"} {
			s.Points = append(s.Points, bot.Point{Label: label, Value: float64((i*37 + j*23) % 101)})
		}
		bars.Series = append(bars.Series, s)
	}
	return bot.Answer{Kind: bot.Answered, Title: "Charts", Lead: "These are charts of each kind.",
		Parts: []bot.Part{
			bars,
			bot.Chart{Kind: bot.Bars, Title: "Nothing at all", Unit: "of 100", Max: 100, Alt: "One score of 0.",
				Series: []bot.Series{{Name: "Role", Points: []bot.Point{{Label: "Score", Value: 0}}}}},
			bot.Chart{Kind: bot.Ranges, Title: "Pay of a Tide Engineer", Unit: "USD a year",
				Alt: "Atlantis: median 55,500, middle half 41,100 to 75,000 (120 respondents); New Venice: median 91,200; Lagoon: median 1.",
				Series: []bot.Series{{Name: "Tide Engineer", Points: []bot.Point{
					{Label: "Atlantis, Harbour Survey 2025", Value: 55500, Low: 41100, High: 75000, Note: "120 respondents"},
					{Label: "New Venice, Office of Gondolas 2024", Value: 91200},
					{Label: "Lagoon", Value: 1, Low: 1, High: 1},
				}}}},
			bot.Chart{Kind: bot.Steps, Title: "From Lock Keeper to Harbour Master", Alt: "The steps in order: Lock Keeper, then Tide Engineer, then Harbour Master.",
				Series: []bot.Series{{Name: "Steps", Points: []bot.Point{{Label: "Lock Keeper", Note: "start"}, {Label: "Tide Engineer", Note: "a specialisation"}, {Label: "Harbour Master", Note: "a step up"}}}}},
		}}
}

// ManyButtons has more buttons than any row holds, some of them alike.
func ManyButtons() bot.Answer {
	a := bot.Answer{Kind: bot.Choice, Title: "Which one?", Lead: "Which of these do you mean?"}
	for i := range 30 {
		a.Actions = append(a.Actions, bot.Action{Label: fmt.Sprintf("Choice number %d of thirty", i/2), Ask: "overview " + strings.Repeat("x", 60+i)})
	}
	return a
}

// ManySources has as many sources as an answer can have, and more.
func ManySources() bot.Answer {
	a := bot.Answer{Kind: bot.Answered, Title: "Sources", Lead: "This answer has forty sources."}
	for i := range 40 {
		a.Sources = append(a.Sources, bot.Source{Name: fmt.Sprintf("Survey number %d", i), Ref: fmt.Sprintf("salaries.csv:%d", i+2),
			Note: "Contains information from a survey, under a licence that asks for a long line of attribution", Own: i%7 == 0})
	}
	return a
}

// OtherScripts has text that is not Latin: wide, joined, combined, written
// from right to left, and outside the basic plane.
func OtherScripts() bot.Answer {
	texts := []string{"回答は英語になります。", "أجيب بالإنجليزية فقط.", "मैं अंग्रेज़ी में उत्तर देता हूँ।", "Ñandú, naïve, Zürich, Łódź, Ångström", "e\u0301 as two marks", "👩‍💻 🇩🇪 👍🏽 𝔘𝔫𝔦𝔠𝔬𝔡𝔢"}
	l := bot.List{Heading: "見出し"}
	t := bot.Table{Heading: "表", Columns: []bot.Column{{Name: "地域"}, {Name: "中央値", Number: true}}}
	for i, s := range texts {
		l.Items = append(l.Items, bot.Item{Term: s, Text: s})
		t.Rows = append(t.Rows, []string{s, fmt.Sprint(i)})
	}
	return bot.Answer{Kind: bot.Answered, Title: "其他文字", Lead: strings.Join(texts, " "), Parts: []bot.Part{l, t},
		Actions: []bot.Action{{Label: "次へ 👩‍💻", Ask: "overview tide-engineer"}}}
}
