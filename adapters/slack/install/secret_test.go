package install_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"strings"
	"testing"

	"careerbot/adapters/slack/install"
	"careerbot/adapters/slack/install/installtest"
)

func TestASecretShowsNowhere(t *testing.T) {
	secret := install.NewSecret("xoxb-shown")
	keys, err := install.ParseKeys(tokenKey)
	if err != nil {
		t.Fatal(err)
	}
	i := installtest.Full("T1")
	i.BotToken = secret
	app := install.App{ClientID: clientID, ClientSecret: install.NewSecret(clientSecret)}
	tokens, err := install.NewTokens(app, install.NewSealed(nil, keys), install.TokensOptions{})
	if err != nil {
		t.Fatal(err)
	}
	type private struct{ inner install.Secret } // whose field fmt reads without asking it
	for _, v := range []any{secret, &secret, i, &i, []install.Installation{i}, map[string]any{"a": i}, private{secret}, &private{secret},
		app, keys, &keys, tokens, install.NewSealed(nil, keys), install.NewSingle(secret)} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
			safe(t, verb, fmt.Sprintf(verb, v))
		}
		safe(t, "error", fmt.Errorf("with %v: %w", v, errors.New("x")).Error())
		if b, err := json.Marshal(v); err == nil {
			safe(t, "json", string(b))
		}
		if b, err := xml.Marshal(v); err == nil {
			safe(t, "xml", string(b))
		}
		var b bytes.Buffer
		for _, h := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
			slog.New(h).Info("x", "v", v, slog.Group("g", "v", v))
		}
		if err := template.Must(template.New("").Parse("{{.}}")).Execute(&b, v); err != nil {
			t.Error(err)
		}
		safe(t, "log and page", b.String())
	}
	if secret.Reveal() != "xoxb-shown" || fmt.Sprint(secret) != "[secret]" {
		t.Error("not revealed, or not hidden")
	}
	if !install.NewSecret("").IsZero() || secret.IsZero() || (install.Secret{}).Reveal() != "" {
		t.Error("the zero value is not the empty secret")
	}
}

func TestKeys(t *testing.T) {
	raw, url := "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8", "ABEiM0RVZneImaq7zN3u_wARIjNEVWZ3iJmqu8zd7v8"
	for _, text := range []string{tokenKey, strings.ToUpper(tokenKey), raw, raw + "=", url, url + "=", " " + raw + "=\n"} {
		keys, err := install.ParseKeys(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		value, err := install.SealValue(keys, installtest.Full("T1"))
		if err != nil {
			t.Fatal(err)
		}
		first, err := install.ParseKeys(tokenKey)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := install.OpenValue(first, install.Workspace{TeamID: "T1"}, value); err != nil {
			t.Errorf("%q is another key: %v", text, err)
		}
	}
	for text, says := range map[string]string{
		"":                    "SLACK_TOKEN_KEY is not set",
		tokenKey[:32]:         "SLACK_TOKEN_KEY has 16 bytes and must have 32",
		tokenKey + "00":       "SLACK_TOKEN_KEY has 33 bytes and must have 32",
		"ABEiM0RVZneI":        "SLACK_TOKEN_KEY has 9 bytes and must have 32",
		"ABEiM0RVZneI!" + raw: "SLACK_TOKEN_KEY is neither base64 nor hex",
	} {
		_, err := install.ParseKeys(text)
		safeError(t, err)
		if err != nil && !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
	_, err := install.ParseKeys(tokenKey, tokenKey, tokenKey[:30])
	safeError(t, err)
	if err != nil && !strings.Contains(err.Error(), "old key 2") {
		t.Error(err)
	}
}
