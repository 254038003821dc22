package terminal_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/terminal"
	"careerbot/bot"
)

func TestAPipeAsksOneQuestionALine(t *testing.T) {
	l := &listener{}
	var out strings.Builder
	chat(t, l, strings.NewReader("what is a tide engineer?\r\n\n   \nand the pay?"), &out)
	if want := []string{"what is a tide engineer?", "and the pay?"}; !slices.Equal(l.texts(), want) {
		t.Errorf("asked %q, want %q", l.texts(), want)
	}
	if want := "You asked: what is a tide engineer?.\n\nYou asked: and the pay?.\n\n"; out.String() != want {
		t.Errorf("got %q, want %q: no prompt, an empty line after each answer", out.String(), want)
	}
}

func TestTheTurnsOfAChatAreOneConversation(t *testing.T) {
	l := &listener{}
	chat(t, l, strings.NewReader("one\ntwo\n"), io.Discard)
	if a, b := l.asked[0].Conversation, l.asked[1].Conversation; a == "" || a != b {
		t.Errorf("the turns are of conversations %q and %q", a, b)
	}
}

func TestANumberAsksTheOfferedQuestion(t *testing.T) {
	offers := []bot.Action{{Label: "Pay", Ask: "pay tide-engineer"}, {Label: "Next", Ask: "next tide-engineer"}}
	l := &listener{actions: offers}
	var out strings.Builder
	chat(t, l, strings.NewReader("tide engineer\n 2 \n3\n0\n"), &out)
	if want := []string{"tide engineer", "next tide-engineer"}; !slices.Equal(l.texts(), want) {
		t.Errorf("asked %q, want %q", l.texts(), want)
	}
	if n := strings.Count(out.String(), "its numbers are 1 to 2"); n != 2 {
		t.Errorf("numbers that nothing offers are answered %d times, want 2:\n%s", n, &out)
	}
}

func TestANumberIsAQuestionWhenNothingIsOffered(t *testing.T) {
	l := &listener{}
	chat(t, l, strings.NewReader("1\n"), io.Discard)
	if want := []string{"1"}; !slices.Equal(l.texts(), want) {
		t.Errorf("asked %q, want %q", l.texts(), want)
	}
}

func TestALongLineIsCutAndTheNextOneIsRead(t *testing.T) {
	l := &listener{}
	chat(t, l, strings.NewReader(strings.Repeat("a", 1<<20)+"\nnext\n"), io.Discard)
	if n := len(l.texts()[0]); n != 64<<10 {
		t.Errorf("%d bytes of the line are asked, want %d", n, 64<<10)
	}
	if got := l.texts()[1]; got != "next" {
		t.Errorf("after the long line came %q", got)
	}
}

func TestASilentAnswerLeavesTheChatQuiet(t *testing.T) {
	var out strings.Builder
	chat(t, silent{}, strings.NewReader("lunch?\n"), &out)
	if strings.TrimSpace(out.String()) != "" {
		t.Errorf("it says %q", out.String())
	}
}

func TestACancelledChatEndsWhileItWaits(t *testing.T) {
	in, _ := io.Pipe() // nobody ever types
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- terminal.Chat(ctx, &listener{}, in, io.Discard, terminal.Look{}) }()
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it still waits")
	}
}

func TestTroubleWithTheInputAndTheOutputIsSaid(t *testing.T) {
	broken := errors.New("the cable is cut")
	err := terminal.Chat(t.Context(), &listener{}, io.MultiReader(strings.NewReader("one\n"), failing{broken}), io.Discard, terminal.Look{})
	if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "terminal: read question: ") {
		t.Errorf("a failing input: %v", err)
	}
	err = terminal.Chat(t.Context(), &listener{}, strings.NewReader("one\ntwo\n"), failing{broken}, terminal.Look{})
	if !errors.Is(err, broken) || !strings.HasPrefix(err.Error(), "terminal: write answer: ") {
		t.Errorf("a failing output: %v", err)
	}
}

func chat(t *testing.T, asker bot.Asker, in io.Reader, out io.Writer) {
	t.Helper()
	if err := terminal.Chat(t.Context(), asker, in, out, terminal.Look{}); err != nil {
		t.Fatal(err)
	}
}

type silent struct{}

func (silent) Ask(context.Context, bot.Question) bot.Answer { return bot.Answer{Kind: bot.Silent} }

type failing struct{ err error }

func (f failing) Read([]byte) (int, error)  { return 0, f.err }
func (f failing) Write([]byte) (int, error) { return 0, f.err }
