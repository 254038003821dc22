package slacktest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"careerbot/adapters/slack/slacktest"
)

func TestSignatures(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	app(t, w, func(http.ResponseWriter, *http.Request, string) {})
	for _, test := range []struct {
		sign slacktest.Signature
		want int
	}{
		{slacktest.Signature{}, 200},
		{slacktest.Signature{Age: 4 * time.Minute}, 200},
		{slacktest.Signature{Age: 6 * time.Minute}, 401},
		{slacktest.Signature{Age: -6 * time.Minute}, 401},
		{slacktest.Signature{Secret: "other"}, 401},
		{slacktest.Signature{Missing: true}, 401},
		{slacktest.Signature{NoTimestamp: true}, 401},
		{slacktest.Signature{Value: "v0=00"}, 401},
		{slacktest.Signature{Timestamp: "yesterday"}, 401},
	} {
		r := w.Deliver(slacktest.Request{Path: slacktest.EventsPath, ContentType: "application/json", Body: []byte(`{}`), Sign: test.sign})
		if r.Status != test.want {
			t.Errorf("%+v: %d", test.sign, r.Status)
		}
	}
	w.NoFaults()
}

func TestOnePostIsTwoEvents(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	var mu sync.Mutex
	seen := map[string]slackevents.EventsAPICallbackEvent{}
	app(t, w, func(_ http.ResponseWriter, r *http.Request, body string) {
		e, err := slackevents.ParseEvent(json.RawMessage(body), slackevents.OptionNoVerifyToken())
		if err != nil {
			t.Error(err)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		seen[e.InnerEvent.Type] = *e.Data.(*slackevents.EventsAPICallbackEvent)
		if m, ok := e.InnerEvent.Data.(*slackevents.AppMentionEvent); ok && m.Text != "<@U0FAKEBOT> a &lt; b &amp; <@U2>" {
			t.Error(m.Text)
		}
	})
	p := w.Mention("U1", "C1", "a < b & <@U2>")
	if len(seen) != 2 || seen["app_mention"].EventID == seen["message"].EventID || !p.Acked() || !p.Wait() {
		t.Errorf("%+v", seen)
	}
	w.AddChannel(slacktest.Channel{ID: "C2", NoBot: true})
	if p := w.Mention("U1", "C2", "x"); len(p.Events) != 0 {
		t.Error("an event of a channel without the bot")
	}
	if p := w.DM("U1", "x"); len(p.Events) != 1 || p.Root() != p.TS {
		t.Errorf("%+v", p)
	}
	if p := w.Say("U1", "C1", "reply", p.TS); p.Root() == p.TS {
		t.Errorf("%+v", p)
	}
	w.NoFaults()
}

func TestEventsComeAgain(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{Retries: []time.Duration{0, time.Millisecond, 2 * time.Millisecond}, AckLimit: 50 * time.Millisecond})
	var mu sync.Mutex
	var got []string
	mode := ""
	app(t, w, func(rw http.ResponseWriter, r *http.Request, _ string) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, r.Header.Get("X-Slack-Retry-Num")+r.Header.Get("X-Slack-Retry-Reason"))
		switch mode {
		case "late":
			<-r.Context().Done()
		case "no retry":
			rw.Header().Set("X-Slack-No-Retry", "1")
			fallthrough
		case "never":
			rw.WriteHeader(http.StatusServiceUnavailable)
		case "third":
			if len(got) < 3 {
				rw.WriteHeader(http.StatusServiceUnavailable)
			}
		}
	})
	send := func(m string) (*slacktest.Delivery, string) {
		mu.Lock()
		mode, got = m, nil
		mu.Unlock()
		d := w.Send(map[string]any{"type": "app_mention", "user": "U1", "channel": "C1", "ts": "1.000001", "text": "x"})
		d.Wait()
		mu.Lock()
		defer mu.Unlock()
		return d, strings.Join(got, " ")
	}
	for _, test := range []struct {
		mode, want string
		acked      bool
	}{
		{"", "", true},
		{"third", " 1http_error 2http_error", true},
		{"never", " 1http_error 2http_error 3http_error", false},
		{"no retry", "", false},
	} {
		if d, s := send(test.mode); s != test.want || d.Acked() != test.acked {
			t.Errorf("%s: %q, acked %v", test.mode, s, d.Acked())
		}
	}
	w.NoFaults()
	d, s := send("late")
	if s != " 1http_timeout 2http_timeout 3http_timeout" || d.Acked() || len(d.Attempts()) != 4 || len(w.Faults()) != 4 {
		t.Errorf("%q %+v %q", s, d.Attempts(), w.Faults())
	}
	w.Target("http://127.0.0.1:1")
	if d := w.Send(map[string]any{"type": "x"}); d.Wait() || d.Attempts()[1].Reason != "connection_failed" {
		t.Errorf("%+v", d.Attempts())
	}
}

func TestVerifyAndRateLimited(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	app(t, w, func(rw http.ResponseWriter, _ *http.Request, body string) {
		var e struct{ Type, Challenge string }
		if json.Unmarshal([]byte(body), &e) == nil && e.Type == "url_verification" {
			answerJSON(rw, `{"challenge":"`+e.Challenge+`"}`)
		}
	})
	w.Verify()
	if !w.RateLimited().Acked() {
		t.Error("not acknowledged")
	}
	w.NoFaults()
	app(t, w, func(http.ResponseWriter, *http.Request, string) {})
	w.Verify()
	faulty(t, w, "challenge")
}

func TestCommand(t *testing.T) {
	c := newClock()
	w := slacktest.New(t, slacktest.Options{Now: c.Now, NoEchoes: true})
	body, ctype := "", "application/json"
	var got url.Values
	app(t, w, func(rw http.ResponseWriter, r *http.Request, s string) {
		got, _ = url.ParseQuery(s)
		rw.Header().Set("Content-Type", ctype)
		_, _ = rw.Write([]byte(body))
	})
	body = `{"text":"hi","response_type":"in_channel"}`
	r := w.Command("U1", "C1", "help <me>")
	if m := r.Messages(); len(m) != 1 || m[0].To != "" || m[0].Text != "hi" || got.Get("text") != "help &lt;me&gt;" || got.Get("command") != "/career" {
		t.Errorf("%+v %v", m, got)
	}
	body = `{"text":"hi"}`
	if m := w.Command("U1", "C1", "").Messages(); len(m) != 1 || m[0].To != "U1" {
		t.Errorf("%+v", m)
	}
	body = ""
	r = w.Command("U1", "C1", "")
	for range 5 {
		if status, s := post(t, r.ResponseURL, jsonC, "", `{"text":"later","replace_original":false}`); status != 200 {
			t.Error(status, s)
		}
	}
	if len(r.Messages()) != 5 {
		t.Errorf("%+v", r.Messages())
	}
	w.NoFaults()
	if status, s := post(t, r.ResponseURL, jsonC, "", `{"text":"later"}`); status != 404 || !strings.Contains(s, "used_url") {
		t.Error(status, s)
	}
	faulty(t, w, "more than 5")

	r = w.Command("U1", "C1", "")
	c.Advance(31 * time.Minute)
	if status, s := post(t, r.ResponseURL, jsonC, "", `{"text":"later"}`); status != 404 || !strings.Contains(s, "expired_url") {
		t.Error(status, s)
	}
	body, ctype = `{"text":"hi"}`, "text/plain"
	w.Command("U1", "C1", "")
	body, ctype = `{"text":"hi","blocks":[{"type":"section"}]}`, "application/json"
	w.Command("U1", "C1", "")
	body = `{"blocks":[{"type":"divider"}]}`
	w.Command("U1", "C1", "")
	if all := w.Faults(); len(all) != 5 || !strings.Contains(all[2], "text/plain") || !strings.Contains(all[3], "/blocks/0") || !strings.Contains(all[4], "without text") {
		t.Errorf("%q", all)
	}
}

func TestTheAppHearsItself(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	var mu sync.Mutex
	var heard []string
	app(t, w, func(_ http.ResponseWriter, _ *http.Request, body string) {
		e, err := slackevents.ParseEvent(json.RawMessage(body), slackevents.OptionNoVerifyToken())
		if err != nil {
			t.Error(err)
			return
		}
		m, ok := e.InnerEvent.Data.(*slackevents.MessageEvent)
		if !ok || m.Channel != "D1" {
			t.Errorf("%s", body)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		heard = append(heard, m.SubType+m.BotID)
	})
	w.AddUser(slacktest.User{ID: "U1"})
	api := client(w)
	hears := func(want string) {
		t.Helper()
		w.Await("an echo of "+want, func() bool {
			mu.Lock()
			defer mu.Unlock()
			return strings.Join(heard, " ") == want
		})
	}
	channel, ts, err := api.PostMessage("U1", slack.MsgOptionText("hello", false))
	wantError(t, err, "")
	hears("B0FAKEBOT")
	_, _, _, err = api.UpdateMessage(channel, ts, slack.MsgOptionText("hello!", false))
	wantError(t, err, "")
	hears("B0FAKEBOT message_changed")
	_, _, err = api.DeleteMessage(channel, ts)
	wantError(t, err, "")
	hears("B0FAKEBOT message_changed message_deleted")
	w.NoFaults()
}
