package bot

import (
	"slices"
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// path shows the usual way from one role to another, what carries over, what
// is new, and the widest gap.
func (k *composer) path(in intent.Intent) {
	roles := k.rolesOf(in)
	switch {
	case len(roles) == 0:
		k.whichRole(in)
		return
	case in.Outside != "" || slices.Contains(in.Facets, "from_outside"):
		k.fromOutside(in, roles[len(roles)-1])
		return
	case slices.Contains(in.Facets, "to_outside"):
		k.toOutside(in, roles[0])
		return
	case len(roles) == 1:
		k.prerequisites(in, roles[0])
		return
	}
	to := roles[len(roles)-1]
	from := k.nearestStart(roles[:len(roles)-1], to)
	k.title("From " + from.Title + " to " + to.Title)
	way := k.c.Way(from.ID, to.ID)
	if way == nil {
		k.noWay(from, to)
	} else {
		k.steps(from, to, way)
	}
	k.carryOver(from, to)
	k.pathActions(from, to, way)
}

// nearestStart is the one of several present roles that has the shortest way.
func (k *composer) nearestStart(froms []*knowledge.Role, to *knowledge.Role) *knowledge.Role {
	best := froms[0]
	bestLen := -1
	for _, f := range froms {
		if way := k.c.Way(f.ID, to.ID); way != nil && (bestLen < 0 || len(way) < bestLen) {
			best, bestLen = f, len(way)
		}
	}
	return best
}

func (k *composer) steps(from, to *knowledge.Role, way []knowledge.Edge) {
	var via []string
	l := List{Heading: "Step by step", Ordered: true}
	ch := Chart{Kind: Steps, Title: "From " + from.Title + " to " + to.Title, Series: []Series{{Name: "Steps", Points: []Point{{Label: from.Title, Note: "start"}}}}}
	for i, e := range way {
		r := k.c.Role(e.To)
		if i < len(way)-1 {
			via = append(via, r.Title)
		}
		l.Items = append(l.Items, Item{Term: edgeTitle(r, e), Text: stepWords(e.Kind)})
		ch.Series[0].Points = append(ch.Series[0].Points, Point{Label: r.Title, Note: stepWords(e.Kind)})
		k.citeEdge(e)
	}
	switch len(way) {
	case 0:
		k.lead("That is the same role: " + to.Title + ".")
		return
	case 1:
		k.lead("From " + from.Title + " to " + to.Title + " is one usual step: " + stepWords(way[0].Kind) + ".")
	default:
		k.lead("From " + from.Title + " to " + to.Title + " it is usually " + count(len(way), "step", "steps") + ", by way of " + and(via) + ".")
	}
	var alt []string
	for i, p := range ch.Series[0].Points {
		alt = append(alt, strconv.Itoa(i)+" "+p.Label)
	}
	ch.Alt = "Steps: " + strings.Join(alt, ", ") + "."
	k.add(l)
	if len(way) > 1 {
		k.add(ch)
	}
	k.edgeNote(way)
}

func stepWords(kind string) string {
	switch kind {
	case "promotion":
		return "a step up"
	case "specialisation":
		return "a specialisation"
	}
	return "a move sideways"
}

// noWay says that no usual way is known, and shows the nearest.
func (k *composer) noWay(from, to *knowledge.Role) {
	k.kind(Partial)
	k.lead("The catalogue knows no usual way from " + from.Title + " to " + to.Title + ".")
	if before := k.before_(to); len(before) > 0 {
		k.add(Facts{Facts: []Fact{{"People usually come to " + to.Title + " from", strings.Join(before[:min(4, len(before))], ", ")}}})
		for _, e := range k.c.Previous(to.ID)[:min(4, len(k.c.Previous(to.ID)))] {
			k.citeEdge(e)
		}
	}
	if s := to.Section(knowledge.GettingIn); s != nil {
		k.learnFacts(to, s)
	}
}

// learnFacts adds what a page says of getting in, first jobs and learning.
func (k *composer) learnFacts(r *knowledge.Role, s *knowledge.Section) {
	f := Facts{Heading: own("To get in as "+article(r.Title), s.Own)}
	for _, it := range s.Items("") {
		if it.Term == "First jobs" || it.Term == "Learn" {
			f.Facts = append(f.Facts, Fact{it.Term, it.Text})
		}
	}
	if len(f.Facts) > 0 {
		k.add(f)
		k.cite.section(r, s)
	}
}

// carryOver says what two roles share, what is new, and the widest gap.
func (k *composer) carryOver(from, to *knowledge.Role) {
	var f Facts
	shared, fresh := toolSets(from, to)
	if len(shared) > 0 {
		f.Facts = append(f.Facts, Fact{"Tools that carry over", strings.Join(shared[:min(6, len(shared))], ", ")})
	}
	if len(fresh) > 0 {
		f.Facts = append(f.Facts, Fact{"New tools", strings.Join(fresh[:min(6, len(fresh))], ", ")})
	}
	if s := to.Section(knowledge.Skills); s != nil {
		var terms []string
		have := from.Section(knowledge.Skills).Text()
		for _, it := range s.Items("") {
			if it.Term != "" && !containsWord(have, it.Term) {
				terms = append(terms, lowerFirst(it.Term))
			}
		}
		if len(terms) > 0 {
			f.Facts = append(f.Facts, Fact{own("Skills to add", s.Own), strings.Join(terms[:min(4, len(terms))], "; ")})
			k.cite.section(to, s)
		}
	}
	if ds := differences(from, to); len(ds) > 0 {
		f.Facts = append(f.Facts, Fact{"Widest gap", ds[0].words})
		k.citeWork(from, to)
	}
	if len(f.Facts) == 0 {
		return
	}
	f.Heading = "What changes"
	k.add(f)
	k.citeTools(from, shared)
	k.citeTools(to, append(slices.Clone(fresh[:min(6, len(fresh))]), shared...))
}

// citeWork cites the work blocks and scores that differences are read from.
func (k *composer) citeWork(roles ...*knowledge.Role) {
	for _, r := range roles {
		if r.Work != (knowledge.Work{}) {
			k.cite.front(r, "work")
		}
		if r.Scores != nil {
			k.citeScores(r)
		}
	}
}

func (k *composer) citeTools(r *knowledge.Role, names []string) {
	for _, t := range r.Tools {
		if slices.Contains(names, t.Name) {
			k.cite.row(t.Source, t.Row)
		}
	}
}

// toolSets parts the target's tools into those that both roles list and those
// that only the target does, in the target's order.
func toolSets(from, to *knowledge.Role) (shared, fresh []string) {
	has := map[string]bool{}
	for _, t := range from.Tools {
		has[t.Name] = true
	}
	for _, t := range to.Tools {
		if has[t.Name] {
			shared = append(shared, t.Name)
		} else {
			fresh = append(fresh, t.Name)
		}
	}
	return shared, fresh
}

// fromOutside answers a move from an occupation that the catalogue lacks.
func (k *composer) fromOutside(in intent.Intent, to *knowledge.Role) {
	k.title("Into " + to.Title)
	was := "that occupation"
	if in.Outside != "" {
		was = in.Outside
	}
	s := to.Section(knowledge.GettingIn)
	if s == nil {
		k.kind(Partial)
		k.lead("Neither " + was + " nor ways into " + to.Title + " are on the pages.")
		k.intoActions(to)
		return
	}
	k.kind(Partial)
	k.lead("The catalogue has no page on " + was + "; this is what the page on " + article(to.Title) + " asks of anyone coming in.")
	k.gettingInFacts(to, s)
	if before := k.before_(to); len(before) > 0 {
		k.add(Facts{Facts: []Fact{{"Roles that usually lead here", strings.Join(before[:min(5, len(before))], ", ")}}})
		for _, e := range k.c.Previous(to.ID)[:min(5, len(k.c.Previous(to.ID)))] {
			k.citeEdge(e)
		}
	}
	k.intoActions(to)
}

func (k *composer) gettingInFacts(r *knowledge.Role, s *knowledge.Section) {
	f := Facts{Heading: own("Getting in", s.Own)}
	for _, it := range s.Items("") {
		f.Facts = append(f.Facts, Fact{it.Term, it.Text})
	}
	k.add(f)
	k.cite.section(r, s)
}

// toOutside answers a move to an occupation that the catalogue lacks.
func (k *composer) toOutside(in intent.Intent, from *knowledge.Role) {
	k.kind(Partial)
	k.title(from.Title)
	name := "That occupation"
	if in.Outside != "" {
		name = upperFirst(in.Outside)
	}
	k.lead(name + " is not in the catalogue, so there is no way to show; these are the usual moves from " + from.Title + ".")
	var names []string
	for _, e := range k.c.Next(from.ID) {
		if to := k.c.Role(e.To); to != nil {
			names = append(names, to.Title)
			k.citeEdge(e)
		}
	}
	if len(names) > 0 {
		k.add(Facts{Facts: []Fact{{"Usual moves", strings.Join(names, ", ")}}})
	}
	k.usual(from, intent.None)
}

func (k *composer) pathActions(from, to *knowledge.Role, way []knowledge.Edge) {
	for _, e := range way[:max(len(way)-1, 0)] {
		r := k.c.Role(e.To)
		k.act("About "+r.Title, ask(intent.Overview, r))
		break
	}
	k.act("Getting in as "+to.Title, ask(intent.Prerequisites, to))
	k.act("Compare the two", intent.Intent{Ask: intent.Compare, Roles: []string{from.ID, to.ID}})
	k.act("Pay of "+article(to.Title), ask(intent.Salary, to))
	k.act("About "+to.Title, ask(intent.Overview, to))
}
