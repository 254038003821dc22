package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const unit = "deploy/systemd/careerbot.service"

func TestSystemdHasNoComplaint(t *testing.T) {
	analyze := tool(t, "systemd-analyze")
	program, err := careerbot()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "careerbot.service")
	write(t, file, strings.ReplaceAll(read(t, unit), "/usr/local/bin/careerbot", program)) // verify looks whether it is there
	if out, err := command(t, analyze, "verify", "--man=no", file); err != nil || out != "" {
		t.Errorf("%v: %s", err, out)
	}
	// Ten is open to all, zero shut; 2 and less is what systemd calls OK.
	if out, err := command(t, analyze, "security", "--offline=yes", "--threshold=20", file); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestTheUnitGivesTimeToLeaveAndNamesItsSecrets(t *testing.T) {
	text := read(t, unit)
	for _, want := range []string{"\nTimeoutStopSec=30\n", "\nEnvironmentFile=/etc/careerbot/careerbot.env\n", "\nLoadCredential=secret:/etc/careerbot/secrets\n", "\nDynamicUser=yes\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	for _, m := range assignment.FindAllStringSubmatch(read(t, "deploy/systemd/careerbot.env"), -1) {
		if strings.HasSuffix(m[1], "_FILE") && !strings.HasPrefix(m[2], "/run/credentials/careerbot.service/secret_") {
			t.Errorf("%s=%s is not where systemd lays secrets", m[1], m[2])
		}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
