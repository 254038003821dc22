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
	switch {
	case slices.Contains(in.Facets, "outlook"):
		k.outlook(r)
	case slices.Contains(in.Facets, "pros_cons"):
		k.tradeOffs(r, "What people like about it, and what wears them down, for "+article(r.Title)+":")
	case slices.Contains(in.Facets, "difficulty"):
		k.difficulty(r)
	default:
		k.whatItIs(r)
	}
	k.usual(r, intent.Overview)
}

func (k *composer) whatItIs(r *knowledge.Role) {
	summary := r.Section(knowledge.QuickSummary)
	if summary != nil {
		k.lead(summary.Text())
		if summary.Own {
			k.note("The summary is from your company's page.")
		}
		k.cite.section(r, summary)
	} else {
		k.lead(upperFirst(article(r.Title)) + " belongs to the field " + r.Category + "; the page has no summary.")
		k.kind(Partial)
	}
	if duties := r.Section(knowledge.MainDuties); duties != nil {
		l := List{Heading: own("What fills the work", duties.Own)}
		for _, b := range duties.Items("") {
			l.Items = append(l.Items, Item{Term: b.Term, Text: b.Text})
		}
		k.add(l)
		k.cite.section(r, duties)
	}
	if len(r.Levels) > 0 {
		k.add(Paragraph{Heading: "Your company's levels", Text: "Called " + or(r.Levels) + " at your company."})
		k.cite.front(r, "levels")
	}
	k.scores(r)
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
		alt = append(alt, name+" "+amount(float64(v)))
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
		if o := k.c.Role(it.Link); o != nil {
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
	k.tradeOffs(r, "That depends on what you want: the page makes no forecast of demand for "+plural(r.Title)+", only what people like and what wears them down.")
	k.a.Kind = Partial
}

// tradeOffs adds both sides of the role, or says that the page has none.
func (k *composer) tradeOffs(r *knowledge.Role, lead string) {
	s := r.Section(knowledge.TradeOffs)
	if s == nil {
		k.kind(Partial)
		k.lead("The page on " + article(r.Title) + " says nothing of what people like or dislike about it.")
		return
	}
	k.lead(lead)
	sub := ""
	var l List
	flush := func() {
		if len(l.Items) > 0 {
			k.add(l)
		}
		l = List{Heading: own(sub, s.Own)}
	}
	for _, b := range s.Blocks {
		switch b.Kind {
		case knowledge.Subhead:
			flush()
			sub = b.Text
			l = List{Heading: own(sub, s.Own)}
		default:
			l.Items = append(l.Items, Item{Term: b.Term, Text: b.Text})
		}
	}
	flush()
	k.cite.section(r, s)
}

// difficulty says what is known of how hard the role is: the scores and what
// getting in asks. No page rates difficulty itself.
func (k *composer) difficulty(r *knowledge.Role) {
	k.kind(Partial)
	lead := "The page does not rate how hard it is to be " + article(r.Title) + "."
	if r.Scores != nil {
		top := topScore(r.Scores)
		lead = "The page rates no difficulty; of the five competencies, " + lowerFirst(knowledge.ScoreNames[top]) +
			" is the highest for " + article(r.Title) + ": " + scoreValue(r.Scores.Of[top]) + "."
	}
	k.lead(lead)
	if r.Scores != nil {
		k.scores(r)
	}
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
	fact(len(r.Pay), "Pay", "published figure", "published figures")
	fact(len(r.Tools), "Tools", "tool", "tools")
	fact(len(k.c.Next(r.ID)), "What comes next", "role", "roles")
	if r.Scores != nil {
		f.Facts = append(f.Facts, Fact{"Competencies", "five scores"})
	}
	f.Facts = append(f.Facts, Fact{"Field", r.Category})
	k.cite.front(r, "category")
	k.add(f)
	k.act("Pay", ask(intent.Salary, r))
	k.act("Tools", ask(intent.Tools, r))
	k.act("What comes next", ask(intent.Progression, r))
}
