package slack_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"careerbot/adapters/slack"
	"careerbot/bot"
	"careerbot/bot/bottest"
)

// sockets is the far end of Socket Mode: it opens connections, sends envelopes
// and takes down what is acknowledged.
type sockets struct {
	t    *testing.T
	srv  *httptest.Server
	acks chan ack
	open chan *wire
}

type ack struct {
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
	bytes      int
}

// wire is one connection.
type wire struct {
	mu   sync.Mutex
	conn *websocket.Conn
}

func (w *wire) send(v any) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.conn.WriteJSON(v)
}

func newSockets(t *testing.T, api *api) *sockets {
	s := &sockets{t: t, acks: make(chan ack, 100), open: make(chan *wire, 100)}
	s.srv = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
		conn, err := up.Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		c := &wire{conn: conn}
		if err := c.send(fields{"type": "hello", "num_connections": 1, "connection_info": fields{"app_id": "A1"}}); err != nil {
			return
		}
		s.open <- c
		for {
			_, data, err := conn.ReadMessage()
			if err != nil {
				return
			}
			a := ack{bytes: len(data)}
			if err := json.Unmarshal(data, &a); err != nil {
				t.Error(err)
			}
			s.acks <- a
		}
	}))
	t.Cleanup(s.srv.CloseClientConnections)
	api.tell("apps.connections.open", reply{body: `{"ok":true,"url":"ws` + strings.TrimPrefix(s.srv.URL, "http") + `"}`})
	return s
}

// next is the next of what comes, or the end of the test.
func next[T any](t *testing.T, from <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(10 * time.Second):
		t.Fatalf("no %s", what)
		panic("unreachable")
	}
}

// overSocket runs an adapter over one connection.
func overSocket(t *testing.T, change ...func(*slack.Config)) (*app, *sockets, *wire) {
	t.Helper()
	var s *sockets
	a := newApp(t, append([]func(*slack.Config){func(c *slack.Config) { c.AppToken, c.SigningSecret, c.Sockets = "xapp-very-secret", "", 1 }}, change...)...)
	s = newSockets(t, a.api)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := next(t, ended, "end"); err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return a, s, next(t, s.open, "connection")
}

func envelope(id, kind string, payload any) fields {
	return fields{"envelope_id": id, "type": kind, "payload": payload, "accepts_response_payload": kind != "events_api"}
}

func callback(e fields) fields {
	return fields{"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "authorizations": []any{fields{"team_id": "T1", "user_id": "UBOT", "is_bot": true}}, "event": e}
}

func slash(a *app, text string) fields {
	return fields{"team_id": "T1", "channel_id": "C1", "user_id": "U1", "command": "/career", "text": text, "trigger_id": "t", "response_url": a.api.srv.URL + "/response/socket"}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestOverSocketModeACommandIsAnsweredInItsAcknowledgement(t *testing.T) {
	a, s, c := overSocket(t)
	must(t, c.send(envelope("e1", "slash_commands", slash(a, "what does an SRE do?"))))
	got := next(t, s.acks, "acknowledgement")
	if got.EnvelopeID != "e1" || !strings.Contains(string(got.Payload), "Site Reliability Engineer") || !strings.Contains(string(got.Payload), `"ephemeral"`) {
		t.Errorf("%s: %s", got.EnvelopeID, got.Payload)
	}
}

func TestOverSocketModeAMentionIsAnsweredThenAcknowledged(t *testing.T) {
	a, s, c := overSocket(t)
	must(t, c.send(envelope("e1", "events_api", callback(mention("1.1", "what does an SRE do?")))))
	if got := next(t, s.acks, "acknowledgement"); got.EnvelopeID != "e1" || len(a.api.to("chat.postMessage")) != 1 {
		t.Errorf("%+v after %d posts", got, len(a.api.to("chat.postMessage")))
	}
}

func TestOverSocketModeALookUpIsAnsweredInItsAcknowledgement(t *testing.T) {
	_, s, c := overSocket(t)
	must(t, c.send(envelope("e1", "interactive", fields{"type": "block_suggestion", "action_id": "role.first", "value": "data eng", "user": fields{"id": "U1"}, "team": fields{"id": "T1"}})))
	if got := next(t, s.acks, "acknowledgement"); !strings.Contains(string(got.Payload), `"data-engineer"`) {
		t.Errorf("%s", got.Payload)
	}
}

// slack-go acknowledges nothing that it cannot parse; Slack would send it again
// and again.
func TestOverSocketModeWhatCannotBeParsedIsAcknowledged(t *testing.T) {
	_, s, c := overSocket(t)
	for id, e := range map[string]any{
		"unknown event":     envelope("unknown event", "events_api", callback(fields{"type": "never_heard_of", "x": 1})),
		"changed field":     envelope("changed field", "events_api", callback(fields{"type": "app_mention", "ts": fields{"new": "shape"}})),
		"no object":         envelope("no object", "events_api", []any{1, 2}),
		"null":              envelope("null", "events_api", nil),
		"unknown envelope":  envelope("unknown envelope", "never_heard_of", fields{}),
		"strange command":   envelope("strange command", "slash_commands", "x"),
		"strange press":     envelope("strange press", "interactive", []any{}),
		"unknown press":     envelope("unknown press", "interactive", fields{"type": "never_heard_of"}),
		"rate limited":      envelope("rate limited", "events_api", fields{"type": "app_rate_limited", "team_id": "T1"}),
		"event without one": envelope("event without one", "events_api", fields{"type": "event_callback"}),
	} {
		must(t, c.send(e))
		if got := next(t, s.acks, "acknowledgement of "+id); got.EnvelopeID != id {
			t.Errorf("%s: acknowledged %q", id, got.EnvelopeID)
		}
	}
}

// longCore answers everything with more than an acknowledgement holds.
type longCore struct{ *bot.Bot }

func (longCore) Ask(context.Context, bot.Question) bot.Answer { return bottest.LongLists() }

func TestOverSocketModeALongAnswerGoesToTheResponseURL(t *testing.T) {
	a, s, c := overSocket(t, func(c *slack.Config) { c.Core = longCore{bot.New(catalogue(t))} })
	must(t, c.send(envelope("e1", "slash_commands", slash(a, "all of it"))))
	if got := next(t, s.acks, "acknowledgement"); got.bytes >= 20_000 || len(got.Payload) > 4 {
		t.Errorf("acknowledged with %d bytes", got.bytes)
	}
	if got := a.api.await("response/socket", 1)[0].body; got["response_type"] != "ephemeral" || !strings.Contains(got["text"].(string), "three hundred entries") {
		t.Errorf("%.200v", got)
	}
}

// Slack closes connections when it likes. What was not acknowledged comes
// again on the next one, and is answered once.
func TestOverSocketModeARefreshLosesAndDoublesNothing(t *testing.T) {
	a, s, c := overSocket(t)
	a.api.tell("chat.postMessage", reply{wait: 300 * time.Millisecond, body: `{"ok":true,"ts":"9.9"}`})
	e := envelope("e1", "events_api", callback(mention("1.1", "what does an SRE do?")))
	must(t, c.send(e))
	a.api.await("chat.postMessage", 1) // begun
	must(t, c.send(fields{"type": "disconnect", "reason": "refresh_requested"}))
	c = next(t, s.open, "new connection")
	e["retry_attempt"] = 1
	must(t, c.send(e))
	must(t, c.send(envelope("e2", "slash_commands", slash(a, "PM"))))
	seen := map[string]bool{}
	for !seen["e1"] || !seen["e2"] {
		seen[next(t, s.acks, "acknowledgement").EnvelopeID] = true
	}
	if n := len(a.api.to("chat.postMessage")); n != 1 {
		t.Errorf("%d answers", n)
	}
}

func TestOverSocketModeADeadAppTokenEndsRunWithTheReason(t *testing.T) {
	a := newApp(t, func(c *slack.Config) { c.AppToken, c.SigningSecret = "xapp-very-secret", "" })
	a.api.tell("apps.connections.open", reply{body: `{"ok":false,"error":"invalid_auth"}`})
	err := a.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "SLACK_APP_TOKEN") || !strings.Contains(err.Error(), "invalid_auth") || strings.Contains(err.Error(), "xapp") {
		t.Errorf("%v", err)
	}
}

func TestOverSocketModeTwoConnectionsAreHeld(t *testing.T) {
	a := newApp(t, func(c *slack.Config) { c.AppToken, c.SigningSecret = "xapp-very-secret", "" })
	s := newSockets(t, a.api)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	first, second := next(t, s.open, "connection"), next(t, s.open, "second connection")
	for _, c := range []*wire{first, second} {
		must(t, c.send(envelope("e1", "events_api", callback(mention("1.1", "what does an SRE do?")))))
	}
	next(t, s.acks, "acknowledgement")
	next(t, s.acks, "acknowledgement")
	if n := len(a.api.to("chat.postMessage")); n != 1 {
		t.Errorf("%d answers", n)
	}
	stop()
	if err := next(t, ended, "end"); err != nil {
		t.Error(err)
	}
}

// Who leaves finishes what was begun: what is not acknowledged would come to
// somebody who does not know that it is answered.
func TestOverSocketModeWhatWasBegunIsAcknowledgedAtTheEnd(t *testing.T) {
	a := newApp(t, func(c *slack.Config) { c.AppToken, c.SigningSecret, c.Sockets = "xapp-very-secret", "", 1 })
	s := newSockets(t, a.api)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	c := next(t, s.open, "connection")
	a.api.tell("chat.postMessage", reply{wait: 300 * time.Millisecond, body: `{"ok":true,"ts":"9.9"}`})
	must(t, c.send(envelope("e1", "events_api", callback(mention("1.1", "what does an SRE do?")))))
	a.api.await("chat.postMessage", 1)
	stop()
	if got := next(t, s.acks, "acknowledgement"); got.EnvelopeID != "e1" {
		t.Errorf("%+v", got)
	}
	if err := next(t, ended, "end"); err != nil {
		t.Error(err)
	}
}
