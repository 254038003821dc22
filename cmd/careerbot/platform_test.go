package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"careerbot/adapters/slack/install"
)

// fakeAdapter ends as it is told, and works on when nothing more is told.
type fakeAdapter struct {
	ends  []time.Duration // how long each run works before it fails
	began []time.Time
}

func (f *fakeAdapter) Run(ctx context.Context) error {
	f.began = append(f.began, time.Now())
	if len(f.ends) == 0 {
		<-ctx.Done()
		return nil
	}
	works := f.ends[0]
	f.ends = f.ends[1:]
	select {
	case <-time.After(works):
		return errors.New("fake: it broke: mend it")
	case <-ctx.Done():
		return nil
	}
}

func (*fakeAdapter) Drain(context.Context) {}
func (*fakeAdapter) Ready() bool           { return true }

// opened is a platform of that adapter, which cannot be opened the first n times.
func opened(a *fakeAdapter, n int) *platform {
	return &platform{name: "Fake", log: slog.New(slog.DiscardHandler), open: func() (adapter, http.Handler, error) {
		if n--; n >= 0 {
			return nil, nil, errors.New("FAKE_TOKEN is missing")
		}
		return a, http.NotFoundHandler(), nil
	}}
}

func TestAPlatformThatFailsIsTriedAgainEverLessOften(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &fakeAdapter{ends: slices.Repeat([]time.Duration{0}, 9)}
		p := opened(a, 0)
		ctx, stop := context.WithCancel(t.Context())
		go p.run(ctx)
		time.Sleep(time.Hour) //nolint:forbidigo // of the bubble's clock
		stop()
		synctest.Wait()
		var waits []string
		for i := range a.began[1:] {
			waits = append(waits, a.began[i+1].Sub(a.began[i]).String())
		}
		if got := strings.Join(waits, " "); got != "1s 2s 4s 8s 16s 32s 1m0s 1m0s 1m0s" {
			t.Errorf("it waits %s", got)
		}
	})
}

func TestAPlatformThatWorkedForLongIsTriedAgainSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &fakeAdapter{ends: []time.Duration{0, 0, 0, time.Hour}}
		p := opened(a, 0)
		ctx, stop := context.WithCancel(t.Context())
		go p.run(ctx)
		time.Sleep(2 * time.Hour) //nolint:forbidigo // of the bubble's clock
		stop()
		synctest.Wait()
		if last := a.began[4].Sub(a.began[3]); last != time.Hour+firstRetry {
			t.Errorf("after an hour's work it is tried again after %v", last-time.Hour)
		}
	})
}

func TestWhatAPlatformLacksIsSaidUntilItWorksForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := opened(&fakeAdapter{ends: []time.Duration{time.Second}}, 1)
		lacks := func(after time.Duration, want string) {
			t.Helper()
			time.Sleep(after) //nolint:forbidigo // of the bubble's clock
			synctest.Wait()
			if got := p.lacks(); got != want {
				t.Errorf("it lacks %q, want %q", got, want)
			}
		}
		ctx, stop := context.WithCancel(t.Context())
		lacks(0, "Fake is not connected yet")
		go p.run(ctx)
		lacks(time.Second/2, "Fake: FAKE_TOKEN is missing")
		lacks(time.Second, "") // opened, and at work
		lacks(time.Second, "Fake: it broke: mend it")
		lacks(5*time.Second, "Fake: it broke: mend it") // at work again, and who knows
		lacks(steadyTime, "")
		stop()
		synctest.Wait()
	})
}

// However settings are printed, logged or encoded, no secret is among it.
func TestSettingsShowNoSecret(t *testing.T) {
	const text = "xoxb-very-secret"
	s := slackSettings{token: install.NewSecret(text), signing: install.NewSecret(text), app: install.NewSecret(text), clientSecret: install.NewSecret(text), tokenKey: install.NewSecret(text)}
	d := discordSettings{token: install.NewSecret(text)}
	c := clock{token: install.NewSecret(text)}
	var out bytes.Buffer
	for _, v := range []any{s, &s, d, &d, c, s.token, &s.token, map[string]secret{"a": s.token}, []secret{s.token}} {
		fmt.Fprintf(&out, "%v %+v %#v %s %q %x\n", v, v, v, v, v, v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("settings", "v", v)
		slog.New(slog.NewTextHandler(&out, nil)).Info("settings", "v", v)
		if b, err := json.Marshal(v); err == nil {
			out.Write(b)
		}
	}
	if hex := fmt.Sprintf("%x", text); strings.Contains(out.String(), text) || strings.Contains(out.String(), hex) {
		t.Errorf("a secret is shown: %s", &out)
	}
}

func TestAnAddressIsShownWithoutItsPassword(t *testing.T) {
	for address, want := range map[string]string{
		"redis://redis:6379/0":                 "redis://redis:6379/0",
		"redis://:very-secret@redis:6379":      "redis://[secret]@redis:6379",
		"redis://:very@sec/ret#1?2@redis:6379": "redis://[secret]@redis:6379",
		"user:very-secret@redis":               "[secret]",
		"redis://redis?password=very-secret":   "redis://redis?[secret]",
		"https://slack.com/api/":               "https://slack.com/api/",
	} {
		if got := bare(address); got != want {
			t.Errorf("%s is shown as %s, want %s", address, got, want)
		}
	}
}
