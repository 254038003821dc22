package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"careerbot/bot"
)

// planBars lays out a bar a label and series: the second series is hatched and
// the third is empty, so that nothing hangs on colour.
func planBars(c bot.Chart) planned {
	rows := min(len(c.Series[0].Points), maxRows)
	legend := vg.Length(0)
	if len(c.Series) > 1 {
		legend = labelHeight*vg.Length(len(c.Series)) + gap
	}
	const bar = barHeight
	row := labelHeight + bar*vg.Length(len(c.Series)) + gap
	most := c.Max
	for _, s := range c.Series {
		for _, p := range s.Points {
			most = max(most, p.Value)
		}
	}
	end := c.Max
	if end == 0 || most > end {
		end, _ = scaleTo(most)
	}
	return planned{height: legend + row*vg.Length(rows), draw: func(p *pen) {
		if legend > 0 {
			p.legend(c.Series)
		}
		const figures = 44 // room for a figure at the right end
		for i := range rows {
			p.label(c.Series[0].Points[i].Label, c.Series[0].Points[i].Note)
			for k, s := range c.Series {
				if i < len(s.Points) {
					v := s.Points[i].Value
					w := vg.Length(v/end) * (Width - 2*margin - figures)
					p.bar(k, margin, p.y-bar+4, margin+w, p.y)
					p.FillText(style(p.text, smallSize+1, true, draw.XLeft), vg.Point{X: margin + w + 6, Y: p.y + 1}, number(v))
				}
				p.y -= bar
			}
			p.y -= gap
		}
	}}
}

// bar draws one bar in the manner of its series.
func (p *pen) bar(series int, x0, y0, x1, y1 vg.Length) {
	c := p.series[series]
	switch series % 3 {
	case 0:
		p.box(x0, y0, x1, y1, c, c)
	case 1:
		p.box(x0, y0, x1, y1, nil, c)
		p.hatch(x0, y0, x1, y1, c)
	case 2:
		p.box(x0, y0, x1, y1, nil, c)
	}
}

// legend names the series, one a line, since names are long.
func (p *pen) legend(series []bot.Series) {
	st := style(p.text, labelSize, false, draw.XLeft)
	for k, s := range series {
		p.bar(k, margin, p.y-12, margin+20, p.y-1)
		p.FillText(st, vg.Point{X: margin + 28, Y: p.y}, p.fit(s.Name, st, Width-2*margin-28))
		p.y -= labelHeight
	}
	p.y -= gap
}
