package discordtest

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// flags that a message can be sent with, and what they are.
// https://docs.discord.com/developers/resources/message#message-object-message-flags
const (
	suppressEmbeds = 1 << 2
	ephemeral      = 1 << 6
	silent         = 1 << 12
	componentsV2   = 1 << 15
)

func (c *checker) message(at string, m object) {
	dot := ""
	if at != "" {
		dot = at + "."
	}
	c.ids, c.files, c.shown = map[string]string{}, map[string]bool{}, map[string]bool{}
	c.known(at, m, "content", "embeds", "components", "flags", "allowed_mentions", "attachments", "tts", "nonce", "enforce_nonce", "message_reference")
	if !reflect.DeepEqual(m["allowed_mentions"], object{"parse": []any{}}) {
		c.faultf(dot+"allowed_mentions", "must allow none")
	}
	flags := int64(0)
	if m["flags"] != nil {
		flags = c.number(dot+"flags", m["flags"], 0, 1<<20)
		if flags&^(suppressEmbeds|ephemeral|silent|componentsV2) != 0 {
			c.faultf(dot+"flags", "%d has flags that cannot be set", flags)
		}
	}
	c.v2 = flags&componentsV2 != 0
	c.attachments(dot+"attachments", m["attachments"])
	if m["content"] != nil {
		c.words(dot+"content", m["content"], 0, 2000)
	}
	if m["embeds"] != nil {
		c.embeds(dot+"embeds", m["embeds"])
	}
	if m["components"] != nil {
		c.top(dot+"components", m["components"])
	}
	switch {
	case c.v2 && (m["content"] != nil || m["embeds"] != nil):
		c.faultf(at, "has content or embeds beside IS_COMPONENTS_V2")
	case c.v2 && m["components"] == nil, m["content"] == nil && m["embeds"] == nil && m["components"] == nil:
		c.faultf(at, "is empty")
	}
	for _, name := range slices.Sorted(maps.Keys(c.files)) {
		if c.v2 && !c.shown[name] {
			c.faultf(dot+"attachments", "%s is not shown by any component", name)
		}
	}
}

// https://docs.discord.com/developers/resources/message#attachment-object
func (c *checker) attachments(at string, v any) {
	if v == nil {
		return
	}
	for i, e := range c.list(at, v, 0, 10) {
		at := fmt.Sprintf("%s[%d]", at, i)
		o := c.object(at, e)
		c.known(at, o, "id", "filename", "description")
		c.number(at+".id", o["id"], 0, 9)
		c.files[c.words(at+".filename", o["filename"], 1, 260)] = true
		c.words(at+".description", o["description"], 1, 1024)
	}
}

// https://docs.discord.com/developers/resources/message#embed-object-embed-limits
func (c *checker) embeds(at string, v any) {
	total := 0
	for i, e := range c.list(at, v, 0, 10) {
		at := fmt.Sprintf("%s[%d]", at, i)
		o := c.object(at, e)
		c.known(at, o, "title", "description", "color")
		if o["title"] != nil {
			total += characters(c.words(at+".title", o["title"], 1, 256))
		}
		total += characters(c.words(at+".description", o["description"], 1, 4096))
	}
	if total > 6000 {
		c.faultf(at, "have %d characters together, of at most 6000", total)
	}
}

// top checks the components of a message.
func (c *checker) top(at string, v any) {
	most := 40
	if !c.v2 {
		most = 5
	}
	for i, e := range c.list(at, v, 1, most) {
		at := fmt.Sprintf("%s[%d]", at, i)
		if c.v2 {
			c.component(at, e, row, section, text, gallery, separator, container)
		} else {
			c.component(at, e, row)
		}
	}
	if c.v2 && c.components > 40 {
		c.faultf(at, "are %d with those in them, of at most 40", c.components)
	}
	if c.text > 4000 {
		c.faultf(at, "have %d characters of text together, of at most 4000", c.text)
	}
}

// mentioned are the beginnings of what Discord reads as a mention, a time, a
// command or an emoji.
var mentioned = []string{"<@", "<#", "<:", "<a:", "<t:", "</", "<id:", "@everyone", "@here"}

// markdown checks text that is shown as markdown: nothing of an answer is a
// mention, so that none may stand there.
func (c *checker) markdown(at string, s string) {
	for _, m := range mentioned {
		if strings.Contains(s, m) {
			c.faultf(at, "has %s", m)
		}
	}
}
