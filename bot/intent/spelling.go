package intent

import "strings"

// respelt are words as people write them in haste, and the words meant. The
// names of roles have their own short forms in the catalogue.
var respelt = map[string]string{
	"abt": "about", "bout": "about", "ppl": "people", "peeps": "people", "u": "you", "ya": "you", "yall": "you", "ur": "your", "wat": "what", "wht": "what", "wut": "what", "wot": "what", "whts": "whats", "wats": "whats",
	"wud": "would", "cud": "could", "shud": "should", "bcoz": "because", "coz": "because", "cuz": "because", "b4": "before", "gud": "good", "hw": "how", "thru": "through", "tho": "though", "rly": "really", "prolly": "probably",
	"smth": "something", "sth": "something", "gimme": "give", "lemme": "let", "wks": "weeks", "mths": "months", "hrs": "hours", "mgmt": "management", "sal": "salary", "reqs": "requirements", "quals": "qualifications",
	"uni": "university", "btwn": "between", "bw": "between", "lang": "language", "langs": "languages", "gotta": "must", "tmrw": "tomorrow", "diffs": "differences", "dif": "difference", "teh": "the",
	"rn": "now", "atm": "now", "nowadays": "now", "shld": "should", "wld": "would", "cld": "could", "jobz": "jobs", "frm": "from", "becum": "become", "becme": "become",
}

// respell puts words that were written in haste into the words meant: in
// lower case only, for capitals are names.
func respell(ts []token) {
	for i := range ts {
		t := &ts[i]
		if t.caps || t.shown == strings.ToUpper(t.shown) && len(t.shown) > 1 {
			continue
		}
		before, next := "", ""
		if i > 0 {
			before = ts[i-1].text
		}
		if i+1 < len(ts) {
			next = ts[i+1].text
		}
		switch t.text {
		case "r":
			if askers[before] || askers[next] {
				t.text = "are"
			}
		case "em":
			if theyBefore[before] {
				t.text = "them"
			}
		case "n":
			if t.shown == "n" && len(ts) > 1 {
				t.text = "and"
			}
		case "w":
			switch {
			case next == "o" && ts[i+1].gap == "/":
				t.text, ts[i+1].text = "without", "any"
			case next != "" && strings.HasPrefix(ts[i+1].gap, "/"):
				t.text = "with"
				ts[i+1].gap = ts[i+1].gap[1:]
			}
		default:
			if w, ok := respelt[t.text]; ok {
				t.text = w
			}
			for _, m := range misplaced {
				if t.text == m.written && (m.after == nil || m.after[before]) && (m.ahead == nil || m.ahead[next]) {
					t.text = m.meant
				}
			}
		}
	}
}

// joinDots takes out full stops that end no sentence: "sr. developer",
// ".NET developer", "node.js".
func joinDots(ts []token) {
	for i := range ts {
		t := &ts[i]
		if !strings.HasSuffix(t.gap, ".") {
			continue
		}
		next := ""
		if i+1 < len(ts) {
			next = ts[i+1].text
		}
		switch {
		case i > 0 && t.gap == "." && shortened[ts[i-1].text], i > 0 && t.gap == "." && t.text == "js":
			t.gap = ""
		case t.text == "net" && (t.shown == "NET" || coders[next]):
			t.text, t.gap = "dotnet", strings.TrimSuffix(t.gap, ".")
		}
	}
}

// misplaced are words that are spelt right and are nearly another, which is
// meant before or after some words of names.
var misplaced = []struct {
	written, meant string
	after, ahead   map[string]bool // nil for any word
}{
	{"backed", "backend", nil, coders},
	{"fronted", "frontend", nil, coders},
	{"leaning", "learning", wordSet("machine deep"), nil},
	{"treat", "threat", nil, wordSet("hunter hunters hunting analyst analysts intelligence intel")},
	{"chef", "chief", nil, wordSet("information technology technical data product digital security executive financial operating")},
	{"senor", "senior", nil, wordSet("software developer dev engineer data backend frontend full product project business machine qa ux ui network systems cloud devops security")},
	{"programer", "programmer", nil, nil},
	{"programers", "programmers", nil, nil},
}

var (
	shortened = wordSet("dir sr jr snr jnr dept mgr eng dev asst assoc tech")
	coders    = wordSet("developer developers dev devs engineer engineers programmer programmers coder coders architect core software web team")
)

var (
	askers     = wordSet("what how where who why which whats there they you we these those salaries jobs")
	theyBefore = wordSet("of to with for about from do make pay both get give tell are all")
)

// contracted are words before "'s" that stand for a verb; after others it
// says whose something is: "a DBA's week".
var contracted = wordSet("what who how it that he she there here where when why this let which whats one everybody everyone someone anyone")

// possessor is a word without the "'s" that says whose.
func possessor(shown, folded string) string {
	if n := len(shown); n > 3 && (shown[n-1] == 's' || shown[n-1] == 'S') && strings.HasSuffix(strings.TrimRight(shown, "sS"), "'") || strings.HasSuffix(shown, "’s") {
		if base := folded[:len(folded)-1]; base != "" && !contracted[base] {
			return base
		}
	}
	return folded
}
