package discord

// Reason is a permission that the bot asks for, and why.
type Reason struct {
	Name string // as Discord shows it
	Why  string
	Bit  uint64
}

// Reasons are the permissions that a server's owner is asked for: no more than
// are needed to answer where somebody asks.
// https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags
var Reasons = []Reason{
	{"View Channels", "to be told of a message that mentions the bot", 1 << 10},
	{"Send Messages", "to answer it", 1 << 11},
	{"Send Messages in Threads", "to answer it in the thread where it was asked", 1 << 38},
	{"Embed Links", "to answer in a frame where Discord does not take buttons", 1 << 14},
	{"Attach Files", "to show charts as pictures", 1 << 15},
	{"Read Message History", "to answer as a reply, and to see after a fault whether it has answered", 1 << 16},
}

// Permissions are those of [Reasons] in one number, as an invitation has them.
var Permissions = func() uint64 {
	var all uint64
	for _, r := range Reasons {
		all |= r.Bit
	}
	return all
}()
