package slack_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"careerbot/adapters/slack"
)

func TestACommandIsAnsweredInItsResponseForTheAskerAlone(t *testing.T) {
	a := newApp(t)
	r := a.command("U1", "what does a backend engineer earn in Germany?")
	text, _ := r["text"].(string)
	if r["response_type"] != "ephemeral" || !strings.Contains(text, "Backend Engineer in Germany") || r["blocks"] == nil {
		t.Errorf("%v", r)
	}
	blocks, err := json.Marshal(r["blocks"])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"share"`, `"compare:backend-engineer"`, `"feedback"`, `"table"`} {
		if !strings.Contains(string(blocks), want) {
			t.Errorf("the response lacks %s: %s", want, blocks)
		}
	}
	if n := len(a.api.to("chat.postMessage")); n != 0 {
		t.Errorf("%d posts", n)
	}
}

func TestCommandsGoOnWithTheTalkOfOnePersonInOneChannel(t *testing.T) {
	a := newApp(t)
	a.said("U1", "what does a data engineer do?")
	if got := a.said("U1", "and what do they earn in France?"); !strings.Contains(got, "Data Engineer") {
		t.Errorf("the follow-up: %s", got)
	}
	if got := a.said("U2", "and what do they earn in France?"); !strings.Contains(got, "Which role") {
		t.Errorf("another person's follow-up: %s", got)
	}
}

func TestTheStartPage(t *testing.T) {
	a := newApp(t)
	for _, text := range []string{"", "  ", "help", "Help!"} {
		r := a.command("U1", text)
		blocks, _ := r["blocks"].([]any)
		buttons := 0
		for _, b := range blocks {
			if b := b.(fields); b["type"] == "actions" {
				buttons += len(b["elements"].([]any))
			}
		}
		if buttons < 3 || r["response_type"] != "ephemeral" {
			t.Errorf("%q: %d buttons in %v", text, buttons, r)
		}
	}
}

func TestWhatIsKeptIsShownAndErased(t *testing.T) {
	a := newApp(t)
	a.said("U1", "what does a data engineer do?")
	if got := a.said("U1", "region Germany"); !strings.Contains(got, "Germany") {
		t.Errorf("region: %s", got)
	}
	if got := a.said("U1", "what does a backend engineer earn?"); !strings.Contains(got, "in Germany") {
		t.Errorf("pay with a region chosen: %s", got)
	}
	if got := a.said("U1", "about-me"); !strings.Contains(got, "pay of Backend Engineer") || !strings.Contains(got, "Region for pay: Germany") {
		t.Errorf("about-me: %s", got)
	}
	if got := a.said("U1", "forget"); !strings.HasPrefix(got, "Done.") {
		t.Errorf("forget: %s", got)
	}
	if got := a.said("U1", "about-me"); !strings.HasPrefix(got, "Nothing is kept") {
		t.Errorf("about-me after: %s", got)
	}
	if got := a.said("U1", "and what do they earn?"); !strings.Contains(got, "Which role") {
		t.Errorf("a follow-up after: %s", got)
	}
}

func TestRegionsAreNeverGuessed(t *testing.T) {
	a := newApp(t)
	for _, c := range []struct{ text, want string }{
		{"region", "not set"},
		{"region atlantis", "stays as it is"},
		{"region united", "Which region"},
		{"region new zealand", "New Zealand"},
		{"region", "is New Zealand"},
		{"region none", "is erased"},
		{"region", "not set"},
	} {
		if got := a.said("U9", c.text); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s", c.text, got)
		}
	}
}

func TestAMentionIsAnsweredInItsThread(t *testing.T) {
	a := newApp(t)
	if status := a.event(mention("1.1", "what does an SRE do?")); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
	post := a.api.await("chat.postMessage", 1)[0].form
	for key, want := range map[string]string{"channel": "C1", "thread_ts": "1.1", "unfurl_links": "false", "unfurl_media": "false", "mrkdwn": "false"} {
		if got := post.Get(key); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	if !strings.Contains(post.Get("text"), "Site Reliability Engineer") || !strings.Contains(post.Get("blocks"), "next:U1") {
		t.Errorf("posted %v", post)
	}
	a.event(fields{"type": "app_mention", "user": "U1", "text": "<@UBOT|careerbot> and what do they earn?", "ts": "1.2", "thread_ts": "1.1", "channel": "C1"})
	if post := a.api.await("chat.postMessage", 2)[1].form; post.Get("thread_ts") != "1.1" || !strings.Contains(post.Get("text"), "Site Reliability Engineer") {
		t.Errorf("the follow-up: %s", post.Get("text"))
	}
}

// A message comes as app_mention and as message, with ids of their own, and
// each again when Slack was in doubt. It is answered once.
func TestAMessageIsAnsweredOnceHoweverOftenItComes(t *testing.T) {
	a := newApp(t)
	var all sync.WaitGroup
	for i := range 10 {
		all.Go(func() {
			e := mention("7.7", "what does a data engineer do?")
			if i%2 == 1 {
				e = inChannel("7.7", "", "U1", "<@UBOT> what does a data engineer do?")
			}
			var headers []string
			if i > 3 {
				headers = []string{"X-Slack-Retry-Num", "1", "X-Slack-Retry-Reason", "http_timeout"}
			}
			if status := a.event(e, headers...); status != http.StatusOK {
				t.Errorf("status %d", status)
			}
		})
	}
	all.Wait()
	if n := len(a.api.to("chat.postMessage")); n != 1 {
		t.Errorf("%d answers", n)
	}
	a.event(mention("7.8", "what does a data engineer do?"))
	if n := len(a.api.to("chat.postMessage")); n != 2 {
		t.Errorf("%d answers to two messages", n)
	}
}

func TestNobodyIsAnsweredWhoDidNotAsk(t *testing.T) {
	a := newApp(t)
	asked := "<@UBOT> what does a data engineer do?"
	for name, e := range map[string]fields{
		"a bot's message":        {"type": "app_mention", "user": "U1", "bot_id": "B1", "text": asked, "ts": "1.1", "channel": "C1"},
		"the bot's own":          {"type": "message", "channel_type": "im", "user": "UBOT", "text": asked, "ts": "1.2", "channel": "D1"},
		"a bot_message":          {"type": "message", "subtype": "bot_message", "channel_type": "im", "text": asked, "ts": "1.3", "channel": "D1"},
		"an edit":                {"type": "message", "subtype": "message_changed", "channel_type": "im", "channel": "D1", "ts": "1.4", "message": fields{"user": "U1", "text": asked}},
		"a mention by an edit":   {"type": "app_mention", "user": "U1", "text": asked, "ts": "1.5", "channel": "C1", "edited": fields{"user": "U1", "ts": "1.6"}},
		"a deletion":             {"type": "message", "subtype": "message_deleted", "channel_type": "im", "channel": "D1", "ts": "1.7"},
		"a join":                 {"type": "message", "subtype": "channel_join", "channel_type": "channel", "user": "U1", "text": asked, "ts": "1.8", "channel": "C1"},
		"talk of others":         inChannel("1.9", "", "U1", "what does a data engineer do?"),
		"a thread of others":     inChannel("1.10", "1.9", "U1", "what does a data engineer do?"),
		"Slackbot":               {"type": "message", "channel_type": "im", "user": "USLACKBOT", "text": asked, "ts": "1.11", "channel": "D1"},
		"a message without a ts": {"type": "app_mention", "user": "U1", "text": asked, "channel": "C1"},
		"an unknown event":       {"type": "emoji_changed", "subtype": "add"},
		"a channel as an object": {"type": "channel_created", "channel": fields{"id": "C9"}},
	} {
		if status := a.event(e); status != http.StatusOK {
			t.Errorf("%s: status %d", name, status)
		}
	}
	if got := a.api.to("chat.postMessage"); len(got) != 0 {
		t.Errorf("answered: %v", got)
	}
}

func TestADirectMessageNeedsNoMention(t *testing.T) {
	a := newApp(t)
	a.event(direct("2.1", "", "what does a dba do?"))
	a.event(direct("2.2", "", "and what do they earn in Poland?"))
	a.event(direct("2.3", "2.1", "and which skills?"))
	posts := a.api.await("chat.postMessage", 3)
	for i, want := range []struct{ thread, text string }{{"2.1", "Database"}, {"2.2", "Database Administrator in Poland"}, {"2.1", "Database"}} {
		if p := posts[i].form; p.Get("thread_ts") != want.thread || !strings.Contains(p.Get("text"), want.text) {
			t.Errorf("answer %d in %s: %s", i+1, p.Get("thread_ts"), p.Get("text"))
		}
	}
	// Each talk is titled by what it is about, and a reply in it is no new talk.
	if titles := a.api.await("agents.sessions.rename", 2); titles[0].form.Get("title") == "" || titles[0].form.Get("channel_id") != "D1" {
		t.Errorf("title: %v", titles[0].form)
	}
}

func TestThreadsOfADirectMessageAreTalksOfTheirOwn(t *testing.T) {
	a := newApp(t)
	a.event(direct("3.1", "", "what does a UX designer do?"))
	a.event(direct("3.2", "", "what does a data engineer do?"))
	a.event(direct("3.3", "3.1", "what do they earn in Germany?"))
	if got := a.api.await("chat.postMessage", 3)[2].form.Get("text"); !strings.Contains(got, "UX Designer") {
		t.Errorf("in the first thread: %s", got)
	}
}

// With the channels' history the asker's own replies go on without a mention,
// until somebody else speaks or somebody says stop.
func TestAThreadGoesOnUntilTwoTalkOrSomebodySaysStop(t *testing.T) {
	for name, end := range map[string]fields{
		"somebody else speaks":     inChannel("4.5", "4.1", "U2", "I was one once"),
		"somebody is spoken to":    inChannel("4.5", "4.1", "U1", "<@U2> what do you think?"),
		"the asker says stop":      inChannel("4.5", "4.1", "U1", "stop"),
		"another one says stop it": inChannel("4.5", "4.1", "U2", "stop it!"),
	} {
		a := newApp(t)
		a.event(mention("4.1", "what does a data engineer do?"))
		a.event(inChannel("4.2", "4.1", "U1", "and what do they earn?"))
		if got := a.api.await("chat.postMessage", 2)[1].form.Get("text"); !strings.Contains(got, "Data Engineer") {
			t.Errorf("%s: the reply before: %s", name, got)
		}
		a.event(end)
		a.event(inChannel("4.6", "4.1", "U1", "and a day in it?"))
		if n := len(a.api.to("chat.postMessage")); n != 2 {
			t.Errorf("%s: answered %d times", name, n)
		}
		a.event(fields{"type": "app_mention", "user": "U1", "text": "<@UBOT> and a day in it?", "ts": "4.7", "thread_ts": "4.1", "channel": "C1"})
		if n := len(a.api.await("chat.postMessage", 3)); n != 3 {
			t.Errorf("%s: not answered after a mention", name)
		}
	}
}

func TestItListensOnlyWhereItWasAskedTo(t *testing.T) {
	a := newApp(t)
	question := "does anyone know what a data engineer earns in Germany?"
	a.event(inChannel("5.1", "", "U1", question))
	a.said("U2", "listen on")
	a.event(inChannel("5.2", "", "U1", question))
	a.event(inChannel("5.3", "", "U1", "our data engineer is out today"))
	a.event(inChannel("5.4", "", "U1", "good morning all"))
	posts := a.api.await("chat.postMessage", 1)
	if len(posts) != 1 || posts[0].form.Get("thread_ts") != "5.2" {
		t.Errorf("answered %v", posts)
	}
	if got := a.said("U3", "listen"); !strings.Contains(got, "I listen in this channel") {
		t.Errorf("listen: %s", got)
	}
	a.said("U3", "listen off")
	a.event(inChannel("5.5", "", "U1", question))
	if n := len(a.api.to("chat.postMessage")); n != 1 {
		t.Errorf("%d answers after listen off", n)
	}
}

func TestWhatIsPrivateIsNotSaidInAChannel(t *testing.T) {
	a := newApp(t)
	a.event(mention("6.1", "about-me"))
	if got := a.api.await("chat.postMessage", 1)[0].form.Get("text"); !strings.Contains(got, "use /career about-me") {
		t.Errorf("about-me in a channel: %s", got)
	}
	a.event(direct("6.2", "", "about me"))
	if got := a.api.await("chat.postMessage", 2)[1].form.Get("text"); !strings.Contains(got, "kept about you") {
		t.Errorf("about me in a direct message: %s", got)
	}
}

func TestTwoProgramsThatAnswerEachOtherFallSilent(t *testing.T) {
	a := newApp(t)
	a.event(mention("8.1", "what does a data engineer do?"))
	for i := range 12 {
		a.event(inChannel(fmt.Sprintf("8.%d", i+2), "8.1", "U1", "what does a data engineer earn?"))
	}
	if n := len(a.api.to("chat.postMessage")); n != 6 {
		t.Errorf("%d answers: one to the mention and five more are enough for a minute", n)
	}
}

func TestTheMessagesTabOffersQuestions(t *testing.T) {
	a := newApp(t)
	a.event(fields{"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"})
	got := a.api.await("assistant.threads.setSuggestedPrompts", 1)[0].form
	var prompts []struct{ Title, Message string }
	if err := json.Unmarshal([]byte(got.Get("prompts")), &prompts); err != nil || len(prompts) < 3 || len(prompts) > 4 || got.Get("thread_ts") != "" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestTheHome(t *testing.T) {
	a := newApp(t)
	a.event(fields{"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home", "view": fields{"hash": "h1"}})
	got := a.api.await("views.publish", 1)[0].body
	view, err := json.Marshal(got["view"])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Ask about roles in IT", "open.compare", "open.path", "home.region", "home.forget", "No message text is stored", "ask.0"} {
		if !strings.Contains(string(view), want) {
			t.Errorf("the Home lacks %q: %s", want, view)
		}
	}
	if got["user_id"] != "U1" || got["hash"] != "h1" {
		t.Errorf("published %v", got)
	}
	inHome := func(p fields) {
		p["container"] = fields{"type": "view", "view_id": "V1"}
		p["view"] = fields{"id": "V1", "type": "home"}
		delete(p, "response_url")
	}
	a.press("U1", fields{"action_id": "home.region", "selected_option": fields{"value": "Germany"}}, inHome)
	if view, _ := json.Marshal(a.api.await("views.publish", 2)[1].body["view"]); !strings.Contains(string(view), "Pay is shown for Germany") {
		t.Errorf("after a region was chosen: %s", view)
	}
	a.press("U1", fields{"action_id": "ask.0", "value": "overview data-engineer"}, inHome)
	if view, _ := json.Marshal(a.api.await("views.open", 1)[0].body["view"]); !strings.Contains(string(view), "Data Engineers") {
		t.Errorf("an example pressed: %s", view)
	}
	a.press("U1", fields{"action_id": "home.forget", "value": "forget"}, inHome)
	if view, _ := json.Marshal(a.api.await("views.publish", 3)[2].body["view"]); !strings.Contains(string(view), "Nothing is kept about you") {
		t.Errorf("after forget: %s", view)
	}
}

func TestRunEndsForADeadTokenWithTheReason(t *testing.T) {
	a := newApp(t)
	a.api.tell("auth.test", reply{body: `{"ok":false,"error":"invalid_auth"}`})
	err := a.Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "invalid_auth") || !strings.Contains(err.Error(), "SLACK_BOT_TOKEN") {
		t.Errorf("%v", err)
	}
	if a.Ready() {
		t.Error("ready with a dead token")
	}
}

func TestRunWaitsForASlackThatIsAway(t *testing.T) {
	a := newApp(t)
	a.api.tell("auth.test", reply{status: 503, body: "away"}, reply{body: `{"ok":true,"team_id":"T1","user_id":"UBOT"}`})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	a.api.await("auth.test", 2)
	stop()
	if err := <-ended; err != nil {
		t.Errorf("%v", err)
	}
}

func TestNewSaysWhatIsMissing(t *testing.T) {
	if _, err := slack.New(slack.Config{}); err == nil || !strings.Contains(err.Error(), "SLACK_SIGNING_SECRET") {
		t.Errorf("%v", err)
	}
}
