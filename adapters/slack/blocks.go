package slack

import (
	"strconv"
	"unicode/utf8"

	"careerbot/adapters/internal/fit"
)

// blocks writes Block Kit as JSON. An answer is written in a few microseconds,
// which is why it does not go through slack-go's types: those cost more to
// encode than the answer costs to find (see BenchmarkRender). Its output is
// read back by slack-go's types in the tests.
//
// It keeps count of what Slack limits for a message as a whole. Text goes into
// plain_text and rich_text only, so that nothing in it means anything.
type blocks struct {
	b      []byte
	n      int // blocks
	most   int // blocks that there may be
	text   int // characters of text in them
	tables int
	charts int
}

func newBlocks(most int) *blocks {
	return &blocks{b: append(make([]byte, 0, 8<<10), '['), most: most}
}

// bytes ends the list and is what was written.
func (w *blocks) bytes() []byte { return append(w.b, ']') }

// room says whether a block with n characters of text can still be added, and
// leaves reserve for what ends the message.
func (w *blocks) room(n, reserve int) bool {
	return w.n < w.most-reserveBlocks && w.text+n+reserve <= maxBlockText
}

// reserveBlocks are left for what ends a message: the word that it was
// shortened, sources, buttons, a second row of them, feedback.
const reserveBlocks = 5

// begin opens a block of that kind; end closes it.
func (w *blocks) begin(kind string) {
	if w.n > 0 {
		w.b = append(w.b, ',')
	}
	w.n++
	w.b = append(w.b, `{"type":"`...)
	w.b = append(w.b, kind...)
	w.b = append(w.b, '"')
}

func (w *blocks) end() { w.b = append(w.b, '}') }

func (w *blocks) raw(s string) { w.b = append(w.b, s...) }

// str writes s as a JSON string and counts nothing.
func (w *blocks) str(s string) { w.b = appendString(w.b, s) }

// counted writes text that people see.
func (w *blocks) counted(s string) {
	w.text += utf8.RuneCountInString(s)
	w.str(s)
}

// plain writes a text object of at most n characters. It may not be empty.
func (w *blocks) plain(s string, n int) {
	w.raw(`{"type":"plain_text","emoji":false,"text":`)
	w.counted(fit.Runes(s, n))
	w.raw(`}`)
}

func (w *blocks) section(text string) {
	w.begin("section")
	w.raw(`,"expand":true,"text":`)
	w.plain(text, maxSection)
	w.end()
}

func (w *blocks) header(text string, level int) {
	w.begin("header")
	w.raw(`,"level":`)
	w.b = strconv.AppendInt(w.b, int64(level), 10)
	w.raw(`,"text":`)
	w.plain(text, maxHeader)
	w.end()
}

func (w *blocks) context(texts ...string) {
	w.begin("context")
	w.raw(`,"elements":[`)
	for i, t := range texts {
		if i > 0 {
			w.raw(",")
		}
		w.plain(t, maxContextText)
	}
	w.raw(`]`)
	w.end()
}

// line is a line of a list: a term in bold, and text. Either may be "".
type line struct{ term, text string }

func (l line) runes() int {
	return utf8.RuneCountInString(l.term) + utf8.RuneCountInString(l.text) + 2
}

// list writes lines as a rich_text list, "bullet" or "ordered".
func (w *blocks) list(style string, lines []line) {
	w.begin("rich_text")
	w.raw(`,"elements":[{"type":"rich_text_list","style":"` + style + `","elements":[`)
	for i, l := range lines {
		if i > 0 {
			w.raw(",")
		}
		w.raw(`{"type":"rich_text_section","elements":[`)
		if l.term != "" {
			term := l.term
			if l.text != "" {
				term += ":"
			}
			w.raw(`{"type":"text","style":{"bold":true},"text":`)
			w.counted(term)
			w.raw(`}`)
		}
		if l.text != "" {
			text := l.text
			if l.term != "" {
				w.raw(",")
				text = " " + text
			}
			w.raw(`{"type":"text","text":`)
			w.counted(text)
			w.raw(`}`)
		}
		w.raw(`]}`)
	}
	w.raw(`]}]`)
	w.end()
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string. What is no UTF-8 becomes U+FFFD;
// characters that HTML or JavaScript give a meaning to are left as they are.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
			b = append(append(b, s[from:i]...), "\ufffd"...)
			i++
			from = i
			continue
		}
		b = append(b, s[from:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		from = i
	}
	return append(append(b, s[from:]...), '"')
}
