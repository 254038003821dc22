package install

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

const (
	fileEnd     = ".token"
	maxFileSize = 64 << 10 // an installation takes about 1 KB
)

// File is a [Store] in a folder of one machine, for one process: a sealed file
// a workspace. The folder has mode 0700, the files 0600. A file is written
// beside, synced and renamed, so that a power cut leaves the old one or the new.
type File struct {
	*Sealed
	folder *folder
}

// OpenFile makes the folder if it is not there. One that others may enter is an
// error.
func OpenFile(dir string, keys Keys) (*File, error) {
	if keys.ring == nil {
		return nil, errors.New("open the Slack token folder: SLACK_TOKEN_KEY is not set")
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open the Slack token folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open the Slack token folder: %w", err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return nil, fmt.Errorf("open the Slack token folder: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" { // which has no such modes
		return nil, fmt.Errorf("open the Slack token folder: %s is open to others (mode %04o): chmod 700 it, or name a new folder below it", dir, mode)
	}
	f := &folder{dir: dir, rename: os.Rename}
	return &File{&Sealed{f, keys, f.path}, f}, nil
}

// Rekey seals anew, with the current key, whatever an old key sealed. After it
// the old keys are not needed any more. All files are tried; the errors name
// those that stay as they were.
func (f *File) Rekey(ctx context.Context) error {
	entries, err := os.ReadDir(f.folder.dir)
	if err != nil {
		return fmt.Errorf("reseal the Slack installations: %w", err)
	}
	var errs []error
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), fileEnd); ok {
			if err := f.rekey(ctx, name); err != nil {
				errs = append(errs, fmt.Errorf("reseal the Slack installation: %w", err))
			}
		}
	}
	return errors.Join(errs...)
}

func (f *File) rekey(ctx context.Context, name string) error {
	f.folder.mu.Lock() // no newer one may be written between reading and writing
	defer f.folder.mu.Unlock()
	value, ok, err := f.folder.Get(ctx, name)
	if err != nil || !ok {
		return err
	}
	i, current, err := f.open(name, value)
	if err != nil {
		return fmt.Errorf("%s %w", f.where(name), err)
	}
	if current {
		return nil
	}
	if value, err = f.seal(i); err != nil {
		return err
	}
	return f.folder.write(name, value)
}

// folder is Blobs in a folder.
type folder struct {
	dir    string
	rename func(from, to string) error // for tests of a power cut

	mu sync.Mutex // held while anything is written
}

func (f *folder) path(name string) string { return filepath.Join(f.dir, name+fileEnd) }

func (f *folder) Get(ctx context.Context, name string) ([]byte, bool, error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	file, err := os.Open(f.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		// A folder that went away, such as a volume that is not mounted, must
		// not look like one in which nothing is installed.
		if _, err := os.Stat(f.dir); err != nil {
			return nil, false, err
		}
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	defer file.Close()
	value, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return nil, false, err
	}
	if len(value) > maxFileSize {
		return nil, false, fmt.Errorf("%s is larger than %d bytes", f.path(name), maxFileSize)
	}
	return value, true, nil
}

func (f *folder) Put(ctx context.Context, name string, value []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.write(name, value)
}

func (f *folder) write(name string, value []byte) (err error) {
	file, err := os.CreateTemp(f.dir, name+".*.tmp") // of mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	_, err = file.Write(value)
	if err == nil {
		err = file.Sync()
	}
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	if err := f.rename(file.Name(), f.path(name)); err != nil {
		return err
	}
	return f.sync()
}

func (f *folder) Delete(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		// What a power cut left of an unfinished write goes too.
		if strings.HasPrefix(e.Name(), name+".") {
			if err := os.Remove(filepath.Join(f.dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				errs = append(errs, err)
			}
		}
	}
	return errors.Join(append(errs, f.sync())...)
}

// sync makes renames and removals last.
func (f *folder) sync() error {
	if runtime.GOOS == "windows" { // where a folder cannot be synced
		return nil
	}
	dir, err := os.Open(f.dir)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
