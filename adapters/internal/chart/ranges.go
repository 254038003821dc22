package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"careerbot/bot"
)

// planRanges lays out, for each label, the middle half as a band and the
// median as a mark with its figure.
func planRanges(c bot.Chart) planned {
	points := c.Series[0].Points
	points = points[:min(len(points), maxRows)]
	most := c.Max
	for _, p := range points {
		most = max(most, p.Value, p.High)
	}
	end, step := scaleTo(most)
	const row, axis = labelHeight + barHeight + labelHeight + 4, smallSize + 12
	return planned{height: axis + row*vg.Length(len(points)), draw: func(p *pen) {
		at := func(v float64) vg.Length { return margin + vg.Length(v/end)*(Width-2*margin) }
		bottom := p.y - row*vg.Length(len(points))
		lines := func(y0, y1 vg.Length, each func(v float64)) {
			for v := 0.0; v <= end*1.0001; v += step {
				p.StrokeLine2(draw.LineStyle{Color: p.grid, Width: 1}, at(v), y0, at(v), y1)
				each(v)
			}
		}
		lines(bottom, bottom+3, func(v float64) { p.tick(at(v), bottom-3, number(v)) })
		for _, point := range points {
			p.label(point.Label, point.Note)
			y0, y1 := p.y-barHeight+2, p.y
			lines(y0-3, y1+3, func(float64) {}) // behind the bars only, so that no line runs through words
			if point.High > point.Low && point.Low > 0 {
				p.box(at(point.Low), y0, at(point.High), y1, p.soft, p.series[0])
			}
			x := at(point.Value)
			p.box(x-2, y0-3, x+2, y1+3, p.series[0], p.series[0])
			p.y -= barHeight + 3
			p.tickLike(x, p.y, number(point.Value))
			p.y -= labelHeight + 1
		}
		p.y -= axis
	}}
}

// tick writes a figure below a line of the scale.
func (p *pen) tick(x, y vg.Length, s string) {
	p.FillText(within(style(p.muted, smallSize-1, false, draw.XCenter), x, s), vg.Point{X: x, Y: y}, s)
}

// tickLike writes a mark's own figure below it.
func (p *pen) tickLike(x, y vg.Length, s string) {
	p.FillText(within(style(p.text, smallSize+1, true, draw.XCenter), x, s), vg.Point{X: x, Y: y}, s)
}

// within keeps text that is written at x inside the picture.
func within(st draw.TextStyle, x vg.Length, s string) draw.TextStyle {
	half := st.Width(s) / 2
	switch {
	case x-half < margin/2:
		st.XAlign = draw.XLeft
	case x+half > Width-margin/2:
		st.XAlign = draw.XRight
	}
	return st
}
