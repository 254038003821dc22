// Package discord answers in Discord: commands and presses, mentions and direct
// messages.
//
// One way leads through it, whichever door something comes in by: read what
// Discord sent, ask, render the answer, send it. To an interaction the answer
// is the response itself, which Discord waits three seconds for; a message is
// answered by a reply, once, whatever is dropped, restarted or killed.
package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/settings"
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

// Mode is which doors are open.
type Mode string

// The modes. Discord sends interactions to one door only: to the address that
// is set for the application, or, without one, over the gateway.
const (
	Gateway Mode = "gateway"
	HTTP    Mode = "http"
	Both    Mode = "both" // interactions by HTTP, messages over the gateway
)

// Config is what an Adapter needs.
type Config struct {
	Token         string // of the bot
	ApplicationID string
	PublicKey     string // of the application, in hexadecimal; needed for HTTP
	APIURL        string // a prefix, "" for https://discord.com/api/v10
	Mode          Mode   // "" for what PublicKey suffices for: Both with it, else Gateway
	Guild         string // registers the commands in one server, at once, while they are worked on; "" everywhere

	Core     Core
	Ledger   delivery.Ledger // of one store with Outbox; both nil: in this process
	Outbox   delivery.Outbox
	Limiter  delivery.Limiter // of messages; nil: in this process
	Settings settings.Store   // nil: in this process
	Replicas Roll             // shares the shards out; nil: all are this process's
	Log      *slog.Logger     // nil discards
	// Names are the names and descriptions of commands in other languages.
	Names Translations
	// Within bounds what one thing that Discord sends may cost, such as the
	// time of a store; nil for no bound. What ends with the context still ends.
	Within func(context.Context) context.Context
}

// Roll says which replicas are alive.
type Roll interface {
	// Call says "here" for me, which it is for some seconds, and returns the
	// names of all that are, mine among them.
	Call(ctx context.Context, me string) ([]string, error)
	// Leave takes me off.
	Leave(ctx context.Context, me string) error
}

// Limits in time.
const (
	// answerTime is what Discord waits for the response to an interaction,
	// less a margin.
	// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
	answerTime = 2500 * time.Millisecond
	// callTime bounds each call of the API.
	callTime = 5 * time.Second
)

// The sizes of what is kept in this process.
const (
	mostSettings = 100_000
	mostRendered = 512 // responses, some six thousand bytes each
	mostShared   = 10_000
	mostSeen     = 20_000 // messages and interactions
	mostTasks    = 1024   // messages and interactions under way at once
)

// Adapter answers in Discord. Create it with [New]; it is safe for concurrent
// use.
type Adapter struct {
	cfg      Config
	core     Core
	store    settings.Store
	log      *slog.Logger
	key      ed25519.PublicKey  // nil without the HTTP door
	rest     *discordgo.Session // never opened
	commands []*discordgo.ApplicationCommand
	counts   Counts

	desk   *delivery.Desk
	drawer Drawer
	pauses pauses
	slots  chan struct{} // of tasks
	tasks  sync.WaitGroup
	self   atomic.Value // string: the bot's own id
	known  atomic.Bool  // Discord has accepted the token and knows the commands
	dead   chan error   // what Run ends with
	missed chan struct{}
	shards shards

	seen     *lru.Cache[string, struct{}] // messages and interactions, by id
	channels *lru.Cache[string, knownChannel]
	rendered *lru.Cache[renderKey, []byte] // responses of answers that are asked for again and again
	shared   *lru.Cache[string, struct{}]  // answers that were shared while the ledger was away
}

// New returns an Adapter, or an error that says what the settings lack.
func New(cfg Config) (*Adapter, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	a := &Adapter{cfg: cfg, core: cfg.Core, store: cfg.Settings, log: cfg.Log, commands: Commands(cfg.Names),
		slots: make(chan struct{}, mostTasks), dead: make(chan error, 1), missed: make(chan struct{}, 1)}
	a.pauses.until = map[string]time.Time{}
	a.shards.times = defaultTimes
	a.desk = delivery.New(cfg.Ledger, cfg.Outbox, a.send, delivery.Options{Log: cfg.Log})
	if cfg.Mode != Gateway {
		key, err := hex.DecodeString(strings.TrimSpace(cfg.PublicKey))
		if err != nil || len(key) != ed25519.PublicKeySize {
			return nil, errors.New("discord: DISCORD_PUBLIC_KEY is not one: it is 64 hexadecimal digits, under General Information of your application")
		}
		a.key = key
	}
	if a.rest, err = newREST(cfg.Token, cfg.APIURL); err != nil {
		return nil, err
	}
	if a.drawer, err = newDrawings(); err != nil {
		return nil, err
	}
	if a.seen, err = lru.New[string, struct{}](mostSeen); err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	if a.channels, err = lru.New[string, knownChannel](mostChannels); err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	if a.rendered, err = lru.New[renderKey, []byte](mostRendered); err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	if a.shared, err = lru.New[string, struct{}](mostShared); err != nil {
		return nil, fmt.Errorf("discord: %w", err)
	}
	return a, nil
}

func (cfg Config) withDefaults() (Config, error) {
	if cfg.Mode == "" {
		cfg.Mode = Gateway
		if cfg.PublicKey != "" {
			cfg.Mode = Both
		}
	}
	switch {
	case cfg.Mode != Gateway && cfg.Mode != HTTP && cfg.Mode != Both:
		return cfg, fmt.Errorf("discord: DISCORD_MODE is %q: it must be gateway, http or both", string(cfg.Mode))
	case cfg.Token == "":
		return cfg, errors.New("discord: DISCORD_TOKEN is missing: it is under Bot of your application")
	case cfg.ApplicationID == "":
		return cfg, errors.New("discord: DISCORD_APPLICATION_ID is missing: it is under General Information of your application")
	case (cfg.Ledger == nil) != (cfg.Outbox == nil):
		return cfg, errors.New("discord: a ledger and an outbox go together: what one puts away the other must know of")
	case cfg.Mode != Gateway && cfg.PublicKey == "":
		return cfg, errors.New("discord: DISCORD_PUBLIC_KEY is missing: it is under General Information of your application")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Ledger == nil && cfg.Outbox == nil {
		local := delivery.NewLocal(delivery.LocalOptions{Log: cfg.Log})
		cfg.Ledger, cfg.Outbox = local, local
	}
	if cfg.Limiter == nil {
		cfg.Limiter = delivery.NewLocalLimiter(delivery.Rates{})
	}
	if cfg.Settings == nil {
		cfg.Settings = settings.NewLocal(mostSettings, time.Now)
	}
	return cfg, nil
}

// within is the context that one thing that Discord sent is answered in.
func (a *Adapter) within(ctx context.Context) (context.Context, context.CancelFunc) {
	if a.cfg.Within != nil {
		ctx = a.cfg.Within(ctx)
	}
	return context.WithTimeout(ctx, answerTime)
}

// Mode is which doors are open.
func (a *Adapter) Mode() Mode { return a.cfg.Mode }

// Counts are what the adapter has done, for metrics. It holds no ids.
type Counts struct {
	Commands, Presses, Completions atomic.Int64
	Messages, Missed               atomic.Int64 // said to the bot; of these, fetched afterwards
	Limited                        atomic.Int64 // messages of a flood
	Refused, Rerouted              atomic.Int64 // answers sent more plainly; to the asker in place of the channel
	Shared                         atomic.Int64
	Unreadable, Unsigned, Unknown  atomic.Int64
}

// Counts are the adapter's counters, which go on counting.
func (a *Adapter) Counts() *Counts { return &a.counts }

// Delivery is what the desk has done.
func (a *Adapter) Delivery() *delivery.Desk { return a.desk }
