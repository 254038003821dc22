package bot

import (
	"slices"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// maxActions is how many next questions an answer offers: what one row of
// buttons holds on every platform.
const maxActions = 5

// room is how many words the parts of an answer may hold, tables apart, before
// the rest goes behind an action: what a phone shows without scrolling.
const room = 105

// composer makes one answer. It lives for one question.
type composer struct {
	c      *view
	q      Question
	r      intent.Reading
	before intent.Context
	room   int // words that the parts may still be given

	a    Answer
	cite citations

	pairs   []payPair // what commonPay found for pairsOf
	pairsOf []*knowledge.Role

	shared   []string // what toolsOf found for toolsFor
	alone    [][]string
	toolsFor []*knowledge.Role
}

// compose answers a reading from the catalogue. It is pure: the same reading
// of the same catalogue gives the same answer.
func compose(c *view, r intent.Reading, before intent.Context, q Question) Answer {
	k := newComposer(c)
	k.q, k.r, k.before = q, r, before
	k.a.Understood = r.Intent
	switch {
	case r.Intent.Ask == intent.Silent:
		k.a.Kind = Silent
		return k.a
	case q.Overheard && r.Certain != intent.Sure:
		k.a.Kind = Silent
		k.a.Understood = intent.Intent{Ask: intent.Silent}
		return k.a
	}
	switch r.Certain {
	case intent.Choose:
		k.choice()
	case intent.Near:
		k.nearMiss()
	case intent.Nothing:
		k.notUnderstood()
	default:
		k.all(r.Intent)
		k.besides(r.Intent)
	}
	k.sources()
	k.language()
	return k.a
}

func newComposer(c *view) *composer {
	return &composer{c: c, room: room, cite: citations{c: c.Catalog}}
}

// sources says where the facts of the answer are from.
func (k *composer) sources() {
	k.a.Sources = k.cite.sources()
	for _, s := range k.a.Sources {
		k.a.Own = k.a.Own || s.Own
	}
	if k.a.Own {
		k.note("What is marked as your company's comes from its own pages.")
	}
}

// besides says what of the question no page can answer.
func (k *composer) besides(in intent.Intent) {
	if k.a.Kind != Answered && k.a.Kind != Partial || in.Ask == intent.UnknownRole {
		return
	}
	has := func(f string) bool { return slices.Contains(in.Facets, f) }
	if has("company") && in.Ask != intent.Recommend {
		k.note("Pages and figures are about the role as such, not about one employer.")
	}
	if has("unknown_role") && in.Ask != intent.Compare && in.Ask != intent.Path {
		k.note(k.outsider("The other occupation") + " is not in the catalogue.")
	}
}

// outsider is the name of an occupation of the question that the catalogue
// lacks, as it was written; otherwise what stands for it.
func (k *composer) outsider(otherwise string) string {
	if k.r.Intent.Outside != "" {
		return "“" + clip(k.r.Intent.Outside) + "”"
	}
	for _, w := range k.r.Words() {
		if w.Means == "an occupation outside the catalogue" {
			return "“" + clip(w.Text) + "”"
		}
	}
	return otherwise
}

// all answers every question of the intent, in order, each once.
func (k *composer) all(in intent.Intent) {
	if k.perRole(in) {
		return
	}
	asks := []intent.Ask{in.Ask}
	for _, a := range in.Also {
		if !slices.Contains(asks, a) {
			asks = append(asks, a)
		}
	}
	if len(asks) == 1 || in.Ask == intent.UnknownRole {
		in.Also = nil
		k.one(in)
		return
	}
	k.several(len(asks), func(i int) (string, intent.Intent) {
		one := in
		one.Ask, one.Also = asks[i], nil
		return askTitle(asks[i]), one
	})
}

// perRole answers a question of one role for each of several, side by side.
func (k *composer) perRole(in intent.Intent) bool {
	if len(in.Roles) < 2 {
		return false
	}
	switch in.Ask {
	case intent.Compare, intent.Path, intent.Recommend, intent.List, intent.Help, intent.Why,
		intent.OutOfScope, intent.UnknownRole, intent.None:
		return false
	}
	if in.Ask == intent.Salary && k.payTogether(in) {
		return true
	}
	k.several(len(in.Roles), func(i int) (string, intent.Intent) {
		one := in
		one.Roles = in.Roles[i : i+1]
		if r := k.c.Role(one.Roles[0]); r != nil {
			return r.Title, one
		}
		return one.Roles[0], one
	})
	return true
}

// several composes answers one after the other into one: the leads together
// lead, the parts follow under their own headings.
func (k *composer) several(n int, nth func(int) (string, intent.Intent)) {
	var leads, titles []string
	var parts []Part
	var actions []Action
	kind := Answered
	for i := range n {
		title, in := nth(i)
		sub := &composer{c: k.c, q: k.q, r: k.r, before: k.before, room: k.room / n, cite: k.cite}
		sub.a.Understood = in
		sub.all(in)
		k.cite = sub.cite
		lead := sub.a.Lead
		if n > 2 {
			lead = firstSentence(lead)
		}
		leads = append(leads, lead)
		titles = append(titles, title)
		for j, p := range sub.a.Parts {
			if j == 0 {
				p = underHeading(p, title)
			}
			parts = append(parts, p)
		}
		for _, act := range sub.a.Actions[:min(len(sub.a.Actions), maxActions/n)] {
			if len(in.Roles) == 1 && k.titleOf(in.Roles[0]) == title && !strings.Contains(act.Label, title) {
				act.Label = title + ": " + lowerFirst(act.Label)
			}
			actions = append(actions, act)
		}
		if sub.a.Kind != Answered {
			kind = Partial
		}
	}
	k.a.Kind = kind
	k.a.Title = and(titles)
	if _, in := nth(0); len(in.Roles) == 1 && titles[0] == askTitle(in.Ask) {
		for i := range titles {
			titles[i] = lowerFirst(titles[i])
		}
		k.a.Title = k.titleOf(in.Roles[0]) + ": " + and(titles)
	}
	k.a.Lead = strings.Join(leads, " ")
	k.a.Parts = mergeNotes(parts)
	k.a.Actions = distinct(actions)
}

// underHeading names what the first part of a joined answer is about.
func underHeading(p Part, title string) Part {
	add := func(h string) string {
		if h == "" {
			return title
		}
		return title + ": " + lowerFirst(h)
	}
	switch p := p.(type) {
	case Paragraph:
		p.Heading = add(p.Heading)
		return p
	case List:
		p.Heading = add(p.Heading)
		return p
	case Facts:
		p.Heading = add(p.Heading)
		return p
	case Table:
		p.Heading = add(p.Heading)
		return p
	case Note:
		return Note{title + ": " + lowerFirst(p.Text)}
	}
	return p
}

// mergeNotes keeps each note once, where it first stood.
func mergeNotes(parts []Part) []Part {
	seen := map[string]bool{}
	return slices.DeleteFunc(parts, func(p Part) bool {
		n, ok := p.(Note)
		if !ok {
			return false
		}
		was := seen[n.Text]
		seen[n.Text] = true
		return was
	})
}

func distinct(actions []Action) []Action {
	seen := map[string]bool{}
	out := slices.DeleteFunc(actions, func(a Action) bool {
		was := seen[a.Ask]
		seen[a.Ask] = true
		return was
	})
	return out[:min(len(out), maxActions)]
}

// one answers one question.
func (k *composer) one(in intent.Intent) {
	role := k.role(in)
	if role == nil && needsRole(in.Ask) {
		k.whichRole(in)
		return
	}
	switch in.Ask {
	case intent.Overview:
		k.overview(in, role)
	case intent.Day:
		k.day(in, role)
	case intent.Skills:
		k.skills(in, role)
	case intent.Tools:
		k.tools(in, role)
	case intent.Salary:
		k.pay(in, role)
	case intent.Progression:
		k.progression(in, role)
	case intent.Prerequisites:
		k.prerequisites(in, role)
	case intent.Compare:
		k.compare(in)
	case intent.Path:
		k.path(in)
	case intent.Recommend:
		k.recommend(in)
	case intent.List:
		k.list(in)
	case intent.Why:
		k.why()
	case intent.UnknownRole:
		k.unknownRole(in)
	case intent.OutOfScope:
		k.outOfScope()
	default:
		k.help()
	}
}

func needsRole(a intent.Ask) bool {
	switch a {
	case intent.Overview, intent.Day, intent.Skills, intent.Tools, intent.Salary, intent.Progression, intent.Prerequisites:
		return true
	}
	return false
}

func (k *composer) role(in intent.Intent) *knowledge.Role {
	if len(in.Roles) == 0 {
		return nil
	}
	return k.c.Role(in.Roles[0])
}

// rolesOf are the roles of an intent that the catalogue has, each once.
func (k *composer) rolesOf(in intent.Intent) []*knowledge.Role {
	var out []*knowledge.Role
	for _, id := range in.Roles {
		if r := k.c.Role(id); r != nil && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

func (k *composer) note(text string)  { k.a.Parts = append(k.a.Parts, Note{text}) }
func (k *composer) missing(s string)  { k.a.Kind = Partial; k.note(s) }
func (k *composer) kind(kind Kind)    { k.a.Kind = kind }
func (k *composer) lead(text string)  { k.a.Lead = text }
func (k *composer) title(text string) { k.a.Title = text }

// add adds a part, and takes its words from the room that there is.
func (k *composer) add(p Part) {
	k.a.Parts = append(k.a.Parts, p)
	k.room -= partWords(p)
}

// partWords counts the words of a part that stand on the screen; a table is
// looked up, not read, and a chart is drawn.
func partWords(p Part) int {
	n := 0
	switch p := p.(type) {
	case Paragraph:
		n = words(p.Heading) + words(p.Text)
	case List:
		n = words(p.Heading)
		for _, it := range p.Items {
			n += words(it.Term) + words(it.Text)
		}
	case Facts:
		n = words(p.Heading)
		for _, f := range p.Facts {
			n += words(f.Name) + words(f.Value)
		}
	case Note:
		n = words(p.Text)
	}
	return n
}

// fitting is how many of the items the room holds, at least two. It never
// leaves out a single one.
func (k *composer) fitting(items []Item) int {
	left := k.room
	for i, it := range items[:max(len(items)-1, 0)] {
		left -= words(it.Term) + words(it.Text)
		if left < 0 && i >= 2 {
			return i
		}
	}
	return len(items)
}

// own marks a heading whose text is the company's.
func own(heading string, is bool) string {
	if !is {
		return heading
	}
	if heading == "" {
		return "Your company's page"
	}
	return heading + " (your company's page)"
}

// act offers a next question, if it leads to an answer and there is room.
func (k *composer) act(label string, in intent.Intent) {
	if len(k.a.Actions) >= maxActions || !k.leadsSomewhere(in) {
		return
	}
	ask := in.String()
	if slices.ContainsFunc(k.a.Actions, func(a Action) bool { return a.Ask == ask }) {
		return
	}
	k.a.Actions = append(k.a.Actions, Action{Label: label, Ask: ask})
}

// leadsSomewhere says whether the catalogue has what the question asks for.
func (k *composer) leadsSomewhere(in intent.Intent) bool {
	roles := k.rolesOf(in)
	if len(roles) < len(in.Roles) || needsRole(in.Ask) && len(roles) == 0 {
		return false
	}
	switch in.Ask {
	case intent.Overview:
		return k.hasOverview(roles[0])
	case intent.Day:
		return roles[0].Section(knowledge.DayInTheLife) != nil
	case intent.Skills:
		if slices.Contains(in.Facets, "levels") {
			return len(roles[0].Proficiencies) > 0
		}
		return roles[0].Section(knowledge.Skills) != nil || len(roles[0].Proficiencies) > 0
	case intent.Tools:
		return len(roles[0].Tools) > 0 || roles[0].Section(knowledge.ToolsSection) != nil
	case intent.Salary:
		return k.hasPay(in, roles[0])
	case intent.Progression:
		if len(k.c.Next(roles[0].ID)) > 0 {
			return true
		}
		prose, _ := roles[0].NextInProse() // reads the whole page
		return len(prose) > 0
	case intent.Prerequisites:
		return roles[0].Section(knowledge.GettingIn) != nil || len(k.c.Previous(roles[0].ID)) > 0
	case intent.Compare:
		return len(roles) > 1 && k.comparable(in.Aspect, roles)
	case intent.Path:
		if len(roles) < 2 {
			return false
		}
		steps := len(k.c.way(roles[0].ID, roles[len(roles)-1].ID))
		return steps > 0 && steps <= maxSteps
	case intent.Recommend:
		return slices.ContainsFunc(k.c.Roles(), func(r *knowledge.Role) bool { return r.Work != (knowledge.Work{}) })
	case intent.List:
		return in.Category == "" || in.Category == intent.All || len(k.c.InCategory(in.Category)) > 0
	}
	return true
}

func (k *composer) hasOverview(r *knowledge.Role) bool {
	return r.Section(knowledge.QuickSummary) != nil || r.Section(knowledge.MainDuties) != nil || r.Scores != nil ||
		!r.HasPage() && (len(r.Pay) > 0 || len(r.Tools) > 0)
}

// hasPay says whether the role, or the nearest one, has the figures asked for.
func (k *composer) hasPay(in intent.Intent, r *knowledge.Role) bool {
	if near := k.c.nearest[r.ID]; near != nil {
		r = near
	}
	rows := r.Pay
	if in.Years != "" || slices.Contains(in.Facets, "levels") {
		rows = r.PayByYears
	}
	if in.Region == "" {
		return len(rows) > 0
	}
	return slices.ContainsFunc(rows, func(p knowledge.Pay) bool { return p.Region == in.Region })
}

// comparable says whether the roles have what a comparison of the aspect needs.
func (k *composer) comparable(aspect intent.Aspect, roles []*knowledge.Role) bool {
	all := func(has func(*knowledge.Role) bool) bool {
		return !slices.ContainsFunc(roles, func(r *knowledge.Role) bool { return !has(r) })
	}
	section := func(heading string) bool {
		return all(func(r *knowledge.Role) bool { return r.Section(heading) != nil })
	}
	switch aspect {
	case intent.AspectSalary:
		return len(k.commonPay(roles)) > 0
	case intent.AspectSkills:
		return section(knowledge.Skills)
	case intent.AspectDay:
		return section(knowledge.DayInTheLife)
	case intent.AspectTools:
		return all(func(r *knowledge.Role) bool { return len(r.Tools) > 0 })
	case intent.AspectOutlook:
		return section(knowledge.TradeOffs)
	case intent.AspectDifficulty:
		return section(knowledge.GettingIn)
	case intent.AspectProgression:
		return all(func(r *knowledge.Role) bool { return len(k.c.Next(r.ID)) > 0 })
	}
	return true
}

// ask is a plain question of one role.
func ask(a intent.Ask, r *knowledge.Role) intent.Intent {
	return intent.Intent{Ask: a, Roles: []string{r.ID}}
}

// usual offers the questions that people ask next about a role, except the
// one just answered.
func (k *composer) usual(r *knowledge.Role, done intent.Ask) {
	for _, next := range [...]struct {
		label string
		ask   intent.Ask
	}{
		{"A day in the job", intent.Day}, {"Skills", intent.Skills}, {"Pay", intent.Salary},
		{"What comes next", intent.Progression}, {"Getting in", intent.Prerequisites}, {"Overview", intent.Overview},
	} {
		if next.ask != done && len(k.a.Actions) < maxActions-1 {
			k.act(next.label, ask(next.ask, r))
		}
	}
	k.compareWithUsual(r)
}

// compareWithUsual offers the comparison with the role that is most often
// mixed up with this one.
func (k *composer) compareWithUsual(r *knowledge.Role) {
	if other := k.sibling(r); other != nil {
		k.act("Compare with "+other.Title, intent.Intent{Ask: intent.Compare, Roles: []string{r.ID, other.ID}})
	}
}

// sibling is the role most often asked beside r: the first that its page says
// it is confused with, else a sideways move, else the first next role.
func (k *composer) sibling(r *knowledge.Role) *knowledge.Role {
	for _, it := range r.Section(knowledge.ConfusedWith).Items("") {
		if o := k.c.Role(it.Link); o != nil && o != r {
			return o
		}
	}
	edges := k.c.Next(r.ID)
	for _, kind := range []string{"lateral", "specialisation", "promotion"} {
		for _, e := range edges {
			if e.Kind == kind && e.To != r.ID {
				return k.c.Role(e.To)
			}
		}
	}
	return nil
}

// askTitle names a question for a heading.
func askTitle(a intent.Ask) string {
	switch a {
	case intent.Overview:
		return "What it is"
	case intent.Day:
		return "A day in the job"
	case intent.Skills:
		return "Skills"
	case intent.Tools:
		return "Tools"
	case intent.Salary:
		return "Pay"
	case intent.Progression:
		return "What comes next"
	case intent.Prerequisites:
		return "Getting in"
	case intent.Compare:
		return "Comparison"
	case intent.Path:
		return "The way there"
	case intent.Recommend:
		return "Suggestions"
	case intent.List:
		return "Roles"
	}
	return "Answer"
}
