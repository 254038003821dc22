// Package discordtest holds payloads against what Discord documents, for the
// tests of what is sent there. It knows nothing of the adapter's own limits, so
// that a mistake in those is found.
package discordtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A Fault is one rule of Discord that a payload breaks.
type Fault struct {
	Path string // such as data.components[0].content
	Rule string
}

func (f Fault) String() string { return f.Path + ": " + f.Rule }

type object = map[string]any

// checker walks over one payload and collects its faults.
type checker struct {
	faults     []Fault
	v2         bool
	components int
	text       int // characters in text displays
	ids        map[string]string
	files      map[string]bool // names of attachments
	shown      map[string]bool // of these, those that a component shows
}

func (c *checker) faultf(at, format string, args ...any) {
	c.faults = append(c.faults, Fault{at, fmt.Sprintf(format, args...)})
}

// CheckMessage reports every rule that a message breaks, as it goes into
// Create Message, Execute Webhook or the data of a response. No fault is nil.
// Beyond what Discord wants it asks for allowed_mentions that allow none:
// absent, every mention would ping.
// https://docs.discord.com/developers/resources/message#create-message
func CheckMessage(raw []byte) []Fault {
	c := &checker{}
	if v, ok := c.decode(raw); ok {
		c.message("", v)
	}
	return c.faults
}

// CheckResponse reports every rule that the response to an interaction breaks.
// https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
func CheckResponse(raw []byte) []Fault {
	c := &checker{}
	v, ok := c.decode(raw)
	if !ok {
		return c.faults
	}
	c.known("", v, "type", "data")
	data, _ := v["data"].(object)
	switch v["type"] {
	case json.Number("1"):
		if v["data"] != nil {
			c.faultf("data", "a PONG has none")
		}
	case json.Number("4"), json.Number("7"):
		c.message("data", data)
	case json.Number("8"):
		c.known("data", data, "choices")
		for i, ch := range c.list("data.choices", data["choices"], 0, 25) {
			at := fmt.Sprintf("data.choices[%d]", i)
			o := c.object(at, ch)
			c.known(at, o, "name", "value")
			c.words(at+".name", o["name"], 1, 100)
			c.words(at+".value", o["value"], 1, 100)
		}
	default:
		c.faultf("type", "%v is none that is answered with", v["type"])
	}
	return c.faults
}

func (c *checker) decode(raw []byte) (object, bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v object
	if err := d.Decode(&v); err != nil {
		c.faultf("", "is no JSON object: %v", err)
		return nil, false
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		c.faultf("", "has more after its JSON")
	}
	return v, true
}

// characters counts as strictly as Discord may: by UTF-16.
func characters(s string) int { return len(utf16.Encode([]rune(s))) }

// known reports fields that are not of the object.
func (c *checker) known(at string, o object, names ...string) {
	for _, k := range slices.Sorted(maps.Keys(o)) {
		if !slices.Contains(names, k) {
			c.faultf(at, "has an unknown field %s", k)
		}
	}
}

func (c *checker) object(at string, v any) object {
	o, ok := v.(object)
	if !ok {
		c.faultf(at, "must be an object")
	}
	return o
}

func (c *checker) list(at string, v any, least, most int) []any {
	l, ok := v.([]any)
	if !ok || len(l) < least || len(l) > most {
		c.faultf(at, "must be a list of %d to %d, and has %d", least, most, len(l))
	}
	return l
}

// words checks a string.
func (c *checker) words(at string, v any, least, most int) string {
	s, ok := v.(string)
	n := characters(s)
	switch {
	case !ok:
		c.faultf(at, "must be a string")
	case n < least || n > most:
		c.faultf(at, "must have %d to %d characters, and has %d", least, most, n)
	case least > 0 && strings.TrimSpace(s) == "":
		c.faultf(at, "is blank")
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		c.faultf(at, "is no text")
	}
	return s
}

func (c *checker) number(at string, v any, least, most int64) int64 {
	n, ok := v.(json.Number)
	i, err := n.Int64()
	if !ok || err != nil || i < least || i > most {
		c.faultf(at, "must be a whole number from %d to %d, and is %v", least, most, v)
	}
	return i
}
