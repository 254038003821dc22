package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"careerbot/adapters/internal/redact"
)

// command is a slash command as both doors bring it.
// https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling
type command struct {
	TeamID       string `json:"team_id"`
	EnterpriseID string `json:"enterprise_id"`
	ChannelID    string `json:"channel_id"`
	UserID       string `json:"user_id"`
	UserName     string `json:"user_name"`
	Command      string `json:"command"`
	Text         string `json:"text"`
	ResponseURL  string `json:"response_url"`
	TriggerID    string `json:"trigger_id"`
	SSLCheck     string `json:"ssl_check"`
}

var errNotACommand = errors.New("slack: not a slash command: no command or no user")

func readCommandForm(body []byte) (command, error) {
	v, err := url.ParseQuery(string(body))
	if err != nil {
		return command{}, fmt.Errorf("slack: read command: %w", err)
	}
	c := command{TeamID: v.Get("team_id"), EnterpriseID: v.Get("enterprise_id"), ChannelID: v.Get("channel_id"), UserID: v.Get("user_id"),
		UserName: v.Get("user_name"), Command: v.Get("command"), Text: v.Get("text"), ResponseURL: v.Get("response_url"),
		TriggerID: v.Get("trigger_id"), SSLCheck: v.Get("ssl_check")}
	return c, c.check()
}

func readCommandJSON(payload []byte) (command, error) {
	var c command
	if err := json.Unmarshal(payload, &c); err != nil {
		return command{}, fmt.Errorf("slack: read command: %w", err)
	}
	return c, c.check()
}

func (c command) check() error {
	if c.SSLCheck == "" && (c.Command == "" || c.UserID == "") {
		return errNotACommand
	}
	return nil
}

func (c command) place() place {
	return place{workspace: Workspace{c.EnterpriseID, c.TeamID}, channel: c.ChannelID, user: c.UserID}
}

// envelope is what the Events API sends. Only what is used is read, so that a
// new or changed field cannot make an event unreadable.
// https://docs.slack.dev/apis/events-api#event-type-structure
type envelope struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"`
	TeamID         string          `json:"team_id"`
	EnterpriseID   string          `json:"enterprise_id"`
	EventID        string          `json:"event_id"`
	EventTime      int64           `json:"event_time"` // seconds since 1970
	APIAppID       string          `json:"api_app_id"`
	Event          json.RawMessage `json:"event"`
	Authorizations []authorization `json:"authorizations"`
}

type authorization struct {
	EnterpriseID string `json:"enterprise_id"`
	TeamID       string `json:"team_id"`
	UserID       string `json:"user_id"`
	IsBot        bool   `json:"is_bot"`
}

// event is the inner event, of any type that is answered.
type event struct {
	Type        string          `json:"type"`
	SubType     string          `json:"subtype"`
	User        string          `json:"user"`
	BotID       string          `json:"bot_id"`
	AppID       string          `json:"app_id"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts"`
	Channel     json.RawMessage `json:"channel"` // an id, or an object in events that are not answered
	ChannelType string          `json:"channel_type"`
	Tab         string          `json:"tab"`
	Edited      json.RawMessage `json:"edited"`
	Hidden      bool            `json:"hidden"`
	View        struct {
		Hash string `json:"hash"`
	} `json:"view"`
	Tokens struct {
		Bot []string `json:"bot"`
	} `json:"tokens"`
	AssistantThread struct {
		ChannelID string `json:"channel_id"`
		ThreadTS  string `json:"thread_ts"`
	} `json:"assistant_thread"`

	channel   string
	at        time.Time
	workspace Workspace
	botUser   string // the bot's user id, "" when Slack did not say
}

var errNoEvent = errors.New("slack: no event in it")

// readEnvelope reads what the Events API sends. An envelope without a readable
// event comes with an error.
func readEnvelope(payload []byte) (envelope, event, error) {
	var env envelope
	if err := json.Unmarshal(payload, &env); err != nil {
		return envelope{}, event{}, fmt.Errorf("slack: read event: %w", redact.JSON(err))
	}
	if env.Type != "event_callback" {
		return env, event{}, nil
	}
	var e event
	if len(env.Event) == 0 || env.Event[0] != '{' {
		return env, event{}, errNoEvent
	}
	if err := json.Unmarshal(env.Event, &e); err != nil {
		return env, event{}, fmt.Errorf("slack: read event: %w", redact.JSON(err))
	}
	if len(e.Channel) > 0 && e.Channel[0] == '"' {
		if err := json.Unmarshal(e.Channel, &e.channel); err != nil {
			return env, event{}, fmt.Errorf("slack: read event: %w", redact.JSON(err))
		}
	}
	e.at = time.Unix(env.EventTime, 0)
	// The token goes by where the app is installed, not by where the speaker
	// is from: with Slack Connect these differ. Slack sends one of the
	// authorizations at most.
	e.workspace = Workspace{env.EnterpriseID, env.TeamID}
	if len(env.Authorizations) > 0 {
		first := env.Authorizations[0]
		if first.TeamID != "" {
			e.workspace = Workspace{first.EnterpriseID, first.TeamID}
		}
		if first.IsBot {
			e.botUser = first.UserID
		}
	}
	return env, e, nil
}

// byPerson says whether a person wrote the message, now and anew: no program,
// no edit, no deletion, no notice of Slack's.
// https://docs.slack.dev/reference/events/message#subtypes
func (e event) byPerson() bool {
	switch e.SubType {
	case "", "file_share", "thread_broadcast":
	default:
		return false
	}
	return e.BotID == "" && e.AppID == "" && e.User != "" && e.User != "USLACKBOT" && e.User != e.botUser &&
		!e.Hidden && (len(e.Edited) == 0 || string(e.Edited) == "null") && e.channel != "" && e.TS != ""
}

// mentions says whether the text names the user.
func mentions(text, user string) bool {
	return user != "" && (strings.Contains(text, "<@"+user+">") || strings.Contains(text, "<@"+user+"|"))
}

// plainText is a message's text as it was written: without the mention of the
// bot, and with what Slack escapes as it was.
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func plainText(text, botUser string) string {
	if botUser != "" {
		for {
			at := strings.Index(text, "<@"+botUser)
			if at < 0 {
				break
			}
			end := strings.IndexByte(text[at:], '>')
			if end < 0 {
				break
			}
			text = text[:at] + " " + text[at+end+1:]
		}
	}
	return strings.TrimSpace(unescaper.Replace(text))
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// interaction is a press, a look-up, a submission or a shortcut.
// https://docs.slack.dev/reference/interaction-payloads
type interaction struct {
	Type        string `json:"type"`
	TriggerID   string `json:"trigger_id"`
	ResponseURL string `json:"response_url"`
	CallbackID  string `json:"callback_id"`
	ActionID    string `json:"action_id"` // of a look-up
	Value       string `json:"value"`     // typed in a look-up
	User        struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		Username string `json:"username"`
		TeamID   string `json:"team_id"`
	} `json:"user"`
	Team       *idOnly `json:"team"`
	Enterprise *idOnly `json:"enterprise"`
	Channel    *idOnly `json:"channel"`
	Container  struct {
		Type        string `json:"type"`
		IsEphemeral bool   `json:"is_ephemeral"`
		MessageTS   string `json:"message_ts"`
		ThreadTS    string `json:"thread_ts"`
		ChannelID   string `json:"channel_id"`
		ViewID      string `json:"view_id"`
	} `json:"container"`
	Message struct {
		Text     string `json:"text"`
		TS       string `json:"ts"`
		ThreadTS string `json:"thread_ts"`
	} `json:"message"`
	Actions []pressed `json:"actions"`
	View    struct {
		ID         string `json:"id"`
		Type       string `json:"type"`
		Hash       string `json:"hash"`
		CallbackID string `json:"callback_id"`
		State      struct {
			Values map[string]map[string]pressed `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

type idOnly struct {
	ID string `json:"id"`
}

func (i *idOnly) id() string {
	if i == nil {
		return ""
	}
	return i.ID
}

// pressed is an element that was pressed, or one of a form with what it holds.
type pressed struct {
	ActionID       string `json:"action_id"`
	BlockID        string `json:"block_id"`
	Value          string `json:"value"`
	SelectedOption *struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// chosen is the value of a button, a select or an input.
func (p pressed) chosen() string {
	if p.SelectedOption != nil {
		return p.SelectedOption.Value
	}
	return p.Value
}

func readInteraction(payload []byte) (interaction, error) {
	var in interaction
	if err := json.Unmarshal(payload, &in); err != nil {
		return interaction{}, fmt.Errorf("slack: read interaction: %w", redact.JSON(err))
	}
	if in.Type == "" {
		return interaction{}, errors.New("slack: read interaction: it has no type")
	}
	return in, nil
}

func readInteractionForm(body []byte) (interaction, error) {
	v, err := url.ParseQuery(string(body))
	if err != nil {
		return interaction{}, errors.New("slack: read interaction: no form")
	}
	return readInteraction([]byte(v.Get("payload")))
}

func (in interaction) place() place {
	team := in.Team.id()
	if team == "" {
		team = in.User.TeamID
	}
	p := place{workspace: Workspace{in.Enterprise.id(), team}, channel: in.Container.ChannelID, thread: in.Container.ThreadTS, user: in.User.ID}
	if p.channel == "" {
		p.channel = in.Channel.id()
	}
	return p
}

// name is what the person is called, as Slack sends it along.
func (in interaction) name() string {
	if in.User.Name != "" {
		return in.User.Name
	}
	return in.User.Username
}

// entered is what a form's block holds, whichever element it has.
func (in interaction) entered(block string) string {
	for _, e := range in.View.State.Values[block] {
		return strings.TrimSpace(e.chosen())
	}
	return ""
}
