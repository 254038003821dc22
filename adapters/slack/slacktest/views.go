package slacktest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// A View is a modal or a Home tab as it stands now.
type View struct {
	ID, Hash, CallbackID, ExternalID, PrivateMetadata string
	User                                              string // who sees it
	Home                                              bool
	Sent                                              json.RawMessage // what the app sent last
	Blocks                                            json.RawMessage // with the ids that Slack adds
	Revisions                                         int
}

type view struct {
	View
	all      map[string]any // what the app sent
	root     string
	previous string
	closed   bool
}

// A trigger is what opens modals: good once, for three seconds.
// https://docs.slack.dev/interactivity/handling-user-interaction#trigger_ids
type trigger struct {
	user  string
	until time.Time
	used  bool
	from  string // the view in which it was made
}

const triggerLife = 3 * time.Second

// trigger makes a trigger_id for a user.
func (w *Workspace) trigger(user, from string) string {
	id := "100.200." + w.id("trigger")
	w.triggers[id] = &trigger{user: user, until: w.o.Now().Add(triggerLife), from: from}
	return id
}

// Views are the modals that a user has open, the topmost last.
func (w *Workspace) Views(user string) []View {
	w.mu.Lock()
	defer w.mu.Unlock()
	var open []View
	for _, id := range w.stacks[user] {
		open = append(open, w.views[id].View)
	}
	return open
}

// Home is the Home tab that the app published for a user, if it did.
func (w *Workspace) Home(user string) (View, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	v := w.views[w.homes[user]]
	if v == nil {
		return View{}, false
	}
	return v.View, true
}

// sentView is the view argument of a call, checked.
func (w *Workspace) sentView(r *request, home bool) (map[string]any, *refusal) {
	if no := w.want(r, "view"); no != nil {
		return nil, no
	}
	v, _ := r.value("view")
	return w.checkView(r.method, "/view", v, home)
}

func (w *Workspace) checkView(what, at string, v any, isHome bool) (map[string]any, *refusal) {
	c := newChecker(modal)
	c.view(at, v, len(compact(v)))
	if (kind(v) == "home") != isHome {
		c.faultf(at+"/type", "not a view of this method: %q", kind(v))
	}
	if len(c.faults) > 0 {
		return nil, w.refused(what, c.faults)
	}
	m, _ := v.(map[string]any)
	return m, nil
}

// use takes a trigger, once.
func (w *Workspace) use(r *request) (*trigger, *refusal) {
	if no := w.want(r, "trigger_id"); no != nil {
		return nil, no
	}
	t := w.triggers[r.str("trigger_id")]
	switch {
	case t == nil:
		w.fault("%s: a trigger_id that Slack never gave", r.method)
		return nil, refuse("invalid_trigger_id")
	case t.used:
		w.fault("%s: a trigger_id that was used before", r.method)
		return nil, refuse("exchanged_trigger_id")
	case w.o.Now().After(t.until):
		w.fault("%s: a trigger_id older than %v", r.method, triggerLife)
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}

// fillView makes a view be what m says.
func (w *Workspace) fillView(v *view, m map[string]any) {
	s := func(name string) string { s, _ := m[name].(string); return s }
	v.all, v.Sent = m, compact(m)
	v.CallbackID, v.ExternalID, v.PrivateMetadata = s("callback_id"), s("external_id"), s("private_metadata")
	blocks, _ := m["blocks"].([]any)
	v.Blocks = w.withIDs(blocks)
	v.Hash = w.id("156772938.")
	v.Revisions++
}

func (w *Workspace) newView(user string, m map[string]any) *view {
	v := &view{View: View{ID: w.id("V"), User: user}}
	w.fillView(v, m)
	v.Revisions = 0
	v.root = v.ID
	w.views[v.ID] = v
	return v
}

// taken refuses a view whose external_id another one has.
func (w *Workspace) taken(what string, m map[string]any, but *view) *refusal {
	for _, v := range w.views {
		if id, _ := m["external_id"].(string); id != "" && v.ExternalID == id && v != but && !v.closed {
			w.fault("%s: the external_id %s is taken", what, id)
			return refuse("duplicate_external_id")
		}
	}
	return nil
}

// shownView is a view as the Web API and interactions show it.
func (w *Workspace) shownView(v *view) answer {
	a := answer{}
	maps.Copy(a, v.all)
	maps.Copy(a, answer{"id": v.ID, "team_id": w.Team(), "hash": v.Hash, "blocks": v.Blocks, "private_metadata": v.PrivateMetadata,
		"callback_id": v.CallbackID, "external_id": v.ExternalID, "state": answer{"values": answer{}}, "root_view_id": v.root,
		"previous_view_id": nil, "app_id": w.AppID(), "bot_id": w.BotID(), "app_installed_team_id": w.Team()})
	if v.previous != "" {
		a["previous_view_id"] = v.previous
	}
	return a
}

func (w *Workspace) viewsOpen(r *request) (answer, *refusal) {
	m, no := w.sentView(r, false)
	if no != nil {
		return nil, no
	}
	if no := w.taken(r.method, m, nil); no != nil {
		return nil, no
	}
	t, no := w.use(r)
	if no != nil {
		return nil, no
	}
	w.closeViews(t.user)
	v := w.newView(t.user, m)
	w.stacks[t.user] = []string{v.ID}
	return answer{"view": w.shownView(v)}, nil
}

func (w *Workspace) viewsPush(r *request) (answer, *refusal) {
	m, no := w.sentView(r, false)
	if no != nil {
		return nil, no
	}
	if no := w.taken(r.method, m, nil); no != nil {
		return nil, no
	}
	t, no := w.use(r)
	if no != nil {
		return nil, no
	}
	if t.from == "" || !slices.Contains(w.stacks[t.user], t.from) {
		w.fault("%s: the trigger_id is not of an open modal", r.method)
		return nil, refuse("invalid_trigger_id")
	}
	v, no := w.push(r.method, t.user, m)
	if no != nil {
		return nil, no
	}
	return answer{"view": w.shownView(v)}, nil
}

// push puts a modal on top of those of a user, three at most.
func (w *Workspace) push(what, user string, m map[string]any) (*view, *refusal) {
	stack := w.stacks[user]
	if len(stack) >= 3 {
		w.fault("%s: more than three modals", what)
		return nil, refuse("push_limit_reached")
	}
	v := w.newView(user, m)
	v.root, v.previous = stack[0], stack[len(stack)-1]
	w.stacks[user] = append(stack, v.ID)
	return v, nil
}

func (w *Workspace) viewsUpdate(r *request) (answer, *refusal) {
	m, no := w.sentView(r, false)
	if no != nil {
		return nil, no
	}
	id, external := r.str("view_id"), r.str("external_id")
	if (id == "") == (external == "") {
		w.fault("%s: either view_id or external_id", r.method)
		return nil, refuse("invalid_arguments", "must define exactly one of: view_id, external_id")
	}
	v := w.views[id]
	for _, other := range w.views {
		if external != "" && other.ExternalID == external && !other.closed {
			v = other
		}
	}
	if v == nil || v.closed || v.Home {
		return nil, refuse("not_found")
	}
	if hash := r.str("hash"); hash != "" && hash != v.Hash {
		return nil, refuse("hash_conflict")
	}
	if no := w.taken(r.method, m, v); no != nil {
		return nil, no
	}
	w.fillView(v, m)
	return answer{"view": w.shownView(v)}, nil
}

func (w *Workspace) viewsPublish(r *request) (answer, *refusal) {
	if no := w.want(r, "user_id"); no != nil {
		return nil, no
	}
	user := r.str("user_id")
	m, no := w.sentView(r, true)
	if no != nil {
		return nil, no
	}
	if w.users[user] == nil {
		return nil, refuse("user_not_found")
	}
	v := w.views[w.homes[user]]
	if hash := r.str("hash"); hash != "" && (v == nil || hash != v.Hash) {
		return nil, refuse("hash_conflict")
	}
	if no := w.taken(r.method, m, v); no != nil {
		return nil, no
	}
	if v == nil {
		v = w.newView(user, m)
		v.Home = true
		w.homes[user] = v.ID
	} else {
		w.fillView(v, m)
	}
	return answer{"view": w.shownView(v)}, nil
}

// closeViews closes all modals of a user.
func (w *Workspace) closeViews(user string) {
	for _, id := range w.stacks[user] {
		w.views[id].closed = true
	}
	delete(w.stacks, user)
}

// drop closes one modal of a user.
func (w *Workspace) drop(user, id string) {
	w.stacks[user] = slices.DeleteFunc(w.stacks[user], func(it string) bool { return it == id })
	w.views[id].closed = true
}
