package slack

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"careerbot/adapters/internal/fit"
	"careerbot/bot"
)

// chart writes a chart as Slack's own where Slack can draw it truly: bars for
// scores, bars of quartiles and median for pay. Everything in it stands in
// words in another part, so what cannot be drawn is left out.
// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
func (r *renderer) chart(c bot.Chart) {
	if r.o.Level != Full || r.o.Modal || r.charts >= maxCharts || !r.room(200, r.reserve) {
		return
	}
	series := c.Series
	switch c.Kind {
	case bot.Ranges:
		series = quartiles(c.Series)
	case bot.Bars:
	case bot.Steps:
		return // an order, not a quantity
	}
	labels, ok := chartLabels(series)
	if !ok {
		return
	}
	names := make([]string, len(series))
	for i, s := range series {
		names[i] = s.Name
	}
	if names, ok = distinct(names); !ok {
		return
	}
	r.charts++
	r.begin("data_visualization")
	r.raw(`,"title":`)
	r.counted(fit.Runes(nonEmpty(c.Title, "Chart"), maxChartTitle))
	r.raw(`,"chart":{"type":"bar","axis_config":{"categories":[`)
	for i, l := range labels {
		if i > 0 {
			r.raw(",")
		}
		r.counted(l)
	}
	r.raw(`]`)
	if c.Unit != "" {
		r.raw(`,"y_label":`)
		r.counted(fit.Runes(c.Unit, maxChartTitle))
	}
	r.raw(`},"series":[`)
	for i, s := range series {
		if i > 0 {
			r.raw(",")
		}
		r.raw(`{"name":`)
		r.counted(names[i])
		r.raw(`,"data":[`)
		for j, p := range s.Points {
			if j > 0 {
				r.raw(",")
			}
			r.raw(`{"label":`)
			r.str(labels[j])
			r.raw(`,"value":`)
			r.b = strconv.AppendFloat(r.b, p.Value, 'f', -1, 64)
			r.raw(`}`)
		}
		r.raw(`]}`)
	}
	r.raw(`]}`)
	r.end()
}

// quartiles turns ranges into a series each for the lower quartile, the median
// and the upper one, or the median alone where not all are published.
func quartiles(in []bot.Series) []bot.Series {
	if len(in) != 1 {
		return nil
	}
	low, mid, high := bot.Series{Name: "Lower quartile"}, bot.Series{Name: "Median"}, bot.Series{Name: "Upper quartile"}
	all := true
	for _, p := range in[0].Points {
		if p.Value == 0 {
			return nil // a bar of nothing would be a lie
		}
		all = all && p.Low > 0 && p.High > 0
		low.Points = append(low.Points, bot.Point{Label: p.Label, Value: p.Low})
		mid.Points = append(mid.Points, bot.Point{Label: p.Label, Value: p.Value})
		high.Points = append(high.Points, bot.Point{Label: p.Label, Value: p.High})
	}
	if all {
		return []bot.Series{low, mid, high}
	}
	return []bot.Series{mid}
}

// chartLabels are the labels that all series share, short enough and each
// different, or false when the chart cannot be drawn.
func chartLabels(series []bot.Series) ([]string, bool) {
	if len(series) == 0 || len(series) > maxSeries || len(series[0].Points) == 0 || len(series[0].Points) > maxPoints {
		return nil, false
	}
	var labels []string
	for _, p := range series[0].Points {
		labels = append(labels, p.Label)
	}
	for _, s := range series[1:] {
		if len(s.Points) != len(labels) {
			return nil, false
		}
		for i, p := range s.Points {
			if p.Label != labels[i] {
				return nil, false
			}
		}
	}
	return distinct(labels)
}

// distinct shortens names to what a chart's label holds: what stands before
// the first comma if that is enough to tell them apart, else the first
// characters; false when they cannot be told apart so.
func distinct(names []string) ([]string, bool) {
	for _, short := range []func(string) string{
		func(s string) string { return s },
		func(s string) string { head, _, _ := strings.Cut(s, ","); return head },
		func(s string) string { return fit.Runes(s, maxChartLabel) },
	} {
		out := make([]string, 0, len(names))
		seen := map[string]bool{}
		for _, n := range names {
			l := strings.TrimSpace(short(n))
			if l == "" || seen[l] || utf8.RuneCountInString(l) > maxChartLabel {
				break
			}
			seen[l] = true
			out = append(out, l)
		}
		if len(out) == len(names) {
			return out, true
		}
	}
	return nil, false
}

func nonEmpty(s, otherwise string) string {
	if strings.TrimSpace(s) == "" {
		return otherwise
	}
	return s
}
