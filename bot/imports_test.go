package bot_test

import (
	"os/exec"
	"strings"
	"testing"
)

// The core knows no platform, no store and no network: neither itself nor
// through what it imports.
func TestTheCoreReachesNoPlatformStoreOrNetwork(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "careerbot/bot/...").Output()
	if err != nil {
		t.Fatal("go list: ", err)
	}
	deps := strings.Fields(string(out))
	if len(deps) < 20 {
		t.Fatalf("go list names %d packages only", len(deps))
	}
	for _, path := range deps {
		switch first, _, _ := strings.Cut(path, "/"); {
		case strings.HasPrefix(path, "careerbot/"):
			if !strings.HasPrefix(path, "careerbot/bot") && !strings.HasPrefix(path, "careerbot/knowledge") {
				t.Errorf("the core reaches %s", path)
			}
		case path == "net" || path == "net/http" || path == "net/rpc" || path == "net/smtp" || path == "database/sql" || path == "os/exec" || path == "plugin":
			t.Errorf("the core reaches %s", path)
		case strings.Contains(first, "."):
			if !allowed(path) {
				t.Errorf("the core reaches %s: say here why it may", path)
			}
		}
	}
}

// allowed are the modules that knowledge reads pages and ladders with, and the
// one that keeps what was composed.
func allowed(path string) bool {
	for _, module := range []string{"github.com/yuin/goldmark", "go.yaml.in/yaml/v3", "golang.org/x/text", "gonum.org/v1/gonum",
		"github.com/hashicorp/golang-lru/v2"} {
		if path == module || strings.HasPrefix(path, module+"/") {
			return true
		}
	}
	return false
}

// Imports point one way: the core imports knowledge and itself; knowledge
// imports nothing of the core.
func TestKnowledgeDoesNotKnowTheCore(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "careerbot/knowledge/...").Output()
	if err != nil {
		t.Fatal("go list: ", err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if strings.HasPrefix(path, "careerbot/") && !strings.HasPrefix(path, "careerbot/knowledge") {
			t.Errorf("knowledge reaches %s", path)
		}
	}
}
