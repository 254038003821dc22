package bot

import (
	"hash/maphash"

	lru "github.com/hashicorp/golang-lru/v2"

	"careerbot/bot/intent"
)

// mostUnderstood is how many readings are kept: the questions that are asked
// in the same words again and again, and those of the buttons.
const mostUnderstood = 2048

// understood keeps what questions were read as by one reader. It holds no
// text: a question is known by two sums of its words and of the context that
// it was read in, from seeds of this process. It is safe for concurrent use.
type understood struct {
	reader   *intent.Reader
	seeds    [2]maphash.Seed
	readings *lru.Cache[[2]uint64, intent.Reading]
}

func newUnderstood(r *intent.Reader) *understood {
	readings, err := lru.New[[2]uint64, intent.Reading](mostUnderstood)
	if err != nil {
		panic(err) // a size below one, which the constant is not
	}
	return &understood{r, [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, readings}
}

// read is the reader's reading, found or made. One that holds words of the
// person's, or that is not sure, is made each time.
func (u *understood) read(text string, before intent.Context, overheard bool) intent.Reading {
	var room [512]byte
	key := u.key(append(before.AppendTo(room[:0]), 0xff), text, overheard)
	if r, ok := u.readings.Get(key); ok {
		return r
	}
	r := u.reader.Read(text, before, overheard)
	if r.Certain == intent.Sure && r.Intent.Outside == "" && r.Intent.Topic == "" && !speaksBack(r.Intent) {
		u.readings.Add(key, intent.Reading{Intent: r.Intent, Inherited: r.Inherited, Language: r.Language})
	}
	return r
}

// key sums b, which holds the context, and the text.
func (u *understood) key(b []byte, text string, overheard bool) (key [2]uint64) {
	if overheard {
		b = append(b, 0xff)
	}
	b = append(b, text...)
	for i, seed := range u.seeds {
		key[i] = maphash.Bytes(seed, b)
	}
	return key
}
