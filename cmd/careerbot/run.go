package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"
)

// Exit codes.
const (
	exitOK    = 0
	exitNo    = 1 // asked and could not
	exitUsage = 2 // wrongly called
)

// env is what a command sees of the world.
type env struct {
	getenv         func(string) string
	stdin          io.Reader
	stdout, stderr io.Writer
}

// errUsage marks an error in how a command was called.
var errUsage = errors.New("usage")

// errNo is a command that did its work and has nothing good to report: what
// there is to say was said.
var errNo = errors.New("could not")

// command is one of the program's commands.
type command struct {
	name  string
	usage string // its arguments
	about string
	run   func(ctx context.Context, e *env, args []string) error
}

func commands() []command {
	return []command{
		{"ask", "[--json] QUESTION…", "answer one question", runAsk},
		{"chat", "", "hold a conversation, a question a line", runChat},
		{"understand", "[--explain] [TEXT…]", "say how questions are understood; without TEXT, JSON lines from standard input", runUnderstand},
		{"render", "--for " + strings.Join(renderTargets(), "|") + " QUESTION…", "print the payload that would be sent", runRender},
		{"check", "[--json] [DIR]", "list the faults of a catalogue folder", runCheck},
		{"import", "--out DIR [--category NAME] [--force] FILE…", "turn role pages, ladders and pay bands into a catalogue folder", runImport},
		{"version", "", "print the version", runVersion},
	}
}

// run is the program. It returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	e := &env{getenv: getenv, stdin: stdin, stdout: stdout, stderr: stderr}
	if len(args) == 0 {
		if f, ok := stdin.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
			args = []string{"chat"}
		} else {
			fmt.Fprint(stdout, usage())
			return exitUsage
		}
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		fmt.Fprint(stdout, usage())
		return exitOK
	case "--version", "-version":
		args[0] = "version"
	}
	all := commands()
	at := slices.IndexFunc(all, func(c command) bool { return c.name == args[0] })
	if at < 0 {
		fmt.Fprintf(stderr, "careerbot: unknown command %q%s; careerbot help lists them\n", args[0], nearest(args[0], all))
		return exitUsage
	}
	err := all[at].run(ctx, e, args[1:])
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errNo):
		return exitNo
	case errors.Is(err, errUsage):
		fmt.Fprintf(stderr, "careerbot %s: %s; usage: careerbot %s %s\n", args[0], strings.TrimPrefix(err.Error(), "usage: "), args[0], all[at].usage)
		return exitUsage
	}
	fmt.Fprintf(stderr, "careerbot %s: %v\n", args[0], err)
	return exitNo
}

// nearest suggests the command that was likely meant.
func nearest(name string, all []command) string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = c.name
	}
	if near := nearestName(name, names); near != "" {
		return ", did you mean " + near + "?"
	}
	return ""
}

func usage() string {
	var b strings.Builder
	b.WriteString("careerbot answers questions about roles in IT.\n\n  careerbot ask \"what does a backend engineer do?\"\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-11s %s\n", c.name, c.about)
	}
	b.WriteString("\nWithout a command, on a terminal, it opens the chat.\n" +
		"CAREERBOT_CATALOG names a folder of your own pages; CAREERBOT_BASE=none leaves the built-in ones out.\n")
	return b.String()
}

// flags parses args for a command, quietly: what is wrong comes as an error.
func flags(name string, args []string, define func(*flag.FlagSet)) (*flag.FlagSet, error) {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	define(fs)
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, fmt.Errorf("%w: %s takes", errUsage, name)
		}
		return nil, fmt.Errorf("%w: %s", errUsage, err.Error())
	}
	return fs, nil
}
