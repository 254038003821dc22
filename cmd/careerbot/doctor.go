package main

import (
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/redis"
	"careerbot/adapters/slack"
	"careerbot/cmd/careerbot/doctor"
)

const doctorMore = `It looks at what serve would start with: the variables, the pages, the ports, the proxy, Redis, and what Slack
and Discord say of the tokens, permissions, commands and servers. It changes nothing. Each line is ok, a warning or an error; below a
fault stands how it shows, and the remedy. It takes five seconds at most. The exit code is 1 if any is an error.
--json prints the findings as one list of {what, state, says, shows, remedy, more}.`

// doctorTime bounds all that the doctor does, with a margin within five seconds.
const doctorTime = 4500 * time.Millisecond

func runDoctor(ctx context.Context, e *env, args []string) error {
	var asJSON bool
	var channel string
	rest, err := flags(args, func(fs *flag.FlagSet) {
		fs.BoolVar(&asJSON, "json", false, "print the findings as JSON")
		fs.StringVar(&channel, "channel", "", "look too whether the bot is in the channel of this id")
	})
	if err == nil {
		err = noArgs(rest)
	}
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, doctorTime)
	defer stop()
	found := doctor.Run(ctx, []doctor.Check{
		{What: "variables", Look: func(context.Context) []doctor.Finding { return e.examineVariables() }},
		{What: "platforms", Look: func(context.Context) []doctor.Finding { return e.examinePlatforms() }},
		{What: "Slack", Look: func(ctx context.Context) []doctor.Finding { return e.examineSlack(ctx, channel) }},
		{What: "Discord", Look: func(ctx context.Context) []doctor.Finding { return e.examineDiscord(ctx, channel) }},
		{What: "Redis", Look: e.examineRedis},
		{What: "catalogue", Look: func(context.Context) []doctor.Finding { return e.examineCatalogue() }},
		{What: "ports", Look: func(ctx context.Context) []doctor.Finding {
			return doctor.Ports(ctx, []doctor.Port{{Variable: "LISTEN_ADDR", Address: cmp.Or(e.getenv("LISTEN_ADDR"), listenAddress)},
				{Variable: "ADMIN_ADDR", Address: cmp.Or(e.getenv("ADMIN_ADDR"), adminAddress)}}, alive)
		}},
		{What: "proxy", Look: func(ctx context.Context) []doctor.Finding {
			return doctor.Proxy(ctx, cmp.Or(e.getenv("HTTPS_PROXY"), e.getenv("https_proxy")), cmp.Or(e.getenv("ALL_PROXY"), e.getenv("all_proxy")))
		}},
	})
	if err := e.tell(found, asJSON); err != nil {
		return err
	}
	if n, _ := faults(found); n > 0 {
		return errNo
	}
	return nil
}

// faults counts the errors and the warnings.
func faults(found []doctor.Finding) (errs, warnings int) {
	for _, f := range found {
		switch f.State {
		case doctor.Error:
			errs++
		case doctor.Warning:
			warnings++
		}
	}
	return errs, warnings
}

// tell prints the findings.
func (e *env) tell(found []doctor.Finding, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(e.stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(found)
	}
	var b strings.Builder
	const margin = "                    "
	for _, f := range found {
		fmt.Fprintf(&b, "%-8s %-10s %s\n", f.State, f.What, f.Says)
		for _, more := range f.More {
			b.WriteString(margin + "- " + more + "\n")
		}
		if f.Shows != "" {
			b.WriteString(margin + "Shows:  " + f.Shows + "\n")
		}
		if f.Remedy != "" {
			b.WriteString(margin + "Remedy: " + f.Remedy + "\n")
		}
	}
	switch errs, warnings := faults(found); {
	case errs+warnings == 0:
		b.WriteString("\nNothing is amiss.\n")
	default:
		fmt.Fprintf(&b, "\n%s, %s.\n", counted(errs, "error"), counted(warnings, "warning"))
	}
	_, err := e.stdout.Write([]byte(b.String()))
	return err
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// examineVariables looks for names that are misspelt.
func (e *env) examineVariables() []doctor.Finding {
	var out []doctor.Finding
	for _, said := range strange(e.names()) {
		says, remedy, _ := strings.Cut(said, ": ")
		if rest, ok := strings.CutPrefix(remedy, "did you mean "); ok {
			remedy = "Set " + strings.TrimSuffix(rest, "?") + " in its place."
		} else {
			remedy = "Leave it out; careerbot help serve lists what is known."
		}
		out = append(out, doctor.Finding{What: "variables", State: doctor.Warning, Says: says + ".", Shows: "What it should set is as if it were not set.", Remedy: remedy})
	}
	if len(out) == 0 {
		out = append(out, doctor.Finding{What: "variables", State: doctor.OK, Says: "None is misspelt."})
	}
	return out
}

// lacking is a fault in the settings of a platform.
func lacking(platform string, err error) []doctor.Finding {
	says, remedy := halves(strings.TrimPrefix(err.Error(), strings.ToLower(platform)+": "))
	return []doctor.Finding{{What: platform, State: doctor.Error, Says: says,
		Shows: "serve does not answer there: it ends with this, or, beside another platform, says so in /readyz.", Remedy: remedy}}
}

// halves are what is wrong and the remedy, of a sentence that has a colon or a
// semicolon between.
func halves(sentence string) (says, remedy string) {
	for _, sep := range []string{"; ", ": "} {
		at := strings.LastIndex(sentence, sep)
		if at < 0 || !strings.Contains(sentence[:at], " ") {
			continue
		}
		says, remedy = sentence[:at], sentence[at+len(sep):]
		return whole(says), whole(remedy)
	}
	return whole(sentence), "See careerbot help serve."
}

// whole makes a sentence of what stood in one.
func whole(s string) string {
	if first, _, _ := strings.Cut(s, " "); strings.ToLower(first) == first && first != "careerbot" {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	return strings.TrimSuffix(s, ".") + "."
}

func (e *env) examineSlack(ctx context.Context, channel string) []doctor.Finding {
	s, err := e.slackSettings()
	switch {
	case err != nil:
		return lacking("Slack", err)
	case !s.present():
		return []doctor.Finding{{What: "Slack", State: doctor.OK, Says: "Not set up."}}
	}
	look := doctor.Slack{BotToken: s.token, AppToken: s.app, Signing: s.signing, API: orSlash(s.api, slackAPI), Scopes: slack.Scopes,
		More: []string{"channels:history", "groups:history"}}
	if s.mode == "http" {
		look.AppToken = secret{}
	}
	if !isNumber(channel) {
		look.Channel = channel
	}
	if err := s.check(); err != nil {
		return append(lacking("Slack", err), look.Kinds()...)
	}
	return look.Look(ctx)
}

func (e *env) examineDiscord(ctx context.Context, channel string) []doctor.Finding {
	s, err := e.discordSettings()
	switch {
	case err != nil:
		return lacking("Discord", err)
	case !s.present():
		return []doctor.Finding{{What: "Discord", State: doctor.OK, Says: "Not set up."}}
	}
	mode, err := e.discordMode()
	if err != nil {
		return lacking("Discord", err)
	}
	look := doctor.Discord{Token: s.token, ApplicationID: s.application, PublicKey: s.key, API: orSlash(s.api, discordAPI), Guild: s.guild,
		HTTP: mode != discord.Gateway, Gateway: mode != discord.HTTP}
	for _, c := range discord.Commands(nil) {
		look.Commands = append(look.Commands, c.Name)
	}
	if isNumber(channel) {
		look.Channel = channel
	}
	return look.Look(ctx)
}

// isNumber says whether an id is of Discord's kind; Slack's begin with a letter.
func isNumber(id string) bool { return id != "" && strings.Trim(id, "0123456789") == "" }

func (e *env) examineCatalogue() []doctor.Finding {
	c, err := e.catalog()
	if err != nil {
		says, remedy, found := strings.Cut(err.Error(), "; ")
		if !found {
			remedy = "set CAREERBOT_CATALOG to a folder that holds roles/ and may be read, or leave it out"
		}
		return []doctor.Finding{{What: "catalogue", State: doctor.Error, Says: whole(says), Shows: "serve does not start; one that runs keeps the last good pages.", Remedy: whole(remedy)}}
	}
	return []doctor.Finding{{What: "catalogue", State: doctor.OK, Says: fmt.Sprintf("%d roles.", len(c.Roles()))}}
}

func (e *env) examineRedis(ctx context.Context) []doctor.Finding {
	r, err := e.redis(slog.New(slog.DiscardHandler))
	switch {
	case err != nil:
		says, remedy := halves(err.Error())
		return []doctor.Finding{{What: "Redis", State: doctor.Error, Says: says, Shows: "serve ends with this.", Remedy: remedy}}
	case r == nil:
		return []doctor.Finding{{What: "Redis", State: doctor.OK, Says: "Not set: each process keeps conversations on its own; set REDIS_URL to run more than one."}}
	}
	defer r.Close()
	advice, err := r.Check(ctx)
	if err != nil {
		says, remedy := halves(err.Error())
		return []doctor.Finding{{What: "Redis", State: doctor.Error, Says: says,
			Shows: "/readyz says 503 until Redis has answered once; questions that name their role are answered meanwhile.", Remedy: remedy}}
	}
	found := []doctor.Finding{{What: "Redis", State: doctor.OK, Says: "It answers, and lets the bot do all that it needs."}}
	for _, a := range advice {
		says, remedy := halves(a)
		found = append(found, doctor.Finding{What: "Redis", State: doctor.Warning, Says: says, Shows: "Nothing, until it happens.", Remedy: remedy})
	}
	for _, platform := range []string{"Slack", "Discord"} {
		found = append(found, examineOutbox(ctx, platform, r)...)
	}
	return found
}

// examineOutbox looks at the answers of a platform that wait in Redis.
func examineOutbox(ctx context.Context, platform string, r *redis.Store) []doctor.Finding {
	d, err := r.Outbox(strings.ToLower(platform)).Depth(ctx)
	switch {
	case err != nil:
		return []doctor.Finding{{What: "outbox", State: doctor.Error, Says: platform + "'s waiting answers cannot be counted.",
			Shows: "An answer that the platform does not take for now is left to it to ask for again.", Remedy: "Look at Redis, and at the findings above."}}
	case d.Dead > 0:
		return []doctor.Finding{{What: "outbox", State: doctor.Warning, Says: fmt.Sprintf("%s: %d answers wait; %d were given up in the last 30 days.", platform, d.Waiting, d.Dead),
			Shows: "Somebody asked and heard nothing.", Remedy: "Look in the log for \"given up\" or \"can never be sent\": it says why at the time."}}
	}
	return []doctor.Finding{{What: "outbox", State: doctor.OK, Says: fmt.Sprintf("%s: %d answers wait, none was given up.", platform, d.Waiting)}}
}

// examinePlatforms looks whether there is anything to serve.
func (e *env) examinePlatforms() []doctor.Finding {
	s, errSlack := e.slackSettings()
	d, errDiscord := e.discordSettings()
	if errSlack != nil || errDiscord != nil || s.present() || d.present() {
		return nil
	}
	return []doctor.Finding{{What: "platforms", State: doctor.Warning, Says: "Neither Slack nor Discord is set up.", Shows: "serve says what to set, and ends.",
		Remedy: "Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, or DISCORD_TOKEN with DISCORD_APPLICATION_ID; to try it without: careerbot chat."}}
}
