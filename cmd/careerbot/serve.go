package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"

	"careerbot/adapters/discord"
	"careerbot/adapters/prometheus"
	"careerbot/adapters/slack"
	"careerbot/adapters/terminal"
	"careerbot/bot"
)

const serveMore = `Set what belongs to the platforms that it shall answer on:
  Slack, Socket Mode  SLACK_BOT_TOKEN and SLACK_APP_TOKEN
  Slack, HTTP         SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET
  Slack, several      SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_REDIRECT_URL, SLACK_TOKEN_DIR and
    workspaces        SLACK_TOKEN_KEY in place of SLACK_BOT_TOKEN
  Discord, gateway    DISCORD_TOKEN and DISCORD_APPLICATION_ID
  Discord, HTTP       DISCORD_PUBLIC_KEY besides
Each secret may stand in a file instead, named by SLACK_BOT_TOKEN_FILE and so on.
A platform that fails leaves the others at work, is tried again, and shows in /readyz.
Replicas share what they keep in Redis: REDIS_URL, or REDIS_ADDRS with REDIS_MASTER_NAME or
REDIS_CLUSTER=1. Without it, each process keeps it on its own.
careerbot doctor says what is amiss with all of it.`

func runServe(ctx context.Context, e *env, args []string) error {
	var show bool
	rest, err := flags(args, func(fs *flag.FlagSet) {
		fs.BoolVar(&show, "print-config", false, "print what is in force, secrets hidden, and end")
	})
	if err == nil {
		err = noArgs(rest)
	}
	if err != nil {
		return err
	}
	if show {
		for _, said := range strange(e.names()) {
			e.complain("careerbot serve: %s", said)
		}
		return e.printConfig()
	}
	log := e.logger()
	for _, said := range strange(e.names()) {
		log.Warn("environment: " + said)
	}
	shared, err := e.shared(log)
	if err != nil {
		return err
	}
	defer shared.close()
	b, err := e.bot(bot.WithMemory(shared.memory), bot.WithTrouble(func(err error) { log.Warn("memory is in trouble; answering without it", "error", err) }))
	if err != nil {
		return err
	}
	m := prometheus.New()
	shared.watch(m)
	watchCatalogue(m, b)
	e.thrift()
	s := &server{log: log, mux: http.NewServeMux(), admin: http.NewServeMux(), goodbye: goodbyeTime, shared: shared, clocks: e.clocks()}
	s.admin.Handle("GET /metrics", m.Handler(log))
	if s.platforms, err = start(e.platforms(b, m, shared, log), log); err != nil {
		return err
	}
	for _, p := range s.platforms {
		s.mux.Handle(p.path, p)
	}
	var followed sync.WaitGroup
	followed.Go(func() { e.follow(ctx, b, func(said string) { log.Info("catalogue: " + said) }) })
	defer followed.Wait()
	return s.serve(ctx, cmp.Or(e.getenv("LISTEN_ADDR"), listenAddress), e.getenv("ADMIN_ADDR"))
}

// platforms are those of which a setting is present, not opened yet.
func (e *env) platforms(b *bot.Bot, m *prometheus.Metrics, with *shared, log *slog.Logger) []*platform {
	var out []*platform
	if s, err := e.slackSettings(); err != nil || s.present() {
		out = append(out, &platform{name: "Slack", path: "/slack/", log: log, open: func() (adapter, http.Handler, error) {
			return e.slack(watched{b, m.Asker("slack", b)}, with, log, func(a *slack.Adapter) { watchSlack(m, a) })
		}})
	}
	if s, err := e.discordSettings(); err != nil || s.present() {
		out = append(out, &platform{name: "Discord", path: "/discord/", log: log, open: func() (adapter, http.Handler, error) {
			return e.discord(watched{b, m.Asker("discord", b)}, with, log, func(a *discord.Adapter) { watchDiscord(m, a) })
		}})
	}
	return out
}

var errNothing = errors.New("nothing to serve: set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, " +
	"or DISCORD_TOKEN with DISCORD_APPLICATION_ID (careerbot help serve says more); to try it without any set-up: careerbot chat")

// start opens the platforms. One that cannot be opened is left to be tried
// again; it is an error when none can.
func start(platforms []*platform, log *slog.Logger) ([]*platform, error) {
	var faults []error
	for _, p := range platforms {
		if err := p.start(); err != nil {
			faults = append(faults, err)
		}
	}
	switch {
	case len(platforms) == 0:
		return nil, errNothing
	case len(faults) == len(platforms):
		return nil, sentences(faults)
	}
	for _, err := range faults {
		log.Error("settings: " + err.Error())
	}
	return platforms, nil
}

// sentences are several faults in one line.
func sentences(faults []error) error {
	said := ""
	for i, err := range faults {
		if i > 0 {
			said += "; and "
		}
		said += err.Error()
	}
	return errors.New(said)
}

// thrift gives back what reading the catalogue took, and keeps the heap small
// from then on: what is kept is little and what a question needs is less, so
// that collecting more often costs a hundredth of the work and halves the room.
// GOGC, where an operator sets it, stands.
func (e *env) thrift() {
	if e.getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	debug.FreeOSMemory()
}

// watched is the core, its answers counted.
type watched struct {
	*bot.Bot
	asker bot.Asker
}

// Ask implements [bot.Asker].
func (w watched) Ask(ctx context.Context, q bot.Question) bot.Answer { return w.asker.Ask(ctx, q) }

// logger writes to standard error: lines for people on a terminal, else JSON.
func (e *env) logger() *slog.Logger {
	if terminal.Is(e.stderr) {
		return slog.New(slog.NewTextHandler(e.stderr, nil))
	}
	return slog.New(slog.NewJSONHandler(e.stderr, nil))
}
