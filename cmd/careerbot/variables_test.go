package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestAMisspeltVariableIsNamedWithTheNearestRightOne(t *testing.T) {
	for name, want := range map[string]string{
		"SLACK_BOT_TOKN":        "SLACK_BOT_TOKN is not known and has no effect: did you mean SLACK_BOT_TOKEN?",
		"SLACK_SIGNIN_SECRET":   "did you mean SLACK_SIGNING_SECRET?",
		"SLACK_TOKEN":           "did you mean",
		"DISCORD_APP_ID":        "did you mean DISCORD_APPLICATION_ID?",
		"DISCORD_TOKEN_FIEL":    "did you mean DISCORD_TOKEN_FILE?",
		"REDIS_PASS":            "did you mean REDIS_PASSWORD?",
		"REDIS_HOST":            "REDIS_HOST is not known and has no effect",
		"CAREERBOT_CATALOGUE":   "did you mean CAREERBOT_CATALOG?",
		"CAREERBOT_QUITE_OTHER": "careerbot help serve lists what is",
		"SLAK_BOT_TOKEN":        "did you mean SLACK_BOT_TOKEN?",
		"DISCORDTOKEN":          "did you mean DISCORD_TOKEN?",
		"ERDIS_URL":             "did you mean REDIS_URL?",
	} {
		if got := strange([]string{"PATH", name}); len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestWhatIsRightOrAnotherProgramsIsNotWarnedOf(t *testing.T) {
	names := append(known(), "PATH", "HOME", "LANG", "OTEL_SERVICE_NAME", "HTTP_PROXY", "KUBERNETES_SERVICE_HOST", "GOGC",
		"REDIS_SERVICE_HOST", "REDIS_SERVICE_PORT", "REDIS_SERVICE_PORT_REDIS", "REDIS_PORT", "REDIS_PORT_6379_TCP", "REDIS_PORT_6379_TCP_ADDR", "CAREERBOT_PORT_8080_TCP_PROTO")
	if got := strange(names); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

var variableName = regexp.MustCompile(`^(SLACK|DISCORD|REDIS|CAREERBOT|DELIVERY|LISTEN|ADMIN)_[A-Z0-9_]+$`)

// Every variable that the program names is among those that help lists, and
// that a misspelt one is held against.
func TestEveryVariableThatIsReadIsListed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	all, found := known(), 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if text, err := strconv.Unquote(lit.Value); err == nil && variableName.MatchString(text) {
				found++
				if !slices.Contains(all, text) {
					t.Errorf("%s reads %s, which is not among the variables", file, text)
				}
			}
			return true
		})
	}
	if found < len(all)/2 {
		t.Errorf("only %d names were found", found)
	}
}

// Every variable that a README names is one, and every one is in the README of
// what it belongs to.
func TestTheREADMEsNameTheVariables(t *testing.T) {
	all := known()
	mention := regexp.MustCompile(`\b(SLACK|DISCORD|REDIS|CAREERBOT|DELIVERY|LISTEN|ADMIN)_[A-Z0-9_]*[A-Z0-9]\b`)
	texts := ""
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() != "README.md" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, name := range mention.FindAllString(string(text), -1) {
			if !slices.Contains(all, name) {
				t.Errorf("%s names %s, which is no variable", path, name)
			}
		}
		texts += string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range variables {
		for _, v := range g.variables {
			if (g.name == "Slack" || g.name == "Redis" || g.name == "Pages") && !strings.Contains(texts, v.name) {
				t.Errorf("no README names %s", v.name)
			}
		}
	}
}
