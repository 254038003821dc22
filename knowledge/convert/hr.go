package convert

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"careerbot/knowledge"
)

// Columns of HR's files. A ladder has a row for each role and level; a file of
// pay bands a row for each role, level and region. Roles may be named by id,
// title or alias. Columns in any order; others are not read.
var (
	LadderColumns = []string{"role", "level", "next", "kind", "category"} // level, next, kind and category may be empty
	BandColumns   = []string{"role", "level", "region", "currency", "period", "year", "min", "max"}
)

// Tables are what a file of HR's gives: pages to add or lay over, and rows of
// the catalogue's tables, each with its header first; nil where there is none.
type Tables struct {
	Pages       []*knowledge.Page
	Progression [][]string
	Salaries    [][]string
}

// HR reads a ladder or a file of pay bands; which one the columns tell. Role
// names are looked up in c. Nothing is returned when a fault is an error.
func HR(name string, data []byte, c *knowledge.Catalog) (*Tables, knowledge.Faults) {
	r := &reader{file: name}
	data = r.prepare(data)
	if r.failed() {
		return nil, r.faults
	}
	rd := csv.NewReader(bytes.NewReader(data))
	rd.FieldsPerRecord = -1
	head, err := rd.Read()
	if err != nil {
		r.errorf(1, "", "is empty or no CSV: the first line names the columns")
		return nil, r.faults
	}
	s := &sheet{reader: r, catalog: c, columns: map[string]int{}, pages: map[string]*knowledge.Page{}}
	for i, h := range head {
		s.columns[strings.ToLower(knowledge.PlainText(h))] = i
	}
	var row func()
	switch {
	case s.has("role", "region", "currency", "period", "year", "min", "max"):
		s.out.Salaries = [][]string{{"role", "region", "year", "currency", "period", "p25", "median", "p75", "n", "n_is", "source", "source_label", "match", "outside_cut_pct"}}
		row = s.band
	case s.has("role", "level"), s.has("role", "next"):
		s.out.Progression = [][]string{{"from", "to", "kind", "source"}}
		row = s.rung
	default:
		r.errorf(1, "", "neither a ladder (columns %s) nor pay bands (columns %s): the first line has %s",
			strings.Join(LadderColumns, ", "), strings.Join(BandColumns, ", "), clip(strings.Join(head, ", ")))
		return nil, r.faults
	}
	for {
		s.cells, err = rd.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			r.errorf(pe.Line, "", "is no CSV from column %d on: %v", pe.Column, pe.Err)
			break
		}
		s.line, _ = rd.FieldPos(0)
		row()
	}
	if r.failed() {
		return nil, r.faults
	}
	if len(s.out.Progression) == 1 {
		s.out.Progression = nil
	}
	for _, id := range s.order {
		s.out.Pages = append(s.out.Pages, s.pages[id])
	}
	return &s.out, r.faults
}

// sheet is a CSV file while it is read.
type sheet struct {
	*reader
	catalog *knowledge.Catalog
	columns map[string]int
	cells   []string
	line    int
	out     Tables
	pages   map[string]*knowledge.Page
	order   []string
}

func (s *sheet) has(columns ...string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { _, ok := s.columns[c]; return !ok })
}

func (s *sheet) get(column string) string {
	i, ok := s.columns[column]
	if !ok || i >= len(s.cells) {
		return ""
	}
	return knowledge.PlainText(s.cells[i])
}

func (s *sheet) need(column string) string {
	v := s.get(column)
	if v == "" {
		s.errorf(s.line, column, "is empty")
	}
	return v
}

// role finds the role that a cell names; a role that is new is made when the
// row gives its category.
func (s *sheet) role(column string) string {
	name := s.need(column)
	if name == "" {
		return ""
	}
	if r := s.catalog.Role(name); r != nil {
		return r.ID
	}
	for _, r := range s.catalog.Roles() {
		if slices.ContainsFunc(append([]string{r.Title}, r.Aliases...), func(n string) bool { return knowledge.Key(n) == knowledge.Key(name) }) {
			return r.ID
		}
	}
	made := id(name)
	if s.pages[made] != nil {
		return made
	}
	if category := s.get("category"); category != "" && column == "role" && made != "" {
		s.page(made).Title, s.page(made).Category = name, category
		return made
	}
	near := s.catalog.Nearest(name, 1)
	switch {
	case len(near) > 0:
		s.errorf(s.line, column, "no role %q: did you mean %s? A new role needs a category", clip(name), near[0].Title)
	default:
		s.errorf(s.line, column, "no role %q: a new role needs a category", clip(name))
	}
	return ""
}

// page is the page to write for a role.
func (s *sheet) page(id string) *knowledge.Page {
	if s.pages[id] == nil {
		s.pages[id] = &knowledge.Page{ID: id}
		s.order = append(s.order, id)
	}
	return s.pages[id]
}

var stepKinds = []string{"promotion", "specialisation", "lateral"}

// rung reads a row of a ladder.
func (s *sheet) rung() {
	from := s.role("role")
	if level := s.get("level"); level != "" && from != "" {
		if p := s.page(from); !slices.Contains(p.Levels, level) {
			p.Levels = append(p.Levels, level)
		}
	}
	if s.get("next") == "" || from == "" {
		return
	}
	to := s.role("next")
	kind := strings.ToLower(s.get("kind"))
	if kind == "" {
		kind = "promotion"
	}
	if !slices.Contains(stepKinds, kind) {
		s.errorf(s.line, "kind", "%q must be one of %s", clip(kind), strings.Join(stepKinds, ", "))
	}
	if to == from && to != "" {
		s.errorf(s.line, "next", "the role leads to itself")
	}
	s.out.Progression = append(s.out.Progression, []string{from, to, kind, "company"})
}

var currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)

// band reads a row of pay bands.
func (s *sheet) band() {
	role := s.role("role")
	region, currency, period, year := s.need("region"), strings.ToUpper(s.need("currency")), strings.ToLower(s.need("period")), s.need("year")
	low, high := s.amount("min"), s.amount("max")
	if low > high {
		s.errorf(s.line, "max", "the band ends at %v, below its start %v", high, low)
	}
	if !currencyForm.MatchString(currency) && currency != "" {
		s.errorf(s.line, "currency", "%q is no currency code such as EUR", clip(currency))
	}
	if !slices.Contains([]string{"year", "month", "hour"}, period) && period != "" {
		s.errorf(s.line, "period", "%q must be one of year, month, hour", clip(period))
	}
	if n, err := strconv.Atoi(year); (err != nil || n < 1990 || n > 2100) && year != "" {
		s.errorf(s.line, "year", "%q is no year", clip(year))
	}
	text := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	s.out.Salaries = append(s.out.Salaries, []string{role, region, year, currency, period, text(low), "", text(high), "", "", "company", s.get("level"), "band", ""})
}

// amount reads "64,000" and "64000.50"; a sign or a currency is a fault.
func (s *sheet) amount(column string) float64 {
	v := s.need(column)
	if v == "" {
		return 0
	}
	f, err := strconv.ParseFloat(strings.NewReplacer(",", "", " ", "", "'", "").Replace(v), 64)
	if err != nil || !(f > 0 && f < 1e12) {
		s.errorf(s.line, column, "%q is no amount: write digits only, as in 64000", clip(v))
		return 0
	}
	return f
}
