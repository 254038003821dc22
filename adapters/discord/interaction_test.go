package discord_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/discord/discordtest"
	"careerbot/adapters/internal/delivery"
	"careerbot/bot"
)

// Every subcommand is answered in private, by ids that were chosen and by
// names that were typed.
func TestSubcommandsAreAnswered(t *testing.T) {
	a := newApp(t)
	for _, c := range []struct {
		in   fields
		want string
	}{
		{command("role", "role", "data-engineer"), "Data Engineers build the pipelines"},
		{command("role", "role", "Data Engineer"), "Data Engineers build the pipelines"},
		{command("role", "role", "data enginer"), "Data Engineer"},
		{command("day", "role", "site-reliability-engineer"), "A day as a Site Reliability Engineer"},
		{command("skills", "role", "ux-designer"), "What a UX Designer needs first"},
		{command("tools", "role", "sre"), "Site Reliability Engineers use Python most"},
		{command("pay", "role", "backend-engineer", "region", "Germany"), "in Germany, the median is"},
		{command("pay", "role", "backend dev", "region", "usa"), "in the United States, the median is"},
		{command("pay", "role", "backend-engineer", "region", "uk"), "United Kingdom"},
		{command("compare", "role", "backend-engineer", "with", "devops-engineer"), "Unlike a Backend Engineer, a DevOps Engineer"},
		{command("compare", "role", "backend-engineer", "with", "devops"), "Unlike a Backend Engineer, a DevOps Engineer"},
		{command("compare", "role", "backend-engineer", "with", "devops-engineer", "about", "salary"), "has the higher median"},
		{command("path", "from", "help-desk-technician", "to", "cloud-engineer"), "From Help Desk Technician to Cloud Engineer"},
		{command("path", "from", "help desk", "to", "cloud engineer"), "From Help Desk Technician to Cloud Engineer"},
		{command("next", "role", "backend-engineer"), "The usual step up from Backend Engineer"},
		{command("recommend"), "Do you like to write code?"},
		{command("recommend", "wishes", "I like design, no coding"), "these fit best"},
		{command("list", "field", "Security"), "roles in Security"},
		{command("list", "field", "security"), "roles in Security"},
		{command("list"), "fields"},
		{command("list", "field", "all"), "fields"},
		{command("ask", "question", "what does a data engineer earn in Germany?"), "in Germany"},
		{command("help"), "Ask me about roles in IT"},
		{inServer(2, fields{"name": "career", "type": 1}), "Ask me about roles in IT"},
		{command("role", "role", "nurse"), "not in the catalogue"},
		{command("pay"), "Which role"},
	} {
		r := a.send(c.in)
		if r.Type != 4 || !r.private() || !strings.Contains(r.text(), c.want) {
			t.Errorf("%v: want %q in %d, %s", c.in["data"], c.want, r.Type, r.text())
		}
		for _, f := range discordtest.CheckResponse([]byte(r.raw)) {
			t.Errorf("%v: %s", c.in["data"], f)
		}
	}
}

// A person goes on with what they spoke about, and nobody else does.
func TestAConversationIsOnePersonsInOneChannel(t *testing.T) {
	a := newApp(t)
	a.send(command("role", "role", "data-engineer"))
	if r := a.send(command("ask", "question", "and in Germany?")); !strings.Contains(r.text(), "Data Engineer") {
		t.Errorf("the same person: %s", r.text())
	}
	if r := a.send(command("pay")); !strings.Contains(r.text(), "Data Engineer") {
		t.Errorf("a command without its role: %s", r.text())
	}
	if r := a.send(by("31", "Bob", command("ask", "question", "and in Germany?"))); strings.Contains(r.text(), "Data Engineer") {
		t.Errorf("another person: %s", r.text())
	}
	elsewhere := command("ask", "question", "and in Germany?")
	elsewhere["channel_id"] = "21"
	if r := a.send(elsewhere); strings.Contains(r.text(), "Data Engineer") {
		t.Errorf("another channel: %s", r.text())
	}
}

// Options complete while they are typed: by beginning, by alias, by near miss.
func TestOptionsComplete(t *testing.T) {
	a := newApp(t)
	for _, c := range []struct{ name, option, typed, first string }{
		{"role", "role", "data eng", "data-engineer"},
		{"role", "role", "sre", "site-reliability-engineer"},
		{"role", "role", "data enginer", "data-engineer"},
		{"compare", "with", "devops eng", "devops-engineer"},
		{"path", "to", "cloud eng", "cloud-engineer"},
		{"pay", "region", "ger", "Germany"},
		{"pay", "region", "germny", "Germany"},
		{"pay", "region", "sapin", "Spain"},
		{"pay", "region", "usa", "United States"},
		{"pay", "region", "kingdom", "United Kingdom"},
		{"list", "field", "secu", "Security"},
		{"list", "field", "secruity", "Security"},
	} {
		r := a.send(typing(c.name, c.option, c.typed))
		if r.Type != 8 || len(r.Data.Choices) == 0 || r.Data.Choices[0].Value != c.first {
			t.Errorf("%s %s %q: %d, %v", c.name, c.option, c.typed, r.Type, r.Data.Choices)
		}
	}
	for _, in := range []fields{typing("role", "role", ""), typing("pay", "region", ""), typing("list", "field", "")} {
		if r := a.send(in); len(r.Data.Choices) == 0 || len(r.Data.Choices) > 25 {
			t.Errorf("nothing typed: %d choices", len(r.Data.Choices))
		}
	}
	for _, in := range []fields{typing("role", "role", "zzzzzzz"), typing("role", "gone", "a"), typing("gone", "gone", "a"), inServer(4, fields{}), typing("role", "role", strings.Repeat("é", 6000))} {
		r := a.send(in)
		if r.Type != 8 || !strings.Contains(r.raw, `"choices":[`) {
			t.Errorf("nothing found: %s", r.raw)
		}
		for _, f := range discordtest.CheckResponse([]byte(r.raw)) {
			t.Error(f)
		}
	}
}

// The role that is chosen already is not offered to compare with.
func TestARoleIsNotOfferedTwice(t *testing.T) {
	in := typing("compare", "with", "data engineer")
	sub := in["data"].(fields)["options"].([]fields)[0]
	sub["options"] = append(sub["options"].([]fields), fields{"name": "role", "type": 3, "value": "data-engineer"})
	r := newApp(t).send(in)
	for _, c := range r.Data.Choices {
		if c.Value == "data-engineer" {
			t.Error("offered again")
		}
	}
}

func TestAnUnknownRegionOrFieldIsSaidWithTheNearest(t *testing.T) {
	a := newApp(t)
	r := a.send(command("pay", "role", "data-engineer", "region", "Germny"))
	if !strings.Contains(r.text(), "I have no pay for a region called “Germny”. Do you mean Germany?") || r.pressable()["Pay in Germany"] != "pay data-engineer in:germany" {
		t.Errorf("%s %v", r.text(), r.pressable())
	}
	r = a.send(command("pay", "role", "data-engineer", "region", "Atlantis"))
	if !strings.Contains(r.text(), "I have no pay for a region called “Atlantis”.") || r.pressable()["Pay in any region"] != "pay data-engineer" {
		t.Errorf("%s %v", r.text(), r.pressable())
	}
	r = a.send(command("list", "field", "secruity"))
	if !strings.Contains(r.text(), "Do you mean Security?") || r.pressable()["Security"] != "list field:security" {
		t.Errorf("%s %v", r.text(), r.pressable())
	}
}

// A press on one's own message changes it; on another's it is answered in
// private, and the message stays.
func TestAPressIsAnsweredWhereItBelongs(t *testing.T) {
	a := newApp(t)
	for _, c := range []struct {
		name    string
		in      fields
		kind    int
		private bool
	}{
		{"one's own private answer", press("pay data-engineer", privateMessage), 7, false},
		{"one's own answer that all see", press("pay data-engineer @30", publicMessage), 7, false},
		{"another's answer", press("pay data-engineer @31", publicMessage), 4, true},
		{"a shared answer", press("pay data-engineer", publicMessage), 4, true},
		{"an embed of one's own", press("pay data-engineer @30", 0), 4, true},
		{"a select", press("compare data-engineer", privateMessage, "analytics-engineer"), 7, false},
		{"a select in another's answer", press("compare data-engineer @31", publicMessage, "analytics-engineer"), 4, true},
	} {
		r := a.send(c.in)
		if r.Type != c.kind || r.private() != c.private || !strings.Contains(r.text(), "Data Engineer") {
			t.Errorf("%s: %s", c.name, r.raw)
		}
		for _, f := range discordtest.CheckResponse([]byte(r.raw)) {
			t.Errorf("%s: %s", c.name, f)
		}
	}
	r := a.send(press("pay data-engineer @30", publicMessage))
	for label, id := range r.pressable() {
		if !strings.HasSuffix(id, " @30") {
			t.Errorf("the message is no longer the asker's: %s is %q", label, id)
		}
	}
	if r := a.send(press("compare data-engineer", privateMessage, "data-engineer")); !strings.Contains(r.text(), "Choose another one") {
		t.Errorf("compared with itself: %s", r.text())
	}
	if r := a.send(press("overview role-that-left", privateMessage)); len(r.text()) < 20 {
		t.Errorf("a role that left the catalogue: %s", r.raw)
	}
}

// Everything that an answer offers to press leads to an answer.
func TestEveryButtonOfAnAnswerWorks(t *testing.T) {
	a := newApp(t)
	for _, in := range []fields{command("role", "role", "data-engineer"), command("pay", "role", "backend-engineer"), command("compare", "role", "sre", "with", "devops"), command("ask", "question", "PM"), command("recommend"), command("list")} {
		for label, id := range a.send(in).pressable() {
			p := press(id, privateMessage)
			if strings.HasPrefix(label, "Compare with …") {
				p = press(id, privateMessage, "ux-designer")
			}
			r := a.send(p)
			if text := r.text(); strings.Contains(text, "no longer works") || strings.Contains(text, "do not understand") || len(text) < 20 {
				t.Errorf("%s (%s): %s", label, id, text)
			}
		}
	}
}

// Share shows the answer to the channel, once, and says who shared it.
func TestAnAnswerIsSharedOnce(t *testing.T) {
	a := newApp(t)
	private := a.send(command("pay", "role", "backend-engineer", "region", "Germany"))
	share := private.pressable()["Share"]
	if share != "share pay backend-engineer in:germany" {
		t.Fatalf("Share is %q", share)
	}
	r := a.send(by("30", "Ann *the* @everyone", press(share, privateMessage)))
	text := r.text()
	if r.Type != 4 || r.private() || !strings.Contains(text, "in Germany, the median is") || !strings.Contains(text, "Shared by Ann *the* @\u200beveryone.") || strings.Contains(text, "Only you see") {
		t.Errorf("shared: %s", r.raw)
	}
	if r.pressable()["Share"] != "" {
		t.Error("what is shared can be shared again")
	}
	for _, f := range discordtest.CheckResponse([]byte(r.raw)) {
		t.Error(f)
	}
	if r := a.send(press(share, privateMessage)); !r.private() || !strings.Contains(r.text(), "already") {
		t.Errorf("the second time: %s", r.raw)
	}
	again := press(share, privateMessage)
	again["message"].(fields)["id"] = "41"
	if r := a.send(again); r.private() {
		t.Error("another message of the same answer cannot be shared")
	}
	nick := member("30", "Ann")
	nick["nick"] = "Captain"
	other := press(share, privateMessage)
	other["message"].(fields)["id"], other["member"] = "42", nick
	if r := a.send(other); !strings.Contains(r.text(), "Shared by Captain.") {
		t.Errorf("a nickname: %s", r.text())
	}
}

// In a direct message with the bot there is nobody to share with.
func TestNothingIsSharedWhereNobodyElseIs(t *testing.T) {
	in := command("role", "role", "data-engineer")
	delete(in, "member")
	delete(in, "guild_id")
	in["context"], in["user"] = 1, fields{"id": "30", "username": "ann"}
	r := newApp(t).send(in)
	if !strings.Contains(r.text(), "Data Engineers build") || r.pressable()["Share"] != "" {
		t.Errorf("%s", r.raw)
	}
	in["context"] = 2 // with other people, where the app is installed for a person
	if r := newApp(t).send(in); r.pressable()["Share"] == "" {
		t.Error("nothing can be shared in a private channel")
	}
}

// What is kept can be seen and erased, and nothing of it is anybody else's.
func TestWhatIsKeptIsShownAndForgotten(t *testing.T) {
	a := newApp(t)
	a.send(command("role", "role", "data-engineer"))
	if r := a.send(command("region", "region", "germany")); !strings.Contains(r.text(), "Pay is shown for Germany") {
		t.Errorf("a region: %s", r.text())
	}
	if r := a.send(command("pay", "role", "backend-engineer")); !strings.Contains(r.text(), "in Germany, the median") {
		t.Errorf("pay with a region kept: %s", r.text())
	}
	if r := a.send(command("about-me")); !strings.Contains(r.text(), "Region for pay:** Germany") || !strings.Contains(r.text(), "Backend Engineer") || !r.private() {
		t.Errorf("about me: %s", r.text())
	}
	if r := a.send(by("31", "Bob", command("about-me"))); !strings.Contains(r.text(), "Nothing is kept about you.") {
		t.Errorf("about another: %s", r.text())
	}
	if r := a.send(command("forget")); !strings.Contains(r.text(), "Done. Nothing is kept about you any more") || !r.private() {
		t.Errorf("forget: %s", r.text())
	}
	if r := a.send(command("about-me")); !strings.Contains(r.text(), "Nothing is kept about you.") {
		t.Errorf("afterwards: %s", r.text())
	}
	if r := a.send(command("region", "region", "Atlantis")); !strings.Contains(r.text(), "stays as it is") {
		t.Errorf("an unknown region: %s", r.text())
	}
	if r := a.send(command("region")); !strings.Contains(r.text(), "is erased") {
		t.Errorf("no region: %s", r.text())
	}
}

// A store that is away costs the region and the memory, never the answer.
func TestAStoreThatIsAwayCostsNoAnswer(t *testing.T) {
	a := newApp(t, func(c *discord.Config) {
		c.Settings, c.Ledger, c.Outbox = away{}, awayLedger{}, delivery.NewLocal(delivery.LocalOptions{})
	})
	if r := a.send(command("pay", "role", "backend-engineer")); !strings.Contains(r.text(), "the median is") {
		t.Errorf("pay: %s", r.text())
	}
	if r := a.send(command("region", "region", "germany")); !strings.Contains(r.text(), "cannot keep your region just now") {
		t.Errorf("region: %s", r.text())
	}
	if r := a.send(command("forget")); !strings.Contains(r.text(), "not erased yet") {
		t.Errorf("forget: %s", r.text())
	}
	share := press("share pay backend-engineer", privateMessage)
	if r := a.send(share); r.private() {
		t.Errorf("share: %s", r.raw)
	}
	if r := a.send(share); !r.private() {
		t.Errorf("shared twice: %s", r.raw)
	}
}

var errAway = errors.New("the store is away")

type away struct{}

func (away) Get(context.Context, string) (string, error) { return "", errAway }
func (away) Forget(context.Context, string) error        { return errAway }

// A store that does not answer costs two and a half of the three seconds.
func TestAStoreThatHangsIsNotWaitedForTooLong(t *testing.T) {
	core := config(t).Core
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, func(c *discord.Config) { c.Core, c.Settings = core, hanging{} })
		began := time.Now()
		r := a.Respond(t.Context(), encode(t, command("pay", "role", "backend-engineer")))
		if took := time.Since(began); took > 2600*time.Millisecond || !strings.Contains(string(r), "the median is") {
			t.Errorf("after %v: %s", took, r)
		}
	})
}

type hanging struct{ away }

func (hanging) Get(ctx context.Context, _ string) (string, error) {
	<-ctx.Done()
	return "", ctx.Err()
}

// Many at once are answered each with their own.
func TestManyAreAnsweredAtOnce(t *testing.T) {
	a := newApp(t)
	roles := []string{"data-engineer", "backend-engineer", "ux-designer", "security-engineer"}
	var all sync.WaitGroup
	for i := range 200 {
		all.Go(func() {
			role := roles[i%len(roles)]
			out := a.Respond(t.Context(), encode(t, by(strconv.Itoa(i), "Ann", command("role", "role", role))))
			if !strings.Contains(string(out), `"share overview `+role+`"`) {
				t.Errorf("%s: %s", role, out)
			}
		})
	}
	all.Wait()
}

// The command on a message explains the roles in it, to who asked.
func TestAMessageIsExplained(t *testing.T) {
	in := inServer(2, fields{"name": "Explain the roles", "type": 3, "target_id": "7",
		"resolved": fields{"messages": fields{"7": fields{"id": "7", "content": "We look for a data engineer and an SRE"}}}})
	r := newApp(t).send(in)
	if !r.private() || !strings.Contains(r.text(), "Data Engineer") || !strings.Contains(r.text(), "Site Reliability Engineer") {
		t.Errorf("%s", r.text())
	}
}

// What is asked again and again is written once, and is the same for all.
func TestTheSameQuestionHasTheSameResponse(t *testing.T) {
	a := newApp(t)
	first := a.send(command("role", "role", "data-engineer")).raw
	if again := a.send(by("31", "Bob", command("role", "role", "data-engineer"))).raw; again != first {
		t.Errorf("%s\n%s", first, again)
	}
	if strings.Contains(first, askerMark) {
		t.Error("the response of many names one")
	}
}

// askerMark stands before the id of whose message it is.
const askerMark = " @"

// Other roles of the same field come first to compare with.
func TestTheRolesToCompareWithAreThoseOfTheField(t *testing.T) {
	r := newApp(t).send(command("role", "role", "data-engineer"))
	at := strings.Index(r.raw, `"options":[`)
	if at < 0 {
		t.Fatal("there is no select")
	}
	options := r.raw[at:]
	if n := strings.Count(options, `"value":`); n != 25 {
		t.Errorf("%d options", n)
	}
	if !strings.Contains(options[:min(len(options), 200)], `"description":"Data`) || strings.Contains(options, `"value":"data-engineer"`) {
		t.Errorf("%.300s", options)
	}
}

// An answer is not forced on a core that is silent.
func TestAnInteractionIsNeverMetWithSilence(t *testing.T) {
	a := newApp(t, func(c *discord.Config) { c.Core = mute{c.Core} })
	if r := a.send(command("ask", "question", "x")); len(r.text()) < 20 {
		t.Errorf("%s", r.raw)
	}
}

type mute struct{ discord.Core }

func (mute) Ask(context.Context, bot.Question) bot.Answer { return bot.Answer{Kind: bot.Silent} }

func TestCommandsAreOnesThatDiscordTakes(t *testing.T) {
	names := discord.Translations{"de": {"career": {Description: "Frag nach Berufen in der IT"}, "career pay": {Name: "gehalt", Description: "Was eine Rolle verdient"}, "career pay region": {Name: "land"}}}
	for _, n := range []discord.Translations{nil, names} {
		raw := encode(t, discord.Commands(n))
		for _, f := range discordtest.CheckCommands(raw) {
			t.Error(f)
		}
		if got := strings.Contains(string(raw), `"gehalt"`) && strings.Contains(string(raw), `"land"`) && strings.Contains(string(raw), "Frag nach"); got != (n != nil) {
			t.Errorf("translated: %v", got)
		}
		for _, want := range []string{`"contexts":[0,1,2]`, `"integration_types":[0,1]`} {
			if strings.Count(string(raw), want) != 2 {
				t.Errorf("%s is not on both commands: %s", want, raw)
			}
		}
	}
	var subs []string
	for _, o := range discord.Commands(nil)[0].Options {
		subs = append(subs, o.Name)
	}
	for _, want := range []string{"role", "day", "skills", "tools", "pay", "compare", "path", "next", "recommend", "list", "ask", "help", "forget", "about-me"} {
		if !slices.Contains(subs, want) {
			t.Errorf("/career %s is missing", want)
		}
	}
}
