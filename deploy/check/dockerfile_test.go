package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// stages reads the Dockerfile as docker build does.
func stages(t *testing.T) []instructions.Stage {
	t.Helper()
	tree, err := parser.Parse(strings.NewReader(read(t, "Dockerfile")))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range tree.Warnings {
		t.Error(w.Short)
	}
	all, _, err := instructions.Parse(tree.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheImageIsTheProgramAndNothingElse(t *testing.T) {
	all := stages(t)
	if len(all) != 2 || all[1].BaseName != "scratch" {
		t.Fatalf("it has %d stages", len(all))
	}
	var user, health, entry []string
	for _, c := range all[1].Commands {
		switch c := c.(type) {
		case *instructions.UserCommand:
			user = []string{c.User}
		case *instructions.HealthCheckCommand:
			health = c.Health.Test
		case *instructions.EntrypointCommand:
			entry = c.CmdLine
		case *instructions.RunCommand:
			t.Errorf("nothing can run there: %v", c.CmdLine)
		}
	}
	if !slices.Equal(user, []string{"65532:65532"}) {
		t.Errorf("it runs as %v", user)
	}
	if !slices.Equal(entry, []string{"/careerbot"}) {
		t.Errorf("it runs %v", entry)
	}
	if !slices.Equal(health, []string{"CMD", "/careerbot", "health"}) {
		t.Fatalf("its health check is %v", health)
	}
	s := serve(t)
	if said, errs, code := run(t, []string{"LISTEN_ADDR=" + s.address}, health[2:]...); code != 0 {
		t.Errorf("%v: %s %s", health, said, errs)
	}
}

// The program in the image can be checked against the release.
func TestImageAndReleaseAreBuiltAlike(t *testing.T) {
	for _, file := range []string{"Dockerfile", "deploy/release"} {
		text := strings.ReplaceAll(read(t, file), "'", `"`)
		for _, want := range []string{"CGO_ENABLED=0", "-trimpath", `-ldflags="-s -w"`, "./cmd/careerbot"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s builds without %s", file, want)
			}
		}
	}
}

// What git knows and the image's build does not see would make the build one of
// a changed commit; secrets must not be seen.
func TestTheBuildSeesTheCommitAndNoSecret(t *testing.T) {
	ignored := strings.Split(read(t, ".dockerignore"), "\n")
	for _, want := range []string{"/deploy/secrets", "/deploy/catalogue", "/dist"} {
		if !slices.Contains(ignored, want) || !strings.Contains(read(t, ".gitignore"), want+"/\n") {
			t.Errorf("%s is seen", want)
		}
	}
	if slices.Contains(ignored, ".git") || slices.Contains(ignored, "/.git") {
		t.Error("the build does not see which commit it is of")
	}
}
