package bot

import (
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"

	"careerbot/bot/intent"
)

// mostComposed is how many answers are kept after they were composed: those
// that are asked for again and again, a few thousand bytes each.
const mostComposed = 512

// composed keeps answers of one catalogue by their tags. It is safe for
// concurrent use.
type composed struct {
	generation string
	answers    *lru.Cache[string, Answer]
}

// generations numbers the catalogues of this process, so that no answer of one
// is taken for an answer of another.
var generations atomic.Int64

func newComposed() *composed {
	answers, err := lru.New[string, Answer](mostComposed)
	if err != nil {
		panic(err) // a size below one, which the constant is not
	}
	return &composed{strconv.FormatInt(generations.Add(1), 36), answers}
}

// tag names the answer to a reading by all that it depends on, or is "" when
// it depends on more than the intent: on the conversation before, or on words
// that are said back.
func (c *composed) tag(r intent.Reading, region string) string {
	in := r.Intent
	if r.Certain != intent.Sure || speaksBack(in) {
		return ""
	}
	return strings.Join([]string{c.generation, in.String(), r.Language, region}, "\x00")
}

// speaksBack says whether the answer to an intent may hold words of the
// question, or depends on the answer before.
func speaksBack(in intent.Intent) bool {
	switch in.Ask {
	case intent.None, intent.Why, intent.UnknownRole, intent.Silent, intent.OutOfScope:
		return true
	case intent.Compare:
		if len(in.Roles) < 2 {
			return true
		}
	}
	return in.Outside != "" || slices.ContainsFunc(in.Facets, func(f string) bool {
		return f == "unknown_role" || f == "from_outside" || f == "to_outside"
	})
}
