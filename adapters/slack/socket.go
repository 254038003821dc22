package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/rest"

	"careerbot/adapters/internal/redact"
)

// listen is the socket door: it holds one connection until ctx is done, and
// returns an error when the app token is dead.
func (a *Adapter) listen(ctx context.Context) error {
	wait := time.Second
	for {
		began := time.Now()
		err := a.listenOnce(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if isDead(err) {
			return fmt.Errorf("slack: the app token no longer works (%s): make a new one with connections:write under Basic Information, App-Level Tokens, and set SLACK_APP_TOKEN", code(err))
		}
		a.log.Warn("slack: socket: ended; connecting again", "in", wait, "error", redact.Address(err))
		if time.Since(began) > time.Minute {
			wait = time.Second
		}
		if !rest.For(ctx, wait) {
			return nil
		}
		wait = min(wait*2, time.Minute)
	}
}

func (a *Adapter) listenOnce(ctx context.Context) error {
	api := slack.New("", slack.OptionAppLevelToken(a.cfg.AppToken), slack.OptionAPIURL(a.cfg.APIURL), slack.OptionHTTPClient(a.http))
	c := socketmode.New(api, socketmode.OptionReadLimit(maxBody))
	// The connection outlives ctx until what was begun is acknowledged: what is
	// not would come again to who knows nothing of it.
	open, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	defer hangUp()
	ended := make(chan error, 1)
	go func() { ended <- c.RunContext(open) }()
	var begun sync.WaitGroup
	for {
		select {
		case <-ctx.Done():
			a.finish(&begun, c)
			return ctx.Err()
		case err := <-ended:
			if err == nil {
				err = errors.New("slack: socket: closed")
			}
			return err
		case ev := <-c.Events:
			a.received(ctx, c, ev, &begun)
		}
	}
}

// finish waits until what was begun is acknowledged, for as long as an answer
// may take. What still comes is left to come again elsewhere.
func (a *Adapter) finish(begun *sync.WaitGroup, c *socketmode.Client) {
	done := make(chan struct{})
	go func() {
		begun.Wait()
		close(done)
	}()
	timer := time.NewTimer(answerTime)
	defer timer.Stop()
	var sent <-chan time.Time
	for {
		select {
		case <-c.Events:
		case <-done:
			done = nil
			sent = time.After(sendTime)
		case <-sent:
			return
		case <-timer.C:
			return
		}
	}
}

// sendTime is how long slack-go has to write the last acknowledgement, of
// which it says no more than that it is queued.
const sendTime = 50 * time.Millisecond

// received takes an event of the socket. It never waits: a reader that does
// misses Slack's pings.
func (a *Adapter) received(ctx context.Context, c *socketmode.Client, ev socketmode.Event, begun *sync.WaitGroup) {
	switch ev.Type {
	case socketmode.EventTypeEventsAPI, socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive:
		if ev.Request != nil {
			a.take(ctx, c, *ev.Request, begun)
		}
	case socketmode.EventTypeErrorBadMessage:
		// slack-go could not parse it, and does not acknowledge it either.
		bad, ok := ev.Data.(*socketmode.ErrorBadMessage)
		var req socketmode.Request
		if ok && json.Unmarshal(bad.Message, &req) == nil && req.EnvelopeID != "" {
			a.take(ctx, c, req, begun)
			return
		}
		a.unreadable(ctx, "envelope", errors.New("slack: socket: no envelope"))
	case socketmode.EventTypeConnected:
		a.ready.Store(true)
		a.log.InfoContext(ctx, "slack: socket: connected")
	case socketmode.EventTypeConnectionError, socketmode.EventTypeIncomingError, socketmode.EventTypeErrorWriteFailed:
		a.log.WarnContext(ctx, "slack: socket: in trouble", "kind", string(ev.Type))
	default:
		a.log.DebugContext(ctx, "slack: socket", "kind", string(ev.Type))
	}
}

// take answers an envelope beside the others and acknowledges it then. What is
// not acknowledged comes again on another connection.
func (a *Adapter) take(ctx context.Context, c *socketmode.Client, req socketmode.Request, begun *sync.WaitGroup) {
	select {
	case a.slots <- struct{}{}:
	default:
		a.log.WarnContext(ctx, "slack: socket: too much is under way; the envelope is left to come again")
		return
	}
	begun.Add(1)
	a.tasks.Go(func() {
		defer begun.Done()
		defer func() { <-a.slots }()
		defer a.recovered("envelope")
		// The answer is finished even when the connection is being given up.
		ctx, stop := a.within(context.WithoutCancel(ctx))
		defer stop()
		payload, ok := a.envelope(ctx, req)
		if !ok {
			return
		}
		if err := a.acknowledge(ctx, c, req, payload); err != nil {
			a.log.WarnContext(ctx, "slack: socket: not acknowledged", "error", redact.Address(err))
		}
	})
}

// envelope answers what an envelope holds; false: it should come again.
func (a *Adapter) envelope(ctx context.Context, req socketmode.Request) (ack []byte, ok bool) {
	switch req.Type {
	case "slash_commands":
		c, err := readCommandJSON(req.Payload)
		if err != nil {
			a.unreadable(ctx, "command", err)
			return nil, true
		}
		return a.commandFits(ctx, c), true
	case "interactive":
		in, err := readInteraction(req.Payload)
		if err != nil {
			a.unreadable(ctx, "interaction", err)
			return nil, true
		}
		return a.interaction(ctx, in), true
	case "events_api":
		env, e, err := readEnvelope(req.Payload)
		if err != nil {
			a.unreadable(ctx, "event", err)
			return nil, true
		}
		return nil, a.event(ctx, env, e, req.RetryAttempt > 0) == delivery.Ack
	}
	a.log.InfoContext(ctx, "slack: socket: an envelope of a kind that is not answered", "kind", req.Type)
	return nil, true
}

// commandFits answers a command within what an acknowledgement may hold; a
// longer answer goes to the command's response_url, with an empty
// acknowledgement.
func (a *Adapter) commandFits(ctx context.Context, c command) []byte {
	out := a.commandSafely(ctx, c)
	if len(out) < maxAck-200 { // the envelope's own fields
		return out
	}
	var r response
	if err := json.Unmarshal(out, &r); err != nil {
		return nil
	}
	sent := a.later(ctx, "long response", func(ctx context.Context) {
		if err := a.respond(ctx, c.place().workspace, c.ResponseURL, r); err != nil {
			a.log.ErrorContext(ctx, "slack: command: not answered", "error", err)
		}
	})
	if !sent {
		return respondWith(Render(busy(), Options{Level: Basic}), "ephemeral")
	}
	return nil
}

func (a *Adapter) acknowledge(ctx context.Context, c *socketmode.Client, req socketmode.Request, payload []byte) error {
	if len(payload) == 0 || !req.AcceptsResponsePayload {
		return c.AckCtx(ctx, req.EnvelopeID, nil)
	}
	return c.AckCtx(ctx, req.EnvelopeID, json.RawMessage(payload))
}
