// Package knowledge holds what the bot knows: a catalogue of roles read from
// pages in Markdown and tables in CSV. [Load] reads one or more folders aside,
// checks them, and returns an immutable [Catalog], which is safe for
// concurrent use.
package knowledge

import (
	"embed"
	"io/fs"
)

//go:embed catalog
var embedded embed.FS

// Embedded is the catalogue that the program carries.
func Embedded() fs.FS {
	sub, err := fs.Sub(embedded, "catalog")
	if err != nil {
		panic("knowledge: the embedded catalogue is missing: " + err.Error())
	}
	return sub
}
