package intent

import (
	"slices"
	"strings"

	"careerbot/knowledge"
)

type role = knowledge.Role

// end is one end of a move or a comparison: a role, an occupation outside the
// catalogue, a field, or just words.
type end struct {
	unit  *unit
	words string
}

func (e end) known() bool { return e.unit != nil && len(e.unit.roles) > 0 }

// entity says whether unit i names something that a person can be or go into.
func (s *sentence) entity(i int) bool {
	return i >= 0 && i < len(s.us) && (s.us[i].kind == kindRole || s.us[i].kind == kindField)
}

// skipSmall passes over articles and levels, in steps of by.
func (s *sentence) skipSmall(i, by int) int {
	for i >= 0 && i < len(s.us) && s.us[i].kind == kindWord && smallWords[s.us[i].word] {
		i += by
	}
	return i
}

var smallWords = wordSet("a an the my your full time more senior sr junior jr entry level good software role roles job jobs position career being be become becoming actual tech it some like non any another profile field plain regular just rather straight pure doing")

// path reads a move from one occupation to another.
func (s *sentence) path() (Reading, bool) {
	if got, ok := s.pathFromBefore(); ok {
		return got, ok
	}
	if !s.overheard && s.comingFrom() && len(s.ctx.Last.Roles) > 0 {
		return s.fromBefore(s.ctx.Last.Roles)
	}
	if s.has("titles", "list", "relative", "difference", "differ") || s.phrase("different from") || s.phrase("differs from") {
		return no()
	}
	from, to, ok := s.move()
	if !ok {
		return no()
	}
	s.standIn(&from)
	s.standIn(&to)
	s.shareName(from, &to)
	in := Intent{Ask: Path}
	if from.known() {
		in.Roles = append(in.Roles, from.unit.roles[0].ID)
	}
	if to.known() {
		if id := to.unit.roles[0].ID; !slices.Contains(in.Roles, id) {
			in.Roles = append(in.Roles, id)
		} else if from.known() {
			return no() // from a role to itself
		}
	}
	switch {
	case from.known() && to.known():
	case to.known():
		in.Facets = append(in.Facets, "from_outside")
		in.Outside = outsideName(from.words)
	case from.known() && to.unit != nil && to.unit.field != "":
		return s.pathToField(in, to.unit.field)
	case from.known():
		in.Facets = append(in.Facets, "to_outside")
		in.Outside = outsideName(to.words)
	case to.unit != nil && to.unit.field != "" && from.words != "":
		in.Facets = append(in.Facets, "from_outside")
		in.Outside, in.Category = outsideName(from.words), to.unit.field
	default:
		return no()
	}
	if s.asked(Skills, 8) && s.asksIn(0, len(s.us)) && s.has("skill", "skills") {
		in.Also = []Ask{Skills}
	}
	return sure(in)
}

// standIn lets a kind of work at one end of a move stand for its role: "from
// engineering to product management".
func (s *sentence) standIn(e *end) {
	if e.known() || e.unit != nil && e.unit.outside != "" {
		return
	}
	id := workRoles[e.words]
	if e.words == "engineering" || e.words == "dev" {
		id = "software-engineer"
	}
	if role := s.r.c.Role(id); role != nil {
		e.unit = &unit{kind: kindRole, roles: []*knowledge.Role{role}}
	}
}

// shareName completes a name that leaves out what it shares with the one
// before: "salesforce admin -> developer".
func (s *sentence) shareName(from end, to *end) {
	if !from.known() || !to.known() || from.unit.to-from.unit.from < 2 || !from.unit.headed || to.unit.to-to.unit.from != 1 {
		return
	}
	ts := s.m.tokens
	if first := ts[from.unit.from].text; levelWords[first] || first == "test" || first == "software" {
		return
	}
	name := s.folded(from.unit.from, from.unit.to-1) + " " + ts[to.unit.from].text
	if roles := s.r.c.Named(name); len(roles) == 1 && roles[0] != from.unit.roles[0] {
		to.unit.roles = roles
	}
}

// pathToField asks which role of the field is the target.
func (s *sentence) pathToField(in Intent, category string) (Reading, bool) {
	got := Reading{Intent: in, Certain: Choose, Name: category}
	for _, id := range s.r.usual(category) {
		if id == in.Roles[0] {
			continue
		}
		o := in
		o.Roles = []string{in.Roles[0], id}
		got.Options = append(got.Options, o)
	}
	if len(got.Options) == 0 {
		return no()
	}
	got.Intent = got.Options[0]
	got.Intent.Category = ""
	return got, true
}

// move finds the two ends of a move, by the wordings that people use for one.
func (s *sentence) move() (from, to end, ok bool) {
	for _, how := range []func() (end, end, bool){s.arrow, s.fromTo, s.roleToRole, s.presentAnd, s.leaving} {
		if from, to, ok = how(); ok {
			return from, to, true
		}
	}
	return end{}, end{}, false
}

// arrow reads "IT help desk → cyber".
func (s *sentence) arrow() (from, to end, ok bool) {
	at := s.at("->")
	if at < 1 {
		return end{}, end{}, false
	}
	i, j := s.skipSmall(at-1, -1), s.skipSmall(at+1, 1)
	if s.entity(i) && s.entity(j) {
		return s.endAt(i), s.endAt(j), true
	}
	if s.entity(j) && i >= 0 {
		return end{words: s.wordsOf(i, at)}, s.endAt(j), s.us[j].kind == kindRole && at <= 3
	}
	return end{}, end{}, false
}

func (s *sentence) endAt(i int) end {
	u := &s.us[i]
	e := end{unit: u, words: u.outside}
	if u.kind == kindField || e.words == "" {
		e.words = s.folded(u.from, u.to)
	}
	return e
}

// wordsOf are the units from i up to to, as folded words.
func (s *sentence) wordsOf(i, to int) string {
	if i < 0 || i >= to || to > len(s.us) {
		return ""
	}
	return s.folded(s.us[i].from, s.us[to-1].to)
}

// folded are the tokens from one up to another as folded words, signs left out.
func (s *sentence) folded(from, to int) string {
	out := ""
	for _, t := range s.m.tokens[from:to] {
		if t.text == "->" || t.text == "¤" || t.text == "%" {
			continue
		}
		if out != "" {
			out += " "
		}
		out += t.text
	}
	return out
}

// notOrigins follow "from" without being where somebody comes from.
var notOrigins = wordSet("home scratch zero 0 9 nine anywhere here there now beginning start abroad university college school my your the a high which where what whom who google other people you us them ground")

// fromTo reads "from X to Y", also "switch to Y from X".
func (s *sentence) fromTo() (from, to end, ok bool) {
	for i, u := range s.us {
		if u.kind != kindWord || u.word != "from" || i+1 >= len(s.us) {
			continue
		}
		a := s.skipSmall(i+1, 1)
		if a >= len(s.us) || s.us[a].kind == kindPlace || s.us[a].kind == kindWord && (notOrigins[s.us[a].word] || isNumber(s.us[a].word)) {
			continue
		}
		for j := a + 1; j < len(s.us) && j <= a+6; j++ {
			if to := s.levelUp(a, j); to != nil {
				return s.endAt(a), *to, true
			}
			if w := s.us[j]; w.kind != kindWord || w.word != "to" && w.word != "into" && w.word != "towards" && w.word != "in" && w.word != "->" {
				continue
			}
			b := s.skipSmall(j+1, 1)
			if s.entity(b) && (s.us[j].word != "in" || s.us[b].kind == kindRole && s.entity(a)) {
				if s.us[b].kind == kindField && !s.entity(a) && s.us[b].weakFld {
					continue
				}
				return s.origin(a, j), s.endAt(b), true
			}
			if s.us[a].kind == kindRole && len(s.us[a].roles) > 0 && b < len(s.us) && s.us[b].kind == kindWord && !stopWords[s.us[b].word] && !s.r.cues.words[s.us[b].word] {
				return s.endAt(a), end{words: s.us[b].word}, true // to something unknown
			}
		}
		// "become Y (coming) from X"
		if s.entity(a) && s.us[a].kind == kindRole {
			if b := s.roleBefore(i); b >= 0 && (s.asked(Prerequisites, 7) || s.asked(Path, 8)) {
				return s.endAt(a), s.endAt(b), true
			}
		}
		if a < len(s.us) && s.us[a].kind == kindWord && !stopWords[s.us[a].word] && len(s.us)-a <= 3 {
			if b := s.roleBefore(i); b >= 0 && s.has("switch", "transition", "move", "pivot", "get", "coming", "become", "change") && s.asked(Path, 8) && !backgroundWords[s.us[a].word] {
				return end{words: s.wordsOf(a, len(s.us))}, s.endAt(b), true
			}
		}
	}
	return end{}, end{}, false
}

// backgroundWords are subjects and states, not occupations.
var backgroundWords = wordSet("bootcamp bootcamps degree college university school computer science non nontechnical technical degree background btech commerce arts maths math mechanical electrical civil electronics economics physics different another")

// levelUp reads "from senior swe to staff": the same role, a level higher.
func (s *sentence) levelUp(from, to int) *end {
	if !s.isRole(from) || len(s.us[from].roles) != 1 || s.us[to].kind != kindWord || s.us[to].word != "to" || to+1 >= len(s.us) {
		return nil
	}
	level := s.us[to+1]
	if level.kind != kindWord || !levelWords[level.word] || to+2 < len(s.us) && s.us[to+2].kind == kindRole {
		return nil
	}
	role := s.r.withLevel(s.us[from].roles[0], level.word)
	if role == nil || role == s.us[from].roles[0] {
		return nil
	}
	return &end{unit: &unit{kind: kindRole, roles: []*knowledge.Role{role}}}
}

func (s *sentence) origin(a, to int) end {
	if s.entity(a) {
		return s.endAt(a)
	}
	for k := a; k < to; k++ {
		if s.us[k].kind == kindRole {
			return s.endAt(k)
		}
	}
	return end{words: s.wordsOf(a, min(to, a+3))}
}

func (s *sentence) roleBefore(i int) int {
	for j := i - 1; j >= 0; j-- {
		if s.us[j].kind == kindRole && len(s.us[j].roles) > 0 {
			return j
		}
	}
	return -1
}

// roleToRole reads "QA to dev", "desktop support to devops", "nurse turned developer".
func (s *sentence) roleToRole() (from, to end, ok bool) {
	for i, u := range s.us {
		if u.kind != kindWord || u.word != "to" && u.word != "into" && u.word != "turned" && u.word != "2" {
			continue
		}
		a, b := i-1, s.skipSmall(i+1, 1)
		for a >= 0 && s.us[a].kind == kindWord && (s.us[a].word == "role" || s.us[a].word == "job" || s.us[a].word == "career" || s.us[a].word == "switch" || s.us[a].word == "transition" || s.us[a].word == "move" || s.us[a].word == "shift" || s.us[a].word == "and" || s.us[a].word == "conversion") {
			a--
		}
		if s.entity(a) && s.entity(b) && s.us[a].kind == kindRole && (s.us[b].kind == kindRole || !s.us[b].weakFld) {
			return s.endAt(a), s.endAt(b), true
		}
	}
	return end{}, end{}, false
}

// presentAnd reads a present job and a wished one: "as a tester, how do I
// become …", "can a sysadmin become …", "I am a DBA and want to be …".
func (s *sentence) presentAnd() (from, to end, ok bool) {
	var ents []int
	for i := range s.us {
		if s.us[i].kind == kindRole || s.us[i].kind == kindField && s.wishBefore(i) && s.us[i].field == All || s.us[i].to-s.us[i].from == 1 && workRoles[s.m.tokens[s.us[i].from].text] != "" && s.wishBefore(i) {
			ents = append(ents, i)
		}
	}
	if len(ents) < 2 {
		return end{}, end{}, false
	}
	now, later := -1, -1
	for _, i := range ents {
		switch {
		case later < 0 && s.wishBefore(i):
			later = i
		case now < 0 && s.presentBefore(i):
			now = i
		}
	}
	if later < 0 || now < 0 || now == later {
		return end{}, end{}, false
	}
	if s.us[later].outside != "" && s.us[now].outside != "" {
		return end{}, end{}, false
	}
	return s.endAt(now), s.endAt(later), true
}

// leaving reads a message that opens with what somebody is, and goes on to
// what they could be: "backend dev here. what's the route to CTO", "GIS
// specialist wanna be data scientist", "ex journalist, technical writer next?".
func (s *sentence) leaving() (from, to end, ok bool) {
	var at []int
	for i := range s.us {
		if s.us[i].kind == kindRole {
			at = append(at, i)
		}
	}
	if len(at) != 2 || s.has("vs", "versus", "or", "difference", "compared", "better", "than", "and", "between", "same") && !s.has("here", "ex", "former", "currently") {
		return end{}, end{}, false
	}
	a, b := at[0], at[1]
	open := s.skipSmall(a-1, -1)
	for open >= 0 && (s.us[open].kind == kindYears || s.us[open].kind == kindWord && leavingWords[s.us[open].word]) {
		open--
	}
	if open >= 0 {
		return end{}, end{}, false
	}
	goes := func(words map[string]bool) func(unit) bool {
		return func(u unit) bool { return u.kind == kindWord && words[u.word] }
	}
	if !slices.ContainsFunc(s.us[a+1:b], goes(goingWords)) && !slices.ContainsFunc(s.us[b+1:], goes(wayWords)) {
		return end{}, end{}, false
	}
	return s.endAt(a), s.endAt(b), true
}

var (
	leavingWords = wordSet("i im am as ive been was ask hn question former ex currently current leaving hi hey hello hn working work at so retired being tired of years")
	wayWords     = wordSet("next realistic possible route doable feasible how")
	goingWords   = wordSet("to into become becoming be wanna want wants wanting going go looking trying considering curious route wishes hoping aspiring thinking switch move transition turned turn break lead leads path dreaming next towards back in")
)

// wishBefore says whether the words before unit i make it what somebody wants
// to become.
func (s *sentence) wishBefore(i int) bool {
	return s.wishedFor(i) && !s.unwished(i)
}

// unwished says whether "not" stands before a wish: "if I do NOT want to be a
// director".
func (s *sentence) unwished(i int) bool {
	for j := i - 1; j >= 0 && j >= i-6 && !s.us[j+1].breaks; j-- {
		if s.us[j].kind == kindWord && (s.us[j].word == "not" || s.us[j].word == "dont" || s.us[j].word == "never" || s.us[j].word == "without") {
			return s.has("want", "wanna", "wish", "becoming", "being", "interested")
		}
	}
	return false
}

func (s *sentence) wishedFor(i int) bool {
	j := s.skipSmall(i-1, -1)
	if j != i-1 {
		for k := j + 1; k < i; k++ {
			switch s.us[k].word {
			case "become", "becoming":
				return true
			case "be":
				if j >= 0 && s.us[j].kind == kindWord && s.us[j].word == "to" {
					return true
				}
			}
		}
	}
	if j < 0 || s.us[j].kind != kindWord {
		return false
	}
	switch s.us[j].word {
	case "become", "becoming", "becomes", "into", "towards", "->":
		return true
	case "to":
		return j > 0 && s.us[j-1].kind == kindWord && moveVerbs[s.us[j-1].word] || j > 1 && s.us[j-2].kind == kindWord && moveVerbs[s.us[j-2].word]
	case "as":
		if s.has("get", "land", "hired") && s.has("job", "work", "hired") && j > 2 {
			return true
		}
		return j > 1 && s.has("get", "job", "work", "start") && s.us[j-1].kind == kindWord && (s.us[j-1].word == "job" || s.us[j-1].word == "work" || s.us[j-1].word == "start")
	case "for":
		return s.has("qualify", "switch", "aim", "aiming")
	case "learn", "get":
		return true
	case "in":
		return j > 0 && s.us[j-1].kind == kindWord && s.us[j-1].word == "work" && s.us[i].kind == kindField
	}
	return false
}

var moveVerbs = wordSet("switch switching transition transitioning move moving pivot pivoting go going change changing shift shifting jump jumping migrate convert career progress get transfer upskill reskill path moved switched transitioned want wanted")

// presentBefore says whether unit i is what somebody is or was.
func (s *sentence) presentBefore(i int) bool {
	j := i - 1
	for j >= 0 && s.us[j].kind == kindWord && (smallWords[s.us[j].word] && s.us[j].word != "become" && s.us[j].word != "becoming" || s.us[j].word == "former" || s.us[j].word == "current" || s.us[j].word == "currently" || s.us[j].word == "experienced" || s.us[j].word == "ex" || s.us[j].word == "working" || techWords[s.us[j].word]) {
		j--
	}
	if j < 0 {
		return true // "Software developer wanting to become …"
	}
	u := s.us[j]
	if u.kind == kindYears || u.kind == kindPlace {
		return true
	}
	if u.kind != kindWord {
		return false
	}
	switch u.word {
	case "as", "am", "im", "was", "ive", "been", "can", "could", "should", "would", "is", "from", "for", "do", "does", "work", "worked", "after", "of", "with", "how", "hi", "hey", "hello", "and", "experience", "me", "then", "will", "i", "years", "being":
		return true
	}
	return false
}

// compare reads two or more roles set against each other.
func (s *sentence) compare() (Reading, bool) {
	s.workSides()
	named := s.named()
	if slices.ContainsFunc(named, s.besides) {
		return no()
	}
	ents := len(named) + len(s.outsiders())
	strong := s.has("vs", "versus", "v", "difference", "differences", "differ", "differs", "diff", "diffs", "different", "compare", "compared", "comparison", "comparing", "compares", "distinction", "distinguish", "diffrence", "differance", "differentiate", "comparision", "diffrent", "differents", "difference?", "differnce", "diferent", "relative", "rank", "unterschied", "mix", "confuse", "confused") || s.versusSign()
	if len(named) > 0 && ents < 2 && strong && s.twice() {
		return sure(Intent{Ask: Compare, Roles: ids(named)})
	}
	if ents < 2 || len(named) == 0 {
		return s.compareFollow(strong)
	}
	versus := s.has("vs", "versus", "v", "compare", "compared", "comparison", "comparing") || strong
	joined := s.orBetween()
	equated := s.equated()
	if s.hasFacet(Prerequisites, "degree") && (s.phrase("which degree") || s.phrase("what degree") || s.phrase("which major")) {
		return no()
	}
	if s.choiceOf() {
		joined, versus = true, true
	}
	graded := s.has("better", "worse", "harder", "easier", "more", "less", "higher", "best", "than", "same", "similar", "overlap", "highest", "prefer", "choose", "pick", "between", "instead", "over", "tougher", "which", "rather") &&
		(joined || s.has("than", "between", "which", "same", "similar", "overlap", "over", "rather", "instead") && !s.has("how", "become"))
	other := s.askedPlain(Prerequisites, 7) || s.asked(Skills, 8) || s.asked(Day, 8) || s.asked(Tools, 8) || s.asked(Salary, 8) || s.hasFacet(Overview, "pros_cons") || s.hasFacet(Overview, "outlook")
	switch {
	case versus, graded, equated, joined && !other, joined && s.has("should", "which", "whether"):
	default:
		return no()
	}
	in := Intent{Ask: Compare, Roles: ids(s.setAgainst(named)), Aspect: s.aspect()}
	if len(s.outsiders()) > 0 {
		in.Facets = append(in.Facets, "unknown_role")
	}
	if len(in.Roles) == 1 && len(s.ctx.Roles) > 0 && len(s.outsiders()) == 0 {
		return s.compareFollow(strong)
	}
	return sure(in)
}

// workSides lets kinds of work stand for their roles on both sides of a
// comparison: "testing or development".
func (s *sentence) workSides() {
	for i, u := range s.us {
		if u.kind != kindWord || u.word != "or" && u.word != "vs" && u.word != "versus" || i == 0 || i+1 >= len(s.us) {
			continue
		}
		for _, j := range [2]int{i - 1, s.skipSmall(i+1, 1)} {
			other := i - 1
			if j == other {
				other = s.skipSmall(i+1, 1)
			}
			if j >= len(s.us) || other >= len(s.us) || s.us[j].kind == kindRole || s.us[j].to-s.us[j].from != 1 {
				continue
			}
			role := s.r.c.Role(workRoles[s.m.tokens[s.us[j].from].text])
			if role != nil && (s.us[other].kind == kindRole || workRoles[s.m.tokens[s.us[other].from].text] != "") {
				s.us[j].kind, s.us[j].roles = kindRole, []*knowledge.Role{role}
			}
		}
	}
}

// versusSign says whether "=" or "≠" stands between two units.
func (s *sentence) versusSign() bool {
	return slices.ContainsFunc(s.us, func(u unit) bool {
		return u.kind == kindRole && (strings.Contains(u.gap, "!=") || strings.Contains(u.gap, "≠"))
	})
}

// choiceOf reads "X or Y?" at the beginning of a message or sentence: it is a
// comparison whatever is said after it.
func (s *sentence) choiceOf() bool {
	for i, u := range s.us {
		if u.kind != kindWord || u.word != "or" {
			continue
		}
		a, b := s.skipSmall(i-1, -1), s.skipSmall(i+1, 1)
		if !s.isRole(a) || !s.isRole(b) {
			continue
		}
		start := s.skipSmall(a-1, -1)
		opens := start < 0 || s.us[start+1].breaks || s.us[start].kind == kindWord && (s.us[start].word == "be" || s.us[start].word == "become") && s.has("should")
		ends := b+1 == len(s.us) || s.us[b+1].breaks || s.us[b+1].kind == kindWord && afterChoice[s.us[b+1].word]
		if opens && ends && !s.has("how", "steps") {
			return true
		}
	}
	return false
}

// afterChoice are words that may follow "X or Y" and leave it a choice.
var afterChoice = wordSet("for if when given considering with")

// equated reads "isn't a devex engineer just a platform engineer?", "data
// steward != data analyst?", "what separates X from Y?".
func (s *sentence) equated() bool {
	var at []int
	for i := range s.us {
		if s.us[i].kind == kindRole {
			at = append(at, i)
		}
	}
	if len(at) < 2 {
		return false
	}
	if strings.Contains(s.us[at[1]].gap, "=") || strings.Contains(s.us[at[1]].gap, "≠") {
		return true
	}
	if s.has("separates", "distinguishes", "sets") && s.has("from") {
		return true
	}
	between := s.us[at[0]+1 : at[1]]
	if slices.ContainsFunc(s.us[at[0]+1:at[1]+1], func(u unit) bool { return u.breaksHard() }) {
		return false
	}
	if s.has("relative", "than", "mix", "confuse", "confused") && len(between) <= 8 {
		return true
	}
	just := slices.ContainsFunc(between, func(u unit) bool {
		return u.kind == kindWord && (u.word == "just" || u.word == "basically" || u.word == "than" || u.word == "same" || u.word == "fancier" || u.word == "really")
	})
	return just && len(between) <= 6 && at[0] <= 4
}

// setAgainst leaves out a role that only says where the others work: "front
// end vs back end in web development".
func (s *sentence) setAgainst(named []*unit) []*unit {
	if len(named) < 3 {
		return named
	}
	return slices.DeleteFunc(slices.Clone(named), func(u *unit) bool {
		if u.field == "AI & Machine Learning" && u.weak {
			return true // "which dies to AI first"
		}
		for i := range s.us {
			if &s.us[i] == u {
				j := i - 1
				for j >= 0 && s.us[j].kind == kindWord && (smallWords[s.us[j].word] || s.us[j].word == "this" || s.us[j].word == "all" || goodModifiers[s.us[j].word] || s.us[j].word == "extroverted" || s.us[j].word == "introverted") {
					j--
				}
				return j >= 0 && s.us[j].kind == kindWord && (s.us[j].word == "in" || s.us[j].word == "for" || s.us[j].word == "with" || s.us[j].word == "of")
			}
		}
		return false
	})
}

// askedPlain is asked, leaving out cues that only say who asks.
func (s *sentence) askedPlain(a Ask, weight int) bool {
	return slices.ContainsFunc(s.hits, func(h hit) bool {
		return h.cue.ask == a && h.cue.weight >= weight && !slices.Contains([]string{"entry", "background", "experience", "age"}, h.cue.facet)
	})
}

// twice says whether one role is named by two of its names: "a software
// engineer and a programmer".
func (s *sentence) twice() bool {
	n := 0
	for _, u := range s.us {
		if u.kind == kindRole && len(u.roles) > 0 {
			n++
		}
	}
	return n > 1
}

// orBetween says whether "or" stands between two roles.
func (s *sentence) orBetween() bool {
	for i, u := range s.us {
		if u.kind != kindWord || u.word != "or" {
			continue
		}
		a := i - 1
		for a >= 0 && s.us[a].kind == kindWord && (s.us[a].word == "job" || s.us[a].word == "role" || s.us[a].word == "career") {
			a--
		}
		if s.isRole(a) && s.isRole(s.skipSmall(i+1, 1)) {
			return true
		}
	}
	return false
}

func (s *sentence) isRole(i int) bool {
	return i >= 0 && i < len(s.us) && s.us[i].kind == kindRole
}

// aspect is what a comparison is about.
func (s *sentence) aspect() Aspect {
	switch {
	case s.asked(Salary, 7), s.has("pays", "pay", "earns", "earn", "paid", "money"), s.anyPhrase("make more;makes more;how much;makes the most;make the most;gets more;get more;gets the most;gets less"):
		return AspectSalary
	case s.wise("hours") || s.wise("day"):
		return AspectDay
	case s.has("harder", "easier", "hard", "easy", "difficult", "difficulty", "tougher", "easiest", "hardest", "stressful", "challenging", "tough") &&
		!s.anyPhrase("get a job;find a job;land a job;get hired;get work;find work"):
		return AspectDifficulty
	case s.asked(Tools, 8):
		return AspectTools
	case s.has("skill", "skills", "skillset", "skillsets", "qualities", "languages", "knowledge", "math", "maths", "coding") || s.anyPhrase("need to know;needs to know;how to code;must know"):
		return AspectSkills
	case s.has("future", "demand", "outlook", "scope", "jobs", "prospects", "market", "saturated", "safer", "stable", "opportunities", "secure", "demanding", "openings", "dying", "dead", "deader", "dies", "die", "extinct", "extinction", "exist", "risk", "obsolete", "replaced", "automated", "disappear", "safest", "saturation", "relevant", "oversaturated") || s.anyPhrase("job security;better career;good career;career choice;better future;long term;long run;by ai;get a job;find a job;land a job;get hired;get work;find work"):
		return AspectOutlook
	case s.has("progression", "promotion", "growth", "ladder", "advancement", "promoted", "promotions", "grow", "advance", "levels") || s.anyPhrase("career path;career paths"):
		return AspectProgression
	case s.asked(Day, 8) && !s.phrase("what is it like") && !s.choiceOf() || s.has("hours", "day", "schedule", "oncall", "paged", "weekends", "nights"):
		return AspectDay
	}
	return AnyAspect
}

// wise says whether the word is what a comparison is to go by: "hours wise".
func (s *sentence) wise(word string) bool { return s.anyPhrase(word+" wise") || s.has(word+"wise") }

// recommend reads a wish that the bot choose or suggest.
func (s *sentence) recommend() (Reading, bool) {
	traits := s.traits()
	named := s.named()
	asked := s.asked(Recommend, 9)
	if !s.overheard && len(s.ctx.Last.Roles) > 0 && len(named) == 0 && (s.whichOne() != nil || s.asked(Progression, 8) && s.pronoun()) {
		return no() // asks of what was spoken of
	}
	switch {
	case len(s.outsiders()) > 0 && (len(named) > 0 || s.asked(Prerequisites, 7) || s.has("become", "be")):
		return no()
	case len(named) == 0:
		if s.ctx.Last.Ask == Recommend && len(traits) > 0 && !asked && s.content() <= 8 {
			in := s.ctx.Last
			in.Traits = merge(in.Traits, traits)
			return Reading{Intent: in, Inherited: true}, true
		}
		unwanted := slices.ContainsFunc(traits, func(t Trait) bool { return t.Want < 0 })
		if unwanted && s.jobWord() && s.has("jobs", "job", "roles", "role", "careers", "career") && !s.asked(Salary, 9) {
			asked = true
		}
		wish := asked && (s.mine() || s.jobWord() || len(traits) > 0) && !s.listing()
		liking := s.asked(Recommend, 6) && len(traits) > 0 && !s.cuedBesides() && s.likes() && !s.anyPhrase("do i;do you;do they;do we;must i")
		// "no coding, remote": nothing but likes and dislikes
		bare := len(traits) >= 2 && unwanted && s.content() <= 4 && !s.asksIn(0, len(s.us))
		if !wish && !liking && !bare {
			return no()
		}
		if s.cuedBesides() && !s.jobWord() && len(traits) == 0 {
			return no()
		}
	case s.shouldBecome() && len(named) == 1:
	case len(named) == 1 && s.anyPhrase("right for me;right for you;suit me;suits me;good fit for me;fit for me;good for me;best for me;cut out;career for me;job for me") && !s.has("how"):
	case asked && len(named) >= 1 && s.presentJob(named) && (s.jobWord() || s.has("else", "instead", "other")) && !s.asked(Progression, 8) && !s.hasFacet(Prerequisites, "degree") && !s.has("outlook", "market", "prospects", "demand"):
		named = named[:1]
	default:
		return no()
	}
	in := Intent{Ask: Recommend, Roles: ids(named), Traits: traits}
	if cat, sureField := s.category(); sureField && cat != All && len(named) == 0 && !s.likedField() {
		in.Category = cat
	}
	if len(in.Traits) > 8 {
		in.Traits = in.Traits[:8]
	}
	return sure(in)
}

// likedField says whether the only field named is a liking: "coding".
func (s *sentence) likedField() bool {
	return !slices.ContainsFunc(s.us, func(u unit) bool {
		return u.field != "" && u.field != All && traitIndex[s.folded(u.from, u.to)] == nil
	})
}

// mine says whether somebody speaks of themselves or of a person like them.
func (s *sentence) mine() bool {
	return s.has("i", "me", "my", "im", "ive", "someone", "somebody", "people", "person", "introvert", "introverts", "extrovert", "extroverts", "those", "us", "we", "id", "who", "graduate", "holder", "anyone")
}

func (s *sentence) likes() bool {
	return s.has("like", "love", "enjoy", "hate", "dislike", "prefer", "good", "interested", "into", "introverted", "introvert", "passionate", "adore", "loves", "likes", "fan", "fond", "hates", "enjoys", "want", "no", "without", "bad", "terrible", "dont")
}

// jobWord says whether roles in general are spoken of.
func (s *sentence) jobWord() bool {
	return s.has("job", "jobs", "role", "roles", "career", "careers", "field", "fields", "position", "positions", "path", "paths", "occupation", "profession", "work") || slices.ContainsFunc(s.us, func(u unit) bool { return u.kind == kindField && u.field == All })
}

// cuedBesides says whether a question of a role is asked as plainly.
func (s *sentence) cuedBesides() bool {
	return s.asked(Salary, 8) || s.asked(Skills, 9) && !s.hasFacet(Skills, "math") || s.asked(Tools, 8)
}

func (s *sentence) shouldBecome() bool {
	for i, u := range s.us {
		if u.kind == kindWord && (u.word == "become" || u.word == "be" || u.word == "pursue" || u.word == "choose" || u.word == "go" || u.word == "switch") && i > 1 &&
			s.us[i-1].kind == kindWord && s.us[i-1].word == "i" && s.us[i-2].kind == kindWord && s.us[i-2].word == "should" && !s.has("what", "how", "which", "when", "where") {
			return s.wishBefore(s.nextRole(i))
		}
	}
	return false
}

func (s *sentence) nextRole(i int) int {
	for j := i; j < len(s.us); j++ {
		if s.us[j].kind == kindRole {
			return j
		}
	}
	return 0
}

// presentJob says whether the role named is what somebody is, not what they
// ask about.
func (s *sentence) presentJob(named []*unit) bool {
	if len(named) == 0 {
		return false
	}
	for i := range s.us {
		if &s.us[i] != named[0] {
			continue
		}
		j := i - 1
		for j > 0 && s.us[j].kind == kindWord && (smallWords[s.us[j].word] || s.us[j].word == "former") {
			j--
		}
		if j >= 0 && s.us[j].kind == kindWord && (s.us[j].word == "is" || s.us[j].word == "do" || s.us[j].word == "does" || s.us[j].word == "how" || s.us[j].word == "of" || s.us[j].word == "with" || s.us[j].word == "will") {
			return false
		}
		return s.presentBefore(i) && !s.wishBefore(i)
	}
	return false
}

// listing says whether an enumeration is asked for, not a choice.
func (s *sentence) listing() bool {
	return s.asked(List, 8) && !s.mine() && !s.has("non", "without", "no", "dont")
}

// besides says whether a role is only named as known already: "which jobs
// exist besides data scientist".
func (s *sentence) besides(u *unit) bool {
	for i := range s.us {
		if &s.us[i] == u {
			j := s.skipSmall(i-1, -1)
			return j >= 0 && s.us[j].kind == kindWord && slices.Contains([]string{"besides", "than", "except", "beyond", "like", "apart"}, s.us[j].word) && s.has("jobs", "roles", "careers", "positions", "titles", "besides")
		}
	}
	return false
}

// list reads a wish for the roles of a field, or all fields.
func (s *sentence) list() (Reading, bool) {
	if !s.asked(List, 8) {
		return no()
	}
	cat, _ := s.category()
	for _, u := range s.named() {
		if s.besides(u) {
			continue
		}
		if u.field == "" && !(u.weak && u.plural) || s.hasFacet(Overview, "outlook") && !s.has("roles", "jobs", "list") {
			return no()
		}
	}
	if len(s.outsiders()) > 0 || s.asked(Salary, 9) || s.asked(Skills, 9) || s.asked(Tools, 9) {
		return no()
	}
	if cat == "" && (!s.has("roles", "jobs", "careers", "fields", "categories", "positions", "titles", "occupations", "professions") || s.content() > 6) {
		return no()
	}
	if cat == "" {
		cat = All
	}
	return sure(Intent{Ask: List, Category: cat})
}
