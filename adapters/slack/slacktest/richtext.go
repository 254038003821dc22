package slacktest

// Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.

// richText takes a rich_text block, also where it stands in a cell or an input.
func richText(c *checker, at string, v any) {
	c.object(at, v, fields{"type": is("rich_text"), "elements": list(1, 1000, richPart)}, fields{"block_id": blockID})
}

func richPart(c *checker, at string, v any) {
	border := fields{"border": integer(0, 1)}
	inline := list(1, 1000, richInline)
	switch k := kind(v); k {
	case "rich_text_section":
		c.object(at, v, fields{"type": free, "elements": inline}, nil)
	case "rich_text_quote":
		c.object(at, v, fields{"type": free, "elements": inline}, border)
	case "rich_text_preformatted":
		only := func(c *checker, at string, v any) {
			if k := kind(v); k != "text" && k != "link" {
				c.faultf(at, "unsupported type: %q", k)
				return
			}
			richInline(c, at, v)
		}
		c.object(at, v, fields{"type": free, "elements": list(1, 1000, only)}, with(border, fields{"language": str(1, 255)}))
	case "rich_text_list":
		item := func(c *checker, at string, v any) {
			if k := kind(v); k != "rich_text_section" {
				c.faultf(at, "unsupported type: %q", k)
				return
			}
			richPart(c, at, v)
		}
		c.object(at, v, fields{"type": free, "elements": list(1, 1000, item), "style": is("bullet", "ordered")},
			with(border, fields{"indent": integer(0, 8), "offset": integer(0, 100000)}))
	default:
		c.faultf(at, "unsupported type: %q", k)
	}
}

func richInline(c *checker, at string, v any) {
	style := fields{"style": richStyle}
	var must, may fields
	switch k := kind(v); k {
	case "text":
		must, may = fields{"text": shown(13200)}, style
	case "link":
		must, may = fields{"url": richLink}, with(style, fields{"text": shown(13200), "unsafe": boolean})
	case "emoji":
		must, may = fields{"name": str(1, 255)}, fields{"unicode": str(1, 255), "skin_tone": integer(2, 6)}
	case "user":
		must, may = fields{"user_id": str(1, 255)}, style
	case "usergroup":
		must, may = fields{"usergroup_id": str(1, 255)}, style
	case "channel":
		must, may = fields{"channel_id": str(1, 255)}, style
	case "broadcast":
		must = fields{"range": is("here", "channel", "everyone")}
	case "color":
		must = fields{"value": str(1, 7)}
	case "date":
		must, may = fields{"timestamp": integer(0, 1<<40), "format": str(1, 255)}, with(style, fields{"url": link, "fallback": shown(3000), "timezone": str(1, 255)})
	default:
		c.faultf(at, "unsupported type: %q", k)
		return
	}
	c.object(at, v, with(must, fields{"type": free}), may)
}

// richLink takes what link takes, and addresses of mail.
func richLink(c *checker, at string, v any) {
	if s, ok := v.(string); ok && len(s) > 7 && s[:7] == "mailto:" {
		c.length(at, s, 8, 3000)
		return
	}
	link(c, at, v)
}

func richStyle(c *checker, at string, v any) {
	c.object(at, v, nil, fields{"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean, "underline": boolean,
		"highlight": boolean, "client_highlight": boolean, "unlink": boolean})
}
