package bot

import (
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// toolKinds are the kinds of tools in the order of an answer.
var toolKinds = []struct{ kind, heading string }{
	{"language", "Languages"}, {"framework", "Frameworks"}, {"database", "Databases"}, {"platform", "Platforms"},
	{"tool", "Tools"}, {"technology", "Technologies"}, {"collaboration", "Working together"},
}

// tools lists what people use, by kind, with the share of respondents where a
// survey gives one.
func (k *composer) tools(in intent.Intent, r *knowledge.Role) {
	k.title(r.Title + ": tools")
	s := r.Section(knowledge.ToolsSection)
	switch {
	case len(r.Tools) == 0 && s != nil:
		k.lead("No table lists tools for " + article(r.Title) + "; its page says this.")
		k.add(Paragraph{Heading: own("Tools", s.Own), Text: brief(s.Text(), room)})
		k.cite.section(r, s)
		k.usual(r, intent.Tools)
		return
	case len(r.Tools) == 0:
		k.kind(Partial)
		k.lead("No tools are listed for " + article(r.Title) + ", neither on its page nor in a table.")
		k.usual(r, intent.Tools)
		return
	case in.Topic != "":
		k.topic(in, r, r.Section(knowledge.Skills))
		k.act("All tools", ask(intent.Tools, r))
		k.usual(r, intent.Tools)
		return
	}
	k.lead(k.toolLead(r))
	k.toolFacts(r)
	k.toolNotes(r)
	k.act("Skills", ask(intent.Skills, r))
	k.usual(r, intent.Tools)
}

// toolFacts gives the tools by kind.
func (k *composer) toolFacts(r *knowledge.Role) {
	f := Facts{Heading: "By kind"}
	for _, kind := range toolKinds {
		var names []string
		of := 0 // respondents to this kind's question; 0 when no share is given
		for _, t := range r.Tools {
			if t.Kind != kind.kind {
				continue
			}
			of = max(of, t.N)
			name := t.Name
			if t.Pct > 0 {
				name += " " + strconv.Itoa(t.Pct) + " %"
			}
			names = append(names, name)
			k.cite.row(t.Source, t.Row)
		}
		if len(names) > 0 {
			value := strings.Join(names, ", ")
			if of > 0 {
				value += " (n " + amount(float64(of)) + ")"
			}
			f.Facts = append(f.Facts, Fact{kind.heading, value})
		}
	}
	for _, t := range r.Tools { // kinds that a company made up
		if !knownToolKind(t.Kind) {
			f.Facts = append(f.Facts, Fact{upperFirst(t.Kind), t.Name})
			k.cite.row(t.Source, t.Row)
		}
	}
	k.add(f)
}

func knownToolKind(kind string) bool {
	for _, k := range toolKinds {
		if k.kind == kind {
			return true
		}
	}
	return false
}

// toolLead names the most used of the survey, or the first of the list.
func (k *composer) toolLead(r *knowledge.Role) string {
	best := r.Tools[0]
	for _, t := range r.Tools {
		if t.Pct > best.Pct {
			best = t
		}
	}
	who := plural(r.Title)
	if base, ok := strings.CutPrefix(best.Match, "inherited:"); ok && k.c.Role(base) != nil {
		who = plural(k.titleOf(base)) + ", the base role,"
	}
	if best.Pct > 0 {
		return who + " use " + best.Name + " most: " + toolShare(best, k.c.Catalog) + "."
	}
	var names []string
	for _, t := range r.Tools[:min(3, len(r.Tools))] {
		names = append(names, t.Name)
	}
	return and(names) + " stand first on the list of tools for " + article(r.Title) + "; no source gives shares."
}

// toolShare says who uses a tool, as its source puts it.
func toolShare(t knowledge.Tool, c *knowledge.Catalog) string {
	src := t.Source
	year := ""
	if s, ok := c.Source(t.Source); ok {
		src, year = s.Short, s.Year
	}
	if t.Pct > 0 {
		return strconv.Itoa(t.Pct) + " % of " + amount(float64(t.N)) + " respondents (" + strings.TrimSpace(src+" "+year) + ")"
	}
	return "listed by " + src
}

// toolNotes says whom the shares are of, once for each group.
func (k *composer) toolNotes(r *knowledge.Role) {
	said := map[string]bool{}
	for _, t := range r.Tools {
		var text string
		s, _ := k.c.Source(t.Source)
		base, inherited := strings.CutPrefix(t.Match, "inherited:")
		switch {
		case t.Pct > 0:
			text = "Shares are of n respondents in the group “" + t.Label + "”, " + s.Name + "."
		case t.Row.Own || strings.HasPrefix(t.Match, "exact"):
			continue
		default:
			text = s.Name + " lists tools for the occupation group and gives no shares."
		}
		if b := k.c.Role(base); inherited && b != nil {
			text += " They are those of the base role " + b.Title + "."
		}
		if !said[text] {
			said[text] = true
			k.note(text)
		}
	}
}
