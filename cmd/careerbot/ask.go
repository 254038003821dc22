package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/term"

	"careerbot/adapters/terminal"
	"careerbot/bot"
)

func runAsk(ctx context.Context, e *env, args []string) error {
	var asJSON bool
	fs, err := flags("ask", args, func(fs *flag.FlagSet) { fs.BoolVar(&asJSON, "json", false, "print the answer as JSON") })
	if err != nil {
		return err
	}
	if fs.NArg() == 0 {
		return fmt.Errorf("%w: a question is missing", errUsage)
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	a := b.Ask(ctx, bot.Question{Text: strings.Join(fs.Args(), " ")})
	if asJSON {
		enc := json.NewEncoder(e.stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		err = enc.Encode(a)
	} else {
		_, err = io.WriteString(e.stdout, terminal.Render(a, e.look()))
	}
	if err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	switch a.Kind {
	case bot.Answered, bot.Partial, bot.Help:
		return nil
	}
	return errNo
}

func runChat(ctx context.Context, e *env, args []string) error {
	if _, err := flags("chat", args, func(*flag.FlagSet) {}); err != nil {
		return err
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	return terminal.Chat(ctx, b, e.stdin, e.stdout, e.look())
}

// look is how standard output shows answers: colour only on a terminal, and
// not when NO_COLOR is set (https://no-color.org).
func (e *env) look() terminal.Look {
	var l terminal.Look
	if n, err := strconv.Atoi(e.getenv("COLUMNS")); err == nil && n > 0 {
		l.Width = n
	}
	f, ok := e.stdout.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return l
	}
	if w, _, err := term.GetSize(int(f.Fd())); err == nil {
		l.Width = w
	}
	l.Colour = e.getenv("NO_COLOR") == "" && e.getenv("TERM") != "dumb"
	return l
}
