package install_test

import (
	"context"
	"testing"

	"careerbot/adapters/slack/install"
	"careerbot/adapters/slack/install/installtest"
)

func TestLocalStore(t *testing.T) {
	installtest.RunStore(t, func(*testing.T) install.Store { return &install.LocalStore{} })
}

func TestLocalLocker(t *testing.T) {
	installtest.RunLocker(t, func(*testing.T) install.Locker { return &install.LocalLocker{} })
}

func TestLocalStates(t *testing.T) {
	installtest.RunStates(t, func(_ *testing.T, clock *installtest.Clock) install.States {
		return install.NewLocalStates(100, clock.Now)
	})
}

func TestLocalStatesAreBoundedAndTheOldestGoesFirst(t *testing.T) {
	s := install.NewLocalStates(2, installtest.NewClock().Now)
	for _, key := range []string{"a", "b", "c"} {
		if err := s.Put(t.Context(), key); err != nil {
			t.Fatal(err)
		}
	}
	for key, want := range map[string]bool{"a": false, "b": true, "c": true} {
		if got, err := s.Take(t.Context(), key); err != nil || got != want {
			t.Errorf("%s: %v, %v", key, got, err)
		}
	}
}

func TestASingleWorkspaceNeedsATokenOnly(t *testing.T) {
	var lookup install.Lookup = install.NewSingle(install.NewSecret("xoxb-static"))
	for _, w := range []install.Workspace{{}, {TeamID: "T1"}, {EnterpriseID: "E1", EnterpriseInstall: true}} {
		if i, err := lookup.Token(context.Background(), w); err != nil || i.BotToken.Reveal() != "xoxb-static" {
			t.Errorf("%v: %v, %v", w, i, err)
		}
	}
	if _, err := install.NewSingle(install.NewSecret("")).Token(t.Context(), install.Workspace{}); err == nil {
		t.Error("no token and no error")
	}
}
