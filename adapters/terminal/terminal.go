// Package terminal shows answers in a shell and holds a conversation there.
package terminal

import (
	"regexp"
	"strconv"
	"strings"

	"careerbot/bot"
)

const (
	defaultWidth = 80
	leastWidth   = 20
	proseWidth   = 100 // wider lines of running text are hard to read
)

// The only styles in use, and what ends them.
const (
	bold      = "\x1b[1m"
	dim       = "\x1b[2m"
	underline = "\x1b[4m"
	reset     = "\x1b[0m"
)

// Render writes the answer for a screen: the lead first, wrapped to the width,
// tables as columns where they fit and as lines where they do not. All that
// [bot.Answer.Text] says is in it, but that a long licence note loses what
// stands before the licence. It ends in a newline; a Silent answer is "".
func Render(a bot.Answer, look Look) string {
	if a.Kind == bot.Silent {
		return ""
	}
	if look.Width == 0 {
		look.Width = defaultWidth
	}
	p := &printer{look: look, width: max(look.Width, leastWidth)}
	p.para(bold, "", a.Lead)
	var before bot.Part
	for _, part := range a.Parts {
		if apart(before, part) {
			p.blank()
		}
		p.part(part)
		before = part
	}
	p.actions(a.Actions)
	p.sources(a.Sources)
	return p.b.String()
}

// apart says whether an empty line parts two parts: all but notes that follow
// one another, and charts, which show nothing.
func apart(before, part bot.Part) bool {
	if _, ok := part.(bot.Chart); ok {
		return false
	}
	_, note := part.(bot.Note)
	_, noteBefore := before.(bot.Note)
	return !note || !noteBefore
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
		p.facts("", part.Facts)
	case bot.Table:
		p.heading(part.Heading)
		p.table(part)
	case bot.Chart: // its figures stand in the other parts
	case bot.Note:
		p.para(dim, "", "Note: "+part.Text)
	}
}

func (p *printer) blank() { p.b.WriteByte('\n') }

func (p *printer) heading(h string) {
	if h != "" {
		p.para(bold, "", h)
	}
}

// para writes running text wrapped to the width, lines after the first set in
// under the mark.
func (p *printer) para(style, mark, text string) {
	indent := columns(mark)
	for i, line := range wrap(clean(text), min(p.width, proseWidth)-indent) {
		if i > 0 {
			mark = strings.Repeat(" ", indent)
		}
		p.line(style, mark+line)
	}
}

func (p *printer) line(style, text string) {
	p.b.WriteString(p.styled(style, strings.TrimRight(text, " ")) + "\n")
}

func (p *printer) styled(style, text string) string {
	if !p.look.Colour || style == "" || text == "" {
		return text
	}
	return style + text + reset
}

// facts sets values flush behind their names where these are short, else
// behind each name with lines after the first set in.
func (p *printer) facts(indent string, facts []bot.Fact) {
	name := 0
	for _, f := range facts {
		name = max(name, columns(clean(f.Name)))
	}
	flush := len(facts) > 1 && name <= p.width/3
	for _, f := range facts {
		mark := indent + clean(f.Name) + ": "
		if flush {
			p.para("", mark+strings.Repeat(" ", len(indent)+name+2-columns(mark)), f.Value)
			continue
		}
		p.hanging("", indent, clean(f.Name)+": "+clean(f.Value))
	}
}

// hanging writes text behind indent, lines after the first two columns further in.
func (p *printer) hanging(style, indent, text string) {
	for i, line := range wrapAfter(text, min(p.width, proseWidth)-len(indent), 2) {
		if i > 0 {
			line = "  " + line
		}
		p.line(style, indent+line)
	}
}

// actions shows what could be asked next.
func (p *printer) actions(actions []bot.Action) {
	if len(actions) == 0 {
		return
	}
	p.blank()
	if !p.look.Numbers {
		labels := make([]string, len(actions))
		for i, act := range actions {
			labels[i] = together(clean(act.Label), p.width-3)
		}
		p.hanging("", "", "Ask next: "+strings.Join(labels, noBreak+"· "))
		return
	}
	row := ""
	for i, act := range actions {
		label := "[" + strconv.Itoa(i+1) + "] " + clean(act.Label)
		if row != "" && columns(row)+2+columns(label) > p.width {
			p.hanging("", "", row)
			row = ""
		}
		if row != "" {
			row += noBreak + " "
		}
		row += together(label, p.width)
	}
	p.hanging("", "", row)
}

// sources shows each source in a line or two: its name and place, and its
// licence note behind or under them.
func (p *printer) sources(sources []bot.Source) {
	if len(sources) == 0 {
		return
	}
	p.blank()
	p.line(dim, "Sources")
	for _, s := range sources {
		whole := clean(s.String())
		if columns(whole)+2 <= p.width || s.Note == "" {
			p.para(dim, "- ", whole)
			continue
		}
		note := s.Note
		s.Note = ""
		p.para(dim, "- ", s.String())
		p.para(dim, "  ", shorten(clean(note), min(p.width, proseWidth)-2))
	}
}

// shorten leaves out clauses at the front of a note that is too long for a
// line: the source's name stands above it, and licences are named last. The
// last clause stays whole, so that no sense is turned.
func shorten(note string, width int) string {
	short, rest := note, note
	for columns(short) > width {
		end := clauseEnd.FindStringIndex(rest)
		if end == nil {
			break
		}
		rest = rest[end[1]:]
		short = "… " + rest
	}
	return short
}

var clauseEnd = regexp.MustCompile(`[,;] `)
