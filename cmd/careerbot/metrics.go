package main

import (
	"sync/atomic"

	"careerbot/adapters/discord"
	"careerbot/adapters/prometheus"
	"careerbot/adapters/redis"
	"careerbot/adapters/slack"
	"careerbot/bot"
)

// watchSlack shows what Slack's adapter has done.
func watchSlack(m *prometheus.Metrics, a *slack.Adapter) {
	c := a.Counts()
	requests{received: counters{"command": &c.Commands, "message": &c.Messages, "press": &c.Presses, "lookup": &c.Lookups, "submission": &c.Submissions},
		turnedAway: counters{"unsigned": &c.Unsigned, "unreadable": &c.Unreadable}, refused: &c.Refused, limited: &c.Limited}.watch(m, "slack")
	counters{"useful": &c.Useful, "not useful": &c.NotUseful}.watch(m, "careerbot_verdicts_total", "What people pressed below an answer.", "slack", "verdict")
	m.Delivery("slack", a.Delivery())
}

// watchDiscord shows what Discord's adapter has done.
func watchDiscord(m *prometheus.Metrics, a *discord.Adapter) {
	c := a.Counts()
	requests{received: counters{"command": &c.Commands, "message": &c.Messages, "press": &c.Presses, "lookup": &c.Completions},
		turnedAway: counters{"unsigned": &c.Unsigned, "unreadable": &c.Unreadable, "unknown": &c.Unknown}, refused: &c.Refused, limited: &c.Limited}.watch(m, "discord")
	m.Count("careerbot_missed_total", "Messages that no session heard and that were fetched afterwards.", of(&c.Missed), "platform", "discord")
	m.Count("careerbot_rerouted_total", "Answers that went to the asker, since the bot may not post where it was asked.", of(&c.Rerouted), "platform", "discord")
	m.Count("careerbot_shared_total", "Answers that were shared with a channel.", of(&c.Shared), "platform", "discord")
	m.Gauge("careerbot_ready", "1 while the platform is connected.", whether(a.Ready), "platform", "discord")
	m.Delivery("discord", a.Delivery())
}

// requests are what every platform sends, and what becomes of it.
type requests struct {
	received, turnedAway counters
	refused, limited     *atomic.Int64
}

func (r requests) watch(m *prometheus.Metrics, platform string) {
	r.received.watch(m, "careerbot_received_total", "What a platform sent, by what it was.", platform, "what")
	r.turnedAway.watch(m, "careerbot_turned_away_total", "Requests that were not read on, by why.", platform, "why")
	m.Count("careerbot_refused_payloads_total", "Answers that a platform took only as plain text.", of(r.refused), "platform", platform)
	m.Count("careerbot_limited_total", "Messages of a flood that were not answered.", of(r.limited), "platform", platform)
}

// counters are those of one metric, by a label's value.
type counters map[string]*atomic.Int64

func (c counters) watch(m *prometheus.Metrics, name, help, platform, label string) {
	for value, n := range c {
		m.Count(name, help, of(n), "platform", platform, label, value)
	}
}

func of(n *atomic.Int64) func() float64 { return func() float64 { return float64(n.Load()) } }

// whether is 1 while it is so, else 0.
func whether(so func() bool) func() float64 {
	return func() float64 {
		if so() {
			return 1
		}
		return 0
	}
}

// watch shows how Redis does.
func (s *shared) watch(m *prometheus.Metrics) {
	if s.redis == nil {
		return
	}
	r := s.redis
	m.Count("careerbot_redis_calls_total", "Calls to Redis that were tried.", func() float64 { return float64(r.Counts().Calls) })
	for kind, f := range map[string]func(redis.Counts) uint64{
		"timeout": func(c redis.Counts) uint64 { return c.Timeouts }, "unreachable": func(c redis.Counts) uint64 { return c.Unreachable },
		"refused": func(c redis.Counts) uint64 { return c.Refused }, "spared": func(c redis.Counts) uint64 { return c.Spared },
		"budget spent": func(c redis.Counts) uint64 { return c.Spent }, "garbage": func(c redis.Counts) uint64 { return c.Garbage }} {
		m.Count("careerbot_redis_errors_total", "Calls to Redis that gave nothing, by why.", func() float64 { return float64(f(r.Counts())) }, "kind", kind)
	}
	m.Count("careerbot_redis_local_total", "Reads and writes that this process served in place of Redis.", func() float64 { return float64(r.Counts().Local) })
	m.Gauge("careerbot_redis_answers", "1 while Redis answers, 0 while it is not asked.", whether(r.Answers))
}

// watchCatalogue shows how large the catalogue is.
func watchCatalogue(m *prometheus.Metrics, b *bot.Bot) {
	m.Gauge("careerbot_catalogue_roles", "Roles in the catalogue that is answered from.", func() float64 { return float64(len(b.Catalog().Roles())) })
}
