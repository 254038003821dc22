package prometheus_test

import (
	"context"
	"io"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"careerbot/adapters/prometheus"
	"careerbot/bot"
	"careerbot/bot/intent"
)

type answering bot.Answer

func (a answering) Ask(context.Context, bot.Question) bot.Answer { return bot.Answer(a) }

func scrape(t *testing.T, m *prometheus.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler(slog.New(slog.DiscardHandler)).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	b, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAQuestionIsCountedByPlatformIntentAndKind(t *testing.T) {
	m := prometheus.New()
	a := m.Asker("slack", answering{Kind: bot.Partial, Lead: "The page lists no pay.", Understood: intent.Intent{Ask: intent.Salary, Roles: []string{"tide-engineer"}}})
	if got := a.Ask(t.Context(), bot.Question{Text: "what does a tide engineer earn in Atlantis?"}); got.Lead != "The page lists no pay." {
		t.Errorf("the answer is %+v", got)
	}
	page := scrape(t, m)
	for _, want := range []string{
		`careerbot_questions_total{intent="salary",kind="partial",platform="slack"} 1`,
		`careerbot_answer_seconds_count{platform="slack"} 1`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing", want)
		}
	}
	for _, secret := range []string{"tide", "Atlantis", "lists no pay"} {
		if strings.Contains(page, secret) {
			t.Errorf("%q of the question stands in the metrics", secret)
		}
	}
}

func TestEveryKindOfAnswerHasAName(t *testing.T) {
	m := prometheus.New()
	for k := bot.Answered; k <= bot.Silent; k++ {
		m.Asker("shell", answering{Kind: k}).Ask(t.Context(), bot.Question{})
	}
	if page := scrape(t, m); strings.Contains(page, `kind=""`) || strings.Count(page, "careerbot_questions_total{") != int(bot.Silent)+1 {
		t.Errorf("kinds without a name:\n%s", page)
	}
}

func TestValuesAreReadWhenTheyAreScraped(t *testing.T) {
	m, v := prometheus.New(), 1.0
	m.Gauge("careerbot_outbox_waiting", "Answers that are still to be sent.", func() float64 { return v }, "platform", "slack")
	m.Count("careerbot_retries_total", "Posts that were not the first try.", func() float64 { return 2 * v })
	v = 7
	page := scrape(t, m)
	for _, want := range []string{`careerbot_outbox_waiting{platform="slack"} 7`, "careerbot_retries_total 14"} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestPrometheusOwnLinterHasNoComplaint(t *testing.T) {
	m := prometheus.New()
	m.Asker("slack", answering{}).Ask(t.Context(), bot.Question{})
	problems, err := promlint.New(strings.NewReader(scrape(t, m))).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "careerbot_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
}

func BenchmarkAsker(b *testing.B) {
	a := prometheus.New().Asker("slack", answering{Understood: intent.Intent{Ask: intent.Salary}})
	b.ReportAllocs()
	for b.Loop() {
		a.Ask(b.Context(), bot.Question{})
	}
}
