package chart

import (
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"careerbot/bot"
)

// planSteps lays out the steps of a way from the top down, each numbered, with
// a line from one to the next.
func planSteps(c bot.Chart) planned {
	points := c.Series[0].Points
	points = points[:min(len(points), maxRows)]
	const step, radius, at = 52, 12, margin + 12
	return planned{height: step * vg.Length(len(points)), draw: func(p *pen) {
		for i, point := range points {
			y := p.y - radius - 2
			if i+1 < len(points) {
				p.arrow(at, y-radius, y-step+radius)
			}
			p.disc(at, y, radius, strconv.Itoa(i+1), i+1 == len(points))
			name := style(p.text, labelSize+1, true, draw.XLeft)
			p.FillText(name, vg.Point{X: at + 24, Y: y + radius}, p.fit(point.Label, name, Width-at-24-margin))
			note := style(p.muted, smallSize, false, draw.XLeft)
			p.FillText(note, vg.Point{X: at + 24, Y: y - 4}, p.fit(point.Note, note, Width-at-24-margin))
			p.y -= step
		}
	}}
}

// disc draws a step's number: filled for the last.
func (p *pen) disc(x, y, r vg.Length, s string, last bool) {
	var path vg.Path
	path.Move(vg.Point{X: x + r, Y: y})
	path.Arc(vg.Point{X: x, Y: y}, r, 0, 2*3.14159265358979)
	path.Close()
	ink := p.series[0]
	if last {
		p.SetColor(p.series[0])
		p.Fill(path)
		ink = p.background
	}
	p.SetColor(p.series[0])
	p.SetLineWidth(1.6)
	p.Stroke(path)
	st := style(ink, labelSize, true, draw.XCenter)
	st.YAlign = draw.YCenter
	p.FillText(st, vg.Point{X: x, Y: y}, s)
}

func (p *pen) arrow(x, y0, y1 vg.Length) {
	line := draw.LineStyle{Color: p.muted, Width: 1.6}
	p.StrokeLine2(line, x, y0-2, x, y1+2)
	p.StrokeLines(line, []vg.Point{{X: x - 4, Y: y1 + 7}, {X: x, Y: y1 + 2}, {X: x + 4, Y: y1 + 7}})
}
