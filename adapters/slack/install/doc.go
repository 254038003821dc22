// Package install is how a Slack app that more than one workspace uses is
// installed, keeps its tokens, renews them and forgets them.
//
// [Handler] serves the two pages of Slack's OAuth flow. [Tokens] gives the bot
// token of a workspace at request time, renews it before it runs out and erases
// it when the app is removed. Between them and the disk stand three small
// seams, in terms that another package can satisfy without importing this one
// where it matters: [Blobs] for sealed tokens, [States] for flows under way,
// [Locker] for one renewal at a time. Each has an implementation in this
// process; installtest holds what every other one must do.
//
// A single workspace needs none of this: see [Single].
//
// # What a crash can cost
//
// With token rotation Slack's bot tokens live 12 hours, and each comes with a
// refresh token that is revoked once it was used
// (https://docs.slack.dev/authentication/using-token-rotation). A process that
// is killed after Slack answered and before the answer is stored has lost the
// new pair: nothing on our side can undo that. It does not stay hidden. What is
// stored then is the old pair. The next process tries its refresh token again,
// which Slack may still take; if not, the old token serves while it lives, each
// failed attempt is logged with the workspace and Slack's reason, and from then
// on [Tokens.Token] returns [ErrRunOut], which says that the app has to be
// installed again. The window is as short as we can make it: the answer is
// stored before anything else happens, whether or not the caller still waits,
// and [Tokens.Close] lets a process that ends in order finish it.
package install
