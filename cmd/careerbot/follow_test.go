package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"careerbot/bot"
	"careerbot/knowledge/watch"
)

// page is a role's page whose summary holds the marker.
func page(marker string) string {
	return "---\ntitle: Tide Engineer\ncategory: Waterworks\n---\n\n## Quick Summary\n\nTide Engineers keep " + marker + " dry.\n"
}

// broken pages, as an editor's half-written save or a slip would leave them.
var broken = []string{"", "---\ntitle: Tide Engineer\n", "---\ntitel: Tide\ncategory: Waterworks\n---\n\n## Quick Summary\n\nBROKEN\n", "---\n: : :\n---\nBROKEN\n"}

// own is an environment that knows only the folder dir.
func own(dir string) func(string) string {
	return func(name string) string {
		return map[string]string{"CAREERBOT_CATALOG": dir, "CAREERBOT_BASE": "none"}[name]
	}
}

func write(t *testing.T, dir, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "roles"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "roles", "tide-engineer.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A thousand reloads while people ask, a third of them of broken pages: no
// answer fails, and none is from a broken page.
func TestReloadsWhilePeopleAsk(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, page("harbour zero"))
	e := &env{getenv: own(dir)}
	b, err := e.bot()
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	f := &follower{bot: b, load: e.catalog, say: func(what string) {
		if strings.Contains(what, "last good ones") {
			refused++
		}
	}}
	ctx, stop := context.WithCancel(t.Context())
	var asked atomic.Int64
	var people sync.WaitGroup
	for range 2 {
		people.Go(func() {
			for ctx.Err() == nil {
				a := b.Ask(ctx, bot.Question{Text: "what does a tide engineer do?"})
				if !strings.HasPrefix(a.Lead, "Tide Engineers keep harbour ") {
					t.Errorf("while reloading: %q", a.Lead)
					return
				}
				asked.Add(1)
			}
		})
	}
	for n := range 1000 {
		if n%3 == 2 {
			write(t, dir, broken[n/3%len(broken)])
			f.reload()
			continue
		}
		harbour := fmt.Sprintf("harbour %d", n)
		write(t, dir, page(harbour))
		f.reload()
		if a := b.Ask(ctx, bot.Question{Text: "what does a tide engineer do?"}); !strings.Contains(a.Lead, harbour) {
			t.Fatalf("after a good change to %s: %q", harbour, a.Lead)
		}
	}
	stop()
	people.Wait()
	if refused != 333 {
		t.Errorf("%d reloads were refused, want 333", refused)
	}
	t.Logf("%d questions were answered meanwhile", asked.Load())
}

// The chat of somebody who edits a page answers from the page as saved.
func TestAChangedFolderIsFollowed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, page("the old harbour"))
	e := &env{getenv: own(dir)}
	b, err := e.bot()
	if err != nil {
		t.Fatal(err)
	}
	heard := make(chan string, 100)
	var following sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	following.Go(func() { e.follow(ctx, b, func(what string) { heard <- what }) })
	defer following.Wait()
	defer stop()
	// When the watch begins nobody can tell from outside: the page is saved again
	// until it is seen, with more than the settling time between two saves.
	tick := time.NewTicker(2 * watch.Settle)
	defer tick.Stop()
	deadline := time.After(30 * time.Second)
	for {
		select {
		case <-tick.C:
			save(t, dir, page("the new harbour"))
		case what := <-heard:
			if lead := b.Ask(ctx, bot.Question{Text: "tide engineer"}).Lead; lead != "Tide Engineers keep the new harbour dry." {
				t.Errorf("%s, and yet the answer is %q", what, lead)
			}
			return
		case <-deadline:
			t.Fatal("the change was not seen")
		}
	}
}

// save writes a page as editors do: a file aside, renamed into place.
func save(t *testing.T, dir, text string) {
	t.Helper()
	aside := filepath.Join(dir, "roles", ".tide.tmp")
	if err := os.WriteFile(aside, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(aside, filepath.Join(dir, "roles", "tide-engineer.md")); err != nil {
		t.Fatal(err)
	}
}
