package bot

import (
	"strconv"
	"strings"

	"careerbot/knowledge"
)

// saidAsWord are short forms that begin with a consonant's sound although their
// first letter's name begins with a vowel, because they are said as a word.
var saidAsWord = map[string]bool{"SOC": true, "NOC": true, "SAP": true, "SIEM": true, "FinOps": true, "SaaS": true, "LAN": true}

// article puts "a" or "an" before a title, as it is spoken.
func article(title string) string {
	if title == "" {
		return ""
	}
	first, _, _ := strings.Cut(title, " ")
	an := false
	switch {
	case isShortForm(first):
		an = !saidAsWord[first] && strings.ContainsRune("AEFHILMNORSX", rune(first[0]))
	case strings.HasPrefix(first, "iOS"):
		an = true
	default:
		low := strings.ToLower(first)
		an = strings.ContainsRune("aeiou", rune(low[0])) &&
			!strings.HasPrefix(low, "uni") && !strings.HasPrefix(low, "use") && !strings.HasPrefix(low, "one")
	}
	if an {
		return "an " + title
	}
	return "a " + title
}

// isShortForm says whether a word is said letter by letter: two capitals begin it.
func isShortForm(w string) bool {
	return len(w) >= 2 && w[0] >= 'A' && w[0] <= 'Z' && w[1] >= 'A' && w[1] <= 'Z'
}

// plural is a title for more than one holder: "Directors of Engineering".
func plural(title string) string {
	for _, prep := range []string{" of ", " in ", " for ", " ("} {
		if head, tail, ok := strings.Cut(title, prep); ok {
			return plural(head) + prep + tail
		}
	}
	switch {
	case strings.HasSuffix(title, "s"), strings.HasSuffix(title, "x"), strings.HasSuffix(title, "ch"):
		return title + "es"
	case strings.HasSuffix(title, "y") && len(title) > 1 && !strings.ContainsRune("aeiou", rune(title[len(title)-2])):
		return title[:len(title)-1] + "ies"
	}
	return title + "s"
}

// and joins names as a sentence does: "a, b and c".
func and(names []string) string { return join(names, "and") }

// or joins names as a question does: "a, b or c".
func or(names []string) string { return join(names, "or") }

func join(names []string, word string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + word + " " + names[len(names)-1]
}

var small = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// count writes a small number as a word: "three steps".
func count(n int, one, many string) string {
	if n == 1 {
		return times(n) + " " + one
	}
	return times(n) + " " + many
}

// digits writes a count in digits, for tables and lists: "8 roles".
func digits(n int, one, many string) string {
	if n == 1 {
		many = one
	}
	return strconv.Itoa(n) + " " + many
}

// amount writes a figure as published, with thousands parted: 64,500 or 43.27.
func amount(f float64) string {
	s := strconv.FormatFloat(f, 'f', -1, 64)
	whole, frac, ok := strings.Cut(s, ".")
	if ok && len(frac) == 1 {
		frac += "0"
	}
	out := thousands(whole)
	if ok {
		out += "." + frac
	}
	return out
}

func thousands(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	return thousands(digits[:len(digits)-3]) + "," + digits[len(digits)-3:]
}

// scoreWord says how high a score of 0 to 100 is.
func scoreWord(score int) string {
	switch {
	case score >= 85:
		return "very high"
	case score >= 70:
		return "high"
	case score >= 50:
		return "medium"
	case score >= 30:
		return "low"
	}
	return "very low"
}

// scoreValue is a score in words: "very high, 85 of 100".
func scoreValue(score int) string { return scoreWord(score) + ", " + strconv.Itoa(score) + " of 100" }

// traitWords are the traits as they read in a sentence.
var traitWords = map[string]string{
	"coding": "coding", "maths": "maths", "data": "work with data", "design": "design", "writing": "writing",
	"research": "research", "planning": "planning", "people": "time with people", "leading": "leading people",
	"customers": "contact with customers", "hardware": "hands-on hardware", "investigation": "detective work",
	"routine": "routine", "on-call": "on-call duty", "incidents": "urgent incidents", "office-hours": "regular hours",
	"travel": "travel", "remote": "remote work",
}

// amountWords says how much of a trait the work holds: "much coding", "no travel".
func amountWords(a knowledge.Amount, trait string) string {
	switch a {
	case knowledge.No:
		return "no " + traitWords[trait]
	case knowledge.Some:
		if trait == "office-hours" {
			return "partly regular hours"
		}
		return "some " + traitWords[trait]
	case knowledge.Much:
		switch trait {
		case "office-hours":
			return "mostly regular hours"
		case "incidents":
			return "many urgent incidents"
		}
		return "much " + traitWords[trait]
	}
	return traitWords[trait] + " not stated"
}

// sentences parts running text at full stops, question and exclamation marks
// that a space and a capital follow.
func sentences(text string) []string {
	var out []string
	start := 0
	for i := 0; i < len(text); i++ {
		if !strings.ContainsRune(".!?", rune(text[i])) {
			continue
		}
		if i+1 < len(text) && text[i+1] != ' ' {
			continue
		}
		if i+2 < len(text) && text[i+2] >= 'a' && text[i+2] <= 'z' {
			continue // "e.g. this" goes on
		}
		out = append(out, strings.TrimSpace(text[start:i+1]))
		start = i + 1
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		out = append(out, rest)
	}
	return out
}

// firstSentence is the first of the sentences, "" of nothing.
func firstSentence(text string) string {
	if s := sentences(text); len(s) > 0 {
		return s[0]
	}
	return ""
}

// lowerFirst lets a phrase stand inside a sentence, unless its first word is a
// name or short form.
func lowerFirst(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if first == "" || isShortForm(first) || strings.ContainsAny(first[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+#./") {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// upperFirst begins a sentence.
func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// words counts the words of a text.
func words(s string) int {
	n, inside := 0, false
	for i := range len(s) {
		space := s[i] == ' '
		if !space && !inside {
			n++
		}
		inside = !space
	}
	return n
}

// maxSentence is how many words a sentence may have before it is hard to read.
const maxSentence = 30

// brief is the beginning of a text: its first sentence, and those after it
// that fit into n words. A verdict of one word ("Helpful.") counts as no
// sentence of its own.
func brief(text string, n int) string {
	all := sentences(text)
	if len(all) == 0 {
		return ""
	}
	out, used := all[0], words(all[0])
	for _, s := range all[1:] {
		if w := words(s); used < 3 || used+w <= n {
			out += " " + s
			used += w
			continue
		}
		break
	}
	return out
}

// sentence ends a phrase as a sentence.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") ||
		strings.HasSuffix(s, ".”") || strings.HasSuffix(s, `."`) || strings.HasSuffix(s, `?"`) || strings.HasSuffix(s, `!"`) {
		return s
	}
	return s + "."
}

// listing joins phrases that may hold commas themselves: with commas where none
// does, else with semicolons.
func listing(phrases []string) string {
	for _, p := range phrases {
		if strings.ContainsAny(p, ",;") || strings.Contains(p, " and ") || strings.Contains(p, " or ") {
			return strings.Join(phrases, "; ")
		}
	}
	return and(phrases)
}

// times writes a small count as a word, a larger one in digits.
func times(n int) string {
	if n < len(small) {
		return small[n]
	}
	return strconv.Itoa(n)
}
