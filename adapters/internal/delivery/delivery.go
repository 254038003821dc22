// Package delivery sees to it that a message gets exactly one answer, whatever
// is delivered twice, refused for now, or killed.
//
// An adapter hands each message to a [Desk], which claims it in a [Ledger],
// has the answer composed, sends it and marks it done; an answer that the
// platform would not take goes to an [Outbox]. [Local] is both in this
// process. [careerbot/adapters/internal/delivery/deliverytest] holds what
// every implementation must do.
package delivery

import (
	"context"
	"errors"
	"math/rand/v2"
	"strconv"
	"time"
)

var (
	// ErrLost says that the claim is not the caller's any more: its lease ran
	// out and another took it, or the answer lies in the outbox.
	ErrLost = errors.New("the claim is no longer held")
	// ErrFull says that a store in this process has no room left.
	ErrFull = errors.New("the store is full")
)

// Key joins what names one message. Two different lists of parts never have
// the same key, whatever the parts hold.
func Key(parts ...string) string {
	n := 0
	for _, p := range parts {
		n += len(p) + 4
	}
	b := make([]byte, 0, n)
	for _, p := range parts {
		b = strconv.AppendInt(b, int64(len(p)), 10)
		b = append(b, ':')
		b = append(b, p...)
	}
	return string(b)
}

// State is what became of a claim.
type State uint8

// The states of a claim, as [Ledger.Claim] tells them.
const (
	Won     State = iota + 1 // the caller holds it now, and nobody did before
	Retaken                  // the caller holds it now; somebody did before and never said how it ended
	Held                     // somebody else does, and the lease is not over
	Queued                   // the answer lies in the outbox
	Done                     // answered
)

func (s State) String() string {
	return name(int(s), "unknown", "won", "retaken", "held", "queued", "done")
}

// Ledger remembers which messages are being answered and which are. It must be
// safe for concurrent use and bound its own time. A nonce stands for one
// attempt to answer; every call may be made again with the same nonce, as a
// client does that lost the reply, and has the same outcome.
type Ledger interface {
	// Claim asks for the message. The winner holds it for a lease, which
	// claiming again does not lengthen. A claim whose lease is over without
	// Done or Release is remembered, so that the next winner knows that an
	// earlier try may have been applied: [Retaken].
	Claim(ctx context.Context, key, nonce string) (State, error)
	// Done marks the message as answered; that is remembered for [Terms.Kept].
	// A claim that was forgotten or lapsed is marked all the same: the answer
	// is out. After another took it, or the answer was put into the outbox,
	// Done changes nothing and returns [ErrLost]. Done already is nil.
	Done(ctx context.Context, key, nonce string) error
	// Release gives up a claim under which nothing was sent: the next to ask
	// wins it afresh. It does nothing to another's claim, nor to one that is
	// queued or done.
	Release(ctx context.Context, key, nonce string) error
}

// Letter is an answer that the platform would not take for now.
type Letter struct {
	Key       string    // of the claim
	Lane      string    // letters of one lane (a channel) keep their order and share a Retry-After
	Group     string    // a workspace: a Retry-After may hold for all of it
	Payload   []byte    // what the adapter's sender reads back; not to be changed, and never a person's words
	Ambiguous bool      // an earlier try may have been applied: look before posting
	Since     time.Time // of the first try; zero: of Put
	NotBefore time.Time // zero: at once
	Tries     int       // so far
}

// Outbox keeps letters until they are sent or given up. It must be safe for
// concurrent use.
type Outbox interface {
	// Put stores the letter and turns its claim to Queued in one step. What is
	// queued or done already is not stored again, and that is no error; while
	// another holds the claim nothing is stored and Put returns [ErrLost].
	Put(ctx context.Context, nonce string, l Letter) error
	// Run sends letters until ctx is done; it returns an error only if it
	// cannot work at all. Letters of one lane are sent one after the other,
	// and one lane's trouble does not hold up another's. A send that is under
	// way when ctx ends is not cut off (the sender bounds its own time). A
	// letter that was sent, and one given up [Terms.GiveUp] after its first
	// try, leaves the outbox and its claim is marked done.
	Run(ctx context.Context, send Sender) error
	// Waiting says whether letters of the lane are still to be sent.
	Waiting(ctx context.Context, lane string) (bool, error)
	// Depth is for those who watch over it.
	Depth(ctx context.Context) (Depth, error)
}

// Drainer is an [Outbox] whose letters are lost when the process ends.
type Drainer interface {
	// Drain sends what is due, once Run has returned, and says how many
	// letters are left.
	Drain(ctx context.Context, send Sender) (left int, err error)
}

// Depth is how full an outbox is.
type Depth struct {
	Waiting int
	Oldest  time.Time // the first try of the letter that waits longest; zero if none does
	Dead    int       // given up, or such as can never be sent
}

// Sender posts a letter to the platform. It must return soon after ctx is done
// and must be safe for concurrent use. If the letter is ambiguous, it looks
// whether the answer is there already, as well as the platform lets it.
type Sender func(ctx context.Context, l Letter) Result

// Result is how a post went.
type Result struct {
	Outcome Outcome
	After   time.Duration // Retry-After; zero: the platform named none
	Wide    bool          // After holds for the Group, not for the Lane only
	Err     error         // for the operator's log: no person's words
}

// Outcome is what a post came to.
type Outcome uint8

// The outcomes of a post. Anything else is taken for Unsure.
const (
	Sent   Outcome = iota + 1
	Later          // refused for now: 429, 5xx, connection refused
	Unsure         // a time-out after sending: it may have been applied
	Never          // can never be sent
)

func (o Outcome) String() string { return name(int(o), "unknown", "sent", "later", "unsure", "never") }

// Terms are the times that a store keeps to. A field that is zero has its
// default.
type Terms struct {
	Lease      time.Duration // how long a claim is held: 8 s
	Kept       time.Duration // how long it is remembered what became of a message: 24 h
	GiveUp     time.Duration // how long after its first try a letter is given up: 30 min
	Backoff    time.Duration // the longest wait after a first try without a Retry-After: 1 s
	MaxBackoff time.Duration // the longest wait after any: 60 s
}

// OrDefault puts the defaults in the place of what is zero.
func (t Terms) OrDefault() Terms {
	or := func(d *time.Duration, def time.Duration) {
		if *d == 0 {
			*d = def
		}
	}
	or(&t.Lease, 8*time.Second)
	or(&t.Kept, 24*time.Hour)
	or(&t.GiveUp, 30*time.Minute)
	or(&t.Backoff, time.Second)
	or(&t.MaxBackoff, time.Minute)
	return t
}

// Pause is how long to wait after the result of the last of so many tries: the
// Retry-After, but no longer than until any letter of now is given up; without
// one, a backoff that doubles, of which half is left to chance.
func (t Terms) Pause(r Result, tries int) time.Duration {
	if r.After > 0 {
		return min(r.After, t.GiveUp)
	}
	d := t.Backoff
	for range tries - 1 {
		if d *= 2; d >= t.MaxBackoff {
			break
		}
	}
	d = min(d, t.MaxBackoff)
	return d - rand.N(d/2+1) //nolint:gosec // spreads retries, hides nothing
}

func name(i int, names ...string) string {
	if i >= len(names) {
		i = 0
	}
	return names[i]
}
