package bot_test

import (
	"testing"

	"careerbot/bot"
	"careerbot/knowledge"
	"careerbot/knowledge/knowledgetest"
)

// BenchmarkAsk measures a whole question, from its text to the answer, by kind.
func BenchmarkAsk(b *testing.B) {
	whole := bot.New(load(b, knowledge.Layer{FS: knowledge.Embedded()}))
	for _, q := range []struct{ kind, text string }{
		{"overview", "what does a backend engineer do?"},
		{"day", "a typical day of a site reliability engineer"},
		{"skills", "skills of a ux designer"},
		{"tools", "tools of a data engineer"},
		{"pay", "what do data scientists make in Germany?"},
		{"next", "what comes after backend engineer?"},
		{"into", "how do I become a data scientist without a degree?"},
		{"compare", "backend vs devops"},
		{"path", "how do I get from help desk to cloud engineer?"},
		{"recommend", "I like design and people, not coding"},
		{"list", "which security jobs are there?"},
		{"choice", "pm salary"},
		{"unknown", "what does a nurse do?"},
		{"button", "pay backend-engineer in:germany"},
	} {
		b.Run(q.kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if a := whole.Ask(b.Context(), bot.Question{Text: q.text}); a.Lead == "" {
					b.Fatal("no answer")
				}
			}
		})
	}
	b.Run("follow-up", func(b *testing.B) {
		b.ReportAllocs()
		whole.Ask(b.Context(), bot.Question{Text: "what does a backend engineer do?", Conversation: "c"})
		for b.Loop() {
			whole.Ask(b.Context(), bot.Question{Text: "and what do they earn?", Conversation: "c"})
		}
	})
	b.Run("overview of 10,000 roles", func(b *testing.B) {
		c, err := knowledge.Load(knowledge.Layer{FS: knowledgetest.Generate(10_000)})
		if err != nil {
			b.Fatal(err)
		}
		large, role := bot.New(c), c.Roles()[5000]
		b.ReportAllocs()
		for b.Loop() {
			large.Ask(b.Context(), bot.Question{Text: "what does a " + role.Title + " do?"})
		}
	})
}
