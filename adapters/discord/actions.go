package discord

import (
	"strings"

	"careerbot/bot"
)

// What can be pressed says in its custom_id what it asks. They stay in old
// messages: a new release must understand them.
//
//	pay backend-engineer in:germany        a question, in an intent's text form
//	compare backend-engineer               a select, whose values are roles
//	share pay backend-engineer in:germany  shows the answer to the channel
//
// " @" and a person's id may follow: whose message it is.
const (
	shareWord   = "share "
	compareWord = "compare "
	askerMark   = " @"
)

// buttons are what could be asked next, the most useful first. Two that ask
// the same are one: Discord refuses the same custom_id twice.
func buttons(actions []bot.Action, asker string) []component {
	var out []component
	seen := map[string]bool{}
	for _, act := range actions {
		id := withAsker(act.Ask, asker)
		if id == "" || length(id) > maxCustomID || seen[id] || len(out) == maxButtons {
			continue
		}
		seen[id] = true
		style := styleSecondary
		if len(out) == 0 {
			style = stylePrimary
		}
		out = append(out, component{Type: typeButton, Style: style, Label: nonEmpty(short(act.Label, maxLabel), "–"), CustomID: id})
	}
	return out
}

// withAsker adds whose message it is, where there is room: without, a press is
// answered in private, which is less handy and never wrong.
func withAsker(id, asker string) string {
	if with := id + askerMark + asker; asker != "" && length(with) <= maxCustomID {
		return with
	}
	return id
}

// readID takes whose message it is off a custom_id.
func readID(id string) (what, asker string) {
	if at := strings.LastIndex(id, askerMark); at >= 0 {
		return id[:at], id[at+len(askerMark):]
	}
	return id, ""
}

// answered says whether the answer holds facts.
func answered(a bot.Answer) bool { return a.Kind == bot.Answered || a.Kind == bot.Partial }

// compareSelect offers other roles to set beside that of the answer.
func compareSelect(a bot.Answer, o Options) (component, bool) {
	if !answered(a) || len(a.Understood.Roles) != 1 {
		return component{}, false
	}
	role := a.Understood.Roles[0]
	id := withAsker(compareWord+role, o.Asker)
	s := component{Type: typeSelect, CustomID: id, Placeholder: "Compare with …"}
	seen := map[string]bool{role: true}
	for _, r := range o.Compare {
		if seen[r.ID] || r.ID == "" || length(r.ID) > maxOption || len(s.Options) == maxOptions {
			continue
		}
		seen[r.ID] = true
		s.Options = append(s.Options, option{nonEmpty(short(r.Title, maxOption), "–"), r.ID, short(r.Category, maxOption)})
	}
	return s, len(s.Options) > 0 && length(id) <= maxCustomID
}

// shareButton shows the answer to the channel.
func shareButton(a bot.Answer, o Options) (component, bool) {
	question := a.Understood.String()
	id := shareWord + question
	ok := o.Share && answered(a) && isQuestion(question) && length(id) <= maxCustomID
	return component{Type: typeButton, Style: styleSecondary, Label: "Share", CustomID: id}, ok
}
