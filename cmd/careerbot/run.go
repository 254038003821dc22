package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"careerbot/adapters/terminal"
	"careerbot/knowledge"
)

// Exit codes.
const (
	exitOK          = 0
	exitNo          = 1 // asked and could not
	exitUsage       = 2 // wrongly called
	exitInterrupted = 130
)

// env is what a command sees of the world.
type env struct {
	getenv         func(string) string
	names          func() []string // of the variables that are set
	stdin          io.Reader
	stdout, stderr io.Writer
}

// errNo is a command that did its work and has nothing good to report: what
// there is to say was said.
var errNo = errors.New("could not")

// command is one of the program's commands.
type command struct {
	name  string
	usage string // its arguments
	about string
	more  string // what else help says of it
	run   func(ctx context.Context, e *env, args []string) error
}

func commands() []command {
	return []command{
		{name: "ask", usage: "[--json] QUESTION…", about: "answer one question", run: runAsk},
		{name: "chat", about: "hold a conversation, one question a line", run: runChat},
		{name: "understand", usage: "[--explain] [TEXT…]", about: "show how a text is read, or lines of JSON from standard input", more: understandMore, run: runUnderstand},
		{name: "render", usage: "--for " + strings.Join(renderTargets(), "|") + " QUESTION…", about: "print an answer as it would be sent", run: runRender},
		{name: "check", usage: "[--json] [DIR]", about: "list the faults of a catalogue folder", more: checkMore, run: runCheck},
		{name: "import", usage: "--out DIR [--category NAME] [--force] FILE…", about: "turn role pages, ladders and pay bands into a catalogue folder", more: importMore, run: runImport},
		{name: "serve", usage: "[--print-config]", about: "answer in Slack and Discord, as the environment sets", more: serveMore + "\n" + variablesHelp(), run: runServe},
		{name: "doctor", usage: "[--json] [--channel ID]", about: "say what serve would lack, and the remedy", more: doctorMore, run: runDoctor},
		{name: "health", usage: "[--ready]", about: "ask a running serve whether it lives", more: healthMore, run: runHealth},
		{name: "version", about: "print the version", run: runVersion},
		{name: "help", usage: "[COMMAND]", about: "say how a command is used", run: runHelp},
	}
}

// commandNamed is the command called name, or one without a name.
func commandNamed(name string) command {
	all := commands()
	if at := slices.IndexFunc(all, func(c command) bool { return c.name == name }); at >= 0 {
		return all[at]
	}
	return command{}
}

// run is the program. It returns the exit code.
func (e *env) run(ctx context.Context, args []string) int {
	name := ""
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	switch name {
	case "":
		if !terminal.Is(e.stdin) {
			fmt.Fprint(e.stdout, usage())
			return exitUsage
		}
		name = "chat"
	case "-h", "-help", "--help":
		name = "help"
	case "-version", "--version":
		name = "version"
	}
	c := commandNamed(name)
	if c.run == nil {
		e.complain("careerbot: %s", noCommand(name, args))
		return exitUsage
	}
	err := c.run(ctx, e, args)
	var help helpError
	var misuse usageError
	switch {
	case err == nil:
		return exitOK
	case ctx.Err() != nil:
		return exitInterrupted
	case errors.As(err, &help):
		fmt.Fprint(e.stdout, c.help(help.flags))
		return exitOK
	case errors.Is(err, errNo):
		return exitNo
	case errors.As(err, &misuse):
		e.complain("careerbot %s: %s; usage: %s", c.name, misuse, c.line())
		return exitUsage
	}
	e.complain("careerbot %s: %v", c.name, err)
	return exitNo
}

// complain writes a line to standard error, free of what a terminal would act
// on: it may say back what was typed, or name a file.
func (e *env) complain(format string, args ...any) {
	fmt.Fprintln(e.stderr, knowledge.PlainText(fmt.Sprintf(format, args...)))
}

// noCommand says that there is no such command, and what was likely meant: a
// command, or a question without one.
func noCommand(name string, args []string) string {
	if strings.Contains(strings.TrimSpace(name), " ") {
		return fmt.Sprintf("to ask a question, put ask before it: careerbot ask %q", clip(name))
	}
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	said := fmt.Sprintf("there is no command %q", clip(name))
	near := knowledge.NearestWord(name, names)
	if near != "" {
		said += ", did you mean " + near + "?"
	}
	if len(args) > 1 && near != "ask" {
		return said + fmt.Sprintf("; to ask a question: careerbot ask %q", clip(name+" "+strings.Join(args, " ")))
	}
	return said + "; careerbot help lists the commands"
}

// clip keeps what was typed short when it is said back.
func clip(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

func usage() string {
	var b strings.Builder
	b.WriteString("careerbot answers questions about roles in IT, from role pages and sourced tables.\n\n" +
		"  careerbot ask \"what does a backend engineer do?\"\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-11s %s\n", c.name, c.about)
	}
	b.WriteString("\nWithout a command, on a terminal, it opens the chat. It exits with 0 when it\n" +
		"answered, 1 when it could not, and 2 when it was called in a wrong way.\n\n" +
		"Environment:\n" +
		"  CAREERBOT_CATALOG  a folder of your own pages, laid over the built-in ones\n" +
		"  CAREERBOT_BASE     none leaves the built-in pages out\n" +
		"  NO_COLOR           any value turns colours off\n")
	return b.String()
}

// line is how the command is called.
func (c command) line() string { return strings.TrimSpace("careerbot " + c.name + " " + c.usage) }

// help says how the command is used.
func (c command) help(flags *flag.FlagSet) string {
	var b strings.Builder
	b.WriteString(c.line() + "\n\n" + strings.ToUpper(c.about[:1]) + c.about[1:] + ".\n")
	if c.more != "" {
		b.WriteString("\n" + c.more + "\n")
	}
	gap := "\n"
	flags.VisitAll(func(f *flag.Flag) {
		fmt.Fprintf(&b, "%s  --%-12s %s\n", gap, f.Name, f.Usage)
		gap = ""
	})
	return b.String()
}

func runHelp(ctx context.Context, e *env, args []string) error {
	names, err := flags(args, nil)
	switch {
	case err != nil:
		return err
	case len(names) == 0:
		_, err := io.WriteString(e.stdout, usage())
		return err
	case len(names) > 1:
		return misused("one command at a time")
	}
	c := commandNamed(names[0])
	if c.run == nil {
		return misused("%s", noCommand(names[0], nil))
	}
	var help helpError
	if err := c.run(ctx, e, []string{"--help"}); errors.As(err, &help) {
		_, err := io.WriteString(e.stdout, c.help(help.flags))
		return err
	}
	return nil
}
