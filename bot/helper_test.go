package bot_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"careerbot/bot"
	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// embedded is the catalogue that the program carries, loaded once.
var embedded = sync.OnceValue(func() *knowledge.Catalog {
	c, err := knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
	if err != nil {
		panic(err)
	}
	return c
})

// embeddedBot answers from it.
var embeddedBot = sync.OnceValue(func() *bot.Bot { return bot.New(embedded()) })

// files is a copy of the embedded catalogue, to take parts away from.
func files(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(knowledge.Embedded(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(knowledge.Embedded(), path)
		out[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal("copy the catalogue: ", err)
	}
	return out
}

// mapFS is a folder of one file.
func mapFS(name, data string) fstest.MapFS { return fstest.MapFS{name: {Data: []byte(data)}} }

// load reads layers as a catalogue.
func load(t testing.TB, layers ...knowledge.Layer) *knowledge.Catalog {
	t.Helper()
	c, err := knowledge.Load(layers...)
	if err != nil {
		t.Fatal("load: ", err)
	}
	return c
}

// without is the embedded catalogue with a section of every page taken away.
func without(t testing.TB, heading string) *knowledge.Catalog {
	t.Helper()
	all := files(t)
	for path, f := range all {
		if strings.HasPrefix(path, "roles/") {
			f.Data = []byte(cutSection(string(f.Data), heading))
		}
	}
	return load(t, knowledge.Layer{FS: all})
}

// cutSection takes a section out of a page.
func cutSection(page, heading string) string {
	from := strings.Index(page, "\n## "+heading+"\n")
	if from < 0 {
		return page
	}
	if to := strings.Index(page[from+1:], "\n## "); to >= 0 {
		return page[:from] + page[from+1+to:]
	}
	return page[:from] + "\n"
}

// withoutTables is the embedded catalogue with tables taken away.
func withoutTables(t testing.TB, names ...string) *knowledge.Catalog {
	t.Helper()
	all := files(t)
	for _, n := range names {
		if all[n] == nil {
			t.Fatalf("there is no table %s", n)
		}
		delete(all, n)
	}
	return load(t, knowledge.Layer{FS: all})
}

// ask asks a question that has no before.
func ask(b *bot.Bot, text string) bot.Answer {
	return b.Ask(context.Background(), bot.Question{Text: text})
}

// asked is a question and its answer.
type asked struct {
	in     intent.Intent
	answer bot.Answer
}

func (a asked) String() string { return a.in.String() }

// everything asks every kind of question about every role. Facets, regions,
// aspects and partners are taken in turn, so that each is asked of many roles.
var everything = sync.OnceValue(func() []asked { return askEverything(embeddedBot(), embedded()) })

func askEverything(b *bot.Bot, c *knowledge.Catalog) []asked {
	var out []asked
	for _, in := range questions(c) {
		out = append(out, asked{in, ask(b, in.String())})
	}
	return out
}

// questions are intents of every kind about every role.
func questions(c *knowledge.Catalog) []intent.Intent {
	var out []intent.Intent
	roles := c.Roles()
	for i, r := range roles {
		if i%every != 0 && !r.OwnAny {
			continue
		}
		of := func(a intent.Ask, change ...func(*intent.Intent)) {
			in := intent.Intent{Ask: a, Roles: []string{r.ID}}
			for _, f := range change {
				f(&in)
			}
			out = append(out, in)
		}
		with := func(facets ...string) func(*intent.Intent) {
			return func(in *intent.Intent) { in.Facets = facets }
		}
		about := func(topic string) func(*intent.Intent) { return func(in *intent.Intent) { in.Topic = topic } }
		in := func(region string) func(*intent.Intent) { return func(x *intent.Intent) { x.Region = region } }
		years := func(band string) func(*intent.Intent) { return func(x *intent.Intent) { x.Years = band } }
		full := func(in *intent.Intent) { in.Full = true }

		of(intent.Overview)
		of(intent.Overview, with(nth([]string{"outlook", "pros_cons", "difficulty", "freelance", "part_time"}, i)))
		of(intent.Day)
		of(intent.Day, full)
		of(intent.Day, with(nth([]string{"oncall", "remote", "hours", "part_time"}, i)))
		of(intent.Skills)
		of(intent.Skills, full)
		of(intent.Skills, with(nth([]string{"levels", "math"}, i)))
		of(intent.Skills, about(nth([]string{"sql", "python", "kubernetes", "coding", "cobol", "excel", "git"}, i)))
		of(intent.Skills, with("enough"), about(nth([]string{"sql", "python", "math", "html"}, i)))
		of(intent.Tools)
		of(intent.Tools, about(nth([]string{"docker", "jira", "python"}, i)))
		of(intent.Salary)
		for n := range 3 {
			of(intent.Salary, in(nth(regions(c), i*3+n)))
		}
		of(intent.Salary, with("levels"))
		of(intent.Salary, years(nth([]string{"0-4", "5-9", "10-19", "20+"}, i)), in(nth(regions(c), i)))
		of(intent.Salary, func(x *intent.Intent) { x.Level = nth([]string{"senior", "junior", "entry", "lead"}, i) })
		of(intent.Salary, with(nth([]string{"freelance", "company", "equity", "part_time"}, i)))
		of(intent.Progression)
		of(intent.Progression, with("time"))
		of(intent.Prerequisites)
		of(intent.Prerequisites, full)
		for n, f := range []string{"time", "degree", "certifications", "bootcamp", "self-taught", "age", "freelance", "learning", "courses", "background", "steps", "entry"} {
			if n%3 == i%3 {
				of(intent.Prerequisites, with(f))
			}
		}
		partner := partnerOf(c, r, i)
		pair := func(a intent.Ask, aspect intent.Aspect, ids ...string) {
			out = append(out, intent.Intent{Ask: a, Roles: ids, Aspect: aspect})
		}
		pair(intent.Compare, intent.AnyAspect, r.ID, partner.ID)
		pair(intent.Compare, intent.Aspect(1+i%7), r.ID, partner.ID)
		pair(intent.Compare, intent.Aspect(1+(i+3)%7), r.ID, partner.ID)
		if i%2 == 0 {
			third, fourth := roles[(i+17)%len(roles)], roles[(i+61)%len(roles)]
			ids := []string{r.ID, partner.ID, third.ID, fourth.ID}[:3+i/2%2]
			if len(slices.Compact(slices.Sorted(slices.Values(ids)))) == len(ids) {
				pair(intent.Compare, intent.Aspect(i/2%8), ids...)
			}
		}
		of(intent.Compare)
		pair(intent.Path, intent.AnyAspect, r.ID, partner.ID)
		pair(intent.Path, intent.AnyAspect, r.ID, nth(roles, i*7+5).ID)
		of(intent.Path, with("from_outside"), func(in *intent.Intent) { in.Outside = "nurse" })
		of(intent.Path, with("to_outside"), func(in *intent.Intent) { in.Outside = "nurse" })
		of(intent.Overview, func(in *intent.Intent) { in.Also = []intent.Ask{intent.Salary} })
		if i%3 == 0 {
			pair(intent.Salary, intent.AnyAspect, r.ID, partner.ID)
			pair(intent.Skills, intent.AnyAspect, r.ID, partner.ID)
		}
	}
	for _, cat := range append(slices.Clone(c.Categories()), intent.All, "") {
		for page := range 3 {
			out = append(out, intent.Intent{Ask: intent.List, Category: cat, Page: page})
		}
		out = append(out, intent.Intent{Ask: intent.List, Category: cat, Level: "senior"})
	}
	for i, a := range knowledge.Traits {
		for _, b := range knowledge.Traits[i+1:] {
			for _, want := range []int8{1, -1} {
				out = append(out, intent.Intent{Ask: intent.Recommend, Traits: []intent.Trait{{Name: a, Want: 1}, {Name: b, Want: want}}})
			}
		}
		out = append(out, intent.Intent{Ask: intent.Recommend, Traits: []intent.Trait{{Name: a, Want: -1}}})
	}
	for _, a := range []intent.Ask{intent.Recommend, intent.Help, intent.OutOfScope, intent.Why} {
		out = append(out, intent.Intent{Ask: a})
	}
	out = append(out, intent.Intent{Ask: intent.UnknownRole, Outside: "nurse"},
		intent.Intent{Ask: intent.UnknownRole, Outside: "nurse", Also: []intent.Ask{intent.Salary}})
	return out
}

// partnerOf is a role to compare with: one that is confused with r, or comes
// after it, or any other.
func partnerOf(c *knowledge.Catalog, r *knowledge.Role, i int) *knowledge.Role {
	if it := r.Section(knowledge.ConfusedWith).Items(""); i%3 != 0 && len(it) > 0 {
		if o := c.Role(nth(it, i).Link); o != nil {
			return o
		}
	}
	if next := c.Next(r.ID); len(next) > 0 && i%2 == 0 {
		return c.Role(nth(next, i).To)
	}
	if o := nth(c.Roles(), i*13+29); o != r {
		return o
	}
	return nth(c.Roles(), i+1)
}

// nth takes elements in turn.
func nth[T any](of []T, i int) T { return of[i%len(of)] }

// regions are those that any figure of pay is of, and two that none is of.
func regions(c *knowledge.Catalog) []string {
	seen := map[string]bool{"Japan": true, "Iceland": true, "Vatican City": false}
	for _, r := range c.Roles() {
		for _, p := range r.Pay {
			seen[p.Region] = true
		}
	}
	var out []string
	for region, ok := range seen {
		if ok {
			out = append(out, region)
		}
	}
	slices.Sort(out)
	return out
}

// texts are all words of a part, with where each stands.
func texts(p bot.Part) []string {
	var out []string
	add := func(s ...string) {
		for _, x := range s {
			if x != "" {
				out = append(out, x)
			}
		}
	}
	switch p := p.(type) {
	case bot.Paragraph:
		add(p.Heading, p.Text)
	case bot.List:
		add(p.Heading)
		for _, it := range p.Items {
			add(it.Term, it.Text)
		}
	case bot.Facts:
		add(p.Heading)
		for _, f := range p.Facts {
			add(f.Name, f.Value)
		}
	case bot.Table:
		add(p.Heading)
		for _, c := range p.Columns {
			add(c.Name)
		}
		for _, row := range p.Rows {
			add(row...)
		}
	case bot.Chart:
		add(p.Title, p.Unit, p.Alt)
		for _, s := range p.Series {
			add(s.Name)
			for _, x := range s.Points {
				add(x.Label, x.Note)
			}
		}
	case bot.Note:
		add(p.Text)
	default:
		panic(fmt.Sprintf("a new part %T", p))
	}
	return out
}

// sampled takes one of n, the same ones each time.
func sampled(key string, n uint32) bool {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	return h.Sum32()%n == 0
}
