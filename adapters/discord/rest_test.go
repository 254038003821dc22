package discord_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/internal/delivery"
)

func encode(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (away) Set(context.Context, string, string, time.Duration, ...string) error { return errAway }

type awayLedger struct{ delivery.Ledger }

func (awayLedger) Claim(context.Context, string, string) (delivery.State, error) { return 0, errAway }
func (awayLedger) Done(context.Context, string, string) error                    { return errAway }
func (awayLedger) Release(context.Context, string, string) error                 { return errAway }

// registry is Discord's memory of commands: it adds ids and defaults as Discord
// does.
type registry struct {
	mu     sync.Mutex
	stored []map[string]any
	puts   []string
	status int
}

func (r *registry) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if req.Header.Get("Authorization") != "Bot a-very-secret-token" {
		http.Error(w, "{}", http.StatusUnauthorized)
		return
	}
	if r.status != 0 {
		w.WriteHeader(r.status)
		_, _ = io.WriteString(w, `{"code":50035,"message":"Invalid Form Body"}`)
		return
	}
	if req.Method == http.MethodPut {
		r.puts = append(r.puts, req.URL.Path)
		r.stored = nil
		if err := json.NewDecoder(req.Body).Decode(&r.stored); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		for i, c := range r.stored {
			c["id"], c["application_id"], c["version"], c["default_member_permissions"], c["nsfw"], c["dm_permission"] = "77", "900", "88", nil, false, true
			if i == 0 {
				c["contexts"] = []int{2, 0, 1}
			}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(append([]map[string]any{}, r.stored...))
}

// Commands are registered once, and again only when they changed.
func TestCommandsAreRegisteredOnlyWhenTheyChanged(t *testing.T) {
	reg := &registry{}
	srv := httptest.NewServer(reg)
	defer srv.Close()
	register := func(change ...func(*discord.Config)) bool {
		t.Helper()
		changed, err := newApp(t, append(change, func(c *discord.Config) { c.APIURL = srv.URL + "/api/v10/" })...).Register(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return changed
	}
	if !register() || register() || register() {
		t.Errorf("put %v", reg.puts)
	}
	german := func(c *discord.Config) {
		c.Names = discord.Translations{"de": {"career": {Description: "Frag nach Berufen in der IT"}}}
	}
	if !register(german) || register(german) || !register() {
		t.Errorf("put %v", reg.puts)
	}
	reg.stored = append(reg.stored, map[string]any{"name": "gone", "type": 1, "description": "of another release"})
	if !register() {
		t.Error("a command of another release stays")
	}
	if !register(func(c *discord.Config) { c.Guild = "10" }) {
		t.Error("commands of one server are those of all")
	}
	if last := reg.puts[len(reg.puts)-1]; last != "/api/v10/applications/900/guilds/10/commands" || reg.puts[0] != "/api/v10/applications/900/commands" {
		t.Errorf("put %v", reg.puts)
	}
	if raw := string(encode(t, reg.stored)); strings.Contains(raw, "integration_types") {
		t.Errorf("commands of one server say where they are installed: %s", raw)
	}
}

// What Discord refuses is told with its reason and without the token.
func TestARefusedRegistrationSaysWhy(t *testing.T) {
	for status, want := range map[int]string{http.StatusBadRequest: "code 50035: Invalid Form Body", http.StatusUnauthorized: "DISCORD_TOKEN is refused", http.StatusInternalServerError: "status 500"} {
		reg := &registry{status: status}
		srv := httptest.NewServer(reg)
		_, err := newApp(t, func(c *discord.Config) { c.APIURL = srv.URL }).Register(t.Context())
		srv.Close()
		if err == nil || !strings.Contains(err.Error(), want) || len(secretsIn(err.Error())) > 0 {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// What discordgo cannot read of an answer that says yes keeps nobody from
// being ready.
func TestAnAnswerThatCannotBeReadIsStillAnAnswer(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"what":"is this"}`) }))
	defer srv.Close()
	changed, err := newApp(t, func(c *discord.Config) { c.APIURL = srv.URL }).Register(t.Context())
	if err != nil || !changed {
		t.Errorf("%v, %v", changed, err)
	}
}
