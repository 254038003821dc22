package discordtest_test

import (
	"fmt"
	"strings"
	"testing"

	"careerbot/adapters/discord/discordtest"
)

const quiet = `"allowed_mentions":{"parse":[]}`

// v2 is a message of components, wrapped in the flag that they need.
func v2(components string) string {
	return `{"flags":32768,` + quiet + `,"components":[` + components + `]}`
}

func text(s string) string { return `{"type":10,"content":"` + s + `"}` }

func button(id string) string {
	return `{"type":2,"style":2,"label":"Pay","custom_id":"` + id + `"}`
}

func rows(components ...string) string {
	return `{"type":1,"components":[` + strings.Join(components, ",") + `]}`
}

func many(n int, f func(int) string) string {
	var all []string
	for i := range n {
		all = append(all, f(i))
	}
	return strings.Join(all, ",")
}

func choosing(options int, change string) string {
	return `{"type":3,"custom_id":"s","placeholder":"Pick","options":[` + many(options, func(i int) string {
		return fmt.Sprintf(`{"label":"L","value":"%d"}`, i)
	}) + `]` + change + `}`
}

func TestWhatDiscordTakesHasNoFault(t *testing.T) {
	for name, m := range map[string]string{
		"text":     `{"content":"` + strings.Repeat("x", 2000) + `",` + quiet + `}`,
		"an embed": `{"embeds":[{"description":"` + strings.Repeat("x", 4096) + `"}],` + quiet + `}`,
		"components": v2(`{"type":17,"components":[` + text("a") + `,{"type":14},{"type":9,"components":[` + text("b") + `],"accessory":` + button("share") + `},` +
			rows(button("1"), button("2"), button("3"), button("4"), button("5")) + `,` + rows(choosing(25, "")) + `]}`),
		"4000 characters": v2(text(strings.Repeat("x", 2000)) + "," + text(strings.Repeat("x", 2000))),
		"a picture":       `{"flags":32768,` + quiet + `,"attachments":[{"id":0,"filename":"a.png","description":"a"}],"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"},"description":"a"}]}]}`,
	} {
		for _, f := range discordtest.CheckMessage([]byte(m)) {
			t.Errorf("%s: %s", name, f)
		}
	}
}

// Each rule is found broken, and where.
func TestEveryBrokenRuleIsFound(t *testing.T) {
	for want, m := range map[string]string{
		"is no JSON object":         `{`,
		"must allow none":           `{"content":"a"}`,
		"allowed_mentions: must":    `{"content":"a","allowed_mentions":{"parse":["users"]}}`,
		"is empty":                  `{` + quiet + `}`,
		"content: must have 0 to":   `{"content":"` + strings.Repeat("x", 2001) + `",` + quiet + `}`,
		"description: must have":    `{"embeds":[{"description":"` + strings.Repeat("x", 4097) + `"}],` + quiet + `}`,
		"6000":                      `{"embeds":[{"description":"` + strings.Repeat("x", 4000) + `"},{"description":"` + strings.Repeat("x", 2001) + `"}],` + quiet + `}`,
		"beside IS_COMPONENTS_V2":   `{"content":"a","flags":32768,"components":[` + text("a") + `],` + quiet + `}`,
		"flags that cannot be set":  `{"content":"a","flags":16,` + quiet + `}`,
		"type 10 cannot stand here": `{"components":[` + text("a") + `],` + quiet + `}`,
		"list of 1 to 40":           v2(many(41, func(int) string { return text("a") })),
		"have 4001 characters":      v2(text(strings.Repeat("x", 2000)) + "," + text(strings.Repeat("x", 2001))),
		"have 4002 characters":      v2(text(strings.Repeat("😀", 2000)) + "," + text("xx")),
		"is blank":                  v2(text(" ")),
		"1 to 4000":                 v2(text("")),
		"list of 1 to 5,":           v2(rows(many(6, func(i int) string { return button(fmt.Sprint(i)) }))),
		"a select stands alone":     v2(rows(choosing(1, ""), button("1"))),
		"list of 1 to 25":           v2(rows(choosing(26, ""))),
		"unknown field emoji_id":    v2(rows(choosing(1, `,"emoji_id":"1"`))),
		"custom_id: is that of":     v2(rows(button("1"), button("1"))),
		"custom_id: must have 1 to": v2(rows(button(strings.Repeat("x", 101)))),
		"list of 1 to 3":            v2(`{"type":9,"components":[` + many(4, func(int) string { return text("a") }) + `],"accessory":` + button("1") + `}`),
		"accessory: must be":        v2(`{"type":9,"components":[` + text("a") + `]}`),
		"type 17 cannot stand here": v2(`{"type":17,"components":[{"type":17,"components":[` + text("a") + `]}]}`),
		"type 2 cannot stand here":  v2(button("1")),
		"is no attachment":          v2(`{"type":12,"items":[{"media":{"url":"attachment://a.png"}}]}`),
		"is not shown":              `{"flags":32768,` + quiet + `,"attachments":[{"id":0,"filename":"a.png","description":"a"}],"components":[` + text("a") + `]}`,
		"has @everyone":             v2(text("@everyone")),
		"has <@":                    v2(text("<@1>")),
		"is there twice":            v2(rows(`{"type":3,"custom_id":"s","options":[{"label":"L","value":"1"},{"label":"M","value":"1"}]}`)),
		"has an unknown field poll": `{"content":"a","poll":{},` + quiet + `}`,
	} {
		found := fmt.Sprint(discordtest.CheckMessage([]byte(m)))
		if !strings.Contains(found, want) {
			t.Errorf("want %q: %s\n%.300s", want, found, m)
		}
	}
	nested := v2(`{"type":17,"components":[` + many(38, func(int) string { return text("a") }) + `]},` + text("a") + `,` + text("a"))
	if found := fmt.Sprint(discordtest.CheckMessage([]byte(nested))); !strings.Contains(found, "are 41 with those in them") {
		t.Errorf("nested components: %s", found)
	}
}

func TestBrokenResponsesAreFound(t *testing.T) {
	for want, r := range map[string]string{
		"is none that is answered with": `{"type":99}`,
		"a PONG has none":               `{"type":1,"data":{}}`,
		"data: is empty":                `{"type":4,"data":{` + quiet + `}}`,
		"must be a list of 0 to 25":     `{"type":8,"data":{"choices":[` + many(26, func(int) string { return `{"name":"a","value":"b"}` }) + `]}}`,
		"name: must have 1 to 100":      `{"type":8,"data":{"choices":[{"name":"` + strings.Repeat("x", 101) + `","value":"b"}]}}`,
		"choices: must be a list":       `{"type":8,"data":{"choices":null}}`,
	} {
		if found := fmt.Sprint(discordtest.CheckResponse([]byte(r))); !strings.Contains(found, want) {
			t.Errorf("want %q: %s", want, found)
		}
	}
}

func TestBrokenCommandsAreFound(t *testing.T) {
	command := func(rest string) string {
		return `[{"type":1,"name":"career","description":"Ask"` + rest + `}]`
	}
	for want, c := range map[string]string{
		"no name of a command":         `[{"type":1,"name":"Career","description":"Ask"}]`,
		"description: must have":       `[{"type":1,"name":"career","description":""}]`,
		"is there twice":               `[{"type":1,"name":"a","description":"b"},{"type":1,"name":"a","description":"b"}]`,
		"what is required comes first": command(`,"options":[{"type":3,"name":"a","description":"b"},{"type":3,"name":"c","description":"d","required":true}]`),
		"exclude each other":           command(`,"options":[{"type":3,"name":"a","description":"b","autocomplete":true,"choices":[{"name":"a","value":"b"}]}]`),
		"a subcommand cannot stand":    command(`,"options":[{"type":1,"name":"a","description":"b","options":[{"type":1,"name":"c","description":"d"}]}]`),
		"list of 0 to 25":              command(`,"options":[` + many(26, func(i int) string { return fmt.Sprintf(`{"type":3,"name":"a%d","description":"b"}`, i) }) + `]`),
		"only commands of the chat":    `[{"type":3,"name":"Explain","description":"b"}]`,
		"of at most 8000": command(`,"options":[` + many(25, func(i int) string {
			return fmt.Sprintf(`{"type":1,"name":"a%d","description":"%s","options":[%s]}`, i, strings.Repeat("x", 100), many(4, func(j int) string {
				return fmt.Sprintf(`{"type":3,"name":"b%d","description":"%s"}`, j, strings.Repeat("x", 100))
			}))
		}) + `]`),
	} {
		if found := fmt.Sprint(discordtest.CheckCommands([]byte(c))); !strings.Contains(found, want) {
			t.Errorf("want %q: %s", want, found)
		}
	}
}
