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
	before := k.before_(r)
	switch {
	case s == nil && len(before) == 0:
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " does not say how to get in.")
		k.usual(r, intent.Prerequisites)
		return
	case s == nil:
		k.kind(Partial)
		k.lead("People usually come to " + r.Title + " from " + or(before[:min(3, len(before))]) + ".")
		k.note("The page does not say what to learn or which degrees matter.")
	default:
		k.gettingIn(in, r, s, before)
	}
	for _, e := range k.c.Previous(r.ID) {
		k.citeEdge(e)
	}
	k.intoActions(r)
}

// before_ are the titles of the roles that usually lead to r.
func (k *composer) before_(r *knowledge.Role) []string {
	var out []string
	for _, e := range k.c.Previous(r.ID) {
		if from := k.c.Role(e.From); from != nil && !slices.Contains(out, from.Title) {
			out = append(out, from.Title)
		}
	}
	return out
}

// asked are the items of Getting In that a facet asks about, with the lead
// that each begins.
var asked = map[string]string{"degree": "Degree", "certifications": "Certificates", "courses": "Learn", "bootcamp": "Degree",
	"learning": "Learn", "prior_role": "First jobs", "experience": "First jobs", "steps": "First jobs", "entry": "First jobs"}

func (k *composer) gettingIn(in intent.Intent, r *knowledge.Role, s *knowledge.Section, before []string) {
	items := s.Items("")
	focus := ""
	for _, f := range in.Facets {
		if asked[f] != "" {
			focus = asked[f]
		}
	}
	at := slices.IndexFunc(items, func(b knowledge.Block) bool { return b.Term == focus })
	switch {
	case slices.Contains(in.Facets, "time"):
		k.kind(Partial)
		k.lead("The page states no time for becoming " + article(r.Title) + ", so none is given; here is what it asks for.")
	case slices.Contains(in.Facets, "age"):
		k.kind(Partial)
		k.lead("The page sets no age for " + plural(r.Title) + "; here is what it asks for.")
	case at >= 0 && (focus == "Degree" || focus == "Certificates"):
		k.lead(matters(r, focus, items[at].Text))
	case at >= 0 && focus == "Learn":
		k.lead("To become " + article(r.Title) + ", the page says to learn: " + lowerFirst(firstSentence(items[at].Text)))
	default:
		k.lead(firstJobs(r, items, before))
	}
	if slices.Contains(in.Facets, "bootcamp") && !containsWord(s.Text(), "bootcamp") && !containsWord(s.Text(), "bootcamps") {
		k.missing("The page does not mention bootcamps.")
	}
	if len(items) == 0 {
		k.add(Paragraph{Heading: own("Getting in", s.Own), Text: s.Text()})
	} else {
		f := Facts{Heading: own("Getting in", s.Own)}
		for _, it := range items {
			if it.Term == "" {
				f.Facts = append(f.Facts, Fact{"Also", it.Text})
				continue
			}
			f.Facts = append(f.Facts, Fact{it.Term, it.Text})
		}
		k.add(f)
	}
	k.cite.section(r, s)
	if len(before) > 0 {
		k.add(Facts{Facts: []Fact{{"Roles that usually lead here", strings.Join(before[:min(5, len(before))], ", ")}}})
	}
}

// firstJobs leads with where people come from.
func firstJobs(r *knowledge.Role, items []knowledge.Block, before []string) string {
	if len(before) > 0 {
		return "People usually come to " + r.Title + " from " + or(before[:min(3, len(before))]) + "."
	}
	for _, it := range items {
		if it.Term == "First jobs" {
			return "Usual first jobs before " + r.Title + ": " + lowerFirst(firstSentence(it.Text))
		}
	}
	return "Here is what the page says of becoming " + article(r.Title) + "."
}

// matters answers whether a degree or certificates matter, from the word that
// the item begins with.
func matters(r *knowledge.Role, what, text string) string {
	name, be := "a degree", "is"
	if what == "Certificates" {
		name, be = "certificates", "are"
	}
	word, _, _ := strings.Cut(text, ".")
	switch word {
	case "Required":
		return "Yes: for " + article(r.Title) + ", " + name + " " + be + " required, says the page."
	case "Usual":
		return "Usually: for " + article(r.Title) + ", the page calls " + name + " usual."
	case "Helpful":
		return "Not strictly: for " + article(r.Title) + ", the page calls " + name + " helpful."
	case "Optional":
		return "No: for " + article(r.Title) + ", the page calls " + name + " optional."
	}
	return "What the page says of " + name + " for " + article(r.Title) + ": " + firstSentence(text)
}

func (k *composer) intoActions(r *knowledge.Role) {
	for _, e := range k.c.Previous(r.ID)[:min(2, len(k.c.Previous(r.ID)))] {
		if from := k.c.Role(e.From); from != nil {
			k.act("From "+from.Title, intent.Intent{Ask: intent.Path, Roles: []string{from.ID, r.ID}})
		}
	}
	k.usual(r, intent.Prerequisites)
}
