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
	k.title(titles(roles, " and "))
	switch in.Aspect {
	case intent.AspectSalary:
		k.comparePay(roles, true)
	case intent.AspectTools:
		k.compareTools(roles)
	case intent.AspectSkills:
		k.compareLists(roles, knowledge.Skills, "skills")
	case intent.AspectDay:
		k.compareDays(roles)
	case intent.AspectDifficulty:
		k.compareDifficulty(roles)
	case intent.AspectProgression:
		k.compareNext(roles)
	case intent.AspectOutlook:
		k.compareOutlook(roles)
	default:
		k.compareWhole(roles)
	}
	k.compareActions(in, roles)
}

func titles(roles []*knowledge.Role, sep string) string {
	var out []string
	for _, r := range roles {
		out = append(out, r.Title)
	}
	return strings.Join(out, sep)
}

func titleList(roles []*knowledge.Role) []string { return strings.Split(titles(roles, "\x00"), "\x00") }

// compareWithWhat asks for the role that is missing.
func (k *composer) compareWithWhat(in intent.Intent, roles []*knowledge.Role) {
	if len(roles) == 0 {
		k.whichRole(in)
		return
	}
	r := roles[0]
	k.kind(Choice)
	k.title(r.Title)
	k.lead("Which role should " + r.Title + " be compared with?")
	k.compareWithUsual(r)
	for _, e := range k.c.Next(r.ID) {
		if o := k.c.Role(e.To); o != nil {
			k.act("Compare with "+o.Title, intent.Intent{Ask: intent.Compare, Roles: []string{r.ID, o.ID}})
		}
	}
}

// compareWhole gives the difference in a sentence, then what is the same, what
// only one has, and what differs most.
func (k *composer) compareWhole(roles []*knowledge.Role) {
	k.lead(k.differenceLead(roles))
	k.same(roles)
	k.onlyOne(roles)
	k.differsMost(roles)
	if len(roles) == 2 && k.commonPay(roles) != nil {
		k.comparePay(roles, false)
	}
}

// differenceLead is the page's own sentence on the difference where there is
// one, else what each does.
func (k *composer) differenceLead(roles []*knowledge.Role) string {
	if len(roles) == 2 {
		pair := slices.SortedFunc(slices.Values(roles), func(a, b *knowledge.Role) int { return strings.Compare(a.ID, b.ID) })
		for i, r := range pair {
			other := pair[1-i]
			s := r.Section(knowledge.ConfusedWith)
			for _, it := range s.Items("") {
				if it.Link == other.ID {
					k.cite.section(r, s)
					return "Unlike " + article(r.Title) + ", " + article(other.Title) + " " + lowerFirst(it.Text)
				}
			}
		}
	}
	var out []string
	for _, r := range roles {
		s := r.Section(knowledge.QuickSummary)
		if s == nil {
			out = append(out, "There is no page on "+article(r.Title)+" yet.")
			continue
		}
		out = append(out, firstSentence(s.Text()))
		k.cite.section(r, s)
	}
	return strings.Join(out, " ")
}

// same says what all of the roles share.
func (k *composer) same(roles []*knowledge.Role) {
	var f Facts
	if all(roles, func(r *knowledge.Role) string { return r.Category }) {
		f.Facts = append(f.Facts, Fact{"Field", roles[0].Category})
	}
	if roles[0].Level != "" && all(roles, func(r *knowledge.Role) string { return r.Level }) {
		f.Facts = append(f.Facts, Fact{"Level", roles[0].Level})
	}
	if all(roles, group) && group(roles[0]) != "" {
		f.Facts = append(f.Facts, Fact{"Occupation group", roles[0].Occupation.Title + " (scores of one group tie)"})
	}
	shared, _ := k.toolsOf(roles)
	if len(shared) > 0 {
		f.Facts = append(f.Facts, Fact{"Tools", strings.Join(shared[:min(5, len(shared))], ", ")})
		for _, r := range roles {
			k.citeTools(r, shared[:min(5, len(shared))])
		}
	}
	if len(f.Facts) > 0 {
		f.Heading = "The same"
		k.add(f)
		for _, r := range roles {
			k.cite.front(r, "category and level")
		}
	}
}

func group(r *knowledge.Role) string {
	if r.Occupation == nil {
		return ""
	}
	return r.Occupation.Code
}

func all(roles []*knowledge.Role, of func(*knowledge.Role) string) bool {
	for _, r := range roles[1:] {
		if of(r) != of(roles[0]) {
			return false
		}
	}
	return true
}

// toolsOf are the tools that all roles list, and for each role those that it
// alone lists.
func (k *composer) toolsOf(roles []*knowledge.Role) (shared []string, alone [][]string) {
	in := map[string]int{}
	for _, r := range roles {
		for _, t := range r.Tools {
			in[t.Name]++
		}
	}
	alone = make([][]string, len(roles))
	for i, r := range roles {
		for _, t := range r.Tools {
			switch in[t.Name] {
			case 1:
				alone[i] = append(alone[i], t.Name)
			case len(roles):
				if !slices.Contains(shared, t.Name) {
					shared = append(shared, t.Name)
				}
			}
		}
	}
	slices.Sort(shared)
	return shared, alone
}

// onlyOne says what a single one of the roles has: tools, and kinds of work.
func (k *composer) onlyOne(roles []*knowledge.Role) {
	_, alone := k.toolsOf(roles)
	var f Facts
	for i, r := range roles {
		var has []string
		for t, trait := range knowledge.Traits {
			if r.Work[t] == knowledge.No || r.Work[t] == knowledge.Unsaid {
				continue
			}
			others := true
			for _, o := range roles {
				others = others && (o == r || o.Work[t] == knowledge.No)
			}
			if others {
				has = append(has, traitWords[trait])
			}
		}
		shown := alone[i][:min(4, len(alone[i]))]
		has = append(has, shown...)
		if len(has) > 0 {
			f.Facts = append(f.Facts, Fact{r.Title, strings.Join(has, ", ")})
			k.citeTools(r, shown)
			if r.Work != (knowledge.Work{}) {
				k.cite.front(r, "work")
			}
		}
	}
	if len(f.Facts) > 0 {
		f.Heading = "Only one has"
		k.add(f)
	}
}

// differsMost sets the kinds of work and the scores that differ side by side.
func (k *composer) differsMost(roles []*knowledge.Role) {
	t := Table{Heading: "Scores of 100, and kinds of work", Columns: []Column{{Name: "What differs most first"}}}
	for _, r := range roles {
		t.Columns = append(t.Columns, Column{Name: r.Title})
	}
	type row struct {
		cells  []string
		spread int
	}
	var rows []row
	scored := !slices.ContainsFunc(roles, func(r *knowledge.Role) bool { return r.Scores == nil })
	if scored {
		for i, name := range knowledge.ScoreNames {
			cells, lo, hi := []string{name}, 100, 0
			for _, r := range roles {
				v := r.Scores.Of[i]
				cells = append(cells, strconv.Itoa(v))
				lo, hi = min(lo, v), max(hi, v)
			}
			rows = append(rows, row{cells, hi - lo})
		}
	}
	for i, trait := range knowledge.Traits {
		cells, lo, hi := []string{upperFirst(traitWords[trait])}, int(knowledge.Much), 0
		stated := true
		for _, r := range roles {
			a := r.Work[i]
			stated = stated && a != knowledge.Unsaid
			cells = append(cells, a.String())
			lo, hi = min(lo, int(a)), max(hi, int(a))
		}
		if stated && hi > lo {
			rows = append(rows, row{cells, (hi - lo) * 20})
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.spread, a.spread) })
	ties, traits := 0, 0
	for _, r := range rows {
		if isScore := slices.Contains(knowledge.ScoreNames[:], r.cells[0]); isScore && r.spread == 0 {
			ties++
		} else if !isScore {
			if traits++; traits > 4 {
				continue
			}
		}
		t.Rows = append(t.Rows, r.cells)
	}
	if len(t.Rows) > 0 {
		k.add(t)
		k.citeWork(roles...)
	}
	k.scoreChart(roles, scored)
	if scored && ties == len(knowledge.ScoreNames) && group(roles[0]) != "" && all(roles, group) {
		k.note("Their five scores tie because the source rates one occupation group for both; it says nothing finer.")
	}
	if !scored {
		k.note("Scores are not set side by side: at least one of the roles is not rated.")
	}
}

// scoreChart draws the scores that the comparison has in its table.
func (k *composer) scoreChart(roles []*knowledge.Role, scored bool) {
	if !scored {
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
		k.citeScores(r)
	}
	ch.Alt = "Scores of 100. " + strings.Join(alt, ". ") + "."
	k.add(ch)
}

// payPair is one region and source that all roles have a figure of.
type payPair struct {
	region string
	rows   []knowledge.Pay // one for each role
}

// commonPay are the figures that can be set side by side: same source, region,
// year, currency and period, none of a wider group.
func (k *composer) commonPay(roles []*knowledge.Role) []payPair {
	var out []payPair
	for _, p := range roles[0].Pay {
		if p.Broad || p.Median == 0 {
			continue
		}
		pair := payPair{region: p.Region, rows: []knowledge.Pay{p}}
		for _, r := range roles[1:] {
			at := slices.IndexFunc(r.Pay, func(o knowledge.Pay) bool {
				return !o.Broad && o.Median > 0 && o.Region == p.Region && o.Source == p.Source && o.Year == p.Year && o.Currency == p.Currency && o.Period == p.Period
			})
			if at < 0 {
				break
			}
			pair.rows = append(pair.rows, r.Pay[at])
		}
		if len(pair.rows) == len(roles) {
			out = append(out, pair)
		}
	}
	least := func(p payPair) int {
		n := p.rows[0].N
		for _, r := range p.rows {
			n = min(n, r.N)
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b payPair) int {
		if c := cmp.Compare(groupRank(a.region), groupRank(b.region)); c != 0 {
			return c
		}
		if c := cmp.Compare(least(b), least(a)); c != 0 {
			return c
		}
		return strings.Compare(a.region, b.region)
	})
	return out
}

// comparePay sets medians side by side where they can be; with lead it counts
// in how many regions each is higher.
func (k *composer) comparePay(roles []*knowledge.Role, lead bool) {
	pairs := k.commonPay(roles)
	region := k.a.Understood.Region
	if region != "" {
		var here []payPair
		for _, p := range pairs {
			if p.region == region {
				here = append(here, p)
			}
		}
		if len(here) == 0 && lead {
			k.payApart(roles, region)
			return
		}
		if len(here) > 0 {
			pairs = here
		}
	}
	if len(pairs) == 0 {
		if lead {
			k.payApart(roles, region)
		}
		return
	}
	if lead {
		k.lead(payVerdict(roles, pairs))
	}
	most := 2
	if lead {
		most = 6
	}
	k.pairTable(roles, pairs[:min(most, len(pairs))])
}

// payVerdict counts; it does not average.
func payVerdict(roles []*knowledge.Role, pairs []payPair) string {
	wins := make([]int, len(roles))
	ties := 0
	regions := map[string]bool{}
	for _, p := range pairs {
		regions[p.region] = true
		best, at, tied := 0.0, 0, false
		for i, row := range p.rows {
			switch {
			case row.Median > best:
				best, at, tied = row.Median, i, false
			case row.Median == best:
				tied = true
			}
		}
		if tied {
			ties++
		} else {
			wins[at]++
		}
	}
	of := count(len(pairs), "figure", "figures") + " that " + map[bool]string{true: "all", false: "both"}[len(roles) > 2] + " have, same source and region"
	if len(pairs) == 1 {
		p := pairs[0]
		if ties == 1 {
			return "The one figure that they share ties: " + amount(p.rows[0].Median) + " " + p.rows[0].Currency + " a " + p.rows[0].Period + " " + inPlace(p.region) + "."
		}
		at := slices.Index(wins, 1)
		return upperFirst(article(roles[at].Title)) + " has the higher median in the one figure that they share, " + inPlace(p.region) + "."
	}
	order := make([]int, len(roles))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if c := cmp.Compare(wins[b], wins[a]); c != 0 {
			return c
		}
		return strings.Compare(roles[a].ID, roles[b].ID)
	})
	top, next := order[0], order[1]
	if wins[top] == wins[next] {
		return "Neither is ahead: the higher median is as often with " + article(roles[top].Title) + " as with " + article(roles[next].Title) + ", in " + of + "."
	}
	return upperFirst(article(roles[top].Title)) + " has the higher median in " + strconv.Itoa(wins[top]) + " of " + of + "."
}

func (k *composer) pairTable(roles []*knowledge.Role, pairs []payPair) {
	t := Table{Heading: "Median pay", Columns: []Column{{Name: "Region"}}}
	for _, r := range roles {
		t.Columns = append(t.Columns, Column{Name: r.Title, Number: true})
	}
	t.Columns = append(t.Columns, Column{Name: "Source"})
	cut := map[string]bool{}
	for _, p := range pairs {
		cells := []string{p.region}
		for _, row := range p.rows {
			cells = append(cells, amount(row.Median)+" "+row.Currency+"/"+row.Period+", n "+sampleShort(row))
			k.cite.row(row.Source, row.Row)
		}
		cells = append(cells, sourceYear(p.rows[0], k.c))
		t.Rows = append(t.Rows, cells)
		if row := p.rows[0]; row.Cut > runsHigh && !cut[p.region] {
			cut[p.region] = true
			defer k.note("Figures for " + p.region + " run high: " + strconv.Itoa(row.Cut) + " % of answers there lie outside the survey's accepted range.")
		}
	}
	k.add(t)
}

func sampleShort(p knowledge.Pay) string {
	if p.N == 0 {
		return "not published"
	}
	return amount(float64(p.N))
}

// payApart says why pay cannot be set side by side, and gives each role's best.
func (k *composer) payApart(roles []*knowledge.Role, region string) {
	k.kind(Partial)
	where := ""
	if region != "" {
		where = " " + inPlace(region)
	}
	k.lead("Pay of " + and(titleList(roles)) + where + " cannot be set side by side: no source has both in one place and year.")
	if len(roles) > 2 {
		k.lead("Pay of these roles" + where + " cannot be set side by side: no source has all of them in one place and year.")
	}
	for _, r := range roles {
		rows := inRegion(r.Pay, region)
		if len(rows) == 0 {
			regions := bestRegions(r.Pay)
			if len(regions) == 0 {
				k.note("No pay is published for " + article(r.Title) + ".")
				continue
			}
			rows = inRegion(r.Pay, regions[0])
		}
		k.add(Paragraph{Heading: r.Title, Text: payLead(r.Title, rows[0], k.c)})
		k.cite.row(rows[0].Source, rows[0].Row)
		if rows[0].Broad {
			k.payNotes(rows[:1])
		}
	}
}

func (k *composer) compareTools(roles []*knowledge.Role) {
	shared, alone := k.toolsOf(roles)
	none := !slices.ContainsFunc(roles, func(r *knowledge.Role) bool { return len(r.Tools) > 0 })
	switch {
	case none:
		k.kind(Partial)
		k.lead("No tools are listed for " + and(titleList(roles)) + ".")
		return
	case len(shared) == 0:
		k.lead("The lists of tools of " + and(titleList(roles)) + " have none in common.")
	default:
		k.lead("Both lists of tools have " + and(shared[:min(3, len(shared))]) + " in common.")
		if len(roles) > 2 {
			k.lead("All of the lists have " + and(shared[:min(3, len(shared))]) + " in common.")
		}
		k.add(Facts{Facts: []Fact{{"The same", strings.Join(shared, ", ")}}})
	}
	f := Facts{Heading: "Only one lists"}
	for i, r := range roles {
		if len(r.Tools) == 0 {
			k.missing("No tools are listed for " + article(r.Title) + ".")
			continue
		}
		if len(alone[i]) > 0 {
			f.Facts = append(f.Facts, Fact{r.Title, strings.Join(alone[i], ", ")})
		}
		k.citeTools(r, append(slices.Clone(shared), alone[i]...))
	}
	if len(f.Facts) > 0 {
		k.add(f)
	}
}

// compareLists sets the named entries of a section side by side.
func (k *composer) compareLists(roles []*knowledge.Role, heading, what string) {
	in := map[string]int{}
	for _, r := range roles {
		for _, it := range r.Section(heading).Items("") {
			in[knowledge.Key(it.Term)]++
		}
	}
	var shared []string
	var f Facts
	for i, r := range roles {
		s := r.Section(heading)
		if s == nil {
			k.missing("The page on " + article(r.Title) + " lists no " + what + ".")
			continue
		}
		k.cite.section(r, s)
		var only []string
		for _, it := range s.Items("") {
			switch {
			case it.Term == "":
			case in[knowledge.Key(it.Term)] == len(roles):
				if i == 0 {
					shared = append(shared, lowerFirst(it.Term))
				}
			default:
				only = append(only, lowerFirst(it.Term))
			}
		}
		if len(only) > 0 {
			f.Facts = append(f.Facts, Fact{own(r.Title, s.Own), strings.Join(only, "; ")})
		}
	}
	if len(shared) > 0 {
		k.lead("The pages of " + and(titleList(roles)) + " share " + and(shared) + ".")
	} else {
		k.lead("The pages of " + and(titleList(roles)) + " name no " + strings.TrimSuffix(what, "s") + " in the same words.")
	}
	if len(f.Facts) > 0 {
		f.Heading = "Named on one page"
		k.add(f)
	}
}

func (k *composer) compareDays(roles []*knowledge.Role) {
	var leads []string
	for _, r := range roles {
		s := r.Section(knowledge.DayInTheLife)
		if s == nil {
			k.missing("The page on " + article(r.Title) + " does not say what a day is like.")
			continue
		}
		l := List{Heading: own(r.Title, s.Own), Ordered: true}
		for _, b := range s.Blocks[:min(4, len(s.Blocks))] {
			l.Items = append(l.Items, Item{Text: firstSentence(b.Text)})
		}
		leads = append(leads, r.Title+": "+firstSentence(s.Blocks[0].Text))
		k.add(l)
		k.cite.section(r, s)
		if h := r.Section(knowledge.HoursAndPlace); h != nil {
			k.add(Facts{Facts: []Fact{{own("Hours and place", h.Own), h.Text()}}})
			k.cite.section(r, h)
		}
	}
	if len(leads) == 0 {
		k.lead("The pages of " + and(titleList(roles)) + " do not say what a day is like.")
		return
	}
	k.lead(strings.Join(leads, " "))
}

// compareDifficulty says what is known: no page rates difficulty.
func (k *composer) compareDifficulty(roles []*knowledge.Role) {
	k.kind(Partial)
	k.lead("No page rates which is harder; what the pages do say of getting in and of the scores stands side by side.")
	f := Facts{Heading: "To get in"}
	for _, r := range roles {
		s := r.Section(knowledge.GettingIn)
		for _, it := range s.Items("") {
			if it.Term == "Degree" || it.Term == "Learn" {
				f.Facts = append(f.Facts, Fact{r.Title + ", " + lowerFirst(it.Term), it.Text})
				k.cite.section(r, s)
			}
		}
		if before := k.before_(r); len(before) > 0 {
			f.Facts = append(f.Facts, Fact{r.Title + ", from", strings.Join(before[:min(3, len(before))], ", ")})
			for _, e := range k.c.Previous(r.ID) {
				k.citeEdge(e)
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
	if slices.ContainsFunc(roles, func(r *knowledge.Role) bool { return r.Scores == nil }) {
		return
	}
	t := Table{Heading: "Competencies", Columns: []Column{{Name: "Score of 100"}}}
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
	k.scoreChart(roles, true)
}

func (k *composer) compareNext(roles []*knowledge.Role) {
	f := Facts{Heading: "What comes next"}
	var leads []string
	for _, r := range roles {
		edges := k.c.Next(r.ID)
		var names []string
		for _, e := range edges {
			if to := k.c.Role(e.To); to != nil && !slices.Contains(names, to.Title) {
				names = append(names, to.Title)
				k.citeEdge(e)
			}
		}
		if len(names) == 0 {
			k.missing("Nothing says what comes after " + r.Title + ".")
			continue
		}
		f.Facts = append(f.Facts, Fact{r.Title, strings.Join(names, ", ")})
		leads = append(leads, k.nextLead(r, edges))
	}
	if len(leads) == 0 {
		k.lead("Nothing says what comes after " + or(titleList(roles)) + ".")
		return
	}
	k.lead(strings.Join(leads, " "))
	k.add(f)
}

// compareOutlook says that no forecast is made, and gives both trade-offs.
func (k *composer) compareOutlook(roles []*knowledge.Role) {
	k.kind(Partial)
	k.lead("No page forecasts demand for " + or(titleList(roles)) + ", so none is ranked; this is what people like and what wears them down.")
	for _, r := range roles {
		s := r.Section(knowledge.TradeOffs)
		if s == nil {
			k.note("The page on " + article(r.Title) + " says nothing of likes and dislikes.")
			continue
		}
		l := List{Heading: own(r.Title, s.Own)}
		sub := ""
		n := 0
		for _, b := range s.Blocks {
			if b.Kind == knowledge.Subhead {
				sub, n = b.Text, 0
				continue
			}
			if n++; n <= 2 {
				l.Items = append(l.Items, Item{Term: sub, Text: b.Text})
			}
		}
		k.add(l)
		k.cite.section(r, s)
	}
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
	if len(k.commonPay(roles)) > 0 {
		aspect("Compare pay", intent.AspectSalary)
	}
	aspect("Compare skills", intent.AspectSkills)
	aspect("Compare days", intent.AspectDay)
	if in.Aspect != intent.AnyAspect {
		aspect("Compare everything", intent.AnyAspect)
	}
	for _, r := range roles[:2] {
		k.act("About "+r.Title, ask(intent.Overview, r))
	}
	if len(roles) == 2 {
		k.act("From one to the other", intent.Intent{Ask: intent.Path, Roles: ids})
	}
}
