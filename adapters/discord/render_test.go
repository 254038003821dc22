package discord_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"careerbot/adapters/discord"
	"careerbot/bot"
	"careerbot/bot/bottest"
)

var update = flag.Bool("update", false, "write the golden payloads anew")

// others are roles to compare with.
var others = []bot.Suggestion{{ID: "lock-keeper", Title: "Lock Keeper", Category: "Harbours"}, {ID: "tide-engineer", Title: "Tide Engineer", Category: "Harbours"},
	{ID: "tea-expert", Title: "Tea Expert", Category: "Drinks", Own: true}}

// Golden payloads: what is sent for every part and every extreme.
func TestGoldenPayloads(t *testing.T) {
	for _, c := range bottest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			golden(t, c.Name, discord.Render(c.Answer, discord.Options{Share: true, Compare: others}))
		})
	}
	t.Run("embed", func(t *testing.T) {
		golden(t, "everything-as-embed", discord.Render(bottest.Everything(), discord.Options{Level: discord.Basic, Asker: "123456789012345678"}))
	})
	t.Run("text", func(t *testing.T) {
		golden(t, "everything-as-text", discord.Render(bottest.Everything(), discord.Options{Level: discord.Plain}))
	})
	t.Run("shared", func(t *testing.T) {
		golden(t, "everything-shared", discord.Render(bottest.Everything(), discord.Options{By: "Ann *@everyone*"}))
	})
}

func golden(t *testing.T, name string, m discord.Message) {
	t.Helper()
	got := indent(t, m)
	file := filepath.Join("testdata", "golden", name+".json")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the payload is not that of %s: run with -update and read what changes\n%s", file, got)
	}
}

func indent(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
