package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"careerbot/adapters/discord"
	"careerbot/knowledge"
)

// NOTICE carries the attribution of every source of the built-in catalogue,
// and names the files that stay under the Open Database Licence.
func TestNOTICEAttributesEverySource(t *testing.T) {
	notice := squeezed(read(t, "../../NOTICE"))
	sources := read(t, "../../knowledge/catalog/SOURCES.md")
	found := regexp.MustCompile(`(?m)^- \*\*Attribution:\*\* (.*)$`).FindAllStringSubmatch(sources, -1)
	if len(found) == 0 {
		t.Fatal("SOURCES.md has no attributions")
	}
	for _, m := range found {
		if line := strings.ReplaceAll(m[1], `\`, ""); !strings.Contains(notice, squeezed(line)) {
			t.Errorf("NOTICE lacks %q", line)
		}
	}
	files, err := filepath.Glob("../../knowledge/catalog/*-odbl.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := strings.TrimPrefix(filepath.ToSlash(f), "../../"); !strings.Contains(notice, name) {
			t.Errorf("NOTICE does not name %s", name)
		}
	}
}

// The form of a page that CONTRIBUTING.md shows is one that can be read.
func TestTheFormOfAPageCanBeRead(t *testing.T) {
	m := regexp.MustCompile("(?s)```markdown\n(.*?)```").FindStringSubmatch(read(t, "../../CONTRIBUTING.md"))
	if m == nil {
		t.Fatal("CONTRIBUTING.md shows no page")
	}
	page, faults := knowledge.ParsePage("claims-analyst.md", []byte(m[1]))
	for _, f := range faults {
		t.Error(f)
	}
	for _, s := range page.Sections {
		if !slices.Contains(knowledge.Headings, s.Heading) {
			t.Errorf("the heading %q is none of the catalogue's", s.Heading)
		}
	}
}

// The README for editors names every heading and every kind of work.
func TestTheEditorsREADMEIsComplete(t *testing.T) {
	text := squeezed(read(t, "../../deploy/example-catalogue/README.md"))
	for _, h := range knowledge.Headings {
		if !strings.Contains(text, h) {
			t.Errorf("it lacks the heading %s", h)
		}
	}
	for _, w := range knowledge.Traits {
		if !strings.Contains(text, "`"+w+"`") {
			t.Errorf("it lacks the kind of work %s", w)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// squeezed is text on one line.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// Discord's set-up page gives each permission with the reason that doctor gives.
func TestDiscordsPageNamesEveryPermission(t *testing.T) {
	page := read(t, "../../deploy/discord/README.md")
	for _, r := range discord.Reasons {
		if row := "| " + r.Name + " | " + r.Why + " |"; !strings.Contains(page, row) {
			t.Errorf("it lacks %q", row)
		}
	}
	if got := strings.Count(page, " | to "); got != len(discord.Reasons) {
		t.Errorf("it names %d permissions, of %d", got, len(discord.Reasons))
	}
}
