package chart

import "image/color"

// colours of a theme. Marks keep a contrast of at least 3 to 1 with the
// background and text one of at least 4.5 to 1
// (https://www.w3.org/TR/WCAG22/#contrast-minimum); the two series colours are
// told apart by those who see no red or no green, after Okabe and Ito
// (https://jfly.uni-koeln.de/color/).
type colours struct {
	background, text, muted, grid color.RGBA
	series                        [maxSeries]color.RGBA
	soft                          color.RGBA // the middle half of a range
}

func rgb(v uint32) color.RGBA {
	return color.RGBA{R: uint8(v >> 16 & 0xff), G: uint8(v >> 8 & 0xff), B: uint8(v & 0xff), A: 0xff}
}

var themes = map[Theme]colours{
	Light: {background: rgb(0xffffff), text: rgb(0x1d1c1d), muted: rgb(0x5c5b5d), grid: rgb(0xdddddd), soft: rgb(0xb9d6ea),
		series: [maxSeries]color.RGBA{rgb(0x0063a3), rgb(0xb35300), rgb(0x00785a), rgb(0x8c4a77), rgb(0x5a5a00), rgb(0x444444)}},
	Dark: {background: rgb(0x1e1f24), text: rgb(0xf2f3f5), muted: rgb(0xb5bac1), grid: rgb(0x3f4147), soft: rgb(0x2f5675),
		series: [maxSeries]color.RGBA{rgb(0x6cb8f0), rgb(0xf0a050), rgb(0x40c8a0), rgb(0xe0a0c8), rgb(0xd8d060), rgb(0xcccccc)}},
}
