// Careerbot answers questions about roles in IT: in the shell, in Slack and in
// Discord. Run without arguments on a terminal it opens a chat.
package main

import (
	"context"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	e := &env{getenv: os.Getenv, names: names, stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
	code := e.run(ctx, os.Args[1:])
	os.Exit(code)
}

// names are those of the variables that are set.
func names() []string {
	var out []string
	for _, pair := range os.Environ() {
		name, _, _ := strings.Cut(pair, "=")
		out = append(out, name)
	}
	return out
}
