// Package convert turns other people's files into the form of a catalogue:
// role pages in plain text or Markdown, and HR's ladders and pay bands in CSV.
package convert

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"careerbot/knowledge"
)

// maxFile is the largest file in bytes that is read.
const maxFile = 1 << 20

// maxTitle is the longest title in bytes: the page's file is named by it.
const maxTitle = 60

// maxLine is the longest line in bytes of a plain page: a paragraph of the
// longest pages seen has two thousand.
const maxLine = 16 << 10

// Page reads a role page: Markdown when the file's name ends in .md, else the
// plain form. The plain form is a line with the category, a line with the
// title, then sections: a line that is one of the catalogue's headings, and
// paragraphs. category is used when the file names none; it may be "".
//
// The page is nil when a fault is an error; warnings say what was read with
// care and what the page lacks.
func Page(name string, data []byte, category string) (*knowledge.Page, knowledge.Faults) {
	c := &reader{file: name}
	data = c.prepare(data)
	if c.failed() {
		return nil, c.faults
	}
	var p *knowledge.Page
	if strings.EqualFold(path.Ext(name), ".md") {
		p = c.markdown(data, category)
	} else {
		p = c.plain(data, category)
	}
	if p != nil {
		c.scores(p)
	}
	if p == nil || c.failed() {
		return nil, c.faults
	}
	if n := len(p.Format()); n > knowledge.MaxPage {
		c.errorf(1, "", "the page would have %d bytes, more than %d: shorten it", n, knowledge.MaxPage)
		return nil, c.faults
	}
	c.lacks(p)
	return p, c.faults
}

type reader struct {
	file   string
	faults knowledge.Faults
}

func (c *reader) errorf(line int, field, format string, args ...any) {
	c.faults = append(c.faults, knowledge.Fault{File: c.file, Line: line, Field: field, What: fmt.Sprintf(format, args...)})
}

func (c *reader) warnf(line int, field, format string, args ...any) {
	c.faults = append(c.faults, knowledge.Fault{File: c.file, Line: line, Field: field, What: fmt.Sprintf(format, args...), Warning: true})
}

func (c *reader) failed() bool { return len(c.faults.Errors()) > 0 }

// prepare refuses what is no text and gives the rest one form of line ends.
func (c *reader) prepare(data []byte) []byte {
	if len(data) > maxFile {
		c.errorf(1, "", "the file has %d bytes, more than %d: a role page is a few thousand", len(data), maxFile)
		return nil
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	if i := bytes.IndexByte(data, 0); i >= 0 {
		c.errorf(1+bytes.Count(data[:i], []byte("\n")), "", "the file holds a NUL byte: save it as plain text in UTF-8")
	}
	if !utf8.Valid(data) {
		line := 1
		for n, l := range bytes.Split(data, []byte("\n")) {
			if !utf8.Valid(l) {
				line = n + 1
				break
			}
		}
		c.errorf(line, "", "the file is no valid UTF-8: save it in UTF-8")
	}
	for n, l := range bytes.Split(data, []byte("\n")) {
		if len(l) > maxLine {
			c.errorf(n+1, "", "the line has %d bytes, more than %d: part it into paragraphs", len(l), maxLine)
		}
	}
	return data
}

var (
	notID     = regexp.MustCompile(`[^a-z0-9]+`)
	scoreForm = regexp.MustCompile(`^(.+?)[:\s]+(\d{1,4})(?:\s*(?:/|of|out of)\s*(\d{1,4}))?\.?$`)
)

// nothingListed is how the plain form says that a section is empty.
var nothingListed = regexp.MustCompile(`(?i)^no [\p{L} ]+ (listed|available)( yet)?\.?$`)

// id makes a file name of a title: "Full-Stack Engineer" is full-stack-engineer.
func id(title string) string {
	return strings.Trim(notID.ReplaceAllString(strings.ToLower(title), "-"), "-")
}

func (c *reader) plain(data []byte, category string) *knowledge.Page {
	p := &knowledge.Page{Category: category, Prose: "imported"}
	var head []string
	var headLines []int
	for n, raw := range strings.Split(string(data), "\n") {
		line := knowledge.PlainText(raw)
		if line == "" {
			continue
		}
		if h := heading(line); h != "" {
			if slices.ContainsFunc(p.Sections, func(s knowledge.Section) bool { return s.Heading == h }) {
				c.errorf(n+1, h, "the heading stands twice: put both texts under one")
			}
			p.Sections = append(p.Sections, knowledge.Section{Heading: h, Line: n + 1})
			continue
		}
		if len(p.Sections) == 0 {
			head, headLines = append(head, line), append(headLines, n+1)
			continue
		}
		s := &p.Sections[len(p.Sections)-1]
		if nothingListed.MatchString(line) {
			continue
		}
		s.Blocks = append(s.Blocks, block(line, n+1))
	}
	c.headLines(p, head, headLines)
	return p
}

// headLines takes the category and the title from what stands before the
// first heading.
func (c *reader) headLines(p *knowledge.Page, head []string, lines []int) {
	switch {
	case len(head) == 0:
		c.errorf(1, "title", "no title: the file begins with a line for the category and a line for the title")
		return
	case len(head) == 1 && p.Category == "":
		c.errorf(lines[0], "title", "only one line before the first heading: the category comes first, then the title")
		return
	case len(head) == 1:
		p.Title = head[0]
	case len(head) == 2:
		p.Category, p.Title = head[0], head[1]
	default:
		c.errorf(lines[2], "title", "a second title %q: a file holds one role; text belongs under a heading", clip(head[2]))
		return
	}
	p.ID = c.titled("title", p.Title, lines[len(lines)-1])
}

// titled is the id of a title, whose file will be named by it; field is where
// the title stands.
func (c *reader) titled(field, title string, line int) string {
	made := id(title)
	switch {
	case made == "":
		c.errorf(line, field, "the title %q has no letter or digit from a to z for a file name", clip(title))
	case len(title) > maxTitle:
		c.errorf(line, field, "the title has %d bytes, more than %d", len(title), maxTitle)
	}
	return made
}

// clip makes a text of the file fit to be shown in a fault.
func clip(s string) string {
	s = knowledge.PlainText(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// heading is the catalogue's heading that a line is, "" if none.
func heading(line string) string {
	for _, h := range knowledge.Headings {
		if strings.EqualFold(line, h) {
			return h
		}
	}
	return ""
}

// block reads a line of a section: bullets are items.
func block(line string, n int) knowledge.Block {
	for _, bullet := range []string{"- ", "* ", "• "} {
		if rest, ok := strings.CutPrefix(line, bullet); ok {
			return knowledge.Block{Kind: knowledge.Item, Text: strings.TrimSpace(rest), Line: n}
		}
	}
	return knowledge.Block{Text: line, Line: n}
}

// scores makes items of a page's scores. It reads "85/10" as 85 of 100, the sum
// that the writer meant, and says so once; what the catalogue would refuse is
// an error here.
func (c *reader) scores(p *knowledge.Page) {
	at := slices.IndexFunc(p.Sections, func(s knowledge.Section) bool { return s.Heading == knowledge.Competencies })
	if at < 0 {
		return
	}
	s := &p.Sections[at]
	seen := map[string]bool{}
	var mended []string
	five := 0
	for i, b := range s.Blocks {
		name, v, scale, ok := score(b)
		if !ok {
			continue
		}
		switch {
		case seen[name]:
			c.errorf(b.Line, name, "stands twice: keep one")
		case v > 100:
			c.errorf(b.Line, name, "%d is out of the scale of 0 to 100", v)
		case scale != 100 && v <= scale:
			c.errorf(b.Line, name, "%d/%d: scores are of 100, write what it is of 100", v, scale)
		case scale != 100:
			mended = append(mended, name+" "+strconv.Itoa(v))
		}
		if !seen[name] && slices.Contains(knowledge.ScoreNames[:], name) {
			five++
		}
		seen[name] = true
		s.Blocks[i] = knowledge.Block{Kind: knowledge.Item, Term: name, Text: strconv.Itoa(v) + " of 100", Line: b.Line}
	}
	if len(mended) > 0 {
		c.warnf(s.Line, s.Heading, "scores are read as of 100: %s", strings.Join(mended, ", "))
	}
	if five > 0 && five < len(knowledge.ScoreNames) {
		c.errorf(s.Line, s.Heading, "only %d of the five scores: give %s", five, strings.Join(knowledge.ScoreNames[:], ", "))
	}
}

// score reads one of the five scores, as in "Technical Depth 85/10", or another
// of that form; ok is false for any other text.
func score(b knowledge.Block) (name string, value, scale int, ok bool) {
	text := b.Text
	if b.Term != "" {
		text = b.Term + ": " + b.Text
	}
	m := scoreForm.FindStringSubmatch(text)
	if m == nil {
		return "", 0, 0, false
	}
	name = strings.TrimSpace(strings.Trim(m[1], ":*"))
	value, _ = strconv.Atoi(m[2]) // the form holds at most four digits
	scale = 100
	if m[3] != "" {
		scale, _ = strconv.Atoi(m[3])
	}
	if at := slices.IndexFunc(knowledge.ScoreNames[:], func(n string) bool { return strings.EqualFold(n, name) }); at >= 0 {
		return knowledge.ScoreNames[at], value, scale, true
	}
	return name, value, scale, name != "" && scale == 10 && value > 10 && value <= 100
}

// lacks warns of what an answer will have to say is missing.
func (c *reader) lacks(p *knowledge.Page) {
	var empty []string
	for _, s := range p.Sections {
		if len(s.Blocks) == 0 {
			empty = append(empty, s.Heading)
		}
	}
	if len(empty) > 0 {
		c.warnf(1, "", "empty sections: %s", strings.Join(empty, ", "))
	}
	if len(p.Sections) == 0 {
		c.warnf(1, "", "the page has no section: headings are lines such as %s", knowledge.QuickSummary)
	}
	r := &knowledge.Role{Sections: p.Sections}
	if titles, s := r.NextInProse(); len(titles) > 0 && r.Section(knowledge.Career) == nil {
		c.warnf(s.Line, knowledge.Career, "next roles stand in the prose only: %s", strings.Join(titles, ", "))
	}
}
