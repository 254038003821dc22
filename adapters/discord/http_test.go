package discord_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/discord/discordtest"
	"careerbot/adapters/internal/delivery"
	"careerbot/bot"
)

const ping = `{"id":"1","application_id":"900","type":1,"token":"t","version":1,"user":null}`

func TestAPingIsAnsweredWithAPong(t *testing.T) {
	w := newApp(t).post(ping)
	if w.Code != http.StatusOK || w.Body.String() != `{"type":1}` || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("%d %s %v", w.Code, w.Body, w.Header())
	}
}

// Only what Discord signed a moment ago is answered.
func TestOnlyWhatDiscordSignedIsAnswered(t *testing.T) {
	other := ed25519.NewKeyFromSeed([]byte("another seed of thirty-two bytes"))
	now := time.Now()
	for name, c := range map[string]struct {
		change func(*http.Request)
		status int
	}{
		"signed":                        {func(*http.Request) {}, http.StatusOK},
		"a wrong key":                   {func(r *http.Request) { sign(other, r, now, ping) }, http.StatusUnauthorized},
		"an altered body":               {func(r *http.Request) { sign(privateKey, r, now, ping+" ") }, http.StatusUnauthorized},
		"an altered time":               {func(r *http.Request) { r.Header.Set("X-Signature-Timestamp", strconv.FormatInt(now.Unix()+1, 10)) }, http.StatusUnauthorized},
		"six minutes old":               {func(r *http.Request) { sign(privateKey, r, now.Add(-6*time.Minute), ping) }, http.StatusUnauthorized},
		"six minutes ahead":             {func(r *http.Request) { sign(privateKey, r, now.Add(6*time.Minute), ping) }, http.StatusUnauthorized},
		"four minutes old":              {func(r *http.Request) { sign(privateKey, r, now.Add(-4*time.Minute), ping) }, http.StatusOK},
		"no signature":                  {func(r *http.Request) { r.Header.Del("X-Signature-Ed25519") }, http.StatusUnauthorized},
		"a short signature":             {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", "abcd") }, http.StatusUnauthorized},
		"a signature of other letters":  {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", strings.Repeat("zz", 64)) }, http.StatusUnauthorized},
		"a signature of zeros":          {func(r *http.Request) { r.Header.Set("X-Signature-Ed25519", strings.Repeat("00", 64)) }, http.StatusUnauthorized},
		"no time":                       {func(r *http.Request) { r.Header.Del("X-Signature-Timestamp") }, http.StatusUnauthorized},
		"a time that is no number":      {func(r *http.Request) { signStamp(r, "soon") }, http.StatusUnauthorized},
		"a time beyond any calendar":    {func(r *http.Request) { signStamp(r, "9223372036854775807") }, http.StatusUnauthorized},
		"a time before any calendar":    {func(r *http.Request) { signStamp(r, "-1") }, http.StatusUnauthorized},
		"too long, and says so":         {func(r *http.Request) { r.ContentLength = 2 << 20 }, http.StatusRequestEntityTooLarge},
		"too long, and does not say so": {func(r *http.Request) { r.ContentLength, r.Body = -1, endless{} }, http.StatusRequestEntityTooLarge},
		"shorter than it says":          {func(r *http.Request) { r.ContentLength = 1 << 10 }, http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/discord/interactions", strings.NewReader(ping))
			sign(privateKey, r, now, ping)
			c.change(r)
			w := httptest.NewRecorder()
			newApp(t).Handler().ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("status %d, want %d: %s", w.Code, c.status, w.Body)
			}
		})
	}
}

func signStamp(r *http.Request, stamp string) {
	r.Header.Set("X-Signature-Timestamp", stamp)
	r.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(privateKey, []byte(stamp+ping))))
}

// endless is a body without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
func (endless) Close() error               { return nil }

func TestOtherMethodsAndPathsAreNotServed(t *testing.T) {
	a := newApp(t)
	for target, status := range map[string]int{"GET /discord/interactions": 405, "POST /discord/other": 404, "POST /": 404} {
		method, path, _ := strings.Cut(target, " ")
		w := httptest.NewRecorder()
		a.Handler().ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code != status {
			t.Errorf("%s: %d, want %d", target, w.Code, status)
		}
	}
	gateway := newApp(t, func(c *discord.Config) { c.Mode = discord.Gateway })
	if w := gateway.post(ping); w.Code != http.StatusNotFound {
		t.Errorf("without the HTTP door: %d", w.Code)
	}
}

// What is signed and makes no sense gets one polite sentence, never an error.
func TestWhatIsNotKnownIsAnsweredWithASentence(t *testing.T) {
	log := &bytes.Buffer{}
	a := newApp(t, func(c *discord.Config) {
		c.Log = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	user := `"channel_id":"20","user":{"id":"30","username":"ann"}`
	for _, body := range []string{
		`{"type":77,` + user + `}`,
		`{"type":5,"data":{"custom_id":"a form","components":[{"type":18,"component":{"type":4,"custom_id":"x","value":"a private thing"}}]},` + user + `}`,
		`{"type":3,"data":{"custom_id":"feedback:good"},` + user + `}`,
		`{"type":3,"data":{"custom_id":""},` + user + `}`,
		`{"type":3,"data":{"custom_id":"silent"},` + user + `}`,
		`{"type":3,"data":{"custom_id":"share"},` + user + `}`,
		`{"type":3,"data":{"custom_id":"share a private thing"},` + user + `}`,
		`{"type":3,"data":{"custom_id":"pick","values":["a private thing"]},` + user + `}`,
		`{"type":3},` + user + `}`,
		`{"type":2,"data":{"name":"career","type":1,"options":[{"name":"salary","type":1}]},` + user + `}`,
		`{"type":2,"data":{"name":"Explain the roles","type":3,"target_id":"7"},` + user + `}`,
		`{"type":2,"data":{"options":"a private thing"},` + user + `}`,
		`{"type":2}`, `{}`, `[]`, `null`, `"a private thing"`, ``, `a private thing`, `{"type":"1"}`, strings.Repeat("[", 100_000),
	} {
		w := a.post(body)
		if w.Code != http.StatusOK {
			t.Errorf("%.80s: status %d", body, w.Code)
		}
		for _, f := range discordtest.CheckResponse(w.Body.Bytes()) {
			t.Errorf("%.80s: %s", body, f)
		}
		var r reply
		if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || r.Type != 4 || !r.private() || len(r.text()) < 20 {
			t.Errorf("%.80s: answered %s", body, w.Body)
		}
	}
	if strings.Contains(log.String(), "a private thing") {
		t.Errorf("the log holds what was said: %s", log)
	}
}

// A command or an option of another release is answered with the nearest thing.
func TestAnUnknownSubcommandIsAnsweredWithTheNearest(t *testing.T) {
	a := newApp(t)
	for name, want := range map[string]string{
		"salary": "/career pay", "overview": "/career role", "comapre": "/career compare", "tool": "/career tools", "versus": "/career compare",
		"delete": "/career forget", "zzzzzz": "/career help says", "@everyone": "/career help says",
	} {
		r := a.send(command(name, "role", "data-engineer"))
		if !strings.Contains(r.text(), "I have no command /career "+name) && name != "@everyone" || !strings.Contains(r.text(), want) || !r.private() {
			t.Errorf("/career %s: %s", name, r.text())
		}
	}
	r := a.send(command("pay", "role", "data-engineer", "city", "Berlin"))
	if text := r.text(); !strings.Contains(text, "the median is") || !strings.Contains(text, "I do not know the option “city”, so I answered without it.") {
		t.Errorf("an unknown option: %s", text)
	}
	if text := a.send(command("pay", "role", "data-engineer")).text(); strings.Contains(text, "city") {
		t.Errorf("who asks without the option hears of it: %s", text)
	}
}

// A fault of the program is answered with a sentence, and told to the operator
// without what was said.
func TestAFaultOfTheProgramIsAnswered(t *testing.T) {
	log := &bytes.Buffer{}
	a := newApp(t, func(c *discord.Config) {
		c.Core, c.Log = broken{c.Core}, slog.New(slog.NewJSONHandler(log, nil))
	})
	r := a.send(command("ask", "question", "a private thing"))
	if !r.private() || !strings.Contains(r.text(), "Something went wrong on my side") {
		t.Errorf("answered %s", r.raw)
	}
	if !strings.Contains(log.String(), "a fault of the program") || strings.Contains(log.String(), "a private thing") {
		t.Errorf("log: %s", log)
	}
}

type broken struct{ discord.Core }

func (broken) Ask(_ context.Context, q bot.Question) bot.Answer { panic(q.Text) }

// The settings that are missing are named.
func TestNewNamesWhatIsMissing(t *testing.T) {
	for want, change := range map[string]func(*discord.Config){
		"DISCORD_TOKEN is missing":          func(c *discord.Config) { c.Token = "" },
		"DISCORD_APPLICATION_ID is missing": func(c *discord.Config) { c.ApplicationID = "" },
		"DISCORD_PUBLIC_KEY is missing":     func(c *discord.Config) { c.PublicKey = "" },
		"go together":                       func(c *discord.Config) { c.Outbox = delivery.NewLocal(delivery.LocalOptions{}) },
		"DISCORD_PUBLIC_KEY is not one":     func(c *discord.Config) { c.PublicKey = "abc" },
		`DISCORD_MODE is "smoke"`:           func(c *discord.Config) { c.Mode = "smoke" },
		"DISCORD_API_URL is no address":     func(c *discord.Config) { c.APIURL = "ftp://x" },
	} {
		cfg := config(t)
		change(&cfg)
		if _, err := discord.New(cfg); err == nil || !strings.Contains(err.Error(), want) || len(secretsIn(err.Error())) > 0 {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

// Whatever JSON is signed, the response is one that Discord takes.
func FuzzInteraction(f *testing.F) {
	for _, in := range []fields{command("pay", "role", "data-engineer", "region", "Germany"), typing("role", "role", "dat"), press("pay data-engineer", privateMessage),
		press("compare data-engineer", publicMessage, "sre"), press("share pay data-engineer", privateMessage)} {
		b, err := json.Marshal(in)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add(ping)
	cfg := config(f)
	cfg.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	a, err := discord.New(cfg)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		out := a.Respond(t.Context(), []byte(body))
		for _, fault := range discordtest.CheckResponse(out) {
			t.Errorf("%s\n%s: %s", body, out, fault)
		}
	})
}
