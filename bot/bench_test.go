package bot_test

import (
	"testing"

	"careerbot/bot"
	"careerbot/knowledge"
)

// BenchmarkAsk asks a question of each kind: reading it, composing the answer
// and finding its sources, without a memory.
func BenchmarkAsk(b *testing.B) {
	for _, q := range []struct{ kind, text string }{
		{"overview", "what does a backend engineer do?"},
		{"day", "what is a typical day of a data analyst?"},
		{"skills", "what skills does a data analyst need?"},
		{"tools", "what tools does a devops engineer use?"},
		{"pay", "what does a software engineer earn?"},
		{"pay in a region", "what does a data engineer earn in Germany?"},
		{"progression", "what comes after software engineer?"},
		{"prerequisites", "how do I become a data scientist?"},
		{"compare", "backend vs frontend"},
		{"compare four", "compare devops-engineer site-reliability-engineer platform-engineer cloud-engineer"},
		{"compare pay", "which pays more, a backend engineer or a frontend engineer?"},
		{"path", "how do I get from help desk to cloud engineer?"},
		{"recommend", "recommend like:design,people no:coding"},
		{"list", "what roles are there in data?"},
		{"help", "what can you do?"},
		{"choice", "what does a PM do?"},
		{"unknown", "what does a nurse earn?"},
		{"two things", "what is a data engineer and what do they earn?"},
	} {
		b.Run(q.kind, func(b *testing.B) {
			bot := embeddedBot()
			b.ReportAllocs()
			for b.Loop() {
				ask(bot, q.text)
			}
		})
	}
}

// BenchmarkCompose asks in the text form of buttons, which is read at once:
// what is left is the composing.
func BenchmarkCompose(b *testing.B) {
	for _, text := range []string{"overview backend-engineer", "day data-analyst", "skills data-analyst", "tools devops-engineer", "pay software-engineer",
		"pay senior-backend-engineer", "next software-engineer", "into data-scientist", "compare backend-engineer frontend-engineer",
		"path help-desk-technician cloud-engineer", "recommend like:design,people no:coding", "list field:data"} {
		b.Run(text, func(b *testing.B) {
			bot := embeddedBot()
			b.ReportAllocs()
			for b.Loop() {
				ask(bot, text)
			}
		})
	}
}

// BenchmarkText writes an answer in plain text.
func BenchmarkText(b *testing.B) {
	a := ask(embeddedBot(), "compare backend-engineer frontend-engineer")
	b.ReportAllocs()
	for b.Loop() {
		_ = a.Text()
	}
}

// BenchmarkSwap puts a catalogue in place: what is derived from the whole of it.
func BenchmarkSwap(b *testing.B) {
	c := load(b, knowledge.Layer{FS: knowledge.Embedded()})
	x := bot.New(c)
	b.ReportAllocs()
	for b.Loop() {
		x.Swap(c)
	}
}
