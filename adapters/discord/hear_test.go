package discord

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMarksAreNoWordsOfAQuestion(t *testing.T) {
	for content, want := range map[string]string{
		"<@900> what does a DBA do?":           "what does a DBA do?",
		"<@!900>":                              "",
		"pay of a DBA <@900>":                  "pay of a DBA",
		"<@&5> <#6> <:smile:7> <a:wave:8> hi":  "hi",
		"</career pay:9> and <t:1700000000:R>": "and",
		"is x < y > z?":                        "is x < y > z?",
		"<@everyone":                           "<@everyone",
		"<@abc> <#> <:x:>":                     "<@abc> <#> <:x:>",
		"a <" + strings.Repeat("9", 200) + ">": "a <" + strings.Repeat("9", 200) + ">",
		"<id:customize> hello":                 "hello",
	} {
		m := spokenMessage{Content: content}
		if got := strings.Join(strings.Fields(m.text()), " "); got != want {
			t.Errorf("%q is %q, want %q", content, got, want)
		}
	}
}

func FuzzMessage(f *testing.F) {
	for _, s := range []string{`{}`, `{"id":"1","channel_id":"2","author":{"id":"3"},"content":"<@900> hi","mentions":[{"id":"900"}]}`, `{"mentions":null}`, `[]`,
		`{"id":"1","channel_id":"2","author":{"id":"3"},"content":"<<<@900>>> <` + strings.Repeat("<", 300) + `"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		m, err := readMessage(payload)
		if err != nil {
			return
		}
		if m.hears("900") && (m.ID == "" || m.ChannelID == "" || m.Author.ID == "" || m.Author.Bot || m.Author.ID == "900") {
			t.Errorf("it hears %+v", m)
		}
		if text := m.text(); len(text) > len(m.Content)+1 || utf8.ValidString(m.Content) && !utf8.ValidString(text) {
			t.Errorf("%q became %q", m.Content, text)
		}
	})
}
