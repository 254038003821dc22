package knowledgetest_test

import (
	"io/fs"
	"slices"
	"testing"
	"time"

	"careerbot/knowledge"
	"careerbot/knowledge/knowledgetest"
)

func TestAGeneratedCatalogueIsAGoodOne(t *testing.T) {
	const n = 500
	fsys := knowledgetest.Generate(n)
	for _, f := range knowledge.Check(time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC), knowledge.Layer{FS: fsys}) {
		t.Error(f)
	}
	c, err := knowledge.Load(knowledge.Layer{FS: fsys})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(c.Roles()); got != n {
		t.Errorf("%d roles, want %d", got, n)
	}
	for _, r := range c.Roles() {
		for _, name := range append([]string{r.Title}, r.Aliases...) {
			if !slices.Contains(c.Named(name), r) {
				t.Errorf("%q is not found", name)
			}
		}
		if len(r.Pay) == 0 || len(r.Tools) == 0 || r.Scores == nil {
			t.Errorf("%s has no figures", r.ID)
		}
	}
}

func TestTheSameSizeGivesTheSameCatalogue(t *testing.T) {
	a, b := knowledgetest.Generate(50), knowledgetest.Generate(50)
	larger := knowledgetest.Generate(60)
	files, err := fs.Glob(a, "*")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := fs.Glob(a, "roles/*.md")
	if err != nil || len(pages) != 50 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	text := func(fsys fs.FS, name string) string {
		data, err := fs.ReadFile(fsys, name)
		if err != nil && name != "roles" {
			t.Error(err)
		}
		return string(data)
	}
	for _, name := range append(files, pages...) {
		if text(a, name) != text(b, name) {
			t.Errorf("two forms of %s", name)
		}
	}
	for _, name := range pages {
		if text(a, name) != text(larger, name) {
			t.Errorf("%s is another one in a larger catalogue", name)
		}
	}
}
