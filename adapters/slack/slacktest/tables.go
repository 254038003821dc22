package slacktest

// Tables: https://docs.slack.dev/reference/block-kit/blocks/table-block and
// https://docs.slack.dev/reference/block-kit/blocks/data-table-block. Newer
// lists allow more rows and characters of a data table; the smaller numbers
// hold in every workspace.

const maxCells = 10000 // characters in all cells

func (c *checker) table(at string, v any) {
	setting := func(c *checker, at string, v any) {
		if v != nil { // null leaves a column as it is
			c.object(at, v, nil, fields{"align": is("left", middle, "right"), "is_wrapped": boolean})
		}
	}
	c.object(at, v, fields{"type": free, "rows": rows(1, 100, tableCell, tableCell)},
		fields{"block_id": blockID, "column_settings": list(1, 20, setting)})
}

func (c *checker) dataTable(at string, v any) {
	m := c.object(at, v, fields{"type": free, "caption": shown(3000), "rows": rows(2, 101, dataHeader, dataCell)},
		fields{"block_id": blockID, "page_size": integer(1, 100), "row_header_column_index": integer(0, 19)})
	all, _ := m["rows"].([]any)
	if len(all) > 0 {
		if first, _ := all[0].([]any); m["row_header_column_index"] != nil && len(first) > 0 {
			integer(0, int64(len(first)-1))(c, join(at, "row_header_column_index"), m["row_header_column_index"])
		}
	}
}

// rows takes least to most rows of 1 to 20 cells, all as wide as the first.
func rows(least, most int, header, cell rule) rule {
	return func(c *checker, at string, v any) {
		width := -1
		row := func(c *checker, at string, v any) {
			check := cell
			if width < 0 {
				check = header
			}
			list(1, 20, check)(c, at, v)
			cells, _ := v.([]any)
			if width < 0 {
				width = len(cells)
			}
			if len(cells) != width {
				c.faultf(at, "all rows must have the same number of cells: %d, not %d", width, len(cells))
			}
		}
		before := c.text
		list(least, most, row)(c, at, v)
		c.cells += c.text - before
		if c.cells > maxCells {
			c.faultf(at, "no more than %d characters allowed in all cells", maxCells)
		}
	}
}

// tableCell refuses numbers, as some workspaces do: text is shown by all.
func tableCell(c *checker, at string, v any) {
	switch k := kind(v); k {
	case "raw_text":
		c.object(at, v, fields{"type": free, "text": shown(maxCells)}, nil)
	case "rich_text":
		richText(c, at, v)
	default:
		c.faultf(at, "unsupported type: %q", k)
	}
}

func dataHeader(c *checker, at string, v any) {
	if k := kind(v); k != "raw_text" {
		c.faultf(at, "unsupported type in a header: %q", k)
		return
	}
	tableCell(c, at, v)
}

func dataCell(c *checker, at string, v any) {
	switch kind(v) {
	case "raw_number":
		c.object(at, v, fields{"type": free, "value": number}, fields{"text": shown(maxCells)})
	case "action_cell":
		c.object(at, v, fields{"type": free, "element": element("button")}, fields{"fallback": dataCell})
	default:
		tableCell(c, at, v)
	}
}
