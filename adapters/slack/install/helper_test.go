package install_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/slack/install"
	"careerbot/adapters/slack/install/installtest"
)

const (
	clientID     = "1234.5678"
	clientSecret = "0c1ientsecret0"
	tokenKey     = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
)

// secrets are parts of all tokens, codes and keys in these tests: none may be
// seen in an error, a log line or a page.
var secrets = []string{clientSecret, "xoxb", "xoxe", "xoxp", "c0de-", tokenKey[:16], "ABEiM0RVZneI"}

// safe fails the test if the text holds a secret.
func safe(t testing.TB, what, text string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(text, s) {
			t.Errorf("%s holds the secret %q: %s", what, s, text)
		}
	}
}

// safeError fails the test if there is no error, or if it holds a secret.
func safeError(t testing.TB, err error) {
	t.Helper()
	if err == nil {
		t.Error("no error")
		return
	}
	safe(t, "error", fmt.Sprintf("%v %+v %#v %q", err, err, err, err))
}

// lines is a log.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// fakeSlack is as much of Slack as an installation needs: the consent page and
// oauth.v2.access, with codes and refresh tokens that are good once.
type fakeSlack struct {
	*httptest.Server
	mu      sync.Mutex
	consent string          // "": agree; else the error
	answer  string          // if set, what oauth.v2.access says instead
	status  int             // if set, its HTTP status
	grant   map[string]any  // what it says if all is well, over the defaults
	good    map[string]bool // codes and refresh tokens
	lived   time.Duration   // of a token; 0: for ever
	made    int
	calls   []url.Values
	wait    func(*http.Request)       // before it answers
	header  func(http.ResponseWriter) // before the status
}

func newSlack(t *testing.T) *fakeSlack {
	s := &fakeSlack{good: map[string]bool{}, grant: map[string]any{}, lived: 12 * time.Hour}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /oauth/v2/authorize", s.authorize)
	mux.HandleFunc("POST /api/oauth.v2.access", s.access)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *fakeSlack) next(kind string) string {
	s.made++
	made := fmt.Sprintf("%s%d", kind, s.made)
	s.good[made] = true
	return made
}

func (s *fakeSlack) authorize(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := r.URL.Query()
	back := url.Values{"state": {q.Get("state")}}
	if s.consent != "" {
		back.Set("error", s.consent)
	} else {
		back.Set("code", s.next("c0de-"))
	}
	http.Redirect(w, r, q.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
}

func (s *fakeSlack) access(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	wait := s.wait
	s.mu.Unlock()
	if wait != nil {
		wait(r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = r.ParseForm()
	s.calls = append(s.calls, r.PostForm)
	used, refused := r.PostForm.Get("code"), "invalid_code"
	if r.PostForm.Get("grant_type") == "refresh_token" {
		used, refused = r.PostForm.Get("refresh_token"), "invalid_refresh_token"
	}
	if s.header != nil {
		s.header(w)
	}
	if s.status != 0 {
		w.WriteHeader(s.status)
	}
	switch {
	case s.answer != "":
		_, _ = io.WriteString(w, s.answer)
		return
	case r.PostForm.Get("client_id") != clientID || r.PostForm.Get("client_secret") != clientSecret:
		refused = "bad_client_secret"
	case s.good[used]:
		delete(s.good, used)
		refused = ""
	}
	if refused != "" {
		_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": refused})
		return
	}
	body := map[string]any{
		"ok": true, "access_token": s.next("xoxe.xoxb-1-"), "token_type": "bot", "scope": "chat:write,commands", "bot_user_id": "U0BOT",
		"app_id": "A0CAREER", "team": map[string]any{"id": "T1", "name": "Acme"}, "enterprise": nil, "is_enterprise_install": false,
	}
	if s.lived > 0 {
		body["refresh_token"], body["expires_in"] = s.next("xoxe-1-"), int(s.lived.Seconds())
	}
	for k, v := range s.grant {
		body[k] = v
	}
	_ = json.NewEncoder(w).Encode(body)
}

// refreshes counts the refreshes that were asked for.
func (s *fakeSlack) refreshes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.calls {
		if c.Get("grant_type") == "refresh_token" {
			n++
		}
	}
	return n
}

// set changes what the fake does.
func (s *fakeSlack) set(change func(*fakeSlack)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

// bot is all of this package put together, as a program would.
type bot struct {
	*httptest.Server
	slack   *fakeSlack
	clock   *installtest.Clock
	store   *fickleStore
	tokens  *install.Tokens
	states  install.States
	log     *lines
	erased  []install.Workspace
	erasing error
}

// fickleStore is a store that fails when told to.
type fickleStore struct {
	install.Store
	mu                 sync.Mutex
	load, save, delete error
	loads              int
}

func (s *fickleStore) fail(load, save, remove error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.load, s.save, s.delete = load, save, remove
}

func (s *fickleStore) Load(ctx context.Context, w install.Workspace) (install.Installation, bool, error) {
	s.mu.Lock()
	s.loads++
	err := s.load
	s.mu.Unlock()
	if err != nil {
		return install.Installation{}, false, err
	}
	return s.Store.Load(ctx, w)
}

func (s *fickleStore) Save(ctx context.Context, i install.Installation) error {
	s.mu.Lock()
	err := s.save
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.Store.Save(ctx, i)
}

func (s *fickleStore) Delete(ctx context.Context, w install.Workspace) error {
	s.mu.Lock()
	err := s.delete
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.Store.Delete(ctx, w)
}

func (b *bot) app() install.App {
	return install.App{ClientID: clientID, ClientSecret: install.NewSecret(clientSecret), APIURL: b.slack.URL + "/api/"}
}

// replica is another process that shares the store.
func (b *bot) replica(t *testing.T, store install.Store, app install.App) *install.Tokens {
	t.Helper()
	erase := func(_ context.Context, w install.Workspace) error {
		b.erased = append(b.erased, w)
		return b.erasing
	}
	tokens, err := install.NewTokens(app, store, install.TokensOptions{
		Erasers: []install.Eraser{erase, erase}, Log: slog.New(slog.NewJSONHandler(b.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Now: b.clock.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tokens.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return tokens
}

func newBot(t *testing.T) *bot {
	b := &bot{slack: newSlack(t), clock: installtest.NewClock(), log: &lines{}, store: &fickleStore{Store: &install.LocalStore{}}}
	b.states = install.NewLocalStates(100, b.clock.Now)
	b.tokens = b.replica(t, b.store, b.app())
	b.serve(t, b.tokens)
	t.Cleanup(func() { safe(t, "log", b.log.String()) })
	return b
}

func (b *bot) serve(t *testing.T, tokens *install.Tokens) {
	var handler http.Handler
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(b.Close)
	h, err := install.NewHandler(tokens, b.states, install.HandlerOptions{
		RedirectURL: b.URL + install.OAuthPath, Scopes: []string{"chat:write", "commands"}, WebURL: b.slack.URL + "/",
	})
	if err != nil {
		t.Fatal(err)
	}
	handler = h
}

// shown is a page that a browser came to.
type shown struct {
	status int
	text   string
	header http.Header
	at     *url.URL
}

// browser is a browser with cookies, which follows redirects.
type browser struct {
	t      *testing.T
	client *http.Client
	stop   func(*url.URL) bool // where not to follow
}

func newBrowser(t *testing.T) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t}
	b.client = &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if b.stop != nil && b.stop(r.URL) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	return b
}

func (b *browser) open(address string) shown {
	b.t.Helper()
	resp, err := b.client.Get(address)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if resp.StatusCode/100 != 3 {
		safe(b.t, "page", string(text))
	}
	return shown{resp.StatusCode, string(text), resp.Header, resp.Request.URL}
}

// install goes through the flow.
func (b *browser) install(bot *bot) shown { return b.open(bot.URL + install.InstallPath) }

// begin goes as far as Slack, and returns the address to come back to.
func (b *browser) begin(bot *bot) string {
	b.t.Helper()
	b.stop = func(u *url.URL) bool { return u.Path == install.OAuthPath }
	defer func() { b.stop = nil }()
	s := b.open(bot.URL + install.InstallPath)
	if s.status != http.StatusFound {
		b.t.Fatalf("status %d: %s", s.status, s.text)
	}
	return s.header.Get("Location")
}

func (s shown) says(t *testing.T, status int, words ...string) {
	t.Helper()
	if s.status != status {
		t.Errorf("status %d, want %d", s.status, status)
	}
	for _, w := range words {
		if !strings.Contains(s.text, w) {
			t.Errorf("the page does not say %q:\n%s", w, s.text)
		}
	}
}
