// Package goldentest holds payloads against those that were read and found
// good. It is for the tests of adapters.
package goldentest

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden payloads anew")

// JSON holds v against testdata/golden/name.json, or writes it there with
// -update.
func JSON(t *testing.T, name string, v any) {
	t.Helper()
	got := indent(t, v)
	file := filepath.Join("testdata", "golden", name+".json")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the payload is not that of %s: run with -update and read what changes\n%s", file, got)
	}
}

// indent is v in JSON that people can read.
func indent(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
