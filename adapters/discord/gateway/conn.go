package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// operations of the gateway.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opAck       = 11
)

// message is one of the gateway's.
type message struct {
	Op       int             `json:"op"`
	Sequence int64           `json:"s"`
	Type     string          `json:"t"`
	Data     json.RawMessage `json:"d"`
}

// maxMessage is the longest message in bytes that is read. The longest are
// READY, with an entry for each server of the shard, at most 2,500.
const maxMessage = 16 << 20

// writeTime bounds each write.
const writeTime = 5 * time.Second

// How a connection is closed: with 1000 Discord ends the session, with any
// other code it is kept for a while, to be gone on with.
// https://docs.discord.com/developers/events/gateway#initiating-a-disconnect
const (
	closeForGood = websocket.CloseNormalClosure
	closeGoingOn = 4000
)

// conn is a connection to the gateway, read by one goroutine.
type conn struct {
	ws    *websocket.Conn
	times Times
	began time.Time // until then each read has its time
	ready bool

	interval time.Duration
	stop     chan struct{} // closed when the connection is
	once     sync.Once

	mu       sync.Mutex // guards writes and what follows
	sequence int64
	waiting  time.Time // since when an answer to a heartbeat is waited for; zero: none is
	silent   bool      // it did not come
}

// dialer honours the proxy of the environment.
var dialer = &websocket.Dialer{Proxy: http.ProxyFromEnvironment, ReadBufferSize: 4 << 10, WriteBufferSize: 1 << 10}

func dial(ctx context.Context, d *websocket.Dialer, address string, times Times) (*conn, error) {
	target, err := located(address)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, times.Hello)
	defer stop()
	ws, res, err := d.DialContext(ctx, target, nil)
	if res != nil && res.Body != nil {
		_ = res.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("gateway: dial: %w", err)
	}
	ws.SetReadLimit(maxMessage)
	ws.SetCloseHandler(func(int, string) error { return nil }) // connect closes it
	return &conn{ws: ws, times: times, began: time.Now(), stop: make(chan struct{})}, nil
}

var errSilent = errors.New("heartbeats are not answered")

// read reads the next message. Nobody else may read meanwhile.
func (c *conn) read() (message, error) {
	for {
		limit := time.Now().Add(c.interval + c.times.Ack)
		if !c.ready {
			limit = c.began.Add(2 * c.times.Hello) // hello, and what begins the session
			if c.interval == 0 {
				limit = c.began.Add(c.times.Hello)
			}
		}
		if err := c.ws.SetReadDeadline(limit); err != nil {
			return message{}, fmt.Errorf("gateway: %w", err)
		}
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			if c.isSilent() {
				err = errSilent
			}
			return message{}, fmt.Errorf("gateway: read: %w", err)
		}
		var m message
		if err := json.Unmarshal(raw, &m); err != nil {
			continue // of a kind that is not known: the next may be
		}
		return m, nil
	}
}

// heard notes the sequence that heartbeats carry.
func (c *conn) heard(sequence int64) {
	c.mu.Lock()
	c.sequence = sequence
	c.mu.Unlock()
}

// begun says that the session has begun: reads may take as long as heartbeats do.
func (c *conn) begun() { c.ready = true }

func (c *conn) write(op int, data any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.writeLocked(op, data)
}

func (c *conn) writeLocked(op int, data any) error {
	if err := c.ws.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return fmt.Errorf("gateway: %w", err)
	}
	if err := c.ws.WriteJSON(map[string]any{"op": op, "d": data}); err != nil {
		return fmt.Errorf("gateway: write: %w", err)
	}
	return nil
}

// live sends heartbeats every interval until the connection is closed, the
// first after a part of it that is left to chance.
// https://docs.discord.com/developers/events/gateway#sending-heartbeats
func (c *conn) live(interval time.Duration) {
	c.interval = interval
	go func() {
		next := time.NewTimer(rand.N(interval + 1)) //nolint:gosec // spreads load, hides nothing
		defer next.Stop()
		answer := time.NewTimer(interval)
		answer.Stop()
		defer answer.Stop()
		for {
			select {
			case <-c.stop:
				return
			case <-answer.C:
				if c.overdue() {
					c.close(closeGoingOn)
					return
				}
			case <-next.C:
				if c.overdue() || c.beat() != nil {
					c.close(closeGoingOn)
					return
				}
				next.Reset(interval)
				answer.Reset(min(c.times.Ack, interval))
			}
		}
	}()
}

// beat sends a heartbeat.
func (c *conn) beat() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting.IsZero() {
		c.waiting = time.Now()
	}
	var d any // null before the first event
	if c.sequence > 0 {
		d = c.sequence
	}
	return c.writeLocked(opHeartbeat, d)
}

// acknowledged notes the answer to a heartbeat.
func (c *conn) acknowledged() {
	c.mu.Lock()
	c.waiting = time.Time{}
	c.mu.Unlock()
}

// overdue says whether a heartbeat was not answered, as on a connection that
// is dead and does not say so.
func (c *conn) overdue() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.silent = !c.waiting.IsZero() && time.Since(c.waiting) >= min(c.times.Ack, c.interval)
	return c.silent
}

func (c *conn) isSilent() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.silent
}

// close closes the connection, once. A reader hears of it.
func (c *conn) close(code int) {
	c.once.Do(func() {
		close(c.stop)
		_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(time.Second))
		_ = c.ws.Close()
	})
}
