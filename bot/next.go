package bot

import (
	"slices"
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
	lead := k.nextLead(r, edges)
	if slices.Contains(in.Facets, "time") {
		k.kind(Partial)
		lead = "No page states how long it takes, so no time is given. " + lead
	}
	k.lead(lead)
	shown, others := k.firstSteps(edges)
	if in.Full {
		shown, others = edges, nil
	}
	for _, h := range edgeHeadings {
		l := List{Heading: h.heading}
		for _, e := range shown {
			to := k.c.Role(e.To)
			if e.Kind != h.kind || to == nil {
				continue
			}
			l.Items = append(l.Items, Item{Term: edgeTitle(to, e), Text: changes(r, to)})
			k.citeEdge(e)
			k.citeWork(true, r, to)
		}
		if len(l.Items) > 0 {
			k.add(l)
		}
	}
	if len(others) > 0 {
		k.otherSteps(r, others)
	}
	k.edgeNote(shown)
	if len(r.Levels) > 0 {
		k.add(Facts{Facts: []Fact{{"Levels at your company", strings.Join(r.Levels, ", ")}}})
		k.cite.page(r, "levels", r.OwnAny)
	}
	for _, e := range edges[:min(2, len(edges))] {
		if to := k.c.Role(e.To); to != nil {
			k.act("About "+to.Title, ask(intent.Overview, to))
		}
	}
	k.usual(r, intent.Progression)
}

// mostSteps is how many steps of each kind the first screen tells in full.
var mostSteps = map[string]int{"promotion": 3, "specialisation": 4, "lateral": 2}

// firstSteps are the steps of the first screen, and those behind it: of each
// kind the ones that most usual moves touch, a company's own before others.
func (k *composer) firstSteps(edges []knowledge.Edge) (shown, others []knowledge.Edge) {
	if len(edges) <= 8 {
		return edges, nil
	}
	ranked := slices.Clone(edges)
	slices.SortStableFunc(ranked, func(a, b knowledge.Edge) int {
		if a.Row.Own != b.Row.Own {
			return map[bool]int{true: -1, false: 1}[a.Row.Own]
		}
		return k.c.traffic[b.To] - k.c.traffic[a.To]
	})
	n := map[string]int{}
	for _, e := range ranked {
		if n[e.Kind]++; n[e.Kind] <= mostSteps[e.Kind] {
			shown = append(shown, e)
		} else {
			others = append(others, e)
		}
	}
	return shown, others
}

// otherSteps names the steps behind the first screen, as many as there is room
// for, and offers all of them.
func (k *composer) otherSteps(r *knowledge.Role, edges []knowledge.Edge) {
	left := max(k.room-25, 8)
	var names []string
	for _, e := range edges {
		title := k.titleOf(e.To)
		if left -= words(title); left < 0 {
			break
		}
		names = append(names, title)
		k.citeEdge(e)
	}
	text := strings.Join(names, ", ")
	if more := len(edges) - len(names); more > 0 {
		text += " and " + count(more, "other", "others")
	}
	k.add(Facts{Facts: []Fact{{"Also usual", text}}})
	full := ask(intent.Progression, r)
	full.Full = true
	k.act("All steps", full)
}

func edgeTitle(to *knowledge.Role, e knowledge.Edge) string {
	if e.Row.Own {
		return to.Title + " (your company's ladder)"
	}
	return to.Title
}

// nextLead is the usual next step in a sentence.
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

// edgeNote says which steps are somebody's judgement: by name where they are
// the fewer, else all but those that have another source.
func (k *composer) edgeNote(edges []knowledge.Edge) {
	var judged, sourced, of []string
	for _, e := range edges {
		to := k.c.Role(e.To)
		switch {
		case to == nil:
		case e.Source == "editorial":
			judged = append(judged, to.Title)
		case !e.Row.Own:
			sourced = append(sourced, to.Title)
			if s, ok := k.c.Source(e.Source); ok && !slices.Contains(of, s.Short) {
				of = append(of, s.Short)
			}
		}
	}
	switch {
	case len(judged) == 0:
	case len(sourced) == 0 && len(judged) == 1:
		k.note("This step is the editors' judgement, not a statistic.")
	case len(sourced) == 0:
		k.note("These steps are the editors' judgement, not a statistic.")
	case len(judged) > 2 && len(sourced) > 3:
		k.note("Some of these steps are from the " + strings.TrimPrefix(and(of), "the ") + "; the others are the editors' judgement, not a statistic.")
	case len(judged) <= 2:
		k.note("The step to " + and(judged) + " is the editors' judgement, not a statistic.")
	default:
		k.note("The step to " + and(sourced) + " is from the " + strings.TrimPrefix(and(of), "the ") + "; the others are the editors' judgement, not a statistic.")
	}
}

// nextInProse gives the next roles that only a sentence of the page names.
func (k *composer) nextInProse(r *knowledge.Role) {
	k.kind(Partial)
	titles, s := r.NextInProse()
	if len(titles) == 0 {
		k.lead("The catalogue knows no usual step after " + r.Title + ".")
		k.note("Neither the page nor a table names one.")
		return
	}
	k.lead("The page's text names " + or(titles) + " as what comes next.")
	k.note("The page lists no career steps of its own; these names come from its text.")
	k.cite.section(r, s)
}
