package install_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"careerbot/adapters/slack/install"
	"careerbot/adapters/slack/install/installtest"
)

func parse(t testing.TB, current string, old ...string) install.Keys {
	t.Helper()
	keys, err := install.ParseKeys(current, old...)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func openFile(t *testing.T, dir string, keys install.Keys) *install.File {
	t.Helper()
	f, err := install.OpenFile(dir, keys)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// newFile is a store in a new folder, whose name is hard.
func newFile(t *testing.T) (*install.File, string) {
	dir := filepath.Join(t.TempDir(), "a [b] *", "tokens")
	return openFile(t, dir, parse(t, tokenKey)), dir
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, filepath.Join(dir, e.Name()))
	}
	return names
}

func save(t *testing.T, s install.Store, i install.Installation) {
	t.Helper()
	if err := s.Save(t.Context(), i); err != nil {
		t.Fatal(err)
	}
}

// holds fails the test unless the store has the installation.
func holds(t *testing.T, s install.Store, want install.Installation) {
	t.Helper()
	got, ok, err := s.Load(t.Context(), want.Workspace())
	if err != nil || !ok || !installtest.Same(got, want) {
		t.Errorf("got %+v, %v, %v; want %+v", got, ok, err, want)
	}
}

func TestFile(t *testing.T) {
	installtest.RunStore(t, func(t *testing.T) install.Store { f, _ := newFile(t); return f })
	installtest.RunBlobs(t, func(t *testing.T) install.Blobs { f, _ := newFile(t); return f.Blobs() })
}

func TestFilesOutliveTheProcessAndAreForTheirOwnerOnly(t *testing.T) {
	f, dir := newFile(t)
	save(t, f, installtest.Full("T1"))
	holds(t, openFile(t, dir, parse(t, tokenKey)), installtest.Full("T1"))
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v, %v", info.Mode(), err)
	}
	names := files(t, dir)
	if len(names) != 1 {
		t.Fatalf("files: %q", names)
	}
	if info, err := os.Stat(names[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("file: %v, %v", info.Mode(), err)
	}
	if strings.Contains(filepath.Base(names[0]), "T1") {
		t.Errorf("%s names the workspace", names[0])
	}
}

func TestAFolderThatIsOpenToOthersIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o750); err != nil { //nolint:gosec // it is what is tested
		t.Fatal(err)
	}
	_, err := install.OpenFile(dir, parse(t, tokenKey))
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "chmod 700") {
		t.Errorf("got %v", err)
	}
	if _, err := install.OpenFile(dir, install.Keys{}); err == nil || !strings.Contains(err.Error(), "SLACK_TOKEN_KEY") {
		t.Errorf("got %v", err)
	}
}

func TestAFolderThatWentAwayIsAnErrorAndNotAnEmptyOne(t *testing.T) {
	f, dir := newFile(t)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := f.Load(t.Context(), install.Workspace{TeamID: "T1"}); ok || err == nil {
		t.Errorf("%v, %v", ok, err)
	}
}

func TestADamagedFileIsAnErrorThatNamesItAndShowsNothing(t *testing.T) {
	f, dir := newFile(t)
	save(t, f, installtest.Full("T1"))
	name := files(t, dir)[0]
	whole, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string][]byte{
		"empty": {}, "cut": whole[:len(whole)-1], "head only": whole[:40], "longer": append(bytes.Clone(whole), 0),
		"plain": []byte(`{"team_id":"T1","bot_token":"xoxb-plain"}`), "huge": bytes.Repeat(whole, 1000),
	}
	for at := range whole {
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1
		cases[fmt.Sprintf("byte %d", at)] = flipped
	}
	for what, content := range cases {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, ok, err := f.Load(t.Context(), install.Workspace{TeamID: "T1"})
		safeError(t, err)
		if ok || err == nil || !strings.Contains(err.Error(), name) {
			t.Fatalf("%s: %v, %v", what, ok, err)
		}
	}
	save(t, f, installtest.Full("T1"))
	holds(t, f, installtest.Full("T1"))
}

func TestFilesCannotBeSwapped(t *testing.T) {
	f, dir := newFile(t)
	save(t, f, installtest.Full("T1"))
	before := files(t, dir)[0]
	content, err := os.ReadFile(before)
	if err != nil {
		t.Fatal(err)
	}
	save(t, f, installtest.Full("T2"))
	for _, name := range files(t, dir) {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	holds(t, f, installtest.Full("T1"))
	_, ok, err := f.Load(t.Context(), install.Workspace{TeamID: "T2"})
	safeError(t, err)
	if ok {
		t.Error("one workspace has the other's token")
	}
}

func TestAnOldKeyReadsUntilAllIsSealedAnew(t *testing.T) {
	const next = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
	f, dir := newFile(t)
	save(t, f, installtest.Full("T1"))
	save(t, f, installtest.Full("T2"))
	_, _, err := openFile(t, dir, parse(t, next)).Load(t.Context(), install.Workspace{TeamID: "T1"})
	safeError(t, err)

	both := openFile(t, dir, parse(t, next, tokenKey))
	holds(t, both, installtest.Full("T1"))
	save(t, both, installtest.Full("T2")) // with the new key
	only := openFile(t, dir, parse(t, next))
	holds(t, only, installtest.Full("T2"))
	garbled := filepath.Join(dir, strings.Repeat("0", 64)+".token")
	if err := os.WriteFile(garbled, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	err = both.Rekey(t.Context())
	safeError(t, err)
	if err != nil && !strings.Contains(err.Error(), garbled) {
		t.Errorf("%v does not name %s", err, garbled)
	}
	holds(t, only, installtest.Full("T1"))
	holds(t, only, installtest.Full("T2"))
}

// killed is set in the process that TestAPowerCut kills.
const killed = "INSTALL_TEST_KILLED_IN"

func TestAPowerCutBeforeTheRenameLeavesTheOldFile(t *testing.T) {
	newer := installtest.Full("T1")
	newer.BotToken = install.NewSecret("xoxb-newer")
	if dir := os.Getenv(killed); dir != "" {
		f := openFile(t, dir, parse(t, tokenKey))
		f.BeforeRename(func() error {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			if err == nil {
				select {} // until it is dead
			}
			return err
		})
		t.Fatal("alive: ", f.Save(t.Context(), newer))
	}
	f, dir := newFile(t)
	save(t, f, installtest.Full("T1"))
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$") //nolint:gosec // itself
	cmd.Env = append(os.Environ(), killed+"="+dir)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Exited() {
		t.Fatalf("not killed: %v\n%s", err, out)
	}
	if n := len(files(t, dir)); n != 2 {
		t.Fatalf("%d files, want the old one and the unfinished one", n)
	}
	again := openFile(t, dir, parse(t, tokenKey))
	holds(t, again, installtest.Full("T1"))
	save(t, again, newer)
	holds(t, again, newer)
	if err := again.Delete(t.Context(), newer.Workspace()); err != nil {
		t.Fatal(err)
	}
	if left := files(t, dir); len(left) != 0 {
		t.Errorf("after erasing: %q", left)
	}
}

func TestAWriteThatFailsLeavesTheOldFileAndNothingElse(t *testing.T) {
	f, dir := newFile(t)
	save(t, f, installtest.Full("T1"))
	full := errors.New("disk full")
	f.BeforeRename(func() error { return full })
	newer := installtest.Full("T1")
	newer.BotToken = install.NewSecret("xoxb-newer")
	err := f.Save(t.Context(), newer)
	safeError(t, err)
	if !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	holds(t, f, installtest.Full("T1"))
	if n := len(files(t, dir)); n != 1 {
		t.Errorf("%d files", n)
	}
}

func FuzzOpenValue(f *testing.F) {
	keys := parse(f, tokenKey)
	w := install.Workspace{TeamID: "T1"}
	whole, err := install.SealValue(keys, installtest.Full("T1"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte{})
	f.Add(whole[:len(whole)-3])
	f.Add(whole[:31])
	f.Fuzz(func(t *testing.T, value []byte) {
		i, err := install.OpenValue(keys, w, value)
		if err == nil {
			t.Fatalf("opened: %v", i)
		}
		if len(value) > 8 && strings.Contains(err.Error(), string(value)) {
			t.Errorf("%v shows the content", err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, i := range []install.Installation{installtest.Full("T1"), installtest.Enterprise("E1"), {TeamID: "T1", BotToken: install.NewSecret("x")}} {
		text, err := install.Encode(i)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{"", "null", "[]", "{}", `{"team_id":"T1"}`, `{"bot_token":"xoxb-1"}`, `{"team_id":"T1","bot_token":7}`,
		`{"team_id":"T1","bot_token":"b","expires_at":"xoxb-no-time"}`, `{"enterprise_install":true,"bot_token":"b","team_id":"T1"}`} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		i, err := install.Decode(text)
		if err != nil {
			if !installtest.Same(i, install.Installation{}) {
				t.Errorf("an error and %+v", i)
			}
			if len(text) > 8 && strings.Contains(err.Error(), string(text)) {
				t.Errorf("%v shows the content", err)
			}
			return
		}
		if i.BotToken.IsZero() {
			t.Error("read an installation without a token")
		}
		again, err := install.Encode(i)
		if err != nil {
			return // a year that JSON has no form for
		}
		if back, err := install.Decode(again); err != nil || !installtest.Same(back, i) {
			t.Errorf("%+v became %+v, %v", i, back, err)
		}
	})
}
