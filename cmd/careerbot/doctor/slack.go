package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"careerbot/adapters/slack/install"
)

// Slack is what the environment says of Slack.
type Slack struct {
	BotToken install.Secret // none: of an app that several workspaces install
	AppToken install.Secret // none: over HTTP
	Signing  install.Secret
	API      string   // a prefix that ends in a slash
	Scopes   []string // what the bot needs
	More     []string // what it can use besides
	Channel  string   // one to look for the bot in; "" for none
}

// slackReply is what all methods answer with, and what auth.test and
// conversations.info do besides.
type slackReply struct {
	OK      bool   `json:"ok"`
	Error   string `json:"error"`
	Team    string `json:"team"`
	User    string `json:"user"`
	Channel struct {
		Name     string `json:"name"`
		IsMember bool   `json:"is_member"`
		IsIM     bool   `json:"is_im"`
	} `json:"channel"`
}

// Look asks Slack about the tokens. A token of the wrong kind is not sent.
func (s Slack) Look(ctx context.Context) []Finding {
	kinds := s.Kinds()
	if slices.ContainsFunc(kinds, func(f Finding) bool { return f.State == Error }) {
		return kinds
	}
	var (
		looks             sync.WaitGroup
		bot, app, channel []Finding
	)
	looks.Go(func() { bot = s.bot(ctx) })
	if !s.AppToken.IsZero() {
		looks.Go(func() { app = s.app(ctx) })
	}
	if s.Channel != "" && !s.BotToken.IsZero() {
		looks.Go(func() { channel = s.channel(ctx) })
	}
	looks.Wait()
	return slices.Concat(kinds, bot, app, channel)
}

// Kinds are faults that the settings show by themselves.
func (s Slack) Kinds() []Finding {
	var out []Finding
	kind := func(name, begins, where string, token install.Secret) {
		if t := token.Reveal(); t != "" && !strings.HasPrefix(t, begins) {
			out = append(out, Finding{"Slack", Error, name + " is no such token: it must begin with " + begins + ".",
				"Slack refuses it, and nothing is answered.", "Copy the one that begins with " + begins + " from " + where + " of your app.", nil})
		}
	}
	kind("SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions", s.BotToken)
	kind("SLACK_APP_TOKEN", "xapp-", "Basic Information, App-Level Tokens,", s.AppToken)
	if key := s.Signing.Reveal(); key != "" && (len(key) != 32 || strings.Trim(key, "0123456789abcdef") != "") {
		out = append(out, Finding{"Slack", Warning, "SLACK_SIGNING_SECRET does not look like one: Slack's have 32 digits of 0-9 and a-f.",
			"While it is wrong, commands fail with dispatch_failed and requests are refused with 401.", "Copy the Signing Secret anew from Basic Information of your app.", nil})
	}
	return out
}

// ask calls a method; a fault says why there is no answer.
func (s Slack) ask(ctx context.Context, method string, token install.Secret, query url.Values) (slackReply, reply, *Finding) {
	address := s.API + method
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	r, err := call(ctx, http.MethodPost, address, "Bearer "+token.Reveal())
	if err != nil {
		return slackReply{}, r, &Finding{"Slack", Error, "Slack's API does not answer: " + err.Error() + ".",
			"Nothing is answered; the log says \"cannot ask who I am\".",
			"Let this machine reach " + bareHost(s.API) + "; behind a proxy, set HTTPS_PROXY.", nil}
	}
	var said slackReply
	if json.Unmarshal(r.body, &said) != nil {
		return said, r, &Finding{"Slack", Error, fmt.Sprintf("What answers at %s is not Slack's API (status %d).", bareHost(s.API), r.status),
			"Nothing is answered.", "Look at SLACK_API_URL, at a proxy on the way, and at https://slack-status.com.", nil}
	}
	return said, r, nil
}

// bot looks at the bot's token, its permissions and the clock.
func (s Slack) bot(ctx context.Context) []Finding {
	method := "auth.test"
	if s.BotToken.IsZero() {
		method = "api.test"
	}
	said, r, fault := s.ask(ctx, method, s.BotToken, nil)
	if fault != nil {
		return append([]Finding{*fault}, clockFinding("Slack", r)...)
	}
	out := clockFinding("Slack", r)
	switch {
	case s.BotToken.IsZero():
		return append(out, ok("Slack", "Its API answers; each workspace brings its own token."))
	case !said.OK:
		return append(out, botRefused(said.Error))
	}
	out = append(out, ok("Slack", fmt.Sprintf("The bot token works: it is %s in the workspace %s.", said.User, said.Team)))
	return append(out, s.scopes(r.header.Get("X-Oauth-Scopes"))...)
}

// botRefused is a bot token that Slack does not take.
// https://docs.slack.dev/reference/methods/auth.test#errors
func botRefused(code string) Finding {
	says, remedy := "Slack refuses the bot token ("+code+").", "Look the code up at https://docs.slack.dev/reference/methods/auth.test."
	switch code {
	case "invalid_auth", "not_authed", "not_allowed_token_type":
		says = "Slack does not know the bot token (" + code + ")."
		remedy = "Copy the Bot User OAuth Token anew from OAuth & Permissions of your app, and set SLACK_BOT_TOKEN to it."
	case "account_inactive", "token_revoked", "token_expired":
		says = "The bot token no longer works (" + code + "): the app was removed, or the token revoked."
		remedy = "Install the app again under OAuth & Permissions, and set SLACK_BOT_TOKEN to the new token."
	case "ratelimited":
		remedy = "Try again in a minute."
	}
	return Finding{"Slack", Error, says, "serve ends with this, or, beside another platform, says so in /readyz.", remedy, nil}
}

// scopes holds what was granted against what is needed.
func (s Slack) scopes(granted string) []Finding {
	if granted == "" {
		return nil // not said
	}
	var out []Finding
	has := strings.FieldsFunc(granted, func(r rune) bool { return r == ',' || r == ' ' })
	var lacks, idle []string
	for _, scope := range s.Scopes {
		if !slices.Contains(has, scope) {
			lacks = append(lacks, scope)
		}
	}
	for _, scope := range has {
		if !slices.Contains(s.Scopes, scope) && !slices.Contains(s.More, scope) {
			idle = append(idle, scope)
		}
	}
	if len(lacks) > 0 {
		out = append(out, Finding{"Slack", Error, "The app was not granted " + strings.Join(lacks, ", ") + ".",
			"What needs it is not answered; the log says \"needs the scope\".",
			"Add it under OAuth & Permissions, Bot Token Scopes, and choose Reinstall to Workspace.", nil})
	}
	if len(idle) > 0 {
		out = append(out, Finding{"Slack", Warning, "The app was granted more than it uses: " + strings.Join(idle, ", ") + ".",
			"Nothing fails; whoever had the token could do more.",
			"Remove it under OAuth & Permissions, Bot Token Scopes, and reinstall the app.", nil})
	}
	if len(out) == 0 {
		out = append(out, ok("Slack", "It was granted all that it needs, and no more."))
	}
	return out
}

// app looks whether the app's token opens a socket. It asks for the address of
// one, which runs out unused, and does not connect.
func (s Slack) app(ctx context.Context) []Finding {
	said, _, fault := s.ask(ctx, "apps.connections.open", s.AppToken, nil)
	switch {
	case fault != nil:
		return nil // said of the bot's token
	case said.OK:
		return []Finding{ok("Slack", "Socket Mode is switched on, and the app token opens it.")}
	}
	const shows = "No question arrives; the log says \"socket: ended\"."
	switch said.Error {
	case "missing_scope", "no_permission":
		return []Finding{{"Slack", Error, "The app token lacks the scope connections:write.", shows,
			"Make an app-level token with connections:write under Basic Information, App-Level Tokens, and set SLACK_APP_TOKEN to it.", nil}}
	case "invalid_auth", "not_authed", "token_revoked", "account_inactive", "not_allowed_token_type":
		return []Finding{{"Slack", Error, "Slack does not take the app token (" + said.Error + ").", "serve ends with this: the socket cannot be opened.",
			"Make a new one with connections:write under Basic Information, App-Level Tokens, and set SLACK_APP_TOKEN to it.", nil}}
	case "ratelimited":
		return []Finding{{"Slack", Warning, "Slack would not say whether Socket Mode is on (ratelimited).", "Nothing, if it is.", "Try again in a minute.", nil}}
	}
	return []Finding{{"Slack", Error, "Slack opens no socket for this app: Socket Mode is switched off (" + said.Error + ").", shows,
		"Switch on Enable Socket Mode under Socket Mode of your app; or leave out SLACK_APP_TOKEN and set SLACK_SIGNING_SECRET for HTTP.", nil}}
}

// channel looks whether the bot is in the channel, as far as it may see it.
func (s Slack) channel(ctx context.Context) []Finding {
	said, _, fault := s.ask(ctx, "conversations.info", s.BotToken, url.Values{"channel": {s.Channel}})
	if fault != nil {
		return nil // said of the bot's token
	}
	absent := Finding{"Slack", Error, "The bot is not in the channel " + s.Channel + ".",
		"A mention there gets no answer; commands work.", "Type /invite @careerbot in the channel.", nil}
	switch {
	case said.OK && (said.Channel.IsMember || said.Channel.IsIM):
		return []Finding{ok("Slack", "The bot is in #"+said.Channel.Name+".")}
	case said.OK:
		absent.Says = "The bot is not in #" + said.Channel.Name + "."
		return []Finding{absent}
	case said.Error == "channel_not_found":
		absent.Says = "Slack shows the bot no channel " + s.Channel + ": it is not in it, or there is none."
		return []Finding{absent}
	case said.Error != "missing_scope":
		return nil // the token is refused, which is said
	}
	// The scope that shows channels is not among those that the bot needs; the
	// one that reads them says as much.
	said, _, fault = s.ask(ctx, "conversations.history", s.BotToken, url.Values{"channel": {s.Channel}, "limit": {"1"}})
	switch {
	case fault != nil:
		return nil
	case said.OK:
		return []Finding{ok("Slack", "The bot is in the channel "+s.Channel+".")}
	case said.Error == "not_in_channel" || said.Error == "channel_not_found":
		return []Finding{absent}
	}
	return []Finding{{"Slack", Warning, "Whether the bot is in the channel cannot be seen with the permissions that it has.",
		"If it is not, a mention there gets no answer.", "Type /invite @careerbot in the channel: Slack says so if it is there.", nil}}
}

// bareHost is the host of an address, which may hold a password.
func bareHost(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "the API"
	}
	return u.Host
}
