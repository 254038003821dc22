package discord

import (
	"fmt"
	"strconv"
	"strings"

	"careerbot/bot"
)

// page is what is written of an answer, within what a message holds.
type page struct {
	items       []component // text displays and galleries
	left        int         // characters
	most        int         // items
	drawer      Drawer
	attachments []attachment
	pictures    [][]byte
}

func newPage(room, most int, d Drawer) *page { return &page{left: room, most: most, drawer: d} }

// texts are the texts of the page, of which the lead is the first.
func (p *page) texts() []string {
	var out []string
	for _, it := range p.items {
		if it.Type == typeText {
			out = append(out, it.Content)
		}
	}
	return out
}

// noticeRoom is kept for the word that an answer was cut.
const noticeRoom = 160

// answer writes the lead, which notifications are made of, and the parts as
// far as there is room.
func (p *page) answer(a bot.Answer) {
	p.left -= noticeRoom + len(gap)
	p.most--
	whole := p.block(block{lines: []line{{text: nonEmpty(a.Lead, "–")}}}, leadRoom)
	left := len(a.Parts)
	for i := 0; whole && i < len(a.Parts); {
		b, n := blockOf(a.Parts[i:])
		if c, ok := a.Parts[i].(bot.Chart); ok {
			p.chart(c)
		} else {
			whole = p.block(b, p.left)
		}
		if whole {
			i += n
			left -= n
		}
	}
	if !whole {
		p.items = append(p.items, textDisplay(notice(left)))
	}
}

// leadRoom is how long a lead may be; those of the core are far shorter.
const leadRoom = 1500

// notice says that an answer was cut, and what to do.
func notice(parts int) string {
	s := "-# This answer is longer than Discord shows in one message."
	if parts > 0 {
		s = "-# This answer is longer than Discord shows in one message: " + plural(parts, "part is", "parts are") + " not shown in full."
	}
	return s + " Ask for one thing of it to see the rest."
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// block is a part in lines.
type block struct {
	heading string
	lines   []line
}

// line is a mark of markdown, a term, in bold before a text, and text; each may
// be "".
type line struct{ mark, term, text string }

// blockOf is the first part, or the notes that the parts begin with, as a
// block, and how many parts that were.
func blockOf(parts []bot.Part) (b block, n int) {
	for _, p := range parts {
		note, ok := p.(bot.Note)
		if !ok {
			break
		}
		b.lines = append(b.lines, line{mark: "-# ", text: note.Text})
	}
	if len(b.lines) > 0 {
		return b, len(b.lines)
	}
	switch p := parts[0].(type) {
	case bot.Paragraph:
		if b.heading = p.Heading; strings.TrimSpace(clean(p.Text)) != "" {
			b.lines = []line{{text: p.Text}}
		}
	case bot.List:
		b.heading = p.Heading
		for i, it := range p.Items {
			mark := "- "
			if p.Ordered {
				mark = strconv.Itoa(i+1) + ". "
			}
			b.lines = append(b.lines, line{mark, it.Term, it.Text})
		}
	case bot.Facts:
		b.heading = p.Heading
		for _, f := range p.Facts {
			b.lines = append(b.lines, line{"- ", f.Name, f.Value})
		}
	case bot.Table:
		b.heading = p.Heading
		for _, row := range p.Rows {
			term, text := p.Line(row) // Discord has no tables, and a phone no room for one
			b.lines = append(b.lines, line{"- ", term, text})
		}
	case bot.Chart, bot.Note:
	}
	return b, 1
}

// block writes a part as one text of at most room characters, and says whether
// all of it is there.
func (p *page) block(b block, room int) bool {
	if len(b.lines) == 0 {
		return true
	}
	if p.most <= 0 {
		return false
	}
	var text strings.Builder
	left := min(room, p.left) - len(gap)
	add := func(s string) {
		text.WriteString(s)
		left -= length(s)
	}
	if h, _ := cut(strings.TrimSpace(oneLine(b.heading)), maxHeading); h != "" {
		add("### " + h)
	}
	lines, whole := 0, true
	for _, l := range b.lines {
		if text.Len() > 0 {
			add("\n")
		}
		var s string
		if s, whole = l.write(left); s == "" || !whole && lines > 0 {
			whole = false
			break
		}
		add(s)
		lines++
		if !whole {
			break
		}
	}
	if lines == 0 {
		return false
	}
	s := strings.TrimSuffix(text.String(), "\n")
	p.left -= length(s) + len(gap)
	p.most--
	p.items = append(p.items, textDisplay(s))
	return whole
}

// maxHeading keeps a heading to a line or two of a phone, and maxTerm the term
// of a list's item.
const maxHeading, maxTerm = 150, 300

// leastLine is the least room that a line is cut to.
const leastLine = 80

// write is the line in at most room characters, and whether that is all of it;
// "" when there is no room for it.
func (l line) write(room int) (s string, whole bool) {
	head, term, text := l.mark, strings.TrimSpace(oneLine(l.term)), strings.TrimSpace(clean(l.text))
	if l.mark != "" {
		text = oneLine(text)
	}
	if term+text == "" {
		text = "–"
	}
	whole = true
	if term != "" {
		term, whole = cut(term, maxTerm)
		if text != "" { // a list of names alone is not shouted
			term = "**" + term + ":** "
		}
		head += term
	}
	room -= length(head)
	if e := escape(text); length(e) <= room {
		return head + e, whole
	}
	if room < leastLine {
		return "", false
	}
	e, _ := cut(text, room)
	return head + e, false
}

// chart puts a picture of the chart below the text before it, when one can be
// drawn. Its figures stand in other parts.
func (p *page) chart(c bot.Chart) {
	if p.drawer == nil || p.most <= 0 || len(p.pictures) == maxPictures {
		return
	}
	png, err := p.drawer.Draw(c)
	if err != nil || len(png) == 0 {
		return
	}
	alt := nonEmpty(short(nonEmpty(c.Alt, c.Title), maxAlt), "A chart")
	name := fmt.Sprintf("chart-%d.png", len(p.pictures)+1)
	p.attachments = append(p.attachments, attachment{len(p.pictures), name, alt})
	p.pictures = append(p.pictures, png)
	p.items = append(p.items, component{Type: typeGallery, Items: []picture{{media{"attachment://" + name}, alt}}})
	p.most--
}
