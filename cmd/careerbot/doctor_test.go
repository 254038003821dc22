package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/redis/redistest"
	"careerbot/adapters/slack"
	"careerbot/cmd/careerbot/doctor"
)

// world is what the doctor looks at. All is in order until a fault is planted.
type world struct {
	env    map[string]string
	names  []string // of further variables
	args   []string
	slack  map[string]string // what the methods of Slack's API answer
	scopes string
	off    time.Duration  // how far the APIs' clock is ahead
	paths  map[string]any // what the paths of Discord's API answer: JSON, or a status
}

func newWorld(t *testing.T) *world {
	w := &world{scopes: strings.Join(slack.Scopes, ","), slack: map[string]string{
		"auth.test":             `{"ok":true,"team":"Harbour","user":"careerbot"}`,
		"apps.connections.open": `{"ok":true,"url":"wss://example.com"}`,
		"conversations.info":    `{"ok":true,"channel":{"name":"general","is_member":true}}`,
	}, paths: map[string]any{
		"/applications/@me":          map[string]any{"id": "900", "name": "Careerbot", "verify_key": publicKey(), "flags": 0},
		"/applications/900/commands": discord.Commands(nil),
		"/users/@me/guilds":          []any{map[string]any{"id": "5", "name": "Harbour", "permissions": "274878024704"}},
		"/gateway/bot":               map[string]any{"url": "wss://example.com", "session_start_limit": map[string]any{"total": 1000, "remaining": 900, "reset_after": 1000}},
		"/channels/6":                map[string]any{"id": "6", "name": "general"},
	}}
	w.env = map[string]string{
		"SLACK_BOT_TOKEN": "xoxb-very-secret", "SLACK_APP_TOKEN": "xapp-very-secret", "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef",
		"SLACK_API_URL": w.serve(t, w.serveSlack),
		"DISCORD_TOKEN": "OTAw.very.secret", "DISCORD_APPLICATION_ID": "900", "DISCORD_PUBLIC_KEY": publicKey(), "DISCORD_API_URL": w.serve(t, w.serveDiscord),
		"LISTEN_ADDR": freeAddress(t), "ADMIN_ADDR": freeAddress(t),
	}
	return w
}

func (w *world) serve(t *testing.T, h http.HandlerFunc) string {
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Date", time.Now().Add(w.off).UTC().Format(http.TimeFormat))
		h(rw, r)
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

func (w *world) serveSlack(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("X-OAuth-Scopes", w.scopes)
	fmt.Fprint(rw, w.slack[strings.TrimPrefix(r.URL.Path, "/")])
}

func (w *world) serveDiscord(rw http.ResponseWriter, r *http.Request) {
	switch said := w.paths[r.URL.Path].(type) {
	case nil:
		rw.WriteHeader(http.StatusNotFound)
	case int:
		rw.WriteHeader(said)
	default:
		_ = json.NewEncoder(rw).Encode(said)
	}
}

// application changes what Discord says of the application.
func (w *world) application(field string, value any) {
	w.paths["/applications/@me"].(map[string]any)[field] = value
}

// examine runs the doctor.
func (w *world) examine(t *testing.T) (code int, found []doctor.Finding) {
	t.Helper()
	var out, log bytes.Buffer
	e := &env{getenv: func(k string) string { return w.env[k] }, names: func() []string { return w.names }, stdout: &out, stderr: &log}
	began := time.Now()
	code = e.run(t.Context(), append([]string{"doctor", "--json"}, w.args...))
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	if err := json.Unmarshal(out.Bytes(), &found); err != nil {
		t.Fatalf("%v: %s%s", err, &out, &log)
	}
	if text := out.String() + log.String(); strings.Contains(text, "very-secret") || strings.Contains(text, "very.secret") || strings.Contains(text, "wr0ng") {
		t.Errorf("a secret is shown: %s", text)
	}
	return code, found
}

func set(name, value string) func(*testing.T, *world) {
	return func(_ *testing.T, w *world) { w.env[name] = value }
}

// fault is one that is planted, and what the doctor must say of it.
type fault struct {
	name   string
	plant  func(*testing.T, *world)
	what   string
	state  doctor.State
	says   string
	remedy string
}

var slackFaults = []fault{
	{"an app token where the bot token belongs", set("SLACK_BOT_TOKEN", "xapp-very-secret"), "Slack", doctor.Error, "SLACK_BOT_TOKEN is no such token: it must begin with xoxb-", "OAuth & Permissions"},
	{"a bot token where the app token belongs", set("SLACK_APP_TOKEN", "xoxb-very-secret"), "Slack", doctor.Error, "SLACK_APP_TOKEN is no such token: it must begin with xapp-", "App-Level Tokens"},
	{"a signing secret that is none", set("SLACK_SIGNING_SECRET", "xoxb-very-secret"), "Slack", doctor.Warning, "SLACK_SIGNING_SECRET does not look like one", "Signing Secret anew from Basic Information"},
	{"no way in", func(_ *testing.T, w *world) { w.env["SLACK_APP_TOKEN"], w.env["SLACK_SIGNING_SECRET"] = "", "" }, "Slack", doctor.Error, "A way in is missing", "Set SLACK_APP_TOKEN for Socket Mode or SLACK_SIGNING_SECRET for HTTP"},
	{"a mode that there is not", set("SLACK_MODE", "sockets"), "Slack", doctor.Error, `SLACK_MODE is "sockets"`, "It must be http or socket"},
	{"a token that is dead", func(_ *testing.T, w *world) { w.slack["auth.test"] = `{"ok":false,"error":"account_inactive"}` }, "Slack", doctor.Error, "no longer works (account_inactive)", "Install the app again"},
	{"a token of nobody", func(_ *testing.T, w *world) { w.slack["auth.test"] = `{"ok":false,"error":"invalid_auth"}` }, "Slack", doctor.Error, "does not know the bot token", "set SLACK_BOT_TOKEN to it"},
	{"a scope that was not granted", func(_ *testing.T, w *world) { w.scopes = "chat:write,commands,im:history,assistant:write" }, "Slack", doctor.Error, "was not granted app_mentions:read", "Reinstall to Workspace"},
	{"a scope too many", func(_ *testing.T, w *world) { w.scopes += ",users:read.email" }, "Slack", doctor.Warning, "more than it uses: users:read.email", "Remove it"},
	{"Socket Mode is off", func(_ *testing.T, w *world) {
		w.slack["apps.connections.open"] = `{"ok":false,"error":"socket_mode_not_enabled"}`
	}, "Slack", doctor.Error, "Socket Mode is switched off", "Enable Socket Mode"},
	{"an app token without its scope", func(_ *testing.T, w *world) {
		w.slack["apps.connections.open"] = `{"ok":false,"error":"missing_scope"}`
	}, "Slack", doctor.Error, "lacks the scope connections:write", "App-Level Tokens"},
	{"an app token that is revoked", func(_ *testing.T, w *world) {
		w.slack["apps.connections.open"] = `{"ok":false,"error":"token_revoked"}`
	}, "Slack", doctor.Error, "does not take the app token (token_revoked)", "Make a new one"},
	{"the bot is not in the channel", func(_ *testing.T, w *world) {
		w.args = []string{"--channel", "C1"}
		w.slack["conversations.info"] = `{"ok":true,"channel":{"name":"general","is_member":false}}`
	}, "Slack", doctor.Error, "The bot is not in #general", "/invite @careerbot"},
	{"the bot is not in a channel that it may only read", func(_ *testing.T, w *world) {
		w.args = []string{"--channel", "C1"}
		w.slack["conversations.info"] = `{"ok":false,"error":"missing_scope"}`
		w.slack["conversations.history"] = `{"ok":false,"error":"not_in_channel"}`
	}, "Slack", doctor.Error, "The bot is not in the channel C1", "/invite @careerbot"},
	{"what the bot may not see of a channel", func(_ *testing.T, w *world) {
		w.args = []string{"--channel", "C1"}
		w.slack["conversations.info"] = `{"ok":false,"error":"missing_scope"}`
		w.slack["conversations.history"] = `{"ok":false,"error":"missing_scope"}`
	}, "Slack", doctor.Warning, "cannot be seen with the permissions", "/invite @careerbot"},
	{"Slack cannot be reached", set("SLACK_API_URL", "http://127.0.0.1:1/api/"), "Slack", doctor.Error, "Slack's API does not answer: 127.0.0.1:1 cannot be reached: connect: connection refused", "reach 127.0.0.1:1"},
	{"something else answers for Slack", func(_ *testing.T, w *world) { w.slack["auth.test"] = "<html>" }, "Slack", doctor.Error, "is not Slack's API", "SLACK_API_URL"},
}

var discordFaults = []fault{
	{"a token that is refused", func(_ *testing.T, w *world) {
		for path := range w.paths {
			w.paths[path] = http.StatusUnauthorized
		}
	}, "Discord", doctor.Error, "Discord refuses the bot's token", "Reset Token"},
	{"a client secret in the token's place", set("DISCORD_TOKEN", "very-secret"), "Discord", doctor.Warning, "does not look like a bot's token", "Reset Token"},
	{"the word Bot in the token", set("DISCORD_TOKEN", "Bot OTAw.very.secret"), "Discord", doctor.Error, `begins with "Bot "`, "set the token alone"},
	{"an id that is none", set("DISCORD_APPLICATION_ID", "careerbot"), "Discord", doctor.Error, "DISCORD_APPLICATION_ID is no id", "Copy the Application ID"},
	{"another application's id", set("DISCORD_APPLICATION_ID", "901"), "Discord", doctor.Error, "is not the application that the token belongs to", "Set DISCORD_APPLICATION_ID to 900"},
	{"another application's key", set("DISCORD_PUBLIC_KEY", strings.Repeat("ab", 32)), "Discord", doctor.Error, "DISCORD_PUBLIC_KEY is not this application's", "Copy the Public Key"},
	{"a key that is none", set("DISCORD_PUBLIC_KEY", "abc"), "Discord", doctor.Error, "DISCORD_PUBLIC_KEY is not one", "64 hexadecimal digits"},
	{"HTTP without an address", set("DISCORD_MODE", "http"), "Discord", doctor.Error, "No address for interactions is set", "Interactions Endpoint URL"},
	{"the gateway beside an address", func(_ *testing.T, w *world) {
		w.env["DISCORD_MODE"] = "gateway"
		w.application("interactions_endpoint_url", "https://bot.example.com/discord/interactions")
	}, "Discord", doctor.Error, "Discord sends commands to bot.example.com", "Clear Interactions Endpoint URL"},
	{"an address with another path", func(_ *testing.T, w *world) {
		w.application("interactions_endpoint_url", "https://bot.example.com/interactions")
	}, "Discord", doctor.Warning, "does not end in /discord/interactions", "Interactions Endpoint URL"},
	{"a code grant", func(_ *testing.T, w *world) { w.application("bot_require_code_grant", true) }, "Discord", doctor.Error, "requires an OAuth2 code grant", "Switch off"},
	{"an intent that is not used", func(_ *testing.T, w *world) { w.application("flags", 1<<19) }, "Discord", doctor.Warning, "The Message Content Intent is switched on and not used", "Privileged Gateway Intents"},
	{"commands that are not registered", func(_ *testing.T, w *world) { w.paths["/applications/900/commands"] = []any{} }, "Discord", doctor.Warning, "Not registered: career", "Start careerbot serve"},
	{"a server that the bot is not on", func(_ *testing.T, w *world) {
		w.env["DISCORD_GUILD"] = "77"
		w.paths["/applications/900/guilds/77/commands"] = http.StatusForbidden
	}, "Discord", doctor.Error, "not on the server that DISCORD_GUILD names", "Invite it by the link"},
	{"no server", func(_ *testing.T, w *world) { w.paths["/users/@me/guilds"] = []any{} }, "Discord", doctor.Warning, "The bot is on no server", "Invite it by the link"},
	{"a permission that is missing", func(_ *testing.T, w *world) {
		w.paths["/users/@me/guilds"] = []any{map[string]any{"id": "5", "name": "Harbour", "permissions": "274877925376"}}
	}, "Discord", doctor.Error, "On the server Harbour the bot lacks View Channels, Attach Files, Read Message History", "Invite it again"},
	{"an administrator", func(_ *testing.T, w *world) {
		w.paths["/users/@me/guilds"] = []any{map[string]any{"id": "5", "name": "Harbour", "permissions": "8"}}
	}, "Discord", doctor.Warning, "On the server Harbour the bot is an administrator", "Take Administrator"},
	{"sessions that are used up", func(_ *testing.T, w *world) {
		w.paths["/gateway/bot"] = map[string]any{"session_start_limit": map[string]any{"total": 1000, "remaining": 0, "reset_after": 3600000}}
	}, "Discord", doctor.Error, "Of today's 1000 sessions of the gateway 0 are left", "1h0m0s"},
	{"a channel that the bot does not see", func(_ *testing.T, w *world) {
		w.args = []string{"--channel", "6"}
		w.paths["/channels/6"] = http.StatusForbidden
	}, "Discord", doctor.Error, "The bot does not see the channel 6", "View Channel"},
	{"Discord cannot be reached", set("DISCORD_API_URL", "http://127.0.0.1:1"), "Discord", doctor.Error, "Discord's API does not answer: 127.0.0.1:1 cannot be reached", "reach 127.0.0.1:1"},
}

var machineFaults = []fault{
	{"a clock that is six minutes behind", func(_ *testing.T, w *world) { w.off = 6 * time.Minute }, "clock", doctor.Error, "behind Slack's", "timedatectl set-ntp true"},
	{"a clock that is two minutes ahead", func(_ *testing.T, w *world) { w.off = -2 * time.Minute }, "clock", doctor.Warning, "ahead of Discord's", "timedatectl set-ntp true"},
	{"a variable that is misspelt", func(_ *testing.T, w *world) { w.names = []string{"SLACK_SIGNIN_SECRET"} }, "variables", doctor.Warning, "SLACK_SIGNIN_SECRET is not known", "Set SLACK_SIGNING_SECRET in its place"},
	{"a secret that cannot be read", func(_ *testing.T, w *world) {
		w.env["SLACK_BOT_TOKEN"], w.env["SLACK_BOT_TOKEN_FILE"] = "", "nowhere"
	}, "Slack", doctor.Error, "SLACK_BOT_TOKEN_FILE: nowhere cannot be read: no such file or directory", "Name a file that the program may read"},
	{"a secret that is set twice", set("DISCORD_TOKEN_FILE", "token"), "Discord", doctor.Error, "DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set", "Keep one"},
	{"a port in use", func(t *testing.T, w *world) {
		l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = l.Close() })
		w.env["LISTEN_ADDR"] = l.Addr().String()
	}, "ports", doctor.Error, "is in use by another program", "or set LISTEN_ADDR to another address"},
	{"one port for both", func(_ *testing.T, w *world) { w.env["ADMIN_ADDR"] = w.env["LISTEN_ADDR"] }, "ports", doctor.Error, "ADMIN_ADDR and LISTEN_ADDR are the same", "Set ADMIN_ADDR"},
	{"an address of another machine", set("LISTEN_ADDR", "192.0.2.1:8080"), "ports", doctor.Error, "192.0.2.1:8080 cannot be listened on", "of this machine"},
	{"a proxy that is not there", set("HTTPS_PROXY", "http://me:very-secret@127.0.0.1:1"), "proxy", doctor.Error, "The proxy 127.0.0.1:1 cannot be reached", "Look at HTTPS_PROXY"},
	{"a proxy under another name", set("ALL_PROXY", "socks5://127.0.0.1:1"), "proxy", doctor.Warning, "ALL_PROXY is set, which has no effect", "Set HTTPS_PROXY"},
	{"pages with faults", func(t *testing.T, w *world) {
		dir := t.TempDir()
		write(t, dir, "---\ntitel: Tide\n---\n")
		w.env["CAREERBOT_CATALOG"] = dir
	}, "catalogue", doctor.Error, "The catalogue has faults: ", "careerbot check lists them all"},
	{"a folder that is not there", set("CAREERBOT_CATALOG", "nowhere"), "catalogue", doctor.Error, "The catalogue folder nowhere cannot be read: no such file or directory", "Set CAREERBOT_CATALOG"},
	{"nothing at all", func(_ *testing.T, w *world) {
		for _, name := range []string{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DISCORD_TOKEN", "DISCORD_APPLICATION_ID", "DISCORD_PUBLIC_KEY"} {
			w.env[name] = ""
		}
	}, "platforms", doctor.Warning, "Neither Slack nor Discord is set up", "careerbot chat"},
	{"Redis cannot be reached", set("REDIS_URL", "redis://:wr0ng@127.0.0.1:1"), "Redis", doctor.Error, "Redis cannot be reached", "Check REDIS_URL"},
	{"an address that is not Redis'", set("REDIS_URL", "http://127.0.0.1:1"), "Redis", doctor.Error, "REDIS_URL must begin with redis://", "careerbot help serve"},
}

// redisFaults need a server.
var redisFaults = []fault{
	{"a wrong password", func(t *testing.T, w *world) {
		w.env["REDIS_URL"] = "redis://:wr0ng@" + redistest.Start(t, redistest.Password("right-one")).Addr()
	}, "Redis", doctor.Error, "Redis refuses the user and password", "Check REDIS_PASSWORD"},
	{"no password", func(t *testing.T, w *world) {
		w.env["REDIS_URL"] = "redis://" + redistest.Start(t, redistest.Password("right-one")).Addr()
	}, "Redis", doctor.Error, "Redis wants a password", "Set REDIS_PASSWORD"},
	{"keys that are thrown out", func(t *testing.T, w *world) {
		w.env["REDIS_URL"] = redistest.Start(t, redistest.Set("maxmemory-policy", "allkeys-lru")).URL()
	}, "Redis", doctor.Warning, "Redis may throw out keys when its memory is full (maxmemory-policy allkeys-lru)", "Set noeviction"},
	{"nothing on disk", func(t *testing.T, w *world) {
		w.env["REDIS_URL"] = redistest.Start(t, redistest.Set("appendonly", "no")).URL()
	}, "Redis", doctor.Warning, "Redis does not write to disk as it goes", "Set appendonly yes"},
	{"a user who may not", func(t *testing.T, w *world) {
		w.env["REDIS_URL"] = redistest.Start(t, redistest.Set("user", "careerbot on >wr0ng-not ~other:* +@all")).URL()
		w.env["REDIS_USERNAME"], w.env["REDIS_PASSWORD"] = "careerbot", "wr0ng-not"
	}, "Redis", doctor.Error, "The user of Redis may not do all that is needed", "Give it the rule ~careerbot:*"},
}

func TestTheDoctorNamesEachFault(t *testing.T) {
	faults := slices.Concat(slackFaults, discordFaults, machineFaults)
	if _, err := exec.LookPath("redis-server"); err == nil || os.Getenv("CI") != "" {
		faults = append(faults, redisFaults...)
	} else {
		t.Log("without redis-server, the faults of Redis are not planted")
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			w := newWorld(t)
			f.plant(t, w)
			code, found := w.examine(t)
			at := slices.IndexFunc(found, func(g doctor.Finding) bool {
				return g.What == f.what && g.State == f.state && strings.Contains(g.Says, f.says)
			})
			if at < 0 {
				t.Fatalf("it is not named; the doctor says %+v", found)
			}
			if got := found[at]; !strings.Contains(got.Remedy, f.remedy) || got.Shows == "" {
				t.Errorf("shows %q, remedy %q", got.Shows, got.Remedy)
			}
			if want := map[doctor.State]int{doctor.Error: exitNo, doctor.Warning: exitOK}[f.state]; code != want {
				t.Errorf("exit code %d: %+v", code, found)
			}
			for i, g := range found {
				if i != at && g.State == doctor.Error && f.state != doctor.Error {
					t.Errorf("it sees an error where a warning was planted: %+v", g)
				}
				if g.State != doctor.OK && (g.Shows == "" || g.Remedy == "" || !strings.HasSuffix(g.Says, ".") || !strings.HasSuffix(g.Remedy, ".")) {
					t.Errorf("half said: %+v", g)
				}
			}
		})
	}
}

func TestTheDoctorFindsNothingAmissWhereAllIsWell(t *testing.T) {
	w := newWorld(t)
	w.args = []string{"--channel", "C1"}
	code, found := w.examine(t)
	for _, f := range found {
		if f.State != doctor.OK {
			t.Errorf("%+v", f)
		}
	}
	if code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

// Nothing that it asks answers: it says so of each, in time.
func TestTheDoctorIsDoneInFiveSeconds(t *testing.T) {
	hang := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(10 * time.Second):
		}
	}))
	t.Cleanup(hang.Close)
	hole, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0") // accepts, and never says anything
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = hole.Close() })
	w := newWorld(t)
	w.env["SLACK_API_URL"], w.env["DISCORD_API_URL"] = hang.URL, hang.URL
	w.env["REDIS_URL"] = "redis://" + hole.Addr().String()
	w.env["LISTEN_ADDR"] = hole.Addr().String()
	code, found := w.examine(t)
	for _, want := range []string{"Slack", "Discord", "Redis", "ports"} {
		if !slices.ContainsFunc(found, func(f doctor.Finding) bool { return f.What == want && f.State == doctor.Error }) {
			t.Errorf("no error of %s: %+v", want, found)
		}
	}
	if code != exitNo {
		t.Errorf("exit code %d", code)
	}
}

func TestTheDoctorSeesABotThatIsAtWork(t *testing.T) {
	api := newFakeDiscord(t)
	s := serve(t, api.settings())
	w := newWorld(t)
	w.env["LISTEN_ADDR"] = s.address
	if _, found := w.examine(t); !slices.ContainsFunc(found, func(f doctor.Finding) bool {
		return f.What == "ports" && f.State == doctor.OK && strings.Contains(f.Says, "a bot is at work already")
	}) {
		t.Errorf("%+v", found)
	}
}

// The text says of each fault how it shows and the remedy, and the link with
// its permissions; golden, since people read it.
func TestTheDoctorsTextReadsWell(t *testing.T) {
	w := newWorld(t)
	w.scopes = "chat:write,commands,im:history,assistant:write"
	w.names = []string{"SLACK_BOT_TOKN"}
	var out bytes.Buffer
	e := &env{getenv: func(k string) string { return w.env[k] }, names: func() []string { return w.names }, stdout: &out, stderr: &out}
	e.run(t.Context(), []string{"doctor"})
	const golden = "testdata/doctor.txt"
	if *update {
		if err := os.WriteFile(golden, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := read(t, filepath.FromSlash(golden)); out.String() != want {
		t.Errorf("it says\n%s\nwant\n%s", &out, want)
	}
}
