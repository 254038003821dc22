// Package intent reads what a message asks: text, and the turns before it, to
// a typed [Reading]. It is deterministic, needs no network and no model, and
// says which words decided.
package intent

// Ask is what a message wants to know. The zero value is None.
type Ask uint8

// What can be asked. The names in [Ask.String] are the verbs of the text form
// that buttons carry; [Ask.Label] gives the label of the question bank.
const (
	None          Ask = iota
	Overview          // what the role is and does, whether it is a good career
	Day               // a typical day, hours, on-call, remote work
	Skills            // abilities and knowledge
	Tools             // software and languages in use
	Salary            // pay
	Progression       // what comes after the role
	Prerequisites     // how to get in
	Compare           // two to four roles set against each other
	Path              // the move from one occupation to another
	Recommend         // choose for me
	List              // enumerate roles
	Help              // greetings, thanks, what can you do
	UnknownRole       // a career fact about an occupation outside the catalogue
	OutOfScope        // anything else that is said to the bot
	Silent            // not said to the bot, and not for it
	Why               // how do you know? source? asked of the last answer
)

// Aspect is what a comparison is about.
type Aspect uint8

// The aspects of a comparison; AnyAspect compares everything.
const (
	AnyAspect Aspect = iota
	AspectSalary
	AspectSkills
	AspectTools
	AspectDay
	AspectOutlook
	AspectDifficulty
	AspectProgression
)

// A Trait is a like or dislike, in the closed vocabulary of the role pages'
// work block ([careerbot/knowledge.Traits]) or, for "?", not yet asked.
type Trait struct {
	Name string // "coding", "on-call" …
	Want int8   // 1 likes or wants it, -1 does not, 0 does not mind
}

// Limits of an intent. What is longer is cut when a message is read, so that
// every Intent that a [Reader] returns fits its text form in 100 bytes.
const (
	MaxRoles = 4
	MaxText  = 100 // bytes of Intent.String
)

// Intent is one question, understood. The zero value asks nothing.
// An Intent has a text form, [Intent.String], that reads back to the same
// value: it is what a button carries.
type Intent struct {
	Ask   Ask
	Also  []Ask    // asked besides Ask, in order; nil for one question
	Roles []string // role ids in the order asked; Path: from first, target last

	Aspect   Aspect   // Compare: what it is about
	Facets   []string // what narrows: "degree", "bootcamp", "oncall", "time" … sorted, of the closed set Facets
	Region   string   // "Germany", "Western Europe"; "" when none is in force
	City     string   // "Berlin", when Region was named by one of its cities
	Category string   // a category of the catalogue, or All
	Level    string   // a seniority that is no role of its own: "junior", "senior", "lead" …
	Years    string   // a band of experience as published: "0-4", "5-9", "10-19", "20+"

	Outside string  // an occupation that the catalogue lacks, as it was named: "nurse"
	Topic   string  // the subject of a yes-or-no question: "sql" in "is SQL enough?"
	Traits  []Trait // Recommend: likes, dislikes and limits, in the order said

	Page int  // List: 0 and 1 are the first page
	Full bool // Day: the whole text and not its outline
}

// All is the Category that means every field.
const All = "All"

// Certainty says how a reading may be used.
type Certainty uint8

const (
	Sure    Certainty = iota // answer it
	Choose                   // two to five Options: ask which
	Near                     // a name was nearly met: offer Options, never swap silently
	Nothing                  // a name or a wish that was not understood: say so
)

// A Word is one step of the explanation: these words were read as that.
type Word struct {
	Text  string // as written
	Means string // "role Backend Engineer", "asks salary", "region Germany"
}

// Reading is what a message was understood as.
type Reading struct {
	Intent  Intent
	Certain Certainty
	// Options are the readings to offer with Choose and Near, best first, two
	// to five with Choose and one to five with Near. Intent is then Options[0].
	Options []Intent
	// Name is the name that was ambiguous, nearly met or not met at all, as written.
	Name string
	// Inherited says that roles, question or region came from the turns before.
	Inherited bool
	// Likelihood is how likely the question is the one that is asked, rules and
	// weights taken together: from 0 to 1, and 0 for what was not weighed.
	Likelihood float64
	// Language is the ISO 639-1 code of a message that is not English, else "".
	Language string

	read *sentence // what it was read from, for Words; nil where nothing was
}

// Context is what earlier turns of a conversation left: ids and choices, never
// text. The zero value is a conversation that has not begun.
type Context struct {
	Last    Intent   // the last question that was about roles or a field
	Roles   []string // roles in the order that the person named them, for "the first one"; at most eight
	Offered []Intent // what the last answer offered as a choice, in order; nil if nothing
}

// AppendTo appends a text that two contexts share only when they are equal:
// nothing for a conversation that has not begun.
func (c Context) AppendTo(b []byte) []byte {
	if c.empty() {
		return b
	}
	b = c.Last.appendForm(b)
	for _, id := range c.Roles {
		b = append(append(b, 0), id...)
	}
	b = append(b, 1)
	for _, o := range c.Offered {
		b = o.appendForm(append(b, 0))
	}
	return b
}
