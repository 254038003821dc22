package discordtest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// name of a command on the chat input, and of its options.
// https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
var name = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// CheckCommands reports every rule that a list of commands breaks, as it goes
// into Bulk Overwrite Application Commands. No fault is nil.
// https://docs.discord.com/developers/interactions/application-commands
func CheckCommands(raw []byte) []Fault {
	c := &checker{}
	wrapped, ok := c.decode(append(append([]byte(`{"commands":`), raw...), '}'))
	if !ok {
		return c.faults
	}
	seen := map[string]bool{}
	for i, e := range c.list("", wrapped["commands"], 0, 100) {
		at := fmt.Sprintf("[%d]", i)
		o := c.object(at, e)
		key := fmt.Sprint(o["type"], o["name"])
		if seen[key] {
			c.faultf(at, "is there twice")
		}
		seen[key] = true
		c.command(at, o)
	}
	return c.faults
}

func (c *checker) command(at string, o object) {
	if o["type"] != json.Number("1") {
		c.words(at+".name", o["name"], 1, 32)
		if o["description"] != nil && o["description"] != "" || len(c.optional(at, o["options"])) > 0 {
			c.faultf(at, "only commands of the chat input have a description and options")
		}
		return
	}
	if n := c.named(at, o); n > 8000 {
		c.faultf(at, "has %d characters, of at most 8000", n)
	}
	c.options(at, o, 0)
}

// named checks names and descriptions, and counts the characters of the whole.
func (c *checker) named(at string, o object) int {
	n := c.spelt(at+".name", o["name"]) + characters(c.words(at+".description", o["description"], 1, 100))
	for _, field := range []string{"name_localizations", "description_localizations"} {
		for l, v := range c.maybe(at, o[field]) {
			at := at + "." + field + "." + l
			if field == "name_localizations" {
				c.spelt(at, v)
			} else {
				c.words(at, v, 1, 100)
			}
		}
	}
	for i, e := range c.optional(at, o["options"]) {
		n += c.named(fmt.Sprintf("%s.options[%d]", at, i), c.object(at, e))
	}
	for _, e := range c.optional(at, o["choices"]) {
		choice := c.object(at, e)
		n += characters(fmt.Sprint(choice["name"], choice["value"]))
	}
	return n
}

func (c *checker) spelt(at string, v any) int {
	s, _ := v.(string)
	if !name.MatchString(s) || strings.ToLower(s) != s {
		c.faultf(at, "%q is no name of a command", s)
	}
	return characters(s)
}

func (c *checker) maybe(at string, v any) object {
	if v == nil {
		return nil
	}
	return c.object(at, v)
}

func (c *checker) optional(at string, v any) []any {
	if v == nil {
		return nil
	}
	return c.list(at, v, 0, 25)
}

// options checks the options of a command or of a subcommand in it.
func (c *checker) options(at string, o object, depth int) {
	seen := map[any]bool{}
	optional := false
	for i, e := range c.optional(at, o["options"]) {
		at := fmt.Sprintf("%s.options[%d]", at, i)
		opt := c.object(at, e)
		if seen[opt["name"]] {
			c.faultf(at, "%v is there twice", opt["name"])
		}
		seen[opt["name"]] = true
		required, _ := opt["required"].(bool)
		if required && optional {
			c.faultf(at, "what is required comes first")
		}
		optional = optional || !required
		choices := c.optional(at, opt["choices"])
		switch kind := c.number(at+".type", opt["type"], 1, 11); {
		case kind <= 2 && depth+int(2-kind) > 1, kind <= 2 && required:
			c.faultf(at, "a subcommand cannot stand here")
		case kind <= 2:
			c.options(at, opt, depth+1)
		case opt["autocomplete"] == true && len(choices) > 0:
			c.faultf(at, "choices and autocomplete exclude each other")
		}
		for j, ch := range choices {
			choice := c.object(at, ch)
			c.words(fmt.Sprintf("%s.choices[%d].name", at, j), choice["name"], 1, 100)
			c.words(fmt.Sprintf("%s.choices[%d].value", at, j), choice["value"], 1, 100)
		}
		if opt["max_length"] != nil {
			c.number(at+".max_length", opt["max_length"], 1, 6000)
		}
	}
}
