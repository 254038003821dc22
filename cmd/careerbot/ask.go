package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"strings"
	"sync"

	"careerbot/adapters/terminal"
	"careerbot/bot"
	"careerbot/knowledge"
)

func runAsk(ctx context.Context, e *env, args []string) error {
	var asJSON bool
	words, err := flags(args, func(fs *flag.FlagSet) { fs.BoolVar(&asJSON, "json", false, "print the answer as JSON") })
	switch {
	case err != nil:
		return err
	case len(words) == 0:
		return misused("a question is missing")
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	a := b.Ask(ctx, bot.Question{Text: strings.Join(words, " ")})
	if asJSON {
		err = writeJSON(e.stdout, a)
	} else {
		_, err = io.WriteString(e.stdout, terminal.Render(a, terminal.LookOf(e.stdout, e.getenv)))
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
	if err := noArgs(args); err != nil {
		return err
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var following sync.WaitGroup
	following.Go(func() {
		// The screen is raw while the chat is open: a line needs its return.
		e.follow(ctx, b, func(what string) { fmt.Fprintf(e.stderr, "\r(%s)\r\n", knowledge.PlainText(what)) })
	})
	defer following.Wait()
	defer stop()
	return terminal.Chat(ctx, b, e.stdin, e.stdout, terminal.LookOf(e.stdout, e.getenv))
}

// writeJSON writes v for people and programs to read.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
