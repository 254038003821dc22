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
const greeting = `Ask about a role in IT: what it is, a day in it, skills, pay, or two side by side.
Try "what does a backend engineer do?", then "and what do they earn?". Ctrl-D ends.`

// conversation groups the turns of the one person at this shell.
const conversation = "terminal"

// maxLine is the longest line in bytes that is read whole; the rest of a
// longer one is dropped, and the core says that it was too long.
const maxLine = 64 << 10

// Chat holds a conversation, a question a line, until in ends or ctx is done.
// On a terminal it edits lines with history and wraps to the width. A number
// typed alone asks the question that the last answer offered under it.
func Chat(ctx context.Context, asker bot.Asker, in io.Reader, out io.Writer, look Look) error {
	if f, ok := in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return chatOnTerminal(ctx, asker, f, out, look)
	}
	r := bufio.NewReader(in)
	t := &talk{asker: asker}
	for {
		line, err := readLine(r)
		if strings.TrimSpace(line) != "" {
			if _, werr := io.WriteString(out, t.turn(ctx, line, look)+"\n"); werr != nil {
				return fmt.Errorf("terminal: write answer: %w", werr)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("terminal: read question: %w", err)
		case ctx.Err() != nil:
			return nil
		}
	}
}

// readLine reads one line, of which it keeps the first maxLine bytes.
func readLine(r *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		part, err := r.ReadSlice('\n')
		if room := maxLine - b.Len(); room > 0 {
			b.Write(part[:min(len(part), room)])
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return strings.TrimRight(b.String(), "\r\n"), err
		}
	}
}

func chatOnTerminal(ctx context.Context, asker bot.Asker, in *os.File, out io.Writer, look Look) error {
	fmt.Fprintln(out, greeting)
	fd := int(in.Fd())
	state, err := term.MakeRaw(fd)
	if err != nil {
		return fmt.Errorf("terminal: prepare the screen: %w", err)
	}
	defer func() { _ = term.Restore(fd, state) }() // the program ends with it
	screen := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, out}, "> ")
	t := &talk{asker: asker}
	for ctx.Err() == nil {
		if w, h, err := term.GetSize(fd); err == nil && w > 0 {
			look.Width = w
			_ = screen.SetSize(w, h) // only the wrapping of the line being typed hangs on it
		}
		line, err := screen.ReadLine()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, term.ErrPasteIndicator):
		case err != nil:
			return fmt.Errorf("terminal: read question: %w", err)
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		if _, err := io.WriteString(screen, t.turn(ctx, line, look)+"\n"); err != nil {
			return fmt.Errorf("terminal: write answer: %w", err)
		}
	}
	return nil
}

// talk is a conversation with the last answer's offers.
type talk struct {
	asker  bot.Asker
	offers []bot.Action
}

func (t *talk) turn(ctx context.Context, line string, look Look) string {
	text := strings.TrimSpace(line)
	if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= len(t.offers) {
		text = t.offers[n-1].Ask
	}
	a := t.asker.Ask(ctx, bot.Question{Text: text, Conversation: conversation})
	t.offers = a.Actions
	return Render(a, look)
}
