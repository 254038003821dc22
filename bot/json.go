package bot

import (
	"encoding/json"
	"slices"

	"careerbot/bot/intent"
)

// Understood is an intent in the terms that people label questions with: roles
// by title. Lists are empty, never null; Region and Category are null when
// none is named.
type Understood struct {
	Intent   string   `json:"intent"`
	Intents  []string `json:"intents"`
	Roles    []string `json:"roles"`
	Facets   []string `json:"facets"`
	Region   *string  `json:"region"`
	Category *string  `json:"category"`
}

// Label names an intent's parts for people and scorers.
func (b *Bot) Label(in intent.Intent) Understood { return b.mind.Load().label(in) }

func (m *mind) label(in intent.Intent) Understood {
	u := Understood{Intent: in.Ask.Label(), Intents: []string{in.Ask.Label()}, Roles: []string{}, Facets: []string{}}
	for _, a := range in.Also {
		u.Intents = append(u.Intents, a.Label())
	}
	for _, id := range in.Roles {
		if r := m.Role(id); r != nil && !slices.Contains(u.Roles, r.Title) {
			u.Roles = append(u.Roles, r.Title)
		}
	}
	if in.Aspect != intent.AnyAspect {
		u.Facets = append(u.Facets, in.Aspect.String())
	}
	for _, f := range in.Facets {
		if !slices.Contains(u.Facets, f) {
			u.Facets = append(u.Facets, f)
		}
	}
	if in.City != "" {
		u.Facets = append(u.Facets, "city")
	}
	if in.Region != "" {
		u.Region = &in.Region
	}
	if in.Category != "" {
		u.Category = &in.Category
	}
	return u
}

var kindNames = [...]string{"answered", "partial", "choice", "unknown", "refused", "help", "silent"}

// String is the kind in small letters: "answered".
func (k Kind) String() string { return kindNames[k] }

// MarshalJSON writes the answer with its parts tagged by type. A chart is
// written as its words: its figures stand in the other parts. Nothing can be
// read back from it.
func (a Answer) MarshalJSON() ([]byte, error) {
	parts := make([]any, 0, len(a.Parts))
	for _, p := range a.Parts {
		parts = append(parts, taggedPart(p))
	}
	type action struct {
		Label string `json:"label"`
		Ask   string `json:"ask"`
	}
	type source struct {
		Name string `json:"name"`
		Ref  string `json:"ref,omitempty"`
		Note string `json:"note,omitempty"`
		Own  bool   `json:"own,omitempty"`
	}
	out := struct {
		Kind       string     `json:"kind"`
		Title      string     `json:"title"`
		Lead       string     `json:"lead"`
		Parts      []any      `json:"parts"`
		Actions    []action   `json:"actions"`
		Sources    []source   `json:"sources"`
		Understood Understood `json:"understood"`
		Own        bool       `json:"own"`
	}{a.Kind.String(), a.Title, a.Lead, parts, []action{}, []source{}, a.About, a.Own}
	for _, x := range a.Actions {
		out.Actions = append(out.Actions, action(x))
	}
	for _, x := range a.Sources {
		out.Sources = append(out.Sources, source(x))
	}
	return json.Marshal(out)
}

// taggedPart is a part with its type's name first.
func taggedPart(p Part) any {
	switch p := p.(type) {
	case Paragraph:
		return struct {
			Type    string `json:"type"`
			Heading string `json:"heading,omitempty"`
			Text    string `json:"text"`
		}{"paragraph", p.Heading, p.Text}
	case List:
		type item struct {
			Term string `json:"term,omitempty"`
			Text string `json:"text,omitempty"`
		}
		items := make([]item, 0, len(p.Items))
		for _, it := range p.Items {
			items = append(items, item(it))
		}
		return struct {
			Type    string `json:"type"`
			Heading string `json:"heading,omitempty"`
			Ordered bool   `json:"ordered"`
			Items   []item `json:"items"`
		}{"list", p.Heading, p.Ordered, items}
	case Facts:
		type fact struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		}
		facts := make([]fact, 0, len(p.Facts))
		for _, f := range p.Facts {
			facts = append(facts, fact(f))
		}
		return struct {
			Type    string `json:"type"`
			Heading string `json:"heading,omitempty"`
			Facts   []fact `json:"facts"`
		}{"facts", p.Heading, facts}
	case Table:
		if p.Rows == nil {
			p.Rows = [][]string{}
		}
		columns := make([]string, 0, len(p.Columns))
		for _, c := range p.Columns {
			columns = append(columns, c.Name)
		}
		return struct {
			Type    string     `json:"type"`
			Heading string     `json:"heading,omitempty"`
			Columns []string   `json:"columns"`
			Rows    [][]string `json:"rows"`
		}{"table", p.Heading, columns, p.Rows}
	case Chart:
		return struct {
			Type  string `json:"type"`
			Title string `json:"title"`
			Unit  string `json:"unit,omitempty"`
			Alt   string `json:"alt"`
		}{"chart", p.Title, p.Unit, p.Alt}
	case Note:
		return struct {
			Type string `json:"type"`
			Text string `json:"text"`
		}{"note", p.Text}
	}
	return nil
}
