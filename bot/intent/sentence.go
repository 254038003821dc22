package intent

import (
	"slices"
	"strings"
	"sync"

	"careerbot/knowledge"
)

// sentence is a message while it is being understood.
type sentence struct {
	r         *Reader
	m         message
	ctx       Context
	overheard bool

	us   []unit
	hits []hit
	told []bool // by unit: in a sentence that only tells, beside one that asks
}

// asides marks the sentences that only tell, where another one asks: "I work
// nights at a hotel. How do I get into IT?" asks nothing about nights.
func (s *sentence) asides() {
	s.told = make([]bool, len(s.us))
	asked := false
	for from := 0; from < len(s.us); {
		to := from + 1
		for to < len(s.us) && !s.us[to].breaksHard() {
			to++
		}
		after := s.m.end
		if to < len(s.us) {
			after = s.us[to].gap
		}
		asks := strings.Contains(after, "?") || s.opensAsking(from, to)
		asked = asked || asks
		for i := from; i < to; i++ {
			s.told[i] = !asks
		}
		from = to
	}
	if !asked {
		clear(s.told)
	}
}

// opensAsking says whether the units begin as a question or a request does.
func (s *sentence) opensAsking(from, to int) bool {
	for _, u := range s.us[from:to] {
		switch {
		case u.kind == kindWord && askingWords[u.word]:
			return true
		case u.kind == kindWord && openers[u.word]:
		default:
			return false
		}
	}
	return false
}

var askingWords = wordSet(`what whats how hows which who whos whose whom where wheres when why is are am do does did can could should would will has have any
	tell explain describe list show compare suggest recommend give name help advise pls please walk`)

// named are the roles that the message names, in order, each once; a name that
// may mean several counts as its first.
func (s *sentence) named() []*unit {
	var out []*unit
	for i := range s.us {
		u := &s.us[i]
		if u.kind != kindRole || len(u.roles) == 0 {
			continue
		}
		if !slices.ContainsFunc(out, func(o *unit) bool { return o.roles[0] == u.roles[0] && len(o.roles) == len(u.roles) }) {
			out = append(out, u)
		}
	}
	return out
}

// outsiders are the occupations named that the catalogue lacks.
func (s *sentence) outsiders() []*unit {
	var out []*unit
	for i := range s.us {
		if u := &s.us[i]; u.kind == kindRole && u.outside != "" {
			out = append(out, u)
		}
	}
	return out
}

// has says whether one of the words stands in the message.
func (s *sentence) has(words ...string) bool {
	return slices.ContainsFunc(s.us, func(u unit) bool { return u.kind == kindWord && slices.Contains(words, u.word) })
}

// at is the index of the first unit that is one of the words, or -1.
func (s *sentence) at(words ...string) int {
	return slices.IndexFunc(s.us, func(u unit) bool { return u.kind == kindWord && slices.Contains(words, u.word) })
}

// phrase says whether the words stand in the message one after the other.
func (s *sentence) phrase(words string) bool { return s.anyPhrase(words) }

// anyPhrase says whether one of the phrases, parted by semicolons, stands in
// the message.
func (s *sentence) anyPhrase(phrases string) bool {
	byFirst := phraseList(phrases)
	ts := s.m.tokens
	for i := range ts {
	next:
		for _, rest := range byFirst[ts[i].text] {
			if i+len(rest) >= len(ts) {
				continue
			}
			for j, w := range rest {
				if ts[i+1+j].text != w {
					continue next
				}
			}
			return true
		}
	}
	return false
}

// phraseLists are the lists of phrases that the code has, by how they are
// written there; each is taken apart once.
var phraseLists sync.Map // of map[string][][]string: what may follow a first word

func phraseList(phrases string) map[string][][]string {
	if l, ok := phraseLists.Load(phrases); ok {
		return l.(map[string][][]string)
	}
	byFirst := map[string][][]string{}
	for p := range strings.SplitSeq(phrases, ";") {
		if words := strings.Fields(p); len(words) > 0 {
			byFirst[words[0]] = append(byFirst[words[0]], words[1:])
		}
	}
	phraseLists.Store(phrases, byFirst)
	return byFirst
}

// question says whether the message ends in a question mark.
func (s *sentence) question() bool {
	return strings.Contains(s.m.end, "?") || slices.ContainsFunc(s.us, func(u unit) bool { return strings.Contains(u.gap, "?") })
}

// words counts the units that are more than stop words.
func (s *sentence) content() int {
	n := 0
	for _, u := range s.us {
		if u.kind != kindWord || !stopWords[u.word] {
			n++
		}
	}
	return n
}

// score is the weight for each question: the heaviest of its cues, and a
// little for the others, so that two hints beat one.
func (s *sentence) scores() (score [Why + 1]float64, first [Why + 1]int) {
	for i := range first {
		first[i] = len(s.us)
	}
	type seen struct {
		ask  Ask
		from int
	}
	counted := map[seen]bool{}
	var most [Why + 1]float64
	for _, h := range s.hits {
		a := h.cue.ask
		w := float64(h.cue.weight)
		if h.from < len(s.told) && s.told[h.from] {
			w *= 0.4
		}
		most[a] = max(most[a], w)
		first[a] = min(first[a], h.from)
		if k := (seen{a, h.from}); !counted[k] {
			counted[k] = true
			score[a] += w * 0.1
		}
	}
	for a := range score {
		score[a] = min(score[a], 3) + most[a]
	}
	return score, first
}

// facets are what the hits of a question narrow it to.
func (s *sentence) facets(of Ask) []string {
	var out []string
	for _, h := range s.hits {
		if f := h.cue.facet; f != "" && h.cue.ask == of && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	slices.Sort(out)
	return out
}

// hasFacet says whether a hit of the question narrows it to f.
func (s *sentence) hasFacet(of Ask, f string) bool {
	return slices.ContainsFunc(s.hits, func(h hit) bool { return h.cue.ask == of && h.cue.facet == f })
}

// asked says whether there is any cue of the question of at least weight.
func (s *sentence) asked(a Ask, weight int) bool {
	return slices.ContainsFunc(s.hits, func(h hit) bool { return h.cue.ask == a && h.cue.weight >= weight })
}

// place is the country or city that the message names.
func (s *sentence) place() (place, bool) {
	var found place
	ok := false
	for _, u := range s.us {
		if u.kind == kindPlace && (!ok || found.city == "" && u.place.city != "") {
			found, ok = u.place, true
		}
	}
	if ok {
		return found, true
	}
	if s.asked(Salary, 7) { // a budget in pounds says nothing
		for _, t := range s.m.tokens {
			if region := moneyOf(t); region != "" {
				return place{region, ""}, true
			}
		}
	}
	region := paidIn(s.m.tokens)
	return place{region, ""}, region != ""
}

// years is the band of experience that the message names.
func (s *sentence) years() string {
	for _, u := range s.us {
		if u.kind == kindYears {
			return u.years
		}
	}
	return ""
}

// category is the field that the message names; sure says that it is one
// wherever it stands.
func (s *sentence) category() (cat string, sure bool) {
	for i, u := range s.us {
		if u.field == "" {
			continue
		}
		strong := !u.weakFld || i+1 < len(s.us) && s.us[i+1].kind == kindWord && fieldNouns[s.us[i+1].word] || i > 0 && s.us[i-1].kind == kindWord && (s.us[i-1].word == "in" || s.us[i-1].word == "within")
		if cat == "" || cat == All && u.field != All || !sure && strong && u.field != All {
			cat, sure = u.field, strong
		}
	}
	return cat, sure
}

// level is a seniority said of no name in particular.
func (s *sentence) level() string {
	for _, u := range s.us {
		if u.kind != kindWord {
			continue
		}
		switch u.word {
		case "senior", "sr", "snr", "seniors":
			return "senior"
		case "junior", "jr", "jnr", "juniors":
			return "junior"
		case "entry", "entrylevel", "beginner", "fresher", "freshers", "graduate", "grad", "graduates", "newbie":
			return "entry"
		case "intern", "internship", "interns", "trainee":
			return "intern"
		case "mid", "midlevel":
			return "mid"
		case "staff":
			return "staff"
		case "principal":
			return "principal"
		}
	}
	return ""
}

// withLevel is the catalogue's title for a role at a level, or nil.
func (r *Reader) withLevel(role *knowledge.Role, level string) *knowledge.Role {
	switch level {
	case "entry", "intern":
		level = "junior"
	case "":
		return nil
	}
	if strings.HasPrefix(role.ID, level+"-") {
		return role
	}
	base := role.ID
	for _, l := range [...]string{"senior-", "junior-", "staff-", "principal-", "associate-"} {
		base = strings.TrimPrefix(base, l)
	}
	return r.c.Role(level + "-" + base)
}

// Words explain the reading, in the order of the text: nil when the message
// was a button's or held no word.
func (r Reading) Words() []Word {
	if r.read == nil {
		return nil
	}
	return append(r.read.explain(), r.read.weighed(r.Intent.Ask)...)
}

// explain lists what the words were read as.
func (s *sentence) explain() []Word {
	var out []Word
	shown := func(from, to int) string {
		var b strings.Builder
		for i := from; i < to && i < len(s.m.tokens); i++ {
			if i > from {
				b.WriteByte(' ')
			}
			b.WriteString(s.m.tokens[i].shown)
		}
		return b.String()
	}
	for _, u := range s.us {
		w := shown(u.from, u.to)
		switch {
		case u.kind == kindRole && u.outside != "":
			out = append(out, Word{w, "an occupation outside the catalogue"})
		case u.kind == kindRole && len(u.roles) > 1:
			var titles []string
			for _, r := range u.roles {
				titles = append(titles, r.Title)
			}
			out = append(out, Word{w, "one of " + strings.Join(titles, ", ")})
		case u.kind == kindRole:
			means := "role " + u.roles[0].Title
			if u.typo {
				means += ", misspelt"
			}
			out = append(out, Word{w, means})
		case u.kind == kindField:
			out = append(out, Word{w, "field " + u.field})
		case u.kind == kindPlace:
			out = append(out, Word{w, "region " + u.place.region})
		case u.kind == kindYears:
			out = append(out, Word{w, u.years + " years of experience"})
		}
	}
	for _, h := range s.hits {
		if h.to > h.from && h.to <= len(s.us) {
			means := "speaks for " + h.cue.ask.Label()
			if h.cue.facet != "" {
				means += ", " + h.cue.facet
			}
			out = append(out, Word{shown(s.us[h.from].from, s.us[h.to-1].to), means})
		}
	}
	return out
}
