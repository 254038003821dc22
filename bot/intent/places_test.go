package intent_test

import (
	"os"
	"strings"
	"testing"
)

// placesRead are the shares of lines that were read right when the last change
// was made: a change must not fall below. The held part is not looked at when
// names or rules are added; it is only counted.
var placesRead = []struct {
	part  string
	share float64
	shown bool
}{
	{"tuned", 0.97, true},
	{"held", 0.94, false},
}

// TestRegionsAreReadAsPeopleWriteThem measures the region on messages that name
// a place in all kinds of ways, and on as many that only look as if they did.
func TestRegionsAreReadAsPeopleWriteThem(t *testing.T) {
	b := newBot(t)
	for _, part := range placesRead {
		data, err := os.ReadFile("testdata/places." + part.part + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		var all, named, none tally
		for line := range strings.Lines(string(data)) {
			text, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !ok {
				t.Fatalf("places.%s.tsv: %q has no tab", part.part, line)
			}
			got := ""
			if r := b.Label(b.Understand(text, nil, false).Intent).Region; r != nil {
				got = *r
			}
			all.add(got == want)
			if want != "" {
				named.add(got == want)
			} else {
				none.add(got == want)
			}
			if got != want && part.shown {
				t.Logf("%q: want %q, got %q", text, want, got)
			}
		}
		t.Logf("%s: all %s   a place named %s   none %s", part.part, all, named, none)
		if all.share() < part.share {
			t.Errorf("regions of the %s part are right in %.3f, below the %.3f that they were", part.part, all.share(), part.share)
		}
	}
}
