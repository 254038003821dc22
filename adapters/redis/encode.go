package redis

import (
	"encoding/binary"
	"errors"
	"time"

	"careerbot/bot"
	"careerbot/bot/intent"
)

// A conversation as it is stored: a version, when it is over, when it was, an
// id that is the same under all its names, and its context. Numbers are
// varints; strings and lists begin with their length. What is asked stands by
// its name and not by its number, which another version may give to something
// else.

const (
	conversationVersion = 1
	// maxConversation is more than any that a Reader makes: seven text forms
	// of 100 bytes each (intent.MaxText), and role ids.
	maxConversation = 2 << 10
	maxItems        = 64 // in a list
	idLen           = 8  // bytes
)

var (
	errTooLarge = errors.New("redis: the conversation is too large to be kept")
	errGarbage  = errors.New("redis: a value that this version does not know")
)

// encode is the conversation as [decode] reads it.
func encode(c bot.Conversation, id [idLen]byte, until time.Time) ([]byte, error) {
	b := append(make([]byte, 0, 256), conversationVersion)
	b = binary.AppendVarint(b, until.UnixMilli())
	b = binary.AppendVarint(b, c.At.UnixNano())
	b = append(b, id[:]...)
	b = appendIntent(b, c.Context.Last)
	b = appendList(b, c.Context.Roles, appendString)
	b = appendList(b, c.Context.Offered, appendIntent)
	if len(b) > maxConversation {
		return nil, errTooLarge
	}
	return b, nil
}

func appendIntent(b []byte, in intent.Intent) []byte {
	b = appendString(b, in.Ask.String())
	b = appendList(b, in.Also, func(b []byte, a intent.Ask) []byte { return appendString(b, a.String()) })
	b = appendList(b, in.Roles, appendString)
	b = appendString(b, in.Aspect.String())
	b = appendList(b, in.Facets, appendString)
	for _, s := range []string{in.Region, in.City, in.Category, in.Level, in.Years, in.Outside, in.Topic} {
		b = appendString(b, s)
	}
	b = appendList(b, in.Traits, func(b []byte, t intent.Trait) []byte {
		return binary.AppendVarint(appendString(b, t.Name), int64(t.Want))
	})
	b = binary.AppendVarint(b, int64(in.Page))
	if in.Full {
		return append(b, 1)
	}
	return append(b, 0)
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendList[T any](b []byte, list []T, each func([]byte, T) []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, item := range list {
		b = each(b, item)
	}
	return b
}

// stored is a conversation as it was read.
type stored struct {
	conv  bot.Conversation
	id    [idLen]byte
	until time.Time
}

// decode reads what encode wrote. Anything else is errGarbage.
func decode(value []byte) (stored, error) {
	r := reader{b: value}
	if r.byte() != conversationVersion || len(value) > maxConversation {
		return stored{}, errGarbage
	}
	var s stored
	s.until = time.UnixMilli(r.varint())
	s.conv.At = time.Unix(0, r.varint()).UTC()
	copy(s.id[:], r.take(idLen))
	s.conv.Context = intent.Context{Last: r.intent(), Roles: readList(&r, (*reader).string), Offered: readList(&r, (*reader).intent)}
	if r.bad || len(r.b) > 0 {
		return stored{}, errGarbage
	}
	return s, nil
}

// reader takes a value apart. Once it has met what it does not know it is bad,
// and reads zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	t := r.b[:n]
	r.b = r.b[n:]
	return t
}

func (r *reader) byte() byte {
	if t := r.take(1); t != nil {
		return t[0]
	}
	return 0
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		n = -1
	}
	r.take(n)
	return v
}

func (r *reader) length(most int) int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > uint64(most) { //nolint:gosec // most is small
		r.take(-1)
		return 0
	}
	r.take(n)
	return int(v) //nolint:gosec // no more than most
}

func (r *reader) string() string { return string(r.take(r.length(maxConversation))) }

// readList is nil for an empty list.
func readList[T any](r *reader, each func(*reader) T) []T {
	var list []T
	for range r.length(maxItems) {
		list = append(list, each(r))
	}
	return list
}

func (r *reader) intent() intent.Intent {
	var in intent.Intent
	in.Ask = r.ask()
	in.Also = readList(r, (*reader).ask)
	in.Roles = readList(r, (*reader).string)
	in.Aspect = r.aspect()
	in.Facets = readList(r, (*reader).string)
	for _, to := range []*string{&in.Region, &in.City, &in.Category, &in.Level, &in.Years, &in.Outside, &in.Topic} {
		*to = r.string()
	}
	in.Traits = readList(r, func(r *reader) intent.Trait { return intent.Trait{Name: r.string(), Want: int8(r.varint())} }) //nolint:gosec // -1, 0 or 1
	in.Page = int(r.varint())
	in.Full = r.byte() == 1
	return in
}

func (r *reader) ask() intent.Ask {
	name := r.string()
	for a := intent.None; a <= intent.Why; a++ {
		if a.String() == name {
			return a
		}
	}
	r.take(-1)
	return intent.None
}

func (r *reader) aspect() intent.Aspect {
	name := r.string()
	for a := intent.AnyAspect; a <= intent.AspectProgression; a++ {
		if a.String() == name {
			return a
		}
	}
	r.take(-1)
	return intent.AnyAspect
}
