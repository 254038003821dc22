package install_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/slack/install"
)

var errStore = errors.New("the disk is full")

// put installs a workspace without a browser; lived 0 is a token that does not
// end.
func (b *bot) put(t *testing.T, w install.Workspace, lived time.Duration) install.Installation {
	t.Helper()
	b.slack.set(func(s *fakeSlack) { s.good["xoxe-1-first"] = true })
	i := install.Installation{AppID: "A0CAREER", TeamID: w.TeamID, EnterpriseID: w.EnterpriseID, EnterpriseInstall: w.EnterpriseInstall, TeamName: "Acme",
		BotToken: install.NewSecret("xoxb-first"), BotUserID: "U0BOT", Scopes: []string{"chat:write"}, InstalledAt: b.clock.Now()}
	if lived > 0 {
		i.RefreshToken, i.ExpiresAt = install.NewSecret("xoxe-1-first"), b.clock.Now().Add(lived)
	}
	if err := b.tokens.Install(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	return i
}

func (b *bot) token(t *testing.T, w install.Workspace) string {
	t.Helper()
	i, err := b.tokens.Token(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	return i.BotToken.Reveal()
}

func TestATokenThatDoesNotEndIsNeverRenewed(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, 0)
	b.clock.Advance(365 * 24 * time.Hour)
	if b.token(t, acme) != "xoxb-first" || b.slack.refreshes() != 0 {
		t.Error("it was renewed")
	}
}

func TestFiftyCallersRenewOnce(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	b.clock.Advance(56 * time.Minute)
	var all sync.WaitGroup
	got := make([]string, 50)
	for i := range got {
		all.Go(func() { got[i] = b.token(t, acme) })
	}
	all.Wait()
	for _, g := range got {
		if g != got[0] || g == "xoxb-first" {
			t.Fatalf("got %d tokens, %v among them", len(got), g[:4])
		}
	}
	if n := b.slack.refreshes(); n != 1 {
		t.Errorf("renewed %d times", n)
	}
	if b.installed(t, acme).BotToken.Reveal() != got[0] {
		t.Error("the renewed token is not stored")
	}
}

func TestARenewalThatFailsLeavesTheOldTokenWhileItLives(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	b.slack.set(func(s *fakeSlack) { s.answer = `{"ok":false,"error":"internal_error"}` })
	b.clock.Advance(57 * time.Minute)
	if b.token(t, acme) != "xoxb-first" {
		t.Error("the old token is not used")
	}
	b.token(t, acme)
	if n := b.slack.refreshes(); n != 1 {
		t.Errorf("tried %d times at once", n)
	}
	b.clock.Advance(4 * time.Minute) // over
	_, err := b.tokens.Token(t.Context(), acme)
	if !errors.Is(err, install.ErrRunOut) {
		t.Errorf("got %v", err)
	}
	safeError(t, err)
	b.slack.set(func(s *fakeSlack) { s.answer = "" })
	b.clock.Advance(time.Minute)
	if got := b.token(t, acme); got == "xoxb-first" {
		t.Error("it is not renewed once Slack answers again")
	}
}

func TestARenewedTokenThatCannotBeStoredIsUsedAndStoredLater(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	b.clock.Advance(57 * time.Minute)
	b.store.fail(nil, errStore, nil)
	fresh := b.token(t, acme)
	if fresh == "xoxb-first" {
		t.Fatal("not renewed")
	}
	if !strings.Contains(b.log.String(), "it is lost if this process ends") {
		t.Errorf("the operator is not told: %s", b.log)
	}
	b.store.fail(nil, nil, nil)
	b.clock.Advance(time.Minute)
	if b.token(t, acme) != fresh || b.installed(t, acme).BotToken.Reveal() != fresh {
		t.Error("it is not stored once the store works again")
	}
	if n := b.slack.refreshes(); n != 1 {
		t.Errorf("renewed %d times", n)
	}
}

func TestWhatAnotherReplicaRenewedIsUsed(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	other := b.replica(t, b.store, b.app())
	b.clock.Advance(57 * time.Minute)
	i, err := other.Token(t.Context(), acme)
	if err != nil {
		t.Fatal(err)
	}
	if b.token(t, acme) != i.BotToken.Reveal() || b.slack.refreshes() != 1 {
		t.Errorf("renewed %d times", b.slack.refreshes())
	}
}

func TestACallerInAHurryIsGivenTheOldToken(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	b.clock.Advance(57 * time.Minute)
	asked, answer := make(chan struct{}), make(chan struct{})
	b.slack.set(func(s *fakeSlack) {
		s.wait = func(*http.Request) { close(asked); <-answer }
	})
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan string, 1)
	go func() {
		i, err := b.tokens.Token(ctx, acme)
		if err != nil {
			t.Error(err)
		}
		got <- i.BotToken.Reveal()
	}()
	<-asked
	cancel()
	if g := <-got; g != "xoxb-first" {
		t.Errorf("got %q", g)
	}
	close(answer) // the renewal ends all the same, and is kept
	end, stop := context.WithTimeout(t.Context(), 10*time.Second)
	defer stop()
	if err := b.tokens.Close(end); err != nil {
		t.Fatal(err)
	}
	if b.installed(t, acme).BotToken.Reveal() == "xoxb-first" {
		t.Error("what Slack answered is lost")
	}
}

func TestAStoreThatIsDownSilencesNobody(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, 0)
	b.store.fail(errStore, nil, nil)
	b.clock.Advance(2 * time.Minute) // what is in memory is to be asked for again
	if b.token(t, acme) != "xoxb-first" {
		t.Error("the token in memory does not serve")
	}
	_, err := b.tokens.Token(t.Context(), install.Workspace{TeamID: "T9"})
	if !errors.Is(err, errStore) {
		t.Errorf("of a workspace that is not known: %v", err)
	}
}

func TestAWorkspaceThatHasNotInstalledIsSaid(t *testing.T) {
	b := newBot(t)
	for _, w := range []install.Workspace{{TeamID: "T9"}, {TeamID: "T9", EnterpriseID: "E9"}, {EnterpriseID: "E9", EnterpriseInstall: true}} {
		if _, err := b.tokens.Token(t.Context(), w); !errors.Is(err, install.ErrNotInstalled) {
			t.Errorf("%v: %v", w, err)
		}
	}
	if _, err := b.tokens.Token(t.Context(), install.Workspace{}); err == nil || errors.Is(err, install.ErrNotInstalled) {
		t.Errorf("of no workspace: %v", err)
	}
}

func TestForgettingErasesTheTokenAndAllThatIsKept(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	if err := b.tokens.Forget(t.Context(), acme); err != nil {
		t.Fatal(err)
	}
	if b.installed(t, acme) != nil {
		t.Error("the token is still stored")
	}
	if _, err := b.tokens.Token(t.Context(), acme); !errors.Is(err, install.ErrNotInstalled) {
		t.Errorf("the token is still given out: %v", err)
	}
	if len(b.erased) != 2 || b.erased[0] != acme {
		t.Errorf("the erasers were called with %v", b.erased)
	}
}

func TestForgettingTriesEverythingWhateverFails(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	b.store.fail(nil, nil, errStore)
	b.erasing = errors.New("not now")
	err := b.tokens.Forget(t.Context(), acme)
	if !errors.Is(err, errStore) || !errors.Is(err, b.erasing) || len(b.erased) != 2 {
		t.Errorf("%v; %d erasers were called", err, len(b.erased))
	}
	safeError(t, err)
	b.store.fail(nil, nil, nil)
	b.erasing = nil
	if err := b.tokens.Forget(t.Context(), acme); err != nil || b.installed(t, acme) != nil {
		t.Errorf("called again: %v", err)
	}
}

func TestARemovalThatIsOlderThanTheInstallationErasesNothing(t *testing.T) {
	b := newBot(t)
	removed := b.clock.Now()
	b.clock.Advance(time.Minute)
	b.put(t, acme, 0)
	if err := b.tokens.ForgetSince(t.Context(), acme, removed); err != nil {
		t.Fatal(err)
	}
	if b.installed(t, acme) == nil || len(b.erased) > 0 {
		t.Error("what was installed since is erased")
	}
	if err := b.tokens.ForgetSince(t.Context(), acme, b.clock.Now()); err != nil || b.installed(t, acme) != nil {
		t.Errorf("a removal since then erases nothing: %v", err)
	}
}

func TestARenewalUnderWayDoesNotBringBackWhatWasForgotten(t *testing.T) {
	b := newBot(t)
	b.put(t, acme, time.Hour)
	b.clock.Advance(57 * time.Minute)
	asked, answer := make(chan struct{}), make(chan struct{})
	b.slack.set(func(s *fakeSlack) {
		s.wait = func(*http.Request) { close(asked); <-answer }
	})
	go func() { _, _ = b.tokens.Token(t.Context(), acme) }()
	<-asked
	forgotten := make(chan error, 1)
	go func() { forgotten <- b.tokens.Forget(t.Context(), acme) }()
	close(answer)
	if err := <-forgotten; err != nil {
		t.Fatal(err)
	}
	if b.installed(t, acme) != nil {
		t.Error("the renewal brought it back")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	b := newBot(t)
	for i := range install.MaxKnown + 50 {
		b.put(t, install.Workspace{TeamID: "T" + strings.Repeat("A", 3) + time.Duration(i).String()}, 0)
	}
	if n := b.tokens.Known(); n > install.MaxKnown {
		t.Errorf("%d installations in memory", n)
	}
}

func TestAnAppNeedsItsIdAndItsSecret(t *testing.T) {
	for name, app := range map[string]install.App{"SLACK_CLIENT_ID": {ClientSecret: install.NewSecret(clientSecret)}, "SLACK_CLIENT_SECRET": {ClientID: clientID}} {
		_, err := install.NewTokens(app, &install.LocalStore{}, install.TokensOptions{})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not name %s", err, name)
		}
	}
}
