package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

const doctorMore = `It looks at what serve would start with: the settings of Slack, the catalogue, Redis. Each line is ok, a
warning or an error, with the remedy. --json prints them as one list. The exit code is 1 if any is an error.`

// finding is one thing that the doctor looked at.
type finding struct {
	What   string `json:"what"`
	State  string `json:"state"` // ok, warning or error
	Says   string `json:"says"`
	Remedy string `json:"remedy,omitempty"`
}

const (
	stateOK      = "ok"
	stateWarning = "warning"
	stateError   = "error"
)

// doctorTime bounds all that the doctor does.
const doctorTime = 5 * time.Second

func runDoctor(ctx context.Context, e *env, args []string) error {
	var asJSON bool
	rest, err := flags(args, func(fs *flag.FlagSet) { fs.BoolVar(&asJSON, "json", false, "print the findings as JSON") })
	if err != nil {
		return err
	}
	if err := noArgs(rest); err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, doctorTime)
	defer stop()
	found := append(e.examineSlack(), e.examineCatalogue()...)
	found = append(found, e.examineRedis(ctx)...)
	if err := e.tell(found, asJSON); err != nil {
		return err
	}
	for _, f := range found {
		if f.State == stateError {
			return errNo
		}
	}
	return nil
}

// tell prints the findings.
func (e *env) tell(found []finding, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(e.stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(found)
	}
	for _, f := range found {
		line := fmt.Sprintf("%-8s %-10s %s", f.State, f.What, f.Says)
		if f.Remedy != "" {
			line += "\n" + strings.Repeat(" ", 20) + f.Remedy
		}
		if _, err := fmt.Fprintln(e.stdout, line); err != nil {
			return err
		}
	}
	return nil
}

// examineSlack looks at the settings alone: kinds of tokens, and what is missing.
func (e *env) examineSlack() []finding {
	s, err := e.slackSettings()
	switch {
	case err != nil:
		return []finding{{"Slack", stateError, err.Error(), "Give the program a file that it may read."}}
	case !s.present():
		return []finding{{"Slack", stateWarning, "No setting of Slack's is present.", "Set SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET to answer there."}}
	}
	var found []finding
	kind := func(name, token, begins string) {
		if token != "" && !strings.HasPrefix(token, begins) {
			found = append(found, finding{"Slack", stateError, name + " is no such token: it must begin with " + begins + ".",
				"Bot tokens (xoxb-) are under OAuth & Permissions of your app, app tokens (xapp-) under Basic Information."})
		}
	}
	kind("SLACK_BOT_TOKEN", s.token.Reveal(), "xoxb-")
	kind("SLACK_APP_TOKEN", s.app.Reveal(), "xapp-")
	if key := s.signing.Reveal(); key != "" && (len(key) != 32 || strings.Trim(key, "0123456789abcdef") != "") {
		found = append(found, finding{"Slack", stateWarning, "SLACK_SIGNING_SECRET does not look like one: Slack's have 32 digits of 0-9 and a-f.",
			"Copy it anew from Basic Information of your app; requests are refused with 401 while it is wrong."})
	}
	if err := s.check(); err != nil {
		found = append(found, finding{"Slack", stateError, err.Error(), "See careerbot help serve."})
	}
	if len(found) == 0 {
		found = append(found, finding{What: "Slack", State: stateOK, Says: "The settings are complete."})
	}
	return found
}

func (e *env) examineCatalogue() []finding {
	c, err := e.catalog()
	if err != nil {
		return []finding{{"catalogue", stateError, err.Error(), "careerbot check lists all faults by file and line."}}
	}
	return []finding{{What: "catalogue", State: stateOK, Says: fmt.Sprintf("%d roles.", len(c.Roles()))}}
}

func (e *env) examineRedis(ctx context.Context) []finding {
	r, err := e.redis(slog.New(slog.DiscardHandler))
	switch {
	case err != nil:
		return []finding{{"Redis", stateError, err.Error(), "See careerbot help serve."}}
	case r == nil:
		return []finding{{"Redis", stateOK, "Not set: each process keeps conversations on its own.", "Set REDIS_URL to run more than one."}}
	}
	defer r.Close()
	advice, err := r.Check(ctx)
	if err != nil {
		return []finding{{"Redis", stateError, err.Error(), "Until then the bot answers without it and is not ready."}}
	}
	found := []finding{{What: "Redis", State: stateOK, Says: "It answers, and lets the bot do all that it needs."}}
	for _, a := range advice {
		found = append(found, finding{What: "Redis", State: stateWarning, Says: a})
	}
	d, err := r.Outbox("slack").Depth(ctx)
	switch {
	case err != nil:
		found = append(found, finding{"outbox", stateError, err.Error(), "Look at Redis."})
	case d.Dead > 0:
		found = append(found, finding{"outbox", stateWarning, fmt.Sprintf("%d answers wait; %d were given up in the last 30 days.", d.Waiting, d.Dead),
			"The log says why at the time: \"given up\" or \"can never be sent\"."})
	default:
		found = append(found, finding{What: "outbox", State: stateOK, Says: fmt.Sprintf("%d answers wait, none was given up.", d.Waiting)})
	}
	return found
}
