package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"careerbot/bot"
)

// heard is a message to understand, as a line of JSON.
type heard struct {
	ID        string   `json:"id"`
	Text      string   `json:"text"`
	Context   []string `json:"context"`
	Addressed *bool    `json:"addressed"` // absent: said to the bot
}

// understood is how it was read, as a line of JSON.
type understood struct {
	ID string `json:"id"`
	bot.Understood
}

func runUnderstand(_ context.Context, e *env, args []string) error {
	var explain bool
	fs, err := flags("understand", args, func(fs *flag.FlagSet) { fs.BoolVar(&explain, "explain", false, "say which words decided") })
	if err != nil {
		return err
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return explainText(e, b, strings.Join(fs.Args(), " "))
	}
	if explain {
		return fmt.Errorf("%w: --explain needs a text", errUsage)
	}
	return understandLines(e, b)
}

func understandLines(e *env, b *bot.Bot) error {
	in := bufio.NewReader(e.stdin)
	out := bufio.NewWriter(e.stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var h heard
			if jerr := json.Unmarshal(line, &h); jerr != nil {
				_ = out.Flush() // the lines before were good
				return fmt.Errorf("line %d is no JSON object with id and text: %w", n, jerr)
			}
			r := b.Understand(h.Text, h.Context, h.Addressed != nil && !*h.Addressed)
			if werr := enc.Encode(understood{h.ID, b.Label(r.Intent)}); werr != nil {
				return fmt.Errorf("write line %d: %w", n, werr)
			}
		}
		if errors.Is(err, io.EOF) {
			return out.Flush()
		}
		if err != nil {
			return fmt.Errorf("read line %d: %w", n, err)
		}
	}
}

// explainText says for one text which words decided.
func explainText(e *env, b *bot.Bot, text string) error {
	r := b.Understand(text, nil, false)
	w := bufio.NewWriter(e.stdout)
	for _, word := range r.Words {
		fmt.Fprintf(w, "%-24s %s\n", "“"+word.Text+"”", word.Means)
	}
	fmt.Fprintf(w, "%-24s %s\n", "read as", r.Intent)
	fmt.Fprintf(w, "%-24s %s\n", "certainty", r.Certain)
	for i, o := range r.Options {
		fmt.Fprintf(w, "%-24s %s\n", fmt.Sprintf("option %d", i+1), o)
	}
	return w.Flush()
}
