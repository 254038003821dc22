package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"slices"
	"strconv"
)

// Message is an answer as Discord takes it, in JSON: components, or an embed
// and text, or text alone. The zero Message is nothing to send.
//
// Its types are not discordgo's: those write fields that are not set, which
// the new components do not go with, and read back and write each component
// once for every level that it lies under.
type Message struct {
	Content     string       `json:"content,omitempty"`
	Embeds      []embed      `json:"embeds,omitempty"`
	Components  []component  `json:"components,omitempty"`
	Flags       int          `json:"flags,omitempty"`
	Mentions    noMentions   `json:"allowed_mentions"`
	Attachments []attachment `json:"attachments,omitempty"`
	// Pictures are the files of the attachments. They go with a message that is
	// sent as a request of its own, never with the response to an interaction
	// that came by HTTP, which takes JSON only.
	Pictures [][]byte `json:"-"`
}

// noMentions is written as allowed_mentions of which none is allowed.
// https://docs.discord.com/developers/resources/message#allowed-mentions-object
type noMentions struct{}

const mentionsNobody = `{"parse":[]}`

// MarshalJSON implements [json.Marshaler].
func (noMentions) MarshalJSON() ([]byte, error) { return []byte(mentionsNobody), nil }

type embed struct {
	Description string `json:"description"`
}

// attachment is a picture that goes with a message, by its place among them.
// https://docs.discord.com/developers/reference#uploading-files
type attachment struct {
	ID          int    `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description"`
}

// flags of a message.
// https://docs.discord.com/developers/resources/message#message-object-message-flags
const (
	flagEphemeral    = 1 << 6
	flagComponentsV2 = 1 << 15
)

// types of components.
// https://docs.discord.com/developers/components/reference#component-object-component-types
const (
	typeRow       = 1
	typeButton    = 2
	typeSelect    = 3
	typeSection   = 9
	typeText      = 10
	typeGallery   = 12
	typeSeparator = 14
	typeContainer = 17
)

// styles of buttons.
const (
	stylePrimary   = 1
	styleSecondary = 2
)

// component is a component of any type, with the fields of it that are used.
type component struct {
	Type        int         `json:"type"`
	Content     string      `json:"content,omitempty"`
	CustomID    string      `json:"custom_id,omitempty"`
	Style       int         `json:"style,omitempty"`
	Label       string      `json:"label,omitempty"`
	Placeholder string      `json:"placeholder,omitempty"`
	Options     []option    `json:"options,omitempty"`
	Items       []picture   `json:"items,omitempty"`
	Components  []component `json:"components,omitempty"`
	Accessory   *component  `json:"accessory,omitempty"`
}

// option is one of a select.
type option struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
}

// picture is one of a gallery.
type picture struct {
	Media       media  `json:"media"`
	Description string `json:"description"`
}

type media struct {
	URL string `json:"url"`
}

func textDisplay(s string) component { return component{Type: typeText, Content: s} }

func row(c ...component) component { return component{Type: typeRow, Components: c} }

// Encode is the message as the body of a request, with its pictures.
func (m Message) Encode() (contentType string, body []byte, err error) { return write(m, m) }

// write is v, which holds m, as the body of a request with m's pictures.
func write(v any, m Message) (contentType string, body []byte, err error) {
	b, err := encode(v)
	if err != nil || len(m.Pictures) == 0 {
		return "application/json", b, err
	}
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	part := func(name, filename, kind string, content []byte) {
		h := textproto.MIMEHeader{"Content-Type": {kind}}
		disposition := `form-data; name="` + name + `"`
		if filename != "" {
			disposition += `; filename="` + filename + `"`
		}
		h.Set("Content-Disposition", disposition)
		if p, e := w.CreatePart(h); e != nil {
			err = e
		} else if _, e := p.Write(content); e != nil {
			err = e
		}
	}
	part("payload_json", "", "application/json", b)
	for i, p := range m.Pictures {
		part("files["+strconv.Itoa(i)+"]", m.Attachments[i].Filename, "image/png", p)
	}
	if e := w.Close(); e != nil {
		err = e
	}
	if err != nil {
		return "", nil, fmt.Errorf("discord: write message: %w", err)
	}
	return w.FormDataContentType(), out.Bytes(), nil
}

// encode is v in JSON, with characters that HTML gives a meaning to left as
// they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("discord: write JSON: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// noted is the message with one line of small print more, for which an answer
// that everybody sees leaves [noteRoom].
func (m Message) noted(s string) Message {
	switch {
	case len(m.Components) > 0 && m.Flags&flagComponentsV2 != 0:
		frame := m.Components[0]
		frame.Components = append(slices.Clone(frame.Components), textDisplay(s))
		m.Components = append([]component{frame}, m.Components[1:]...)
	case len(m.Embeds) > 0:
		m.Embeds = []embed{{m.Embeds[0].Description + gap + s}}
	default:
		m.Content += gap + s
	}
	return m
}

// noteRoom is the room for such a line, in characters.
const noteRoom = 200
