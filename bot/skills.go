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
	s := r.Section(knowledge.Skills)
	switch {
	case slices.Contains(in.Facets, "levels") && len(r.Proficiencies) > 0:
		k.frameworkLevels(r)
		k.usual(r, intent.None)
		return
	case in.Topic != "" || slices.Contains(in.Facets, "math"):
		k.topic(in, r, s)
		k.act("All skills", ask(intent.Skills, r))
		k.usual(r, intent.Skills)
		return
	case s == nil && len(r.Proficiencies) > 0:
		k.frameworkLevels(r)
		k.missing("The page on " + article(r.Title) + " lists no skills of its own.")
		k.usual(r, intent.Skills)
		return
	case s == nil:
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " lists no skills.")
		k.usual(r, intent.Skills)
		return
	}
	if slices.Contains(in.Facets, "levels") {
		k.room -= 12 // for the note below
	}
	k.skillList(in, r, s)
	if slices.Contains(in.Facets, "levels") {
		k.missing("No source gives levels of these skills for " + article(r.Title) + ".")
	}
	k.act("Tools in use", ask(intent.Tools, r))
	levels := ask(intent.Skills, r)
	levels.Facets = []string{"levels"}
	k.act("Levels asked for", levels)
	k.usual(r, intent.Skills)
}

// skillList gives the skills, those of the first screen or all of them.
func (k *composer) skillList(in intent.Intent, r *knowledge.Role, s *knowledge.Section) {
	k.cite.section(r, s)
	l := List{Heading: own("Skills, and what for", s.Own)}
	var first []string
	for _, it := range s.Items("") {
		if len(first) < 3 && it.Term != "" {
			first = append(first, k.c.lower(it.Term))
		}
		l.Items = append(l.Items, Item{Term: it.Term, Text: it.Text})
	}
	switch {
	case len(l.Items) == 0:
		k.lead("The page on " + article(r.Title) + " says this of skills.")
		k.add(Paragraph{Heading: own("Skills", s.Own), Text: brief(s.Text(), room)})
		return
	case len(first) == 0:
		k.lead("The page on " + article(r.Title) + " names " + count(len(l.Items), "skill", "skills") + ".")
	default:
		k.lead("What " + article(r.Title) + " needs first: " + listing(first) + ".")
	}
	if n := k.fitting(l.Items); n < len(l.Items) && !in.Full {
		full := ask(intent.Skills, r)
		full.Full = true
		k.act("All "+count(len(l.Items), "skill", "skills"), full)
		l.Items = l.Items[:n]
		l.Heading = own("The first "+times(n)+", and what for", s.Own)
	}
	k.add(l)
}

// frameworkLevels gives the levels of the government's framework, by level.
func (k *composer) frameworkLevels(r *knowledge.Role) {
	label := r.Proficiencies[0].Label
	shown := label
	if role, level, ok := strings.Cut(label, ": "); ok && role == level {
		shown = role // the framework's role has one level only
	}
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
	f := Facts{Heading: "Levels for " + shown}
	for _, lv := range order {
		f.Facts = append(f.Facts, Fact{upperFirst(lv), strings.Join(byLevel[lv], "; ")})
	}
	top := order[0]
	k.lead("Of its role “" + shown + "”, the UK government asks the level " + top + " in " + count(len(byLevel[top]), "skill", "skills") + ".")
	k.add(f)
	k.note("The framework describes the UK government's own role; other employers set their own levels.")
}

// topic answers whether one subject is needed, or enough, with the evidence.
func (k *composer) topic(in intent.Intent, r *knowledge.Role, s *knowledge.Section) {
	enough := slices.Contains(in.Facets, "enough")
	switch topic := strings.ToLower(in.Topic); {
	case slices.Contains(in.Facets, "math") || topic == "math" || topic == "maths":
		k.traitTopic(r, "maths", s, enough)
		return
	case topic == "coding" || topic == "programming" || topic == "code":
		k.traitTopic(r, "coding", s, enough)
		return
	}
	skill, tools, others := k.mentions(r, s, in.Topic)
	shown := k.c.spelled(in.Topic)
	if len(skill) > 0 {
		shown = asWritten(skill[0].Term+" "+skill[0].Text, in.Topic)
	}
	switch {
	case len(skill)+len(tools) == 0:
		k.kind(Partial)
		k.lead("The page does not say: " + shown + " is in neither the skills nor the tools of " + article(r.Title) + ".")
		k.skillNames(r, s)
		return
	case enough && others > 0:
		k.lead("No: besides " + shown + ", the page of " + article(r.Title) + " names " + count(others, "other skill", "other skills") + ".")
	case enough:
		k.kind(Partial)
		k.lead("The page does not say whether " + shown + " is enough for " + article(r.Title) + ".")
	case len(skill) > 0:
		k.lead("Yes: the page of " + article(r.Title) + " has " + shown + " among its skills.")
	case tools[0].Pct > 0:
		k.lead("It helps: " + toolShare(tools[0], k.c.Catalog) + " use " + tools[0].Name + ", in the group that " + article(r.Title) + " is counted in.")
	default:
		k.lead("It helps: " + tools[0].Name + " is among the tools of " + article(r.Title) + ", though no source says how many use it.")
	}
	l := List{Heading: "Where it stands", Items: skill}
	for _, t := range tools {
		l.Items = append(l.Items, Item{Term: t.Name, Text: toolShare(t, k.c.Catalog)})
		k.cite.row(t.Source, t.Row)
	}
	if len(l.Items) > 1 || len(skill) > 0 || enough {
		k.add(l)
	}
	if enough || len(skill) == 0 {
		k.skillNames(r, s)
	}
}

// asWritten is a subject as a text that holds it spells it.
func asWritten(text, subject string) string {
	if i := strings.Index(strings.ToLower(text), strings.ToLower(subject)); i >= 0 && len(strings.ToLower(text)) == len(text) {
		return text[i : i+len(subject)]
	}
	return subject
}

// mentions finds a subject in the skills and the tools; others counts the
// skills that do not mention it.
func (k *composer) mentions(r *knowledge.Role, s *knowledge.Section, topic string) (skill []Item, tools []knowledge.Tool, others int) {
	for _, it := range s.Items("") {
		if containsWord(it.Term+" "+it.Text, topic) {
			skill = append(skill, Item{Term: it.Term, Text: it.Text})
			k.cite.section(r, s)
		} else {
			others++
		}
	}
	for _, t := range r.Tools {
		if containsWord(t.Name, topic) {
			tools = append(tools, t)
		}
	}
	return skill, tools, others
}

// traitTopic answers "do I need maths?" from the page's work block.
func (k *composer) traitTopic(r *knowledge.Role, trait string, s *knowledge.Section, enough bool) {
	a := r.Work.Of(trait)
	rated := "the page rates " + trait + " for " + article(r.Title) + " as " + a.String()
	switch a {
	case knowledge.Much:
		k.lead("Yes: " + rated + ", the highest of three steps.")
	case knowledge.Some:
		k.lead("Some: " + rated + ", between none and much.")
	case knowledge.No:
		k.lead("No: " + rated + ".")
	default:
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " does not say how much " + trait + " it takes.")
	}
	if a != knowledge.Unsaid {
		k.cite.front(r, "work")
	}
	if enough {
		k.lead("Whether " + trait + " alone is enough, the page does not say; it rates " + trait + " for " + article(r.Title) + " as " + a.String() + ".")
		if a == knowledge.Unsaid {
			k.lead("The page on " + article(r.Title) + " does not say how much " + trait + " it takes.")
		}
		k.kind(Partial)
	}
	k.skillNames(r, s)
}

// skillNames adds the names of the skills in one line.
func (k *composer) skillNames(r *knowledge.Role, s *knowledge.Section) {
	var names []string
	for _, it := range s.Items("") {
		if it.Term != "" {
			names = append(names, k.c.lower(it.Term))
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
