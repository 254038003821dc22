package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"time"

	"careerbot/knowledge"
)

func runCheck(_ context.Context, e *env, args []string) error {
	var asJSON bool
	fs, err := flags("check", args, func(fs *flag.FlagSet) { fs.BoolVar(&asJSON, "json", false, "print the faults as JSON") })
	if err != nil {
		return err
	}
	if fs.NArg() > 1 {
		return fmt.Errorf("%w: one folder at a time", errUsage)
	}
	own := e.getenv("CAREERBOT_CATALOG")
	if fs.NArg() == 1 {
		own = fs.Arg(0)
	}
	layers, err := e.layers(own)
	if err != nil {
		return err
	}
	faults := knowledge.Check(time.Now(), layers...)
	if asJSON {
		enc := json.NewEncoder(e.stdout)
		enc.SetIndent("", "  ")
		if faults == nil {
			faults = knowledge.Faults{}
		}
		if err := enc.Encode(faults); err != nil {
			return fmt.Errorf("write the faults: %w", err)
		}
	} else {
		for _, f := range faults {
			fmt.Fprintln(e.stdout, f)
		}
	}
	errors := len(faults.Errors())
	if !asJSON {
		fmt.Fprintf(e.stderr, "%d errors, %d warnings\n", errors, len(faults)-errors)
	}
	if errors > 0 {
		return errNo
	}
	return nil
}
