package install

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Where [Handler] serves the flow.
const (
	InstallPath = "/slack/install"
	OAuthPath   = "/slack/oauth"
)

const defaultWeb = "https://slack.com/"

// HandlerOptions say how an app is installed.
type HandlerOptions struct {
	// RedirectURL is SLACK_REDIRECT_URL: the address of [OAuthPath] as a browser
	// reaches it and as the app's settings list it. https, but for a loopback host.
	RedirectURL string
	Scopes      []string // the bot scopes to ask for
	WebURL      string   // "": https://slack.com/; used as a prefix
}

// Handler serves [InstallPath], which sends a browser to Slack, and
// [OAuthPath], to which Slack sends it back. An installation replaces the one
// before it. Every failure is a page with a sentence, and a line in the log.
type Handler struct {
	tokens *Tokens
	states States
	o      HandlerOptions
	secure bool
}

// NewHandler installs into tokens.
func NewHandler(tokens *Tokens, states States, o HandlerOptions) (*Handler, error) {
	u, err := url.Parse(o.RedirectURL)
	switch {
	case o.RedirectURL == "":
		return nil, errors.New("Slack installations: SLACK_REDIRECT_URL is not set")
	case err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())):
		return nil, fmt.Errorf("Slack installations: SLACK_REDIRECT_URL must be https://<your host>%s", OAuthPath)
	case len(o.Scopes) == 0:
		return nil, errors.New("Slack installations: no scopes to ask for")
	}
	if o.WebURL == "" {
		o.WebURL = defaultWeb
	}
	o.Scopes = slices.Clone(o.Scopes)
	return &Handler{tokens, states, o, u.Scheme == "https"}, nil
}

func loopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// ServeHTTP implements [http.Handler].
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Only GET: a HEAD from a link checker must not use up a state.
	switch {
	case r.URL.Path != InstallPath && r.URL.Path != OAuthPath:
		show(w, http.StatusNotFound, page{Title: "Not found", Text: []string{"There is nothing at this address."}})
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", http.MethodGet)
		show(w, http.StatusMethodNotAllowed, page{Title: "Not like this", Text: []string{"This page can only be opened in a browser."}})
	case r.URL.Path == InstallPath:
		h.begin(w, r)
	default:
		h.finish(w, r)
	}
}

// begin sends the browser to Slack, with a state that only it can bring back.
func (h *Handler) begin(w http.ResponseWriter, r *http.Request) {
	state := rand.Text()
	browser := h.browser(r) // kept, so that a second tab does not end the first one's flow
	if browser == "" {
		browser = rand.Text()
	}
	if err := h.states.Put(r.Context(), stateKey(state, browser)); err != nil {
		h.log(r.Context(), slog.LevelError, "Slack installation not begun", "err", err)
		show(w, http.StatusServiceUnavailable, begin("Not now", "The installation cannot begin right now. Please try again in a moment."))
		return
	}
	h.cookie(w, browser, int(StateTime.Seconds()))
	harden(w)
	w.Header().Set("Location", h.o.WebURL+"oauth/v2/authorize?"+url.Values{
		"client_id":    {h.tokens.app.ClientID},
		"scope":        {strings.Join(h.o.Scopes, ",")},
		"state":        {state},
		"redirect_uri": {h.o.RedirectURL},
	}.Encode())
	w.WriteHeader(http.StatusFound)
}

// finish takes the browser back from Slack. Nothing that it brings is looked at
// before the state.
func (h *Handler) finish(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	ok, err := h.take(r, query.Get("state"))
	switch {
	case err != nil:
		h.log(r.Context(), slog.LevelError, "Slack installation not checked", "err", err)
		show(w, http.StatusServiceUnavailable, begin("Not now", "The installation cannot be finished right now. Please begin again in a moment."))
		return
	case !ok:
		show(w, http.StatusBadRequest, begin("Please begin again",
			"This installation was begun in another browser or at another address, was finished already, or took longer than ten minutes."))
		return
	case query.Get("error") == "access_denied":
		show(w, http.StatusOK, begin("Nothing was installed", "You cancelled the installation, and nothing has changed. You are welcome to come back."))
		return
	case query.Has("error"):
		reason := code(query.Get("error"))
		h.log(r.Context(), slog.LevelWarn, "Slack installation ended by Slack", "reason", reason)
		show(w, http.StatusBadRequest, begin("Nothing was installed", "Slack ended the installation: "+reason+"."))
		return
	case query.Get("code") == "":
		show(w, http.StatusBadRequest, begin("Please begin again", "Slack sent no code along."))
		return
	}
	// A code is good once: what it bought is stored even if the browser leaves.
	ctx := context.WithoutCancel(r.Context())
	i, err := h.tokens.app.exchange(ctx, query.Get("code"), h.o.RedirectURL, h.tokens.now)
	if err != nil {
		h.log(r.Context(), slog.LevelError, "Slack installation failed", "err", err)
		show(w, http.StatusBadGateway, begin("Nothing was installed", excuse(err)))
		return
	}
	ctx, stop := context.WithTimeout(ctx, LockTime)
	defer stop()
	if err := h.tokens.Install(ctx, i); err != nil {
		h.log(r.Context(), slog.LevelError, "Slack installation not stored", "workspace", i.Workspace().String(), "err", err)
		show(w, http.StatusServiceUnavailable, begin("Not installed yet", "Slack agreed, but the installation could not be stored here. Please begin again in a moment."))
		return
	}
	h.cookie(w, "", -1)
	missing := h.missing(i)
	h.log(r.Context(), slog.LevelInfo, "Slack app installed", "workspace", i.Workspace().String(), "app", i.AppID, "missing_scopes", missing)
	show(w, http.StatusOK, h.welcome(i, missing))
}

// take says whether this browser began a flow with this state, once.
func (h *Handler) take(r *http.Request, state string) (bool, error) {
	browser := h.browser(r)
	if state == "" || browser == "" {
		return false, nil
	}
	return h.states.Take(r.Context(), stateKey(state, browser))
}

func stateKey(state, browser string) string {
	s, b := sha256.Sum256([]byte(state)), sha256.Sum256([]byte(browser))
	sum := sha256.Sum256(append(s[:], b[:]...))
	return hex.EncodeToString(sum[:])
}

// excuse is what a failed exchange means for who stands before the page.
// The codes are those of https://docs.slack.dev/reference/methods/oauth.v2.access.
func excuse(err error) string {
	var refused refusal
	if !errors.As(err, &refused) {
		return "Slack could not be asked to confirm the installation. Please begin again in a moment."
	}
	switch refused {
	case "invalid_code", "code_already_used", "code_expired":
		return "Slack says that this installation was finished already or took too long (" + string(refused) + "). Please begin again."
	case "bad_client_secret", "invalid_client_id", "bad_redirect_uri":
		return "The bot's settings for Slack are wrong (" + string(refused) + "). Please tell the person who runs it."
	}
	return "Slack did not confirm the installation: " + string(refused) + "."
}

// missing are the scopes that were asked for and not granted.
func (h *Handler) missing(i Installation) []string {
	var missing []string
	for _, s := range h.o.Scopes {
		if !slices.Contains(i.Scopes, s) {
			missing = append(missing, s)
		}
	}
	return missing
}

// The prefix holds other sites of the same domain off the cookie
// (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes).
func (h *Handler) cookieName() string {
	if h.secure {
		return "__Host-careerbot-install"
	}
	return "careerbot-install"
}

// cookie binds the flow to the browser. Lax: it must come along when Slack
// sends the browser back, and with no request that another site makes by itself.
func (h *Handler) cookie(w http.ResponseWriter, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // not Secure over http, which is taken on loopback only
		Name: h.cookieName(), Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: h.secure, SameSite: http.SameSiteLaxMode,
	})
}

// browser is the value of the cookie, or "".
func (h *Handler) browser(r *http.Request) string {
	c, err := r.Cookie(h.cookieName())
	if err != nil || len(c.Value) != len(rand.Text()) {
		return ""
	}
	return c.Value
}

func (h *Handler) log(ctx context.Context, level slog.Level, msg string, args ...any) {
	h.tokens.log.Log(ctx, level, msg, args...)
}
