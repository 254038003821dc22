// Package slack answers slash commands, mentions and direct messages in Slack.
//
// Two doors lead in, HTTP and Socket Mode; behind both stands the same way:
// read what Slack sent, ask, render the answer, send it. A command's answer is
// the response itself. A message's answer is posted by way of a
// [delivery.Desk], which sees to it that there is exactly one.
package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/slack-go/slack"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/rest"
	"careerbot/adapters/internal/settings"
	"careerbot/adapters/slack/install"
	"careerbot/bot"
)

// Core answers. [bot.Bot] is one.
type Core interface {
	bot.Asker
	bot.Suggester
	Guide
	Personal
}

// Guide helps to ask.
type Guide interface {
	// Explain says what the roles are that somebody's message names.
	Explain(text string) bot.Answer
	// Regions completes names of regions that pay is published for.
	Regions(prefix string, limit int) []string
}

// Personal shows and erases what is kept about a person.
type Personal interface {
	About(ctx context.Context, person string, settings []bot.Fact) bot.Answer
	Forget(ctx context.Context, person string, erased error) bot.Answer
}

// Workspace is where an app is installed. Enterprise is "" outside of an
// Enterprise Grid.
type Workspace struct{ Enterprise, Team string }

func (w Workspace) installed() install.Workspace {
	return install.Workspace{EnterpriseID: w.Enterprise, TeamID: w.Team}
}

// mostSettings is how many settings are kept in this process.
const mostSettings = 100_000

// Scopes are what the bot asks of a workspace, and all that it needs.
// deploy/slack/manifest.yaml says for each what it is for.
var Scopes = []string{"chat:write", "commands", "app_mentions:read", "im:history", "assistant:write"}

// Config is what an Adapter needs. SigningSecret opens the HTTP door, AppToken
// the socket; one of them must be set.
type Config struct {
	Tokens        install.Lookup
	SigningSecret string
	AppToken      string
	APIURL        string   // a prefix, "" for https://slack.com/api/
	ResponseHosts []string // "host" or "host:port" that response_url may name; nil for hooks.slack.com

	Core     Core
	Records  bot.Records     // what the core remembers, erased with a workspace
	Ledger   delivery.Ledger // nil, as the two below: in this process
	Outbox   delivery.Outbox
	Settings settings.Store
	// Limiter keeps one person's flood of messages from everybody else; nil for
	// the usual rates in this process. Commands and presses are not limited:
	// their answers are seen by who asked, and take nothing of a channel's turn.
	Limiter delivery.Limiter
	Log     *slog.Logger // nil discards
	// Sockets is how many connections Socket Mode holds at once, so that one
	// can be renewed while another listens. 0 is two.
	Sockets int
	// Within bounds what one thing that Slack sends may cost, such as the time
	// of a store; nil for no bound. What ends with the context still ends.
	Within func(context.Context) context.Context
	// Removed is told of a workspace that removed the app, after what was kept
	// of it is erased. nil when there is one workspace only: then a dead token
	// ends Run.
	Removed func(ctx context.Context, w install.Workspace, at time.Time) error
}

// Limits in time.
const (
	// answerTime is what Slack waits for an acknowledgement, less a margin.
	// https://docs.slack.dev/apis/events-api#responding
	answerTime = 2800 * time.Millisecond
	// callTime bounds each call of the Web API that no one waits for.
	callTime = 10 * time.Second
	// triggerTime is how long a trigger_id lives, less a margin.
	// https://docs.slack.dev/surfaces/modals#opening_modals
	triggerTime = 2500 * time.Millisecond
)

// within is the context that one thing that Slack sent is answered in.
func (a *Adapter) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if a.cfg.Within != nil {
		ctx = a.cfg.Within(ctx)
	}
	return context.WithTimeout(ctx, answerTime)
}

// Adapter answers in Slack. Create it with [New]; its Handler may be called
// before and while Run works.
type Adapter struct {
	cfg    Config
	core   Core
	desk   *delivery.Desk
	store  settings.Store
	log    *slog.Logger
	http   *http.Client
	hosts  map[string]bool
	counts Counts

	rendered *lru.Cache[renderKey, []byte] // responses of answers that are asked for again and again

	clients *lru.Cache[string, *slack.Client] // by token
	basic   expiring                          // workspaces that refused a kind of block a while ago
	quiet   expiring                          // workspaces that have no agent sessions
	shared  expiring                          // answers that were shared
	lively  lively                            // how often a thread was answered without being asked
	running running                           // what agent_session_stopped may stop

	tasks  sync.WaitGroup // what goes on after an acknowledgement
	slots  chan struct{}
	dead   chan error
	ready  atomic.Bool
	botIDs sync.Map // team to the bot's user id
}

// mostTasks bounds what is under way after acknowledgements, and the envelopes
// of Socket Mode that are worked on at once.
const mostTasks = 1000

// mostClients is how many workspaces' clients are kept.
const mostClients = 1000

// New returns an Adapter, or an error that says what the settings lack.
func New(cfg Config) (*Adapter, error) {
	if cfg.SigningSecret == "" && cfg.AppToken == "" {
		return nil, errors.New("slack: set SLACK_SIGNING_SECRET for HTTP or SLACK_APP_TOKEN for Socket Mode")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.APIURL == "" {
		cfg.APIURL = slack.APIURL
	}
	if !strings.HasSuffix(cfg.APIURL, "/") {
		cfg.APIURL += "/"
	}
	if len(cfg.ResponseHosts) == 0 {
		cfg.ResponseHosts = []string{"hooks.slack.com"}
	}
	if local := delivery.NewLocal(delivery.LocalOptions{Log: cfg.Log}); cfg.Ledger == nil || cfg.Outbox == nil {
		cfg.Ledger, cfg.Outbox = local, local
	}
	if cfg.Settings == nil {
		cfg.Settings = settings.NewLocal(mostSettings, time.Now)
	}
	if cfg.Limiter == nil {
		cfg.Limiter = delivery.NewLocalLimiter(delivery.Rates{})
	}
	if cfg.Sockets == 0 {
		cfg.Sockets = 2
	}
	a := &Adapter{cfg: cfg, core: cfg.Core, store: cfg.Settings, log: cfg.Log, hosts: map[string]bool{},
		http: &http.Client{Timeout: callTime, Transport: transport(), CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // a token or an answer goes to the host that was meant, or nowhere
		}},
		slots: make(chan struct{}, mostTasks), dead: make(chan error, 1)}
	for _, h := range cfg.ResponseHosts {
		a.hosts[strings.ToLower(strings.TrimSpace(h))] = true
	}
	var err error
	if a.clients, err = lru.New[string, *slack.Client](mostClients); err != nil {
		return nil, fmt.Errorf("slack: %w", err)
	}
	if a.rendered, err = lru.New[renderKey, []byte](mostRendered); err != nil {
		return nil, fmt.Errorf("slack: %w", err)
	}
	a.desk = delivery.New(cfg.Ledger, cfg.Outbox, a.send, delivery.Options{Log: cfg.Log})
	return a, nil
}

func transport() http.RoundTripper {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 3 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          256,
		MaxIdleConnsPerHost:   256,
		IdleConnTimeout:       90 * time.Second,
		TLSHandshakeTimeout:   5 * time.Second,
		ResponseHeaderTimeout: callTime,
	}
}

// Run works until ctx is done: it delivers what waits in the outbox and, when
// there is an app token, answers over Socket Mode. It returns nil when ctx is
// done, and an error when Slack says that the token is dead.
func (a *Adapter) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var workers sync.WaitGroup
	failed := make(chan error, a.cfg.Sockets+2)
	start := func(f func(context.Context) error) {
		workers.Go(func() {
			if err := f(ctx); err != nil && ctx.Err() == nil {
				failed <- err
			}
		})
	}
	start(a.desk.Run)
	if a.single() {
		start(a.introduce)
	} else {
		a.ready.Store(true)
	}
	if a.cfg.AppToken != "" {
		for range a.cfg.Sockets {
			start(a.listen)
		}
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	case err = <-a.dead:
	}
	stop()
	workers.Wait()
	return err
}

// Drain waits for what goes on after acknowledgements, and sends once more
// what is due, until ctx is done.
func (a *Adapter) Drain(ctx context.Context) {
	if err := a.desk.Finish(ctx, &a.tasks); err != nil {
		a.log.WarnContext(ctx, "slack: drain", "error", err)
	}
}

// Ready says whether Slack has accepted the token.
func (a *Adapter) Ready() bool { return a.ready.Load() }

// introduce asks Slack who the bot is, until Slack answers: the token works,
// or is dead.
func (a *Adapter) introduce(ctx context.Context) error {
	wait := time.Second
	for {
		err := a.introduceOnce(ctx)
		switch {
		case err == nil || ctx.Err() != nil:
			return nil
		case isDead(err):
			return deadToken(err)
		}
		a.log.Warn("slack: cannot ask who I am; trying again", "in", wait, "error", err)
		if !rest.For(ctx, wait) {
			return nil
		}
		wait = min(wait*2, time.Minute)
	}
}

func (a *Adapter) introduceOnce(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, callTime)
	defer stop()
	c, err := a.client(ctx, Workspace{})
	if err != nil {
		return err
	}
	who, err := c.AuthTestContext(ctx)
	if err != nil {
		return fmt.Errorf("slack: auth.test: %w", err)
	}
	a.botIDs.Store(who.TeamID, who.UserID)
	a.ready.Store(true)
	a.log.Info("slack: connected", "workspace", who.Team, "team", who.TeamID)
	return nil
}

// client calls the Web API with the workspace's token.
func (a *Adapter) client(ctx context.Context, w Workspace) (*slack.Client, error) {
	i, err := a.cfg.Tokens.Token(ctx, w.installed())
	if err != nil {
		return nil, fmt.Errorf("slack: token: %w", err)
	}
	token := i.BotToken.Reveal()
	if c, ok := a.clients.Get(token); ok {
		return c, nil
	}
	// slack-go sends nothing again by itself: what is refused goes through the
	// outbox, and an answer that was lost on the way must not be doubled.
	c := slack.New(token, slack.OptionAPIURL(a.cfg.APIURL), slack.OptionHTTPClient(a.http))
	a.clients.Add(token, c)
	return c, nil
}

// single says whether there is one workspace only.
func (a *Adapter) single() bool { return a.cfg.Removed == nil }

// Erase erases all that is kept of a workspace, or of all of an enterprise.
func (a *Adapter) Erase(ctx context.Context, w install.Workspace) error {
	owner := Workspace{Team: w.TeamID}.owner()
	if w.TeamID == "" {
		owner = enterpriseOwner(w.EnterpriseID)
	}
	err := a.store.Forget(ctx, owner)
	if a.cfg.Records != nil {
		err = errors.Join(err, a.cfg.Records.Forget(ctx, owner))
	}
	if err != nil {
		return fmt.Errorf("slack: erase a workspace: %w", err)
	}
	return nil
}

// later runs f after the acknowledgement, bounded in number and time. When too
// much is under way it says so and f is not run.
func (a *Adapter) later(ctx context.Context, what string, f func(context.Context)) bool {
	select {
	case a.slots <- struct{}{}:
	default:
		a.log.WarnContext(ctx, "slack: too much is under way", "dropped", what)
		return false
	}
	a.tasks.Go(func() {
		defer func() { <-a.slots }()
		defer a.recovered(what)
		ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), callTime)
		defer stop()
		f(ctx)
	})
	return true
}

// Counts are what the adapter has done, for metrics. It holds no ids.
type Counts struct {
	Commands, Messages, Presses, Lookups, Submissions atomic.Int64
	Refused, Unreadable, Unsigned                     atomic.Int64
	Useful, NotUseful                                 atomic.Int64
	Limited                                           atomic.Int64 // messages of a flood
}

// Counts are the adapter's counters, which go on counting.
func (a *Adapter) Counts() *Counts { return &a.counts }

// Delivery is what the desk has done.
func (a *Adapter) Delivery() *delivery.Desk { return a.desk }
