package bot

import "context"

// Question is one message that was said to the bot, or overheard by it.
type Question struct {
	// Text is the message as written, without the mention of the bot.
	Text string
	// Conversation groups turns. The adapter chooses it so that it collides
	// with no other across platforms, workspaces and people. "" is a question
	// without a before and an after.
	Conversation string
	// Also are further names that this turn is remembered under, so that it can
	// be gone on with there as well: in a thread and in its channel.
	Also []string
	// Owners are those who may have what is remembered erased: the person who
	// asks, the workspace. They are named as Conversation is.
	Owners []string
	// Overheard marks a message that was not said to the bot. It is answered
	// only when it is surely a question for it; the Answer's Kind is Silent
	// otherwise.
	Overheard bool
	// Region is the asker's stored preference ("Germany"), used for pay when
	// the message and its conversation name none. "" is no preference.
	Region string
	// FindRegion is asked for Region where an answer depends on it, and only
	// there; nil is for those who know it beforehand.
	FindRegion func() string
}

// Asker answers questions. Like http.Handler it returns no error: the core
// knows best what to say when something is wrong. An Asker may be called
// concurrently.
type Asker interface {
	Ask(context.Context, Question) Answer
}

// Suggestion is one completion of a role's name.
type Suggestion struct {
	ID       string // role id
	Title    string // "Backend Engineer"
	Category string // "Software Engineering"
	Own      bool   // from the company's own pages
}

// Suggester completes role names while they are typed: by prefix, alias and
// near miss, best first, at most limit. An empty prefix gives the roles that a
// start page would show. It may be called concurrently.
type Suggester interface {
	Suggest(prefix string, limit int) []Suggestion
}
