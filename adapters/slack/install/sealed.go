package install

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Blobs keeps small values by name: what a [Sealed] store lies on. It must be
// safe for concurrent use. Names are 64 hexadecimal digits.
type Blobs interface {
	// Get returns the value. Nothing stored: false and nil.
	Get(ctx context.Context, name string) ([]byte, bool, error)
	// Put stores the value in place of what was there, wholly or not at all. It
	// returns once a crash cannot lose it any more.
	Put(ctx context.Context, name string, value []byte) error
	// Delete erases the value. Nothing stored is no error.
	Delete(ctx context.Context, name string) error
}

// sealedAs begins every sealed value.
const sealedAs = "careerbot slack installation 1\n"

var (
	errDamaged = errors.New("cannot be opened: it is damaged, of another workspace, or sealed with a key that SLACK_TOKEN_KEY does not hold")
	errRecord  = errors.New("opens, but is no installation that this version knows")
)

// Sealed is a [Store] that encrypts what it keeps with AES-256-GCM. Names are
// hashes of the workspace, and each value is bound to its workspace: one that
// was moved to another's name does not open.
type Sealed struct {
	blobs Blobs
	keys  Keys
	where func(name string) string // names the place in errors
}

// NewSealed is a store over blobs.
func NewSealed(blobs Blobs, keys Keys) *Sealed {
	return &Sealed{blobs, keys, func(name string) string { return name }}
}

// Load implements [Store].
func (s *Sealed) Load(ctx context.Context, w Workspace) (Installation, bool, error) {
	if err := usable(ctx, w.check()); err != nil {
		return Installation{}, false, fmt.Errorf("load a Slack installation: %w", err)
	}
	name := blobName(w)
	value, ok, err := s.blobs.Get(ctx, name)
	if err != nil {
		return Installation{}, false, fmt.Errorf("load the Slack installation of %v: %w", w, err)
	}
	if !ok {
		return Installation{}, false, nil
	}
	i, _, err := s.open(name, value)
	if err != nil {
		return Installation{}, false, fmt.Errorf("load the Slack installation of %v: %s %w", w, s.where(name), err)
	}
	return i, true, nil
}

// Save implements [Store].
func (s *Sealed) Save(ctx context.Context, i Installation) error {
	if err := usable(ctx, i.check()); err != nil {
		return fmt.Errorf("save a Slack installation: %w", err)
	}
	value, err := s.seal(i)
	if err == nil {
		err = s.blobs.Put(ctx, blobName(i.Workspace()), value)
	}
	if err != nil {
		return fmt.Errorf("save the Slack installation of %v: %w", i.Workspace(), err)
	}
	return nil
}

// Delete implements [Store].
func (s *Sealed) Delete(ctx context.Context, w Workspace) error {
	if err := usable(ctx, w.check()); err != nil {
		return fmt.Errorf("delete a Slack installation: %w", err)
	}
	if err := s.blobs.Delete(ctx, blobName(w)); err != nil {
		return fmt.Errorf("delete the Slack installation of %v: %w", w, err)
	}
	return nil
}

func (s *Sealed) seal(i Installation) ([]byte, error) {
	text, err := encode(i)
	if err != nil {
		return nil, err
	}
	sealed, err := s.keys.seal(text, []byte(sealedAs+blobName(i.Workspace())))
	return append([]byte(sealedAs), sealed...), err
}

// open reads what seal wrote under the name, and says whether the current key
// sealed it. Its errors follow upon the name.
func (s *Sealed) open(name string, value []byte) (i Installation, current bool, err error) {
	sealed, ok := bytes.CutPrefix(value, []byte(sealedAs))
	if !ok {
		return Installation{}, false, errDamaged
	}
	text, current, ok := s.keys.open(sealed, []byte(sealedAs+name))
	if !ok {
		return Installation{}, false, errDamaged
	}
	if i, err = decode(text); err != nil {
		return Installation{}, false, err
	}
	if blobName(i.Workspace()) != name {
		return Installation{}, false, errDamaged
	}
	return i, current, nil
}

// blobName is a hash, so that a folder's listing names no customer.
func blobName(w Workspace) string {
	sum := sha256.Sum256([]byte(w.key()))
	return hex.EncodeToString(sum[:])
}

// record is an [Installation] as it is encoded: the only place where tokens are
// plain text.
type record struct {
	AppID             string    `json:"app_id,omitempty"`
	EnterpriseID      string    `json:"enterprise_id,omitempty"`
	TeamID            string    `json:"team_id,omitempty"`
	EnterpriseInstall bool      `json:"enterprise_install,omitempty"`
	TeamName          string    `json:"team_name,omitempty"`
	BotToken          string    `json:"bot_token"`
	RefreshToken      string    `json:"refresh_token,omitempty"`
	BotUserID         string    `json:"bot_user_id,omitempty"`
	Scopes            []string  `json:"scopes,omitempty"`
	ExpiresAt         time.Time `json:"expires_at,omitzero"`
	InstalledAt       time.Time `json:"installed_at,omitzero"`
}

func encode(i Installation) ([]byte, error) {
	return json.Marshal(record{
		AppID: i.AppID, EnterpriseID: i.EnterpriseID, TeamID: i.TeamID, EnterpriseInstall: i.EnterpriseInstall, TeamName: i.TeamName,
		BotToken: i.BotToken.Reveal(), RefreshToken: i.RefreshToken.Reveal(), BotUserID: i.BotUserID, Scopes: i.Scopes,
		ExpiresAt: i.ExpiresAt.UTC(), InstalledAt: i.InstalledAt.UTC(),
	})
}

// decode never returns what json says of a fault: that may quote the text.
func decode(text []byte) (Installation, error) {
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return Installation{}, errRecord
	}
	i := Installation{
		AppID: r.AppID, EnterpriseID: r.EnterpriseID, TeamID: r.TeamID, EnterpriseInstall: r.EnterpriseInstall, TeamName: r.TeamName,
		BotToken: NewSecret(r.BotToken), RefreshToken: NewSecret(r.RefreshToken), BotUserID: r.BotUserID, Scopes: r.Scopes,
		ExpiresAt: r.ExpiresAt, InstalledAt: r.InstalledAt,
	}
	if i.check() != nil {
		return Installation{}, errRecord
	}
	return i, nil
}
