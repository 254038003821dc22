package intent

import (
	"slices"
	"strings"
)

// features are what the learned weights weigh of a sentence: its words, with
// names taken for their kinds, their pairs and parts; the cues found; and its
// shape. Each is known by a sum. The turns before are left to the rules.
type features struct {
	sums  []uint32
	keep  bool
	names map[uint32]string // what the sums stand for, when they are kept
}

// add adds the feature of that kind and those parts.
func (f *features) add(kind byte, parts ...string) {
	sum := uint32(2166136261) // FNV-1a
	sum = (sum ^ uint32(kind)) * 16777619
	for _, p := range parts {
		for i := range len(p) {
			sum = (sum ^ uint32(p[i])) * 16777619
		}
		sum = (sum ^ ' ') * 16777619
	}
	f.sums = append(f.sums, sum)
	if f.keep {
		f.names[sum] = strings.Join(parts, " ")
	}
}

// features lists the sentence's features, each once.
func (s *sentence) features(keep bool) features {
	f := features{sums: make([]uint32, 0, 16*len(s.us)+16), keep: keep}
	if keep {
		f.names = map[uint32]string{}
	}
	before := "^"
	step := func(w string) {
		f.add('b', before, w)
		before = w
	}
	var roles, others, fields, placed int
	for i := range s.us {
		u := &s.us[i]
		if u.breaks {
			step("|")
		}
		switch w := u.symbol(); w {
		case "ROLE":
			roles++
			step(w)
		case "OTHER":
			others++
			step(w)
		case "FIELD":
			fields++
			step(w)
		case "PLACE":
			placed++
			step(w)
		case "YEARS", "NUMBER":
			step(w)
		default:
			step(w)
			f.word(w)
		}
	}
	step("$")
	f.cues(s.hits)
	f.add('n', "roles", few(roles))
	f.add('n', "others", few(others))
	f.add('n', "fields", few(fields))
	f.add('n', "places", few(placed))
	f.add('n', "both", few(roles), few(others))
	f.add('n', "length", few(length(len(s.us))))
	if s.question() {
		f.add('n', "question")
	}
	slices.Sort(f.sums)
	f.sums = slices.Compact(f.sums)
	return f
}

// symbol is the unit's word, or what kind of name it is.
func (u *unit) symbol() string {
	switch {
	case u.kind == kindRole && u.outside != "":
		return "OTHER"
	case u.kind == kindRole:
		return "ROLE"
	case u.kind == kindField:
		return "FIELD"
	case u.kind == kindPlace:
		return "PLACE"
	case u.kind == kindYears:
		return "YEARS"
	case isNumber(u.word):
		return "NUMBER"
	}
	return u.word
}

// word adds a word, its stem, and its parts of four letters, which hold when
// the word is misspelt or inflected.
func (f *features) word(w string) {
	f.add('w', w)
	f.add('s', wordStem(w))
	if len(w) > 4 {
		for i := 0; i+4 <= len(w); i++ {
			f.add('p', w[i:i+4])
		}
	}
}

// wordStem leaves off a usual ending.
func wordStem(w string) string {
	for _, end := range [...]string{"ing", "ies", "ed", "es", "s", "er", "ly"} {
		if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 3 {
			return stem
		}
	}
	return w
}

// cues adds what the cues speak for, and how loudly.
func (f *features) cues(hits []hit) {
	for _, h := range hits {
		ask, facet := h.cue.ask.String(), h.cue.facet
		f.add('h', ask, facet)
		if h.cue.weight > 6 {
			f.add('h', ask, facet, "7")
		}
		if h.cue.weight > 7 {
			f.add('h', ask, facet, "8")
		}
	}
}

// few is a number up to three as a digit; more count as three.
func few(n int) string { return "0123"[min(n, 3) : min(n, 3)+1] }

// length sorts messages by their units into four sizes.
func length(units int) int {
	switch {
	case units < 4:
		return 0
	case units < 9:
		return 1
	case units < 25:
		return 2
	}
	return 3
}
