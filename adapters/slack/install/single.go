package install

import (
	"context"
	"errors"
)

// Lookup gives the bot token for a workspace: [Tokens], or [Single].
type Lookup interface {
	// Token returns the installation that serves the workspace, with a token
	// that lives, or an error that is [ErrNotInstalled], [ErrRunOut], or says
	// what is out of order for now.
	Token(ctx context.Context, w Workspace) (Installation, error)
}

var (
	// ErrNotInstalled says that the app is not installed there, or was removed.
	ErrNotInstalled = errors.New("the Slack app is not installed there")
	// ErrRunOut says that the token has run out and was not renewed. If Slack
	// refused the renewal, the app has to be installed again; else the next try may do.
	ErrRunOut = errors.New("the Slack token has run out and could not be renewed: if this lasts, install the app again at " + InstallPath)
)

// Single is a Lookup that knows one workspace: that of SLACK_BOT_TOKEN, a token
// that does not rotate. It answers for any workspace, because events from
// channels shared with others name these too.
type Single struct{ installation Installation }

// NewSingle is the lookup for this bot token.
func NewSingle(botToken Secret) Single { return Single{Installation{BotToken: botToken}} }

// Token implements [Lookup].
func (s Single) Token(context.Context, Workspace) (Installation, error) {
	if s.installation.BotToken.IsZero() {
		return Installation{}, errors.New("SLACK_BOT_TOKEN is not set")
	}
	return s.installation, nil
}
