package slacktest

import (
	"encoding/json"
	"slices"
)

// Charts: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block.

func (c *checker) chart(at string, v any) {
	c.object(at, v, fields{"type": free, "title": shown(50), "chart": chart}, fields{"block_id": blockID})
}

func chart(c *checker, at string, v any) {
	switch k := kind(v); k {
	case "pie":
		c.object(at, v, fields{"type": free, "segments": list(1, 6, segment)}, nil)
	case "bar", "line", "area":
		m, _ := v.(map[string]any)
		axis, _ := m["axis_config"].(map[string]any)
		categories, _ := axis["categories"].([]any)
		names := map[string]bool{}
		series := func(c *checker, at string, v any) {
			c.series(at, v, categories, names)
		}
		c.object(at, v, fields{"type": free, "series": list(1, 6, series), "axis_config": axisConfig}, nil)
	default:
		c.faultf(at, "unsupported chart type: %q", k)
	}
}

func segment(c *checker, at string, v any) {
	positive := func(c *checker, at string, v any) {
		number(c, at, v)
		if n, ok := v.(json.Number); ok {
			if f, err := n.Float64(); err != nil || f <= 0 {
				c.faultf(at, "must be greater than 0")
			}
		}
	}
	c.object(at, v, fields{"label": shown(20), "value": positive}, nil)
}

func axisConfig(c *checker, at string, v any) {
	m := c.object(at, v, fields{"categories": list(1, 20, shown(20))}, fields{"x_label": shown(50), "y_label": shown(50)})
	categories, _ := m["categories"].([]any)
	for i, name := range categories {
		if slices.Index(categories, name) < i {
			c.faultf(join(join(at, "categories"), i), "categories must be unique: %q", name)
		}
	}
}

// series checks one named line, row of bars or area: one point for every category.
func (c *checker) series(at string, v any, categories []any, names map[string]bool) {
	labels := map[any]bool{}
	point := func(c *checker, at string, v any) {
		m := c.object(at, v, fields{"label": str(1, 20), "value": number}, nil)
		label, ok := m["label"].(string)
		if !ok {
			return
		}
		if !slices.Contains(categories, any(label)) {
			c.faultf(join(at, "label"), "must be one of the categories: %q", label)
		}
		if labels[label] {
			c.faultf(join(at, "label"), "labels must be unique in a series: %q", label)
		}
		labels[label] = true
	}
	m := c.object(at, v, fields{"name": shown(20), "data": list(1, 20, point)}, nil)
	if data, ok := m["data"].([]any); ok && len(data) != len(categories) {
		c.faultf(join(at, "data"), "must have one point for every category: %d, not %d", len(categories), len(data))
	}
	if name, ok := m["name"].(string); ok {
		if names[name] {
			c.faultf(join(at, "name"), "series names must be unique: %q", name)
		}
		names[name] = true
	}
}
