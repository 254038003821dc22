package knowledge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// What an editor is asked to keep to. Words are counted in plain text.
const (
	maxSummaryWords  = 45
	maxSentenceWords = 30
	shingle          = 8 // words in a row that two pages must not share
	staleAfter       = 365 * 24 * time.Hour
)

// bounds are how many words a section should have, by tier.
var bounds = map[string]map[string][2]int{
	"core":     {DayInTheLife: {180, 300}, GettingIn: {80, 150}},
	"extended": {DayInTheLife: {80, 140}, GettingIn: {80, 150}},
}

// expected are the sections that a page of the catalogue has.
var expected = []string{QuickSummary, DayInTheLife, Skills, GettingIn, TradeOffs, ConfusedWith}

// Check reads the layers as [Load] does and lists everything that an editor
// should know: all faults, and warnings on thin, long, copied, numeric or
// stale prose. now is the day to judge staleness by.
func Check(now time.Time, layers ...Layer) Faults {
	c, faults := build(layers)
	k := &checker{now: now, faults: faults}
	for _, r := range c.roles {
		k.page(r)
	}
	k.copies(c.roles)
	sortFaults(k.faults)
	return k.faults
}

type checker struct {
	now    time.Time
	faults Faults
}

func (k *checker) warn(s Section, line int, format string, args ...any) {
	k.faults = append(k.faults, Fault{File: s.File, Line: max(line, 1), Field: s.Heading, What: fmt.Sprintf(format, args...), Warning: true})
}

// page checks the prose of one role. A company's page that only overlays a
// role need not have every section.
func (k *checker) page(r *Role) {
	front := Section{File: r.File, Heading: "front matter"}
	if len(r.Sections) == 0 {
		k.warn(front, 1, "the role has a name and no page: write its sections")
		return
	}
	k.reviewed(r, front)
	if !r.Own {
		for _, h := range expected {
			if r.Section(h) == nil {
				k.warn(front, 1, "the section %s is missing: an answer will say that the page lacks it", h)
			}
		}
	}
	for _, s := range r.Sections {
		if !slices.Contains(Headings, s.Heading) {
			if near := NearestWord(s.Heading, Headings); near != "" {
				k.warn(s, s.Line, "no answer reads this heading: did you mean %s?", near)
			} else {
				k.warn(s, s.Line, "no answer reads this heading: known are %s", strings.Join(Headings, ", "))
			}
			continue
		}
		if len(s.Blocks) == 0 {
			k.warn(s, s.Line, "the section is empty: fill it or remove it")
			continue
		}
		k.length(r, s)
		k.sentences(s)
		k.numbers(s)
	}
}

func (k *checker) reviewed(r *Role, front Section) {
	switch day, err := time.Parse(time.DateOnly, r.Reviewed); {
	case r.Reviewed == "":
		k.warn(front, 1, "reviewed: nobody says when the page was last reviewed")
	case err == nil && k.now.Sub(day) > staleAfter:
		k.warn(front, 1, "reviewed: the page was last reviewed on %s, more than a year ago", r.Reviewed)
	}
	if r.Reviewed != "" && r.Reviewer == "" {
		k.warn(front, 1, "reviewer: nobody says who reviewed the page")
	}
}

func (k *checker) length(r *Role, s Section) {
	n := len(strings.Fields(s.Text()))
	if s.Heading == QuickSummary && n > maxSummaryWords {
		k.warn(s, s.Line, "%d words, more than %d: say what the person does and stop", n, maxSummaryWords)
	}
	b, ok := bounds[r.Tier][s.Heading]
	switch {
	case !ok:
	case n < b[0]*9/10: // the counting of words differs a little from editor to editor
		k.warn(s, s.Line, "thin: %d words, a page of tier %s has %d to %d", n, r.Tier, b[0], b[1])
	case n > b[1]*11/10:
		k.warn(s, s.Line, "long: %d words, a page of tier %s has %d to %d", n, r.Tier, b[0], b[1])
	}
}

var sentenceEnd = regexp.MustCompile(`[.!?]["”’)]*\s+`)

func (k *checker) sentences(s Section) {
	for _, b := range s.Blocks {
		for _, sentence := range sentenceEnd.Split(b.Text, -1) {
			if n := len(strings.Fields(sentence)); n > maxSentenceWords {
				k.warn(s, b.Line, "a sentence of %d words, more than %d: part it", n, maxSentenceWords)
			}
		}
	}
}

// numberInProse is a figure that stands alone: not a part of a name such as
// S3, IPv6 or L2.
var numberInProse = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.,:/-])([$€£]?\d[\d.,]*\s?(?:%|k\b)?)(?:$|[^\p{L}\p{N}])`)

// numbers reports figures in prose: a figure belongs into a table with its
// source. Scores have a section of their own.
func (k *checker) numbers(s Section) {
	if s.Heading == Competencies || s.Heading == SalaryRegion {
		return
	}
	for _, b := range s.Blocks {
		text := b.Term + " " + b.Text
		for m := numberInProse.FindStringSubmatchIndex(text); m != nil; m = numberInProse.FindStringSubmatchIndex(text) {
			k.warn(s, b.Line, "the number %q stands in prose: figures belong into a table, with their source", strings.TrimSpace(text[m[2]:m[3]]))
			text = strings.TrimSpace(text[m[3]:])
		}
	}
}

// copies reports runs of words that two pages share, naming both places.
func (k *checker) copies(roles []*Role) {
	type place struct {
		role *Role
		sec  Section
		line int
	}
	seen := map[string]place{}
	told := map[[2]string]bool{}
	for _, r := range roles {
		for _, s := range r.Sections {
			for _, b := range s.Blocks {
				words := proseWords(b.Term + " " + b.Text)
				for i := 0; i+shingle <= len(words); i++ {
					run := strings.Join(words[i:i+shingle], " ")
					first, ok := seen[run]
					switch {
					case !ok:
						seen[run] = place{r, s, b.Line}
					case first.role != r && !told[[2]string{first.role.ID, r.ID}]:
						told[[2]string{first.role.ID, r.ID}] = true
						k.warn(s, b.Line, "shares prose with %s:%d: “%s”", first.sec.File, first.line, run)
					}
				}
			}
		}
	}
}

func proseWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
