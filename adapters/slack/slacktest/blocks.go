package slacktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A surface is where blocks are shown.
type surface string

const (
	message surface = "message"
	modal   surface = "modal"
	home    surface = "home"
)

// maxText is how much text the blocks of one message hold: measured, a
// message over it is answered msg_blocks_too_long.
const maxText = 13200

// Which blocks each surface takes:
// https://docs.slack.dev/reference/block-kit/blocks.
var (
	anywhere = []string{"actions", "context", "divider", "header", "image", "rich_text", "section", "video"}
	allowed  = map[surface][]string{
		message: slices.Concat(anywhere, []string{"card", "carousel", "container", "context_actions", "data_table", "data_visualization",
			"file", "layout", "markdown", "plan", "table", "task_card"}),
		modal: slices.Concat(anywhere, []string{"alert", "input"}),
		home:  slices.Concat(anywhere, []string{"input"}),
	}
	inContainer = []string{"actions", "context", "divider", "file", "header", "image", "layout", "rich_text", "section", "table", "video"}
	inFallback  = []string{"context", "divider", "header", "image", "rich_text", "section", "table", "video"}
	inLayout    = slices.Concat(inFallback, []string{"actions", "card", "carousel", "container", "data_table", "data_visualization", "file"})
)

// CheckMessage reports every rule of Slack that a message breaks. The message
// is a JSON object with the arguments of chat.postMessage, or of a response to
// a command: text, blocks and whatever goes with them. No fault is nil.
func CheckMessage(raw []byte) []Fault {
	c := newChecker(message)
	v, err := decode(raw)
	if err != nil {
		c.faultf("", "must be JSON: %v", err)
		return c.faults
	}
	if m, ok := v.(map[string]any); ok {
		c.message(m)
	} else {
		c.faultf("", "must provide an object")
	}
	return c.faults
}

// CheckView reports every rule of Slack that a modal or a Home tab breaks.
// The view is the JSON object that goes into views.open or views.publish. No
// fault is nil. https://docs.slack.dev/reference/views
func CheckView(raw []byte) []Fault {
	c := newChecker(modal)
	v, err := decode(raw)
	if err != nil {
		c.faultf("", "must be JSON: %v", err)
		return c.faults
	}
	c.view("", v, len(raw))
	return c.faults
}

func newChecker(on surface) *checker {
	return &checker{on: on, code: "invalid_arguments", count: map[string]int{}, blocks: map[string]string{}}
}

// as makes the faults of what check reports answer with their own error.
func (c *checker) as(code string, check func()) {
	before := c.code
	c.code = code
	check()
	c.code = before
}

func (c *checker) message(m map[string]any) {
	given := map[string]any{}
	for name, v := range m {
		// A null argument is no argument.
		if v != nil && !(name == "metadata" && emptyMetadata(v)) {
			given[name] = v
		}
	}
	c.object("", given, nil, fields{
		"text": c.messageText, "blocks": c.messageBlocks, "attachments": attachments, "metadata": metadata,
		"channel": str(1, 255), "user": str(1, 255), "ts": timestamp, "thread_ts": timestamp, "reply_broadcast": boolean,
		"mrkdwn": boolean, "parse": is("none", "full", "client"), "link_names": boolean, "unfurl_links": boolean, "unfurl_media": boolean,
		"username": str(1, 80), "icon_url": link, "icon_emoji": str(1, 255), "as_user": boolean,
		"markdown_text": str(1, 12000),
		"response_type": is("ephemeral", "in_channel"), "replace_original": boolean, "delete_original": boolean,
	})
	if _, ok := given["markdown_text"]; ok && (given["text"] != nil || given["blocks"] != nil) {
		c.as("markdown_text_conflict", func() { c.faultf("/markdown_text", "must not be with text or blocks") })
	}
	if c.text > maxText {
		c.as("msg_blocks_too_long", func() {
			c.faultf("/blocks", "no more than %d characters allowed in all blocks, not %d", maxText, c.text)
		})
	}
}

// messageText takes up to 40,000 characters: Slack cuts what is longer.
// https://docs.slack.dev/changelog/2018-truncating-really-long-messages
func (c *checker) messageText(_ *checker, at string, v any) {
	s, ok := v.(string)
	if !ok {
		c.faultf(at, "must provide a string")
		return
	}
	if n := utf8.RuneCountInString(s); n > 40000 {
		c.as("msg_too_long", func() { c.faultf(at, "must be less than 40001 characters") })
	}
}

func (c *checker) messageBlocks(_ *checker, at string, v any) {
	if _, ok := v.([]any); !ok {
		c.as("invalid_blocks_format", func() { c.faultf(at, "must provide an array") })
		return
	}
	c.as("invalid_blocks", func() { list(0, 50, block(allowed[message]))(c, at, v) })
}

func (c *checker) view(at string, v any, size int) {
	m, _ := v.(map[string]any)
	must := fields{"type": is("modal", "home")}
	may := fields{"private_metadata": str(0, 3000), "callback_id": str(0, 255), "external_id": str(1, 255)}
	switch kind(v) {
	case "home":
		c.on = home
	default:
		c.on = modal
		must["title"] = text(plain, 24)
		may = with(may, fields{"submit": text(plain, 24), "close": text(plain, 24), "clear_on_close": boolean, "notify_on_close": boolean, "submit_disabled": boolean})
	}
	must["blocks"] = list(1, 100, block(allowed[c.on]))
	c.object(at, v, must, may)
	if c.on == modal && c.count["input"] > 0 && m["submit"] == nil {
		c.faultf(at, "missing required field: submit, as there are inputs")
	}
	if size > 250*1024 {
		c.faultf(at, "no more than 250 KB allowed")
	}
}

// block takes one of the named blocks.
func block(allowed []string) rule {
	return func(c *checker, at string, v any) {
		k := kind(v)
		if !slices.Contains(allowed, k) {
			c.faultf(at, "unsupported type: %q", k)
			return
		}
		c.count[k]++
		c.actions = append(c.actions, map[string]string{})
		c.block(k, at, v)
		c.actions = c.actions[:len(c.actions)-1]
	}
}

func (c *checker) block(k, at string, v any) {
	must, may := fields{"type": is(k)}, fields{"block_id": blockID}
	switch k {
	case "section":
		m := c.object(at, v, must, with(may, fields{"text": text(either, 3000), "fields": list(1, 10, text(either, 2000)),
			"accessory": element(inSection...), "expand": boolean}))
		if m != nil && m["text"] == nil && m["fields"] == nil {
			c.faultf(at, "must define either `text` or `fields`")
		}
	case "header":
		c.object(at, v, with(must, fields{"text": text(plain, 150)}), with(may, fields{"level": integer(1, 4)}))
	case "divider":
		c.object(at, v, must, may)
	case "image":
		m := c.object(at, v, with(must, fields{"alt_text": str(1, 2000)}),
			with(may, fields{"image_url": link, "slack_file": slackFile, "title": text(plain, 2000)}))
		c.oneOf(at, m, "image_url", "slack_file")
	case "context":
		c.object(at, v, with(must, fields{"elements": list(1, 10, contextElement)}), may)
	case "actions":
		c.object(at, v, with(must, fields{"elements": list(1, 25, element(inActions...))}), may)
	case "context_actions":
		c.object(at, v, with(must, fields{"elements": list(1, 5, element(inContextActions...))}), may)
	case "input":
		c.object(at, v, with(must, fields{"label": text(plain, 2000), "element": element(inInput...)}),
			with(may, fields{"hint": text(plain, 2000), "optional": boolean, "dispatch_action": boolean}))
	case "rich_text":
		richText(c, at, v)
	case "markdown":
		before := c.text
		c.object(at, v, with(must, fields{"text": shown(12000)}), may)
		if c.markdown += c.text - before; c.markdown > 12000 && c.text-before <= 12000 {
			c.faultf(at, "no more than 12000 characters allowed in all markdown blocks")
		}
	case "table":
		c.atMost(at, k, 1)
		c.table(at, v)
	case "data_table":
		c.dataTable(at, v)
	case "data_visualization":
		c.atMost(at, k, 2)
		c.chart(at, v)
	default:
		c.rareBlock(k, at, v, must, may)
	}
}

func (c *checker) atMost(at, k string, most int) {
	if c.count[k] > most {
		c.faultf(at, "no more than %d %s blocks allowed", most, k)
	}
}

// rareBlock checks the blocks that few apps send.
func (c *checker) rareBlock(k, at string, v any, must, may fields) {
	switch k {
	case "file":
		c.object(at, v, with(must, fields{"external_id": str(1, 255), "source": is("remote")}), may)
	case "video":
		c.object(at, v, with(must, fields{"title": text(plain, 199), "video_url": link, "thumbnail_url": link, "alt_text": str(1, 2000)}),
			with(may, fields{"title_url": link, "author_name": str(1, 49), "provider_name": str(1, 255), "provider_icon_url": link, "description": text(plain, 199)}))
	case "alert":
		c.object(at, v, with(must, fields{"text": text(either, 3000)}), with(may, fields{"level": is("default", "info", "warning", "error", "success")}))
	case "task_card":
		c.object(at, v, with(must, fields{"task_id": str(1, 255), "title": shown(255)}), with(may, fields{
			"status": is("pending", "in_progress", "complete", "error"), "details": richText, "output": richText,
			"sources": list(1, 100, taskSource), "hide_title": boolean}))
	case "plan":
		c.object(at, v, with(must, fields{"title": shown(255)}), with(may, fields{"tasks": list(1, 50, block([]string{"task_card"}))}))
	case "card":
		c.card(at, v)
	case "carousel":
		c.object(at, v, with(must, fields{"elements": list(1, 10, block([]string{"card"}))}), may)
	case "container":
		m := c.object(at, v, with(must, fields{"child_blocks": c.deeper(list(1, 10, block(inContainer)))}), with(may, fields{
			"title": text(plain, 150), "rich_text_title": richText, "subtitle": text(either, 150), "icon": element("image"),
			"width": is("narrow", "standard", "wide", "full"), "is_collapsible": boolean, "default_collapsed": boolean, "has_header_divider": boolean}))
		if m != nil && m["title"] == nil && m["rich_text_title"] == nil {
			c.faultf(at, "must define either `title` or `rich_text_title`")
		}
	case "layout":
		item := func(c *checker, at string, v any) {
			c.object(at, v, fields{"block": block(inLayout)}, fields{"width": is("narrow", "standard", "wide"), "horizontal_alignment": is("start", middle, "end")})
		}
		row := func(c *checker, at string, v any) {
			c.object(at, v, fields{"items": list(1, 3, item)}, nil)
		}
		c.object(at, v, with(must, fields{"label": str(1, 150), "rows": c.deeper(list(1, 5, row))}),
			with(may, fields{"is_label_visible": boolean, "grid_lines": is("none", "rows", "outer"), "fallback": list(0, 50, block(inFallback))}))
	default:
		c.faultf(at, "unsupported type: %q", k)
	}
}

// deeper takes what is inside a container or a layout, two levels at most.
func (c *checker) deeper(inside rule) rule {
	return func(c *checker, at string, v any) {
		c.depth++
		if c.depth > 2 {
			c.faultf(at, "no more than 2 levels of containers and layouts allowed")
		}
		inside(c, at, v)
		c.depth--
	}
}

func (c *checker) card(at string, v any) {
	icon := func(c *checker, at string, v any) {
		c.object(at, v, fields{"type": is("icon"), "name": str(1, 255)}, nil)
	}
	m := c.object(at, v, fields{"type": free}, fields{"block_id": blockID, "hero_image": element("image"), "icon": element("image"), "slack_icon": icon,
		"title": text(either, 150), "subtitle": text(either, 150), "body": text(either, 200), "subtext": text(either, 150),
		"actions": list(1, 2, element("button"))})
	if m["icon"] != nil && m["slack_icon"] != nil {
		c.faultf(at, "must define only one of: icon, slack_icon")
	}
	if m != nil && m["title"] == nil && m["body"] == nil && m["hero_image"] == nil && m["actions"] == nil {
		c.faultf(at, "must define at least one of: hero_image, title, actions, body")
	}
}

func taskSource(c *checker, at string, v any) {
	c.object(at, v, fields{"type": is("url"), "url": link, "text": shown(255)}, nil)
}

func contextElement(c *checker, at string, v any) {
	switch kind(v) {
	case "image":
		c.element("image", at, v)
	case plain, mrkdwn:
		text(either, 3000)(c, at, v)
	default:
		c.faultf(at, "unsupported type: %q", kind(v))
	}
}

// blockID takes a block_id that the message or view has not had yet.
func blockID(c *checker, at string, v any) {
	str(1, 255)(c, at, v)
	id, ok := v.(string)
	if !ok {
		return
	}
	if first, ok := c.blocks[id]; ok {
		c.faultf(at, "block_id %q already exists at %s", id, first)
	}
	c.blocks[id] = at
}

// timestamp takes the ts of a message, which is a string: as a number it
// would lose digits.
func timestamp(c *checker, at string, v any) {
	if s, ok := v.(string); !ok || !isTimestamp(s) {
		c.faultf(at, "must provide the ts of a message, as a string")
	}
}

func isTimestamp(s string) bool {
	seconds, fraction, ok := strings.Cut(s, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return ok && digits(seconds) && digits(fraction) && len(fraction) == 6
}

// metadata is https://docs.slack.dev/messaging/message-metadata.
func metadata(c *checker, at string, v any) {
	c.as("invalid_metadata_format", func() {
		payload := func(c *checker, at string, v any) {
			if _, ok := v.(map[string]any); !ok {
				c.faultf(at, "must provide an object")
			}
		}
		c.object(at, v, fields{"event_type": str(1, 255), "event_payload": payload}, nil)
	})
}

// emptyMetadata tells metadata that clients send when there is none.
func emptyMetadata(v any) bool {
	m, ok := v.(map[string]any)
	return ok && (m["event_type"] == nil || m["event_type"] == "") && m["event_payload"] == nil
}

// attachments looks into legacy attachments only for their blocks.
func attachments(c *checker, at string, v any) {
	c.as("invalid_attachments", func() {
		list(0, 100, func(c *checker, at string, v any) {
			m, ok := v.(map[string]any)
			if !ok {
				c.faultf(at, "must provide an object")
				return
			}
			if blocks, ok := m["blocks"]; ok {
				list(0, 50, block(allowed[message]))(c, join(at, "blocks"), blocks)
			}
		})(c, at, v)
	})
}

// CheckOptions reports every rule of Slack that an answer to a block_suggestion
// breaks: up to 100 options, or groups of them. No fault is nil.
// https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
func CheckOptions(raw []byte) []Fault {
	c := newChecker(message)
	v, err := decode(raw)
	if err != nil {
		c.faultf("", "must be JSON: %v", err)
		return c.faults
	}
	m := c.object("", v, nil, fields{"options": list(0, 100, option("external_select")), "option_groups": list(0, 100, optionGroup("external_select"))})
	c.oneOf("", m, "options", "option_groups")
	return c.faults
}

// messages are faults in Slack's words.
func messages(faults []Fault) []string {
	all := make([]string, len(faults))
	for i, f := range faults {
		all[i] = f.String()
	}
	return all
}

// compact is v as JSON, with < and > as they are. What was decoded can be
// encoded.
func compact(v any) json.RawMessage {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("slacktest: %v", err))
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
