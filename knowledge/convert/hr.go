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
	s := newSheet(r, c, head)
	var row func()
	switch {
	case s.has("role", "region", "currency", "period", "year", "min", "max"):
		s.out.Salaries = [][]string{{"role", "region", "year", "currency", "period", "p25", "median", "p75", "n", "n_is", "source", "source_label", "match", "outside_cut_pct"}}
		row = s.band
	case s.has("region") || s.has("currency") || s.has("min") || s.has("max"):
		for _, column := range BandColumns {
			if column != "level" && !s.has(column) {
				r.errorf(1, column, "the column is missing: pay bands have %s", strings.Join(BandColumns, ", "))
			}
		}
		return nil, r.faults
	case s.has("role", "level"), s.has("role", "next"):
		s.out.Progression = [][]string{{"from", "to", "kind", "source"}}
		row = s.rung
	default:
		r.errorf(1, "", "neither a ladder (columns %s) nor pay bands (columns %s): the first line has %s",
			strings.Join(LadderColumns, ", "), strings.Join(BandColumns, ", "), clip(strings.Join(head, ", ")))
		return nil, r.faults
	}
	s.read(rd)
	for _, each := range []func(){s.announce, row} {
		for _, next := range s.rows {
			s.line, s.cells = next.line, next.cells
			each()
		}
	}
	if r.failed() {
		return nil, r.faults
	}
	if len(s.out.Progression) == 1 {
		s.out.Progression = nil
	}
	if len(s.out.Salaries) == 1 {
		s.out.Salaries = nil
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
	named   map[string]string // ids by the keys of titles and aliases
	rows    []sheetRow
	cells   []string
	line    int
	out     Tables
	pages   map[string]*knowledge.Page
	order   []string
}

type sheetRow struct {
	line  int
	cells []string
}

func newSheet(r *reader, c *knowledge.Catalog, head []string) *sheet {
	s := &sheet{reader: r, catalog: c, columns: map[string]int{}, named: map[string]string{}, pages: map[string]*knowledge.Page{}}
	for i, h := range head {
		s.columns[strings.ToLower(knowledge.PlainText(h))] = i
	}
	for _, role := range c.Roles() {
		for _, name := range append([]string{role.Title}, role.Aliases...) {
			if key := knowledge.Key(name); s.named[key] == "" {
				s.named[key] = role.ID
			}
		}
	}
	return s
}

// read takes all rows but those with nothing in them, which spreadsheets leave
// at the end.
func (s *sheet) read(rd *csv.Reader) {
	for {
		cells, err := rd.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		var pe *csv.ParseError
		if errors.As(err, &pe) {
			s.errorf(pe.Line, "", "is no CSV from column %d on: %v", pe.Column, pe.Err)
			return
		}
		line, _ := rd.FieldPos(0)
		switch filled := slices.ContainsFunc(cells, func(v string) bool { return strings.TrimSpace(v) != "" }); {
		case !filled:
		case len(cells) != len(s.columns):
			s.errorf(line, "", "has %d cells, the first line has %d: a comma inside a text needs quotes", len(cells), len(s.columns))
		default:
			s.rows = append(s.rows, sheetRow{line, cells})
		}
	}
}

// announce makes the pages of roles that are new, so that a row may lead to a
// role of a later row.
func (s *sheet) announce() {
	name, category := s.get("role"), s.get("category")
	made := id(name)
	if category == "" || name == "" || s.catalog.Role(name) != nil || s.named[knowledge.Key(name)] != "" || s.pages[made] != nil {
		return
	}
	s.titled("role", name, s.line)
	if made != "" {
		s.page(made).Title, s.page(made).Category = name, category
	}
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

// role finds the role that a cell names.
func (s *sheet) role(column string) string {
	name := s.need(column)
	if name == "" {
		return ""
	}
	if r := s.catalog.Role(name); r != nil {
		return r.ID
	}
	if id := s.named[knowledge.Key(name)]; id != "" {
		return id
	}
	if made := id(name); s.pages[made] != nil {
		return made
	}
	if s.get("category") != "" && column == "role" {
		return "" // announce says why not
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
	if low > high && high > 0 {
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

// amountForm is an amount with or without marks between thousands. A point is
// a decimal point: "64.000" may be either and is refused, as "64,00" is.
var amountForm = regexp.MustCompile(`^(?:\d+|\d{1,3}(?:[,' ]\d{3})+)(?:\.\d{1,2})?$`)

// amount reads "64,000" and "64000.50"; a sign or a currency is a fault.
func (s *sheet) amount(column string) float64 {
	v := s.need(column)
	if v == "" {
		return 0
	}
	f, err := strconv.ParseFloat(strings.NewReplacer(",", "", " ", "", "'", "").Replace(v), 64)
	if err != nil || !amountForm.MatchString(v) || !(f > 0 && f < 1e12) {
		s.errorf(s.line, column, "%q is no amount: write digits only, as in 64000", clip(v))
		return 0
	}
	return f
}
