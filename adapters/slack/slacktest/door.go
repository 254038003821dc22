package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"

	// verification is the token that Slack sent before it signed requests.
	verification = "slacktest-verification"
)

// A Request is what the app gets over HTTP. The zero signature is the right one.
type Request struct {
	Path        string // such as EventsPath
	ContentType string
	Body        []byte
	Header      http.Header
	Sign        Signature
}

// A Signature says how a request is signed, for requests that are not Slack's.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
type Signature struct {
	Secret      string        // another one than the app's
	Age         time.Duration // how old the timestamp is; negative is in the future
	Value       string        // instead of the signature
	Timestamp   string        // instead of the timestamp
	Missing     bool          // no signature
	NoTimestamp bool          // no timestamp
}

// A Reply is what the app answered, and what came to the response_url later.
type Reply struct {
	Status      int // 0 if nothing came; over a socket 200 is an acknowledgement
	Header      http.Header
	Body        []byte
	Latency     time.Duration
	Err         error // why nothing came
	ResponseURL string
	TriggerID   string

	w   *Workspace
	url *responseURL
}

// OK reports whether the app acknowledged in time.
func (r Reply) OK() bool { return r.Err == nil && r.Status >= 200 && r.Status < 300 }

// Messages are what people see as the answer so far: the message in the
// acknowledgement, and those that came to the response_url. A message that was
// replaced in place of the one clicked on is not among them.
func (r Reply) Messages() []Message {
	if r.url == nil {
		return nil
	}
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	var all []Message
	for _, p := range r.url.posts {
		all = append(all, p.Message)
	}
	return all
}

// errLate is the end of Slack's patience.
var errLate = errors.New("no acknowledgement in time")

// Deliver sends one request as it is, without retries. A late answer is no
// fault here: whoever sends strange requests judges the answer.
func (w *Workspace) Deliver(r Request) Reply {
	w.mu.Lock()
	target := w.target
	w.mu.Unlock()
	return w.exchange(target, r)
}

func (w *Workspace) exchange(target string, r Request) Reply {
	ctx, cancel := context.WithTimeoutCause(w.ctx, w.o.AckLimit, errLate)
	defer cancel()
	hr, err := http.NewRequestWithContext(ctx, http.MethodPost, target+r.Path, bytes.NewReader(r.Body))
	if err != nil {
		return Reply{Err: err, w: w}
	}
	hr.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	hr.Header.Set("Content-Type", r.ContentType)
	for name, values := range r.Header {
		hr.Header[name] = slices.Clone(values)
	}
	w.sign(hr.Header, r)
	start := time.Now()
	resp, err := w.client.Do(hr) //nolint:gosec // the test names the app
	reply := Reply{w: w}
	if err == nil {
		reply.Status, reply.Header = resp.StatusCode, resp.Header
		reply.Body, err = io.ReadAll(io.LimitReader(resp.Body, 4<<20))
		resp.Body.Close()
	}
	reply.Latency = time.Since(start)
	if err != nil {
		reply.Status, reply.Err = 0, err
		if ctx.Err() != nil {
			reply.Err = context.Cause(ctx)
		}
	}
	return reply
}

// sign adds the two headers that the app verifies.
func (w *Workspace) sign(h http.Header, r Request) {
	// The app looks at a clock on the wall, whatever the workspace's says.
	stamp := strconv.FormatInt(time.Now().Add(-r.Sign.Age).Unix(), 10)
	if r.Sign.Timestamp != "" {
		stamp = r.Sign.Timestamp
	}
	secret := w.SigningSecret()
	if r.Sign.Secret != "" {
		secret = r.Sign.Secret
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(r.Body)
	value := "v0=" + hex.EncodeToString(mac.Sum(nil))
	if r.Sign.Value != "" {
		value = r.Sign.Value
	}
	if !r.Sign.NoTimestamp {
		h.Set("X-Slack-Request-Timestamp", stamp)
	}
	if !r.Sign.Missing {
		h.Set("X-Slack-Signature", value)
	}
}

// A Delivery is one event on its way to the app, with its retries.
type Delivery struct {
	EventID string
	Body    json.RawMessage // the whole event_callback

	w        *Workspace
	attempts []Attempt
	acked    bool
	settled  bool
}

// An Attempt is one time that an event was sent.
type Attempt struct {
	Num     int    // 0 is the first
	Reason  string // why it was sent again: http_timeout, http_error, connection_failed …
	Status  int    // as in Reply
	Latency time.Duration
	Err     error
}

// Attempts are the attempts that have ended.
func (d *Delivery) Attempts() []Attempt {
	d.w.mu.Lock()
	defer d.w.mu.Unlock()
	return slices.Clone(d.attempts)
}

// Acked reports whether the app has taken the event.
func (d *Delivery) Acked() bool {
	d.w.mu.Lock()
	defer d.w.mu.Unlock()
	return d.acked
}

// Wait waits until the event is taken or lost, and reports which.
func (d *Delivery) Wait() bool {
	d.w.t.Helper()
	d.w.Await("the last attempt of an event", func() bool {
		d.w.mu.Lock()
		defer d.w.mu.Unlock()
		return d.settled
	})
	return d.Acked()
}

// Replay sends the event once more, as Slack does at times even after it was
// acknowledged.
func (d *Delivery) Replay() Attempt {
	a, _ := d.attempt(3, "http_timeout")
	return a
}

// send makes the first attempt, and starts the others if it fails.
func (d *Delivery) send() {
	if again, reason := d.next(0, ""); again {
		d.w.tasks.Go(func() {
			for i, wait := range d.w.o.Retries {
				if !d.w.pause(d.w.ctx, wait) {
					return
				}
				if again, reason = d.next(i+1, reason); !again {
					return
				}
			}
		})
	}
}

// next makes an attempt and reports whether another one is due.
func (d *Delivery) next(num int, reason string) (again bool, why string) {
	a, stop := d.attempt(num, reason)
	acked := a.Err == nil && a.Status >= 200 && a.Status < 300
	d.w.mu.Lock()
	defer d.w.mu.Unlock()
	d.attempts = append(d.attempts, a)
	d.acked = acked
	d.settled = acked || stop || num >= len(d.w.o.Retries)
	d.w.change()
	return !d.settled, failed(a)
}

// failed is Slack's word for what went wrong:
// https://docs.slack.dev/apis/events-api#retries.
func failed(a Attempt) string {
	switch {
	case errors.Is(a.Err, errLate):
		return "http_timeout"
	case a.Err != nil:
		return "connection_failed"
	case a.Status >= 300 && a.Status < 400:
		return "too_many_redirects"
	}
	return "http_error"
}

// attempt sends the event over the door that is open. It reports whether the
// app forbade to send it again.
func (d *Delivery) attempt(num int, reason string) (Attempt, bool) {
	w := d.w
	w.mu.Lock()
	target := w.target
	w.mu.Unlock()
	if target == "" {
		r := w.envelope("events_api", d.Body, false, num, reason)
		return Attempt{Num: num, Reason: reason, Status: r.Status, Latency: r.Latency, Err: r.Err}, false
	}
	h := http.Header{}
	if num > 0 {
		h.Set("X-Slack-Retry-Num", strconv.Itoa(num))
		h.Set("X-Slack-Retry-Reason", reason)
	}
	r := w.exchange(target, Request{Path: EventsPath, ContentType: jsonType, Body: d.Body, Header: h})
	w.late(EventsPath, r)
	a := Attempt{Num: num, Reason: reason, Status: r.Status, Latency: r.Latency, Err: r.Err}
	return a, r.Header.Get("X-Slack-No-Retry") == "1"
}

// late keeps that the app did not acknowledge in time.
func (w *Workspace) late(what string, r Reply) {
	if errors.Is(r.Err, errLate) {
		w.faultf("%s: no acknowledgement within %v", what, w.o.AckLimit)
	}
}

// interact sends a command or an interaction over the door that is open.
func (w *Workspace) interact(path, envelope string, form func() string, payload answer) Reply {
	w.mu.Lock()
	target := w.target
	w.mu.Unlock()
	if target == "" {
		return w.envelope(envelope, compact(payload), true, 0, "")
	}
	r := w.exchange(target, Request{Path: path, ContentType: formType, Body: []byte(form())})
	w.late(path, r)
	return r
}
