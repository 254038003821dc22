package intent

import (
	"slices"
	"strconv"

	"careerbot/knowledge"
)

// reply reads an answer to a choice: its number, "the second one", or the name
// of one of the offers.
func (s *sentence) reply() (Reading, bool) {
	offered := s.ctx.Offered
	if len(offered) == 0 {
		return no()
	}
	if n := s.ordinal(len(offered)); n > 0 {
		return Reading{Intent: offered[n-1]}, true
	}
	if s.cued() && s.content() > 3 {
		return no()
	}
	named := s.named()
	if len(named) == 1 && s.content() <= 2 {
		for _, role := range named[0].roles {
			for _, o := range offered {
				if slices.Contains(o.Roles, role.ID) && (len(named[0].roles) == 1 || !allHave(offered, role.ID)) {
					return Reading{Intent: o}, true
				}
			}
		}
	}
	if n := s.partOfName(offered); n > 0 {
		return Reading{Intent: offered[n-1]}, true
	}
	// "yes", "no", "I don't mind" to one of the interview's questions
	if s.ctx.Last.Ask == Recommend && len(s.us) <= 4 {
		switch {
		case s.has("yes", "yeah", "yep", "sure", "y", "yup"):
			return Reading{Intent: offered[0]}, true
		case s.has("mind", "either", "whatever", "maybe", "depends", "neutral") && len(offered) > 2:
			return Reading{Intent: offered[2]}, true
		case s.has("no", "nope", "nah", "n", "not") && len(offered) > 1:
			return Reading{Intent: offered[1]}, true
		}
	}
	return no()
}

// partOfName reads "project i mean, not product" as the only one of the offers
// that has the word in its name; 0 is none.
func (s *sentence) partOfName(offered []Intent) int {
	if s.content() > 3 || s.cuedHere() || len(s.named()) > 1 {
		return 0
	}
	for i, t := range s.m.tokens {
		if i > 0 && s.m.tokens[i-1].text == "not" || stopWords[t.text] || len(t.text) < 2 {
			continue
		}
		found, n := 0, 0
		for at, o := range offered {
			if len(o.Roles) > 0 && slices.Contains(knowledge.Words(s.r.c.Role(o.Roles[0]).Title), t.text) {
				found, n = at+1, n+1
			}
		}
		if n == 1 {
			return found
		}
	}
	return 0
}

func allHave(offered []Intent, id string) bool {
	return !slices.ContainsFunc(offered, func(o Intent) bool { return !slices.Contains(o.Roles, id) })
}

var ordinals = map[string]int{"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1, "latter": 2, "former": 1}

// ordinal reads a bare number or "the second one" as a place in a list of n;
// 0 is none.
func (s *sentence) ordinal(n int) int {
	if len(s.us) > 4 {
		return 0
	}
	for _, u := range s.us {
		if u.kind != kindWord {
			continue
		}
		if v, ok := ordinals[u.word]; ok {
			if v < 0 {
				v = n
			}
			if v <= n {
				return v
			}
		}
		if v, err := strconv.Atoi(u.word); err == nil && v >= 1 && v <= n && s.content() == 1 {
			return v
		}
	}
	return 0
}

// whichOne reads "the first one" as one of the roles that the person named.
func (s *sentence) whichOne() []string {
	roles := s.ctx.Roles
	for i, u := range s.us {
		if u.kind != kindWord {
			continue
		}
		v, ok := ordinals[u.word]
		if (u.word == "second" || u.word == "first" || u.word == "third") && i+1 < len(s.us) && s.us[i+1].kind == kindWord && (s.us[i+1].word == "ones" || s.us[i+1].word == "one") && v <= len(roles) {
			return roles[v-1 : v]
		}
		if !ok || !(i > 0 && s.us[i-1].kind == kindWord && (s.us[i-1].word == "the" || s.us[i-1].word == "that") || i+1 < len(s.us) && s.us[i+1].word == "one") {
			continue
		}
		if i+1 < len(s.us) && s.us[i+1].kind == kindWord && !slices.Contains([]string{"one", "role", "job", "option", "do", "does", "is", "pay", "make", "earn"}, s.us[i+1].word) && s.us[i+1].gap == "" {
			continue // "the first step"
		}
		if v < 0 {
			v = len(roles)
		}
		if v >= 1 && v <= len(roles) {
			return roles[v-1 : v]
		}
	}
	if s.anyPhrase("the other one;the other role;the other") && len(roles) >= 2 && len(s.ctx.Last.Roles) > 0 {
		last := s.ctx.Last.Roles[0]
		for i := len(roles) - 1; i >= 0; i-- {
			if roles[i] != last {
				return roles[i : i+1]
			}
		}
	}
	return nil
}

// connects says whether the message begins as the continuation of one before.
func (s *sentence) connects() bool {
	for i, u := range s.us {
		if u.kind != kindWord {
			return slices.ContainsFunc(s.us, func(u unit) bool { return u.kind == kindWord && (u.word == "only" || u.word == "instead") })
		}
		switch u.word {
		case "and", "ok", "okay", "so", "but", "then", "now", "also", "same", "hm", "hmm", "cool", "nice", "great", "thanks", "thx", "oh", "well", "lol", "right", "alright":
			if u.word == "and" || u.word == "also" || u.word == "same" || u.word == "but" {
				return true
			}
			continue
		case "what", "how":
			return i+1 < len(s.us) && s.us[i+1].kind == kindWord && s.us[i+1].word == "about"
		case "wbu", "hbu", "whatabout":
			return true
		case "for", "n", "vs":
			return i == 0
		case "do", "try", "show":
			return i == 1 && s.us[0].word == "now"
		case "only", "ditto":
			return true
		}
		return false
	}
	return false
}

// continued lets a message that only names other roles keep the question, the
// region and the aspect of the turn before: "and product designers?".
func (s *sentence) continued(in *Intent, named []*unit) bool {
	last := s.ctx.Last
	if last.Ask == UnknownRole && len(last.Also) > 0 {
		last.Ask, last.Also = last.Also[0], nil
	}
	if s.overheard || last.Ask < Overview || last.Ask > Path || len(named) == 0 {
		return false
	}
	bare := !s.asksIn(0, len(s.us)) && (s.content() == len(named) || s.content() <= len(named)+2 && s.unexplained() == 0) || s.has("only", "same") && s.content() <= len(named)+2
	switch {
	case s.connects() && s.best() == Overview && !s.hasFacet(Overview, "outlook") && !s.hasFacet(Overview, "pros_cons") && s.content() <= len(named)+2:
	case s.cuedHere(), !s.connects() && !bare:
		return false
	}
	in.Ask, in.Facets, in.Region, in.City, in.Aspect = last.Ask, slices.Clone(last.Facets), last.Region, last.City, last.Aspect
	in.Years, in.Level, in.Topic, in.Also = last.Years, last.Level, last.Topic, slices.Clone(last.Also)
	switch {
	case last.Ask == Progression && len(last.Roles) == 1 && s.careerChange(last):
		in.Ask, in.Facets = Path, nil
		in.Roles = append(slices.Clone(last.Roles), in.Roles...)
	case last.Ask == Compare && len(in.Roles) == 1 && len(last.Roles) > 0:
		in.Roles = append(slices.Clone(last.Roles[:1]), in.Roles...)
		if in.Roles[0] == in.Roles[1] {
			in.Roles = in.Roles[:1]
		}
	case last.Ask == Path && len(in.Roles) == 1 && len(last.Roles) > 1 && last.Roles[0] != in.Roles[0]:
		in.Roles = append(slices.Clone(last.Roles[:1]), in.Roles...)
	case last.Ask == Path:
		in.Ask = Prerequisites
	}
	return true
}

// listOn lists another field, or the roles of the last one that have a trait:
// "and networking?", "which of those need no coding?".
func (s *sentence) listOn() (Reading, bool) {
	last := s.ctx.Last
	if s.overheard || last.Ask != List && last.Ask != Recommend {
		return no()
	}
	traits := s.traits()
	cat, _ := s.category()
	switch {
	case s.anyPhrase("of those;of these;of them;of the list;which ones") && len(traits) > 0 && len(s.named()) == 0:
		return Reading{Intent: Intent{Ask: Recommend, Category: last.Category, Traits: traits}, Inherited: true}, true
	case last.Ask == List && cat != "" && (s.connects() || !s.asksIn(0, len(s.us))) && s.content() <= 2 && !s.cuedHere():
		return Reading{Intent: Intent{Ask: List, Category: cat, Level: last.Level}, Inherited: true}, true
	}
	return no()
}

// careerChange says whether the turn before asked for ways out of a role.
func (s *sentence) careerChange(last Intent) bool {
	return slices.Contains(last.Facets, "background")
}

// cuedHere says whether the message asks a question of its own; the words that
// only connect do not.
func (s *sentence) cuedHere() bool {
	return slices.ContainsFunc(s.hits, func(h hit) bool {
		return h.cue.ask >= Overview && h.cue.ask <= Prerequisites && h.cue.weight >= 6
	})
}

// pathFromBefore reads a move of which one end was spoken of before: "how do I
// get from here to X", "im a security manager now" after how one becomes CISO,
// "could it lead to enterprise architect" after what comes next.
func (s *sentence) pathFromBefore() (Reading, bool) {
	last := s.ctx.Last
	id := s.oneRole()
	if s.overheard || id == "" || len(last.Roles) == 0 {
		return no()
	}
	before := last.Roles[len(last.Roles)-1]
	if id == before {
		return no()
	}
	move := Reading{Intent: Intent{Ask: Path, Roles: []string{before, id}}, Inherited: true}
	switch {
	case s.anyPhrase("from here;from there;from that;from this;from it") && !s.asked(Salary, 9):
		return move, true
	case s.anyPhrase("i am;im;if im;as a;as an;i work as;already a;currently;coming from") && s.presentJob(s.named()) &&
		(last.Ask == Prerequisites || last.Ask == Path || s.asked(Prerequisites, 7)) && s.content() <= 9 && !s.wishes(id):
		move.Intent.Roles = []string{id, before}
		return move, true
	case (s.asked(Path, 8) && s.wishes(id) || s.anyPhrase("lead to;leads to")) && s.content() <= 5 && (s.pronoun() || last.Ask == Progression):
		return move, true
	}
	return no()
}

// oneRole is the only role that the message names, or that a kind of work
// wished for stands for; "" where there is none or more than one.
func (s *sentence) oneRole() string {
	named := s.named()
	switch {
	case len(named) > 1 || len(named) == 1 && len(named[0].roles) != 1 || len(s.outsiders()) > 0:
		return ""
	case len(named) == 1:
		return named[0].roles[0].ID
	}
	for i := range s.us {
		if role := s.r.c.Role(workRoles[s.folded(s.us[i].from, s.us[i].to)]); role != nil && s.wishBefore(i) {
			return role.ID
		}
	}
	return ""
}

// wishes says whether the role is what somebody could become.
func (s *sentence) wishes(id string) bool {
	for i := range s.us {
		if u := &s.us[i]; s.wishBefore(i) && (len(u.roles) == 1 && u.roles[0].ID == id || workRoles[s.folded(u.from, u.to)] == id) {
			return true
		}
	}
	return false
}

// correction reads "no, I meant X": the question stays, the role changes.
func (s *sentence) correction() (Reading, bool) {
	named := s.named()
	last := s.ctx.Last
	if len(named) == 0 || last.Ask < Overview || s.overheard {
		return no()
	}
	if !s.anyPhrase("wait i;wait no;typo;i meant;i mean;meant;not that;no i;nope;sorry;correction;i said;no not") && !(len(s.us) > 0 && s.us[0].kind == kindWord && (s.us[0].word == "no" || s.us[0].word == "sorry" || s.us[0].word == "not")) && !s.phrase("hmm no") && !s.phrase("oh no") && !s.phrase("ah no") {
		return no()
	}
	if s.content() > len(named)+4 {
		return no()
	}
	if last.Ask == UnknownRole && len(last.Also) > 0 {
		last.Ask, last.Also, last.Outside = last.Also[0], nil, ""
	} else if last.Ask == UnknownRole {
		last = Intent{Ask: Overview}
	}
	in := last
	in.Roles = ids(named)
	if s.cuedHere() && s.best() != Overview {
		in.Ask = s.best()
	}
	if len(in.Roles) > 1 && s.has("not") { // "not X, Y"
		in.Roles = in.Roles[len(in.Roles)-1:]
	}
	if last.Ask == Compare && len(last.Roles) > 1 && len(in.Roles) == 1 {
		in.Roles = []string{last.Roles[0], in.Roles[0]}
	}
	if last.Ask == Path && len(last.Roles) > 1 && len(in.Roles) == 1 {
		in.Roles = []string{last.Roles[0], in.Roles[0]}
		if s.has("from") { // "no, from frontend"
			in.Roles = []string{in.Roles[1], last.Roles[1]}
		}
	}
	return Reading{Intent: in, Inherited: true}, true
}

// compareFollow sets a role against the one spoken of: "vs a data scientist?",
// "which pays more?".
func (s *sentence) compareFollow(strong bool) (Reading, bool) {
	if s.overheard || s.ctx.empty() {
		return no()
	}
	named := ids(s.named())
	last := s.ctx.Last
	graded := s.has("better", "worse", "harder", "easier", "more", "less", "higher", "best", "than", "same", "similar", "tougher", "safer", "compare", "hardest", "easiest", "highest", "most", "safest", "worst", "least", "lowest")
	add := s.has("add", "include", "plus")
	switch {
	case len(named) == 0 && len(s.outsiders()) > 0 && strong && len(last.Roles) > 0 && len(s.us) <= 6:
		in := Intent{Ask: Compare, Roles: last.Roles[:1], Aspect: aspectOf(last), Facets: []string{"unknown_role"}, Region: last.Region, City: last.City}
		return Reading{Intent: in, Inherited: true}, true
	case len(named) == 1 && s.startsWith("or") && last.Ask == Path && len(last.Roles) == 2 && last.Roles[0] != named[0]:
		return Reading{Intent: Intent{Ask: Path, Roles: []string{last.Roles[0], named[0]}}, Inherited: true}, true
	case len(named) > 0 && (strong || s.has("than", "similar", "compare", "or") && graded || s.startsWith("or")):
		roles := s.earlier(named)
		if len(roles) == 0 {
			return no()
		}
		in := Intent{Ask: Compare, Roles: append(roles, named...), Region: last.Region, City: last.City, Aspect: s.aspect()}
		if in.Aspect == AnyAspect {
			in.Aspect = aspectOf(last)
		}
		return Reading{Intent: in, Inherited: true}, true
	case len(named) > 0 && add && last.Ask == Compare:
		in := last
		in.Roles = slices.Clone(last.Roles)
		for _, id := range named {
			if !slices.Contains(in.Roles, id) {
				in.Roles = append(in.Roles, id)
			}
		}
		return Reading{Intent: in, Inherited: true}, true
	case len(named) == 0 && s.hasPlace() && last.Ask == Compare && !s.cuedHere():
		return no()
	case len(named) == 0 && len(s.outsiders()) == 0 && (graded && (s.has("which", "who", "what", "whats", "is", "it", "are", "one", "does") || s.content() <= 4) || strong && s.content() <= 5) && s.content() <= 7:
		roles := last.Roles
		if len(roles) < 2 {
			roles = s.ctx.Roles
		}
		if len(roles) < 2 {
			return no()
		}
		in := Intent{Ask: Compare, Roles: slices.Clone(roles[max(0, len(roles)-MaxRoles):]), Region: last.Region, City: last.City, Aspect: s.aspect()}
		if in.Aspect == AnyAspect && strong {
			in.Aspect = aspectOf(last) // "vs each other"
		}
		return Reading{Intent: in, Inherited: true}, true
	}
	return no()
}

func (s *sentence) hasPlace() bool { _, ok := s.place(); return ok }

func (s *sentence) startsWith(w string) bool {
	return len(s.us) > 0 && s.us[0].kind == kindWord && s.us[0].word == w
}

// earlier is the role spoken of before those named now.
func (s *sentence) earlier(named []string) []string {
	last := s.ctx.Last.Roles
	if len(last) > 0 && s.ctx.Last.Ask == Compare && !slices.Contains(named, last[0]) {
		return slices.Clone(last[:1]) // the caller appends, and the context is not its own
	}
	for _, list := range [][]string{last, s.ctx.Roles} {
		for i := len(list) - 1; i >= 0; i-- {
			if !slices.Contains(named, list[i]) {
				return []string{list[i]}
			}
		}
	}
	return nil
}

// aspectOf keeps what the question before was about.
func aspectOf(last Intent) Aspect {
	switch last.Ask {
	case Salary, Skills, Tools, Day:
		return aspectFor(last.Ask)
	case Compare:
		return last.Aspect
	case Overview:
		if slices.Contains(last.Facets, "outlook") {
			return AspectOutlook
		}
		if slices.Contains(last.Facets, "difficulty") {
			return AspectDifficulty
		}
	}
	return AnyAspect
}

// followUp reads a message that leaves out the role: it is the one spoken of.
func (s *sentence) followUp() (Reading, bool) {
	last := s.ctx.Last
	if s.ctx.empty() || last.Ask == None || s.overheard {
		return no()
	}
	if len(s.outsiders()) > 0 && !s.comingFrom() || s.content() > 9 && !s.pronoun() {
		return no()
	}
	one := s.whichOne()
	roles := one
	if roles == nil {
		roles = last.Roles
		if len(roles) == 0 {
			roles = s.ctx.Roles
		}
		if s.has("both") && len(roles) == 1 && len(s.ctx.Roles) > 1 {
			roles = s.ctx.Roles[len(s.ctx.Roles)-2:]
		}
	}
	if s.comingFrom() && len(roles) > 0 {
		return s.fromBefore(roles)
	}
	hasPlace := s.hasPlace()
	in := Intent{Roles: slices.Clone(roles), Region: last.Region, City: last.City, Category: last.Category}
	if len(in.Roles) > 0 {
		in.Category = ""
	}
	switch {
	case last.Ask == Compare && len(in.Roles) > 1 && s.aspect() != AnyAspect && !s.asked(Prerequisites, 8) && one == nil:
		in.Ask, in.Aspect = Compare, s.aspect()
	case s.phrase("from there") || s.phrase("after that") || s.phrase("after this"):
		in.Ask = Progression
	case s.cuedHere() || s.cued() && s.content() <= 4:
		in.Ask = s.best()
		s.askAll(&in)
		switch {
		case in.Ask == Overview && !s.hasFacet(Overview, "outlook") && !s.asked(Overview, 6) && last.Ask != Overview && !s.pronoun():
			in.Ask, in.Aspect = last.Ask, last.Aspect
		case last.Ask == Prerequisites && in.Ask == Skills && s.credential(last):
			in.Ask, in.Facets = last.Ask, slices.Clone(last.Facets)
		case last.Ask == Path && len(in.Roles) > 1 && s.ofTheMove(in.Ask):
			in.Ask = Path
			if s.hasFacet(Prerequisites, "time") {
				in.Facets = []string{"time"}
			}
			return Reading{Intent: in, Inherited: true}, true
		}
		if last.Ask == Path && len(in.Roles) > 1 {
			in.Roles = in.Roles[len(in.Roles)-1:] // what is asked next is asked of the target
		}
		if last.Ask == Compare && len(in.Roles) > 1 && one == nil && !s.plural() && in.Ask >= Overview && in.Ask <= Tools {
			in.Ask, in.Aspect = Compare, aspectFor(in.Ask)
		}
		if last.Ask == Compare && in.Ask == Salary && len(in.Roles) > 1 {
			in.Ask, in.Aspect = Compare, AspectSalary
		}
	case one != nil, hasPlace && s.content() <= 3 && s.unexplained() == 0, s.years() != "" && s.content() <= 4, s.level() != "" && s.content() <= 4, s.detail():
		in.Ask, in.Aspect, in.Facets = last.Ask, last.Aspect, slices.Clone(last.Facets)
		if in.Ask == Compare && len(in.Roles) < 2 {
			in.Ask = Overview
			if last.Aspect == AspectSalary {
				in.Ask = Salary
			}
		}
	default:
		return no()
	}
	if in.Ask == Salary || in.Ask == Compare {
		if y := s.years(); y == "" && (hasPlace || s.cuedHere()) {
			in.Years = last.Years
		}
	}
	if len(in.Roles) == 0 && in.Category == "" && last.Ask != List {
		return no()
	}
	return Reading{Intent: in, Inherited: true}, true
}

// ofTheMove says whether a question after one about a move is about the move
// itself: how long it takes, whether it is realistic.
func (s *sentence) ofTheMove(ask Ask) bool {
	return ask == Prerequisites && (s.hasFacet(Prerequisites, "time") || s.has("realistic", "possible", "feasible", "doable"))
}

// credential says whether "is the AWS one enough?" asks of certificates or
// degrees, because the question before did.
func (s *sentence) credential(last Intent) bool {
	return s.hasFacet(Skills, "enough") && slices.ContainsFunc(last.Facets, func(f string) bool {
		return f == "certifications" || f == "degree" || f == "courses" || f == "bootcamp"
	})
}

// unexplained counts the words that nothing is known of.
func (s *sentence) unexplained() int {
	n := 0
	for _, u := range s.us {
		if u.kind == kindWord && !stopWords[u.word] && !s.r.cues.words[u.word] && !levelWords[u.word] && !goodModifiers[u.word] && !greetings[u.word] && !polite[u.word] && !isNumber(u.word) {
			n++
		}
	}
	return n
}

// detail is a short message that only changes a detail: "without a degree?".
func (s *sentence) detail() bool {
	return s.content() <= 4 && slices.ContainsFunc(s.hits, func(h hit) bool { return h.cue.facet != "" && h.cue.ask == s.ctx.Last.Ask })
}

func (s *sentence) plural() bool { return s.has("they", "them", "their", "both") }

// pronoun says whether something points back.
func (s *sentence) pronoun() bool {
	return s.has("they", "them", "their", "it", "its", "that", "this", "one", "those", "these", "he", "she", "there", "he", "both")
}

func (s *sentence) comingFrom() bool {
	if len(s.named()) > 1 {
		return false // both ends are said
	}
	i := s.at("from")
	if i > 0 && s.us[i-1].kind == kindWord && (s.us[i-1].word == "different" || s.us[i-1].word == "differ" || s.us[i-1].word == "differs" || s.us[i-1].word == "apart") {
		return false
	}
	if i < 0 || s.asked(Progression, 8) || s.content() > 5 {
		return false
	}
	j := s.skipSmall(i+1, 1)
	return j < len(s.us) && (s.us[j].kind == kindRole || s.us[j].kind == kindWord && !notOrigins[s.us[j].word] && s.has("coming", "come", "starting", "moving"))
}

// fromBefore reads "coming from X" after a role was asked about.
func (s *sentence) fromBefore(roles []string) (Reading, bool) {
	if one := s.whichOne(); one != nil {
		roles = one // "from support to the first one"
	}
	target := roles[len(roles)-1]
	in := Intent{Ask: Path}
	j := s.skipSmall(s.at("from")+1, 1)
	u := &s.us[j]
	if len(u.roles) > 0 {
		if u.roles[0].ID == target {
			return no()
		}
		in.Roles = []string{u.roles[0].ID, target}
	} else {
		in.Roles = []string{target}
		in.Facets = []string{"from_outside"}
		in.Outside = outsideName(u.outside)
		if in.Outside == "" {
			in.Outside = outsideName(s.wordsOf(j, min(len(s.us), j+3)))
		}
	}
	return Reading{Intent: in, Inherited: true}, true
}

// aspectFor is the aspect of a comparison that asks what a asks of one role.
func aspectFor(a Ask) Aspect {
	switch a {
	case Salary:
		return AspectSalary
	case Skills:
		return AspectSkills
	case Tools:
		return AspectTools
	case Day:
		return AspectDay
	case Progression:
		return AspectProgression
	}
	return AnyAspect
}

// orphan says whether the message goes on from turns that are not known: "and
// in France?" after the conversation was forgotten. It is asked back of which
// role.
func (s *sentence) orphan() bool {
	if !s.ctx.empty() || s.content() > 3 || len(s.us) > 6 || len(s.named()) > 0 || len(s.outsiders()) > 0 {
		return false
	}
	if cat, _ := s.category(); cat != "" {
		return false
	}
	ordinal := s.anyPhrase("first one;second one;third one;last one;other one;the first;the second;the former;the latter")
	goesOn := s.startsWith("and") || s.startsWith("or") || s.startsWith("vs") || s.startsWith("versus") || s.anyPhrase("what about;how about;same for;which pays;which one pays;which is harder;which is better")
	bare := len(s.us) > 0 && s.unexplained() == 0 && (s.hasPlace() || s.level() != "" || s.years() != "")
	return ordinal || goesOn && s.unexplained() == 0 || bare
}
