package discordtest

import (
	"fmt"
	"slices"
	"strings"
)

// types of components that a message of this bot has.
// https://docs.discord.com/developers/components/reference#component-object-component-types
const (
	row       = 1
	button    = 2
	choosing  = 3
	section   = 9
	text      = 10
	thumbnail = 11
	gallery   = 12
	separator = 14
	container = 17
)

// component checks a component that must be of one of the types.
func (c *checker) component(at string, v any, types ...int64) {
	o := c.object(at, v)
	c.components++
	kind := c.number(at+".type", o["type"], 1, 30)
	if !slices.Contains(types, kind) {
		c.faultf(at, "type %d cannot stand here", kind)
		return
	}
	if o["id"] != nil {
		c.number(at+".id", o["id"], 0, 1<<31-1)
	}
	switch kind {
	case row:
		c.known(at, o, "type", "id", "components")
		c.row(at+".components", o["components"])
	case button:
		c.button(at, o)
	case choosing:
		c.choosing(at, o)
	case section:
		c.known(at, o, "type", "id", "components", "accessory")
		for i, e := range c.list(at+".components", o["components"], 1, 3) {
			c.component(fmt.Sprintf("%s.components[%d]", at, i), e, text)
		}
		c.component(at+".accessory", o["accessory"], button, thumbnail)
	case text:
		c.known(at, o, "type", "id", "content")
		s := c.words(at+".content", o["content"], 1, 4000)
		c.text += characters(s)
		c.markdown(at+".content", s)
	case thumbnail:
		c.known(at, o, "type", "id", "media", "description", "spoiler")
		c.media(at, o)
	case gallery:
		c.known(at, o, "type", "id", "items")
		for i, e := range c.list(at+".items", o["items"], 1, 10) {
			at := fmt.Sprintf("%s.items[%d]", at, i)
			item := c.object(at, e)
			c.known(at, item, "media", "description", "spoiler")
			c.media(at, item)
		}
	case separator:
		c.known(at, o, "type", "id", "divider", "spacing")
	case container:
		c.known(at, o, "type", "id", "components", "accent_color", "spoiler")
		for i, e := range c.list(at+".components", o["components"], 1, 39) {
			c.component(fmt.Sprintf("%s.components[%d]", at, i), e, row, text, section, gallery, separator)
		}
	}
}

// row checks what stands in an action row: up to five buttons, or one select.
func (c *checker) row(at string, v any) {
	selects := 0
	for i, e := range c.list(at, v, 1, 5) {
		at := fmt.Sprintf("%s[%d]", at, i)
		c.component(at, e, button, choosing)
		if c.object(at, e)["placeholder"] != nil {
			selects++
		}
	}
	if l, _ := v.([]any); selects > 0 && len(l) > 1 {
		c.faultf(at, "a select stands alone")
	}
}

// https://docs.discord.com/developers/components/reference#button-button-structure
func (c *checker) button(at string, o object) {
	c.known(at, o, "type", "id", "style", "label", "custom_id", "disabled")
	c.number(at+".style", o["style"], 1, 4)
	c.words(at+".label", o["label"], 1, 80)
	c.customID(at, o)
}

// https://docs.discord.com/developers/components/reference#string-select-string-select-structure
func (c *checker) choosing(at string, o object) {
	c.known(at, o, "type", "id", "custom_id", "options", "placeholder", "min_values", "max_values", "disabled")
	c.customID(at, o)
	if o["placeholder"] != nil {
		c.words(at+".placeholder", o["placeholder"], 1, 150)
	}
	seen := map[string]bool{}
	for i, e := range c.list(at+".options", o["options"], 1, 25) {
		at := fmt.Sprintf("%s.options[%d]", at, i)
		option := c.object(at, e)
		c.known(at, option, "label", "value", "description", "default")
		c.words(at+".label", option["label"], 1, 100)
		value := c.words(at+".value", option["value"], 1, 100)
		if option["description"] != nil {
			c.words(at+".description", option["description"], 1, 100)
		}
		if seen[value] {
			c.faultf(at+".value", "%q is there twice", value)
		}
		seen[value] = true
	}
}

func (c *checker) customID(at string, o object) {
	id := c.words(at+".custom_id", o["custom_id"], 1, 100)
	if before, taken := c.ids[id]; taken {
		c.faultf(at+".custom_id", "is that of %s", before)
	}
	c.ids[id] = at
}

func (c *checker) media(at string, o object) {
	m := c.object(at+".media", o["media"])
	url := c.words(at+".media.url", m["url"], 1, 2048)
	name, ok := strings.CutPrefix(url, "attachment://")
	if !ok || !c.files[name] {
		c.faultf(at+".media.url", "%s is no attachment of the message", url)
	}
	c.shown[name] = true
	if o["description"] != nil {
		c.words(at+".description", o["description"], 1, 1024)
	}
}
