package discord

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/redact"
	"careerbot/bot"
)

// letter is an answer to be posted, as it lies in the outbox: no word of the
// person's.
type letter struct {
	Channel string      `json:"channel"`
	Reply   string      `json:"reply"` // the message that asked
	User    string      `json:"user"`  // who asked
	Full    Message     `json:"full"`
	Charts  []bot.Chart `json:"charts,omitempty"` // of Full's attachments, by their place
	Basic   Message     `json:"basic"`
	Plain   Message     `json:"plain"`
	Nonce   string      `json:"nonce"`
	Direct  bool        `json:"direct"` // the channel is a direct one
}

// lane is that of a channel's letters, and group that of all: a wait can hold
// for the whole bot.
func lane(channel string) string { return delivery.Key("discord", channel) }

var group = delivery.Key("discord")

// letter writes the answer to a message.
func (a *Adapter) letter(answer bot.Answer, m spokenMessage) ([]byte, error) {
	charts := &recorder{drawer: a.drawer}
	o := Options{Asker: m.Author.ID, Drawer: charts}
	if answered(answer) && len(answer.Understood.Roles) == 1 {
		o.Compare = a.rolesToCompare(answer.Understood.Roles[0])
	}
	l := letter{Channel: m.ChannelID, Reply: m.ID, User: m.Author.ID, Full: Render(answer, o), Charts: charts.drawn, Nonce: nonce(m.key()), Direct: m.direct()}
	o.Level = Basic
	l.Basic = Render(answer, o)
	o.Level = Plain
	l.Plain = Render(answer, o)
	return encode(l)
}

// nonce stands for an answer: Discord posts no second message of the same
// nonce for some minutes.
// https://docs.discord.com/developers/resources/message#create-message-jsonform-params
func nonce(key string) string {
	sum := sha256.Sum256([]byte(key))
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15]) // 24 of at most 25 characters
}

// nonceTime is for how long a nonce surely holds.
const nonceTime = time.Minute

// send posts a letter of the desk.
func (a *Adapter) send(ctx context.Context, l delivery.Letter) delivery.Result {
	var m letter
	if err := json.Unmarshal(l.Payload, &m); err != nil {
		return delivery.Result{Outcome: delivery.Never, Err: fmt.Errorf("discord: a letter cannot be read: %w", redact.JSON(err))}
	}
	if wait := a.pauses.left(m.Channel); wait > 0 {
		return delivery.Result{Outcome: delivery.Later, After: wait}
	}
	if l.Ambiguous {
		there, err := a.posted(ctx, m)
		switch {
		case there:
			return delivery.Result{Outcome: delivery.Sent}
		case err != nil && l.Tries > 0 && time.Since(l.Since) > nonceTime:
			// It may stand there and cannot be looked for, and the nonce no
			// longer helps: a second copy is not sent on purpose.
			return delivery.Result{Outcome: delivery.Sent, Err: fmt.Errorf("discord: whether a post was taken is not known: %w", err)}
		}
	}
	err := a.postAnswer(ctx, m)
	if noEntry(err) && !m.Direct {
		a.log.WarnContext(ctx, "discord: cannot post where I was asked; answering the asker directly", "error", err)
		a.counts.Rerouted.Add(1)
		err = a.postDirectly(ctx, m, err)
	}
	if err == nil {
		return delivery.Result{Outcome: delivery.Sent}
	}
	return a.verdict(err)
}

// postAnswer posts the answer as a reply, more plainly when it is refused for
// how it is written.
func (a *Adapter) postAnswer(ctx context.Context, m letter) error {
	err := a.post(ctx, m, a.withPictures(ctx, m))
	var r refusal
	if errors.As(err, &r) && r.Code == codeNoHistory && m.Reply != "" {
		m.Reply = "" // a reply needs to read the history; the answer does not
		err = a.post(ctx, m, a.withPictures(ctx, m))
	}
	for _, plainer := range []Message{m.Basic, m.Plain} {
		if !errors.As(err, &r) || r.Status != http.StatusBadRequest && r.Status != http.StatusRequestEntityTooLarge {
			break
		}
		a.counts.Refused.Add(1)
		a.log.ErrorContext(ctx, "discord: a message was refused; it is sent more plainly", "error", err)
		err = a.post(ctx, m, plainer)
	}
	return err
}

// postDirectly posts the answer to the asker, who hears what the bot lacks
// where it was asked.
func (a *Adapter) postDirectly(ctx context.Context, m letter, why error) error {
	channel, err := a.rest.UserChannelCreate(m.User, a.bounded(ctx)...)
	if err != nil {
		return refused(err)
	}
	m.Channel, m.Reply = channel.ID, ""
	m.Full, m.Basic, m.Plain = m.Full.noted(lacks(why)), m.Basic.noted(lacks(why)), m.Plain.noted(lacks(why))
	return a.postAnswer(ctx, m)
}

// lacks says which permission is missing, for the server's owner.
func lacks(err error) string {
	permission := "Send Messages (in a thread: Send Messages in Threads)"
	var r refusal
	if errors.As(err, &r) && r.Code == codeMissingAccess {
		permission = "View Channel"
	}
	return "-# I may not answer where you asked: the server's owner can give me the permission " + permission + " there."
}

// withPictures is the message with its charts drawn, which a letter does not
// hold; without them it is the plainer one.
func (a *Adapter) withPictures(ctx context.Context, m letter) Message {
	full := m.Full
	for _, c := range m.Charts {
		png, err := a.drawer.Draw(c)
		if err != nil {
			a.log.ErrorContext(ctx, "discord: a chart cannot be drawn again", "error", err)
			return m.Basic
		}
		full.Pictures = append(full.Pictures, png)
	}
	return full
}

// outgoing is a message as it is posted.
// https://docs.discord.com/developers/resources/message#create-message
type outgoing struct {
	Message
	Nonce        string     `json:"nonce"`
	EnforceNonce bool       `json:"enforce_nonce"`
	Reference    *reference `json:"message_reference,omitempty"`
}

type reference struct {
	MessageID string `json:"message_id"`
	Fail      bool   `json:"fail_if_not_exists"` // false: a question that was deleted must not lose its answer
}

func (a *Adapter) post(ctx context.Context, l letter, m Message) error {
	out := outgoing{Message: m, Nonce: l.Nonce, EnforceNonce: true}
	if l.Reply != "" {
		out.Reference = &reference{MessageID: l.Reply}
	}
	kind, body, err := write(out, m)
	if err != nil {
		return err
	}
	after, err := a.call(ctx, http.MethodPost, discordgo.EndpointChannelMessages(l.Channel), kind, body)
	a.pauses.add(l.Channel, after)
	return err
}

// call sends a message to the API and returns how long the route is closed
// afterwards. The error is a [refusal] if Discord answered.
//
// It does not go through discordgo's own: that waits for a route without
// hearing of the end of ctx.
func (a *Adapter) call(ctx context.Context, method, address, kind string, body []byte) (closed time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("discord: %w", err)
	}
	req.Header.Set("Authorization", a.rest.Token)
	req.Header.Set("Content-Type", kind)
	req.Header.Set("User-Agent", a.rest.UserAgent)
	res, err := a.rest.Client.Do(req)
	if err != nil {
		return 0, withoutAddress(err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	if res.StatusCode >= 200 && res.StatusCode < 300 {
		if res.Header.Get("X-RateLimit-Remaining") == "0" {
			closed = seconds(res.Header.Get("X-RateLimit-Reset-After"))
		}
		return closed, nil
	}
	if err != nil {
		said = nil
	}
	return 0, readRefusal(res, said)
}

// refusal is Discord's answer to what it did not do.
type refusal struct {
	Status int
	Code   int    // https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
	What   string // in Discord's words, which are not about what was sent
	After  time.Duration
	Wide   bool // After holds for the whole bot
}

func (r refusal) Error() string {
	if r.What == "" {
		return fmt.Sprintf("discord: status %d", r.Status)
	}
	return fmt.Sprintf("discord: status %d, code %d: %s", r.Status, r.Code, r.What)
}

// codes of refusals.
const (
	codeUnknownApplication = 10002
	codeNotItsApplication  = 20012
	codeAcknowledged       = 40060
	codeMissingAccess      = 50001
	codeNoDirect           = 50007 // the person takes no direct messages
	codeNoHistory          = 160002
)

func readRefusal(res *http.Response, said []byte) refusal {
	r := refusal{Status: res.StatusCode}
	var body struct {
		Code       int     `json:"code"`
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}
	_ = json.Unmarshal(said, &body) // what is no JSON has no code
	r.Code, r.What = body.Code, short(body.Message, maxLabel)
	if res.StatusCode == http.StatusTooManyRequests {
		r.After = max(time.Duration(body.RetryAfter*float64(time.Second)), seconds(res.Header.Get("Retry-After")))
		if r.After == 0 {
			r.After = time.Second
		}
		r.Wide = body.Global || res.Header.Get("X-RateLimit-Global") != "" || res.Header.Get("X-RateLimit-Scope") == "global"
	}
	return r
}

// seconds reads a header of seconds, 0 if it is none.
func seconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || math.IsNaN(f) || f > 24*3600 {
		return 0
	}
	return time.Duration(f * float64(time.Second))
}

// verdict is what becomes of a letter that was not posted.
func (a *Adapter) verdict(err error) delivery.Result {
	out := delivery.Result{Outcome: delivery.Unsure, Err: err}
	var r refusal
	switch {
	case errors.As(err, &r):
		out.Outcome = delivery.Never
		switch {
		case r.Status == http.StatusTooManyRequests:
			out.Outcome, out.After, out.Wide = delivery.Later, r.After, r.Wide
		case r.Status >= 500:
			out.Outcome = delivery.Later
		case r.Status == http.StatusUnauthorized:
			out.Outcome = delivery.Later // for the replica that has the new token
			a.die(errToken)
		}
	case delivery.NotSent(err):
		out.Outcome = delivery.Later
	}
	return out
}

// noEntry says whether the bot may not post in a channel, or there is none.
func noEntry(err error) bool {
	var r refusal
	return errors.As(err, &r) && r.Code != codeNoDirect && (r.Status == http.StatusForbidden || r.Status == http.StatusNotFound)
}

// lookBack is how many messages are looked through for an answer.
const lookBack = 50

// posted looks for the answer after its question, where the bot may read.
func (a *Adapter) posted(ctx context.Context, m letter) (bool, error) {
	found, err := a.rest.ChannelMessages(m.Channel, lookBack, "", m.Reply, "", a.bounded(ctx)...)
	if err != nil {
		return false, refused(err)
	}
	self := a.selfID()
	return slices.ContainsFunc(found, func(it *discordgo.Message) bool {
		return it.Author != nil && it.Author.ID == self && it.MessageReference != nil && it.MessageReference.MessageID == m.Reply
	}), nil
}

// bounded keeps a call of discordgo's to ctx, and to one try.
func (a *Adapter) bounded(ctx context.Context) []discordgo.RequestOption {
	return []discordgo.RequestOption{discordgo.WithContext(ctx), discordgo.WithRetryOnRatelimit(false), discordgo.WithRestRetries(0)}
}

// refused is discordgo's error as a [refusal], if Discord answered, and without
// what was sent.
func refused(err error) error {
	if err == nil {
		return nil
	}
	var r *discordgo.RESTError
	if errors.As(err, &r) && r.Response != nil {
		return readRefusal(r.Response, r.ResponseBody)
	}
	var limited *discordgo.RateLimitError
	if errors.As(err, &limited) && limited.RateLimit != nil && limited.TooManyRequests != nil {
		return refusal{Status: http.StatusTooManyRequests, After: max(limited.RetryAfter, time.Second)}
	}
	return withoutAddress(err)
}

// withoutAddress leaves the address out, which may hold a token.
func withoutAddress(err error) error { return fmt.Errorf("discord: %w", redact.Address(err)) }
