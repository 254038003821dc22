package knowledge

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

// Layer is one folder of a catalogue: roles/*.md, tables *.csv, SOURCES.md.
// Layers are laid over one another in the order given.
type Layer struct {
	FS   fs.FS
	Name string // stands before file names in faults and sources; "" for none
	Own  bool   // a company's own folder: answers mark what comes from it
}

// ownSource is the source of a company's rows that name none.
const ownSource = "company"

// Ambiguity is a short form that may mean several roles.
type Ambiguity struct {
	Alias string
	Roles []string // ids in the order to ask
	row   Row
}

type roleRow[T any] struct {
	role string
	val  T
	row  Row
}

// layer is a Layer as read, before it is laid into a catalogue.
type layer struct {
	name string
	own  bool

	pages         []*Page
	pays          []roleRow[Pay]
	payByYears    []roleRow[Pay]
	tools         []roleRow[Tool]
	proficiencies []roleRow[Proficiency]
	scores        []roleRow[Scores]
	occupations   []roleRow[Occupation]
	edges         []Edge
	ambiguous     []Ambiguity
	sources       []Source
	faults        Faults
}

func (l *layer) shown(name string) string { return path.Join(l.name, name) }

// read reads all of in. Pages and tables are read side by side, since reading
// them is most of the time to a first answer.
func read(in Layer) *layer {
	l := &layer{name: in.Name, own: in.Own}
	var wg sync.WaitGroup
	var pages []*Page
	var pageFaults Faults
	wg.Go(func() { pages, pageFaults = readPages(in) })
	tables := l.readTables(in.FS)
	wg.Wait()
	l.pages = pages
	if _, err := fs.Stat(in.FS, "roles"); tables > 0 && errors.Is(err, fs.ErrNotExist) {
		return l // a company may have figures only
	}
	l.faults = append(l.faults, pageFaults...)
	return l
}

func readPages(in Layer) ([]*Page, Faults) {
	entries, err := fs.ReadDir(in.FS, "roles")
	if err != nil {
		return nil, Faults{{File: path.Join(in.Name, "roles"), Line: 1, What: "the folder of role pages cannot be read: " + reason(err)}}
	}
	var files []string
	var faults Faults
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"): // an editor's or Kubernetes' own
		case strings.HasSuffix(name, ".md"):
			files = append(files, name)
		default:
			faults = append(faults, Fault{File: path.Join(in.Name, "roles", name), Line: 1, What: "is not read: pages end in .md", Warning: true})
		}
	}
	pages := make([]*Page, len(files))
	found := make([]Faults, len(files))
	halves := [2][2]int{{0, len(files) / 2}, {len(files) / 2, len(files)}}
	var wg sync.WaitGroup
	for _, h := range halves {
		wg.Go(func() {
			for i := h[0]; i < h[1]; i++ {
				pages[i], found[i] = readPage(in, files[i])
			}
		})
	}
	wg.Wait()
	for _, f := range found {
		faults = append(faults, f...)
	}
	return slices.DeleteFunc(pages, func(p *Page) bool { return p == nil }), faults
}

func readPage(in Layer, file string) (*Page, Faults) {
	name := path.Join(in.Name, "roles", file)
	data, err := fs.ReadFile(in.FS, path.Join("roles", file))
	if err != nil {
		return nil, Faults{{File: name, Line: 1, What: "cannot be read: " + reason(err)}}
	}
	return ParsePage(name, data)
}

// reason is err without the path that the fault names already.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// readTables reads all tables and says how many there are.
func (l *layer) readTables(fsys fs.FS) (tables int) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		l.faults = append(l.faults, Fault{File: l.shown("."), Line: 1, What: "the folder cannot be read: " + reason(err)})
		return 0
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."):
		case strings.HasSuffix(name, ".csv"):
			l.faults = append(l.faults, l.table(fsys, name)...)
			tables++
		case name == "SOURCES.md":
			l.readSources(fsys, name)
		}
	}
	return tables
}

// readSources reads SOURCES.md: a section for each source, its facts as items
// "**Name:** …" with the terms Short, Name, Year, Licence, Attribution, Note.
func (l *layer) readSources(fsys fs.FS, name string) {
	c := &collector{file: l.shown(name)}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		c.errorf(1, "", "cannot be read: %s", reason(err))
	}
	intro := &collector{file: c.file} // prose around the sections is for people
	for _, s := range readSections(intro, normaliseNewlines(data), 1) {
		src := Source{ID: s.Heading, Own: l.own}
		for _, it := range s.Blocks {
			switch it.Term {
			case "Short":
				src.Short = it.Text
			case "Name":
				src.Name = it.Text
			case "Year":
				src.Year = it.Text
			case "Licence":
				src.Licence = it.Text
			case "Attribution":
				src.Attribution = it.Text
			case "Note":
				src.Note = it.Text
			}
		}
		if !idForm.MatchString(strings.NewReplacer(".", "-").Replace(src.ID)) {
			continue // a chapter for people
		}
		if src.Name == "" || src.Licence == "" {
			c.errorf(s.Line, src.ID, "a source needs the items Name and Licence")
		}
		if src.Short == "" {
			src.Short = src.Name
		}
		l.sources = append(l.sources, src)
	}
	l.faults = append(l.faults, c.faults...)
}

func knownIDs(where map[string]*Role) []string {
	ids := make([]string, 0, len(where))
	for id := range where {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// mostHelped bounds the unknown ids that the nearest one is looked for: a
// folder with more has another fault than misspelling.
const mostHelped = 200

// unknownRole words the fault of a row that names a role without a page.
func (c *Catalog) unknownRole(id string) string {
	said, ok := c.missing[id]
	if ok {
		return said
	}
	said = fmt.Sprintf("no page roles/%s.md", id)
	if len(c.missing) < mostHelped {
		if near := NearestWord(id, knownIDs(c.byID)); near != "" {
			said += fmt.Sprintf(": did you mean %s?", near)
		}
	}
	c.missing[id] = said
	return said
}
