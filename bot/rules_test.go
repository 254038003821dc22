package bot_test

import (
	"encoding/json"
	"io/fs"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"careerbot/bot"
	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// Rule 1: every figure in an answer stands in the rows and sections that its
// sources name, and so does every name.

func TestEveryFigureAndNameIsFromTheSourcesThatTheAnswerNames(t *testing.T) {
	read := newReader(embedded())
	for _, a := range everything() {
		known := read.evidence(t, a)
		for _, text := range shown(a.answer) {
			for _, w := range names(text) {
				if !known.words[strings.ToLower(w)] {
					t.Errorf("%s: the name %q in %q is in none of the sources %v", a, w, text, a.answer.Sources)
				}
			}
		}
		for _, text := range shown(a.answer) {
			for _, n := range numbers(text) {
				if !known.number(n) {
					t.Errorf("%s: the figure %v in %q is in none of the sources %v", a, n, text, a.answer.Sources)
				}
			}
		}
		for _, p := range a.answer.Parts {
			ch, ok := p.(bot.Chart)
			if !ok {
				continue
			}
			for _, s := range ch.Series {
				for _, pt := range s.Points {
					for _, n := range []float64{pt.Value, pt.Low, pt.High} {
						if n != 0 && !known.number(n) {
							t.Errorf("%s: the chart's figure %v is in none of the sources", a, n)
						}
					}
				}
			}
		}
		if t.Failed() {
			return
		}
	}
}

func TestEveryButtonNamesOnlyRolesThatItAsksAbout(t *testing.T) {
	c := embedded()
	seen := map[string]bool{}
	for _, a := range everything() {
		for _, act := range a.answer.Actions {
			if seen[act.Label+act.Ask] {
				continue
			}
			seen[act.Label+act.Ask] = true
			asked := embeddedBot().Understand(act.Ask, nil, false).Intent
			known := map[string]bool{}
			for _, id := range append(slices.Clone(asked.Roles), a.in.Roles...) {
				learn(known, c.Role(id).Title)
			}
			learn(known, asked.Region+" "+asked.Category+" I IT AI UX UI "+strings.Join(c.Categories(), " "))
			for _, w := range names(act.Label) {
				if !known[strings.ToLower(w)] {
					t.Errorf("%s: the button %q (%s) names %q", a, act.Label, act.Ask, w)
				}
			}
		}
	}
}

// shown are the texts of an answer that state something.
func shown(a bot.Answer) []string {
	out := []string{a.Title, a.Lead}
	for _, p := range a.Parts {
		out = append(out, texts(p)...)
	}
	return out
}

var number = regexp.MustCompile(`\d[\d,]*(?:\.\d+)?`)

// numbers are the figures of a text.
func numbers(text string) []float64 {
	var out []float64
	for _, s := range number.FindAllString(text, -1) {
		if f, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimRight(s, ","), ",", ""), 64); err == nil {
			out = append(out, f)
		}
	}
	return out
}

// names are the words with a capital that do not begin a sentence.
func names(text string) []string {
	var out []string
	opens := true
	for w := range strings.FieldsSeq(strings.ReplaceAll(text, "/", " ")) {
		bare := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		first, _ := utf8.DecodeRuneInString(bare)
		if !opens && unicode.IsUpper(first) {
			out = append(out, bare)
		}
		opens = bare != "" && strings.ContainsAny(w[len(w)-1:], ".?!:;”(") || strings.HasSuffix(w, "”.") || bare == "" && opens
	}
	return out
}

// reader finds what stands at the places that sources name.
type reader struct {
	c     *knowledge.Catalog
	lines map[string][]string // of the catalogue's tables
}

func newReader(c *knowledge.Catalog) *reader {
	r := &reader{c: c, lines: map[string][]string{}}
	tables, _ := fs.Glob(knowledge.Embedded(), "*.csv")
	for _, name := range tables {
		data, _ := fs.ReadFile(knowledge.Embedded(), name)
		r.lines[name] = strings.Split(string(data), "\n")
	}
	return r
}

// known is what an answer may say: the figures and words of its sources, of
// its question, and those few that the program itself says.
type known struct {
	figures map[float64]bool
	words   map[string]bool
}

func (k known) number(n float64) bool {
	return k.figures[n] || k.figures[math.Round(n*100)/100]
}

// said are the names and short forms that belong to the program's own words.
const said = "I IT UK Slack"

func (r *reader) evidence(t *testing.T, a asked) known {
	t.Helper()
	k := known{map[float64]bool{}, map[string]bool{}}
	text := func(s string) {
		learn(k.words, s)
		for _, n := range numbers(strings.ReplaceAll(s, "-", " - ")) {
			k.figures[n] = true
		}
		for _, n := range numbers(s) {
			k.figures[n] = true
		}
	}
	text(said)
	for _, id := range a.in.Roles {
		text(r.c.Role(id).Title)
	}
	learn(k.words, a.in.Region+" "+a.in.City+" "+a.in.Category+" "+strings.Join(cells(a.in.Region), " "))
	in := a.answer.Understood
	text(in.Years + " " + strings.NewReplacer("SQL", "", "-", " ").Replace(in.Topic) + " " + in.Topic)
	for _, s := range a.answer.Sources {
		if s.Name == "The catalogue's list of roles" {
			r.list(text, a)
			continue
		}
		for _, id := range r.sourceIDs(s.Name) {
			src, _ := r.c.Source(id)
			text(src.Short + " " + src.Year + " " + src.Name)
		}
		for ref := range strings.SplitSeq(s.Ref, "; ") {
			if file, lines, ok := strings.Cut(ref, ":"); ok && r.lines[file] != nil {
				for _, n := range lineNumbers(t, lines) {
					r.row(text, file, r.lines[file][n-1])
				}
				continue
			}
			r.page(t, text, s.Name, ref)
		}
	}
	if k.words["technical"] || k.words["competencies.csv"] || strings.Contains(strings.Join(shown(a.answer), " "), "cores of 100") || hasScores(a.answer) {
		k.figures[100] = true
	}
	for n := 13; n <= 60; n++ { // a count of regions, held by its own test
		if in.Ask == intent.Compare && in.Aspect == intent.AspectSalary && strings.Contains(a.answer.Lead, strconv.Itoa(n)+" regions") ||
			strings.Contains(a.answer.Lead, "in "+strconv.Itoa(n)+" of the") || strings.Contains(a.answer.Lead, strconv.Itoa(n)+" figures") {
			k.figures[float64(n)] = true
		}
		if strings.Contains(strings.Join(shown(a.answer), " "), strconv.Itoa(n)+" other regions") {
			k.figures[float64(n)] = true
		}
	}
	if strings.Contains(strings.Join(shown(a.answer), " "), "fewer than 50 answers") {
		k.figures[50] = true
	}
	return k
}

func hasScores(a bot.Answer) bool {
	return slices.ContainsFunc(a.Sources, func(s bot.Source) bool { return strings.Contains(s.Ref, "competencies.csv") })
}

// row learns a row of a table; ids of roles stand for their titles.
func (r *reader) row(text func(string), file, line string) {
	for _, cell := range cells(line) {
		if role := r.c.Role(cell); role != nil {
			text(role.Title)
		}
		text(cell)
	}
	if file == "competencies.csv" {
		text(strings.Join(knowledge.ScoreNames[:], " "))
	}
}

// cells parts a line of CSV well enough to read words and figures.
func cells(line string) []string { return strings.Split(strings.Trim(line, "\r"), ",") }

// page learns the sections of one or more pages.
func (r *reader) page(t *testing.T, text func(string), name, ref string) {
	t.Helper()
	pages := 0
	for _, role := range r.c.Roles() {
		if !namesRole(name, role.Title) {
			continue
		}
		pages++
		text(role.Title)
		for part := range strings.SplitSeq(ref, ", ") {
			switch part {
			case "work":
			case "category":
				text(role.Category)
			case "category and level":
				text(role.Category + " " + role.Level)
			case "levels":
				text(strings.Join(role.Levels, " "))
			default:
				s := role.Section(part)
				if s == nil {
					t.Errorf("the source %q names a section %q that the page on %s lacks", name, part, role.Title)
					continue
				}
				for _, b := range s.Blocks {
					text(b.Term)
					text(b.Text)
					if o := r.c.Role(b.Link); o != nil {
						text(o.Title)
					}
				}
			}
		}
	}
	if pages == 0 {
		t.Errorf("the source %q is the page of no role", name)
	}
}

// namesRole says whether a source's name is of a role's page.
func namesRole(source, title string) bool {
	for _, start := range []string{"Role page ", "Role pages ", "Your company's page ", "Your company's pages "} {
		if rest, ok := strings.CutPrefix(source, start); ok {
			return rest == title || strings.HasPrefix(rest, title+", ") || strings.HasPrefix(rest, title+" and ") ||
				strings.Contains(rest, ", "+title+", ") || strings.Contains(rest, ", "+title+" and ") || strings.HasSuffix(rest, " and "+title)
		}
	}
	return false
}

// list learns what the list of roles holds: titles, fields, counts.
func (r *reader) list(text func(string), a asked) {
	text(strconv.Itoa(len(r.c.Roles())) + " " + strconv.Itoa(len(r.c.Categories())))
	for _, cat := range r.c.Categories() {
		text(cat + " " + strconv.Itoa(len(r.c.InCategory(cat))))
	}
	n := map[string]int{}
	for _, role := range r.c.Roles() {
		text(role.Title)
		n[role.Level]++
		n[role.Level+role.Category]++
	}
	for _, count := range n {
		text(strconv.Itoa(count))
	}
	for page := range 20 {
		text(strconv.Itoa(page))
	}
}

func (r *reader) sourceIDs(name string) []string {
	var out []string
	for _, id := range sourceKeys() {
		if s, ok := r.c.Source(id); ok && s.Name == name {
			out = append(out, id)
		}
	}
	return out
}

// sourceKeys are the keys of SOURCES.md.
func sourceKeys() []string {
	data, _ := fs.ReadFile(knowledge.Embedded(), "SOURCES.md")
	var out []string
	for line := range strings.Lines(string(data)) {
		if key, ok := strings.CutPrefix(line, "## "); ok {
			out = append(out, strings.TrimSpace(key))
		}
	}
	return out
}

func lineNumbers(t *testing.T, ranges string) []int {
	t.Helper()
	var out []int
	for r := range strings.SplitSeq(ranges, ",") {
		from, to, ok := strings.Cut(r, "-")
		if !ok {
			to = from
		}
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a < 2 || b < a {
			t.Fatalf("%q are no line numbers", ranges)
		}
		for n := a; n <= b; n++ {
			out = append(out, n)
		}
	}
	return out
}

// learn adds a text's words in small letters.
func learn(words map[string]bool, text string) {
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' || r == '/' }) {
		w = strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
		words[w] = true
		words[w+"s"] = true // "Data Scientists"
		words[w+"es"] = true
		words[strings.TrimSuffix(w, "y")+"ies"] = true
		words[w+"'s"] = true
	}
}

// Rule 2: what is taken away disappears, and the answer says what is missing.

func TestASectionTakenAwayDisappearsAndIsSaidToBeMissing(t *testing.T) {
	for _, x := range []struct {
		heading string
		ask     intent.Intent
		says    string
	}{
		{knowledge.QuickSummary, intent.Intent{Ask: intent.Overview}, "no summary"},
		{knowledge.MainDuties, intent.Intent{Ask: intent.Overview}, "lists no main duties"},
		{knowledge.DayInTheLife, intent.Intent{Ask: intent.Day}, "does not say what a day is like"},
		{knowledge.HoursAndPlace, intent.Intent{Ask: intent.Day}, "says nothing of hours"},
		{knowledge.Skills, intent.Intent{Ask: intent.Skills}, "lists no skills"},
		{knowledge.GettingIn, intent.Intent{Ask: intent.Prerequisites}, "does not say"},
		{knowledge.TradeOffs, intent.Intent{Ask: intent.Overview, Facets: []string{"pros_cons"}}, "says nothing of what people like"},
	} {
		t.Run(x.heading, func(t *testing.T) {
			c := without(t, x.heading)
			b := bot.New(c)
			for i, r := range embedded().Roles() {
				in := x.ask
				in.Roles = []string{r.ID}
				a := ask(b, in.String())
				if text := a.Text(); !strings.Contains(text, x.says) || a.Kind != bot.Partial && x.heading != knowledge.HoursAndPlace {
					t.Fatalf("%s does not say what is missing (%q):\n%s", in, x.says, text)
				}
				if i%7 != 0 {
					continue
				}
				for _, k := range kindsOf(c, r) {
					answer := ask(b, k.String())
					if text := answer.Text(); strings.Contains(text, x.heading+",") || strings.Contains(text, ", "+x.heading) {
						t.Errorf("%s still names the section as a source", k)
					}
					for _, block := range r.Section(x.heading).Blocks {
						if len(block.Text) > 30 && strings.Contains(answer.Text(), block.Text) {
							t.Errorf("%s still says %q", k, block.Text)
						}
					}
				}
			}
		})
	}
}

func TestATableTakenAwayDisappearsAndIsSaidToBeMissing(t *testing.T) {
	none := func(*knowledge.Role) bool { return false }
	for _, x := range []struct {
		name   string
		tables []string
		ask    intent.Intent
		says   string
		but    func(*knowledge.Role) bool // roles that the table says nothing of
	}{
		{"pay", []string{"salaries.csv", "salaries-odbl.csv", "salaries_by_experience-odbl.csv"}, intent.Intent{Ask: intent.Salary}, "lists no pay", none},
		{"pay by experience", []string{"salaries_by_experience-odbl.csv"}, intent.Intent{Ask: intent.Salary, Facets: []string{"levels"}}, "No ", none},
		{"tools", []string{"tools.csv", "tools-odbl.csv"}, intent.Intent{Ask: intent.Tools}, "No tools are listed", none},
		{"steps", []string{"progression.csv"}, intent.Intent{Ask: intent.Progression}, "knows no usual step", none},
		{"scores", []string{"competencies.csv"}, intent.Intent{Ask: intent.Overview}, "rates no competencies", none},
		{"levels", []string{"proficiencies.csv"}, intent.Intent{Ask: intent.Skills, Facets: []string{"levels"}}, "gives levels of these skills", none},
	} {
		t.Run(x.name, func(t *testing.T) {
			c := withoutTables(t, x.tables...)
			b := bot.New(c)
			for i, r := range c.Roles() {
				in := x.ask
				in.Roles = []string{r.ID}
				a := ask(b, in.String())
				if text := a.Text(); !strings.Contains(text, x.says) {
					t.Fatalf("%s does not say what is missing (%q):\n%s", in, x.says, text)
				}
				if i%7 != 0 {
					continue
				}
				for _, k := range kindsOf(c, r) {
					for _, s := range ask(b, k.String()).Sources {
						for _, table := range x.tables {
							if strings.Contains(s.Ref, table) {
								t.Errorf("%s still names %s as a source", k, table)
							}
						}
					}
				}
			}
		})
	}
}

// kindsOf are the plain questions of a role, one of each kind.
func kindsOf(c *knowledge.Catalog, r *knowledge.Role) []intent.Intent {
	var out []intent.Intent
	for a := intent.Overview; a <= intent.Prerequisites; a++ {
		out = append(out, intent.Intent{Ask: a, Roles: []string{r.ID}})
	}
	partner := partnerOf(c, r, 1)
	for aspect := intent.AnyAspect; aspect <= intent.AspectProgression; aspect++ {
		out = append(out, intent.Intent{Ask: intent.Compare, Roles: []string{r.ID, partner.ID}, Aspect: aspect})
	}
	return append(out, intent.Intent{Ask: intent.Path, Roles: []string{r.ID, partner.ID}})
}

func TestEveryButtonLeadsToAnAnswer(t *testing.T) {
	catalogues := map[string]*knowledge.Catalog{"whole": embedded()}
	for _, h := range knowledge.Headings {
		catalogues["without "+h] = without(t, h)
	}
	catalogues["without tables"] = withoutTables(t, "salaries.csv", "salaries-odbl.csv", "salaries_by_experience-odbl.csv",
		"tools.csv", "tools-odbl.csv", "progression.csv", "competencies.csv", "proficiencies.csv")
	for name, c := range catalogues {
		t.Run(name, func(t *testing.T) {
			b := bot.New(c)
			seen := map[string]bool{}
			for _, in := range questions(c) {
				if name != "whole" && !sampled(in.String()+name, 20) {
					continue
				}
				for _, act := range ask(b, in.String()).Actions {
					if !seen[act.Ask] {
						seen[act.Ask] = true
						leadsToAnAnswer(t, b, in, act)
					}
				}
			}
		})
	}
}

func leadsToAnAnswer(t *testing.T, b *bot.Bot, from intent.Intent, act bot.Action) {
	t.Helper()
	if len(act.Ask) > intent.MaxText || act.Label == "" || words(act.Label) > 12 {
		t.Errorf("%s: the button %q (%s) is too long or empty", from, act.Label, act.Ask)
	}
	a := ask(b, act.Ask)
	if got := a.Understood.String(); got != act.Ask {
		t.Errorf("%s: the button %q asks %q, which is read as %q", from, act.Label, act.Ask, got)
	}
	switch a.Kind {
	case bot.Answered, bot.Choice:
	case bot.Partial:
		if len(a.Parts) == 0 {
			t.Errorf("%s: the button %q (%s) leads to an empty answer: %s", from, act.Label, act.Ask, a.Lead)
		}
	default:
		t.Errorf("%s: the button %q (%s) leads to an answer that is %s: %s", from, act.Label, act.Ask, a.Kind, a.Lead)
	}
}

// Rule 3: the text holds every fact, and the lead alone is a sentence.

func TestTheTextHoldsEveryFactOfTheParts(t *testing.T) {
	for _, a := range everything() {
		text := a.answer.Text()
		for _, p := range a.answer.Parts {
			if ch, ok := p.(bot.Chart); ok {
				for _, n := range numbers(ch.Alt) {
					if !slices.Contains(numbers(text), n) {
						t.Errorf("%s: the chart says %v, the text does not", a, n)
					}
				}
				continue
			}
			for _, s := range texts(p) {
				if !strings.Contains(text, s) {
					t.Errorf("%s: the text lacks %q", a, s)
				}
			}
		}
		for _, s := range a.answer.Sources {
			if !strings.Contains(text, s.Name) || !strings.Contains(text, s.Ref) {
				t.Errorf("%s: the text lacks the source %v", a, s)
			}
		}
	}
}

func TestTheLeadAloneIsASentence(t *testing.T) {
	for _, a := range everything() {
		lead := a.answer.Lead
		if lead == "" || !strings.ContainsAny(lead[len(lead)-1:], ".?") && !strings.HasSuffix(lead, ".”") && !strings.HasSuffix(lead, "!") {
			t.Errorf("%s: the lead does not end as a sentence: %q", a, lead)
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(lead, "“"))
		if unicode.IsLower(first) && !strings.HasPrefix(lead, "“") && !strings.HasPrefix(lead, "iOS") {
			t.Errorf("%s: the lead does not begin as a sentence: %q", a, lead)
		}
		if strings.Contains(lead, "..") || strings.Contains(lead, "  ") || strings.Contains(strings.ReplaceAll(lead, " .NET", ""), " .") {
			t.Errorf("%s: the lead is put together badly: %q", a, lead)
		}
		if a.answer.Title == "" {
			t.Errorf("%s has no title", a)
		}
	}
}

// Rule 4: what the first screen holds, and how long a sentence may be.

const (
	mostWords    = 125 // "about 120", tables apart
	mostLead     = 60
	mostSentence = 30
)

func TestTheFirstScreenIsShort(t *testing.T) {
	for _, a := range everything() {
		if a.in.Full || a.in.Ask == intent.Why {
			continue // asked for at length
		}
		most := mostWords
		if len(a.in.Also) > 0 || len(a.in.Roles) > 1 && a.in.Ask == intent.Skills || len(a.in.Roles) > 2 {
			most += 40 // two answers in one, or three roles and more
		}
		n, tables, perRole := 0, 0, 0
		if a.in.Ask == intent.Salary {
			perRole = len(a.in.Roles) // figures that cannot stand in one table
		}
		for _, p := range a.answer.Parts {
			switch p.(type) {
			case bot.Table:
				tables++
			case bot.Chart:
			default:
				for _, s := range texts(p) {
					n += words(s)
				}
			}
		}
		if n > most || tables > max(1, len(a.in.Also)+1, perRole) || words(a.answer.Lead) > mostLead {
			t.Errorf("%s: %d words, %d tables, a lead of %d words:\n%s", a, n, tables, words(a.answer.Lead), a.answer.Text())
		}
		if len(a.answer.Actions) > 5 {
			t.Errorf("%s: %d buttons", a, len(a.answer.Actions))
		}
	}
}

func words(s string) int { return len(strings.Fields(s)) }

func TestNoSentenceIsLong(t *testing.T) {
	for _, a := range everything() {
		checkSentences(t, a, a.answer.Lead)
		for _, p := range a.answer.Parts {
			switch p := p.(type) {
			case bot.Paragraph:
				checkSentences(t, a, p.Text)
			case bot.Note:
				if !strings.HasPrefix(p.Text, "Wider group than the role: ") { // a list of the sources' own names
					checkSentences(t, a, p.Text)
				}
			case bot.List:
				for _, it := range p.Items {
					checkSentences(t, a, it.Text)
				}
			}
		}
	}
}

var sentenceEnd = regexp.MustCompile(`[.?!]”?( |$)`)

func checkSentences(t *testing.T, a asked, text string) {
	t.Helper()
	for _, s := range sentenceEnd.Split(text, -1) {
		if n := words(s); n > mostSentence {
			t.Errorf("%s: a sentence of %d words: %q", a, n, s)
		}
	}
}

func TestNothingIsSaidTwice(t *testing.T) {
	for _, a := range everything() {
		if a.in.Full {
			continue
		}
		seen := map[string]bool{}
		once := func(text string) {
			if seen[text] {
				t.Errorf("%s: says twice %q", a, text)
			}
			seen[text] = true
			for _, s := range sentenceEnd.Split(a.answer.Lead, -1) {
				if words(s) > 7 && strings.Contains(text, s) {
					t.Errorf("%s: the lead is said again in %q", a, text)
				}
			}
		}
		for _, p := range a.answer.Parts {
			switch p := p.(type) {
			case bot.Paragraph:
				once(p.Text)
			case bot.List:
				for _, it := range p.Items {
					once(it.String())
				}
			case bot.Facts:
				for _, f := range p.Facts {
					if f.Name != "Hours and place" {
						once(f.Name + ": " + f.Value)
					}
				}
			case bot.Note:
				once(p.Text)
			}
		}
	}
}

func TestEveryPartIsWholeAndNoCellIsEmpty(t *testing.T) {
	for _, a := range everything() {
		for _, p := range a.answer.Parts {
			switch p := p.(type) {
			case bot.Paragraph:
				if p.Text == "" {
					t.Errorf("%s: an empty paragraph", a)
				}
			case bot.List:
				if len(p.Items) == 0 || slices.Contains(p.Items, bot.Item{}) {
					t.Errorf("%s: an empty list or item under %q", a, p.Heading)
				}
			case bot.Facts:
				if len(p.Facts) == 0 || slices.ContainsFunc(p.Facts, func(f bot.Fact) bool { return f.Name == "" || f.Value == "" }) {
					t.Errorf("%s: an empty fact under %q", a, p.Heading)
				}
			case bot.Table:
				if len(p.Rows) == 0 {
					t.Errorf("%s: a table without rows", a)
				}
				for _, row := range p.Rows {
					if len(row) != len(p.Columns) || slices.Contains(row, "") {
						t.Errorf("%s: the row %q of %d columns", a, row, len(p.Columns))
					}
				}
			case bot.Note:
				if p.Text == "" || !strings.ContainsAny(p.Text[len(p.Text)-1:], ".?") && !strings.HasSuffix(p.Text, ".”") {
					t.Errorf("%s: the note is no sentence: %q", a, p.Text)
				}
			case bot.Chart:
				if p.Alt == "" || p.Title == "" || len(p.Series) == 0 || len(p.Series) > 6 {
					t.Errorf("%s: the chart lacks something: %+v", a, p)
				}
			}
		}
	}
}

// Rule 5: the same question gives the same answer.

func TestTheSameQuestionInOtherWordsGivesTheSameFacts(t *testing.T) {
	for _, group := range [][]string{
		{"what does a %s do?", "What is a %s?", "what do %ss do", "%s", "tell me about the %s role", "WHAT DOES A %s DO", "overview %id"},
		{"how much does a %s make?", "%s salary", "what do %ss earn?", "pay of a %s", "salary of a %s", "pay %id"},
		{"what skills does a %s need?", "skills of a %s", "skills for a %s", "%s skills", "skills %id"},
		{"day in the life of a %s", "what is a typical day of a %s?", "a day of a %s", "day %id"},
		{"tools of a %s", "what tools does a %s use?", "%s tools", "tools %id"},
		{"what comes after %s?", "career path of a %s", "what is next after %s?", "next %id"},
		{"how do I become a %s?", "how to become a %s", "how can I become a %s", "into %id"},
	} {
		for i, r := range embedded().Roles() {
			if i%9 != 0 || strings.HasSuffix(r.Title, "s") || strings.Contains(r.Title, " of ") {
				continue
			}
			first := ""
			for _, wording := range group {
				text := strings.NewReplacer("%s", r.Title, "%id", r.ID).Replace(wording)
				got := ask(embeddedBot(), text).Text()
				if first == "" {
					first = got
				}
				if got != first {
					t.Errorf("%q is answered otherwise than %q", text, strings.ReplaceAll(group[0], "%s", r.Title))
				}
			}
		}
	}
}

func TestAskingTwiceGivesTheSameBytes(t *testing.T) {
	again := bot.New(load(t, knowledge.Layer{FS: knowledge.Embedded()}))
	for _, a := range everything() {
		if !sampled(a.String(), 3) {
			continue
		}
		first, err1 := json.Marshal(a.answer)
		second, err2 := json.Marshal(ask(again, a.in.String()))
		if err1 != nil || err2 != nil || string(first) != string(second) {
			t.Errorf("%s gives two answers (%v, %v)", a, err1, err2)
		}
	}
}

func TestACompareMirrorsItsOtherWayRound(t *testing.T) {
	c := embedded()
	for i, r := range c.Roles() {
		partner := partnerOf(c, r, i)
		for aspect := intent.AnyAspect; aspect <= intent.AspectProgression; aspect++ {
			one := ask(embeddedBot(), intent.Intent{Ask: intent.Compare, Roles: []string{r.ID, partner.ID}, Aspect: aspect}.String())
			two := ask(embeddedBot(), intent.Intent{Ask: intent.Compare, Roles: []string{partner.ID, r.ID}, Aspect: aspect}.String())
			if a, b := factsOf(one), factsOf(two); !maps.Equal(a, b) {
				t.Errorf("compare %s %s about %s has other facts than the other way round:\n%s\n%s", r.ID, partner.ID, aspect, one.Text(), two.Text())
			}
			if one.Kind != two.Kind {
				t.Errorf("compare %s %s about %s is %s, the other way round %s", r.ID, partner.ID, aspect, one.Kind, two.Kind)
			}
			sidesSwap(t, one, two)
		}
	}
}

// factsOf counts what an answer says, whatever the order of its sides.
func factsOf(a bot.Answer) map[string]int {
	out := map[string]int{}
	for _, p := range a.Parts {
		if ch, ok := p.(bot.Chart); ok {
			for _, s := range ch.Series {
				for _, pt := range s.Points {
					out[s.Name+pt.Label+strconv.FormatFloat(pt.Value, 'f', -1, 64)]++
				}
			}
			continue
		}
		for _, s := range texts(p) {
			out[s]++
		}
	}
	for _, w := range strings.FieldsFunc(a.Lead, func(r rune) bool { return strings.ContainsRune(" .,;:", r) }) {
		out["lead "+strings.ToLower(w)]++
	}
	for _, s := range a.Sources {
		for ref := range strings.SplitSeq(s.Ref, ", ") {
			out["source "+ref]++
		}
	}
	return out
}

// sidesSwap checks that the columns of the roles changed places.
func sidesSwap(t *testing.T, one, two bot.Answer) {
	t.Helper()
	table := func(a bot.Answer) (bot.Table, bool) {
		for _, p := range a.Parts {
			if t, ok := p.(bot.Table); ok {
				return t, true
			}
		}
		return bot.Table{}, false
	}
	a, ok1 := table(one)
	b, ok2 := table(two)
	if ok1 != ok2 || !ok1 {
		return
	}
	if a.Columns[1].Name != b.Columns[2].Name || a.Columns[2].Name != b.Columns[1].Name || len(a.Rows) != len(b.Rows) {
		t.Errorf("the sides did not change places: %v, %v", a.Columns, b.Columns)
		return
	}
	for i := range a.Rows {
		if a.Rows[i][1] != b.Rows[i][2] || a.Rows[i][2] != b.Rows[i][1] || a.Rows[i][0] != b.Rows[i][0] {
			t.Errorf("row %d did not change sides: %q, %q", i, a.Rows[i], b.Rows[i])
		}
	}
}

func TestTheHigherMedianIsCountedRight(t *testing.T) {
	count := regexp.MustCompile(`^An? (.+) has the higher median in (\S+) of the (\S+) (?:regions|figures)`)
	words := map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
	value := func(s string) int {
		if n, ok := words[s]; ok {
			return n
		}
		n, _ := strconv.Atoi(s)
		return n
	}
	c := embedded()
	checked := 0
	for i, r := range c.Roles() {
		for _, o := range c.Roles()[i+1:] {
			if len(r.Pay) < 3 || len(o.Pay) < 3 || !sampled(r.ID+o.ID, 4) {
				continue
			}
			lead := ask(embeddedBot(), intent.Intent{Ask: intent.Compare, Roles: []string{r.ID, o.ID}, Aspect: intent.AspectSalary}.String()).Lead
			m := count.FindStringSubmatch(lead)
			if m == nil {
				continue
			}
			checked++
			higher, both := 0, 0
			for _, p := range r.Pay {
				for _, q := range o.Pay {
					if p.Region != q.Region || p.Source != q.Source || p.Year != q.Year || p.Broad || q.Broad || p.Median == 0 || q.Median == 0 || p.Currency != q.Currency || p.Period != q.Period {
						continue
					}
					both++
					if m[1] == r.Title && p.Median > q.Median || m[1] == o.Title && q.Median > p.Median {
						higher++
					}
				}
			}
			if value(m[2]) != higher || value(m[3]) != both {
				t.Errorf("%s and %s: counted %d of %d, said: %s", r.ID, o.ID, higher, both, lead)
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d comparisons count", checked)
	}
}

// Rule 6: hostile pages come out as plain text.

func TestAHostilePageComesOutAsPlainText(t *testing.T) {
	const page = "---\ntitle: Evil Tester\ncategory: \"@everyone <!here>\"\naliases:\n  - evil one\nlevels:\n  - \"<b>E1</b>\"\nwork:\n  coding: much\n  people: some\n---\n\n" +
		"## Quick Summary\n\nEvil Testers <script>alert(1)</script> ping @everyone, <!here> and <@U123> \u202Egpj.exe\u202C with `code`, *stars*, ~~lines~~ and [a link](javascript:alert(1)).\n\n" +
		"## Main Duties\n\n- **Bold** and _under_ ||spoiler||\n- <https://evil.example|click>\n\n" +
		"## Day in the Life\n\nFirst \u200Bzero\uFEFF width. Then ![image](http://evil.example/x.png) a picture.\n\nAn &amp; entity and \\*escapes\\*.\n\n" +
		"## Skills\n\n- **`SQL`; DROP TABLE**: to \u2066confuse\u2069.\n- **@here**: to wake.\n\n## Getting In\n\n- **Degree:** Helpful. <@&1234> says so.\n- **Learn:** <!channel> first.\n\n" +
		"## Trade-offs\n\n### What people like\n\n- a | b\n- ```fence```\n\n### What wears them down\n\n- \x07bell\n- > quote\n\n## Easily Confused With\n\n- [Backend Engineer](backend-engineer): is **not** evil.\n"
	c := load(t, knowledge.Layer{FS: knowledge.Embedded()}, knowledge.Layer{FS: fstest.MapFS{"roles/evil-tester.md": {Data: []byte(page)}}, Name: "company", Own: true})
	b := bot.New(c)
	var asks []intent.Intent
	for _, in := range questions(c) {
		if slices.Contains(in.Roles, "evil-tester") || in.Ask == intent.List {
			asks = append(asks, in)
		}
	}
	if len(asks) < 30 {
		t.Fatalf("only %d questions", len(asks))
	}
	for _, in := range asks {
		a := ask(b, in.String())
		all := append(shown(a), a.Text())
		for _, act := range a.Actions {
			all = append(all, act.Label, act.Ask)
		}
		for _, s := range a.Sources {
			all = append(all, s.Name, s.Ref, s.Note)
		}
		for _, s := range all {
			for line := range strings.SplitSeq(strings.TrimSuffix(s, "\n"), "\n") {
				if want := knowledge.PlainText(line); strings.TrimSpace(line) != "" && collapse(line) != collapse(want) {
					t.Errorf("%s: %q is no plain text", in, line)
				}
			}
			for _, markup := range []string{"](", "**", "javascript:", "\u202e", "\u200b"} {
				if strings.Contains(s, markup) {
					t.Errorf("%s: %q holds markup %q", in, s, markup)
				}
			}
		}
	}
	// What people type is said back as plain text too.
	for _, text := range []string{"what does a \u202Eesrun\u202C @everyone <!here> do", "salary of a nurse\u200B <@U123>"} {
		if got := ask(b, text).Text(); strings.ContainsAny(got, "\u202e\u202c\u200b") {
			t.Errorf("%q is said back as %q", text, got)
		}
	}
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }

// The interview of "which role suits me?": each button carries the answers so
// far, and whatever is pressed, roles come after five questions at most.
func TestTheInterviewEndsAfterFiveQuestionsAtMost(t *testing.T) {
	var press func(asks string, depth int)
	ends := 0
	press = func(asks string, depth int) {
		a := ask(embeddedBot(), asks)
		if a.Kind != bot.Choice {
			ends++
			if len(a.Actions) == 0 || a.Kind != bot.Answered && a.Kind != bot.Partial {
				t.Errorf("%s ends in %s: %s", asks, a.Kind, a.Lead)
			}
			return
		}
		if depth == 5 {
			t.Fatalf("%s asks a sixth question: %s", asks, a.Lead)
		}
		if !strings.HasSuffix(a.Lead, "?") || len(a.Actions) != 3 {
			t.Errorf("%s asks %q with %d buttons", asks, a.Lead, len(a.Actions))
		}
		for _, act := range a.Actions {
			press(act.Ask, depth+1)
		}
	}
	press("recommend", 0)
	if ends < 10 {
		t.Errorf("only %d ways to answer", ends)
	}
}
