package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"careerbot/bot"
)

// greeting says in two lines what to ask.
const greeting = `Ask about a role in IT, such as "what does a backend engineer do?".
Then "and what do they earn?", or the number of an offer. Ctrl-D ends.`

// conversation groups the turns of the one person at this shell.
const conversation = "terminal"

// maxLine is the longest line in bytes that is read whole; the rest of a
// longer one is dropped, and the core says that it was too long.
const maxLine = 64 << 10

// Chat holds a conversation, a question a line, until in ends or ctx is done;
// both end it with nil. On a terminal it edits lines with history and wraps to
// the width. A number typed alone asks the question that the last answer
// offered under it.
//
// When ctx ends it while a line is read, that read is left waiting.
func Chat(ctx context.Context, asker bot.Asker, in io.Reader, out io.Writer, look Look) error {
	look.Numbers = true
	t := &talk{asker: asker, look: look}
	if Is(in) && Is(out) {
		return t.onTerminal(ctx, in.(*os.File), out.(*os.File))
	}
	r := bufio.NewReader(in)
	return t.hold(ctx, out, func() (string, error) { return readLine(r) })
}

// readLine reads one line, of which it keeps the first maxLine bytes. What
// stands before the end of the input is a line too.
func readLine(r *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		part, err := r.ReadSlice('\n')
		if room := maxLine - b.Len(); room > 0 {
			b.Write(part[:min(len(part), room)])
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && b.Len() > 0:
			return b.String(), nil
		default:
			return b.String(), err
		}
	}
}

// talk is a conversation with the last answer's offers.
type talk struct {
	asker  bot.Asker
	look   Look
	offers []bot.Action
}

func (t *talk) onTerminal(ctx context.Context, in, out *os.File) error {
	fmt.Fprintln(out, greeting)
	fd := int(in.Fd())
	state, err := term.MakeRaw(fd)
	if err != nil {
		return fmt.Errorf("terminal: prepare the screen: %w", err)
	}
	defer func() {
		_ = term.Restore(fd, state) // nothing can be done about it
		fmt.Fprintln(out)           // the shell's prompt begins a line
	}()
	screen := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, out}, "> ")
	shown := int(out.Fd()) // asked once: a read that nobody waits for may outlive the file
	fit := func() {
		if w, h, err := term.GetSize(shown); err == nil && w > 0 {
			t.look.Width = w
			_ = screen.SetSize(w, h) // only how the line being typed wraps hangs on it
		}
	}
	return t.hold(ctx, screen, func() (string, error) {
		fit()
		line, err := screen.ReadLine()
		fit() // the window may have changed meanwhile
		return line, err
	})
}

// hold asks line after line and writes the answers, an empty line after each.
func (t *talk) hold(ctx context.Context, out io.Writer, readLine func() (string, error)) error {
	for ctx.Err() == nil {
		line, err := await(ctx, readLine)
		switch {
		case ctx.Err() != nil, errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("terminal: read question: %w", err)
		}
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if _, err := io.WriteString(out, t.turn(ctx, line)+"\n"); err != nil {
			return fmt.Errorf("terminal: write answer: %w", err)
		}
	}
	return nil
}

// await calls read and gives up waiting for it when ctx is done.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	type typed struct {
		line string
		err  error
	}
	done := make(chan typed, 1)
	go func() {
		line, err := read()
		done <- typed{line, err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case t := <-done:
		return t.line, t.err
	}
}

// turn asks what the line says, or what its number offers, and renders the answer.
func (t *talk) turn(ctx context.Context, line string) string {
	if n, err := strconv.Atoi(line); err == nil && len(t.offers) > 0 {
		if n < 1 || n > len(t.offers) {
			return fmt.Sprintf("The last answer has no offer %d: its numbers are 1 to %d.\n", n, len(t.offers))
		}
		line = t.offers[n-1].Ask
	}
	a := t.asker.Ask(ctx, bot.Question{Text: line, Conversation: conversation})
	t.offers = a.Actions
	return Render(a, t.look)
}
