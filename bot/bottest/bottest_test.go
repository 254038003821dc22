package bottest_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"careerbot/bot"
	"careerbot/bot/bottest"
)

func TestTheCasesHoldEveryPartAndEveryKindOfChart(t *testing.T) {
	parts := map[string]bool{}
	charts := map[bot.ChartKind]bool{}
	names := map[string]bool{}
	for _, c := range bottest.Cases() {
		if names[c.Name] {
			t.Errorf("%s stands twice", c.Name)
		}
		names[c.Name] = true
		for _, p := range c.Answer.Parts {
			parts[reflect.TypeOf(p).Name()] = true
			if ch, ok := p.(bot.Chart); ok {
				charts[ch.Kind] = true
			}
		}
	}
	for _, want := range []string{"Paragraph", "List", "Facts", "Table", "Chart", "Note"} {
		if !parts[want] {
			t.Errorf("no case has a %s", want)
		}
	}
	if len(parts) != 6 || len(charts) != 3 {
		t.Errorf("%d kinds of parts, %d of charts", len(parts), len(charts))
	}
}

func TestTablesAreAsWideAsTheirColumns(t *testing.T) {
	for _, c := range bottest.Cases() {
		for _, p := range c.Answer.Parts {
			if table, ok := p.(bot.Table); ok {
				for _, row := range table.Rows {
					if len(row) != len(table.Columns) {
						t.Errorf("%s: a row of %d in %d columns", c.Name, len(row), len(table.Columns))
					}
				}
			}
		}
	}
}

func TestEveryCaseHasATextAndAJSONForm(t *testing.T) {
	for _, c := range bottest.Cases() {
		if text := c.Answer.Text(); (text == "") != (c.Answer.Kind == bot.Silent) {
			t.Errorf("%s: the text is %q", c.Name, text)
		}
		data, err := json.Marshal(c.Answer)
		if err != nil || !json.Valid(data) {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

func TestTheCasesAreTheSameEachTime(t *testing.T) {
	if !reflect.DeepEqual(bottest.Cases(), bottest.Cases()) {
		t.Error("two calls give two answers")
	}
}
