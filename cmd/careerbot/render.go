package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"

	"careerbot/bot"
)

// renderers turn an answer into the payload of a platform.
var renderers = map[string]func(bot.Answer) ([]byte, error){
	"text": func(a bot.Answer) ([]byte, error) { return []byte(a.Text()), nil },
}

func renderTargets() []string { return slices.Sorted(maps.Keys(renderers)) }

func runRender(ctx context.Context, e *env, args []string) error {
	var target string
	fs, err := flags("render", args, func(fs *flag.FlagSet) { fs.StringVar(&target, "for", "", "the platform") })
	if err != nil {
		return err
	}
	render, ok := renderers[target]
	switch {
	case !ok && target == "":
		return fmt.Errorf("%w: --for is missing", errUsage)
	case !ok:
		hint := "known are " + strings.Join(renderTargets(), ", ")
		if near := nearestName(target, renderTargets()); near != "" {
			hint = "did you mean " + near + "?"
		}
		return fmt.Errorf("%w: nothing renders for %q, %s", errUsage, target, hint)
	case fs.NArg() == 0:
		return fmt.Errorf("%w: a question is missing", errUsage)
	}
	b, err := e.bot()
	if err != nil {
		return err
	}
	payload, err := render(b.Ask(ctx, bot.Question{Text: strings.Join(fs.Args(), " ")}))
	if err != nil {
		return fmt.Errorf("render for %s: %w", target, err)
	}
	_, err = e.stdout.Write(payload)
	return err
}
