package slacktest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"careerbot/adapters/slack/slacktest"
)

func rep(n int) string { return strings.Repeat("ä", n) }

// times is n copies of an item, in brackets; %d in it is its number.
func times(n int, item string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = strings.ReplaceAll(item, "%d", fmt.Sprint(i))
	}
	return "[" + strings.Join(all, ",") + "]"
}

func blocks(b ...string) string {
	return `{"text":"t","blocks":[` + strings.Join(b, ",") + `]}`
}

func section(text string) string {
	return `{"type":"section","text":{"type":"mrkdwn","text":"` + text + `"}}`
}

func actions(elements ...string) string {
	return `{"type":"actions","elements":[` + strings.Join(elements, ",") + `]}`
}

func button(fields string) string {
	return `{"type":"button","text":{"type":"plain_text","text":"B"}` + fields + `}`
}

func menu(fields string) string { return `{"type":"static_select",` + fields + `}` }

const (
	option  = `{"text":{"type":"plain_text","text":"O%d"},"value":"v%d"}`
	divider = `{"type":"divider"}`
	cell    = `{"type":"raw_text","text":"c"}`
	rich    = `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[%s]}]}`
	good    = `"axis_config":{"categories":["a","b"]},"series":[{"name":"s","data":[{"label":"a","value":1},{"label":"b","value":-2.5}]}]`
)

func table(rows string) string { return `{"type":"table","rows":` + rows + `}` }
func chart(c string) string    { return `{"type":"data_visualization","title":"T","chart":{` + c + `}}` }
func inline(e string) string   { return fmt.Sprintf(rich, e) }
func card(f string) string     { return `{"type":"card","body":{"type":"mrkdwn","text":"b"}` + f + `}` }
func layout(b string) string {
	return `{"type":"layout","label":"l","rows":[{"items":[{"block":` + b + `}]}]}`
}
func container(b string) string {
	return `{"type":"container","title":{"type":"plain_text","text":"t"},"child_blocks":[` + b + `]}`
}

func TestCheckMessage(t *testing.T) {
	tests := []struct{ name, message, want string }{ // want: pointer and error, or "" for none
		{"text", `{"text":"hello"}`, ""},
		{"text of 40000", `{"text":"` + rep(40000) + `"}`, ""},
		{"text of 40001", `{"text":"` + rep(40001) + `"}`, "/text msg_too_long"},
		{"no JSON", `{"text":`, " invalid_arguments"},
		{"two values", `{} {}`, " invalid_arguments"},
		{"not an object", `[]`, " invalid_arguments"},
		{"unknown argument", `{"text":"t","block":[]}`, "/block invalid_arguments"},
		{"what a client sends for nothing", `{"text":"t","blocks":null,"metadata":{"event_type":"","event_payload":null},"replace_original":false}`, ""},
		{"metadata", `{"text":"t","metadata":{"event_type":"x","event_payload":{"a":1}}}`, ""},
		{"metadata without payload", `{"text":"t","metadata":{"event_type":"x"}}`, "/metadata invalid_metadata_format"},
		{"ts as a number", `{"text":"t","thread_ts":1.5}`, "/thread_ts invalid_arguments"},
		{"markdown_text with text", `{"text":"t","markdown_text":"m"}`, "/markdown_text markdown_text_conflict"},
		{"response type", `{"text":"t","response_type":"public"}`, "/response_type invalid_arguments"},
		{"blocks as a string", `{"text":"t","blocks":"[]"}`, "/blocks invalid_blocks_format"},
		{"blocks in an attachment", `{"attachments":[{"blocks":[{"type":"section"}]}]}`, "/attachments/0/blocks/0 invalid_attachments"},

		{"50 blocks", `{"text":"t","blocks":` + times(50, divider) + `}`, ""},
		{"51 blocks", `{"text":"t","blocks":` + times(51, divider) + `}`, "/blocks invalid_blocks"},
		{"unknown block", blocks(`{"type":"hologram"}`), "/blocks/0 invalid_blocks"},
		{"input in a message", blocks(`{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"plain_text_input"}}`), "/blocks/0 invalid_blocks"},
		{"block_id twice", blocks(`{"type":"divider","block_id":"a"}`, `{"type":"divider","block_id":"a"}`), "/blocks/1/block_id invalid_blocks"},
		{"block_id of 256", blocks(`{"type":"divider","block_id":"` + rep(256) + `"}`), "/blocks/0/block_id invalid_blocks"},
		{"unknown field", blocks(`{"type":"divider","text":"x"}`), "/blocks/0/text invalid_blocks"},
		{"null field", blocks(`{"type":"section","text":null}`), "/blocks/0/text invalid_blocks"},
		{"all text at its limit", blocks(section(rep(3000)), section(rep(3000)), section(rep(3000)), section(rep(3000)), section(rep(1200))), ""},
		{"all text over it", blocks(section(rep(3000)), section(rep(3000)), section(rep(3000)), section(rep(3000)), section(rep(1201))), "/blocks msg_blocks_too_long"},

		{"section", blocks(section(rep(3000))), ""},
		{"section of 3001", blocks(section(rep(3001))), "/blocks/0/text/text invalid_blocks"},
		{"empty section", blocks(section("")), "/blocks/0/text/text invalid_blocks"},
		{"section of nothing", blocks(`{"type":"section"}`), "/blocks/0 invalid_blocks"},
		{"ten fields", blocks(`{"type":"section","fields":` + times(10, `{"type":"mrkdwn","text":"f"}`) + `,"expand":true}`), ""},
		{"eleven fields", blocks(`{"type":"section","fields":` + times(11, `{"type":"mrkdwn","text":"f"}`) + `}`), "/blocks/0/fields invalid_blocks"},
		{"field of 2001", blocks(`{"type":"section","fields":[{"type":"mrkdwn","text":"` + rep(2001) + `"}]}`), "/blocks/0/fields/0/text invalid_blocks"},
		{"text that is a string", blocks(`{"type":"section","text":"x"}`), "/blocks/0/text invalid_blocks"},
		{"emoji in mrkdwn", blocks(`{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}`), "/blocks/0/text/emoji invalid_blocks"},
		{"verbatim in plain_text", blocks(`{"type":"section","text":{"type":"plain_text","text":"x","verbatim":true}}`), "/blocks/0/text/verbatim invalid_blocks"},
		{"verbatim in mrkdwn", blocks(`{"type":"section","text":{"type":"mrkdwn","text":"x","verbatim":true}}`), ""},
		{"header", blocks(`{"type":"header","text":{"type":"plain_text","text":"` + rep(150) + `","emoji":false},"level":2}`), ""},
		{"header of 151", blocks(`{"type":"header","text":{"type":"plain_text","text":"` + rep(151) + `"}}`), "/blocks/0/text/text invalid_blocks"},
		{"header in mrkdwn", blocks(`{"type":"header","text":{"type":"mrkdwn","text":"x"}}`), "/blocks/0/text invalid_blocks"},
		{"header of level 5", blocks(`{"type":"header","text":{"type":"plain_text","text":"x"},"level":5}`), "/blocks/0/level invalid_blocks"},
		{"context", blocks(`{"type":"context","elements":[{"type":"mrkdwn","text":"x"},{"type":"image","alt_text":"a","image_url":"https://a.example/b.png"}]}`), ""},
		{"context of eleven", blocks(`{"type":"context","elements":` + times(11, `{"type":"mrkdwn","text":"x"}`) + `}`), "/blocks/0/elements invalid_blocks"},
		{"context with a button", blocks(`{"type":"context","elements":[` + button("") + `]}`), "/blocks/0/elements/0 invalid_blocks"},
		{"image", blocks(`{"type":"image","alt_text":"a","image_url":"https://a.example/b.png","title":{"type":"plain_text","text":"t"}}`), ""},
		{"image without alt_text", blocks(`{"type":"image","image_url":"https://a.example/b.png"}`), "/blocks/0 invalid_blocks"},
		{"image of two sources", blocks(`{"type":"image","alt_text":"a","image_url":"https://a.example/b.png","slack_file":{"id":"F1"}}`), "/blocks/0 invalid_blocks"},
		{"image from a file of Slack", blocks(`{"type":"image","alt_text":"a","slack_file":{"id":"F1"}}`), ""},
		{"image address", blocks(`{"type":"image","alt_text":"a","image_url":"b.png"}`), "/blocks/0/image_url invalid_blocks"},
		{"markdown", blocks(`{"type":"markdown","text":"` + rep(12000) + `"}`), ""},
		{"markdown of 12001", blocks(`{"type":"markdown","text":"` + rep(12001) + `"}`), "/blocks/0/text invalid_blocks"},
		{"markdown together", blocks(`{"type":"markdown","text":"`+rep(6000)+`"}`, `{"type":"markdown","text":"`+rep(6001)+`"}`), "/blocks/1 invalid_blocks"},

		{"actions", blocks(actions(button(`,"action_id":"a","value":"`+rep(2000)+`","style":"primary"`), button(`,"action_id":"b","url":"https://a.example"`))), ""},
		{"action_id twice in a block", blocks(actions(button(`,"action_id":"a"`), button(`,"action_id":"a"`))), "/blocks/0/elements/1/action_id invalid_blocks"},
		{"action_id twice in two blocks", blocks(actions(button(`,"action_id":"a"`)), actions(button(`,"action_id":"a"`))), ""},
		{"no actions", blocks(actions()), "/blocks/0/elements invalid_blocks"},
		{"26 actions", blocks(`{"type":"actions","elements":` + times(26, button("")) + `}`), "/blocks/0/elements invalid_blocks"},
		{"value of 2001", blocks(actions(button(`,"value":"` + rep(2001) + `"`))), "/blocks/0/elements/0/value invalid_blocks"},
		{"action_id of 256", blocks(actions(button(`,"action_id":"` + rep(256) + `"`))), "/blocks/0/elements/0/action_id invalid_blocks"},
		{"button of 76", blocks(actions(`{"type":"button","text":{"type":"plain_text","text":"` + rep(76) + `"}}`)), "/blocks/0/elements/0/text/text invalid_blocks"},
		{"button in mrkdwn", blocks(actions(`{"type":"button","text":{"type":"mrkdwn","text":"x"}}`)), "/blocks/0/elements/0/text invalid_blocks"},
		{"style", blocks(actions(button(`,"style":"default"`))), "/blocks/0/elements/0/style invalid_blocks"},
		{"url of a button", blocks(actions(button(`,"url":"javascript:alert(1)"`))), "/blocks/0/elements/0/url invalid_blocks"},
		{"confirm", blocks(actions(button(`,"confirm":{"title":{"type":"plain_text","text":"t"},"text":{"type":"mrkdwn","text":"x"},"confirm":{"type":"plain_text","text":"y"},"deny":{"type":"plain_text","text":"n"}}`))), ""},
		{"confirm without deny", blocks(actions(button(`,"confirm":{"title":{"type":"plain_text","text":"t"},"text":{"type":"mrkdwn","text":"x"},"confirm":{"type":"plain_text","text":"y"}}`))), "/blocks/0/elements/0/confirm invalid_blocks"},
		{"text input in a message", blocks(actions(`{"type":"plain_text_input"}`)), "/blocks/0/elements/0 invalid_blocks"},
		{"menu", blocks(actions(menu(`"options":` + times(100, option) + `,"placeholder":{"type":"plain_text","text":"` + rep(150) + `"}`))), ""},
		{"menu of 101", blocks(actions(menu(`"options":` + times(101, option)))), "/blocks/0/elements/0/options invalid_blocks"},
		{"empty menu", blocks(actions(menu(`"options":[]`))), "/blocks/0/elements/0/options invalid_blocks"},
		{"menu without options", blocks(actions(menu(`"action_id":"a"`))), "/blocks/0/elements/0 invalid_blocks"},
		{"placeholder of 151", blocks(actions(menu(`"options":` + times(1, option) + `,"placeholder":{"type":"plain_text","text":"` + rep(151) + `"}`))), "/blocks/0/elements/0/placeholder/text invalid_blocks"},
		{"option of 76", blocks(actions(menu(`"options":[{"text":{"type":"plain_text","text":"` + rep(76) + `"},"value":"v"}]`))), "/blocks/0/elements/0/options/0/text/text invalid_blocks"},
		{"option value of 151", blocks(actions(menu(`"options":[{"text":{"type":"plain_text","text":"o"},"value":"` + rep(151) + `"}]`))), "/blocks/0/elements/0/options/0/value invalid_blocks"},
		{"option with a url", blocks(actions(menu(`"options":[{"text":{"type":"plain_text","text":"o"},"value":"v","url":"https://a.example"}]`))), "/blocks/0/elements/0/options/0/url invalid_blocks"},
		{"initial option", blocks(actions(menu(`"options":[{"text":{"type":"plain_text","text":"o"},"value":"v"}],"initial_option":{"text":{"type":"plain_text","text":"o"},"value":"w"}`))), "/blocks/0/elements/0/initial_option invalid_blocks"},
		{"option groups", blocks(actions(menu(`"option_groups":[{"label":{"type":"plain_text","text":"g"},"options":` + times(2, option) + `}]`))), ""},
		{"external select", blocks(actions(`{"type":"external_select","min_query_length":0,"placeholder":{"type":"plain_text","text":"p"}}`)), ""},
		{"external select with options", blocks(actions(`{"type":"external_select","options":` + times(1, option) + `}`)), "/blocks/0/elements/0/options invalid_blocks"},
		{"multi select in actions", blocks(actions(`{"type":"multi_static_select","options":` + times(1, option) + `}`)), "/blocks/0/elements/0 invalid_blocks"},
		{"multi select as accessory", blocks(`{"type":"section","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"multi_static_select","max_selected_items":2,"options":` + times(1, option) + `}}`), ""},
		{"overflow", blocks(actions(`{"type":"overflow","options":` + times(5, option) + `}`)), ""},
		{"overflow of six", blocks(actions(`{"type":"overflow","options":` + times(6, option) + `}`)), "/blocks/0/elements/0/options invalid_blocks"},
		{"radio buttons", blocks(actions(`{"type":"radio_buttons","options":[{"text":{"type":"mrkdwn","text":"*o*"},"value":"v"}]}`)), ""},
		{"eleven radio buttons", blocks(actions(`{"type":"radio_buttons","options":` + times(11, option) + `}`)), "/blocks/0/elements/0/options invalid_blocks"},
		{"feedback", blocks(`{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"f","positive_button":{"text":{"type":"plain_text","text":"+"},"value":"y","accessibility_label":"good"},"negative_button":{"text":{"type":"plain_text","text":"-"},"value":"n"}}]}`), ""},
		{"feedback of one", blocks(`{"type":"context_actions","elements":[{"type":"feedback_buttons","positive_button":{"text":{"type":"plain_text","text":"+"},"value":"y"}}]}`), "/blocks/0/elements/0 invalid_blocks"},
		{"feedback in actions", blocks(actions(`{"type":"feedback_buttons"}`)), "/blocks/0/elements/0 invalid_blocks"},
		{"button in context_actions", blocks(`{"type":"context_actions","elements":[` + button("") + `]}`), "/blocks/0/elements/0 invalid_blocks"},

		{"rich text", blocks(inline(`{"type":"text","text":"x","style":{"bold":true}},{"type":"link","url":"https://a.example","text":"l"},{"type":"emoji","name":"wave"},{"type":"broadcast","range":"here"}`)), ""},
		{"lists, quotes and code", blocks(`{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","indent":0,"offset":0,"border":0,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]},{"type":"rich_text_quote","elements":[{"type":"text","text":"x"}]},{"type":"rich_text_preformatted","border":0,"elements":[{"type":"text","text":"x"}]}]}`), ""},
		{"empty rich text", blocks(inline(`{"type":"text","text":""}`)), "/blocks/0/elements/0/elements/0/text invalid_blocks"},
		{"unknown element", blocks(inline(`{"type":"sparkle"}`)), "/blocks/0/elements/0/elements/0 invalid_blocks"},
		{"unknown style", blocks(inline(`{"type":"text","text":"x","style":{"blink":true}}`)), "/blocks/0/elements/0/elements/0/style/blink invalid_blocks"},
		{"text outside of a section", blocks(`{"type":"rich_text","elements":[{"type":"text","text":"x"}]}`), "/blocks/0/elements/0 invalid_blocks"},
		{"list of text", blocks(`{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[{"type":"text","text":"x"}]}]}`), "/blocks/0/elements/0/elements/0 invalid_blocks"},
		{"list without style", blocks(`{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}]}`), "/blocks/0/elements/0 invalid_blocks"},

		{"table", blocks(`{"type":"table","column_settings":[{"align":"right","is_wrapped":true},null],"rows":[[` + cell + `,` + inline(`{"type":"text","text":"x"}`) + `]]}`), ""},
		{"table of 100 rows of 20", blocks(table(times(100, times(20, cell)))), ""},
		{"table of 101 rows", blocks(table(times(101, "["+cell+"]"))), "/blocks/0/rows invalid_blocks"},
		{"table of 21 columns", blocks(table("[" + times(21, cell) + "]")), "/blocks/0/rows/0 invalid_blocks"},
		{"rows of two widths", blocks(table("[" + times(2, cell) + "," + times(1, cell) + "]")), "/blocks/0/rows/1 invalid_blocks"},
		{"empty cell", blocks(table(`[[{"type":"raw_text","text":""}]]`)), "/blocks/0/rows/0/0/text invalid_blocks"},
		{"null cell", blocks(table(`[[null]]`)), "/blocks/0/rows/0/0 invalid_blocks"},
		{"number in a table", blocks(table(`[[{"type":"raw_number","value":1}]]`)), "/blocks/0/rows/0/0 invalid_blocks"},
		{"two tables", blocks(table("[["+cell+"]]"), table("[["+cell+"]]")), "/blocks/1 invalid_blocks"},
		{"table of 10001 characters", blocks(table(`[[{"type":"raw_text","text":"` + rep(5000) + `"},{"type":"raw_text","text":"` + rep(5001) + `"}]]`)), "/blocks/0/rows invalid_blocks"},
		{"data table", blocks(`{"type":"data_table","caption":"c","page_size":10,"row_header_column_index":0,"rows":[[` + cell + `],[{"type":"raw_number","value":1.5,"text":"1.5"}]]}`), ""},
		{"data table of a header", blocks(`{"type":"data_table","caption":"c","rows":[[` + cell + `]]}`), "/blocks/0/rows invalid_blocks"},
		{"data table without caption", blocks(`{"type":"data_table","rows":[[` + cell + `],[` + cell + `]]}`), "/blocks/0 invalid_blocks"},
		{"number in a header", blocks(`{"type":"data_table","caption":"c","rows":[[{"type":"raw_number","value":1}],[` + cell + `]]}`), "/blocks/0/rows/0/0 invalid_blocks"},

		{"bar chart", blocks(chart(`"type":"bar",` + good)), ""},
		{"pie chart", blocks(chart(`"type":"pie","segments":[{"label":"a","value":1}]`)), ""},
		{"pie of nothing", blocks(chart(`"type":"pie","segments":[{"label":"a","value":0}]`)), "/blocks/0/chart/segments/0/value invalid_blocks"},
		{"pie of seven", blocks(chart(`"type":"pie","segments":` + times(7, `{"label":"l%d","value":1}`))), "/blocks/0/chart/segments invalid_blocks"},
		{"label of 21", blocks(chart(`"type":"pie","segments":[{"label":"` + rep(21) + `","value":1}]`)), "/blocks/0/chart/segments/0/label invalid_blocks"},
		{"chart of an unknown type", blocks(chart(`"type":"radar",` + good)), "/blocks/0/chart invalid_blocks"},
		{"three charts", blocks(chart(`"type":"bar",`+good), chart(`"type":"line",`+good), chart(`"type":"area",`+good)), "/blocks/2 invalid_blocks"},
		{"point without a category", blocks(chart(`"type":"bar","axis_config":{"categories":["a"]},"series":[{"name":"s","data":[{"label":"z","value":1}]}]`)), "/blocks/0/chart/series/0/data/0/label invalid_blocks"},
		{"category without a point", blocks(chart(`"type":"bar","axis_config":{"categories":["a","b"]},"series":[{"name":"s","data":[{"label":"a","value":1}]}]`)), "/blocks/0/chart/series/0/data invalid_blocks"},
		{"category twice", blocks(chart(`"type":"bar","axis_config":{"categories":["a","a"]},"series":[{"name":"s","data":[{"label":"a","value":1},{"label":"a","value":1}]}]`)), "/blocks/0/chart/axis_config/categories/1 invalid_blocks"},
		{"title of 51", blocks(`{"type":"data_visualization","title":"` + rep(51) + `","chart":{"type":"bar",` + good + `}}`), "/blocks/0/title invalid_blocks"},

		{"card", blocks(card(`,"actions":[` + button("") + `]`)), ""},
		{"card of a long body", blocks(`{"type":"card","body":{"type":"mrkdwn","text":"` + rep(201) + `"}}`), "/blocks/0/body/text invalid_blocks"},
		{"carousel", blocks(`{"type":"carousel","elements":[` + card("") + `]}`), ""},
		{"carousel of eleven", blocks(`{"type":"carousel","elements":` + times(11, card("")) + `}`), "/blocks/0/elements invalid_blocks"},
		{"container", blocks(container(section("x"))), ""},
		{"container of a markdown block", blocks(container(`{"type":"markdown","text":"x"}`)), "/blocks/0/child_blocks/0 invalid_blocks"},
		{"layout", blocks(layout(container(section("x")))), ""},
		{"layout three deep", blocks(layout(container(layout(section("x"))))), "/blocks/0/rows/0/items/0/block/child_blocks/0/rows invalid_blocks"},
		{"alert in a message", blocks(`{"type":"alert","text":{"type":"mrkdwn","text":"x"}}`), "/blocks/0 invalid_blocks"},
		{"plan", blocks(`{"type":"plan","title":"p","tasks":[{"type":"task_card","task_id":"1","title":"t","status":"complete"}]}`), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			faults := slacktest.CheckMessage([]byte(test.message))
			got := ""
			if len(faults) > 0 {
				got = faults[0].Pointer + " " + faults[0].Error
			}
			if got != test.want {
				t.Errorf("%.300s\ngot  %q, want %q (%v)", test.message, got, test.want, faults)
			}
		})
	}
}

func TestCheckView(t *testing.T) {
	const title = `"title":{"type":"plain_text","text":"T"},`
	input := `{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"plain_text_input","action_id":"a"}}`
	tests := []struct{ name, view, want string }{
		{"modal", `{"type":"modal",` + title + `"blocks":[` + section("x") + `]}`, ""},
		{"modal with inputs", `{"type":"modal",` + title + `"submit":{"type":"plain_text","text":"Go"},"blocks":[` + input + `]}`, ""},
		{"inputs without submit", `{"type":"modal",` + title + `"blocks":[` + input + `]}`, ""},
		{"no title", `{"type":"modal","blocks":[` + section("x") + `]}`, ""},
		{"title of 25", `{"type":"modal","title":{"type":"plain_text","text":"` + rep(25) + `"},"blocks":[` + section("x") + `]}`, "/title/text"},
		{"100 blocks", `{"type":"modal",` + title + `"blocks":` + times(100, divider) + `}`, ""},
		{"101 blocks", `{"type":"modal",` + title + `"blocks":` + times(101, divider) + `}`, "/blocks"},
		{"no blocks", `{"type":"modal",` + title + `"blocks":[]}`, "/blocks"},
		{"long metadata", `{"type":"modal",` + title + `"private_metadata":"` + rep(3001) + `","blocks":[` + section("x") + `]}`, "/private_metadata"},
		{"feedback in a modal", `{"type":"modal",` + title + `"blocks":[{"type":"context_actions","elements":[]}]}`, "/blocks/0"},
		{"two focused", `{"type":"modal",` + title + `"submit":{"type":"plain_text","text":"Go"},"blocks":` + times(2, `{"type":"input","label":{"type":"plain_text","text":"l"},"element":{"type":"plain_text_input","focus_on_load":true}}`) + `}`, "/blocks/1/element/focus_on_load"},
		{"home", `{"type":"home","blocks":[` + section("x") + `]}`, ""},
		{"home with a title", `{"type":"home",` + title + `"blocks":[` + section("x") + `]}`, "/title"},
		{"table at home", `{"type":"home","blocks":[` + table("[["+cell+"]]") + `]}`, "/blocks/0"},
		{"workflow", `{"type":"workflow_step","blocks":[` + section("x") + `]}`, ""},
	}
	bad := map[string]bool{"inputs without submit": true, "no title": true, "workflow": true}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			faults := slacktest.CheckView([]byte(test.view))
			got := ""
			if len(faults) > 0 {
				got = faults[0].Pointer
			}
			if got != test.want || (len(faults) > 0) != (test.want != "" || bad[test.name]) {
				t.Errorf("got %q, want %q (%v)", got, test.want, faults)
			}
		})
	}
}

func TestCheckOptions(t *testing.T) {
	for raw, ok := range map[string]bool{
		`{"options":[]}`:                         true,
		`{"options":` + times(100, option) + `}`: true,
		`{"options":` + times(101, option) + `}`: false,
		`{"option_groups":[{"label":{"type":"plain_text","text":"g"},"options":` + times(1, option) + `}]}`: true,
		`{"options":[{"text":{"type":"mrkdwn","text":"o"},"value":"v"}]}`:                                   false,
		`{}`: false,
		``:   false,
	} {
		if got := slacktest.CheckOptions([]byte(raw)) == nil; got != ok {
			t.Errorf("%.80s: %v", raw, got)
		}
	}
}

// What slack-go writes is what Slack takes.
func TestCheckMessageTakesWhatClientsWrite(t *testing.T) {
	p := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	m := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("mrkdwn", s, false, true) }
	two := 2
	external := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, p("Choose"), "pick")
	external.MinQueryLength = &two
	word := slack.NewRichTextSection(slack.NewRichTextSectionTextElement("x", &slack.RichTextSectionTextStyle{Bold: true}))
	all := []slack.Block{
		slack.NewHeaderBlock(p("Title"), slack.HeaderBlockOptionLevel(2)),
		slack.NewSectionBlock(m("*text*"), []*slack.TextBlockObject{m("a"), p("b")}, slack.NewAccessory(slack.NewOverflowBlockElement("more", slack.NewOptionBlockObject("v", p("o"), nil))), slack.SectionBlockOptionExpand(true)),
		slack.NewContextBlock("", m("small")),
		slack.NewActionBlock("", slack.NewButtonBlockElement("go", "v", p("Go")), external),
		slack.NewDividerBlock(),
		slack.NewRichTextBlock("", word, slack.NewRichTextList(slack.RTEListBullet, 0, word)),
		slack.NewTableBlock("").AddRow(slack.NewTableRawTextCell("a"), slack.NewTableRichTextCell(word)).WithColumnSettings(slack.ColumnSetting{Align: slack.ColumnAlignmentRight}),
		slack.NewDataVisualizationBlock("Pay", slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig("a"), slack.NewDataVisualizationDataSeries("s", slack.NewDataVisualizationDataPoint("a", 2)))),
		slack.NewContextActionsBlock("", slack.NewFeedbackButtonsBlockElement("fb", slack.NewFeedbackButton(p("+"), "y"), slack.NewFeedbackButton(p("-"), "n"))),
	}
	raw, err := json.Marshal(map[string]any{"text": "t", "blocks": all})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range slacktest.CheckMessage(raw) {
		t.Errorf("%s in %s", f, raw)
	}
}

func TestPings(t *testing.T) {
	const quiet = `,"unfurl_links":false,"unfurl_media":false}`
	tests := []struct{ message, want string }{
		{`{"text":"hello &lt;!here&gt; &amp; @here"` + quiet, ""},
		{`{"text":"<!here> <!channel|x> <@U1> <#C1|general> <!subteam^S1|@team>"` + quiet, "broadcast <!here> broadcast <!channel|x> user <@U1> channel <#C1|general> usergroup <!subteam^S1|@team>"},
		{`{"text":"<https://a.example|here>"` + quiet, "link <https://a.example|here>"},
		{`{"text":"see https://a.example/b"` + quiet, ""},
		{`{"text":"see https://a.example/b"}`, "link https://a.example/b"},
		{`{"text":"@here #general","parse":"full"` + quiet, "broadcast @here channel #general"},
		{`{"text":"@here","link_names":"1"` + quiet, "broadcast @here"},
		{`{"text":"<!here>","mrkdwn":false` + quiet, ""},
		{`{"blocks":[{"type":"section","text":{"type":"mrkdwn","text":"<!everyone>"}},{"type":"header","text":{"type":"plain_text","text":"<!here>"}}]` + quiet, "broadcast <!everyone>"},
		{`{"blocks":[{"type":"markdown","text":"<@U1>"}]` + quiet, "user <@U1>"},
		{`{"blocks":[` + inline(`{"type":"user","user_id":"U1"},{"type":"usergroup","usergroup_id":"S1"},{"type":"broadcast","range":"here"},{"type":"link","url":"https://a.example"},{"type":"text","text":"<!here>"}`) + `]` + quiet, "user U1 usergroup S1 broadcast here link https://a.example"},
		{`{"blocks":[` + table(`[[{"type":"raw_text","text":"<!here>"}]]`) + `]` + quiet, ""},
		{`{"attachments":[{"text":"<!here>"}]` + quiet, "broadcast <!here>"},
		{`{"text":"<!date^1^{date}|then>"` + quiet, ""},
		{`no JSON`, ""},
	}
	for _, test := range tests {
		var got []string
		for _, p := range slacktest.Pings([]byte(test.message)) {
			_, what, _ := strings.Cut(p, ": ")
			got = append(got, what)
		}
		if s := strings.Join(got, " "); s != test.want {
			t.Errorf("%s\ngot  %q\nwant %q", test.message, s, test.want)
		}
	}
}
