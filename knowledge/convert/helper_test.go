package convert_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"careerbot/knowledge"
)

// sameFaults reports each of want that begins no fault, and each fault that
// none of want begins.
func sameFaults(t testing.TB, got knowledge.Faults, want ...string) {
	t.Helper()
	var said []string
	for _, f := range got {
		said = append(said, f.String())
	}
	for _, w := range want {
		at := slices.IndexFunc(said, func(s string) bool { return strings.HasPrefix(s, w) })
		if at < 0 {
			t.Errorf("missing fault %q", w)
			continue
		}
		said = slices.Delete(said, at, at+1)
	}
	for _, s := range said {
		t.Errorf("unexpected fault %q", s)
	}
}

// oneLineEach reports faults that are not one line at a line of the file.
func oneLineEach(t testing.TB, faults knowledge.Faults, file string, data []byte) {
	t.Helper()
	last := 1 + strings.Count(string(data), "\n") + strings.Count(string(data), "\r")
	for _, f := range faults {
		if f.File != file || f.Line < 1 || f.Line > last {
			t.Errorf("a fault at no line of %s: %v", file, f)
		}
		if s := f.String(); strings.ContainsAny(s, "\n\r\x00\x1b") || len(s) > 2000 {
			t.Errorf("a fault that is not one line: %.200q", s)
		}
	}
}

// usable reports a page that does not pass check as the only page of a
// catalogue, or that is another one when it is read back.
func usable(t testing.TB, p *knowledge.Page) {
	t.Helper()
	text := p.Format()
	again, faults := knowledge.ParsePage(p.ID+".md", text)
	for _, f := range faults {
		t.Errorf("what was written has a fault: %v", f)
	}
	if again.Title != p.Title || again.Category != p.Category || again.Prose != p.Prose || !reflect.DeepEqual(words(again), words(p)) {
		t.Errorf("the page reads back as another one:\n%+v\n%+v\n%s", words(again), words(p), text)
	}
	if twice := again.Format(); string(twice) != string(text) {
		t.Errorf("the page is written in two ways:\n%s\n%s", text, twice)
	}
	folder := fstest.MapFS{"roles/" + p.ID + ".md": {Data: text}}
	now := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
	for _, f := range knowledge.Check(now, knowledge.Layer{FS: folder, Own: true}).Errors() {
		if !strings.Contains(f.What, "no page roles/") { // a link into the catalogue that it will be laid over
			t.Errorf("check finds %v in\n%s", f, text)
		}
	}
}

// words are the sections of a page without their lines.
func words(p *knowledge.Page) [][]knowledge.Block {
	var out [][]knowledge.Block
	for _, s := range p.Sections {
		blocks := []knowledge.Block{{Text: s.Heading}}
		for _, b := range s.Blocks {
			b.Line = 0
			blocks = append(blocks, b)
		}
		out = append(out, blocks)
	}
	return out
}
