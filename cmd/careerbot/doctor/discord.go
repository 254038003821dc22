package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/slack/install"
)

// Discord is what the environment says of Discord.
type Discord struct {
	Token         install.Secret
	ApplicationID string
	PublicKey     string
	API           string // a prefix that ends in a slash
	HTTP, Gateway bool   // the doors that are open
	Guild         string // where the commands are registered; "" everywhere
	Channel       string // one to look for the bot in; "" for none
	Commands      []string
}

const administrator = 1 << 3

// Invite is the address that a server's owner invites the bot with, and a
// sentence for each permission that it asks for.
func Invite(applicationID string) (address string, why []string) {
	for _, r := range discord.Reasons {
		why = append(why, r.Name+": "+r.Why+".")
	}
	q := url.Values{"client_id": {applicationID}, "scope": {"bot applications.commands"}, "permissions": {strconv.FormatUint(discord.Permissions, 10)}}
	return "https://discord.com/oauth2/authorize?" + q.Encode(), why
}

// Look asks Discord about the token, the application and its servers.
func (d Discord) Look(ctx context.Context) []Finding {
	out := d.kinds()
	if slices.ContainsFunc(out, func(f Finding) bool { return f.State == Error }) {
		return append(out, d.invite())
	}
	var (
		looks sync.WaitGroup
		parts = make([][]Finding, 5)
	)
	for i, look := range []func(context.Context) []Finding{d.application, d.commands, d.servers, d.sessions, d.channel} {
		looks.Go(func() { parts[i] = look(ctx) })
	}
	looks.Wait()
	if fatal := slices.IndexFunc(parts[0], func(f Finding) bool { return f.fatal() }); fatal >= 0 {
		parts = parts[:1] // what else fails follows from it
	}
	return append(append(out, slices.Concat(parts...)...), d.invite())
}

// fatal says whether nothing can be asked because of it.
func (f Finding) fatal() bool { return f.Says == refusedToken || strings.HasPrefix(f.Says, silentAPI) }

const (
	refusedToken = "Discord refuses the bot's token."
	silentAPI    = "Discord's API does not answer"
)

func (d Discord) invite() Finding {
	if !digits(d.ApplicationID) {
		return Finding{What: "invite", State: OK, Says: "The link that invites the bot needs DISCORD_APPLICATION_ID."}
	}
	address, why := Invite(d.ApplicationID)
	return Finding{What: "invite", State: OK, Says: "This link invites the bot to a server, with no more than it needs: " + address, More: why}
}

// kinds are faults that the settings show by themselves.
func (d Discord) kinds() []Finding {
	var out []Finding
	token := d.Token.Reveal()
	switch {
	case strings.HasPrefix(token, "Bot "):
		out = append(out, Finding{"Discord", Error, "DISCORD_TOKEN begins with \"Bot \".", "Discord refuses it, and nothing is answered.",
			"Leave that word out: set the token alone.", nil})
	case strings.Count(token, ".") != 2:
		out = append(out, Finding{"Discord", Warning, "DISCORD_TOKEN does not look like a bot's token, which has three parts with dots between: a client secret, perhaps.",
			"While it is wrong, serve ends or is not ready: the token is refused.", "Choose Reset Token under Bot of your application, and set DISCORD_TOKEN to the new one.", nil})
	}
	if !digits(d.ApplicationID) {
		out = append(out, Finding{"Discord", Error, "DISCORD_APPLICATION_ID is no id: ids are digits only.", "No command can be registered.",
			"Copy the Application ID from General Information of your application.", nil})
	}
	return out
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// ask reads what the API says of path into v. The error is a finding where it
// did not answer as it should.
func (d Discord) ask(ctx context.Context, path string, v any) (reply, *Finding) {
	r, err := call(ctx, http.MethodGet, d.API+path, "Bot "+d.Token.Reveal())
	switch {
	case err != nil:
		return r, &Finding{"Discord", Error, silentAPI + ": " + err.Error() + ".", "Nothing is answered; the log says \"trying again\".",
			"Let this machine reach " + bareHost(d.API) + "; behind a proxy, set HTTPS_PROXY.", nil}
	case r.status == http.StatusUnauthorized:
		return r, &Finding{"Discord", Error, refusedToken, "serve ends with this, or is not ready and says so in /readyz.",
			"Choose Reset Token under Bot of your application, and set DISCORD_TOKEN to the new one.", nil}
	case r.status == http.StatusOK && json.Unmarshal(r.body, v) == nil:
		return r, nil
	}
	return r, &Finding{"Discord", Error, fmt.Sprintf("Discord answers %s with status %d.", path, r.status), "What needs it does not work.",
		"Look at DISCORD_API_URL, at a proxy on the way, and at https://discordstatus.com.", nil}
}

// application is what Discord says of it.
// https://docs.discord.com/developers/resources/application#application-object
type application struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Key       string `json:"verify_key"`
	Endpoint  string `json:"interactions_endpoint_url"`
	CodeGrant bool   `json:"bot_require_code_grant"`
	Flags     uint64 `json:"flags"`
}

// intents are the privileged ones, as flags of an application: for few servers
// and for many.
// https://docs.discord.com/developers/resources/application#application-object-application-flags
var intents = []struct {
	flags uint64
	name  string
}{
	{1<<12 | 1<<13, "Presence Intent"},
	{1<<14 | 1<<15, "Server Members Intent"},
	{1<<18 | 1<<19, "Message Content Intent"},
}

func (d Discord) application(ctx context.Context) []Finding {
	var app application
	r, fault := d.ask(ctx, "applications/@me", &app)
	out := clockFinding("Discord", r)
	if fault != nil {
		return append(out, *fault)
	}
	before := len(out)
	if app.ID != d.ApplicationID {
		out = append(out, Finding{"Discord", Error, "DISCORD_APPLICATION_ID is not the application that the token belongs to.", "No command can be registered; links invite another bot.",
			"Set DISCORD_APPLICATION_ID to " + app.ID + ", or DISCORD_TOKEN to the token of the application that you mean.", nil})
	}
	if d.HTTP && !strings.EqualFold(app.Key, strings.TrimSpace(d.PublicKey)) {
		out = append(out, Finding{"Discord", Error, "DISCORD_PUBLIC_KEY is not this application's.", "Discord does not take the address for interactions, and requests are refused with 401.",
			"Copy the Public Key from General Information of your application.", nil})
	}
	out = append(out, d.door(app)...)
	if app.CodeGrant {
		out = append(out, Finding{"Discord", Error, "The application requires an OAuth2 code grant.", "Who follows the invite link is told that it needs a code, and the bot does not come.",
			"Switch off Requires OAuth2 Code Grant under Bot of your application.", nil})
	}
	for _, in := range intents {
		if app.Flags&in.flags != 0 {
			out = append(out, Finding{"Discord", Warning, "The " + in.name + " is switched on and not used.", "Nothing fails; Discord sends more of what people do, and reviews it as the bot grows.",
				"Switch it off under Bot, Privileged Gateway Intents, of your application.", nil})
		}
	}
	if len(out) == before {
		out = append(out, ok("Discord", "The token works: it is the application "+app.Name+"."))
	}
	return out
}

// door holds where Discord sends interactions against the doors that are open:
// it sends them to the address that is set, and only without one over the
// gateway.
func (d Discord) door(app application) []Finding {
	switch {
	case app.Endpoint == "" && d.HTTP && !d.Gateway:
		return []Finding{{"Discord", Error, "No address for interactions is set, and DISCORD_MODE is http.", "Commands fail with \"The application did not respond\".",
			"Set Interactions Endpoint URL under General Information to your address and /discord/interactions, or DISCORD_MODE to gateway.", nil}}
	case app.Endpoint != "" && !d.HTTP:
		return []Finding{{"Discord", Error, "Discord sends commands to " + bareHost(app.Endpoint) + ", and DISCORD_MODE is gateway.", "Commands fail with \"The application did not respond\", or another program answers them.",
			"Clear Interactions Endpoint URL under General Information, or set DISCORD_MODE to both.", nil}}
	case app.Endpoint != "" && !strings.HasSuffix(strings.TrimSuffix(app.Endpoint, "/"), "/discord/interactions"):
		return []Finding{{"Discord", Warning, "The address for interactions does not end in /discord/interactions.", "Commands fail with \"The application did not respond\", unless a proxy changes the path.",
			"Set Interactions Endpoint URL under General Information to your address and /discord/interactions.", nil}}
	}
	return nil
}

// command is a registered one.
type command struct {
	Name string `json:"name"`
}

// commands looks which of the commands are registered.
func (d Discord) commands(ctx context.Context) []Finding {
	path, where := "applications/"+d.ApplicationID+"/commands", ""
	if d.Guild != "" {
		path, where = "applications/"+d.ApplicationID+"/guilds/"+url.PathEscape(d.Guild)+"/commands", " on the server "+d.Guild
	}
	var known []command
	r, fault := d.ask(ctx, path, &known)
	switch {
	case d.Guild != "" && (r.status == http.StatusForbidden || r.status == http.StatusNotFound):
		return []Finding{{"Discord", Error, "The bot is not on the server that DISCORD_GUILD names.", "Its commands cannot be registered there.",
			"Invite it by the link below, or leave out DISCORD_GUILD to register the commands everywhere.", nil}}
	case r.status == http.StatusForbidden || r.status == http.StatusNotFound:
		return nil // another application's: said there
	case fault != nil:
		return []Finding{*fault}
	}
	var lacks []string
	for _, c := range d.Commands {
		if !slices.Contains(known, command{c}) {
			lacks = append(lacks, c)
		}
	}
	if len(lacks) > 0 {
		return []Finding{{"Discord", Warning, "Not registered" + where + ": " + strings.Join(lacks, ", ") + ".", "Nobody is offered the command.",
			"Start careerbot serve: it registers what is missing.", nil}}
	}
	return []Finding{ok("Discord", "The commands are registered"+where+".")}
}

// guild is a server that the bot is on.
type guild struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions string `json:"permissions"`
}

// servers looks what the bot may do on its servers, the first 200 of them. A
// channel may still take permissions away.
func (d Discord) servers(ctx context.Context) []Finding {
	var all []guild
	if _, fault := d.ask(ctx, "users/@me/guilds?limit=200", &all); fault != nil {
		return []Finding{*fault}
	}
	if len(all) == 0 {
		return []Finding{{"Discord", Warning, "The bot is on no server.", "Nobody can mention it; commands work for who installed it for themselves.",
			"Invite it by the link below.", nil}}
	}
	var out []Finding
	for _, g := range all {
		may, err := strconv.ParseUint(g.Permissions, 10, 64)
		if err != nil {
			continue // not said
		}
		if may&administrator != 0 {
			out = append(out, Finding{"Discord", Warning, "On the server " + g.Name + " the bot is an administrator.", "Nothing fails; whoever had the token could do all there.",
				"Take Administrator from its role, and grant what the link below asks for.", nil})
			continue
		}
		var lacks []string
		for _, p := range discord.Reasons {
			if may&p.Bit == 0 {
				lacks = append(lacks, p.Name)
			}
		}
		if len(lacks) > 0 {
			out = append(out, Finding{"Discord", Error, "On the server " + g.Name + " the bot lacks " + strings.Join(lacks, ", ") + ".",
				"Mentions there are not answered, or without what needs it.", "Invite it again by the link below, or grant that to its role under Server Settings, Roles.", nil})
		}
	}
	if len(out) > mostServers {
		more := len(out) - mostServers
		out = append(out[:mostServers], Finding{"Discord", Warning, fmt.Sprintf("%d more servers have such a fault.", more), "As above.", "As above.", nil})
	}
	if len(out) == 0 {
		out = append(out, ok("Discord", fmt.Sprintf("On its servers (%d) the bot may do what it needs.", len(all))))
	}
	return out
}

// mostServers is how many servers' faults are told one by one.
const mostServers = 5

// fewSessions is how few new sessions of the 1,000 a day are too few to go on
// restarting.
const fewSessions = 20

// sessions looks how many sessions of the gateway may still be begun today.
func (d Discord) sessions(ctx context.Context) []Finding {
	if !d.Gateway {
		return nil
	}
	var bot struct {
		Limit struct {
			Total     int   `json:"total"`
			Remaining int   `json:"remaining"`
			Reset     int64 `json:"reset_after"` // in ms
		} `json:"session_start_limit"`
	}
	if _, fault := d.ask(ctx, "gateway/bot", &bot); fault != nil {
		return []Finding{*fault}
	}
	if bot.Limit.Total > 0 && bot.Limit.Remaining < fewSessions {
		reset := (time.Duration(bot.Limit.Reset) * time.Millisecond).Round(time.Minute)
		return []Finding{{"Discord", Error, fmt.Sprintf("Of today's %d sessions of the gateway %d are left.", bot.Limit.Total, bot.Limit.Remaining),
			"At none Discord resets the token, and nothing is answered.", fmt.Sprintf("Stop what restarts again and again; there are as many as ever in %v.", reset), nil}}
	}
	return []Finding{ok("Discord", "The gateway answers.")}
}

// channel looks whether the bot sees the channel.
func (d Discord) channel(ctx context.Context) []Finding {
	if d.Channel == "" {
		return nil
	}
	var c struct {
		Name string `json:"name"`
	}
	r, fault := d.ask(ctx, "channels/"+url.PathEscape(d.Channel), &c)
	switch {
	case fault == nil:
		return []Finding{ok("Discord", "The bot sees #"+c.Name+".")}
	case r.status == http.StatusForbidden:
		return []Finding{{"Discord", Error, "The bot does not see the channel " + d.Channel + ".", "A mention there gets no answer.",
			"Grant its role View Channel in the channel's settings, Permissions.", nil}}
	case r.status == http.StatusNotFound:
		return []Finding{{"Discord", Error, "There is no channel " + d.Channel + ".", "Nothing, by itself.", "Copy the id from the channel's menu, Copy Channel ID.", nil}}
	}
	return []Finding{*fault}
}
