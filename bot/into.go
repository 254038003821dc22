package bot

import (
	"slices"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// prerequisites says how people get in: which roles lead there, what to learn,
// and whether degrees and certificates matter.
func (k *composer) prerequisites(in intent.Intent, r *knowledge.Role) {
	k.title(r.Title + ": getting in")
	s := r.Section(knowledge.GettingIn)
	edges := k.c.leading[r.ID]
	switch {
	case s == nil && len(edges) == 0:
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " does not say how to get in.")
		k.usual(r, intent.Prerequisites)
		return
	case s == nil:
		k.kind(Partial)
		k.lead(k.fromLead(r, edges))
		k.leadHere(edges, 3)
		k.note("The page does not say what to learn or which degrees matter.")
	default:
		k.gettingIn(in, r, s, edges)
	}
	k.intoActions(in, r)
}

// fromTitles are the titles of the roles that moves begin at.
func (k *composer) fromTitles(edges []knowledge.Edge) []string {
	out := make([]string, len(edges))
	for i, e := range edges {
		out[i] = k.titleOf(e.From)
	}
	return out
}

// fromLead says in a sentence where people come from.
func (k *composer) fromLead(r *knowledge.Role, edges []knowledge.Edge) string {
	titles := k.fromTitles(edges[:min(3, len(edges))])
	for _, e := range edges[:len(titles)] {
		k.citeEdge(e)
	}
	titles[0] = article(titles[0])
	return "People usually become " + article(r.Title) + " after work as " + or(titles) + "."
}

// leadHere adds the roles that lead to r, from the nth on: those before stand
// in the lead.
func (k *composer) leadHere(edges []knowledge.Edge, n int) {
	if n >= len(edges) {
		return
	}
	edges = edges[n:min(len(edges), n+4)]
	name := "Roles that usually lead here"
	if n > 0 {
		name = "Other roles that lead here"
	}
	k.add(Facts{Facts: []Fact{{name, strings.Join(k.fromTitles(edges), ", ")}}})
	for _, e := range edges {
		k.citeEdge(e)
	}
}

// asked are the items of Getting In that a facet asks about.
var asked = map[string]string{"degree": "Degree", "certifications": "Certificates", "courses": "Learn", "learning": "Learn"}

// gettingIn answers from the page's section on it: what was asked leads.
func (k *composer) gettingIn(in intent.Intent, r *knowledge.Role, s *knowledge.Section, edges []knowledge.Edge) {
	k.cite.section(r, s)
	items := s.Items("")
	item := func(term string) string {
		for _, b := range items {
			if b.Term == term && b.Text != "" {
				return b.Text
			}
		}
		return ""
	}
	lead, said, from := k.intoLead(in, r, s, item)
	if lead == "" {
		if len(edges) > 0 {
			lead, from = k.fromLead(r, edges), 3
		} else if jobs := item("First jobs"); jobs != "" && words(r.Title)+words(firstSentence(jobs)) < maxSentence-8 {
			lead, said = "Usual first jobs before "+article(r.Title)+": "+k.c.lower(firstSentence(jobs)), "First jobs"
		} else {
			lead = "This is what the page says of becoming " + article(r.Title) + "."
		}
	}
	k.lead(lead)
	switch {
	case len(items) == 0:
		k.add(Paragraph{Heading: own("Getting in", s.Own), Text: brief(s.Text(), room)})
	case in.Full:
		k.gettingInWhole(s)
	default:
		var terms []string
		for _, b := range items {
			if b.Term != said {
				terms = append(terms, b.Term)
			}
		}
		if k.gettingInFacts(r, s, terms...) {
			full := ask(intent.Prerequisites, r)
			full.Full = true
			k.act("The whole text", full)
		}
	}
	if from == 0 && len(edges) > 3 {
		edges = edges[:3]
	}
	k.leadHere(edges, from)
}

// gettingInWhole adds the section as it stands.
func (k *composer) gettingInWhole(s *knowledge.Section) {
	f := Facts{Heading: own("Getting in", s.Own)}
	for _, it := range s.Items("") {
		f.Facts = append(f.Facts, Fact{also(it.Term), it.Text})
	}
	k.add(f)
}

// gettingInFacts adds what a page says of getting in, in brief: the items
// named, or all. It says whether the page says more.
func (k *composer) gettingInFacts(r *knowledge.Role, s *knowledge.Section, terms ...string) (more bool) {
	f := Facts{Heading: own("Getting in", s.Own)}
	items := s.Items("")
	if len(terms) > 0 {
		items = slices.DeleteFunc(slices.Clone(items), func(b knowledge.Block) bool { return !slices.Contains(terms, b.Term) })
	}
	each := 0
	if len(items) > 0 {
		each = max(10, (k.room-20)/len(items))
	}
	for _, it := range items {
		text := brief(it.Text, each)
		more = more || text != it.Text
		f.Facts = append(f.Facts, Fact{also(it.Term), text})
	}
	if len(f.Facts) > 0 {
		k.add(f)
		k.cite.section(r, s)
	}
	return more
}

// also names an item that has no name.
func also(term string) string {
	if term == "" {
		return "Also"
	}
	return term
}

// intoLead answers what was asked of getting in. It returns the item whose
// text the lead holds, and how many of the roles that lead here it names; ""
// when nothing special was asked.
func (k *composer) intoLead(in intent.Intent, r *knowledge.Role, s *knowledge.Section, item func(string) string) (lead, said string, from int) {
	has := func(fs ...string) bool {
		return slices.ContainsFunc(fs, func(f string) bool { return slices.Contains(in.Facets, f) })
	}
	edges := k.c.leading[r.ID]
	people := ""
	if len(edges) > 0 && has("time", "age") {
		people, from = " "+k.fromLead(r, edges), 3
	}
	degree := func() string {
		if item("Degree") == "" {
			return ""
		}
		word, _, _ := strings.Cut(item("Degree"), ".")
		return map[string]string{"Required": " It calls a degree required.", "Usual": " It calls a degree usual.",
			"Helpful": " It calls a degree helpful, not required.", "Optional": " It calls a degree optional."}[word]
	}
	switch {
	case has("time"):
		k.kind(Partial)
		return "No page states how long it takes to become " + article(r.Title) + ", so no time is given." + people, "", from
	case has("age"):
		k.kind(Partial)
		return "The page sets no age for " + plural(r.Title) + "." + people, "", from
	case has("bootcamp"):
		lead, said = k.mentioned(r, s, degree(), "bootcamps", "bootcamp")
		return lead, said, 0
	case has("self-taught"):
		lead, said = k.mentioned(r, s, degree(), "teaching yourself", "self-t", "self-stud", "taught them", "taught your", "teach your")
		return lead, said, 0
	case has("freelance"):
		for i := range r.Sections {
			if found := speaking(&r.Sections[i], []string{"freelanc"}); len(found) > 0 {
				k.cite.section(r, &r.Sections[i])
				return "On freelance work as " + article(r.Title) + ", the page says this. " + sentence(found[0]), "", 0
			}
		}
		k.kind(Partial)
		return "The page on " + article(r.Title) + " says nothing of freelance work; this is how people get in.", "", 0
	}
	for _, f := range []string{"degree", "certifications", "courses", "learning"} {
		term := asked[f]
		text := item(term)
		if !has(f) {
			continue
		}
		switch {
		case text == "" && term == "Learn":
			k.kind(Partial)
			return "The page on " + article(r.Title) + " does not say what to learn.", "", 0
		case text == "":
			k.kind(Partial)
			return "The page on " + article(r.Title) + " says nothing of " + strings.ToLower(term) + map[string]string{"Degree": "s"}[term] + ".", "", 0
		case term == "Learn":
			return k.learnLead(r, text), "Learn", 0
		default:
			return verdict(r, term, text) + reason(text), term, 0
		}
	}
	return "", "", 0
}

// mentioned answers from the sentence of Getting In that speaks of a way in,
// and names its item; else it says that none does, and what the page says of
// degrees.
func (k *composer) mentioned(r *knowledge.Role, s *knowledge.Section, degree, what string, marks ...string) (lead, said string) {
	for _, b := range s.Blocks {
		if found := speaking(&knowledge.Section{Blocks: []knowledge.Block{b}}, marks); len(found) > 0 {
			return "The page on " + article(r.Title) + " speaks of " + what + ". " + sentence(found[0]), b.Term
		}
	}
	k.kind(Partial)
	return "The page on " + article(r.Title) + " does not speak of " + what + "." + degree, "Degree"
}

// learnLead leads with what to learn first.
func (k *composer) learnLead(r *knowledge.Role, text string) string {
	first := firstSentence(text)
	if l := "To become " + article(r.Title) + ", learn " + k.c.lower(first); words(l) <= maxSentence && !strings.HasPrefix(first, "Learn") {
		return sentence(l) + strings.TrimSuffix(" "+strings.TrimSpace(strings.TrimPrefix(text, first)), " ")
	}
	return "This is what to learn to become " + article(r.Title) + ". " + sentence(text)
}

// verdict answers whether a degree or certificates matter, from the word that
// the item begins with.
func verdict(r *knowledge.Role, term, text string) string {
	what := "a degree is "
	if term == "Certificates" {
		what = "certificates are "
	}
	word, _, _ := strings.Cut(text, ".")
	of := " for " + article(r.Title)
	switch word {
	case "Required":
		return "Yes: " + what + "required" + of + "."
	case "Usual":
		return "Usually yes: " + what + "usual" + of + "."
	case "Helpful":
		return "Not strictly: " + what + "helpful" + of + ", not required."
	case "Optional":
		return "No: " + what + "optional" + of + "."
	}
	name := "degrees"
	if term == "Certificates" {
		name = "certificates"
	}
	return "This is what the page says of " + name + of + "."
}

// reason is what follows the verdict in an item's text.
func reason(text string) string {
	word, rest, ok := strings.Cut(text, ".")
	switch word {
	case "Required", "Usual", "Helpful", "Optional":
		if rest = strings.TrimSpace(rest); !ok || rest == "" {
			return ""
		}
		return " " + sentence(rest)
	}
	return " " + sentence(text)
}

func (k *composer) intoActions(in intent.Intent, r *knowledge.Role) {
	for _, f := range []string{"degree", "certifications", "time", "age", "bootcamp", "self-taught", "courses", "learning", "freelance"} {
		if slices.Contains(in.Facets, f) {
			k.act("How people get in", ask(intent.Prerequisites, r))
			break
		}
	}
	edges := k.c.leading[r.ID]
	for _, e := range edges[:min(2, len(edges))] {
		k.act("From "+k.titleOf(e.From), intent.Intent{Ask: intent.Path, Roles: []string{e.From, r.ID}})
	}
	k.usual(r, intent.Prerequisites)
}
