package terminal

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// columns is how many columns text takes up on a screen.
func columns(text string) int { return displaywidth.String(text) }

// clean takes out what a screen would act on: control characters, the first
// bytes of escape sequences, and marks that turn the writing direction. Line
// ends become spaces, and numbers stay with what is counted: "7 %", "n 648".
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '\t' && r <= '\r', r == '\u0085', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
	return keepNumbers.Replace(s)
}

var keepNumbers = strings.NewReplacer(" %", noBreak+"%", " n ", " n"+noBreak, "(n ", "(n"+noBreak)

// wrap breaks text at spaces into lines of at most width columns.
func wrap(text string, width int) []string { return wrapAfter(text, width, 0) }

// wrapAfter is wrap with lines after the first narrower by indent. A word that
// is wider than a line is broken: behind a comma, slash or hyphen where it has
// one, else between two characters.
func wrapAfter(text string, width, indent int) []string {
	var lines []string
	line, taken, room := "", 0, width
	end := func() {
		lines = append(lines, strings.ReplaceAll(line, noBreak, " "))
		line, taken, room = "", 0, width-indent
	}
	for word := range strings.SplitSeq(text, " ") {
		if word == "" {
			continue
		}
		w := columns(word)
		if line != "" {
			if taken+1+w <= room {
				line += " " + word
				taken += 1 + w
				continue
			}
			end()
		}
		for w > room {
			n := breakAt(word, room)
			line, word, w = word[:n], word[n:], w-columns(word[:n])
			end()
		}
		line, taken = word, w
	}
	if line != "" || lines == nil {
		end()
	}
	return lines
}

// noBreak is a space at which no line ends. It is written as a plain one.
const noBreak = "\u00a0"

// together keeps text on one line if it fits into width.
func together(text string, width int) string {
	if columns(text) > width {
		return text
	}
	return strings.ReplaceAll(text, " ", noBreak)
}

// breakAt says after how many bytes to break a word that is wider than width.
// It is at least one character.
func breakAt(word string, width int) int {
	end, nice, taken := 0, 0, 0
	for g := displaywidth.StringGraphemes(word); g.Next(); {
		if taken += g.Width(); taken > width && end > 0 {
			break
		}
		end += len(g.Value())
		switch g.Value() {
		case ",", "/", "-", "_", ".":
			nice = end
		}
	}
	if nice > 0 {
		return nice
	}
	return end
}
