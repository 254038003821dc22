package knowledge

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Catalog is a catalogue, read and checked. It is immutable and safe for
// concurrent use; slices that it returns must not be changed.
type Catalog struct {
	roles      []*Role // by id
	byID       map[string]*Role
	ambiguous  []Ambiguity
	categories []string
	byCategory map[string][]*Role
	graph      ladder
	sources    map[string]Source
	names      *names
	hidden     []*Role // taken away by a company's page: their names are known, so that none is taken for another
	faults     Faults

	meaning map[string]int    // while it is built: where in ambiguous a key stands
	missing map[string]string // while it is built: what is said of ids without a page
}

// Load reads the layers, lays each over those before it, and checks the
// whole. When anything in it is an error, and not only a warning, the catalogue
// is nil and the error is of type [Faults] and lists every fault.
func Load(layers ...Layer) (*Catalog, error) {
	c, faults := build(layers)
	if len(faults.Errors()) > 0 {
		return nil, faults
	}
	return c, nil
}

// build reads and lays the layers; the catalogue is as good as they are.
func build(layers []Layer) (*Catalog, Faults) {
	layersRead := make([]*layer, len(layers))
	var wg sync.WaitGroup
	for i, in := range layers {
		wg.Go(func() { layersRead[i] = read(in) })
	}
	wg.Wait()
	c := &Catalog{byID: map[string]*Role{}, byCategory: map[string][]*Role{}, sources: map[string]Source{}, meaning: map[string]int{}, missing: map[string]string{}}
	hidden := map[string]bool{}
	for _, l := range layersRead {
		c.faults = append(c.faults, l.faults...)
		for _, p := range l.pages {
			c.lay(p, l.own, hidden)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(hidden)) {
		if r := c.byID[id]; r != nil {
			c.hidden = append(c.hidden, r)
		}
		delete(c.byID, id)
	}
	for _, l := range layersRead {
		c.layTables(l, hidden)
	}
	c.finish(hidden)
	sortFaults(c.faults)
	c.meaning, c.missing = nil, nil
	return c, c.faults
}

func (c *Catalog) fault(file string, line int, field, format string, args ...any) {
	c.faults = append(c.faults, Fault{File: file, Line: line, Field: field, What: fmt.Sprintf(format, args...)})
}

// lay puts a page into the catalogue: a new role, or over the one that has
// its id.
func (c *Catalog) lay(p *Page, own bool, hidden map[string]bool) {
	if p.Hide {
		if c.byID[p.ID] == nil {
			c.fault(p.file, p.lines["hide"], "hide", "there is no role %s to hide", p.ID)
		}
		hidden[p.ID] = true
		return
	}
	delete(hidden, p.ID)
	r := c.byID[p.ID]
	if r == nil {
		if p.Title == "" {
			c.fault(p.file, 1, "title", "the page has no title")
			return
		}
		if p.Category == "" {
			c.fault(p.file, 1, "category", "the page has no category: name the field that the role belongs to")
		}
		r = &Role{ID: p.ID, Own: own}
		c.byID[p.ID] = r
	}
	r.OwnAny = r.OwnAny || own
	setIf(&r.Title, p.Title)
	setIf(&r.Category, p.Category)
	setIf(&r.Level, p.Level)
	setIf(&r.Tier, p.Tier)
	setIf(&r.Reviewed, p.Reviewed)
	setIf(&r.Reviewer, p.Reviewer)
	setIf(&r.Prose, p.Prose)
	r.File = p.file
	for _, a := range p.Aliases {
		if !slices.Contains(r.Aliases, a) {
			r.Aliases = append(r.Aliases, a)
		}
	}
	r.Levels = append(r.Levels, p.Levels...)
	for i, a := range p.Work {
		if a != Unsaid {
			r.Work[i] = a
		}
	}
	for _, s := range p.Sections {
		s.Own = own
		if at := slices.IndexFunc(r.Sections, func(x Section) bool { return x.Heading == s.Heading }); at >= 0 {
			r.Sections[at] = s
		} else {
			r.Sections = append(r.Sections, s)
		}
	}
}

func setIf(to *string, v string) {
	if v != "" {
		*to = v
	}
}

// layTables gives each row of l to its role.
func (c *Catalog) layTables(l *layer, hidden map[string]bool) {
	for _, s := range l.sources {
		c.sources[s.ID] = s
	}
	give(c, l.pays, hidden, func(r *Role, p Pay) { r.Pay = append(r.Pay, p) })
	give(c, l.payByYears, hidden, func(r *Role, p Pay) { r.PayByYears = append(r.PayByYears, p) })
	give(c, l.tools, hidden, func(r *Role, t Tool) { r.Tools = append(r.Tools, t) })
	give(c, l.proficiencies, hidden, func(r *Role, p Proficiency) { r.Proficiencies = append(r.Proficiencies, p) })
	give(c, l.scores, hidden, func(r *Role, s Scores) { r.Scores = &s })
	give(c, l.occupations, hidden, func(r *Role, o Occupation) { r.Occupation = &o })
	for _, e := range l.edges {
		if hidden[e.From] || hidden[e.To] {
			continue
		}
		for _, end := range [2]struct{ field, id string }{{"from", e.From}, {"to", e.To}} {
			if r := c.byID[end.id]; r == nil {
				c.fault(e.Row.File, e.Row.Line, end.field, "%s", c.unknownRole(end.id))
			} else if e.Row.Own {
				r.OwnAny = true
			}
		}
		c.graph.addBothWays(e)
	}
	for _, a := range l.ambiguous {
		a.Roles = slices.DeleteFunc(a.Roles, func(id string) bool { return hidden[id] })
		for _, id := range a.Roles {
			if c.byID[id] == nil {
				c.fault(a.row.File, a.row.Line, "role_ids", "%s", c.unknownRole(id))
			}
		}
		key := Key(a.Alias)
		switch at, ok := c.meaning[key]; {
		case ok:
			c.ambiguous[at] = a // a company decides what its short forms mean
		case len(a.Roles) > 0:
			c.meaning[key] = len(c.ambiguous)
			c.ambiguous = append(c.ambiguous, a)
		}
	}
}

// give hands rows to their roles and reports rows of no role.
func give[T any](c *Catalog, rows []roleRow[T], hidden map[string]bool, to func(*Role, T)) {
	for _, row := range rows {
		r := c.byID[row.role]
		switch {
		case hidden[row.role] || row.role == "":
		case r == nil:
			c.fault(row.row.File, row.row.Line, "role", "%s", c.unknownRole(row.role))
		default:
			r.OwnAny = r.OwnAny || row.row.Own
			to(r, row.val)
		}
	}
}

// finish derives what is computed and never stored: order, fields, what pages
// state in lists, names.
func (c *Catalog) finish(hidden map[string]bool) {
	for _, id := range knownIDs(c.byID) {
		r := c.byID[id]
		c.roles = append(c.roles, r)
		c.byCategory[r.Category] = append(c.byCategory[r.Category], r)
		slices.SortStableFunc(r.Sections, func(a, b Section) int {
			return headingOrder(a.Heading) - headingOrder(b.Heading)
		})
		ownFirst(r.Pay, func(p Pay) Row { return p.Row })
		ownFirst(r.Tools, func(t Tool) Row { return t.Row })
	}
	for cat := range c.byCategory {
		c.categories = append(c.categories, cat)
	}
	slices.Sort(c.categories)
	if len(c.roles) == 0 {
		c.fault("roles", 1, "", "the catalogue holds no role: put a page into the folder roles")
	}
	c.checkNames()
	for _, r := range c.roles {
		c.readPageScores(r)
		c.readPageEdges(r, hidden)
		c.checkLinks(r, hidden)
	}
	c.graph.build()
	c.checkSources()
	c.checkCircles()
	c.names = newNames(c.roles, c.ambiguous, c.byID, c.hidden)
}

func headingOrder(h string) int {
	if i := slices.Index(Headings, h); i >= 0 {
		return i
	}
	return len(Headings)
}

func ownFirst[T any](rows []T, row func(T) Row) {
	slices.SortStableFunc(rows, func(a, b T) int {
		switch oa, ob := row(a).Own, row(b).Own; {
		case oa == ob:
			return 0
		case oa:
			return -1
		}
		return 1
	})
}

// checkNames reports a name that two roles claim and that no table of
// ambiguous names settles.
func (c *Catalog) checkNames() {
	claimed := map[string]*Role{}
	for _, r := range c.roles {
		for _, name := range append([]string{r.Title}, r.Aliases...) {
			k := Key(name)
			if k == "" {
				c.fault(r.File, 1, "aliases", "%q has no letter or digit to be found by", name)
				continue
			}
			_, settled := c.meaning[k]
			if other := claimed[k]; other != nil && other != r && !settled {
				c.fault(r.File, 1, "aliases", "%q is also a name of %s (%s): remove one, or list it in ambiguous.csv", name, other.Title, other.File)
			}
			claimed[k] = r
		}
	}
}

// checkSources reports figures whose source SOURCES.md does not describe.
func (c *Catalog) checkSources() {
	reported := map[string]bool{}
	need := func(id string, row Row) {
		if _, ok := c.sources[id]; ok || id == "" || reported[id] {
			return
		}
		reported[id] = true
		if id == ownSource {
			c.sources[id] = Source{ID: id, Name: "Your company's own figures", Short: "your company", Licence: "internal", Own: true}
			return
		}
		c.fault(row.File, row.Line, "source", "SOURCES.md has no section %s: add one with Name and Licence", id)
	}
	for _, r := range c.roles {
		for _, p := range r.Pay {
			need(p.Source, p.Row)
		}
		for _, p := range r.PayByYears {
			need(p.Source, p.Row)
		}
		for _, t := range r.Tools {
			need(t.Source, t.Row)
		}
		for _, p := range r.Proficiencies {
			need(p.Source, p.Row)
		}
		if r.Scores != nil {
			need(r.Scores.Source, r.Scores.Row)
		}
	}
	for _, e := range c.graph.edges {
		need(e.Source, e.Row)
	}
}

// Roles are all roles, ordered by id.
func (c *Catalog) Roles() []*Role { return c.roles }

// Role is the role with that id, or nil.
func (c *Catalog) Role(id string) *Role { return c.byID[id] }

// Categories are the fields that have roles, in alphabetical order.
func (c *Catalog) Categories() []string { return c.categories }

// InCategory are the roles of a field, ordered by id; nil for an unknown one.
func (c *Catalog) InCategory(category string) []*Role { return c.byCategory[category] }

// Ambiguous are the short forms that may mean several roles.
func (c *Catalog) Ambiguous() []Ambiguity { return c.ambiguous }

// Source is what a figure's source key stands for; ok is false for an unknown key.
func (c *Catalog) Source(id string) (s Source, ok bool) {
	s, ok = c.sources[id]
	return s, ok
}

// Faults are the warnings of a catalogue that loaded.
func (c *Catalog) Faults() Faults { return c.faults }

// Next are the usual moves from a role, promotions first, then
// specialisations, then sideways moves, a company's own before others.
func (c *Catalog) Next(id string) []Edge { return c.graph.next[id] }

// Previous are the usual moves to a role: progression read backwards.
func (c *Catalog) Previous(id string) []Edge { return c.graph.prev[id] }

// AsFaults returns the faults that err holds, or one fault that says err.
func AsFaults(err error) Faults {
	var fs Faults
	if errors.As(err, &fs) {
		return fs
	}
	if err == nil {
		return nil
	}
	return Faults{{File: ".", Line: 1, What: strings.TrimPrefix(err.Error(), "knowledge: ")}}
}
