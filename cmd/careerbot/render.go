package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"careerbot/bot"
)

// renderers turn an answer into the payload of a platform.
var renderers = map[string]func(bot.Answer) string{
	"text": bot.Answer.Text,
}

func renderTargets() []string { return slices.Sorted(maps.Keys(renderers)) }

func runRender(ctx context.Context, e *env, args []string) error {
	var target string
	targets := strings.Join(renderTargets(), ", ")
	words, err := flags(args, func(fs *flag.FlagSet) { fs.StringVar(&target, "for", "", "where it would be sent: "+targets) })
	if err != nil {
		return err
	}
	render, ok := renderers[target]
	switch {
	case !ok && target == "":
		return misused("--for is missing: it must be one of %s", targets)
	case !ok:
		return misused("nothing renders for %q: it must be one of %s", clip(target), targets)
	case len(words) == 0:
		return misused("a question is missing")
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	payload := render(b.Ask(ctx, bot.Question{Text: strings.Join(words, " ")}))
	if _, err := io.WriteString(e.stdout, payload); err != nil {
		return fmt.Errorf("write the payload: %w", err)
	}
	return nil
}
