package bot

import (
	"slices"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// overview says what the role is; with a facet such as "outlook" or
// "pros_cons" it answers that from what the page knows.
func (k *composer) overview(in intent.Intent, r *knowledge.Role) {
	k.title(r.Title)
	if !r.HasPage() {
		k.noPage(r)
		return
	}
	has := func(f string) bool { return slices.Contains(in.Facets, f) }
	switch {
	case has("outlook"):
		k.outlook(r)
	case has("pros_cons"):
		k.tradeOffs(r, "")
	case has("difficulty"):
		k.difficulty(r)
	case has("freelance"):
		k.said(r, "freelance work", "freelanc", "contractor")
	case has("part_time"):
		k.said(r, "part-time work", "part-time", "part time")
	default:
		k.whatItIs(r)
	}
	k.usual(r, intent.Overview)
}

func (k *composer) whatItIs(r *knowledge.Role) {
	summary := r.Section(knowledge.QuickSummary)
	if summary != nil {
		k.lead(sentence(summary.Text()))
		if k.room < room {
			k.lead(sentence(firstSentence(summary.Text()))) // a part of a longer answer
		}
		if summary.Own {
			k.note("The summary is from your company's page.")
		}
		k.cite.section(r, summary)
	} else {
		k.lead(upperFirst(article(r.Title)) + " belongs to the field " + r.Category + "; the page has no summary.")
		k.kind(Partial)
		k.cite.front(r, "category")
	}
	if duties := r.Section(knowledge.MainDuties); duties != nil {
		l := List{Heading: own("What fills the work", duties.Own)}
		for _, b := range duties.Items("") {
			l.Items = append(l.Items, Item{Term: b.Term, Text: b.Text})
		}
		if len(l.Items) == 0 {
			k.add(Paragraph{Heading: l.Heading, Text: brief(duties.Text(), 60)})
		} else {
			l.Items = l.Items[:k.fitting(l.Items)]
			k.add(l)
		}
		k.cite.section(r, duties)
	} else {
		k.missing("The page lists no main duties.")
	}
	if len(r.Levels) > 0 {
		k.add(Facts{Facts: []Fact{{"Levels at your company", strings.Join(r.Levels, ", ")}}})
		k.cite.page(r, "levels", r.OwnAny)
	}
	if k.room > 20 {
		k.scores(r)
	}
	k.confusedNames(r)
}

// scores adds the competencies in words, and as a chart.
func (k *composer) scores(r *knowledge.Role) {
	if r.Scores == nil {
		k.note("The page rates no competencies.")
		return
	}
	f := Facts{Heading: "Competencies"}
	ch := Chart{Kind: Bars, Title: "Competencies of " + article(r.Title), Unit: "of 100", Max: 100, Series: []Series{{Name: r.Title}}}
	var alt []string
	for i, name := range knowledge.ScoreNames {
		v := r.Scores.Of[i]
		f.Facts = append(f.Facts, Fact{name, scoreValue(v)})
		ch.Series[0].Points = append(ch.Series[0].Points, Point{Label: name, Value: float64(v)})
		alt = append(alt, lowerFirst(name)+" "+amount(float64(v)))
	}
	ch.Alt = r.Title + ", scores of 100: " + strings.Join(alt, ", ") + "."
	k.add(f)
	k.add(ch)
	k.citeScores(r)
}

func (k *composer) citeScores(r *knowledge.Role) {
	if r.Scores.Basis == "page" {
		k.cite.section(r, r.Section(knowledge.Competencies))
		return
	}
	k.cite.row(r.Scores.Source, r.Scores.Row)
}

// confusedNames names the roles that this one is mixed up with.
func (k *composer) confusedNames(r *knowledge.Role) {
	s := r.Section(knowledge.ConfusedWith)
	var names []string
	for _, it := range s.Items("") {
		if o := k.c.Role(it.Link); o != nil && o != r && !slices.Contains(names, o.Title) {
			names = append(names, o.Title)
		}
	}
	if len(names) == 0 {
		return
	}
	k.add(Facts{Facts: []Fact{{own("Easily confused with", s.Own), and(names)}}})
	k.cite.section(r, s)
}

// outlook answers "is it a good, safe, dying career?": the pages make no
// forecast, so it says that, and gives what would help to decide.
func (k *composer) outlook(r *knowledge.Role) {
	k.tradeOffs(r, "No page forecasts demand for "+plural(r.Title)+"; whether it is a good career depends on what you like.")
	k.a.Kind = Partial
}

// tradeOffs adds both sides of the role, or says that the page has none. Where
// lead is "", the first of each side leads.
func (k *composer) tradeOffs(r *knowledge.Role, lead string) {
	s := r.Section(knowledge.TradeOffs)
	if s == nil {
		k.kind(Partial)
		if lead == "" {
			lead = "The page on " + article(r.Title) + " says nothing of what people like or dislike about it."
		} else {
			k.note("The page says nothing of what people like or dislike about it.")
		}
		k.lead(lead)
		return
	}
	sides := sidesOf(s)
	if lead == "" {
		lead = "What people like about being " + article(r.Title) + ", and what wears them down, stands side by side here."
		if len(sides) == 2 && len(sides[0].Items) > 1 && len(sides[1].Items) > 1 {
			lead = "One thing to like as " + article(r.Title) + ": " + k.c.lower(sides[0].Items[0].Text) +
				" One that wears people down: " + k.c.lower(sides[1].Items[0].Text)
			sides[0].Items, sides[1].Items = sides[0].Items[1:], sides[1].Items[1:]
		}
	}
	k.lead(lead)
	for _, l := range sides {
		k.add(l)
	}
	k.cite.section(r, s)
}

// sidesOf are the lists under the subheadings of a section.
func sidesOf(s *knowledge.Section) []List {
	var out []List
	l := List{Heading: own("", s.Own)}
	flush := func() {
		if len(l.Items) > 0 {
			out = append(out, l)
		}
	}
	for _, b := range s.Blocks {
		if b.Kind == knowledge.Subhead {
			flush()
			l = List{Heading: own(b.Text, s.Own)}
			continue
		}
		l.Items = append(l.Items, Item{Term: b.Term, Text: b.Text})
	}
	flush()
	return out
}

// difficulty says what is known of how hard the role is: the scores and what
// getting in asks. No page rates difficulty itself.
func (k *composer) difficulty(r *knowledge.Role) {
	k.kind(Partial)
	lead := "No page rates how hard it is to be " + article(r.Title) + "."
	if r.Scores != nil {
		top := topScore(r.Scores)
		lead = "No page rates how hard it is to be " + article(r.Title) + "; what it asks most is " +
			lowerFirst(knowledge.ScoreNames[top]) + ": " + scoreValue(r.Scores.Of[top]) + "."
	}
	k.lead(lead)
	if r.Scores != nil {
		k.scores(r)
	}
	k.strain(r)
	if s := r.Section(knowledge.GettingIn); s != nil {
		var f Facts
		for _, it := range s.Items("") {
			if it.Term == "Learn" || it.Term == "Degree" {
				f.Facts = append(f.Facts, Fact{it.Term, it.Text})
			}
		}
		if len(f.Facts) > 0 {
			f.Heading = own("To get in", s.Own)
			k.add(f)
			k.cite.section(r, s)
		}
	}
}

// strain adds how much of the work wears on people, as far as the page rates it.
func (k *composer) strain(r *knowledge.Role) {
	f := Facts{Heading: "Strain and hours"}
	for _, trait := range []string{"incidents", "on-call", "office-hours"} {
		if a := r.Work.Of(trait); a != knowledge.Unsaid {
			f.Facts = append(f.Facts, Fact{upperFirst(traitWords[trait]), a.String()})
		}
	}
	if len(f.Facts) > 0 {
		k.add(f)
		k.cite.front(r, "work")
	}
}

// said answers with the sentences of the page that speak of something, or says
// that none does.
func (k *composer) said(r *knowledge.Role, what string, marks ...string) {
	var found []Item
	for i := range r.Sections {
		s := &r.Sections[i]
		for _, text := range speaking(s, marks) {
			found = append(found, Item{Term: own(s.Heading, s.Own), Text: text})
			k.cite.section(r, s)
		}
	}
	if len(found) == 0 {
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " says nothing of " + what + ".")
		if s := r.Section(knowledge.HoursAndPlace); s != nil {
			k.add(Paragraph{Heading: own("Hours and place", s.Own), Text: s.Text()})
			k.cite.section(r, s)
		}
		return
	}
	k.lead("The page on " + article(r.Title) + " mentions " + what + " " + map[bool]string{true: "once", false: "more than once"}[len(found) == 1] + ".")
	k.add(List{Heading: "What it says", Items: found[:min(len(found), 3)]})
}

// speaking are the sentences of a section that hold one of the marks.
func speaking(s *knowledge.Section, marks []string) []string {
	if s == nil {
		return nil
	}
	var out []string
	for _, b := range s.Blocks {
		for _, text := range sentences(b.Text) {
			low := strings.ToLower(text)
			if slices.ContainsFunc(marks, func(m string) bool { return strings.Contains(low, m) }) {
				out = append(out, text)
			}
		}
	}
	return out
}

// topScore is the index of the highest score, the first of equals.
func topScore(s *knowledge.Scores) int {
	top := 0
	for i, v := range s.Of {
		if v > s.Of[top] {
			top = i
		}
	}
	return top
}

// noPage says what the tables hold on a role whose page is not written yet.
func (k *composer) noPage(r *knowledge.Role) {
	k.kind(Partial)
	k.lead("There is no page on " + article(r.Title) + " yet; here is what the tables hold.")
	var f Facts
	fact := func(n int, name, one, many string) {
		if n > 0 {
			f.Facts = append(f.Facts, Fact{name, count(n, one, many)})
		}
	}
	f.Facts = append(f.Facts, Fact{"Field", r.Category})
	fact(len(r.Pay), "Pay", "published figure", "published figures")
	fact(len(r.Tools), "Tools", "tool", "tools")
	fact(len(k.c.Next(r.ID)), "What comes next", "role", "roles")
	if r.Scores != nil {
		f.Facts = append(f.Facts, Fact{"Competencies", "five scores"})
		k.citeScores(r)
	}
	k.cite.front(r, "category")
	k.add(f)
	k.act("Pay", ask(intent.Salary, r))
	k.act("Tools", ask(intent.Tools, r))
	k.act("What comes next", ask(intent.Progression, r))
}
