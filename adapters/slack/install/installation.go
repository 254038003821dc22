package install

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Workspace names where an app is installed: a team, or the whole organisation
// of an Enterprise Grid.
//
// The id of a team is unique across Slack and names it alone. The enterprise
// beside it says where else to look, no more: some events, app_uninstalled for
// one (https://docs.slack.dev/reference/events/app_uninstalled), are shown
// without it, and a team may join an enterprise after the app was installed.
type Workspace struct {
	EnterpriseID      string // E…, or "" outside Enterprise Grid
	TeamID            string // T…
	EnterpriseInstall bool   // the organisation's installation, which serves its teams; TeamID does not matter
}

// normal leaves of w what names it.
func (w Workspace) normal() Workspace {
	if !w.EnterpriseInstall && strings.HasPrefix(w.TeamID, "E") {
		// Of an organisation as a whole Slack gives the id as its team's.
		w.EnterpriseID, w.EnterpriseInstall = w.TeamID, true
	}
	if w.EnterpriseInstall {
		w.TeamID = ""
	}
	return w
}

// check says what w lacks to name a workspace.
func (w Workspace) check() error {
	if w = w.normal(); w.EnterpriseInstall && w.EnterpriseID == "" {
		return errors.New("an enterprise without an id")
	} else if !w.EnterpriseInstall && w.TeamID == "" {
		return errors.New("a team without an id")
	}
	return nil
}

// key is the same for two workspaces if and only if they are the same one.
func (w Workspace) key() string {
	if w = w.normal(); w.EnterpriseInstall {
		return "enterprise " + strconv.Quote(w.EnterpriseID)
	}
	return "team " + strconv.Quote(w.TeamID)
}

// String names w in errors and logs.
func (w Workspace) String() string { return w.key() }

// lookups is where an installation that serves w may be, best first: its own,
// then the other of team and organisation.
func (w Workspace) lookups() []Workspace {
	all := []Workspace{w.normal()}
	if w.EnterpriseID != "" && w.TeamID != "" {
		other := w
		other.EnterpriseInstall = !w.EnterpriseInstall
		if other = other.normal(); other.key() != all[0].key() {
			all = append(all, other)
		}
	}
	return all
}

// Installation is what Slack gave when the app was installed in a workspace.
type Installation struct {
	AppID             string
	EnterpriseID      string // "" outside Enterprise Grid
	TeamID            string // "" if EnterpriseInstall
	EnterpriseInstall bool
	TeamName          string // or the organisation's
	BotToken          Secret
	RefreshToken      Secret // zero without token rotation
	BotUserID         string
	Scopes            []string
	ExpiresAt         time.Time // of BotToken; zero: never
	InstalledAt       time.Time
}

// Workspace is where it is installed.
func (i Installation) Workspace() Workspace {
	return Workspace{EnterpriseID: i.EnterpriseID, TeamID: i.TeamID, EnterpriseInstall: i.EnterpriseInstall}
}

// check says what i lacks to be of use.
func (i Installation) check() error {
	if err := i.Workspace().check(); err != nil {
		return err
	}
	if i.BotToken.IsZero() {
		return errors.New("an installation without a token")
	}
	return nil
}

// clone shares nothing with i that could be changed.
func (i Installation) clone() Installation {
	i.Scopes = slices.Clone(i.Scopes)
	return i
}

// lives says whether the token still serves.
func (i Installation) lives(now time.Time) bool {
	return i.ExpiresAt.IsZero() || now.Before(i.ExpiresAt)
}

// due says whether the token wants renewing.
func (i Installation) due(now time.Time) bool { return !i.lives(now.Add(renewBefore)) }
