package slacktest

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Where an app takes what Slack sends over HTTP.
const (
	EventsPath       = "/slack/events"
	CommandsPath     = "/slack/commands"
	InteractionsPath = "/slack/interactions"
)

// Options say what the workspace is like. The zero value is one with the
// default scopes, where nothing is limited by rate.
type Options struct {
	// Scopes that the bot token has; nil is DefaultScopes.
	Scopes []string
	// Command is the app's slash command; "" is /career.
	Command string
	// MentionsOnly leaves the app unsubscribed from message.channels and
	// message.groups. Otherwise one post that mentions it is two events.
	MentionsOnly bool
	// NoEchoes spares the app the events of its own messages. Otherwise it
	// hears of what it posts, changes and deletes wherever it hears of messages.
	NoEchoes bool
	// Retries are the times after which an event that was not acknowledged
	// comes again. Slack waits 0, 1 min and 5 min; nil is a thousandth of that.
	Retries []time.Duration
	// AckLimit is how long Slack waits for an acknowledgement; 0 is Slack's 3 s.
	AckLimit time.Duration
	// Patience is how long Await waits; 0 is 5 s.
	Patience time.Duration
	// PostInterval is how often a channel takes a message by chat.postMessage,
	// after PostBurst at once (0 is 1); Slack's is about 1 s. 0 is no limit.
	// https://docs.slack.dev/apis/web-api/rate-limits
	PostInterval time.Duration
	PostBurst    int
	// PingEvery is how often a socket is pinged; 0 is 2 s.
	PingEvery time.Duration
	// Rotation makes oauth.v2.access give tokens that expire after 12 hours.
	Rotation bool
	// Now is the workspace's clock, for ts and for what expires; nil is
	// time.Now. Requests are signed by the real time.
	Now func() time.Time
}

// DefaultScopes are what a bot that answers in channels, threads and direct
// messages asks for.
var DefaultScopes = []string{
	"app_mentions:read", "assistant:write", "channels:history", "channels:read", "chat:write", "commands",
	"groups:history", "groups:read", "im:history", "im:read", "im:write", "reactions:write", "users:read",
}

// A Workspace is one Slack workspace with one app installed. Its methods are
// safe for concurrent use.
type Workspace struct {
	t      testing.TB
	o      Options
	server *httptest.Server
	client *http.Client
	ctx    context.Context // ends with the test
	cancel context.CancelFunc
	tasks  sync.WaitGroup
	serial atomic.Int64

	mu       sync.Mutex
	changed  chan struct{} // closed and made anew whenever something happens
	closed   bool
	target   string
	last     int64 // the newest ts, in microseconds
	users    map[string]*User
	channels map[string]*Channel
	posts    []*post
	calls    []Call
	faults   []string
	planted  map[string][]*Failure
	limits   map[string]*limit
	tokens   map[string]*token
	refresh  map[string]bool // refresh tokens that are not used up
	codes    map[string]bool // codes of people who agreed to install the app
	triggers map[string]*trigger
	urls     map[string]*responseURL
	views    map[string]*view
	stacks   map[string][]string // modals by user, the topmost last
	homes    map[string]string   // the Home tab by user
	prompts  []Prompts
	statuses []Status
	reacted  []Reaction
	sockets  []*socket
	tickets  map[string]bool
	waiting  map[string]*envelope
	expired  map[string]bool // envelopes that were waited for in vain
	turn     int
}

// A User is a person or a bot.
type User struct {
	ID, Name, RealName, TZ string
	Bot, Deleted, Stranger bool // a Stranger is of another workspace: users.info does not know it
}

// A Channel is a conversation. The kind follows from the id and Private:
// D is a direct message, anything else a channel.
type Channel struct {
	ID, Name string
	Private  bool
	NoBot    bool // the bot is not a member
	Archived bool
	Shared   bool // with another workspace, by Slack Connect
	NoTab    bool // of a direct message: the app's Messages tab is off
	user     string
}

type token struct {
	kind    string // bot, app
	expires time.Time
	revoked bool
}

// New starts a workspace, which ends with the test.
func New(t testing.TB, o Options) *Workspace {
	t.Helper()
	if o.Scopes == nil {
		o.Scopes = DefaultScopes
	}
	o.Command = cmp.Or(o.Command, "/career")
	if o.Retries == nil {
		o.Retries = []time.Duration{0, 60 * time.Millisecond, 300 * time.Millisecond}
	}
	o.AckLimit = cmp.Or(o.AckLimit, 3*time.Second)
	o.Patience = cmp.Or(o.Patience, 5*time.Second)
	o.PostBurst = cmp.Or(o.PostBurst, 1)
	o.PingEvery = cmp.Or(o.PingEvery, 2*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	w := &Workspace{
		t: t, o: o, changed: make(chan struct{}),
		users: map[string]*User{}, channels: map[string]*Channel{}, planted: map[string][]*Failure{}, limits: map[string]*limit{},
		tokens: map[string]*token{}, refresh: map[string]bool{}, codes: map[string]bool{}, triggers: map[string]*trigger{},
		urls: map[string]*responseURL{}, views: map[string]*view{}, stacks: map[string][]string{}, homes: map[string]string{},
		tickets: map[string]bool{}, waiting: map[string]*envelope{}, expired: map[string]bool{},
	}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	w.tokens[w.BotToken()] = &token{kind: "bot"}
	w.tokens[w.AppToken()] = &token{kind: "app"}
	w.users[w.Bot()] = &User{ID: w.Bot(), Name: "careerbot", Bot: true}
	w.client = &http.Client{
		Transport: &http.Transport{},
		// Slack takes no redirect for an acknowledgement.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method...}", w.serveAPI)
	mux.HandleFunc("/response/{id}", w.serveResponse)
	mux.HandleFunc("/link/{ticket}", w.serveSocket)
	mux.HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
		w.faultf("%s %s: Slack has no such address", r.Method, r.URL.Path)
		http.NotFound(rw, r)
	})
	w.server = httptest.NewServer(mux)
	t.Cleanup(w.close)
	return w
}

func (w *Workspace) close() {
	w.mu.Lock()
	w.closed = true
	sockets := slices.Clone(w.sockets)
	w.mu.Unlock()
	w.cancel()
	for _, s := range sockets {
		s.conn.Close()
	}
	w.tasks.Wait()
	w.client.CloseIdleConnections()
	w.server.CloseClientConnections()
	w.server.Close()
}

// APIURL is what the app's SLACK_API_URL is set to; it ends in a slash.
func (w *Workspace) APIURL() string { return w.server.URL + "/api/" }

// Host is the host and port of the Web API and of every response_url.
func (w *Workspace) Host() string { return strings.TrimPrefix(w.server.URL, "http://") }

// BotToken is the token that the app posts with.
func (w *Workspace) BotToken() string { return "xoxb-100-200-slacktest" }

// AppToken is the token that opens sockets.
func (w *Workspace) AppToken() string { return "xapp-1-A0FAKEAPP-300-slacktest" }

// SigningSecret is what requests to the app are signed with.
func (w *Workspace) SigningSecret() string { return "8f742231b10e8888abcd99yyyzzz85a5" }

// ClientID and ClientSecret are what the app installs itself with.
func (w *Workspace) ClientID() string { return "100.200" }

// ClientSecret goes with [Workspace.ClientID].
func (w *Workspace) ClientSecret() string { return "slacktest-client-secret" }

// Team is the id of the workspace.
func (w *Workspace) Team() string { return "T0FAKETEAM" }

// AppID is the id of the app.
func (w *Workspace) AppID() string { return "A0FAKEAPP" }

// Bot is the id of the app's bot user.
func (w *Workspace) Bot() string { return "U0FAKEBOT" }

// BotID is what the app's own messages carry as bot_id.
func (w *Workspace) BotID() string { return "B0FAKEBOT" }

// Target names the app: the base URL that the paths of the app are appended
// to. Without one, or with "", everything goes over sockets.
func (w *Workspace) Target(base string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.target = strings.TrimSuffix(base, "/")
}

// AddUser adds or replaces a person. Whoever does something is added anyway.
func (w *Workspace) AddUser(u User) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.users[u.ID] = &u
	w.user(u.ID)
}

// AddChannel adds or replaces a channel. A channel in which somebody does
// something is added anyway, as a public one that the bot is a member of.
func (w *Workspace) AddChannel(c Channel) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.channels[c.ID] = &c
	c.pair()
}

// DMChannel is the id of the direct messages between a user and the bot.
func (w *Workspace) DMChannel(user string) string { return "D" + strings.TrimLeft(user, "UW") }

// user is the person with an id, who is there from now on.
func (w *Workspace) user(id string) *User {
	if w.users[id] == nil {
		w.users[id] = &User{ID: id, Name: strings.ToLower(id), RealName: "User " + id, TZ: "Europe/Berlin"}
	}
	u := w.users[id]
	if dm := w.DMChannel(id); w.channels[dm] == nil && !u.Bot {
		w.channels[dm] = &Channel{ID: dm, user: id}
	}
	return u
}

// channel is the channel with an id, which is there from now on.
func (w *Workspace) channel(id string) *Channel {
	if w.channels[id] == nil {
		w.channels[id] = &Channel{ID: id, Name: strings.ToLower(id)}
		w.channels[id].pair()
	}
	return w.channels[id]
}

// pair names the person of a direct message by its id.
func (c *Channel) pair() {
	if c.im() && c.user == "" {
		c.user = "U" + strings.TrimPrefix(c.ID, "D")
	}
}

func (c *Channel) im() bool { return strings.HasPrefix(c.ID, "D") }

// typ is what events call the kind of channel.
func (c *Channel) typ() string {
	switch {
	case c.im():
		return "im"
	case c.Private:
		return "group"
	}
	return "channel"
}

// ts is a new timestamp, later than all before.
func (w *Workspace) ts() string {
	w.last = max(w.last+1, w.o.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", w.last/1e6, w.last%1e6)
}

// id is a new id that starts with a prefix.
func (w *Workspace) id(prefix string) string { return fmt.Sprintf("%s0%07d", prefix, w.serial.Add(1)) }

// faultf keeps a rule that the app broke. The caller does not hold w.mu.
func (w *Workspace) faultf(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fault(format, args...)
}

// fault is faultf for who holds w.mu.
func (w *Workspace) fault(format string, args ...any) {
	if !w.closed {
		w.faults = append(w.faults, fmt.Sprintf(format, args...))
		w.change()
	}
}

// change wakes who waits for something. The caller holds w.mu.
func (w *Workspace) change() {
	close(w.changed)
	w.changed = make(chan struct{})
}

// Faults are the rules of Slack that the app broke, in order: payloads that
// Slack refuses (with JSON pointers), acknowledgements after 3 s or without
// what Slack needs, calls without a token or of unknown methods, addresses and
// triggers used too often or too late.
func (w *Workspace) Faults() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.faults)
}

// NoFaults fails the test for each fault.
func (w *Workspace) NoFaults() {
	w.t.Helper()
	for _, f := range w.Faults() {
		w.t.Errorf("Slack's rule broken: %s", f)
	}
}

// lookAgain is how often Await looks when nothing happens in the workspace.
const lookAgain = 5 * time.Millisecond

// Await waits until something is so, and fails the test if it does not come
// to be. It looks again whenever something happens in the workspace.
func (w *Workspace) Await(what string, so func() bool) bool {
	w.t.Helper()
	late, again := time.NewTimer(w.o.Patience), time.NewTicker(lookAgain)
	defer late.Stop()
	defer again.Stop()
	for {
		w.mu.Lock()
		changed := w.changed
		w.mu.Unlock()
		if so() {
			return true
		}
		select {
		case <-changed:
		case <-again.C: // it may hang on the app
		case <-late.C:
			w.t.Errorf("slacktest: waited %v for %s", w.o.Patience, what)
			return false
		case <-w.ctx.Done():
			return false
		}
	}
}

// pause waits, and reports whether it could.
func (w *Workspace) pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
