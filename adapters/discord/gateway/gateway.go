// Package gateway holds sessions with Discord's gateway: the connection over
// which messages, commands and presses arrive.
//
// It is written here because the sessions of the libraries lose what must not
// be lost: discordgo's stands still for ever when Discord asks it to reconnect
// before it has begun, hears of a dead connection after five heartbeats, and
// never resumes where Discord says; all of that from inside, where no watchdog
// can mend it. The protocol is small, and read by one goroutine here.
// https://docs.discord.com/developers/events/gateway
package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/gorilla/websocket"
)

// Intents are what a session hears of.
// https://docs.discord.com/developers/events/gateway#gateway-intents
type Intents int

// The intents that mentions and direct messages need; none is privileged.
const (
	GuildMessages  Intents = 1 << 9
	DirectMessages Intents = 1 << 12
)

// Event is what a session hears.
type Event struct {
	Type string // such as MESSAGE_CREATE
	Data json.RawMessage
}

// Times are how long a session waits. A field that is zero has its default.
type Times struct {
	Hello time.Duration // for each step until it has begun: 10 s
	Ack   time.Duration // for the answer to a heartbeat, and no longer than until the next: 10 s
	// Invalid is the least wait after a session was declared invalid, of which
	// Discord wants one to five seconds, by chance: 1 s.
	Invalid time.Duration
	// Back is the least and MaxBack the longest wait before connecting again:
	// 250 ms and 15 s.
	Back, MaxBack time.Duration
	// Bucket is how long the next session of a bucket waits, which are the
	// shards of the same remainder by MaxConcurrency: 5 s.
	// https://docs.discord.com/developers/events/gateway#rate-limiting
	Bucket time.Duration
}

func (t Times) orDefault() Times {
	or := func(d *time.Duration, def time.Duration) {
		if *d == 0 {
			*d = def
		}
	}
	or(&t.Hello, 10*time.Second)
	or(&t.Ack, 10*time.Second)
	or(&t.Invalid, time.Second)
	or(&t.Back, 250*time.Millisecond)
	or(&t.MaxBack, 15*time.Second)
	or(&t.Bucket, 5*time.Second)
	return t
}

// Config is what a [Session] needs.
type Config struct {
	Address string // of the gateway, as GET /gateway/bot says it: wss://gateway.discord.gg
	Token   string
	Intents Intents
	Shard   int
	Shards  int
	// Handle is given each event, in order. It must return soon: nothing else
	// of the session is read meanwhile.
	Handle func(Event)
	// Began is told each time that the session begins or goes on; nil is for
	// those who need not know.
	Began func(Beginning)
	// Permit is asked before each new session and waits until Discord allows
	// one. nil is always allowed.
	Permit Permit
	Dialer *websocket.Dialer // nil: one that honours the proxy of the environment
	Times  Times
	Log    *slog.Logger // nil discards
}

// Beginning says how a session began.
type Beginning struct {
	Resumed       bool   // it goes on, and nothing was missed
	User          string // the bot's own id; "" when resumed
	ApplicationID string // "" when resumed
}

// CloseError is why Discord will not have the session again, as it stands.
type CloseError struct {
	// Code is one of
	// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
	Code int
}

// The codes after which connecting again is of no use.
const (
	CodeAuthenticationFailed = 4004
	CodeInvalidShard         = 4010
	CodeShardingRequired     = 4011
	CodeInvalidVersion       = 4012
	CodeInvalidIntents       = 4013
	CodeDisallowedIntents    = 4014
)

func (e CloseError) Error() string {
	what := map[int]string{
		CodeAuthenticationFailed: "the token is refused",
		CodeInvalidShard:         "there is no such shard",
		CodeShardingRequired:     "the bot is on so many servers that it needs more shards",
		CodeInvalidVersion:       "this version of the gateway is no longer served",
		CodeInvalidIntents:       "the intents are not known",
		CodeDisallowedIntents:    "the intents are not allowed",
	}[e.Code]
	return fmt.Sprintf("gateway: closed with %d: %s", e.Code, what)
}

// Codes after which a session is over, and another may begin.
const (
	codeInvalidSequence = 4007
	codeSessionTimedOut = 4009
)

// closing is what Discord's closing of a connection means.
func closing(err error) (fatal error, over bool) {
	var c *websocket.CloseError
	if !errors.As(err, &c) {
		return nil, false
	}
	switch c.Code {
	case CodeAuthenticationFailed, CodeInvalidShard, CodeShardingRequired, CodeInvalidVersion, CodeInvalidIntents, CodeDisallowedIntents:
		return CloseError{c.Code}, true
	case codeInvalidSequence, codeSessionTimedOut:
		return nil, true
	}
	return nil, false
}
