package discord_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/discord/discordtest"
	"careerbot/adapters/discord/gateway"
	"careerbot/adapters/internal/delivery"
)

// fast are the times of sessions in tests.
var fast = gateway.Times{Hello: time.Second, Ack: 300 * time.Millisecond, Invalid: 20 * time.Millisecond,
	Back: 10 * time.Millisecond, MaxBack: 50 * time.Millisecond, Bucket: 10 * time.Millisecond}

// bot is an adapter that runs against a Discord.
type running struct {
	*discord.Adapter
	stop func()
}

// run runs an adapter until the test ends or it is stopped.
func run(t *testing.T, d *discordtest.Discord, change ...func(*discord.Config)) *running {
	t.Helper()
	cfg := config(t)
	cfg.Mode, cfg.PublicKey, cfg.APIURL, cfg.Token = discord.Gateway, "", d.APIURL(), "a-very-secret-token"
	for _, c := range change {
		c(&cfg)
	}
	a, err := discord.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	a.Hurry(fast, 20*time.Millisecond, 100*time.Millisecond)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	r := &running{Adapter: a}
	r.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
		end, done := context.WithTimeout(context.Background(), 5*time.Second)
		defer done()
		a.Drain(end)
	})
	t.Cleanup(r.stop)
	d.Await("it is ready", a.Ready)
	return r
}

// served is a Discord with a bot that has both sessions.
func served(t *testing.T, change ...func(*discord.Config)) *discordtest.Discord {
	d := discordtest.New(t)
	run(t, d, change...)
	d.Await("two sessions are live", func() bool { return d.Live(0) == 2 })
	return d
}

// answer is the one answer to a message, once there is one.
func answer(t *testing.T, d *discordtest.Discord, id string) string {
	t.Helper()
	d.Await("an answer", func() bool { return len(d.Answers(id)) > 0 })
	<-time.After(50 * time.Millisecond) // for one too many
	all := d.Answers(id)
	if len(all) != 1 {
		t.Fatalf("%d answers", len(all))
	}
	return words(t, all[0].Raw)
}

// words are the texts of a message, without what escapes them.
func words(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var r reply
	if err := json.Unmarshal(raw, &r.Data); err != nil {
		t.Fatal(err)
	}
	out := r.text()
	var m struct {
		Embeds []struct{ Description string }
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	for _, e := range m.Embeds {
		out += "\n" + strings.ReplaceAll(e.Description, `\`, "")
	}
	return out
}

func contains(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("it lacks %q: %s", w, text)
		}
	}
}

// the mention of the bot.
const mention = "<@900> "

func TestAMentionIsAnsweredAsAReplyOnce(t *testing.T) {
	d := served(t)
	contains(t, answer(t, d, d.Say("10", "20", "30", mention+"what does a data engineer do?")), "Data Engineer")
	contains(t, answer(t, d, d.Say("10", "20", "30", "and the pay? "+mention)), "Data Engineer", "median")
	contains(t, answer(t, d, d.Say("10", "20", "31", "and the pay? "+mention)), "Which role")
	contains(t, answer(t, d, d.Say("10", "20", "30", mention)), "roles in IT")
	d.NoFaults()
}

func TestADirectMessageIsAnsweredWithoutAMention(t *testing.T) {
	d := served(t)
	dm := d.DirectChannel("30")
	contains(t, answer(t, d, d.Say("", dm, "30", "pay of a data engineer in Germany")), "Germany")
	contains(t, answer(t, d, d.Say("", dm, "30", "and in France?")), "Data Engineer", "France")
	contains(t, answer(t, d, d.Say("", dm, "30", "region Germany")), "Pay is shown for Germany")
	contains(t, answer(t, d, d.Say("", dm, "30", "what do you know about me?")), "Germany", "Data Engineer")
	contains(t, answer(t, d, d.Say("", dm, "30", "forget me")), "Nothing is kept about you")
	contains(t, answer(t, d, d.Say("10", "20", "30", mention+"forget me")), "between you and me")
	d.NoFaults()
}

func TestAReplyToAnAnswerGoesOnWithoutAMentionInItsText(t *testing.T) {
	d := served(t)
	answer(t, d, d.Say("10", "20", "30", mention+"what does a data engineer do?"))
	first := d.In("20")[0].ID
	id := d.Say("10", "20", "30", "", func(m map[string]any) {
		m["type"], m["content"], m["mentions"] = 19, "tools?", []any{map[string]any{"id": "900"}}
		m["message_reference"] = map[string]any{"message_id": first}
	})
	contains(t, answer(t, d, id), "Data Engineer", "Python")
	d.NoFaults()
}

func TestWhatIsNotSaidToItIsNotAnswered(t *testing.T) {
	d := served(t)
	for name, change := range map[string]func(map[string]any){
		"talk of others":   func(map[string]any) {},
		"a bot":            func(m map[string]any) { m["author"] = map[string]any{"id": "77", "bot": true} },
		"a webhook":        func(m map[string]any) { m["webhook_id"] = "5" },
		"itself":           func(m map[string]any) { m["author"] = map[string]any{"id": "900"} },
		"a pin":            func(m map[string]any) { m["type"] = 6 },
		"everyone":         func(m map[string]any) { m["mention_everyone"] = true },
		"another's name":   func(m map[string]any) { m["mentions"] = []any{map[string]any{"id": "31"}} },
		"nobody who wrote": func(m map[string]any) { delete(m, "author") },
	} {
		text := mention + "what does a data engineer do?"
		if name == "talk of others" || name == "everyone" || name == "another's name" {
			text = "what does a data engineer do?"
		}
		d.Say("10", "20", "30", text, change)
	}
	contains(t, answer(t, d, d.Say("10", "20", "30", mention+"tools of a DBA")), "Database Administrator")
	if n := len(d.In("20")); n != 1 {
		t.Errorf("%d answers, of one that was asked for", n)
	}
	d.NoFaults()
}

func TestAnInteractionOverTheGatewayIsAnsweredOnce(t *testing.T) {
	d := served(t)
	for range 10 {
		id := d.Interact(command("pay", "role", "backend-engineer"))
		d.Await("a response", func() bool { return d.Response(id) != nil })
		if !strings.Contains(string(d.Response(id)), "Backend Engineer") {
			t.Errorf("%s", d.Response(id))
		}
	}
	<-time.After(100 * time.Millisecond)
	d.NoFaults()
}

// Whatever becomes of the sessions, what is said meanwhile is answered once.
func TestWhateverBecomesOfTheSessionsEachMessageGetsOneAnswer(t *testing.T) {
	for name, trouble := range map[string]func(d *discordtest.Discord){
		"one is dropped":         func(d *discordtest.Discord) { d.Drop() },
		"all are dropped":        func(d *discordtest.Discord) { d.DropAll() },
		"asked to connect again": func(d *discordtest.Discord) { d.Reconnect() },
		"opcode 7 for the hello": func(d *discordtest.Discord) {
			d.Next(discordtest.ReconnectForHello, discordtest.ReconnectForHello)
			d.DropAll()
		},
		"opcode 7 for RESUMED": func(d *discordtest.Discord) {
			d.Next(discordtest.ReconnectForReady, discordtest.ReconnectForReady)
			d.DropAll()
		},
		"opcode 9, not resumable": func(d *discordtest.Discord) {
			d.Next(discordtest.InvalidForReady, discordtest.InvalidForReady)
			d.DropAll()
		},
		"opcode 9, resumable": func(d *discordtest.Discord) {
			d.Next(discordtest.ResumableForReady, discordtest.ResumableForReady)
			d.DropAll()
		},
		"nothing for the hello":    func(d *discordtest.Discord) { d.Next(discordtest.SilentForHello); d.DropAll() },
		"all sessions are invalid": func(d *discordtest.Discord) { d.Forget() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := served(t)
			var ids []string
			say := func() {
				ids = append(ids, d.Say("10", "20", fmt.Sprint(len(ids)), mention+"what does a data engineer do?"))
			}
			say()
			answer(t, d, ids[0])
			for range 4 {
				trouble(d)
				for range 3 {
					say()
					<-time.After(15 * time.Millisecond)
				}
				d.Await("two sessions are live again", func() bool { return d.Live(0) == 2 })
			}
			for _, id := range ids {
				d.Await("all are answered", func() bool { return len(d.Answers(id)) > 0 })
			}
			<-time.After(200 * time.Millisecond)
			for i, id := range ids {
				if n := len(d.Answers(id)); n != 1 {
					t.Errorf("message %d has %d answers", i, n)
				}
			}
			d.NoFaults()
		})
	}
}

func TestAConnectionThatIsDeadAndDoesNotSaySoIsGivenUp(t *testing.T) {
	d := discordtest.New(t)
	d.Interval = 200 * time.Millisecond
	run(t, d)
	d.Await("two sessions are live", func() bool { return d.Live(0) == 2 })
	d.Deafen(true)
	d.Await("they connect again", func() bool { _, resumed := d.Begun(); return resumed >= 2 })
	d.Deafen(false)
	contains(t, answer(t, d, d.Say("10", "20", "30", mention+"tools of a DBA")), "Database Administrator")
	d.NoFaults()
}

func TestWhatWasMissedIsAnsweredAfterwards(t *testing.T) {
	d := discordtest.New(t)
	old := d.SaidBefore(time.Hour, "10", "20", "30", mention+"what does an SRE do?")
	first := run(t, d)
	d.Await("two sessions are live", func() bool { return d.Live(0) == 2 })
	asked := d.Say("10", "20", "30", mention+"tools of a DBA")
	answer(t, d, asked)
	d.Forget()
	missed := d.SaidBefore(5*time.Minute, "10", "20", "31", mention+"what does a data engineer do?")
	contains(t, answer(t, d, missed), "Data Engineer")
	if len(d.Answers(old)) > 0 {
		t.Error("what is an hour old is answered")
	}
	if n := len(d.Answers(asked)); n != 1 {
		t.Errorf("what was answered has %d answers", n)
	}
	if n := first.Counts().Missed.Load(); n != 1 {
		t.Errorf("%d are counted as missed", n)
	}
	d.NoFaults()
}

func TestWhatDiscordTakesOnlyLaterArrivesOnce(t *testing.T) {
	d := served(t)
	for name, f := range map[string]discordtest.Failure{
		"429":                           {RetryAfter: 0.3},
		"503":                           {Status: http.StatusServiceUnavailable},
		"cut after it was done":         {Applied: true},
		"refused for how it is written": {Status: http.StatusBadRequest, Code: 50035},
		"no history to reply to":        {Status: http.StatusBadRequest, Code: 160002},
	} {
		t.Run(name, func(t *testing.T) {
			d.Fail(f)
			before := len(d.In("20"))
			d.Say("10", "20", "3"+fmt.Sprint(len(name)), mention+"tools of a DBA")
			d.Await("it is answered", func() bool { return len(d.In("20")) > before })
			<-time.After(400 * time.Millisecond)
			all := d.In("20")
			if len(all) != before+1 {
				t.Fatalf("%d answers", len(all)-before)
			}
			contains(t, words(t, all[before].Raw), "Database Administrator")
		})
	}
	d.NoFaults()
}

func TestWhereItMayNotAnswerTheAskerHearsItDirectly(t *testing.T) {
	d := served(t)
	for channel, c := range map[string]struct {
		code int
		want string
	}{"20": {50013, "Send Messages"}, "21": {50001, "View Channel"}} {
		d.Deny(channel, c.code)
		user := "3" + channel
		d.Say("10", channel, user, mention+"tools of a DBA")
		dm := d.DirectChannel(user)
		d.Await("it is answered directly", func() bool { return len(d.In(dm)) > 0 })
		contains(t, words(t, d.In(dm)[0].Raw), "Database Administrator", "owner can give me the permission "+c.want)
	}
	d.NoFaults()
}

func TestAFloodGetsOneNotice(t *testing.T) {
	d := served(t)
	var ids []string
	for range 30 {
		ids = append(ids, d.Say("10", "20", "30", mention+"tools of a DBA"))
	}
	other := d.Say("10", "20", "31", mention+"tools of a DBA")
	answer(t, d, other)
	<-time.After(200 * time.Millisecond)
	answers, notices := 0, 0
	for _, id := range ids {
		for _, m := range d.Answers(id) {
			answers++
			if strings.Contains(words(t, m.Raw), "faster than I answer") {
				notices++
			}
		}
	}
	if answers > delivery.PersonBurst+3 || notices != 1 {
		t.Errorf("%d answers, %d of them notices", answers, notices)
	}
	d.NoFaults()
}

func TestHostileTextPingsNobody(t *testing.T) {
	d := served(t)
	for i, text := range []string{"@everyone pay of a data engineer", "<@&10> <@31> what is a DBA", "[x](https://evil.example) @here", "```\n@everyone\n```",
		"\u202e\u200b<@900>", strings.Repeat("a data engineer ", 120), "<:x:1> <a:y:2> <t:1:R> </career:3> what does an SRE do?", "||x|| > # - 1."} {
		answer(t, d, d.Say("10", "20", fmt.Sprint(i), mention+text))
	}
	d.NoFaults() // each post was held against the rules, of which one is that nothing mentions anybody
}

func TestASetUpThatNeverWorksEndsWithItsRemedy(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*discord.Config)
		want   string
	}{
		"a wrong token":       {func(c *discord.Config) { c.Token = "another" }, "DISCORD_TOKEN is refused"},
		"a wrong application": {func(c *discord.Config) { c.ApplicationID = "901" }, "DISCORD_APPLICATION_ID is not the application"},
	} {
		for _, mode := range []discord.Mode{discord.Gateway, discord.HTTP, discord.Both} {
			t.Run(name+" "+string(mode), func(t *testing.T) {
				d := discordtest.New(t)
				cfg := config(t)
				cfg.APIURL, cfg.Mode = d.APIURL(), mode
				c.change(&cfg)
				a, err := discord.New(cfg)
				if err != nil {
					t.Fatal(err)
				}
				a.Hurry(fast, 20*time.Millisecond, time.Second)
				ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
				defer stop()
				if err := a.Run(ctx); err == nil || !strings.Contains(err.Error(), c.want) || len(secretsIn(err.Error())) > 0 {
					t.Errorf("%v", err)
				}
				if a.Ready() {
					t.Error("it is ready")
				}
			})
		}
	}
}

// roll is the list of replicas that are alive.
type roll struct {
	mu  sync.Mutex
	all []string
}

func (r *roll) Call(_ context.Context, me string) ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.all, me) {
		r.all = append(r.all, me)
	}
	return slices.Clone(r.all), nil
}

func (r *roll) Leave(_ context.Context, me string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = slices.DeleteFunc(r.all, func(n string) bool { return n == me })
	return nil
}

// Replicas share one ledger: each shard has two sessions, and a replica that
// goes costs nothing.
func TestReplicasShareTheShardsAndAnswerOnce(t *testing.T) {
	d := discordtest.New(t)
	d.Shards = 3
	local := delivery.NewLocal(delivery.LocalOptions{})
	list := &roll{}
	with := func(c *discord.Config) { c.Ledger, c.Outbox, c.Replicas = local, local, list }
	all := []*running{run(t, d, with), run(t, d, with), run(t, d, with)}
	settled := func() bool { return d.Live(0) == 2 && d.Live(1) == 2 && d.Live(2) == 2 }
	d.Await("each shard has two sessions", settled)
	said := func() {
		t.Helper()
		for shard := range 3 {
			contains(t, answer(t, d, d.Say(fmt.Sprint(shard<<22), fmt.Sprint("2", shard), "30", mention+"tools of a DBA")), "Database Administrator")
		}
	}
	said()
	all[0].stop()
	said()
	d.Await("each shard has two sessions again", settled)
	all[1].stop()
	said()
	d.Await("one replica holds them all", settled)
	d.NoFaults()
}

func TestEachShardIsSharedOutTwice(t *testing.T) {
	var all []string
	for i := range 5 {
		all = append(all, fmt.Sprintf("replica %d/100", i))
	}
	all = append(all, "told another number/200")
	most := 0
	held := map[string]int{}
	for shard := range 100 {
		n := 0
		for _, me := range all[:5] {
			s := discord.Share(all, me, shard)
			n += s
			held[me] += s
		}
		if n != 2 {
			t.Errorf("shard %d has %d sessions", shard, n)
		}
	}
	for _, n := range held {
		most = max(most, n)
	}
	if most > 60 { // of 200, by five
		t.Errorf("unevenly: %v", held)
	}
	if n := discord.Share(all, all[5], 0); n != 2 {
		t.Errorf("who is alone with its number holds %d", n)
	}
}
