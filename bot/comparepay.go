package bot

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// payPair is one region and source that all roles have a figure of.
type payPair struct {
	region string
	rows   []knowledge.Pay // one for each role
}

// fewAnswers is a sample below which a reader is told that it is small.
const fewAnswers = 50

// commonPay are the figures that can be set side by side: same source, region,
// year, currency and period, none of a wider group; countries before groups of
// countries, larger samples first.
func (k *composer) commonPay(roles []*knowledge.Role) []payPair {
	if slices.Equal(k.pairsOf, roles) {
		return k.pairs
	}
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
	slices.SortStableFunc(out, func(a, b payPair) int {
		return cmp.Or(cmp.Compare(groupRank(a.region), groupRank(b.region)), cmp.Compare(b.least(), a.least()),
			strings.Compare(a.region, b.region), strings.Compare(a.rows[0].Source, b.rows[0].Source))
	})
	k.pairs, k.pairsOf = out, roles
	return out
}

// least is the smallest sample of the pair.
func (p payPair) least() int {
	return slices.MinFunc(p.rows, func(a, b knowledge.Pay) int { return a.N - b.N }).N
}

// pairsFor are the common figures of the region in force, or all where none is
// or it has none.
func (k *composer) pairsFor(in intent.Intent, roles []*knowledge.Role) []payPair {
	pairs := k.commonPay(roles)
	region := cmp.Or(in.Region, k.q.Region)
	here := slices.DeleteFunc(slices.Clone(pairs), func(p payPair) bool { return p.region != region })
	if len(here) > 0 {
		return here
	}
	return pairs
}

// comparePay counts in how many regions each role's median is higher, and sets
// the figures side by side; where no source has all roles, it says so and gives
// each role's own.
func (k *composer) comparePay(in intent.Intent, roles []*knowledge.Role) {
	pairs := k.pairsFor(in, roles)
	if len(pairs) == 0 || in.Region != "" && pairs[0].region != in.Region {
		k.payApart(in, roles)
		return
	}
	k.lead(k.payVerdict(roles, pairs))
	for _, p := range pairs { // the count stands on all of them
		for _, row := range p.rows {
			k.cite.row(row.Source, row.Row)
		}
	}
	shown := pairs[:min(6, len(pairs))]
	k.pairTable(roles, shown)
	k.pairNotes(shown)
	if in.Years != "" {
		k.missing("The figures are of everyone in the role: pay by experience is not set side by side.")
	}
	if in.City != "" && in.Region != "" {
		k.note(in.City + " is read as " + in.Region + ": no source has figures by city.")
	}
}

// payTogether answers what several roles earn from figures that can stand side
// by side, without setting one above the other; where there are none, each role
// has its own. It is false where experience was asked about.
func (k *composer) payTogether(in intent.Intent) bool {
	roles := k.rolesOf(in)
	if len(roles) < 2 || byYears(in, roles[0]) {
		return false
	}
	pairs := k.pairsFor(in, roles)
	if len(pairs) == 0 || in.Region != "" && pairs[0].region != in.Region {
		k.title(and(titleList(roles)) + ": pay")
		k.payApart(in, roles)
		k.payTogetherActions(in, roles)
		return true
	}
	k.title(and(titleList(roles)) + ": pay")
	p := pairs[0]
	var said []string
	for i, row := range p.rows {
		said = append(said, amount(row.Median)+" for "+article(roles[i].Title))
	}
	k.lead("Medians " + inPlace(p.region) + ", in " + p.rows[0].Currency + per(p.rows[0].Period) + ": " + and(said) + " (" + sourceYear(p.rows[0], k.c.Catalog) + ").")
	shown := pairs[:min(4, len(pairs))]
	for _, p := range shown {
		for _, row := range p.rows {
			k.cite.row(row.Source, row.Row)
		}
	}
	k.pairTable(roles, shown)
	k.pairNotes(shown)
	k.payTogetherActions(in, roles)
	return true
}

func (k *composer) payTogetherActions(in intent.Intent, roles []*knowledge.Role) {
	k.payBesides(in, in.Region)
	for _, r := range roles {
		k.act("Pay of "+article(r.Title), ask(intent.Salary, r))
	}
	k.compareActions(in, roles)
}

// payVerdict counts; it does not average.
func (k *composer) payVerdict(roles []*knowledge.Role, pairs []payPair) string {
	if len(pairs) == 1 {
		return k.oneFigure(roles, pairs[0])
	}
	wins := make([]int, len(roles))
	ties := 0
	regions := map[string]bool{}
	for _, p := range pairs {
		regions[p.region] = true
		if at, tied := highest(p); tied {
			ties++
		} else {
			wins[at]++
		}
	}
	what := "figures"
	if len(regions) == len(pairs) {
		what = "regions"
	}
	of := times(len(pairs)) + " " + what + " where one source has " + both(roles)
	order := make([]int, len(roles))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(wins[b], wins[a]), strings.Compare(roles[a].ID, roles[b].ID))
	})
	top, next := order[0], order[1]
	if wins[top] == wins[next] {
		return "Neither is ahead: " + article(roles[top].Title) + " and " + article(roles[next].Title) + " have the higher median equally often, in " + of + "."
	}
	text := upperFirst(article(roles[top].Title)) + " has the higher median in " + times(wins[top]) + " of the " + of
	if ties > 0 {
		return text + ", and ties in " + times(ties) + "."
	}
	return text + "."
}

// highest is the place of the highest median; tied says that it stands twice.
func highest(p payPair) (at int, tied bool) {
	best := 0.0
	for i, row := range p.rows {
		switch {
		case row.Median > best:
			best, at, tied = row.Median, i, false
		case row.Median == best:
			tied = true
		}
	}
	return at, tied
}

// oneFigure says how the only figure that all roles share comes out.
func (k *composer) oneFigure(roles []*knowledge.Role, p payPair) string {
	at, tied := highest(p)
	from := sourceYear(p.rows[0], k.c.Catalog)
	if tied {
		return upperFirst(inPlace(p.region)) + " the medians tie at " + medianWords(p.rows[at]) + " (" + from + ")."
	}
	if len(roles) > 2 {
		return upperFirst(inPlace(p.region)) + ", " + article(roles[at].Title) + " has the highest median, " + medianWords(p.rows[at]) + " (" + from + ")."
	}
	return upperFirst(inPlace(p.region)) + ", " + article(roles[at].Title) + " has the higher median: " + amount(p.rows[at].Median) +
		" against " + medianWords(p.rows[1-at]) + " (" + from + ")."
}

func (k *composer) pairTable(roles []*knowledge.Role, pairs []payPair) {
	t := Table{Heading: "Median pay", Columns: []Column{{Name: "Region"}}}
	for _, r := range roles {
		t.Columns = append(t.Columns, Column{Name: r.Title, Number: true})
	}
	t.Columns = append(t.Columns, Column{Name: "Source"})
	for _, p := range pairs {
		cells := []string{p.region}
		for _, row := range p.rows {
			cell := amount(row.Median) + " " + row.Currency + "/" + row.Period
			if row.N > 0 {
				cell += ", n " + amount(float64(row.N))
			}
			cells = append(cells, cell)
		}
		t.Rows = append(t.Rows, append(cells, sourceYear(p.rows[0], k.c.Catalog)))
	}
	k.add(t)
}

// pairNotes says what a careful reader must know of the figures.
func (k *composer) pairNotes(pairs []payPair) {
	var sources, small, high []string
	for _, p := range pairs {
		if s := sourceYear(p.rows[0], k.c.Catalog); !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
		if n := p.least(); n > 0 && n < fewAnswers && !slices.Contains(small, p.region) {
			small = append(small, p.region)
		}
		if row := p.rows[0]; row.Cut > runsHigh && !slices.Contains(high, p.region) {
			high = append(high, p.region)
			k.note(highNote(row))
		}
	}
	if len(small) > 0 {
		k.note("Small samples, fewer than " + strconv.Itoa(fewAnswers) + " answers: " + strings.Join(small, ", ") + ".")
	}
	if len(sources) > 0 && !slices.ContainsFunc(k.a.Parts, func(p Part) bool { t, ok := p.(Table); return ok && t.Heading == "Median pay" }) {
		k.note("Pay is from " + and(sources) + ".")
	}
}

// highNote says why a region's figures run high.
func highNote(p knowledge.Pay) string {
	return "Figures for " + p.Region + " run high: " + strconv.Itoa(p.Cut) + " % of answers there lie outside the survey's accepted range."
}

// sharedRegion is a region that every role has a figure of, whatever its
// source; "" where there is none. It is the same whichever role comes first.
func (k *composer) sharedRegion(roles []*knowledge.Role) string {
	rank := map[string]int{}
	of := map[string]int{}
	for _, r := range roles {
		if near := k.c.nearest[r.ID]; near != nil {
			r = near
		}
		for i, region := range k.c.regions[r.ID] {
			of[region]++
			rank[region] += i
		}
	}
	best := ""
	for region, n := range of {
		if n == len(roles) && (best == "" || rank[region] < rank[best] || rank[region] == rank[best] && region < best) {
			best = region
		}
	}
	return best
}

// payApart says why pay cannot be set side by side, and gives each role's best.
func (k *composer) payApart(in intent.Intent, roles []*knowledge.Role) {
	k.kind(Partial)
	where := ""
	if in.Region != "" {
		where = " " + inPlace(in.Region)
	}
	of := "these roles"
	if len(roles) == 2 {
		of = and(titleList(roles))
	}
	k.lead("Pay of " + of + where + " cannot be set side by side: no source has " + both(roles) + " as groups of their own.")
	f := Facts{Heading: "Each by itself"}
	var rows []knowledge.Pay
	region := cmp.Or(in.Region, k.q.Region)
	if region == "" {
		region = k.sharedRegion(roles)
	}
	for _, r := range roles {
		of, before := r, ""
		if len(r.Pay) == 0 {
			if of = k.c.nearest[r.ID]; of == nil {
				f.Facts = append(f.Facts, Fact{r.Title, "no pay is published"})
				continue
			}
			before = "none published; nearest, " + article(of.Title) + ": "
		}
		mine := inRegion(of.Pay, region)
		if len(mine) == 0 {
			mine = inRegion(of.Pay, k.c.regions[of.ID][0])
		}
		p := mine[0]
		f.Facts = append(f.Facts, Fact{r.Title, before + medianWords(p) + " " + inPlace(p.Region) + " (" + evidence(p, k.c.Catalog) + ")"})
		rows = append(rows, p)
		k.cite.row(p.Source, p.Row)
	}
	if len(rows) == 0 {
		k.lead("No pay is published for " + or(titleList(roles)) + ".")
		return
	}
	k.add(f)
	if len(rows) == len(roles) && !slices.ContainsFunc(rows, func(p knowledge.Pay) bool {
		return p.Source != rows[0].Source || p.Label != rows[0].Label || p.Region != rows[0].Region
	}) {
		k.note("One group of that source stands for " + both(roles) + ", so the figures tie.")
	}
	slices.SortStableFunc(rows, func(a, b knowledge.Pay) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.Label, b.Label))
	})
	k.groupNotes(rows)
}
