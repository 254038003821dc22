package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"careerbot/knowledge/watch"
)

// follow starts to follow dir and returns a channel that hears of each change.
func follow(t *testing.T, dir string) <-chan struct{} {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	heard := make(chan struct{}, 100)
	done := make(chan error, 1)
	go func() { done <- watch.Folder(ctx, dir, 10*time.Millisecond, func() { heard <- struct{}{} }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Folder: %v", err)
		}
	})
	// The first change that is heard proves that the folder is followed.
	for {
		write(t, filepath.Join(dir, "begin"), "x")
		select {
		case <-heard:
			drain(heard)
			return heard
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func drain(heard <-chan struct{}) {
	for {
		select {
		case <-heard:
		case <-time.After(60 * time.Millisecond):
			return
		}
	}
}

func wait(t *testing.T, heard <-chan struct{}) {
	t.Helper()
	select {
	case <-heard:
	case <-time.After(2 * time.Second):
		t.Fatal("the change was not seen within 2 s")
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, name string) {
	t.Helper()
	if err := os.Symlink(to, name); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, names ...string) string {
	t.Helper()
	dir := filepath.Join(names...)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAPageWrittenInPlaceIsSeen(t *testing.T) {
	dir := t.TempDir()
	roles := mkdir(t, dir, "roles")
	heard := follow(t, dir)
	write(t, filepath.Join(roles, "a.md"), "one")
	wait(t, heard)
}

func TestAnEditorsWriteAndRenameIsSeen(t *testing.T) {
	dir := t.TempDir()
	roles := mkdir(t, dir, "roles")
	write(t, filepath.Join(roles, "a.md"), "one")
	heard := follow(t, dir)
	write(t, filepath.Join(roles, ".a.md.swp"), "two")
	rename(t, filepath.Join(roles, ".a.md.swp"), filepath.Join(roles, "a.md"))
	wait(t, heard)
	drain(heard)
	write(t, filepath.Join(roles, "a.md"), "three")
	wait(t, heard)
}

func TestAFolderThatComesLaterIsFollowed(t *testing.T) {
	dir := t.TempDir()
	heard := follow(t, dir)
	roles := mkdir(t, dir, "roles")
	wait(t, heard)
	drain(heard)
	write(t, filepath.Join(roles, "a.md"), "one")
	wait(t, heard)
}

// Kubernetes mounts a ConfigMap as links into ..data, which is itself a link
// to a dated folder; an update writes a new dated folder and renames the link.
func TestAKubernetesSwapIsSeenTwice(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(mkdir(t, dir, "..2026_1", "roles"), "a.md"), "one")
	link(t, "..2026_1", filepath.Join(dir, "..data"))
	link(t, filepath.Join("..data", "roles"), filepath.Join(dir, "roles"))
	heard := follow(t, dir)
	for _, next := range []string{"..2026_2", "..2026_3"} {
		write(t, filepath.Join(mkdir(t, dir, next, "roles"), "a.md"), "next")
		link(t, next, filepath.Join(dir, "..data_tmp"))
		rename(t, filepath.Join(dir, "..data_tmp"), filepath.Join(dir, "..data"))
		wait(t, heard)
		drain(heard)
	}
}

// A deployment may put a whole new folder in the place of the old one.
func TestAFolderThatIsReplacedIsFollowed(t *testing.T) {
	above := t.TempDir()
	dir := mkdir(t, above, "catalogue")
	heard := follow(t, dir)
	write(t, filepath.Join(mkdir(t, above, "new", "roles"), "a.md"), "one")
	rename(t, dir, filepath.Join(above, "old"))
	rename(t, filepath.Join(above, "new"), dir)
	wait(t, heard)
	drain(heard)
	write(t, filepath.Join(dir, "roles", "a.md"), "two")
	wait(t, heard)
}

func TestAFolderThatGoesAndComesBackIsFollowed(t *testing.T) {
	dir := mkdir(t, t.TempDir(), "catalogue")
	heard := follow(t, dir)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	wait(t, heard)
	drain(heard)
	roles := mkdir(t, dir, "roles")
	wait(t, heard)
	drain(heard)
	write(t, filepath.Join(roles, "a.md"), "one")
	wait(t, heard)
}

// Releases are often folders side by side, with a link to the current one.
func TestALinkThatIsTurnedToAnotherFolderIsFollowed(t *testing.T) {
	above := t.TempDir()
	mkdir(t, above, "release-1", "roles")
	roles := mkdir(t, above, "release-2", "roles")
	dir := filepath.Join(above, "current")
	link(t, "release-1", dir)
	heard := follow(t, dir)
	link(t, "release-2", filepath.Join(above, "next"))
	rename(t, filepath.Join(above, "next"), dir)
	wait(t, heard)
	drain(heard)
	write(t, filepath.Join(roles, "a.md"), "one")
	wait(t, heard)
}

func TestWhatHappensBesideTheFolderIsNotHeard(t *testing.T) {
	above := t.TempDir()
	heard := follow(t, mkdir(t, above, "catalogue"))
	write(t, filepath.Join(above, "a.md"), "one")
	mkdir(t, above, "roles")
	select {
	case <-heard:
		t.Error("it is heard")
	case <-time.After(100 * time.Millisecond):
	}
}

func TestManyQuickChangesAreHeardOnce(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	heard := make(chan struct{}, 1000)
	done := make(chan error, 1)
	go func() { done <- watch.Folder(ctx, dir, 250*time.Millisecond, func() { heard <- struct{}{} }) }()
	for i := 0; len(heard) == 0; i++ { // the first change that is heard proves that the folder is followed
		write(t, filepath.Join(dir, "begin"), strconv.Itoa(i))
		select {
		case <-heard:
			heard <- struct{}{}
		case <-time.After(400 * time.Millisecond):
		}
	}
	<-heard
	for i := range 200 {
		write(t, filepath.Join(dir, strconv.Itoa(i)+".csv"), "x")
	}
	wait(t, heard)
	drain(heard)
	if n := len(heard); n > 0 {
		t.Errorf("%d times more", n)
	}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("when it is ended it says %v", err)
	}
}

func TestAFolderThatIsNotThereIsAnError(t *testing.T) {
	err := watch.Folder(t.Context(), filepath.Join(t.TempDir(), "gone"), watch.Settle, func() {})
	if err == nil {
		t.Error("no error")
	}
}
