package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

func runVersion(_ context.Context, e *env, args []string) error {
	if err := noArgs(args); err != nil {
		return err
	}
	_, err := fmt.Fprintln(e.stdout, version())
	return err
}

// version is the module's version and the commit that it was built from, as
// the build recorded them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "careerbot, version unknown"
	}
	out := "careerbot " + info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			out += " " + s.Value[:12]
		}
	}
	return out + " " + info.GoVersion
}
