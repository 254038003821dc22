package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"runtime/debug"
	"strconv"

	"github.com/slack-go/slack"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/spoken"
)

// maxBody is the longest request in bytes that is read. Slack's own are far
// below: the longest carry a message of 40,000 characters in 50 blocks.
const maxBody = 1 << 20

// Handler is the HTTP door: /slack/events, /slack/commands and
// /slack/interactions.
func (a *Adapter) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /slack/events", a.signed(a.serveEvent))
	mux.HandleFunc("POST /slack/commands", a.signed(a.serveCommand))
	mux.HandleFunc("POST /slack/interactions", a.signed(a.serveInteraction))
	return mux
}

// signed lets through what Slack signed, within five minutes of now and of
// bearable size.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
func (a *Adapter) signed(next func(http.ResponseWriter, *http.Request, []byte)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		verifier, err := slack.NewSecretsVerifier(r.Header, a.cfg.SigningSecret)
		if err != nil {
			a.unsigned(w, r)
			return
		}
		if r.ContentLength > maxBody {
			http.Error(w, "the request is too large", http.StatusRequestEntityTooLarge)
			return
		}
		body, err := readBody(r)
		if err != nil {
			var large *http.MaxBytesError
			if errors.As(err, &large) {
				http.Error(w, "the request is too large", http.StatusRequestEntityTooLarge)
				return
			}
			http.Error(w, "the request could not be read", http.StatusBadRequest)
			return
		}
		if _, err := verifier.Write(body); err != nil || verifier.Ensure() != nil {
			a.unsigned(w, r)
			return
		}
		defer func() {
			if p := recover(); p != nil {
				a.panicked("http", p)
				w.WriteHeader(http.StatusInternalServerError) // an event comes again
			}
		}()
		ctx, stop := a.within(r.Context())
		defer stop()
		next(w, r.WithContext(ctx), body)
	}
}

func readBody(r *http.Request) ([]byte, error) {
	limited := http.MaxBytesReader(nil, r.Body, maxBody)
	if n := r.ContentLength; n >= 0 {
		body := make([]byte, n)
		if _, err := io.ReadFull(limited, body); err != nil {
			return nil, err
		}
		return body, nil
	}
	return io.ReadAll(limited)
}

func (a *Adapter) unsigned(w http.ResponseWriter, r *http.Request) {
	a.counts.Unsigned.Add(1)
	a.log.DebugContext(r.Context(), "slack: http: a request without a good signature", "path", r.URL.Path)
	http.Error(w, "the signature is missing, wrong or too old", http.StatusUnauthorized)
}

// unreadable acknowledges what is signed and cannot be read: sent again it
// would be no better.
func (a *Adapter) unreadable(ctx context.Context, what string, err error) {
	a.counts.Unreadable.Add(1)
	a.log.WarnContext(ctx, "slack: acknowledged what cannot be read", "what", what, "error", err)
}

func (a *Adapter) serveCommand(w http.ResponseWriter, r *http.Request, body []byte) {
	c, err := readCommandForm(body)
	if err != nil {
		a.unreadable(r.Context(), "command", err)
		w.WriteHeader(http.StatusOK)
		return
	}
	writeJSON(w, a.commandSafely(r.Context(), c))
}

// commandSafely answers with a sentence when the answer panics.
func (a *Adapter) commandSafely(ctx context.Context, c command) (out []byte) {
	defer func() {
		if p := recover(); p != nil {
			a.panicked("command", p)
			out = respondWith(Render(spoken.Broken(), Options{Level: Basic}), "ephemeral")
		}
	}()
	return a.command(ctx, c)
}

func (a *Adapter) serveInteraction(w http.ResponseWriter, r *http.Request, body []byte) {
	in, err := readInteractionForm(body)
	if err != nil {
		a.unreadable(r.Context(), "interaction", err)
		w.WriteHeader(http.StatusOK)
		return
	}
	writeJSON(w, a.interaction(r.Context(), in))
}

func (a *Adapter) serveEvent(w http.ResponseWriter, r *http.Request, body []byte) {
	env, e, err := readEnvelope(body)
	if err != nil {
		a.unreadable(r.Context(), "event", err)
		w.WriteHeader(http.StatusOK)
		return
	}
	if env.Type == "url_verification" {
		b, err := json.Marshal(map[string]string{"challenge": env.Challenge})
		if err == nil {
			writeJSON(w, b)
		}
		return
	}
	// A retry is answered like the first delivery: the ledger knows whether
	// there is anything left to do.
	if a.event(r.Context(), env, e, r.Header.Get("X-Slack-Retry-Num") != "") == delivery.Again {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func writeJSON(w http.ResponseWriter, body []byte) {
	if len(body) == 0 {
		w.WriteHeader(http.StatusOK)
		return
	}
	h := w.Header()
	h["Content-Type"] = jsonType
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	_, _ = w.Write(body) // who has hung up hears nothing
}

var jsonType = []string{"application/json; charset=utf-8"}

// recovered is deferred where nobody waits for an answer.
func (a *Adapter) recovered(what string) {
	if p := recover(); p != nil {
		a.panicked(what, p)
	}
}

// panicked tells the operator where; what was said is left out.
func (a *Adapter) panicked(what string, _ any) {
	a.log.Error("slack: a fault of the program", "in", what, "stack", string(debug.Stack()))
}
