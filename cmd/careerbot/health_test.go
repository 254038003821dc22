package main

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// health runs the command against what listens on address.
func health(t *testing.T, address string, args ...string) called {
	t.Helper()
	var stdout, stderr bytes.Buffer
	getenv := func(name string) string {
		return map[string]string{"LISTEN_ADDR": address, "HTTP_PROXY": "http://127.0.0.1:1"}[name]
	}
	code := run(t.Context(), append([]string{"health"}, args...), getenv, nil, &stdout, &stderr)
	return called{code, stdout.String(), stderr.String()}
}

func TestHealthSaysHowTheServeOnThisMachineIs(t *testing.T) {
	api := yesMan(t, `{"ok":true,"team":"Harbour","team_id":"T1","user_id":"UBOT"}`)
	s := serve(t, map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh", "SLACK_API_URL": api.URL + "/"})
	s.awaitReady(http.StatusOK)
	_, port, err := net.SplitHostPort(s.address)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{s.address, ":" + port, "0.0.0.0:" + port} {
		if got := health(t, address); got != (called{exitOK, "ok\n", ""}) {
			t.Errorf("LISTEN_ADDR=%s: %+v", address, got)
		}
		if got := health(t, address, "--ready"); got != (called{exitOK, "ready\n", ""}) {
			t.Errorf("LISTEN_ADDR=%s: %+v", address, got)
		}
	}
	s.stop()
	s.awaitReady(http.StatusServiceUnavailable)
	if got := health(t, s.address); got.code != exitOK {
		t.Errorf("while it leaves it lives: %+v", got)
	}
	if got := health(t, s.address, "--ready"); got != (called{exitNo, "", "careerbot health: /readyz: leaving\n"}) {
		t.Errorf("while it leaves it is not ready: %+v", got)
	}
	<-s.exit
}

func TestHealthSaysWhyThereIsNoAnswer(t *testing.T) {
	free, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	wordless := httptest.NewServer(http.NotFoundHandler())
	defer wordless.Close()
	for address, want := range map[string]string{
		nobody:                            "nothing listens on " + nobody + ": connection refused\n",
		silent.Addr().String():            "nothing answers on " + silent.Addr().String() + " within 2s\n",
		wordless.Listener.Addr().String(): "/healthz: 404 page not found\n",
		"8080":                            "LISTEN_ADDR is \"8080\": it must be host:port or :port\n",
		"a b:8080":                        "LISTEN_ADDR is \"a b:8080\": it must be host:port or :port\n",
	} {
		if got := health(t, address); got != (called{exitNo, "", "careerbot health: " + want}) {
			t.Errorf("LISTEN_ADDR=%s: %+v", address, got)
		}
	}
	if got := health(t, nobody, "now"); got.code != exitUsage || !strings.Contains(got.stderr, "it takes no arguments") {
		t.Errorf("%+v", got)
	}
}
