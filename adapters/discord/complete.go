package discord

import (
	"slices"
	"strings"
)

// choice is one completion of an option.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// complete answers what is typed into an option so far: roles by name, alias
// and near miss, regions, fields. Nothing found is an empty list; what was
// typed can be sent all the same.
// https://docs.discord.com/developers/interactions/application-commands#autocomplete
func (a *Adapter) complete(in interaction) []choice {
	a.counts.Completions.Add(1)
	out := []choice{}
	_, v, focused := in.subcommand()
	typed := v[focused]
	switch {
	case slices.Contains(roleOptions, focused):
		for _, s := range a.core.Suggest(typed, maxChoices) {
			if s.ID == "" || length(s.ID) > maxChoice || a.chosen(v, focused, s.ID) {
				continue
			}
			name := short(s.Title, maxChoice)
			if s.Own {
				name = short(s.Title, maxChoice-len(ownMark)) + ownMark
			}
			out = append(out, choice{nonEmpty(name, s.ID), s.ID})
		}
	case focused == optRegion:
		if full, ok := regionAliases[strings.ToLower(typed)]; ok {
			typed = full
		}
		out = choices(near(typed, a.regions(), maxChoices))
	case focused == optField:
		out = choices(near(typed, a.fields(), maxChoices))
	}
	return out
}

// chosen says whether another option holds the role already.
func (a *Adapter) chosen(v values, focused, id string) bool {
	for _, name := range roleOptions {
		if name != focused && v[name] == id {
			return true
		}
	}
	return false
}

// ownMark is said of a company's own role.
const ownMark = " (your company)"

// regionAliases are other names of regions that no completion finds.
var regionAliases = map[string]string{
	"us": "United States", "usa": "United States", "america": "United States",
	"uk": "United Kingdom", "gb": "United Kingdom", "britain": "United Kingdom", "great britain": "United Kingdom", "england": "United Kingdom",
	"holland": "Netherlands", "nl": "Netherlands", "deutschland": "Germany", "uae": "United Arab Emirates", "korea": "South Korea",
	"world": "Worldwide", "global": "Worldwide", "czech republic": "Czechia",
}

func choices(names []string) []choice {
	out := make([]choice, 0, len(names))
	for _, n := range names {
		out = append(out, choice{short(n, maxChoice), short(n, maxChoice)})
	}
	return out
}
