package convert_test

import (
	"slices"
	"strings"
	"testing"

	"careerbot/knowledge"
	"careerbot/knowledge/convert"
)

// lighthouse is a page in the plain form, of a role that no catalogue has.
const lighthouse = `Harbour Systems

Lighthouse Engineer

Quick Summary

Lighthouse Engineers keep the lamp, the lens and the fog signal in order.

Day in the Life

The night's log comes first. Whoever stood the last watch wrote down every flicker & every ship that answered [sic].

- Trim what smokes.
• Polish what is dull.

Over the years, lighthouse engineers often move into roles like Harbour Pilot, Buoy Planner, or Keeper of Charts. Few do.

Core Competencies

Technical Depth 70/10
Troubleshooting 65/10
Communication 30/10
Process Complexity 45/10
Documentation 90/10

Scores reflect what the harbour board was told.

Salary by Region

Tools & Proficiencies

No tools listed yet.

Career Progression

Prerequisite Roles

No prerequisites listed yet.
`

func TestAPageInThePlainFormIsConverted(t *testing.T) {
	p, faults := convert.Page("in/lighthouse.txt", []byte(lighthouse), "")
	sameFaults(t, faults,
		"in/lighthouse.txt:18: warning: Core Competencies: scores are read as of 100: Technical depth 70, Troubleshooting 65, Communication 30, Process complexity 45, Documentation 90",
		"in/lighthouse.txt:1: warning: empty sections: Salary by Region, Tools & Proficiencies, Career Progression, Prerequisite Roles",
		"in/lighthouse.txt:9: warning: Career Progression: next roles stand in the prose only: Harbour Pilot, Buoy Planner, Keeper of Charts",
	)
	oneLineEach(t, faults, "in/lighthouse.txt", []byte(lighthouse))
	if p == nil {
		t.Fatal("no page")
	}
	if p.ID != "lighthouse-engineer" || p.Title != "Lighthouse Engineer" || p.Category != "Harbour Systems" || p.Prose != "imported" {
		t.Errorf("the page is %s, %q in %q, %q", p.ID, p.Title, p.Category, p.Prose)
	}
	item := func(term, s string) knowledge.Block {
		return knowledge.Block{Kind: knowledge.Item, Term: term, Text: s}
	}
	want := [][]knowledge.Block{
		{{Text: "Quick Summary"}, {Text: "Lighthouse Engineers keep the lamp, the lens and the fog signal in order."}},
		{{Text: "Day in the Life"}, {Text: "The night's log comes first. Whoever stood the last watch wrote down every flicker & every ship that answered [sic]."},
			item("", "Trim what smokes."), item("", "Polish what is dull."),
			{Text: "Over the years, lighthouse engineers often move into roles like Harbour Pilot, Buoy Planner, or Keeper of Charts. Few do."}},
		{{Text: "Core Competencies"}, item("Technical depth", "70 of 100"), item("Troubleshooting", "65 of 100"), item("Communication", "30 of 100"),
			item("Process complexity", "45 of 100"), item("Documentation", "90 of 100"), {Text: "Scores reflect what the harbour board was told."}},
		{{Text: "Salary by Region"}}, {{Text: "Tools & Proficiencies"}}, {{Text: "Career Progression"}}, {{Text: "Prerequisite Roles"}},
	}
	for i, got := range words(p) {
		if i >= len(want) || !slices.Equal(got, want[i]) {
			t.Errorf("section %d is %+v", i, got)
		}
	}
	if len(p.Sections) != len(want) {
		t.Errorf("%d sections, want %d", len(p.Sections), len(want))
	}
	usable(t, p)
}

func TestAnImportedPageAnswersByItself(t *testing.T) {
	p, _ := convert.Page("lighthouse.txt", []byte(lighthouse), "")
	c, err := knowledge.Load(knowledge.Layer{FS: folderOf(p), Own: true})
	if err != nil {
		t.Fatal(err)
	}
	r := c.Role("lighthouse-engineer")
	if got := r.Scores; got == nil || got.Of != [5]int{70, 65, 30, 45, 90} || got.Basis != "page" || !got.Row.Own {
		t.Errorf("scores %+v", got)
	}
	if titles, in := r.NextInProse(); !slices.Equal(titles, []string{"Harbour Pilot", "Buoy Planner", "Keeper of Charts"}) || in.Heading != knowledge.DayInTheLife {
		t.Errorf("next roles %q", titles)
	}
	for _, h := range []string{knowledge.SalaryRegion, knowledge.ToolsSection, knowledge.Career, knowledge.Prerequisite} {
		if r.Section(h) != nil {
			t.Errorf("the section %s is there", h)
		}
	}
}

func TestTheFormOfAPageMayVary(t *testing.T) {
	for _, tt := range []struct{ name, page, category string }{
		{"line ends of Windows", strings.ReplaceAll(lighthouse, "\n", "\r\n"), ""},
		{"line ends of an old Mac", strings.ReplaceAll(lighthouse, "\n", "\r"), ""},
		{"a byte-order mark", "\ufeff" + lighthouse, ""},
		{"headings in capitals", strings.NewReplacer("Quick Summary", "QUICK SUMMARY", "Salary by Region", "salary by region").Replace(lighthouse), ""},
		{"spaces at the ends of lines", strings.ReplaceAll(lighthouse, "\n", "  \t\n"), ""},
		{"no empty lines", strings.ReplaceAll(lighthouse, "\n\n", "\n"), ""},
		{"a category given from outside", strings.TrimPrefix(lighthouse, "Harbour Systems\n"), "Harbour Systems"},
		{"letters that are not seen", strings.Replace(lighthouse, "Lighthouse Engineer", "\u202dLight\u200bhouse\u00a0Engineer\u202c", 1), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want, _ := convert.Page("x.txt", []byte(lighthouse), "")
			p, faults := convert.Page("x.txt", []byte(tt.page), tt.category)
			if p == nil {
				t.Fatal(faults)
			}
			if got := string(p.Format()); got != string(want.Format()) {
				t.Errorf("another page:\n%s", got)
			}
			if len(faults) != 3 {
				t.Errorf("%d warnings: %v", len(faults), faults)
			}
		})
	}
}

func TestAPageThatSaysAllHasNoWarning(t *testing.T) {
	p, faults := convert.Page("x.txt", []byte("Harbour\nDiver\nQuick Summary\nDivers go down.\nCore Competencies\nTechnical depth: 70/100\nTroubleshooting 65 of 100\nCommunication 30\nProcess Complexity 45 out of 100\nDocumentation 90/100.\n"), "")
	sameFaults(t, faults)
	usable(t, p)
}

func TestOtherScoresAreReadOnlyWhereTheyCanBeNothingElse(t *testing.T) {
	p, faults := convert.Page("x.txt", []byte("Harbour\nDiver\nCore Competencies\nBreath holding 85/10\nOn call 24/7\nFounded in 1999\nTanks 3/10\n"), "")
	sameFaults(t, faults, "x.txt:3: warning: Core Competencies: scores are read as of 100: Breath holding 85")
	var got []string
	for _, b := range p.Sections[0].Blocks {
		got = append(got, b.Term+"|"+b.Text)
	}
	if want := []string{"Breath holding|85 of 100", "|On call 24/7", "|Founded in 1999", "|Tanks 3/10"}; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	usable(t, p)
}

func TestHostilePagesAreRefusedInOneClearLine(t *testing.T) {
	long := strings.Repeat("a", 1<<20)
	for _, tt := range []struct{ name, page, want string }{
		{"an empty file", "", "x.txt:1: title: no title: the file begins with a line for the category and a line for the title"},
		{"nothing but spaces", " \n\t\n\u00a0\n", "x.txt:1: title: no title"},
		{"no title", "Quick Summary\n\nText.\n", "x.txt:1: title: no title"},
		{"a title and no category", "\nDiver\n\nQuick Summary\n\nText.\n", "x.txt:2: title: only one line before the first heading: the category comes first, then the title"},
		{"two titles", "Harbour\nDiver\n\nPilot\n\nQuick Summary\n", `x.txt:4: title: a second title "Pilot": a file holds one role`},
		{"two titles, the second long", "Harbour\nDiver\n" + strings.Repeat("Pilot ", 100) + "\nQuick Summary\n", `x.txt:3: title: a second title "` + strings.Repeat("Pilot ", 9)},
		{"a title too long", "Harbour\n" + strings.Repeat("Diver ", 11) + "\nQuick Summary\n", "x.txt:2: title: the title has 65 bytes, more than 60"},
		{"a title without letters", "Harbour\n---\nQuick Summary\n", `x.txt:2: title: the title "---" has no letter or digit from a to z for a file name`},
		{"a title in other letters", "Harbour\nΔύτης\nQuick Summary\n", `x.txt:2: title: the title "Δύτης" has no letter or digit from a to z for a file name`},
		{"a heading twice", "Harbour\nDiver\nSkills\na\nskills\nb\n", "x.txt:5: Skills: the heading stands twice: put both texts under one"},
		{"one line of a megabyte", "Harbour\nDiver\nSkills\n" + long[:1<<20-100] + "\n", "x.txt:4: the line has 1048476 bytes, more than 16384: part it into paragraphs"},
		{"more than a megabyte", long + "\n", "x.txt:1: the file has 1048577 bytes, more than 1048576"},
		{"many long lines", "Harbour\nDiver\nSkills\n" + strings.Repeat(strings.Repeat("ab ", 3000)+"\n", 20), "x.txt:1: the page would have 180"},
		{"bytes that are no UTF-8", "Harbour\nDiver\nSkills\ncaf\xe9\n", "x.txt:4: the file is no valid UTF-8: save it in UTF-8"},
		{"two bytes for a letter", "\xff\xfeH\x00a\x00r\x00", "x.txt:1: the file holds a NUL byte: save it as plain text in UTF-8\nx.txt:1: the file is no valid UTF-8"},
		{"a NUL", "Harbour\r\nDiver\r\nSkills\r\na\x00b\r\n", "x.txt:4: the file holds a NUL byte"},
		{"a NUL and line ends of an old Mac", "Harbour\rDiver\rSkills\ra\x00b\r", "x.txt:4: the file holds a NUL byte"},
		{"a score above a hundred", "Harbour\nDiver\nCore Competencies\n" + scores("Technical Depth 850/10"), "x.txt:4: Technical depth: 850 is out of the scale of 0 to 100"},
		{"a score of ten", "Harbour\nDiver\nCore Competencies\n" + scores("Technical Depth 8/10"), "x.txt:4: Technical depth: 8/10: scores are of 100, write what it is of 100"},
		{"a score of ten in words", "Harbour\nDiver\nCore Competencies\n" + scores("Technical Depth: 8 of 10"), "x.txt:4: Technical depth: 8/10: scores are of 100"},
		{"a score twice", "Harbour\nDiver\nCore Competencies\n" + scores("Technical Depth 85/10\nTechnical depth 80/100"), "x.txt:5: Technical depth: stands twice: keep one"},
		{"four scores of five", "Harbour\nDiver\nCore Competencies\n" + scores("Or so"), "x.txt:3: Core Competencies: only 4 of the five scores: give Technical depth, Troubleshooting"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, faults := convert.Page("x.txt", []byte(tt.page), "")
			if p != nil {
				t.Errorf("it is a page: %s", p.Title)
			}
			errs := faults.Errors()
			sameFaults(t, errs, strings.Split(tt.want, "\n")...)
			oneLineEach(t, faults, "x.txt", []byte(tt.page))
		})
	}
}

// scores are five scores, the first as given.
func scores(depth string) string {
	return depth + "\nTroubleshooting 75/100\nCommunication 55/100\nProcess Complexity 75/100\nDocumentation 60/100\n"
}

func TestStrangePagesAreReadWithAWarning(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"a page of a title only", "Harbour\nDiver\n", "x.txt:1: warning: the page has no section: headings are lines such as Quick Summary"},
		{"a heading at the end", "Harbour\nDiver\nSkills", "x.txt:1: warning: empty sections: Skills"},
		{"words that Markdown would read otherwise", "Harbour\nDiver\nSkills\n# no heading\n> no quote\n1. no number\n---\n    no code\n<b>no HTML</b> [no](link) *no* `no`\n- \n-\n", ""},
		{"names that YAML would read otherwise", "no: yes\n- [Diver]: {x}\nSkills\nx\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, faults := convert.Page("x.txt", []byte(tt.page), "")
			if p == nil {
				t.Fatal(faults)
			}
			var want []string
			if tt.want != "" {
				want = []string{tt.want}
			}
			sameFaults(t, faults, want...)
			usable(t, p)
		})
	}
}

// FuzzPlain feeds the importer anything: it must say what is wrong or give a
// page that passes check, and never panic.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{"", lighthouse, strings.ReplaceAll(lighthouse, "\n", "\r\n"), "A\nB\nCore Competencies\n" + scores("Technical depth: 8 of 10"),
		"A\nB\nSkills\n- *a* `b` <c> [d](e) \\ & #\n1. x\n", "\ufeff\u202e\x00\xff", "---\ntitle: X\ncategory: Y\n---\n\n## Skills\n\n- **a**: b\n",
		"# Diver\n\n## Core Competencies\n\n- **Technical depth**: 85/10\n"} {
		f.Add([]byte(seed), false)
		f.Add([]byte(seed), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, markdown bool) {
		name := map[bool]string{false: "some-role.txt", true: "some-role.md"}[markdown]
		p, faults := convert.Page(name, data, "")
		oneLineEach(t, faults, name, data)
		switch failed := len(faults.Errors()) > 0; {
		case failed != (p == nil):
			t.Errorf("a page %v, and faults %v", p, faults)
		case p != nil:
			usable(t, p)
		}
	})
}
