// Package fit makes text fit the limits of a platform.
package fit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Runes cuts s to at most n characters, at the end of a word where there is
// one in the last third, and ends it with an ellipsis. Text that fits comes
// back as it is. n below 1 gives "".
func Runes(s string, n int) string {
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	head := prefix(s, n-1)
	if at := strings.LastIndexFunc(head, unicode.IsSpace); at > len(head)*2/3 {
		head = head[:at]
	}
	return strings.TrimRightFunc(head, unicode.IsSpace) + "…"
}

// Pieces cuts s into pieces of at most n characters each: at the end of a
// line, a sentence or a word where there is one in the last half, so that
// nothing is lost but the space between. n must be 1 or more.
func Pieces(s string, n int) []string {
	var out []string
	for len(s) > n && utf8.RuneCountInString(s) > n {
		head := prefix(s, n)
		at := len(head)
		for _, end := range []string{"\n", ". ", " "} {
			if i := strings.LastIndex(head, end); i > len(head)/2 {
				at = i + len(strings.TrimRight(end, " "))
				break
			}
		}
		out = append(out, strings.TrimSpace(s[:at]))
		s = strings.TrimSpace(s[at:])
	}
	if s != "" || len(out) == 0 {
		out = append(out, s)
	}
	return out
}

// prefix is the first n characters of s, which has more.
func prefix(s string, n int) string {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}
