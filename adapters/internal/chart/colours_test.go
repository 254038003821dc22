package chart

import (
	"image/color"
	"math"
	"testing"
)

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func contrast(a, b color.RGBA) float64 {
	light := func(c color.RGBA) float64 {
		part := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.04045 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestEveryThemeCanBeRead(t *testing.T) {
	for theme, c := range themes {
		for name, ink := range map[string]color.RGBA{"text": c.text, "muted": c.muted} {
			if r := contrast(ink, c.background); r < 4.5 {
				t.Errorf("theme %d: %s has a contrast of %.1f to 1, want 4.5", theme, name, r)
			}
		}
		for i, ink := range c.series {
			if r := contrast(ink, c.background); r < 3 {
				t.Errorf("theme %d: series %d has a contrast of %.1f to 1, want 3", theme, i, r)
			}
		}
	}
}

func TestNumbersAreWrittenAsTheyAreRead(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 7.5: "7.5", 85: "85", 999: "999", 1000: "1,000", 165000: "165,000", 1654440: "1,654,440", -1200: "-1,200"} {
		if got := number(v); got != want {
			t.Errorf("%v: %q, want %q", v, got, want)
		}
	}
}

func TestTheScaleEndsRoundAndAboveAll(t *testing.T) {
	for most, want := range map[float64]float64{0: 1, 7: 8, 85: 100, 173900: 200000, 226200: 250000, 1000: 1000} {
		end, step := scaleTo(most)
		if end != want || math.Mod(end, step) > 1e-9 || end/step > 6 {
			t.Errorf("%v: ends at %v in steps of %v, want %v", most, end, step, want)
		}
	}
}
