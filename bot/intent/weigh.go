package intent

import (
	_ "embed"
	"sync"

	"careerbot/bot/intent/linear"
	"careerbot/knowledge"
)

//go:generate go run ./learn

// What the weights were learned for: what a message that is said to the bot
// asks, and whether one that is overheard is for it.
var (
	//go:embed asked.model
	askedModel string
	//go:embed spoken.model
	spokenModel string
)

// learned are the two models, read once.
var learned = sync.OnceValue(func() *weights { return &weights{mustParse(askedModel), mustParse(spokenModel)} })

type weights struct{ asked, spoken *linear.Model }

func mustParse(data string) *linear.Model {
	m, err := linear.Parse(data)
	if err != nil {
		panic(err) // what is built in was written by learn
	}
	return m
}

// Classes is how many intents the weights tell apart.
const Classes = int(OutOfScope-Overview) + 1

// ClassOf is the class of the bank's label, or -1 when it is no intent that
// the weights tell.
func ClassOf(label string) int {
	for a := Overview; a <= OutOfScope; a++ {
		if a.Label() == label {
			return int(a - Overview)
		}
	}
	return -1
}

// askOf is the question of a class.
func askOf(class int) Ask { return Overview + Ask(class) } //nolint:gosec // there are few

// ClassLabel is the bank's label of a class.
func ClassLabel(class int) string { return askOf(class).Label() }

// SpokenClass is the class of the bank's label for an overheard message: 1 for
// what is to be answered.
func SpokenClass(label string) int {
	if c := ClassOf(label); c >= 0 && askOf(c) <= List {
		return 1
	}
	return 0
}

// NewUnlearned is a Reader that goes by its rules alone: for the program that
// learns the weights.
func NewUnlearned(c *knowledge.Catalog) *Reader {
	r := New(c)
	r.weights = nil
	return r
}

// Features are what the weights weigh of a message: for the program that
// learns them.
func (r *Reader) Features(text string) []uint32 {
	return r.sentence(read(text), Context{}, false).features(false).sums
}
