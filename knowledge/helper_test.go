package knowledge_test

import (
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"careerbot/knowledge"
)

// today is the day that these tests are run on, as far as Check knows.
var today = time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC)

// folder makes a catalogue folder of file names and what they hold.
func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// with returns files with some of them changed or added; an empty text takes a
// file away.
func with(files, changes map[string]string) map[string]string {
	out := map[string]string{}
	for name, text := range files {
		out[name] = text
	}
	for name, text := range changes {
		if text == "" {
			delete(out, name)
			continue
		}
		out[name] = text
	}
	return out
}

func base(files map[string]string) knowledge.Layer { return knowledge.Layer{FS: folder(files)} }

func company(files map[string]string) knowledge.Layer {
	return knowledge.Layer{FS: folder(files), Name: "acme", Own: true}
}

// load loads the layers; a fault ends the test.
func load(t *testing.T, layers ...knowledge.Layer) *knowledge.Catalog {
	t.Helper()
	c, err := knowledge.Load(layers...)
	if err != nil {
		for _, f := range knowledge.AsFaults(err).Errors() {
			t.Error(f)
		}
		t.FailNow()
	}
	return c
}

// embedded is the embedded catalogue, loaded once for all tests.
var embedded = sync.OnceValues(func() (*knowledge.Catalog, error) {
	return knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
})

func theEmbedded(t testing.TB) *knowledge.Catalog {
	t.Helper()
	c, err := embedded()
	if err != nil {
		t.Fatalf("the embedded catalogue: %v", err)
	}
	return c
}

// embeddedPages are the pages of the embedded catalogue: file names and what
// they hold.
func embeddedPages(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := fs.Glob(knowledge.Embedded(), "roles/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no embedded pages: %v", err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		data, err := fs.ReadFile(knowledge.Embedded(), name)
		if err != nil {
			t.Fatal(err)
		}
		out[path.Base(name)] = data
	}
	return out
}

// unplaced is a page without the lines that its parts stand on: what must be
// the same after writing and reading it again.
func unplaced(p *knowledge.Page) knowledge.Page {
	out := knowledge.Page{ID: p.ID, Title: p.Title, Category: p.Category, Level: p.Level, Tier: p.Tier,
		Aliases: p.Aliases, Levels: p.Levels, Work: p.Work, Reviewed: p.Reviewed, Reviewer: p.Reviewer,
		Prose: p.Prose, Hide: p.Hide}
	for _, s := range p.Sections {
		kept := knowledge.Section{Heading: s.Heading}
		for _, b := range s.Blocks {
			b.Line = 0
			kept.Blocks = append(kept.Blocks, b)
		}
		out.Sections = append(out.Sections, kept)
	}
	return out
}

// roundTrips reports a page that is another one after writing and reading it.
func roundTrips(t testing.TB, p *knowledge.Page) {
	t.Helper()
	text := p.Format()
	again, faults := knowledge.ParsePage(p.ID+".md", text)
	if errs := faults.Errors(); len(errs) > 0 {
		t.Fatalf("what Format wrote has a fault: %v\n%s", errs[0], text)
	}
	if want, got := unplaced(p), unplaced(again); !reflect.DeepEqual(want, got) {
		t.Fatalf("Format and ParsePage made another page:\n want %+v\n  got %+v\n from\n%s", want, got, text)
	}
	if twice := again.Format(); string(twice) != string(text) {
		t.Fatalf("Format wrote the same page in two ways:\n%s\nand\n%s", text, twice)
	}
}

// lines are faults as check prints them.
func lines(fs knowledge.Faults) []string {
	out := make([]string, len(fs))
	for i, f := range fs {
		out[i] = f.String()
	}
	return out
}

// sameFaults reports each of want that begins no line of got, and each line that
// none of want begins.
func sameFaults(t *testing.T, got knowledge.Faults, want ...string) {
	t.Helper()
	said := lines(got)
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

// ids are the ids of roles, in their order.
func ids(roles []*knowledge.Role) []string {
	out := make([]string, len(roles))
	for i, r := range roles {
		out[i] = r.ID
	}
	return out
}
