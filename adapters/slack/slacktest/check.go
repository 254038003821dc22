package slacktest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Fault is one rule of Slack that a payload breaks.
type Fault struct {
	Pointer string // RFC 6901 pointer to the value at fault, such as /blocks/0/text/text
	Rule    string // what Slack wants there
	Error   string // the error that Slack's Web API answers, such as invalid_blocks
}

// String is the fault as Slack words it in response_metadata.messages.
func (f Fault) String() string { return fmt.Sprintf("%s [json-pointer:%s]", f.Rule, f.Pointer) }

// A rule reports to the checker what is wrong with the value at a pointer.
type rule func(c *checker, at string, v any)

// fields are rules by the name of the field that they hold for.
type fields map[string]rule

// A checker walks over one payload and collects its faults.
type checker struct {
	on     surface
	code   string // the error of faults that have none of their own
	faults []Fault

	text     int                 // characters of text in all blocks
	markdown int                 // of these, in markdown blocks
	cells    int                 // of these, in cells of tables
	count    map[string]int      // blocks by type, nested ones too
	blocks   map[string]string   // block_id to where it was seen
	actions  []map[string]string // action_id to where it was seen, for each block being walked
	focused  string              // where focus_on_load was seen
	depth    int                 // of containers and layouts
}

func (c *checker) faultf(at, format string, args ...any) {
	c.faults = append(c.faults, Fault{Pointer: at, Rule: fmt.Sprintf(format, args...), Error: c.code})
}

// decode reads exactly one JSON value, with numbers as they are written.
func decode(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return v, nil
}

// object checks that v is an object that has all fields of must, none but
// those of must and may, and each by its rule. It returns the object, or nil.
func (c *checker) object(at string, v any, must, may fields) map[string]any {
	m, ok := v.(map[string]any)
	if !ok {
		c.faultf(at, "must provide an object")
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(must)) {
		if _, ok := m[name]; !ok {
			c.faultf(at, "missing required field: %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		check, ok := must[name]
		if !ok {
			check, ok = may[name]
		}
		switch below := join(at, name); {
		case !ok:
			c.faultf(below, "invalid additional property: %s", name)
		case m[name] == nil:
			c.faultf(below, "must not be null")
		default:
			check(c, below, m[name])
		}
	}
	return m
}

// join appends a name or an index to a JSON pointer.
func join(at string, name any) string {
	return at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(fmt.Sprint(name))
}

// with is the union of sets of fields.
func with(sets ...fields) fields {
	all := fields{}
	for _, s := range sets {
		maps.Copy(all, s)
	}
	return all
}

// middle is Slack's word, in Slack's spelling.
const middle = "center" //nolint:misspell

// free takes any value.
func free(*checker, string, any) {}

// is takes one of the given strings.
func is(words ...string) rule {
	return func(c *checker, at string, v any) {
		if s, ok := v.(string); !ok || !slices.Contains(words, s) {
			c.faultf(at, "must be one of: %s", strings.Join(words, ", "))
		}
	}
}

// str takes a string of least to most characters.
func str(least, most int) rule {
	return func(c *checker, at string, v any) {
		s, ok := v.(string)
		if !ok {
			c.faultf(at, "must provide a string")
			return
		}
		c.length(at, s, least, most)
	}
}

func (c *checker) length(at, s string, least, most int) {
	switch n := utf8.RuneCountInString(s); {
	case n < least:
		c.faultf(at, "must be more than %d characters", least-1)
	case n > most:
		c.faultf(at, "must be less than %d characters", most+1)
	}
}

// shown takes text that people see, of 1 to most characters. It counts against
// the whole.
func shown(most int) rule {
	return func(c *checker, at string, v any) {
		str(1, most)(c, at, v)
		if s, ok := v.(string); ok {
			c.text += utf8.RuneCountInString(s)
		}
	}
}

func boolean(c *checker, at string, v any) {
	if _, ok := v.(bool); !ok {
		c.faultf(at, "must provide a boolean")
	}
}

// integer takes a whole number from least to most.
func integer(least, most int64) rule {
	return func(c *checker, at string, v any) {
		n, ok := v.(json.Number)
		if !ok {
			c.faultf(at, "must provide an integer")
			return
		}
		i, err := n.Int64()
		switch {
		case err != nil:
			c.faultf(at, "must provide an integer")
		case i < least || i > most:
			c.faultf(at, "must be from %d to %d", least, most)
		}
	}
}

func number(c *checker, at string, v any) {
	if _, ok := v.(json.Number); !ok {
		c.faultf(at, "must provide a number")
	}
}

// link takes an absolute address of the web, of up to 3,000 characters.
func link(c *checker, at string, v any) {
	s, _ := v.(string)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.ContainsAny(s, " \t\n<>|") {
		c.faultf(at, "must provide a valid URL")
		return
	}
	c.length(at, s, 1, 3000)
}

// list takes an array of least to most items, each by the same rule.
func list(least, most int, item rule) rule {
	return func(c *checker, at string, v any) {
		items, ok := v.([]any)
		if !ok {
			c.faultf(at, "must provide an array")
			return
		}
		if len(items) < least {
			c.faultf(at, "no less than %d items allowed", least)
		}
		if len(items) > most {
			c.faultf(at, "no more than %d items allowed", most)
		}
		for i, it := range items {
			item(c, join(at, i), it)
		}
	}
}

// oneOf reports unless exactly one of the named fields is there.
func (c *checker) oneOf(at string, m map[string]any, names ...string) {
	n := 0
	for _, name := range names {
		if _, ok := m[name]; ok {
			n++
		}
	}
	if m != nil && n != 1 {
		c.faultf(at, "must define exactly one of: %s", strings.Join(names, ", "))
	}
}

// kind is what an object says that it is.
func kind(v any) string {
	m, _ := v.(map[string]any)
	s, _ := m["type"].(string)
	return s
}
