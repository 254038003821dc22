package bot

import (
	"slices"
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// maxSteps is the longest way that is shown as one: who would change jobs more
// often than that to get somewhere?
const maxSteps = 4

// path shows the usual way from one role to another, what carries over, what
// is new, and the widest gap.
func (k *composer) path(in intent.Intent) {
	roles := k.rolesOf(in)
	has := func(f string) bool { return slices.Contains(in.Facets, f) }
	switch {
	case len(roles) == 0:
		k.whichRole(in)
		return
	case has("to_outside"):
		k.toOutside(roles[0])
		return
	case has("from_outside") || in.Outside != "":
		k.fromOutside(in, roles[len(roles)-1])
		return
	case len(roles) == 1:
		k.prerequisites(in, roles[0])
		return
	}
	to := roles[len(roles)-1]
	from := k.nearestStart(roles[:len(roles)-1], to)
	k.title("From " + from.Title + " to " + to.Title)
	way := k.c.way(from.ID, to.ID)
	if len(way) == 0 || len(way) > maxSteps {
		k.noWay(from, to, way)
		way = nil
	} else {
		k.steps(from, to, way)
	}
	k.carryOver(from, to)
	if has("time") {
		k.missing("No page states how long it takes, so no time is given.")
	}
	k.pathActions(from, to, way)
}

// nearestStart is the one of several present roles that has the shortest way.
func (k *composer) nearestStart(froms []*knowledge.Role, to *knowledge.Role) *knowledge.Role {
	best := froms[0]
	bestLen := -1
	for _, f := range froms {
		if len(froms) == 1 {
			break
		}
		if way := k.c.way(f.ID, to.ID); way != nil && (bestLen < 0 || len(way) < bestLen) {
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
	lead := "From " + from.Title + " to " + to.Title + " it takes " + count(len(way), "usual step", "usual steps")
	switch {
	case len(way) == 1:
		k.lead("From " + from.Title + " to " + to.Title + " is one usual step: " + stepWords(way[0].Kind) + ".")
		k.edgeNote(way)
		return
	case words(lead)+words(strings.Join(via, " "))+5 <= maxSentence:
		k.lead(lead + ", by way of " + and(via) + ".")
	default:
		k.lead(lead + ". The first is " + via[0] + ".")
	}
	var alt []string
	for _, p := range ch.Series[0].Points {
		alt = append(alt, p.Label)
	}
	ch.Alt = "The steps in order: " + strings.Join(alt, ", then ") + "."
	k.add(l)
	k.add(ch)
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

// noWay says that no usual way is known, or only one so long that it is no
// advice, and shows where people usually come from.
func (k *composer) noWay(from, to *knowledge.Role, way []knowledge.Edge) {
	k.kind(Partial)
	k.lead("The catalogue knows no usual way from " + from.Title + " to " + to.Title + ".")
	if len(way) > 0 {
		k.lead("The catalogue knows no short way from " + from.Title + " to " + to.Title + ".")
	}
	if edges := k.c.leading[to.ID]; len(edges) > 0 {
		edges = edges[:min(4, len(edges))]
		k.add(Facts{Facts: []Fact{{"People usually come to " + to.Title + " from", strings.Join(k.fromTitles(edges), ", ")}}})
		for _, e := range edges {
			k.citeEdge(e)
		}
	}
	if s := to.Section(knowledge.GettingIn); s != nil {
		k.room = min(k.room, 60)
		k.gettingInFacts(to, s, "First jobs", "Learn")
	}
}

// carryOver says what two roles share, what is new, and the widest gap.
func (k *composer) carryOver(from, to *knowledge.Role) {
	f := Facts{Heading: "What changes"}
	shared, fresh := toolSets(from, to)
	shared, fresh = shared[:min(5, len(shared))], fresh[:min(5, len(fresh))]
	if len(shared) > 0 {
		f.Facts = append(f.Facts, Fact{"Tools that carry over", strings.Join(shared, ", ")})
		k.citeTools(from, shared)
		k.citeTools(to, shared)
	}
	if len(fresh) > 0 {
		f.Facts = append(f.Facts, Fact{"New tools", strings.Join(fresh, ", ")})
		k.citeTools(to, fresh)
	}
	if s := to.Section(knowledge.Skills); s != nil {
		var terms []string
		have := from.Section(knowledge.Skills).Text()
		for _, it := range s.Items("") {
			if it.Term != "" && !containsWord(have, it.Term) && !slices.ContainsFunc(from.Tools, func(t knowledge.Tool) bool { return strings.EqualFold(t.Name, it.Term) }) {
				terms = append(terms, k.c.lower(it.Term))
			}
		}
		if len(terms) > 0 {
			f.Facts = append(f.Facts, Fact{own("Skills to add", s.Own), strings.Join(terms[:min(4, len(terms))], "; ")})
			k.cite.section(to, s)
		}
	}
	if ds := differences(from, to); len(ds) > 0 {
		gap := Fact{"What changes most", ds[0].inFull()}
		if at := slices.IndexFunc(ds, func(d change) bool { return d.up }); at >= 0 {
			gap = Fact{"Widest gap", ds[at].inFull()}
		}
		f.Facts = append(f.Facts, gap)
		k.citeWork(true, from, to)
	}
	if len(f.Facts) == 0 {
		k.note("Neither page says what changes.")
		return
	}
	k.add(f)
}

// citeWork cites the work blocks, and with scores the scores, that differences
// are read from.
func (k *composer) citeWork(scores bool, roles ...*knowledge.Role) {
	for _, r := range roles {
		if r.Work != (knowledge.Work{}) {
			k.cite.front(r, "work")
		}
		if scores && r.Scores != nil {
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
	seen := map[string]bool{}
	for _, t := range to.Tools {
		switch {
		case seen[t.Name]:
		case has[t.Name]:
			shared = append(shared, t.Name)
		default:
			fresh = append(fresh, t.Name)
		}
		seen[t.Name] = true
	}
	return shared, fresh
}

// fromOutside answers a move from an occupation that the catalogue lacks.
func (k *composer) fromOutside(in intent.Intent, to *knowledge.Role) {
	k.kind(Partial)
	k.title("Into " + to.Title)
	was := k.outsider("that occupation")
	s := to.Section(knowledge.GettingIn)
	edges := k.c.leading[to.ID]
	switch {
	case s == nil && len(edges) == 0:
		k.lead("Neither " + was + " nor ways into " + to.Title + " are on the pages.")
		k.usual(to, intent.Prerequisites)
		return
	case s == nil:
		k.lead("The catalogue has no page on " + was + ". " + k.fromLead(to, edges))
	default:
		k.lead("The catalogue has no page on " + was + "; this is what becoming " + article(to.Title) + " asks of anyone.")
		k.gettingInFacts(to, s)
	}
	k.leadHere(edges, 0)
	k.intoActions(in, to)
}

// toOutside answers a move to an occupation that the catalogue lacks.
func (k *composer) toOutside(from *knowledge.Role) {
	k.kind(Partial)
	k.title(from.Title)
	name := upperFirst(k.outsider("that occupation"))
	edges := k.c.Next(from.ID)
	if len(edges) == 0 {
		k.lead(name + " is not in the catalogue, so there is no way from " + from.Title + " to show.")
		k.usual(from, intent.None)
		return
	}
	k.lead(name + " is not in the catalogue, so there is no way to show. " + k.nextLead(from, edges))
	var names []string
	for _, e := range edges {
		if to := k.c.Role(e.To); to != nil && !slices.Contains(names, to.Title) {
			names = append(names, to.Title)
			k.citeEdge(e)
		}
	}
	k.add(Facts{Facts: []Fact{{"Usual moves", strings.Join(names, ", ")}}})
	k.act("What comes next", ask(intent.Progression, from))
	k.usual(from, intent.None)
}

func (k *composer) pathActions(from, to *knowledge.Role, way []knowledge.Edge) {
	if len(way) > 1 {
		r := k.c.Role(way[0].To)
		k.act("About "+r.Title, ask(intent.Overview, r))
	}
	k.act("Getting in as "+article(to.Title), ask(intent.Prerequisites, to))
	k.act("Compare the two", intent.Intent{Ask: intent.Compare, Roles: []string{from.ID, to.ID}})
	k.act("Pay of "+article(to.Title), ask(intent.Salary, to))
	k.act("About "+to.Title, ask(intent.Overview, to))
}

// change is one way in which two roles' work differs.
type change struct {
	words    string // "more coding"
	what     string // "coding"
	from, to string // "none", "much"
	size     int
	up       bool // more of it is asked for
}

// inFull says the change from what to what: "coding, from none to much".
func (c change) inFull() string { return c.what + ", from " + c.from + " to " + c.to }

// differences are what changes from one role's work to another's, greatest
// first: the work block and the scores, as far as both have them.
func differences(from, to *knowledge.Role) []change {
	var out []change
	for i, trait := range knowledge.Traits {
		a, b := from.Work[i], to.Work[i]
		if a == knowledge.Unsaid || b == knowledge.Unsaid || a == b {
			continue
		}
		size, word := int(b)-int(a), "more "
		if size < 0 {
			size, word = -size, "less "
			if trait == "office-hours" || trait == "incidents" {
				word = "fewer "
			}
		}
		out = append(out, change{word + traitWords[trait], traitWords[trait], a.String(), b.String(), size * 20, b > a})
	}
	if from.Scores != nil && to.Scores != nil {
		for i, name := range knowledge.ScoreNames {
			a, b := from.Scores.Of[i], to.Scores.Of[i]
			if a != b {
				name := lowerFirst(name)
				out = append(out, change{name + " " + strconv.Itoa(a) + " to " + strconv.Itoa(b), name, strconv.Itoa(a), strconv.Itoa(b) + " of 100", abs(b - a), b > a})
			}
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
