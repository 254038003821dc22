package convert

import (
	"bytes"
	"path"
	"strings"

	"careerbot/knowledge"
)

// markdown reads a page in Markdown: with the catalogue's front matter as it
// is, or with a heading of the first level as its title.
func (c *reader) markdown(data []byte, category string) *knowledge.Page {
	if bytes.HasPrefix(data, []byte("---\n")) {
		name := strings.ToLower(path.Base(c.file))
		p, faults := knowledge.ParsePage(id(strings.TrimSuffix(name, ".md"))+".md", data)
		c.keep(faults, 0)
		if p.Category == "" {
			p.Category = category
		}
		c.needs(p)
		return p
	}
	title, line := "", 0
	for n, l := range strings.Split(string(data), "\n") {
		rest, ok := strings.CutPrefix(l, "# ")
		if !ok {
			continue
		}
		if title != "" {
			c.errorf(n+1, "title", "a second title %q: a file holds one role", clip(rest))
			return nil
		}
		title, line = knowledge.PlainText(strings.Trim(rest, " #")), n+1
	}
	if title == "" {
		c.errorf(1, "title", "no title: the page has neither front matter nor a line # Title")
		return nil
	}
	front := "---\n---\n"
	shift := strings.Count(front, "\n")
	p, faults := knowledge.ParsePage("page.md", append([]byte(front), data...))
	c.keep(faults, shift)
	for i := range p.Sections {
		s := &p.Sections[i]
		s.Line -= shift
		for j := range s.Blocks {
			s.Blocks[j].Line -= shift
		}
	}
	p.Title, p.Category, p.Prose = title, category, "imported"
	p.ID = c.titled("title", title, line)
	c.needs(p)
	return p
}

// keep takes over the faults of the page's own reader, lines shifted back.
func (c *reader) keep(faults knowledge.Faults, shift int) {
	for _, f := range faults {
		if f.Warning && strings.Contains(f.What, "first level") {
			continue // the title, which is read here
		}
		f.File, f.Line = c.file, max(f.Line-shift, 1)
		c.faults = append(c.faults, f)
	}
}

func (c *reader) needs(p *knowledge.Page) {
	if p.Title == "" {
		c.errorf(1, "title", "the front matter has no title")
	}
	if p.Category == "" {
		c.errorf(1, "category", "the page names no category: add it to the front matter, or give --category")
	}
}
