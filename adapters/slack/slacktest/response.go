package slacktest

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// A responseURL answers one command or click: five times within 30 minutes.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
type responseURL struct {
	user, channel string
	original      *post // the message that was clicked
	made          time.Time
	uses          int
	posts         []*post
}

const (
	responseUses = 5
	responseLife = 30 * time.Minute
)

// responseURL makes an address for a user in a channel.
func (w *Workspace) responseURL(user, channel string, original *post) (string, *responseURL) {
	id := w.id("r")
	u := &responseURL{user: user, channel: channel, original: original, made: w.o.Now()}
	w.urls[id] = u
	return w.server.URL + "/response/" + id, u
}

// serveResponse takes a message that comes to a response_url.
func (w *Workspace) serveResponse(rw http.ResponseWriter, hr *http.Request) {
	const what = "response_url"
	r := &request{method: what, args: map[string]any{}}
	body, err := io.ReadAll(http.MaxBytesReader(rw, hr.Body, 4<<20))
	ctype, _, bad := mime.ParseMediaType(hr.Header.Get("Content-Type"))
	if err != nil || bad != nil || hr.Method != http.MethodPost || ctype != "application/json" {
		w.faultf("%s: %s with Content-Type %q, not a POST of JSON", what, hr.Method, hr.Header.Get("Content-Type"))
		http.Error(rw, "invalid_payload", http.StatusBadRequest)
		return
	}
	if hr.Header.Get("Authorization") != "" {
		w.faultf("%s: the token is sent along", what)
	}
	if err := json.Unmarshal(body, &r.args); err != nil || r.args == nil {
		w.faultf("%s: the body is not one JSON object", what)
		http.Error(rw, "invalid_payload", http.StatusBadRequest)
		return
	}
	if v, err := decode(body); err == nil {
		r.args, _ = v.(map[string]any)
	}
	id := hr.PathValue("id")
	w.mu.Lock()
	at := ""
	if u := w.urls[id]; u != nil {
		at = u.channel
	}
	w.mu.Unlock()
	planted := w.failure(what, at)
	if planted != nil && planted.Delay > 0 {
		w.pause(hr.Context(), planted.Delay)
	}
	if planted != nil && planted.fails() {
		w.answerPlanted(rw, r, planted)
		return
	}
	w.mu.Lock()
	no := w.respond(id, r)
	w.record(r, no)
	w.change()
	w.mu.Unlock()
	switch {
	case planted != nil && planted.DropAfterApply:
		panic(http.ErrAbortHandler)
	case no == nil:
		rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(rw, "ok") // who asked has gone: nothing to do
	case no.code == "used_url" || no.code == "expired_url":
		writeJSON(rw, http.StatusNotFound, no.answer())
	default:
		http.Error(rw, no.code, http.StatusBadRequest)
	}
}

func (w *Workspace) respond(id string, r *request) *refusal {
	const what = "response_url"
	u := w.urls[id]
	if u == nil {
		w.fault("%s: an address that Slack never gave", what)
		return refuse("used_url")
	}
	if w.o.Now().Sub(u.made) > responseLife {
		w.fault("%s: used after %v", what, responseLife)
		return refuse("expired_url")
	}
	if u.uses++; u.uses > responseUses {
		w.fault("%s: used more than %d times", what, responseUses)
		return refuse("used_url")
	}
	m := map[string]any{}
	for name, v := range r.args {
		if s, ok := v.(string); v != nil && !(ok && s == "" && name != "text") {
			m[name] = v
		}
	}
	if on(m["delete_original"]) || on(m["replace_original"]) {
		p := u.original
		if p == nil && len(u.posts) > 0 {
			p = u.posts[len(u.posts)-1]
		}
		if p == nil || p.Deleted {
			w.fault("%s: there is no original message to replace or delete", what)
			return refuse("message_not_found")
		}
		before := w.shown(p)
		if on(m["delete_original"]) {
			p.Deleted = true
			w.changedMessage(p, before)
			return nil
		}
		if no := w.checkContents(what, m); no != nil {
			return no
		}
		w.fill(p, what, m)
		w.changedMessage(p, before)
		return nil
	}
	if no := w.checkContents(what, m); no != nil {
		return no
	}
	if root, _ := m["thread_ts"].(string); root != "" {
		if no := w.thread(what, u.channel, root); no != nil {
			return no
		}
	}
	u.posts = append(u.posts, w.put(u.channel, u.to(m), what, m))
	return nil
}

// to is who sees a response: only the user, unless it says in_channel.
func (u *responseURL) to(m map[string]any) string {
	if m["response_type"] == "in_channel" {
		return ""
	}
	return u.user
}

// inline takes a message that came as the acknowledgement of a command.
// https://docs.slack.dev/interactivity/implementing-slash-commands#responding_immediate_response
func (w *Workspace) inline(u *responseURL, ctype string, body []byte) {
	const what = "answer to a command"
	if len(strings.TrimSpace(string(body))) == 0 {
		return
	}
	m := map[string]any{"text": string(body)}
	v, err := decode(body)
	object, isObject := v.(map[string]any)
	switch isJSON := strings.HasPrefix(ctype, "application/json"); {
	case isJSON && (err != nil || !isObject):
		w.fault("%s: not a JSON object", what)
		return
	case isJSON:
		if len(object) == 0 {
			return
		}
		m = object
	case err == nil && isObject:
		w.fault("%s: JSON with Content-Type %q is shown as it is written", what, ctype)
	}
	for name := range m {
		if name == "channel" || name == "user" || name == "ts" {
			w.fault("%s: %s is nothing for an answer", what, name)
		}
	}
	if no := w.checkContents(what, m); no != nil {
		return
	}
	u.posts = append(u.posts, w.put(u.channel, u.to(m), "command", m))
}
