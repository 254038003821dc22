package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/intstr"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	psapi "k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// cluster is what `kubectl apply -k deploy/kubernetes` sends.
type cluster struct {
	namespace  *corev1.Namespace
	settings   *corev1.ConfigMap
	deployment *appsv1.Deployment
	service    *corev1.Service
	disruption *policyv1.PodDisruptionBudget
	autoscaler *autoscalingv2.HorizontalPodAutoscaler
	network    *networkingv1.NetworkPolicy
}

// render decodes strictly: a field that the API does not have, or has twice,
// fails.
func render(t *testing.T) *cluster {
	t.Helper()
	found, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), filepath.Join(root, "deploy/kubernetes"))
	if err != nil {
		t.Fatal(err)
	}
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{corev1.AddToScheme, appsv1.AddToScheme, policyv1.AddToScheme, autoscalingv2.AddToScheme, networkingv1.AddToScheme} {
		utilruntime.Must(add(scheme))
	}
	strict := serializer.NewCodecFactory(scheme, serializer.EnableStrict).UniversalDeserializer()
	c := &cluster{}
	for _, r := range found.Resources() {
		text, err := r.AsYAML()
		if err != nil {
			t.Fatal(err)
		}
		object, _, err := strict.Decode(text, nil, nil)
		if err != nil {
			t.Fatalf("%s %s: %v", r.GetKind(), r.GetName(), err)
		}
		switch o := object.(type) {
		case *corev1.Namespace:
			c.namespace = o
		case *corev1.ConfigMap:
			c.settings = o
		case *appsv1.Deployment:
			c.deployment = o
		case *corev1.Service:
			c.service = o
		case *policyv1.PodDisruptionBudget:
			c.disruption = o
		case *autoscalingv2.HorizontalPodAutoscaler:
			c.autoscaler = o
		case *networkingv1.NetworkPolicy:
			c.network = o
		default:
			t.Errorf("nothing looks at %T", o)
		}
	}
	if c.namespace == nil || c.settings == nil || c.deployment == nil || c.service == nil || c.disruption == nil || c.autoscaler == nil || c.network == nil {
		t.Fatalf("something is missing: %+v", c)
	}
	return c
}

func (c *cluster) pod() *corev1.PodTemplateSpec { return &c.deployment.Spec.Template }
func (c *cluster) container() *corev1.Container {
	return &c.deployment.Spec.Template.Spec.Containers[0]
}

func TestThePodMeetsTheRestrictedStandard(t *testing.T) {
	c := render(t)
	restricted := psapi.LevelVersion{Level: psapi.LevelRestricted, Version: psapi.LatestVersion()}
	e, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range e.EvaluatePod(restricted, &c.pod().ObjectMeta, &c.pod().Spec) {
		if !r.Allowed {
			t.Errorf("%s: %s", r.ForbiddenReason, r.ForbiddenDetail)
		}
	}
	if got := c.namespace.Labels[psapi.EnforceLevelLabel]; got != string(psapi.LevelRestricted) {
		t.Errorf("the namespace enforces %q", got)
	}
	if s := c.container().SecurityContext; s.ReadOnlyRootFilesystem == nil || !*s.ReadOnlyRootFilesystem {
		t.Error("its root can be written to")
	}
	if a := c.pod().Spec.AutomountServiceAccountToken; a == nil || *a {
		t.Error("it is given a token of Kubernetes")
	}
}

func TestWhatNamesPodsNamesTheseOnes(t *testing.T) {
	c := render(t)
	for what, selector := range map[string]*metav1.LabelSelector{
		"deployment": c.deployment.Spec.Selector, "disruption budget": c.disruption.Spec.Selector, "network policy": &c.network.Spec.PodSelector,
		"service": {MatchLabels: c.service.Spec.Selector}, "spread": c.pod().Spec.TopologySpreadConstraints[0].LabelSelector,
	} {
		s, err := metav1.LabelSelectorAsSelector(selector)
		if err != nil || s.Empty() || !s.Matches(labels.Set(c.pod().Labels)) {
			t.Errorf("%s: %v does not select %v: %v", what, selector, c.pod().Labels, err)
		}
	}
	if r := c.autoscaler.Spec.ScaleTargetRef; r.Kind != "Deployment" || r.Name != c.deployment.Name || r.APIVersion != "apps/v1" {
		t.Errorf("the autoscaler scales %+v", r)
	}
	for _, o := range []metav1.Object{c.settings, c.deployment, c.service, c.disruption, c.autoscaler, c.network} {
		if o.GetNamespace() != c.namespace.Name {
			t.Errorf("%s is in the namespace %q", o.GetName(), o.GetNamespace())
		}
	}
	if got := c.container().EnvFrom[0].ConfigMapRef.Name; got != c.settings.Name {
		t.Errorf("it takes its settings from %s, not from %s", got, c.settings.Name)
	}
}

func TestThreeReplicasStayThreeWhileTheyAreReplaced(t *testing.T) {
	c := render(t)
	if n := c.deployment.Spec.Replicas; n == nil || *n != 3 || *c.autoscaler.Spec.MinReplicas != 3 {
		t.Error("it does not begin with three")
	}
	roll := c.deployment.Spec.Strategy.RollingUpdate
	if *roll.MaxUnavailable != intstr.FromInt32(0) || *roll.MaxSurge != intstr.FromInt32(1) {
		t.Errorf("an update takes replicas away before others are ready: %+v", roll)
	}
	if *c.disruption.Spec.MaxUnavailable != intstr.FromInt32(1) {
		t.Errorf("a node that is drained takes %v", c.disruption.Spec.MaxUnavailable)
	}
}

// It leaves within 20 seconds of the signal, which comes after preStop.
func TestAPodHasTheTimeThatItTakesToLeave(t *testing.T) {
	spec := render(t).pod().Spec
	wait := spec.Containers[0].Lifecycle.PreStop.Sleep.Seconds
	if wait < 3 || *spec.TerminationGracePeriodSeconds < wait+20 {
		t.Errorf("preStop waits %d s of %d", wait, *spec.TerminationGracePeriodSeconds)
	}
}

func TestPortsAndProbesAreTheProgrammes(t *testing.T) {
	c := render(t)
	ports := map[string]int32{}
	for _, p := range c.container().Ports {
		ports[p.Name] = p.ContainerPort
	}
	for name, setting := range map[string]string{"http": "LISTEN_ADDR", "admin": "ADMIN_ADDR"} {
		if got, want := c.settings.Data[setting], fmt.Sprint(":", ports[name]); got != want {
			t.Errorf("%s is %q, the port %s %q", setting, got, name, want)
		}
	}
	if got := c.service.Spec.Ports[0].TargetPort.StrVal; got != "http" {
		t.Errorf("the service leads to %q", got)
	}
	if got := c.pod().Annotations["prometheus.io/port"]; got != fmt.Sprint(ports["admin"]) {
		t.Errorf("Prometheus is sent to %s", got)
	}
	for _, rule := range c.network.Spec.Ingress {
		for _, p := range rule.Ports {
			if ports[p.Port.StrVal] == 0 {
				t.Errorf("the network policy opens %v", p.Port)
			}
		}
	}
	s := serve(t)
	k := c.container()
	for _, p := range []*corev1.Probe{k.StartupProbe, k.ReadinessProbe, k.LivenessProbe} {
		if status, said := get(t, "http://"+s.address+p.HTTPGet.Path); status != 200 || p.HTTPGet.Port.StrVal != "http" {
			t.Errorf("%+v: %d %s", p.HTTPGet, status, said)
		}
	}
	if k.ReadinessProbe.HTTPGet.Path != "/readyz" || k.LivenessProbe.HTTPGet.Path != "/healthz" {
		t.Error("the probes ask the wrong question: what is not ready need not be killed")
	}
}

func TestEveryMountHasItsVolumeAndEveryFileOfASecretIsUnderIt(t *testing.T) {
	c := render(t)
	mounts := map[string]string{}
	for _, m := range c.container().VolumeMounts {
		mounts[m.Name] = m.MountPath
		if !m.ReadOnly {
			t.Errorf("%s can be written to", m.Name)
		}
	}
	for _, v := range c.pod().Spec.Volumes {
		if mounts[v.Name] == "" {
			t.Errorf("the volume %s is mounted nowhere", v.Name)
		}
	}
	for name, value := range c.settings.Data {
		if strings.HasSuffix(name, "_FILE") && filepath.Dir(value) != mounts["secrets"] {
			t.Errorf("%s is %s, not under %s", name, value, mounts["secrets"])
		}
	}
}

// lay lays files into a folder as the kubelet lays a ConfigMap: as links into
// a folder beside them, which is swapped whole.
func lay(t *testing.T, folder, version string, files []string) {
	t.Helper()
	data := filepath.Join(folder, "..2026_"+version)
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	old, err := filepath.Glob(filepath.Join(folder, "[a-z]*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Base(f)
		if err := os.WriteFile(filepath.Join(data, name), []byte(read(t, f)), 0o644); err != nil {
			t.Fatal(err)
		}
		if at := slices.Index(old, filepath.Join(folder, name)); at >= 0 {
			old = slices.Delete(old, at, at+1)
		} else if err := os.Symlink(filepath.Join("..data", name), filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	next := filepath.Join(folder, "..data_tmp")
	if err := os.Symlink(filepath.Base(data), next); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, filepath.Join(folder, "..data")); err != nil {
		t.Fatal(err)
	}
	for _, f := range old {
		if err := os.Remove(f); err != nil {
			t.Fatal(err)
		}
	}
}

// The ConfigMap of the roles is mounted into that of the tables. An absent one
// is an empty folder; a changed one is read anew without a restart.
func TestACatalogueOfConfigMapsIsRead(t *testing.T) {
	const example = "deploy/example-catalogue/"
	dir := t.TempDir()
	roles := filepath.Join(dir, "roles")
	if err := os.Mkdir(roles, 0o755); err != nil {
		t.Fatal(err)
	}
	s := serve(t, "CAREERBOT_CATALOG="+dir)
	builtIn := s.metric("careerbot_catalogue_roles")
	lay(t, dir, "1", []string{example + "salaries.csv", example + "progression.csv"})
	lay(t, roles, "1", []string{example + "roles/payments-engineer.md", example + "roles/backend-engineer.md"})
	s.await("careerbot_catalogue_roles", builtIn+1)
	lay(t, roles, "2", []string{example + "roles/payments-engineer.md", example + "roles/game-designer.md"}) // which hides a role
	s.await("careerbot_catalogue_roles", builtIn)
}
