package knowledge_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"careerbot/knowledge"
)

// prose is n words on a topic, no run of which stands in the prose of another
// topic, in sentences of ten.
func prose(topic string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(topic)
		for x := i + 26; x > 0; x /= 26 {
			b.WriteByte(byte('a' + x%26))
		}
		if i%10 == 9 || i == n-1 {
			b.WriteString(". ")
		} else {
			b.WriteByte(' ')
		}
	}
	return strings.TrimSpace(b.String())
}

// goodPage is a page that an editor would leave as it is.
func goodPage(title, tier, topic, confused string) string {
	day := map[string]int{"core": 200, "extended": 100}[tier]
	return fmt.Sprintf(`---
title: %s
category: Harbour
level: mid
tier: %s
aliases:
  - %s hand
work:
  coding: much
reviewed: 2026-11-01
reviewer: harbour editors
prose: editorial
---

## Quick Summary

%s

## Day in the Life

%s

## Skills

- **%s craft**: to keep the %s.

## Getting In

%s

## Trade-offs

- The %s is loud.

## Easily Confused With

%s
`, title, tier, topic, prose(topic+"sum", 20), prose(topic+"day", day), topic, topic, prose(topic+"in", 100), topic, confused)
}

// harbour is a small catalogue without a fault.
var harbour = map[string]string{
	"roles/tide-engineer.md": goodPage("Tide Engineer", "core", "tide", "- [Harbour Clerk](harbour-clerk): writes down what the tide brought."),
	"roles/harbour-clerk.md": goodPage("Harbour Clerk", "extended", "berth", "- [Tide Engineer](tide-engineer): says when a ship can be written down."),
	"roles/dock-manager.md":  goodPage("Dock Manager", "extended", "dock", "- [Harbour Clerk](harbour-clerk): keeps the books and not the gates."),
	"progression.csv":        "from,to,kind,source\nharbour-clerk,dock-manager,promotion,editorial\ntide-engineer,dock-manager,lateral,editorial\n",
	"salaries.csv":           "role,region,year,currency,period,p25,median,p75,n,n_is,source,source_label,match,outside_cut_pct\ntide-engineer,Norway,2025,NOK,month,50000,60000,70000,120,jobs,port-2025,Pilots,broad,\n",
	"tools.csv":              "role,tool,kind,rank,pct,n,source,source_label,match\ntide-engineer,Sextant,tool,1,80,120,port-2025,Pilots,exact\n",
	"proficiencies.csv":      "role,skill,level,source,source_label\ntide-engineer,Knots,expert,port-2025,Pilots\n",
	"competencies.csv":       "role,technical_depth,troubleshooting,communication,process_complexity,documentation,onet_source,basis,source\ntide-engineer,85,75,55,75,60,53-5021.00,own-occupation,port-2025\n",
	"occupations.csv":        "role,onet_soc,onet_title,soc_match,attested_in\ntide-engineer,53-5021.00,Pilots,listed,onet\n",
	"ambiguous.csv":          "alias,role_ids\nhand,harbour-clerk;dock-manager\n",
	"SOURCES.md":             "# Sources\n\nFor people.\n\n## port-2025\n\n- **Name:** Port census 2025\n- **Licence:** CC0\n- **Attribution:** Source: the port\n\n## editorial\n\n- **Name:** the editors\n- **Licence:** as the program\n",
}

func TestAGoodCatalogueHasNoFault(t *testing.T) {
	sameFaults(t, knowledge.Check(today, base(harbour)))
	c := load(t, base(harbour))
	if got := strings.Join(ids(c.Roles()), " "); got != "dock-manager harbour-clerk tide-engineer" {
		t.Errorf("roles %s", got)
	}
	sameFaults(t, c.Faults())
}

// Each case makes one mistake in the harbour's folder: in file it writes put
// instead of take, or instead of the whole file when take is empty.
func TestEachFaultIsFoundAndNamed(t *testing.T) {
	const (
		tide    = "roles/tide-engineer.md"
		clerk   = "roles/harbour-clerk.md"
		pay     = "salaries.csv"
		payRow  = "tide-engineer,Norway,2025,NOK,month,50000,60000,70000,120,jobs,port-2025,Pilots,broad,"
		scores  = "## Skills\n"
		confuse = "- [Harbour Clerk](harbour-clerk): writes"
	)
	for _, tt := range []struct{ name, file, take, put, want string }{
		// Links.
		{"a link to a role that is not there", tide, confuse, "- [Harbour Clerk](harbour-clrk): writes",
			"roles/tide-engineer.md:37: Easily Confused With: no page roles/harbour-clrk.md: did you mean harbour-clerk?"},
		{"a link to a role that nothing is near to", tide, confuse, "- [Astronaut](astronaut): writes",
			"roles/tide-engineer.md:37: Easily Confused With: no page roles/astronaut.md"},
		{"a page that links to itself", tide, confuse, "- [Tide Engineer](tide-engineer): writes",
			"roles/tide-engineer.md:37: Easily Confused With: the page links to itself"},
		{"a page whose next role is itself", tide, scores, "## Career Progression\n\n- [Tide Engineer](tide-engineer): promotion\n\n## Skills\n",
			"roles/tide-engineer.md:25: Career Progression: the page links to itself"},
		{"a page whose next role is not there", tide, scores, "## Career Progression\n\n- [Dock Manager](dock-manger): promotion\n\n## Skills\n",
			"roles/tide-engineer.md:25: Career Progression: no page roles/dock-manger.md: did you mean dock-manager?"},
		{"a ladder that leads to itself", "progression.csv", "tide-engineer,dock-manager", "dock-manager,dock-manager",
			"progression.csv:3: to: dock-manager leads to itself"},
		{"promotions in a circle", "progression.csv", "tide-engineer,dock-manager,lateral", "dock-manager,harbour-clerk,promotion",
			"progression.csv:3: kind: promotions go in a circle through dock-manager and harbour-clerk: one of them is lateral"},
		{"a ladder from a role that is not there", "progression.csv", "tide-engineer,dock", "tide-enginer,dock",
			"progression.csv:3: from: no page roles/tide-enginer.md: did you mean tide-engineer?"},
		{"a ladder to a role that is not there", "progression.csv", "tide-engineer,dock-manager", "tide-engineer,dock-manger",
			"progression.csv:3: to: no page roles/dock-manger.md: did you mean dock-manager?"},
		{"a step of no kind", "progression.csv", ",lateral,", ",sideways,", `progression.csv:3: kind: "sideways" must be one of promotion, specialisation, lateral`},
		{"a step without a kind", "progression.csv", ",lateral,", ",,", "progression.csv:3: kind: is empty"},

		// Names.
		{"an alias that two roles claim", tide, "  - tide hand\n", "  - tide hand\n  - Berth-Hand\n",
			`roles/tide-engineer.md:1: aliases: "Berth-Hand" is also a name of Harbour Clerk (roles/harbour-clerk.md): remove one, or list it in ambiguous.csv`},
		{"an alias that is another role's title", tide, "  - tide hand\n", "  - dock manager\n",
			`roles/tide-engineer.md:1: aliases: "dock manager" is also a name of Dock Manager`},
		{"an alias without a letter", tide, "  - tide hand\n", "  - \"--\"\n", `roles/tide-engineer.md:1: aliases: "--" has no letter or digit to be found by`},
		{"an ambiguous name of a role that is not there", "ambiguous.csv", "harbour-clerk;dock", "harbor-clerk;dock",
			"ambiguous.csv:2: role_ids: no page roles/harbor-clerk.md: did you mean harbour-clerk?"},
		{"an ambiguous name of nobody", "ambiguous.csv", "harbour-clerk;dock-manager", "", "ambiguous.csv:2: role_ids: is empty"},

		// Scores.
		{"a score over a hundred in the table", "competencies.csv", "85,75", "850,75", "competencies.csv:2: technical_depth: 850 is out of the scale of 0 to 100"},
		{"a score below nought", "competencies.csv", "85,75", "-5,75", `competencies.csv:2: technical_depth: "-5" is no whole number`},
		{"a score that is not there", "competencies.csv", "85,75", ",75", "competencies.csv:2: technical_depth: is empty"},
		{"a score over a hundred on a page", clerk, scores, fiveScores("850 of 100"), "roles/harbour-clerk.md:25: Technical depth: 850 is out of the scale of 0 to 100"},
		{"a score of another scale", clerk, scores, fiveScores("8 of 10"), "roles/harbour-clerk.md:25: Technical depth: scores are of 100: 8 of 10 would be another figure"},
		{"a score above its own scale", clerk, scores, fiveScores("85/10"), "roles/harbour-clerk.md:25: warning: Technical depth: 85/10 is read as 85 of 100: mend the page"},
		{"a score above its own scale where the table has one", tide, scores, fiveScores("85/10"),
			"roles/tide-engineer.md:25: warning: Technical depth: 85/10 is read as 85 of 100: mend the page\n" +
				"roles/tide-engineer.md:23: warning: Core Competencies: the scores are not used: competencies.csv:2 has scores of the role too"},
		{"four scores of five", clerk, scores, strings.Replace(fiveScores("85"), "- **Documentation**: 60 of 100\n", "", 1), "roles/harbour-clerk.md:23: Core Competencies: only 4 of the five scores"},
		{"a score twice", clerk, scores, strings.Replace(fiveScores("85"), "Documentation", "Technical depth", 1),
			"roles/harbour-clerk.md:29: Technical depth: stands twice: keep one\nroles/harbour-clerk.md:23: Core Competencies: only 4 of the five scores"},

		// Pay.
		{"pay without a role", pay, payRow, strings.Replace(payRow, "tide-engineer", "", 1), "salaries.csv:2: role: is empty"},
		{"pay without a region", pay, payRow, strings.Replace(payRow, "Norway", " ", 1), "salaries.csv:2: region: is empty"},
		{"pay without a year", pay, payRow, strings.Replace(payRow, "2025,", ",", 1), `salaries.csv:2: year: "" is no year that pay can be from`},
		{"pay of a year to come", pay, payRow, strings.Replace(payRow, "2025,", "20255,", 1), `salaries.csv:2: year: "20255" is no year that pay can be from`},
		{"pay of no year", pay, payRow, strings.Replace(payRow, "2025,", "last,", 1), "salaries.csv:2: year: \"last\" is no whole number\nsalaries.csv:2: year: \"last\" is no year that pay can be from"},
		{"pay without a currency", pay, payRow, strings.Replace(payRow, "NOK", "", 1), "salaries.csv:2: currency: is empty"},
		{"pay in no currency", pay, payRow, strings.Replace(payRow, "NOK", "kr", 1), `salaries.csv:2: currency: "kr" is no currency code such as EUR`},
		{"pay without a period", pay, payRow, strings.Replace(payRow, "month", "", 1), "salaries.csv:2: period: is empty"},
		{"pay by the day", pay, payRow, strings.Replace(payRow, "month", "day", 1), `salaries.csv:2: period: "day" must be one of year, month, hour`},
		{"pay without a source", pay, payRow, strings.Replace(payRow, "port-2025", "", 1), "salaries.csv:2: source: is empty"},
		{"quartiles out of order", pay, payRow, strings.Replace(payRow, "70000", "55000", 1), "salaries.csv:2: p25: p25, median and p75 are out of order: 50000, 60000, 55000"},
		{"quartiles out of order without a median", pay, payRow, strings.Replace(payRow, "50000,60000", "90000,", 1), "salaries.csv:2: p25: p25, median and p75 are out of order: 90000, 0, 70000"},
		{"pay without a figure", pay, payRow, strings.Replace(payRow, "50000,60000,70000", ",,70000", 1), "salaries.csv:2: median: neither a median nor both quartiles: give one"},
		{"a figure with a thousands comma", pay, payRow, strings.Replace(payRow, "60000", `"60,000"`, 1),
			`salaries.csv:2: median: "60,000" is no amount: write digits only, as in 64500 or 43.27`},
		{"a figure that is no number", pay, payRow, strings.Replace(payRow, "60000", "NaN", 1), `salaries.csv:2: median: "NaN" is no amount`},
		{"pay of a role that is not there", pay, payRow, strings.Replace(payRow, "tide-engineer", "tide-enginer", 1), "salaries.csv:2: role: no page roles/tide-enginer.md: did you mean tide-engineer?"},
		{"pay by years of no band", "salaries_by_experience.csv", "", "role,region,years_of_work_experience,year,currency,period,p25,median,p75,n,source\ntide-engineer,Norway,3-4,2025,NOK,year,1,2,3,9,port-2025\n",
			`salaries_by_experience.csv:2: years_of_work_experience: "3-4" must be one of 0-4, 5-9, 10-19, 20+`},

		// Other tables.
		{"a tool of a role that is not there", "tools.csv", "tide-engineer,", "tide-enginer,", "tools.csv:2: role: no page roles/tide-enginer.md: did you mean tide-engineer?"},
		{"a share over a hundred", "tools.csv", ",80,", ",180,", "tools.csv:2: pct: 180 is over 100"},
		{"a proficiency of a role that is not there", "proficiencies.csv", "tide-engineer,", "tide-enginer,", "proficiencies.csv:2: role: no page roles/tide-enginer.md: did you mean tide-engineer?"},
		{"scores of a role that is not there", "competencies.csv", "tide-engineer,", "tide-enginer,", "competencies.csv:2: role: no page roles/tide-enginer.md: did you mean tide-engineer?"},
		{"an occupation of a role that is not there", "occupations.csv", "tide-engineer,", "tide-enginer,", "occupations.csv:2: role: no page roles/tide-enginer.md: did you mean tide-engineer?"},
		{"a table without a column", pay, "region,year", "country,year", "salaries.csv:1: region: the column is missing: the table needs role, region, year, currency, period, median, source"},
		{"an empty table", pay, "", "\n", "salaries.csv:1: is empty: its first line names the columns role, region"},
		{"a row with a cell too many", pay, payRow, payRow + ",x", "salaries.csv:2: has 15 cells, the first line has 14: a comma inside a text needs quotes"},
		{"a row with cells too few", "tools.csv", ",Pilots,exact", "", "tools.csv:2: has 7 cells, the first line has 9"},
		{"a quote that does not end", "tools.csv", "Sextant", `"Sextant`, "tools.csv:2: is no CSV from column"},
		{"a quote inside a cell", "tools.csv", "Sextant", `Sext"ant`, "tools.csv:2: is no CSV from column 19 on"},
		{"a table whose name is misspelt", "salarys.csv", "", "a,b\n", "salarys.csv:1: warning: the table is not read: did you mean salaries.csv?"},
		{"a table that nothing reads", "weather-of-the-week.csv", "", "a,b\n", "weather-of-the-week.csv:1: warning: the table is not read: known are salaries_by_experience.csv, salaries.csv"},

		// Sources.
		{"a source that is not described", "tools.csv", "port-2025", "port-2024", "tools.csv:2: source: SOURCES.md has no section port-2024: add one with Name and Licence"},
		{"a step whose source is not described", "progression.csv", "lateral,editorial", "lateral,hearsay", "progression.csv:3: source: SOURCES.md has no section hearsay: add one with Name and Licence"},
		{"a source without a licence", "SOURCES.md", "- **Licence:** CC0\n", "", "SOURCES.md:5: port-2025: a source needs the items Name and Licence"},
		{"a source without a name", "SOURCES.md", "- **Name:** the editors\n", "", "SOURCES.md:11: editorial: a source needs the items Name and Licence"},

		// Front matter.
		{"a key that is misspelt", tide, "aliases:", "aliasses:", "roles/tide-engineer.md:6: aliasses: unknown key: did you mean aliases?"},
		{"a page without a title", tide, "title: Tide Engineer\n", "",
			"roles/tide-engineer.md:1: title: the page has no title\n" + gone("tide-engineer", 2, 2, 2, 2, 2) + "progression.csv:3: from: no page roles/tide-engineer.md\nroles/harbour-clerk.md:37: Easily Confused With: no page roles/tide-engineer.md"},
		{"a page without a category", tide, "category: Harbour\n", "", "roles/tide-engineer.md:1: category: the page has no category: name the field that the role belongs to"},
		{"a role to hide that is not there", "roles/pirate.md", "", "---\nhide: true\n---\n", "roles/pirate.md:2: hide: there is no role pirate to hide"},
		{"a file that is no page", "roles/notes.txt", "", "x", "roles/notes.txt:1: warning: is not read: pages end in .md"},

		// Prose.
		{"a page not reviewed for a year", tide, "2026-11-01", "2025-11-24", "roles/tide-engineer.md:1: warning: front matter: reviewed: the page was last reviewed on 2025-11-24, more than a year ago"},
		{"a page never reviewed", tide, "reviewed: 2026-11-01\n", "", "roles/tide-engineer.md:1: warning: front matter: reviewed: nobody says when the page was last reviewed"},
		{"a page reviewed by nobody", tide, "reviewer: harbour editors\n", "", "roles/tide-engineer.md:1: warning: front matter: reviewer: nobody says who reviewed the page"},
		{"a section that is missing", tide, "## Trade-offs\n\n- The tide is loud.\n", "", "roles/tide-engineer.md:1: warning: front matter: the section Trade-offs is missing: an answer will say that the page lacks it"},
		{"a section that is empty", tide, "- The tide is loud.\n", "",
			"roles/tide-engineer.md:1: warning: front matter: the section Trade-offs is missing\nroles/tide-engineer.md:31: warning: Trade-offs: the section is empty: fill it or remove it"},
		{"a heading that is misspelt", tide, "## Skills\n", "## Skils\n",
			"roles/tide-engineer.md:1: warning: front matter: the section Skills is missing\nroles/tide-engineer.md:23: warning: Skils: no answer reads this heading: did you mean Skills?"},
		{"a heading that nothing reads", tide, "## Skills\n", "## Weather\n\nSalt.\n\n## Skills\n", "roles/tide-engineer.md:23: warning: Weather: no answer reads this heading: known are Quick Summary"},
		{"a summary too long", tide, prose("tidesum", 20), prose("tidesum", 50), "roles/tide-engineer.md:15: warning: Quick Summary: 50 words, more than 45: say what the person does and stop"},
		{"a day too thin", tide, prose("tideday", 200), prose("tideday", 150), "roles/tide-engineer.md:19: warning: Day in the Life: thin: 150 words, a page of tier core has 180 to 300"},
		{"a day too long", tide, prose("tideday", 200), prose("tideday", 350), "roles/tide-engineer.md:19: warning: Day in the Life: long: 350 words, a page of tier core has 180 to 300"},
		{"a day too long for a short page", clerk, prose("berthday", 100), prose("berthday", 200), "roles/harbour-clerk.md:19: warning: Day in the Life: long: 200 words, a page of tier extended has 80 to 140"},
		{"a way in too thin", tide, prose("tidein", 100), prose("tidein", 60), "roles/tide-engineer.md:27: warning: Getting In: thin: 60 words, a page of tier core has 80 to 150"},
		{"a way in too thin for a short page", clerk, prose("berthin", 100), prose("berthin", 60), "roles/harbour-clerk.md:27: warning: Getting In: thin: 60 words, a page of tier extended has 80 to 150"},
		{"a sentence too long", tide, "- The tide is loud.", "- The tide " + strings.Repeat("and tide ", 20) + "is loud.", "roles/tide-engineer.md:33: warning: Trade-offs: a sentence of 44 words, more than 30: part it"},
		{"prose of another page", tide, "- The tide is loud.", "- Whoever " + strings.TrimSuffix(prose("berthday", 9), ".") + " is loud.",
			"roles/tide-engineer.md:33: warning: Trade-offs: shares prose with roles/harbour-clerk.md:21: “" + strings.TrimSuffix(prose("berthday", 8), ".") + "”"},
		{"a number in prose", tide, "- The tide is loud.", "- The tide takes 6.5 hours.", `roles/tide-engineer.md:33: warning: Trade-offs: the number "6.5" stands in prose: figures belong into a table, with their source`},
		{"money in prose", tide, "- The tide is loud.", "- The tide pays $60,000 or so.", `roles/tide-engineer.md:33: warning: Trade-offs: the number "$60,000" stands in prose`},
		{"a share in prose", tide, "- The tide is loud.", "- The tide takes 30% of them.", `roles/tide-engineer.md:33: warning: Trade-offs: the number "30%" stands in prose`},
		{"two numbers side by side", tide, "- The tide is loud.", "- The tide takes 6 7 hours.", "roles/tide-engineer.md:33: warning: Trade-offs: the number \"6\" stands in prose\nroles/tide-engineer.md:33: warning: Trade-offs: the number \"7\" stands in prose"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.put
			if tt.take != "" {
				if strings.Count(harbour[tt.file], tt.take) != 1 {
					t.Fatalf("%q stands %d times in %s", tt.take, strings.Count(harbour[tt.file], tt.take), tt.file)
				}
				text = strings.Replace(harbour[tt.file], tt.take, tt.put, 1)
			}
			faulty := base(with(harbour, map[string]string{tt.file: text}))
			sameFaults(t, knowledge.Check(today, faulty), strings.Split(tt.want, "\n")...)
			_, err := knowledge.Load(faulty)
			if wantErr := len(knowledge.Check(today, faulty).Errors()) > 0; (err != nil) != wantErr {
				t.Errorf("Load says %v, and check finds an error: %v", err, wantErr)
			}
		})
	}
}

// fiveScores is a section of scores, the first as given, and the heading Skills.
func fiveScores(depth string) string {
	return "## Core Competencies\n\n- **Technical depth**: " + depth + "\n- **Troubleshooting**: 75 of 100\n- **Communication**: 55 of 100\n" +
		"- **Process complexity**: 75 of 100\n- **Documentation**: 60 of 100\n\n## Skills\n"
}

// gone are the faults of table rows whose role has no page.
func gone(id string, pay, tools, proficiencies, scores, occupations int) string {
	var b strings.Builder
	for _, at := range []struct {
		file string
		line int
	}{{"salaries.csv", pay}, {"tools.csv", tools}, {"proficiencies.csv", proficiencies}, {"competencies.csv", scores}, {"occupations.csv", occupations}} {
		fmt.Fprintf(&b, "%s:%d: role: no page roles/%s.md\n", at.file, at.line, id)
	}
	return b.String()
}

func TestNamesAndVersionsAreNoNumbers(t *testing.T) {
	text := "- S3, IPv6, L2, C99, OAuth2, HTTP/2, 3D, k8s, x86-64, v2.1, Base64 and 2FA."
	page := strings.Replace(harbour["roles/tide-engineer.md"], "- The tide is loud.", text, 1)
	sameFaults(t, knowledge.Check(today, base(with(harbour, map[string]string{"roles/tide-engineer.md": page}))))
}

func TestANameThatTheAmbiguousTableListsMayBeClaimedTwice(t *testing.T) {
	files := with(harbour, map[string]string{
		"roles/tide-engineer.md": strings.Replace(harbour["roles/tide-engineer.md"], "  - tide hand\n", "  - Berth-Hand\n", 1),
		"ambiguous.csv":          "alias,role_ids\nberth hand,tide-engineer;harbour-clerk\n",
	})
	sameFaults(t, knowledge.Check(today, base(files)))
	c := load(t, base(files))
	if got := strings.Join(ids(c.Named("BERTH HAND")), " "); got != "tide-engineer harbour-clerk" {
		t.Errorf("the name means %q", got)
	}
}

func TestAPageIsStaleTheDayAfterAYear(t *testing.T) {
	for now, want := range map[string]int{"2026-11-01": 0, "2027-11-01": 0, "2027-11-02": 3, "2036-01-01": 3} {
		day, err := time.Parse(time.DateOnly, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := knowledge.Check(day, base(harbour)); len(got) != want {
			t.Errorf("on %s: %d stale pages, want %d: %v", now, len(got), want, got)
		}
	}
}

func TestAllFaultsAreListedAndNotOnlyTheFirst(t *testing.T) {
	files := with(harbour, map[string]string{
		"roles/tide-engineer.md": strings.NewReplacer("level: mid", "levl: mid", "coding: much", "coding: lots", "harbour-clerk", "harbour-clrk", "2026-11-01", "2024-11-01").Replace(harbour["roles/tide-engineer.md"]),
		"roles/harbour-clerk.md": strings.NewReplacer("tier: extended", "tier: short").Replace(harbour["roles/harbour-clerk.md"]),
		"salaries.csv":           strings.NewReplacer("Norway", "", "NOK", "", "month", "").Replace(harbour["salaries.csv"]) + "pirate,Norway,2025,NOK,month,3,2,1,120,jobs,port-2025,Pilots,broad,\n",
		"tools.csv":              "role,tool\n",
	})
	want := []string{
		"roles/tide-engineer.md:4: levl: unknown key", "roles/tide-engineer.md:9: work.coding: ", "roles/tide-engineer.md:37: Easily Confused With: no page",
		"roles/tide-engineer.md:1: warning: front matter: reviewed: ", "roles/harbour-clerk.md:5: tier: ",
		"salaries.csv:2: region: is empty", "salaries.csv:2: currency: is empty", "salaries.csv:2: period: is empty",
		"salaries.csv:3: p25: p25, median and p75 are out of order", "salaries.csv:3: role: no page roles/pirate.md",
		"tools.csv:1: kind: the column is missing", "tools.csv:1: source: the column is missing",
	}
	got := knowledge.Check(today, base(files))
	sameFaults(t, got, want...)
	for i := 1; i < len(got); i++ {
		if a, b := got[i-1], got[i]; a.File > b.File || a.File == b.File && a.Line > b.Line {
			t.Errorf("%v stands before %v", a, b)
		}
	}
	c, err := knowledge.Load(base(files))
	if c != nil {
		t.Error("a catalogue with errors is given out")
	}
	// Load says all errors too; warnings on prose are check's.
	if got := len(knowledge.AsFaults(err).Errors()); got != len(want)-1 {
		t.Errorf("Load names %d errors, want %d", got, len(want)-1)
	}
	if want := " (and 10 more)"; !strings.HasSuffix(err.Error(), want) || !strings.HasPrefix(err.Error(), "knowledge: ") {
		t.Errorf("the error is %q, want one that ends in %q", err, want)
	}
}

func TestAFolderThatIsNoneSaysSo(t *testing.T) {
	for name, tt := range map[string]struct{ files, want string }{
		"an empty folder":      {"", "roles:1: the folder of role pages cannot be read: file does not exist\nroles:1: the catalogue holds no role: put a page into the folder roles"},
		"a folder of no pages": {"roles/.keep", "roles:1: the catalogue holds no role"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{}
			if tt.files != "" {
				files[tt.files] = "x"
			}
			sameFaults(t, knowledge.Check(today, base(files)), strings.Split(tt.want, "\n")...)
		})
	}
}

func TestAnEditorsOwnFilesAreNotRead(t *testing.T) {
	sameFaults(t, knowledge.Check(today, base(with(harbour, map[string]string{
		"roles/.tide-engineer.md.swp": "x", "roles/tide-engineer.md~": "x", "roles/.#tide-engineer.md": "x", ".DS_Store": "x", "README.md": "x", ".hidden.csv": "x",
	}))))
}

func TestAFaultIsOneLineAndGoodJSON(t *testing.T) {
	f := knowledge.Fault{File: "roles/x.md", Line: 7, Field: "level", What: "is none"}
	if got, want := f.String(), "roles/x.md:7: level: is none"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := (knowledge.Fault{File: "x.csv", What: "is none", Warning: true}).String(), "x.csv:1: warning: is none"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	got, err := json.Marshal(f)
	if want := `{"file":"roles/x.md","line":7,"field":"level","what":"is none","warning":false}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestNearestWordIsNearOrNone(t *testing.T) {
	from := []string{"title", "aliases", "salaries.csv", "Quick Summary"}
	for in, want := range map[string]string{
		"titel": "title", "tilte": "title", "Title": "title", "alias": "aliases", "salarys.csv": "salaries.csv", "quick sumary": "Quick Summary",
		"": "", "x": "", "colour": "", "entitlement": "",
	} {
		if got := knowledge.NearestWord(in, from); got != want {
			t.Errorf("NearestWord(%q) is %q, want %q", in, got, want)
		}
	}
}

// Everybody who runs the program sees the embedded catalogue's own faults.
func TestTheEmbeddedCatalogueHasNoFault(t *testing.T) {
	for _, f := range knowledge.Check(today, knowledge.Layer{FS: knowledge.Embedded()}) {
		if f.Warning && strings.Contains(f.What, "write its sections") {
			t.Log(f) // its page is still to come
			continue
		}
		t.Error(f)
	}
}
