package knowledge_test

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"careerbot/knowledge"
)

func TestTheEmbeddedCatalogueHoldsAllRoles(t *testing.T) {
	c := theEmbedded(t)
	if got := len(c.Roles()); got != 170 {
		t.Errorf("%d roles, want 170", got)
	}
	if got := len(c.Categories()); got != 13 {
		t.Errorf("%d categories, want 13: %q", got, c.Categories())
	}
	sum := 0
	for _, category := range c.Categories() {
		in := c.InCategory(category)
		sum += len(in)
		for _, r := range in {
			if r.Category != category {
				t.Errorf("%s is of %s and listed in %s", r.ID, r.Category, category)
			}
		}
	}
	if sum != len(c.Roles()) {
		t.Errorf("the categories list %d roles of %d", sum, len(c.Roles()))
	}
	if c.InCategory("Fishing") != nil || c.Role("fisher") != nil {
		t.Error("a field or role that is not there")
	}
	tiers := map[string]int{}
	for _, r := range c.Roles() {
		tiers[r.Tier]++
		if c.Role(r.ID) != r {
			t.Errorf("%s is not found by its id", r.ID)
		}
		if r.Own || r.OwnAny {
			t.Errorf("%s is marked as a company's", r.ID)
		}
		if r.Level == "" || r.Title == "" {
			t.Errorf("%s has no level or title", r.ID)
		}
		if r.Occupation == nil {
			t.Errorf("%s has no occupation group", r.ID)
		}
	}
	if tiers["core"] != 120 || tiers["extended"] != 50 {
		t.Errorf("tiers %v, want 120 core and 50 extended", tiers)
	}
	if !slices.IsSorted(ids(c.Roles())) || !slices.IsSorted(c.Categories()) {
		t.Error("roles or categories are in no order")
	}
}

// frame is a sentence that a name is asked about in; its words are no names.
const frame = "what does a %s do all day"

func frameWord(w string) bool { return slices.Contains(strings.Fields(frame), w) }

func inFrame(name string) string { return strings.Replace(frame, "%s", name, 1) }

// found are the mentions of a text, each as the ids of its roles.
func found(c *knowledge.Catalog, text string) (out [][]string) {
	for _, m := range c.Find(knowledge.Words(text), frameWord) {
		out = append(out, ids(m.Roles))
	}
	return out
}

// isFound says whether a text mentions r and nothing else: alone, or, when the
// table of short forms says so, among a choice.
func isFound(c *knowledge.Catalog, text string, r *knowledge.Role, choice bool) bool {
	got := found(c, text)
	return len(got) == 1 && (len(got[0]) == 1 || choice) && slices.Contains(got[0], r.ID)
}

// plural is a name for several people of it: "heads of data", "QA leads". A
// name that is no word for a person ("devops", "backend") may have none: "".
func plural(name string) string {
	for _, prep := range []string{" of ", " in ", " for "} {
		if head, tail, ok := strings.Cut(name, prep); ok {
			if head = plural(head); head == "" {
				return ""
			}
			return head + prep + tail
		}
	}
	head, last, _ := cutLast(name)
	switch last {
	case "i", "ii", "iii", "1", "2", "3": // a grade: "software engineers ii"
		if head = plural(head); head == "" {
			return ""
		}
		return head + " " + last
	}
	switch vowel := "aeiou"; {
	case strings.HasSuffix(last, "ops"), strings.HasSuffix(last, "ics"), strings.HasSuffix(last, "ux"), strings.HasSuffix(last, "ui"), last == "sales":
		return ""
	case strings.HasSuffix(last, "tech"): // said with a k
		last += "s"
	case strings.HasSuffix(last, "s"), strings.HasSuffix(last, "x"), strings.HasSuffix(last, "ch"), strings.HasSuffix(last, "sh"):
		last += "es"
	case strings.HasSuffix(last, "y") && len(last) > 2 && !strings.ContainsRune(vowel, rune(last[len(last)-2])):
		last = last[:len(last)-1] + "ies"
	default:
		last += "s"
	}
	return strings.TrimPrefix(head+" "+last, " ")
}

func cutLast(name string) (head, last string, ok bool) {
	if i := strings.LastIndexByte(name, ' '); i >= 0 {
		return name[:i], name[i+1:], true
	}
	return "", name, false
}

// eachName calls each with every name of every role; choice is true when the
// table of short forms says what the name means.
func eachName(c *knowledge.Catalog, each func(r *knowledge.Role, name string, choice bool)) {
	settled := map[string]bool{}
	for _, a := range c.Ambiguous() {
		settled[knowledge.Key(a.Alias)] = true
	}
	for _, r := range c.Roles() {
		for _, name := range append([]string{r.Title}, r.Aliases...) {
			each(r, name, settled[knowledge.Key(name)])
		}
	}
}

func TestEveryRoleIsFoundByEachOfItsNames(t *testing.T) {
	c := theEmbedded(t)
	count := 0
	eachName(c, func(r *knowledge.Role, name string, choice bool) {
		count++
		for _, form := range []string{name, strings.ToUpper(name), strings.ReplaceAll(name, " ", "-"), name + "?", "\u201c" + name + "\u201d"} {
			if !isFound(c, form, r, choice) {
				t.Errorf("%q of %s alone is found as %v", form, r.ID, found(c, form))
			}
		}
		if text := inFrame(name); !isFound(c, text, r, choice) {
			t.Errorf("%q of %s is found as %v", text, r.ID, found(c, text))
		}
		if got := ids(c.Named(name)); !slices.Contains(got, r.ID) {
			t.Errorf("%q of %s means %v", name, r.ID, got)
		}
		if !slices.Contains(ids(c.Complete(name, 25)), r.ID) {
			t.Errorf("%q of %s is not offered while it is typed", name, r.ID)
		}
	})
	if count < 1000 {
		t.Errorf("only %d names", count)
	}
}

func TestEveryRoleIsFoundByThePluralOfItsNames(t *testing.T) {
	c := theEmbedded(t)
	eachName(c, func(r *knowledge.Role, name string, choice bool) {
		many := plural(name)
		if many == "" {
			return
		}
		for _, text := range []string{many, "what do " + many + " do all day"} {
			if !isFound(c, text, r, choice) {
				t.Errorf("%q (%q of %s) is found as %v", text, name, r.ID, found(c, text))
			}
		}
	})
}

func TestAShortFormIsFoundInThePlural(t *testing.T) {
	c := theEmbedded(t)
	for _, one := range []string{"PM", "TPM", "SE", "architect", "analyst", "designer", "consultant", "manager", "director", "admin", "engineer",
		"senior engineer", "automation engineer", "research engineer", "configuration manager", "technical consultant", "scientist"} {
		if got, want := found(c, inFrame(one+"s")), found(c, inFrame(one)); !slices.EqualFunc(got, want, slices.Equal) || len(want) != 1 {
			t.Errorf("%ss are found as %v, and one %s as %v", one, got, one, want)
		}
	}
}

// typos are a name with one mistake each: in its longest word a letter is left
// out, doubled, or swapped with the next one, at the given place from its middle.
func typos(name string, off int) []string {
	words := strings.Fields(name)
	long := 0
	for i, w := range words {
		if len(w) > len(words[long]) {
			long = i
		}
	}
	w := words[long]
	i := len(w)/2 + off
	if i < 1 || i > len(w)-2 || !isLetter(w[i]) || !isLetter(w[i+1]) {
		return nil
	}
	with := func(s string) string {
		out := slices.Clone(words)
		out[long] = s
		return strings.Join(out, " ")
	}
	out := []string{with(w[:i] + w[i+1:]), with(w[:i+1] + w[i:])}
	if w[i] != w[i+1] {
		out = append(out, with(w[:i]+w[i+1:i+2]+w[i:i+1]+w[i+2:]))
	}
	return out
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// makesAnotherWord says whether a typo made a word that is right in some other
// name, as "tam lead" is of "team lead": nobody can see that it is one.
func makesAnotherWord(c *knowledge.Catalog, name, typo string) bool {
	right := knowledge.Words(name)
	return slices.ContainsFunc(knowledge.Words(typo), func(w string) bool { return !slices.Contains(right, w) && c.InName(w) })
}

// A misspelt name of eight letters or more must be found as the role that is
// meant, or as a choice that holds it, and never as another role alone.
func TestALongNameIsFoundWithOneTypo(t *testing.T) {
	c := theEmbedded(t)
	tried, missed, other := 0, 0, 0
	eachName(c, func(r *knowledge.Role, name string, _ bool) {
		if len(knowledge.Key(name)) < 8 {
			return
		}
		for off := -3; off <= 3; off++ {
			for _, typo := range typos(name, off) {
				if makesAnotherWord(c, name, typo) {
					other++
					continue
				}
				for _, text := range []string{typo, inFrame(typo)} {
					tried++
					got := found(c, text)
					switch {
					case len(got) == 1 && slices.Contains(got[0], r.ID):
					case len(got) == 1 && len(got[0]) == 1:
						t.Errorf("%q, which is %q of %s with a typo, is found as %s alone", text, name, r.ID, got[0][0])
					default:
						missed++
						if off == 0 {
							t.Errorf("%q, which is %q of %s with a typo, is found as %v", text, name, r.ID, got)
						} else {
							t.Logf("%q, which is %q of %s with a typo, is found as %v", text, name, r.ID, got)
						}
					}
				}
			}
		}
	})
	t.Logf("%d typos tried, %d not found; %d more make a word of another name", tried, missed, other)
	if missed*200 > tried {
		t.Errorf("%d of %d typos are not found", missed, tried)
	}
}

func TestAShortFormGivesItsRolesInTheOrderToAsk(t *testing.T) {
	c := theEmbedded(t)
	rows := table(t, "ambiguous.csv")
	if len(rows) < 50 {
		t.Fatalf("only %d short forms", len(rows))
	}
	for _, row := range rows {
		want := strings.Split(row["role_ids"], ";")
		if got := ids(c.Named(row["alias"])); !slices.Equal(got, want) {
			t.Errorf("%q means %v, want %v", row["alias"], got, want)
		}
		if got := found(c, inFrame(row["alias"])); len(got) != 1 || !slices.Equal(got[0], want) {
			t.Errorf("%q is found as %v, want %v", inFrame(row["alias"]), got, want)
		}
	}
	if got := len(c.Ambiguous()); got != len(rows) {
		t.Errorf("%d short forms are known, the table has %d", got, len(rows))
	}
}

func TestTextWithoutARoleHasNone(t *testing.T) {
	c := theEmbedded(t)
	for _, text := range []string{"", " ", "?!", "what is the weather like", "hello there", "\u202e\u200b", strings.Repeat("x", 1<<20)} {
		if got := c.Find(knowledge.Words(text), func(string) bool { return true }); got != nil {
			t.Errorf("%.40q is found as %v", text, got)
		}
		if got := c.Named(text); got != nil {
			t.Errorf("%.40q means %v", text, ids(got))
		}
	}
}

func TestMentionsNeverOverlapAndTheLongestNameWins(t *testing.T) {
	c := theEmbedded(t)
	text := "from senior backend engineer or Frontend Dev to site reliability engineer, data scientists and a PM"
	var got []string
	end := 0
	for _, m := range c.Find(knowledge.Words(text), nil) {
		if m.Start < end || m.End <= m.Start || m.Typo {
			t.Errorf("mention %+v after word %d", m, end)
		}
		end = m.End
		got = append(got, strings.Join(ids(m.Roles), "|"))
	}
	want := []string{"senior-backend-engineer", "frontend-engineer", "site-reliability-engineer", "data-scientist", "product-manager|project-manager|program-manager"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestCompleteOffersWhatWasBegun(t *testing.T) {
	c := theEmbedded(t)
	for _, tt := range []struct{ typed, want string }{
		{"", ""}, {"  ", ""}, {"back", "backend-engineer"}, {"BACKEND ENG", "backend-engineer"}, {"sre", "site-reliability-engineer"}, {"data sci", "data-scientist"},
	} {
		got := c.Complete(tt.typed, 5)
		if len(got) > 5 {
			t.Errorf("%q: %d offers, more than 5", tt.typed, len(got))
		}
		if tt.want == "" && got != nil || tt.want != "" && (len(got) == 0 || got[0].ID != tt.want) {
			t.Errorf("%q offers %v, want %s first", tt.typed, ids(got), tt.want)
		}
	}
	for _, r := range c.Roles() {
		if got := c.Complete(r.Title, 3); len(got) == 0 || got[0] != r {
			t.Errorf("%q offers %v", r.Title, ids(got))
		}
	}
}

// table is a table of the embedded catalogue: each row by the names of columns.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := knowledge.Embedded().Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rd := csv.NewReader(f)
	head, err := rd.Read()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	var out []map[string]string
	for {
		cells, err := rd.Read()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		row := map[string]string{}
		for i, h := range head {
			row[h] = cells[i]
		}
		out = append(out, row)
	}
}

func TestEveryFigureHasASourceWithItsLicence(t *testing.T) {
	c := theEmbedded(t)
	figures := 0
	need := func(source string, row knowledge.Row, attributed bool) {
		figures++
		s, ok := c.Source(source)
		switch {
		case !ok:
			t.Errorf("%s:%d: no source %q", row.File, row.Line, source)
		case s.Licence == "" || s.Name == "" || s.Short == "" || s.Year == "" || attributed && s.Attribution == "":
			t.Errorf("%s:%d: the source %s lacks a name, a year, a licence or its attribution: %+v", row.File, row.Line, source, s)
		}
	}
	for _, r := range c.Roles() {
		for _, p := range append(slices.Clone(r.Pay), r.PayByYears...) {
			need(p.Source, p.Row, true)
			if p.Broad && p.Label == "" {
				t.Errorf("%s:%d: a wider group without its name", p.Row.File, p.Row.Line)
			}
			if p.N > 0 && p.NIs == "" {
				t.Errorf("%s:%d: %d of what", p.Row.File, p.Row.Line, p.N)
			}
		}
		for _, x := range r.Tools {
			need(x.Source, x.Row, true)
		}
		for _, x := range r.Proficiencies {
			need(x.Source, x.Row, true)
		}
		if r.Scores != nil && r.Scores.Source != "" {
			need(r.Scores.Source, r.Scores.Row, true)
		}
		for _, e := range c.Next(r.ID) {
			need(e.Source, e.Row, e.Source != "editorial" && e.Source != "seed")
		}
	}
	if figures < 3000 {
		t.Errorf("only %d figures", figures)
	}
	if _, ok := c.Source("no such"); ok {
		t.Error("a source that is not there")
	}
}

func TestRowsUnderODbLStandInFilesOfTheirOwn(t *testing.T) {
	tables, err := fs.Glob(knowledge.Embedded(), "*.csv")
	if err != nil || len(tables) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	c := theEmbedded(t)
	apart := 0
	for _, name := range tables {
		for i, row := range table(t, name) {
			odbl := strings.HasPrefix(row["source"], "so-")
			if odbl {
				apart++
			}
			if odbl != strings.HasSuffix(name, "-odbl.csv") {
				t.Errorf("%s:%d: a row of %q", name, i+2, row["source"])
			}
			if s, _ := c.Source(row["source"]); odbl != strings.HasPrefix(s.Licence, "ODbL") {
				t.Errorf("%s:%d: the licence of %q is %q", name, i+2, row["source"], s.Licence)
			}
		}
	}
	if apart == 0 {
		t.Error("no row is under ODbL")
	}
}
