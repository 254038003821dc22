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
		{"oncall", "on-call", "on-call duty"}, {"remote", "remote", "remote work"}, {"hours", "office-hours", "hours"},
	} {
		if slices.Contains(in.Facets, facet.facet) {
			k.hours(r, facet.trait, facet.words)
			k.usual(r, intent.None)
			return
		}
	}
	if slices.Contains(in.Facets, "part_time") {
		k.said(r, "part-time work", "part-time", "part time")
		k.usual(r, intent.None)
		return
	}
	s := r.Section(knowledge.DayInTheLife)
	paras := paragraphs(s)
	switch {
	case len(paras) == 0:
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " does not say what a day is like.")
	case in.Full:
		k.wholeDay(r, s, paras)
	default:
		k.outline(r, s, paras)
		full := ask(intent.Day, r)
		full.Full = true
		if longer(paras) {
			k.act("The whole text", full)
		}
	}
	k.usual(r, intent.Day)
}

// paragraphs are the texts of a section without its subheadings.
func paragraphs(s *knowledge.Section) []string {
	if s == nil {
		return nil
	}
	var out []string
	for _, b := range s.Blocks {
		if b.Text != "" && b.Kind != knowledge.Subhead {
			out = append(out, b.Text)
		}
	}
	return out
}

// wholeDay gives the page's text, word for word.
func (k *composer) wholeDay(r *knowledge.Role, s *knowledge.Section, paras []string) {
	k.cite.section(r, s)
	k.lead("This is the whole text of the page on a day as " + article(r.Title) + ".")
	for i, p := range paras {
		heading := ""
		if i == 0 {
			heading = own("A day in the job", s.Own)
		}
		k.add(Paragraph{Heading: heading, Text: p})
	}
}

// outline gives the first sentence of each paragraph: they read as the day.
func (k *composer) outline(r *knowledge.Role, s *knowledge.Section, paras []string) {
	k.cite.section(r, s)
	k.lead(k.dayLead(r, firstSentence(paras[0])))
	l := List{Heading: own("Through the day", s.Own), Ordered: true}
	for _, p := range paras[1:min(len(paras), maxOutline)] {
		l.Items = append(l.Items, Item{Text: firstSentence(p)})
	}
	if len(l.Items) > 0 {
		l.Items = l.Items[:k.fitting(l.Items)]
		k.add(l)
	}
	if h := r.Section(knowledge.HoursAndPlace); h != nil {
		k.add(Paragraph{Heading: own("Hours and place", h.Own), Text: brief(h.Text(), max(k.room, 15))})
		k.cite.section(r, h)
	} else {
		k.note("The page says nothing of hours, on-call or remote work.")
	}
}

// dayLead says whose day it is, and how it begins.
func (k *composer) dayLead(r *knowledge.Role, first string) string {
	if of := "For " + article(r.Title) + ", "; words(of)+words(first) <= maxSentence {
		for _, opening := range [...]string{"The day ", "The morning ", "The work ", "The shift ", "Mornings ", "Your day ", "Your morning "} {
			if strings.HasPrefix(first, opening) {
				return of + k.c.lower(sentence(first))
			}
		}
		if !strings.Contains(first, ":") {
			return "A day as " + article(r.Title) + ": " + k.c.lower(sentence(first))
		}
	}
	return "This is how a day as " + article(r.Title) + " begins. " + sentence(first)
}

// longer says whether the whole text says more than the outline.
func longer(paras []string) bool {
	return len(paras) > maxOutline || slices.ContainsFunc(paras, func(p string) bool { return len(sentences(p)) > 1 })
}

// hours answers on-call, remote and hours from the page's own words.
func (k *composer) hours(r *knowledge.Role, trait, what string) {
	s := r.Section(knowledge.HoursAndPlace)
	amount := r.Work.Of(trait)
	if s == nil && amount == knowledge.Unsaid {
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " says nothing of " + what + ".")
		return
	}
	rated := "the page rates " + what + " for " + article(r.Title) + " as " + amount.String()
	switch {
	case amount == knowledge.Unsaid:
		k.lead("The page on " + article(r.Title) + " rates no " + what + ", but says this of hours and place.")
	case trait == "office-hours":
		k.lead(plural(r.Title) + map[knowledge.Amount]string{
			knowledge.No:   " seldom keep regular hours.",
			knowledge.Some: " keep regular hours part of the time.",
			knowledge.Much: " mostly keep regular hours.",
		}[amount])
	case amount == knowledge.No && trait == "on-call" && r.Work.Of("office-hours") == knowledge.No:
		k.lead("Not on call, but not at regular hours either: the page rates both as none for " + article(r.Title) + ".")
	case amount == knowledge.No:
		k.lead("No, or hardly: " + rated + ".")
	case amount == knowledge.Some:
		k.lead("Partly: " + rated + ", between none and much.")
	default:
		k.lead("Yes: " + rated + ", the highest of three steps.")
	}
	if amount != knowledge.Unsaid {
		k.cite.front(r, "work")
	}
	if s != nil {
		k.add(Paragraph{Heading: own("Hours and place", s.Own), Text: s.Text()})
		k.cite.section(r, s)
	}
}
