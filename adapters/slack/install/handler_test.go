package install_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/slack/install"
)

var acme = install.Workspace{TeamID: "T1"}

// installed is the installation of a workspace, or nil.
func (b *bot) installed(t *testing.T, w install.Workspace) *install.Installation {
	t.Helper()
	i, ok, err := b.store.Store.Load(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return nil
	}
	return &i
}

func TestAnInstallationEndsWithATokenAndAWelcome(t *testing.T) {
	b := newBot(t)
	newBrowser(t).install(b).says(t, http.StatusOK, "Careerbot is installed in Acme", "/career", "Back to Slack", "app=A0CAREER")
	i := b.installed(t, acme)
	if i == nil || i.TeamName != "Acme" || i.BotUserID != "U0BOT" || i.BotToken.IsZero() || i.RefreshToken.IsZero() {
		t.Fatalf("stored: %+v", i)
	}
	token, err := b.tokens.Token(t.Context(), acme)
	if err != nil || token.BotToken.Reveal() != i.BotToken.Reveal() {
		t.Errorf("the bot is given %v, %v", token.BotToken, err)
	}
}

func TestAnInstallationAgainReplacesTheOneBefore(t *testing.T) {
	b, browser := newBot(t), newBrowser(t)
	browser.install(b)
	first := b.installed(t, acme).BotToken.Reveal()
	browser.install(b).says(t, http.StatusOK, "installed in Acme")
	if again := b.installed(t, acme).BotToken.Reveal(); again == first {
		t.Error("the old token stayed")
	}
	token, err := b.tokens.Token(t.Context(), acme)
	if err != nil || token.BotToken.Reveal() == first {
		t.Errorf("the old token is given out still: %v", err)
	}
}

func TestAnInstallationOfAnOrganisationIsItsOwn(t *testing.T) {
	b := newBot(t)
	b.slack.set(func(s *fakeSlack) {
		s.grant = map[string]any{"team": nil, "enterprise": map[string]any{"id": "E1", "name": "Acme Holding"}, "is_enterprise_install": true}
	})
	newBrowser(t).install(b).says(t, http.StatusOK, "installed in Acme Holding")
	if b.installed(t, install.Workspace{EnterpriseID: "E1", EnterpriseInstall: true}) == nil {
		t.Error("nothing is stored for the organisation")
	}
	if _, err := b.tokens.Token(t.Context(), install.Workspace{EnterpriseID: "E1", TeamID: "T7"}); err != nil {
		t.Errorf("it does not serve a team of it: %v", err)
	}
}

func TestWhatIsNotGrantedIsNamed(t *testing.T) {
	b := newBot(t)
	b.slack.set(func(s *fakeSlack) { s.grant = map[string]any{"scope": "chat:write"} })
	newBrowser(t).install(b).says(t, http.StatusOK, "Not granted: commands", "administrator")
	if !strings.Contains(b.log.String(), `"missing_scopes":["commands"]`) {
		t.Errorf("the operator is not told: %s", b.log)
	}
}

func TestAStateIsGoodOnceInOneBrowserForTenMinutes(t *testing.T) {
	other := func(address string, change func(url.Values)) string {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		q := u.Query()
		change(q)
		u.RawQuery = q.Encode()
		return u.String()
	}
	for name, come := range map[string]func(t *testing.T, b *bot, back string, mine *browser) shown{
		"in another browser": func(t *testing.T, _ *bot, back string, _ *browser) shown { return newBrowser(t).open(back) },
		"in another browser with a flow of its own": func(t *testing.T, b *bot, back string, _ *browser) shown {
			other := newBrowser(t)
			other.begin(b)
			return other.open(back)
		},
		"after ten minutes": func(_ *testing.T, b *bot, back string, mine *browser) shown {
			b.clock.Advance(install.StateTime)
			return mine.open(back)
		},
		"without it": func(_ *testing.T, _ *bot, back string, mine *browser) shown {
			return mine.open(other(back, func(q url.Values) { q.Del("state") }))
		},
		"with another": func(_ *testing.T, _ *bot, back string, mine *browser) shown {
			return mine.open(other(back, func(q url.Values) { q.Set("state", "ABCD") }))
		},
		"with an error, unproven": func(t *testing.T, _ *bot, back string, _ *browser) shown {
			return newBrowser(t).open(other(back, func(q url.Values) { q.Set("error", "access_denied") }))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b, mine := newBot(t), newBrowser(t)
			back := mine.begin(b)
			come(t, b, back, mine).says(t, http.StatusBadRequest, "Please begin again", "another browser")
			if b.installed(t, acme) != nil || len(b.slack.calls) > 0 {
				t.Error("Slack was asked, or something was stored")
			}
		})
	}
	t.Run("twice", func(t *testing.T) {
		b, mine := newBot(t), newBrowser(t)
		back := mine.begin(b)
		mine.open(back).says(t, http.StatusOK, "installed")
		mine.open(back).says(t, http.StatusBadRequest, "finished already")
	})
	t.Run("two tabs of one browser", func(t *testing.T) {
		b, mine := newBot(t), newBrowser(t)
		first := mine.begin(b)
		second := mine.begin(b)
		mine.open(first).says(t, http.StatusOK, "installed")
		mine.open(second).says(t, http.StatusBadRequest, "begin again") // the cookie went with the end of the first
	})
}

func TestWhoCancelsIsToldThatNothingHappened(t *testing.T) {
	for reason, want := range map[string]string{"access_denied": "You cancelled", "invalid_scope": "Slack ended the installation: invalid_scope", "<script>": "reason not shown"} {
		t.Run(reason, func(t *testing.T) {
			b := newBot(t)
			b.slack.set(func(s *fakeSlack) { s.consent = reason })
			s := newBrowser(t).install(b)
			s.says(t, s.status, "Nothing was installed", want)
			if b.installed(t, acme) != nil || strings.Contains(s.text, "<script>") {
				t.Errorf("stored, or said back: %s", s.text)
			}
		})
	}
}

func TestAFailedExchangeLeavesNothingBehind(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*fakeSlack)
		status int
		want   string
	}{
		"an unknown code": {func(s *fakeSlack) { s.answer = `{"ok":false,"error":"invalid_code"}` }, 502, "took too long (invalid_code)"},
		"a wrong secret":  {func(s *fakeSlack) { s.answer = `{"ok":false,"error":"bad_client_secret"}` }, 502, "Please tell the person who runs it"},
		"another refusal": {func(s *fakeSlack) { s.answer = `{"ok":false,"error":"team_suspended"}` }, 502, "did not confirm the installation: team_suspended"},
		"HTTP 500":        {func(s *fakeSlack) { s.status, s.answer = 500, "xoxb-oops" }, 502, "could not be asked"},
		"HTTP 429": {func(s *fakeSlack) {
			s.status, s.answer = 429, "{}"
			s.header = func(w http.ResponseWriter) { w.Header().Set("Retry-After", "7") }
		}, 502, "could not be asked"},
		"garbage":           {func(s *fakeSlack) { s.answer = `<html>xoxb-123` }, 502, "could not be asked"},
		"no token":          {func(s *fakeSlack) { s.grant = map[string]any{"access_token": ""} }, 502, "could not be asked"},
		"a person's token":  {func(s *fakeSlack) { s.grant = map[string]any{"token_type": "user"} }, 502, "could not be asked"},
		"no workspace":      {func(s *fakeSlack) { s.grant = map[string]any{"team": nil} }, 502, "could not be asked"},
		"a cut connection":  {func(s *fakeSlack) { s.wait = func(*http.Request) { panic(http.ErrAbortHandler) } }, 502, "could not be asked"},
		"an endless answer": {func(s *fakeSlack) { s.answer = `{"ok":true,"access_token":"` + strings.Repeat("x", 2<<20) + `"}` }, 502, "could not be asked"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBot(t)
			b.slack.set(c.change)
			newBrowser(t).install(b).says(t, c.status, "Nothing was installed", c.want)
			if b.installed(t, acme) != nil {
				t.Error("something was stored")
			}
			if !strings.Contains(b.log.String(), "Slack installation failed") {
				t.Errorf("the operator is not told: %s", b.log)
			}
		})
	}
}

func TestAStoreThatFailsIsSaid(t *testing.T) {
	b := newBot(t)
	b.store.fail(nil, errStore, nil)
	newBrowser(t).install(b).says(t, http.StatusServiceUnavailable, "Not installed yet", "could not be stored")
	if b.installed(t, acme) != nil {
		t.Error("half of it is stored")
	}
}

func TestPagesAreKeptOutOfCachesFramesAndReferers(t *testing.T) {
	b := newBot(t)
	for _, s := range []shown{newBrowser(t).open(b.URL + install.OAuthPath), newBrowser(t).open(b.URL + "/slack/other"), newBrowser(t).install(b)} {
		for header, want := range map[string]string{"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"} {
			if got := s.header.Get(header); got != want {
				t.Errorf("%s is %q, want %q", header, got, want)
			}
		}
		if csp := s.header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("the policy is %q", csp)
		}
	}
}

func TestOnlyABrowserComesHere(t *testing.T) {
	b := newBot(t)
	for _, method := range []string{http.MethodPost, http.MethodHead, http.MethodPut} {
		r, err := http.NewRequestWithContext(t.Context(), method, b.URL+install.InstallPath, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != http.MethodGet {
			t.Errorf("%s: %d", method, res.StatusCode)
		}
	}
	newBrowser(t).open(b.URL+"/slack/else").says(t, http.StatusNotFound, "nothing at this address")
}

func TestTheBrowserIsSentToSlackWithAllThatItNeeds(t *testing.T) {
	b := newBot(t)
	w := httptest.NewRecorder()
	b.Config.Handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, install.InstallPath, nil))
	u, err := url.Parse(w.Header().Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if w.Code != http.StatusFound || u.Path != "/oauth/v2/authorize" || q.Get("client_id") != clientID || q.Get("scope") != "chat:write,commands" ||
		q.Get("redirect_uri") != b.URL+install.OAuthPath || len(q.Get("state")) < 20 {
		t.Errorf("%d, sent to %s", w.Code, u)
	}
	cookie := w.Result().Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.MaxAge != int(install.StateTime/time.Second) {
		t.Errorf("the cookie is %+v", cookie)
	}
}

func TestTheAddressToComeBackToMustBeSafe(t *testing.T) {
	tokens, err := install.NewTokens(newBot(t).app(), &install.LocalStore{}, install.TokensOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for address, ok := range map[string]bool{
		"https://bot.example/slack/oauth": true, "http://localhost:8080/slack/oauth": true, "http://127.0.0.1/slack/oauth": true,
		"": false, "http://bot.example/slack/oauth": false, "bot.example": false, "https://u:p@bot.example/": false, "ftp://bot.example/": false, "https://%zz": false,
	} {
		_, err := install.NewHandler(tokens, install.NewLocalStates(1, time.Now), install.HandlerOptions{RedirectURL: address, Scopes: []string{"commands"}})
		if (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
		if err != nil && !strings.Contains(err.Error(), "SLACK_REDIRECT_URL") {
			t.Errorf("%q: the error names no setting: %v", address, err)
		}
	}
}
