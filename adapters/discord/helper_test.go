package discord_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"careerbot/adapters/discord"
	"careerbot/bot"
	"careerbot/knowledge"
)

// catalogue is the embedded one, loaded once.
func catalogue(t testing.TB) *knowledge.Catalog {
	t.Helper()
	c, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var embedded = sync.OnceValues(func() (*knowledge.Catalog, error) {
	return knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
})

// privateKey signs as Discord does.
var privateKey = ed25519.NewKeyFromSeed([]byte("a seed of thirty-two bytes long."))

func publicKey() string { return hex.EncodeToString(privateKey.Public().(ed25519.PublicKey)) }

func sign(key ed25519.PrivateKey, r *http.Request, at time.Time, body string) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(key, []byte(stamp+body))))
}

type fields = map[string]any

// app is an adapter behind its HTTP door.
type app struct {
	*discord.Adapter
	t *testing.T
}

func config(t testing.TB) discord.Config {
	memory := bot.NewLocalMemory(1000, bot.TimeToLive, time.Now)
	return discord.Config{Token: "a-very-secret-token", ApplicationID: "900", PublicKey: publicKey(), Mode: discord.HTTP,
		Core: bot.New(catalogue(t), bot.WithMemory(memory))}
}

func newApp(t *testing.T, change ...func(*discord.Config)) *app {
	t.Helper()
	cfg := config(t)
	for _, c := range change {
		c(&cfg)
	}
	a, err := discord.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return &app{a, t}
}

// post sends a signed body through the door.
func (a *app) post(body string) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/discord/interactions", strings.NewReader(body))
	sign(privateKey, r, time.Now(), body)
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w
}

// reply is a response to an interaction.
type reply struct {
	Type int
	Data struct {
		Content    string
		Flags      int
		Components []fields
		Choices    []struct{ Name, Value string }
	}
	raw string
}

// send sends an interaction and is the response.
func (a *app) send(in fields) reply {
	a.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		a.t.Fatal(err)
	}
	w := a.post(string(body))
	if w.Code != http.StatusOK {
		a.t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	r := reply{raw: w.Body.String()}
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
		a.t.Fatalf("%v: %s", err, w.Body)
	}
	return r
}

// each calls f with every component of the response, at every depth.
func (r reply) each(f func(component fields)) {
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []fields:
			for _, e := range v {
				walk(e)
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		case fields:
			f(v)
			walk(v["components"])
			walk(v["accessory"])
		}
	}
	walk(r.Data.Components)
}

// text is all that the response says, without what escapes it.
func (r reply) text() string {
	var out []string
	r.each(func(c fields) {
		if s, ok := c["content"].(string); ok {
			out = append(out, s)
		}
	})
	return strings.ReplaceAll(strings.Join(append(out, r.Data.Content), "\n"), `\`, "")
}

// pressable are the custom_ids of the response by label or placeholder.
func (r reply) pressable() map[string]string {
	out := map[string]string{}
	r.each(func(c fields) {
		if id, ok := c["custom_id"].(string); ok {
			name, _ := c["label"].(string)
			if name == "" {
				name, _ = c["placeholder"].(string)
			}
			out[name] = id
		}
	})
	return out
}

func (r reply) private() bool { return r.Data.Flags&64 != 0 }

func member(id, name string) fields {
	return fields{"user": fields{"id": id, "username": strings.ToLower(name), "global_name": name}}
}

func inServer(kind int, data fields) fields {
	return fields{"id": "1", "application_id": "900", "type": kind, "guild_id": "10", "channel_id": "20", "context": 0, "token": "t", "version": 1,
		"member": member("30", "Ann"), "data": data}
}

// command is /career with a subcommand and its options, name after name.
func command(name string, options ...string) fields {
	list := []fields{}
	for i := 0; i+1 < len(options); i += 2 {
		list = append(list, fields{"name": options[i], "type": 3, "value": options[i+1]})
	}
	return inServer(2, fields{"id": "5", "name": "career", "type": 1, "options": []fields{{"name": name, "type": 1, "options": list}}})
}

// typing is what is sent while an option is typed.
func typing(name, option, typed string) fields {
	in := command(name)
	in["type"] = 4
	in["data"].(fields)["options"].([]fields)[0]["options"] = []fields{{"name": option, "type": 3, "value": typed, "focused": true}}
	return in
}

const (
	privateMessage = 64 | 1<<15
	publicMessage  = 1 << 15
)

// press is a press on a message with those flags.
func press(id string, flags int, chosen ...string) fields {
	kind := 2
	if len(chosen) > 0 {
		kind = 3
	}
	in := inServer(3, fields{"custom_id": id, "component_type": kind, "values": chosen})
	in["message"] = fields{"id": "40", "flags": flags, "components": []fields{{"type": 99, "what": "a later release of Discord's"}}}
	return in
}

// by has another person do it.
func by(id, name string, in fields) fields {
	in["member"] = member(id, name)
	return in
}

// secretsIn are the secrets that a text holds.
func secretsIn(text string) []string {
	var out []string
	for _, s := range []string{"a-very-secret-token"} {
		if strings.Contains(text, s) {
			out = append(out, s)
		}
	}
	return out
}
