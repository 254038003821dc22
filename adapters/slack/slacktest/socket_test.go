package slacktest_test

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/slack-go/slack/socketmode"

	"careerbot/adapters/slack/slacktest"
)

// run connects a client of slack-go, which acknowledges with what handle says.
func run(t *testing.T, w *slacktest.Workspace, handle func(socketmode.Event) (payload any, ack bool)) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	c := socketmode.New(client(w), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = c.RunContext(ctx)
	}()
	go func() {
		for {
			select {
			case e := <-c.Events:
				if e.Request == nil || e.Request.EnvelopeID == "" {
					continue
				}
				if payload, ack := handle(e); ack {
					_ = c.AckCtx(ctx, e.Request.EnvelopeID, payload)
				}
			case <-done:
				return
			}
		}
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	w.AwaitSockets(1)
	return stop
}

func TestSocket(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	run(t, w, func(e socketmode.Event) (any, bool) {
		switch e.Type {
		case socketmode.EventTypeSlashCommand:
			return json.RawMessage(buttons), true
		default:
			return nil, true
		}
	})
	r := w.Command("U1", "C1", "help")
	if m := r.Messages(); len(m) != 1 || m[0].To != "U1" {
		t.Fatalf("%+v", r)
	}
	if r := w.Press("U1", r.Messages()[0], slacktest.Pick{Action: "ask"}); !r.OK() || r.ResponseURL == "" {
		t.Errorf("%+v", r)
	}
	if p := w.Mention("U1", "C1", "hello"); !p.Acked() || len(p.Events) != 2 {
		t.Errorf("%+v", p)
	}
	if !w.RateLimited().Acked() {
		t.Error("app_rate_limited: not acknowledged")
	}
	for _, reason := range []string{"refresh_requested", "warning", ""} {
		if n := w.Disconnect(reason); n != 1 {
			t.Errorf("%q: %d sockets", reason, n)
		}
		p := w.DM("U1", "still there?")
		if !p.Wait() {
			t.Errorf("%q: %+v", reason, p.Events[0].Attempts())
		}
		w.AwaitSockets(1)
	}
	w.NoFaults()
}

func TestUnackedComesAgain(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{AckLimit: 30 * time.Millisecond, Retries: []time.Duration{0, 0}})
	tries := make(chan int, 10)
	run(t, w, func(e socketmode.Event) (any, bool) {
		tries <- e.Request.RetryAttempt
		return nil, e.Request.RetryAttempt > 0
	})
	d := w.Send(map[string]any{"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.000001", "text": "x"})
	if !d.Wait() || <-tries != 0 || <-tries != 1 {
		t.Errorf("%+v", d.Attempts())
	}
	if a := d.Attempts(); a[1].Reason != "http_timeout" {
		t.Errorf("%+v", a)
	}
	faulty(t, w, "no acknowledgement")
}

func TestNoSocket(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{Retries: []time.Duration{0, 0, 20 * time.Millisecond}})
	if r := w.Command("U1", "C1", ""); r.OK() || r.Err == nil {
		t.Errorf("%+v", r)
	}
	d := w.DM("U1", "x")
	if d.Wait() {
		t.Error("acknowledged by nobody")
	}
	w.NoFaults()
}

// dial opens a socket without a client's manners.
func dial(t *testing.T, w *slacktest.Workspace) *websocket.Conn {
	t.Helper()
	_, address, err := client(w).StartSocketModeContext(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	conn, _, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if _, resp, err := websocket.DefaultDialer.Dial(address, nil); err == nil || resp.StatusCode != 403 {
		t.Error("the address is good twice")
	}
	return conn
}

func read(t *testing.T, conn *websocket.Conn) map[string]any {
	t.Helper()
	var m map[string]any
	if err := conn.ReadJSON(&m); err != nil {
		t.Error(err)
	}
	return m
}

func TestBadAcknowledgements(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{AckLimit: 30 * time.Millisecond, Retries: []time.Duration{}})
	conn := dial(t, w)
	if m := read(t, conn); m["type"] != "hello" || m["num_connections"] != 1.0 {
		t.Error(m)
	}
	w.AwaitSockets(1)
	sent := make(chan *slacktest.Delivery)
	send := func() map[string]any {
		go func() { sent <- w.Send(map[string]any{"type": "app_mention"}) }()
		return read(t, conn)
	}
	m := send()
	if m["type"] != "events_api" || m["accepts_response_payload"] != false || m["retry_attempt"] != 0.0 {
		t.Error(m)
	}
	big, err := json.Marshal(map[string]any{"envelope_id": m["envelope_id"], "payload": map[string]string{"text": strings.Repeat("x", 20*1024)}})
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.WriteMessage(websocket.TextMessage, big)
	if d := <-sent; d.Acked() {
		t.Error("a big acknowledgement is taken")
	}
	_ = conn.WriteJSON(map[string]any{"envelope_id": m["envelope_id"]}) // late
	m = send()
	_ = conn.WriteJSON(map[string]any{"envelope_id": m["envelope_id"], "payload": map[string]string{"text": "x"}})
	if d := <-sent; !d.Acked() {
		t.Error("not acknowledged")
	}
	_ = conn.WriteJSON(map[string]any{"envelope_id": "unknown"})
	_ = conn.WriteMessage(websocket.TextMessage, []byte("nonsense"))
	w.Await("all faults", func() bool { return len(w.Faults()) >= 7 })
	all := strings.Join(w.Faults(), "\n")
	for _, want := range []string{"used before", "bytes", "no acknowledgement within", "acknowledgement after", "takes no payload", "not open: unknown", "nonsense"} {
		if !strings.Contains(all, want) {
			t.Errorf("no fault about %q in\n%s", want, all)
		}
	}
}

func TestTenSockets(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	for range 10 {
		read(t, dial(t, w))
	}
	w.AwaitSockets(10)
	if m := read(t, dial(t, w)); m["type"] != "disconnect" || m["reason"] != "too_many_websockets" {
		t.Error(m)
	}
}

func TestRawEnvelope(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{AckLimit: 30 * time.Millisecond})
	if _, sent := w.Envelope([]byte(`{}`)); sent {
		t.Error("sent to nobody")
	}
	conn := dial(t, w)
	read(t, conn)
	w.AwaitSockets(1)
	go func() {
		m := read(t, conn)
		_ = conn.WriteJSON(map[string]any{"envelope_id": m["envelope_id"]})
	}()
	if acked, sent := w.Envelope([]byte(`{"type":"events_api","envelope_id":"e1","payload":null}`)); !acked || !sent {
		t.Error("not acknowledged")
	}
}
