package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"careerbot/adapters/slack"
	"careerbot/adapters/slack/install"
)

// slackSettings are what the environment says of Slack.
type slackSettings struct {
	token, signing, app secret
	mode, api           string
	client              string // of an app that several workspaces install
	clientSecret        secret
	tokenKey, oldKeys   secret
}

func (e *env) slackSettings() (slackSettings, error) {
	s, err := e.secrets("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_CLIENT_SECRET", "SLACK_TOKEN_KEY", "SLACK_TOKEN_KEYS_OLD")
	if err != nil {
		return slackSettings{}, err
	}
	return slackSettings{token: s["SLACK_BOT_TOKEN"], signing: s["SLACK_SIGNING_SECRET"], app: s["SLACK_APP_TOKEN"], mode: e.getenv("SLACK_MODE"),
		api: e.getenv("SLACK_API_URL"), client: e.getenv("SLACK_CLIENT_ID"), clientSecret: s["SLACK_CLIENT_SECRET"],
		tokenKey: s["SLACK_TOKEN_KEY"], oldKeys: s["SLACK_TOKEN_KEYS_OLD"]}, nil
}

// present says whether anything is set that Slack alone needs.
func (s slackSettings) present() bool {
	return !s.token.IsZero() || !s.signing.IsZero() || !s.app.IsZero() || s.client != "" || !s.clientSecret.IsZero() || !s.tokenKey.IsZero()
}

// check says what the settings lack, and settles which door is opened.
func (s *slackSettings) check() error {
	switch {
	case s.token.IsZero() && s.client == "":
		return errors.New("SLACK_BOT_TOKEN is missing: it is the token that begins with xoxb-, under OAuth & Permissions of your app")
	case !s.token.IsZero() && s.client != "":
		return errors.New("SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set: the first is for one workspace, the second for several")
	case s.signing.IsZero() && s.app.IsZero():
		return errors.New("a way in is missing: set SLACK_APP_TOKEN for Socket Mode or SLACK_SIGNING_SECRET for HTTP")
	case s.mode != "" && s.mode != "http" && s.mode != "socket":
		return fmt.Errorf("SLACK_MODE is %q: it must be http or socket", s.mode)
	case s.mode == "http" && s.signing.IsZero():
		return errors.New("SLACK_MODE=http needs SLACK_SIGNING_SECRET, under Basic Information of your app")
	case s.mode == "socket" && s.app.IsZero():
		return errors.New("SLACK_MODE=socket needs SLACK_APP_TOKEN, which begins with xapp-")
	}
	if s.mode == "http" {
		s.app = secret{}
	}
	return nil
}

// slackDoor is how Slack's questions come in, "" when nothing of Slack's is set.
func (e *env) slackDoor() (string, error) {
	s, err := e.slackSettings()
	if err != nil || !s.present() {
		return "", err
	}
	if err := s.check(); err != nil {
		return "", err
	}
	if s.app.IsZero() {
		return "HTTP", nil
	}
	return "Socket Mode", nil
}

// slack makes the Slack adapter and what serves its requests.
func (e *env) slack(core slack.Core, with *shared, log *slog.Logger, opened func(*slack.Adapter)) (adapter, http.Handler, error) {
	s, err := e.slackSettings()
	if err != nil {
		return nil, nil, err
	}
	if err := s.check(); err != nil {
		return nil, nil, err
	}
	cfg := slack.Config{SigningSecret: s.signing.Reveal(), AppToken: s.app.Reveal(), APIURL: s.api,
		ResponseHosts: e.list("SLACK_RESPONSE_URL_HOSTS"), Core: core, Records: with.memory, Log: log}
	with.slack(&cfg)
	if s.client != "" {
		return e.slackForMany(s, cfg, with, opened)
	}
	cfg.Tokens = install.NewSingle(s.token)
	a, err := slack.New(cfg)
	if err != nil {
		return nil, nil, err
	}
	opened(a)
	return a, a.Handler(), nil
}

// slackForMany is the adapter of an app that several workspaces install, and
// the pages that it is installed by.
func (e *env) slackForMany(s slackSettings, cfg slack.Config, with *shared, opened func(*slack.Adapter)) (adapter, http.Handler, error) {
	dir := e.getenv("SLACK_TOKEN_DIR")
	switch {
	case s.clientSecret.IsZero():
		return nil, nil, errors.New("SLACK_CLIENT_ID needs SLACK_CLIENT_SECRET, under Basic Information of your app")
	case dir == "" && with.redis == nil:
		return nil, nil, errors.New("SLACK_CLIENT_ID needs a place where the workspaces' tokens are kept, sealed: Redis (REDIS_URL), or a folder in SLACK_TOKEN_DIR")
	}
	keys, err := install.ParseKeys(s.tokenKey.Reveal(), separated(s.oldKeys.Reveal())...)
	if err != nil {
		return nil, nil, err // names its variable
	}
	store, err := with.tokens(dir, keys)
	if err != nil {
		return nil, nil, err
	}
	tokens, err := install.NewTokens(install.App{ClientID: s.client, ClientSecret: s.clientSecret, APIURL: cfg.APIURL},
		store, install.TokensOptions{Log: cfg.Log, Locker: with.locker()})
	if err != nil {
		return nil, nil, err
	}
	cfg.Tokens, cfg.Removed = tokens, tokens.ForgetSince
	a, err := slack.New(cfg)
	if err != nil {
		return nil, nil, err
	}
	pages, err := install.NewHandler(tokens, with.states(), install.HandlerOptions{
		RedirectURL: e.getenv("SLACK_REDIRECT_URL"), Scopes: slices.Clone(slack.Scopes)})
	if err != nil {
		return nil, nil, err // names its variable
	}
	mux := http.NewServeMux()
	mux.Handle("/slack/", a.Handler())
	mux.Handle(install.InstallPath, pages)
	mux.Handle(install.OAuthPath, pages)
	opened(a)
	return a, mux, nil
}
