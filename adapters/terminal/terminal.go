// Package terminal shows answers in a shell and holds a conversation there.
package terminal

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"careerbot/bot"
)

// Look is how a screen shows answers.
type Look struct {
	Width  int  // columns; 0 means 80, less than 20 means 20
	Colour bool // SGR codes for weight and dimness; nothing is told by colour alone
}

const (
	defaultWidth = 80
	leastWidth   = 20
)

// The only styles in use, and what ends them.
const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	reset = "\x1b[0m"
)

// Render writes the answer for a screen: the lead first, wrapped to the width,
// tables set flush where they fit and as lines where they do not. It ends in a
// newline; a Silent answer is "".
func Render(a bot.Answer, look Look) string {
	if a.Kind == bot.Silent {
		return ""
	}
	if look.Width == 0 {
		look.Width = defaultWidth
	}
	p := &printer{look: look, width: max(look.Width, leastWidth)}
	p.para(bold, "", a.Lead)
	for _, part := range a.Parts {
		p.part(part)
	}
	p.actions(a.Actions)
	p.sources(a.Sources)
	return p.b.String()
}

type printer struct {
	b     strings.Builder
	look  Look
	width int
}

func (p *printer) part(part bot.Part) {
	switch part := part.(type) {
	case bot.Paragraph:
		p.heading(part.Heading)
		p.para("", "", part.Text)
	case bot.List:
		p.heading(part.Heading)
		for i, it := range part.Items {
			mark := "- "
			if part.Ordered {
				mark = strconv.Itoa(i+1) + ". "
			}
			p.para("", mark, it.String())
		}
	case bot.Facts:
		p.heading(part.Heading)
		p.facts(part.Facts)
	case bot.Table:
		p.heading(part.Heading)
		p.table(part)
	case bot.Chart: // its figures stand in the other parts
	case bot.Note:
		p.b.WriteByte('\n')
		p.para(dim, "", "Note: "+part.Text)
	}
}

func (p *printer) heading(h string) {
	p.b.WriteByte('\n')
	if h != "" {
		p.para(bold, "", h)
	}
}

// para writes text wrapped to the width, lines after the first set in under
// the mark.
func (p *printer) para(style, mark, text string) {
	indent := strings.Repeat(" ", ansi.StringWidth(mark))
	for i, line := range wrap(clean(text), p.width-len(indent)) {
		lead := indent
		if i == 0 {
			lead = mark
		}
		p.line(style, lead+line)
	}
}

func (p *printer) line(style, text string) {
	text = strings.TrimRight(text, " ")
	if p.look.Colour && style != "" && text != "" {
		text = style + text + reset
	}
	p.b.WriteString(text + "\n")
}

func wrap(text string, width int) []string {
	return strings.Split(ansi.Wrap(text, max(width, 8), ""), "\n")
}

// facts sets short values flush behind their names, longer ones below.
func (p *printer) facts(facts []bot.Fact) {
	name := 0
	for _, f := range facts {
		name = max(name, ansi.StringWidth(clean(f.Name)))
	}
	flush := name <= p.width/3
	for _, f := range facts {
		n := clean(f.Name)
		if flush {
			pad := strings.Repeat(" ", name-ansi.StringWidth(n))
			p.para("", n+":"+pad+" ", f.Value)
			continue
		}
		p.para("", "", n+": "+f.Value)
	}
}

// table sets rows flush when the widest fits, else each row as lines of its own.
func (p *printer) table(t bot.Table) {
	widths := make([]int, len(t.Columns))
	total := 2 * (len(t.Columns) - 1)
	for i, c := range t.Columns {
		widths[i] = ansi.StringWidth(clean(c.Name))
		for _, row := range t.Rows {
			widths[i] = max(widths[i], ansi.StringWidth(clean(row[i])))
		}
		total += widths[i]
	}
	if total > p.width {
		p.tableAsLines(t)
		return
	}
	p.row(dim, t, widths, func(i int) string { return t.Columns[i].Name })
	for _, row := range t.Rows {
		p.row("", t, widths, func(i int) string { return row[i] })
	}
}

func (p *printer) row(style string, t bot.Table, widths []int, cell func(int) string) {
	var b strings.Builder
	for i, c := range t.Columns {
		text := clean(cell(i))
		pad := strings.Repeat(" ", widths[i]-ansi.StringWidth(text))
		if i > 0 {
			b.WriteString("  ")
		}
		if c.Number {
			b.WriteString(pad + text)
		} else {
			b.WriteString(text + pad)
		}
	}
	p.line(style, b.String())
}

func (p *printer) tableAsLines(t bot.Table) {
	for _, row := range t.Rows {
		p.para("", "", row[0])
		var cells []string
		for i := 1; i < len(t.Columns); i++ {
			cells = append(cells, t.Columns[i].Name+" "+row[i])
		}
		p.para("", "  ", strings.Join(cells, "; "))
	}
}

func (p *printer) actions(actions []bot.Action) {
	if len(actions) == 0 {
		return
	}
	p.b.WriteByte('\n')
	var labels []string
	for i, act := range actions {
		labels = append(labels, "["+strconv.Itoa(i+1)+"]\u00a0"+strings.ReplaceAll(clean(act.Label), " ", "\u00a0"))
	}
	for _, line := range wrap(strings.Join(labels, "  "), p.width) {
		p.line("", strings.ReplaceAll(strings.TrimLeft(line, " "), "\u00a0", " "))
	}
}

func (p *printer) sources(sources []bot.Source) {
	if len(sources) == 0 {
		return
	}
	p.b.WriteByte('\n')
	p.line(dim, "Sources")
	for _, s := range sources {
		p.para(dim, "- ", s.String())
	}
}

// clean takes out what a screen would act on: control characters, escape
// sequences' first bytes, and marks that turn the writing direction.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}
