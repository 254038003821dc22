package install

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

const (
	slackTime = 10 * time.Second // for one call; slack-go sets no limit of its own
	maxAnswer = 1 << 20
)

// DefaultAPI is Slack's API, where [App] names no other.
const DefaultAPI = "https://slack.com/api/"

// App is the app as Slack knows it, from "Basic Information" of its settings.
type App struct {
	ClientID     string       // SLACK_CLIENT_ID
	ClientSecret Secret       // SLACK_CLIENT_SECRET
	APIURL       string       // "": https://slack.com/api/; used as a prefix
	Client       *http.Client // nil: one with a time limit of 10 s that follows no redirect
}

func (a App) check() error {
	if a.ClientID == "" {
		return errors.New("SLACK_CLIENT_ID is not set")
	}
	if a.ClientSecret.IsZero() {
		return errors.New("SLACK_CLIENT_SECRET is not set")
	}
	return nil
}

// exchange gives Slack the code of a finished flow.
func (a App) exchange(ctx context.Context, code, redirectURL string, now func() time.Time) (Installation, error) {
	ctx, stop := context.WithTimeout(ctx, slackTime)
	defer stop()
	answer, err := slack.GetOAuthV2ResponseContext(ctx, doer{a.Client}, a.ClientID, a.ClientSecret.Reveal(), code, redirectURL, a.options()...)
	return installation(answer, err, now())
}

// refresh gives Slack the refresh token, which is spent from then on.
func (a App) refresh(ctx context.Context, i Installation, now func() time.Time) (Installation, error) {
	ctx, stop := context.WithTimeout(ctx, slackTime)
	defer stop()
	answer, err := slack.RefreshOAuthV2TokenContext(ctx, doer{a.Client}, a.ClientID, a.ClientSecret.Reveal(), i.RefreshToken.Reveal(), a.options()...)
	if answer != nil {
		// Whose token it is was settled when the app was installed.
		answer.Team.ID, answer.Enterprise.ID, answer.IsEnterpriseInstall = i.TeamID, i.EnterpriseID, i.EnterpriseInstall
	}
	fresh, err := installation(answer, err, now())
	if err != nil {
		return Installation{}, err
	}
	i = i.clone()
	i.BotToken, i.ExpiresAt = fresh.BotToken, fresh.ExpiresAt
	if !fresh.RefreshToken.IsZero() {
		i.RefreshToken = fresh.RefreshToken
	}
	if len(fresh.Scopes) > 0 {
		i.Scopes = fresh.Scopes
	}
	return i, nil
}

func (a App) options() []slack.OAuthOption {
	if a.APIURL == "" {
		return []slack.OAuthOption{slack.OAuthOptionAPIURL(DefaultAPI)}
	}
	return []slack.OAuthOption{slack.OAuthOptionAPIURL(a.APIURL)}
}

// installation reads what oauth.v2.access answered
// (https://docs.slack.dev/reference/methods/oauth.v2.access).
func installation(r *slack.OAuthV2Response, err error, now time.Time) (Installation, error) {
	if err != nil {
		return Installation{}, reason(err)
	}
	if r.AccessToken == "" || r.TokenType != "" && r.TokenType != "bot" {
		return Installation{}, errors.New("Slack's answer holds no bot token")
	}
	i := Installation{
		AppID: r.AppID, EnterpriseID: r.Enterprise.ID, TeamID: r.Team.ID, EnterpriseInstall: r.IsEnterpriseInstall, TeamName: r.Team.Name,
		BotToken: NewSecret(r.AccessToken), RefreshToken: NewSecret(r.RefreshToken), BotUserID: r.BotUserID, Scopes: scopes(r.Scope),
		InstalledAt: now,
	}
	if i.EnterpriseInstall {
		i.TeamID, i.TeamName = "", r.Enterprise.Name
	}
	if r.ExpiresIn > 0 {
		i.ExpiresAt = now.Add(time.Duration(r.ExpiresIn) * time.Second)
	}
	if err := i.check(); err != nil {
		return Installation{}, fmt.Errorf("Slack's answer names %w", err)
	}
	return i, nil
}

// scopes splits Slack's list of scopes.
func scopes(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// refusal is an error code of Slack's.
type refusal string

func (r refusal) Error() string { return "Slack refused: " + string(r) }

var isCode = regexp.MustCompile(`^[a-z0-9_]{1,64}$`)

// code is text from Slack if it looks like an error code.
func code(text string) string {
	if isCode.MatchString(text) {
		return text
	}
	return "reason not shown"
}

// reason says why a call failed, without a word of what Slack's answer held:
// slack-go's and json's errors may quote it, and with it a token.
func reason(err error) error {
	var (
		refused slack.SlackErrorResponse
		status  slack.StatusCodeError
		limited *slack.RateLimitedError
		sent    *url.Error
	)
	switch {
	case errors.As(err, &refused):
		return refusal(code(refused.Err))
	case errors.As(err, &limited):
		return fmt.Errorf("Slack asks to wait for %v", limited.RetryAfter)
	case errors.As(err, &status):
		return fmt.Errorf("Slack answered with HTTP status %d", status.Code)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("Slack did not answer in time: %w", context.DeadlineExceeded)
	case errors.As(err, &sent):
		return fmt.Errorf("Slack cannot be reached: %w", sent.Err)
	}
	return errors.New("Slack's answer cannot be read")
}

// defaultClient follows no redirect: on 307 it would take the client secret along.
var defaultClient = &http.Client{
	Timeout:       slackTime,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// doer sends requests and cuts what is too long to be an answer.
type doer struct{ client *http.Client }

func (d doer) Do(r *http.Request) (*http.Response, error) {
	if d.client == nil {
		d.client = defaultClient
	}
	answer, err := d.client.Do(r) //nolint:gosec // to the address that the operator set
	if err != nil {
		return nil, err
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, maxAnswer), answer.Body}
	return answer, nil
}
