package bot

import (
	"cmp"
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
	by := byYears(in, r)
	switch {
	case len(r.Pay) == 0 && len(r.PayByYears) == 0:
		k.noPay(in, r, region)
		k.payBesides(in, region)
		return
	case len(r.PayByYears) > 0 && (by || len(r.Pay) == 0):
		k.payByYears(in, r, region)
	default:
		k.payIn(r, region)
		if by {
			k.missing("No source has pay by experience for " + article(r.Title) + "; the figures are of everyone in the role.")
		}
	}
	k.payBesides(in, region)
	k.payActions(in, r, r, region)
}

// byYears says whether experience was asked about.
func byYears(in intent.Intent, r *knowledge.Role) bool {
	return in.Years != "" || in.Level != "" && in.Level != r.Level || slices.ContainsFunc(in.Facets, func(f string) bool {
		return f == "levels" || f == "entry" || f == "intern" || f == "experience" || f == "senior" && r.Level != "senior"
	})
}

// payBesides says what of a question of pay no source answers.
func (k *composer) payBesides(in intent.Intent, region string) {
	if in.City != "" && in.Region == region {
		k.note(in.City + " is read as " + region + ": no source has figures by city.")
	}
	for _, f := range in.Facets {
		switch f {
		case "freelance":
			k.missing("No source has figures of freelancers alone.")
		case "part_time":
			k.missing("No source has figures of part-time work alone.")
		case "equity":
			k.missing("No source gives equity or bonus as a figure of its own.")
		}
	}
}

// payIn gives every figure of one region, sources side by side; of the regions
// with the best evidence when none is in force.
func (k *composer) payIn(r *knowledge.Role, region string) {
	if region == "" {
		k.payBest(r)
		return
	}
	rows := inRegion(r.Pay, region)
	if len(rows) == 0 {
		k.payElsewhere(r, region)
		return
	}
	k.lead(regionLead(r.Title, rows, k.c.Catalog))
	k.payTable(r, rows)
}

// payBest gives the regions with the best evidence.
func (k *composer) payBest(r *knowledge.Role) {
	regions := k.c.regions[r.ID]
	shown := regions[:min(len(regions), maxRegions)]
	var rows []knowledge.Pay
	for _, region := range shown {
		of := inRegion(r.Pay, region)
		rows = append(rows, of[:max(bandCount(of), min(2, len(of)))]...)
	}
	k.lead(regionLead(r.Title, inRegion(r.Pay, shown[0]), k.c.Catalog))
	k.payFigures(r, rows)
	if len(regions) > len(shown) {
		k.add(Facts{Facts: []Fact{{"Also published for", someOf(regions[len(shown):], 5)}}})
		k.citePay(r.Pay)
	}
	k.payNotes(rows)
}

// payElsewhere says that a region has no figure, and gives the group that the
// country is counted in.
func (k *composer) payElsewhere(r *knowledge.Role, region string) {
	k.kind(Partial)
	none := "No source has pay for " + article(r.Title) + " " + inPlace(region)
	group := widerWithPay(region, r.Pay)
	if group == "" {
		best := inRegion(r.Pay, k.c.regions[r.ID][0])[0]
		k.lead(none + ". The best evidence is from elsewhere: " + medianWords(best) + " " + inPlace(best.Region) + " (" + evidence(best, k.c.Catalog) + ").")
		k.add(Facts{Facts: []Fact{{"Published for", someOf(k.c.regions[r.ID], 8)}}})
		k.citePay(r.Pay)
		k.groupNotes([]knowledge.Pay{best})
		return
	}
	rows := inRegion(r.Pay, group)
	k.lead(none + ". The nearest figure is of " + nearName(group) + ": " + medianWords(rows[0]) + " (" + evidence(rows[0], k.c.Catalog) + ").")
	k.payTable(r, rows)
}

// citePay cites the best row of each region: where a list of regions is from.
func (k *composer) citePay(rows []knowledge.Pay) {
	seen := map[string]bool{}
	for _, p := range rows {
		if !seen[p.Region] {
			seen[p.Region] = true
			k.cite.row(p.Source, p.Row)
		}
	}
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

// noPay says that nothing is published, and gives the figures of the nearest
// role that has some, named as that.
func (k *composer) noPay(in intent.Intent, r *knowledge.Role, region string) {
	k.kind(Partial)
	asked := in
	s := r.Section(knowledge.SalaryRegion)
	near := k.c.nearest[r.ID]
	switch {
	case s != nil:
		k.lead("No table has pay for " + article(r.Title) + "; its page says this.")
		k.add(Paragraph{Heading: own("Pay", s.Own), Text: brief(s.Text(), room)})
		k.cite.section(r, s)
	case near == nil:
		k.lead("The page on " + article(r.Title) + " lists no pay, and no table has a figure.")
	default:
		if in.Level == "" && (r.Level == "senior" || r.Level == "lead") {
			in.Level = r.Level
		}
		if len(near.PayByYears) > 0 && byYears(in, near) {
			k.payByYears(in, near, region)
		} else {
			k.payIn(near, region)
		}
		k.lead("No pay is published for " + article(r.Title) + ". " + k.a.Lead)
		k.note("These figures are of " + plural(near.Title) + ", the nearest role that has any.")
		k.kind(Partial)
		if byYears(asked, r) && len(near.PayByYears) == 0 {
			k.note("No source has pay by experience for either.")
		}
		k.payActions(in, r, near, region)
		return
	}
	k.usual(r, intent.Salary)
}

// payByYears gives the figures by years of work experience.
func (k *composer) payByYears(in intent.Intent, r *knowledge.Role, region string) {
	at := region
	if at == "" {
		at = k.c.regionsByYears[r.ID][0]
	}
	rows := bandsIn(r, at)
	none := ""
	if len(rows) == 0 {
		none = "No source has pay by experience for " + article(r.Title) + " " + inPlace(region)
		group := widerWithPay(region, r.PayByYears)
		if group == "" {
			k.payIn(r, region)
			k.missing(none + "; the figures are of everyone in the role.")
			return
		}
		k.kind(Partial)
		none += "; " + nearName(group) + " is the nearest that has. "
		rows = bandsIn(r, group)
	}
	band := in.Years
	if band == "" && (in.Level == "entry" || in.Level == "junior" || in.Level == "intern" || slices.Contains(in.Facets, "entry")) {
		band = rows[0].Years
	}
	asked := slices.IndexFunc(rows, func(p knowledge.Pay) bool { return p.Years == band })
	switch {
	case asked >= 0:
		k.lead(none + payLead(r.Title, rows[asked], k.c.Catalog))
	case in.Years != "":
		k.kind(Partial)
		k.lead("No figure is published for " + article(r.Title) + " with " + yearsWords(in.Years) + " " + inPlace(at) + ". " +
			upperFirst(inPlace(rows[0].Region)) + ", " + lowerFirst(bandLead(rows, k.c.Catalog)))
	default:
		k.lead(none + "For " + article(r.Title) + " " + inPlace(rows[0].Region) + ", " + lowerFirst(bandLead(rows, k.c.Catalog)))
	}
	k.payTable(r, rows)
	if in.Years == "" && (in.Level != "" || slices.Contains(in.Facets, "senior") || slices.Contains(in.Facets, "entry")) {
		k.note("Sources give pay by years, not by level; which years make which level, each employer decides.")
	}
}

// bandsIn are the figures of a region by years of experience, fewest first. A
// group that the table of pay calls wider than the role is wider here too.
func bandsIn(r *knowledge.Role, region string) []knowledge.Pay {
	rows := inRegion(r.PayByYears, region)
	for i := range rows {
		rows[i].Broad = rows[i].Broad || slices.ContainsFunc(r.Pay, func(p knowledge.Pay) bool { return p.Broad && p.Label == rows[i].Label })
	}
	slices.SortStableFunc(rows, func(a, b knowledge.Pay) int { return bandStart(a.Years) - bandStart(b.Years) })
	return rows
}

// bandLead says from what to what the medians run over the bands.
func bandLead(rows []knowledge.Pay, c *knowledge.Catalog) string {
	var known []knowledge.Pay
	for _, p := range rows {
		if p.Median > 0 {
			known = append(known, p)
		}
	}
	if len(known) == 0 {
		return "The sources publish no medians by experience."
	}
	low := slices.MinFunc(known, func(a, b knowledge.Pay) int { return cmp.Compare(a.Median, b.Median) })
	high := slices.MaxFunc(known, func(a, b knowledge.Pay) int { return cmp.Compare(a.Median, b.Median) })
	if low.Median == high.Median {
		return "The median is " + medianWords(low) + " with " + yearsWords(low.Years) + " (" + evidence(low, c) + ")."
	}
	return "The median runs from " + amount(low.Median) + " (" + bandWords(low.Years) + ") to " + amount(high.Median) + " " + high.Currency +
		per(high.Period) + " (" + bandWords(high.Years) + "), by " + sourceYear(low, c) + "."
}

func bandWords(years string) string { return strings.Replace(years, "-", "–", 1) + " years" }

// bandStart is the first year of a band such as "5-9" or "20+".
func bandStart(years string) int {
	digits, _, _ := strings.Cut(strings.TrimSuffix(years, "+"), "-")
	n, _ := strconv.Atoi(digits) // the loader checked the form
	return n
}

// bandCount is how many pay bands of an employer stand first among the figures.
func bandCount(rows []knowledge.Pay) int {
	n := 0
	for n < len(rows) && rows[n].Band && rows[n].Currency == rows[0].Currency && rows[n].Period == rows[0].Period {
		n++
	}
	return n
}

// regionLead is the best figure of a region; several pay bands are drawn
// together.
func regionLead(title string, rows []knowledge.Pay, c *knowledge.Catalog) string {
	n := bandCount(rows)
	if n < 2 {
		return payLead(title, rows[0], c)
	}
	low, high := rows[0].P25, rows[0].P75
	var labels []string
	for _, p := range rows[:n] {
		low, high = min(low, p.P25), max(high, p.P75)
		if p.Label != "" {
			labels = append(labels, p.Label)
		}
	}
	bands := "the pay bands"
	if len(labels) == n && n <= 4 {
		bands += " " + and(labels)
	}
	return "For " + article(title) + " " + inPlace(rows[0].Region) + ", " + bands + " run from " + amount(low) + " to " + amount(high) + " " +
		rows[0].Currency + per(rows[0].Period) + " (" + sourceYear(rows[0], c) + ")."
}

// payLead is one figure with all that it needs to be understood.
func payLead(title string, p knowledge.Pay, c *knowledge.Catalog) string {
	var b strings.Builder
	b.WriteString("For " + article(title))
	if p.Years != "" {
		b.WriteString(" with " + yearsWords(p.Years))
	}
	b.WriteString(" " + inPlace(p.Region))
	switch {
	case p.Median > 0:
		b.WriteString(", the median is " + medianWords(p))
	case p.Band:
		b.WriteString(", the band is " + halfWords(p))
	default:
		b.WriteString(", the middle half is " + halfWords(p))
	}
	b.WriteString(" (" + evidence(p, c) + ").")
	return b.String()
}

// per writes a period as it is said: " a year", " an hour".
func per(period string) string {
	if period == "hour" {
		return " an hour"
	}
	return " a " + period
}

// medianWords is a figure in a sentence: "92,800 USD a year".
func medianWords(p knowledge.Pay) string {
	if p.Median == 0 {
		return halfWords(p)
	}
	return amount(p.Median) + " " + p.Currency + per(p.Period)
}

func halfWords(p knowledge.Pay) string {
	return amount(p.P25) + " to " + amount(p.P75) + " " + p.Currency + per(p.Period)
}

// evidence says what a figure stands on.
func evidence(p knowledge.Pay, c *knowledge.Catalog) string {
	out := sourceYear(p, c) + ", " + sample(p)
	if p.Broad {
		out += ", wider group"
	}
	return out
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

// payTable adds figures, and the caveats that belong beside them.
func (k *composer) payTable(r *knowledge.Role, rows []knowledge.Pay) {
	k.payFigures(r, rows)
	k.payNotes(rows)
}

// payFigures adds figures as a table and a chart.
func (k *composer) payFigures(r *knowledge.Role, rows []knowledge.Pay) {
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
		source := sourceYear(p, k.c.Catalog)
		if p.Row.Own {
			ownRows = true
			if !strings.HasPrefix(source, "your company") {
				source += " (your company)"
			}
		} else if p.Broad {
			source += " (wider group)"
		}
		t.Rows = append(t.Rows, []string{first, half, median, n, source})
		k.cite.row(p.Source, p.Row)
	}
	k.a.Own = k.a.Own || ownRows
	k.add(t)
	k.payChart(r, rows)
}

// payChart draws rows that share currency and period; others cannot stand on
// one axis.
func (k *composer) payChart(r *knowledge.Role, rows []knowledge.Pay) {
	ch := Chart{Kind: Ranges, Title: "Pay of " + article(r.Title), Unit: rows[0].Currency + per(rows[0].Period), Series: []Series{{Name: r.Title}}}
	var alt []string
	for _, p := range rows {
		if p.Currency != rows[0].Currency || p.Period != rows[0].Period || p.Median == 0 {
			continue
		}
		label := p.Region
		if p.Years != "" {
			label = bandWords(p.Years)
		}
		label += ", " + sourceYear(p, k.c.Catalog)
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
	k.groupNotes(rows)
	units := map[string]bool{}
	bySource := map[string]string{}
	differ := false
	for _, p := range rows {
		units[p.Currency+p.Period] = true
		at := p.Region + p.Years
		differ = differ || bySource[at] != "" && bySource[at] != p.Source
		bySource[at] = p.Source
	}
	if len(units) > 1 {
		k.note("Currencies and periods are as each source publishes them; nothing is converted.")
	}
	if differ {
		k.note("Sources that differ stand side by side; they count different groups of people.")
	}
}

// groupNotes says which figures are of wider groups, which run high, and what
// they include.
func (k *composer) groupNotes(rows []knowledge.Pay) {
	var groups, notes []string
	for _, p := range rows {
		if p.Broad && p.Label != "" {
			if g := sourceYear(p, k.c.Catalog) + " counts “" + p.Label + "”"; !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
		if p.Cut > runsHigh && !slices.Contains(notes, highNote(p)) {
			notes = append(notes, highNote(p))
		}
		if pension := "Denmark's figures include what the employer pays into the pension."; p.Source == "dk-dst-2024" && !slices.Contains(notes, pension) {
			notes = append(notes, pension)
		}
	}
	if len(groups) > 0 {
		k.note("Wider group than the role: " + strings.Join(groups, "; ") + ".")
	}
	for _, n := range notes {
		k.note(n)
	}
}

// payActions offers other regions, experience, and what else is asked of r. The
// figures are those of the role of: r itself, or the nearest that has any.
func (k *composer) payActions(in intent.Intent, r, of *knowledge.Role, region string) {
	shown := map[string]bool{region: true}
	regions := k.c.regions[of.ID]
	by := ask(intent.Salary, r)
	if byYears(in, of) && len(of.PayByYears) > 0 {
		regions = k.c.regionsByYears[of.ID]
		by.Years = in.Years
		if r == of && in.Years == "" {
			by.Facets = []string{"levels"}
		}
		if region == "" {
			shown[regions[0]] = true
		}
	} else {
		levels := ask(intent.Salary, r)
		levels.Facets = []string{"levels"}
		if len(inRegion(of.PayByYears, region)) > 0 {
			levels.Region = region
		}
		k.act("By experience", levels)
		if region == "" {
			for _, s := range regions[:min(len(regions), maxRegions)] {
				shown[s] = true
			}
		}
	}
	offered := 0
	for _, other := range regions {
		if shown[other] || offered == 2 {
			continue
		}
		at := by
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
// the role itself, then the larger sample, then the newer.
func better(a, b knowledge.Pay) int {
	return cmp.Or(standing(a)-standing(b), b.N-a.N, b.Year-a.Year)
}

// standing ranks a figure by whom it is of.
func standing(p knowledge.Pay) int {
	switch {
	case p.Row.Own:
		return 0
	case !p.Broad:
		return 1
	}
	return 2
}

// bestRegions are the regions that have figures, best evidence first; countries
// before groups of countries, which are less use to a reader. Answers to a
// survey and jobs in an official count cannot be weighed against each other, so
// the regions that most people answered from come first where there is one.
func bestRegions(rows []knowledge.Pay) []string {
	best := map[string]knowledge.Pay{}
	answers := map[string]int{}
	var regions []string
	for _, p := range rows {
		b, ok := best[p.Region]
		if !ok {
			regions = append(regions, p.Region)
		}
		if !ok || better(p, b) < 0 {
			best[p.Region] = p
		}
		if p.NIs == "respondents" && !p.Broad {
			answers[p.Region] = max(answers[p.Region], p.N)
		}
	}
	slices.SortStableFunc(regions, func(a, b string) int {
		pa, pb := best[a], best[b]
		if d := groupRank(a) - groupRank(b); d != 0 && !pa.Row.Own && !pb.Row.Own {
			return d
		}
		return cmp.Or(standing(pa)-standing(pb), answers[b]-answers[a], better(pa, pb), strings.Compare(a, b))
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
