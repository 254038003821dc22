package slacktest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"sync"
)

// A Post is a message of a person.
type Post struct {
	User, Channel, TS string
	Thread            string // ts of the root, or ""
	Text              string // as Slack sends it, escaped
	Events            []*Delivery
}

// Root is the thread that an answer belongs to.
func (p Post) Root() string {
	if p.Thread != "" {
		return p.Thread
	}
	return p.TS
}

// Acked reports whether the app has taken all events of the post.
func (p Post) Acked() bool {
	for _, d := range p.Events {
		if !d.Acked() {
			return false
		}
	}
	return true
}

// Wait waits until all events of the post are taken or lost.
func (p Post) Wait() bool {
	for _, d := range p.Events {
		d.w.t.Helper()
		d.Wait()
	}
	return p.Acked()
}

// control are the parts of typed text that Slack does not escape.
var control = regexp.MustCompile(`<(?:[@#!][A-Za-z][^>\n]*|(?:https?|mailto):[^>\n]*)>`)

// typed is text as Slack sends what people type: with &, < and > escaped, but
// for mentions and links.
func typed(s string) string {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
	var b strings.Builder
	last := 0
	for _, at := range control.FindAllStringIndex(s, -1) {
		b.WriteString(escape(s[last:at[0]]))
		b.WriteString(s[at[0]:at[1]])
		last = at[1]
	}
	b.WriteString(escape(s[last:]))
	return b.String()
}

// Command types the slash command with a text. A message in the
// acknowledgement is posted where it was typed.
func (w *Workspace) Command(user, channel, text string) Reply {
	w.mu.Lock()
	u, c := w.user(user), w.channel(channel)
	name := c.Name
	switch c.typ() {
	case "im":
		name = "directmessage"
	case "group":
		name = "privategroup"
	}
	address, ru := w.responseURL(user, channel, nil)
	payload := answer{"token": verification, "team_id": w.Team(), "team_domain": "fake", "channel_id": c.ID, "channel_name": name,
		"user_id": u.ID, "user_name": u.Name, "command": w.o.Command, "text": typed(text), "api_app_id": w.AppID(),
		"is_enterprise_install": "false", "response_url": address, "trigger_id": w.trigger(user, "")}
	w.mu.Unlock()
	r := w.interact(CommandsPath, "slash_commands", func() string {
		form := url.Values{}
		for name, v := range payload {
			form.Set(name, fmt.Sprint(v))
		}
		return form.Encode()
	}, payload)
	r.url, r.ResponseURL = ru, address
	r.TriggerID, _ = payload["trigger_id"].(string)
	if r.OK() {
		ctype := jsonType
		if r.Header != nil {
			ctype = r.Header.Get("Content-Type")
		} else if string(r.Body) == "null" {
			r.Body = nil
		}
		w.mu.Lock()
		w.inline(ru, ctype, r.Body)
		w.change()
		w.mu.Unlock()
	}
	return r
}

// Mention posts a message that begins with a mention of the bot, unless one
// is in the text, as an answer in a thread if one is named. It is one event,
// or two at once: app_mention and, unless Options.MentionsOnly, message. It
// returns when the first attempts are over.
func (w *Workspace) Mention(user, channel, text string, thread ...string) Post {
	if !strings.Contains(text, "<@"+w.Bot()) {
		text = "<@" + w.Bot() + "> " + text
	}
	return w.Say(user, channel, text, thread...)
}

// DM posts a direct message to the bot.
func (w *Workspace) DM(user, text string, thread ...string) Post {
	return w.Say(user, w.DMChannel(user), text, thread...)
}

// Say posts a message in a channel. The app hears of it if the bot is a
// member, and is mentioned or subscribed to messages.
func (w *Workspace) Say(user, channel, text string, thread ...string) Post {
	w.mu.Lock()
	w.user(user)
	c := w.channel(channel)
	p := Post{User: user, Channel: channel, TS: w.ts(), Text: typed(text)}
	if len(thread) > 0 {
		p.Thread = thread[0]
	}
	w.posts = append(w.posts, &post{user: user, Message: Message{Channel: channel, TS: p.TS, Thread: p.Thread, Text: p.Text}})
	event := answer{"type": "message", "user": user, "text": p.Text, "ts": p.TS, "event_ts": p.TS, "channel": channel, "channel_type": c.typ(),
		"team": w.Team(), "client_msg_id": w.id("cf4b53ea-85fd-4ab6-a1a5-0000"), "blocks": spoken(p.Text)}
	if p.Thread != "" {
		event["thread_ts"] = p.Thread
	}
	mentions := strings.Contains(p.Text, "<@"+w.Bot())
	if !c.NoBot {
		if c.im() || !w.o.MentionsOnly {
			p.Events = append(p.Events, w.event(event, c))
		}
		if mentions && !c.im() {
			mention := answer{}
			for name, v := range event {
				if name != "channel_type" {
					mention[name] = v
				}
			}
			mention["type"] = "app_mention"
			p.Events = append(p.Events, w.event(mention, c))
		}
	}
	w.change()
	w.mu.Unlock()
	var first sync.WaitGroup
	for _, d := range p.Events {
		first.Go(d.send)
	}
	first.Wait()
	return p
}

// spoken is text as the blocks of a message that a person wrote.
func spoken(text string) []any {
	var elements []any
	plain := func(s string) {
		if s != "" {
			elements = append(elements, answer{"type": "text", "text": strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)})
		}
	}
	last := 0
	for _, at := range control.FindAllStringIndex(text, -1) {
		plain(text[last:at[0]])
		inside, _, _ := strings.Cut(text[at[0]+1:at[1]-1], "|")
		switch inside[0] {
		case '@':
			elements = append(elements, answer{"type": "user", "user_id": inside[1:]})
		case '#':
			elements = append(elements, answer{"type": "channel", "channel_id": inside[1:]})
		case '!':
			elements = append(elements, answer{"type": "broadcast", "range": inside[1:]})
		default:
			elements = append(elements, answer{"type": "link", "url": inside})
		}
		last = at[1]
	}
	plain(text[last:])
	if len(elements) == 0 {
		return nil
	}
	return []any{answer{"type": "rich_text", "block_id": "spoken", "elements": []any{answer{"type": "rich_text_section", "elements": elements}}}}
}

// event wraps an event for the app. The caller holds w.mu.
func (w *Workspace) event(inner any, c *Channel) *Delivery {
	d := &Delivery{w: w, EventID: w.id("Ev")}
	outer := answer{"token": verification, "team_id": w.Team(), "context_team_id": w.Team(), "context_enterprise_id": nil, "api_app_id": w.AppID(),
		"event": inner, "type": "event_callback", "event_id": d.EventID, "event_time": w.o.Now().Unix(), "event_context": "4-eyJldCI6Im1lc3NhZ2UifQ",
		"authorizations":        []any{answer{"enterprise_id": nil, "team_id": w.Team(), "user_id": w.Bot(), "is_bot": true, "is_enterprise_install": false}},
		"is_ext_shared_channel": c != nil && c.Shared}
	d.Body = compact(outer)
	return d
}

// Send sends any inner event, with retries, and returns when the first
// attempt is over. A message with a channel and a ts is one that can be
// answered.
func (w *Workspace) Send(event any) *Delivery {
	var head struct {
		Type    string `json:"type"`
		Channel any    `json:"channel"`
		User    any    `json:"user"`
		Text    any    `json:"text"`
		TS      any    `json:"ts"`
		Thread  any    `json:"thread_ts"`
	}
	_ = json.Unmarshal(compact(event), &head)
	str := func(v any) string { s, _ := v.(string); return s }
	w.mu.Lock()
	var c *Channel
	if id := str(head.Channel); id != "" {
		c = w.channel(id)
		if str(head.User) != "" {
			w.user(str(head.User))
		}
		if ts := str(head.TS); isTimestamp(ts) && w.find(id, ts) == nil {
			w.posts = append(w.posts, &post{user: str(head.User), Message: Message{Channel: id, TS: ts, Thread: str(head.Thread), Text: str(head.Text)}})
		}
	}
	d := w.event(event, c)
	w.mu.Unlock()
	d.send()
	return d
}

// OpenHome opens the app's Home ("home") or Messages ("messages") tab.
func (w *Workspace) OpenHome(user, tab string) *Delivery {
	w.mu.Lock()
	w.user(user)
	event := answer{"type": "app_home_opened", "user": user, "channel": w.DMChannel(user), "tab": tab, "event_ts": w.ts()}
	if v := w.views[w.homes[user]]; v != nil && tab == "home" {
		event["view"] = w.shownView(v)
	}
	d := w.event(event, w.channels[w.DMChannel(user)])
	w.mu.Unlock()
	d.send()
	return d
}

// Verify asks the app for its challenge, as Slack does when the address of
// events is set: https://docs.slack.dev/reference/events/url_verification.
func (w *Workspace) Verify() Reply {
	challenge := w.id("3eZbrw1aBm2rZgRNFdxV")
	r := w.Deliver(Request{Path: EventsPath, ContentType: jsonType,
		Body: compact(answer{"token": verification, "challenge": challenge, "type": "url_verification"})})
	w.late(EventsPath, r)
	said := strings.TrimSpace(string(r.Body))
	if strings.HasPrefix(r.Header.Get("Content-Type"), jsonType) {
		var body struct{ Challenge string }
		_ = json.Unmarshal(r.Body, &body)
		said = body.Challenge
	}
	if said != challenge {
		w.faultf("%s: the challenge was not answered", EventsPath)
	}
	return r
}

// RateLimited tells the app that it missed events:
// https://docs.slack.dev/reference/events/app_rate_limited.
func (w *Workspace) RateLimited() *Delivery {
	d := &Delivery{w: w}
	d.Body = compact(answer{"token": verification, "type": "app_rate_limited", "team_id": w.Team(), "minute_rate_limited": w.o.Now().Unix() / 60 * 60, "api_app_id": w.AppID()})
	d.send()
	return d
}
