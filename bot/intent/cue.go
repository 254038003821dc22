package intent

import "strings"

// A cue is a pattern of words that speaks for a question, with the weight that
// it has against others. Patterns are words parted by spaces; "a|b" is either;
// "word?" may be missing; "word|$" is the word or
// the end; "*" is up to three words; ROLE is a role's name (or
// an occupation outside the catalogue), FIELD a field, PLACE a country or
// city, TOOL a product that people work with; "^" is the beginning of the message or of
// a sentence and "$" its end; "¤" is any currency's sign.
type cue struct {
	ask    Ask
	weight int
	facet  string // what it narrows, "" for nothing
	elems  []elem
}

type elem struct {
	words    []string
	kinds    []kind // of units, besides words
	optional bool
	gap      bool
	orEnd    bool // or the end of the message or of a sentence
	edge     byte // '^' or '$'
}

// kind is what a unit of the message is.
type kind uint8

const (
	kindWord kind = iota
	kindRole
	kindField
	kindPlace
	kindYears
)

// cueSet finds cues by the first word that they can begin with.
type cueSet struct {
	byFirst map[string][]*cue
	byKind  [kindYears + 1][]*cue
	words   map[string]bool // every word of a pattern
}

func newCueSet(table []cueLine) *cueSet {
	s := &cueSet{byFirst: map[string][]*cue{}, words: map[string]bool{}}
	for _, line := range table {
		for _, p := range strings.Split(line.patterns, ";") {
			if p = strings.TrimSpace(p); p != "" {
				s.add(&cue{ask: line.ask, weight: line.weight, facet: line.facet, elems: compile(p)})
			}
		}
	}
	return s
}

func compile(pattern string) []elem {
	var out []elem
	for _, w := range strings.Fields(pattern) {
		var e elem
		switch w {
		case "*":
			e.gap = true
		case "^", "$":
			e.edge = w[0]
		default:
			if strings.HasSuffix(w, "?") {
				e.optional, w = true, w[:len(w)-1]
			}
			for alt := range strings.SplitSeq(w, "|") {
				switch alt {
				case "ROLE":
					e.kinds = append(e.kinds, kindRole)
				case "FIELD":
					e.kinds = append(e.kinds, kindField)
				case "$":
					e.orEnd = true
				case "PLACE":
					e.kinds = append(e.kinds, kindPlace)
				case "TOOL":
					e.words = append(e.words, products...)
				default:
					e.words = append(e.words, alt)
				}
			}
		}
		out = append(out, e)
	}
	return out
}

func (s *cueSet) add(c *cue) {
	for _, e := range c.elems {
		for _, w := range e.words {
			s.words[w] = true
		}
	}
	for _, e := range c.elems { // the elements that it can begin with
		if e.edge != 0 {
			continue
		}
		for _, k := range e.kinds {
			s.byKind[k] = append(s.byKind[k], c)
		}
		for _, w := range e.words {
			s.byFirst[w] = append(s.byFirst[w], c)
		}
		if !e.optional {
			return
		}
	}
}

// hit is a cue that was found.
type hit struct {
	cue      *cue
	from, to int // units
}

// find gives every hit in the units, in the order of the text.
func (s *cueSet) find(us []unit) []hit {
	var out []hit
	for i := range us {
		u := &us[i]
		out = matches(out, s.byKind[u.kind], us, i)
		if u.kind == kindWord || u.kind == kindField {
			out = matches(out, s.byFirst[u.word], us, i)
		}
		if u.kind != kindField && u.field != "" {
			out = matches(out, s.byKind[kindField], us, i)
		}
	}
	return out
}

// matches appends the hits of the cues that begin at unit i.
func matches(out []hit, cues []*cue, us []unit, i int) []hit {
	for _, c := range cues {
		if to := match(c.elems, us, i); to >= 0 {
			out = append(out, hit{c, i, to})
		}
	}
	return out
}

// match matches the elements from unit i on; it returns the unit after the
// match, or -1.
func match(elems []elem, us []unit, i int) int {
	if len(elems) == 0 {
		return i
	}
	e := elems[0]
	switch {
	case e.edge == '^':
		if i != 0 && !opensSentence(us, i) {
			return -1
		}
		return match(elems[1:], us, i)
	case e.edge == '$':
		if i != len(us) && !us[i].breaks {
			return -1
		}
		return match(elems[1:], us, i)
	case e.gap:
		for skip := 0; skip <= 3 && i+skip <= len(us); skip++ {
			if skip > 0 && (i+skip > len(us) || us[i+skip-1].breaks && skip > 0 && us[i+skip-1].breaksHard()) {
				break
			}
			if to := match(elems[1:], us, i+skip); to >= 0 {
				return to
			}
		}
		return -1
	}
	if i < len(us) && e.is(&us[i]) {
		if to := match(elems[1:], us, i+1); to >= 0 {
			return to
		}
	}
	if e.optional || e.orEnd && (i == len(us) || us[i].breaks) {
		return match(elems[1:], us, i)
	}
	return -1
}

func (e *elem) is(u *unit) bool {
	for _, k := range e.kinds {
		if u.kind == k || k == kindField && u.field != "" {
			return true
		}
	}
	if u.kind != kindWord && u.kind != kindField {
		return false
	}
	for _, w := range e.words {
		if w == u.word {
			return true
		}
	}
	return false
}

// opensSentence says whether unit i begins a sentence.
func opensSentence(us []unit, i int) bool { return us[i].breaks }
