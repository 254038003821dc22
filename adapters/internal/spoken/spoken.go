// Package spoken reads the few commands that people write to the bot as they
// would say them, in place of a question: "forget me", "my region". And it holds
// what every adapter says in place of the core's answer, in the same words.
package spoken

import "strings"

// Command is one of them.
type Command string

// The commands.
const (
	None    Command = "" // a question, or something else
	Help    Command = "help"
	Forget  Command = "forget"
	AboutMe Command = "about-me"
	Region  Command = "region" // with the region, or without for a form
	Compare Command = "compare"
	Path    Command = "path"
	Stop    Command = "stop"
	Listen  Command = "listen" // with "on", "off" or nothing
)

// longestRegion is how many words a region has at most: "United Arab Emirates".
const longestRegion = 3

// Read is the command that a text is, and what follows it. No text is Help.
func Read(text string) (what Command, rest string) {
	words := strings.Fields(strings.ToLower(strings.Trim(strings.TrimSpace(text), ".!?\"'` ")))
	joined := strings.Join(words, " ")
	switch joined {
	case "", "help", "start":
		return Help, ""
	case "forget", "forget me", "forget about me", "delete my data":
		return Forget, ""
	case "about-me", "about me", "aboutme", "what do you know about me", "what do you keep about me":
		return AboutMe, ""
	case "compare", "path":
		return Command(joined), ""
	case "stop", "stop it", "be quiet", "quiet", "go away":
		return Stop, ""
	case "listen", "listen on", "listen off":
		return Listen, strings.TrimSpace(strings.TrimPrefix(joined, "listen"))
	case "region", "my region":
		return Region, ""
	}
	if len(words) > 1 && len(words) <= 1+longestRegion && words[0] == "region" {
		return Region, strings.Join(words[1:], " ")
	}
	return None, ""
}
