package intent

import (
	"slices"
	"strings"

	"careerbot/knowledge"
)

// decide reads the sentence: from what leaves no doubt to what is left.
func (s *sentence) decide() Reading {
	const firm = 1 // a reply to a choice is what it is
	steps := []func() (Reading, bool){s.reply, s.meta, s.beyond, s.correction, s.listOn, s.path, s.compare, s.recommend, s.list, s.about, s.followUp, s.work, s.outside}
	if s.overheard {
		steps = []func() (Reading, bool){s.beyond, s.path, s.compare, s.recommend, s.list, s.about, s.work}
	}
	for i, step := range steps {
		got, ok := step()
		if !ok {
			continue
		}
		s.narrow(&got)
		got = s.certain(got)
		if s.overheard && !s.speaks(got) {
			return Reading{Intent: Intent{Ask: Silent}}
		}
		if i < firm || got.Inherited || s.overheard {
			return got
		}
		return s.reconsider(got)
	}
	switch {
	case s.overheard:
		return Reading{Intent: Intent{Ask: Silent}}
	case s.orphan():
		got := Reading{Intent: Intent{Ask: s.best()}}
		s.narrow(&got)
		return got
	case s.bareWish():
		got := Reading{Intent: Intent{Ask: s.best()}}
		s.narrow(&got)
		return s.reconsider(got)
	}
	return s.reconsider(Reading{Intent: Intent{Ask: OutOfScope}})
}

// sure is a reading of one intent, not yet narrowed.
func sure(in Intent) (Reading, bool) { return Reading{Intent: in}, true }

func no() (Reading, bool) { return Reading{}, false }

// ids are the roles named, and those whose name may mean several.
func ids(us []*unit) []string {
	var out []string
	for _, u := range us {
		if id := u.roles[0].ID; !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// narrow adds what is said besides: place, years, level, facets.
func (s *sentence) narrow(got *Reading) {
	in := &got.Intent
	switch in.Ask {
	case Help, Why, OutOfScope, Silent, None:
		return
	}
	if p, ok := s.place(); ok {
		in.Region, in.City = p.region, p.city
	} else if got.Inherited && in.Region == "" {
		in.Region, in.City = s.ctx.Last.Region, s.ctx.Last.City
	}
	if in.Ask == UnknownRole {
		return
	}
	if y := s.years(); y != "" && (in.Ask == Salary || in.Ask == Compare && in.Aspect == AspectSalary) {
		in.Years = y
	}
	for _, f := range s.facets(in.Ask) {
		if !slices.Contains(in.Facets, f) {
			in.Facets = append(in.Facets, f)
		}
	}
	s.seniority(in)
	if slices.Contains([]Ask{Overview, Day, Skills, Tools, Salary, Progression, Prerequisites, List}, in.Ask) && in.Category == "" && len(in.Roles) == 0 {
		in.Category, _ = s.category()
	}
	if in.Ask == Skills {
		s.topic(in)
	}
	slices.Sort(in.Facets)
	in.Facets = slices.DeleteFunc(slices.Compact(in.Facets), func(f string) bool { return !slices.Contains(Facets, f) })
	if len(in.Facets) == 0 {
		in.Facets = nil
	}
}

// seniority takes a level that is said: the catalogue's own title for it where
// there is one, else a facet.
func (s *sentence) seniority(in *Intent) {
	level := s.level()
	if level == "" || in.Ask == Recommend {
		return
	}
	if in.Ask == List {
		in.Level = level
		return
	}
	in.Level = level
	switch level {
	case "entry", "intern", "senior", "lead":
		in.Facets = append(in.Facets, level)
	case "junior":
		in.Facets = append(in.Facets, "entry")
	}
	if len(in.Roles) != 1 || in.Ask == Progression {
		return
	}
	role := s.r.c.Role(in.Roles[0])
	if role == nil {
		return
	}
	if titled := s.r.withLevel(role, level); titled != nil && (level == "senior" || level == "junior" || level == "staff" || level == "principal") && s.levelBeside() {
		in.Roles = []string{titled.ID}
		in.Level = ""
	}
}

// levelBeside says whether the level is said of the role: in front of its
// name, or alone as in "senior?".
func (s *sentence) levelBeside() bool {
	if len(s.named()) == 0 {
		return s.content() <= 3
	}
	for i, u := range s.us {
		if u.kind == kindRole && i > 0 && s.us[i-1].kind == kindWord && levelWords[s.us[i-1].word] && u.gap == "" {
			return true
		}
	}
	return false
}

// topic is the subject of "is SQL enough?", "do I need Kubernetes?".
func (s *sentence) topic(in *Intent) {
	if slices.Contains(in.Facets, "math") {
		return
	}
	asksOne := slices.Contains(in.Facets, "enough") || s.anyPhrase("do i need;do you need;should i learn;is it necessary;need to know;have to know;must know;should know") || s.has("need", "needs", "required", "necessary", "important", "require", "requires", "demand")
	if !asksOne {
		return
	}
	for _, u := range s.us {
		if u.kind == kindWord && (techWords[u.word] && len(u.word) > 1 && u.word != "open" && u.word != "source" && u.word != "core" && u.word != "js" || topicWords[u.word]) {
			in.Topic = u.word
			return
		}
	}
}

var topicWords = wordSet("coding code programming excel kubernetes docker git english algorithms leetcode design drawing scripting agile scrum")

// certain offers a choice where a name may mean several roles, by the options
// that the catalogue orders.
func (s *sentence) certain(got Reading) Reading {
	if got.Certain != Sure || len(got.Options) > 0 {
		return got
	}
	switch got.Intent.Ask {
	case Help, Why, OutOfScope, Silent, UnknownRole, None, List:
		return got
	}
	for _, u := range s.named() {
		if len(u.roles) < 2 && !u.near || !slices.Contains(got.Intent.Roles, u.roles[0].ID) {
			continue
		}
		got.Certain = Choose
		if u.near {
			got.Certain = Near
		}
		got.Name = s.shown(u)
		for _, r := range u.roles[:min(len(u.roles), 5)] {
			o := got.Intent
			o.Roles = slices.Clone(o.Roles)
			o.Roles[slices.Index(got.Intent.Roles, u.roles[0].ID)] = r.ID
			if distinctIDs(o.Roles) {
				got.Options = append(got.Options, o)
			}
		}
		if len(got.Options) < 2 && got.Certain != Near || len(got.Options) == 0 {
			got.Certain, got.Options, got.Name = Sure, nil, ""
			continue
		}
		got.Intent = got.Options[0]
		return got
	}
	return s.fieldChoice(got)
}

func distinctIDs(ids []string) bool {
	seen := map[string]bool{}
	for _, id := range ids {
		if seen[id] {
			return false
		}
		seen[id] = true
	}
	return true
}

// shown is a unit as it was written.
func (s *sentence) shown(u *unit) string {
	var out []string
	for _, t := range s.m.tokens[u.from:u.to] {
		out = append(out, t.shown)
	}
	return strings.Join(out, " ")
}

// fieldChoice asks which role of a field is meant, where the question needs one.
func (s *sentence) fieldChoice(got Reading) Reading {
	in := got.Intent
	if len(in.Roles) > 0 || in.Category == "" || in.Category == All || in.Ask < Overview || in.Ask > Prerequisites {
		return got
	}
	for _, id := range s.r.usual(in.Category) {
		o := in
		o.Roles, o.Category = []string{id}, ""
		got.Options = append(got.Options, o)
	}
	if len(got.Options) < 2 {
		got.Options = nil
		return got
	}
	got.Certain = Choose
	got.Name = in.Category
	return got
}

// usual are the roles to offer for a field: what the table of ambiguous names
// gives for one of its words, else those that most ways lead to.
func (r *Reader) usual(category string) []string {
	var out []string
	words := fieldWords[category]
	for _, w := range strings.FieldsFunc(words, func(c rune) bool { return c == ',' || c == '/' }) {
		roles := r.c.Named(w)
		if len(roles) < 2 {
			continue
		}
		for _, role := range roles {
			if role.Category == category && len(out) < 4 && !slices.Contains(out, role.ID) {
				out = append(out, role.ID)
			}
		}
		if len(out) > 1 {
			return out
		}
	}
	roles := slices.Clone(r.c.InCategory(category))
	traffic := func(id string) int { return len(r.c.Previous(id)) + len(r.c.Next(id)) }
	slices.SortStableFunc(roles, func(a, b *role) int { return traffic(b.ID) - traffic(a.ID) })
	for _, role := range roles {
		if len(out) < 4 && !slices.Contains(out, role.ID) {
			out = append(out, role.ID)
		}
	}
	return out
}

// best is the question that its cues speak loudest for, Overview when none do.
func (s *sentence) best() Ask {
	if s.phrase("how much") && s.has("make", "makes", "earn", "earns", "making") {
		return Salary // however far apart the two stand
	}
	score, first := s.scores()
	best := Overview
	for _, a := range [...]Ask{Salary, Skills, Tools, Prerequisites, Progression, Day, Overview} {
		switch {
		case score[a] > score[best]+0.05:
			best = a
		case score[a] > score[best]-0.05 && first[a] < first[best]:
			best = a
		}
	}
	return best
}

// about answers a question of one kind about the roles or the field named.
func (s *sentence) about() (Reading, bool) {
	named := s.named()
	cat, sureField := s.category()
	if len(named) == 0 && (cat == "" || cat == All && !s.asked(Prerequisites, 7) && !s.hasFacet(Overview, "outlook") || !sureField && len(s.us) > 6) {
		return no()
	}
	if len(named) == 0 && !s.overheard && len(s.ctx.Last.Roles) > 0 && (s.pronoun() || s.content() <= 3 && !sureField) {
		return no()
	}
	if len(named) == 0 && (len(s.outsiders()) > 0 || s.best() == Overview && !s.careerAsked()) {
		return no()
	}
	if len(named) > 0 && s.elsewhere(named) {
		return no()
	}
	if len(named) == 0 && cat == All && s.hasFacet(Prerequisites, "degree") && !s.has("job", "jobs", "career", "role", "work", "get", "need", "into") {
		return no() // a degree as such
	}
	in := Intent{Ask: s.best()}
	if !s.overheard && len(s.ctx.Last.Roles) > 0 && s.pronoun() && in.Ask == Overview && !slices.ContainsFunc(named, func(u *unit) bool { return u.field != "AI & Machine Learning" }) {
		return no() // "will AI kill it?" asks of what was spoken of
	}
	named = s.askedOf(s.meant(named, in.Ask))
	in.Roles = ids(named)
	if in.Ask == Overview && len(named) == 1 && len(named[0].roles) > 1 && named[0].field != "" && s.careerAsked() && s.content() > 1 {
		named, in.Roles, cat = nil, nil, named[0].field // a field, not a role: "is cybersecurity oversaturated?"
	}
	if len(named) == 0 {
		in.Category = cat
	}
	if !s.cued() && s.content() > 6 && !s.overheard && !s.question() {
		return no()
	}
	inherited := s.continued(&in, named)
	if !inherited {
		s.askAll(&in)
	}
	if in.Ask == Progression && !inherited && s.presentJob(named) && s.has("i", "im", "ive", "am") {
		in.Facets = append(in.Facets, "background")
	}
	if len(s.outsiders()) > 0 {
		in.Facets = append(in.Facets, "unknown_role")
	}
	return Reading{Intent: in, Inherited: inherited}, true
}

// workRoles are kinds of work that stand for one role when nothing else is
// named: "how do I get into coding?".
var workRoles = map[string]string{"service desk": "help-desk-technician", "pentest": "penetration-tester", "soc": "soc-analyst", "coding": "software-engineer", "programming": "software-engineer", "software": "software-engineer", "development": "software-engineer",
	"testing": "qa-engineer", "design": "ux-designer", "hacking": "penetration-tester", "hacker": "penetration-tester", "hackers": "penetration-tester", "analytics": "data-analyst"}

// work is about with a kind of work in the place of a role.
func (s *sentence) work() (Reading, bool) {
	for i := range s.us {
		u := &s.us[i]
		if u.kind != kindWord && u.kind != kindField || i+1 < len(s.us) && s.us[i+1].gap == "" && s.us[i+1].kind == kindWord && !stopWords[s.us[i+1].word] && !fieldNouns[s.us[i+1].word] {
			continue
		}
		if role := s.r.c.Role(workRoles[s.folded(u.from, u.to)]); role != nil && s.cued() {
			u.kind, u.roles, u.weak = kindRole, []*knowledge.Role{role}, true
			s.hits = s.r.cues.find(s.us)
			return s.about()
		}
	}
	return no()
}

// cued says whether any cue speaks for a question of a role.
func (s *sentence) cued() bool {
	return slices.ContainsFunc(s.hits, func(h hit) bool { return h.cue.ask >= Overview && h.cue.ask <= Prerequisites && h.cue.weight >= 4 })
}

// askAll takes up all the questions that are asked, the first one first.
func (s *sentence) askAll(in *Intent) {
	if all := s.also(in.Ask); len(all) > 1 {
		in.Ask, in.Also = all[0], all[1:]
	}
}

// also are the questions asked in clauses of their own, in order, when there
// are two or more: "what is a pentester and how do I become one?".
func (s *sentence) also(main Ask) []Ask {
	var out []Ask
	from := 0
	clause := func(to int) {
		best, weight := None, 6
		for _, h := range s.hits {
			a := h.cue.ask
			if h.from < from || h.from >= to || a < Overview || a > Prerequisites || a == Overview && h.cue.facet == "" && h.cue.weight < 6 {
				continue
			}
			if h.cue.weight > weight {
				best, weight = a, h.cue.weight
			} else if a == Overview && h.cue.facet == "" && h.cue.weight >= 6 && best == None {
				best = a
			}
		}
		told := from < len(s.told) && s.told[from]
		if best != None && !told && !slices.Contains(out, best) && (s.asksIn(from, to) || to-from <= 3 || s.endsAsking(to)) {
			out = append(out, best)
		}
		from = to
	}
	for i, u := range s.us {
		if i > from && (u.kind == kindWord && (u.word == "and" || u.word == "plus") || u.breaksHard() || strings.Contains(u.gap, ",")) {
			clause(i)
		}
	}
	clause(len(s.us))
	if len(out) < 2 || !slices.Contains(out, main) {
		return nil
	}
	return out[:min(len(out), 3)]
}

// endsAsking says whether a question mark stands before unit to.
func (s *sentence) endsAsking(to int) bool {
	if to == len(s.us) {
		return strings.Contains(s.m.end, "?")
	}
	return strings.Contains(s.us[to].gap, "?")
}

// asksIn says whether the clause has a word that asks.
func (s *sentence) asksIn(from, to int) bool {
	for _, u := range s.us[from:to] {
		if u.kind == kindWord {
			switch u.word {
			case "what", "whats", "how", "hows", "which", "who", "where", "when", "why", "do", "does", "is", "are", "can", "should", "could", "would", "tell":
				return true
			}
		}
	}
	return false
}

// meant leaves out roles that are named beside the one that is asked about:
// what threatens it ("because of AI"), or what was studied before it.
func (s *sentence) meant(named []*unit, ask Ask) []*unit {
	if len(named) < 2 {
		return named
	}
	var wished []*unit
	kept := slices.DeleteFunc(slices.Clone(named), func(u *unit) bool {
		i := slices.IndexFunc(s.us, func(x unit) bool { return x.from == u.from })
		if ask == Prerequisites && s.wishBefore(i) {
			wished = append(wished, u)
		}
		before := ""
		if i > 0 && s.us[i-1].kind == kindWord {
			before = s.us[i-1].word
		}
		threat := u.field == "AI & Machine Learning" && ask == Overview && s.hasFacet(Overview, "outlook")
		if ask == Skills && i > 1 && slices.Contains([]string{"know", "learn", "use", "understand"}, before) && len(named) == 2 && u == named[1] {
			return true // what is to be known, not who is to know it
		}
		return threat || u.field == "AI & Machine Learning" && slices.Contains([]string{"of", "by", "to", "with", "this"}, before) ||
			before == "lead" || u.weak && s.m.tokens[u.from].text == "lead" && before != "a" && before != "the"
	})
	if len(wished) > 0 && !s.has("or", "and") && !s.has("vs") {
		return wished
	}
	if len(kept) == 0 {
		return named
	}
	return kept
}

// askedOf leaves out roles that are only named where the message tells what
// led to the question.
func (s *sentence) askedOf(named []*unit) []*unit {
	at := func(u *unit) int { return slices.IndexFunc(s.us, func(x unit) bool { return x.from == u.from }) }
	kept := slices.DeleteFunc(slices.Clone(named), func(u *unit) bool { return s.told[at(u)] || s.studied(at(u)) })
	if len(kept) == 0 {
		return named
	}
	return kept
}

// studied says whether the name of unit i is that of a degree: "mech eng degree".
func (s *sentence) studied(i int) bool {
	return i+1 < len(s.us) && s.us[i+1].gap == "" && s.us[i+1].kind == kindWord && studyNouns[s.us[i+1].word]
}

var studyNouns = wordSet("degree degrees student students major majors grad graduate bootcamp course courses class classes diploma msc bsc")

// careerAsked says whether a field is asked about as work, or just named.
func (s *sentence) careerAsked() bool {
	return s.hasFacet(Overview, "outlook") || s.hasFacet(Overview, "pros_cons") || s.hasFacet(Overview, "difficulty") || s.has("job", "jobs", "career", "careers", "work", "role", "field") && s.content() <= 4 || s.content() <= 1
}

// bareWish says whether a question of a role is asked without the role.
func (s *sentence) bareWish() bool {
	return s.cued() && (s.best() != Overview || s.pronoun()) && s.content() <= 3 && len(s.us) <= 6 && len(s.outsiders()) == 0 && !s.asked(Path, 9)
}

// outside answers what is asked about an occupation that the catalogue lacks.
func (s *sentence) outside() (Reading, bool) {
	out := s.outsiders()
	if name := s.unheardOf(); len(out) == 0 && name != "" {
		return sure(Intent{Ask: UnknownRole, Outside: outsideName(name)})
	}
	if len(out) == 0 || !(s.cued() || s.asked(Compare, 8) || len(s.us) <= 4) {
		return no()
	}
	in := Intent{Ask: UnknownRole, Outside: outsideName(out[0].outside)}
	if s.cuedHere() {
		in.Also = []Ask{s.best()} // so that "and a network engineer?" asks the same
	}
	return sure(in)
}

// unheardOf is a word that stands where an occupation stands, "what does a W
// do", "how to become a W", and that nothing knows; "" for none.
func (s *sentence) unheardOf() string {
	for i := 1; i+1 < len(s.us); i++ {
		a, before, w := s.us[i], s.us[i-1], s.us[i+1]
		if a.word != "a" && a.word != "an" || w.kind != kindWord || len(w.word) < 4 || stopWords[w.word] || s.r.cues.words[w.word] || goodModifiers[w.word] || techWords[w.word] {
			continue
		}
		last := i+2 == len(s.us)
		does := (before.word == "does" || before.word == "do") && !last && s.us[i+2].word == "do"
		if does || last && (before.word == "become" || before.word == "becoming") {
			return w.word
		}
	}
	return ""
}

// outsideName bounds an occupation's name and makes it fit the text form.
func outsideName(s string) string {
	var out string
	for _, w := range knowledge.Words(s) {
		if len(out)+len(w) > 40 {
			break
		}
		if out != "" {
			out += " "
		}
		out += w
	}
	return out
}
