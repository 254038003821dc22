package doctor_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"careerbot/cmd/careerbot/doctor"
)

// A check that does not end with its context does not keep the others.
func TestACheckThatHangsIsNamed(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer stop()
	hang := make(chan struct{})
	defer close(hang)
	found := doctor.Run(ctx, []doctor.Check{
		{What: "stuck", Look: func(context.Context) []doctor.Finding { <-hang; return nil }},
		{What: "well", Look: func(context.Context) []doctor.Finding { return []doctor.Finding{{What: "well", State: doctor.OK}} }},
	})
	if len(found) != 2 || found[0].What != "stuck" || found[0].State != doctor.Error || found[1].What != "well" {
		t.Errorf("%+v", found)
	}
}

// The permissions that a server's owner is asked for: no more than those that
// have a reason, and above all not to administer.
func TestTheInvitationAsksForNoMoreThanIsNeeded(t *testing.T) {
	address, why := doctor.Invite("42")
	const want = 1<<10 | 1<<11 | 1<<14 | 1<<15 | 1<<16 | 1<<38
	if address != "https://discord.com/oauth2/authorize?client_id=42&permissions=274878024704&scope=bot+applications.commands" || want != 274878024704 {
		t.Errorf("%s, want the permissions %d", address, want)
	}
	if len(why) != 6 {
		t.Errorf("%d reasons: %q", len(why), why)
	}
	for _, w := range why {
		if name, reason, _ := strings.Cut(w, ": "); name == "" || !strings.HasSuffix(reason, ".") {
			t.Errorf("%q", w)
		}
	}
}

func TestTheClockIsHeldAgainstTheAPIs(t *testing.T) {
	for _, c := range []struct {
		off   time.Duration
		fault string
	}{{0, ""}, {3 * time.Minute, ""}, {-3 * time.Minute, ""}, {5 * time.Minute, " behind,"}, {-5 * time.Minute, " ahead,"}} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", time.Now().Add(c.off).UTC().Format(http.TimeFormat))
			w.WriteHeader(http.StatusTeapot) // an answer of any kind will do
		}))
		ahead, err := doctor.Clock(t.Context(), srv.URL, "")
		srv.Close()
		if err != nil || (ahead+c.off).Abs() > 2*time.Second {
			t.Errorf("%v off: %v, %v", c.off, ahead, err)
		}
		if said := doctor.ClockFault(ahead); (said == "") != (c.fault == "") || !strings.Contains(said, c.fault) {
			t.Errorf("%v off: %q", c.off, said)
		}
	}
}

// A token may stand in the address that could not be called.
func TestAnAddressThatCannotBeCalledIsNotShown(t *testing.T) {
	for _, address := range []string{"http://me:very-secret@127.0.0.1:1/x?token=very-secret", "http://very-secret\x7f/"} {
		if _, err := doctor.Clock(t.Context(), address, "Bearer very-secret"); err == nil || strings.Contains(err.Error(), "very-secret") {
			t.Errorf("%v", err)
		}
	}
}
