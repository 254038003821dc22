package slacktest

import "reflect"

// Composition objects: text, confirmation, option, option group, filter.
// https://docs.slack.dev/reference/block-kit/composition-objects

const (
	plain  = "plain_text"
	mrkdwn = "mrkdwn"
	either = ""
)

// text takes a text object of a kind, of 1 to most characters.
func text(want string, most int) rule {
	return func(c *checker, at string, v any) {
		switch got := kind(v); {
		case got == plain && want != mrkdwn:
			c.object(at, v, fields{"type": is(plain), "text": shown(most)}, fields{"emoji": boolean})
		case got == mrkdwn && want != plain:
			c.object(at, v, fields{"type": is(mrkdwn), "text": shown(most)}, fields{"verbatim": boolean})
		case want == either:
			c.faultf(at, "must provide a text object of type plain_text or mrkdwn")
		default:
			c.faultf(at, "must provide a text object of type %s", want)
		}
	}
}

// confirm is https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object.
func confirm(c *checker, at string, v any) {
	c.object(at, v,
		fields{"title": text(plain, 100), "text": text(either, 300), "confirm": text(plain, 30), "deny": text(plain, 30)},
		fields{"style": is("primary", "danger")})
}

// option is https://docs.slack.dev/reference/block-kit/composition-objects/option-object.
// Radio buttons and checkboxes take mrkdwn, only overflow menus take a url.
func option(in string) rule {
	want, may := plain, fields{}
	switch in {
	case "radio_buttons", "checkboxes":
		want = either
	case "overflow":
		may["url"] = link
	}
	may["description"] = text(want, 75)
	return func(c *checker, at string, v any) {
		c.object(at, v, fields{"text": text(want, 75), "value": str(1, 150)}, may)
	}
}

// optionGroup is https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object.
func optionGroup(in string) rule {
	return func(c *checker, at string, v any) {
		c.object(at, v, fields{"label": text(plain, 75), "options": list(1, 100, option(in))}, nil)
	}
}

// initial reports first choices that are not among the options of m.
func (c *checker) initial(at string, m map[string]any) {
	var offered []any
	options, _ := m["options"].([]any)
	offered = append(offered, options...)
	groups, _ := m["option_groups"].([]any)
	for _, g := range groups {
		group, _ := g.(map[string]any)
		options, _ := group["options"].([]any)
		offered = append(offered, options...)
	}
	among := func(at string, v any) {
		for _, o := range offered {
			if reflect.DeepEqual(o, v) {
				return
			}
		}
		c.faultf(at, "must exactly match one of the options")
	}
	if v, ok := m["initial_option"]; ok {
		among(join(at, "initial_option"), v)
	}
	if vs, ok := m["initial_options"].([]any); ok {
		for i, v := range vs {
			among(join(join(at, "initial_options"), i), v)
		}
	}
}

// slackFile is https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object.
func slackFile(c *checker, at string, v any) {
	m := c.object(at, v, nil, fields{"id": str(1, 255), "url": link})
	c.oneOf(at, m, "id", "url")
}

func conversationFilter(c *checker, at string, v any) {
	m := c.object(at, v, nil, fields{
		"include":                          list(1, 4, is("im", "mpim", "private", "public")),
		"exclude_external_shared_channels": boolean,
		"exclude_bot_users":                boolean,
	})
	if len(m) == 0 {
		c.faultf(at, "must define at least one field")
	}
}

func dispatchConfig(c *checker, at string, v any) {
	c.object(at, v, nil, fields{"trigger_actions_on": list(1, 2, is("on_enter_pressed", "on_character_entered"))})
}
