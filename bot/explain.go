package bot

import (
	"slices"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// mostExplained is how many roles of one message are told of.
const mostExplained = 5

// Explain says in a sentence each what the roles are that a message names: a
// message that somebody else wrote, to somebody else. Names are taken as they
// are spelt, and nothing is remembered.
func (b *Bot) Explain(text string) Answer {
	m := b.mind.Load()
	k := newComposer(m.view)
	k.title("The roles in this message")
	roles, unsure := m.rolesIn(text)
	switch {
	case len(roles) > 0:
		k.explained(roles)
	case len(unsure) > 0:
		k.kind(Choice)
		k.lead("The message has a name that can mean " + or(titles(unsure)) + ".")
		for _, r := range unsure {
			k.act("About "+r.Title, ask(intent.Overview, r))
		}
	default:
		k.kind(Unknown)
		k.lead("I found no role of the catalogue in this message.")
		k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
	}
	k.sources()
	k.a.About = m.label(k.a.Understood)
	return k.a
}

func (k *composer) explained(roles []*knowledge.Role) {
	names := titles(roles)
	if len(roles) == 1 {
		k.lead("The message names " + article(names[0]) + ".")
	} else {
		k.lead("The message names " + count(len(roles), "role", "roles") + ": " + and(names) + ".")
	}
	l := List{Heading: "In a sentence each"}
	for _, r := range roles {
		text := "the page has no summary"
		if s := r.Section(knowledge.QuickSummary); s != nil {
			text = sentence(firstSentence(s.Text()))
			k.cite.section(r, s)
		}
		l.Items = append(l.Items, Item{Term: r.Title, Text: text})
	}
	k.add(l)
	for _, r := range roles[:min(len(roles), 3)] {
		k.act("About "+r.Title, ask(intent.Overview, r))
	}
	if len(roles) > 1 {
		k.act("Compare the first two", intent.Intent{Ask: intent.Compare, Roles: []string{roles[0].ID, roles[1].ID}})
	}
}

// rolesIn are the roles that the text surely names, in order, each once; or,
// when it names none, those that its first unclear name can mean.
func (m *mind) rolesIn(text string) (roles, unsure []*knowledge.Role) {
	runes := []rune(text)
	for _, mention := range m.Find(knowledge.Words(string(runes[:min(len(runes), MaxQuestion)])), nil) {
		switch {
		case len(mention.Roles) == 1:
			if !slices.Contains(roles, mention.Roles[0]) && len(roles) < mostExplained {
				roles = append(roles, mention.Roles[0])
			}
		case unsure == nil && len(mention.Roles) > 1:
			unsure = mention.Roles[:min(len(mention.Roles), maxActions)]
		}
	}
	return roles, unsure
}

func titles(roles []*knowledge.Role) []string {
	var out []string
	for _, r := range roles {
		out = append(out, r.Title)
	}
	return out
}
