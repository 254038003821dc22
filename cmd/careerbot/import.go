package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"careerbot/knowledge"
	"careerbot/knowledge/convert"
)

// importer writes a catalogue folder from other people's files.
type importer struct {
	env      *env
	out      string
	category string
	force    bool
	failed   bool
}

func runImport(_ context.Context, e *env, args []string) error {
	im := importer{env: e}
	set, err := flags("import", args, func(f *flag.FlagSet) {
		f.StringVar(&im.out, "out", "", "the folder to write")
		f.StringVar(&im.category, "category", "", "the field of pages that name none")
		f.BoolVar(&im.force, "force", false, "overwrite what is there")
	})
	if err != nil {
		return err
	}
	switch {
	case im.out == "":
		return fmt.Errorf("%w: --out is missing", errUsage)
	case set.NArg() == 0:
		return fmt.Errorf("%w: a file is missing", errUsage)
	}
	for _, name := range set.Args() {
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
		return err
	}
	var faults knowledge.Faults
	write := map[string][]byte{}
	if strings.EqualFold(filepath.Ext(name), ".csv") {
		var t *convert.Tables
		c, err := im.env.catalog()
		if err != nil {
			return err
		}
		if t, faults = convert.HR(name, data, c); t != nil {
			for _, p := range t.Pages {
				write["roles/"+p.ID+".md"] = p.Format()
			}
			addTable(write, "progression.csv", t.Progression)
			addTable(write, "salaries.csv", t.Salaries)
		}
	} else {
		var p *knowledge.Page
		if p, faults = convert.Page(name, data, im.category); p != nil {
			write["roles/"+p.ID+".md"] = p.Format()
		}
	}
	for _, f := range faults {
		fmt.Fprintln(im.env.stderr, f)
	}
	if len(faults.Errors()) > 0 {
		im.failed = true
		return nil
	}
	return im.write(name, write)
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
	for name, data := range files {
		old, err := os.ReadFile(filepath.Join(im.out, name))
		switch {
		case errors.Is(err, fs.ErrNotExist), err == nil && bytes.Equal(old, data):
		case err != nil:
			return err
		case !im.force:
			fmt.Fprintf(im.env.stderr, "%s:1: not written: %s is there and differs; --force overwrites it\n", source, filepath.Join(im.out, name))
			im.failed = true
			return nil
		}
	}
	for name, data := range files {
		if err := writeFile(filepath.Join(im.out, name), data); err != nil {
			return err
		}
		fmt.Fprintln(im.env.stdout, filepath.Join(im.out, name))
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
