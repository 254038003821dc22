package intent_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// named are the shares of testdata/names.tsv as they were when the last change
// was made: of names found, of names found as another role, and of words that
// are no role left alone.
var named = struct{ found, other, left float64 }{found: 0.99, other: 0.002, left: 0.99}

// name is a line of testdata/names.tsv.
type name struct {
	text string
	want []string // titles, any of which is right; none for a distractor
	kind string
}

func readNames(t *testing.T) []name {
	t.Helper()
	b, err := os.ReadFile("testdata/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []name
	for i, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		cell := strings.Split(line, "\t")
		if len(cell) != 3 {
			t.Fatalf("testdata/names.tsv:%d: %d cells, want name, titles, kind", i+1, len(cell))
		}
		n := name{text: cell[0], kind: strings.Fields(cell[2])[0]}
		if cell[1] != "" {
			n.want = strings.Split(cell[1], "|")
		}
		out = append(out, n)
	}
	return out
}

// asked puts a name into questions, of one or of several.
func (n name) asked() []string {
	words := strings.Fields(strings.ToLower(n.text))
	last := words[len(words)-1]
	if slices.Contains([]string{"folks", "ppl", "people", "guys"}, last) || strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") && !strings.HasSuffix(last, "ops") {
		return []string{"what do " + n.text + " do?", n.text + " salary", "what do " + n.text + " earn?", n.text}
	}
	a := "a "
	if strings.ContainsRune("aeio", rune(words[0][0])) {
		a = "an "
	}
	return []string{"what does " + a + n.text + " do?", n.text + " salary", "how do I become " + a + n.text, n.text}
}

// verdicts, in the order of the table.
var verdicts = []string{"right", "choice", "nothing", "wrong"}

// verdict says how a name was read: right, also as a choice of right ones;
// choice, when a right one is among those asked about; nothing; wrong.
func verdict(c *knowledge.Catalog, got intent.Reading, want []string) string {
	titles := map[string]bool{}
	for _, in := range append([]intent.Intent{got.Intent}, got.Options...) {
		for _, id := range in.Roles {
			titles[c.Role(id).Title] = true
		}
	}
	asks := got.Certain == intent.Choose || got.Certain == intent.Near
	right := 0
	for title := range titles {
		if slices.Contains(want, title) {
			right++
		}
	}
	switch {
	case right == len(titles) && (right > 0) == (len(want) > 0):
		return "right"
	case len(titles) == 0:
		return "nothing"
	case asks || right > 0:
		return "choice"
	}
	return "wrong"
}

func TestNamesAreFoundAsPeopleWriteThem(t *testing.T) {
	c, err := knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
	if err != nil {
		t.Fatal(err)
	}
	r := intent.New(c)
	counts := map[string]map[string]int{}
	for _, n := range readNames(t) {
		if counts[n.kind] == nil {
			counts[n.kind] = map[string]int{}
		}
		for _, text := range n.asked() {
			got := r.Read(text, intent.Context{}, false)
			v := verdict(c, got, n.want)
			counts[n.kind][v]++
			counts[n.kind]["all"]++
			if v != "right" {
				t.Logf("%s: %q is read as %q (%v), want %s", v, text, got.Intent, got.Certain, strings.Join(n.want, " or "))
			}
		}
	}
	names := map[string]int{}
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		t.Log(row(kind, counts[kind]))
		if kind == "distractor" {
			continue
		}
		for v, n := range counts[kind] {
			names[v] += n
		}
	}
	t.Log(row("names", names))
	share := func(m map[string]int, v string) float64 { return float64(m[v]) / float64(m["all"]) }
	if got := share(names, "right"); got < named.found {
		t.Errorf("%.2f %% of names are found, fewer than %.2f %%", 100*got, 100*named.found)
	}
	if got := share(names, "wrong"); got > named.other {
		t.Errorf("%.2f %% of names are found as another role, more than %.2f %%", 100*got, 100*named.other)
	}
	if got := share(counts["distractor"], "right"); got < named.left {
		t.Errorf("%.2f %% of what is no role is left alone, less than %.2f %%", 100*got, 100*named.left)
	}
}

func TestNamesThatTheSentenceMakes(t *testing.T) {
	c, err := knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
	if err != nil {
		t.Fatal(err)
	}
	r := intent.New(c)
	for _, tt := range []struct{ rule, text, want string }{
		{"the noun first", "Engineer, Data", "data-engineer"},
		{"the noun first, of two words", "Software Engineer - Backend salary", "backend-engineer"},
		{"the noun first, with a grade", "Senior Software Engineer, Frontend", "senior-frontend-engineer"},
		{"the noun first, in brackets", "Product Manager (AI)", "ai-product-manager"},
		{"the noun first, with of", "what does a manager of engineering do?", "engineering-manager"},
		{"a list is no such name", "developer, QA, BA - which one?", "software-engineer qa-engineer business-analyst"},
		{"a longer name after it is another", "engineer, data scientist or developer?", "software-engineer data-scientist"},
		{"what one does is no field", "what do engineers design", "software-engineer"},
		{"lead before a name is a grade", "what does a lead data architect do?", "data-architect"},
		{"a field that narrows a name", "mobile product manager salary", "product-manager"},
		{"a field whose last word makes a name", "IT security architect salary", "security-architect"},
		{"a language inside a name", "full stack Fortran developer salary", "full-stack-engineer"},
		{"a full stop inside a name", "sr. data engineer salary", "senior-data-engineer"},
		{"a full stop before a name", ".NET architect salary", "software-architect"},
		{"a right word that is another's typo", "backed developer salary", "backend-engineer"},
		{"the same word elsewhere", "I backed up my files, what is a data engineer", "data-engineer"},
		{"a thing that a field begins", "is job security good for a data engineer", "data-engineer"},
		{"a thing that a role begins", "what is the lead time of a pull request", ""},
		{"a design of another trade", "interior design salary", ""},
		{"a tester of other things", "food tester salary", ""},
		{"a service that is none of IT", "what does a customer service manager do?", ""},
		{"a development that is none of IT", "what does a business development manager do?", ""},
		{"a director of something else", "what does a director of nursing do?", ""},
		{"a consultant who is something else besides", "front end developer consultant salary", "frontend-engineer"},
		{"work set side by side is who does it", "test and development, which pays more?", "qa-engineer software-engineer"},
		{"the same words before another noun", "are the test and development environments down?", ""},
		{"a name that begins inside a field", "IT infrastructure project manager salary", "project-manager"},
	} {
		if got := strings.Join(r.Read(tt.text, intent.Context{}, false).Intent.Roles, " "); got != tt.want {
			t.Errorf("%s: %q names %q, want %q", tt.rule, tt.text, got, tt.want)
		}
	}
}

func row(kind string, counts map[string]int) string {
	s := fmt.Sprintf("%-10s %5d", kind, counts["all"])
	for _, v := range verdicts {
		s += fmt.Sprintf("  %s %5.1f %%", v, 100*float64(counts[v])/float64(counts["all"]))
	}
	return s
}
