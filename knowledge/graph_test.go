package knowledge_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"careerbot/knowledge"
)

// ladderOf is a catalogue of roles that have nothing but steps, each written
// "from to kind".
func ladderOf(steps ...string) map[string]string {
	files := map[string]string{"SOURCES.md": "## editorial\n\n- **Name:** editors\n- **Licence:** ours\n"}
	table := "from,to,kind\n"
	for _, s := range steps {
		f := strings.Fields(s)
		table += strings.Join(f, ",") + "\n"
		for _, id := range f[:2] {
			files["roles/"+id+".md"] = "---\ntitle: Role " + id + "\ncategory: X\n---\n"
		}
	}
	files["progression.csv"] = table
	return files
}

// way is the roles of a way, in order, or "none".
func way(edges []knowledge.Edge) string {
	if edges == nil {
		return "none"
	}
	var out []string
	for i, e := range edges {
		if i == 0 {
			out = append(out, e.From)
		}
		out = append(out, e.To)
	}
	return strings.Join(out, " ")
}

var kinds = []string{"promotion", "specialisation", "lateral"}

func TestNextIsPromotionsThenSpecialisationsThenSidewaysMoves(t *testing.T) {
	c := load(t, base(ladderOf("a e lateral", "a d specialisation", "a c promotion", "a b promotion")))
	var got []string
	for _, e := range c.Next("a") {
		got = append(got, e.To+" "+e.Kind)
	}
	if want := []string{"c promotion", "b promotion", "d specialisation", "e lateral"}; !slices.Equal(got, want) {
		t.Errorf("next are %q, want %q", got, want)
	}
	if e := c.Next("e"); len(e) != 1 || e[0].To != "a" || e[0].Kind != "lateral" {
		t.Errorf("a sideways move goes both ways, and yet after e come %v", e)
	}
	if c.Next("b") != nil || c.Next("no such") != nil || c.Previous("no such") != nil {
		t.Error("steps where there are none")
	}
	whole := theEmbedded(t)
	for _, r := range whole.Roles() {
		for name, edges := range map[string][]knowledge.Edge{"next": whole.Next(r.ID), "previous": whole.Previous(r.ID)} {
			if !slices.IsSortedFunc(edges, func(a, b knowledge.Edge) int { return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind) }) {
				t.Errorf("%s of %s is in no order: %+v", name, r.ID, edges)
			}
		}
	}
}

func TestPreviousIsNextReadBackwards(t *testing.T) {
	c := theEmbedded(t)
	forwards, backwards := map[knowledge.Edge]int{}, map[knowledge.Edge]int{}
	for _, r := range c.Roles() {
		for _, e := range c.Next(r.ID) {
			if e.From != r.ID || c.Role(e.To) == nil || e.To == r.ID {
				t.Errorf("a step from %s is %+v", r.ID, e)
			}
			forwards[e]++
		}
		for _, e := range c.Previous(r.ID) {
			if e.To != r.ID {
				t.Errorf("a step to %s is %+v", r.ID, e)
			}
			backwards[e]++
		}
	}
	if !reflect.DeepEqual(forwards, backwards) {
		t.Error("the two are not the same steps")
	}
	if len(forwards) < 400 {
		t.Errorf("only %d steps", len(forwards))
	}
	for e, n := range forwards {
		if n != 1 {
			t.Errorf("%d times %+v", n, e)
		}
	}
}

func TestAWayIsTheShortestUsualOne(t *testing.T) {
	c := load(t, base(ladderOf(
		"a b promotion", "b c promotion", "c d promotion", // up
		"a e lateral", "e d promotion", // a shorter way, by one sideways move
		"d f specialisation",
		"x y promotion",
		"f g promotion", "f g lateral", // two kinds of one step
		"p q lateral", "q s promotion", "p r promotion", "r s promotion", // the same length, one without a sideways move
	)))
	for _, tt := range []struct{ name, from, to, want string }{
		{"one step", "a", "b", "a b"},
		{"the way with the fewest steps", "a", "d", "a e d"},
		{"beyond it", "a", "f", "a e d f"},
		{"a promotion before a sideways move", "p", "s", "p r s"},
		{"no way backwards", "d", "a", "none"},
		{"no way to another ladder", "a", "y", "none"},
		{"no way to a role that is not there", "a", "no such", "none"},
		{"no way from a role that is not there", "no such", "a", "none"},
		{"the same role", "a", "a", ""},
		{"the same role, without steps", "y", "y", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := way(c.Way(tt.from, tt.to)); got != tt.want {
				t.Errorf("the way from %s to %s is %q, want %q", tt.from, tt.to, got, tt.want)
			}
		})
	}
	if got := c.Way("f", "g"); len(got) != 1 || got[0].Kind != "promotion" {
		t.Errorf("of two kinds of one step the way takes %+v", got)
	}
}

func TestAWayIsTheSameEveryTime(t *testing.T) {
	first, again := theEmbedded(t), load(t, knowledge.Layer{FS: knowledge.Embedded()})
	roles := first.Roles()
	found := 0
	for i := 0; i < len(roles); i += 7 {
		for j := 3; j < len(roles); j += 11 {
			from, to := roles[i].ID, roles[j].ID
			want := first.Way(from, to)
			if got := again.Way(from, to); !reflect.DeepEqual(got, want) {
				t.Errorf("from %s to %s: %q, and then %q", from, to, way(want), way(got))
			}
			if len(want) > 0 {
				found++
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d ways", found)
	}
}

// The way is checked against one that is found by trying: no way may have
// fewer steps.
func TestNoWayIsShorterThanTheWay(t *testing.T) {
	c := theEmbedded(t)
	for i, from := range c.Roles() {
		reach := c.Reach(from.ID)
		if reach[from.ID] != 0 {
			t.Errorf("%s reaches itself in %d steps", from.ID, reach[from.ID])
		}
		for j, to := range c.Roles() {
			if (i+j)%13 != 0 || from == to {
				continue
			}
			got := c.Way(from.ID, to.ID)
			steps, ok := reach[to.ID]
			if ok != (len(got) > 0) || ok && len(got) != steps {
				t.Errorf("from %s to %s: %q, and by trying %d steps", from.ID, to.ID, way(got), steps)
			}
			at := from.ID
			for _, e := range got {
				if e.From != at || !slices.Contains(c.Next(at), e) {
					t.Errorf("from %s to %s: no step %+v", from.ID, to.ID, e)
				}
				at = e.To
			}
			if len(got) > 0 && at != to.ID {
				t.Errorf("the way from %s to %s ends at %s", from.ID, to.ID, at)
			}
		}
	}
}

func TestReachCountsTheSteps(t *testing.T) {
	c := load(t, base(ladderOf("a b promotion", "b c promotion", "a c lateral", "c a lateral", "c d promotion", "x y promotion")))
	if got, want := c.Reach("a"), map[string]int{"a": 0, "b": 1, "c": 1, "d": 2}; !reflect.DeepEqual(got, want) {
		t.Errorf("reach %v, want %v", got, want)
	}
	if got, want := c.Reach("d"), map[string]int{"d": 0}; !reflect.DeepEqual(got, want) {
		t.Errorf("reach %v, want %v", got, want)
	}
}

func TestPromotionsInACircleAreAFault(t *testing.T) {
	for _, tt := range []struct {
		name  string
		steps []string
		want  string
	}{
		{"two roles", []string{"a b promotion", "b a promotion"}, "progression.csv:2: kind: promotions go in a circle through a and b: one of them is lateral"},
		{"a long one", []string{"a b promotion", "b c promotion", "c d promotion", "d a promotion", "d e promotion"}, "progression.csv:2: kind: promotions go in a circle through a and b"},
		{"sideways moves may", []string{"a b lateral", "b a lateral"}, ""},
		{"a promotion and the way back sideways may", []string{"a b promotion", "b a lateral"}, ""},
		{"two ways up are none", []string{"a b promotion", "a c promotion", "b d promotion", "c d promotion"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := knowledge.Load(base(ladderOf(tt.steps...)))
			var want []string
			if tt.want != "" {
				want = []string{tt.want}
			}
			sameFaults(t, knowledge.AsFaults(err), want...)
		})
	}
	t.Run("two circles are two faults", func(t *testing.T) {
		_, err := knowledge.Load(base(ladderOf("a b promotion", "b a promotion", "x y promotion", "y x promotion")))
		if got := knowledge.AsFaults(err); len(got) != 2 {
			t.Errorf("%v", got)
		}
	})
	t.Run("a circle on pages", func(t *testing.T) {
		files := ladderOf("a b promotion")
		files["roles/b.md"] += "\n## Career Progression\n\n- [Role a](a): promotion\n"
		_, err := knowledge.Load(base(files))
		if got := fmt.Sprint(lines(knowledge.AsFaults(err))); !strings.Contains(got, "promotions go in a circle through a and b") {
			t.Error(got)
		}
	})
}

func TestStepsThatPagesStateAreSteps(t *testing.T) {
	files := ladderOf("a b promotion")
	files["roles/a.md"] += "\n## Career Progression\n\n- [Role b](b): lateral, when tired.\n- [Role c](c): Specialisation in nets.\n- [Role d](d)\n- Anything else, says the page.\n"
	files["roles/d.md"] = "---\ntitle: Role d\ncategory: X\n---\n\n## Prerequisite Roles\n\n- [Role b](b): lateral\n"
	files["roles/c.md"] = "---\ntitle: Role c\ncategory: X\n---\n"
	c := load(t, base(files))
	var got []string
	for _, from := range []string{"a", "b"} {
		for _, e := range c.Next(from) {
			got = append(got, fmt.Sprintf("%s %s %s %s:%d", e.From, e.To, e.Kind, e.Row.File, e.Row.Line))
		}
	}
	want := []string{"a b promotion progression.csv:2", "a d promotion roles/a.md:10", "a c specialisation roles/a.md:9", "a b lateral roles/a.md:8", "b d lateral roles/d.md:8"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
