// Package chart draws a [bot.Chart] as a picture for those who have nothing of
// their own to draw with. A picture is as wide as a phone and sharp on it, says
// all by shape and label besides colour, and is the same bytes for the same
// chart. What it shows stands in words in the chart's Alt and beside it.
package chart

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"strings"
	"sync"

	"codeberg.org/go-fonts/liberation/liberationsansbold"
	"codeberg.org/go-fonts/liberation/liberationsansregular"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"careerbot/bot"
)

// Theme is a set of colours. Each theme brings its own background, so that a
// picture can be read wherever it is put.
type Theme uint8

// The themes.
const (
	Light Theme = iota
	Dark
)

// The measures of a picture, in points of which Scale pixels are one: 400
// points are the width of a phone.
const (
	Width  = 400
	Scale  = 2
	margin = 16

	titleSize, labelSize, smallSize = 17, 13, 11

	labelHeight = 18
	barHeight   = 16
	gap         = 10
)

// The limits of a picture: what is longer is left to the words.
const (
	maxRows   = 16
	maxSeries = 6
)

// ErrEmpty is returned for a chart that has nothing to draw.
var ErrEmpty = fmt.Errorf("chart: there is nothing to draw")

// PNG draws the chart. It is safe for concurrent use.
func PNG(c bot.Chart, t Theme) ([]byte, error) {
	p, err := plan(c)
	if err != nil {
		return nil, err
	}
	canvas := vgimg.NewWith(vgimg.UseWH(Width, p.height), vgimg.UseDPI(72*Scale), vgimg.UseBackgroundColor(themes[t].background))
	pen := &pen{Canvas: draw.New(canvas), colours: themes[t], y: p.height - margin}
	pen.title(c)
	p.draw(pen)
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, opaque(canvas.Image())); err != nil {
		return nil, fmt.Errorf("chart: %w", err)
	}
	return b.Bytes(), nil
}

// opaque is the picture without its alpha channel, which nothing of it uses,
// and in no more colours than the eye tells apart, where these are few.
func opaque(img image.Image) image.Image {
	in, ok := img.(*image.RGBA)
	if !ok {
		return img
	}
	out := image.NewPaletted(in.Rect, nil)
	seen := map[color.RGBA]uint8{}
	var last color.RGBA
	var at uint8
	for i := 0; i+3 < len(in.Pix); i += 4 {
		c := color.RGBA{in.Pix[i] | 7, in.Pix[i+1] | 7, in.Pix[i+2] | 7, 0xff}
		if c != last {
			if at, ok = seen[c]; !ok {
				if len(out.Palette) == 256 {
					return img
				}
				at = uint8(len(out.Palette)) //nolint:gosec // at most 255
				seen[c] = at
				out.Palette = append(out.Palette, c)
			}
			last = c
		}
		out.Pix[i/4] = at
	}
	return out
}

// planned is a chart laid out: how high it is, and how it is drawn.
type planned struct {
	height vg.Length
	draw   func(*pen)
}

func plan(c bot.Chart) (planned, error) {
	c.Series = c.Series[:min(len(c.Series), maxSeries)]
	if len(c.Series) == 0 || len(c.Series[0].Points) == 0 {
		return planned{}, ErrEmpty
	}
	head := vg.Length(margin + titleSize + 6)
	if c.Unit != "" {
		head += smallSize + 8
	}
	var p planned
	switch c.Kind {
	case bot.Bars:
		p = planBars(c)
	case bot.Ranges:
		p = planRanges(c)
	case bot.Steps:
		p = planSteps(c)
	default:
		return planned{}, fmt.Errorf("chart: a chart of kind %d cannot be drawn", c.Kind)
	}
	p.height += head + margin
	return p, nil
}

// pen draws from the top down: y is where the next thing begins.
type pen struct {
	draw.Canvas
	colours
	y vg.Length
}

// Of the twelve faces of plot's own collection two are used, and the others are
// four million bytes of the program.
var fonts = sync.OnceValue(func() *font.Cache {
	var faces font.Collection
	for weight, ttf := range map[xfont.Weight][]byte{xfont.WeightNormal: liberationsansregular.TTF, xfont.WeightBold: liberationsansbold.TTF} {
		face, err := opentype.Parse(ttf)
		if err != nil {
			panic("chart: a font of the program's own: " + err.Error())
		}
		faces = append(faces, font.Face{Font: font.Font{Typeface: "Liberation", Variant: "Sans", Weight: weight}, Face: face})
	}
	return font.NewCache(faces)
})

// style is how text looks: its colour, size, and what of it lies at its point.
func style(c color.Color, size vg.Length, bold bool, x text.XAlignment) draw.TextStyle {
	f := font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
	if bold {
		f.Weight = xfont.WeightBold
	}
	return draw.TextStyle{Color: c, Font: f, XAlign: x, YAlign: draw.YTop, Handler: text.Plain{Fonts: fonts()}}
}

func (p *pen) title(c bot.Chart) {
	p.FillText(style(p.text, titleSize, true, draw.XLeft), vg.Point{X: margin, Y: p.y}, p.fit(c.Title, style(p.text, titleSize, true, draw.XLeft), Width-2*margin))
	p.y -= titleSize + 6
	if c.Unit != "" {
		p.FillText(style(p.muted, smallSize, false, draw.XLeft), vg.Point{X: margin, Y: p.y}, c.Unit)
		p.y -= smallSize + 8
	}
}

// fit cuts text to a width, at a letter.
func (p *pen) fit(s string, st draw.TextStyle, width vg.Length) string {
	if st.Width(s) <= width {
		return s
	}
	rs := []rune(s)
	for len(rs) > 0 && st.Width(string(rs)+"…") > width {
		rs = rs[:len(rs)-1]
	}
	return strings.TrimSpace(string(rs)) + "…"
}

// label writes a row's name on the left and its note on the right.
func (p *pen) label(left, right string) {
	small := style(p.muted, smallSize, false, draw.XRight)
	room := vg.Length(Width - 2*margin)
	if right != "" {
		p.FillText(small, vg.Point{X: Width - margin, Y: p.y - 1}, right)
		room -= small.Width(right) + 8
	}
	st := style(p.text, labelSize, false, draw.XLeft)
	p.FillText(st, vg.Point{X: margin, Y: p.y}, p.fit(left, st, room))
	p.y -= labelHeight
}

// box fills a rectangle and draws its edge.
func (p *pen) box(x0, y0, x1, y1 vg.Length, fill, edge color.Color) {
	points := []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}, {X: x0, Y: y0}}
	if fill != nil {
		p.FillPolygon(fill, points)
	}
	if edge != nil {
		p.StrokeLines(draw.LineStyle{Color: edge, Width: 1.2}, points)
	}
}

// hatch draws slanting lines in a rectangle, so that it is told from a plain
// one without its colour.
func (p *pen) hatch(x0, y0, x1, y1 vg.Length, c color.Color) {
	h := y1 - y0
	for x := x0 - h; x < x1; x += 6 {
		from, to := vg.Point{X: x, Y: y0}, vg.Point{X: x + h, Y: y1}
		if from.X < x0 {
			from = vg.Point{X: x0, Y: y0 + (x0 - x)}
		}
		if to.X > x1 {
			to = vg.Point{X: x1, Y: y1 - (x + h - x1)}
		}
		p.StrokeLine2(draw.LineStyle{Color: c, Width: 1.4}, from.X, from.Y, to.X, to.Y)
	}
}

// number writes a figure as it is read: "165,000", "85", "7.5".
func number(v float64) string {
	if v != math.Trunc(v) && math.Abs(v) < 1000 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	s := strconv.FormatFloat(math.Round(v), 'f', 0, 64)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// scaleTo is a round number at or above the greatest value, and how far apart
// the lines are drawn.
func scaleTo(most float64) (end, step float64) {
	if most <= 0 {
		return 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(most)))
	for _, f := range [...]float64{0.2, 0.25, 0.5, 1, 2} {
		if s := step * f; most/s <= 5 {
			step = s
			break
		}
	}
	return math.Ceil(most/step) * step, step
}
