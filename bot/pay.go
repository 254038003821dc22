package bot

import (
	"slices"
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// runsHigh is the share in per cent of a region's answers outside a survey's
// accepted range above which a reader is told that the figures run high.
const runsHigh = 5

// maxRegions is how many regions are shown when none was asked for.
const maxRegions = 3

// pay gives the published figures: of the region asked, or of those with the
// best evidence, or by years of experience.
func (k *composer) pay(in intent.Intent, r *knowledge.Role) {
	k.title(r.Title + ": pay")
	region := in.Region
	if region == "" {
		region = k.q.Region
	}
	byYears := in.Years != "" || in.Level != "" || slices.ContainsFunc(in.Facets, func(f string) bool {
		return f == "levels" || f == "entry" || f == "intern" || f == "experience" || (f == "senior" && r.Level != "senior")
	})
	switch {
	case len(r.Pay) == 0 && len(r.PayByYears) == 0:
		k.noPay(r, region)
	case byYears && len(r.PayByYears) > 0:
		k.payByYears(in, r, region)
	case region == "":
		k.payBest(r)
	default:
		k.payIn(in, r, region)
	}
	if byYears && len(r.PayByYears) == 0 && len(r.Pay) > 0 {
		k.missing("No source has pay by experience for " + article(r.Title) + "; the figures are of everyone in the role.")
	}
	k.payActions(in, r, region)
}

// payIn gives every figure of one region, sources side by side.
func (k *composer) payIn(in intent.Intent, r *knowledge.Role, region string) {
	rows := inRegion(r.Pay, region)
	if len(rows) == 0 {
		k.payElsewhere(r, region)
		return
	}
	best := bestRow(rows)
	k.lead(payLead(r.Title, best, k.c))
	if in.City != "" && in.Region == region {
		k.note(in.City + " is read as " + region + ": no source has figures by city.")
	}
	k.payTable(r, rows)
}

// payBest gives the regions with the best evidence.
func (k *composer) payBest(r *knowledge.Role) {
	regions := bestRegions(r.Pay)
	if len(regions) == 0 {
		k.payByYears(intent.Intent{}, r, "")
		return
	}
	shown := regions[:min(len(regions), maxRegions)]
	var rows []knowledge.Pay
	for _, region := range shown {
		rows = append(rows, topRows(inRegion(r.Pay, region), 2)...)
	}
	k.lead(payLead(r.Title, bestRow(inRegion(r.Pay, shown[0])), k.c))
	k.payTable(r, rows)
	if len(regions) > len(shown) {
		more := regions[len(shown):]
		k.add(Facts{Facts: []Fact{{"Also published for", someOf(more, 5)}}})
	}
}

// payElsewhere says that a region has no figure, and gives the group that the
// country is counted in.
func (k *composer) payElsewhere(r *knowledge.Role, region string) {
	k.kind(Partial)
	group := widerWithPay(region, r.Pay)
	if group == "" {
		k.lead("No source has pay for " + article(r.Title) + " " + inPlace(region) + ".")
		if regions := bestRegions(r.Pay); len(regions) > 0 {
			k.add(Facts{Facts: []Fact{{"Published for", someOf(regions, 8)}}})
		}
		return
	}
	rows := inRegion(r.Pay, group)
	k.lead("No source has pay for " + article(r.Title) + " " + inPlace(region) + "; the nearest published figures are of " + nearName(group) + ".")
	k.payTable(r, rows)
}

// someOf names the first n and counts the others.
func someOf(names []string, n int) string {
	if len(names) <= n+1 {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:n], ", ") + " and " + count(len(names)-n, "other region", "other regions")
}

func nearName(group string) string {
	if group == "Worldwide" {
		return "all countries together"
	}
	return group
}

// noPay says that nothing is published, and names the nearest role that has
// figures.
func (k *composer) noPay(r *knowledge.Role, region string) {
	k.kind(Partial)
	if s := r.Section(knowledge.SalaryRegion); s != nil {
		k.lead("What the page says of pay for " + article(r.Title) + ":")
		k.add(Paragraph{Heading: own("", s.Own), Text: s.Text()})
		k.cite.section(r, s)
		return
	}
	if near := k.nearestWithPay(r); near != nil {
		k.lead("No pay is published for " + article(r.Title) + "; the nearest role with figures is " + near.Title + ".")
		rows := inRegion(near.Pay, region)
		if len(rows) == 0 {
			if regions := bestRegions(near.Pay); len(regions) > 0 {
				rows = topRows(inRegion(near.Pay, regions[0]), 2)
			}
		}
		if len(rows) > 0 {
			k.payTable(near, rows)
			k.note("These figures are of " + plural(near.Title) + ", not of " + plural(r.Title) + ".")
		}
		k.act("Pay of "+article(near.Title), ask(intent.Salary, near))
		return
	}
	k.lead("The page on " + article(r.Title) + " lists no pay.")
}

// nearestWithPay is the base role or the nearest one by usual moves that has figures.
func (k *composer) nearestWithPay(r *knowledge.Role) *knowledge.Role {
	for _, edges := range [2][]knowledge.Edge{k.c.Previous(r.ID), k.c.Next(r.ID)} {
		for _, e := range edges {
			id := e.From
			if id == r.ID {
				id = e.To
			}
			if o := k.c.Role(id); o != nil && len(o.Pay) > 0 {
				return o
			}
		}
	}
	return nil
}

// payByYears gives the figures by years of work experience.
func (k *composer) payByYears(in intent.Intent, r *knowledge.Role, region string) {
	regions := bestRegions(r.PayByYears)
	at := region
	if at == "" {
		at = regions[0]
	}
	rows := inRegion(r.PayByYears, at)
	if len(rows) == 0 {
		group := widerWithPay(region, r.PayByYears)
		if group == "" {
			k.missing("No source has pay by experience for " + article(r.Title) + " " + inPlace(region) + ".")
			k.payIn(in, r, region)
			return
		}
		k.missing("No source has pay by experience for " + article(r.Title) + " " + inPlace(region) + "; these are of " + nearName(group) + ".")
		rows = inRegion(r.PayByYears, group)
	}
	slices.SortStableFunc(rows, func(a, b knowledge.Pay) int { return bandStart(a.Years) - bandStart(b.Years) })
	asked := slices.IndexFunc(rows, func(p knowledge.Pay) bool { return in.Years != "" && p.Years == in.Years })
	switch {
	case asked >= 0:
		k.lead(payLead(r.Title, rows[asked], k.c))
	case in.Years != "":
		k.kind(Partial)
		k.lead("No figure is published for " + article(r.Title) + " with " + yearsWords(in.Years) + " " + inPlace(rows[0].Region) + "; these are the bands that are.")
	default:
		k.lead(k.bandLead(r, rows))
	}
	if in.Years == "" && (in.Level != "" || slices.Contains(in.Facets, "senior") || slices.Contains(in.Facets, "entry")) {
		k.note("Sources give pay by years of experience, not by level; which years count as which level is each employer's choice.")
	}
	if in.City != "" {
		k.note(in.City + " is read as " + at + ": no source has figures by city.")
	}
	k.payTable(r, rows)
}

// bandLead says from what to what the medians run over the bands.
func (k *composer) bandLead(r *knowledge.Role, rows []knowledge.Pay) string {
	low := slices.MinFunc(rows, func(a, b knowledge.Pay) int { return int(a.Median - b.Median) })
	high := slices.MaxFunc(rows, func(a, b knowledge.Pay) int { return int(a.Median - b.Median) })
	if low.Median == high.Median {
		return payLead(r.Title, rows[0], k.c)
	}
	least, most := low.N, low.N
	for _, p := range rows {
		least, most = min(least, p.N), max(most, p.N)
	}
	return "By experience, medians for " + article(r.Title) + " " + inPlace(low.Region) + " run from " + amount(low.Median) + " (" + bandWords(low.Years) +
		") to " + amount(high.Median) + " " + high.Currency + " a " + high.Period + " (" + bandWords(high.Years) + "); " +
		sourceYear(low, k.c) + ", " + amount(float64(least)) + " to " + amount(float64(most)) + " respondents a band."
}

func bandWords(years string) string { return strings.Replace(years, "-", "–", 1) + " years" }

// bandStart is the first year of a band such as "5-9" or "20+".
func bandStart(years string) int {
	digits, _, _ := strings.Cut(strings.TrimSuffix(years, "+"), "-")
	n, _ := strconv.Atoi(digits) // the loader checked the form
	return n
}

// payLead is one figure with all that it needs to be understood.
func payLead(title string, p knowledge.Pay, c *knowledge.Catalog) string {
	var b strings.Builder
	b.WriteString("For " + article(title))
	if p.Years != "" {
		b.WriteString(" with " + yearsWords(p.Years))
	}
	b.WriteString(" " + inPlace(p.Region))
	unit := " " + p.Currency + " a " + p.Period
	if p.Median > 0 {
		b.WriteString(", the median is " + amount(p.Median) + unit)
	} else if p.Band {
		b.WriteString(", the band is " + amount(p.P25) + " to " + amount(p.P75) + unit)
	} else {
		b.WriteString(", the middle half is " + amount(p.P25) + " to " + amount(p.P75) + unit)
	}
	b.WriteString(" (" + sourceYear(p, c) + ", " + sample(p))
	if p.Broad {
		b.WriteString(", wider group")
	}
	b.WriteString(").")
	return b.String()
}

func yearsWords(band string) string {
	if from, ok := strings.CutSuffix(band, "+"); ok {
		return from + " or more years of experience"
	}
	from, to, _ := strings.Cut(band, "-")
	return from + " to " + to + " years of experience"
}

// sample says how many stand behind a figure.
func sample(p knowledge.Pay) string {
	if p.Band {
		return strings.TrimSpace("pay band " + p.Label)
	}
	if p.N == 0 {
		return "sample size not published"
	}
	return strings.TrimSpace(amount(float64(p.N)) + " " + p.NIs)
}

func sourceYear(p knowledge.Pay, c *knowledge.Catalog) string {
	short := p.Source
	if s, ok := c.Source(p.Source); ok {
		short = s.Short
	}
	return short + " " + strconv.Itoa(p.Year)
}

// payTable adds figures as a table and a chart, and the caveats that belong
// beside them.
func (k *composer) payTable(r *knowledge.Role, rows []knowledge.Pay) {
	t := Table{Columns: []Column{{Name: "Region"}, {Name: "Middle half", Number: true}, {Name: "Median", Number: true}, {Name: "n", Number: true}, {Name: "Source"}}}
	byYears := rows[0].Years != ""
	if byYears {
		t.Columns[0].Name = "Experience"
		t.Heading = "By years of experience, " + rows[0].Region
	}
	ownRows := false
	for _, p := range rows {
		first := p.Region
		if byYears {
			first = bandWords(p.Years)
		}
		half := "not published"
		if p.P25 > 0 && p.P75 > 0 {
			half = amount(p.P25) + "–" + amount(p.P75)
		}
		median := "not published"
		unit := " " + p.Currency + "/" + p.Period
		if p.Median > 0 {
			median = amount(p.Median) + unit
		} else {
			half += unit
		}
		n := "not published"
		switch {
		case p.Band:
			n, median = sample(p), "no median"
		case p.N > 0:
			n = sample(p)
		}
		source := sourceYear(p, k.c)
		if p.Row.Own {
			ownRows = true
			source += " (your company)"
		} else if p.Broad {
			source += " (wider group)"
		}
		t.Rows = append(t.Rows, []string{first, half, median, n, source})
		k.cite.row(p.Source, p.Row)
	}
	k.a.Own = k.a.Own || ownRows
	k.add(t)
	k.payChart(r, rows)
	k.payNotes(rows)
}

// payChart draws rows that share currency and period; others cannot stand on
// one axis.
func (k *composer) payChart(r *knowledge.Role, rows []knowledge.Pay) {
	ch := Chart{Kind: Ranges, Title: "Pay of " + article(r.Title), Unit: rows[0].Currency + " a " + rows[0].Period, Series: []Series{{Name: r.Title}}}
	var alt []string
	for _, p := range rows {
		if p.Currency != rows[0].Currency || p.Period != rows[0].Period || p.Median == 0 {
			continue
		}
		label := p.Region
		if p.Years != "" {
			label = bandWords(p.Years)
		}
		label += ", " + sourceYear(p, k.c)
		ch.Series[0].Points = append(ch.Series[0].Points, Point{Label: label, Value: p.Median, Low: p.P25, High: p.P75, Note: sample(p)})
		said := label + ": median " + amount(p.Median)
		if p.P25 > 0 && p.P75 > 0 {
			said += ", middle half " + amount(p.P25) + " to " + amount(p.P75)
		}
		alt = append(alt, said+" ("+sample(p)+")")
	}
	if len(ch.Series[0].Points) < 2 {
		return
	}
	ch.Alt = ch.Title + " in " + ch.Unit + ". " + strings.Join(alt, "; ") + "."
	k.add(ch)
}

// payNotes says beside the figures what a careful reader must know of them.
func (k *composer) payNotes(rows []knowledge.Pay) {
	units := map[string]bool{}
	bySource := map[string]int{}
	for _, p := range rows {
		units[p.Currency+p.Period] = true
		bySource[p.Region+p.Years]++
	}
	seen := map[string]bool{}
	once := func(text string) {
		if !seen[text] {
			seen[text] = true
			k.note(text)
		}
	}
	var groups []string
	for _, p := range rows {
		if p.Broad && p.Label != "" {
			if g := sourceYear(p, k.c) + " counts “" + p.Label + "”"; !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
	}
	if len(groups) > 0 {
		once("Wider groups that contain the role: " + strings.Join(groups, "; ") + ".")
	}
	for _, p := range rows {
		if p.Cut > runsHigh {
			once("Figures for " + p.Region + " run high: " + strconv.Itoa(p.Cut) + " % of answers there lie outside the survey's accepted range.")
		}
		if p.Source == "dk-dst-2024" {
			once("Denmark's figures include what the employer pays into the pension.")
		}
	}
	if len(units) > 1 {
		once("Currencies and periods are as each source publishes them; nothing is converted.")
	}
	for _, n := range bySource {
		if n > 1 {
			once("Sources that differ stand side by side; they count different groups of people.")
			break
		}
	}
}

// payActions offers other regions, experience, and what else is asked.
func (k *composer) payActions(in intent.Intent, r *knowledge.Role, region string) {
	if in.Years == "" && len(r.PayByYears) > 0 && !slices.Contains(in.Facets, "levels") {
		by := ask(intent.Salary, r)
		by.Facets = []string{"levels"}
		if len(inRegion(r.PayByYears, region)) > 0 {
			by.Region = region
		}
		k.act("By experience", by)
	}
	offered := 0
	for _, other := range bestRegions(r.Pay) {
		if other == region || offered == 2 {
			continue
		}
		if region == "" && offered+maxRegions < len(bestRegions(r.Pay)) && slices.Index(bestRegions(r.Pay), other) < maxRegions {
			continue // it is in the table already
		}
		at := ask(intent.Salary, r)
		at.Region = other
		k.act("Pay "+inPlace(other), at)
		offered++
	}
	k.act("What comes next", ask(intent.Progression, r))
	k.act("Overview", ask(intent.Overview, r))
	k.compareWithUsual(r)
}

func inRegion(rows []knowledge.Pay, region string) []knowledge.Pay {
	var out []knowledge.Pay
	for _, p := range rows {
		if p.Region == region {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, better)
	return out
}

// better orders figures by their evidence: the company's own, then those of
// the role itself, then the newer, then the larger sample.
func better(a, b knowledge.Pay) int {
	rank := func(p knowledge.Pay) int {
		switch {
		case p.Row.Own:
			return 0
		case !p.Broad:
			return 1
		}
		return 2
	}
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	if d := b.Year - a.Year; d != 0 {
		return d
	}
	return b.N - a.N
}

func bestRow(rows []knowledge.Pay) knowledge.Pay {
	return slices.MinFunc(rows, better)
}

func topRows(rows []knowledge.Pay, n int) []knowledge.Pay { return rows[:min(n, len(rows))] }

// bestRegions are the regions that have figures, best evidence first; countries
// before groups of countries, which are less use to a reader.
func bestRegions(rows []knowledge.Pay) []string {
	best := map[string]knowledge.Pay{}
	var regions []string
	for _, p := range rows {
		b, ok := best[p.Region]
		if !ok {
			regions = append(regions, p.Region)
		}
		if !ok || better(p, b) < 0 {
			best[p.Region] = p
		}
	}
	slices.SortStableFunc(regions, func(a, b string) int {
		pa, pb := best[a], best[b]
		if d := groupRank(a) - groupRank(b); d != 0 && !pa.Row.Own && !pb.Row.Own {
			return d
		}
		if d := better(pa, pb); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return regions
}

// groupRank puts groups of countries after countries.
func groupRank(region string) int {
	if region == "Worldwide" || slices.Contains(worldRegions, region) {
		return 1
	}
	return 0
}

var worldRegions = []string{"Western Europe", "Northern Europe", "Southern Europe", "Eastern Europe", "South Asia",
	"East & South-East Asia", "Latin America", "Africa", "Australia & New Zealand"}
