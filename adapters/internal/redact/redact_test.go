package redact_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"careerbot/adapters/internal/redact"
)

func TestNothingOfWhatWasReadOrCalledIsLeft(t *testing.T) {
	var v struct{ Text int }
	for raw, want := range map[string]string{`{"Text":"a secret"}`: "Text cannot be a string", `{"Text":secret}`: "no JSON at byte 9", `{"Text":"secret`: "no JSON at byte 15"} {
		err := json.Unmarshal([]byte(raw), &v)
		if got := redact.JSON(fmt.Errorf("read: %w", err)).Error(); got != want || strings.Contains(got, "secret") {
			t.Errorf("%s: %q, want %q", raw, got, want)
		}
	}
	if got := redact.JSON(errors.New("a secret")).Error(); got != "no JSON" {
		t.Errorf("%q", got)
	}
	cause := errors.New("refused")
	call := fmt.Errorf("post: %w", &url.Error{Op: "Post", URL: "https://hooks.example/secret", Err: cause})
	if got := redact.Address(call); !errors.Is(got, cause) || strings.Contains(got.Error(), "secret") {
		t.Errorf("%v", got)
	}
	if got := redact.Address(cause); got != cause { //nolint:errorlint // the same, not one like it
		t.Errorf("%v", got)
	}
}
