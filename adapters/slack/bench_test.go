package slack_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	slackgo "github.com/slack-go/slack"

	"careerbot/adapters/slack"
	"careerbot/adapters/slack/install"
	"careerbot/bot"
	"careerbot/knowledge"
)

const secret = "8f742231b10e8888abcd99yyyzzz85a5"

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

func sign(r *http.Request, body string) *http.Request {
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", at, body)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Slack-Request-Timestamp", at)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	return r
}

func commandForm(text string) string {
	return url.Values{"team_id": {"T1"}, "team_domain": {"t"}, "channel_id": {"C1"}, "channel_name": {"general"}, "user_id": {"U1"}, "user_name": {"ann"},
		"command": {"/career"}, "text": {text}, "response_url": {"https://hooks.slack.com/commands/1"}, "trigger_id": {"1.2.abc"}}.Encode()
}

// BenchmarkCommand is a signed command in and the whole answer out, beside a
// handler that checks the same signature and answers a constant.
func BenchmarkCommand(b *testing.B) {
	c := catalogue(b)
	a, err := slack.New(slack.Config{SigningSecret: secret, Tokens: install.NewSingle(install.NewSecret("xoxb")), Core: bot.New(c)})
	if err != nil {
		b.Fatal(err)
	}
	constant := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := slackgo.NewSecretsVerifier(r.Header, secret)
		if err != nil {
			b.Fatal(err)
		}
		body, err := io.ReadAll(io.TeeReader(r.Body, &v))
		if err != nil || v.Ensure() != nil {
			b.Fatal(err)
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		if _, err := slackgo.SlashCommandParse(r); err != nil {
			b.Fatal(err)
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(map[string]string{"response_type": "ephemeral", "text": "A constant."}); err != nil {
			b.Fatal(err)
		}
	})
	for _, h := range []struct {
		name    string
		handler http.Handler
		text    string
	}{
		{"constant", constant, "pay of a backend engineer in Germany"},
		{"pay", a.Handler(), "pay of a backend engineer in Germany"},
		{"overview", a.Handler(), "what does a data engineer do?"},
		{"compare", a.Handler(), "backend vs devops"},
	} {
		srv := httptest.NewServer(h.handler)
		client := srv.Client()
		b.Run(h.name, func(b *testing.B) {
			b.ReportAllocs()
			form := commandForm(h.text)
			for b.Loop() {
				r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, srv.URL+"/slack/commands", strings.NewReader(form))
				if err != nil {
					b.Fatal(err)
				}
				res, err := client.Do(sign(r, form))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, res.Body); err != nil {
					b.Fatal(err)
				}
				res.Body.Close()
			}
		})
		srv.Close()
		b.Run(h.name+"/handler alone", func(b *testing.B) {
			b.ReportAllocs()
			form := commandForm(h.text)
			proto := sign(httptest.NewRequest(http.MethodPost, "/slack/commands", nil), form)
			for b.Loop() {
				r := proto.Clone(b.Context())
				r.Body, r.ContentLength = io.NopCloser(strings.NewReader(form)), int64(len(form))
				h.handler.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}

// BenchmarkVaried is the handler alone over what people really typed.
func BenchmarkVaried(b *testing.B) {
	data, err := os.ReadFile("../../bot/intent/testdata/bank.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	var forms []string
	for line := range strings.Lines(string(data)) {
		var q struct {
			Text      string
			Addressed bool
		}
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			b.Fatal(err)
		}
		if q.Addressed {
			forms = append(forms, commandForm(q.Text))
		}
	}
	a, err := slack.New(slack.Config{SigningSecret: secret, Tokens: install.NewSingle(install.NewSecret("xoxb")), Core: bot.New(catalogue(b))})
	if err != nil {
		b.Fatal(err)
	}
	h := a.Handler()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		form := forms[i%len(forms)]
		i++
		r := httptest.NewRequest(http.MethodPost, "/slack/commands", strings.NewReader(form))
		h.ServeHTTP(httptest.NewRecorder(), sign(r, form))
	}
}

// BenchmarkRender is an answer rendered, and what slack-go's types alone cost
// to write the same blocks.
func BenchmarkRender(b *testing.B) {
	core := bot.New(catalogue(b))
	for _, q := range []string{"pay of a backend engineer in Germany", "what does a data engineer do?", "backend vs devops"} {
		answer := core.Ask(b.Context(), bot.Question{Text: q})
		b.Run(q, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				slack.Render(answer, slack.Options{Asker: "U1", Share: true})
			}
		})
		var blocks slackgo.Blocks
		if err := json.Unmarshal(slack.Render(answer, slack.Options{}).Blocks, &blocks); err != nil {
			b.Fatal(err)
		}
		b.Run(q+"/slack-go's encoding alone", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := json.Marshal(blocks); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
