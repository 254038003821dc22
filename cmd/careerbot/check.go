package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"time"

	"careerbot/knowledge"
)

const checkMore = `DIR is laid over the built-in pages, as CAREERBOT_CATALOG is, which is read when
no DIR is given. Each fault is a line of the form file:line: what is wrong. It
exits with 1 when one of them is an error, and not only a warning.`

func runCheck(_ context.Context, e *env, args []string) error {
	var asJSON bool
	dirs, err := flags(args, func(fs *flag.FlagSet) { fs.BoolVar(&asJSON, "json", false, "print the faults as JSON") })
	switch {
	case err != nil:
		return err
	case len(dirs) > 1:
		return misused("one folder at a time")
	}
	own := e.getenv("CAREERBOT_CATALOG")
	if len(dirs) == 1 {
		own = dirs[0]
	}
	layers, err := e.layers(own, own)
	if err != nil {
		return err
	}
	faults := knowledge.Check(time.Now(), layers...)
	if err := e.report(faults, asJSON); err != nil {
		return fmt.Errorf("write the faults: %w", err)
	}
	if len(faults.Errors()) > 0 {
		return errNo
	}
	return nil
}

// report prints faults, and for people how many of them there are.
func (e *env) report(faults knowledge.Faults, asJSON bool) error {
	if asJSON {
		return writeJSON(e.stdout, append(knowledge.Faults{}, faults...)) // never null
	}
	for _, f := range faults {
		if _, err := fmt.Fprintln(e.stdout, knowledge.PlainText(f.String())); err != nil {
			return err
		}
	}
	errs := len(faults.Errors())
	_, err := fmt.Fprintf(e.stderr, "%s, %s\n", count(errs, "error"), count(len(faults)-errs, "warning"))
	return err
}

func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
