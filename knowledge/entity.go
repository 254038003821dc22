package knowledge

import (
	"bufio"
	"bytes"
	stdhtml "html"

	"github.com/yuin/goldmark/renderer/html"
)

// unescape resolves Markdown's backslash escapes and entities in one pass. The
// library does it only on the way to HTML, so the way back is taken after it.
func unescape(b []byte) []byte {
	if !bytes.ContainsAny(b, `\&`) {
		return b
	}
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	html.DefaultWriter.Write(w, b)
	_ = w.Flush() // a bytes.Buffer takes everything
	return []byte(stdhtml.UnescapeString(out.String()))
}
