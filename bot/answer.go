package bot

import "careerbot/bot/intent"

// Kind says what an answer is, for adapters, metrics and tests.
type Kind uint8

const (
	Answered Kind = iota // the whole answer
	Partial              // answered as far as the pages go; the text says what is missing
	Choice               // which did you mean? the Actions are the readings
	Unknown              // not in the catalogue, or not understood; nearest things offered
	Refused              // out of scope, too long, empty: one clear sentence
	Help                 // what can be asked
	Silent               // say nothing
)

// Answer is a document of typed parts in plain text: no markup of any
// platform. Renderers escape it for theirs. What it holds is shared with other
// askers of the same: append to its slices, and never change their elements.
type Answer struct {
	Kind    Kind
	Title   string   // what the answer is about: "Backend Engineer: pay"
	Lead    string   // the answer itself in one or two whole sentences: what a notification or a screen reader says first; "" only when Silent
	Parts   []Part   // the facts that stand behind the lead, about a screenful
	Actions []Action // what could be asked next, most useful first; at most five, and each leads to an answer
	Sources []Source // where each fact is from, in the order of use

	Understood intent.Intent // what was answered
	About      Understood    // the same in words
	Tag        string        // two answers with the same tag are the same; "" is one that was made for this question alone
	Own        bool          // something in it is from the company's own pages
}

// Part is one of Paragraph, List, Facts, Table, Chart and Note: a closed set.
type Part interface{ part() }

// Paragraph is running text under an optional heading.
type Paragraph struct{ Heading, Text string }

// List is a list of items under an optional heading, counted when Ordered.
type List struct {
	Heading string
	Ordered bool
	Items   []Item
}

// Item is an entry of a List: Term may be "", Text may be "", not both.
type Item struct{ Term, Text string }

// Facts are short named values: "Technical depth" — "very high, 85 of 100".
type Facts struct {
	Heading string
	Facts   []Fact
}

// Fact is a name and its value in words.
type Fact struct{ Name, Value string }

// Table has a heading, named columns, and rows as wide as Columns. A cell is
// never "": what is not known is a word such as "not published".
type Table struct {
	Heading string
	Columns []Column
	Rows    [][]string
}

// Column is a table's column; Number columns are set flush right.
type Column struct {
	Name   string
	Number bool
}

// ChartKind is how a chart is drawn.
type ChartKind uint8

const (
	Bars   ChartKind = iota // a value per label and series, on a scale of 0 to Max
	Ranges                  // Low, Value (the median) and High per label
	Steps                   // labels in order, with what each step is
)

// Chart draws figures that stand in words in another part of the same answer:
// a renderer that cannot draw leaves it out and loses nothing. Alt says all of
// its figures in a sentence or two.
type Chart struct {
	Kind   ChartKind
	Title  string
	Unit   string  // "of 100", "USD a year"
	Max    float64 // Bars: the end of the scale; 0 lets the renderer choose
	Series []Series
	Alt    string
}

// Series is a named row of points; a chart has one to six.
type Series struct {
	Name   string
	Points []Point
}

// Point is one mark of a chart. Low and High are 0 when not published.
type Point struct {
	Label            string
	Value, Low, High float64
	Note             string // "n 259", "promotion"
}

// Note is a caveat that belongs to the answer: "figures run high", "the page
// lists no pay".
type Note struct{ Text string }

func (Paragraph) part() {}
func (List) part()      {}
func (Facts) part()     {}
func (Table) part()     {}
func (Chart) part()     {}
func (Note) part()      {}

// Action is a question written beforehand: Ask is an intent's text form, at
// most 100 bytes, that means the same after a restart and in anyone's hands.
type Action struct{ Label, Ask string }

// Source is where facts of an answer are from.
type Source struct {
	Name string // "Stack Overflow Developer Survey 2025", "Role page Backend Engineer"
	Ref  string // the section or rows: "Day in the Life", "salaries-odbl.csv:12"
	Note string // licence or attribution, "" for a page
	Own  bool   // the company's own
}
