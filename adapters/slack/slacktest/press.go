package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// A Surface is what people click on: a Message or a View.
type Surface interface{ clickable() json.RawMessage }

func (m Message) clickable() json.RawMessage { return m.Blocks }
func (v View) clickable() json.RawMessage    { return v.Blocks }

// A Pick says what a person clicks on: the first element that fits all that
// is given.
type Pick struct {
	Block  string // block_id
	Action string // action_id
	Label  string // text of a button
	Value  string // value of a button
	// Option is what is chosen in a menu, overflow menu or radio buttons, by
	// value or text; or what is put into any other element.
	Option string
}

// An Option is one line of a menu.
type Option struct{ Text, Value string }

type found struct {
	element map[string]any
	block   string
	chosen  any
}

// elements calls f for all elements in blocks, with their block_id.
func elements(v any, block string, f func(block string, e map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, it := range v {
			elements(it, block, f)
		}
	case map[string]any:
		if id, ok := v["block_id"].(string); ok {
			block = id
		}
		if _, ok := v["action_id"].(string); ok {
			f(block, v)
			return
		}
		// In the order in which they are shown.
		for _, name := range []string{"accessory", "element", "elements", "actions", "rows", "items", "block", "child_blocks"} {
			elements(v[name], block, f)
		}
	}
}

func (p Pick) find(blocks json.RawMessage) (found, bool) {
	var hit found
	var ok bool
	v, err := decode(blocks)
	if err != nil {
		return hit, false
	}
	elements(v, "", func(block string, e map[string]any) {
		if ok || (p.Block != "" && p.Block != block) || (p.Action != "" && p.Action != e["action_id"]) {
			return
		}
		if chosen, fits := p.choose(e); fits {
			hit, ok = found{e, block, chosen}, true
		}
	})
	return hit, ok
}

// choose reports whether the pick fits an element, and what it chooses there.
func (p Pick) choose(e map[string]any) (any, bool) {
	switch k := kind(e); k {
	case "button", "icon_button", "workflow_button":
		return e, p.Option == "" && p.names(e)
	case "feedback_buttons":
		for _, name := range []string{"positive_button", "negative_button"} {
			if b, _ := e[name].(map[string]any); p.names(b) {
				return b, true
			}
		}
		return nil, false
	case "static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes":
		options, _ := e["options"].([]any)
		groups, _ := e["option_groups"].([]any)
		for _, g := range groups {
			group, _ := g.(map[string]any)
			more, _ := group["options"].([]any)
			options = append(slices.Clip(options), more...)
		}
		for _, o := range options {
			m, _ := o.(map[string]any)
			if p.Option != "" && (m["value"] == p.Option || wording(m) == p.Option) {
				return m, true
			}
		}
		return nil, false
	case "external_select", "multi_external_select":
		label := p.Label
		if label == "" {
			label = p.Option
		}
		return answer{"text": answer{"type": plain, "text": label, "emoji": true}, "value": p.Option}, p.Option != ""
	}
	return p.Option, p.Option != ""
}

func (p Pick) names(button map[string]any) bool {
	return (p.Label == "" || p.Label == wording(button)) && (p.Value == "" || p.Value == button["value"])
}

// wording is what a button or an option says.
func wording(m map[string]any) string {
	t, _ := m["text"].(map[string]any)
	s, _ := t["text"].(string)
	return s
}

// state is what an element holds after a choice, as state.values and actions
// have it.
func state(e map[string]any, chosen any) answer {
	a := answer{"type": kind(e)}
	switch k := kind(e); k {
	case "static_select", "external_select", "radio_buttons", "overflow":
		a["selected_option"] = chosen
	case "multi_static_select", "multi_external_select", "checkboxes":
		a["selected_options"] = []any{chosen}
	case "users_select":
		a["selected_user"] = chosen
	case "conversations_select":
		a["selected_conversation"] = chosen
	case "channels_select":
		a["selected_channel"] = chosen
	case "datepicker":
		a["selected_date"] = chosen
	case "timepicker":
		a["selected_time"] = chosen
	case "button", "icon_button", "workflow_button", "feedback_buttons":
		m, _ := chosen.(map[string]any)
		if m["value"] != nil {
			a["value"] = m["value"]
		}
		a["text"] = m["text"]
	default:
		a["value"] = chosen
	}
	return a
}

// base is what all interactions have.
func (w *Workspace) base(kind, user string) answer {
	u := w.user(user)
	return answer{"type": kind, "token": verification, "api_app_id": w.AppID(), "team": answer{"id": w.Team(), "domain": "fake"},
		"user": answer{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": w.Team()}, "enterprise": nil, "is_enterprise_install": false}
}

// place adds to an interaction where it happened.
func (w *Workspace) place(payload answer, user string, on Surface) (*responseURL, string, error) {
	switch on := on.(type) {
	case Message:
		c := w.channel(on.Channel)
		p := w.find(on.Channel, on.TS)
		ephemeral := on.To != ""
		switch {
		case p == nil || p.Deleted:
			return nil, "", fmt.Errorf("there is no message %s in %s", on.TS, on.Channel)
		case ephemeral && on.To != user:
			return nil, "", fmt.Errorf("only %s sees the message", on.To)
		}
		container := answer{"type": "message", "message_ts": on.TS, "channel_id": on.Channel, "is_ephemeral": ephemeral}
		if on.Thread != "" {
			container["thread_ts"] = on.Thread
		}
		payload["container"] = container
		payload["channel"] = answer{"id": c.ID, "name": w.channelName(c)}
		payload["message"] = w.shown(&post{Message: on, user: w.Bot()})
		if ephemeral {
			// Slack does not keep ephemeral messages: their contents are not sent.
			payload["message"] = answer{"type": "message", "ts": on.TS, "app_id": w.AppID()}
		}
		address, u := w.responseURL(user, on.Channel, p)
		payload["response_url"] = address
		return u, address, nil
	case View:
		v := w.views[on.ID]
		if v == nil || v.closed {
			return nil, "", fmt.Errorf("the view %s is not open", on.ID)
		}
		payload["container"] = answer{"type": "view", "view_id": on.ID}
		payload["view"] = w.shownView(v)
		return nil, "", nil
	}
	return nil, "", fmt.Errorf("nothing to click on in a %T", on)
}

func (w *Workspace) channelName(c *Channel) string {
	if c.im() {
		return "directmessage"
	}
	return c.Name
}

// interaction sends a payload to the app's address of interactions.
func (w *Workspace) interaction(payload answer) Reply {
	r := w.interact(InteractionsPath, "interactive", func() string {
		return url.Values{"payload": {string(compact(payload))}}.Encode()
	}, payload)
	if string(r.Body) == "null" {
		r.Body = nil
	}
	r.TriggerID, _ = payload["trigger_id"].(string)
	return r
}

// wrong fails the test for what a person cannot do.
func (w *Workspace) wrong(format string, args ...any) Reply {
	w.t.Helper()
	err := fmt.Errorf("slacktest: "+format, args...)
	w.t.Error(err)
	return Reply{Err: err, w: w}
}

// Press clicks on an element of a message or view, or chooses in it.
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
func (w *Workspace) Press(user string, on Surface, pick Pick) Reply {
	w.t.Helper()
	hit, ok := pick.find(on.clickable())
	if !ok {
		return w.wrong("nothing fits %+v in %.2000s", pick, on.clickable())
	}
	w.mu.Lock()
	payload := w.base("block_actions", user)
	u, address, err := w.place(payload, user, on)
	if err != nil {
		w.mu.Unlock()
		return w.wrong("%v", err)
	}
	from := ""
	if v, ok := on.(View); ok && !v.Home {
		from = v.ID
	}
	payload["trigger_id"] = w.trigger(user, from)
	action := state(hit.element, hit.chosen)
	values := answer{}
	if action["selected_option"] != nil && kind(hit.element) != "overflow" || action["selected_options"] != nil {
		id, _ := hit.element["action_id"].(string)
		values[hit.block] = answer{id: state(hit.element, hit.chosen)}
	}
	payload["state"] = answer{"values": values}
	action["action_id"], action["block_id"], action["action_ts"] = hit.element["action_id"], hit.block, w.ts()
	payload["actions"] = []any{action}
	w.mu.Unlock()
	r := w.interaction(payload)
	r.url, r.ResponseURL = u, address
	w.ignored("block_actions", r)
	return r
}

// ignored keeps that an acknowledgement carries what Slack does not read.
func (w *Workspace) ignored(what string, r Reply) {
	var m map[string]any
	if r.OK() && json.Unmarshal(r.Body, &m) == nil && len(m) > 0 {
		w.faultf("%s: Slack does not read what is in the acknowledgement", what)
	}
}

// Options types into an external select, and returns what the app offers.
// https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
func (w *Workspace) Options(user string, on Surface, pick Pick, text string) ([]Option, Reply) {
	w.t.Helper()
	pick.Option = "?" // any choice: it is about the element
	hit, ok := pick.find(on.clickable())
	if !ok || !strings.HasSuffix(kind(hit.element), "external_select") {
		return nil, w.wrong("no external select fits %+v", pick)
	}
	least := 3
	if n, ok := hit.element["min_query_length"].(json.Number); ok {
		_, _ = fmt.Sscan(n.String(), &least)
	}
	if len([]rune(text)) < least {
		return nil, w.wrong("Slack does not ask before %d characters are typed", least)
	}
	w.mu.Lock()
	payload := w.base("block_suggestion", user)
	_, _, err := w.place(payload, user, on)
	delete(payload, "response_url")
	w.mu.Unlock()
	if err != nil {
		return nil, w.wrong("%v", err)
	}
	payload["action_id"], payload["block_id"], payload["value"] = hit.element["action_id"], hit.block, text
	r := w.interaction(payload)
	if !r.OK() {
		return nil, r
	}
	faults := CheckOptions(r.Body)
	for _, f := range faults {
		w.faultf("block_suggestion: %s", f)
	}
	if r.Header != nil && !strings.HasPrefix(r.Header.Get("Content-Type"), jsonType) {
		w.faultf("block_suggestion: Content-Type %q", r.Header.Get("Content-Type"))
	}
	if len(faults) > 0 {
		return nil, r
	}
	var body struct {
		Options []json.RawMessage                     `json:"options"`
		Groups  []struct{ Options []json.RawMessage } `json:"option_groups"`
	}
	_ = json.Unmarshal(r.Body, &body)
	for _, g := range body.Groups {
		body.Options = append(body.Options, g.Options...)
	}
	var all []Option
	for _, o := range body.Options {
		var m map[string]any
		_ = json.Unmarshal(o, &m)
		value, _ := m["value"].(string)
		all = append(all, Option{wording(m), value})
	}
	return all, r
}

// Submit presses the submit button of a modal, with what was put into its
// inputs by action_id: options by value or text, anything else as it is.
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
func (w *Workspace) Submit(user string, on View, values map[string]string) Reply {
	w.t.Helper()
	w.mu.Lock()
	v := w.views[on.ID]
	if v == nil || v.closed || v.Home {
		w.mu.Unlock()
		return w.wrong("the modal %s is not open", on.ID)
	}
	filled := answer{}
	inputs, problem := map[string]bool{}, ""
	blocks, _ := decode(v.Blocks)
	list, _ := blocks.([]any)
	for _, b := range list {
		m, _ := b.(map[string]any)
		elements(b, "", func(block string, e map[string]any) {
			id, _ := e["action_id"].(string)
			said, given := values[id]
			if given {
				chosen, ok := Pick{Option: said}.choose(e)
				if !ok {
					problem = fmt.Sprintf("%q cannot be chosen in %s", said, id)
				}
				filled[block] = answer{id: state(e, chosen)}
			}
			if kind(b) == "input" {
				inputs[block] = true
				if _, preset := e["initial_option"]; !given && m["optional"] != true && !preset && e["initial_value"] == nil {
					problem = fmt.Sprintf("Slack does not submit without %s", id)
				}
			}
		})
	}
	if problem != "" {
		w.mu.Unlock()
		return w.wrong("%s", problem)
	}
	payload := w.base("view_submission", user)
	shown := w.shownView(v)
	shown["state"] = answer{"values": filled}
	payload["view"], payload["response_urls"], payload["trigger_id"] = shown, []any{}, w.trigger(user, v.ID)
	w.mu.Unlock()
	r := w.interaction(payload)
	if r.OK() {
		w.mu.Lock()
		w.submitted(user, v, r.Body, inputs)
		w.change()
		w.mu.Unlock()
	}
	return r
}

// submitted does what the app answered to a submission.
func (w *Workspace) submitted(user string, v *view, body []byte, inputs map[string]bool) {
	const what = "answer to view_submission"
	if len(strings.TrimSpace(string(body))) == 0 {
		w.drop(user, v.ID)
		return
	}
	d, err := decode(body)
	m, ok := d.(map[string]any)
	if err != nil || !ok {
		w.fault("%s: not a JSON object", what)
		return
	}
	if len(m) == 0 {
		w.drop(user, v.ID)
		return
	}
	switch m["response_action"] {
	case "clear":
		w.closeViews(user)
	case "errors":
		errs, _ := m["errors"].(map[string]any)
		if len(errs) == 0 {
			w.fault("%s: no errors", what)
		}
		for block, e := range errs {
			if s, ok := e.(string); !ok || s == "" || !inputs[block] {
				w.fault("%s: errors: %q is no input with words about it", what, block)
			}
		}
	case "update", "push":
		next, no := w.checkView(what, "/view", m["view"], false)
		if no != nil {
			return
		}
		if m["response_action"] == "update" {
			w.fillView(v, next)
			return
		}
		_, _ = w.push(what, user, next) // a fault is kept
	default:
		w.fault("%s: response_action %v", what, m["response_action"])
	}
}

// CloseView closes a modal. The app hears of it if it asked to.
func (w *Workspace) CloseView(user string, on View) Reply {
	w.t.Helper()
	w.mu.Lock()
	v := w.views[on.ID]
	if v == nil || v.closed || v.Home {
		w.mu.Unlock()
		return w.wrong("the modal %s is not open", on.ID)
	}
	w.drop(user, v.ID)
	payload := w.base("view_closed", user)
	payload["view"], payload["is_cleared"] = w.shownView(v), false
	tell := v.all["notify_on_close"] == true
	w.mu.Unlock()
	if !tell {
		return Reply{w: w}
	}
	return w.interaction(payload)
}

// Shortcut chooses a global shortcut of the app.
// https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
func (w *Workspace) Shortcut(user, callbackID string) Reply {
	w.mu.Lock()
	payload := w.base("shortcut", user)
	payload["callback_id"], payload["trigger_id"], payload["action_ts"] = callbackID, w.trigger(user, ""), w.ts()
	w.mu.Unlock()
	r := w.interaction(payload)
	w.ignored("shortcut", r)
	return r
}

// MessageAction chooses a shortcut of the app on anybody's message.
func (w *Workspace) MessageAction(user, callbackID, channel, ts string) Reply {
	w.t.Helper()
	w.mu.Lock()
	p := w.find(channel, ts)
	if p == nil || p.To != "" {
		w.mu.Unlock()
		return w.wrong("there is no message %s in %s", ts, channel)
	}
	payload := w.base("message_action", user)
	address, u := w.responseURL(user, channel, nil)
	payload["callback_id"], payload["trigger_id"], payload["action_ts"] = callbackID, w.trigger(user, ""), w.ts()
	payload["message_ts"], payload["message"], payload["response_url"] = ts, w.shown(p), address
	payload["channel"] = answer{"id": channel, "name": w.channelName(w.channel(channel))}
	w.mu.Unlock()
	r := w.interaction(payload)
	r.url, r.ResponseURL = u, address
	w.ignored("message_action", r)
	return r
}
