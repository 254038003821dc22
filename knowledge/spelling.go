package knowledge

import "slices"

// spelling puts misspelt words right, by the letters that one or two
// deletions leave (symmetric deletion): looking a word up takes the same time
// however many words it knows.
type spelling struct {
	left map[string][]string // what deletions leave, to the words that they were made on
	name func(string) bool
}

const (
	leastFix  = 2 // letters of a word that one mistake may be in
	leastFix2 = 9 // letters of a word that two mistakes may be in
)

func newSpelling(words map[string]int) spelling {
	s := spelling{left: make(map[string][]string, 8*len(words))}
	sorted := make([]string, 0, len(words))
	for w := range words {
		sorted = append(sorted, w)
	}
	slices.Sort(sorted)
	for _, w := range sorted {
		if len(w) < leastFix {
			continue
		}
		deletions(w, func(d string) {
			if l := s.left[d]; len(l) == 0 || l[len(l)-1] != w {
				s.left[d] = append(l, w)
			}
		})
	}
	return s
}

// deletions calls each with w, and with what is left of it without one letter,
// or without two when it is long.
func deletions(w string, each func(string)) {
	each(w)
	for i := range len(w) {
		one := w[:i] + w[i+1:]
		each(one)
		if len(w) < leastFix2 {
			continue
		}
		for j := i; j < len(one); j++ {
			each(one[:j] + one[j+1:])
		}
	}
}

// near are the words that w is nearest to by edit distance, all of the same
// distance: one for words of two letters or more, two for those of nine or
// more. It is nil when there is none.
func (s spelling) near(w string) []string {
	if len(w) < leastFix || len(w) > 30 {
		return nil
	}
	best, found := 3, []string(nil)
	deletions(w, func(d string) {
		for _, cand := range s.left[d] {
			dist := editDistance(w, cand)
			if dist == 2 && min(len(w), len(cand)) < leastFix2-1 || dist > 2 || dist == 0 {
				continue
			}
			if len(w) <= 4 && len(w) == len(cand) && !sameLetters(w, cand) {
				continue // another letter makes another short form: "CV" is no CI
			}
			if len(w) < 4 && len(cand) < 4 && len(w) != len(cand) && w[0] != cand[0] && s.name(cand) {
				continue // "e" more or less makes another short form
			}
			switch {
			case dist < best:
				best, found = dist, []string{cand}
			case dist == best && !slices.Contains(found, cand):
				found = append(found, cand)
			}
		}
	})
	slices.Sort(found)
	return found
}

// sameLetters says whether a and b are of the same letters in another order.
func sameLetters(a, b string) bool {
	x, y := []byte(a), []byte(b)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
