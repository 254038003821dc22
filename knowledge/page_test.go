package knowledge_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"careerbot/knowledge"
)

// fullPage holds every key of the front matter and every form of a section.
const fullPage = `---
title: Tide Table Engineer
category: "Data"
level: mid
tier: core
aliases:
  - tide engineer
  - "tide: tables"
levels: [E4, E5]
work:
  coding: much
  on-call: some
  travel: none
reviewed: 2026-11-24
reviewer: harbour editors
prose: editorial
hide: false
---

## Quick Summary

Tide Table Engineers compute when a harbour
has water enough.

## Day in the Life

The first paragraph.

The second has **bold**, *slanted* and ` + "`code`" + ` words,
a [link](https://tides.example/) and C\+\+.

## Skills

- **Harmonic analysis**: to part a curve into its tides.
- **Colon inside:** the bold words.
- Plain words only.
- **Bold** words inside a sentence, and **more**.
- **Moon**, sun and weather.
* Another list form
1. A numbered form
   that goes on

## Trade-offs

### What people like

- The sea is honest.

### What wears them down

- So are its storms.

## Easily Confused With

- [Data Engineer](data-engineer): moves data, not water.
- [The harbour's page](https://harbour.example/): is no role.

## Salary by Region
`

func TestEveryKeyOfTheFrontMatterIsRead(t *testing.T) {
	p, faults := knowledge.ParsePage("roles/tide-table-engineer.md", []byte(fullPage))
	sameFaults(t, faults)
	want := knowledge.Page{
		ID: "tide-table-engineer", Title: "Tide Table Engineer", Category: "Data", Level: "mid", Tier: "core",
		Aliases: []string{"tide engineer", "tide: tables"}, Levels: []string{"E4", "E5"},
		Reviewed: "2026-11-24", Reviewer: "harbour editors", Prose: "editorial",
	}
	got := unplaced(p)
	got.Sections, got.Work = nil, knowledge.Work{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for trait, amount := range map[string]knowledge.Amount{
		"coding": knowledge.Much, "on-call": knowledge.Some, "travel": knowledge.No, "maths": knowledge.Unsaid, "no such": knowledge.Unsaid,
	} {
		if got := p.Work.Of(trait); got != amount {
			t.Errorf("work.%s is %v, want %v", trait, got, amount)
		}
	}
}

func TestEveryFormOfASectionIsRead(t *testing.T) {
	p, _ := knowledge.ParsePage("tide-table-engineer.md", []byte(fullPage))
	para := func(s string) knowledge.Block { return knowledge.Block{Kind: knowledge.Para, Text: s} }
	sub := func(s string) knowledge.Block { return knowledge.Block{Kind: knowledge.Subhead, Text: s} }
	item := func(term, s string) knowledge.Block {
		return knowledge.Block{Kind: knowledge.Item, Term: term, Text: s}
	}
	want := []knowledge.Section{
		{Heading: knowledge.QuickSummary, Blocks: []knowledge.Block{para("Tide Table Engineers compute when a harbour has water enough.")}},
		{Heading: knowledge.DayInTheLife, Blocks: []knowledge.Block{
			para("The first paragraph."),
			para("The second has bold, slanted and code words, a link and C++."),
		}},
		{Heading: knowledge.Skills, Blocks: []knowledge.Block{
			item("Harmonic analysis", "to part a curve into its tides."),
			item("Colon inside", "the bold words."),
			item("", "Plain words only."),
			item("", "Bold words inside a sentence, and more."),
			item("", "Moon, sun and weather."),
			item("", "Another list form"),
			item("", "A numbered form that goes on"),
		}},
		{Heading: knowledge.TradeOffs, Blocks: []knowledge.Block{
			sub("What people like"), item("", "The sea is honest."),
			sub("What wears them down"), item("", "So are its storms."),
		}},
		{Heading: knowledge.ConfusedWith, Blocks: []knowledge.Block{
			{Kind: knowledge.Item, Term: "Data Engineer", Text: "moves data, not water.", Link: "data-engineer"},
			item("", "The harbour's page: is no role."),
		}},
		{Heading: knowledge.SalaryRegion},
	}
	got := unplaced(p).Sections
	for i, s := range want {
		if i >= len(got) {
			t.Fatalf("the section %s is not read", s.Heading)
		}
		if !reflect.DeepEqual(got[i], s) {
			t.Errorf("%s:\n got  %+v\n want %+v", s.Heading, got[i], s)
		}
	}
	roundTrips(t, p)
}

func TestALineOfThePageIsNamedAsAnEditorCountsIt(t *testing.T) {
	p, _ := knowledge.ParsePage("tide-table-engineer.md", []byte(fullPage))
	rows := strings.Split(fullPage, "\n")
	for _, s := range p.Sections {
		if at := rows[s.Line-1]; at != "## "+s.Heading {
			t.Errorf("the section %s is said to stand on line %d, which is %q", s.Heading, s.Line, at)
		}
		for _, b := range s.Blocks {
			first := strings.Trim(strings.Fields(b.Term + " " + b.Text)[0], ",.")
			if at := rows[b.Line-1]; !strings.Contains(at, first) {
				t.Errorf("%q is said to stand on line %d, which is %q", b.Text, b.Line, at)
			}
		}
	}
}

func TestItemsOfASectionAreParted(t *testing.T) {
	p, _ := knowledge.ParsePage("tide-table-engineer.md", []byte(fullPage))
	s := &p.Sections[3]
	for sub, want := range map[string]int{"": 2, "What people like": 1, "what WEARS them down": 1, "Something else": 0} {
		if got := len(s.Items(sub)); got != want {
			t.Errorf("Items(%q) are %d, want %d", sub, got, want)
		}
	}
	if got, want := s.Text(), "What people like The sea is honest. What wears them down So are its storms."; got != want {
		t.Errorf("Text is %q, want %q", got, want)
	}
	var none *knowledge.Section
	if none.Text() != "" || none.Items("") != nil {
		t.Error("a section that is not there has text")
	}
}

func TestPagesRoundTrip(t *testing.T) {
	for name, data := range embeddedPages(t) {
		p, faults := knowledge.ParsePage(name, data)
		for _, f := range faults {
			t.Error(f)
		}
		roundTrips(t, p)
	}
	for name, body := range map[string]string{
		"a term that ends in colons":             "- **term::** text\n- **:** text\n- **a:**: text\n",
		"a term alone":                           "- **term**\n- **term:**\n- [Title](some-role)\n",
		"bold words joined to a word":            "- **Back**end work\n- **Redis**, Kafka and more\n",
		"a link with nothing to read":            "- [](some-role) text\n- [ ](some-role): text\n",
		"a link of words that mean markup":       "- [C\\*\\* \\[x\\]](some-role): text\n",
		"code and HTML inside an item":           "-     indented code\n- <div>raw</div>\n- ```\n  fenced\n  ```\n",
		"items inside items":                     "- one\n  - two\n    1. three\n- four\n",
		"words that look like markup":            "\\# no heading\n\n\\- no item\n\n1\\. no number\n\n2026\\. A year.\n\n\\> no quote\n\n\\~~~ no fence\n\n\\=== no line\n",
		"underscores":                            "\\_a\\_ b_c \\_\\_d\\_\\_ snake_case_name é\\_ü\\_ö\n",
		"ampersands":                             "R&amp;D, AT&T, \\&amp; and &copy;\n",
		"a quotation and a rule":                 "> quoted *words*\n> go on\n\n***\n\nafter\n",
		"hard and soft ends of lines":            "one  \ntwo\\\nthree\nfour\n",
		"headings of every depth":                "### three\n\n#### four ####\n\n###### C# \\#\n",
		"links by reference":                     "[one][ref] and [two] and ![three](x.png)\n\n[ref]: https://x.example\n",
		"backslashes":                            "C:\\\\dir\\\\ and \\\\\\\\ and \\`tick\\`\n",
		"a mark that joins what stands apart":    "<\u200d\u0338 and e\u200b\u0301 and =\u2060\u0338\n",
		"an item that begins as other blocks do": "- # x\n- > x\n- \\- x\n- 1. x\n- ***\n- : x\n",
	} {
		t.Run(name, func(t *testing.T) {
			p, faults := knowledge.ParsePage("some-role.md", []byte("---\ntitle: X\n---\n\n## Skills\n\n"+body))
			if errs := faults.Errors(); len(errs) > 0 {
				t.Fatal(errs)
			}
			roundTrips(t, p)
			allPlain(t, p)
		})
	}
	for name, p := range map[string]knowledge.Page{
		"names that YAML would read otherwise": {Title: "null", Category: "yes", Aliases: []string{"~", "1e3", "- x", "a: b", "#x", "'q'", `"q"`, "[x]", "*x", "&x", "2026-11-24", "0x1f"}, Levels: []string{"true", "4"}},
		"a page that hides a role":             {Hide: true},
		"a page with nothing in it":            {},
		"a long name":                          {Title: strings.Repeat("long name ", 40) + "end"},
	} {
		t.Run(name, func(t *testing.T) {
			p.ID = "some-role"
			roundTrips(t, &p)
		})
	}
}

// A page whose words are nothing but letters that Markdown gives a meaning to
// must read back as those words. The seed makes every run the same.
func TestWordsOfMarkupLettersRoundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	letters := []rune("##**__--``[]()<>&;!\\~=+:..1  aé|\"'@/{}$%^\t")
	word := func() string {
		out := make([]rune, 1+rnd.IntN(12))
		for i := range out {
			out[i] = letters[rnd.IntN(len(letters))]
		}
		return knowledge.PlainText(string(out))
	}
	for range 2000 {
		p := &knowledge.Page{ID: "some-role", Title: word(), Category: word()}
		if alias := word(); alias != "" {
			p.Aliases = []string{alias}
		}
		s := knowledge.Section{Heading: "A" + word()}
		for range 4 {
			b := knowledge.Block{Kind: knowledge.BlockKind(rnd.IntN(3)), Text: word()}
			if b.Kind == knowledge.Item && rnd.IntN(2) == 0 {
				if b.Term = strings.TrimRight(word(), ": "); b.Term != "" && rnd.IntN(2) == 0 {
					b.Link = "other-role"
				}
			}
			if b.Text != "" {
				s.Blocks = append(s.Blocks, b)
			}
		}
		p.Sections = []knowledge.Section{s}
		roundTrips(t, p)
	}
}

// allPlain reports text of a page that is not fit for any screen.
func allPlain(t testing.TB, p *knowledge.Page) {
	t.Helper()
	check := func(s string) {
		if !utf8.ValidString(s) || knowledge.PlainText(s) != s {
			t.Errorf("%q is not plain", s)
		}
		for _, r := range s {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
				t.Errorf("%q holds %U", s, r)
			}
		}
	}
	for _, s := range append(append([]string{p.Title, p.Category, p.Level, p.Tier, p.Reviewed, p.Reviewer, p.Prose}, p.Aliases...), p.Levels...) {
		check(s)
	}
	for _, s := range p.Sections {
		check(s.Heading)
		for _, b := range s.Blocks {
			check(b.Term)
			check(b.Text)
			check(b.Link)
		}
	}
}

func TestForeignTextComesOutPlain(t *testing.T) {
	const front = "---\ntitle: Some Role\ncategory: Data\n---\n\n## Quick Summary\n\n"
	for _, tt := range []struct{ name, page, want string }{
		{"line ends of Windows", strings.ReplaceAll(front+"one\ntwo\n", "\n", "\r\n"), "one two"},
		{"line ends of an old Mac", strings.ReplaceAll(front+"one\ntwo\n", "\n", "\r"), "one two"},
		{"a byte-order mark", "\ufeff" + front + "one\n", "one"},
		{"a byte-order mark and line ends of Windows", "\ufeff" + strings.ReplaceAll(front+"one\n", "\n", "\r\n"), "one"},
		{"bytes that are no UTF-8", front + "caf\xe9 au lait\n", "caf\ufffd au lait"},
		{"markup", front + "**a** _b_ `c` [d](e) ![f](g) <https://h.example> \\*i\\* &amp; &lt;j&gt;\n", "a b c d f https://h.example *i* & <j>"},
		{"letters that turn the reading round", front + "a\u202egnp.exe\u202c \u2067b\u2069 \u200fc\n", "agnp.exe b c"},
		{"letters without width", front + "back\u200bend \ufeffen\u00adgineer \u2060x\n", "backend engineer x"},
		{"spaces of every kind", front + "a\u00a0b\u2003c\u3000d\te  f\n", "a b c d e f"},
		{"accents in two letters", front + "cafe\u0301\n", "caf\u00e9"},
		{"raw HTML in a line", front + "a <script>alert(1)</script> b\n", "a <script>alert(1)</script> b"},
		{"a block of raw HTML", front + "<div onclick=x>\nhello\n</div>\n", "<div onclick=x> hello </div>"},
		{"a comment of HTML", front + "<!-- a -->\n\nb\n", "<!-- a --> b"},
		{"colours of a terminal", front + "a\x1b[31mred\x1b[0m b\x07\n", "a[31mred[0m b"},
		{"a mention of a platform", front + "<!here> @everyone <@U123> #x\n", "<!here> @everyone <@U123> #x"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, faults := knowledge.ParsePage("some-role.md", []byte(tt.page))
			if errs := faults.Errors(); len(errs) > 0 {
				t.Fatal(errs)
			}
			if p.Title != "Some Role" {
				t.Errorf("title %q", p.Title)
			}
			if len(p.Sections) != 1 {
				t.Fatalf("%d sections", len(p.Sections))
			}
			if got := p.Sections[0].Text(); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			allPlain(t, p)
			roundTrips(t, p)
		})
	}
}

func TestANULIsAFaultAtItsLine(t *testing.T) {
	for _, ends := range []string{"\n", "\r\n", "\r"} {
		page := strings.ReplaceAll("---\ntitle: Some Role\n---\n\n## Quick Summary\n\none\x00two\n", "\n", ends)
		p, faults := knowledge.ParsePage("some-role.md", []byte(page))
		sameFaults(t, faults, "some-role.md:7: the page holds a NUL byte")
		allPlain(t, p)
	}
}

func TestALongLineIsReadAndAnEndlessOneRefused(t *testing.T) {
	const front = "---\ntitle: Some Role\n---\n\n## Quick Summary\n\n"
	line := strings.Repeat("word ", 10_000)
	p, faults := knowledge.ParsePage("some-role.md", []byte(front+line+"\n"))
	sameFaults(t, faults)
	if got := len(strings.Fields(p.Sections[0].Text())); got != 10_000 {
		t.Errorf("%d words of 10000", got)
	}
	_, faults = knowledge.ParsePage("some-role.md", []byte(front+strings.Repeat("word ", 200_000)))
	sameFaults(t, faults, fmt.Sprintf("some-role.md:1: the page has 1000044 bytes, more than %d: shorten it", knowledge.MaxPage))
}

// The largest page may be nothing but nested markup, which Markdown's rules
// make slow: it must still be read, in a second or so.
func TestAPageOfNothingButMarkupIsRead(t *testing.T) {
	for _, unit := range []string{">", "- a\n", "## a\n", "*a ", "[", "`", "a\n\n", "<", "- ", "_*", "![a](", "### a\n- **b**: c\n"} {
		page := "---\ntitle: X\n---\n\n## Skills\n\n" + strings.Repeat(unit, knowledge.MaxPage/2/len(unit))
		p, _ := knowledge.ParsePage("some-role.md", []byte(page))
		if p == nil {
			t.Errorf("%q: no page", unit)
		}
	}
}

func TestEachFaultOfTheFrontMatterNamesItsLineAndWhatIsRight(t *testing.T) {
	for _, tt := range []struct{ name, front, want string }{
		{"a misspelt key", "title: X\naliasses:\n  - y", "x.md:3: aliasses: unknown key: did you mean aliases?"},
		{"a key in the singular", "title: X\nalias: [y]", "x.md:3: alias: unknown key: did you mean aliases?"},
		{"a key in capitals", "Title: X", "x.md:2: Title: unknown key: did you mean title?"},
		{"a key that is none", "title: X\n\n\ncolour: red", "x.md:5: colour: unknown key: known are title, category"},
		{"a key twice", "title: X\ntitle: Y", "x.md:3: title: stands twice: keep one"},
		{"a level that is none", "title: X\nlevel: expert", `x.md:3: level: "expert" must be one of junior, mid, senior, lead, manager, executive`},
		{"a tier that is none", "tier: full", `x.md:2: tier: "full" must be one of core, extended`},
		{"a list that is none", "title: X\naliases: y", "x.md:3: aliases: must be a list"},
		{"levels that are no list", "levels: E4", "x.md:2: levels: must be a list"},
		{"an empty entry", "aliases:\n  - y\n  -\n  - z", "x.md:4: aliases: an empty entry: remove it"},
		{"an entry that is a list", "aliases:\n  - [y]", "x.md:3: aliases: must be one value on the line"},
		{"a title that is a list", "title: [X]", "x.md:2: title: must be one value on the line"},
		{"work in one word", "work: coding", "x.md:2: work: must be a block of lines"},
		{"work that is misspelt", "work:\n  coding: much\n  on-cal: some", "x.md:4: on-cal: unknown kind of work: did you mean on-call?"},
		{"work that is unknown", "work:\n  dancing: much", "x.md:3: dancing: unknown kind of work: known are coding"},
		{"an amount that is none", "work:\n  coding: lots", `x.md:3: work.coding: "lots" must be one of none, some, much`},
		{"work twice", "work:\n  coding: much\n  coding: some", "x.md:4: work.coding: stands twice: keep one"},
		{"a day that is none", "title: X\nreviewed: last week", `x.md:3: reviewed: "last week" is no date: write it as 2026-11-24`},
		{"a day in another form", "reviewed: 24.11.2026", `x.md:2: reviewed: "24.11.2026" is no date`},
		{"a day that no calendar has", "reviewed: 2026-02-30", `x.md:2: reviewed: "2026-02-30" is no date`},
		{"hide neither true nor false", "hide: perhaps", `x.md:2: hide: "perhaps" must be true or false`},
		{"a list that does not end", "title: X\ncategory: Data\naliases: [y\nlevel: mid", "x.md:4: the front matter is no YAML"},
		{"a line that ends in a quote", "title: X\ncategory: \"Data\" and\nlevel: mid", "x.md:3: the front matter is no YAML"},
		{"a colon inside a value", "category: Data\ntitle: X: Y", "x.md:3: the front matter is no YAML"},
		{"a hyphen among keys", "category: Data\ntitle: X\n- y", "x.md:4: the front matter is no YAML"},
		{"a quote without end", "title: X\nlevel: \"mid", "x.md:3: the front matter is no YAML"},
		{"a tab in the YAML", "title: X\nwork:\n\tcoding: much", "x.md:4: the front matter is no YAML"},
		{"bytes that are no UTF-8", "title: X\ncategory: caf\xe9", "x.md:3: the front matter is no YAML"},
		{"a key that is no word", "\"\\e[31m\\n\\u202e" + strings.Repeat("x", 200) + "\": y", "x.md:2: [31m " + strings.Repeat("x", 54) + "…: unknown key: known are title"},
		{"a key that is a list", "[x, y]: z", "x.md:2: unknown key: known are title"},
		{"lines without keys", "just words", "x.md:2: the front matter must be lines of the form key: value"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := knowledge.ParsePage("x.md", []byte("---\n"+tt.front+"\n---\n"))
			sameFaults(t, faults, tt.want)
		})
	}
}

func TestEachFaultOfAPageNamesItsLine(t *testing.T) {
	for _, tt := range []struct {
		name, file, page string
		want             []string
	}{
		{"no front matter", "x.md", "## Skills\n", []string{"x.md:1: no front matter"}},
		{"a front matter without end", "x.md", "---\ntitle: X\n\n## Skills\n", []string{"x.md:1: no front matter", "x.md:2: warning: text before"}},
		{"an empty file", "x.md", "", []string{"x.md:1: no front matter"}},
		{"a heading twice", "x.md", "---\ntitle: X\n---\n\n## Skills\n\na\n\n## Skills\n\nb\n", []string{"x.md:9: Skills: the heading stands twice: put both texts under one"}},
		{"a title in the body", "x.md", "---\ntitle: X\n---\n# X\n\n## Skills\n", []string{"x.md:4: warning: X: a heading of the first level"}},
		{"text before the first heading", "x.md", "---\ntitle: X\n---\n\nhello\n\nyou\n", []string{"x.md:5: warning: text before the first ## heading is not used"}},
		{"a name with capitals", "X.md", "---\ntitle: X\n---\n", []string{"X.md:1: the file's name is the role's id"}},
		{"a name with a space", "roles/a b.md", "---\ntitle: X\n---\n", []string{"roles/a b.md:1: the file's name is the role's id"}},
		{"a name with two hyphens", "a--b.md", "---\ntitle: X\n---\n", []string{"a--b.md:1: the file's name is the role's id"}},
		{"a name too long", strings.Repeat("a", 61) + ".md", "---\ntitle: X\n---\n", []string{strings.Repeat("a", 61) + ".md:1: the file's name is the role's id"}},
		{"a heading without words", "x.md", "---\ntitle: X\n---\n\n## Skills\n\na\n\n##\n\nb\n", []string{"x.md:9: a heading without words"}},
		{"all of them at once", "X.md", "---\ntitel: X\nlevl: mid\n---\nhello\n\n## A\n\n## A\n", []string{
			"X.md:1: the file's name is the role's id", "X.md:2: titel: unknown key: did you mean title?", "X.md:3: levl: unknown key: did you mean level?",
			"X.md:5: warning: text before the first ## heading", "X.md:9: A: the heading stands twice"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults := knowledge.ParsePage(tt.file, []byte(tt.page))
			sameFaults(t, faults, tt.want...)
		})
	}
}

func TestPlainTextIsPlainTheSecondTimeToo(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"a b":                    "a b",
		"  a  b ":                "a b",
		"a\nb\r\nc\td":           "a b c d",
		"\u202ea\u202c":          "a",
		"<\u200d\u0338":          "\u226e",
		"e\u034f\u0301":          "\u00e9",
		"\xff\xfe":               "\ufffd",
		"1\ufe0f\u20e3":          "1\u20e3",
		"a\u2028b":               "a b",
		"\u00a0":                 "",
		"x\U000E0041\U000E007Fy": "xy",
	} {
		got := knowledge.PlainText(in)
		if got != want {
			t.Errorf("PlainText(%q) is %q, want %q", in, got, want)
		}
		if again := knowledge.PlainText(got); again != got {
			t.Errorf("PlainText(%q) is %q, and then %q", in, got, again)
		}
	}
}

func FuzzParsePage(f *testing.F) {
	f.Add([]byte(fullPage))
	for _, seed := range []string{"", "---\n---\n", "---\ntitle: X\n---\n\n## Skills\n\n- **a**: b\n- [c](d): e\n", "---\na: &x [*x]\n---\n",
		"---\ntitle: X\n---\n## A\n\n```\ncode\n```\n\n> q\n\n1. a\n   - b\n", "\ufeff---\r\ntitle: \"\\u202ex\"\r\n---\r\n## \\# #\r\n\r\n<b>x</b> &amp; \\&\r\n",
		"---\ntitle: X\n---\n## A\n\n- # h\n- > q\n-     code\n- ***\n\n===\n\n~~~\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, faults := knowledge.ParsePage("some-role.md", data)
		for _, fault := range faults {
			if fault.File != "some-role.md" || fault.Line < 1 || fault.Line > 2+strings.Count(string(data), "\n")+strings.Count(string(data), "\r") {
				t.Errorf("a fault at no line of the file: %v", fault)
			}
			if strings.ContainsAny(fault.String(), "\n\r\x00\x1b") {
				t.Errorf("a fault of several lines: %q", fault)
			}
		}
		allPlain(t, p)
		if len(faults.Errors()) == 0 && len(data) < knowledge.MaxPage/4 {
			roundTrips(t, p)
		}
	})
}
