package bot

import (
	"slices"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// maxOutline keeps the outline of a long page an outline.
const maxOutline = 7

// day tells a typical day, or answers what was asked of its hours, on-call and
// place.
func (k *composer) day(in intent.Intent, r *knowledge.Role) {
	k.title(r.Title + ": a day in the job")
	for _, facet := range [...]struct{ facet, trait, words string }{
		{"oncall", "on-call", "on-call"}, {"remote", "remote", "remote work"}, {"hours", "office-hours", "hours"},
	} {
		if slices.Contains(in.Facets, facet.facet) {
			k.hours(r, facet.trait, facet.words)
			k.usual(r, intent.None)
			return
		}
	}
	s := r.Section(knowledge.DayInTheLife)
	if s == nil {
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " does not say what a day is like.")
		k.usual(r, intent.Day)
		return
	}
	k.cite.section(r, s)
	var paras []string
	for _, b := range s.Blocks {
		if b.Text != "" && b.Kind != knowledge.Subhead {
			paras = append(paras, b.Text)
		}
	}
	if in.Full {
		k.lead(firstSentence(paras[0]))
		first := strings.TrimSpace(strings.TrimPrefix(paras[0], k.a.Lead))
		if first != "" {
			k.add(Paragraph{Heading: own("", s.Own), Text: first})
		}
		for _, p := range paras[1:] {
			k.add(Paragraph{Text: p})
		}
		k.usual(r, intent.Day)
		return
	}
	k.outline(r, s, paras)
	full := ask(intent.Day, r)
	full.Full = true
	if longer(paras) {
		k.act("The whole text", full)
	}
	k.usual(r, intent.Day)
}

// outline gives the first sentence of each paragraph: they read as the day.
func (k *composer) outline(r *knowledge.Role, s *knowledge.Section, paras []string) {
	k.lead(firstSentence(paras[0]))
	l := List{Heading: own("Through the day", s.Own), Ordered: true}
	for _, p := range paras[1:min(len(paras), maxOutline)] {
		l.Items = append(l.Items, Item{Text: firstSentence(p)})
	}
	if len(l.Items) > 0 {
		k.add(l)
	}
	if h := r.Section(knowledge.HoursAndPlace); h != nil {
		k.add(Paragraph{Heading: own("Hours and place", h.Own), Text: h.Text()})
		k.cite.section(r, h)
	} else {
		k.note("The page says nothing of hours, on-call or remote work.")
	}
}

// longer says whether the whole text says more than the outline.
func longer(paras []string) bool {
	return len(paras) > maxOutline || slices.ContainsFunc(paras, func(p string) bool { return len(sentences(p)) > 1 })
}

// hours answers on-call, remote and hours from the page's own words.
func (k *composer) hours(r *knowledge.Role, trait, words string) {
	s := r.Section(knowledge.HoursAndPlace)
	amount := r.Work.Of(trait)
	if s == nil && amount == knowledge.Unsaid {
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " says nothing of " + words + ".")
		return
	}
	switch {
	case amount == knowledge.Unsaid:
		k.lead("What the page on " + article(r.Title) + " says of hours and place:")
	case trait == "office-hours":
		k.lead(map[knowledge.Amount]string{
			knowledge.No:   upperFirst(plural(r.Title)) + " seldom keep regular hours.",
			knowledge.Some: upperFirst(plural(r.Title)) + " keep regular hours part of the time.",
			knowledge.Much: upperFirst(plural(r.Title)) + " mostly keep regular hours.",
		}[amount])
	default:
		k.lead(map[knowledge.Amount]string{
			knowledge.No:   "Hardly any: the page puts " + words + " for " + article(r.Title) + " at none.",
			knowledge.Some: "Some: the page puts " + words + " for " + article(r.Title) + " at some, on a scale of none, some, much.",
			knowledge.Much: "Much: the page puts " + words + " for " + article(r.Title) + " at much, the highest of three steps.",
		}[amount])
	}
	if amount != knowledge.Unsaid {
		k.cite.front(r, "work")
	}
	if s != nil {
		k.add(Paragraph{Heading: own("Hours and place", s.Own), Text: s.Text()})
		k.cite.section(r, s)
	}
}
