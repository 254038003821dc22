package convert_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"careerbot/knowledge"
	"careerbot/knowledge/convert"
)

func folderOf(pages ...*knowledge.Page) fstest.MapFS {
	out := fstest.MapFS{}
	for _, p := range pages {
		out["roles/"+p.ID+".md"] = &fstest.MapFile{Data: p.Format()}
	}
	return out
}

func TestAPageInMarkdownIsConverted(t *testing.T) {
	const page = "# Harbour Diver #\n\n## Quick Summary\n\nDivers go *down*.\n\n## Skills\n\n- **Breath**: to come up again.\n- [Tide Engineer](tide-engineer): to know when.\n"
	p, faults := convert.Page("in/Some File.md", []byte(page), "Harbour")
	sameFaults(t, faults)
	if p == nil || p.ID != "harbour-diver" || p.Title != "Harbour Diver" || p.Category != "Harbour" || p.Prose != "imported" {
		t.Fatalf("the page is %+v", p)
	}
	want := "---\ntitle: Harbour Diver\ncategory: Harbour\nprose: imported\n---\n\n## Quick Summary\n\nDivers go down.\n\n" +
		"## Skills\n\n- **Breath**: to come up again.\n- [Tide Engineer](tide-engineer): to know when.\n"
	if got := string(p.Format()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	usable(t, p)
}

func TestAPageWithTheCataloguesFrontMatterIsTakenAsItIs(t *testing.T) {
	const page = "---\ntitle: Harbour Diver\nlevel: mid\naliases: [frogman]\nwork: {people: none}\nreviewed: 2026-11-01\nreviewer: the board\nprose: editorial\n---\n\n## Quick Summary\n\nDivers go down.\n"
	p, faults := convert.Page("in/Harbour Diver.MD", []byte(page), "Harbour")
	sameFaults(t, faults)
	if p == nil || p.ID != "harbour-diver" || p.Category != "Harbour" || p.Prose != "editorial" || len(p.Aliases) != 1 || p.Work.Of("people") != knowledge.No {
		t.Fatalf("the page is %+v", p)
	}
	usable(t, p)
}

func TestScoresInMarkdownAreReadAsInThePlainForm(t *testing.T) {
	const page = "# Diver\n\n## Core Competencies\n\n- **Technical depth**: 85/10\n- Troubleshooting 75/10\n\nCommunication: 55/10\n\n### Process complexity 75/10\n\n- **Documentation:** 60 of 100\n"
	p, faults := convert.Page("diver.md", []byte(page), "Harbour")
	sameFaults(t, faults, "diver.md:3: warning: Core Competencies: scores are read as of 100: Technical depth 85, Troubleshooting 75, Communication 55, Process complexity 75")
	if p == nil {
		t.Fatal("no page")
	}
	usable(t, p)
	c, err := knowledge.Load(knowledge.Layer{FS: folderOf(p), Own: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Role("diver").Scores; got == nil || got.Of != [5]int{85, 75, 55, 75, 60} {
		t.Errorf("scores %+v", got)
	}
}

func TestHostileMarkdownIsRefusedInOneClearLine(t *testing.T) {
	for _, tt := range []struct{ name, page, category, want string }{
		{"an empty file", "", "Harbour", "x.md:1: title: no title: the page has neither front matter nor a line # Title"},
		{"no title", "## Skills\n\nx\n", "Harbour", "x.md:1: title: no title"},
		{"two titles", "# Diver\n\n## Skills\n\nx\n\n# Pilot\n", "Harbour", `x.md:7: title: a second title "Pilot": a file holds one role`},
		{"no category", "# Diver\n\n## Skills\n\nx\n", "", "x.md:1: category: the page names no category: add it to the front matter, or give --category"},
		{"a heading twice", "# Diver\n\n## Skills\n\nx\n\n## Skills\n", "Harbour", "x.md:7: Skills: the heading stands twice"},
		{"a title without letters", "# ---\n\n## Skills\n", "Harbour", `x.md:1: title: the title "---" has no letter or digit from a to z for a file name`},
		{"a title too long", "# " + strings.Repeat("Diver ", 11) + "\n", "Harbour", "x.md:1: title: the title has 65 bytes, more than 60"},
		{"a misspelt key", "---\ntitle: Diver\ncategroy: Harbour\n---\n", "Harbour", "x.md:3: categroy: unknown key: did you mean category?"},
		{"front matter without a title", "---\ncategory: Harbour\n---\n", "", "x.md:1: title: the front matter has no title"},
		{"a name that is no id", "---\ntitle: Diver\ncategory: Harbour\n---\n", "", ""},
		{"one line of a megabyte", "# Diver\n" + strings.Repeat("a", 1<<20-10), "Harbour", "x.md:2: the line has 1048566 bytes, more than 16384"},
		{"bytes that are no UTF-8", "# Diver\n\n## Skills\n\n\xff\n", "Harbour", "x.md:5: the file is no valid UTF-8"},
		{"a NUL", "# Diver\n\n## Skills\n\n\x00\n", "Harbour", "x.md:5: the file holds a NUL byte"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, faults := convert.Page("x.md", []byte(tt.page), tt.category)
			if (p == nil) != (tt.want != "") {
				t.Errorf("the page is %v", p)
			}
			var want []string
			if tt.want != "" {
				want = []string{tt.want}
			}
			sameFaults(t, faults.Errors(), want...)
			oneLineEach(t, faults, "x.md", []byte(tt.page))
		})
	}
}
