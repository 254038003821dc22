package knowledge

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

var markdown = goldmark.DefaultParser()

// readSections reads the Markdown of a page's body: level-two headings open a
// section, level-three headings stand inside one. firstLine is the body's
// first line in the file.
func readSections(c *collector, body []byte, firstLine int) []Section {
	r := &sectionReader{c: c, src: body, firstLine: firstLine}
	doc := markdown.Parse(text.NewReader(body))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
	return r.sections
}

type sectionReader struct {
	c         *collector
	src       []byte
	firstLine int
	sections  []Section
	skipped   bool // text before the first heading was reported
}

func (r *sectionReader) line(n ast.Node) int {
	at := max(n.Pos(), 0)
	for x := n; x != nil; x = x.FirstChild() {
		if x.Type() == ast.TypeBlock && x.Lines().Len() > 0 {
			at = x.Lines().At(0).Start
			break
		}
	}
	return r.firstLine + bytes.Count(r.src[:at], []byte("\n"))
}

func (r *sectionReader) block(n ast.Node) {
	if h, ok := n.(*ast.Heading); ok && h.Level <= 2 {
		heading := PlainText(r.text(h))
		if h.Level == 1 {
			r.c.warnf(r.line(n), heading, "a heading of the first level: the title stands in the front matter, sections begin with ##")
			return
		}
		switch {
		case heading == "":
			r.c.errorf(r.line(n), "", "a heading without words: name the section or remove it")
		case slices.ContainsFunc(r.sections, func(s Section) bool { return s.Heading == heading }):
			r.c.errorf(r.line(n), heading, "the heading stands twice: put both texts under one")
		}
		r.sections = append(r.sections, Section{Heading: heading, Line: r.line(n), File: r.c.file})
		return
	}
	if _, ok := n.(*ast.ThematicBreak); ok {
		return
	}
	if len(r.sections) == 0 {
		if !r.skipped {
			r.c.warnf(r.line(n), "", "text before the first ## heading is not used: put it under a heading")
			r.skipped = true
		}
		return
	}
	s := &r.sections[len(r.sections)-1]
	add := func(b Block) {
		if b.Term != "" || b.Text != "" {
			s.Blocks = append(s.Blocks, b)
		}
	}
	switch n := n.(type) {
	case *ast.Heading:
		add(Block{Kind: Subhead, Text: PlainText(r.text(n)), Line: r.line(n)})
	case *ast.List:
		for it := n.FirstChild(); it != nil; it = it.NextSibling() {
			add(r.item(it))
		}
	default:
		add(Block{Kind: Para, Text: PlainText(r.text(n)), Line: r.line(n)})
	}
}

// item reads "**Term**: text", "**Term:** text", "[Title](id): text" or text.
func (r *sectionReader) item(n ast.Node) Block {
	b := Block{Kind: Item, Line: r.line(n)}
	first := n.FirstChild()
	if first == nil {
		return b
	}
	head := first.FirstChild()
	term, rest := "", ""
	switch h := head.(type) {
	case nil: // code or HTML
		rest = r.text(first)
	case *ast.Emphasis:
		if h.Level == 2 {
			term = r.text(h)
		}
	case *ast.Link:
		if dest := string(h.Destination); len(dest) <= maxID && idForm.MatchString(dest) {
			term, b.Link = r.text(h), dest
		}
	}
	if PlainText(term) == "" {
		term, b.Link = "", ""
	}
	for x := head; x != nil; x = x.NextSibling() {
		if x != head || term == "" {
			rest += r.text(x)
		}
	}
	for x := first.NextSibling(); x != nil; x = x.NextSibling() {
		rest += " " + r.text(x)
	}
	b.Text = PlainText(rest)
	if term == "" {
		return b
	}
	after, colon := strings.CutPrefix(b.Text, ":")
	bare := strings.TrimRight(PlainText(term), ": ")
	switch {
	case bare != "" && (b.Link != "" || colon || b.Text == "" || bare != PlainText(term)):
		b.Term, b.Text = bare, strings.TrimSpace(after)
	default: // bold words inside a sentence, not a term
		b.Text, b.Link = PlainText(term+rest), ""
	}
	return b
}

// text is the plain text of n and what is in it; markup falls away, links keep
// their text, raw HTML stays as the characters that it is.
func (r *sectionReader) text(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		s := string(unescape(n.Segment.Value(r.src)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			s += " "
		}
		return s
	case *ast.String:
		return string(n.Value)
	case *ast.CodeSpan:
		return r.raw(n)
	case *ast.AutoLink:
		return string(n.Label(r.src))
	case *ast.RawHTML:
		var b strings.Builder
		for i := range n.Segments.Len() {
			seg := n.Segments.At(i)
			b.Write(seg.Value(r.src))
		}
		return b.String()
	case *ast.CodeBlock, *ast.FencedCodeBlock, *ast.HTMLBlock:
		var b strings.Builder
		for i := range n.Lines().Len() {
			seg := n.Lines().At(i)
			b.Write(seg.Value(r.src))
			b.WriteByte(' ')
		}
		return b.String()
	}
	var b strings.Builder
	for x := n.FirstChild(); x != nil; x = x.NextSibling() {
		if x.Type() == ast.TypeBlock && b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(r.text(x))
	}
	return b.String()
}

// raw is the text of a code span, where backslashes and entities mean themselves.
func (r *sectionReader) raw(n ast.Node) string {
	var b strings.Builder
	for x := n.FirstChild(); x != nil; x = x.NextSibling() {
		if t, ok := x.(*ast.Text); ok {
			b.Write(t.Segment.Value(r.src))
		}
	}
	return b.String()
}

// formatBlocks writes blocks as Markdown that reads back to them.
func formatBlocks(b *bytes.Buffer, blocks []Block) {
	for i, bl := range blocks {
		if bl.Kind != Item || i == 0 || blocks[i-1].Kind != Item {
			b.WriteByte('\n')
		}
		switch bl.Kind {
		case Subhead:
			fmt.Fprintf(b, "### %s\n", escapeMarkdown(bl.Text))
		case Item:
			b.WriteString("- ")
			switch {
			case bl.Link != "":
				fmt.Fprintf(b, "[%s](%s)", escapeMarkdown(bl.Term), bl.Link)
			case bl.Term != "":
				fmt.Fprintf(b, "**%s**", escapeMarkdown(bl.Term))
			}
			if bl.Term != "" {
				b.WriteString(": ")
			}
			b.WriteString(escapeMarkdown(bl.Text))
			b.WriteByte('\n')
		default:
			fmt.Fprintf(b, "%s\n", escapeMarkdown(bl.Text))
		}
	}
}

var orderedStart = regexp.MustCompile(`^\d{1,9}[.)]`)

// escapeMarkdown writes plain text so that Markdown reads it as that text.
func escapeMarkdown(s string) string {
	var b strings.Builder
	if m := orderedStart.FindString(s); m != "" {
		b.WriteString(m[:len(m)-1] + `\` + m[len(m)-1:])
		s = s[len(m):]
	} else if s != "" && strings.ContainsRune("#-+>=~:", rune(s[0])) {
		b.WriteByte('\\')
	}
	for i := 0; i < len(s); i++ {
		switch ch := s[i]; ch {
		case '\\', '*', '`', '[', ']', '<', '&':
			b.WriteByte('\\')
		case '_':
			if i == 0 || i == len(s)-1 || !isWordByte(s[i-1]) || !isWordByte(s[i+1]) {
				b.WriteByte('\\')
			}
		case '#': // a closing sequence of a heading
			if i > 0 && s[i-1] == ' ' {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
