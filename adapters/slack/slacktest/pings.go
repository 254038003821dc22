package slacktest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// What Slack reads as more than text:
// https://docs.slack.dev/messaging/formatting-message-text#advanced.
var (
	angled  = regexp.MustCompile(`<(![a-z]+|@[A-Z]|#[A-Z]|https?:|mailto:|tel:)[^>\n]*>`)
	bare    = regexp.MustCompile(`(?i)\bhttps?://[^\s<>|]+`)
	named   = regexp.MustCompile(`(^|[\s(])@(here|channel|everyone)\b`)
	channel = regexp.MustCompile(`(^|[\s(])#[a-z0-9_-]+`)
)

// Pings reports everything in a message or view that would notify somebody or
// that people could follow, each as "pointer: kind what". The kinds are
// broadcast, user, usergroup, channel and link; an address that is only text is a
// link when the message lets Slack unfurl it. Only the fields that Slack
// formats are read: plain_text, raw_text and the addresses of buttons never
// notify. What is not JSON has no pings.
func Pings(raw []byte) []string {
	v, err := decode(raw)
	if err != nil {
		return nil
	}
	m, _ := v.(map[string]any)
	p := pinger{unfurl: !off(m["unfurl_links"]) || !off(m["unfurl_media"])}
	p.names = m["parse"] == "full" || on(m["link_names"])
	if s, ok := m["text"].(string); ok && !off(m["mrkdwn"]) {
		p.formatted("/text", s)
	}
	if s, ok := m["markdown_text"].(string); ok {
		p.formatted("/markdown_text", s)
	}
	if m["type"] == nil { // a message, not a view or a block
		delete(m, "text")
		delete(m, "metadata")
	}
	p.names = false
	p.walk("", v)
	return p.found
}

type pinger struct {
	unfurl bool
	names  bool // @here and #general are read too
	found  []string
}

func (p *pinger) add(at, kind, what string) {
	p.found = append(p.found, fmt.Sprintf("%s: %s %s", at, kind, what))
}

func (p *pinger) walk(at string, v any) {
	switch v := v.(type) {
	case []any:
		for i, it := range v {
			p.walk(join(at, i), it)
		}
	case map[string]any:
		p.object(at, v)
		for _, name := range slices.Sorted(maps.Keys(v)) {
			p.walk(join(at, name), v[name])
		}
	case string:
		// Legacy attachments format most of their strings.
		if strings.HasPrefix(at, "/attachments/") && !strings.Contains(at, "/blocks/") {
			p.formatted(at, v)
		}
	}
}

func (p *pinger) object(at string, m map[string]any) {
	s := func(name string) string { s, _ := m[name].(string); return s }
	switch m["type"] {
	case "mrkdwn", "markdown":
		p.formatted(join(at, "text"), s("text"))
	case "user":
		if id := s("user_id"); id != "" {
			p.add(at, "user", id)
		}
	case "usergroup":
		p.add(at, "usergroup", s("usergroup_id"))
	case "channel":
		p.add(at, "channel", s("channel_id"))
	case "broadcast":
		p.add(at, "broadcast", s("range"))
	case "link":
		p.add(at, "link", s("url"))
	}
}

// formatted finds what Slack would read in text that it formats.
func (p *pinger) formatted(at, s string) {
	for _, what := range angled.FindAllString(s, -1) {
		switch {
		case strings.HasPrefix(what, "<!subteam"):
			p.add(at, "usergroup", what)
		case strings.HasPrefix(what, "<!date"):
			// Shown as a date, unless it carries an address.
			if address := bare.FindString(what); address != "" {
				p.add(at, "link", address)
			}
		case what[1] == '!':
			p.add(at, "broadcast", what)
		case what[1] == '@':
			p.add(at, "user", what)
		case what[1] == '#':
			p.add(at, "channel", what)
		default:
			p.add(at, "link", what)
		}
	}
	rest := angled.ReplaceAllString(s, " ")
	if p.unfurl {
		for _, what := range bare.FindAllString(rest, -1) {
			p.add(at, "link", what)
		}
	}
	if p.names {
		for _, what := range named.FindAllString(rest, -1) {
			p.add(at, "broadcast", strings.TrimSpace(what))
		}
		for _, what := range channel.FindAllString(rest, -1) {
			p.add(at, "channel", strings.TrimSpace(what))
		}
	}
}

// on and off read switches as clients write them, in JSON or in a form.
func on(v any) bool {
	s := fmt.Sprint(v)
	return s == "true" || s == "1"
}

func off(v any) bool {
	s := fmt.Sprint(v)
	return s == "false" || s == "0"
}
