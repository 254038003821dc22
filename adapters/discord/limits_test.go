package discord_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"careerbot/adapters/discord"
	"careerbot/adapters/discord/discordtest"
	"careerbot/bot"
	"careerbot/bot/bottest"
	"careerbot/bot/intent"
)

// options are the ways in which an answer is rendered.
func options() map[string]discord.Options {
	return map[string]discord.Options{
		"private": {Share: true, Compare: others},
		"public":  {Asker: "123456789012345678", Compare: others, Drawer: drawing("a picture")},
		"shared":  {By: "ann & <@2> @everyone\n# " + strings.Repeat("Ann", 40)},
		"embed":   {Level: discord.Basic, Share: true, Compare: others, By: "Ann"},
		"text":    {Level: discord.Plain, By: "Ann"},
	}
}

// drawing draws every chart alike.
type drawing string

func (d drawing) Draw(bot.Chart) ([]byte, error) {
	if d == "" {
		return nil, errors.New("cannot draw")
	}
	return []byte(d), nil
}

// check reports the faults of a message.
func check(t *testing.T, what string, m discord.Message) {
	t.Helper()
	raw, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range discordtest.CheckMessage(raw) {
		t.Errorf("%s: %s", what, f)
	}
	if t.Failed() {
		t.Fatalf("%s: %s", what, raw)
	}
}

// No extreme of any part, at any level, breaks a rule of Discord's.
func TestEveryExtremeKeepsToTheLimits(t *testing.T) {
	for _, c := range bottest.Cases() {
		if c.Answer.Kind == bot.Silent {
			continue
		}
		for name, o := range options() {
			check(t, c.Name+", "+name, discord.Render(c.Answer, o))
		}
	}
}

// The answers of the whole catalogue keep to them, and none of them is cut.
func TestThousandsOfAnswersKeepToTheLimitsAndAreWhole(t *testing.T) {
	core := bot.New(catalogue(t))
	roles := core.Suggest("", 10_000)
	var questions []string
	for i, r := range roles {
		other := roles[(i+7)%len(roles)].ID
		for _, q := range []string{"overview %s", "day %s", "day %s full", "skills %s", "tools %s", "pay %s", "pay %s with:levels", "next %s", "into %s", "compare %s " + other, "path %s " + other} {
			questions = append(questions, fmt.Sprintf(q, r.ID))
		}
		questions = append(questions, "list field:"+strings.ReplaceAll(strings.ToLower(r.Category), " ", "-"))
	}
	questions = append(questions, "help", "recommend", "hello", "PM", "what does a nurse earn?", "why?", strings.Repeat("x", 5000), "@everyone <@1> what does an SRE do?")
	if len(questions) < 1000 {
		t.Fatalf("%d questions only", len(questions))
	}
	cut, withoutShare := 0, 0
	for i, q := range questions {
		a := core.Ask(t.Context(), bot.Question{Text: q})
		m := discord.Render(a, discord.Options{Share: true, Compare: roles})
		check(t, q, m)
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "longer than Discord shows") || strings.Contains(string(raw), "more source") {
			cut++
			t.Errorf("%q is cut", q)
		}
		if (a.Kind == bot.Answered || a.Kind == bot.Partial) && a.Understood.Ask != intent.None && !strings.Contains(string(raw), `"share `) {
			withoutShare++
		}
		if i%8 > 0 {
			continue
		}
		for _, o := range []discord.Options{{Level: discord.Basic}, {Level: discord.Plain}, {Asker: "1234567890123456789"}} {
			check(t, q, discord.Render(a, o))
		}
	}
	if withoutShare > 0 {
		t.Errorf("%d answers cannot be shared", withoutShare)
	}
	t.Logf("%d questions, %d cut", len(questions), cut)
}

// Random answers of all sizes, with characters that count as two, keep to them
// too.
func TestRandomAnswersKeepToTheLimits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 400 {
		a := randomAnswer(r)
		for name, o := range options() {
			check(t, fmt.Sprint("random answer ", i, ", ", name), discord.Render(a, o))
		}
	}
}

func randomAnswer(r *rand.Rand) bot.Answer {
	words := []string{"pay", "@everyone", "*", "👩‍💻", "a_b_c", "<@1>", "`", "\n", "# ", "- ", "1. ", "回答", "𝔘𝔫𝔦", "::", ":x:", "[a](b)", "||", ".", "  ", "\u200b", "\u202e", "\x00", "\xff", "http://x.y"}
	text := func(most int) string {
		var b strings.Builder
		for range r.IntN(most + 1) {
			b.WriteString(words[r.IntN(len(words))])
			if r.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		return b.String()
	}
	size := []int{3, 30, 400}[r.IntN(3)]
	a := bot.Answer{Kind: bot.Kind(r.IntN(6)), Title: text(size), Lead: text(size), Understood: intent.Intent{Ask: intent.Salary, Roles: []string{"tide-engineer"}}}
	for range r.IntN(30) {
		switch r.IntN(6) {
		case 0:
			a.Parts = append(a.Parts, bot.Paragraph{Heading: text(size), Text: text(size)})
		case 1:
			l := bot.List{Heading: text(5), Ordered: r.IntN(2) == 0}
			for range r.IntN(20) {
				l.Items = append(l.Items, bot.Item{Term: text(size / 3), Text: text(size)})
			}
			a.Parts = append(a.Parts, l)
		case 2:
			a.Parts = append(a.Parts, bot.Facts{Facts: []bot.Fact{{Name: text(size), Value: text(size)}}})
		case 3:
			a.Parts = append(a.Parts, bot.Table{Columns: []bot.Column{{Name: text(3)}, {Name: text(3)}}, Rows: [][]string{{text(size), text(size)}}})
		case 4:
			a.Parts = append(a.Parts, bot.Chart{Title: text(5), Alt: text(size)})
		default:
			a.Parts = append(a.Parts, bot.Note{Text: text(size)})
		}
	}
	for range r.IntN(8) {
		a.Actions = append(a.Actions, bot.Action{Label: text(size), Ask: "pay " + strings.Repeat("x", 1+r.IntN(110))})
	}
	for range r.IntN(10) {
		a.Sources = append(a.Sources, bot.Source{Name: text(size), Ref: text(4), Note: text(size)})
	}
	return a
}

// What is left out is said: an answer that does not fit ends with a pointer to
// the rest.
func TestNothingIsLeftOutInSilence(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer bot.Answer
		levels []discord.Level
	}{
		{"long texts", bottest.LongTexts(), []discord.Level{discord.Full, discord.Basic, discord.Plain}},
		{"many parts", bottest.ManyParts(), []discord.Level{discord.Full, discord.Basic, discord.Plain}},
		{"a long table", bottest.LongTable(1000), []discord.Level{discord.Full, discord.Basic, discord.Plain}},
		{"long lists", bottest.LongLists(), []discord.Level{discord.Full, discord.Basic, discord.Plain}},
	} {
		for _, level := range c.levels {
			raw, err := json.Marshal(discord.Render(c.answer, discord.Options{Level: level}))
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(raw), "This answer is longer than Discord shows in one message"); n != 1 {
				t.Errorf("%s, level %d: %d pointers to the rest", c.name, level, n)
			}
		}
	}
	raw, err := json.Marshal(discord.Render(bottest.ManySources(), discord.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), "more sources") {
		t.Errorf("sources are left out in silence: %s", raw)
	}
}

// The first text is the lead: notifications are made of it.
func TestTheLeadComesFirst(t *testing.T) {
	a := bottest.Everything()
	for level, first := range map[discord.Level]func(discord.Message) string{
		discord.Full:  func(m discord.Message) string { return m.Components[0].Components[0].Content },
		discord.Basic: func(m discord.Message) string { return m.Content },
		discord.Plain: func(m discord.Message) string { return m.Content },
	} {
		if got := first(discord.Render(a, discord.Options{Level: level})); !strings.HasPrefix(got, a.Lead) {
			t.Errorf("level %d begins with %q", level, got)
		}
	}
}

// What is written by hand is what discordgo's types read and write.
func TestComponentsAreThoseOfDiscordgo(t *testing.T) {
	for _, c := range bottest.Cases() {
		for name, o := range options() {
			m := discord.Render(c.Answer, o)
			for _, part := range m.Components {
				raw, err := json.Marshal(part)
				if err != nil {
					t.Fatal(err)
				}
				read, err := discordgo.MessageComponentFromJSON(raw)
				if err != nil {
					t.Fatalf("%s, %s: %v\n%s", c.Name, name, err, raw)
				}
				again, err := json.Marshal(read)
				if err != nil {
					t.Fatal(err)
				}
				if a, b := generic(t, raw), generic(t, again); !reflect.DeepEqual(a, b) {
					t.Errorf("%s, %s: written\n%s\nread and written by discordgo\n%s", c.Name, name, raw, again)
				}
			}
		}
	}
}

// generic is JSON without what is not set.
func generic(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	var strip func(any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, e := range v {
				if e == false || e == "" || e == nil || e == float64(0) {
					delete(v, k)
					continue
				}
				strip(e)
			}
		case []any:
			for _, e := range v {
				strip(e)
			}
		}
	}
	strip(v)
	return v
}

// A chart is a picture where there is one who draws, with a text for those who
// do not see it; without, its figures stand in words.
func TestAChartIsAPictureWithItsFiguresInWords(t *testing.T) {
	a := bottest.Everything()
	m := discord.Render(a, discord.Options{Drawer: drawing("PNG")})
	if len(m.Pictures) != 1 || len(m.Attachments) != 1 || m.Attachments[0].Description != "Tide Engineer, scores of 100: technical depth 85, documentation 60." {
		t.Fatalf("pictures %q, attachments %v", m.Pictures, m.Attachments)
	}
	kind, body, err := m.Encode()
	if err != nil || !strings.HasPrefix(kind, "multipart/form-data") || !strings.Contains(string(body), "PNG") || !strings.Contains(string(body), `name="files[0]"; filename="chart-1.png"`) {
		t.Errorf("%v: %s: %s", err, kind, body)
	}
	for _, d := range []discord.Drawer{nil, drawing("")} {
		m = discord.Render(a, discord.Options{Drawer: d})
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Pictures) > 0 || !strings.Contains(string(raw), "**Technical depth:** very high, 85 of 100") {
			t.Errorf("without a picture: %s", raw)
		}
	}
}

// Every fact of the answer is in the message.
func TestNoFactIsLost(t *testing.T) {
	for level := discord.Full; level <= discord.Plain; level++ {
		raw, err := json.Marshal(discord.Render(bottest.Everything(), discord.Options{Level: level}))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Atlantis", "41,100–75,000", "55,500 XAU/year", "120 respondents", "Harbour Survey 2025", "91,200 XVE/year", "ODbL 1.0", "outside the survey"} {
			if !strings.Contains(string(raw), want) {
				t.Errorf("level %d: %q is lost", level, want)
			}
		}
	}
}
