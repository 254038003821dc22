package check

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/VictoriaMetrics/metricsql"
	"go.yaml.in/yaml/v3"
)

// exposed are the series of a page of metrics, by name.
type exposed map[string][]series

type series struct {
	labels map[string]string
	value  float64
}

var (
	seriesLine = regexp.MustCompile(`(?m)^([a-zA-Z_:]+)(?:\{(.*)\})? (\S+)$`)
	labelPair  = regexp.MustCompile(`([a-z_]+)="([^"]*)"`)
)

func (s *serving) scrape() exposed {
	s.t.Helper()
	status, page := get(s.t, "http://"+s.admin+"/metrics")
	if status != 200 {
		s.t.Fatalf("/metrics: %d", status)
	}
	all := exposed{}
	for _, m := range seriesLine.FindAllStringSubmatch(page, -1) {
		one := series{labels: map[string]string{}}
		for _, l := range labelPair.FindAllStringSubmatch(m[2], -1) {
			one.labels[l[1]] = l[2]
		}
		var err error
		if one.value, err = strconv.ParseFloat(m[3], 64); err != nil {
			s.t.Fatal(err)
		}
		all[m[1]] = append(all[m[1]], one)
	}
	return all
}

// metric is the sum of all series of the name.
func (s *serving) metric(name string) (sum float64) {
	s.t.Helper()
	for _, one := range s.scrape()[name] {
		sum += one.value
	}
	return sum
}

func (s *serving) await(name string, want float64) {
	s.t.Helper()
	var got float64
	for range 500 {
		if got = s.metric(name); got == want {
			return
		}
		<-time.After(20 * time.Millisecond)
	}
	s.t.Fatalf("%s is %v, want %v", name, got, want)
}

// rules are the alerts of a file of Prometheus' rules.
type rules struct {
	Groups []struct {
		Rules []struct {
			Alert       string
			Expr        string
			Labels      map[string]string
			Annotations map[string]string
		}
	}
}

func alerts(t *testing.T) rules {
	t.Helper()
	var r rules
	if err := yaml.Unmarshal([]byte(read(t, "deploy/prometheus/rules.yaml")), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// panel is one of a dashboard of Grafana.
type panel struct {
	Title   string
	Targets []struct{ Expr string }
}

func panels(t *testing.T) []panel {
	t.Helper()
	var d struct{ Panels []panel }
	if err := json.Unmarshal([]byte(read(t, "deploy/grafana/careerbot.json")), &d); err != nil {
		t.Fatal(err)
	}
	return d.Panels
}

// expressions are all that the alerts and the dashboard ask Prometheus, by
// where they stand, with Grafana's variables filled in.
func expressions(t *testing.T) map[string]string {
	t.Helper()
	fill := strings.NewReplacer("$__rate_interval", "5m", "$__range", "6h", "$job", "careerbot", "$instance", ".*")
	all := map[string]string{}
	for _, g := range alerts(t).Groups {
		for _, r := range g.Rules {
			all["alert "+r.Alert] = r.Expr
		}
	}
	for _, p := range panels(t) {
		for i, target := range p.Targets {
			all["panel "+p.Title+" "+strconv.Itoa(i)] = fill.Replace(target.Expr)
		}
	}
	return all
}

// What Prometheus itself adds to what it scrapes.
var scraped = []string{"job", "instance"}

// Every metric, label and value of a label that an alert or a panel names is
// one that the program shows; and none that it shows is looked at by nobody.
func TestAlertsAndPanelsNameWhatTheProgramShows(t *testing.T) {
	s := serve(t, "REDIS_URL=redis://"+redis(t))
	s.command("U1", "what does a dba do?")
	s.command("U1", "qwertyuiop asdfghjkl")
	shown := s.scrape()
	used := map[string]bool{}
	for where, text := range expressions(t) {
		e, err := metricsql.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", where, err)
			continue
		}
		metricsql.VisitAll(e, func(e metricsql.Expr) {
			m, ok := e.(*metricsql.MetricExpr)
			if !ok {
				return
			}
			for _, filters := range m.LabelFilterss {
				name := filters[0].Value // of the metric, which stands first
				used[name] = true
				if name == "up" {
					continue
				}
				if len(shown[name]) == 0 {
					t.Errorf("%s: the program shows no metric %s", where, name)
					continue
				}
				for _, f := range filters[1:] {
					if !slices.Contains(scraped, f.Label) && !matches(shown[name], f) {
						t.Errorf("%s: no series of %s has what %s asks for", where, name, f.AppendString(nil))
					}
				}
			}
		})
	}
	if len(used) < 10 {
		t.Fatalf("only %v are looked at", slices.Sorted(maps.Keys(used)))
	}
	for name := range shown {
		base := strings.TrimSuffix(strings.TrimSuffix(name, "_sum"), "_count")
		if strings.HasPrefix(name, "careerbot_") && !used[name] && !used[base+"_bucket"] {
			t.Errorf("no alert and no panel looks at %s", name)
		}
	}
}

// values that come only with traffic that the test does not make.
var later = map[string][]string{"kind": {"answered", "partial", "choice", "unknown", "refused", "help", "silent"}}

// matches says whether each value that the filter names is one of the series'.
func matches(all []series, f metricsql.LabelFilter) bool {
	for want := range strings.SplitSeq(f.Value, "|") {
		if slices.Contains(later[f.Label], want) {
			continue
		}
		if !slices.ContainsFunc(all, func(s series) bool { return s.labels[f.Label] == want }) {
			return false
		}
	}
	return true
}

// The labels that an expression groups by must be there, else all falls into
// one group without a name.
func TestWhatIsGroupedByIsALabel(t *testing.T) {
	s := serve(t, "REDIS_URL=redis://"+redis(t))
	s.command("U1", "what does a dba do?")
	known := append([]string{"le"}, scraped...)
	for _, all := range s.scrape() {
		for _, one := range all {
			known = append(known, slices.Collect(maps.Keys(one.labels))...)
		}
	}
	by := regexp.MustCompile(`\bby \(([^)]*)\)`)
	for where, text := range expressions(t) {
		for _, m := range by.FindAllStringSubmatch(text, -1) {
			for label := range strings.SplitSeq(m[1], ",") {
				if label = strings.TrimSpace(label); !slices.Contains(known, label) {
					t.Errorf("%s groups by %s", where, label)
				}
			}
		}
	}
}

func TestAnAlertSaysWhatIsWrongAndWhatToDo(t *testing.T) {
	for _, g := range alerts(t).Groups {
		for _, r := range g.Rules {
			if r.Annotations["summary"] == "" || r.Annotations["description"] == "" || r.Labels["severity"] == "" {
				t.Errorf("%s lacks its summary, description or severity", r.Alert)
			}
		}
	}
}

// Prometheus' own tool reads the alerts, runs their examples, and reads what
// the panels ask.
func TestPromtoolHasNoComplaint(t *testing.T) {
	promtool := tool(t, "promtool")
	var asRules struct {
		Groups []map[string]any `yaml:"groups"`
	}
	var list []map[string]string
	for where, text := range expressions(t) {
		if strings.HasPrefix(where, "panel ") {
			list = append(list, map[string]string{"record": "panel:" + strconv.Itoa(len(list)), "expr": text})
		}
	}
	asRules.Groups = []map[string]any{{"name": "panels", "rules": list}}
	text, err := yaml.Marshal(asRules)
	if err != nil {
		t.Fatal(err)
	}
	ofPanels := filepath.Join(t.TempDir(), "panels.yaml")
	if err := os.WriteFile(ofPanels, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"check", "rules", filepath.Join(root, "deploy/prometheus/rules.yaml")},
		{"test", "rules", filepath.Join(root, "deploy/prometheus/rules_test.yaml")},
		{"check", "rules", ofPanels},
	} {
		if out, err := exec.CommandContext(t.Context(), promtool, args...).CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v\n%s", args, err, out)
		}
	}
	// Each alert fires in an example, so that each can.
	examples := read(t, "deploy/prometheus/rules_test.yaml")
	for _, g := range alerts(t).Groups {
		for _, r := range g.Rules {
			if !strings.Contains(examples, `"`+r.Alert+`"`) {
				t.Errorf("no example fires %s", r.Alert)
			}
		}
	}
}
