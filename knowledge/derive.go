package knowledge

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var scoreForm = regexp.MustCompile(`^(.*?)[:\s]+(\d{1,4})(?:\s*(?:/|of|out of)\s*(\d{1,4}))?\.?$`)

// readPageScores reads the scores that a page states itself, under Core
// Competencies, as "Technical depth: 85 of 100". A score above its own scale
// ("85/10") is read as of 100, with a warning; figures in the table win, unless
// only the page is the company's own.
func (c *Catalog) readPageScores(r *Role) {
	s := r.Section(Competencies)
	if s == nil {
		return
	}
	got := Scores{Basis: "page", Row: Row{File: s.File, Line: s.Line, Own: s.Own}}
	seen := map[int]bool{}
	for _, b := range s.Blocks {
		name, value, scale, ok := scoreLine(b)
		if !ok {
			continue
		}
		at := slices.IndexFunc(ScoreNames[:], func(n string) bool { return strings.EqualFold(n, name) })
		if at < 0 {
			continue
		}
		line := b.Line
		switch {
		case seen[at]:
			c.fault(s.File, line, ScoreNames[at], "stands twice: keep one")
		case value > 100:
			c.fault(s.File, line, ScoreNames[at], "%d is out of the scale of 0 to 100", value)
		case scale != 100 && value > scale:
			c.faults = append(c.faults, Fault{File: s.File, Line: line, Field: ScoreNames[at], Warning: true,
				What: strconv.Itoa(value) + "/" + strconv.Itoa(scale) + " is read as " + strconv.Itoa(value) + " of 100: mend the page"})
		case scale != 100:
			c.fault(s.File, line, ScoreNames[at], "scores are of 100: %d of %d would be another figure", value, scale)
		}
		got.Of[at] = value
		seen[at] = true
	}
	switch {
	case len(seen) == 0:
	case len(seen) < len(ScoreNames):
		c.fault(s.File, s.Line, s.Heading, "only %d of the five scores: give %s", len(seen), strings.Join(ScoreNames[:], ", "))
	case r.Scores == nil, s.Own && !r.Scores.Row.Own:
		r.Scores = &got
	case s.Own == r.Scores.Row.Own:
		c.faults = append(c.faults, Fault{File: s.File, Line: s.Line, Field: s.Heading, Warning: true,
			What: "the scores are not used: " + r.Scores.Row.File + ":" + strconv.Itoa(r.Scores.Row.Line) + " has scores of the role too"})
	}
}

// scoreLine reads "Technical depth: 85 of 100", "Technical Depth 85/10".
func scoreLine(b Block) (name string, value, scale int, ok bool) {
	text := b.Text
	if b.Term != "" {
		text = b.Term + ": " + b.Text
	}
	m := scoreForm.FindStringSubmatch(text)
	if m == nil {
		return "", 0, 0, false
	}
	value, _ = strconv.Atoi(m[2]) // at most four digits: the form holds
	scale = 100
	if m[3] != "" {
		scale, _ = strconv.Atoi(m[3])
	}
	return strings.TrimSpace(strings.Trim(m[1], ":*")), value, scale, true
}

// readPageEdges takes the moves that a page lists itself under Career
// Progression and Prerequisite Roles: "[Title](id): promotion".
func (c *Catalog) readPageEdges(r *Role, hidden map[string]bool) {
	for _, heading := range [2]string{Career, Prerequisite} {
		s := r.Section(heading)
		if s == nil {
			continue
		}
		for _, it := range s.Items("") {
			if it.Link == "" || hidden[it.Link] {
				continue
			}
			e := Edge{From: r.ID, To: it.Link, Kind: "promotion", Source: "editorial", Row: Row{File: s.File, Line: it.Line, Own: s.Own}}
			if s.Own {
				e.Source = ownSource
			}
			for _, k := range edgeKinds {
				if strings.HasPrefix(strings.ToLower(it.Text), k) {
					e.Kind = k
				}
			}
			if heading == Prerequisite {
				e.From, e.To = it.Link, r.ID
			}
			if c.byID[it.Link] != nil && e.From != e.To { // checkLinks reports the others
				c.graph.add(e)
			}
		}
	}
}

// checkLinks reports links of a page to roles that are not there, and to itself.
func (c *Catalog) checkLinks(r *Role, hidden map[string]bool) {
	for _, s := range r.Sections {
		for _, b := range s.Blocks {
			switch {
			case b.Link == "" || hidden[b.Link]:
			case b.Link == r.ID:
				c.fault(s.File, b.Line, s.Heading, "the page links to itself")
			case c.byID[b.Link] == nil:
				c.fault(s.File, b.Line, s.Heading, "%s", c.unknownRole(b.Link))
			}
		}
	}
}

var proseNext = regexp.MustCompile(`(?i)\b(?:progress|move|grow|advance|develop|go on|transition)\s+(?:on\s+)?(?:in)?to\s+(?:roles?|positions?|jobs?)\s+(?:like|such as)\s+([^.;]+)`)

// NextInProse are the next roles that the page's prose names in a sentence such
// as "… progress into roles like Senior Backend Engineer or Systems Architect",
// as written there, and the section that has it. It is nil when no sentence
// does. They are the page's words and may be no roles of the catalogue.
func (r *Role) NextInProse() (titles []string, in *Section) {
	for i := range r.Sections {
		for _, b := range r.Sections[i].Blocks {
			m := proseNext.FindStringSubmatch(b.Text)
			if m == nil {
				continue
			}
			list := strings.NewReplacer(" and ", ",", " or ", ",").Replace(" " + m[1] + " ")
			for _, t := range strings.Split(list, ",") {
				if t = strings.TrimSpace(t); t != "" && len(t) <= 60 {
					titles = append(titles, t)
				}
			}
			return titles, &r.Sections[i]
		}
	}
	return nil, nil
}
