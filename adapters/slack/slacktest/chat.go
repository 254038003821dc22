package slacktest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// A Message is what the app posted, as it stands now.
type Message struct {
	Channel, TS string
	Thread      string // ts of the root that it answers, or ""
	Text        string
	Blocks      json.RawMessage // with the block_id and action_id that Slack adds
	Metadata    json.RawMessage
	Sent        json.RawMessage // what the app sent last, as one JSON object
	To          string          // the only one who sees it; "" is everybody in the channel
	Via         string          // how it came last: chat.postMessage, chat.update, response_url, command …
	Revisions   int             // how often it was changed
	Deleted     bool
}

// A post is a message of a person or of the app.
type post struct {
	Message
	user string // who wrote it
}

// A limit is the time until which a channel takes no further message.
type limit struct {
	last  time.Time
	spent float64
	until time.Time // Retry-After that was said
}

// Messages are the messages of the app in a channel, in the order in which
// they were posted, ephemeral and deleted ones too; in all channels for "".
func (w *Workspace) Messages(channel string) []Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Message
	for _, p := range w.posts {
		if p.user == w.Bot() && (channel == "" || p.Channel == channel) {
			all = append(all, p.Message)
		}
	}
	return all
}

// Thread are the messages of the app in a thread.
func (w *Workspace) Thread(channel, root string) []Message {
	return slices.DeleteFunc(w.Messages(channel), func(m Message) bool { return m.Thread != root })
}

// contents are the arguments that make up a message, as CheckMessage takes
// them: a form's strings become what they say.
func (r *request) contents() map[string]any {
	m := map[string]any{}
	for name, v := range r.args {
		switch name {
		case "blocks", "attachments", "metadata":
			if v, ok := r.value(name); ok {
				m[name] = v
			}
			continue
		case "reply_broadcast", "mrkdwn", "link_names", "unfurl_links", "unfurl_media", "as_user", "replace_original", "delete_original":
			if on(v) || off(v) {
				v = on(v)
			}
		}
		if s, ok := v.(string); ok && s == "" && name != "text" {
			continue // an empty argument of a form is none
		}
		m[name] = v
	}
	return m
}

// checkContents checks a message, whatever way it came.
func (w *Workspace) checkContents(what string, m map[string]any) *refusal {
	c := newChecker(message)
	c.message(m)
	if len(c.faults) > 0 {
		return w.refused(what, c.faults)
	}
	blocks, _ := m["blocks"].([]any)
	attached, _ := m["attachments"].([]any)
	text, _ := m["text"].(string)
	if strings.TrimSpace(text) == "" {
		if len(blocks) == 0 && len(attached) == 0 && m["markdown_text"] == nil {
			w.fault("%s: no_text: a message with neither text nor blocks", what)
			return refuse("no_text")
		}
		if m["markdown_text"] == nil {
			// Slack takes it, but phones and screen readers read the text.
			w.fault("%s: blocks without text: nothing for notifications and screen readers", what)
		}
	}
	return nil
}

// access refuses what the bot may not do in a channel.
func (w *Workspace) access(r *request, id string) (*Channel, *refusal) {
	if strings.HasPrefix(id, "U") || strings.HasPrefix(id, "W") {
		if w.users[id] == nil {
			return nil, refuse("channel_not_found")
		}
		id = w.DMChannel(id)
	}
	c := w.channels[id]
	switch {
	case c == nil, c.NoBot && c.Private:
		return nil, refuse("channel_not_found")
	case c.Archived:
		return nil, refuse("is_archived")
	case c.NoTab && strings.HasPrefix(r.method, "chat."):
		return nil, refuse("messages_tab_disabled")
	case c.NoBot && !(r.method == "chat.postMessage" && w.scope("chat:write.public")):
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

// thread checks the thread that a message goes to.
func (w *Workspace) thread(what, channel, root string) *refusal {
	if root == "" {
		return nil
	}
	p := w.find(channel, root)
	switch {
	case p == nil || p.To != "":
		w.fault("%s: thread_ts %s is no message of %s", what, root, channel)
		return refuse("thread_not_found")
	case p.Thread != "" && p.Thread != root:
		// https://docs.slack.dev/messaging/sending-and-scheduling-messages#threading:
		// the parent's ts, not a reply's.
		w.fault("%s: thread_ts %s is a reply in the thread %s, not its root", what, root, p.Thread)
	}
	return nil
}

func (w *Workspace) find(channel, ts string) *post {
	for _, p := range w.posts {
		if p.Channel == channel && p.TS == ts {
			return p
		}
	}
	return nil
}

// put keeps a new message of the app.
func (w *Workspace) put(channel, to, via string, m map[string]any) *post {
	p := &post{user: w.Bot(), Message: Message{Channel: channel, TS: w.ts(), To: to}}
	p.Thread, _ = m["thread_ts"].(string)
	w.fill(p, via, m)
	p.Revisions = 0
	w.posts = append(w.posts, p)
	w.echo(p, w.shown(p))
	return p
}

// echo tells the app what happened to a message of its own, as it is told of
// everybody's. https://docs.slack.dev/reference/events/message
func (w *Workspace) echo(p *post, event answer) {
	c := w.channels[p.Channel]
	heard := c != nil && !c.NoBot && p.To == "" && (c.im() || !w.o.MentionsOnly)
	if w.o.NoEchoes || !heard || (w.target == "" && w.live() == 0) {
		return
	}
	event["channel"], event["channel_type"], event["event_ts"] = p.Channel, c.typ(), w.ts()
	d := w.event(event, c)
	w.tasks.Go(d.send)
}

// changedMessage echoes a message that was edited or deleted.
func (w *Workspace) changedMessage(p *post, before answer) {
	event := answer{"type": "message", "subtype": "message_changed", "hidden": true, "ts": w.ts(), "message": w.shown(p), "previous_message": before}
	if p.Deleted {
		event["subtype"], event["deleted_ts"] = "message_deleted", p.TS
		delete(event, "message")
	}
	w.echo(p, event)
}

// fill makes a message be what m says.
func (w *Workspace) fill(p *post, via string, m map[string]any) {
	p.Via, p.Sent = via, compact(m)
	p.Text, _ = m["text"].(string)
	if s, ok := m["markdown_text"].(string); ok {
		p.Text = s
	}
	p.Blocks = nil
	if b, ok := m["blocks"].([]any); ok && len(b) > 0 {
		p.Blocks = w.withIDs(b)
	}
	if v := m["metadata"]; v != nil && !emptyMetadata(v) {
		p.Metadata = compact(v)
	}
	p.Revisions++
}

// withIDs is blocks as Slack keeps them: those without block_id and the
// elements without action_id get one.
func (w *Workspace) withIDs(blocks []any) json.RawMessage {
	v, err := decode(compact(blocks)) // a copy
	if err != nil {
		return nil
	}
	w.addIDs(v, false)
	return compact(v)
}

func (w *Workspace) addIDs(v any, inside bool) {
	switch v := v.(type) {
	case []any:
		for _, it := range v {
			w.addIDs(it, inside)
		}
	case map[string]any:
		k := kind(v)
		if !inside && k != "" {
			if v["block_id"] == nil {
				v["block_id"] = w.id("b")
			}
		} else if slices.Contains(inActions, k) || slices.Contains(inInput, k) || slices.Contains(inContextActions, k) {
			if v["action_id"] == nil {
				v["action_id"] = w.id("a")
			}
		}
		for name, below := range v {
			switch name {
			case "child_blocks", "fallback", "block":
				w.addIDs(below, false)
			default:
				w.addIDs(below, inside || name != "elements" || k != "carousel")
			}
		}
	}
}

// shown is a message as the Web API and events show it.
func (w *Workspace) shown(p *post) answer {
	a := answer{"type": "message", "ts": p.TS, "text": p.Text, "user": p.user, "team": w.Team()}
	if p.user == w.Bot() {
		a["bot_id"], a["app_id"] = w.BotID(), w.AppID()
		a["bot_profile"] = answer{"id": w.BotID(), "app_id": w.AppID(), "name": w.users[w.Bot()].Name, "team_id": w.Team()}
	}
	if p.Thread != "" {
		a["thread_ts"] = p.Thread
	}
	if p.Blocks != nil {
		a["blocks"] = p.Blocks
	}
	return a
}

func (w *Workspace) postMessage(r *request) (answer, *refusal) {
	if no := w.want(r, "channel"); no != nil {
		return nil, no
	}
	c, no := w.access(r, r.str("channel"))
	if no != nil {
		return nil, no
	}
	m := r.contents()
	if no := w.checkContents(r.method, m); no != nil {
		return nil, no
	}
	if no := w.thread(r.method, c.ID, r.str("thread_ts")); no != nil {
		return nil, no
	}
	if no := w.limit(c.ID); no != nil {
		return nil, no
	}
	p := w.put(c.ID, "", r.method, m)
	return answer{"channel": c.ID, "ts": p.TS, "message": w.shown(p)}, nil
}

// limit refuses a message that comes too soon after the ones before.
func (w *Workspace) limit(channel string) *refusal {
	if w.o.PostInterval <= 0 {
		return nil
	}
	now := w.o.Now()
	l := w.limits[channel]
	if l == nil {
		l = &limit{last: now}
		w.limits[channel] = l
	}
	if now.Before(l.until) {
		w.fault("chat.postMessage: posted to %s again before Retry-After was over", channel)
	}
	l.spent = max(0, l.spent-float64(now.Sub(l.last))/float64(w.o.PostInterval))
	l.last = now
	if l.spent+1 > float64(w.o.PostBurst) {
		wait := time.Duration((l.spent + 1 - float64(w.o.PostBurst)) * float64(w.o.PostInterval))
		seconds := int((wait + time.Second - 1) / time.Second)
		l.until = now.Add(time.Duration(seconds) * time.Second)
		return &refusal{code: "ratelimited", more: answer{"retry_after": seconds}}
	}
	l.spent++
	return nil
}

func (w *Workspace) postEphemeral(r *request) (answer, *refusal) {
	if no := w.want(r, "channel", "user"); no != nil {
		return nil, no
	}
	c, no := w.access(r, r.str("channel"))
	if no != nil {
		return nil, no
	}
	u := w.users[r.str("user")]
	if u == nil || (c.im() && c.user != u.ID) {
		return nil, refuse("user_not_in_channel")
	}
	m := r.contents()
	if no := w.checkContents(r.method, m); no != nil {
		return nil, no
	}
	if no := w.thread(r.method, c.ID, r.str("thread_ts")); no != nil {
		return nil, no
	}
	p := w.put(c.ID, u.ID, r.method, m)
	return answer{"message_ts": p.TS}, nil
}

// own is a message of the app that can be changed.
func (w *Workspace) own(r *request, not string) (*post, *refusal) {
	if no := w.want(r, "channel", "ts"); no != nil {
		return nil, no
	}
	if !strings.HasPrefix(r.str("channel"), "C") && !strings.HasPrefix(r.str("channel"), "D") && !strings.HasPrefix(r.str("channel"), "G") {
		w.fault("%s: the channel %s is no channel id", r.method, r.str("channel"))
		return nil, refuse("channel_not_found")
	}
	c, no := w.access(r, r.str("channel"))
	if no != nil {
		return nil, no
	}
	p := w.find(c.ID, r.str("ts"))
	switch {
	case p == nil || p.Deleted:
		return nil, refuse("message_not_found")
	case p.To != "":
		w.fault("%s: an ephemeral message has no ts to change it by", r.method)
		return nil, refuse("message_not_found")
	case p.user != w.Bot():
		w.fault("%s: the message is of %s", r.method, p.user)
		return nil, refuse(not)
	}
	return p, nil
}

func (w *Workspace) updateMessage(r *request) (answer, *refusal) {
	p, no := w.own(r, "cant_update_message")
	if no != nil {
		return nil, no
	}
	m := r.contents()
	if no := w.checkContents(r.method, m); no != nil {
		return nil, no
	}
	// Blocks stay only when nothing is said about the contents but attachments.
	kept, before := p.Blocks, w.shown(p)
	w.fill(p, r.method, m)
	if _, said := m["blocks"]; !said && m["text"] == nil {
		p.Blocks = kept
	}
	w.changedMessage(p, before)
	return answer{"channel": p.Channel, "ts": p.TS, "text": p.Text, "message": w.shown(p)}, nil
}

func (w *Workspace) deleteMessage(r *request) (answer, *refusal) {
	p, no := w.own(r, "cant_delete_message")
	if no != nil {
		return nil, no
	}
	p.Deleted = true
	w.changedMessage(p, w.shown(p))
	return answer{"channel": p.Channel, "ts": p.TS}, nil
}

// history is the scope that reads a channel's messages.
func (c *Channel) history() string {
	return map[string]string{"im": "im:history", "group": "groups:history", "channel": "channels:history"}[c.typ()]
}

// conversationsReplies gives a thread, its root first. Metadata is there
// when it is asked for: the app's own always, others' with their scope.
func (w *Workspace) conversationsReplies(r *request) (answer, *refusal) {
	if no := w.want(r, "channel", "ts"); no != nil {
		return nil, no
	}
	c, no := w.access(r, r.str("channel"))
	if no != nil {
		return nil, no
	}
	if !w.scope(c.history()) {
		return nil, w.missing(c.history())
	}
	root := r.str("ts")
	if p := w.find(c.ID, root); p == nil || p.To != "" {
		return nil, refuse("thread_not_found")
	}
	most := 1000
	if s := r.str("limit"); s != "" {
		if _, err := fmt.Sscanf(s, "%d", &most); err != nil || most < 1 {
			w.fault("%s: limit %s", r.method, s)
			return nil, refuse("invalid_limit")
		}
	}
	found := []answer{}
	more := false
	for _, p := range w.posts {
		if p.Channel != c.ID || (p.TS != root && p.Thread != root) || p.To != "" || p.Deleted {
			continue
		}
		if p.TS != root && ((r.str("oldest") != "" && p.TS <= r.str("oldest")) || (r.str("latest") != "" && p.TS >= r.str("latest"))) {
			continue
		}
		if more = len(found) == most; more {
			break
		}
		a := w.shown(p)
		if on(r.str("include_all_metadata")) && p.Metadata != nil && (p.user == w.Bot() || w.scope("metadata.message:read")) {
			a["metadata"] = p.Metadata
		}
		found = append(found, a)
	}
	a := answer{"messages": found, "has_more": more}
	if more {
		a["response_metadata"] = answer{"next_cursor": "bmV4dF90czoxNTEyMDg1ODYxMDAwNTQz"}
	}
	return a, nil
}

func (w *Workspace) conversationsInfo(r *request) (answer, *refusal) {
	if no := w.want(r, "channel"); no != nil {
		return nil, no
	}
	c := w.channels[r.str("channel")]
	if c == nil || c.NoBot && c.Private {
		return nil, refuse("channel_not_found")
	}
	scope := map[string]string{"im": "im:read", "group": "groups:read", "channel": "channels:read"}[c.typ()]
	if !w.scope(scope) {
		return nil, w.missing(scope)
	}
	a := answer{"id": c.ID, "is_im": c.im(), "is_archived": c.Archived}
	if c.im() {
		a["user"] = c.user
	} else {
		maps.Copy(a, answer{"name": c.Name, "is_channel": !c.Private, "is_group": false, "is_private": c.Private, "is_member": !c.NoBot,
			"is_ext_shared": c.Shared, "is_shared": c.Shared})
	}
	return answer{"channel": a}, nil
}

func (w *Workspace) usersInfo(r *request) (answer, *refusal) {
	if no := w.want(r, "user"); no != nil {
		return nil, no
	}
	u := w.users[r.str("user")]
	if u == nil || u.Stranger {
		return nil, refuse("user_not_found")
	}
	return answer{"user": answer{"id": u.ID, "team_id": w.Team(), "name": u.Name, "real_name": u.RealName, "tz": u.TZ, "is_bot": u.Bot, "deleted": u.Deleted,
		"profile": answer{"real_name": u.RealName, "display_name": u.Name}}}, nil
}

// A Reaction is an emoji that the app put on a message.
type Reaction struct{ Channel, TS, Name string }

// Reactions are the emoji that the app put on messages, in order.
func (w *Workspace) Reactions() []Reaction {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.reacted)
}

func (w *Workspace) reactionsAdd(r *request) (answer, *refusal) {
	if no := w.want(r, "channel", "timestamp", "name"); no != nil {
		return nil, no
	}
	c, no := w.access(r, r.str("channel"))
	if no != nil {
		return nil, no
	}
	it := Reaction{c.ID, r.str("timestamp"), r.str("name")}
	switch p := w.find(c.ID, it.TS); {
	case p == nil || p.Deleted || p.To != "":
		return nil, refuse("message_not_found")
	case strings.Contains(it.Name, ":"):
		w.fault("%s: the name %s has colons", r.method, it.Name)
		return nil, refuse("invalid_name")
	case slices.Contains(w.reacted, it):
		return nil, refuse("already_reacted")
	}
	w.reacted = append(w.reacted, it)
	return answer{}, nil
}
