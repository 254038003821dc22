package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/redis/redistest"
)

// discordKey signs what Discord sends.
var discordKey = ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))

func publicKey() string { return hex.EncodeToString(discordKey.Public().(ed25519.PublicKey)) }

// fakeDiscord is a Discord that keeps commands. Status, if not 0, is what it
// answers to everything.
type fakeDiscord struct {
	*httptest.Server
	status atomic.Int64
	mu     sync.Mutex
	stored json.RawMessage
}

func newFakeDiscord(t *testing.T) *fakeDiscord {
	f := &fakeDiscord{stored: json.RawMessage("[]")}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if status := f.status.Load(); status != 0 {
			w.WriteHeader(int(status))
			fmt.Fprint(w, "{}")
			return
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		if r.Method == http.MethodPut {
			f.stored, _ = io.ReadAll(r.Body)
		}
		_, _ = w.Write(f.stored)
	}))
	t.Cleanup(f.Close)
	return f
}

// commands is how many Discord knows.
func (f *fakeDiscord) commands() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []any
	_ = json.Unmarshal(f.stored, &all)
	return len(all)
}

func (f *fakeDiscord) settings() map[string]string {
	return map[string]string{"DISCORD_TOKEN": "a-very-secret-token", "DISCORD_APPLICATION_ID": "900", "DISCORD_PUBLIC_KEY": publicKey(),
		"DISCORD_API_URL": f.URL, "DISCORD_MODE": "http"}
}

// careerInDiscord sends /career ask as Discord does.
func (s *serving) careerInDiscord(question string) (int, string) {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"id": "1", "application_id": "900", "type": 2, "token": "t", "version": 1, "guild_id": "5", "channel_id": "6",
		"context": 0, "locale": "en-GB", "member": map[string]any{"user": map[string]any{"id": "7", "username": "ann"}},
		"data": map[string]any{"id": "2", "name": "career", "type": 1, "options": []any{map[string]any{"name": "ask", "type": 1,
			"options": []any{map[string]any{"name": "question", "type": 3, "value": question}}}}}})
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+s.address+"/discord/interactions", strings.NewReader(string(body)))
	if err != nil {
		s.t.Fatal(err)
	}
	stamp := strconv.FormatInt(time.Now().Unix(), 10)
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(discordKey, append([]byte(stamp), body...))))
	return s.send(r)
}

// awaitReadyz waits until /readyz says so with this status.
func (s *serving) awaitReadyz(status int, says string) {
	s.t.Helper()
	got, text := 0, ""
	for range 1000 {
		if got, text = s.get("/readyz"); got == status && strings.Contains(text, says) {
			return
		}
		<-time.After(10 * time.Millisecond)
	}
	s.t.Fatalf("readyz says %d %q, want %d %q; the log: %s", got, text, status, says, s.log)
}

// with are the settings of both.
func with(a, b map[string]string) map[string]string {
	out := map[string]string{}
	for _, m := range []map[string]string{a, b} {
		for k, v := range m {
			out[k] = v
		}
	}
	return out
}

func TestServeAnswersInDiscordAndLeavesInOrder(t *testing.T) {
	api := newFakeDiscord(t)
	s := serve(t, api.settings())
	s.awaitReady(http.StatusOK)
	if got, want := api.commands(), len(discord.Commands(nil)); got != want {
		t.Errorf("%d commands are registered, want %d", got, want)
	}
	if status, body := s.careerInDiscord("what does an SRE do?"); status != http.StatusOK || !strings.Contains(body, "Site Reliability Engineer") {
		t.Errorf("%d %.300s", status, body)
	}
	s.stop()
	s.awaitReady(http.StatusServiceUnavailable)
	if status, body := s.careerInDiscord("what does a dba do?"); status != http.StatusOK || !strings.Contains(body, "Database Administrator") {
		t.Errorf("while it leaves, a command still gets %d %.300s", status, body)
	}
	if code := <-s.exit; code != exitOK {
		t.Errorf("it ended with %d: %s", code, s.log)
	}
	if log := s.log.String(); !strings.Contains(log, `"msg":"done"`) || strings.Contains(log, "very-secret") {
		t.Errorf("the log: %s", log)
	}
}

func TestDiscordsAPIMayBeAwayAtTheStart(t *testing.T) {
	api := newFakeDiscord(t)
	api.status.Store(http.StatusServiceUnavailable)
	s := serve(t, api.settings())
	s.awaitReadyz(http.StatusServiceUnavailable, "Discord is not connected yet")
	if status, _ := s.careerInDiscord("what does an SRE do?"); status != http.StatusOK {
		t.Errorf("a command gets %d", status)
	}
	api.status.Store(0)
	s.awaitReadyz(http.StatusOK, "ready")
}

func TestAPlatformThatFailsLeavesTheOtherAtWorkAndIsTriedAgain(t *testing.T) {
	var alive atomic.Bool
	slackAPI := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if alive.Load() {
			fmt.Fprint(w, `{"ok":true,"team":"Harbour","team_id":"T1","user_id":"UBOT"}`)
			return
		}
		fmt.Fprint(w, `{"ok":false,"error":"account_inactive"}`)
	}))
	t.Cleanup(slackAPI.Close)
	s := serve(t, with(newFakeDiscord(t).settings(),
		map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh", "SLACK_API_URL": slackAPI.URL + "/"}))
	s.awaitReadyz(http.StatusOK, "ready\nSlack: the bot token no longer works (account_inactive): install the app anew and set SLACK_BOT_TOKEN")
	if status, body := s.careerInDiscord("what does an SRE do?"); status != http.StatusOK || !strings.Contains(body, "Site Reliability Engineer") {
		t.Errorf("Discord gets %d %.300s", status, body)
	}
	alive.Store(true)
	for range 1000 {
		if strings.Contains(s.log.String(), "slack: connected") {
			return
		}
		<-time.After(10 * time.Millisecond)
	}
	t.Errorf("Slack is not tried again: %s", s.log)
}

// A secret that a cluster hands in late is read when it is there.
func TestAPlatformWhoseSettingsCannotBeReadLeavesTheOtherAtWork(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	api := yesMan(t, `{"ok":true,"team":"Harbour","team_id":"T1","user_id":"UBOT"}`)
	s := serve(t, with(newFakeDiscord(t).settings(),
		map[string]string{"SLACK_BOT_TOKEN_FILE": file, "SLACK_SIGNING_SECRET": "shh", "SLACK_API_URL": api.URL + "/"}))
	s.awaitReadyz(http.StatusOK, "ready\nSlack: SLACK_BOT_TOKEN_FILE: "+file+" cannot be read: no such file or directory; name a file that the program may read")
	if status, _ := s.career("what does an SRE do?"); status != http.StatusServiceUnavailable {
		t.Errorf("Slack's command gets %d", status)
	}
	if err := os.WriteFile(file, []byte("xoxb-1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if status, text := s.get("/readyz"); status == http.StatusOK && strings.TrimSpace(text) == "ready" {
			break
		}
		<-time.After(10 * time.Millisecond)
	}
	if status, body := s.career("what does an SRE do?"); status != http.StatusOK || !strings.Contains(body, "Site Reliability Engineer") {
		t.Errorf("Slack's command gets %d %.300s; the log: %s", status, body, s.log)
	}
}

func TestServeEndsWhenTheClockIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		off  time.Duration
		want string
	}{
		"ahead":  {-6 * time.Minute, " ahead, and requests that are five minutes off"},
		"behind": {time.Hour, " behind, and"},
	} {
		t.Run(name, func(t *testing.T) {
			api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Date", time.Now().Add(c.off).UTC().Format(http.TimeFormat))
				fmt.Fprint(w, `{"ok":true,"team":"Harbour","team_id":"T1","user_id":"UBOT"}`)
			}))
			t.Cleanup(api.Close)
			log := &logged{}
			settings := map[string]string{"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh", "SLACK_API_URL": api.URL, "LISTEN_ADDR": "127.0.0.1:0", "ADMIN_ADDR": "127.0.0.1:0"}
			code := run(t.Context(), []string{"serve"}, func(k string) string { return settings[k] }, strings.NewReader(""), io.Discard, log)
			if said := log.String(); code != exitNo || !strings.Contains(said, "clock is ") || !strings.Contains(said, c.want) || !strings.Contains(said, "timedatectl set-ntp true") {
				t.Errorf("%d: %s", code, said)
			}
		})
	}
}

// What a person asked before is known wherever the next question comes in, and
// Redis holds what belongs to each platform apart.
func TestDiscordsReplicasShareWhatTheyKeep(t *testing.T) {
	api, redis := newFakeDiscord(t), redistest.Start(t)
	settings := with(api.settings(), map[string]string{"REDIS_URL": redis.URL()})
	one, two := serve(t, with(settings, nil)), serve(t, with(settings, nil))
	one.awaitReady(http.StatusOK)
	two.awaitReady(http.StatusOK)
	one.careerInDiscord("pay of a data engineer in Germany")
	if _, body := two.careerInDiscord("and in France?"); !strings.Contains(body, "Data Engineer") || !strings.Contains(body, "France") {
		t.Errorf("the follow-up is answered %.400s", body)
	}
}

func TestMetricsTellThePlatformsApart(t *testing.T) {
	api := newFakeDiscord(t)
	admin := freeAddress(t)
	s := serve(t, with(api.settings(), map[string]string{"ADMIN_ADDR": admin}))
	s.awaitReady(http.StatusOK)
	s.careerInDiscord("what does an SRE do?")
	res, err := http.Get("http://" + admin + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`careerbot_received_total{platform="discord",what="command"} 1`, `careerbot_questions_total{intent="overview",kind="answered",platform="discord"} 1`} {
		if !strings.Contains(string(body), want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
}

// TestTheProcessEndsInOrderOnSIGTERM is the program as an operator stops it.
func TestTheProcessEndsInOrderOnSIGTERM(t *testing.T) {
	api := newFakeDiscord(t)
	var env []string
	for k, v := range with(api.settings(), map[string]string{"SLACK_BOT_TOKN": "xoxb-9"}) {
		env = append(env, k+"="+v)
	}
	r := &replica{t: t, env: env}
	r.start()
	t.Cleanup(r.kill)
	cmd, began := r.cmd, time.Now()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	res, err := http.Get("http://" + r.at() + "/readyz")
	for range 100 {
		if err != nil || res.StatusCode == http.StatusServiceUnavailable {
			break
		}
		<-time.After(10 * time.Millisecond)
		res.Body.Close()
		res, err = http.Get("http://" + r.at() + "/readyz")
	}
	if err != nil || res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("while it leaves, /readyz says %v, %v", res, err)
	} else {
		res.Body.Close()
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ends with %v: %s", err, r.log.String())
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
	if log := r.log.String(); !strings.Contains(log, "SLACK_BOT_TOKN is not known and has no effect: did you mean SLACK_BOT_TOKEN?") || strings.Contains(log, "xoxb-9") {
		t.Errorf("the log: %s", log)
	}
}
