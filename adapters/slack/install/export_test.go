package install

// For tests outside of the package, which installtest needs.

// Blobs is what the file store lies on.
func (f *File) Blobs() Blobs { return f.folder }

// BeforeRename calls do when a file is written and not yet in its place.
func (f *File) BeforeRename(do func() error) {
	rename := f.folder.rename
	f.folder.rename = func(from, to string) error {
		if err := do(); err != nil {
			return err
		}
		return rename(from, to)
	}
}

var (
	Encode = encode
	Decode = decode
)

// OpenValue reads a sealed value as that of the workspace.
func OpenValue(keys Keys, w Workspace, value []byte) (Installation, error) {
	i, _, err := NewSealed(nil, keys).open(blobName(w), value)
	return i, err
}

// SealValue writes it.
func SealValue(keys Keys, i Installation) ([]byte, error) { return NewSealed(nil, keys).seal(i) }

// Known is how many installations are in memory.
func (t *Tokens) Known() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.known)
}

// MaxKnown bounds it.
const MaxKnown = maxKnown
