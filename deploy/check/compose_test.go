package check

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

// compose reads compose.yaml as docker compose does, which checks it against
// the schema.
func compose(t *testing.T) *types.Project {
	t.Helper()
	file := filepath.Join(root, "deploy/compose.yaml")
	p, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{WorkingDir: filepath.Dir(file), ConfigFiles: []types.ConfigFile{{Filename: file}}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestComposeRunsBotAndRedisShutIn(t *testing.T) {
	p := compose(t)
	if len(p.Services) != 2 {
		t.Errorf("it runs %v", p.ServiceNames())
	}
	for name, s := range p.Services {
		if !s.ReadOnly || s.User == "" || s.User == "root" || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Equal(s.SecurityOpt, []string{"no-new-privileges:true"}) {
			t.Errorf("%s may do more than it needs: %+v", name, s)
		}
		if s.HealthCheck == nil || s.Restart != "unless-stopped" || s.MemLimit == 0 {
			t.Errorf("%s is not looked after", name)
		}
		for _, port := range s.Ports {
			if port.HostIP != "127.0.0.1" {
				t.Errorf("%s is reached from outside on %s", name, port.Published)
			}
		}
	}
	if !p.Networks["state"].Internal || len(p.Services["redis"].Networks) != 1 {
		t.Error("others than the bot reach Redis")
	}
	if grace := p.Services["bot"].StopGracePeriod; grace == nil || time.Duration(*grace) < 20*time.Second {
		t.Errorf("the bot has %v to leave", grace)
	}
	if p.Services["bot"].DependsOn["redis"].Condition != types.ServiceConditionHealthy {
		t.Error("the bot does not wait for Redis")
	}
}

// The settings that compose.yaml gives to the bot are enough for it, and so
// are those that it gives to Redis: the doctor has no complaint.
func TestTheDoctorIsContentWithCompose(t *testing.T) {
	p := compose(t)
	address := redis(t, p.Services["redis"].Command[1:]...)
	secrets := t.TempDir()
	var settings []string
	for name, value := range p.Services["bot"].Environment {
		switch {
		case name == "REDIS_URL":
			settings = append(settings, name+"="+strings.Replace(*value, "redis:6379", address, 1))
		case strings.HasSuffix(name, "_FILE"):
			file := filepath.Join(secrets, filepath.Base(*value))
			write(t, file, secretLike(name))
			settings = append(settings, name+"="+file)
		default:
			settings = append(settings, name+"="+*value)
		}
	}
	said, _, code := run(t, settings, "doctor")
	if code != 0 || strings.Contains(said, "error") || strings.Contains(said, "warning") {
		t.Errorf("the doctor:\n%s", said)
	}
}

func TestEverySecretOfComposeIsGivenAndNamed(t *testing.T) {
	p := compose(t)
	bot := p.Services["bot"]
	given := map[string]bool{}
	for _, s := range bot.Secrets {
		given["/run/secrets/"+s.Source] = true
		if file := p.Secrets[s.Source].File; filepath.Base(filepath.Dir(file)) != "secrets" {
			t.Errorf("%s is in %s, which git may know", s.Source, file)
		}
	}
	named := 0
	for name, value := range bot.Environment {
		if strings.HasSuffix(name, "_FILE") {
			named++
			if !given[*value] {
				t.Errorf("%s is %s, which is not given", name, *value)
			}
		}
	}
	if named != len(given) || named == 0 {
		t.Errorf("%d secrets are given, %d named", len(given), named)
	}
}

func TestRedisHealthCheckAsksRedis(t *testing.T) {
	p := compose(t)
	check := p.Services["redis"].HealthCheck.Test
	_, port, _ := strings.Cut(redis(t), ":")
	if out, err := command(t, tool(t, check[1]), slices.Concat([]string{"-p", port}, check[2:])...); err != nil {
		t.Errorf("%v: %v %s", check, err, out)
	}
	if _, err := command(t, tool(t, check[1]), slices.Concat([]string{"-p", "1"}, check[2:])...); err == nil {
		t.Errorf("%v is content without Redis", check)
	}
}
