package intent

import (
	"strings"

	"careerbot/knowledge"
)

// PLACEHOLDER: the real reader replaces this file.
type Reader struct{ c *knowledge.Catalog }

func New(c *knowledge.Catalog) *Reader { return &Reader{c} }

var verbs = []string{"none", "overview", "day", "skills", "tools", "pay", "next", "into", "compare", "path", "recommend", "list", "help", "unknown", "out", "silent", "why"}
var aspects = []string{"", "salary", "skills", "tools", "day", "outlook", "difficulty", "progression"}

func (a Ask) String() string    { return verbs[a] }
func (a Ask) Label() string     { return verbs[a] }
func (a Aspect) String() string { return aspects[a] }
func (c Certainty) String() string {
	return [...]string{"sure", "choose", "near", "nothing"}[c]
}

func slug(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

func (i Intent) String() string {
	out := []string{i.Ask.String()}
	out = append(out, i.Roles...)
	add := func(k, v string) {
		if v != "" {
			out = append(out, k+":"+v)
		}
	}
	add("about", i.Aspect.String())
	add("in", slug(i.Region))
	add("field", slug(i.Category))
	add("with", strings.Join(i.Facets, ","))
	add("years", i.Years)
	add("level", i.Level)
	var l, n, m []string
	for _, t := range i.Traits {
		switch t.Want {
		case 1:
			l = append(l, t.Name)
		case -1:
			n = append(n, t.Name)
		default:
			m = append(m, t.Name)
		}
	}
	add("like", strings.Join(l, ","))
	add("no", strings.Join(n, ","))
	add("any", strings.Join(m, ","))
	if i.Full {
		out = append(out, "full")
	}
	if i.Page > 1 {
		add("page", string(rune('0'+i.Page)))
	}
	return strings.Join(out, " ")
}

func (r *Reader) Read(text string, ctx Context, overheard bool) Reading {
	var in Intent
	for n, w := range strings.Fields(text) {
		if n == 0 {
			for a, v := range verbs {
				if v == w {
					in.Ask = Ask(a)
				}
			}
			continue
		}
		k, v, ok := strings.Cut(w, ":")
		if !ok {
			if w == "full" {
				in.Full = true
				continue
			}
			in.Roles = append(in.Roles, w)
			continue
		}
		switch k {
		case "about":
			for a, s := range aspects {
				if s == v {
					in.Aspect = Aspect(a)
				}
			}
		case "in":
			for _, role := range r.c.Roles() {
				for _, p := range role.Pay {
					if slug(p.Region) == v {
						in.Region = p.Region
					}
				}
			}
			if in.Region == "" {
				in.Region = strings.ToUpper(v[:1]) + v[1:]
			}
		case "field":
			in.Category = All
			for _, c := range r.c.Categories() {
				if slug(c) == v {
					in.Category = c
				}
			}
		case "with":
			in.Facets = strings.Split(v, ",")
		case "topic":
			in.Topic = v
		case "out":
			in.Outside = v
		case "years":
			in.Years = v
		case "level":
			in.Level = v
		case "page":
			in.Page = int(v[0] - '0')
		case "like", "no", "any":
			for _, t := range strings.Split(v, ",") {
				in.Traits = append(in.Traits, Trait{t, map[string]int8{"like": 1, "no": -1}[k]})
			}
		}
	}
	return Reading{Intent: in}
}
func (*Reader) After(c Context, r Reading) Context { return Context{Last: r.Intent, Roles: r.Intent.Roles} }
