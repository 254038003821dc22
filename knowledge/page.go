package knowledge

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// MaxPage is the largest page in bytes that is read: a page of prose has a
// few thousand, and Markdown can be nested so that reading takes the square of
// its length.
const MaxPage = 64 << 10

// Page is one file of roles/, before it is laid into a Catalog.
type Page struct {
	ID       string // from the file's name
	Title    string
	Category string
	Level    string
	Tier     string
	Aliases  []string
	Levels   []string
	Work     Work
	Reviewed string
	Reviewer string
	Prose    string
	Hide     bool // a company's page that takes a role away
	Sections []Section

	file  string
	lines map[string]int // of the front matter's keys
}

// The closed sets of the front matter.
var (
	pageKeys    = []string{"title", "category", "level", "tier", "aliases", "levels", "work", "reviewed", "reviewer", "prose", "hide"}
	levelNames  = []string{"junior", "mid", "senior", "lead", "manager", "executive"}
	tierNames   = []string{"core", "extended"}
	amountNames = []string{"none", "some", "much"}
)

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// maxID keeps ids short enough for a button.
const maxID = 60

// ParsePage reads the page in data, whose file is called name. The page is
// returned as far as it could be read; faults say what could not.
func ParsePage(name string, data []byte) (*Page, Faults) {
	c := &collector{file: name}
	p := &Page{ID: strings.TrimSuffix(path.Base(name), ".md"), file: name, lines: map[string]int{}}
	if len(p.ID) > maxID || !idForm.MatchString(p.ID) {
		c.errorf(1, "", "the file's name is the role's id: lower-case letters, digits and single hyphens, at most %d characters, then .md", maxID)
	}
	if len(data) > MaxPage {
		c.errorf(1, "", "the page has %d bytes, more than %d: shorten it", len(data), MaxPage)
		return p, c.faults
	}
	data = normaliseNewlines(data)
	if i := bytes.IndexByte(data, 0); i >= 0 {
		c.errorf(1+bytes.Count(data[:i], []byte("\n")), "", "the page holds a NUL byte: save it as plain text in UTF-8")
	}
	front, body, bodyLine, ok := splitFront(data)
	if !ok {
		c.errorf(1, "", "no front matter: the page begins with a line --- and ends that block with another ---")
	}
	p.readFront(c, front)
	p.Sections = readSections(c, body, bodyLine)
	return p, c.faults
}

func normaliseNewlines(b []byte) []byte {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !bytes.ContainsRune(b, '\r') {
		return b
	}
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
}

// splitFront parts the front matter from the body; bodyLine is the body's
// first line in the file.
func splitFront(data []byte) (front, body []byte, bodyLine int, ok bool) {
	rest, found := bytes.CutPrefix(data, []byte("---\n"))
	if !found {
		return nil, data, 1, false
	}
	if r, found := bytes.CutPrefix(rest, []byte("---\n")); found {
		return nil, r, 3, true
	}
	end := bytes.Index(rest, []byte("\n---\n"))
	if end < 0 {
		if r, found := bytes.CutSuffix(rest, []byte("\n---")); found {
			return r, nil, 2 + bytes.Count(rest, []byte("\n")), true
		}
		return nil, data, 1, false
	}
	front, body = rest[:end+1], rest[end+5:]
	return front, body, 3 + bytes.Count(front, []byte("\n")), true
}

func (p *Page) readFront(c *collector, front []byte) {
	var doc yaml.Node
	if err := yaml.Unmarshal(front, &doc); err != nil {
		line, what := yamlError(front, err)
		c.errorf(line, "", "the front matter is no YAML: %s", what)
		return
	}
	if len(doc.Content) == 0 {
		return
	}
	m := doc.Content[0]
	if m.Kind != yaml.MappingNode {
		c.errorf(2, "", "the front matter must be lines of the form key: value")
		return
	}
	for i := 0; i+1 < len(m.Content); i += 2 {
		key, val := shown(m.Content[i].Value), m.Content[i+1]
		line := m.Content[i].Line + 1 // the line --- stands before it
		if _, twice := p.lines[key]; twice {
			c.errorf(line, key, "stands twice: keep one")
			continue
		}
		p.lines[key] = line
		p.readKey(c, key, val, line)
	}
}

func (p *Page) readKey(c *collector, key string, val *yaml.Node, line int) {
	switch key {
	case "title":
		p.Title = scalar(c, key, val, line)
	case "category":
		p.Category = scalar(c, key, val, line)
	case "level":
		p.Level = oneOf(c, key, val, line, levelNames)
	case "tier":
		p.Tier = oneOf(c, key, val, line, tierNames)
	case "aliases":
		p.Aliases = stringList(c, key, val, line)
	case "levels":
		p.Levels = stringList(c, key, val, line)
	case "work":
		p.readWork(c, val, line)
	case "reviewed":
		p.Reviewed = scalar(c, key, val, line)
		if _, err := time.Parse(time.DateOnly, p.Reviewed); err != nil && p.Reviewed != "" {
			c.errorf(line, key, "%q is no date: write it as 2026-11-24", p.Reviewed)
		}
	case "reviewer":
		p.Reviewer = scalar(c, key, val, line)
	case "prose":
		p.Prose = scalar(c, key, val, line)
	case "hide":
		switch v := scalar(c, key, val, line); v {
		case "true":
			p.Hide = true
		case "false":
		default:
			c.errorf(line, key, "%q must be true or false", v)
		}
	default:
		unknownWord(c, line, key, "key", pageKeys)
	}
}

// shown is a word of the page as a fault may show it.
func shown(word string) string {
	word = PlainText(word)
	if r := []rune(word); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return word
}

func unknownWord(c *collector, line int, word, what string, known []string) {
	if near := NearestWord(word, known); near != "" {
		c.errorf(line, word, "unknown %s: did you mean %s?", what, near)
		return
	}
	c.errorf(line, word, "unknown %s: known are %s", what, strings.Join(known, ", "))
}

func (p *Page) readWork(c *collector, val *yaml.Node, line int) {
	if val.Kind != yaml.MappingNode {
		c.errorf(line, "work", "must be a block of lines such as coding: much")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(val.Content); i += 2 {
		key, v, line := shown(val.Content[i].Value), val.Content[i+1], val.Content[i].Line+1
		at := slices.Index(Traits[:], key)
		if at < 0 {
			unknownWord(c, line, key, "kind of work", Traits[:])
			continue
		}
		if seen[key] {
			c.errorf(line, "work."+key, "stands twice: keep one")
			continue
		}
		seen[key] = true
		switch oneOf(c, "work."+key, v, line, amountNames) {
		case "none":
			p.Work[at] = No
		case "some":
			p.Work[at] = Some
		case "much":
			p.Work[at] = Much
		}
	}
}

func scalar(c *collector, key string, val *yaml.Node, line int) string {
	if val.Kind != yaml.ScalarNode {
		c.errorf(line, key, "must be one value on the line")
		return ""
	}
	return PlainText(val.Value)
}

func oneOf(c *collector, key string, val *yaml.Node, line int, known []string) string {
	v := scalar(c, key, val, line)
	if v != "" && !slices.Contains(known, v) {
		c.errorf(line, key, "%q must be one of %s", v, strings.Join(known, ", "))
		return ""
	}
	return v
}

func stringList(c *collector, key string, val *yaml.Node, line int) []string {
	if val.Kind == yaml.ScalarNode && val.Tag == "!!null" {
		return nil
	}
	if val.Kind != yaml.SequenceNode {
		c.errorf(line, key, "must be a list: one line each, beginning with a hyphen")
		return nil
	}
	var out []string
	for _, n := range val.Content {
		switch s := scalar(c, key, n, n.Line+1); {
		case s != "":
			out = append(out, s)
		case n.Kind == yaml.ScalarNode:
			c.errorf(n.Line+1, key, "an empty entry: remove it")
		}
	}
	return out
}

var (
	yamlLine = regexp.MustCompile(`line (\d+): `)
	// yamlShort are the faults whose line the library counts from nought.
	yamlShort = regexp.MustCompile(`did not find expected (?:key|node|',|'-|<)`)
)

// yamlError is what is wrong with the front matter and at which line of the
// page, as near as the library says.
func yamlError(front []byte, err error) (line int, what string) {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	line = 2
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1]) // the form holds
		line = n + 1
		if yamlShort.MatchString(text) {
			line++
		}
	}
	for i, l := range bytes.Split(front, []byte("\n")) {
		if !utf8.Valid(l) {
			line = i + 2 // the library names no line for it
			break
		}
	}
	return min(line, 1+max(1, bytes.Count(front, []byte("\n")))), yamlLine.ReplaceAllString(text, "")
}

// Format writes the page in the form that [ParsePage] reads: reading it back
// gives the same page.
func (p *Page) Format() []byte {
	var b bytes.Buffer
	b.WriteString("---\n")
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, yamlScalar(value))
		}
	}
	list := func(key string, values []string) {
		if len(values) == 0 {
			return
		}
		fmt.Fprintf(&b, "%s:\n", key)
		for _, v := range values {
			fmt.Fprintf(&b, "  - %s\n", yamlScalar(v))
		}
	}
	line("title", p.Title)
	line("category", p.Category)
	line("level", p.Level)
	line("tier", p.Tier)
	list("aliases", p.Aliases)
	list("levels", p.Levels)
	if p.Work != (Work{}) {
		b.WriteString("work:\n")
		for i, a := range p.Work {
			if a != Unsaid {
				fmt.Fprintf(&b, "  %s: %s\n", Traits[i], a)
			}
		}
	}
	line("reviewed", p.Reviewed)
	line("reviewer", p.Reviewer)
	line("prose", p.Prose)
	if p.Hide {
		line("hide", "true")
	}
	b.WriteString("---\n")
	for _, s := range p.Sections {
		fmt.Fprintf(&b, "\n## %s\n", escapeMarkdown(s.Heading))
		formatBlocks(&b, s.Blocks)
	}
	return b.Bytes()
}

// yamlScalar quotes what YAML would read as something other than this string.
func yamlScalar(s string) string {
	out, err := yaml.Marshal(s)
	if err != nil {
		return fmt.Sprintf("%q", s)
	}
	t := strings.TrimSuffix(string(out), "\n")
	if strings.Contains(t, "\n") {
		return fmt.Sprintf("%q", s)
	}
	return t
}
