// Package discord answers commands and presses in Discord.
//
// One way leads through it, whichever door an interaction comes in by: read
// what Discord sent, ask, render the answer, send it. The answer is the
// response itself, which Discord waits three seconds for.
package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
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
	Records  bot.Records     // what the core remembers, erased with a server
	Ledger   delivery.Ledger // of one store with Outbox; both nil: in this process
	Outbox   delivery.Outbox
	Settings settings.Store // nil: in this process
	Log      *slog.Logger   // nil discards
	// Names are the names and descriptions of commands in other languages.
	Names Translations
	// Within bounds what one thing that Discord sends may cost, such as the
	// time of a store; nil for no bound. What ends with the context still ends.
	Within func(context.Context) context.Context
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

	rendered *lru.Cache[renderKey, []byte] // responses of answers that are asked for again and again
	shared   *lru.Cache[string, struct{}]  // answers that were shared while the ledger was away
}

// New returns an Adapter, or an error that says what the settings lack.
func New(cfg Config) (*Adapter, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	a := &Adapter{cfg: cfg, core: cfg.Core, store: cfg.Settings, log: cfg.Log, commands: Commands(cfg.Names)}
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

// Erase erases all that is kept of a server.
func (a *Adapter) Erase(ctx context.Context, guild string) error {
	owner := guildOwner(guild)
	err := a.store.Forget(ctx, owner)
	if a.cfg.Records != nil {
		err = errors.Join(err, a.cfg.Records.Forget(ctx, owner))
	}
	if err != nil {
		return fmt.Errorf("discord: erase a server: %w", err)
	}
	return nil
}

// Counts are what the adapter has done, for metrics. It holds no ids.
type Counts struct {
	Commands, Presses, Completions atomic.Int64
	Shared                         atomic.Int64
	Unreadable, Unsigned, Unknown  atomic.Int64
}

// Counts are the adapter's counters, which go on counting.
func (a *Adapter) Counts() *Counts { return &a.counts }
