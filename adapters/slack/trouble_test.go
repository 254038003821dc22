package slack_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/slack"
)

// What Slack refuses for its blocks is sent again as text, at once, and the
// workspace is spared such blocks for a while.
func TestARefusedPayloadIsSentAgainAsText(t *testing.T) {
	for _, refusal := range []string{"invalid_blocks", "msg_blocks_too_long", "invalid_blocks_format", "unsupported_block_type"} {
		a := newApp(t)
		a.api.tell("chat.postMessage", reply{body: `{"ok":false,"error":"` + refusal + `","response_metadata":{"messages":["[ERROR] no more than secret-words [json-pointer:/blocks/3/rows]"]}}`}, reply{body: `{"ok":true,"ts":"9.9"}`})
		if status := a.event(mention("1.1", "backend vs devops")); status != http.StatusOK {
			t.Errorf("%s: status %d", refusal, status)
		}
		posts := a.api.await("chat.postMessage", 2)
		if posts[1].form.Get("blocks") != "" || !strings.Contains(posts[1].form.Get("text"), "Backend Engineer") || posts[1].form.Get("thread_ts") != "1.1" {
			t.Errorf("%s: %v", refusal, posts[1].form)
		}
		if d := posts[1].at.Sub(posts[0].at); d > time.Second {
			t.Errorf("%s: sent again after %s", refusal, d)
		}
		if log := a.log.String(); !strings.Contains(log, "/blocks/3/rows") || strings.Contains(log, "secret-words") {
			t.Errorf("%s: the log: %s", refusal, log)
		}
		a.event(mention("1.2", "backend vs devops"))
		if got := a.api.await("chat.postMessage", 3)[2].form.Get("blocks"); strings.Contains(got, `"table"`) || strings.Contains(got, "data_visualization") || !strings.Contains(got, `"section"`) {
			t.Errorf("%s: the next answer: %s", refusal, got)
		}
	}
}

func TestARefusedResponseIsSentAgainAsText(t *testing.T) {
	a := newApp(t)
	a.api.tell("response/press", reply{status: 400, body: "invalid_blocks"}, reply{body: "ok"})
	a.press("U1", fields{"action_id": "ask.0", "block_id": "next:U1", "value": "compare backend-engineer devops-engineer"})
	got := a.api.await("response/press", 2)
	if got[1].body["blocks"] != nil || !strings.Contains(got[1].body["text"].(string), "Backend Engineer") {
		t.Errorf("%v", got[1].body)
	}
}

// Who posts too fast is told when to come again, per channel; the others go on.
func TestAChannelThatIsTooFastWaitsAndTheOthersDoNot(t *testing.T) {
	a := newApp(t)
	go func() { _ = a.Run(t.Context()) }()
	a.api.await("auth.test", 1)
	a.api.tell("chat.postMessage", reply{status: 429, after: "1", body: `{"ok":false,"error":"ratelimited"}`}, reply{body: `{"ok":true,"ts":"9.9"}`})
	if status := a.event(mention("1.1", "what does an SRE do?")); status != http.StatusOK {
		t.Errorf("status %d: the answer is kept, and promised", status)
	}
	other := mention("1.2", "what does a dba do?")
	other["channel"] = "C2"
	a.event(other)
	posts := a.api.await("chat.postMessage", 3)
	if posts[1].form.Get("channel") != "C2" {
		t.Errorf("the other channel waits: %v", posts[1].form)
	}
	if d := posts[2].at.Sub(posts[0].at); posts[2].form.Get("channel") != "C1" || d < time.Second {
		t.Errorf("sent again after %s: %v", d, posts[2].form)
	}
	if a.event(mention("1.1", "what does an SRE do?"), "X-Slack-Retry-Num", "1"); len(a.api.to("chat.postMessage")) != 3 {
		t.Error("a redelivery of what waited is answered again")
	}
}

// An answer that was taken, and whose acknowledgement was lost, is not sent a
// second time where the thread cannot be read; where it can, it is looked for.
func TestALostAcknowledgementIsNoSecondAnswer(t *testing.T) {
	for name, replies := range map[string]string{
		"unreadable": `{"ok":false,"error":"missing_scope","needed":"channels:history","provided":"chat:write"}`,
		"found":      "",
	} {
		a := newApp(t)
		go func() { _ = a.Run(t.Context()) }()
		a.api.await("auth.test", 1)
		a.api.tell("chat.postMessage", reply{cut: true}, reply{body: `{"ok":true,"ts":"9.9"}`})
		a.api.tell("conversations.replies", reply{body: replies})
		a.event(mention("1.1", "what does an SRE do?"))
		posted := a.api.await("chat.postMessage", 1)[0].form.Get("metadata")
		if replies == "" {
			a.api.tell("conversations.replies", reply{body: `{"ok":true,"messages":[{"ts":"1.1"},{"ts":"9.9","metadata":` + posted + `}]}`})
		}
		a.api.await("conversations.replies", 1)
		a.event(mention("1.1", "what does an SRE do?"), "X-Slack-Retry-Num", "1")
		if n := len(a.api.to("chat.postMessage")); n != 1 {
			t.Errorf("%s: posted %d times", name, n)
		}
	}
}

// What surely did not arrive is sent again; what is not there is posted.
func TestAnAnswerThatIsNotThereIsPosted(t *testing.T) {
	a := newApp(t)
	go func() { _ = a.Run(t.Context()) }()
	a.api.await("auth.test", 1)
	a.api.tell("chat.postMessage", reply{status: 502, body: "bad gateway"}, reply{body: `{"ok":true,"ts":"9.9"}`})
	a.event(mention("1.1", "what does an SRE do?"))
	a.api.await("chat.postMessage", 2)
	a.api.tell("conversations.replies", reply{body: `{"ok":true,"messages":[{"ts":"2.1"}]}`})
	a.event(mention("2.1", "what does an SRE do?"), "X-Slack-Retry-Num", "1")
	a.api.await("chat.postMessage", 3)
}

// Where the bot may not post, the asker is answered directly.
func TestWhereItMayNotPostItAnswersTheAskerDirectly(t *testing.T) {
	for _, refusal := range []string{"not_in_channel", "channel_not_found", "is_archived", "restricted_action"} {
		a := newApp(t)
		a.api.tell("chat.postMessage", reply{body: `{"ok":false,"error":"` + refusal + `"}`}, reply{body: `{"ok":true,"ts":"9.9"}`})
		a.event(mention("1.1", "what does an SRE do?"))
		if got := a.api.await("chat.postMessage", 2)[1].form; got.Get("channel") != "U1" || got.Get("thread_ts") != "" {
			t.Errorf("%s: %v", refusal, got)
		}
	}
}

func TestAMissingScopeIsNamedWithWhereToAddIt(t *testing.T) {
	a := newApp(t)
	a.api.tell("chat.postMessage", reply{body: `{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"commands"}`})
	a.event(mention("1.1", "what does an SRE do?"))
	a.api.await("chat.postMessage", 1)
	if log := a.log.String(); !strings.Contains(log, "chat:write") || !strings.Contains(log, "OAuth & Permissions") && !strings.Contains(log, `OAuth \u0026 Permissions`) {
		t.Errorf("%s", log)
	}
}

func TestADeadTokenEndsRun(t *testing.T) {
	a := newApp(t)
	ended := make(chan error, 1)
	go func() { ended <- a.Run(t.Context()) }()
	a.api.await("auth.test", 1)
	a.api.tell("chat.postMessage", reply{body: `{"ok":false,"error":"token_revoked"}`})
	a.event(mention("1.1", "what does an SRE do?"))
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "token_revoked") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNotSignedIsNotRead(t *testing.T) {
	a := newApp(t)
	stamp := func(d time.Duration) string { return strconv.FormatInt(time.Now().Add(d).Unix(), 10) }
	body := commandForm("what does an SRE do?")
	for name, change := range map[string]func(*http.Request){
		"no signature":    func(r *http.Request) { r.Header.Del("X-Slack-Signature") },
		"no timestamp":    func(r *http.Request) { r.Header.Del("X-Slack-Request-Timestamp") },
		"another one's":   func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0="+strings.Repeat("ab", 32)) },
		"not hexadecimal": func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=zz") },
		"another version": func(r *http.Request) {
			r.Header.Set("X-Slack-Signature", strings.Replace(r.Header.Get("X-Slack-Signature"), "v0", "v1", 1))
		},
		"too old":         func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", stamp(-6*time.Minute)) },
		"from the future": func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", stamp(6*time.Minute)) },
		"no number":       func(r *http.Request) { r.Header.Set("X-Slack-Request-Timestamp", "yesterday") },
		"another body": func(r *http.Request) {
			r.Header.Set("X-Slack-Signature", sign(httptest.NewRequest(http.MethodPost, "/", nil), "x").Header.Get("X-Slack-Signature"))
		},
		"an empty, signed": func(r *http.Request) { r.Header.Set("X-Slack-Signature", "v0=") },
	} {
		for _, path := range []string{"/slack/commands", "/slack/events", "/slack/interactions"} {
			r := sign(httptest.NewRequest(http.MethodPost, path, strings.NewReader(body)), body)
			change(r)
			w := httptest.NewRecorder()
			a.Handler().ServeHTTP(w, r)
			if w.Code != http.StatusUnauthorized {
				t.Errorf("%s to %s: status %d", name, path, w.Code)
			}
		}
	}
	for _, c := range []struct{ method, path string }{{http.MethodGet, "/slack/commands"}, {http.MethodPost, "/slack/nothing"}} {
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		if w.Code == http.StatusOK {
			t.Errorf("%s %s is answered", c.method, c.path)
		}
	}
}

func TestWhatIsTooLargeIsRefused(t *testing.T) {
	a := newApp(t)
	body := strings.Repeat("x", 1<<20+1)
	if status, _ := a.post("/slack/events", body); status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", status)
	}
	r := sign(httptest.NewRequest(http.MethodPost, "/slack/events", strings.NewReader(body)), body)
	r.ContentLength = -1 // as chunks
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("in chunks: status %d", w.Code)
	}
}

// What is signed and cannot be read is acknowledged: Slack would only send it
// again.
func TestWhatCannotBeReadIsAcknowledged(t *testing.T) {
	a := newApp(t)
	deep := strings.Repeat(`{"a":`, 20_000) + "1" + strings.Repeat("}", 20_000)
	for _, body := range []string{"", "null", "[]", "[1,2]", `"x"`, "1", "{", "{}", `{"type":null}`, `{"type":"event_callback"}`, `{"type":"event_callback","event":null}`,
		`{"type":"event_callback","event":[]}`, `{"type":"event_callback","event":"x"}`, `{"type":"event_callback","event":{"type":7}}`, `{"type":"event_callback","event":{"type":"app_mention","channel":7,"ts":{}}}`,
		`{"type":"event_callback","event":{"type":"message","text":["x"]}}`, `{"type":"app_rate_limited","minute_rate_limited":1}`, `{"type":"never_heard_of"}`, "\x00\xff\xfe", deep,
		`{"type":"event_callback","event":` + deep + `}`, `{"type":"event_callback","authorizations":"x","event":{}}`} {
		if status, _ := a.post("/slack/events", body); status != http.StatusOK {
			t.Errorf("event %.60q: status %d", body, status)
		}
		for _, form := range []string{body, "payload=" + body, "payload=%zz", "payload=" + strings.ReplaceAll(deep, `"`, "%22")} {
			if status, _ := a.post("/slack/interactions", form); status != http.StatusOK {
				t.Errorf("interaction %.60q: status %d", form, status)
			}
			if status, _ := a.post("/slack/commands", form); status != http.StatusOK {
				t.Errorf("command %.60q: status %d", form, status)
			}
		}
	}
	if len(a.api.calls) != 0 {
		t.Errorf("calls: %v", a.api.calls)
	}
	if a.Counts().Unreadable.Load() == 0 {
		t.Error("nothing was counted")
	}
	if _, got := a.post("/slack/events", `{"type":"url_verification","challenge":"abc\"<x>"}`); got != `{"challenge":"abc\"\u003cx\u003e"}` {
		t.Errorf("challenge: %s", got)
	}
	if _, got := a.post("/slack/commands", "ssl_check=1&token=x"); got != "" {
		t.Errorf("ssl_check: %s", got)
	}
}

// No log line, whatever happens, holds a token, an address that can be posted
// to, or a word of a message.
func TestNoLogHoldsASecretOrAWord(t *testing.T) {
	a := newApp(t)
	go func() { _ = a.Run(t.Context()) }()
	a.api.await("auth.test", 1)
	a.api.tell("chat.postMessage", reply{cut: true}, reply{status: 500, body: "xoxb-very-secret zanzibar"}, reply{body: `{"ok":false,"error":"zanzibar xoxb-very-secret"}`})
	a.api.tell("conversations.replies", reply{body: `{"ok":true,"messages":[]}`})
	a.api.tell("response/press", reply{cut: true})
	a.api.tell("chat.postEphemeral", reply{cut: true})
	a.api.tell("chat.update", reply{status: 500})
	a.api.tell("views.open", reply{cut: true})
	a.api.tell("views.publish", reply{cut: true})
	a.event(mention("1.1", "what does a zanzibar data engineer do?"))
	a.press("U2", fields{"action_id": "ask.0", "block_id": "next:U1", "value": "zanzibar data-engineer"})
	a.press("U1", fields{"action_id": "ask.0", "block_id": "next:U1", "value": "zanzibar data-engineer"})
	a.interact(fields{"type": "shortcut", "callback_id": "ask", "trigger_id": "zanzibar", "user": fields{"id": "U1"}, "team": fields{"id": "T1"}})
	a.event(fields{"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"})
	a.post("/slack/events", `{"type":"event_callback","event":{"type":"message","text":7,"zanzibar":[}}`)
	a.post("/slack/interactions", "payload=zanzibar")
	a.post("/slack/commands", "text=zanzibar")
	a.post("/slack/commands", "text=zanzibar", "X-Slack-Signature", "v0=00")
	a.api.await("chat.postMessage", 2)
	a.api.await("chat.postEphemeral", 1)
	a.api.await("chat.update", 1)
	a.api.await("views.open", 1)
	a.api.await("views.publish", 1)
	a.Drain(t.Context())
	log := a.log.String()
	if len(log) == 0 {
		t.Fatal("nothing was logged")
	}
	for _, word := range []string{"xoxb", secret, "zanzibar", "/response/", "t1"} {
		if strings.Contains(log, word) {
			at := strings.Index(log, word)
			t.Errorf("the log holds %q: %s", word, log[max(0, at-200):min(len(log), at+100)])
		}
	}
}

func FuzzRequests(f *testing.F) {
	core := newFuzzAdapter(f)
	for _, seed := range []string{commandForm("PM"), `{"type":"event_callback","team_id":"T1","event":{"type":"app_mention","user":"U1","text":"<@U2> hi","ts":"1","channel":"C1"}}`,
		"payload=%7B%22type%22%3A%22block_suggestion%22%2C%22value%22%3A%22dev%22%7D", `payload={"type":"view_submission","view":{"callback_id":"ask","state":{"values":{"question":{"q":{"value":"x"}}}}}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, path := range []string{"/slack/commands", "/slack/events", "/slack/interactions"} {
			w := httptest.NewRecorder()
			core.ServeHTTP(w, sign(httptest.NewRequest(http.MethodPost, path, strings.NewReader(body)), body))
			if w.Code != http.StatusOK && w.Code != http.StatusServiceUnavailable && w.Code != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: status %d", path, w.Code)
			}
			if out := bytes.TrimSpace(w.Body.Bytes()); w.Code == http.StatusOK && len(out) > 0 && !json.Valid(out) {
				t.Errorf("%s: no JSON: %s", path, out)
			}
		}
	})
}

func newFuzzAdapter(f *testing.F) http.Handler {
	f.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"ok":true,"ts":"1.1"}`)) }))
	f.Cleanup(srv.Close)
	a, err := slack.New(slack.Config{SigningSecret: secret, Tokens: noToken, APIURL: srv.URL, Core: coreFor(f)})
	if err != nil {
		f.Fatal(err)
	}
	return a.Handler()
}
