package intent

import (
	"slices"
	"strings"

	"careerbot/knowledge"
)

// placeFinder finds places among the tokens of a message.
type placeFinder struct {
	ts       []token
	mentions []knowledge.Mention // the names of roles found
	pay      bool                // it speaks of pay
}

// at finds the longest place that begins at token i; n is 0 for none.
func (f placeFinder) at(i int) (p place, n int) {
	t := &f.ts[i]
	if region, n := f.initials(i); n > 0 {
		return place{region: region}, n
	}
	first, known := placeNames[t.text]
	switch {
	case !known && t.text[0] >= 0x80:
		if region, ok := inflected(t.text); ok {
			return place{region: region}, 1
		}
		return place{}, 0
	case t.text == "us":
		if f.unitedStates(i) {
			return place{region: "United States"}, 1
		}
		return place{}, 0
	case !known:
		return f.code(i)
	}
	name, n := f.longest(i, first)
	if n > 0 && !f.otherThing(i, n) {
		if within, more := f.within(i+n, name); more > 0 {
			return within, n + more
		}
		if f.stands(i, i+n, name) {
			return name.shown(), n
		}
	}
	return f.code(i)
}

// longest is the longest name that begins at token i, whose first word is
// known.
func (f placeFinder) longest(i int, first placeName) (name placeName, n int) {
	if first.kind != noPlace {
		name, n = first, 1
	}
	if first.span < 2 {
		return name, n
	}
	key := f.ts[i].text
	for j := i + 1; j < len(f.ts) && j < i+first.span && f.ts[j].gap != "\n" && !strings.ContainsAny(f.ts[j].gap, ",;?!()"); j++ {
		key += " " + f.ts[j].text
		if got, ok := placeNames.named(key); ok {
			name, n = got, j+1-i
		}
	}
	return name, n
}

// within reads what follows a town: the state or country that it lies in, as
// in "Austin TX", "Birmingham, Alabama", "Nice, France". It gives that place
// when it is not the one that the name alone would stand for, and how many
// tokens it takes.
func (f placeFinder) within(at int, name placeName) (p place, n int) {
	if name.kind != town || at >= len(f.ts) || f.ts[at].gap != "" && f.ts[at].gap != "," {
		return place{}, 0
	}
	comma := f.ts[at].gap == ","
	if first, ok := placeNames[f.ts[at].text]; ok {
		outer, n := f.longest(at, first)
		switch {
		case n == 0 || outer.kind != country && outer.kind != state || f.job(at) && !f.ts[at].caps:
		case outer.region == name.region || outer.city == name.region: // "tbilisi georgia"
			return name.shown(), n
		case outer.kind == state || !comma:
			return outer.shown(), n
		}
	}
	return f.withinCode(at, name, comma)
}

// withinCode is [placeFinder.within] for the code of a state.
func (f placeFinder) withinCode(at int, name placeName, comma bool) (p place, n int) {
	t := &f.ts[at]
	outer, ok := states[t.text]
	if !ok || f.job(at) {
		return place{}, 0
	}
	last := at+1 == len(f.ts) || breaksBefore(f.ts[at+1].gap)
	marked := t.caps || comma
	switch {
	case !marked && townFollowers[t.text] && !(last && name.code == t.text):
		return place{}, 0
	case name.region == outer.region:
		return name.shown(), 1
	case isoCodes[t.text] == name.region || name.region == "Australia":
		return name.shown(), 1
	}
	return outer.shown(), 1
}

// stands says whether a name of tokens i to end means the place here.
func (f placeFinder) stands(i, end int, name placeName) bool {
	switch {
	case name.kind == belonging: // "brit here, how ..."
		return f.describes(end) || end < len(f.ts) && f.ts[end].text == "here" && f.ts[end].gap == ""
	case name.kind == town && end < len(f.ts) && f.ts[end].gap == "" && saying[f.ts[end].text] && !placedByIn(f.ts, i):
		return false
	}
	switch name.sense {
	case weak:
		return f.located(i, end)
	case strict:
		return placedByIn(f.ts, i) && startsUpper(f.ts[i].shown)
	case given:
		return !f.person(i, end)
	}
	return true
}

// otherThing says whether the name is part of another thing's, as in "french
// fries".
func (f placeFinder) otherThing(i, n int) bool {
	end := i + n
	return end < len(f.ts) && f.ts[end].gap == "" && (notThere[f.ts[end-1].text+" "+f.ts[end].text] || n > 1 && notThere[f.ts[i].text+" "+f.ts[i+1].text+" "+f.ts[end].text])
}

// located says whether a name that has other meanings is a place by what
// stands around it.
func (f placeFinder) located(i, end int) bool {
	t := &f.ts[i]
	switch {
	case placedByIn(f.ts, i):
		return true
	case i == 0 && end == len(f.ts):
		return true
	case i > 0 && startsUpper(t.shown) && len(t.shown) > 3 && !breaksBefore(t.gap):
		return true
	case end == len(f.ts) && f.followsOn(i), end < len(f.ts) && areas[f.ts[end].text] && (f.ts[end].gap == "" || f.ts[end].gap == "-"):
		return true
	case !f.pay:
		return false
	}
	opens := i == 0 || breaksBefore(t.gap) || leadIn[f.ts[i-1].text]
	closes := end == len(f.ts) || breaksBefore(f.ts[end].gap)
	if opens && !closes && (f.ts[end].text == "vs" || f.ts[end].text == "versus") {
		return true
	}
	before, after := !opens && f.job(i-1), !closes && f.describes(end)
	return (opens || before) && (closes || after) && (before || after)
}

// followsOn says whether only words of a follow-up stand before token i: "and
// cork?".
func (f placeFinder) followsOn(i int) bool {
	for _, t := range f.ts[:i] {
		if !followers[t.text] {
			return false
		}
	}
	return true
}

// describes says whether an adjective before token end is said of jobs, or of
// people who earn: "german salaries", "what do swedes make".
func (f placeFinder) describes(end int) bool {
	if end >= len(f.ts) || f.ts[end].gap != "" && f.ts[end].gap != "-" {
		return false
	}
	return f.job(end) || f.ts[end].gap == "" && qualifiers[f.ts[end].text] && end+1 < len(f.ts) && f.job(end+1)
}

// job says whether token k is part of a role's name, or a word of jobs and pay.
func (f placeFinder) job(k int) bool {
	return jobWords[f.ts[k].text] || payWords[f.ts[k].text] || slices.ContainsFunc(f.mentions, func(m knowledge.Mention) bool { return m.Start <= k && k < m.End })
}

// person says whether somebody of that name is meant: "my friend austin",
// "georgia said", "madison is a tester".
func (f placeFinder) person(i, end int) bool {
	if i > 0 && f.ts[i].gap == "" {
		before := f.ts[i-1].text
		if greeting[before] || i > 1 && (kin[before] && whose[f.ts[i-2].text] || before == "is" && f.ts[i-2].text == "name") {
			return true
		}
	}
	if end >= len(f.ts) || f.ts[end].gap != "" {
		return false
	}
	next, after := f.ts[end].text, ""
	if end+1 < len(f.ts) {
		after = f.ts[end+1].text
	}
	switch next {
	case "my", "our":
		return kin[after]
	case "is":
		return whose[after] || (after == "a" || after == "an") && end+2 < len(f.ts) && f.role(end+2) && !placedByIn(f.ts, i)
	case "from", "in", "on", "at":
		return teams[after] || whose[after]
	}
	return doing[next]
}

// role says whether a role's name begins at token k.
func (f placeFinder) role(k int) bool {
	return slices.ContainsFunc(f.mentions, func(m knowledge.Mention) bool { return m.Start == k })
}

// initials reads "U.S.", "U.S.A." and "U.K.", whose letters are tokens.
func (f placeFinder) initials(i int) (region string, n int) {
	if i+1 >= len(f.ts) || f.ts[i+1].gap != "." || f.ts[i].shown != "U" && f.ts[i].shown != "u" {
		return "", 0
	}
	switch f.ts[i+1].text {
	case "s":
		if i+2 < len(f.ts) && f.ts[i+2].gap == "." && f.ts[i+2].text == "a" {
			return "United States", 3
		}
		return "United States", 2
	case "k":
		return "United Kingdom", 2
	}
	return "", 0
}

// unitedStates tells the country from the pronoun.
func (f placeFinder) unitedStates(i int) bool {
	t := &f.ts[i]
	before, next := "", ""
	if i > 0 {
		before = f.ts[i-1].text
	}
	if i+1 < len(f.ts) && f.ts[i+1].gap == "" {
		next = f.ts[i+1].text
	}
	switch {
	case t.shown == "US":
		return !objects[before] || !f.shouted()
	case before == "the" || before == "in":
		return true
	case i+1 < len(f.ts) && (f.ts[i+1].gap == "-" || f.ts[i+1].gap == "") && f.ts[i+1].text == "based":
		return true
	case paidNouns[next]:
		return !objects[before]
	}
	return next == "" && paidNouns[before]
}

// shouted says whether the message is written in capitals.
func (f placeFinder) shouted() bool {
	caps := 0
	for _, t := range f.ts {
		if t.caps {
			caps++
		}
	}
	return caps > 3 && caps*2 > len(f.ts)
}

// code reads the code of a state or country after "in": "in TX", "in NL"; and
// after a town that is in no table: "Duluth, GA".
func (f placeFinder) code(i int) (p place, n int) {
	t := &f.ts[i]
	switch {
	case t.text == "la" && t.caps && f.located(i, i+1):
		return place{"United States", "Los Angeles"}, 1
	case t.text == "la", i == 0, len(t.text) > 3:
		return place{}, 0
	}
	if f.ts[i-1].text == "in" || f.ts[i-1].text == "from" || f.ts[i-1].text == "near" {
		if region := codeRegions[t.text]; region != "" && (t.caps || !codeWords[t.text]) {
			return place{region: region}, 1
		}
		if s, ok := states[t.text]; ok && !f.job(i) && !jobCodes[t.text] && (t.caps || !codeWords[t.text]) {
			return s.shown(), 1
		}
	}
	if s, ok := states[t.text]; ok && t.caps && f.unknownTown(i-1) && !f.job(i) && (t.gap == "," && !answers[t.text] || t.gap == "" && !codeWords[t.text]) {
		return s.shown(), 1
	}
	return place{}, 0
}

// unknownTown says whether token k may name a town that is in no table: it has
// a capital, and is no known name of something else.
func (f placeFinder) unknownTown(k int) bool {
	t := &f.ts[k]
	return startsUpper(t.shown) && !t.caps && len(t.text) > 3 && !f.job(k) && !techWords[t.text] && !goodModifiers[t.text]
}

// germany says whether m is the country's code, and not the role of that name:
// it stands after "in", and the role asked about is another.
func germany(ts []token, m knowledge.Mention, mentions []knowledge.Mention) bool {
	return len(mentions) > 1 && m.End == m.Start+1 && ts[m.Start].shown == "DE" && m.Start > 0 && ts[m.Start-1].text == "in"
}

// paidIn is the region of the money that is paid by the month or the day: "£500 a
// day". A sum alone may be the price of a course.
func paidIn(ts []token) string {
	for i, t := range ts {
		region := moneyOf(t)
		if region == "" {
			continue
		}
		for k := max(i-1, 0); k < min(i+2, len(ts)); k++ {
			if isNumber(ts[k].text) && byTime(ts, max(i, k)+1) {
				return region
			}
		}
	}
	return ""
}

// byTime says whether a span of pay stands at token k: "a month", "per day".
func byTime(ts []token, k int) bool {
	if k < len(ts) && (ts[k].text == "a" || ts[k].text == "per" || ts[k].text == "an" || ts[k].text == "each") {
		k++
	}
	return k < len(ts) && spans[ts[k].text]
}

// moneyOf is the region where the money or the word of pay is at home, "" for none.
func moneyOf(t token) string {
	if t.text == "¤" {
		return currencies[t.shown]
	}
	return currencies[t.text]
}

// placedByIn says whether the words before token i place what follows.
func placedByIn(ts []token, i int) bool {
	if i == 0 || breaksBefore(ts[i].gap) {
		return false
	}
	switch before := ts[i-1].text; before {
	case "in", "from", "for", "at", "near", "around", "within", "across", "en", "em", "au", "aux", "no", "na", "nel", "der", "den", "w", "v":
		return true
	case "the", "greater", "downtown", "central":
		return placedByIn(ts, i-1)
	case "to":
		return i > 1 && (strings.HasPrefix(ts[i-2].text, "mov") || strings.HasPrefix(ts[i-2].text, "relocat"))
	}
	return false
}

func startsUpper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }
