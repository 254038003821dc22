package slack

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"careerbot/adapters/internal/fit"
	"careerbot/bot"
)

// Message is an answer as Slack takes it.
type Message struct {
	Text   string          `json:"text"`   // the whole answer, escaped: what phones notify with and screen readers read
	Blocks json.RawMessage `json:"blocks"` // nil: the text is all there is
}

// Level is how much of Block Kit a message makes use of.
type Level uint8

const (
	Full  Level = iota // tables, charts and feedback as Slack draws them
	Basic              // only blocks that every workspace and a modal take; the figures stand in lists
	Plain              // text alone, which Slack always takes
)

// Options are how an answer is rendered.
type Options struct {
	Level Level
	// Share offers to show a private answer to the channel.
	Share bool
	// Asker is whose answer it is: when that person presses a button the
	// message is edited in place. "" is nobody's.
	Asker string
	// By is who shares the answer with the channel, "" if nobody does.
	By string
	// Start adds what a start page offers: forms to choose roles in.
	Start bool
	// Modal leaves out what a modal does not take.
	Modal bool
}

// The ids of what can be pressed. They stay in old messages: a new release
// must understand them.
const (
	askAction      = "ask"      // value: an intent's text form; ".0" to ".4" follows
	shareAction    = "share"    // value: an intent's text form
	compareAction  = "compare"  // ":" and a role id follow; the value is the other role's id
	feedbackAction = "feedback" // value: good or bad
	rowBlock       = "next"     // ":" and the asker's id may follow
)

// Render turns an answer into what Slack shows. It is a pure function and may
// be called concurrently. A Silent answer is the zero Message.
func Render(a bot.Answer, o Options) Message {
	if a.Kind == bot.Silent {
		return Message{}
	}
	m := Message{Text: text(a, o)}
	if o.Level != Plain {
		m.Blocks = renderBlocks(a, o)
	}
	return m
}

// text is the whole answer with what Slack gives a meaning to escaped.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func text(a bot.Answer, o Options) string {
	s := strings.TrimSpace(a.Text())
	if o.By != "" {
		s += "\n\n" + sharedBy(o.By)
	}
	return fit.Runes(escape(s), maxText)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escape(s string) string { return escaper.Replace(s) }

func sharedBy(name string) string { return "Shared by " + name + "." }

func renderBlocks(a bot.Answer, o Options) []byte {
	most := maxBlocks
	if o.Modal {
		most = maxViewBlocks
	}
	r := renderer{blocks: newBlocks(most), o: o}
	r.reserve = r.endLength(a)
	r.paragraph(a.Lead)
	for i := 0; i < len(a.Parts); {
		n, whole := r.partsFrom(a.Parts[i:])
		if !whole {
			r.shortened(len(a.Parts) - i)
			break
		}
		i += n
	}
	r.sources(a.Sources)
	r.actions(a)
	if o.By != "" {
		r.context(sharedBy(o.By))
	}
	return r.bytes()
}

type renderer struct {
	*blocks
	o       Options
	reserve int // characters kept for sources and buttons
	cut     bool
}

// endLength is how many characters the end of the message takes.
func (r *renderer) endLength(a bot.Answer) int {
	n := 400 // the word that it was shortened, the second row, who shared
	for _, s := range a.Sources {
		n += utf8.RuneCountInString(s.String()) + 1
	}
	n = min(n, 4000)
	for _, act := range a.Actions {
		n += min(utf8.RuneCountInString(act.Label), maxButton)
	}
	return n
}

// partsFrom writes the first part, or the notes that the parts begin with, and
// says how many that were and whether there was room for all of them.
func (r *renderer) partsFrom(parts []bot.Part) (n int, whole bool) {
	var notes []string
	for _, p := range parts {
		note, ok := p.(bot.Note)
		if !ok || len(notes) == maxContext {
			break
		}
		notes = append(notes, note.Text)
	}
	if len(notes) == 0 {
		return 1, r.part(parts[0])
	}
	return len(notes), r.notes(notes)
}

// part writes a part, and says whether there was room for all of it.
func (r *renderer) part(p bot.Part) bool {
	switch p := p.(type) {
	case bot.Paragraph:
		return r.heading(p.Heading) && r.paragraph(p.Text)
	case bot.List:
		lines := make([]line, len(p.Items))
		for i, it := range p.Items {
			lines[i] = line{it.Term, it.Text}
		}
		style := "bullet"
		if p.Ordered {
			style = "ordered"
		}
		return r.heading(p.Heading) && r.lines(style, lines)
	case bot.Facts:
		lines := make([]line, len(p.Facts))
		for i, f := range p.Facts {
			lines[i] = line{f.Name, f.Value}
		}
		return r.heading(p.Heading) && r.lines("bullet", lines)
	case bot.Table:
		return r.heading(p.Heading) && r.table(p)
	case bot.Chart:
		r.chart(p)
		return true
	case bot.Note:
		return r.notes([]string{p.Text})
	}
	return true
}

func (r *renderer) heading(s string) bool {
	if s == "" {
		return true
	}
	if !r.room(min(utf8.RuneCountInString(s), maxHeader), r.reserve) {
		return false
	}
	r.header(s, 2)
	return true
}

// paragraph writes text in as many sections as it takes.
func (r *renderer) paragraph(s string) bool {
	if strings.TrimSpace(s) == "" {
		return true
	}
	for _, piece := range fit.Pieces(s, maxSection) {
		if !r.room(utf8.RuneCountInString(piece), r.reserve) {
			return false
		}
		r.section(piece)
	}
	return true
}

// notes writes caveats into one block, ten at most.
func (r *renderer) notes(notes []string) bool {
	n := 0
	for i, s := range notes {
		notes[i] = fit.Runes(nonEmpty(s, "–"), maxContextText)
		n += utf8.RuneCountInString(notes[i])
	}
	if !r.room(n, r.reserve) {
		return false
	}
	r.context(notes...)
	return true
}

// maxLine keeps a line of a list within what a section holds.
const maxLine = maxSection

// lines writes a list, as much of it as there is room for.
func (r *renderer) lines(style string, lines []line) bool {
	total := 0
	for i := range lines {
		l := &lines[i]
		l.term = fit.Runes(l.term, maxLine/2)
		l.text = fit.Runes(l.text, maxLine)
		if l.term == "" && l.text == "" {
			l.text = "–"
		}
		if !r.room(total+l.runes(), r.reserve) {
			if i > 0 {
				r.list(style, lines[:i])
			}
			return false
		}
		total += l.runes()
	}
	if len(lines) > 0 {
		r.list(style, lines)
	}
	return true
}

// table writes the first table of a full message as Slack's own, which takes
// one; others as a list, a row a line.
func (r *renderer) table(t bot.Table) bool {
	if r.o.Level == Full && !r.o.Modal && r.tables == 0 && len(t.Columns) <= maxTableCols {
		size := 0
		for _, c := range t.Columns {
			size += utf8.RuneCountInString(c.Name)
		}
		rows, whole := t.Rows, true
		for i, row := range t.Rows {
			n := 0
			for _, cell := range row {
				n += max(utf8.RuneCountInString(cell), 1)
			}
			if i+1 >= maxTableRows || size+n > maxTableText || !r.room(size+n, r.reserve) {
				rows, whole = t.Rows[:i], false
				break
			}
			size += n
		}
		if len(rows) > 0 && r.room(size, r.reserve) {
			r.nativeTable(t.Columns, rows)
			return whole
		}
	}
	lines := make([]line, len(t.Rows))
	for i, row := range t.Rows {
		lines[i].term, lines[i].text = t.Line(row)
	}
	return r.lines("bullet", lines)
}

func (r *renderer) nativeTable(columns []bot.Column, rows [][]string) {
	r.tables++
	r.begin("table")
	r.raw(`,"column_settings":[`)
	for i, c := range columns {
		if i > 0 {
			r.raw(",")
		}
		if c.Number {
			r.raw(`{"align":"right"}`)
		} else {
			r.raw(`{"is_wrapped":true}`)
		}
	}
	r.raw(`],"rows":[`)
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.Name
	}
	r.row(head)
	for _, row := range rows {
		r.raw(",")
		r.row(row)
	}
	r.raw(`]`)
	r.end()
}

// row writes the cells as raw_text: some workspaces refuse raw_number, and
// Slack refuses a cell without text.
func (r *renderer) row(cells []string) {
	r.raw(`[`)
	for i, c := range cells {
		if i > 0 {
			r.raw(",")
		}
		if c == "" {
			c = "–"
		}
		r.raw(`{"type":"raw_text","text":`)
		r.counted(c)
		r.raw(`}`)
	}
	r.raw(`]`)
}

// shortened says that the answer did not fit.
func (r *renderer) shortened(parts int) {
	r.cut = true
	s := "This answer is longer than Slack shows in one message. Ask for one thing of it to see the rest."
	if parts > 1 {
		s = "This answer is longer than Slack shows in one message: " + strconv.Itoa(parts) + " parts are not shown. Ask for one thing of it to see the rest."
	}
	r.context(s)
}

// sources writes where the facts are from, each its own element while Slack
// takes that many.
func (r *renderer) sources(all []bot.Source) {
	if len(all) == 0 {
		return
	}
	var texts []string
	left := 3600
	for i, s := range all {
		t := s.String()
		if i == 0 {
			t = "Sources: " + t
		}
		if n := utf8.RuneCountInString(t); n > left && i > 0 {
			texts = append(texts, fmt.Sprintf("and %d more, named in the text of this message", len(all)-i))
			break
		} else if len(texts) < maxContext-1 {
			texts = append(texts, fit.Runes(t, min(maxContextText, left)))
			left -= min(n, maxContextText)
			continue
		}
		last := &texts[len(texts)-1]
		if joined := *last + "; " + t; utf8.RuneCountInString(joined) <= maxContextText {
			*last = joined
			left -= utf8.RuneCountInString(t)
			continue
		}
		texts = append(texts, fmt.Sprintf("and %d more, named in the text of this message", len(all)-i))
		break
	}
	r.context(texts...)
}

// actions writes what could be asked next, then the picker and the button
// that shares, then feedback.
func (r *renderer) actions(a bot.Answer) {
	r.buttons(a.Actions)
	if r.o.Start {
		r.begin("actions")
		r.raw(`,"elements":[`)
		r.button(openAction+"."+compareForm, "Compare two roles", "Choose two roles to compare", compareForm, false)
		r.raw(",")
		r.button(openAction+"."+pathForm, "From role to role", "Choose two roles to find the way between", pathForm, false)
		r.raw(`]`)
		r.end()
	}
	role := ""
	answered := a.Kind == bot.Answered || a.Kind == bot.Partial
	if answered && len(a.Understood.Roles) == 1 && len(a.Understood.Roles[0]) < maxActionID-len(compareAction)-1 && !r.o.Modal {
		role = a.Understood.Roles[0]
	}
	question := a.Understood.String()
	share := answered && r.o.Share && question != "" && len(question) <= maxValue
	if role != "" || share {
		r.begin("actions")
		r.raw(`,"block_id":`)
		r.str(r.blockID("more"))
		r.raw(`,"elements":[`)
		if role != "" {
			r.raw(`{"type":"external_select","min_query_length":0,"action_id":`)
			r.str(compareAction + ":" + role)
			r.raw(`,"placeholder":`)
			r.plain("Compare with …", maxPlaceholder)
			r.raw(`}`)
		}
		if share {
			if role != "" {
				r.raw(",")
			}
			r.button(shareAction, "Share in channel", "Share this answer in the channel", question, false)
		}
		r.raw(`]`)
		r.end()
	}
	if answered && r.o.Level == Full && !r.o.Modal {
		r.feedback()
	}
}

// maxActions is how many buttons a person looks at.
const maxActions = 5

func (r *renderer) buttons(actions []bot.Action) {
	actions = actions[:min(len(actions), maxActions)]
	if len(actions) == 0 {
		return
	}
	r.begin("actions")
	r.raw(`,"block_id":`)
	r.str(r.blockID(rowBlock))
	r.raw(`,"elements":[`)
	for i, act := range actions {
		if i > 0 {
			r.raw(",")
		}
		r.button(askAction+"."+strconv.Itoa(i), act.Label, "", act.Ask, i == 0)
	}
	r.raw(`]`)
	r.end()
}

func (r *renderer) blockID(name string) string {
	if r.o.Asker != "" {
		return name + ":" + r.o.Asker
	}
	return name
}

// button writes a button; label is read aloud in place of its text, unless it
// is "" and the text is whole.
func (r *renderer) button(id, text, label, value string, primary bool) {
	r.raw(`{"type":"button","action_id":`)
	r.str(id)
	shown := fit.Runes(text, maxButton)
	r.raw(`,"text":`)
	r.plain(shown, maxButton)
	if label != "" {
		r.raw(`,"accessibility_label":`)
		r.str(fit.Runes(label, maxLabel))
	}
	r.raw(`,"value":`)
	r.str(value)
	if primary {
		r.raw(`,"style":"primary"`)
	}
	r.raw(`}`)
}

func (r *renderer) feedback() {
	r.begin("context_actions")
	r.raw(`,"elements":[{"type":"feedback_buttons","action_id":"` + feedbackAction + `"` +
		`,"positive_button":{"text":{"type":"plain_text","emoji":false,"text":"Useful"},"value":"good","accessibility_label":"This answer was useful"}` +
		`,"negative_button":{"text":{"type":"plain_text","emoji":false,"text":"Not useful"},"value":"bad","accessibility_label":"This answer was not useful"}}]`)
	r.end()
}

// shortText keeps a text within what Slack advises.
func shortText(s string) string { return fit.Runes(s, shortLength) }
