package bot

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Text is the answer in plain text: the lead first, then every fact of the
// parts, the questions that could come next, and the sources. It is what
// notifications and screen readers read, the terminal's pipe output and the
// golden form of the conversation tests. Charts are left out: their figures
// stand in the other parts. A Silent answer is "".
func (a Answer) Text() string {
	if a.Kind == Silent {
		return ""
	}
	var b strings.Builder
	b.WriteString(a.Lead)
	b.WriteByte('\n')
	for _, p := range a.Parts {
		switch p := p.(type) {
		case Paragraph:
			heading(&b, p.Heading)
			b.WriteString(p.Text + "\n")
		case List:
			heading(&b, p.Heading)
			for i, it := range p.Items {
				mark := "- "
				if p.Ordered {
					mark = strconv.Itoa(i+1) + ". "
				}
				b.WriteString(mark + it.String() + "\n")
			}
		case Facts:
			heading(&b, p.Heading)
			for _, f := range p.Facts {
				b.WriteString(f.Name + ": " + f.Value + "\n")
			}
		case Table:
			heading(&b, p.Heading)
			writeTable(&b, p)
		case Chart:
		case Note:
			b.WriteString("\nNote: " + p.Text + "\n")
		}
	}
	if len(a.Actions) > 0 {
		b.WriteString("\nNext:\n")
		for i, act := range a.Actions {
			b.WriteString(strconv.Itoa(i+1) + ". " + act.Label + "\n")
		}
	}
	if len(a.Sources) > 0 {
		b.WriteString("\nSources:\n")
		for _, s := range a.Sources {
			b.WriteString("- " + s.String() + "\n")
		}
	}
	return b.String()
}

// String is the item on one line: "Term: text".
func (it Item) String() string {
	switch {
	case it.Term == "":
		return it.Text
	case it.Text == "":
		return it.Term
	}
	return it.Term + ": " + it.Text
}

// String is the source on one line.
func (s Source) String() string {
	out := s.Name
	if s.Ref != "" {
		out += ", " + s.Ref
	}
	if s.Note != "" {
		out += " (" + s.Note + ")"
	}
	return out
}

func heading(b *strings.Builder, h string) {
	b.WriteByte('\n')
	if h != "" {
		b.WriteString(h + "\n")
	}
}

// writeTable sets columns flush, two spaces apart.
func writeTable(b *strings.Builder, t Table) {
	width := make([]int, len(t.Columns))
	for i, c := range t.Columns {
		width[i] = utf8.RuneCountInString(c.Name)
		for _, row := range t.Rows {
			width[i] = max(width[i], utf8.RuneCountInString(row[i]))
		}
	}
	line := func(cells func(i int) string) {
		var l strings.Builder
		for i, c := range t.Columns {
			cell := cells(i)
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				l.WriteString("  ")
			}
			if c.Number {
				l.WriteString(pad + cell)
			} else {
				l.WriteString(cell + pad)
			}
		}
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	line(func(i int) string { return t.Columns[i].Name })
	for _, row := range t.Rows {
		line(func(i int) string { return row[i] })
	}
}

// Line says a row where there is no room for a table: its first cell as the
// term, and "column cell; column cell" of the others. A row of one cell is text
// alone, and one of none is nothing.
func (t Table) Line(row []string) (term, text string) {
	switch len(row) {
	case 0:
		return "", ""
	case 1:
		return "", row[0]
	}
	var b strings.Builder
	for i := 1; i < len(row) && i < len(t.Columns); i++ {
		if i > 1 {
			b.WriteString("; ")
		}
		if t.Columns[i].Name != "" {
			b.WriteString(t.Columns[i].Name + " ")
		}
		b.WriteString(row[i])
	}
	return row[0], b.String()
}
