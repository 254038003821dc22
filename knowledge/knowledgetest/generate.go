// Package knowledgetest makes catalogues of any size, for tests and benchmarks.
package knowledgetest

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing/fstest"
)

// Generate is a catalogue folder of n roles: pages about as long as those of
// the embedded catalogue, about as many rows in its tables, and names that
// people might go by, no two alike. The same n gives the same folder, and the
// first roles of a larger folder are those of a smaller one.
func Generate(n int) fs.FS {
	g := &generator{rnd: rand.New(rand.NewPCG(1, 2)), files: fstest.MapFS{}, tables: map[string]*strings.Builder{}, taken: map[string]bool{}} //nolint:gosec // the same every time is what is wanted
	for name, head := range tableHeads {
		g.tables[name] = &strings.Builder{}
		g.tables[name].WriteString(head + "\n")
	}
	for i := range n {
		g.role(i)
	}
	for name, b := range g.tables {
		g.files[name] = &fstest.MapFile{Data: []byte(b.String())}
	}
	g.files["SOURCES.md"] = &fstest.MapFile{Data: []byte(sources)}
	return g.files
}

// The words that names are made of. Fields and things are joined by coined
// names of products, one for every few roles, as a larger catalogue has more.
var (
	first = []string{"Backend Engineer", "Senior Backend Engineer", "Frontend Engineer", "DevOps Engineer", "Site Reliability Engineer", "Data Scientist",
		"Data Engineer", "Product Manager", "Engineering Manager", "UX Designer", "Security Analyst", "Solutions Architect"}
	grades = []string{"", "", "", "Senior ", "Junior ", "Lead ", "Principal ", "Staff "}
	fields = strings.Fields(`Payments Billing Search Risk Fraud Claims Lending Treasury Logistics Freight Routing Pricing Catalogue Checkout Loyalty
		Identity Consent Messaging Telephony Video Imaging Genomics Trials Pharmacy Energy Grid Metering Mobility Charging Parking Aviation Rail Harbour Mapping
		Weather Farming Forestry Water Mining Retail Fashion Hotel Travel Ticketing Stadium Betting Broadcast Music Publishing Museum Library Campus Exam Payroll
		Benefits Hiring Tax Audit Court Police Border Customs Census Housing Lift Robot Drone Satellite Radar Sonar Laser Optics Sensor Battery Motor`)
	things = strings.Fields(`Platform Data Cloud Network Storage Firmware Compiler Kernel Graphics Simulation Integration Migration Automation Observability
		Reliability Performance Security Privacy Quality Release Configuration Workflow Reporting Forecasting Localisation Accessibility`)
	heads = []string{"Engineer", "Engineer", "Engineer", "Analyst", "Architect", "Manager", "Designer", "Administrator", "Technician", "Consultant", "Scientist", "Specialist"}
	areas = []string{"Software Engineering", "Cloud & Platform", "Data", "AI & Machine Learning", "Quality Assurance", "Security", "Networking", "IT Support",
		"Product", "Design", "Architecture", "Leadership", "Hardware"}
	regions = strings.Fields("Australia Austria Brazil Canada Denmark Finland France Germany India Italy Japan Kenya Mexico Norway Poland Spain Sweden")
	prose   = strings.Fields(`the a of to and in for with on at by from into over after before under between without against morning noon evening queue
		alarm report release branch ticket meeting letter plan sketch budget vendor customer colleague tester auditor operator manager reviewer driver pilot nurse
		server cable rack socket packet table column record index cache field form button screen page filter model sample label signal noise curve map route
		opens closes reads writes checks mends breaks moves draws counts weighs signs sends keeps drops asks answers explains compares measures repeats
		slow quick quiet loud late early old new small large broken clean empty full narrow wide steep honest stubborn patient careful odd plain rare common`)
)

var tableHeads = map[string]string{
	"progression.csv":            "from,to,kind,source,support",
	"salaries.csv":               "role,region,year,currency,period,p25,median,p75,n,n_is,source,source_label,match,outside_cut_pct",
	"salaries_by_experience.csv": "role,region,years_of_work_experience,year,currency,period,p25,median,p75,n,source,source_label,outside_cut_pct",
	"tools.csv":                  "role,tool,kind,rank,pct,n,source,source_label,match",
	"proficiencies.csv":          "role,skill,level,source,source_label",
	"competencies.csv":           "role,technical_depth,troubleshooting,communication,process_complexity,documentation,onet_source,basis,source",
	"occupations.csv":            "role,onet_soc,onet_title,soc_match,attested_in",
	"ambiguous.csv":              "alias,role_ids",
}

const sources = "# Sources\n\n## survey\n\n- **Name:** An invented survey\n- **Year:** 2026\n- **Licence:** CC0\n- **Attribution:** Source: nobody\n\n" +
	"## editorial\n\n- **Name:** The generator\n- **Year:** 2026\n- **Licence:** as the program\n"

type generator struct {
	rnd    *rand.Rand
	files  fstest.MapFS
	tables map[string]*strings.Builder
	taken  map[string]bool // names, by key
	ids    []string
	titles []string
	coined string // the product that new names are about
}

// key is what two names must not share.
func key(name string) string { return strings.ReplaceAll(strings.ToLower(name), " ", "") }

func pick[T any](g *generator, from []T) T { return from[g.rnd.IntN(len(from))] }

func (g *generator) row(table, format string, args ...any) {
	fmt.Fprintf(g.tables[table], format+"\n", args...)
}

// title is a name that no role has.
func (g *generator) title(i int) string {
	if i < len(first) {
		return first[i]
	}
	if i%5 == 0 || g.coined == "" {
		g.coined = g.coin()
	}
	for {
		words := []string{pick(g, fields), pick(g, things), g.coined}
		t := pick(g, grades) + strings.Join(words[:1+g.rnd.IntN(len(words))], " ") + " " + pick(g, heads)
		if g.rnd.IntN(3) == 0 {
			t = pick(g, grades) + g.coined + " " + pick(g, heads)
		}
		if !g.taken[key(t)] {
			return t
		}
	}
}

// coin makes up the name of a product.
func (g *generator) coin() string {
	var b strings.Builder
	for range 2 + g.rnd.IntN(2) {
		b.WriteByte("bdfgklmnprstvz"[g.rnd.IntN(14)])
		b.WriteByte("aeiou"[g.rnd.IntN(5)])
	}
	b.WriteByte("nrxlqk"[g.rnd.IntN(6)])
	return strings.ToUpper(b.String()[:1]) + b.String()[1:]
}

// aliases are other forms of a title that are nobody's name yet.
func (g *generator) aliases(title string) []string {
	var out []string
	for _, swap := range [][2]string{{" engineer", " developer"}, {" engineer", " dev"}, {" engineer", " programmer"}, {"senior ", "sr "}, {"junior ", "jr "},
		{" administrator", " admin"}, {" manager", " mgr"}, {" analyst", " reporting analyst"}, {" engineer", " software engineer"}, {" specialist", " expert"}} {
		a := strings.Replace(strings.ToLower(title), swap[0], swap[1], 1)
		if a != strings.ToLower(title) && !g.taken[key(a)] {
			g.taken[key(a)] = true
			out = append(out, a)
		}
	}
	return out
}

// words are n words in sentences of twelve.
func (g *generator) words(n int) string {
	var b strings.Builder
	for i := range n {
		w := pick(g, prose)
		if i%12 == 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		}
		b.WriteString(w)
		if i%12 == 11 || i == n-1 {
			b.WriteByte('.')
		}
		if i < n-1 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

func (g *generator) role(i int) {
	title := g.title(i)
	id := strings.ReplaceAll(strings.ToLower(title), " ", "-")
	g.taken[key(title)] = true
	g.page(id, title)
	g.rows(id, i)
	g.ids, g.titles = append(g.ids, id), append(g.titles, title)
}

func (g *generator) page(id, title string) {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\ncategory: %s\nlevel: mid\ntier: core\n", title, pick(g, areas))
	if as := g.aliases(title); len(as) > 0 {
		fmt.Fprintf(&b, "aliases:\n  - %s\n", strings.Join(as, "\n  - "))
	}
	b.WriteString("work:\n")
	for _, trait := range [...]string{"coding", "maths", "data", "design", "writing", "people", "on-call", "travel", "remote"} {
		fmt.Fprintf(&b, "  %s: %s\n", trait, pick(g, []string{"none", "some", "much"}))
	}
	b.WriteString("reviewed: 2026-11-24\nreviewer: the generator\nprose: generated\n---\n")
	section := func(heading string) { fmt.Fprintf(&b, "\n## %s\n\n", heading) }
	section("Quick Summary")
	b.WriteString(g.words(30) + "\n")
	section("Main Duties")
	for range 5 {
		b.WriteString("- " + strings.TrimSuffix(g.words(9), ".") + "\n")
	}
	section("Day in the Life")
	for range 6 {
		b.WriteString(g.words(38) + "\n\n")
	}
	section("Hours and Place")
	b.WriteString(g.words(30) + "\n")
	section("Skills")
	for range 8 {
		fmt.Fprintf(&b, "- **%s %s**: %s\n", pick(g, things), pick(g, prose), g.words(11))
	}
	section("Getting In")
	for _, term := range [...]string{"First jobs", "Learn", "Degree", "Certificates", "Show"} {
		fmt.Fprintf(&b, "- **%s:** %s\n", term, g.words(20))
	}
	section("Trade-offs")
	for _, sub := range [...]string{"What people like", "What wears them down"} {
		fmt.Fprintf(&b, "### %s\n\n- %s\n- %s\n- %s\n\n", sub, g.words(12), g.words(12), g.words(12))
	}
	section("Easily Confused With")
	if len(g.ids) == 0 {
		b.WriteString(g.words(12) + "\n")
	} else {
		other := g.rnd.IntN(len(g.ids))
		fmt.Fprintf(&b, "- [%s](%s): %s\n", g.titles[other], g.ids[other], g.words(14))
	}
	g.files["roles/"+id+".md"] = &fstest.MapFile{Data: []byte(b.String())}
}

// rows gives a role its rows. Promotions lead to roles made before it, so that
// they go in no circle.
func (g *generator) rows(id string, i int) {
	seen := map[string]bool{}
	for _, kind := range [...]string{"promotion", "specialisation", "lateral"} {
		if i == 0 {
			break
		}
		if to := pick(g, g.ids); !seen[to] {
			seen[to] = true
			g.row("progression.csv", "%s,%s,%s,editorial,", id, to, kind)
		}
	}
	for j := range 4 {
		p := 30000 + g.rnd.IntN(60000)
		g.row("salaries.csv", "%s,%s,2025,EUR,year,%d,%d,%d,%d,jobs,survey,all of %s,exact,", id, regions[(i+j*5)%len(regions)], p, p+9000, p+20000, 50+j, id)
	}
	for _, years := range [...]string{"0-4", "5-9", "10-19"} {
		p := 30000 + g.rnd.IntN(60000)
		g.row("salaries_by_experience.csv", "%s,%s,%s,2024,USD,year,%d,%d,%d,40,survey,all of %s,3", id, pick(g, regions), years, p, p+9000, p+20000, id)
	}
	for j := range 10 {
		g.row("tools.csv", "%s,%s %s,tool,%d,%d,900,survey,all of %s,exact", id, pick(g, fields), pick(g, things), j+1, 80-5*j, id)
	}
	for range 3 {
		g.row("proficiencies.csv", "%s,%s %s,working,survey,%s", id, pick(g, fields), pick(g, things), id)
	}
	s := func() int { return 40 + g.rnd.IntN(60) }
	g.row("competencies.csv", "%s,%d,%d,%d,%d,%d,15-1252.00,own-occupation,survey", id, s(), s(), s(), s(), s())
	g.row("occupations.csv", "%s,15-1252.00,Software Developers,assigned,survey", id)
	if i%3 == 2 {
		g.row("ambiguous.csv", "%s,%s;%s", strings.ToLower(g.coin())+fmt.Sprintf(" q%d", i), g.ids[i-1], g.ids[i-2])
	}
}
