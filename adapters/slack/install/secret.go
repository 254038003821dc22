package install

import (
	"fmt"
	"io"
	"log/slog"
)

const hidden = "[secret]"

// Secret is text that must not be printed: through fmt, slog, json.Marshal and
// templates it shows as "[secret]". Only [Secret.Reveal] gives it. The zero
// value is no secret.
type Secret struct {
	// A pointer, because fmt prints the fields of a struct without asking
	// their methods where they are unexported; of a pointer it prints the address.
	text *string
}

// NewSecret makes a secret of the text; of "" it makes the zero value.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal returns the text.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsZero says whether there is no secret.
func (s Secret) IsZero() bool { return s.text == nil }

// String implements [fmt.Stringer].
func (Secret) String() string { return hidden }

// Format implements [fmt.Formatter], for every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// LogValue implements [slog.LogValuer].
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText implements [encoding.TextMarshaler]. Nothing reads it back: a
// store reveals what it encodes.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
