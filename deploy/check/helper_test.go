package check

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
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const root = "../.." // of the repository

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// tool is the path of a program that the test needs. Without it the test is
// skipped, or fails where the variable CI is true.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not there", name)
		}
		t.Skipf("%s is not there", name)
	}
	return path
}

// careerbot builds the program once and returns where it lies.
var careerbot = sync.OnceValues(func() (string, error) {
	file := filepath.Join(built, "careerbot")
	cmd := exec.Command("go", "build", "-o", file, "./cmd/careerbot")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return file, nil
})

var built string // a folder

func TestMain(m *testing.M) {
	var err error
	if built, err = os.MkdirTemp("", "careerbot-check"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(built)
	os.Exit(code)
}

// run runs the program with these settings and no others.
func run(t *testing.T, settings []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	program, err := careerbot()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = settings, &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// serving is the program at work, in front of a Slack that says yes.
type serving struct {
	t              *testing.T
	address, admin string
	posts          chan string // texts of chat.postMessage
}

const signingSecret = "0123456789abcdef0123456789abcdef"

// serve starts the program and waits until it is ready.
func serve(t *testing.T, settings ...string) *serving {
	t.Helper()
	s := &serving{t: t, address: free(t), admin: free(t), posts: make(chan string, 10_000)}
	slack := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
			s.posts <- r.FormValue("text")
		}
		fmt.Fprint(w, `{"ok":true,"team":"Harbour","team_id":"T1","user_id":"UBOT","bot_id":"BBOT","channel":"C1","ts":"1700000000.000100"}`)
	}))
	t.Cleanup(slack.Close)
	program, err := careerbot()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cmd := exec.Command(program, "serve")
	cmd.Stderr = &log
	cmd.Env = append([]string{"LISTEN_ADDR=" + s.address, "ADMIN_ADDR=" + s.admin, "SLACK_BOT_TOKEN=xoxb-1",
		"SLACK_SIGNING_SECRET=" + signingSecret, "SLACK_API_URL=" + slack.URL + "/"}, settings...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		<-ended
		if t.Failed() {
			t.Log(log.String())
		}
	})
	for range 500 {
		if status, _ := get(t, "http://"+s.address+"/readyz"); status == http.StatusOK {
			return s
		}
		select {
		case <-ended:
			t.Fatalf("serve ended: %s", log.String())
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Fatal("serve is not ready")
	return nil
}

// free is an address on this machine that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// get returns the status of the page, 0 when there is none, and what it holds.
func get(t *testing.T, page string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, page, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// post sends a body as Slack does.
func (s *serving) post(path, contentType, body string) (int, string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+s.address+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(signingSecret))
	fmt.Fprintf(mac, "v0:%s:%s", at, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("X-Slack-Request-Timestamp", at)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(said)
}

// command is /career of the user.
func (s *serving) command(user, text string) {
	s.t.Helper()
	form := url.Values{"team_id": {"T1"}, "channel_id": {"C1"}, "user_id": {user}, "command": {"/career"}, "text": {text}}
	if status, said := s.post("/slack/commands", "application/x-www-form-urlencoded", form.Encode()); status != http.StatusOK {
		s.t.Fatalf("/career %s: %d %s", text, status, said)
	}
}

// mention mentions the bot in a channel, once for each n.
func (s *serving) mention(n int, user, text string) {
	s.t.Helper()
	event := fmt.Sprintf(`{"type":"event_callback","team_id":"T1","api_app_id":"A1","event_id":"Ev%d","authorizations":[{"team_id":"T1","user_id":"UBOT","is_bot":true}],`+
		`"event":{"type":"app_mention","user":%q,"text":"<@UBOT> %s","ts":"17000%05d.000100","channel":"C1","event_ts":"17000%05d.000100"}}`, n, user, text, n, n)
	if status, said := s.post("/slack/events", "application/json", event); status != http.StatusOK {
		s.t.Fatalf("a mention: %d %s", status, said)
	}
}

// redis starts a redis-server set up as compose.yaml sets it up, and returns
// its address.
func redis(t *testing.T, args ...string) string {
	t.Helper()
	address := free(t)
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, tool(t, "redis-server"), append([]string{"--port", port, "--dir", t.TempDir()}, args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(); _ = cmd.Wait() })
	for range 500 {
		if c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address); err == nil {
			_ = c.Close()
			return address
		}
		<-time.After(10 * time.Millisecond)
	}
	t.Fatal("redis-server does not listen")
	return ""
}

// command runs a program of somebody else's.
func command(t *testing.T, name string, args ...string) (string, error) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	return strings.TrimSpace(string(out)), err
}
