package bot

import (
	"slices"
	"strconv"
	"strings"

	"careerbot/knowledge"
)

// ownWords is the licence of what the program's own editors wrote: it needs no
// attribution.
const ownWords = "as the program"

// citations gather where an answer's facts are from, each place once, in the
// order of use.
type citations struct {
	c    *knowledge.Catalog
	list []*citation
}

type citation struct {
	name, note string
	page       string // the title of the role whose page it is, "" for a table's source
	own        bool
	sections   []string
	rows       []fileRows
}

type fileRows struct {
	file  string
	lines []int
}

func (cs *citations) at(name, note string, own bool) *citation {
	for _, c := range cs.list {
		if c.name == name && c.own == own {
			return c
		}
	}
	c := &citation{name: name, note: note, own: own}
	cs.list = append(cs.list, c)
	return c
}

// page cites a part of a role's page.
func (cs *citations) page(r *knowledge.Role, part string, own bool) {
	name := "Role page " + r.Title
	if own {
		name = "Your company's page " + r.Title
	}
	c := cs.at(name, "", own)
	c.page = r.Title
	if !slices.Contains(c.sections, part) {
		c.sections = append(c.sections, part)
	}
}

// section cites a section of a role's page.
func (cs *citations) section(r *knowledge.Role, s *knowledge.Section) {
	if s != nil {
		cs.page(r, s.Heading, s.Own)
	}
}

// front cites what stands in a page's front matter.
func (cs *citations) front(r *knowledge.Role, what string) { cs.page(r, what, r.Own) }

// row cites a row of a table.
func (cs *citations) row(source string, row knowledge.Row) {
	name, note := source, ""
	if s, ok := cs.c.Source(source); ok {
		name = s.Name
		note = s.Attribution
		if note == "" && !row.Own && s.Licence != ownWords {
			note = s.Licence
		}
	}
	c := cs.at(name, note, row.Own)
	at := slices.IndexFunc(c.rows, func(f fileRows) bool { return f.file == row.File })
	if at < 0 {
		c.rows = append(c.rows, fileRows{file: row.File})
		at = len(c.rows) - 1
	}
	if !slices.Contains(c.rows[at].lines, row.Line) {
		c.rows[at].lines = append(c.rows[at].lines, row.Line)
	}
}

// sources are the citations as an answer carries them. Pages that are cited for
// the same sections are one source.
func (cs *citations) sources() []Source {
	out := make([]Source, 0, len(cs.list))
	pages := map[string][]string{} // titles of the pages cited for the same, by what for
	for _, c := range cs.list {
		if c.page != "" {
			pages[c.what()] = append(pages[c.what()], c.page)
		}
	}
	for _, c := range cs.list {
		titles := pages[c.what()]
		switch {
		case c.page == "" || len(titles) == 1:
			out = append(out, Source{Name: c.name, Ref: c.ref(), Note: c.note, Own: c.own})
		case titles[0] == c.page:
			name := "Role pages "
			if c.own {
				name = "Your company's pages "
			}
			out = append(out, Source{Name: name + and(titles), Ref: c.ref(), Own: c.own})
		}
	}
	return out
}

// what is the same for pages that are cited for the same.
func (c *citation) what() string {
	if c.own {
		return "own: " + c.ref()
	}
	return c.ref()
}

// ref says which sections and rows are cited.
func (c *citation) ref() string {
	var refs []string
	if len(c.sections) > 0 {
		refs = append(refs, strings.Join(c.sections, ", "))
	}
	for _, f := range c.rows {
		refs = append(refs, f.file+":"+ranges(f.lines))
	}
	return strings.Join(refs, "; ")
}

// ranges writes line numbers with runs drawn together: "12,15-18".
func ranges(lines []int) string {
	lines = slices.Sorted(slices.Values(lines))
	var b strings.Builder
	for i := 0; i < len(lines); {
		j := i
		for j+1 < len(lines) && lines[j+1] == lines[j]+1 {
			j++
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Itoa(lines[i]))
		if j > i {
			b.WriteString("-" + strconv.Itoa(lines[j]))
		}
		i = j + 1
	}
	return b.String()
}
