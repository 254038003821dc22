package bot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// compare sets two to four roles side by side: what is the same, what only one
// has, what differs most. It never says which is better.
func (k *composer) compare(in intent.Intent) {
	roles := k.rolesOf(in)
	if len(roles) < 2 {
		k.compareWithWhat(in, roles)
		return
	}
	k.title(and(titleList(roles)))
	switch in.Aspect {
	case intent.AspectSalary:
		k.comparePay(in, roles)
	case intent.AspectTools:
		k.compareTools(roles)
	case intent.AspectSkills:
		k.compareSkills(roles)
	case intent.AspectDay:
		k.compareDays(roles)
	case intent.AspectDifficulty:
		k.compareDifficulty(roles)
	case intent.AspectProgression:
		k.compareNext(roles)
	case intent.AspectOutlook:
		k.compareOutlook(roles)
	default:
		k.compareWhole(in, roles)
	}
	if slices.Contains(in.Facets, "unknown_role") {
		k.missing(k.outsider("Another occupation that you named") + " is not in the catalogue.")
	}
	k.compareActions(in, roles)
}

func titleList(roles []*knowledge.Role) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = r.Title
	}
	return out
}

// both is "both" or "all", for so many roles.
func both(roles []*knowledge.Role) string {
	if len(roles) == 2 {
		return "both"
	}
	return "all"
}

// compareWithWhat answers a comparison that has one role only: two names of
// the same one, one that the catalogue lacks, or none yet.
func (k *composer) compareWithWhat(in intent.Intent, roles []*knowledge.Role) {
	if len(roles) == 0 {
		k.whichRole(in)
		return
	}
	r := roles[0]
	k.title(r.Title)
	names := k.namesSaid(r)
	switch {
	case slices.Contains(in.Facets, "unknown_role") || in.Outside != "":
		k.kind(Partial)
		k.lead(upperFirst(k.outsider("the other occupation")) + " is not in the catalogue, so there is nothing to compare " + article(r.Title) + " with.")
		k.summaryPart(r)
		k.act("About "+r.Title, ask(intent.Overview, r))
	case len(names) > 1:
		k.lead("“" + clip(names[0]) + "” and “" + clip(names[1]) + "” are the same role here: " + r.Title + ".")
		k.summaryPart(r)
		k.act("About "+r.Title, ask(intent.Overview, r))
	default:
		k.kind(Choice)
		k.lead("Which role should " + r.Title + " be compared with?")
	}
	k.compareWithUsual(r)
	for _, e := range k.c.Next(r.ID) {
		if o := k.c.Role(e.To); o != nil {
			k.act("Compare with "+o.Title, intent.Intent{Ask: intent.Compare, Roles: []string{r.ID, o.ID}})
		}
	}
}

// namesSaid are the different names under which the question speaks of a role.
func (k *composer) namesSaid(r *knowledge.Role) []string {
	var out []string
	keys := map[string]bool{}
	for _, w := range k.r.Words() {
		means := strings.TrimSuffix(w.Means, ", misspelt")
		if key := knowledge.Key(w.Text); means == "role "+r.Title && !keys[key] {
			keys[key] = true
			out = append(out, w.Text)
		}
	}
	return out
}

// summaryPart adds what a role is, below a lead that is about something else.
func (k *composer) summaryPart(r *knowledge.Role) {
	if s := r.Section(knowledge.QuickSummary); s != nil {
		k.add(Paragraph{Heading: own(r.Title, s.Own), Text: s.Text()})
		k.cite.section(r, s)
	}
}

// compareWhole gives the difference in a sentence, then what is the same, what
// only one has, and what differs most.
func (k *composer) compareWhole(in intent.Intent, roles []*knowledge.Role) {
	k.differenceLead(roles)
	k.same(roles)
	alone := k.onlyOne(roles)
	k.sideBySide(in, roles, alone)
}

// differenceLead leads with the page's own sentence on the difference where
// there is one, else with what each does; of more than two, with what parts
// them most.
func (k *composer) differenceLead(roles []*knowledge.Role) {
	if len(roles) == 2 {
		if text := k.confusedText(roles[0], roles[1]); text != "" {
			k.lead(text)
			return
		}
	}
	var first []string
	f := Facts{Heading: "What each does"}
	for _, r := range roles {
		s := r.Section(knowledge.QuickSummary)
		if s == nil {
			k.missing("The page on " + article(r.Title) + " has no summary.")
			continue
		}
		first = append(first, firstSentence(s.Text()))
		f.Facts = append(f.Facts, Fact{own(r.Title, s.Own), k.does(r)})
	}
	apart := k.apart(roles)
	switch {
	case len(roles) > 2 && apart != "":
		k.lead(apart)
		k.add(f)
	case len(roles) > 2:
		k.lead("By what their pages rate, the work of " + and(titleList(roles)) + " holds the same amounts of everything.")
		k.add(f)
	case len(first) > 0:
		k.lead(strings.Join(first, " "))
	default:
		k.lead("No page says what parts " + article(roles[0].Title) + " from " + article(roles[1].Title) + ".")
		k.kind(Partial)
	}
}

// does is what a role does, without its name: the page's first sentence.
func (k *composer) does(r *knowledge.Role) string {
	s := r.Section(knowledge.QuickSummary)
	if s == nil {
		return ""
	}
	k.cite.section(r, s)
	return upperFirst(strings.TrimPrefix(firstSentence(s.Text()), plural(r.Title)+" "))
}

// confusedText is the sentence in which one role's page sets itself apart from
// the other: the same one whichever is asked first.
func (k *composer) confusedText(a, b *knowledge.Role) string {
	if a.ID > b.ID {
		a, b = b, a
	}
	for _, pair := range [2][2]*knowledge.Role{{a, b}, {b, a}} {
		s := pair[0].Section(knowledge.ConfusedWith)
		for _, it := range s.Items("") {
			if it.Link == pair[1].ID {
				k.cite.section(pair[0], s)
				start := "Unlike " + article(pair[0].Title) + ", " + article(pair[1].Title) + " "
				if words(start)+words(firstSentence(it.Text)) > maxSentence {
					start = upperFirst(article(pair[1].Title)) + " "
				}
				return sentence(start + k.c.lower(it.Text))
			}
		}
	}
	return ""
}

// apart says in which kind of work the roles differ most, and how.
func (k *composer) apart(roles []*knowledge.Role) string {
	at, widest := -1, 0
	for i := range knowledge.Traits {
		if s, ok := spreadOf(roles, i); ok && s > widest {
			at, widest = i, s
		}
	}
	if at < 0 {
		return ""
	}
	k.citeWork(false, roles...)
	var much, some, none []string
	for _, r := range roles {
		switch r.Work[at] {
		case knowledge.Much:
			much = append(much, article(r.Title))
		case knowledge.Some:
			some = append(some, article(r.Title))
		default:
			none = append(none, article(r.Title))
		}
	}
	var said []string
	for _, group := range [...]struct {
		amount string
		of     []string
	}{{"much", much}, {"some", some}, {"none", none}} {
		if len(group.of) > 0 {
			said = append(said, group.amount+" for "+and(group.of))
		}
	}
	what := traitWords[knowledge.Traits[at]]
	if text := "They differ most in " + what + ": " + strings.Join(said, ", ") + "."; words(text) <= maxSentence {
		return text
	}
	return "They differ most in " + what + ": much of it for " + and(much) + "."
}

// spreadOf is how far roles lie apart in a kind of work; ok is false where a
// page does not say.
func spreadOf(roles []*knowledge.Role, trait int) (spread int, ok bool) {
	lo, hi := int(knowledge.Much), 0
	for _, r := range roles {
		a := r.Work[trait]
		if a == knowledge.Unsaid {
			return 0, false
		}
		lo, hi = min(lo, int(a)), max(hi, int(a))
	}
	return hi - lo, true
}

// same says what all of the roles share.
func (k *composer) same(roles []*knowledge.Role) {
	f := Facts{Heading: "The same"}
	if all(roles, func(r *knowledge.Role) string { return r.Category }) {
		f.Facts = append(f.Facts, Fact{"Field", roles[0].Category})
	}
	if roles[0].Level != "" && all(roles, func(r *knowledge.Role) string { return r.Level }) {
		f.Facts = append(f.Facts, Fact{"Level", roles[0].Level})
	}
	for _, r := range roles {
		if len(f.Facts) > 0 {
			k.cite.front(r, "category and level")
		}
	}
	var much []string
	for i, trait := range knowledge.Traits {
		if s, ok := spreadOf(roles, i); ok && s == 0 && roles[0].Work[i] == knowledge.Much {
			much = append(much, traitWords[trait])
		}
	}
	if len(much) > 0 {
		f.Facts = append(f.Facts, Fact{"Much of", strings.Join(much[:min(4, len(much))], ", ")})
		k.citeWork(false, roles...)
	}
	if shared, _ := k.toolsOf(roles); len(shared) > 0 {
		shared = shared[:min(5, len(shared))]
		f.Facts = append(f.Facts, Fact{"Tools", strings.Join(shared, ", ")})
		for _, r := range roles {
			k.citeTools(r, shared)
		}
	}
	if len(f.Facts) > 0 {
		k.add(f)
	}
}

func all(roles []*knowledge.Role, of func(*knowledge.Role) string) bool {
	for _, r := range roles[1:] {
		if of(r) != of(roles[0]) {
			return false
		}
	}
	return true
}

// toolsOf are the tools that all roles list, the most used first, and for each
// role those that it alone lists.
func (k *composer) toolsOf(roles []*knowledge.Role) (shared []string, alone [][]string) {
	if slices.Equal(k.toolsFor, roles) {
		return k.shared, k.alone
	}
	in := map[string]int{}
	share := map[string]int{}
	for _, r := range roles {
		mine := map[string]bool{}
		for _, t := range r.Tools {
			if !mine[t.Name] {
				mine[t.Name] = true
				in[t.Name]++
			}
			share[t.Name] += t.Pct
		}
	}
	alone = make([][]string, len(roles))
	for i, r := range roles {
		for _, t := range r.Tools {
			switch n := in[t.Name]; {
			case n == len(roles):
				if !slices.Contains(shared, t.Name) {
					shared = append(shared, t.Name)
				}
			case n == 1 && !slices.Contains(alone[i], t.Name):
				alone[i] = append(alone[i], t.Name)
			}
		}
	}
	slices.SortFunc(shared, func(a, b string) int {
		return cmp.Or(cmp.Compare(share[b], share[a]), strings.Compare(a, b))
	})
	k.shared, k.alone, k.toolsFor = shared, alone, roles
	return shared, alone
}

// onlyOne says what a single one of the roles has: kinds of work and tools. It
// returns the kinds of work that it named.
func (k *composer) onlyOne(roles []*knowledge.Role) map[int]bool {
	_, alone := k.toolsOf(roles)
	named := map[int]bool{}
	f := Facts{Heading: "Only one has"}
	for i, r := range roles {
		var has []string
		for t, trait := range knowledge.Traits {
			if onlyHas(roles, r, t) && len(has) < 3 {
				has = append(has, traitWords[trait])
				named[t] = true
				k.citeWork(false, roles...)
			}
		}
		tools := alone[i][:min(4, len(alone[i]))]
		if !k.comparable(intent.AspectTools, roles) {
			tools = nil // where one has no list, another's is not all its own
		}
		k.citeTools(r, tools)
		if has = append(has, tools...); len(has) > 0 {
			f.Facts = append(f.Facts, Fact{r.Title, strings.Join(has, ", ")})
		}
	}
	if len(f.Facts) > 0 {
		k.add(f)
	}
	return named
}

// onlyHas says whether r's work holds some of a trait, and that of none of the
// others does.
func onlyHas(roles []*knowledge.Role, r *knowledge.Role, trait int) bool {
	if r.Work[trait] != knowledge.Some && r.Work[trait] != knowledge.Much {
		return false
	}
	for _, o := range roles {
		if o != r && o.Work[trait] != knowledge.No {
			return false
		}
	}
	return true
}

// sideBySide sets what differs in a table: kinds of work that are not named
// already, the five scores, and pay where it can be compared; what differs
// most comes first.
func (k *composer) sideBySide(in intent.Intent, roles []*knowledge.Role, named map[int]bool) {
	t := Table{Heading: "Side by side, what differs most first", Columns: []Column{{Name: "Work, scores, pay"}}}
	for _, r := range roles {
		t.Columns = append(t.Columns, Column{Name: r.Title})
	}
	type row struct {
		cells  []string
		spread int
	}
	var rows []row
	for i, trait := range knowledge.Traits {
		spread, ok := spreadOf(roles, i)
		if !ok || spread == 0 || named[i] {
			continue
		}
		cells := []string{upperFirst(traitWords[trait])}
		for _, r := range roles {
			cells = append(cells, r.Work[i].String())
		}
		rows = append(rows, row{cells, spread * 20})
	}
	slices.SortStableFunc(rows, func(a, b row) int { return b.spread - a.spread })
	rows = rows[:min(3, len(rows))]
	if len(rows) > 0 {
		k.citeWork(false, roles...)
	}
	tie := k.scoresTie(roles)
	if scored(roles) && !tie {
		for i, name := range knowledge.ScoreNames {
			cells, lo, hi := []string{name}, 100, 0
			for _, r := range roles {
				v := r.Scores.Of[i]
				cells = append(cells, strconv.Itoa(v)+" of 100")
				lo, hi = min(lo, v), max(hi, v)
			}
			rows = append(rows, row{cells, hi - lo})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return b.spread - a.spread })
	for _, r := range rows {
		t.Rows = append(t.Rows, r.cells)
	}
	pairs := k.pairsFor(in, roles)
	for _, p := range pairs[:min(2, len(pairs))] {
		cells := []string{"Median pay " + inPlace(p.region)}
		for _, row := range p.rows {
			cells = append(cells, amount(row.Median)+" "+row.Currency+"/"+row.Period)
			k.cite.row(row.Source, row.Row)
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(t.Rows) > 0 {
		k.add(t)
	}
	k.scoreChart(roles, tie)
	if tie {
		k.note("All five scores tie; " + tieReason(roles))
	}
	if !scored(roles) {
		k.note("Scores are not set side by side: at least one of the roles is not rated.")
	}
	k.pairNotes(pairs[:min(2, len(pairs))])
}

func scored(roles []*knowledge.Role) bool {
	return !slices.ContainsFunc(roles, func(r *knowledge.Role) bool { return r.Scores == nil })
}

// scoresTie says whether the five scores of all roles are the same.
func (k *composer) scoresTie(roles []*knowledge.Role) bool {
	return scored(roles) && !slices.ContainsFunc(roles, func(r *knowledge.Role) bool { return r.Scores.Of != roles[0].Scores.Of })
}

func tieReason(roles []*knowledge.Role) string {
	if all(roles, func(r *knowledge.Role) string { return r.Scores.Occupation }) && roles[0].Scores.Occupation != "" {
		return "the source rates one occupation group for " + both(roles) + " and says nothing finer."
	}
	return "their sources say nothing finer."
}

// scoreChart draws the scores of several roles. The chart says them in words
// too; a fact carries them where no table does.
func (k *composer) scoreChart(roles []*knowledge.Role, tie bool) {
	if !scored(roles) {
		return
	}
	for _, r := range roles {
		k.citeScores(r)
	}
	if tie {
		return
	}
	ch := Chart{Kind: Bars, Title: "Competencies", Unit: "of 100", Max: 100}
	var alt []string
	for _, r := range roles {
		s := Series{Name: r.Title}
		var said []string
		for i, name := range knowledge.ScoreNames {
			s.Points = append(s.Points, Point{Label: name, Value: float64(r.Scores.Of[i])})
			said = append(said, lowerFirst(name)+" "+strconv.Itoa(r.Scores.Of[i]))
		}
		ch.Series = append(ch.Series, s)
		alt = append(alt, r.Title+": "+strings.Join(said, ", "))
	}
	ch.Alt = "Scores of 100. " + strings.Join(alt, ". ") + "."
	k.add(ch)
}

// compareTools says which tools all lists hold, and which only one does.
func (k *composer) compareTools(roles []*knowledge.Role) {
	shared, alone := k.toolsOf(roles)
	listed := slices.DeleteFunc(slices.Clone(roles), func(r *knowledge.Role) bool { return len(r.Tools) == 0 })
	switch {
	case len(listed) == 0:
		k.kind(Partial)
		k.lead("No tools are listed for " + or(titleList(roles)) + ".")
		return
	case len(listed) < len(roles):
		k.lead("Tools are listed for " + and(titleList(listed)) + " only, so nothing can be set side by side.")
	case len(shared) == 0:
		k.lead("The lists of tools of " + and(titleList(roles)) + " have none in common.")
	default:
		k.lead(upperFirst(both(roles)) + " lists of tools hold " + and(shared[:min(3, len(shared))]) + ".")
		k.add(Facts{Facts: []Fact{{"The same", strings.Join(shared, ", ")}}})
	}
	f := Facts{Heading: "Only one lists"}
	for i, r := range roles {
		if len(r.Tools) == 0 {
			k.missing("No tools are listed for " + article(r.Title) + ".")
			continue
		}
		only := alone[i][:min(12, len(alone[i]))]
		if len(only) > 0 {
			f.Facts = append(f.Facts, Fact{r.Title, strings.Join(only, ", ")})
		}
		k.citeTools(r, append(slices.Clone(shared), only...))
	}
	if len(f.Facts) > 0 {
		k.add(f)
	}
}

// compareSkills sets the named skills side by side.
func (k *composer) compareSkills(roles []*knowledge.Role) {
	in := map[string]int{}
	for _, r := range roles {
		for _, it := range r.Section(knowledge.Skills).Items("") {
			in[knowledge.Key(it.Term)]++
		}
	}
	var shared, begin []string
	f := Facts{Heading: "Named on one page"}
	for i, r := range roles {
		s := r.Section(knowledge.Skills)
		if s == nil {
			k.missing("The page on " + article(r.Title) + " lists no skills.")
			continue
		}
		k.cite.section(r, s)
		var only []string
		for _, it := range s.Items("") {
			switch {
			case it.Term == "":
			case in[knowledge.Key(it.Term)] == len(roles):
				if i == 0 {
					shared = append(shared, k.c.lower(it.Term))
				}
			default:
				only = append(only, k.c.lower(it.Term))
			}
		}
		if len(only) > 0 {
			begin = append(begin, "that of "+article(r.Title)+" begins with "+only[0])
			f.Facts = append(f.Facts, Fact{own(r.Title, s.Own), strings.Join(only[:min(len(only), max(3, 16/len(roles)))], "; ")})
		}
	}
	lead := "The pages of " + and(titleList(roles)) + " name no skill in the same words."
	switch {
	case len(f.Facts) == 0 && len(shared) == 0:
		lead = "The pages of " + and(titleList(roles)) + " list no skills to compare."
	case len(shared) > 0:
		slices.Sort(shared)
		lead = "The pages of " + and(titleList(roles)) + " share " + listing(shared) + "."
	case len(roles) == 2 && len(begin) == 2:
		if l := "No skill is on both lists: " + strings.Join(begin, ", ") + "."; words(l) <= maxSentence {
			lead = l
		}
	}
	k.lead(lead)
	if len(f.Facts) > 0 {
		k.add(f)
	}
}

// compareDays says which kinds of work fill one day more than the other, and
// shows how each begins.
func (k *composer) compareDays(roles []*knowledge.Role) {
	k.lead("The pages of " + and(titleList(roles)) + " do not say what a day is like.")
	scenes := 6 / len(roles)
	for scenes > 2 && k.dayWords(roles, scenes) > room {
		scenes--
	}
	told := 0
	for _, r := range roles {
		s := r.Section(knowledge.DayInTheLife)
		paras := paragraphs(s)
		if len(paras) == 0 {
			k.missing("The page on " + article(r.Title) + " does not say what a day is like.")
			continue
		}
		told++
		k.cite.section(r, s)
		l := List{Heading: own(r.Title, s.Own), Ordered: true}
		for _, p := range paras[:min(scenes, len(paras))] {
			l.Items = append(l.Items, Item{Text: firstSentence(p)})
		}
		k.add(l)
		if h := r.Section(knowledge.HoursAndPlace); h != nil && len(roles) < 4 {
			k.add(Facts{Facts: []Fact{{own("Hours and place", h.Own), firstSentence(h.Text())}}})
			k.cite.section(r, h)
		}
	}
	if told == 0 {
		k.a.Parts = nil
	} else {
		k.lead("Here is how a day begins for each, as their pages tell it.")
		if text := k.moreOf(roles); text != "" {
			k.lead(text)
		}
	}
}

// dayWords are the words of so many scenes of each day, and of the hours.
func (k *composer) dayWords(roles []*knowledge.Role, scenes int) int {
	n := 0
	for _, r := range roles {
		paras := paragraphs(r.Section(knowledge.DayInTheLife))
		for _, p := range paras[:min(scenes, len(paras))] {
			n += words(firstSentence(p))
		}
		n += words(firstSentence(r.Section(knowledge.HoursAndPlace).Text()))
	}
	return n
}

// moreOf says what each of two roles' work holds more of than the other's.
func (k *composer) moreOf(roles []*knowledge.Role) string {
	if len(roles) != 2 {
		return k.apart(roles)
	}
	var said []string
	for i, r := range roles {
		var more []string
		for _, d := range differences(roles[1-i], r) {
			if word, ok := strings.CutPrefix(d.words, "more "); ok && len(more) < 3 {
				more = append(more, word)
			}
		}
		if len(more) > 0 {
			said = append(said, article(r.Title)+" has more "+and(more))
		}
	}
	if len(said) == 0 {
		return ""
	}
	k.citeWork(false, roles...)
	return upperFirst(strings.Join(said, "; ")) + "."
}

// compareDifficulty says what is known: no page rates difficulty.
func (k *composer) compareDifficulty(roles []*knowledge.Role) {
	k.kind(Partial)
	lead := "No page rates which is harder."
	if scored(roles) && !k.scoresTie(roles) && len(roles) == 2 {
		at, widest := 0, -1
		for i := range knowledge.ScoreNames {
			if d := abs(roles[0].Scores.Of[i] - roles[1].Scores.Of[i]); d > widest {
				at, widest = i, d
			}
		}
		lead += " The score that differs most is " + lowerFirst(knowledge.ScoreNames[at]) + ": " +
			strconv.Itoa(roles[0].Scores.Of[at]) + " for " + article(roles[0].Title) + ", " +
			strconv.Itoa(roles[1].Scores.Of[at]) + " for " + article(roles[1].Title) + "."
	} else {
		lead += " What the pages say of getting in stands side by side."
	}
	k.lead(lead)
	f := Facts{Heading: "To get in"}
	for _, r := range roles {
		s := r.Section(knowledge.GettingIn)
		if s == nil {
			k.note("The page on " + article(r.Title) + " does not say how to get in.")
			continue
		}
		for _, it := range s.Items("") {
			if it.Term == "Degree" || it.Term == "Learn" {
				f.Facts = append(f.Facts, Fact{r.Title + ", " + lowerFirst(it.Term), brief(it.Text, 40/len(roles))})
				k.cite.section(r, s)
			}
		}
	}
	if len(f.Facts) > 0 {
		k.add(f)
	}
	k.scoreTable(roles)
}

// scoreTable sets all scores side by side, and draws them.
func (k *composer) scoreTable(roles []*knowledge.Role) {
	if !scored(roles) {
		k.note("Scores are not set side by side: at least one of the roles is not rated.")
		return
	}
	tie := k.scoresTie(roles)
	t := Table{Heading: "Competencies, of 100", Columns: []Column{{Name: "Score"}}}
	for _, r := range roles {
		t.Columns = append(t.Columns, Column{Name: r.Title, Number: true})
	}
	for i, name := range knowledge.ScoreNames {
		cells := []string{name}
		for _, r := range roles {
			cells = append(cells, strconv.Itoa(r.Scores.Of[i]))
		}
		t.Rows = append(t.Rows, cells)
	}
	k.add(t)
	k.scoreChart(roles, tie)
	if tie {
		k.note("All five scores tie; " + tieReason(roles))
	}
}

func (k *composer) compareNext(roles []*knowledge.Role) {
	f := Facts{Heading: "What comes next"}
	var leads []string
	var edges []knowledge.Edge
	for _, r := range roles {
		next := k.c.Next(r.ID)
		var names []string
		for _, e := range next {
			if to := k.c.Role(e.To); to != nil && !slices.Contains(names, to.Title) {
				names = append(names, to.Title)
				k.citeEdge(e)
			}
		}
		if len(names) == 0 {
			k.missing("Nothing says what comes after " + r.Title + ".")
			continue
		}
		edges = append(edges, next...)
		f.Facts = append(f.Facts, Fact{r.Title, strings.Join(names, ", ")})
		leads = append(leads, k.nextLead(r, next))
	}
	if len(leads) == 0 {
		k.lead("Nothing says what comes after " + or(titleList(roles)) + ".")
		return
	}
	k.lead(strings.Join(leads, " "))
	k.add(f)
	slices.SortStableFunc(edges, func(a, b knowledge.Edge) int { return strings.Compare(a.To, b.To) })
	k.edgeNote(slices.CompactFunc(edges, func(a, b knowledge.Edge) bool { return a.To == b.To && a.Source == b.Source }))
}

// compareOutlook says that no forecast is made, and gives both trade-offs.
func (k *composer) compareOutlook(roles []*knowledge.Role) {
	k.kind(Partial)
	k.lead("No page forecasts demand for " + or(plurals(roles)) + ", so neither is ranked. What people like, and what wears them down, stands side by side.")
	if len(roles) > 2 {
		k.lead("No page forecasts demand, so none is ranked. What people like, and what wears them down, stands side by side.")
	}
	for _, r := range roles {
		s := r.Section(knowledge.TradeOffs)
		if s == nil {
			k.note("The page on " + article(r.Title) + " says nothing of likes and dislikes.")
			continue
		}
		k.cite.section(r, s)
		f := Facts{Heading: own(r.Title, s.Own)}
		for _, l := range sidesOf(&knowledge.Section{Blocks: s.Blocks}) {
			var texts []string
			for _, it := range l.Items[:min(len(l.Items), max(1, 4/len(roles)))] {
				texts = append(texts, it.String())
			}
			if l.Heading == "" {
				l.Heading = "Trade-offs"
			}
			f.Facts = append(f.Facts, Fact{l.Heading, strings.Join(texts, " ")})
		}
		k.add(f)
	}
}

func plurals(roles []*knowledge.Role) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = plural(r.Title)
	}
	return out
}

// compareActions offers the other aspects, and each role by itself.
func (k *composer) compareActions(in intent.Intent, roles []*knowledge.Role) {
	ids := make([]string, len(roles))
	for i, r := range roles {
		ids[i] = r.ID
	}
	aspect := func(label string, a intent.Aspect) {
		if a != in.Aspect {
			k.act(label, intent.Intent{Ask: intent.Compare, Roles: ids, Aspect: a})
		}
	}
	if in.Aspect != intent.AnyAspect {
		aspect("Compare everything", intent.AnyAspect)
	}
	aspect("Compare pay", intent.AspectSalary)
	aspect("Compare skills", intent.AspectSkills)
	aspect("Compare days", intent.AspectDay)
	if len(roles) == 2 {
		k.act("From "+roles[0].Title+" to "+roles[1].Title, intent.Intent{Ask: intent.Path, Roles: ids})
	}
	for _, r := range roles {
		k.act("About "+r.Title, ask(intent.Overview, r))
	}
}
