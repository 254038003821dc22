package check

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	variable   = regexp.MustCompile(`\b(?:SLACK|DISCORD|REDIS|CAREERBOT|LISTEN|ADMIN|DELIVERY)_[A-Z_]+\b`)
	assignment = regexp.MustCompile(`(?m)^\s*#?\s*([A-Z][A-Z_]+)[=:] ?(.*)$`)
)

// known are the variables that the program names.
func known(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, dir := range []string{"cmd", "adapters"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, name := range variable.FindAllString(string(text), -1) {
				names[name] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return names
}

// settings are the files that set variables, also those that are commented out.
var settings = []string{"deploy/compose.yaml", "deploy/kubernetes/settings.env", "deploy/systemd/careerbot.env"}

func TestEverySettingIsOneThatTheProgramReads(t *testing.T) {
	names := known(t)
	for _, file := range settings {
		found := 0
		for _, m := range assignment.FindAllStringSubmatch(read(t, file), -1) {
			found++
			name := strings.TrimSuffix(m[1], "_FILE")
			if !names[name] && !names[m[1]] {
				t.Errorf("%s: nobody reads %s", file, m[1])
			}
		}
		if found < 8 {
			t.Errorf("%s sets %d variables", file, found)
		}
	}
	for _, file := range []string{"README.md", "SECURITY.md", "deploy/README.md"} {
		for _, name := range variable.FindAllString(read(t, file), -1) {
			if !names[strings.TrimSuffix(name, "_FILE")] && !names[name] {
				t.Errorf("%s: nobody reads %s", file, name)
			}
		}
	}
	if len(names) < 15 {
		t.Errorf("the program reads only %v", slices.Sorted(maps.Keys(names)))
	}
}

// A variable that holds a secret is set by its file.
func TestSecretsStandInFiles(t *testing.T) {
	secret := regexp.MustCompile(`(TOKEN|SECRET|PASSWORD|CAREERBOT_KEY|TOKEN_KEY)$`)
	for _, file := range settings {
		for _, m := range assignment.FindAllStringSubmatch(read(t, file), -1) {
			if secret.MatchString(m[1]) {
				t.Errorf("%s sets %s by value", file, m[1])
			}
		}
	}
}

// secretLike is a value of the shape that the variable wants.
func secretLike(name string) string {
	switch strings.TrimSuffix(name, "_FILE") {
	case "SLACK_BOT_TOKEN":
		return "xoxb-1"
	case "SLACK_APP_TOKEN":
		return "xapp-1"
	}
	return "0123456789abcdef0123456789abcdef"
}
