package gateway

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// asked is Discord's answers about the limit, in turn, the last for ever.
type asked struct {
	answers []Limit
	n       int
	err     error
}

func (a *asked) ask(context.Context) (Limit, error) {
	a.n++
	return a.answers[min(a.n, len(a.answers))-1], a.err
}

func TestShardsOfOneBucketBeginFiveSecondsApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &asked{answers: []Limit{{Total: 1000, Remaining: 900, MaxConcurrency: 2}}}
		s := NewStarts(d.ask, Times{}, slog.New(slog.DiscardHandler))
		start := time.Now()
		var at []time.Duration
		for _, shard := range []int{0, 1, 2, 3, 0} { // 0 and 2 share a bucket, so do 1 and 3
			if err := s.Wait(t.Context(), shard); err != nil {
				t.Fatal(err)
			}
			at = append(at, time.Since(start))
		}
		if want := []time.Duration{0, 0, 5 * time.Second, 5 * time.Second, 10 * time.Second}; !slices.Equal(at, want) {
			t.Errorf("they begin at %v, want %v", at, want)
		}
		if d.n != 1 {
			t.Errorf("Discord was asked %d times", d.n)
		}
	})
}

func TestWhenADaysSessionsAreNearlyUsedUpItWaitsForTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &asked{answers: []Limit{{Total: 1000, Remaining: 11, MaxConcurrency: 1}, {Total: 1000, Remaining: 10, Reset: time.Hour}, {Total: 1000, Remaining: 1000, MaxConcurrency: 1}}}
		s := NewStarts(d.ask, Times{}, slog.New(slog.DiscardHandler))
		start := time.Now()
		for range 2 {
			if err := s.Wait(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
		}
		if waited := time.Since(start); waited != time.Hour {
			t.Errorf("it waited %v", waited)
		}
	})
}

func TestALimitThatDiscordDoesNotSayIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &asked{answers: []Limit{{}}}
		s := NewStarts(d.ask, Times{}, slog.New(slog.DiscardHandler))
		if err := s.Wait(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		d.err = errors.New("gone")
		if err := s.Wait(t.Context(), 0); err != nil {
			t.Errorf("what is known already is asked again: %v", err)
		}
	})
}

func TestWhoStopsWaitingIsToldSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewStarts((&asked{answers: []Limit{{Total: 1000, Reset: time.Hour}}}).ask, Times{}, slog.New(slog.DiscardHandler))
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		if err := s.Wait(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}

func TestAnAddressIsGivenTheVersion(t *testing.T) {
	for address, want := range map[string]string{
		"wss://gateway.discord.gg":      "wss://gateway.discord.gg/?encoding=json&v=10",
		"wss://gateway.discord.gg/":     "wss://gateway.discord.gg/?encoding=json&v=10",
		"ws://127.0.0.1:1/path?v=6&x=1": "ws://127.0.0.1:1/path?encoding=json&v=10&x=1",
		"https://gateway.discord.gg":    "",
		"":                              "",
		"gateway.discord.gg":            "",
	} {
		got, err := located(address)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v", address, got, err)
		}
	}
}
