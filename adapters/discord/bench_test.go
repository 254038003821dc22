package discord_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"careerbot/adapters/discord"
	"careerbot/bot"
)

// BenchmarkInteraction is a signed interaction in and the whole answer out,
// beside a handler that checks the same signature and answers a ping.
func BenchmarkInteraction(b *testing.B) {
	a, err := discord.New(config(b))
	if err != nil {
		b.Fatal(err)
	}
	srv := httptest.NewServer(a.Handler())
	defer srv.Close()
	for _, c := range []struct{ name, body string }{
		{"ping", ping},
		{"pay", string(encode(b, command("pay", "role", "backend-engineer", "region", "Germany")))},
		{"overview", string(encode(b, command("role", "role", "data-engineer")))},
		{"compare", string(encode(b, command("compare", "role", "backend-engineer", "with", "devops-engineer")))},
		{"words", string(encode(b, command("ask", "question", "what does a backend engineer earn in Germany?")))},
		{"press", string(encode(b, press("pay backend-engineer in:germany @30", publicMessage)))},
		{"autocomplete a role", string(encode(b, typing("role", "role", "data enginer")))},
		{"autocomplete a region", string(encode(b, typing("pay", "region", "germny")))},
	} {
		proto := httptest.NewRequest(http.MethodPost, "/discord/interactions", nil)
		sign(privateKey, proto, time.Now(), c.body)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, srv.URL+"/discord/interactions", strings.NewReader(c.body))
				if err != nil {
					b.Fatal(err)
				}
				r.Header = proto.Header
				res, err := srv.Client().Do(r)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
					b.Fatal(res.StatusCode, err)
				}
				res.Body.Close()
			}
		})
		b.Run(c.name+"/handler alone", func(b *testing.B) {
			b.ReportAllocs()
			h := a.Handler()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/discord/interactions", strings.NewReader(c.body))
				r.Header = proto.Header
				w := httptest.NewRecorder()
				if h.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatal(w.Code)
				}
			}
		})
	}
}

func BenchmarkRender(b *testing.B) {
	core := bot.New(catalogue(b))
	roles := core.Suggest("", 26)
	for _, q := range []string{"pay of a backend engineer in Germany", "what does a data engineer do?", "backend vs devops"} {
		answer := core.Ask(b.Context(), bot.Question{Text: q})
		b.Run(q, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				discord.Render(answer, discord.Options{Share: true, Compare: roles})
			}
		})
	}
}
