package slacktest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"careerbot/adapters/slack/slacktest"
)

// callback is the interaction in a body.
func callback(t *testing.T, body string) slack.InteractionCallback {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	if err != nil {
		t.Error(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	ic, err := slack.InteractionCallbackParse(r)
	if err != nil {
		t.Error(err)
	}
	return ic
}

const buttons = `{"text":"t","blocks":[
	{"type":"actions","elements":[{"type":"button","action_id":"ask","value":"pay","text":{"type":"plain_text","text":"Pay"}},
		{"type":"static_select","action_id":"pick","options":[{"text":{"type":"plain_text","text":"One"},"value":"1"},{"text":{"type":"plain_text","text":"Two"},"value":"2"}]},
		{"type":"external_select","action_id":"role","min_query_length":1}]},
	{"type":"context_actions","elements":[{"type":"feedback_buttons","action_id":"fb","positive_button":{"text":{"type":"plain_text","text":"Good"},"value":"up"},"negative_button":{"text":{"type":"plain_text","text":"Bad"},"value":"down"}}]}]}`

func TestPress(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	var got slack.InteractionCallback
	reply := ""
	app(t, w, func(rw http.ResponseWriter, r *http.Request, body string) {
		if r.URL.Path == slacktest.CommandsPath {
			answerJSON(rw, buttons)
			return
		}
		got = callback(t, body)
		if reply != "" {
			answerJSON(rw, reply)
		}
	})
	m := w.Command("U1", "C1", "").Messages()[0]
	for _, test := range []struct {
		pick        slacktest.Pick
		action, got string
	}{
		{slacktest.Pick{Label: "Pay"}, "ask", "pay"},
		{slacktest.Pick{Action: "pick", Option: "Two"}, "pick", "2"},
		{slacktest.Pick{Action: "role", Option: "r1"}, "role", "r1"},
		{slacktest.Pick{Value: "down"}, "fb", "down"},
	} {
		r := w.Press("U1", m, test.pick)
		a := got.ActionCallback.BlockActions[0]
		if !r.OK() || a.ActionID != test.action || a.Value+a.SelectedOption.Value != test.got || a.BlockID == "" || !got.Container.IsEphemeral || got.Message.Text != "" {
			t.Errorf("%+v: %+v", test.pick, a)
		}
	}
	r := w.Press("U1", m, slacktest.Pick{Action: "ask"})
	if status, s := post(t, r.ResponseURL, jsonC, "", `{"text":"new","replace_original":true}`); status != 200 {
		t.Error(status, s)
	}
	if all := w.Messages("C1"); len(all) != 1 || all[0].Text != "new" || all[0].To != "U1" || all[0].Blocks != nil {
		t.Errorf("%+v", all)
	}
	w.NoFaults()

	reply = `{"text":"ignored"}`
	w.Press("U1", m, slacktest.Pick{Action: "ask"})
	faulty(t, w, "does not read")

	reply = `{"options":[{"text":{"type":"plain_text","text":"Engineer"},"value":"e"}]}`
	if all, _ := w.Options("U1", m, slacktest.Pick{Action: "role"}, "en"); len(all) != 1 || all[0].Value != "e" || got.Value != "en" || got.Type != slack.InteractionTypeBlockSuggestion {
		t.Errorf("%+v %+v", all, got)
	}
	reply = `{"options":[{"text":"Engineer","value":"e"}]}`
	w.Options("U1", m, slacktest.Pick{Action: "role"}, "en")
	if all := w.Faults(); len(all) != 2 || !strings.Contains(all[1], "/options/0/text") {
		t.Errorf("%q", all)
	}
}

func modalView(extra string) string {
	return `{"type":"modal","title":{"type":"plain_text","text":"T"},"submit":{"type":"plain_text","text":"Go"}` + extra + `,"blocks":[
		{"type":"input","block_id":"b","label":{"type":"plain_text","text":"L"},"element":{"type":"plain_text_input","action_id":"a"}},
		{"type":"input","block_id":"c","optional":true,"label":{"type":"plain_text","text":"L"},"element":{"type":"static_select","action_id":"s","options":[{"text":{"type":"plain_text","text":"One"},"value":"1"}]}}]}`
}

func TestModals(t *testing.T) {
	c := newClock()
	w := slacktest.New(t, slacktest.Options{Now: c.Now})
	var got slack.InteractionCallback
	reply := ""
	app(t, w, func(rw http.ResponseWriter, _ *http.Request, body string) {
		got = callback(t, body)
		if reply != "" {
			answerJSON(rw, reply)
		}
	})
	call := func(method, args, want string) {
		t.Helper()
		if _, s := post(t, w.APIURL()+method, jsonC, w.BotToken(), args); want == "" && !strings.Contains(s, `"ok":true`) || !strings.Contains(s, want) {
			t.Errorf("%s: got %s, want %s", method, s, want)
		}
	}
	open := func(trigger, want string) {
		t.Helper()
		call("views.open", `{"trigger_id":"`+trigger+`","view":`+modalView(`,"notify_on_close":true`)+`}`, want)
	}
	r := w.Shortcut("U1", "start")
	if got.CallbackID != "start" || got.Type != slack.InteractionTypeShortcut {
		t.Errorf("%+v", got)
	}
	open(r.TriggerID, "")
	v := w.Views("U1")[0]
	call("views.update", `{"view_id":"`+v.ID+`","hash":"`+v.Hash+`","view":`+modalView("")+`}`, "")
	call("views.update", `{"view_id":"`+v.ID+`","hash":"`+v.Hash+`","view":`+modalView("")+`}`, "hash_conflict")

	reply = `{"response_action":"errors","errors":{"b":"too short"}}`
	w.Submit("U1", v, map[string]string{"a": "x", "s": "One"})
	if s := got.View.State.Values; s["b"]["a"].Value != "x" || s["c"]["s"].SelectedOption.Value != "1" || len(w.Views("U1")) != 1 {
		t.Errorf("%+v", s)
	}
	reply = `{"response_action":"push","view":` + modalView("") + `}`
	w.Submit("U1", v, map[string]string{"a": "x"})
	if len(w.Views("U1")) != 2 {
		t.Error(w.Views("U1"))
	}
	reply = ""
	w.Submit("U1", w.Views("U1")[1], map[string]string{"a": "x"})
	if len(w.Views("U1")) != 1 {
		t.Error(w.Views("U1"))
	}
	open(w.Shortcut("U1", "again").TriggerID, "")
	got = slack.InteractionCallback{}
	w.CloseView("U1", w.Views("U1")[0])
	if got.Type != slack.InteractionTypeViewClosed {
		t.Errorf("%+v", got)
	}
	w.NoFaults()

	open(r.TriggerID, "exchanged_trigger_id")
	r = w.Shortcut("U1", "late")
	c.Advance(4 * time.Second)
	open(r.TriggerID, "expired_trigger_id")
	open(w.Shortcut("U1", "x").TriggerID, "")
	reply = `{"response_action":"errors","errors":{"zzz":"no such block"}}`
	w.Submit("U1", w.Views("U1")[0], map[string]string{"a": "x"})
	if all := w.Faults(); len(all) != 3 || !strings.Contains(all[0], "used before") || !strings.Contains(all[1], "older") || !strings.Contains(all[2], "zzz") {
		t.Errorf("%q", all)
	}
}

func TestHome(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	var got slack.InteractionCallback
	app(t, w, func(_ http.ResponseWriter, r *http.Request, body string) {
		if r.URL.Path == slacktest.InteractionsPath {
			got = callback(t, body)
		}
	})
	if !w.OpenHome("U1", "home").Acked() {
		t.Error("not acknowledged")
	}
	if _, ok := w.Home("U1"); ok {
		t.Error("there is a home already")
	}
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewActionBlock("", slack.NewButtonBlockElement("go", "v", slack.NewTextBlockObject("plain_text", "Go", false, false)))}}}
	_, err := client(w).PublishView("U1", view, "")
	wantError(t, err, "")
	home, _ := w.Home("U1")
	_, err = client(w).PublishView("U1", view, home.Hash)
	wantError(t, err, "")
	_, err = client(w).PublishView("U1", view, home.Hash)
	wantError(t, err, "hash_conflict")
	r := w.Press("U1", home, slacktest.Pick{Label: "Go"})
	if got.Container.Type != "view" || got.ResponseURL != "" || r.TriggerID == "" || r.ResponseURL != "" {
		t.Errorf("%+v", got)
	}
	w.NoFaults()
}

func TestMessageAction(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	var got url.Values
	app(t, w, func(_ http.ResponseWriter, r *http.Request, body string) { got, _ = url.ParseQuery(body) })
	p := w.Say("U1", "C1", "which roles?")
	r := w.MessageAction("U2", "explain", "C1", p.TS)
	if !r.OK() || !strings.Contains(got.Get("payload"), "which roles?") {
		t.Error(got)
	}
	if status, s := post(t, r.ResponseURL, jsonC, "", `{"text":"these"}`); status != 200 || len(r.Messages()) != 1 {
		t.Error(status, s, r.Messages())
	}
	w.NoFaults()
}
