package knowledge

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tableKinds are the tables of a catalogue. A file belongs to the first kind
// that its name begins with: salaries-odbl.csv is a table of salaries, kept
// apart because of its licence.
var tableKinds = []tableKind{
	{"salaries_by_experience", []string{"role", "region", "years_of_work_experience", "year", "currency", "period", "median", "source"}, (*layer).pay},
	{"salaries", []string{"role", "region", "year", "currency", "period", "median", "source"}, (*layer).pay},
	{"tools", []string{"role", "tool", "kind", "source"}, (*layer).tool},
	{"proficiencies", []string{"role", "skill", "level", "source"}, (*layer).proficiency},
	{"progression", []string{"from", "to", "kind"}, (*layer).edge},
	{"competencies", []string{"role", "technical_depth", "troubleshooting", "communication", "process_complexity", "documentation"}, (*layer).scoresRow},
	{"ambiguous", []string{"alias", "role_ids"}, (*layer).ambiguousRow},
	{"occupations", []string{"role", "onet_soc", "onet_title"}, (*layer).occupation},
}

type tableKind struct {
	prefix   string
	required []string
	read     func(*layer, *record)
}

// record is one row of a table, its cells by column.
type record struct {
	*collector
	columns map[string]int
	cells   []string
	line    int
	own     bool
}

func (r *record) get(column string) string {
	i, ok := r.columns[column]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return PlainText(strings.TrimSpace(r.cells[i]))
}

// need returns the cell and reports an empty one.
func (r *record) need(column string) string {
	v := r.get(column)
	if v == "" {
		r.errorf(r.line, column, "is empty")
	}
	return v
}

// source is where the row's figures are from; a company's own need not say so.
func (r *record) source() string {
	if r.own && r.get("source") == "" {
		return ownSource
	}
	return r.need("source")
}

func (r *record) row() Row { return Row{File: r.file, Line: r.line, Own: r.own} }

// number reads a figure as published: digits with an optional decimal part. An
// empty cell is 0, "not published".
func (r *record) number(column string) float64 {
	v := r.get(column)
	if v == "" {
		return 0
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || !(f >= 0 && f < 1e12) {
		r.errorf(r.line, column, "%q is no amount: write digits only, as in 64500 or 43.27", v)
		return 0
	}
	return f
}

func (r *record) integer(column string) int {
	v := r.get(column)
	if v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		r.errorf(r.line, column, "%q is no whole number", v)
		return 0
	}
	return n
}

// table reads one CSV file into l.
func (l *layer) table(fsys fs.FS, name string) Faults {
	c := &collector{file: l.shown(name)}
	base := path.Base(name)
	at := slices.IndexFunc(tableKinds, func(k tableKind) bool { return strings.HasPrefix(base, k.prefix) })
	if at < 0 {
		var known []string
		for _, k := range tableKinds {
			known = append(known, k.prefix+".csv")
		}
		if near := NearestWord(base, known); near != "" {
			c.warnf(1, "", "the table is not read: did you mean %s?", near)
		} else {
			c.warnf(1, "", "the table is not read: known are %s", strings.Join(known, ", "))
		}
		return c.faults
	}
	kind := tableKinds[at]
	f, err := fsys.Open(name)
	if err != nil {
		c.errorf(1, "", "cannot be read: %v", err)
		return c.faults
	}
	defer f.Close()
	rd := csv.NewReader(f)
	rd.FieldsPerRecord = -1
	rd.ReuseRecord = true
	head, err := rd.Read()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			c.errorf(1, "", "is no CSV: %v", err)
		} else {
			c.errorf(1, "", "is empty: its first line names the columns %s", strings.Join(kind.required, ", "))
		}
		return c.faults
	}
	rec := &record{collector: c, columns: map[string]int{}, own: l.own}
	for i, h := range head {
		rec.columns[strings.ToLower(PlainText(strings.TrimPrefix(h, "\ufeff")))] = i
	}
	width := len(head)
	for _, col := range kind.required {
		if _, ok := rec.columns[col]; !ok && (!l.own || col != "source") {
			c.errorf(1, col, "the column is missing: the table needs %s", strings.Join(kind.required, ", "))
		}
	}
	if len(c.faults) > 0 {
		return c.faults
	}
	for {
		cells, err := rd.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			var pe *csv.ParseError
			if errors.As(err, &pe) {
				c.errorf(pe.Line, "", "is no CSV from column %d on: %v", pe.Column, pe.Err)
			} else {
				c.errorf(1, "", "cannot be read: %v", err)
			}
			break
		}
		rec.cells = cells
		rec.line, _ = rd.FieldPos(0)
		if len(cells) != width {
			c.errorf(rec.line, "", "has %d cells, the first line has %d: a comma inside a text needs quotes", len(cells), width)
			continue
		}
		kind.read(l, rec)
	}
	return c.faults
}

var (
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
	payPeriods   = []string{"year", "month", "hour"}
	edgeKinds    = []string{"promotion", "specialisation", "lateral"}
	yearBands    = []string{"0-4", "5-9", "10-19", "20+"}
)

func (l *layer) pay(r *record) {
	p := Pay{
		Region: r.need("region"), Years: r.get("years_of_work_experience"), Year: r.integer("year"),
		Currency: r.need("currency"), Period: r.need("period"),
		P25: r.number("p25"), Median: r.number("median"), P75: r.number("p75"),
		N: r.integer("n"), NIs: r.get("n_is"), Source: r.source(), Label: r.get("source_label"),
		Broad: r.get("match") == "broad", Band: r.get("match") == "band", Cut: r.integer("outside_cut_pct"), Row: r.row(),
	}
	if _, byYears := r.columns["years_of_work_experience"]; byYears && !slices.Contains(yearBands, p.Years) {
		r.errorf(r.line, "years_of_work_experience", "%q must be one of %s", p.Years, strings.Join(yearBands, ", "))
	}
	if p.Year < 1990 || p.Year > 2100 {
		r.errorf(r.line, "year", "%q is no year that pay can be from", r.get("year"))
	}
	if p.Currency != "" && !currencyForm.MatchString(p.Currency) {
		r.errorf(r.line, "currency", "%q is no currency code such as EUR", p.Currency)
	}
	if p.Period != "" && !slices.Contains(payPeriods, p.Period) {
		r.errorf(r.line, "period", "%q must be one of %s", p.Period, strings.Join(payPeriods, ", "))
	}
	if p.Median == 0 && (p.P25 == 0 || p.P75 == 0) {
		r.errorf(r.line, "median", "neither a median nor both quartiles: give one")
	}
	if out := outOfOrder(p.P25, p.Median, p.P75); out {
		r.errorf(r.line, "p25", "p25, median and p75 are out of order: %v, %v, %v", p.P25, p.Median, p.P75)
	}
	if p.N > 0 && p.NIs == "" && strings.HasPrefix(p.Source, "so-") {
		p.NIs = "respondents"
	}
	role := r.need("role")
	if p.Years != "" {
		l.payByYears = append(l.payByYears, roleRow[Pay]{role, p, r.row()})
	} else {
		l.pays = append(l.pays, roleRow[Pay]{role, p, r.row()})
	}
}

// outOfOrder says whether the published ones of three quartiles fall.
func outOfOrder(qs ...float64) bool {
	last := 0.0
	for _, q := range qs {
		if q == 0 {
			continue
		}
		if q < last {
			return true
		}
		last = q
	}
	return false
}

func (l *layer) tool(r *record) {
	t := Tool{Name: r.need("tool"), Kind: r.need("kind"), Rank: r.integer("rank"), Pct: r.integer("pct"), N: r.integer("n"),
		Source: r.source(), Label: r.get("source_label"), Match: r.get("match"), Row: r.row()}
	if t.Pct > 100 {
		r.errorf(r.line, "pct", "%d is over 100", t.Pct)
	}
	l.tools = append(l.tools, roleRow[Tool]{r.need("role"), t, r.row()})
}

func (l *layer) proficiency(r *record) {
	p := Proficiency{Skill: r.need("skill"), Level: r.need("level"), Source: r.source(), Label: r.get("source_label"), Row: r.row()}
	l.proficiencies = append(l.proficiencies, roleRow[Proficiency]{r.need("role"), p, r.row()})
}

func (l *layer) edge(r *record) {
	e := Edge{From: r.need("from"), To: r.need("to"), Kind: r.need("kind"), Source: r.get("source"), Support: r.get("support"), Row: r.row()}
	if e.Source == "" {
		e.Source = "editorial"
		if l.own {
			e.Source = ownSource
		}
	}
	if e.Kind != "" && !slices.Contains(edgeKinds, e.Kind) {
		r.errorf(r.line, "kind", "%q must be one of %s", e.Kind, strings.Join(edgeKinds, ", "))
	}
	if e.From == e.To {
		r.errorf(r.line, "to", "%s leads to itself", e.From)
		return
	}
	l.edges = append(l.edges, e)
}

func (l *layer) scoresRow(r *record) {
	s := Scores{Occupation: r.get("onet_source"), Basis: r.get("basis"), Source: r.get("source"), Row: r.row()}
	for i, col := range [5]string{"technical_depth", "troubleshooting", "communication", "process_complexity", "documentation"} {
		s.Of[i] = r.integer(col)
		if r.get(col) == "" {
			r.errorf(r.line, col, "is empty")
		}
		if s.Of[i] > 100 {
			r.errorf(r.line, col, "%d is out of the scale of 0 to 100", s.Of[i])
		}
	}
	l.scores = append(l.scores, roleRow[Scores]{r.need("role"), s, r.row()})
}

func (l *layer) ambiguousRow(r *record) {
	a := Ambiguity{Alias: r.need("alias"), row: r.row()}
	for _, id := range strings.Split(r.need("role_ids"), ";") {
		if id = strings.TrimSpace(id); id != "" {
			a.Roles = append(a.Roles, id)
		}
	}
	l.ambiguous = append(l.ambiguous, a)
}

func (l *layer) occupation(r *record) {
	o := Occupation{Code: r.need("onet_soc"), Title: r.get("onet_title"), Listed: r.get("soc_match") == "listed"}
	for _, a := range strings.Split(r.get("attested_in"), ";") {
		if a = strings.TrimSpace(a); a != "" {
			o.AttestedIn = append(o.AttestedIn, a)
		}
	}
	l.occupations = append(l.occupations, roleRow[Occupation]{r.need("role"), o, r.row()})
}
