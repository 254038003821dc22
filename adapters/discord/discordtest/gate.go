package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Behaviour is what a connection does other than as it should.
type Behaviour uint8

// The behaviours.
const (
	Proper            Behaviour = iota
	ReconnectForHello           // opcode 7 in place of the hello
	ReconnectForReady           // opcode 7 in place of READY or RESUMED
	InvalidForReady             // opcode 9, false, in place of READY or RESUMED
	ResumableForReady           // opcode 9, true
	SilentForHello              // nothing
)

// session is one of the bot's, which outlives its connections.
type session struct {
	id     string
	shard  int
	sent   []json.RawMessage // dispatches, by their sequence
	conn   *gate
	closed bool // for good
}

// gate is one connection.
type gate struct {
	ws *websocket.Conn
	mu sync.Mutex // guards writes
}

func (g *gate) send(v any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	_ = g.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	_ = g.ws.WriteJSON(v)
}

func (g *gate) raw(b []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	_ = g.ws.SetWriteDeadline(time.Now().Add(5 * time.Second))
	_ = g.ws.WriteMessage(websocket.TextMessage, b)
}

func (g *gate) close(code int) {
	_ = g.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
	_ = g.ws.Close()
}

// privileged are the intents that must not be asked for: members, presences
// and the content of messages.
const privileged = 1<<1 | 1<<8 | 1<<15

func (d *Discord) connect(w http.ResponseWriter, r *http.Request) {
	if q := r.URL.Query(); q.Get("v") != "10" || q.Get("encoding") != "json" {
		d.faultf("the gateway's address has %q", r.URL.RawQuery)
	}
	ws, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		return
	}
	g := &gate{ws: ws}
	defer ws.Close()
	d.mu.Lock()
	does := Proper
	if len(d.next) > 0 {
		does, d.next = d.next[0], d.next[1:]
	}
	d.conns = append(d.conns, g)
	d.mu.Unlock()
	switch does {
	case ReconnectForHello:
		g.send(object{"op": 7, "d": nil})
		_, _, _ = ws.ReadMessage() // it hangs up
		return
	case SilentForHello:
		_, _, _ = ws.ReadMessage()
		return
	}
	g.send(object{"op": 10, "d": object{"heartbeat_interval": d.Interval.Milliseconds()}})
	var s *session
	for {
		var m struct {
			Op int             `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		if err := ws.ReadJSON(&m); err != nil {
			d.hungUp(s, g, err)
			return
		}
		switch m.Op {
		case 1:
			d.mu.Lock()
			acks := d.acks
			d.mu.Unlock()
			if acks {
				g.send(object{"op": 11})
			}
		case 2, 6:
			switch does {
			case ReconnectForReady:
				g.send(object{"op": 7, "d": nil})
			case InvalidForReady:
				g.send(object{"op": 9, "d": false})
			case ResumableForReady:
				g.send(object{"op": 9, "d": true})
			default:
				if s = d.begin(g, m.Op, m.D); s == nil {
					return
				}
			}
		default:
			d.faultf("the gateway was sent op %d", m.Op)
		}
	}
}

// begin begins a session or goes on with one; nil: the connection is closed.
func (d *Discord) begin(g *gate, op int, raw json.RawMessage) *session {
	var in struct {
		Token     string `json:"token"`
		Intents   int    `json:"intents"`
		Shard     [2]int `json:"shard"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	if err := json.Unmarshal(raw, &in); err != nil || in.Token != d.Token {
		g.close(4004)
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if op == 6 {
		d.resumes++
		s := d.sessions[in.SessionID]
		if s == nil || s.closed || in.Seq > len(s.sent) {
			g.send(object{"op": 9, "d": false})
			return &session{closed: true}
		}
		s.conn = g
		for _, m := range s.sent[in.Seq:] {
			g.raw(m)
		}
		d.tell(s, "RESUMED", object{})
		return s
	}
	d.identifies++
	switch {
	case in.Intents&privileged != 0:
		d.faultLocked("privileged intents are asked for: %b", in.Intents)
		g.close(4014)
		return nil
	case in.Shard[1] != d.Shards:
		g.close(4010)
		return nil
	case d.identifies > d.Starts:
		d.faultLocked("more sessions than may begin")
	}
	s := &session{id: fmt.Sprint("session-", len(d.sessions)), shard: in.Shard[0], conn: g}
	d.sessions[s.id] = s
	d.tell(s, "READY", object{"v": 10, "session_id": s.id, "resume_gateway_url": "ws" + d.srv.URL[len("http"):], "user": object{"id": d.BotID, "bot": true},
		"application": object{"id": d.ApplicationID}, "guilds": []any{}})
	return s
}

func (d *Discord) hungUp(s *session, g *gate, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s != nil && s.conn == g {
		s.conn = nil
		s.closed = s.closed || websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway)
	}
}

// tell sends a session an event, now or when it is resumed.
func (d *Discord) tell(s *session, kind string, event any) {
	b, err := json.Marshal(object{"op": 0, "s": len(s.sent) + 1, "t": kind, "d": event})
	if err != nil {
		d.faultLocked("%v", err)
		return
	}
	s.sent = append(s.sent, b)
	if s.conn != nil {
		s.conn.raw(b)
	}
}

// dispatch tells every session of the shard, connected or not: a direct message
// and what has no server is shard 0's.
func (d *Discord) dispatch(kind string, event object) {
	shard := 0
	if guild, ok := event["guild_id"].(string); ok {
		var n int
		_, _ = fmt.Sscan(guild, &n)
		shard = (n >> 22) % d.Shards
	}
	for _, s := range d.sessions {
		if s.shard == shard && !s.closed {
			d.tell(s, kind, event)
		}
	}
}

// Next is what the next connections do, in turn.
func (d *Discord) Next(b ...Behaviour) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next = append(d.next, b...)
}

// Drop cuts one of the live connections, and says whether there was one.
func (d *Discord) Drop() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.sessions {
		if s.conn != nil {
			_ = s.conn.ws.Close()
			s.conn = nil
			return true
		}
	}
	return false
}

// DropAll cuts all connections.
func (d *Discord) DropAll() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, g := range d.conns {
		_ = g.ws.Close()
	}
	d.conns = nil
}

// Forget ends all sessions: none can be resumed, and nothing that is said until
// others begin is heard.
func (d *Discord) Forget() {
	d.mu.Lock()
	for _, s := range d.sessions {
		s.closed = true
	}
	d.mu.Unlock()
	d.DropAll()
}

// Reconnect asks all sessions to connect again.
func (d *Discord) Reconnect() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, s := range d.sessions {
		if s.conn != nil {
			s.conn.send(object{"op": 7, "d": nil})
		}
	}
}

// Deafen has heartbeats not be answered any more, or answered again.
func (d *Discord) Deafen(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.acks = !on
}

// Live is how many sessions of a shard are connected.
func (d *Discord) Live(shard int) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := 0
	for _, s := range d.sessions {
		if s.shard == shard && s.conn != nil && !s.closed {
			n++
		}
	}
	return n
}

// Begun is how often sessions began and were resumed.
func (d *Discord) Begun() (identified, resumed int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.identifies, d.resumes
}
