package main

import (
	"bytes"
	"strings"
	"testing"

	"careerbot/adapters/redis/redistest"
)

func TestTheDoctorLooksAtRedis(t *testing.T) {
	evicting := redistest.Start(t, redistest.Set("maxmemory-policy", "allkeys-lru"))
	for name, c := range map[string]struct {
		url  string
		code int
		want []string
	}{
		"one that throws keys out": {evicting.URL(), exitOK, []string{"ok       Redis      It answers", "warning  Redis      Redis may throw out keys", "ok       outbox     0 answers wait, none was given up"}},
		"a wrong password":         {"redis://:wr0ng@" + redistest.Start(t, redistest.Password("right-one")).Addr(), exitNo, []string{"error    Redis"}},
	} {
		t.Run(name, func(t *testing.T) {
			var out, log bytes.Buffer
			code := run(t.Context(), []string{"doctor"}, func(k string) string { return map[string]string{"REDIS_URL": c.url}[k] }, strings.NewReader(""), &out, &log)
			if code != c.code {
				t.Errorf("exit code %d", code)
			}
			for _, w := range c.want {
				if !strings.Contains(out.String(), w) {
					t.Errorf("it does not say %q:\n%s", w, &out)
				}
			}
			if strings.Contains(out.String()+log.String(), "wr0ng") {
				t.Error("the password is shown")
			}
		})
	}
}
