package slacktest

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode.

const (
	maxSockets = 10
	maxAck     = 20 * 1024              // bytes; from here on Slack drops what it is sent
	grace      = 100 * time.Millisecond // between a disconnect message and the end
)

var (
	errNoSocket = errors.New("no socket is connected")
	errClosed   = errors.New("the socket was closed")
)

type socket struct {
	conn     *websocket.Conn
	write    sync.Mutex
	gone     chan struct{} // closed when the socket is
	draining bool          // gets no more envelopes
}

// An envelope is on its way over a socket and not acknowledged yet.
type envelope struct {
	kind    string
	accepts bool
	ack     chan json.RawMessage
}

// connectionsOpen is https://docs.slack.dev/reference/methods/apps.connections.open.
func (w *Workspace) connectionsOpen(*request) (answer, *refusal) {
	ticket := w.id("ticket-")
	w.tickets[ticket] = true
	return answer{"url": strings.Replace(w.server.URL, "http", "ws", 1) + "/link/" + ticket + "?app_id=" + w.AppID()}, nil
}

// serveSocket takes a connection to an address of apps.connections.open, which
// is good once.
func (w *Workspace) serveSocket(rw http.ResponseWriter, hr *http.Request) {
	ticket := hr.PathValue("ticket")
	w.mu.Lock()
	good := w.tickets[ticket]
	delete(w.tickets, ticket)
	w.mu.Unlock()
	if !good {
		w.faultf("socket: an address that was used before or never given")
		http.Error(rw, "invalid ticket", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(rw, hr, nil)
	if err != nil {
		w.faultf("socket: no WebSocket handshake: %v", err)
		return
	}
	s := &socket{conn: conn, gone: make(chan struct{})}
	w.mu.Lock()
	many := w.live()
	if w.closed || many >= maxSockets {
		if many >= maxSockets {
			w.fault("socket: more than %d sockets", maxSockets)
		}
		w.mu.Unlock()
		_ = s.send(answer{"type": "disconnect", "reason": "too_many_websockets", "debug_info": answer{"host": "applink"}})
		conn.Close()
		return
	}
	// The hello comes before the first envelope: nobody else writes yet.
	err = s.send(answer{"type": "hello", "num_connections": many + 1, "connection_info": answer{"app_id": w.AppID()},
		"debug_info": answer{"host": "applink", "build_number": 1, "approximate_connection_time": 18060}})
	w.sockets = append(w.sockets, s)
	w.tasks.Go(func() { w.read(s) })
	w.tasks.Go(func() { w.ping(s) })
	w.change()
	w.mu.Unlock()
	if err != nil {
		conn.Close()
	}
}

func (s *socket) send(v any) error { return s.sendRaw(compact(v)) }

func (s *socket) sendRaw(b []byte) error {
	s.write.Lock()
	defer s.write.Unlock()
	return s.conn.WriteMessage(websocket.TextMessage, b)
}

// ping pings as Slack does: clients take a socket without pings for dead.
func (w *Workspace) ping(s *socket) {
	tick := time.NewTicker(w.o.PingEvery)
	defer tick.Stop()
	for {
		_ = s.conn.WriteControl(websocket.PingMessage, []byte("Ping from applink"), time.Now().Add(time.Second))
		select {
		case <-tick.C:
		case <-s.gone:
			return
		}
	}
}

// read takes acknowledgements until the socket is closed.
func (w *Workspace) read(s *socket) {
	defer func() {
		s.conn.Close()
		close(s.gone)
		w.mu.Lock()
		w.sockets = slices.DeleteFunc(w.sockets, func(it *socket) bool { return it == s })
		w.change()
		w.mu.Unlock()
	}()
	for {
		typ, data, err := s.conn.ReadMessage()
		if err != nil {
			return
		}
		w.mu.Lock()
		w.acknowledged(typ, data)
		w.mu.Unlock()
	}
}

func (w *Workspace) acknowledged(typ int, data []byte) {
	if typ != websocket.TextMessage {
		w.fault("socket: a frame that is not text")
		return
	}
	if len(data) >= maxAck {
		w.fault("socket: an acknowledgement of %d bytes: Slack drops those of %d or more", len(data), maxAck)
		return
	}
	var all map[string]json.RawMessage
	var id string
	if err := json.Unmarshal(data, &all); err != nil || json.Unmarshal(all["envelope_id"], &id) != nil || id == "" {
		w.fault("socket: not an acknowledgement: %.200s", data)
		return
	}
	payload, given := all["payload"]
	for name := range maps.Keys(all) {
		if name != "envelope_id" && name != "payload" {
			w.fault("socket: an acknowledgement has no %s", name)
		}
	}
	e := w.waiting[id]
	if e == nil {
		switch late, known := w.expired[id]; {
		case !known:
			w.fault("socket: an acknowledgement of an envelope that is not open: %s", id)
		case late:
			w.fault("socket: an acknowledgement after %v", w.o.AckLimit)
		}
		return
	}
	if given && string(payload) != "null" && !e.accepts {
		w.fault("socket: %s takes no payload in its acknowledgement", e.kind)
	}
	delete(w.waiting, id)
	e.ack <- payload
}

// live counts the sockets that get envelopes.
func (w *Workspace) live() int {
	n := 0
	for _, s := range w.sockets {
		if !s.draining {
			n++
		}
	}
	return n
}

// pick is the socket whose turn it is: each envelope goes to one of them.
func (w *Workspace) pick() *socket {
	n := w.live()
	if n == 0 {
		return nil
	}
	w.turn++
	at := w.turn % n
	for _, s := range w.sockets {
		if s.draining {
			continue
		}
		if at == 0 {
			return s
		}
		at--
	}
	return nil
}

// envelope sends a payload over one socket and waits for its acknowledgement.
func (w *Workspace) envelope(kind string, payload json.RawMessage, accepts bool, attempt int, reason string) Reply {
	e := &envelope{kind: kind, accepts: accepts, ack: make(chan json.RawMessage, 1)}
	out := answer{"type": kind, "payload": payload, "accepts_response_payload": accepts}
	if kind == "events_api" {
		out["retry_attempt"], out["retry_reason"] = attempt, socketReason(reason)
	}
	w.mu.Lock()
	id := w.id("57d12c34-e2e2-4223-8a9e-2c80000")
	out["envelope_id"] = id
	s := w.pick()
	if s != nil {
		w.waiting[id] = e
	}
	w.mu.Unlock()
	if s == nil {
		return Reply{Err: errNoSocket, w: w}
	}
	start := time.Now()
	err := s.send(out)
	limit := time.NewTimer(w.o.AckLimit)
	defer limit.Stop()
	var body json.RawMessage
	if err == nil {
		select {
		case body = <-e.ack:
		case <-s.gone:
			err = errClosed
		case <-limit.C:
			err = errLate
		case <-w.ctx.Done():
			err = w.ctx.Err()
		}
	}
	w.mu.Lock()
	if _, open := w.waiting[id]; open {
		delete(w.waiting, id)
		w.expired[id] = errors.Is(err, errLate)
	} else if err != nil {
		// It came at the last moment.
		body, err = <-e.ack, nil
	}
	w.mu.Unlock()
	r := Reply{Body: body, Latency: time.Since(start), Err: err, w: w}
	if err == nil {
		r.Status = http.StatusOK
	}
	w.late("socket: "+kind, r)
	return r
}

// socketReason is the word of Socket Mode for why an event comes again.
func socketReason(reason string) string {
	if reason == "http_timeout" {
		return "timeout"
	}
	return reason
}

// Sockets counts the sockets that the app has connected.
func (w *Workspace) Sockets() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.live()
}

// AwaitSockets waits until the app has connected so many sockets.
func (w *Workspace) AwaitSockets(n int) bool {
	w.t.Helper()
	return w.Await("sockets", func() bool { return w.Sockets() == n })
}

// Disconnect ends all sockets and returns how many there were: with a
// disconnect message and its reason ("refresh_requested", "warning",
// "link_disabled") a little before, or at once and without a word for "".
// After a warning a socket gets envelopes until the end.
func (w *Workspace) Disconnect(reason string) int {
	w.mu.Lock()
	sockets := slices.Clone(w.sockets)
	for _, s := range sockets {
		if reason != "warning" {
			s.draining = true
		}
	}
	w.mu.Unlock()
	for _, s := range sockets {
		if reason == "" {
			s.conn.Close()
			continue
		}
		_ = s.send(answer{"type": "disconnect", "reason": reason, "debug_info": answer{"host": "applink"}})
		w.tasks.Go(func() {
			end := time.NewTimer(grace)
			defer end.Stop()
			select {
			case <-end.C:
			case <-s.gone:
			case <-w.ctx.Done():
			}
			s.conn.Close()
		})
	}
	return len(sockets)
}

// Envelope writes a frame as it is to one socket, for hostile and unknown
// things. It reports whether there was a socket. With an envelope_id the
// acknowledgement is waited for, but missing it is no fault.
func (w *Workspace) Envelope(frame []byte) (acked, sent bool) {
	var head struct {
		ID string `json:"envelope_id"`
	}
	_ = json.Unmarshal(frame, &head)
	e := &envelope{kind: "raw", accepts: true, ack: make(chan json.RawMessage, 1)}
	w.mu.Lock()
	s := w.pick()
	if head.ID != "" && s != nil {
		w.waiting[head.ID] = e
	}
	w.mu.Unlock()
	if s == nil || s.sendRaw(frame) != nil {
		return false, false
	}
	if head.ID == "" {
		return false, true
	}
	limit := time.NewTimer(w.o.AckLimit)
	defer limit.Stop()
	select {
	case <-e.ack:
		return true, true
	case <-s.gone:
	case <-limit.C:
	case <-w.ctx.Done():
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.waiting, head.ID)
	w.expired[head.ID] = false
	return false, true
}
