package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"careerbot": main})
}

// The commands, as somebody calls them: each script begins with what it shows.
func TestScripts(t *testing.T) {
	deploy, err := filepath.Abs("../../deploy")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("DEPLOY", deploy)
			e.Setenv("GORACE", "atexit_sleep_ms=0") // the race detector waits a second for each process else
			return nil
		},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, errors.New("no such condition")
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"misuse": misuse},
	})
}

// misuse calls careerbot and fails unless it exits with 2, says one line on
// standard error and nothing else.
func misuse(ts *testscript.TestScript, _ bool, args []string) {
	var exit *exec.ExitError
	if err := ts.Exec("careerbot", args...); !errors.As(err, &exit) || exit.ExitCode() != exitUsage {
		ts.Fatalf("it ends with %v, want exit code %d", err, exitUsage)
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("it prints %q on standard output", out)
	}
	if said := ts.ReadFile("stderr"); strings.Count(said, "\n") != 1 {
		ts.Fatalf("it says %d lines, want one", strings.Count(said, "\n"))
	}
}
