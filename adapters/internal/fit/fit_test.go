package fit_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"careerbot/adapters/internal/fit"
)

func TestRunes(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{
		{"short", 10, "short"},
		{"exactly ten", 11, "exactly ten"},
		{"cut at the end of a word", 20, "cut at the end of…"},
		{"nowheretocutit", 5, "nowh…"},
		{"äöüäöü", 6, "äöüäöü"},
		{"äöüäöü", 4, "äöü…"},
		{"x", 0, ""},
		{"", 3, ""},
	} {
		if got := fit.Runes(c.s, c.n); got != c.want {
			t.Errorf("Runes(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

func TestPieces(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want []string
	}{
		{"whole", 10, []string{"whole"}},
		{"", 10, []string{""}},
		{"One sentence. Another one.", 15, []string{"One sentence.", "Another one."}},
		{"a line\nanother", 10, []string{"a line", "another"}},
		{"abcdefgh", 3, []string{"abc", "def", "gh"}},
	} {
		if got := fit.Pieces(c.s, c.n); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("Pieces(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

// Every piece is short enough, and only white space is lost between them.
func FuzzPieces(f *testing.F) {
	f.Add("One sentence. Another one.\nA line", 8)
	f.Add("äöü 👩‍💻 \xff\xfe", 2)
	f.Fuzz(func(t *testing.T, s string, n int) {
		n = 1 + (n%50+50)%50
		var joined strings.Builder
		for _, p := range fit.Pieces(s, n) {
			if utf8.RuneCountInString(p) > n {
				t.Errorf("piece %q is longer than %d", p, n)
			}
			joined.WriteString(p)
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if squeeze(joined.String()) != squeeze(s) {
			t.Errorf("lost: %q became %q", s, joined.String())
		}
		if r := fit.Runes(s, n); utf8.RuneCountInString(r) > n {
			t.Errorf("Runes gave %q, longer than %d", r, n)
		}
	})
}
