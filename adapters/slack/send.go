package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/redact"
	"careerbot/adapters/internal/rest"
	"careerbot/adapters/slack/install"
)

// post is an answer to be posted, as it lies in the outbox: no word of the
// person's.
type post struct {
	Workspace Workspace       `json:"workspace"`
	Channel   string          `json:"channel"`
	Thread    string          `json:"thread,omitempty"`
	User      string          `json:"user"` // who asked
	Text      string          `json:"text"`
	Blocks    json.RawMessage `json:"blocks,omitempty"`
	Of        string          `json:"of"`              // the fingerprint of what it answers
	Title     string          `json:"title,omitempty"` // of the session that it begins
}

// metadataType marks the bot's answers.
// https://docs.slack.dev/messaging/message-metadata
const metadataType = "careerbot_answer"

// send posts a letter of the desk.
func (a *Adapter) send(ctx context.Context, l delivery.Letter) delivery.Result {
	var m post
	if err := json.Unmarshal(l.Payload, &m); err != nil {
		return delivery.Result{Outcome: delivery.Never, Err: fmt.Errorf("slack: a letter cannot be read: %w", redact.JSON(err))}
	}
	c, err := a.client(ctx, m.Workspace)
	if err != nil {
		if errors.Is(err, install.ErrNotInstalled) {
			return delivery.Result{Outcome: delivery.Never, Err: err}
		}
		return delivery.Result{Outcome: delivery.Later, Err: err}
	}
	if l.Ambiguous {
		there, err := a.posted(ctx, c, m)
		switch {
		case there:
			return delivery.Result{Outcome: delivery.Sent}
		case err != nil && l.Tries > 0:
			// The post may stand there and cannot be looked for: a second copy
			// is not sent on purpose.
			return delivery.Result{Outcome: delivery.Sent, Err: fmt.Errorf("slack: whether a post was taken is not known: %w", err)}
		}
	}
	err = a.postMessage(ctx, c, m)
	if refusedBlocks(err) && m.Blocks != nil {
		a.refused(ctx, m.Workspace, err)
		m.Blocks = nil
		err = a.postMessage(ctx, c, m)
	}
	if code(err) == "msg_too_long" {
		m.Text, m.Blocks = shortText(m.Text), nil
		err = a.postMessage(ctx, c, m)
	}
	if noEntry[code(err)] && m.User != "" && m.Channel != m.User {
		a.log.WarnContext(ctx, "slack: cannot post where I was asked; answering the asker directly", "error", code(err))
		m.Channel, m.Thread = m.User, ""
		err = a.postMessage(ctx, c, m)
	}
	if err == nil {
		a.titleSession(ctx, m)
		return delivery.Result{Outcome: delivery.Sent}
	}
	return a.verdict(err)
}

func (a *Adapter) postMessage(ctx context.Context, c *slack.Client, m post) error {
	_, _, err := c.PostMessageContext(ctx, m.Channel, slack.MsgOptionText(m.Text, false), slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(), slack.MsgOptionDisableMarkdown(), slack.MsgOptionTS(m.Thread),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType, EventPayload: map[string]any{"of": m.Of}}),
		a.rawBlocks("chat.postMessage", m.Blocks))
	return err
}

// rawBlocks adds blocks that are written already.
func (a *Adapter) rawBlocks(method string, blocks json.RawMessage) slack.MsgOption {
	return slack.UnsafeMsgOptionEndpoint(a.cfg.APIURL+method, func(v url.Values) {
		if blocks != nil {
			v.Set("blocks", string(blocks))
		}
	})
}

// posted looks for an answer in its thread, where the app may read.
func (a *Adapter) posted(ctx context.Context, c *slack.Client, m post) (bool, error) {
	replies, _, _, err := c.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
		ChannelID: m.Channel, Timestamp: m.Thread, IncludeAllMetadata: true, Limit: 15})
	if err != nil {
		return false, fmt.Errorf("slack: conversations.replies: %w", err)
	}
	return slices.ContainsFunc(replies, func(r slack.Message) bool {
		return r.Metadata.EventType == metadataType && r.Metadata.EventPayload["of"] == m.Of
	}), nil
}

// refused notes that a workspace does not take blocks as they are written, and
// where Slack says the fault is.
func (a *Adapter) refused(ctx context.Context, w Workspace, err error) {
	a.counts.Refused.Add(1)
	a.basic.add(w.Team, basicTime)
	var r slack.SlackErrorResponse
	var where []string
	if errors.As(err, &r) {
		where = r.ResponseMetadata.Messages
	}
	a.log.ErrorContext(ctx, "slack: blocks were refused; the answer is sent as text", "error", code(err), "where", pointers(where))
}

// pointers keeps the JSON pointers of Slack's complaints: the rest of them may
// hold text of the message.
func pointers(messages []string) []string {
	var out []string
	for _, m := range messages {
		if at := strings.Index(m, "json-pointer:"); at >= 0 {
			p, _, _ := strings.Cut(m[at+len("json-pointer:"):], "]")
			out = append(out, p)
		}
	}
	return out
}

// shortLength is what Slack advises a text to keep to.
// https://docs.slack.dev/reference/methods/chat.postMessage#truncating
const shortLength = 4000

// verdict is what becomes of a letter that was not posted.
func (a *Adapter) verdict(err error) delivery.Result {
	r := delivery.Result{Err: fmt.Errorf("slack: chat.postMessage: %w", err)}
	var limited *slack.RateLimitedError
	var status slack.StatusCodeError
	var refusal slack.SlackErrorResponse
	switch {
	case errors.As(err, &limited):
		r.Outcome, r.After = delivery.Later, limited.RetryAfter
	case errors.As(err, &status):
		r.Outcome = delivery.Never
		if status.Code >= 500 {
			r.Outcome = delivery.Later
		}
	case errors.As(err, &refusal):
		r.Outcome = delivery.Never
		switch {
		case passing[refusal.Err]:
			r.Outcome = delivery.Later
		case isDead(err):
			a.die(err)
		case refusal.Err == "missing_scope":
			r.Err = missingScope("chat.postMessage", refusal)
		}
	case errors.Is(err, install.ErrNotInstalled), delivery.NotSent(err):
		r.Outcome = delivery.Later
	default:
		r.Outcome = delivery.Unsure
	}
	return r
}

// passing are errors of Slack's own that pass.
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
var passing = map[string]bool{"fatal_error": true, "internal_error": true, "service_unavailable": true, "request_timeout": true,
	"ratelimited": true, "rate_limited": true, "message_limit_exceeded": true, "team_added_to_org": true}

// noEntry are errors of a place where the bot may not post.
var noEntry = map[string]bool{"not_in_channel": true, "channel_not_found": true, "is_archived": true, "is_inactive": true,
	"restricted_action": true, "restricted_action_read_only_channel": true, "restricted_action_thread_only_channel": true,
	"restricted_action_non_threadable_channel": true, "restricted_action_thread_locked": true, "thread_not_found": true,
	"cannot_reply_to_message": true, "messages_tab_disabled": true}

// dead are errors after which the token never works again.
// https://docs.slack.dev/reference/methods/auth.test#errors
var dead = map[string]bool{"invalid_auth": true, "not_authed": true, "account_inactive": true, "token_revoked": true, "token_expired": true,
	"org_login_required": true, "no_permission": true}

func isDead(err error) bool { return dead[code(err)] }

// die ends Run when the only token is dead.
func (a *Adapter) die(err error) {
	if !a.single() {
		return
	}
	a.ready.Store(false)
	select {
	case a.dead <- deadToken(err):
	default:
	}
}

func deadToken(err error) error {
	return fmt.Errorf("slack: the bot token no longer works (%s): install the app anew and set SLACK_BOT_TOKEN to its new token", code(err))
}

// missingScope names the scope and where it is added.
func missingScope(method string, r slack.SlackErrorResponse) error {
	return fmt.Errorf("slack: %s needs the scope %s, and the token has %s: add it at https://api.slack.com/apps under OAuth & Permissions, Bot Token Scopes, and install the app anew",
		method, r.Needed, r.Provided)
}

// code is Slack's name for the error, "" if it has none.
func code(err error) string {
	var r slack.SlackErrorResponse
	if errors.As(err, &r) {
		return r.Err
	}
	return ""
}

// refusedBlocks says whether Slack refused a message for its blocks.
func refusedBlocks(err error) bool {
	c := code(err)
	return strings.Contains(c, "block") || c == "invalid_attachments"
}

// errRefused is a response_url that did not take a response.
type responseError struct {
	status int
	code   string
	after  time.Duration
}

func (e responseError) Error() string {
	return fmt.Sprintf("slack: response_url: status %d %s", e.status, e.code)
}

// response is what a response_url takes.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
type response struct {
	ResponseType    string          `json:"response_type,omitempty"`
	ReplaceOriginal bool            `json:"replace_original"`
	ThreadTS        string          `json:"thread_ts,omitempty"`
	UnfurlLinks     bool            `json:"unfurl_links"`
	UnfurlMedia     bool            `json:"unfurl_media"`
	Markdown        bool            `json:"mrkdwn"`
	Text            string          `json:"text"`
	Blocks          json.RawMessage `json:"blocks,omitempty"`
}

// respond sends the response; as text alone when its blocks are refused.
func (a *Adapter) respond(ctx context.Context, w Workspace, address string, r response) error {
	err := a.respondOnce(ctx, address, r)
	var refused responseError
	if errors.As(err, &refused) && strings.Contains(refused.code, "block") && r.Blocks != nil {
		a.counts.Refused.Add(1)
		a.basic.add(w.Team, basicTime)
		a.log.ErrorContext(ctx, "slack: blocks were refused; the answer is sent as text", "error", refused.code)
		r.Blocks = nil
		err = a.respondOnce(ctx, address, r)
	}
	if errors.As(err, &refused) && refused.status == http.StatusTooManyRequests && refused.after <= callTime/2 {
		if rest.For(ctx, refused.after) {
			err = a.respondOnce(ctx, address, r)
		}
	}
	return err
}

var errResponseURL = errors.New("slack: response_url: not an address that answers are sent to")

// allowed says whether answers may be sent to the address: https to a host
// that is listed, or a loopback host that is listed.
func (a *Adapter) allowed(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Host == "" {
		return false
	}
	if !a.hosts[strings.ToLower(u.Host)] && !(u.Port() == "" && a.hosts[strings.ToLower(u.Hostname())]) {
		return false
	}
	if u.Scheme == "https" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

func (a *Adapter) respondOnce(ctx context.Context, address string, r response) error {
	if !a.allowed(address) {
		return errResponseURL
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("slack: response_url: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return errResponseURL
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := a.http.Do(req)
	if err != nil {
		return fmt.Errorf("slack: response_url: %w", redact.Address(err))
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, 4<<10))
	if err != nil {
		return fmt.Errorf("slack: response_url: %w", redact.Address(err))
	}
	var answer struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	if json.Unmarshal(said, &answer) != nil && res.StatusCode != http.StatusOK {
		answer.Error = word(said)
	}
	if res.StatusCode == http.StatusOK && (answer.OK == nil || *answer.OK) {
		return nil
	}
	after, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if err != nil {
		after = 1
	}
	return responseError{res.StatusCode, answer.Error, time.Duration(after) * time.Second}
}

// word keeps a refusal that is one of Slack's codes.
func word(said []byte) string {
	s := strings.TrimSpace(string(said))
	if len(s) > 60 || strings.ContainsFunc(s, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }) {
		return "unreadable"
	}
	return s
}
