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

// section cites a section of a role's page.
func (cs *citations) section(r *knowledge.Role, s *knowledge.Section) {
	if s == nil {
		return
	}
	name := "Role page " + r.Title
	if s.Own {
		name = "Your company's page " + r.Title
	}
	c := cs.at(name, "", s.Own)
	if !slices.Contains(c.sections, s.Heading) {
		c.sections = append(c.sections, s.Heading)
	}
}

// front cites what stands in a page's front matter.
func (cs *citations) front(r *knowledge.Role, what string) {
	c := cs.at("Role page "+r.Title, "", r.Own)
	if !slices.Contains(c.sections, what) {
		c.sections = append(c.sections, what)
	}
}

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

// sources are the citations as an answer carries them.
func (cs *citations) sources() []Source {
	out := make([]Source, 0, len(cs.list))
	for _, c := range cs.list {
		var refs []string
		if len(c.sections) > 0 {
			refs = append(refs, strings.Join(c.sections, ", "))
		}
		for _, f := range c.rows {
			refs = append(refs, f.file+":"+ranges(f.lines))
		}
		out = append(out, Source{Name: c.name, Ref: strings.Join(refs, "; "), Note: c.note, Own: c.own})
	}
	return out
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
