package intent

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxRead is how many bytes of a message are read: what is longer is cut.
const maxRead = 16 << 10

// token is one word or sign of a message.
type token struct {
	text  string // folded: lower-case, no accents, no apostrophes
	shown string // as written
	gap   string // what stands between the token before and this one, spaces left out
	caps  bool   // written in capitals: "PM"
}

// message is a text, taken apart.
type message struct {
	tokens   []token
	end      string // what stands after the last token
	language string // ISO 639-1 when it is not English
}

var (
	codeBlock = regexp.MustCompile("(?s)```.*?(?:```|$)")
	codeSpan  = regexp.MustCompile("`[^`\n]*`")
	mention   = regexp.MustCompile(`<(?:@!?|@&|#|!)[^<>\n]{0,80}>`)
	botName   = regexp.MustCompile(`(?i)^\s*@?careerbot\b[\s,:]*|@careerbot\b`)
	slackLink = regexp.MustCompile(`<(?:https?|mailto)[^<>|\s]*(?:\|([^<>]*))?>`)
	bareLink  = regexp.MustCompile(`https?://\S+`)
	emojiName = regexp.MustCompile(`:[a-z0-9_+-]{2,40}:`)
	quoted    = regexp.MustCompile(`(?m)^\s*(?:>|&gt;)[ >].*$`)
)

// clean takes out what is no words of the asker: code, mentions, links,
// quotations, emoji names.
func clean(s string) string {
	if strings.ContainsRune(s, '`') {
		s = codeBlock.ReplaceAllString(s, " ")
		s = codeSpan.ReplaceAllString(s, " ")
	}
	if strings.ContainsAny(s, ">&") {
		if q := quoted.ReplaceAllString(s, " "); strings.TrimSpace(q) != "" {
			s = q
		}
	}
	if strings.ContainsRune(s, '<') {
		s = mention.ReplaceAllString(s, " ")
		s = slackLink.ReplaceAllString(s, " $1 ")
	}
	if strings.Contains(s, "://") {
		s = bareLink.ReplaceAllString(s, " ")
	}
	if strings.Count(s, ":") > 1 {
		s = emojiName.ReplaceAllString(s, " ")
	}
	if strings.Contains(strings.ToLower(s), "careerbot") {
		s = botName.ReplaceAllString(s, " ")
	}
	if strings.ContainsRune(s, '&') {
		s = html.UnescapeString(s)
	}
	return s
}

// lookalikes are Cyrillic and Greek letters that pass for Latin ones.
var lookalikes = map[rune]rune{
	'а': 'a', 'в': 'b', 'е': 'e', 'к': 'k', 'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'с': 'c', 'т': 't', 'у': 'y', 'х': 'x', 'ѕ': 's', 'і': 'i', 'ј': 'j', 'ԁ': 'd', 'ɡ': 'g', 'ո': 'n', 'ѵ': 'v', 'ӏ': 'l',
	'α': 'a', 'ο': 'o', 'ρ': 'p', 'ν': 'v', 'ε': 'e', 'ι': 'i', 'κ': 'k', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ѡ': 'w',
}

// unmask reads a word that mixes Latin letters with lookalikes as Latin.
func unmask(w string) string {
	latin, other := false, false
	for _, r := range w {
		latin = latin || r < utf8.RuneSelf && unicode.IsLetter(r)
		_, is := lookalikes[r]
		other = other || is
	}
	if !latin || !other {
		return w
	}
	return latinised(w)
}

func latinised(w string) string {
	return strings.Map(func(r rune) rune {
		if l, ok := lookalikes[r]; ok {
			return l
		}
		return r
	}, w)
}

// read takes a text apart.
func read(text string) message {
	if len(text) > maxRead {
		text = text[:maxRead]
	}
	text = clean(text)
	plain := true
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if !plain {
		text = norm.NFKC.String(strings.ToValidUTF8(text, " "))
	}
	language := ""
	if !plain {
		if language = scriptOf(text); language != "" {
			text = unspacedPlaces().Replace(unspaced.Replace(strings.ToLower(text)))
		}
	}
	m := message{language: language, tokens: make([]token, 0, len(text)/5+2)}
	gapFrom := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !wordRune(r) {
			if sign, n := signAt(text[i:]); n > 0 {
				m.tokens = append(m.tokens, token{text: sign, shown: text[i : i+n], gap: gapOf(text[gapFrom:i])})
				i += n
				gapFrom = i
				continue
			}
			i += size
			continue
		}
		j := i + size
		for j < len(text) {
			r, size := utf8.DecodeRuneInString(text[j:])
			if !wordRune(r) && !(joins(r) && nextIsWord(text[j+size:])) && !((r == '.' || r == ',') && inNumber(text, i, j)) {
				break
			}
			j += size
		}
		m.add(text[i:j], gapOf(text[gapFrom:i]), plain)
		i, gapFrom = j, j
	}
	m.end = gapOf(text[gapFrom:])
	if language == "" {
		m.speak()
	}
	if m.language == "" {
		respell(m.tokens)
	}
	return m
}

// wordRune is what words are made of: letters, digits, marks on them, + and #.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '#'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || ignorable(r)
}

// joins says whether r inside a word is passed over: apostrophes.
func joins(r rune) bool { return r == '\'' || r == '’' || r == '`' || r == '´' }

// inNumber says whether the sign at j stands within the number that begins at
// from: "3.5", "60,000".
func inNumber(text string, from, j int) bool {
	digit := func(i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }
	return digit(from) && digit(j-1) && digit(j+1)
}

func nextIsWord(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return wordRune(r)
}

// ignorable says whether r shows nothing: zero-width marks, direction marks,
// variation selectors.
func ignorable(r rune) bool {
	return r == '\u00AD' || r == '\u034F' || r == '\u061C' || r >= '\u200B' && r <= '\u200F' || r >= '\u202A' && r <= '\u202E' ||
		r >= '\u2060' && r <= '\u206F' || r >= '\uFE00' && r <= '\uFE0F' || r == '\uFEFF' || r >= 0xE0000 && r <= 0xE0FFF
}

// signs are read as words: arrows, currency, and what stands for "and".
var signs = []struct{ as, sign string }{
	{"->", "->"}, {"->", "-->"}, {"->", "=>"}, {"->", "→"}, {"->", "⇒"}, {"->", "➡"}, {"->", "➜"}, {"->", "»"}, {"->", ">"},
	{"¤", "$"}, {"¤", "€"}, {"¤", "£"}, {"¤", "¥"}, {"¤", "₹"}, {"and", "&"}, {"%", "%"},
}

func signAt(s string) (string, int) {
	for _, x := range signs {
		if strings.HasPrefix(s, x.sign) {
			return x.as, len(x.sign)
		}
	}
	return "", 0
}

func gapOf(s string) string {
	if s == "" || s == " " {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && r != '\n' || ignorable(r) {
			return -1
		}
		return r
	}, s)
}

func (m *message) add(shown, gap string, plain bool) {
	t := token{shown: shown, gap: gap}
	letters, lower := 0, 0
	for _, r := range shown {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.IsUpper(r) {
				lower++
			}
		}
	}
	t.caps = letters >= 2 && lower == 0 || letters > 2 && lower == 1 && strings.HasSuffix(shown, "s")
	t.text = possessor(shown, foldWord(shown, plain))
	switch t.text {
	case "":
		return
	case "+": // "tools + salary"
		t.text = "and"
	}
	m.tokens = append(m.tokens, t)
}

// foldWord is a word as it is compared.
func foldWord(w string, plain bool) string {
	if !plain {
		w = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) || ignorable(r) {
				return -1
			}
			return r
		}, norm.NFKD.String(w))
		w = unmask(strings.ToLower(w))
	} else {
		w = strings.ToLower(w)
	}
	if strings.ContainsAny(w, "'’`´") {
		w = strings.Map(func(r rune) rune {
			if joins(r) {
				return -1
			}
			return r
		}, w)
	}
	return w
}
