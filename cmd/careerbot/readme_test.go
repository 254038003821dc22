package main

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write into the READMEs what the program prints")

var (
	consoleBlock = regexp.MustCompile("(?ms)^```console\n.*?^```$")
	shellWord    = regexp.MustCompile(`"[^"]*"|\S+`)
	assignment   = regexp.MustCompile(`^[A-Z_]+=`)
)

// What the READMEs show is what the program prints. A block of the console
// begins with the command after "$ "; in a chat, "> " stands before what is
// typed. A command without output is not run. -update writes what is printed.
func TestREADMEsShowWhatTheProgramPrints(t *testing.T) {
	t.Chdir("../..")
	for _, file := range []string{"README.md", "deploy/example-catalogue/README.md"} {
		t.Run(file, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			shown := 0
			got := consoleBlock.ReplaceAllFunc(text, func(block []byte) []byte {
				command, output, _ := strings.Cut(strings.TrimPrefix(string(block), "```console\n$ "), "\n")
				if output == "```" {
					return block
				}
				shown++
				return []byte("```console\n$ " + command + "\n" + session(t, command, strings.TrimSuffix(output, "```")) + "```")
			})
			if shown == 0 {
				t.Error("it shows nothing")
			}
			if bytes.Equal(got, text) {
				return
			}
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("it shows something else than the program prints; go test ./cmd/careerbot -run README -update mends it. Printed is:\n%s", got)
		})
	}
}

// session runs a command of the form [NAME=VALUE…] go run ./cmd/careerbot
// [ARG…] and returns its output; without arguments, the chat with the lines
// that output types.
func session(t *testing.T, command, output string) string {
	t.Helper()
	env := map[string]string{}
	words := shellWord.FindAllString(command, -1)
	for len(words) > 0 && assignment.MatchString(words[0]) {
		name, value, _ := strings.Cut(words[0], "=")
		env[name] = value
		words = words[1:]
	}
	if len(words) < 3 || strings.Join(words[:3], " ") != "go run ./cmd/careerbot" {
		t.Fatalf("shows the output of %q, which is no careerbot", command)
	}
	args := words[3:]
	for i := range args {
		args[i] = strings.Trim(args[i], `"`)
	}
	getenv := func(name string) string { return env[name] }
	if len(args) > 0 {
		var stdout, stderr bytes.Buffer
		run(t.Context(), args, getenv, nil, &stdout, &stderr)
		return stdout.String() + stderr.String()
	}
	// Each turn is what the chat says to all lines so far, less what it said before.
	var typed, said, before string
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "> ") {
			continue
		}
		typed += strings.TrimPrefix(line, "> ")
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), []string{"chat"}, getenv, strings.NewReader(typed), &stdout, &stderr); code != exitOK {
			t.Fatalf("chat ends with %d: %s", code, &stderr)
		}
		said += line + strings.TrimPrefix(stdout.String(), before)
		before = stdout.String()
	}
	return strings.TrimSuffix(said, "\n")
}
