package terminal_test

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/clipperhouse/displaywidth"

	"careerbot/adapters/terminal"
	"careerbot/bot"
)

var update = flag.Bool("update", false, "write the golden files")

// How an answer with every part looks, at the widths of a phone's shell, half
// a window and a window, and with colour. Read the files; -update writes them.
func TestEveryPartAtEachWidth(t *testing.T) {
	for name, look := range map[string]terminal.Look{
		"20":        {Width: 20},
		"40":        {Width: 40},
		"80":        {Width: 80},
		"80-colour": {Width: 80, Colour: true},
		"40-chat":   {Width: 40, Numbers: true},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join("testdata", "everything-"+name+".golden")
			got := terminal.Render(everything, look)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s differs from what is rendered:\n%s", file, got)
			}
		})
	}
}

func TestTheFirstLineIsTheAnswer(t *testing.T) {
	got := terminal.Render(everything, terminal.Look{})
	if !strings.HasPrefix(got, "Tide Engineers keep the pumps") {
		t.Errorf("it begins with %.40q", got)
	}
	if !strings.HasSuffix(got, "\n") || strings.HasSuffix(got, "\n\n") {
		t.Errorf("it ends in %q, not in one newline", got[len(got)-2:])
	}
}

func TestNoLineIsWiderThanTheScreen(t *testing.T) {
	for _, width := range []int{1, 20, 33, 40, 80, 200} {
		for line := range strings.Lines(terminal.Render(everything, terminal.Look{Width: width})) {
			if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > max(width, 20) {
				t.Errorf("width %d: a line of %d columns: %s", width, n, line)
			}
		}
	}
}

func TestWidthNotKnownMeansEighty(t *testing.T) {
	if got, want := terminal.Render(everything, terminal.Look{}), terminal.Render(everything, terminal.Look{Width: 80}); got != want {
		t.Errorf("without a width:\n%s\nat 80:\n%s", got, want)
	}
}

func TestRunningTextStaysReadableOnAWideScreen(t *testing.T) {
	a := bot.Answer{Lead: strings.Repeat("word ", 100)}
	first, _, _ := strings.Cut(terminal.Render(a, terminal.Look{Width: 300}), "\n")
	if len(first) > 100 {
		t.Errorf("a line of text has %d columns", len(first))
	}
}

// Whatever the width, what the plain text says is there, but for the front of
// a long licence note and for charts, whose figures stand in the table.
func TestNothingIsLostAtAnyWidth(t *testing.T) {
	for _, width := range []int{20, 40, 80, 120} {
		got := squeezed(terminal.Render(everything, terminal.Look{Width: width}))
		var facts []string
		facts = append(facts, everything.Lead)
		for _, p := range everything.Parts {
			switch p := p.(type) {
			case bot.Paragraph:
				facts = append(facts, p.Heading, p.Text)
			case bot.List:
				facts = append(facts, p.Heading)
				for _, it := range p.Items {
					facts = append(facts, it.String())
				}
			case bot.Facts:
				facts = append(facts, p.Heading)
				for _, f := range p.Facts {
					facts = append(facts, f.Name+":"+f.Value)
				}
			case bot.Note:
				facts = append(facts, p.Text)
			}
		}
		for _, act := range everything.Actions {
			facts = append(facts, act.Label)
		}
		for _, s := range everything.Sources {
			facts = append(facts, s.Name+", "+s.Ref)
		}
		for _, fact := range facts {
			if !strings.Contains(got, squeezed(fact)) {
				t.Errorf("width %d: %q is lost", width, fact)
			}
		}
		for _, row := range pay.Rows {
			for _, cell := range row {
				for _, word := range strings.Fields(cell) { // columns put the words of a cell apart
					if !strings.Contains(got, word) {
						t.Errorf("width %d: %q of the table is lost", width, word)
					}
				}
			}
		}
	}
}

func TestASilentAnswerShowsNothing(t *testing.T) {
	if got := terminal.Render(bot.Answer{Kind: bot.Silent, Lead: "not for you"}, terminal.Look{}); got != "" {
		t.Errorf("it shows %q", got)
	}
}

func TestNotesStandTogetherApartFromTheRest(t *testing.T) {
	got := terminal.Render(bot.Answer{Lead: "x", Parts: []bot.Part{bot.Note{Text: "one."}, bot.Note{Text: "two."}, bot.Paragraph{Text: "y"}, bot.Chart{}, bot.Note{Text: "three."}}}, terminal.Look{})
	if want := "x\n\nNote: one.\nNote: two.\n\ny\n\nNote: three.\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestATableThatFitsIsSetInColumns(t *testing.T) {
	got := render(80, bot.Table{
		Columns: []bot.Column{{Name: "Region"}, {Name: "Median", Number: true}},
		Rows:    [][]string{{"Norway", "77,420"}, {"United Kingdom", "9"}},
	})
	want := `
Region          Median
Norway          77,420
United Kingdom       9
`
	if got != want {
		t.Errorf("got:%s\nwant:%s", got, want)
	}
}

func TestColumnHeadersWrapBeforeCellsDo(t *testing.T) {
	got := render(40, bot.Table{
		Columns: []bot.Column{{Name: "What differs most first"}, {Name: "Backend Engineer"}, {Name: "DevOps Engineer"}},
		Rows:    [][]string{{"Work with data", "much", "none"}, {"Process complexity", "75", "80"}},
	})
	want := `
What differs most   Backend   DevOps
first               Engineer  Engineer
Work with data      much      none
Process complexity  75        80
`
	if got != want {
		t.Errorf("got:%s\nwant:%s", got, want)
	}
}

func TestATableTooWideForColumnsBecomesLines(t *testing.T) {
	got := render(40, pay)
	want := `
Pay
Atlantis
  Middle half: 41,100–75,000
  Median:      55,500 XAU/year
  Source:      Harbour Pay Survey 2025
New Venice
  Middle half: not published
  Median:      91,200 XVE/year
  Source:      Office of Gondolas 2024
               (wider group)
`
	if got != want {
		t.Errorf("got:%s\nwant:%s", got, want)
	}
}

func TestATableOfManyColumnsBecomesLines(t *testing.T) {
	table := bot.Table{Rows: [][]string{nil}}
	for i := range 12 {
		table.Columns = append(table.Columns, bot.Column{Name: "c" + strconv.Itoa(i)})
		table.Rows[0] = append(table.Rows[0], "v")
	}
	if got := render(80, table); !strings.HasPrefix(got, "\nv\n  c1:  v\n") {
		t.Errorf("got:%s", got)
	}
}

func TestWideCharactersCountAsTwoColumns(t *testing.T) {
	got := render(80, bot.Table{
		Columns: []bot.Column{{Name: "地域"}, {Name: "x"}},
		Rows:    [][]string{{"日本", "1"}, {"EU 🇪🇺", "2"}},
	})
	want := `
地域   x
日本   1
EU 🇪🇺  2
`
	if got != want {
		t.Errorf("got:%s\nwant:%s", got, want)
	}
}

func TestColourOnlyWhenAsked(t *testing.T) {
	if got := terminal.Render(everything, terminal.Look{}); strings.Contains(got, "\x1b") {
		t.Errorf("without colour it holds an escape: %q", got)
	}
	coloured := terminal.Render(everything, terminal.Look{Colour: true})
	if !strings.HasPrefix(coloured, "\x1b[1mTide") {
		t.Errorf("with colour the lead is not bold: %.20q", coloured)
	}
	plain := strings.NewReplacer("\x1b[1m", "", "\x1b[2m", "", "\x1b[4m", "", "\x1b[0m", "").Replace(coloured)
	if want := terminal.Render(everything, terminal.Look{}); plain != want {
		t.Errorf("colour changes more than colour:\n%s\nwant:\n%s", plain, want)
	}
}

func TestWhatAScreenWouldActOnComesOutHarmless(t *testing.T) {
	for name, text := range map[string]string{
		"a colour":                "\x1b[31mred\x1b[0m",
		"a title":                 "\x1b]0;owned\x07",
		"a clipboard write":       "\x1b]52;c;ZXZpbA==\x1b\\",
		"a C1 control":            "\u009b2J",
		"a raw C1 byte":           "\x9b2J",
		"a backspace":             "safe\b\b\b\bevil",
		"a carriage return":       "safe\revil",
		"a bidi override":         "user\u202egnp.exe",
		"a bidi isolate":          "\u2066abc\u2069",
		"a line separator":        "one\u2028two",
		"a NUL":                   "a\x00b",
		"a device status request": "\x1b[6n",
	} {
		t.Run(name, func(t *testing.T) {
			a := bot.Answer{
				Lead: text,
				Parts: []bot.Part{
					bot.Paragraph{Heading: text, Text: text},
					bot.List{Items: []bot.Item{{Term: text, Text: text}}},
					bot.Facts{Facts: []bot.Fact{{Name: text, Value: text}, {Name: "n", Value: text}}},
					bot.Table{Columns: []bot.Column{{Name: text}}, Rows: [][]string{{text}}},
					bot.Note{Text: text},
				},
				Actions: []bot.Action{{Label: text}},
				Sources: []bot.Source{{Name: text, Ref: text, Note: text}},
			}
			harmless(t, terminal.Render(a, terminal.Look{}))
			harmless(t, terminal.Render(a, terminal.Look{Numbers: true, Width: 20}))
		})
	}
}

func TestALongWordIsBrokenAndAReferenceAtItsCommas(t *testing.T) {
	got := terminal.Render(bot.Answer{Lead: "tools.csv:79,82,84,88,90,105-107 " + strings.Repeat("x", 50)}, terminal.Look{Width: 20})
	want := "tools.csv:79,82,84,\n88,90,105-107\n" + strings.Repeat("x", 20) + "\n" + strings.Repeat("x", 20) + "\n" + strings.Repeat("x", 10) + "\n"
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestALongLicenceNoteKeepsItsLicence(t *testing.T) {
	survey := bot.Source{Name: "Harbour Pay Survey 2025", Ref: "salaries-odbl.csv:12", Note: "Contains information from the Harbour Pay Survey 2025, ODbL 1.0"}
	oneClause := bot.Source{Name: "Levels", Note: "Contains public sector information licensed under the OGL v3.0"}
	for _, c := range []struct {
		name   string
		source bot.Source
		width  int
		want   string
	}{
		{"a note with room stands behind its source", bot.Source{Name: "Survey", Ref: "a.csv:1", Note: "CC0"}, 40, "- Survey, a.csv:1 (CC0)\n"},
		{"a note without room stands under it", survey, 80, "- Harbour Pay Survey 2025, salaries-odbl.csv:12\n  Contains information from the Harbour Pay Survey 2025, ODbL 1.0\n"},
		{"a longer one keeps its end", survey, 40, "- Harbour Pay Survey 2025,\n  salaries-odbl.csv:12\n  … ODbL 1.0\n"},
		{"a single clause stays whole", oneClause, 40, "- Levels\n  Contains public sector information\n  licensed under the OGL v3.0\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := terminal.Render(bot.Answer{Lead: "x", Sources: []bot.Source{c.source}}, terminal.Look{Width: c.width})
			if want := "x\n\nSources\n" + c.want; got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestOffersAreNumberedOnlyWhereANumberCanBeTyped(t *testing.T) {
	a := bot.Answer{Lead: "Which one?", Actions: []bot.Action{{Label: "Product Manager"}, {Label: "IT Project Manager"}}}
	if got, want := terminal.Render(a, terminal.Look{}), "Which one?\n\nAsk next: Product Manager · IT Project Manager\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got, want := terminal.Render(a, terminal.Look{Numbers: true}), "Which one?\n\n[1] Product Manager  [2] IT Project Manager\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if got, want := terminal.Render(a, terminal.Look{Numbers: true, Width: 30}), "Which one?\n\n[1] Product Manager\n[2] IT Project Manager\n"; got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// Text from anywhere renders without a panic, without a control, and within
// the width.
func FuzzRender(f *testing.F) {
	f.Add("Backend Engineers write the server side.", "173,900 USD/year", 40)
	f.Add("\x1b[31m\u202e\u200d👩‍💻", "a,b,c/d-e", 1)
	f.Add("日本語のページ", strings.Repeat("x", 90), 33)
	f.Fuzz(func(t *testing.T, text, cell string, width int) {
		width %= 300
		a := bot.Answer{
			Lead: text,
			Parts: []bot.Part{
				bot.List{Heading: cell, Items: []bot.Item{{Term: text, Text: cell}}},
				bot.Facts{Facts: []bot.Fact{{Name: cell, Value: text}, {Name: text, Value: cell}}},
				bot.Table{Columns: []bot.Column{{Name: text}, {Name: cell, Number: true}}, Rows: [][]string{{cell, text}, {text, cell}}},
				bot.Note{Text: cell},
			},
			Actions: []bot.Action{{Label: text}, {Label: cell}},
			Sources: []bot.Source{{Name: text, Ref: cell, Note: text}},
		}
		for _, look := range []terminal.Look{{Width: width}, {Width: width, Numbers: true}} {
			got := terminal.Render(a, look)
			harmless(t, got)
			limit := max(width, 20)
			if width == 0 {
				limit = 80
			}
			for line := range strings.Lines(got) {
				if n := displaywidth.String(strings.TrimSuffix(line, "\n")); n > limit {
					t.Errorf("a line of %d columns, more than %d: %q", n, limit, line)
				}
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		terminal.Render(everything, terminal.Look{Width: 80})
	}
}

// render is what Render makes of a part alone.
func render(width int, p bot.Part) string {
	return strings.TrimPrefix(terminal.Render(bot.Answer{Lead: "x", Parts: []bot.Part{p}}, terminal.Look{Width: width}), "x\n")
}

// harmless fails when text holds a control character other than a newline, or
// a mark that turns the writing direction.
func harmless(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if r != '\n' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			t.Errorf("%U comes through: %q", r, text)
			return
		}
	}
}
