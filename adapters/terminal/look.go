package terminal

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// Look is how a screen shows answers.
type Look struct {
	Width   int  // columns; 0 means 80, less than 20 means 20
	Colour  bool // SGR codes for weight and dimness; nothing is told by colour alone
	Numbers bool // the questions to ask next bear the numbers that ask them
}

// LookOf is the look that suits out: the width of the terminal that it is, or
// what COLUMNS says, and colour only on a terminal, unless NO_COLOR is set
// (https://no-color.org) or TERM is dumb.
func LookOf(out io.Writer, getenv func(string) string) Look {
	if !Is(out) {
		width, err := strconv.Atoi(getenv("COLUMNS"))
		if err != nil || width < 1 {
			return Look{}
		}
		return Look{Width: width}
	}
	width, _, err := term.GetSize(int(out.(*os.File).Fd()))
	if err != nil {
		width = 0
	}
	return Look{Width: width, Colour: getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"}
}

// Is says whether v, a reader or a writer, is a terminal.
func Is(v any) bool {
	f, ok := v.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
