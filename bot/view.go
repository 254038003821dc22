package bot

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"careerbot/knowledge"
)

// view is a catalogue with what answers derive from the whole of it. It is
// computed once for a catalogue, all but the ways, and safe for concurrent use.
type view struct {
	*knowledge.Catalog
	traffic map[string]int    // usual moves to and from a role: how likely it is to be asked about
	start   []*knowledge.Role // all roles in the order in which a start page would show them
	byTitle map[string]*knowledge.Role
	leading map[string][]knowledge.Edge // the usual moves to a role, those to name first before others
	nearest map[string]*knowledge.Role  // of a role without pay, the nearest that has some

	known                   []string            // all regions that pay is published for
	regions, regionsByYears map[string][]string // where a role's pay is published, best evidence first

	ways  sync.Map // the usual ways found so far: [2]string to []knowledge.Edge
	found atomic.Int32
	names map[string]bool   // words that keep their capital inside a sentence: "Python", "Kubernetes"
	tools map[string]string // tools as their tables spell them, by their names in small letters
}

func newView(c *knowledge.Catalog) *view {
	v := &view{Catalog: c, traffic: map[string]int{}, byTitle: map[string]*knowledge.Role{}, tools: map[string]string{},
		leading: map[string][]knowledge.Edge{}, nearest: map[string]*knowledge.Role{},
		regions: map[string][]string{}, regionsByYears: map[string][]string{}}
	for _, r := range c.Roles() {
		v.traffic[r.ID] = len(c.Previous(r.ID)) + len(c.Next(r.ID))
		v.byTitle[r.Title] = r
		v.regions[r.ID], v.regionsByYears[r.ID] = bestRegions(r.Pay), bestRegions(r.PayByYears)
		for _, t := range r.Tools {
			v.tools[strings.ToLower(t.Name)] = t.Name
		}
	}
	for _, r := range c.Roles() {
		v.leading[r.ID] = v.leadingTo(r)
	}
	for _, r := range c.Roles() {
		if len(r.Pay) == 0 && len(r.PayByYears) == 0 {
			v.nearest[r.ID] = v.nearestWithPay(r)
		}
	}
	v.known = knownRegions(c.Roles())
	v.names = properNames(c)
	v.start = v.startOrder()
	return v
}

// mostWays is how many ways are kept: those of the pairs that people ask about.
const mostWays = 5000

// way is the usual way between two roles, each looked for once: a search over
// the whole graph takes longer than all else of an answer.
func (v *view) way(from, to string) []knowledge.Edge {
	key := [2]string{from, to}
	if known, ok := v.ways.Load(key); ok {
		return known.([]knowledge.Edge)
	}
	found := v.Way(from, to)
	if v.found.Add(1) <= mostWays {
		v.ways.Store(key, found)
	}
	return found
}

// startOrder puts the company's own roles first, then one of each field in
// turn, those that most usual moves touch before others.
func (v *view) startOrder() []*knowledge.Role {
	var out []*knowledge.Role
	for _, r := range v.Roles() {
		if r.OwnAny {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, v.likelier)
	ranked := map[string][]*knowledge.Role{}
	for _, cat := range v.Categories() {
		ranked[cat] = v.byTraffic(cat)
	}
	for round := 0; len(out) < len(v.Roles()); round++ {
		var of []*knowledge.Role
		for _, cat := range v.Categories() {
			if round < len(ranked[cat]) {
				of = append(of, ranked[cat][round])
			}
		}
		if of == nil {
			break
		}
		slices.SortStableFunc(of, v.likelier)
		for _, r := range of {
			if !r.OwnAny {
				out = append(out, r)
			}
		}
	}
	return out
}

// byTraffic are a field's roles: those that one can begin in before those that
// one is promoted to, and those that most usual moves touch first.
func (v *view) byTraffic(category string) []*knowledge.Role {
	roles := slices.Clone(v.InCategory(category))
	slices.SortStableFunc(roles, v.likelier)
	return roles
}

func (v *view) likelier(a, b *knowledge.Role) int {
	if d := rankLevel(a) - rankLevel(b); d != 0 {
		return d
	}
	return v.traffic[b.ID] - v.traffic[a.ID]
}

// rankLevel puts roles that one can begin in before those that one is promoted
// to, and leading others last.
func rankLevel(r *knowledge.Role) int {
	switch r.Level {
	case "mid", "junior", "":
		return 0
	case "senior", "lead":
		return 1
	}
	return 2
}

// properNames are the words that the pages write with a capital inside
// sentences more often than without. Two capitals in a row are left out: they
// are titles.
func properNames(c *knowledge.Catalog) map[string]bool {
	balance := map[string]int{}
	for _, r := range c.Roles() {
		for _, s := range r.Sections {
			for _, b := range s.Blocks {
				weighWords(b.Text, balance)
			}
		}
	}
	names := map[string]bool{"xcode": true, "dart": true, "bayesian": true, "trailhead's": true} // they begin sentences only
	for w, n := range balance {
		if n > 0 {
			names[w] = true
		}
	}
	return names
}

// weighWords adds 1 for a word with a capital inside a sentence, and takes 1
// for a word without.
func weighWords(text string, balance map[string]int) {
	before, opens := false, true // whether the word before had a capital, and whether this one begins a sentence
	for w := range strings.SplitSeq(text, " ") {
		bare := strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		first, _ := utf8.DecodeRuneInString(bare)
		capital := unicode.IsUpper(first)
		switch {
		case bare == "":
		case !capital:
			balance[bare]--
		case !opens && !before:
			balance[strings.ToLower(bare)]++
		}
		before = capital && !opens
		opens = strings.HasSuffix(w, ".") || strings.HasSuffix(w, "?") || strings.HasSuffix(w, "!") || strings.HasSuffix(w, ":") ||
			strings.HasSuffix(w, "”") || strings.HasSuffix(w, `"`)
	}
}

// openers begin a sentence before a name without being part of it.
var openers = map[string]bool{"a": true, "an": true, "the": true, "your": true, "his": true, "her": true, "their": true, "our": true, "two": true,
	"three": true, "at": true, "in": true, "on": true, "after": true, "before": true, "most": true, "some": true, "this": true, "that": true,
	"each": true, "every": true, "one": true, "by": true, "for": true, "with": true, "from": true, "since": true, "while": true, "when": true}

// lower lets a phrase of a page stand inside a sentence: its first letter
// becomes small, unless it begins a name.
func (v *view) lower(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	bare := strings.ToLower(strings.Trim(first, `,.;:'"`))
	if v.names[bare] || v.tools[bare] != "" || v.tools[strings.ToLower(s)] != "" {
		return s
	}
	if second, _, _ := strings.Cut(rest, " "); second != "" && !openers[bare] { // "Play Console", "Fibre Channel"
		second = strings.Trim(second, `.,;:'"`)
		c, _ := utf8.DecodeRuneInString(second)
		low := strings.ToLower(second)
		if v.tools[bare+" "+low] != "" || unicode.IsUpper(c) && !isShortForm(second) && !v.names[low] && v.tools[low] == "" {
			return s
		}
	}
	return lowerFirst(s)
}

// spelled writes a subject as the catalogue spells it: "sql" as "SQL".
func (v *view) spelled(subject string) string {
	if t := v.tools[strings.ToLower(subject)]; t != "" {
		return t
	}
	return subject
}

// leadingTo are the usual moves to r: those that the page's own text names first,
// then promotions, then from the roles that most moves touch.
func (v *view) leadingTo(r *knowledge.Role) []knowledge.Edge {
	text := r.Section(knowledge.GettingIn).Text()
	var out []knowledge.Edge
	for _, e := range v.Previous(r.ID) {
		if from := v.Role(e.From); from != nil && !slices.ContainsFunc(out, func(o knowledge.Edge) bool { return o.From == e.From }) {
			out = append(out, e)
		}
	}
	rank := func(e knowledge.Edge) int {
		switch at := strings.Index(text, v.Role(e.From).Title); {
		case at >= 0:
			return at
		case e.Kind == "promotion":
			return 1 << 20
		}
		return 1 << 21
	}
	slices.SortStableFunc(out, func(a, b knowledge.Edge) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return v.traffic[b.From] - v.traffic[a.From]
	})
	return out
}

// nearestWithPay is the role that r is the senior title of, else the nearest
// one by usual moves that has figures: those that lead to r first.
func (v *view) nearestWithPay(r *knowledge.Role) *knowledge.Role {
	if _, base, ok := strings.Cut(r.Title, " "); ok {
		if o := v.byTitle[base]; o != nil && len(o.Pay) > 0 {
			return o
		}
	}
	seen := map[string]bool{r.ID: true}
	at := []*knowledge.Role{r}
	for len(at) > 0 && len(seen) < 40 {
		var next []*knowledge.Role
		for _, of := range at {
			for _, e := range v.leading[of.ID] {
				o := v.Role(e.From)
				if seen[o.ID] {
					continue
				}
				if len(o.Pay) > 0 {
					return o
				}
				seen[o.ID] = true
				next = append(next, o)
			}
		}
		at = next
	}
	for _, e := range v.Next(r.ID) {
		if o := v.Role(e.To); o != nil && len(o.Pay) > 0 {
			return o
		}
	}
	return nil
}
