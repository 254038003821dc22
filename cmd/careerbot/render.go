package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"careerbot/adapters/discord"
	"careerbot/adapters/slack"
	"careerbot/bot"
)

// renderers turn an answer into the payload of a platform.
var renderers = map[string]func(bot.Answer) string{
	"discord": func(a bot.Answer) string { return string(indented(discord.Render(a, discord.Options{}))) },
	"slack":   func(a bot.Answer) string { return string(indented(slack.Render(a, slack.Options{}))) },
	"text":    bot.Answer.Text,
}

// indented is a payload as JSON that a person can read.
func indented(payload any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(payload); err != nil {
		return nil // a renderer that writes no JSON, which its tests would have met
	}
	return b.Bytes()
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
