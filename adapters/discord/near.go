package discord

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// near are the names that somebody who typed that may mean, at most limit: that
// begin so, that have a word that does, that hold it, that are a slip or two
// away. Nothing typed gives them all.
func near(typed string, names []string, limit int) []string {
	typed = strings.ToLower(strings.TrimSpace(typed))
	type ranked struct {
		name string
		rank int
	}
	var found []ranked
	for _, n := range names {
		if r := rank(typed, strings.ToLower(n)); r >= 0 {
			found = append(found, ranked{n, r})
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]string, 0, min(limit, len(found)))
	for _, f := range found[:min(limit, len(found))] {
		out = append(out, f.name)
	}
	return out
}

// rank says how near a name is, 0 for the nearest and -1 for one that is not.
func rank(typed, name string) int {
	switch {
	case strings.HasPrefix(name, typed):
		return 0
	case strings.Contains(name, " "+typed):
		return 1
	case strings.Contains(name, typed):
		return 2
	}
	n := utf8.RuneCountInString(typed)
	slips := 0
	switch {
	case n >= 6:
		slips = 2
	case n >= 3:
		slips = 1
	}
	d := distance(typed, name)
	if head := []rune(name); len(head) > n {
		d = min(d, distance(typed, string(head[:n])))
	}
	if d > slips || n > maxChoice {
		return -1
	}
	return 2 + d
}

// distance is how many letters have to be put in, left out, changed or swapped
// with the next to make b of a.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(y)]
}
