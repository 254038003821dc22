package terminal_test

import (
	"context"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/term"

	"careerbot/adapters/terminal"
)

// The keys of a terminal.
const (
	enter     = "\r"
	backspace = "\x7f"
	up        = "\x1b[A"
	left      = "\x1b[D"
	ctrlC     = "\x03"
	ctrlD     = "\x04"
)

func TestTheChatSaysInTwoLinesWhatToAsk(t *testing.T) {
	s := openScreen(t, &listener{})
	s.sees("> ")
	text, _, _ := strings.Cut(s.text(), "> ")
	if n := strings.Count(text, "\n"); n != 2 || !strings.Contains(text, "what does a backend engineer do?") || !strings.Contains(text, "Ctrl-D") {
		t.Errorf("it opens with:\n%s", text)
	}
}

func TestALineCanBeEditedBeforeItIsAsked(t *testing.T) {
	l := &listener{}
	s := openScreen(t, l)
	s.types("pax" + backspace + "y of tde" + left + left + "i" + enter)
	s.sees("You asked: pay of tide.")
	if want := []string{"pay of tide"}; !slices.Equal(l.texts(), want) {
		t.Errorf("asked %q, want %q", l.texts(), want)
	}
}

func TestArrowUpBringsBackWhatWasAsked(t *testing.T) {
	l := &listener{}
	s := openScreen(t, l)
	s.types("first" + enter)
	s.sees("You asked: first.")
	s.types("second" + enter)
	s.sees("You asked: second.")
	s.types(up + up + " again" + enter)
	s.sees("You asked: first again.")
}

func TestANewWidthHoldsFromTheNextAnswerOn(t *testing.T) {
	s := openScreen(t, &listener{})
	question := "one two three four five six seven eight"
	s.types(question)
	s.sees("eight")
	if err := pty.Setsize(s.keys, &pty.Winsize{Rows: 24, Cols: 30}); err != nil {
		t.Fatal(err)
	}
	s.types(enter)
	s.sees("You asked: one two three four\r\nfive six seven eight.\r\n")
}

func TestCtrlDAndCtrlCEndTheChatQuietly(t *testing.T) {
	for name, key := range map[string]string{"Ctrl-D": ctrlD, "Ctrl-C": ctrlC, "Ctrl-C in a line": "half a quest" + ctrlC} {
		t.Run(name, func(t *testing.T) {
			s := openScreen(t, &listener{})
			s.sees("> ")
			s.types(key)
			s.ends()
		})
	}
}

func TestACancelledChatLeavesTheTerminalAsItWas(t *testing.T) {
	s := openScreen(t, &listener{})
	s.sees("> ")
	s.cancel()
	s.ends()
}

func TestTheLookFitsWhereItIsShown(t *testing.T) {
	s := openScreen(t, &listener{})
	for _, c := range []struct {
		name string
		out  io.Writer
		env  map[string]string
		want terminal.Look
	}{
		{"a terminal has its width and colour", s.tty, nil, terminal.Look{Width: 80, Colour: true}},
		{"a terminal knows its width better than COLUMNS", s.tty, map[string]string{"COLUMNS": "33"}, terminal.Look{Width: 80, Colour: true}},
		{"NO_COLOR turns colour off", s.tty, map[string]string{"NO_COLOR": "1"}, terminal.Look{Width: 80}},
		{"so does a dumb terminal", s.tty, map[string]string{"TERM": "dumb"}, terminal.Look{Width: 80}},
		{"a pipe has neither", io.Discard, nil, terminal.Look{}},
		{"a pipe has the width that COLUMNS says", io.Discard, map[string]string{"COLUMNS": "33"}, terminal.Look{Width: 33}},
		{"nonsense says nothing", io.Discard, map[string]string{"COLUMNS": "-3"}, terminal.Look{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := terminal.LookOf(c.out, func(name string) string { return c.env[name] }); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
	if !terminal.Is(s.tty) || terminal.Is(strings.NewReader("")) {
		t.Error("a terminal is taken for something else, or something else for a terminal")
	}
}

// screen is a terminal with a chat on it and somebody in front.
type screen struct {
	t      *testing.T
	keys   *os.File // what is written here is typed
	tty    *os.File
	before *term.State
	cancel context.CancelFunc
	done   chan error

	mu    sync.Mutex
	shown strings.Builder
	more  chan struct{}
}

func openScreen(t *testing.T, l *listener) *screen {
	t.Helper()
	keys, tty, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo-terminal here:", err)
	}
	closes := func() { keys.Close(); tty.Close() }
	t.Cleanup(func() { closes() })
	if err := pty.Setsize(keys, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	before, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s := &screen{t: t, keys: keys, tty: tty, before: before, cancel: cancel, done: make(chan error, 1), more: make(chan struct{}, 1)}
	go s.watch()
	over := make(chan struct{})
	closes = func() { // not under the hands of the chat, which asks the terminal for its size
		cancel()
		<-over
		keys.Close()
		tty.Close()
	}
	go func() {
		defer close(over)
		s.done <- terminal.Chat(ctx, l, tty, tty, terminal.Look{})
	}()
	return s
}

// watch keeps what the screen shows until it is closed.
func (s *screen) watch() {
	buf := make([]byte, 4096)
	for {
		n, err := s.keys.Read(buf)
		s.mu.Lock()
		s.shown.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (s *screen) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown.String()
}

func (s *screen) types(keys string) {
	s.t.Helper()
	s.sees("> ") // before the prompt the terminal itself would echo
	if _, err := s.keys.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

func (s *screen) sees(text string) {
	s.t.Helper()
	late := time.After(5 * time.Second)
	for !strings.Contains(s.text(), text) {
		select {
		case <-s.more:
		case <-late:
			s.t.Fatalf("the screen never shows %q; it shows %q", text, s.text())
		}
	}
}

// ends fails unless the chat ends without an error and the terminal is as it was.
func (s *screen) ends() {
	s.t.Helper()
	select {
	case err := <-s.done:
		if err != nil {
			s.t.Errorf("it ends with %v", err)
		}
	case <-time.After(5 * time.Second):
		s.t.Fatal("it does not end")
	}
	after, err := term.GetState(int(s.tty.Fd()))
	if err != nil {
		s.t.Fatal(err)
	}
	if !reflect.DeepEqual(after, s.before) {
		s.t.Error("the terminal is left in another state")
	}
}
