package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"careerbot/knowledge"
)

// usageError is what was wrong in how a command was called.
type usageError string

func (e usageError) Error() string { return string(e) }

func misused(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// helpError is a command that was asked how it is used.
type helpError struct{ flags *flag.FlagSet }

func (helpError) Error() string { return "help was asked for" }

// flags parses a command's arguments and returns those that are no flags.
// Flags may stand before, between and after these; what follows -- is no flag.
// The error is a usageError or a helpError.
func flags(args []string, define func(*flag.FlagSet)) ([]string, error) {
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	if define != nil {
		define(set)
	}
	var words, rest []string
	if at := slices.Index(args, "--"); at >= 0 {
		args, rest = args[:at], args[at+1:]
	}
	for len(args) > 0 {
		if err := set.Parse(args); err != nil {
			return nil, flagError(set, err)
		}
		if args = set.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	return append(words, rest...), nil
}

// noArgs parses the arguments of a command that takes none.
func noArgs(args []string) error {
	words, err := flags(args, nil)
	if err == nil && len(words) > 0 {
		return misused("it takes no arguments")
	}
	return err
}

// flagError says what is wrong with a flag as the commands' usage writes it.
func flagError(set *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return helpError{set}
	}
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "flag provided but not defined: -"); ok {
		var known []string
		set.VisitAll(func(f *flag.Flag) { known = append(known, f.Name) })
		if near := knowledge.NearestWord(name, known); near != "" {
			return misused("there is no flag --%s, did you mean --%s?", name, near)
		}
		return misused("there is no flag --%s (text that begins with a dash goes after --)", name)
	}
	if name, ok := strings.CutPrefix(text, "flag needs an argument: -"); ok {
		return misused("--%s needs a value", name)
	}
	return misused("%s", text)
}
