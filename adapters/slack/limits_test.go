package slack_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"careerbot/adapters/slack"
	"careerbot/bot"
	"careerbot/bot/bottest"
)

// checker holds a payload against what Slack documents, independently of the
// constants that the renderer goes by.
// https://docs.slack.dev/reference/block-kit/blocks and the pages below it
type checker struct {
	faults []string
	text   int
	ids    map[string]bool
	tables int
	charts int
	modal  bool
}

func (c *checker) fault(at, format string, args ...any) {
	c.faults = append(c.faults, at+": "+fmt.Sprintf(format, args...))
}

// keys reports fields that the type does not have.
func (c *checker) keys(at string, v fields, known ...string) {
	for k := range v {
		if k != "type" && !slices.Contains(known, k) {
			c.fault(at, "unknown field %s", k)
		}
	}
}

// words checks a string that people see.
func (c *checker) words(at string, v any, most int) {
	s, ok := v.(string)
	n := utf8.RuneCountInString(s)
	c.text += n
	switch {
	case !ok || strings.TrimSpace(s) == "":
		c.fault(at, "no text")
	case n > most:
		c.fault(at, "%d characters, at most %d", n, most)
	case !utf8.ValidString(s):
		c.fault(at, "no UTF-8")
	}
}

func (c *checker) plain(at string, v any, most int) {
	o, _ := v.(fields)
	c.keys(at, o, "text", "emoji")
	if o["type"] != "plain_text" {
		c.fault(at, "type %v", o["type"])
	}
	c.words(at+"/text", o["text"], most)
}

func (c *checker) id(at string, v any) {
	s, _ := v.(string)
	if s == "" || len(s) > 255 {
		c.fault(at, "id %q", s)
	}
}

func (c *checker) list(at string, v any, least, most int) []any {
	l, _ := v.([]any)
	if len(l) < least || len(l) > most {
		c.fault(at, "%d entries, %d to %d may be", len(l), least, most)
	}
	return l
}

func (c *checker) message(raw []byte) {
	var all []any
	if err := json.Unmarshal(raw, &all); err != nil {
		c.fault("", "%v", err)
		return
	}
	most := 50
	if c.modal {
		most = 100
	}
	c.list("", any(all), 1, most)
	for i, b := range all {
		at := fmt.Sprint("/", i)
		block, _ := b.(fields)
		if id, ok := block["block_id"]; ok {
			c.id(at+"/block_id", id)
			if c.ids[id.(string)] {
				c.fault(at, "block_id %v again", id)
			}
			c.ids[id.(string)] = true
		}
		c.block(at, block)
	}
	if c.text > 13_200 {
		c.fault("", "%d characters in all blocks", c.text)
	}
}

func (c *checker) block(at string, b fields) {
	switch b["type"] {
	case "section":
		c.keys(at, b, "text", "expand", "block_id")
		c.plain(at+"/text", b["text"], 3000)
	case "header":
		c.keys(at, b, "text", "level", "block_id")
		c.plain(at+"/text", b["text"], 150)
	case "context":
		c.keys(at, b, "elements", "block_id")
		for i, e := range c.list(at, b["elements"], 1, 10) {
			c.plain(fmt.Sprint(at, "/", i), e, 3000)
		}
	case "rich_text":
		c.keys(at, b, "elements", "block_id")
		for i, e := range c.list(at, b["elements"], 1, 100) {
			c.rich(fmt.Sprint(at, "/", i), e.(fields))
		}
	case "actions":
		c.keys(at, b, "elements", "block_id")
		seen := map[any]bool{}
		buttons := 0
		for i, e := range c.list(at, b["elements"], 1, 25) {
			e := e.(fields)
			if seen[e["action_id"]] {
				c.fault(at, "action_id %v again", e["action_id"])
			}
			seen[e["action_id"]] = true
			if e["type"] == "button" {
				buttons++
			}
			c.element(fmt.Sprint(at, "/", i), e)
		}
		if buttons > 5 {
			c.fault(at, "%d buttons: nobody reads so many", buttons)
		}
	case "context_actions":
		c.keys(at, b, "elements", "block_id")
		for i, e := range c.list(at, b["elements"], 1, 5) {
			c.element(fmt.Sprint(at, "/", i), e.(fields))
		}
	case "table":
		c.table(at, b)
	case "data_visualization":
		c.chart(at, b)
	default:
		c.fault(at, "a block of type %v", b["type"])
	}
	if c.modal && (b["type"] == "table" || b["type"] == "data_visualization" || b["type"] == "context_actions") {
		c.fault(at, "%v in a modal", b["type"])
	}
}

func (c *checker) rich(at string, e fields) {
	switch e["type"] {
	case "rich_text_list":
		c.keys(at, e, "style", "elements")
		for i, x := range c.list(at, e["elements"], 1, 1000) {
			c.rich(fmt.Sprint(at, "/", i), x.(fields))
		}
	case "rich_text_section":
		c.keys(at, e, "elements")
		for i, x := range c.list(at, e["elements"], 1, 100) {
			x := x.(fields)
			c.keys(at, x, "text", "style")
			if x["type"] != "text" {
				c.fault(at, "element of type %v", x["type"])
			}
			c.words(fmt.Sprint(at, "/", i), x["text"], 4000)
		}
	default:
		c.fault(at, "type %v", e["type"])
	}
}

func (c *checker) element(at string, e fields) {
	c.id(at+"/action_id", e["action_id"])
	switch e["type"] {
	case "button":
		c.keys(at, e, "action_id", "text", "value", "style", "accessibility_label")
		c.plain(at+"/text", e["text"], 75)
		if v, _ := e["value"].(string); v == "" || len(v) > 2000 {
			c.fault(at, "value %q", v)
		}
		if l, ok := e["accessibility_label"].(string); ok && (l == "" || utf8.RuneCountInString(l) > 75) {
			c.fault(at, "accessibility_label %q", l)
		}
	case "external_select":
		c.keys(at, e, "action_id", "placeholder", "min_query_length")
		c.plain(at+"/placeholder", e["placeholder"], 150)
	case "feedback_buttons":
		c.keys(at, e, "action_id", "positive_button", "negative_button")
		for _, k := range []string{"positive_button", "negative_button"} {
			b, _ := e[k].(fields)
			c.plain(at+"/"+k, b["text"], 75)
			if b["value"] == "" || b["accessibility_label"] == "" {
				c.fault(at, "%s %v", k, b)
			}
		}
	default:
		c.fault(at, "an element of type %v", e["type"])
	}
}

func (c *checker) table(at string, b fields) {
	c.keys(at, b, "rows", "column_settings", "block_id")
	if c.tables++; c.tables > 1 {
		c.fault(at, "a second table")
	}
	rows := c.list(at+"/rows", b["rows"], 1, 100)
	before, wide := c.text, 0
	for i, r := range rows {
		cells := c.list(fmt.Sprint(at, "/rows/", i), r, 1, 20)
		if i == 0 {
			wide = len(cells)
		} else if len(cells) != wide {
			c.fault(at, "row %d has %d cells, the first %d", i, len(cells), wide)
		}
		for j, cell := range cells {
			cell := cell.(fields)
			c.keys(at, cell, "text")
			if cell["type"] != "raw_text" {
				c.fault(at, "a cell of type %v", cell["type"])
			}
			c.words(fmt.Sprint(at, "/rows/", i, "/", j), cell["text"], 10_000)
		}
	}
	if n := c.text - before; n > 10_000 {
		c.fault(at, "a table of %d characters", n)
	}
	if s := c.list(at, b["column_settings"], 0, 20); len(s) > wide {
		c.fault(at, "%d column settings for %d columns", len(s), wide)
	}
}

func (c *checker) chart(at string, b fields) {
	c.keys(at, b, "title", "chart", "block_id")
	if c.charts++; c.charts > 2 {
		c.fault(at, "a third chart")
	}
	c.words(at+"/title", b["title"], 50)
	ch, _ := b["chart"].(fields)
	c.keys(at, ch, "axis_config", "series")
	axis, _ := ch["axis_config"].(fields)
	c.keys(at, axis, "categories", "x_label", "y_label")
	if y, ok := axis["y_label"]; ok {
		c.words(at+"/y_label", y, 50)
	}
	categories := c.list(at, axis["categories"], 1, 20)
	seen := map[any]bool{}
	for _, l := range categories {
		c.words(at+"/categories", l, 20)
		if seen[l] {
			c.fault(at, "category %v again", l)
		}
		seen[l] = true
	}
	names := map[any]bool{}
	for _, s := range c.list(at, ch["series"], 1, 6) {
		s := s.(fields)
		c.words(at+"/name", s["name"], 20)
		if names[s["name"]] {
			c.fault(at, "series %v again", s["name"])
		}
		names[s["name"]] = true
		data := c.list(at, s["data"], 1, 20)
		if len(data) != len(categories) {
			c.fault(at, "%d points for %d categories", len(data), len(categories))
		}
		for i, p := range data {
			p := p.(fields)
			if _, ok := p["value"].(float64); !ok || i < len(categories) && p["label"] != categories[i] {
				c.fault(at, "point %v", p)
			}
		}
	}
}

func check(m slack.Message, modal bool) []string {
	c := &checker{ids: map[string]bool{}, modal: modal}
	if m.Blocks != nil {
		c.message(m.Blocks)
	}
	if m.Text == "" || utf8.RuneCountInString(m.Text) > 40_000 {
		c.fault("text", "%d characters", utf8.RuneCountInString(m.Text))
	}
	return c.faults
}

func TestEveryExtremeKeepsToSlacksLimits(t *testing.T) {
	for _, c := range bottest.Cases() {
		for name, o := range options() {
			if c.Answer.Kind == bot.Silent {
				if m := slack.Render(c.Answer, o); m.Text != "" || m.Blocks != nil {
					t.Errorf("silence is rendered: %+v", m)
				}
				continue
			}
			if faults := check(slack.Render(c.Answer, o), o.Modal); faults != nil {
				t.Errorf("%s, %s: %s", c.Name, name, strings.Join(faults[:min(len(faults), 5)], "\n"))
			}
		}
	}
}

// Every answer of many, to what people really asked and to each question of
// each role.
func TestEveryAnswerKeepsToSlacksLimits(t *testing.T) {
	c := catalogue(t)
	core := bot.New(c)
	var questions []string
	for i, r := range c.Roles() {
		other := c.Roles()[(i+7)%len(c.Roles())].ID
		for _, ask := range []string{"overview ", "day ", "skills ", "tools ", "pay ", "next ", "into "} {
			questions = append(questions, ask+r.ID)
		}
		questions = append(questions, "compare "+r.ID+" "+other, "path "+r.ID+" "+other)
	}
	data, err := os.ReadFile("../../bot/intent/testdata/bank.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var q struct{ Text string }
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			t.Fatal(err)
		}
		questions = append(questions, q.Text)
	}
	tables, charts := 0, 0
	for _, q := range questions {
		answer := core.Ask(t.Context(), bot.Question{Text: q})
		for _, o := range []slack.Options{{Asker: "U1", Share: true}, {Level: slack.Basic, Modal: true}} {
			m := slack.Render(answer, o)
			if faults := check(m, o.Modal); faults != nil {
				t.Errorf("%q: %s", q, strings.Join(faults[:min(len(faults), 5)], "\n"))
			}
			tables += strings.Count(string(m.Blocks), `"type":"table"`)
			charts += strings.Count(string(m.Blocks), `"data_visualization"`)
		}
	}
	if tables < 100 || charts < 100 {
		t.Errorf("%d tables and %d charts in %d answers", tables, charts, len(questions))
	}
}
