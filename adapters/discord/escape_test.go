package discord

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"careerbot/bot/bottest"
)

// meaningful is what Discord reads as something in text, if no backslash
// stands before it.
var meaningful = regexp.MustCompile("[*_~`|<\\[\\]#@]")

// mention is what Discord looks for in raw text, backslashes or not.
var mention = regexp.MustCompile(`(?i)<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<t:-?\d+(:\w)?>|</[^:]+:\d+>|<id:\w+>|@everyone|@here|https?://`)

// shown is the escaped text as a reader sees it.
func shown(s string) string {
	var b strings.Builder
	rs := []rune(s)
	for i := 0; i < len(rs); i++ {
		if rs[i] == '\\' && i+1 < len(rs) {
			i++
		}
		if rs[i] != '\u200b' {
			b.WriteRune(rs[i])
		}
	}
	return b.String()
}

// unescaped are the characters with a meaning that no backslash stands before.
func unescaped(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		b.WriteByte(s[i])
	}
	return strings.ReplaceAll(b.String(), "@\u200b", "")
}

func faultOfEscaped(s string) string {
	switch {
	case mention.MatchString(s):
		return "a mention: " + mention.FindString(s)
	case meaningful.MatchString(unescaped(s)):
		return "a meaning: " + meaningful.FindString(unescaped(s))
	case regexp.MustCompile(`(?m)^\s*([-+>]|\d+[.)])`).MatchString(s):
		return "a line that begins as a list, a quote or a heading"
	case regexp.MustCompile(`:[A-Za-z0-9_+-]+:`).MatchString(unescaped(s)):
		return "an emoji"
	case !utf8.ValidString(s):
		return "no UTF-8"
	}
	return ""
}

func TestEscapedTextMeansNothingAndReadsAsItWas(t *testing.T) {
	for _, s := range append([]string{bottest.Special, "a\nb", "C#", "node.js", "100 % of 3.5", "1. one\n2) two\n- three\n  - four", "> q", "snake_case_name", "10:30", "a: b", ":tada: x", "@Everyone"}, bottest.Lines...) {
		got := escape(s)
		if fault := faultOfEscaped(got); fault != "" {
			t.Errorf("%q is escaped %q: %s", s, got, fault)
		}
		if shown(got) != s {
			t.Errorf("%q reads %q", s, shown(got))
		}
	}
}

func TestWhatCannotBeSeenIsLeftOut(t *testing.T) {
	for in, want := range map[string]string{
		"a\u202eb\u200bc\u2066d\ufeffe": "abcde",
		"@\u200beveryone":               "@\u200beveryone", // broken anew
		"<\u200b@1>":                    `\<\@1>`,
		"a\x00b\x1b[31m":                `ab\[31m`,
		"one\r\ntwo\rthree\tfour":       "one\ntwo\nthree four",
		"👩‍💻 मैं क्\u200dष":             "👩‍💻 मैं क्\u200dष",
		"a\u200db":                      "ab",
		"\xff":                          "\ufffd",
	} {
		if got := escape(in); got != want {
			t.Errorf("%q is escaped %q, want %q", in, got, want)
		}
	}
}

func TestCutTextEndsAtASentenceAndSaysSo(t *testing.T) {
	s := "One sentence. Another one, which is longer. And a third."
	for n, want := range map[int]string{100: s, 50: "One sentence. Another one, which is longer. …", 20: "One sentence. …", 3: "O…", 1: "", 0: "", -1: ""} {
		got, whole := cut(s, n)
		if got != want || whole != (want == s) {
			t.Errorf("to %d: %q, %v", n, got, whole)
		}
	}
}

// Whatever text comes in, no mention and no markdown comes out, not even when
// it is escaped twice; and cut text is no longer than asked.
func FuzzEscape(f *testing.F) {
	f.Add(bottest.Special, 100)
	for _, l := range bottest.Lines {
		f.Add(l, 5)
	}
	f.Add("0:", 9)
	f.Add("<@1>@everyone\u200b\\<@1>", 7)
	f.Add("@\\everyone 1\\. :a:b: <\\t:1>", 7)
	f.Fuzz(func(t *testing.T, s string, n int) {
		once := escape(s)
		for _, e := range []string{once, escape(once), escape(once) + escape(s)} {
			if fault := faultOfEscaped(e); fault != "" {
				t.Fatalf("%q is escaped %q: %s", s, e, fault)
			}
		}
		if clean(clean(s)) != clean(s) {
			t.Fatalf("%q is not clean at once", s)
		}
		if n > 0 && n < 5000 {
			if c, _ := cut(s, n); length(c) > n {
				t.Fatalf("%q is cut to %q, which has more than %d", s, c, n)
			} else if fault := faultOfEscaped(c); fault != "" {
				t.Fatalf("%q is cut to %q: %s", s, c, fault)
			}
			if c := short(s, n); length(c) > n {
				t.Fatalf("%q is shortened to %q, which has more than %d", s, c, n)
			}
		}
	})
}
