package chart_test

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"careerbot/adapters/internal/chart"
	"careerbot/bot"
	"careerbot/bot/bottest"
)

var update = flag.Bool("update", false, "write the pictures anew")

func points(ps ...bot.Point) []bot.Point { return ps }

// samples are a chart of each kind as it looks in an answer.
var samples = map[string]bot.Chart{
	"bars": {Kind: bot.Bars, Title: "Competencies", Unit: "of 100", Max: 100, Series: []bot.Series{
		{Name: "Backend Engineer", Points: points(bot.Point{Label: "Troubleshooting", Value: 75}, bot.Point{Label: "Technical depth", Value: 85})},
		{Name: "DevOps Engineer", Points: points(bot.Point{Label: "Troubleshooting", Value: 80}, bot.Point{Label: "Technical depth", Value: 85})}}},
	"ranges": {Kind: bot.Ranges, Title: "Pay of a Tide Engineer", Unit: "USD a year", Series: []bot.Series{{Name: "Tide Engineer", Points: points(
		bot.Point{Label: "Atlantis, Survey 2025", Value: 150000, Low: 120000, High: 190000, Note: "n 112"},
		bot.Point{Label: "Lyonesse, Survey 2025", Value: 42000, Note: "n 11"})}}},
	"steps": {Kind: bot.Steps, Title: "From Clerk to Tide Engineer", Series: []bot.Series{{Name: "Steps", Points: points(
		bot.Point{Label: "Clerk", Note: "start"}, bot.Point{Label: "Gauge Reader", Note: "a step up"}, bot.Point{Label: "Tide Engineer", Note: "a specialisation"})}}},
}

func draw(t testing.TB, c bot.Chart, theme chart.Theme) []byte {
	t.Helper()
	b, err := chart.PNG(c, theme)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func decode(t testing.TB, b []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestPictures compares decoded pixels, with a tolerance for rounding on
// another processor.
func TestPictures(t *testing.T) {
	for name, c := range samples {
		for theme, suffix := range map[chart.Theme]string{chart.Light: "light", chart.Dark: "dark"} {
			t.Run(name+" "+suffix, func(t *testing.T) {
				file := filepath.Join("testdata", name+"-"+suffix+".png")
				got := draw(t, c, theme)
				if *update {
					if err := os.WriteFile(file, got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if share := differing(t, decode(t, got), decode(t, data)); share > 0.002 {
					t.Errorf("%.2f %% of the pixels differ from %s (go test -update writes it anew)", 100*share, file)
				}
			})
		}
	}
}

// differing is the share of pixels that differ by more than the eye can see.
func differing(t testing.TB, a, b image.Image) float64 {
	t.Helper()
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v, want %v", a.Bounds(), b.Bounds())
	}
	n, all := 0, a.Bounds()
	for y := all.Min.Y; y < all.Max.Y; y++ {
		for x := all.Min.X; x < all.Max.X; x++ {
			r0, g0, b0, _ := a.At(x, y).RGBA()
			r1, g1, b1, _ := b.At(x, y).RGBA()
			if apart(r0, r1) || apart(g0, g1) || apart(b0, b1) {
				n++
			}
		}
	}
	return float64(n) / float64(all.Dx()*all.Dy())
}

func apart(a, b uint32) bool { return max(a, b)-min(a, b) > 0x1800 }

func TestTheSameChartGivesTheSameBytes(t *testing.T) {
	want := draw(t, samples["bars"], chart.Light)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got, err := chart.PNG(samples["bars"], chart.Light); err != nil || !bytes.Equal(got, want) {
				t.Errorf("other bytes, %v", err)
			}
		})
	}
	wg.Wait()
}

func TestEveryExtremeCanBeDrawn(t *testing.T) {
	n := 0
	for _, c := range bottest.Cases() {
		for _, p := range c.Answer.Parts {
			ch, ok := p.(bot.Chart)
			if !ok {
				continue
			}
			n++
			b, err := chart.PNG(ch, chart.Dark)
			if errors.Is(err, chart.ErrEmpty) {
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", c.Name, err)
				continue
			}
			if size := decode(t, b).Bounds(); size.Dx() != chart.Width*chart.Scale || size.Dy() > 4000 {
				t.Errorf("%s: the picture is %v", c.Name, size)
			}
		}
	}
	if n < 4 {
		t.Errorf("%d charts, want those of every kind", n)
	}
}

func TestNothingToDrawIsAnError(t *testing.T) {
	for _, c := range []bot.Chart{{}, {Series: []bot.Series{{Name: "none"}}}} {
		if _, err := chart.PNG(c, chart.Light); !errors.Is(err, chart.ErrEmpty) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	c := samples["bars"]
	c.Kind = 99
	if _, err := chart.PNG(c, chart.Light); err == nil {
		t.Error("an unknown kind is drawn")
	}
}

func BenchmarkPNG(b *testing.B) {
	for name, c := range samples {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				draw(b, c, chart.Light)
			}
		})
	}
}
