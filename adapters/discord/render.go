package discord

import (
	"strings"

	"careerbot/bot"
)

// Level is how much of Discord a message makes use of.
type Level uint8

const (
	Full  Level = iota // components: texts, pictures, buttons and selects in one frame
	Basic              // an embed with buttons below it
	Plain              // text alone, which Discord always takes
)

// Options are how an answer is rendered.
type Options struct {
	Level Level
	// Share offers to show a private answer to the channel.
	Share bool
	// Asker is the id of whose answer it is, where all can see it: when that
	// person presses a button the message is edited in place. "" is nobody's.
	Asker string
	// By is the name of who shares the answer with the channel, "" if nobody does.
	By string
	// Compare are the roles that the answer's role can be compared with.
	Compare []bot.Suggestion
	// Drawer draws charts; nil leaves them to the words.
	Drawer Drawer
}

// Drawer draws charts for those who look. What it draws stands in words beside
// it, so that a chart that cannot be drawn is left out.
type Drawer interface {
	// Draw returns a PNG of the chart.
	Draw(bot.Chart) ([]byte, error)
}

// Render turns an answer into what Discord shows. It is a pure function and may
// be called concurrently if its Drawer may. A Silent answer is the zero
// Message. What does not fit is cut at the end of a sentence or an item, and
// the message says so.
func Render(a bot.Answer, o Options) Message {
	if a.Kind == bot.Silent {
		return Message{}
	}
	switch o.Level {
	case Basic:
		return renderBasic(a, o)
	case Plain:
		return renderPlain(a, o)
	}
	return renderFull(a, o)
}

// mostItems is how many texts and galleries an answer has: what is left of
// [maxComponents] by the frame, a separator, the sources, the section that
// shares, a row of buttons, a row with a select, the word who shared, and a note.
const mostItems = maxComponents - 1 - 1 - 1 - 3 - (1 + maxButtons) - 2 - 1 - 1

func renderFull(a bot.Answer, o Options) Message {
	end := ending(a, o)
	p := newPage(maxText-end.length(), mostItems, o.Drawer)
	p.answer(a)
	frame := component{Type: typeContainer, Components: p.items}
	add := func(c ...component) { frame.Components = append(frame.Components, c...) }
	if end.sources != "" {
		if len(a.Parts) > 0 {
			add(component{Type: typeSeparator})
		}
		add(textDisplay(end.sources))
	}
	if end.by != "" {
		add(textDisplay(end.by))
	}
	if share, ok := shareButton(a, o); ok {
		add(component{Type: typeSection, Components: []component{textDisplay(end.private)}, Accessory: &share})
	}
	if b := buttons(a.Actions, o.Asker); len(b) > 0 {
		add(row(b...))
	}
	if s, ok := compareSelect(a, o); ok {
		add(row(s))
	}
	return Message{Components: []component{frame}, Flags: flagComponentsV2, Attachments: p.attachments, Pictures: p.pictures}
}

// renderBasic is for where components are refused: the lead is the message's
// text, and the facts are an embed.
func renderBasic(a bot.Answer, o Options) Message {
	end := ending(a, o)
	p := newPage(maxText-end.length(), maxComponents, nil)
	p.answer(a)
	rest := p.texts()[1:]
	m := Message{Content: p.items[0].Content}
	if end.sources != "" {
		rest = append(rest, end.sources)
	}
	if end.by != "" {
		rest = append(rest, end.by)
	}
	if len(rest) > 0 {
		m.Embeds = []embed{{strings.Join(rest, gap)}}
	}
	if b := buttons(a.Actions, o.Asker); len(b) > 0 {
		m.Components = append(m.Components, row(b...))
	}
	if s, ok := compareSelect(a, o); ok {
		m.Components = append(m.Components, row(s))
	}
	if share, ok := shareButton(a, o); ok {
		m.Components = append(m.Components, row(share))
	}
	return m
}

// renderPlain is for where nothing but text is taken. What could be pressed is
// said.
func renderPlain(a bot.Answer, o Options) Message {
	end := ending(a, o)
	if len(a.Actions) > 0 {
		var labels []string
		for _, act := range a.Actions[:min(len(a.Actions), maxButtons)] {
			labels = append(labels, escape(short(act.Label, maxLabel)))
		}
		end.next = "-# Ask next: " + strings.Join(labels, " · ")
	}
	p := newPage(maxContent-end.length(), maxComponents, nil)
	p.answer(a)
	texts := p.texts()
	for _, s := range []string{end.sources, end.next, end.by} {
		if s != "" {
			texts = append(texts, s)
		}
	}
	return Message{Content: strings.Join(texts, gap)}
}

// gap stands between two texts that are one.
const gap = "\n\n"

// end is what ends a message, escaped, and the room for what may be noted yet.
type end struct {
	sources, by, private, next string
	spare                      int
}

func (e end) length() int {
	n := e.spare
	for _, s := range []string{e.sources, e.by, e.private, e.next} {
		if s != "" {
			n += length(s) + len(gap)
		}
	}
	return n
}

func ending(a bot.Answer, o Options) end {
	e := end{sources: sources(a.Sources, mostSources[o.Level])}
	if o.Asker != "" {
		e.spare = len(gap) + noteRoom
	}
	if o.By != "" {
		name, _ := cut(oneLine(o.By), maxLabel)
		e.by = "-# Shared by " + name + "."
	}
	if o.Level == Full && o.Share {
		e.private = "-# Only you see this answer."
	}
	return e
}

// mostSources is how many characters the sources of a message take.
var mostSources = [...]int{Full: 1500, Basic: 1500, Plain: 800}

// sources says in small letters where the facts are from, a line each.
func sources(all []bot.Source, room int) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	left := room - 40 // for how many more there are
	for i, s := range all {
		mark := "\n-# "
		if i == 0 {
			mark = "-# Sources: "
		}
		text, whole := cut(oneLine(s.String()), left-len(mark))
		if !whole && i > 0 {
			b.WriteString("\n-# and " + plural(len(all)-i, "more source", "more sources"))
			break
		}
		b.WriteString(mark + text)
		left -= length(text) + len(mark)
	}
	return b.String()
}
