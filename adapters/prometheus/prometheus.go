// Package prometheus counts and times what the bot does, in the form that
// Prometheus scrapes. No metric holds a role, a person, a workspace or a word
// of a question: what is told apart is the platform, the kind of question and
// the kind of answer.
package prometheus

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"careerbot/bot"
)

// Metrics are all metrics of one process. It is safe for concurrent use;
// create it with [New].
type Metrics struct {
	registry  *prometheus.Registry
	questions *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
}

// answerBuckets reach from an answer that was composed before to the three
// seconds after which Slack and Discord tell the person that the bot is silent.
var answerBuckets = []float64{.00001, .000025, .00005, .0001, .00025, .0005, .001, .0025, .005, .01, .05, .1, .5, 1, 3}

// New returns metrics of the process and of Go, and none of the bot's own yet.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "careerbot_questions_total",
			Help: "Questions, by platform, by what was asked and by how it was answered."}, []string{"platform", "intent", "kind"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "careerbot_answer_seconds",
			Help: "Time to understand a question and compose its answer, memory included.", Buckets: answerBuckets}, []string{"platform"}),
	}
	m.registry.MustRegister(m.questions, m.seconds, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), collectors.NewBuildInfoCollector())
	return m
}

// Handler serves the metrics. What cannot be collected is logged and left out.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorLog: scrapeLog{log}, ErrorHandling: promhttp.ContinueOnError, Registry: m.registry})
}

type scrapeLog struct{ *slog.Logger }

func (l scrapeLog) Println(v ...any) { l.Warn("metrics: " + fmt.Sprint(v...)) }

// Asker counts and times what next answers for the platform.
func (m *Metrics) Asker(platform string, next bot.Asker) bot.Asker {
	return asker{next, m, platform, m.seconds.WithLabelValues(platform)}
}

type asker struct {
	next     bot.Asker
	m        *Metrics
	platform string
	seconds  prometheus.Observer
}

// Ask implements [bot.Asker].
func (a asker) Ask(ctx context.Context, q bot.Question) bot.Answer {
	start := time.Now()
	answer := a.next.Ask(ctx, q)
	a.seconds.Observe(time.Since(start).Seconds())
	a.m.questions.WithLabelValues(a.platform, answer.Understood.Ask.Label(), kinds[answer.Kind]).Inc()
	return answer
}

var kinds = map[bot.Kind]string{bot.Answered: "answered", bot.Partial: "partial", bot.Choice: "choice", bot.Unknown: "unknown",
	bot.Refused: "refused", bot.Help: "help", bot.Silent: "silent"}

// Count adds a counter of which f is the value now. Labels are pairs of name
// and value. It panics on a name that is taken, as a programming fault.
func (m *Metrics) Count(name, help string, f func() float64, labels ...string) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help, ConstLabels: pairs(labels)}, f))
}

// Gauge adds a gauge of which f is the value now, as [Metrics.Count] does.
func (m *Metrics) Gauge(name, help string, f func() float64, labels ...string) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: pairs(labels)}, f))
}

func pairs(labels []string) prometheus.Labels {
	out := prometheus.Labels{}
	for i := 0; i+1 < len(labels); i += 2 {
		out[labels[i]] = labels[i+1]
	}
	return out
}
