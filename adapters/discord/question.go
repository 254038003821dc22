package discord

import (
	"slices"
	"strings"

	"careerbot/bot"
)

// question is a subcommand with its options as a question to the core: as an
// intent's text form where all that was chosen is known, in words where
// something was typed. "" is a subcommand that is none.
func (a *Adapter) question(name string, v values) string {
	form, words := "", ""
	switch name {
	case "role":
		form, words = "overview {role}", "what does a {role} do?"
	case "day":
		form, words = "day {role}", "a day in the life of a {role}"
	case "skills":
		form, words = "skills {role}", "skills of a {role}"
	case "tools":
		form, words = "tools {role}", "tools of a {role}"
	case "pay":
		form, words = "pay {role}", "pay of a {role}"
		if region := v[optRegion]; region != "" {
			form, words = form+" in:"+dashed(region), words+" in "+region
		}
	case "compare":
		form, words = "compare {role} {with}", "{role} vs {with}"
		if about := v[optAbout]; about != "" {
			form, words = form+" about:"+dashed(about), words+": "+about
		}
	case "path":
		form, words = "path {from} {to}", "from {from} to {to}"
	case "next":
		form, words = "next {role}", "what comes after {role}?"
	case "recommend":
		if form = "recommend"; v[optWishes] != "" {
			return "recommend a role: " + v[optWishes]
		}
		return form
	case "list":
		if v[optField] != "" && !strings.EqualFold(v[optField], "all") {
			return "list field:" + dashed(v[optField])
		}
		return "list field:all"
	case "ask":
		return v[optQuestion]
	default:
		return ""
	}
	return a.fill(form, words, v)
}

// roleOptions are the options that hold a role.
var roleOptions = []string{optRole, optWith, optFrom, optTo}

// fill puts the roles into form when all of them are ids, and into words
// otherwise. Where none was given, the form's verb stays, which goes on with
// what the conversation was about.
func (a *Adapter) fill(form, words string, v values) string {
	verb, _, _ := strings.Cut(form, " ")
	known, given := true, false
	var inForm, inWords []string
	for _, name := range roleOptions {
		id, title := v[name], v[name]
		if id == "" {
			if strings.Contains(form, "{"+name+"}") {
				known = false
			}
			continue
		}
		given = true
		if r, ok := a.role(v[name]); ok {
			id, title = r.ID, r.Title
		} else {
			known = false
		}
		inForm, inWords = append(inForm, "{"+name+"}", id), append(inWords, "{"+name+"}", title)
	}
	switch {
	case known:
		return strings.NewReplacer(inForm...).Replace(form)
	case given:
		s := strings.NewReplacer(inWords...).Replace(words)
		for _, name := range roleOptions {
			s = strings.ReplaceAll(s, "{"+name+"}", "")
		}
		return strings.Join(strings.Fields(s), " ")
	}
	return verb
}

// mostRoles is more roles than a catalogue has.
const mostRoles = 10_000

// role is the role of that id, or of exactly that title.
func (a *Adapter) role(typed string) (bot.Suggestion, bool) {
	all := a.core.Suggest("", mostRoles)
	at := slices.IndexFunc(all, func(s bot.Suggestion) bool { return s.ID == typed || strings.EqualFold(s.Title, typed) })
	if at < 0 {
		return bot.Suggestion{}, false
	}
	return all[at], true
}

// rolesToCompare are the roles that a role is likely to be compared with:
// those of its field before others.
func (a *Adapter) rolesToCompare(id string) []bot.Suggestion {
	all := a.core.Suggest("", mostRoles)
	at := slices.IndexFunc(all, func(s bot.Suggestion) bool { return s.ID == id })
	if at < 0 {
		return nil
	}
	var near, far []bot.Suggestion
	for i, s := range all {
		switch {
		case i == at:
		case s.Category == all[at].Category:
			near = append(near, s)
		default:
			far = append(far, s)
		}
	}
	return append(near, far...)
}

// fields are the fields of the catalogue.
func (a *Adapter) fields() []string {
	var out []string
	for _, s := range a.core.Suggest("", mostRoles) {
		if !slices.Contains(out, s.Category) && s.Category != "" {
			out = append(out, s.Category)
		}
	}
	slices.Sort(out)
	return out
}

// mostRegions is more regions than there are.
const mostRegions = 1000

// regions are the regions that are published for.
func (a *Adapter) regions() []string { return a.core.Regions("", mostRegions) }

// dashed writes words as one, as an intent's text form does.
func dashed(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), "-") }

// has says whether the names hold one, and as it is spelt there.
func has(names []string, typed string) (string, bool) {
	at := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, typed) || dashed(n) == dashed(typed) })
	if at < 0 {
		return "", false
	}
	return names[at], true
}
