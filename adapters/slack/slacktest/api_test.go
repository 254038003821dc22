package slacktest_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"careerbot/adapters/slack/slacktest"
)

const (
	form  = "application/x-www-form-urlencoded"
	jsonC = "application/json; charset=utf-8"
)

func TestCallsWithoutWhatSlackNeeds(t *testing.T) {
	tests := []struct{ name, method, ctype, token, body, want string }{
		{"no token", "auth.test", form, "", "", "not_authed"},
		{"unknown token", "auth.test", form, "xoxb-no", "", "invalid_auth"},
		{"app token", "auth.test", form, "xapp-1-A0FAKEAPP-300-slacktest", "", "not_allowed_token_type"},
		{"bot token for sockets", "apps.connections.open", form, "bot", "", "not_allowed_token_type"},
		{"token in JSON", "chat.postMessage", jsonC, "", `{"token":"xoxb-100-200-slacktest","channel":"C1","text":"t"}`, "not_authed"},
		{"unknown method", "chat.postNothing", form, "bot", "", "unknown_method"},
		{"broken JSON", "chat.postMessage", jsonC, "bot", `{`, "invalid_json"},
		{"no content type", "chat.postMessage", "", "bot", `{}`, "missing_post_type"},
		{"text/plain", "chat.postMessage", "text/plain", "bot", `{}`, "invalid_post_type"},
		{"no channel", "chat.postMessage", jsonC, "bot", `{"text":"t"}`, "invalid_arguments"},
		{"no text", "chat.postMessage", jsonC, "bot", `{"channel":"C1","text":" "}`, "no_text"},
		{"JSON where a form is", "conversations.info", jsonC, "bot", `{"channel":"C1"}`, "invalid_arguments"},
		{"blocks in a form", "chat.postMessage", form, "bot", "channel=C1&text=t&blocks=nonsense", "invalid_blocks_format"},
		{"unknown thread", "chat.postMessage", jsonC, "bot", `{"channel":"C1","text":"t","thread_ts":"1.000000"}`, "thread_not_found"},
		{"home as a modal", "views.open", jsonC, "bot", `{"trigger_id":"x","view":{"type":"home","blocks":[{"type":"divider"}]}}`, "invalid_arguments"},
		{"unknown trigger", "views.open", jsonC, "bot", `{"trigger_id":"x","view":{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[{"type":"divider"}]}}`, "invalid_trigger_id"},
		{"five prompts", "assistant.threads.setSuggestedPrompts", jsonC, "bot", `{"channel_id":"C1","prompts":` + times(5, `{"title":"t","message":"m"}`) + `}`, "invalid_arguments"},
		{"unknown status", "agents.sessions.setStatus", form, "bot", "channel_id=C1&status=busy", "invalid_arguments"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := slacktest.New(t, slacktest.Options{})
			w.AddChannel(slacktest.Channel{ID: "C1"})
			if test.token == "bot" {
				test.token = w.BotToken()
			}
			status, body := post(t, w.APIURL()+test.method, test.ctype, test.token, test.body)
			var a struct {
				OK    bool
				Error string
			}
			if err := json.Unmarshal([]byte(body), &a); err != nil || status != 200 || a.OK || a.Error != test.want {
				t.Errorf("got %d %s, want %s", status, body, test.want)
			}
			faulty(t, w, "")
		})
	}
}

func TestChatIsKept(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	w.AddChannel(slacktest.Channel{ID: "C1"})
	w.AddUser(slacktest.User{ID: "U1"})
	api := client(w)
	_, ts, err := api.PostMessage("C1", slack.MsgOptionText("one", false), slack.MsgOptionBlocks(slack.NewDividerBlock()),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: "e", EventPayload: map[string]any{"id": "1"}}))
	wantError(t, err, "")
	_, _, err = api.PostMessage("C1", slack.MsgOptionText("reply", false), slack.MsgOptionTS(ts))
	wantError(t, err, "")
	_, err = api.PostEphemeral("C1", "U1", slack.MsgOptionText("only you", false))
	wantError(t, err, "")
	all := w.Messages("C1")
	if len(all) != 3 || all[0].Text != "one" || all[1].Thread != ts || all[2].To != "U1" || !strings.Contains(string(all[0].Blocks), "block_id") {
		t.Errorf("%+v", all)
	}
	replies, _, _, err := api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: ts, IncludeAllMetadata: true})
	wantError(t, err, "")
	if len(replies) != 2 || replies[0].Metadata.EventPayload["id"] != "1" || replies[0].BotID != w.BotID() {
		t.Errorf("%+v", replies)
	}
	_, _, _, err = api.UpdateMessage("C1", ts, slack.MsgOptionText("two", false))
	wantError(t, err, "")
	if m := w.Messages("C1")[0]; m.Text != "two" || m.Blocks != nil || m.Revisions != 1 {
		t.Errorf("%+v", m)
	}
	_, _, err = api.DeleteMessage("C1", ts)
	wantError(t, err, "")
	if m := w.Messages("C1")[0]; !m.Deleted {
		t.Errorf("%+v", m)
	}
	if calls := w.Calls("chat.postMessage"); len(calls) != 2 || calls[0].Args["text"] != "one" || calls[0].Error != "" {
		t.Errorf("%+v", calls)
	}
	wantError(t, api.AddReaction("eyes", slack.NewRefToMessage("C1", w.Messages("C1")[1].TS)), "")
	w.NoFaults()
	if len(w.Reactions()) != 1 {
		t.Error(w.Reactions())
	}
}

func TestRefusedBlocks(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	w.AddChannel(slacktest.Channel{ID: "C1"})
	_, _, err := client(w).PostMessage("C1", slack.MsgOptionText("t", false),
		slack.MsgOptionBlocks(slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", "", false, false), nil, nil)))
	var e slack.SlackErrorResponse
	if !errors.As(err, &e) || e.Err != "invalid_blocks" || len(e.ResponseMetadata.Messages) != 1 ||
		e.ResponseMetadata.Messages[0] != "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]" {
		t.Errorf("%#v", err)
	}
	faulty(t, w, "/blocks/0/text/text")
	if len(w.Messages("")) != 0 {
		t.Error("it was posted")
	}
}

func TestMembershipAndScopes(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{Scopes: []string{"chat:write"}})
	w.AddUser(slacktest.User{ID: "U1"})
	for _, c := range []slacktest.Channel{{ID: "C1"}, {ID: "C2", NoBot: true}, {ID: "C3", NoBot: true, Private: true}, {ID: "C4", Archived: true}, {ID: "D1", NoTab: true}} {
		w.AddChannel(c)
	}
	api := client(w)
	for channel, want := range map[string]string{"C1": "", "C2": "not_in_channel", "C3": "channel_not_found", "C4": "is_archived", "C9": "channel_not_found", "D1": "messages_tab_disabled"} {
		_, _, err := api.PostMessage(channel, slack.MsgOptionText("t", false))
		wantError(t, err, want)
	}
	_, err := api.GetUserInfo("U1")
	var e slack.SlackErrorResponse
	if !errors.As(err, &e) || e.Err != "missing_scope" || e.Needed != "users:read" || e.Provided != "chat:write" {
		t.Errorf("%#v", err)
	}
	w.SetScopes("users:read", "chat:write.public", "chat:write")
	_, err = api.GetUserInfo("U1")
	wantError(t, err, "")
	_, _, err = api.PostMessage("C2", slack.MsgOptionText("t", false))
	wantError(t, err, "")
	w.NoFaults()
}

func TestPlantedFailures(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	w.AddChannel(slacktest.Channel{ID: "C1"})
	api := client(w)
	send := func() error {
		_, _, err := api.PostMessage("C1", slack.MsgOptionText("t", false))
		return err
	}
	w.Fail("chat.postMessage", slacktest.Failure{Error: "invalid_blocks", Messages: []string{"x"}})
	w.Fail("chat.postMessage", slacktest.Failure{Status: 503, Times: 2})
	w.Fail("chat.postMessage", slacktest.Failure{Drop: true})
	w.Fail("chat.postMessage", slacktest.Failure{RetryAfter: 1500 * time.Millisecond, Channel: "C1"})
	w.Fail("chat.postMessage", slacktest.Failure{Delay: 10 * time.Millisecond})
	for _, want := range []string{"invalid_blocks", "503", "503", "EOF", "retry after 2s", ""} {
		wantError(t, send(), want)
	}
	if n := len(w.Messages("C1")); n != 1 {
		t.Error(n, "messages")
	}
	w.Fail("*", slacktest.Failure{DropAfterApply: true, Times: -1})
	wantError(t, send(), "EOF")
	w.Heal()
	wantError(t, send(), "")
	if n := len(w.Messages("C1")); n != 3 {
		t.Error(n, "messages")
	}
	w.NoFaults()
}

func TestPostsAreLimited(t *testing.T) {
	c := newClock()
	w := slacktest.New(t, slacktest.Options{PostInterval: time.Second, PostBurst: 2, Now: c.Now})
	w.AddChannel(slacktest.Channel{ID: "C1"})
	w.AddChannel(slacktest.Channel{ID: "C2"})
	api := client(w)
	for i, step := range []struct{ channel, want string }{{"C1", ""}, {"C1", ""}, {"C1", "retry after 1s"}, {"C2", ""}} {
		_, _, err := api.PostMessage(step.channel, slack.MsgOptionText("t", false))
		if t.Logf("step %d", i); true {
			wantError(t, err, step.want)
		}
	}
	c.Advance(time.Second)
	_, _, err := api.PostMessage("C1", slack.MsgOptionText("t", false))
	wantError(t, err, "")
	w.NoFaults()
	_, _, err = api.PostMessage("C1", slack.MsgOptionText("t", false))
	wantError(t, err, "retry after")
	_, _, err = api.PostMessage("C1", slack.MsgOptionText("t", false))
	wantError(t, err, "retry after")
	faulty(t, w, "Retry-After")
}

func TestInstallAndRotate(t *testing.T) {
	c := newClock()
	w := slacktest.New(t, slacktest.Options{Rotation: true, Now: c.Now})
	get := func(code string) (*slack.OAuthV2Response, error) {
		return slack.GetOAuthV2ResponseContext(t.Context(), http.DefaultClient, w.ClientID(), w.ClientSecret(), code, "", slack.OAuthOptionAPIURL(w.APIURL()))
	}
	renew := func(old string) (*slack.OAuthV2Response, error) {
		return slack.RefreshOAuthV2TokenContext(t.Context(), http.DefaultClient, w.ClientID(), w.ClientSecret(), old, slack.OAuthOptionAPIURL(w.APIURL()))
	}
	r, err := get(w.Grant())
	wantError(t, err, "")
	test := func(token, want string) {
		t.Helper()
		_, err := slack.New(token, slack.OptionAPIURL(w.APIURL())).AuthTest()
		wantError(t, err, want)
	}
	test(r.AccessToken, "")
	c.Advance(12 * time.Hour)
	test(r.AccessToken, "token_expired")
	next, err := renew(r.RefreshToken)
	wantError(t, err, "")
	test(next.AccessToken, "")
	w.Revoke(next.AccessToken)
	test(next.AccessToken, "token_revoked")
	w.NoFaults()
	_, err = renew(r.RefreshToken)
	wantError(t, err, "invalid_refresh_token")
	faulty(t, w, "refresh token")
	_, err = get("guessed")
	wantError(t, err, "invalid_code")
}

func TestAgentMethods(t *testing.T) {
	w := slacktest.New(t, slacktest.Options{})
	root := w.Say("U1", "C1", "hello").TS
	api := client(w)
	p := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: w.DMChannel("U1"), Title: "Try"}
	p.AddPrompt("Pay", "What does it pay?")
	wantError(t, api.SetAssistantThreadsSuggestedPrompts(p), "")
	wantError(t, api.SetAssistantThreadsStatus(slack.AssistantThreadsSetStatusParameters{ChannelID: "C1", ThreadTS: root, Status: "thinks", LoadingMessages: []string{"a", "b"}}), "")
	_, err := api.SetAgentSessionStatus(slack.AgentSessionSetStatusParameters{ChannelID: "C1", ThreadTS: root, Status: "processing"})
	wantError(t, err, "")
	_, err = api.RenameAgentSession(slack.AgentSessionRenameParameters{ChannelID: "C1", ThreadTS: root, Title: "Pay"})
	wantError(t, err, "")
	if ps := w.Prompts(); len(ps) != 1 || ps[0].Prompts[0].Message != "What does it pay?" {
		t.Errorf("%+v", ps)
	}
	if ss := w.Statuses(); len(ss) != 3 || ss[0].Status != "thinks" || ss[1].Status != "processing" || ss[2].Title != "Pay" {
		t.Errorf("%+v", ss)
	}
	w.NoFaults()
	p.ThreadTS = root
	wantError(t, api.SetAssistantThreadsSuggestedPrompts(p), "")
	faulty(t, w, "thread_ts")
	if len(w.Prompts()) != 1 {
		t.Error("prompts were set")
	}
}
