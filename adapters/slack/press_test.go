package slack_test

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAButtonOfAnothersAnswerIsAnsweredToWhoPressed(t *testing.T) {
	a := newApp(t)
	a.press("U2", fields{"action_id": "ask.0", "block_id": "next:U1", "value": "day data-engineer"}, func(p fields) {
		p["container"].(fields)["thread_ts"] = "1.1"
	})
	got := a.api.await("response/press", 1)[0].body
	if got["response_type"] != "ephemeral" || got["replace_original"] != false || got["thread_ts"] != "1.1" || !strings.Contains(got["text"].(string), "Data Engineer") {
		t.Errorf("%v", got)
	}
}

func TestAButtonOfOnesOwnAnswerEditsItInPlace(t *testing.T) {
	a := newApp(t)
	a.press("U1", fields{"action_id": "ask.2", "block_id": "next:U1", "value": "day data-engineer"})
	a.press("U1", fields{"action_id": "ask.2", "block_id": "next", "value": "day data-engineer"}, ephemeral)
	for _, c := range a.api.await("response/press", 2) {
		if c.body["replace_original"] != true || !strings.Contains(c.body["text"].(string), "Data Engineer") {
			t.Errorf("%v", c.body)
		}
	}
}

func TestAfterAButtonTheTalkGoesOn(t *testing.T) {
	a := newApp(t)
	a.press("U1", fields{"action_id": "ask.0", "block_id": "next", "value": "day data-engineer"}, ephemeral)
	a.api.await("response/press", 1)
	if got := a.said("U1", "and what do they earn in France?"); !strings.Contains(got, "Data Engineer") {
		t.Errorf("%s", got)
	}
}

func TestARoleIsChosenToCompareWith(t *testing.T) {
	a := newApp(t)
	a.press("U1", fields{"action_id": "compare:data-engineer", "block_id": "more", "selected_option": fields{"value": "data-scientist"}}, ephemeral)
	a.press("U1", fields{"action_id": "compare:data-engineer", "block_id": "more", "selected_option": fields{"value": "data-engineer"}}, ephemeral)
	var texts []string
	for _, c := range a.api.await("response/press", 2) {
		texts = append(texts, c.body["text"].(string))
	}
	all := strings.Join(texts, "\n")
	if !strings.Contains(all, "Data Scientist") || !strings.Contains(all, "Choose another one") {
		t.Errorf("%s", all)
	}
}

func TestAnUnknownOrStaleButtonGetsOneSentence(t *testing.T) {
	for _, action := range []fields{
		{"action_id": "something.else", "value": "x"},
		{"action_id": "ask.0", "value": ""},
		{"action_id": "ask.0", "value": strings.Repeat("x", 3000)},
		{"action_id": "share", "value": ""},
		{"action_id": "", "value": ""},
		{"action_id": "open.nothing", "value": "nothing"},
		{"action_id": "ask.0", "value": "overview role-that-is-gone"},
	} {
		a := newApp(t)
		a.press("U1", action)
		got := a.api.await("response/press", 1)[0].body
		if got["response_type"] != "ephemeral" || got["text"].(string) == "" {
			t.Errorf("%v: %v", action, got)
		}
	}
}

func TestAnAnswerIsSharedOnceAndSaysByWhom(t *testing.T) {
	a := newApp(t)
	share := fields{"action_id": "share", "block_id": "more", "value": "day data-engineer"}
	a.press("U1", share, ephemeral)
	a.press("U1", share, ephemeral)
	calls := a.api.await("response/press", 2)
	a.said("U2", "PM") // whatever comes later comes after
	var shared, edited int
	for _, c := range calls {
		text := c.body["text"].(string)
		switch {
		case c.body["response_type"] == "in_channel":
			shared++
			blocks, _ := json.Marshal(c.body["blocks"])
			if !strings.Contains(text, "Shared by ann.") || !strings.Contains(string(blocks), "Shared by ann.") || strings.Contains(text, "<@") {
				t.Errorf("shared: %s", text)
			}
			if strings.Contains(string(blocks), `"share"`) {
				t.Error("what was shared can be shared again")
			}
		case c.body["replace_original"] == true:
			edited++
			blocks, _ := json.Marshal(c.body["blocks"])
			if strings.Contains(string(blocks), `"share"`) || !strings.Contains(text, "You shared this answer") {
				t.Errorf("the asker's own: %s", text)
			}
		}
	}
	if shared != 1 || edited != 1 {
		t.Errorf("shared %d times, the asker's own edited %d times", shared, edited)
	}
}

func TestFeedbackIsCountedAndThankedFor(t *testing.T) {
	a := newApp(t)
	a.press("U1", fields{"action_id": "feedback", "value": "good"})
	a.press("U1", fields{"action_id": "feedback", "value": "bad"})
	a.press("U1", fields{"action_id": "feedback", "value": "bad"})
	for _, c := range a.api.await("response/press", 3) {
		if !strings.HasPrefix(c.body["text"].(string), "Thank you") || c.body["response_type"] != "ephemeral" {
			t.Errorf("%v", c.body)
		}
	}
	if n := a.Counts(); n.Useful.Load() != 1 || n.NotUseful.Load() != 2 {
		t.Errorf("useful %d, not useful %d", n.Useful.Load(), n.NotUseful.Load())
	}
}

// When a response_url no longer works, the answer goes another way.
func TestAPressIsAnsweredWithoutAResponseURL(t *testing.T) {
	a := newApp(t)
	away := func(p fields) { p["response_url"] = "https://elsewhere.example/x" }
	a.press("U2", fields{"action_id": "ask.0", "block_id": "next:U1", "value": "day data-engineer"}, away)
	if got := a.api.await("chat.postEphemeral", 1)[0].form; got.Get("user") != "U2" || got.Get("channel") != "C1" || !strings.Contains(got.Get("text"), "Data Engineer") {
		t.Errorf("%v", got)
	}
	a.press("U1", fields{"action_id": "ask.0", "block_id": "next:U1", "value": "day data-engineer"}, away)
	if got := a.api.await("chat.update", 1)[0].form; got.Get("ts") != "9.9" || !strings.Contains(got.Get("text"), "Data Engineer") {
		t.Errorf("%v", got)
	}
}

func TestAnswersGoOnlyToHostsThatAreListed(t *testing.T) {
	a := newApp(t)
	for _, address := range []string{"", "http://hooks.slack.com/x", "https://hooks.slack.com.evil.example/x", "https://user@hooks.slack.com/x", "ftp://hooks.slack.com/",
		"https://evil.example/hooks.slack.com", "//hooks.slack.com/x", "http://127.0.0.1:1/x", "file:///etc/passwd"} {
		a.press("U2", fields{"action_id": "ask.0", "block_id": "next:U1", "value": "day data-engineer"}, func(p fields) { p["response_url"] = address })
	}
	if n := len(a.api.await("chat.postEphemeral", 9)); n != 9 {
		t.Errorf("%d", n)
	}
}

func TestALookUpOffersRolesByField(t *testing.T) {
	a := newApp(t)
	look := func(action, typed string) (labels, values []string) {
		body := a.interact(fields{"type": "block_suggestion", "action_id": action, "value": typed, "user": fields{"id": "U1"}, "team": fields{"id": "T1"}})
		type option struct {
			Text  struct{ Text string }
			Value string
		}
		var out struct {
			Groups []struct {
				Label   struct{ Text string }
				Options []option
			} `json:"option_groups"`
			Options []option
		}
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			t.Fatalf("%q: %v: %s", typed, err, body)
		}
		all := out.Options
		for _, g := range out.Groups {
			labels = append(labels, g.Label.Text)
			all = append(all, g.Options...)
		}
		for _, o := range all {
			values = append(values, o.Value)
		}
		return labels, values
	}
	for typed, want := range map[string]string{"data en": "data-engineer", "sre": "site-reliability-engineer", "devos": "devops-engineer", "DEVOPS ENG": "devops-engineer"} {
		if _, values := look("compare:backend-engineer", typed); len(values) == 0 || values[0] != want {
			t.Errorf("%q offers %v, want %s first", typed, values, want)
		}
	}
	labels, values := look("role.first", "")
	if len(values) < 5 || len(values) > 100 || len(labels) < 2 {
		t.Errorf("nothing typed offers %v in %v", values, labels)
	}
	if _, values := look("role.first", "zzzzqqqq"); len(values) != 0 {
		t.Errorf("nonsense offers %v", values)
	}
	if _, values := look("home.region", "germ"); len(values) != 1 || values[0] != "Germany" {
		t.Errorf("regions: %v", values)
	}
}

func TestFormsAreOpenedAndAnsweredInTheirPlace(t *testing.T) {
	a := newApp(t)
	a.press("U1", fields{"action_id": "open.compare", "value": "compare"}, ephemeral)
	a.interact(fields{"type": "shortcut", "callback_id": "ask", "trigger_id": "t2", "user": fields{"id": "U1"}, "team": fields{"id": "T1"}})
	a.command("U1", "path")
	for _, c := range a.api.await("views.open", 3) {
		view, _ := json.Marshal(c.body["view"])
		if !strings.Contains(string(view), `"type":"modal"`) || !strings.Contains(string(view), `"submit"`) {
			t.Errorf("%s", view)
		}
	}
	submit := func(callback string, values fields) fields {
		body := a.interact(fields{"type": "view_submission", "user": fields{"id": "U1"}, "team": fields{"id": "T1"}, "view": fields{"id": "V1", "callback_id": callback, "state": fields{"values": values}}})
		var out fields
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			t.Fatalf("%s: %v: %s", callback, err, body)
		}
		return out
	}
	picked := func(id string) fields { return fields{"role": fields{"selected_option": fields{"value": id}}} }
	for _, c := range []struct {
		callback string
		values   fields
		action   string
		want     string
	}{
		{"compare", fields{"first": picked("data-engineer"), "second": picked("data-scientist")}, "update", "Data Scientist"},
		{"path", fields{"first": picked("help-desk-technician"), "second": picked("cloud-engineer")}, "update", "Cloud Engineer"},
		{"ask", fields{"question": fields{"question": fields{"value": "what does an SRE do?"}}}, "update", "Site Reliability"},
		{"compare", fields{"first": picked("data-engineer"), "second": picked("data-engineer")}, "errors", "same role"},
		{"path", fields{"first": picked("data-engineer"), "second": fields{"role": fields{"selected_option": nil}}}, "errors", "Choose a role"},
		{"ask", fields{"question": fields{"question": fields{"value": "  "}}}, "errors", "Type a question"},
		{"gone", fields{}, "update", "no longer works"},
	} {
		out := submit(c.callback, c.values)
		if said, _ := json.Marshal(out); out["response_action"] != c.action || !strings.Contains(string(said), c.want) {
			t.Errorf("%s %v: %s", c.callback, c.values, said)
		}
	}
}

func TestTheRolesOfSomebodysMessageAreExplained(t *testing.T) {
	a := newApp(t)
	explain := func(text string) {
		a.interact(fields{"type": "message_action", "callback_id": "explain", "trigger_id": "t", "user": fields{"id": "U1"}, "team": fields{"id": "T1"},
			"channel": fields{"id": "C1"}, "message": fields{"text": text, "ts": "1.1"}})
	}
	explain("we look for a backend engineer &amp; an SRE")
	explain("lunch?")
	var all []string
	for _, c := range a.api.await("views.open", 2) {
		view, _ := json.Marshal(c.body["view"])
		all = append(all, string(view))
	}
	said := strings.Join(all, "\n")
	if !strings.Contains(said, "two roles: Backend Engineer and Site Reliability Engineer") || !strings.Contains(said, "no role of the catalogue") {
		t.Errorf("%s", said)
	}
	if n := len(a.api.to("chat.postMessage")) + len(a.api.to("chat.postEphemeral")); n != 0 {
		t.Errorf("%d posts", n)
	}
}

func TestAFormThatComesTooLateIsSaid(t *testing.T) {
	a := newApp(t)
	a.api.tell("views.open", reply{body: `{"ok":false,"error":"expired_trigger_id"}`})
	a.command("U1", "compare")
	if got := a.api.await("response/U1", 1)[0].body; !strings.Contains(got["text"].(string), "did not open") {
		t.Errorf("%v", got)
	}
}

func TestAButtonInAModalShowsItsAnswerThere(t *testing.T) {
	a := newApp(t)
	a.press("U1", fields{"action_id": "ask.0", "value": "overview data-engineer"}, func(p fields) {
		p["container"] = fields{"type": "view", "view_id": "V1"}
		p["view"] = fields{"id": "V1", "type": "modal", "hash": "h"}
	})
	if got := a.api.await("views.update", 1)[0].body; got["view_id"] != "V1" {
		t.Errorf("%v", got)
	}
}
