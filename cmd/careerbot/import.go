package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"careerbot/knowledge"
	"careerbot/knowledge/convert"
)

// importMore says what import reads.
var importMore = `A FILE is one of
  a role page in plain text: a line with its category, a line with its title,
  then sections, each under a line that is one of the catalogue's headings
  a role page in Markdown (.md)
  a ladder in CSV, with the columns ` + strings.Join(convert.LadderColumns, ", ") + `;
  all but role may be empty
  pay bands in CSV, with the columns ` + strings.Join(convert.BandColumns, ", ") + `
What was read with care is said on standard error. A file in DIR that has
another text already is left as it is, unless --force says otherwise.`

// importer writes a catalogue folder from other people's files.
type importer struct {
	env      *env
	out      string
	category string
	force    bool
	failed   bool
	roles    *knowledge.Catalog // what HR's files name roles of; loaded when one comes
}

func runImport(_ context.Context, e *env, args []string) error {
	im := importer{env: e}
	files, err := flags(args, func(f *flag.FlagSet) {
		f.StringVar(&im.out, "out", "", "the folder to write")
		f.StringVar(&im.category, "category", "", "the field of pages that name none")
		f.BoolVar(&im.force, "force", false, "replace what is there, edited or not")
	})
	switch {
	case err != nil:
		return err
	case im.out == "":
		return misused("--out is missing")
	case len(files) == 0:
		return misused("a file is missing")
	}
	for _, name := range files {
		if err := im.file(name); err != nil {
			return err
		}
	}
	if im.failed {
		return errNo
	}
	return nil
}

// file imports one file; its faults go to stderr, one a line.
func (im *importer) file(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		im.refuse(name, "cannot be read: %v", cause(err))
		return nil
	}
	write, faults, err := im.convert(name, data)
	if err != nil {
		return err
	}
	for _, f := range faults {
		im.env.complain("%s", f)
	}
	if len(faults.Errors()) > 0 {
		im.failed = true
		return nil
	}
	return im.write(name, write)
}

// refuse says why nothing of a file is written.
func (im *importer) refuse(name, format string, args ...any) {
	im.failed = true
	im.env.complain("%s", knowledge.Fault{File: name, What: fmt.Sprintf(format, args...)})
}

// convert gives the catalogue's files that one file becomes, by their names.
func (im *importer) convert(name string, data []byte) (map[string][]byte, knowledge.Faults, error) {
	write := map[string][]byte{}
	if !strings.EqualFold(filepath.Ext(name), ".csv") {
		p, faults := convert.Page(name, data, im.category)
		if p != nil {
			write["roles/"+p.ID+".md"] = p.Format()
		}
		return write, faults, nil
	}
	if im.roles == nil {
		c, err := im.env.catalog()
		if err != nil {
			return nil, nil, err
		}
		im.roles = c
	}
	t, faults := convert.HR(name, data, im.roles)
	if t != nil {
		for _, p := range t.Pages {
			write["roles/"+p.ID+".md"] = p.Format()
		}
		addTable(write, "progression.csv", t.Progression)
		addTable(write, "salaries.csv", t.Salaries)
	}
	return write, faults, nil
}

func addTable(write map[string][]byte, name string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a bytes.Buffer takes everything
	write[name] = b.Bytes()
}

// write puts the files of one import in place: all of them, or none when one
// of them is there already and differs, which is somebody's work.
func (im *importer) write(source string, files map[string][]byte) error {
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		path := filepath.Join(im.out, name)
		old, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && bytes.Equal(old, files[name]):
		case err != nil:
			return err
		case !im.force:
			im.refuse(source, "not written: %s is there with another text, which somebody may have edited; --force replaces it", path)
			return nil
		}
	}
	for _, name := range names {
		path := filepath.Join(im.out, name)
		if err := writeFile(path, files[name]); err != nil {
			return err
		}
		fmt.Fprintln(im.env.stdout, path)
	}
	return nil
}

// writeFile puts data in place in one step: a reader sees the old file or the
// new one.
func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".import-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already when all went well
	if _, err := f.Write(data); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
