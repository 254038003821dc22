package discord

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"careerbot/adapters/internal/fit"
)

// escape writes text so that Discord shows it as it stands: no markdown, no
// link, no mention, no time, no emoji. Escaped a second time it shows the
// backslashes of the first, and still means nothing.
// https://docs.discord.com/developers/reference#message-formatting
func escape(s string) string {
	s = clean(s)
	if !strings.ContainsAny(s, "\\*_~`|<>[]#@:-+.)") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	start, digits := true, false // of a line; nothing but digits since
	for i, r := range s {
		rest := s[i+utf8.RuneLen(r):]
		switch r {
		case '\\', '*', '_', '~', '`', '|', '<', '[', ']', '#':
			b.WriteByte('\\')
		case '@':
			if everyone(rest) {
				b.WriteString("@\u200b") // looked for before markdown is read
				start, digits = false, false
				continue
			}
			b.WriteByte('\\')
		case ':': // of an emoji, a time, a command, a link
			if next, _ := utf8.DecodeRuneInString(rest); !unicode.IsSpace(next) {
				b.WriteByte('\\')
			}
		case '/': // of a command
			if strings.HasSuffix(b.String(), "<") {
				b.WriteByte('\\')
			}
		case '-', '+', '>':
			if start {
				b.WriteByte('\\')
			}
		case '.', ')':
			if digits {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
		switch {
		case r == '\n':
			start, digits = true, false
		case start && unicode.IsSpace(r):
		default:
			digits = (start || digits) && '0' <= r && r <= '9'
			start = false
		}
	}
	return b.String()
}

// everyone says whether s goes on as a mention of all does after its @.
func everyone(s string) bool {
	for _, name := range [...]string{"everyone", "here"} {
		if len(s) >= len(name) && strings.EqualFold(s[:len(name)], name) {
			return true
		}
	}
	return false
}

// clean leaves out what cannot be seen: control characters, marks of direction
// and of no width. What joins letters of scripts that need it, and emoji,
// stays between them.
func clean(s string) string {
	if !strings.ContainsFunc(s, unseen) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	before := rune(0)
	for _, r := range strings.ReplaceAll(s, "\r\n", "\n") {
		switch {
		case !unseen(r):
		case joins(r) && before > unicode.MaxASCII:
		case r == '\t':
			r = ' '
		case r == '\r', r == '\v', r == '\f', r == '\u2028', r == '\u2029', r == '\u0085':
			r = '\n'
		default:
			continue
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

func unseen(r rune) bool {
	return r != '\n' && r != ' ' && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp))
}

func joins(r rune) bool { return r == '\u200c' || r == '\u200d' }

// oneLine is clean text on one line.
func oneLine(s string) string {
	s = clean(s)
	if !strings.ContainsRune(s, '\n') {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// cut escapes s and keeps it to n characters, at the end of a sentence where
// there is one, with an ellipsis, and says whether that was all of it.
func cut(s string, n int) (escaped string, whole bool) {
	if escaped = escape(s); length(escaped) <= n {
		return escaped, true
	}
	s = clean(s)
	for most := min(n, utf8.RuneCountInString(s)); most > 2; {
		head := fit.Pieces(first(s, most-1), most-2)[0]
		if strings.HasSuffix(head, ".") || strings.HasSuffix(head, "!") || strings.HasSuffix(head, "?") {
			head += " "
		}
		head += "…"
		escaped = escape(head)
		over := length(escaped)
		if over <= n {
			return escaped, false
		}
		most = min(most-1, most*n/over)
	}
	return "", false
}

// first is at most n characters of s, so that long text is not gone through
// for a few words of it.
func first(s string, n int) string {
	for at := range s {
		if n--; n < 0 {
			return s[:at]
		}
	}
	return s
}

// short is s on one line, unescaped, of at most n characters: for what Discord
// shows as it stands, such as the label of a button.
func short(s string, n int) string {
	s = first(strings.TrimSpace(oneLine(s)), n+1)
	for most := n; length(s) > n; most-- {
		s = fit.Runes(s, most)
	}
	return s
}

func nonEmpty(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}
