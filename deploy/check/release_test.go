package check

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// release builds the last commit for this machine and returns the folder.
func release(t *testing.T, from string, env ...string) string {
	t.Helper()
	out := t.TempDir()
	cmd := exec.CommandContext(t.Context(), filepath.Join(from, "deploy/release"), "-o", out, runtime.GOOS+"/"+runtime.GOARCH)
	cmd.Env = append(os.Environ(), env...)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("deploy/release: %v\n%s", err, said)
	}
	return out
}

func sum(t *testing.T, file string) [sha256.Size]byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(b)
}

// The second build begins with nothing: another folder, an empty cache, and
// settings of Go that would change it.
func TestTwoBuildsOfACommitAreTheSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("it compiles all anew, which takes most of a minute")
	}
	tool(t, "git")
	name := "careerbot-" + runtime.GOOS + "-" + runtime.GOARCH
	one := release(t, root)
	clone := filepath.Join(t.TempDir(), "elsewhere")
	if out, err := command(t, "git", "clone", "-q", root, clone); err != nil {
		t.Fatal(err, out)
	}
	write(t, filepath.Join(clone, "cmd", "careerbot", "unsaid.go"), "package main\n\nfunc init() { println(\"not committed\") }\n")
	two := release(t, clone, "NO_SBOM=1", "GOCACHE="+t.TempDir(), "GOFLAGS=-buildvcs=false", "GOAMD64=v3", "GOEXPERIMENT=")
	if sum(t, filepath.Join(one, name)) != sum(t, filepath.Join(two, name)) {
		t.Error("the bytes of two builds are not the same")
	}
	commit, err := command(t, "git", "-C", root, "rev-parse", "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	said, err := command(t, filepath.Join(one, name), "version")
	if err != nil || !strings.Contains(said, " "+commit[:12]+" ") || strings.Contains(said, "dirty") || strings.Contains(said, "devel") {
		t.Errorf("its version is %q, of the commit %s", said, commit)
	}
	lists(t, filepath.Join(one, name+".cdx.json"), filepath.Join(one, name))
}

// Licences that let us hand the program on, with their notices.
var licences = []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "BSD-Source-Code", "Apache-2.0", "MPL-2.0", "ISC"}

// lists checks that the bill of materials lists each module of the program,
// under a licence that we may use.
func lists(t *testing.T, bill, program string) {
	t.Helper()
	var b struct {
		BOMFormat  string
		Components []struct {
			Name, Version string
			Licenses      []struct{ License struct{ ID string } }
		}
	}
	text, err := os.ReadFile(bill)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &b); err != nil || b.BOMFormat != "CycloneDX" {
		t.Fatal(b.BOMFormat, err)
	}
	listed := map[string]bool{}
	for _, c := range b.Components {
		listed[c.Name+" "+c.Version] = true
		if c.Name == "std" {
			continue // BSD-3-Clause, as Go is
		}
		if len(c.Licenses) == 0 {
			t.Errorf("%s has no licence that is known", c.Name)
		}
		for _, l := range c.Licenses {
			if !slices.Contains(licences, l.License.ID) {
				t.Errorf("%s is under %q", c.Name, l.License.ID)
			}
		}
	}
	info, err := command(t, "go", "version", "-m", program)
	if err != nil {
		t.Fatal(err)
	}
	modules := 0
	for line := range strings.Lines(info) {
		if f := strings.Fields(line); len(f) > 2 && f[0] == "dep" {
			modules++
			if !listed[f[1]+" "+f[2]] {
				t.Errorf("%s is in the program and not in the bill", f[1])
			}
		}
	}
	if modules == 0 {
		t.Error("the program has no modules")
	}
}
