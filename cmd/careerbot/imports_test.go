package main

import (
	"os/exec"
	"strings"
	"testing"
)

// Imports point one way: cmd to adapters to bot to knowledge. No adapter knows
// another, the core knows no network, and cmd knows only our own packages.
func TestImportsPointOneWay(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "careerbot/...").Output()
	if err != nil {
		t.Fatal("go list: ", err)
	}
	packages := 0
	for line := range strings.Lines(string(out)) {
		packages++
		from, imports, _ := strings.Cut(strings.TrimSpace(line), " ")
		for to := range strings.FieldsSeq(imports) {
			if !mayImport(from, to) {
				t.Errorf("%s imports %s", from, to)
			}
		}
	}
	if packages < 4 {
		t.Errorf("go list names %d packages only", packages)
	}
}

func mayImport(from, to string) bool {
	within := func(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }
	std := !strings.Contains(strings.Split(to, "/")[0], ".") && !within(to, "careerbot")
	network := within(to, "net") && to != "net/url"
	switch {
	case within(from, "careerbot/knowledge"):
		return !within(to, "careerbot") && !network || within(to, "careerbot/knowledge")
	case within(from, "careerbot/bot"):
		return !within(to, "careerbot") && !network || within(to, "careerbot/bot") || within(to, "careerbot/knowledge")
	case within(from, "careerbot/adapters"):
		own := strings.Join(strings.Split(from, "/")[:3], "/")
		return !within(to, "careerbot") || within(to, own) || within(to, "careerbot/adapters/internal") || within(to, "careerbot/bot")
	case within(from, "careerbot/cmd"):
		return std || within(to, "careerbot")
	}
	return false // a new folder needs a rule here
}
