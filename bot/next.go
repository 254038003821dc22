package bot

import (
	"slices"
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// edgeHeadings name the kinds of moves, in the order of an answer.
var edgeHeadings = []struct{ kind, heading string }{
	{"promotion", "Promotion"}, {"specialisation", "Specialisation"}, {"lateral", "Sideways"},
}

// progression says what comes after the role, by kind of move, and what
// changes most with each.
func (k *composer) progression(in intent.Intent, r *knowledge.Role) {
	k.title(r.Title + ": what comes next")
	edges := k.c.Next(r.ID)
	if len(edges) == 0 {
		k.nextInProse(r)
		k.usual(r, intent.Progression)
		return
	}
	k.lead(k.nextLead(r, edges))
	for _, h := range edgeHeadings {
		l := List{Heading: h.heading}
		for _, e := range edges {
			to := k.c.Role(e.To)
			if e.Kind != h.kind || to == nil {
				continue
			}
			l.Items = append(l.Items, Item{Term: edgeTitle(to, e), Text: changes(r, to)})
			k.citeEdge(e)
		}
		if len(l.Items) > 0 {
			k.add(l)
		}
	}
	k.edgeNote(edges)
	if slices.Contains(in.Facets, "time") {
		k.missing("No page states how long it takes, so no time is given.")
	}
	if len(r.Levels) > 0 {
		k.add(Facts{Facts: []Fact{{"Levels at your company", strings.Join(r.Levels, ", ")}}})
		k.cite.front(r, "levels")
	}
	for _, e := range edges[:min(2, len(edges))] {
		to := k.c.Role(e.To)
		k.act("About "+to.Title, ask(intent.Overview, to))
	}
	k.usual(r, intent.Progression)
}

func edgeTitle(to *knowledge.Role, e knowledge.Edge) string {
	if e.Row.Own {
		return to.Title + " (your company's ladder)"
	}
	return to.Title
}

func (k *composer) nextLead(r *knowledge.Role, edges []knowledge.Edge) string {
	byKind := map[string][]string{}
	for _, e := range edges {
		if to := k.c.Role(e.To); to != nil {
			byKind[e.Kind] = append(byKind[e.Kind], to.Title)
		}
	}
	first := func(kind string, n int) []string { return byKind[kind][:min(n, len(byKind[kind]))] }
	switch {
	case len(byKind["promotion"]) > 0:
		return "The usual step up from " + r.Title + " is " + or(first("promotion", 2)) + "."
	case len(byKind["specialisation"]) > 0:
		return "From " + r.Title + ", people usually specialise as " + or(first("specialisation", 2)) + "."
	}
	return "The usual moves from " + r.Title + " go sideways, to " + or(first("lateral", 2)) + "."
}

func (k *composer) citeEdge(e knowledge.Edge) { k.cite.row(e.Source, e.Row) }

// edgeNote says which steps are somebody's judgement.
func (k *composer) edgeNote(edges []knowledge.Edge) {
	var editorial []string
	others := 0
	for _, e := range edges {
		if e.Source == "editorial" {
			if to := k.c.Role(e.To); to != nil && !slices.Contains(editorial, to.Title) {
				editorial = append(editorial, to.Title)
			}
		} else {
			others++
		}
	}
	switch {
	case len(editorial) == 0:
	case others == 0:
		k.note("These steps are the editors' judgement, not a statistic.")
	default:
		k.note("Editors' judgement, not a statistic: " + strings.Join(editorial, ", ") + ".")
	}
}

// nextInProse gives the next roles that only a sentence of the page names.
func (k *composer) nextInProse(r *knowledge.Role) {
	k.kind(Partial)
	titles, s := r.NextInProse()
	if len(titles) == 0 {
		k.lead("Neither the page nor the tables say what comes after " + r.Title + ".")
		return
	}
	k.lead("The page's text names " + or(titles) + " as what comes next.")
	k.note("The page lists no career steps of its own; these names come from its text.")
	k.cite.section(r, s)
}

// change is one way in which two roles' work differs.
type change struct {
	words string
	size  int
}

// differences are what changes from one role's work to another's, greatest
// first: the work block and the scores, as far as both have them.
func differences(from, to *knowledge.Role) []change {
	var out []change
	for i, trait := range knowledge.Traits {
		a, b := from.Work[i], to.Work[i]
		if a == knowledge.Unsaid || b == knowledge.Unsaid || a == b {
			continue
		}
		size := int(b) - int(a)
		word := "more "
		if size < 0 {
			word, size = "less ", -size
		}
		if trait == "office-hours" {
			word = map[string]string{"more ": "more ", "less ": "fewer "}[word]
		}
		out = append(out, change{word + traitWords[trait], size * 20})
	}
	if from.Scores != nil && to.Scores != nil {
		for i, name := range knowledge.ScoreNames {
			d := to.Scores.Of[i] - from.Scores.Of[i]
			if d == 0 {
				continue
			}
			words := lowerFirst(name) + " " + strconv.Itoa(from.Scores.Of[i]) + " to " + strconv.Itoa(to.Scores.Of[i])
			out = append(out, change{words, abs(d)})
		}
	}
	slices.SortStableFunc(out, func(a, b change) int { return b.size - a.size })
	return out
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// changes says the three greatest differences in a phrase.
func changes(from, to *knowledge.Role) string {
	ds := differences(from, to)
	if len(ds) == 0 {
		if from.Category != to.Category {
			return "the field changes to " + to.Category
		}
		return "the same kind of work as far as the pages say"
	}
	var words []string
	for _, d := range ds[:min(3, len(ds))] {
		words = append(words, d.words)
	}
	return strings.Join(words, "; ")
}
