package slacktest

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// Prompts are the questions that the app suggests in a conversation.
type Prompts struct {
	Channel, Title string
	Prompts        []Prompt
}

// A Prompt is a button that asks its message.
type Prompt struct {
	Title   string `json:"title"`
	Message string `json:"message"`
}

// A Status is what the app said it is doing in a thread, or the state or
// title that it gave a session.
type Status struct {
	Method, Channel, Thread string
	Status, Title           string
	Loading                 []string
}

// Prompts are the suggested prompts so far, in order.
func (w *Workspace) Prompts() []Prompts {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.prompts)
}

// Statuses are the states and titles of threads and sessions so far, in order.
func (w *Workspace) Statuses() []Status {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.statuses)
}

// setPrompts is https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts:
// up to four, and without thread_ts, with which an agent app fails silently.
func (w *Workspace) setPrompts(r *request) (answer, *refusal) {
	if no := w.want(r, "channel_id", "prompts"); no != nil {
		return nil, no
	}
	if r.args["thread_ts"] != nil {
		w.fault("%s: thread_ts is of the older assistant view: an agent's call with it does nothing", r.method)
	}
	v, _ := r.value("prompts")
	c := newChecker(message)
	list(1, 4, func(c *checker, at string, v any) {
		c.object(at, v, fields{"title": str(1, 255), "message": str(1, 4000)}, nil)
	})(c, "/prompts", v)
	if len(c.faults) > 0 {
		return nil, w.refused(r.method, c.faults)
	}
	ch, no := w.access(r, r.str("channel_id"))
	if no != nil {
		return nil, no
	}
	p := Prompts{Channel: ch.ID, Title: r.str("title")}
	if err := json.Unmarshal(compact(v), &p.Prompts); err != nil {
		return nil, refuse("invalid_arguments")
	}
	if r.args["thread_ts"] == nil {
		w.prompts = append(w.prompts, p)
	}
	return answer{}, nil
}

// setStatus is https://docs.slack.dev/reference/methods/assistant.threads.setStatus.
func (w *Workspace) setStatus(r *request) (answer, *refusal) {
	if no := w.want(r, "channel_id", "thread_ts"); no != nil {
		return nil, no
	}
	if _, ok := r.args["status"]; !ok {
		w.fault("%s: no status", r.method)
		return nil, refuse("invalid_arguments", "missing required field: status [json-pointer:/status]")
	}
	ch, no := w.access(r, r.str("channel_id"))
	if no != nil {
		return nil, no
	}
	if no := w.thread(r.method, ch.ID, r.str("thread_ts")); no != nil {
		return nil, no
	}
	s := Status{Method: r.method, Channel: ch.ID, Thread: r.str("thread_ts"), Status: r.str("status")}
	if v, ok := r.value("loading_messages"); ok {
		if one, ok := v.(string); ok { // a form may hold a list without brackets
			v = []any{one}
		}
		c := newChecker(message)
		list(1, 10, str(1, 255))(c, "/loading_messages", v)
		if len(c.faults) > 0 {
			return nil, w.refused(r.method, c.faults)
		}
		items, _ := v.([]any)
		for _, it := range items {
			line, _ := it.(string)
			s.Loading = append(s.Loading, line)
		}
	}
	w.statuses = append(w.statuses, s)
	return answer{}, nil
}

// session checks what the methods of sessions have in common.
func (w *Workspace) session(r *request) (*Channel, *refusal) {
	if no := w.want(r, "channel_id", "thread_ts"); no != nil {
		return nil, no
	}
	if n := utf8.RuneCountInString(r.str("title")); n > 200 {
		w.fault("%s: a title of %d characters", r.method, n)
		return nil, refuse("invalid_arguments", "must be less than 201 characters [json-pointer:/title]")
	}
	ch, no := w.access(r, r.str("channel_id"))
	if no != nil {
		return nil, no
	}
	return ch, w.thread(r.method, ch.ID, r.str("thread_ts"))
}

// setSessionStatus is https://docs.slack.dev/reference/methods/agents.sessions.setStatus.
func (w *Workspace) setSessionStatus(r *request) (answer, *refusal) {
	s := r.str("status")
	if !slices.Contains([]string{"active", "processing", "suspended", "closed"}, s) {
		w.fault("%s: the status %q", r.method, s)
		return nil, refuse("invalid_arguments", "must be one of: active, processing, suspended, closed [json-pointer:/status]")
	}
	ch, no := w.session(r)
	if no != nil {
		return nil, no
	}
	w.statuses = append(w.statuses, Status{Method: r.method, Channel: ch.ID, Thread: r.str("thread_ts"), Status: s, Title: r.str("title")})
	return answer{"status": s, "agent_status": s, "title": r.str("title")}, nil
}

// renameSession is https://docs.slack.dev/reference/methods/agents.sessions.rename.
func (w *Workspace) renameSession(r *request) (answer, *refusal) {
	if no := w.want(r, "title"); no != nil {
		return nil, no
	}
	ch, no := w.session(r)
	if no != nil {
		return nil, no
	}
	w.statuses = append(w.statuses, Status{Method: r.method, Channel: ch.ID, Thread: r.str("thread_ts"), Title: r.str("title")})
	return answer{"title": r.str("title")}, nil
}
