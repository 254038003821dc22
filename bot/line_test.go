package bot_test

import (
	"testing"

	"careerbot/bot"
)

func TestARowIsSaidWhereThereIsNoRoomForATable(t *testing.T) {
	table := bot.Table{Columns: []bot.Column{{Name: "Region"}, {Name: "Median"}, {}, {Name: "n"}}}
	for _, c := range []struct {
		row        []string
		term, text string
	}{
		{nil, "", ""},
		{[]string{"Spain"}, "", "Spain"},
		{[]string{"Spain", "40,000"}, "Spain", "Median 40,000"},
		{[]string{"Spain", "40,000", "EUR", "17"}, "Spain", "Median 40,000; EUR; n 17"},
		{[]string{"Spain", "40,000", "EUR", "17", "too many"}, "Spain", "Median 40,000; EUR; n 17"},
	} {
		if term, text := table.Line(c.row); term != c.term || text != c.text {
			t.Errorf("%q is %q, %q", c.row, term, text)
		}
	}
}
