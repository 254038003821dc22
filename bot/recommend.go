package bot

import (
	"cmp"
	"slices"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// enough is how many likes and dislikes are needed before roles are suggested:
// with one alone a fifth of the catalogue fits equally well.
const enough = 2

// interview are the questions asked, in order, when too little was said: those
// traits that part the catalogue best.
var interview = []struct{ trait, question string }{
	{"coding", "Do you like to write code?"},
	{"people", "Do you like to spend most of the day with people?"},
	{"design", "Do you like to shape what people see and use?"},
	{"investigation", "Do you like to hunt for causes, like a detective?"},
	{"on-call", "Could you live with being called at night now and then?"},
}

// recommend suggests roles by what their pages say of the work. The method is
// fixed: a like counts how much of it the work holds, a dislike how little.
func (k *composer) recommend(in intent.Intent) {
	k.title("Which role might suit you")
	traits := known(in.Traits)
	if !k.leadsSomewhere(intent.Intent{Ask: intent.Recommend}) {
		k.kind(Partial)
		k.lead("No page of the catalogue rates what its work is like, so no role can be suggested.")
		k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
		return
	}
	asked := 0
	for _, t := range in.Traits {
		if slices.ContainsFunc(interview, func(q struct{ trait, question string }) bool { return q.trait == t.Name }) {
			asked++
		}
	}
	wants := 0
	for _, t := range traits {
		if t.Want != 0 {
			wants++
		}
	}
	if wants < enough && !(wants == 1 && in.Category != "" && in.Category != intent.All) && asked < len(interview) && (wants == 0 || len(in.Traits) < 2) {
		if k.interviewNext(in) {
			return
		}
	}
	if wants == 0 {
		k.kind(Partial)
		k.lead("With nothing liked and nothing disliked, no role fits better than another.")
		k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
		return
	}
	k.suggest(in, traits)
}

// known keeps the traits that pages rate.
func known(traits []intent.Trait) []intent.Trait {
	var out []intent.Trait
	for _, t := range traits {
		if slices.Contains(knowledge.Traits[:], t.Name) {
			out = append(out, t)
		}
	}
	return out
}

// interviewNext asks the next question; each button carries the answers so
// far. It is false when all were asked.
func (k *composer) interviewNext(in intent.Intent) bool {
	for _, q := range interview {
		if slices.ContainsFunc(in.Traits, func(t intent.Trait) bool { return t.Name == q.trait }) {
			continue
		}
		k.kind(Choice)
		k.lead(q.question)
		if len(in.Traits) > 0 {
			k.note("So far: " + traitList(in.Traits) + ".")
		} else {
			k.note("At most five questions; or say it in your own words, such as “I like design and people, no coding”.")
		}
		for _, want := range [...]struct {
			label string
			want  int8
		}{{"Yes", 1}, {"No", -1}, {"I don't mind", 0}} {
			next := in
			next.Traits = append(slices.Clone(in.Traits), intent.Trait{Name: q.trait, Want: want.want})
			k.act(want.label, next)
		}
		return true
	}
	return false
}

func traitList(traits []intent.Trait) string {
	var out []string
	for _, t := range traits {
		words := traitWords[t.Name]
		if words == "" {
			words = t.Name
		}
		switch t.Want {
		case 1:
			out = append(out, words)
		case -1:
			out = append(out, "no "+words)
		default:
			out = append(out, words+" either way")
		}
	}
	return strings.Join(out, ", ")
}

type fit struct {
	role     *knowledge.Role
	score    int
	rated    bool // the page rates any of what was said
	distance int  // usual moves from the present role; -1 without one
}

// suggest ranks all roles and gives the best three to five.
func (k *composer) suggest(in intent.Intent, traits []intent.Trait) {
	fits, wholly := k.ranked(in, traits)
	if len(fits) == 0 {
		k.kind(Partial)
		k.lead("No page of the catalogue rates that kind of work.")
		k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
		return
	}
	best := fits[:min(4, len(fits))]
	var names []string
	l := List{Heading: "Why, and what may not fit"}
	for _, f := range best {
		names = append(names, f.role.Title)
		pro, con := f.reasons(traits)
		text := upperFirst(strings.Join(pro, ", "))
		switch {
		case text == "":
			text = upperFirst(strings.Join(con, ", "))
		case len(con) > 0:
			text += "; but " + strings.Join(con, ", ")
		}
		if does, _, _ := strings.Cut(k.does(f.role), ":"); does != "" {
			text += ". " + sentence(does)
		}
		l.Items = append(l.Items, Item{Term: f.role.Title, Text: text})
		k.cite.front(f.role, "work")
	}
	k.lead("By what you said, these fit best: " + and(names[:min(3, len(names))]) + ".")
	if !wholly {
		k.lead("No role fits all of that; these come nearest: " + and(names[:min(3, len(names))]) + ".")
	}
	if partWords(l) > room {
		l.Items = l.Items[:min(3, len(l.Items))]
	}
	k.add(l)
	k.note("Read as: " + traitList(in.Traits) + ". The closest come first; ask “why?” for the method.")
	for _, f := range best[:min(3, len(best))] {
		k.act("About "+f.role.Title, ask(intent.Overview, f.role))
	}
	if len(best) > 1 {
		k.act("Compare the first two", intent.Intent{Ask: intent.Compare, Roles: []string{best[0].role.ID, best[1].role.ID}})
	}
}

// ranked scores every role that rates its work: for a like much counts 2, some
// 1, none -2; for a dislike the other way round. Roles that hold much of what
// is disliked, or none of what is liked, are out, unless nothing else is left:
// then wholly is false.
func (k *composer) ranked(in intent.Intent, traits []intent.Trait) (fits []fit, wholly bool) {
	var reach map[string]int
	if len(in.Roles) > 0 {
		reach = k.c.Reach(in.Roles[0])
	}
	var others []fit
	for _, r := range k.c.Roles() {
		if r.Work == (knowledge.Work{}) || slices.Contains(in.Roles, r.ID) ||
			in.Category != "" && in.Category != intent.All && r.Category != in.Category || len(in.Roles) == 0 && k.seniorTitle(r) {
			continue
		}
		f, ok := fitOf(r, traits)
		f.distance = 99
		if d, near := reach[r.ID]; near {
			f.distance = d
		}
		if ok {
			fits = append(fits, f)
		} else if f.rated {
			others = append(others, f)
		}
	}
	wholly = len(fits) > 0
	if !wholly {
		fits = others
	}
	slices.SortStableFunc(fits, func(a, b fit) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		if c := cmp.Compare(a.distance, b.distance); c != 0 {
			return c
		}
		if c := cmp.Compare(rankLevel(a.role), rankLevel(b.role)); c != 0 {
			return c
		}
		return cmp.Compare(k.c.traffic[b.role.ID], k.c.traffic[a.role.ID])
	})
	return spread(fits), wholly
}

// seniorTitle says whether a role is the senior title of another: nobody who
// looks for a first direction needs both.
func (k *composer) seniorTitle(r *knowledge.Role) bool {
	_, base, _ := strings.Cut(r.Title, " ")
	return rankLevel(r) > 0 && k.c.byTitle[base] != nil
}

// spread takes at most two roles of a field, so that the suggestions differ.
func spread(fits []fit) []fit {
	taken := map[string]int{}
	var out, rest []fit
	for _, f := range fits {
		if taken[f.role.Category]++; taken[f.role.Category] <= 2 {
			out = append(out, f)
		} else {
			rest = append(rest, f)
		}
	}
	return append(out, rest...)
}

// fitOf scores a role. It is no fit when its work holds much of what is
// disliked, none of what is liked, or on the whole more against it than for it.
func fitOf(r *knowledge.Role, traits []intent.Trait) (f fit, ok bool) {
	f, ok = fit{role: r}, true
	for _, t := range traits {
		value, out := worth(r.Work.Of(t.Name), t.Want)
		f.score += value
		f.rated = f.rated || value != 0
		ok = ok && !out
	}
	return f, ok && f.score > 0
}

// worth is what an amount of a kind of work counts for somebody who wants it or
// does not; out says that it rules the role out.
func worth(a knowledge.Amount, want int8) (value int, out bool) {
	switch {
	case a == knowledge.Unsaid || want == 0:
		return 0, false
	case want > 0:
		return [...]int{knowledge.No: -2, knowledge.Some: 1, knowledge.Much: 2}[a], a == knowledge.No
	}
	return [...]int{knowledge.No: 2, knowledge.Some: -1, knowledge.Much: -4}[a], a == knowledge.Much
}

// reasons are the kinds of work that speak for the role and against it.
func (f fit) reasons(traits []intent.Trait) (pro, con []string) {
	for _, t := range traits {
		a := f.role.Work.Of(t.Name)
		switch value, _ := worth(a, t.Want); {
		case value > 0:
			pro = append(pro, amountWords(a, t.Name))
		case value < 0:
			con = append(con, amountWords(a, t.Name))
		}
	}
	return pro, con
}
