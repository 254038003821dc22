package slacktest

import (
	"math"
	"slices"
	"strings"
)

// Block elements: https://docs.slack.dev/reference/block-kit/block-elements.

// Which elements each block takes.
var (
	selects = []string{"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
	multis  = []string{"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"}

	inActions        = slices.Concat(selects, []string{"button", "checkboxes", "datepicker", "datetimepicker", "overflow", "radio_buttons", "timepicker", "workflow_button"})
	inSection        = slices.Concat(selects, multis, []string{"button", "checkboxes", "datepicker", "image", "overflow", "radio_buttons", "timepicker", "workflow_button"})
	inInput          = slices.Concat(selects, multis, []string{"checkboxes", "datepicker", "datetimepicker", "email_text_input", "file_input", "number_input", "plain_text_input", "radio_buttons", "rich_text_input", "timepicker", "url_text_input"})
	inContextActions = []string{"feedback_buttons", "icon_button"}
)

// element takes one of the named elements.
func element(allowed ...string) rule {
	return func(c *checker, at string, v any) {
		k := kind(v)
		if !slices.Contains(allowed, k) {
			c.faultf(at, "unsupported type: %q", k)
			return
		}
		c.element(k, at, v)
	}
}

func (c *checker) element(k, at string, v any) {
	if k == "image" {
		m := c.object(at, v, fields{"type": is("image"), "alt_text": str(1, 2000)}, fields{"image_url": link, "slack_file": slackFile})
		c.oneOf(at, m, "image_url", "slack_file")
		return
	}
	must := fields{"type": is(k)}
	may := fields{"action_id": actionID}
	focus := fields{"focus_on_load": focus}
	hint := fields{"placeholder": text(plain, 150)}
	ask := fields{"confirm": confirm}
	seen := fields{"visible_to_user_ids": list(1, 100, str(1, 255))}
	typed := fields{"initial_value": str(0, 3000), "dispatch_action_config": dispatchConfig}
	label := fields{"accessibility_label": str(1, 75)}

	switch k {
	case "button":
		must = with(must, fields{"text": text(plain, 75)})
		may = with(may, ask, label, seen, fields{"url": link, "value": str(1, 2000), "style": is("primary", "danger"),
			"agent_prompt": str(1, 3000), "agent_prompt_display": str(1, 3000)})
	case "workflow_button":
		must = with(must, fields{"text": text(plain, 75), "workflow": workflow})
		may = with(may, label, fields{"style": is("primary", "danger")})
	case "icon_button":
		must = with(must, fields{"icon": is("trash"), "text": text(plain, 75)})
		may = with(may, ask, label, seen, fields{"value": str(1, 2000)})
	case "feedback_buttons":
		must = with(must, fields{"positive_button": feedbackButton, "negative_button": feedbackButton})
	case "overflow":
		must = with(must, fields{"options": list(1, 5, option(k))})
		may = with(may, ask)
	case "radio_buttons":
		must = with(must, fields{"options": list(1, 10, option(k))})
		may = with(may, ask, focus, fields{"initial_option": option(k)})
	case "checkboxes":
		must = with(must, fields{"options": list(1, 10, option(k))})
		may = with(may, ask, focus, seen, fields{"initial_options": list(1, 10, option(k))})
	case "datepicker":
		may = with(may, ask, focus, hint, fields{"initial_date": str(10, 10)})
	case "timepicker":
		may = with(may, ask, focus, hint, fields{"initial_time": str(5, 5), "timezone": str(1, 255)})
	case "datetimepicker":
		may = with(may, ask, focus, fields{"initial_date_time": integer(1, math.MaxInt64)})
	case "plain_text_input":
		may = with(may, focus, hint, typed, fields{"multiline": boolean, "min_length": integer(0, 3000), "max_length": integer(1, 3000)})
	case "email_text_input", "url_text_input":
		may = with(may, focus, hint, typed)
	case "number_input":
		must = with(must, fields{"is_decimal_allowed": boolean})
		may = with(may, focus, hint, typed, fields{"min_value": str(1, 255), "max_value": str(1, 255)})
	case "rich_text_input":
		may = with(may, focus, hint, fields{"initial_value": richText, "dispatch_action_config": dispatchConfig,
			"min_lines": integer(1, 100), "max_lines": integer(1, 100)})
	case "file_input":
		may = with(may, fields{"filetypes": list(1, 100, str(1, 255)), "max_files": integer(1, 10)})
	default:
		must, may = c.menu(k, must, with(may, ask, focus, hint))
	}
	m := c.object(at, v, must, may)
	if strings.HasSuffix(k, "static_select") {
		c.oneOf(at, m, "options", "option_groups")
	}
	if strings.HasSuffix(k, "static_select") || k == "radio_buttons" || k == "checkboxes" {
		c.initial(at, m)
	}
}

// menu adds the fields of select menus, of one choice or of many.
func (c *checker) menu(k string, must, may fields) (fields, fields) {
	single, many := strings.TrimPrefix(k, "multi_"), strings.HasPrefix(k, "multi_")
	name, item := "", rule(nil)
	switch single {
	case "static_select":
		may = with(may, fields{"options": list(1, 100, option(k)), "option_groups": list(1, 100, optionGroup(k))})
		name, item = "initial_option", option(k)
	case "external_select":
		may = with(may, fields{"min_query_length": integer(0, 3000)})
		name, item = "initial_option", option(k)
	case "users_select":
		name, item = "initial_user", str(1, 255)
	case "conversations_select":
		may = with(may, fields{"default_to_current_conversation": boolean, "filter": conversationFilter})
		name, item = "initial_conversation", str(1, 255)
	case "channels_select":
		name, item = "initial_channel", str(1, 255)
	}
	if many {
		may = with(may, fields{name + "s": list(1, 100, item), "max_selected_items": integer(1, 100)})
		return must, may
	}
	may = with(may, fields{name: item})
	if single == "conversations_select" || single == "channels_select" {
		// Only modals have it: it makes a response_url for a submission.
		if c.on == modal {
			may["response_url_enabled"] = boolean
		}
	}
	return must, may
}

// actionID takes an action_id that its block has not had yet.
func actionID(c *checker, at string, v any) {
	str(1, 255)(c, at, v)
	id, ok := v.(string)
	if !ok || len(c.actions) == 0 {
		return
	}
	seen := c.actions[len(c.actions)-1]
	if first, ok := seen[id]; ok {
		c.faultf(at, "action_id %q is already in this block at %s", id, first)
	}
	seen[id] = at
}

func focus(c *checker, at string, v any) {
	boolean(c, at, v)
	if on, _ := v.(bool); on {
		if c.focused != "" {
			c.faultf(at, "only one element may have focus_on_load, %s has it", c.focused)
		}
		c.focused = at
	}
}

func feedbackButton(c *checker, at string, v any) {
	c.object(at, v, fields{"text": text(plain, 75), "value": str(1, 2000)}, fields{"accessibility_label": str(1, 75)})
}

func workflow(c *checker, at string, v any) {
	parameter := func(c *checker, at string, v any) {
		c.object(at, v, fields{"name": str(1, 255), "value": str(0, 3000)}, nil)
	}
	trigger := func(c *checker, at string, v any) {
		c.object(at, v, fields{"url": link}, fields{"customizable_input_parameters": list(0, 100, parameter)})
	}
	c.object(at, v, fields{"trigger": trigger}, nil)
}
