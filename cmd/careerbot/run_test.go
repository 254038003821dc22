package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// run is the program in this environment.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	e := &env{getenv: getenv, names: func() []string { return nil }, stdin: stdin, stdout: stdout, stderr: stderr}
	return e.run(ctx, args)
}

// called is what came of a call.
type called struct {
	code           int
	stdout, stderr string
}

func call(t *testing.T, stdin io.Reader, args ...string) called {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, func(string) string { return "" }, stdin, &stdout, &stderr)
	return called{code, stdout.String(), stderr.String()}
}

// An argument of a process may not be this long; a line of a chat may.
func TestAMegabyteOfQuestionIsAnsweredInOneSentence(t *testing.T) {
	const want = "That is longer than the 4,000 characters that I read. Ask it in a sentence or two.\n"
	long := strings.Repeat("backend engineer ", 1<<20/17)
	for name, got := range map[string]called{
		"ask":  call(t, nil, "ask", long),
		"chat": call(t, strings.NewReader(long+"\n"), "chat"),
	} {
		if unwrapped := strings.Join(strings.Fields(got.stdout), " ") + "\n"; unwrapped != want || got.stderr != "" {
			t.Errorf("%s says %.200q and %.200q", name, got.stdout, got.stderr)
		}
	}
}

func TestWhatWasTypedComesBackHarmless(t *testing.T) {
	const nasty = "\x1b]0;owned\x07\u202e"
	for _, args := range [][]string{{nasty}, {nasty + " " + nasty}, {"ask", "--" + nasty}, {"ask", nasty}, {"render", "--for", nasty, "x"}, {"check", nasty}, {"help", nasty}} {
		got := call(t, nil, args...)
		if all := got.stdout + got.stderr; strings.ContainsAny(all, "\x1b\x07\u202e") {
			t.Errorf("%q: %q", args, all)
		}
	}
}

// Ctrl-C cancels the context that main gives to run.
func TestCtrlCEndsQuietlyWhileSomebodyIsWaitedFor(t *testing.T) {
	for command, want := range map[string]int{"chat": exitOK, "understand": exitInterrupted} {
		t.Run(command, func(t *testing.T) {
			stdin, typing := io.Pipe()
			defer typing.Close()
			ctx, interrupt := context.WithCancel(t.Context())
			var stdout, stderr bytes.Buffer
			done := make(chan int, 1)
			go func() {
				done <- run(ctx, []string{command}, func(string) string { return "" }, stdin, &stdout, &stderr)
			}()
			interrupt()
			select {
			case code := <-done:
				if code != want || stdout.Len() > 0 || stderr.Len() > 0 {
					t.Errorf("it ends with %d, says %q and %q", code, &stdout, &stderr)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("it still waits")
			}
		})
	}
}

// A program that asks one line and waits for its answer before it asks the
// next is not kept waiting.
func TestUnderstandAnswersEachLineAtOnce(t *testing.T) {
	stdin, typing := io.Pipe()
	answers, stdout := io.Pipe()
	go func() {
		run(t.Context(), []string{"understand"}, func(string) string { return "" }, stdin, stdout, io.Discard)
		stdout.Close()
	}()
	buf := make([]byte, 4096)
	for _, id := range []string{`"id":"1"`, `"id":"2"`} {
		if _, err := io.WriteString(typing, `{`+id+`,"text":"pm salary"}`+"\n"); err != nil {
			t.Fatal(err)
		}
		n, err := answers.Read(buf)
		if err != nil || !strings.Contains(string(buf[:n]), id) {
			t.Fatalf("got %q, %v", buf[:n], err)
		}
	}
	typing.Close()
	if _, err := answers.Read(buf); !errors.Is(err, io.EOF) {
		t.Errorf("after the last line: %v", err)
	}
}

func TestAFullDiskIsSaid(t *testing.T) {
	for _, args := range [][]string{{"ask", "backend engineer"}, {"ask", "--json", "backend engineer"}, {"render", "--for", "text", "pm"}, {"version"}, {"help"}} {
		var stderr bytes.Buffer
		code := run(t.Context(), args, func(string) string { return "" }, nil, full{}, &stderr)
		if code != exitNo || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("%q ends with %d and says %q", args, code, &stderr)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestColoursAreForTerminalsOnly(t *testing.T) {
	got := call(t, nil, "ask", "backend engineer")
	if strings.Contains(got.stdout, "\x1b") {
		t.Errorf("it prints %.100q", got.stdout)
	}
}
