package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// serving is the program at work, in front of a Slack that says yes.
type serving struct {
	t       *testing.T
	address string
	stop    context.CancelFunc
	exit    chan int
	log     *logged
}

type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// serve starts the program with these settings, and waits until it listens.
func serve(t *testing.T, settings map[string]string) *serving {
	t.Helper()
	s := &serving{t: t, address: freeAddress(t), exit: make(chan int, 1), log: &logged{}}
	settings["LISTEN_ADDR"] = s.address
	if settings["ADMIN_ADDR"] == "" {
		settings["ADMIN_ADDR"] = "127.0.0.1:0"
	}
	ctx, stop := context.WithCancel(t.Context())
	s.stop = stop
	go func() {
		s.exit <- run(ctx, []string{"serve"}, func(k string) string { return settings[k] }, strings.NewReader(""), io.Discard, s.log)
	}()
	for range 200 {
		if status, _ := s.get("/healthz"); status == http.StatusOK {
			return s
		}
		select {
		case code := <-s.exit:
			t.Fatalf("it ended with %d: %s", code, s.log)
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Fatalf("it does not listen: %s", s.log)
	return nil
}

// freeAddress is one that nobody listens on.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return l.Addr().String()
}

func (s *serving) get(path string) (int, string) {
	res, err := http.Get("http://" + s.address + path)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Error(err)
	}
	return res.StatusCode, string(body)
}

func (s *serving) awaitReady(status int) {
	s.t.Helper()
	for range 500 {
		if got, _ := s.get("/readyz"); got == status {
			return
		}
		<-time.After(10 * time.Millisecond)
	}
	s.t.Fatalf("readyz never said %d", status)
}

// career types /career.
func (s *serving) career(text string) (int, string) {
	s.t.Helper()
	form := url.Values{"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {"U1"}, "command": {"/career"}, "text": {text}}.Encode()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+s.address+"/slack/commands", strings.NewReader(form))
	if err != nil {
		s.t.Fatal(err)
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte("shh"))
	fmt.Fprintf(mac, "v0:%s:%s", at, form)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Slack-Request-Timestamp", at)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return s.send(r)
}

// send sends a request and is the answer.
func (s *serving) send(r *http.Request) (int, string) {
	s.t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

func yesMan(t *testing.T, answer string) *httptest.Server {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, answer) }))
	t.Cleanup(srv.Close)
	return srv
}

func TestServeAnswersIsReadyAndLeavesInOrder(t *testing.T) {
	api := yesMan(t, `{"ok":true,"team":"Harbour","team_id":"T1","user_id":"UBOT"}`)
	s := serve(t, map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh", "SLACK_API_URL": api.URL + "/"})
	s.awaitReady(http.StatusOK)
	if status, body := s.career("what does an SRE do?"); status != http.StatusOK || !strings.Contains(body, "Site Reliability Engineer") {
		t.Errorf("%d %s", status, body)
	}
	s.stop()
	s.awaitReady(http.StatusServiceUnavailable)
	if status, body := s.career("what does a dba do?"); status != http.StatusOK || !strings.Contains(body, "Database Administrator") {
		t.Errorf("while it leaves, a command still gets %d %s", status, body)
	}
	if code := <-s.exit; code != exitOK {
		t.Errorf("it ended with %d: %s", code, s.log)
	}
	if log := s.log.String(); !strings.Contains(log, `"msg":"done"`) || strings.Contains(log, "xoxb") || strings.Contains(log, "shh") {
		t.Errorf("the log: %s", log)
	}
}

func TestServeEndsWithTheReasonWhenTheTokenIsDead(t *testing.T) {
	api := yesMan(t, `{"ok":false,"error":"account_inactive"}`)
	log := &logged{}
	settings := map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh", "SLACK_API_URL": api.URL + "/", "LISTEN_ADDR": "127.0.0.1:0"}
	code := run(t.Context(), []string{"serve"}, func(k string) string { return settings[k] }, strings.NewReader(""), io.Discard, log)
	if code != exitNo || !strings.Contains(log.String(), "account_inactive") || strings.Contains(log.String(), "xoxb-1") {
		t.Errorf("%d: %s", code, log)
	}
}

func TestServeSaysWhenItsPortIsTaken(t *testing.T) {
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	log := &logged{}
	settings := map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh", "LISTEN_ADDR": l.Addr().String()}
	code := run(t.Context(), []string{"serve"}, func(k string) string { return settings[k] }, strings.NewReader(""), io.Discard, log)
	if code != exitNo || !strings.Contains(log.String(), l.Addr().String()+" cannot be listened on: address already in use; stop what listens there, or set LISTEN_ADDR to another address") {
		t.Errorf("%d: %s", code, log)
	}
}
