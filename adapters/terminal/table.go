package terminal

import (
	"slices"
	"sort"
	"strings"

	"careerbot/bot"
)

// maxColumns is the widest table in columns that is set as one: the choice
// of widths below tries all.
const maxColumns = 6

// table sets columns two spaces apart, cells on two lines at most, in the way
// that takes the fewest lines; where none fits, each row becomes lines.
func (p *printer) table(t bot.Table) {
	g := grid{t: t, head: make([]string, len(t.Columns)), room: p.width - 2*(len(t.Columns)-1)}
	for i, c := range t.Columns {
		g.head[i] = clean(c.Name)
	}
	for _, row := range t.Rows {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = clean(c)
		}
		g.rows = append(g.rows, cells)
	}
	widths := g.widths()
	if widths == nil {
		p.records(g)
		return
	}
	p.row(g, g.head, widths, underline)
	for _, row := range g.rows {
		p.row(g, row, widths, "")
	}
}

// row writes a row's cells, each wrapped to its column's width.
func (p *printer) row(g grid, cells []string, widths []int, style string) {
	wrapped := make([][]string, len(cells))
	height := 0
	for i, c := range cells {
		wrapped[i] = wrap(c, widths[i])
		height = max(height, len(wrapped[i]))
	}
	for n := range height {
		var b strings.Builder
		for i, lines := range wrapped {
			text := ""
			if n < len(lines) {
				text = lines[n]
			}
			pad := strings.Repeat(" ", widths[i]-columns(text))
			text = p.styled(style, text)
			if i > 0 {
				b.WriteString("  ")
			}
			if g.t.Columns[i].Number {
				b.WriteString(pad + text)
			} else {
				b.WriteString(text + pad)
			}
		}
		p.line("", b.String())
	}
}

// records writes each row as its first cell and the others by name under it.
func (p *printer) records(g grid) {
	for _, row := range g.rows {
		p.hanging(bold, "", row[0])
		facts := make([]bot.Fact, 0, len(row))
		for i, c := range row[1:] {
			facts = append(facts, bot.Fact{Name: g.head[i+1], Value: c})
		}
		p.facts("  ", facts)
	}
}

// grid is a table while its columns' widths are chosen.
type grid struct {
	t    bot.Table
	head []string
	rows [][]string
	room int // for all columns together, without the space between them
}

// choice is a width that a column may have and how many lines its cells then
// take, the header first.
type choice struct {
	width int
	lines []int
}

// widths are the columns' widths with which the table fits in the fewest
// lines; nil when it does not fit.
func (g grid) widths() []int {
	if len(g.head) > maxColumns {
		return nil
	}
	choices := make([][]choice, len(g.head))
	for i := range g.head {
		for _, lines := range [...]struct{ head, body int }{{1, 1}, {2, 1}, {2, 2}} {
			choices[i] = append(choices[i], g.narrowest(i, lines.head, lines.body))
		}
	}
	var best []int
	fewest, spare := 0, 0
	var try func(chosen []choice, room int)
	try = func(chosen []choice, room int) {
		if room < 0 {
			return
		}
		if len(chosen) < len(choices) {
			for _, c := range choices[len(chosen)] {
				try(append(chosen, c), room-c.width)
			}
			return
		}
		total := 0
		for row := range len(g.rows) + 1 {
			height := 0
			for _, c := range chosen {
				height = max(height, c.lines[row])
			}
			total += height
		}
		if best == nil || total < fewest {
			fewest, spare, best = total, room, nil
			for _, c := range chosen {
				best = append(best, c.width)
			}
		}
	}
	try(make([]choice, 0, len(choices)), g.room)
	for i := range best { // columns whose cells wrap take back what is left
		more := max(0, min(spare, choices[i][1].width-best[i]))
		best[i], spare = best[i]+more, spare-more
	}
	return best
}

// narrowest is the least width of a column at which its header takes head
// lines at most, its cells body lines, and no word is broken. It is wider than
// the room when there is none in it.
func (g grid) narrowest(column, head, body int) choice {
	least := longestWord(g.head[column])
	for _, row := range g.rows {
		least = max(least, longestWord(row[column]))
	}
	if least > g.room {
		return choice{width: least}
	}
	more := sort.Search(g.room-least+1, func(more int) bool {
		lines := g.lines(column, least+more)
		return lines[0] <= head && slices.Max(append(lines[1:], 1)) <= body
	})
	return choice{least + more, g.lines(column, least+more)}
}

// lines is how many lines the cells of a column take at a width, the header first.
func (g grid) lines(column, width int) []int {
	lines := make([]int, 0, len(g.rows)+2)
	lines = append(lines, len(wrap(g.head[column], width)))
	for _, row := range g.rows {
		lines = append(lines, len(wrap(row[column], width)))
	}
	return lines
}

func longestWord(text string) int {
	longest := 1
	for word := range strings.SplitSeq(text, " ") {
		longest = max(longest, columns(word))
	}
	return longest
}
