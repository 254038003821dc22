package discord

import "unicode/utf16"

// What Discord takes. Lengths are in characters; what a character is Discord
// does not say, so that they are counted as UTF-16 counts them, which is never
// less.
const (
	// https://docs.discord.com/developers/components/reference
	maxComponents  = 40   // in a message, nested ones counted
	maxText        = 4000 // in all text displays of a message
	maxButtons     = 5    // in a row
	maxLabel       = 80   // of a button
	maxCustomID    = 100
	maxPlaceholder = 150
	maxOptions     = 25
	maxOption      = 100  // of its label, value and description
	maxPictures    = 10   // in a gallery
	maxAlt         = 1024 // of a picture's description

	// https://docs.discord.com/developers/resources/message
	maxContent = 2000
	maxEmbed   = 4096 // of an embed's description

	// https://docs.discord.com/developers/interactions/application-commands
	maxChoices = 25
	maxChoice  = 100 // of a choice's name and value
	maxInput   = 6000
)

// length is how many characters s has at most by Discord's count.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
