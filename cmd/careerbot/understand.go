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

const understandMore = `Without TEXT it reads lines such as
  {"id":"1","text":"and in Berlin?","context":["pay of a data engineer"]}
where context are earlier messages of the same person, and "addressed":false
marks a message that was not said to the bot.`

func runUnderstand(ctx context.Context, e *env, args []string) error {
	var explain bool
	words, err := flags(args, func(fs *flag.FlagSet) { fs.BoolVar(&explain, "explain", false, "say which words of TEXT decided") })
	switch {
	case err != nil:
		return err
	case explain && len(words) == 0:
		return misused("--explain needs a text")
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return explainText(e, b, strings.Join(words, " "))
	}
	return understandLines(e.input(ctx), e.stdout, b)
}

// input is standard input until ctx is done: a read that waits for somebody to
// type would not notice.
func (e *env) input(ctx context.Context) io.Reader {
	r, w := io.Pipe()
	context.AfterFunc(ctx, func() { w.CloseWithError(ctx.Err()) })
	go func() {
		_, err := io.Copy(w, e.stdin)
		w.CloseWithError(err)
	}()
	return r
}

func understandLines(stdin io.Reader, stdout io.Writer, b *bot.Bot) error {
	in := bufio.NewReader(stdin)
	out := bufio.NewWriter(stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			var h heard
			if jerr := json.Unmarshal(line, &h); jerr != nil {
				_ = out.Flush() // the lines before were good
				return fmt.Errorf(`line %d is no JSON object such as {"id":"1","text":"pm salary"}: %w`, n, jerr)
			}
			r := b.Understand(h.Text, h.Context, h.Addressed != nil && !*h.Addressed)
			if werr := enc.Encode(understood{h.ID, b.Label(r.Intent)}); werr != nil {
				return fmt.Errorf("write line %d: %w", n, werr)
			}
		}
		if in.Buffered() == 0 { // whoever asks line by line waits for this one
			if werr := out.Flush(); werr != nil {
				return fmt.Errorf("write line %d: %w", n, werr)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read line %d: %w", n, err)
		}
	}
}

// explainText says for one text which words decided.
func explainText(e *env, b *bot.Bot, text string) error {
	r := b.Understand(text, nil, false)
	w := bufio.NewWriter(e.stdout)
	for _, word := range r.Words() {
		fmt.Fprintf(w, "%-24s %s\n", "“"+word.Text+"”", word.Means)
	}
	fmt.Fprintf(w, "%-24s %s\n", "read as", r.Intent)
	fmt.Fprintf(w, "%-24s %s\n", "certainty", r.Certain)
	for i, o := range r.Options {
		fmt.Fprintf(w, "%-24s %s\n", fmt.Sprintf("option %d", i+1), o)
	}
	return w.Flush()
}
