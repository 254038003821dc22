package knowledge

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is something wrong with a catalogue, and where.
type Fault struct {
	File    string `json:"file"`
	Line    int    `json:"line"`            // 1 when the whole file is meant
	Field   string `json:"field,omitempty"` // the key, column or heading, "" if none
	What    string `json:"what"`            // what is wrong and what to do
	Warning bool   `json:"warning"`         // true: the catalogue can be used all the same
}

// String is "file:line: what", with the field before what is wrong.
func (f Fault) String() string {
	what := f.What
	if f.Field != "" {
		what = f.Field + ": " + what
	}
	if f.Warning {
		what = "warning: " + what
	}
	return fmt.Sprintf("%s:%d: %s", f.File, max(f.Line, 1), what)
}

// Faults is a list of faults; as an error it says the first and how many more.
type Faults []Fault

func (fs Faults) Error() string {
	errs := fs.Errors()
	switch len(errs) {
	case 0:
		return "knowledge: no fault"
	case 1:
		return "knowledge: " + errs[0].String()
	}
	return fmt.Sprintf("knowledge: %s (and %d more)", errs[0], len(errs)-1)
}

// Errors are the faults that are no warnings.
func (fs Faults) Errors() Faults {
	return slices.DeleteFunc(slices.Clone(fs), func(f Fault) bool { return f.Warning })
}

// sortFaults puts faults in the order of files and lines, errors and warnings mixed.
func sortFaults(fs Faults) {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
}

// collector gathers the faults of one file.
type collector struct {
	file   string
	faults Faults
}

func (c *collector) errorf(line int, field, format string, args ...any) {
	c.faults = append(c.faults, Fault{File: c.file, Line: line, Field: field, What: fmt.Sprintf(format, args...)})
}

func (c *collector) warnf(line int, field, format string, args ...any) {
	c.faults = append(c.faults, Fault{File: c.file, Line: line, Field: field, What: fmt.Sprintf(format, args...), Warning: true})
}

// NearestWord returns the word of from that is nearest to s by edit distance,
// or "" when none is near enough to be meant.
func NearestWord(s string, from []string) string {
	if len(s) > 100 {
		return ""
	}
	best, bestD := "", 1+max(1, len(s)/3)
	s = strings.ToLower(s)
	for _, w := range from {
		d := editDistance(s, strings.ToLower(w))
		if d == 2 && (s+"es" == w || s == w+"es") {
			d = 1 // singular and plural
		}
		if d < bestD {
			best, bestD = w, d
		}
	}
	return best
}

// editDistance counts the insertions, deletions, substitutions and swaps of
// neighbours that turn a into b.
func editDistance(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	prev2 := make([]int, len(rb)+1)
	prev := make([]int, len(rb)+1)
	cur := make([]int, len(rb)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(ra); i++ {
		cur[0] = i
		for j := 1; j <= len(rb); j++ {
			cost := 1
			if ra[i-1] == rb[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && ra[i-1] == rb[j-2] && ra[i-2] == rb[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(rb)]
}
