package bot

import (
	"slices"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// skills lists what the role asks for and what each is for. A subject that was
// asked about ("is SQL enough?") is answered first.
func (k *composer) skills(in intent.Intent, r *knowledge.Role) {
	k.title(r.Title + ": skills")
	if slices.Contains(in.Facets, "levels") && len(r.Proficiencies) > 0 {
		k.frameworkLevels(r)
		k.usual(r, intent.None)
		return
	}
	s := r.Section(knowledge.Skills)
	if in.Topic != "" || slices.Contains(in.Facets, "math") {
		k.topic(in, r, s)
		k.usual(r, intent.Skills)
		return
	}
	if s == nil {
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " lists no skills.")
		if len(r.Proficiencies) > 0 {
			k.frameworkLevels(r)
		}
		k.usual(r, intent.Skills)
		return
	}
	items := s.Items("")
	var first []string
	l := List{Heading: own("Skills, and what for", s.Own)}
	for i, it := range items {
		if i < 3 && it.Term != "" {
			first = append(first, lowerFirst(it.Term))
		}
		l.Items = append(l.Items, Item{Term: it.Term, Text: it.Text})
	}
	if len(first) == 0 {
		k.lead("What the page lists as skills of " + article(r.Title) + ":")
	} else {
		k.lead("For " + article(r.Title) + ", the page names " + and(first) + " first.")
	}
	k.add(l)
	k.cite.section(r, s)
	k.act("Tools in use", ask(intent.Tools, r))
	if len(r.Proficiencies) > 0 {
		levels := ask(intent.Skills, r)
		levels.Facets = []string{"levels"}
		k.act("Levels asked for", levels)
	}
	k.usual(r, intent.Skills)
}

// frameworkLevels gives the levels of the government's framework, by level.
func (k *composer) frameworkLevels(r *knowledge.Role) {
	label := r.Proficiencies[0].Label
	byLevel := map[string][]string{}
	var order []string
	for _, p := range r.Proficiencies {
		if p.Label != label {
			continue
		}
		if byLevel[p.Level] == nil {
			order = append(order, p.Level)
		}
		byLevel[p.Level] = append(byLevel[p.Level], p.Skill)
		k.cite.row(p.Source, p.Row)
	}
	rank := []string{"expert", "practitioner", "working", "awareness"}
	slices.SortStableFunc(order, func(a, b string) int { return slices.Index(rank, a) - slices.Index(rank, b) })
	f := Facts{Heading: "Levels for " + label}
	for _, lv := range order {
		f.Facts = append(f.Facts, Fact{upperFirst(lv), strings.Join(byLevel[lv], "; ")})
	}
	top := order[0]
	if k.a.Lead == "" {
		k.lead("The UK government asks " + top + " level in " + count(len(byLevel[top]), "skill", "skills") + " of its role " + label + ".")
	}
	k.add(f)
	k.note("The framework describes the UK government's own role; other employers set their own levels.")
}

// topic answers whether one subject is needed, or enough, with the evidence.
func (k *composer) topic(in intent.Intent, r *knowledge.Role, s *knowledge.Section) {
	topic := in.Topic
	if slices.Contains(in.Facets, "math") || topic == "math" || topic == "maths" {
		k.traitTopic(r, "maths", s, slices.Contains(in.Facets, "enough"))
		return
	}
	if t := strings.ToLower(topic); t == "coding" || t == "programming" || t == "code" {
		k.traitTopic(r, "coding", s, slices.Contains(in.Facets, "enough"))
		return
	}
	found, others := k.mentions(r, s, topic)
	shown := strings.ToUpper(topic)
	for _, t := range r.Tools {
		if strings.EqualFold(t.Name, topic) {
			shown = t.Name
		}
	}
	if len(topic) > 4 && shown == strings.ToUpper(topic) {
		shown = topic
	}
	switch {
	case len(found) == 0:
		k.kind(Partial)
		k.lead("The page does not say: " + shown + " is in neither the skills nor the tools of " + article(r.Title) + ".")
	case slices.Contains(in.Facets, "enough"):
		k.lead("No: " + shown + " is on the page of " + article(r.Title) + ", and so are " + count(others, "other skill", "other skills") + ".")
	default:
		k.lead("Yes: " + shown + " is among what the page or the tables list for " + article(r.Title) + ".")
	}
	if len(found) > 0 {
		k.add(List{Heading: "Where it stands", Items: found})
	}
	if s != nil && (len(found) == 0 || slices.Contains(in.Facets, "enough")) {
		k.skillNames(r, s)
	}
}

// mentions finds a subject in the skills and the tools; others counts the
// skills that do not mention it.
func (k *composer) mentions(r *knowledge.Role, s *knowledge.Section, topic string) (found []Item, others int) {
	for _, it := range s.Items("") {
		if containsWord(it.Term+" "+it.Text, topic) {
			found = append(found, Item{Term: it.Term, Text: it.Text})
			k.cite.section(r, s)
		} else {
			others++
		}
	}
	for _, t := range r.Tools {
		if containsWord(t.Name, topic) {
			found = append(found, Item{Term: t.Name, Text: toolShare(t, k.c)})
			k.cite.row(t.Source, t.Row)
		}
	}
	return found, others
}

// traitTopic answers "do I need maths?" from the page's work block.
func (k *composer) traitTopic(r *knowledge.Role, trait string, s *knowledge.Section, enough bool) {
	a := r.Work.Of(trait)
	switch a {
	case knowledge.Much:
		k.lead("Yes: the page puts " + trait + " for " + article(r.Title) + " at much, the highest of three steps.")
	case knowledge.Some:
		k.lead("Some: the page puts " + trait + " for " + article(r.Title) + " at some, on a scale of none, some, much.")
	case knowledge.No:
		k.lead("No: the page puts " + trait + " for " + article(r.Title) + " at none.")
	default:
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " does not say how much " + trait + " it takes.")
	}
	if a != knowledge.Unsaid {
		k.cite.front(r, "work")
	}
	if enough && a == knowledge.Much {
		k.note(upperFirst(trait) + " alone is less than the page lists.")
	}
	if s != nil {
		k.skillNames(r, s)
	}
}

// skillNames adds the names of the skills in one line.
func (k *composer) skillNames(r *knowledge.Role, s *knowledge.Section) {
	var names []string
	for _, it := range s.Items("") {
		if it.Term != "" {
			names = append(names, lowerFirst(it.Term))
		}
	}
	if len(names) == 0 {
		return
	}
	k.add(Facts{Facts: []Fact{{own("Skills on the page", s.Own), strings.Join(names, "; ")}}})
	k.cite.section(r, s)
}

// containsWord says whether text holds word, not as a part of a longer word.
func containsWord(text, word string) bool {
	t, w := strings.ToLower(text), strings.ToLower(word)
	if w == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(t[from:], w)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(w)
		if (i == 0 || !isLetter(t[i-1])) && (end == len(t) || !isLetter(t[end]) || t[end:] == "s") {
			return true
		}
		from = i + 1
	}
}

func isLetter(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80 || b == '+' || b == '#'
}
