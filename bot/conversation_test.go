package bot_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"careerbot/bot"
	"careerbot/bot/memorytest"
	"careerbot/knowledge"
)

var update = flag.Bool("update", false, "write the answers as they are now into testdata")

// TestConversations plays the conversations of testdata. Each file begins with
// a sentence on what it shows; then come sections: "ask" and "overhear" hold
// what is said, "press LABEL" presses a button of the last answer, and each is
// followed by the "answer" in plain text, which is empty for silence. "wait
// 31m" lets time pass, "region NAME" stores the asker's preference, "memory
// down" takes the memory away. "company/PATH" is a file of a company's own
// folder; with "base none" there is nothing else.
func TestConversations(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no conversations: %v", err)
	}
	c := load(t, knowledge.Layer{FS: knowledge.Embedded()})
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if first := strings.TrimSpace(string(a.Comment)); !strings.HasSuffix(first, ".") {
				t.Error("the file does not begin with a sentence on what it shows")
			}
			played := play(t, catalogueOf(t, c, a.Files), a.Files)
			if *update {
				if err := os.WriteFile(file, txtar.Format(&txtar.Archive{Comment: a.Comment, Files: played}), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			compareSections(t, played, a.Files)
		})
	}
}

// play says what the sections say, and returns them with the answers as they
// are now.
func play(t *testing.T, c *knowledge.Catalog, sections []txtar.File) []txtar.File {
	t.Helper()
	clock := memorytest.NewClock()
	memory := &fragile{Memory: bot.NewLocalMemory(10, bot.TimeToLive, clock.Now)}
	b := bot.New(c, bot.WithClock(clock.Now), bot.WithMemory(memory))
	region := ""
	var last bot.Answer
	var out []txtar.File
	for _, f := range sections {
		what, detail, _ := strings.Cut(f.Name, " ")
		if what == "answer" {
			continue
		}
		out = append(out, f)
		q := bot.Question{Text: strings.TrimSpace(string(f.Data)), Conversation: "c", Region: region}
		switch what {
		case "ask":
		case "overhear":
			q.Overheard = true
		case "press":
			at := slices.IndexFunc(last.Actions, func(a bot.Action) bool { return a.Label == detail })
			if at < 0 {
				t.Fatalf("no button says %q: %v", detail, last.Actions)
			}
			q.Text = last.Actions[at].Ask
		case "wait":
			d, err := time.ParseDuration(detail)
			if err != nil {
				t.Fatal(err)
			}
			clock.Advance(d)
			continue
		case "region":
			region = detail
			continue
		case "memory":
			memory.down = true
			continue
		case "base":
			continue
		default:
			if strings.HasPrefix(what, "company/") {
				continue
			}
			t.Fatalf("there is no section %q", f.Name)
		}
		last = b.Ask(t.Context(), q)
		out = append(out, txtar.File{Name: "answer", Data: []byte(last.Text())})
	}
	return out
}

// catalogueOf is the catalogue that a conversation speaks of.
func catalogueOf(t *testing.T, whole *knowledge.Catalog, sections []txtar.File) *knowledge.Catalog {
	t.Helper()
	base, company := true, fstest.MapFS{}
	for _, f := range sections {
		if name, ok := strings.CutPrefix(f.Name, "company/"); ok {
			company[name] = &fstest.MapFile{Data: f.Data}
		}
		base = base && f.Name != "base none"
	}
	if len(company) == 0 {
		return whole
	}
	layers := []knowledge.Layer{{FS: company, Name: "company", Own: true}}
	if base {
		layers = append([]knowledge.Layer{{FS: knowledge.Embedded()}}, layers...)
	}
	return load(t, layers...)
}

func compareSections(t *testing.T, got, want []txtar.File) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d sections, the file has %d: run with -update and read what changes", len(got), len(want))
	}
	for i := range got {
		if got[i].Name != want[i].Name || string(got[i].Data) != string(want[i].Data) {
			t.Errorf("after %s %q\ngot:\n%s\nwant:\n%s", got[max(i-1, 0)].Name, got[max(i-1, 0)].Data, got[i].Data, want[i].Data)
		}
	}
}

// fragile is a memory that can be taken away.
type fragile struct {
	bot.Memory
	down bool
}

var errDown = errors.New("the memory is down")

func (f *fragile) Load(ctx context.Context, conversation string) (bot.Conversation, error) {
	if f.down {
		return bot.Conversation{}, errDown
	}
	return f.Memory.Load(ctx, conversation)
}

func (f *fragile) Save(ctx context.Context, c bot.Conversation, names ...string) error {
	if f.down {
		return errDown
	}
	return f.Memory.Save(ctx, c, names...)
}
