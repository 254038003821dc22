// Package watch follows a catalogue folder and says when to read it again.
package watch

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Settle is how long a folder must be quiet before it is read: an editor's
// save and a deployment's swap are several changes in a few milliseconds.
const Settle = 150 * time.Millisecond

// Folder calls changed, one call at a time, each time that something under dir
// has changed and settled, until ctx is done. Edits in place, an editor's
// write-and-rename, and Kubernetes' swap of the symbolic link ..data are
// changes; so are dir's going and coming back, and where it leads when it is a
// symbolic link. Folders that appear later are followed too. It returns nil
// when ctx is done, and an error when dir is not there to begin with or cannot
// be followed.
func Folder(ctx context.Context, dir string, settle time.Duration, changed func()) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	defer w.Close()
	if dir, err = filepath.Abs(dir); err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	if err := follow(w, dir); err != nil {
		return err
	}
	above := filepath.Dir(dir)
	_ = w.Add(above) // sees dir itself go and come; without it the rest is seen
	quiet := time.NewTimer(settle)
	quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case ev, ok := <-w.Events:
			if !ok {
				return nil
			}
			if filepath.Dir(ev.Name) == above && ev.Name != dir {
				continue // a neighbour
			}
			quiet.Reset(settle)
		case err, ok := <-w.Errors:
			if !ok {
				return nil
			}
			if err != nil { // an overflow of the queue: something changed, read all of it
				quiet.Reset(settle)
			}
		case <-quiet.C:
			_ = follow(w, dir) // a folder that is gone is seen when it comes back
			changed()
		}
	}
}

// follow watches dir, the folders in it, and what symbolic links among them
// lead to. Following what is followed already does nothing.
func follow(w *fsnotify.Watcher, dir string) error {
	if err := w.Add(dir); err != nil {
		return fmt.Errorf("watch: %s: %w", dir, err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "roles"), filepath.Join(dir, "..data")} {
		target, err := filepath.EvalSymlinks(name)
		if err != nil {
			continue // not there now; its coming is seen in dir
		}
		_ = filepath.WalkDir(target, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.IsDir() {
				_ = w.Add(path) // a folder that goes away meanwhile is seen by its parent
			}
			return nil
		})
	}
	return nil
}
