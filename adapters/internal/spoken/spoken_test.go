package spoken

import "testing"

func TestWhatIsSaidInPlaceOfAQuestion(t *testing.T) {
	for text, want := range map[string][2]string{
		"":                                   {"help"},
		" Help! ":                            {"help"},
		"`help`":                             {"help"},
		"Forget me.":                         {"forget"},
		"what do you know about me?":         {"about-me"},
		"region":                             {"region"},
		"my  region":                         {"region"},
		"region  Germany":                    {"region", "germany"},
		"region united arab emirates":        {"region", "united arab emirates"},
		"region of a data engineer in Spain": {},
		"compare":                            {"compare"},
		"compare backend and devops":         {},
		"stop it":                            {"stop"},
		"listen on":                          {"listen", "on"},
		"listen to me":                       {},
		"help desk vs sysadmin":              {},
	} {
		what, rest := Read(text)
		if string(what) != want[0] || rest != want[1] {
			t.Errorf("%q is %q %q, want %q", text, what, rest, want)
		}
	}
}
