package discord_test

import (
	"testing"

	"careerbot/adapters/discord"
	"careerbot/adapters/internal/goldentest"
	"careerbot/bot"
	"careerbot/bot/bottest"
)

// others are roles to compare with.
var others = []bot.Suggestion{{ID: "lock-keeper", Title: "Lock Keeper", Category: "Harbours"}, {ID: "tide-engineer", Title: "Tide Engineer", Category: "Harbours"},
	{ID: "tea-expert", Title: "Tea Expert", Category: "Drinks", Own: true}}

// Golden payloads: what is sent for every part and every extreme.
func TestGoldenPayloads(t *testing.T) {
	for _, c := range bottest.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			goldentest.JSON(t, c.Name, discord.Render(c.Answer, discord.Options{Share: true, Compare: others}))
		})
	}
	t.Run("embed", func(t *testing.T) {
		goldentest.JSON(t, "everything-as-embed", discord.Render(bottest.Everything(), discord.Options{Level: discord.Basic, Asker: "123456789012345678"}))
	})
	t.Run("text", func(t *testing.T) {
		goldentest.JSON(t, "everything-as-text", discord.Render(bottest.Everything(), discord.Options{Level: discord.Plain}))
	})
	t.Run("shared", func(t *testing.T) {
		goldentest.JSON(t, "everything-shared", discord.Render(bottest.Everything(), discord.Options{By: "Ann *@everyone*"}))
	})
}
