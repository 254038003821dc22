package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Discord plays Discord: the gateway and the part of the API that a bot needs.
// It holds what it is sent against the rules of [CheckMessage] and those of
// rates, nonces and permissions. It is safe for concurrent use.
type Discord struct {
	t   testing.TB
	srv *httptest.Server

	// What it is like. Not to be changed once a bot runs.
	Token, ApplicationID, BotID string
	Shards                      int
	Interval                    time.Duration // of heartbeats
	Starts                      int           // sessions that may begin

	mu                  sync.Mutex
	now                 int64 // the last id
	messages            map[string][]Posted
	sessions            map[string]*session
	conns               []*gate
	next                []Behaviour // of the connections to come
	fails               []Failure
	callbacks           map[string][]json.RawMessage
	denied              map[string]int // channel: code of the refusal
	commands            []object
	faults              []string
	identifies, resumes int
	acks                bool // heartbeats are answered
}

// Posted is a message in a channel.
type Posted struct {
	ID, Channel, Author, Reply, Nonce string
	Raw                               json.RawMessage // as it was sent, "" for a person's
	Event                             object
}

// Failure is how a post fails, once.
type Failure struct {
	Status     int
	Code       int
	RetryAfter float64
	Applied    bool // it is done, and the connection cut
}

// New returns a Discord that is shut down when the test ends.
func New(t testing.TB) *Discord {
	d := &Discord{t: t, Token: "a-very-secret-token", ApplicationID: "900", BotID: "900", Shards: 1, Interval: 40 * time.Second, Starts: 1000, acks: true,
		messages: map[string][]Posted{}, sessions: map[string]*session{}, callbacks: map[string][]json.RawMessage{}, denied: map[string]int{}}
	d.srv = httptest.NewServer(d.routes())
	t.Cleanup(func() {
		d.DropAll()
		d.srv.Close()
	})
	return d
}

// APIURL is the address of its API.
func (d *Discord) APIURL() string { return d.srv.URL + "/api/v10" }

func (d *Discord) routes() http.Handler {
	mux := http.NewServeMux()
	api := func(pattern string, f func(w http.ResponseWriter, r *http.Request)) {
		method, path, _ := strings.Cut(pattern, " ")
		mux.HandleFunc(method+" /api/v10"+path, func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bot "+d.Token {
				refuse(w, http.StatusUnauthorized, 0, "401")
				return
			}
			f(w, r)
		})
	}
	api("GET /users/@me", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, object{"id": d.BotID, "username": "careerbot", "bot": true})
	})
	api("GET /applications/@me", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, object{"id": d.ApplicationID, "name": "Careerbot"})
	})
	api("GET /gateway/bot", func(w http.ResponseWriter, _ *http.Request) {
		d.mu.Lock()
		defer d.mu.Unlock()
		reply(w, object{"url": "ws" + strings.TrimPrefix(d.srv.URL, "http"), "shards": d.Shards,
			"session_start_limit": object{"total": 1000, "remaining": d.Starts - d.identifies, "reset_after": 60_000, "max_concurrency": 16}})
	})
	api("GET /applications/{app}/commands", func(w http.ResponseWriter, r *http.Request) { d.registered(w, r) })
	api("PUT /applications/{app}/commands", func(w http.ResponseWriter, r *http.Request) { d.registered(w, r) })
	api("GET /channels/{channel}/messages", d.list)
	api("POST /channels/{channel}/messages", d.post)
	api("POST /users/@me/channels", d.openDirect)
	mux.HandleFunc("POST /api/v10/interactions/{id}/{token}/callback", d.callback)
	mux.HandleFunc("GET /{$}", d.connect)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		d.faultf("%s %s is not a route", r.Method, r.URL.Path)
		refuse(w, http.StatusNotFound, 0, "404: Not Found")
	})
	return mux
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func refuse(w http.ResponseWriter, status, code int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(object{"code": code, "message": message})
}

func (d *Discord) faultf(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.faultLocked(format, args...)
}

func (d *Discord) faultLocked(format string, args ...any) {
	d.faults = append(d.faults, fmt.Sprintf(format, args...))
}

// NoFaults fails the test if a rule of Discord was broken.
func (d *Discord) NoFaults() {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, f := range d.faults {
		d.t.Error(f)
	}
}

// epoch is the millisecond that ids are counted from.
const epoch = 1420070400000

// id is a new one, of that time.
func (d *Discord) id(at time.Time) string {
	d.now = max(d.now+1, (at.UnixMilli()-epoch)<<22)
	return strconv.FormatInt(d.now, 10)
}

func (d *Discord) registered(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if r.PathValue("app") != d.ApplicationID {
		refuse(w, http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
		return
	}
	if r.Method == http.MethodPut {
		d.commands = nil
		if err := json.NewDecoder(r.Body).Decode(&d.commands); err != nil {
			refuse(w, http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
			return
		}
	}
	reply(w, append([]object{}, d.commands...))
}

func (d *Discord) list(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	channel := r.PathValue("channel")
	if code := d.denied[channel]; code != 0 {
		refuse(w, http.StatusForbidden, code, "Missing Access")
		return
	}
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	out := []object{}
	for _, m := range slices.Backward(d.messages[channel]) {
		if id, _ := strconv.ParseInt(m.ID, 10, 64); id > after {
			e := object{}
			for k, v := range m.Event {
				if k != "guild_id" && k != "member" { // which only the gateway says
					e[k] = v
				}
			}
			out = append(out, e)
		}
	}
	reply(w, out)
}

func (d *Discord) openDirect(w http.ResponseWriter, r *http.Request) {
	var to struct {
		ID string `json:"recipient_id"`
	}
	if json.NewDecoder(r.Body).Decode(&to) != nil || to.ID == "" {
		refuse(w, http.StatusBadRequest, 50035, "Invalid Form Body")
		return
	}
	reply(w, object{"id": d.DirectChannel(to.ID), "type": 1})
}

// DirectChannel is the direct channel of a person and the bot.
func (d *Discord) DirectChannel(user string) string { return "7" + user }

// body is the JSON of a message that was sent, and how many files are with it.
func body(r *http.Request) ([]byte, int, error) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, 0, err
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return raw, 0, err
	}
	form := multipart.NewReader(bytes.NewReader(raw), params["boundary"])
	var payload []byte
	files := 0
	for {
		p, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return payload, files, nil
		}
		if err != nil {
			return nil, 0, err
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return nil, 0, err
		}
		if p.FormName() == "payload_json" {
			payload = content
		} else if files++; !bytes.HasPrefix(content, []byte("\x89PNG")) {
			return nil, 0, fmt.Errorf("%s is no PNG", p.FormName())
		}
	}
}

func (d *Discord) post(w http.ResponseWriter, r *http.Request) {
	raw, files, err := body(r)
	if err != nil {
		d.faultf("a post: %v", err)
		refuse(w, http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
		return
	}
	channel := r.PathValue("channel")
	var m struct {
		Nonce   string `json:"nonce"`
		Enforce bool   `json:"enforce_nonce"`
		Ref     struct {
			ID   string `json:"message_id"`
			Fail *bool  `json:"fail_if_not_exists"`
		} `json:"message_reference"`
		Attachments []object `json:"attachments"`
	}
	faults := CheckMessage(raw)
	if err := json.Unmarshal(raw, &m); err != nil {
		faults = append(faults, Fault{"", err.Error()})
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case m.Nonce == "" || len(m.Nonce) > 25 || !m.Enforce:
		d.faultLocked("a post without an enforced nonce: %q", m.Nonce)
	case len(m.Attachments) != files:
		d.faultLocked("a post with %d attachments and %d files", len(m.Attachments), files)
	}
	for _, f := range faults {
		d.faultLocked("a post: %v", f)
	}
	if len(faults) > 0 {
		refuse(w, http.StatusBadRequest, 50035, "Invalid Form Body")
		return
	}
	var fail Failure
	if len(d.fails) > 0 {
		fail, d.fails = d.fails[0], d.fails[1:]
	}
	switch {
	case fail.RetryAfter > 0:
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Retry-After", strconv.FormatFloat(fail.RetryAfter, 'f', -1, 64))
		w.WriteHeader(http.StatusTooManyRequests)
		_ = json.NewEncoder(w).Encode(object{"message": "You are being rate limited.", "retry_after": fail.RetryAfter, "global": false})
		return
	case fail.Status != 0:
		refuse(w, fail.Status, fail.Code, "no")
		return
	case d.denied[channel] != 0:
		refuse(w, http.StatusForbidden, d.denied[channel], "Missing Access")
		return
	}
	for _, old := range d.messages[channel] {
		if old.Nonce == m.Nonce && old.Author == d.BotID {
			reply(w, old.Event)
			return
		}
	}
	p := Posted{ID: d.id(time.Now()), Channel: channel, Author: d.BotID, Reply: m.Ref.ID, Nonce: m.Nonce, Raw: raw}
	p.Event = object{"id": p.ID, "channel_id": channel, "type": 19, "author": object{"id": d.BotID, "bot": true}, "content": "", "mentions": []any{},
		"timestamp": time.Now().UTC().Format(time.RFC3339), "message_reference": object{"message_id": m.Ref.ID, "channel_id": channel}}
	d.messages[channel] = append(d.messages[channel], p)
	d.dispatch("MESSAGE_CREATE", p.Event)
	if fail.Applied {
		panic(http.ErrAbortHandler)
	}
	reply(w, p.Event)
}

func (d *Discord) callback(w http.ResponseWriter, r *http.Request) {
	raw, _, err := body(r)
	id := r.PathValue("id")
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case err != nil || r.PathValue("token") != "token-"+id:
		d.faultLocked("a callback of %s: %v", id, err)
		refuse(w, http.StatusNotFound, 10062, "Unknown interaction")
		return
	case len(d.callbacks[id]) > 0:
		d.faultLocked("%s was answered twice", id)
		refuse(w, http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
		return
	}
	for _, f := range CheckResponse(raw) {
		d.faultLocked("a response: %v", f)
	}
	d.callbacks[id] = append(d.callbacks[id], raw)
	w.WriteHeader(http.StatusNoContent)
}

// Say has a person write a message and returns its id. The gateway hears its
// text only if it is in a direct channel (guild "") or mentions the bot.
func (d *Discord) Say(guild, channel, user, text string, change ...func(map[string]any)) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sayLocked(time.Now(), guild, channel, user, text, change...)
}

// SaidBefore is a message of a while ago that no session hears.
func (d *Discord) SaidBefore(ago time.Duration, guild, channel, user, text string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = 0
	m := d.message(time.Now().Add(-ago), guild, channel, user, text)
	d.messages[channel] = append([]Posted{m}, d.messages[channel]...)
	return m.ID
}

func (d *Discord) sayLocked(at time.Time, guild, channel, user, text string, change ...func(map[string]any)) string {
	m := d.message(at, guild, channel, user, text)
	for _, c := range change {
		c(m.Event)
	}
	d.messages[channel] = append(d.messages[channel], m)
	d.dispatch("MESSAGE_CREATE", m.Event)
	return m.ID
}

func (d *Discord) message(at time.Time, guild, channel, user, text string) Posted {
	mentions := []any{}
	if strings.Contains(text, "<@"+d.BotID+">") {
		mentions = append(mentions, object{"id": d.BotID, "bot": true})
	}
	if guild != "" && len(mentions) == 0 {
		text = ""
	}
	m := Posted{ID: d.id(at), Channel: channel, Author: user}
	m.Event = object{"id": m.ID, "channel_id": channel, "type": 0, "content": text, "mentions": mentions, "author": object{"id": user, "username": "u" + user},
		"attachments": []any{}, "timestamp": at.UTC().Format(time.RFC3339)}
	if guild != "" {
		m.Event["guild_id"] = guild
	}
	return m
}

// Interact has the gateway tell of an interaction, which needs no id, and
// returns its id.
func (d *Discord) Interact(in map[string]any) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	id := d.id(time.Now())
	in["id"], in["token"] = id, "token-"+id
	d.dispatch("INTERACTION_CREATE", in)
	return id
}

// Response is the response to an interaction, nil for none yet.
func (d *Discord) Response(id string) json.RawMessage {
	d.mu.Lock()
	defer d.mu.Unlock()
	if all := d.callbacks[id]; len(all) > 0 {
		return all[0]
	}
	return nil
}

// Answers are the bot's replies to a message, wherever they are.
func (d *Discord) Answers(id string) []Posted {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Posted
	for _, all := range d.messages {
		for _, m := range all {
			if m.Author == d.BotID && m.Reply == id {
				out = append(out, m)
			}
		}
	}
	return out
}

// In are the bot's messages in a channel.
func (d *Discord) In(channel string) []Posted {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []Posted
	for _, m := range d.messages[channel] {
		if m.Author == d.BotID {
			out = append(out, m)
		}
	}
	return out
}

// Fail has the next posts fail, in turn.
func (d *Discord) Fail(f ...Failure) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fails = append(d.fails, f...)
}

// Deny refuses the bot a channel, with that code.
func (d *Discord) Deny(channel string, code int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.denied[channel] = code
}

// Await waits until so, and fails the test after twenty seconds.
func (d *Discord) Await(what string, so func() bool) {
	d.t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); <-time.After(5 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatalf("waited in vain until %s", what)
		}
	}
}
