package slacktest

import (
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Call is one call of the Web API, or one use of a response_url (as Method
// "response_url"). Values that are not strings are given as JSON.
type Call struct {
	Method string
	Args   map[string]string
	Error  string // what was answered: "" for ok, an error such as not_in_channel, or an HTTP status
	At     time.Time
}

// A Failure is what a method answers instead of doing its work.
type Failure struct {
	Channel        string        // only for calls with this channel; "" is any
	Status         int           // HTTP status; 0 is 200, or 429 with RetryAfter
	Error          string        // such as invalid_blocks
	Messages       []string      // response_metadata.messages
	Needed         string        // the scope of a missing_scope
	RetryAfter     time.Duration // rounded up to whole seconds, as Slack says them
	Delay          time.Duration // before anything else; alone, the method then works
	Drop           bool          // the connection is closed instead of an answer, nothing done
	DropAfterApply bool          // the connection is closed instead of an answer, after the work was done
	Times          int           // how often; 0 is once, negative always
}

// Fail plants a failure of a method, of "response_url", or of everything with
// "*". Several failures of one method are used one after the other.
func (w *Workspace) Fail(method string, f Failure) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f.Times = max(f.Times, -1)
	if f.Times == 0 {
		f.Times = 1
	}
	w.planted[method] = append(w.planted[method], &f)
}

// Heal takes back every failure that was planted.
func (w *Workspace) Heal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	clear(w.planted)
}

// failure is what was planted for a call, counted as used.
func (w *Workspace) failure(method, channel string) *Failure {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, name := range []string{method, "*"} {
		for i, f := range w.planted[name] {
			if f.Channel != "" && f.Channel != channel {
				continue
			}
			if f.Times > 0 {
				if f.Times--; f.Times == 0 {
					w.planted[name] = slices.Delete(w.planted[name], i, i+1)
				}
			}
			return f
		}
	}
	return nil
}

// Calls are the calls of a method so far, all of them for "".
func (w *Workspace) Calls(method string) []Call {
	w.mu.Lock()
	defer w.mu.Unlock()
	var calls []Call
	for _, c := range w.calls {
		if method == "" || c.Method == method {
			calls = append(calls, c)
		}
	}
	return calls
}

// A request is one call being answered.
type request struct {
	method string
	token  string
	args   map[string]any // strings in a form, anything in JSON
	json   bool
	raw    int // bytes
}

// A refusal is an answer that is not ok.
type refusal struct {
	code     string
	messages []string
	more     map[string]any
}

func refuse(code string, messages ...string) *refusal {
	return &refusal{code: code, messages: messages}
}

type answer = map[string]any

// A method of the Web API: https://docs.slack.dev/reference/methods.
type method struct {
	scopes []string // any of them will do
	app    bool     // takes the app-level token
	open   bool     // takes no token
	read   bool     // GET will do
	form   bool     // takes no JSON
	do     func(w *Workspace, r *request) (answer, *refusal)
}

func (w *Workspace) methods(name string) (method, bool) {
	m, ok := map[string]method{
		"auth.test":                             {read: true, do: (*Workspace).authTest},
		"auth.revoke":                           {read: true, form: true, do: (*Workspace).authRevoke},
		"oauth.v2.access":                       {open: true, form: true, do: (*Workspace).oauthAccess},
		"apps.connections.open":                 {app: true, do: (*Workspace).connectionsOpen},
		"chat.postMessage":                      {scopes: []string{"chat:write"}, do: (*Workspace).postMessage},
		"chat.postEphemeral":                    {scopes: []string{"chat:write"}, do: (*Workspace).postEphemeral},
		"chat.update":                           {scopes: []string{"chat:write"}, do: (*Workspace).updateMessage},
		"chat.delete":                           {scopes: []string{"chat:write"}, do: (*Workspace).deleteMessage},
		"views.open":                            {do: (*Workspace).viewsOpen},
		"views.push":                            {do: (*Workspace).viewsPush},
		"views.update":                          {do: (*Workspace).viewsUpdate},
		"views.publish":                         {do: (*Workspace).viewsPublish},
		"assistant.threads.setSuggestedPrompts": {scopes: []string{"assistant:write"}, do: (*Workspace).setPrompts},
		"assistant.threads.setStatus":           {scopes: []string{"assistant:write", "chat:write"}, do: (*Workspace).setStatus},
		"agents.sessions.setStatus":             {scopes: []string{"chat:write"}, do: (*Workspace).setSessionStatus},
		"agents.sessions.rename":                {scopes: []string{"chat:write"}, do: (*Workspace).renameSession},
		"conversations.info":                    {scopes: []string{"channels:read", "groups:read", "im:read", "mpim:read"}, read: true, form: true, do: (*Workspace).conversationsInfo},
		"conversations.replies":                 {scopes: []string{"channels:history", "groups:history", "im:history", "mpim:history"}, read: true, form: true, do: (*Workspace).conversationsReplies},
		"users.info":                            {scopes: []string{"users:read"}, read: true, form: true, do: (*Workspace).usersInfo},
		"reactions.add":                         {scopes: []string{"reactions:write"}, do: (*Workspace).reactionsAdd},
	}[name]
	return m, ok
}

// serveAPI answers one call as Slack does: 200 with ok true or false, 429
// with Retry-After, and what was planted.
func (w *Workspace) serveAPI(rw http.ResponseWriter, hr *http.Request) {
	r, bad := w.parse(rw, hr)
	planted := w.failure(r.method, r.str("channel"))
	if planted != nil && planted.Delay > 0 {
		w.pause(hr.Context(), planted.Delay)
	}
	if planted != nil && planted.fails() {
		w.answerPlanted(rw, r, planted)
		return
	}
	a, no := answer(nil), bad
	w.mu.Lock()
	if no == nil {
		a, no = w.call(hr, r)
	}
	w.record(r, no)
	w.change()
	w.mu.Unlock()
	if planted != nil && planted.DropAfterApply {
		panic(http.ErrAbortHandler)
	}
	if no == nil {
		a["ok"] = true
		if r.json && !strings.Contains(hr.Header.Get("Content-Type"), "charset") {
			a["warning"] = "missing_charset"
			a["response_metadata"] = answer{"warnings": []string{"missing_charset"}}
		}
		writeJSON(rw, http.StatusOK, a)
		return
	}
	status := http.StatusOK
	if after, ok := no.more["retry_after"].(int); ok {
		status = http.StatusTooManyRequests
		rw.Header().Set("Retry-After", strconv.Itoa(after))
	}
	writeJSON(rw, status, no.answer())
}

func (no *refusal) answer() answer {
	a := answer{"ok": false, "error": no.code}
	maps.Copy(a, no.more)
	if len(no.messages) > 0 {
		errs := make([]string, len(no.messages))
		for i, m := range no.messages {
			errs[i] = "[ERROR] " + m
		}
		a["errors"] = no.messages
		a["response_metadata"] = answer{"messages": errs}
	}
	return a
}

func writeJSON(rw http.ResponseWriter, status int, a any) {
	rw.Header().Set("Content-Type", "application/json; charset=utf-8")
	rw.WriteHeader(status)
	_, _ = rw.Write(compact(a)) // who asked has gone: nothing to do
}

func (f *Failure) fails() bool {
	return f.Drop || f.Error != "" || f.Status != 0 || f.RetryAfter > 0
}

func (w *Workspace) answerPlanted(rw http.ResponseWriter, r *request, f *Failure) {
	status, code := f.Status, f.Error
	if f.RetryAfter > 0 {
		rw.Header().Set("Retry-After", strconv.Itoa(int((f.RetryAfter+time.Second-1)/time.Second)))
		if status == 0 {
			status = http.StatusTooManyRequests
		}
		if code == "" {
			code = "ratelimited"
		}
	}
	if status == 0 {
		status = http.StatusOK
	}
	no := refuse(code, f.Messages...)
	w.mu.Lock()
	if f.Needed != "" {
		no.more = answer{"needed": f.Needed, "provided": strings.Join(w.o.Scopes, ",")}
	}
	said := no
	if code == "" {
		said = refuse(strconv.Itoa(status))
	}
	if f.Drop {
		said = refuse("dropped")
	}
	w.record(r, said)
	w.change()
	w.mu.Unlock()
	switch {
	case f.Drop:
		panic(http.ErrAbortHandler)
	case code == "":
		// Slack's 5xx are pages of HTML.
		http.Error(rw, "<html>"+http.StatusText(status)+"</html>", status)
	default:
		writeJSON(rw, status, no.answer())
	}
}

// record keeps a call and what it was answered.
func (w *Workspace) record(r *request, no *refusal) {
	c := Call{Method: r.method, Args: map[string]string{}, At: w.o.Now()}
	for name, v := range r.args {
		if s, ok := v.(string); ok {
			c.Args[name] = s
		} else {
			c.Args[name] = string(compact(v))
		}
	}
	if no != nil {
		c.Error = no.code
	}
	w.calls = append(w.calls, c)
}

// parse reads a call: the token from the header or from a form, the arguments
// from a form or from JSON. https://docs.slack.dev/apis/web-api#basics
func (w *Workspace) parse(rw http.ResponseWriter, hr *http.Request) (*request, *refusal) {
	r := &request{method: hr.PathValue("method"), args: map[string]any{}}
	bearer, header := strings.CutPrefix(hr.Header.Get("Authorization"), "Bearer ")
	if header {
		r.token = bearer
	}
	body, err := io.ReadAll(http.MaxBytesReader(rw, hr.Body, 4<<20))
	if err != nil {
		w.faultf("%s: the body could not be read: %v", r.method, err)
		return r, refuse("request_timeout")
	}
	r.raw = len(body)
	ctype, _, err := mime.ParseMediaType(hr.Header.Get("Content-Type"))
	switch {
	case hr.Method == http.MethodGet || len(body) == 0:
		if hr.URL.Query().Get("token") != "" {
			w.faultf("%s: a token in the address", r.method)
			return r, refuse("not_allowed_token_type")
		}
		return r, r.form(hr.URL.RawQuery)
	case err != nil:
		w.faultf("%s: no Content-Type", r.method)
		return r, refuse("missing_post_type")
	case ctype == "application/x-www-form-urlencoded":
		return r, r.form(string(body))
	case ctype == "application/json":
		r.json = true
		v, err := decode(body)
		m, ok := v.(map[string]any)
		if err != nil || !ok {
			w.faultf("%s: the body is not one JSON object", r.method)
			return r, refuse("invalid_json")
		}
		r.args = m
		return r, nil
	}
	w.faultf("%s: Content-Type %s", r.method, ctype)
	return r, refuse("invalid_post_type")
}

func (r *request) form(s string) *refusal {
	values, err := url.ParseQuery(s)
	if err != nil {
		return refuse("invalid_form_data")
	}
	for name, vs := range values {
		r.args[name] = vs[0]
	}
	if t, ok := r.args["token"].(string); ok {
		if r.token == "" {
			r.token = t
		}
		delete(r.args, "token")
	}
	return nil
}

// call checks the token and the scopes, and does the work.
func (w *Workspace) call(hr *http.Request, r *request) (answer, *refusal) {
	m, ok := w.methods(r.method)
	if !ok {
		w.fault("%s: unknown method", r.method)
		return nil, refuse("unknown_method")
	}
	if hr.Method != http.MethodPost && !m.read {
		w.fault("%s: %s, not POST", r.method, hr.Method)
		return nil, refuse("invalid_post_type")
	}
	if !m.open {
		if no := w.checkToken(m, r); no != nil {
			return nil, no
		}
	}
	if m.form && r.json {
		w.fault("%s: takes a form, not JSON", r.method)
		return nil, refuse("invalid_arguments", "this method takes application/x-www-form-urlencoded")
	}
	if len(m.scopes) > 0 && !slices.ContainsFunc(m.scopes, w.scope) {
		return nil, w.missing(m.scopes...)
	}
	return m.do(w, r)
}

func (w *Workspace) checkToken(m method, r *request) *refusal {
	t := w.tokens[r.token]
	switch {
	case r.token == "":
		w.fault("%s: called without a token", r.method)
		return refuse("not_authed")
	case t == nil:
		w.fault("%s: called with a token that Slack never gave", r.method)
		return refuse("invalid_auth")
	case t.revoked:
		return refuse("token_revoked")
	case !t.expires.IsZero() && !w.o.Now().Before(t.expires):
		return refuse("token_expired")
	case (t.kind == "app") != m.app:
		w.fault("%s: called with the %s token", r.method, t.kind)
		return refuse("not_allowed_token_type")
	}
	return nil
}

func (w *Workspace) scope(name string) bool { return slices.Contains(w.o.Scopes, name) }

// missing is the refusal of who lacks all of some scopes. It is no fault of
// the app's: who installs it decides on the scopes.
func (w *Workspace) missing(scopes ...string) *refusal {
	return &refusal{code: "missing_scope", more: answer{"needed": strings.Join(scopes, ","), "provided": strings.Join(w.o.Scopes, ",")}}
}

// str is an argument that is a string.
func (r *request) str(name string) string {
	s, _ := r.args[name].(string)
	return s
}

// value is an argument that is an array or an object: as it is in JSON, or
// as JSON in a string. A string that is not JSON is given as it is.
func (r *request) value(name string) (any, bool) {
	v, ok := r.args[name]
	if s, is := v.(string); is {
		if s == "" {
			return nil, false
		}
		if parsed, err := decode([]byte(s)); err == nil {
			return parsed, true
		}
	}
	return v, ok && v != nil
}

// want refuses a call that lacks an argument.
func (w *Workspace) want(r *request, names ...string) *refusal {
	for _, name := range names {
		if v := r.args[name]; v == nil || v == "" {
			w.fault("%s: no %s", r.method, name)
			return refuse("invalid_arguments", fmt.Sprintf("missing required field: %s [json-pointer:/%s]", name, name))
		}
	}
	return nil
}

// refused keeps the faults of a payload and refuses it with the first's error.
func (w *Workspace) refused(what string, faults []Fault) *refusal {
	for _, f := range faults {
		w.fault("%s: %s: %s", what, f.Error, f)
	}
	return refuse(faults[0].Error, messages(faults)...)
}
