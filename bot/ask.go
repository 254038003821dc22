package bot

import (
	"cmp"
	"slices"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// choice asks which of two to five readings was meant.
func (k *composer) choice() {
	k.kind(Choice)
	name := strings.TrimSpace(k.r.Name)
	k.title("Which one?")
	labels := k.optionLabels(k.r.Options)
	switch {
	case name != "" && len(labels) > 0:
		k.lead("“" + clip(name) + "” can mean " + or(labels) + ". Which one?")
	case len(labels) > 0:
		k.lead("Do you mean " + or(labels) + "?")
	}
	k.options(labels)
}

// nearMiss offers what a name nearly was; it never answers for it silently.
func (k *composer) nearMiss() {
	k.kind(Unknown)
	k.title("Not quite found")
	labels := k.optionLabels(k.r.Options)
	if name := strings.TrimSpace(k.r.Name); name != "" {
		k.lead("“" + clip(name) + "” is not in the catalogue. Did you mean " + or(labels) + "?")
	} else {
		k.lead("Did you mean " + or(labels) + "?")
	}
	k.options(labels)
}

// options turns the reading's options into buttons.
func (k *composer) options(labels []string) {
	for i, in := range k.r.Options[:min(len(k.r.Options), maxActions)] {
		k.a.Actions = append(k.a.Actions, Action{Label: upperFirst(labels[i]), Ask: in.String()})
	}
	if len(k.a.Actions) == 0 {
		k.help()
	}
}

// optionLabels names what parts the options: the roles when these differ, else
// the question.
func (k *composer) optionLabels(options []intent.Intent) []string {
	options = options[:min(len(options), maxActions)]
	asksDiffer := slices.ContainsFunc(options, func(o intent.Intent) bool { return o.Ask != options[0].Ask })
	var out []string
	for _, o := range options {
		label := ""
		if at := differing(options, o); at != "" {
			label = k.titleOf(at)
		} else if o.Category != "" {
			label = "the field " + o.Category
		}
		if asksDiffer || label == "" {
			what := lowerFirst(askTitle(o.Ask))
			if label == "" {
				label = what
			} else {
				label += " (" + what + ")"
			}
		}
		out = append(out, label)
	}
	return out
}

// differing is the role of o that not all options share, else its last role.
func differing(options []intent.Intent, o intent.Intent) string {
	for _, id := range o.Roles {
		for _, other := range options {
			if !slices.Contains(other.Roles, id) {
				return id
			}
		}
	}
	if len(o.Roles) > 0 {
		return o.Roles[len(o.Roles)-1]
	}
	return ""
}

func (k *composer) titleOf(id string) string {
	if r := k.c.Role(id); r != nil {
		return r.Title
	}
	return id
}

// clip keeps what was typed short when it is said back.
func clip(s string) string {
	s = knowledge.PlainText(s)
	r := []rune(s)
	if len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

// whichRole asks back when a question names no role and none is remembered.
func (k *composer) whichRole(in intent.Intent) {
	k.kind(Choice)
	k.title("Which role?")
	k.lead("Which role do you mean? Name it, as in “" + example(in.Ask) + "”.")
	for _, r := range k.c.start {
		next := in
		next.Roles = []string{r.ID}
		if next.Ask == intent.Compare || next.Ask == intent.Path {
			next.Ask = intent.Overview
		}
		k.act(r.Title, next)
	}
	if len(k.a.Actions) == 0 {
		k.kind(Unknown)
		k.lead("No role of the catalogue has that; ask about something else.")
		k.examples()
	}
}

func example(a intent.Ask) string {
	switch a {
	case intent.Day:
		return "a day of a data engineer"
	case intent.Skills:
		return "skills of a UX designer"
	case intent.Tools:
		return "tools of a DevOps engineer"
	case intent.Salary:
		return "pay of a data engineer in Germany"
	case intent.Progression:
		return "what comes after backend engineer"
	case intent.Prerequisites:
		return "how do I become a product manager"
	case intent.Compare:
		return "backend vs frontend"
	case intent.Path:
		return "from help desk to cloud engineer"
	}
	return "what does a product manager do"
}

// notUnderstood says so, and what can be asked.
func (k *composer) notUnderstood() {
	if strings.TrimSpace(k.q.Text) == "" {
		k.a = emptyQuestion()
		k.examples()
		return
	}
	if k.r.Intent.Ask == intent.UnknownRole {
		k.unknownRole(k.r.Intent)
		return
	}
	k.kind(Unknown)
	k.title("Not understood")
	k.lead("I did not understand that. Ask about a role in IT: what it is, a day in it, skills, pay, how to get in, or two side by side.")
	k.examples()
}

// unknownRole says that an occupation is not in the catalogue.
func (k *composer) unknownRole(in intent.Intent) {
	k.kind(Unknown)
	k.title("Not in the catalogue")
	name := cmp.Or(in.Outside, strings.TrimSpace(k.r.Name))
	shown := k.outsider("")
	if shown == "" && name != "" {
		shown = "“" + clip(name) + "”"
	}
	k.lead(cmp.Or(shown, "That occupation") + " is not in the catalogue, which holds roles in IT only.")
	near := k.c.Nearest(name, 3)
	if len(near) > 0 {
		var names []string
		for _, r := range near {
			names = append(names, r.Title)
			k.act("About "+r.Title, ask(intent.Overview, r))
		}
		k.add(Facts{Facts: []Fact{{"Nearest by name", strings.Join(names, ", ")}}})
	}
	k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
	k.act("Which role suits me?", intent.Intent{Ask: intent.Recommend})
}

func (k *composer) outOfScope() {
	k.kind(Refused)
	k.title("Out of scope")
	k.lead("That I cannot answer. I know what roles in IT are, what they pay, and how to move between them.")
	k.examples()
}

// help says what can be asked, in three examples that work with this catalogue.
func (k *composer) help() {
	k.kind(Help)
	k.title("What you can ask")
	k.lead("Ask me about roles in IT: what they are, a day in them, skills, tools, pay, how to get in, what comes next, or two side by side.")
	k.examples()
}

// examples adds three questions as buttons that have answers here.
func (k *composer) examples() {
	roles := k.c.start
	nth := func(n int, label func(*knowledge.Role) string, in func(*knowledge.Role) intent.Intent) {
		for i := range roles {
			r := roles[(n+i)%len(roles)]
			if q := in(r); k.leadsSomewhere(q) {
				k.act(label(r), q)
				return
			}
		}
	}
	nth(0, func(r *knowledge.Role) string { return "What does " + article(r.Title) + " do?" },
		func(r *knowledge.Role) intent.Intent { return ask(intent.Overview, r) })
	nth(1, func(r *knowledge.Role) string { return "What do " + plural(r.Title) + " earn?" },
		func(r *knowledge.Role) intent.Intent { return ask(intent.Salary, r) })
	nth(2, func(r *knowledge.Role) string {
		if o := k.sibling(r); o != nil {
			return r.Title + " or " + o.Title + "?"
		}
		return ""
	}, func(r *knowledge.Role) intent.Intent {
		both := intent.Intent{Ask: intent.Compare, Roles: []string{r.ID}}
		if o := k.sibling(r); o != nil {
			both.Roles = append(both.Roles, o.ID)
		}
		return both
	})
	k.act("Which role suits me?", intent.Intent{Ask: intent.Recommend})
	k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
}

// why explains the answer before: what was understood, and where it is from.
func (k *composer) why() {
	last := k.before.Last
	if last.Ask == intent.None || last.Ask == intent.Why {
		k.kind(Help)
		k.title("How I know")
		k.lead("Every answer is from a role page or a table with its source, which stands at the end of the answer.")
		k.examples()
		return
	}
	sub := compose(k.c, intent.Reading{Intent: last}, intent.Context{}, Question{Region: k.q.Region})
	k.title("How I know")
	k.lead("I read your last question as this: " + k.inWords(last) + ".")
	if last.Ask == intent.Recommend {
		k.note("Each page rates its work as none, some or much of a kind. What you like counts more the more of it the work holds, what you dislike the less.")
	}
	if len(sub.Sources) > 0 {
		l := List{Heading: "The answer is from"}
		for _, s := range sub.Sources {
			text := s.Ref
			if s.Note != "" {
				text += " (" + s.Note + ")"
			}
			l.Items = append(l.Items, Item{Term: s.Name, Text: text})
		}
		k.add(l)
	} else {
		k.note("That answer states no fact of a page.")
	}
	k.a.Own = sub.Own
	for _, other := range k.otherReadings(last) {
		k.act(other.label, other.in)
	}
}

type labelled struct {
	label string
	in    intent.Intent
}

// otherReadings are what a question of a role might also have meant.
func (k *composer) otherReadings(last intent.Intent) []labelled {
	r := k.role(last)
	if r == nil {
		return nil
	}
	var out []labelled
	for _, a := range []intent.Ask{intent.Overview, intent.Skills, intent.Salary, intent.Prerequisites} {
		if a != last.Ask {
			out = append(out, labelled{"I meant: " + lowerFirst(askTitle(a)), ask(a, r)})
		}
	}
	return out
}

// inWords says an intent in plain words.
func (k *composer) inWords(in intent.Intent) string {
	out := lowerFirst(askTitle(in.Ask))
	var names []string
	for _, id := range in.Roles {
		names = append(names, k.titleOf(id))
	}
	if len(names) > 0 {
		out += " of " + and(names)
	}
	if in.Category != "" {
		out += ", field " + in.Category
	}
	if in.Aspect != intent.AnyAspect {
		out += ", by " + in.Aspect.String()
	}
	if in.Region != "" {
		out += ", region " + in.Region
	}
	if in.Years != "" {
		out += ", " + yearsWords(in.Years)
	}
	if len(in.Facets) > 0 {
		out += ", about " + strings.NewReplacer("_", " ").Replace(and(in.Facets))
	}
	if len(in.Traits) > 0 {
		out += ", " + traitList(in.Traits)
	}
	return out
}

func emptyQuestion() Answer {
	return Answer{Kind: Refused, Title: "No question", Lead: "There was no question. Ask me about a role in IT, such as “what does a data engineer do?”"}
}

func tooLong() Answer {
	return Answer{Kind: Refused, Title: "Too long", Understood: intent.Intent{Ask: intent.OutOfScope},
		Lead: "That is longer than the 4,000 characters that I read. Ask it in a sentence or two."}
}
