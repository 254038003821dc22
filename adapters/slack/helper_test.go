package slack_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/slack"
	"careerbot/adapters/slack/install"
	"careerbot/bot"
)

// api is a Web API that takes down what it is called with, and answers as it
// is told.
type api struct {
	t   *testing.T
	srv *httptest.Server

	mu    sync.Mutex
	calls []call
	told  map[string][]reply // by method, in order; the last stays
	heard chan struct{}
}

type call struct {
	method string
	form   url.Values
	body   map[string]any
	at     time.Time
}

type reply struct {
	status int
	body   string
	after  string        // Retry-After
	hang   bool          // no answer at all
	cut    bool          // taken, and the connection cut before an answer
	wait   time.Duration // before the answer
}

func newAPI(t *testing.T) *api {
	a := &api{t: t, told: map[string][]reply{}, heard: make(chan struct{}, 1000)}
	a.tell("auth.test", reply{body: `{"ok":true,"team":"Harbour","team_id":"T1","user_id":"UBOT"}`})
	a.srv = httptest.NewServer(a)
	t.Cleanup(a.srv.Close)
	return a
}

// tell sets the replies to a method, the last for good.
func (a *api) tell(method string, replies ...reply) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.told[method] = replies
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		a.t.Error(err)
	}
	method := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/api/"), "/")
	c := call{method: method, at: time.Now()}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") && len(body) > 0 {
		if err := json.Unmarshal(body, &c.body); err != nil {
			a.t.Errorf("%s: %v", method, err)
		}
	} else if c.form, err = url.ParseQuery(string(body)); err != nil {
		a.t.Errorf("%s: %v", method, err)
	}
	a.mu.Lock()
	answer := reply{body: `{"ok":true}`}
	if told := a.told[method]; len(told) > 0 {
		answer = told[0]
		if len(told) > 1 {
			a.told[method] = told[1:]
		}
	}
	a.calls = append(a.calls, c)
	a.mu.Unlock()
	a.heard <- struct{}{}
	switch {
	case answer.cut:
		panic(http.ErrAbortHandler)
	case answer.hang:
		<-r.Context().Done()
		return
	}
	if answer.wait > 0 {
		select {
		case <-time.After(answer.wait):
		case <-r.Context().Done():
		}
	}
	if answer.after != "" {
		w.Header().Set("Retry-After", answer.after)
	}
	w.Header().Set("Content-Type", "application/json")
	if answer.status != 0 {
		w.WriteHeader(answer.status)
	}
	fmt.Fprint(w, answer.body)
}

// to are the calls of a method so far.
func (a *api) to(method string) []call {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []call
	for _, c := range a.calls {
		if c.method == method {
			out = append(out, c)
		}
	}
	return out
}

// await waits until a method was called n times, and returns the calls.
func (a *api) await(method string, n int) []call {
	a.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		if got := a.to(method); len(got) >= n {
			return got
		}
		select {
		case <-a.heard:
		case <-deadline:
			a.t.Fatalf("%s was called %d times, not %d", method, len(a.to(method)), n)
		}
	}
}

// app is an adapter in front of the api, over HTTP.
type app struct {
	*slack.Adapter
	t   *testing.T
	api *api
	srv *httptest.Server
	log *bytes.Buffer
}

func newApp(t *testing.T, change ...func(*slack.Config)) *app {
	t.Helper()
	a := &app{t: t, api: newAPI(t), log: &bytes.Buffer{}}
	memory := bot.NewLocalMemory(1000, bot.TimeToLive, time.Now)
	cfg := slack.Config{SigningSecret: secret, Tokens: install.NewSingle(install.NewSecret("xoxb-very-secret")), APIURL: a.api.srv.URL + "/api/",
		ResponseHosts: []string{strings.TrimPrefix(a.api.srv.URL, "http://")}, Core: bot.New(catalogue(t), bot.WithMemory(memory)), Records: memory,
		Log: slog.New(slog.NewJSONHandler(&locked{w: a.log}, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, c := range change {
		c(&cfg)
	}
	var err error
	if a.Adapter, err = slack.New(cfg); err != nil {
		t.Fatal(err)
	}
	a.srv = httptest.NewServer(a.Handler())
	t.Cleanup(a.srv.Close)
	return a
}

// locked lets several write to one buffer.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

// post sends a signed request.
func (a *app) post(path, body string, headers ...string) (status int, answer string) {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.srv.URL+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	sign(r, body)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := a.srv.Client().Do(r)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		a.t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// command types /career and is the response.
func (a *app) command(user, text string) map[string]any {
	a.t.Helper()
	form := url.Values{"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {user}, "user_name": {"ann"}, "command": {"/career"}, "text": {text},
		"response_url": {a.api.srv.URL + "/response/" + user}, "trigger_id": {"1.2.abc"}}
	status, body := a.post("/slack/commands", form.Encode())
	if status != http.StatusOK {
		a.t.Fatalf("/career %s: status %d", text, status)
	}
	out := map[string]any{}
	if body != "" {
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			a.t.Fatalf("/career %s: %v: %s", text, err, body)
		}
	}
	return out
}

// said is the text of the response to /career.
func (a *app) said(user, text string) string {
	s, _ := a.command(user, text)["text"].(string)
	return s
}

// event sends an event and returns the status.
func (a *app) event(e map[string]any, headers ...string) int {
	a.t.Helper()
	body, err := json.Marshal(map[string]any{"type": "event_callback", "team_id": "T1", "event_id": fmt.Sprint("Ev", time.Now().UnixNano()), "event_time": time.Now().Unix(),
		"authorizations": []any{map[string]any{"team_id": "T1", "user_id": "UBOT", "is_bot": true}}, "event": e})
	if err != nil {
		a.t.Fatal(err)
	}
	status, _ := a.post("/slack/events", string(body), headers...)
	return status
}

type fields = map[string]any

func mention(ts, text string) fields {
	return fields{"type": "app_mention", "user": "U1", "text": "<@UBOT> " + text, "ts": ts, "channel": "C1"}
}

func direct(ts, thread, text string) fields {
	e := fields{"type": "message", "channel_type": "im", "user": "U1", "text": text, "ts": ts, "channel": "D1"}
	if thread != "" {
		e["thread_ts"] = thread
	}
	return e
}

func inChannel(ts, thread, user, text string) fields {
	e := fields{"type": "message", "channel_type": "channel", "user": user, "text": text, "ts": ts, "channel": "C1"}
	if thread != "" {
		e["thread_ts"] = thread
	}
	return e
}

// press presses a button; change alters the payload.
func (a *app) press(user string, action fields, change ...func(fields)) string {
	p := fields{"type": "block_actions", "user": fields{"id": user, "name": "ann"}, "team": fields{"id": "T1"}, "channel": fields{"id": "C1"},
		"trigger_id": "t1", "response_url": a.api.srv.URL + "/response/press",
		"container": fields{"type": "message", "message_ts": "9.9", "channel_id": "C1", "is_ephemeral": false}, "actions": []any{action}}
	for _, c := range change {
		c(p)
	}
	return a.interact(p)
}

func ephemeral(p fields) { p["container"].(fields)["is_ephemeral"] = true }

func (a *app) interact(p fields) string {
	a.t.Helper()
	payload, err := json.Marshal(p)
	if err != nil {
		a.t.Fatal(err)
	}
	status, body := a.post("/slack/interactions", url.Values{"payload": {string(payload)}}.Encode())
	if status != http.StatusOK {
		a.t.Fatalf("interaction: status %d", status)
	}
	return body
}

var noToken = install.NewSingle(install.NewSecret("xoxb-very-secret"))

func coreFor(t testing.TB) *bot.Bot { return bot.New(catalogue(t)) }
