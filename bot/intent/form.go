package intent

import (
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"careerbot/knowledge"
)

// kinds of questions: the verb of the text form, and the label of the bank.
var asks = [...]struct{ verb, label string }{
	None: {"none", "out_of_scope"}, Overview: {"overview", "overview"}, Day: {"day", "day"}, Skills: {"skills", "skills"},
	Tools: {"tools", "tools"}, Salary: {"pay", "salary"}, Progression: {"next", "progression"}, Prerequisites: {"into", "prerequisites"},
	Compare: {"compare", "compare"}, Path: {"path", "path"}, Recommend: {"recommend", "recommend"}, List: {"list", "list"},
	Help: {"help", "help"}, UnknownRole: {"unknown", "unknown_role"}, OutOfScope: {"out", "out_of_scope"}, Silent: {"silent", "silent"},
	Why: {"why", "help"},
}

var aspects = [...]string{AnyAspect: "", AspectSalary: "salary", AspectSkills: "skills", AspectTools: "tools", AspectDay: "day",
	AspectOutlook: "outlook", AspectDifficulty: "difficulty", AspectProgression: "progression"}

// verbs and aspectNamed read back what the text form writes.
var (
	verbs = func() map[string]Ask {
		m := map[string]Ask{}
		for a := None; a <= Why; a++ {
			m[a.String()] = a
		}
		return m
	}()
	aspectNamed = func() map[string]Aspect {
		m := map[string]Aspect{}
		for a := AspectSalary; a <= AspectProgression; a++ {
			m[a.String()] = a
		}
		return m
	}()
)

// Facets are the words that may narrow a question, in the order of the text form.
var Facets = []string{"outlook", "pros_cons", "difficulty", "degree", "certifications", "courses", "bootcamp", "learning", "time", "steps",
	"age", "background", "experience", "prior_role", "freelance", "remote", "part_time", "company", "entry", "intern", "senior", "lead",
	"levels", "languages", "math", "enough", "hours", "oncall", "equity", "from_outside", "to_outside", "unknown_role", "self-taught"}

var levels = []string{"intern", "entry", "junior", "mid", "senior", "lead", "staff", "principal", "manager", "executive"}

var yearBands = []string{"0-4", "5-9", "10-19", "20+"}

// String is the verb of the text form.
func (a Ask) String() string { return asks[a].verb }

// Label is the question bank's label.
func (a Ask) Label() string { return asks[a].label }

func (a Aspect) String() string { return aspects[a] }

func (c Certainty) String() string { return [...]string{"sure", "choose", "near", "nothing"}[c] }

// String is the intent's text form: a verb, role ids, and key:value words,
// such as "pay backend-engineer in:germany". [Reader.Read] gives the same
// intent back. Ids are written as five characters after a ~ where they would
// make the form longer than MaxText.
func (i Intent) String() string {
	var room [2 * MaxText]byte
	return string(i.appendForm(room[:0]))
}

// appendForm appends the text form.
func (i Intent) appendForm(b []byte) []byte {
	long := i.appendWith(b, false)
	if len(long)-len(b) > MaxText {
		return i.appendWith(b, true)
	}
	return long
}

func (i Intent) appendWith(b []byte, short bool) []byte {
	b = append(b, i.Ask.String()...)
	for _, id := range i.Roles {
		if short {
			id = shortID(id)
		}
		b = append(append(b, ' '), id...)
	}
	for n, a := range i.Also {
		b = listed(b, n, " and:", a.String())
	}
	b = pair(b, " about:", i.Aspect.String())
	if i.City != "" {
		b = pair(b, " city:", i.City)
	} else {
		b = pair(b, " in:", i.Region)
	}
	b = pair(b, " field:", i.Category)
	for n, f := range i.Facets {
		b = listed(b, n, " with:", f)
	}
	b = pair(b, " level:", i.Level)
	b = pair(b, " years:", i.Years)
	b = pair(b, " not:", i.Outside)
	b = pair(b, " topic:", i.Topic)
	for n, t := range i.Traits {
		if n > 0 && t.Want == i.Traits[n-1].Want {
			b = append(append(b, ','), t.Name...)
			continue
		}
		b = append(append(b, ' '), wants[t.Want+1]...)
		b = append(append(b, ':'), t.Name...)
	}
	if i.Page > 1 {
		b = strconv.AppendInt(append(b, " page:"...), int64(i.Page), 10)
	}
	if i.Full {
		b = append(b, " full"...)
	}
	return b
}

// pair appends what is set, its words joined by dashes: "Backend & more" is
// "backend-&-more".
func pair(b []byte, key, value string) []byte {
	if value == "" {
		return b
	}
	return append(append(b, key...), dashed(value)...)
}

// listed appends the nth of a list.
func listed(b []byte, n int, key, value string) []byte {
	if n > 0 {
		key = ","
	}
	return append(append(b, key...), value...)
}

var (
	wants  = [...]string{"no", "any", "like"}
	wanted = map[string]int8{"no": -1, "any": 0, "like": 1}
)

// dashed writes words as one.
func dashed(s string) string { return strings.ReplaceAll(strings.ToLower(s), " ", "-") }

// shortID is an id in six characters.
func shortID(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash takes everything
	s := strconv.FormatUint(uint64(h.Sum32()%(36*36*36*36*36)), 36)
	return "~" + strings.Repeat("0", 5-len(s)) + s
}

// fit makes an intent fit its text form, by leaving out what matters least.
func (i Intent) fit() Intent {
	i.Roles = i.Roles[:min(len(i.Roles), MaxRoles)]
	cuts := []func() bool{
		func() bool { return pop(&i.Facets) },
		func() bool { return pop(&i.Traits) },
		func() bool { return pop(&i.Also) },
		func() bool { ok := i.Topic != ""; i.Topic = ""; return ok },
		func() bool { ok := i.Outside != ""; i.Outside = ""; return ok },
		func() bool { return pop(&i.Roles) },
	}
	var room [2 * MaxText]byte
	for len(i.appendForm(room[:0])) > MaxText {
		done := true
		for _, cut := range cuts {
			if cut() {
				done = false
				break
			}
		}
		if done {
			break
		}
	}
	return i
}

func pop[T any](s *[]T) bool {
	n := len(*s)
	if n == 0 {
		return false
	}
	*s = slices.Clone((*s)[:n-1])
	if n == 1 {
		*s = nil
	}
	return true
}

// freestanding verbs mean something without anything after them, whatever was
// said before.
var freestanding = []Ask{Recommend, List, Help, OutOfScope, Silent, UnknownRole, Why}

// parse reads the text form. ok is false for anything else; fresh says that no
// turn went before, so that a bare verb can mean nothing but itself.
func (r *Reader) parse(text string, fresh bool) (in Intent, ok bool) {
	if len(text) > MaxText+20 || text == "" || text[0] < 'a' || text[0] > 'z' {
		return Intent{}, false
	}
	words := strings.Split(text, " ")
	in.Ask, ok = verbs[words[0]]
	if !ok {
		return Intent{}, false
	}
	if len(words) == 1 {
		return in, fresh || slices.Contains(freestanding, in.Ask)
	}
	for _, w := range words[1:] {
		key, value, pair := strings.Cut(w, ":")
		switch {
		case w == "full":
			in.Full = true
		case !pair:
			id := r.expand(w)
			if id == "" || len(in.Roles) == MaxRoles {
				return Intent{}, false
			}
			in.Roles = append(in.Roles, id)
		case value == "" || !r.parsePair(&in, key, value):
			return Intent{}, false
		}
	}
	return in, true
}

// expand is the role id that a word of the text form stands for, "" for none.
func (r *Reader) expand(w string) string {
	if r.c.Role(w) != nil {
		return w
	}
	return r.short[w]
}

func (r *Reader) parsePair(in *Intent, key, value string) bool {
	switch key {
	case "and":
		for _, v := range strings.Split(value, ",") {
			a, ok := verbs[v]
			if !ok {
				return false
			}
			in.Also = append(in.Also, a)
		}
	case "about":
		var ok bool
		in.Aspect, ok = aspectNamed[value]
		return ok
	case "in":
		in.Region = regionNamed(value)
		if in.Region == "" {
			in.Region = r.regions[value]
		}
		return in.Region != ""
	case "city":
		p, ok := cityNamed(value)
		in.City, in.Region = p.city, p.region
		return ok
	case "field":
		in.Category = r.fields[value]
		return in.Category != ""
	case "with":
		return split(value, Facets, &in.Facets)
	case "level":
		in.Level = value
		return slices.Contains(levels, value)
	case "years":
		in.Years = value
		return slices.Contains(yearBands, value)
	case "not":
		in.Outside = strings.ReplaceAll(value, "-", " ")
		return in.Outside == strings.Join(knowledge.Words(in.Outside), " ")
	case "topic":
		in.Topic = strings.ReplaceAll(value, "-", " ")
		return in.Topic == strings.Join(knowledge.Words(in.Topic), " ")
	case "like", "no", "any":
		var names []string
		ok := split(value, knowledge.Traits[:], &names)
		for _, n := range names {
			in.Traits = append(in.Traits, Trait{n, wanted[key]})
		}
		return ok
	case "page":
		n, err := strconv.Atoi(value)
		in.Page = n
		return err == nil && n > 1 && n < 1000
	default:
		return false
	}
	return true
}

// split reads a list of words of a closed set.
func split(value string, known []string, to *[]string) bool {
	for _, v := range strings.Split(value, ",") {
		if !slices.Contains(known, v) {
			return false
		}
		*to = append(*to, v)
	}
	return true
}
