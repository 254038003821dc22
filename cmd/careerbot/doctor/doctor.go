// Package doctor looks at what the bot is set up with, as the platforms and
// this machine see it, and says of each fault what is wrong, how it shows and
// what to do. It changes nothing anywhere.
package doctor

import (
	"context"
	"time"
)

// Finding is one thing that was looked at. A fault has all of Says, Shows and
// Remedy, each a sentence; what is in order has Says alone. None holds a secret.
type Finding struct {
	What   string   `json:"what"` // what it belongs to, such as "Slack"
	State  State    `json:"state"`
	Says   string   `json:"says"`
	Shows  string   `json:"shows,omitempty"`  // how people or the operator notice it
	Remedy string   `json:"remedy,omitempty"` // what to do
	More   []string `json:"more,omitempty"`   // sentences that explain it
}

// State is how bad it is.
type State string

// The states. With an error serve does not start, or a platform does not work.
const (
	OK      State = "ok"
	Warning State = "warning"
	Error   State = "error"
)

// Check looks at one thing, and ends soon after its context.
type Check struct {
	What string
	Look func(ctx context.Context) []Finding
}

// Run does all checks at once, until ctx is done, and returns what they found
// in their order. A check that has not ended by then is an error among them.
func Run(ctx context.Context, checks []Check) []Finding {
	ends := make([]chan []Finding, len(checks))
	for i, c := range checks {
		ends[i] = make(chan []Finding, 1)
		go func() { ends[i] <- c.Look(ctx) }()
	}
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(lateTime, func() { close(over) }) })
	defer stop()
	var out []Finding
	for i, c := range checks {
		var found []Finding
		select {
		case found = <-ends[i]:
		case <-over:
			select {
			case found = <-ends[i]:
			default:
				found = []Finding{{c.What, Error, "It could not be looked at in the time that the doctor has.",
					"Something on the way does not answer.", "Try again, and look at the network if it stays so.", nil}}
			}
		}
		out = append(out, found...)
	}
	return out
}

// lateTime is how long is waited for what ends with its context.
const lateTime = 200 * time.Millisecond

func ok(what, says string) Finding { return Finding{What: what, State: OK, Says: says} }

// clockFinding is what an answer's time says of this machine's clock.
func clockFinding(by string, r reply) []Finding {
	if r.skew == nil {
		return nil
	}
	off := r.skew.Abs().Round(time.Second)
	way := "ahead of"
	if *r.skew < 0 {
		way = "behind"
	}
	switch {
	case off >= MostSkew:
		return []Finding{{"clock", Error, "This machine's clock is " + off.String() + " " + way + " " + by + "'s.",
			"serve ends at once: requests that are five minutes off are refused with 401.", clockRemedy, nil}}
	case off >= warnSkew:
		return []Finding{{"clock", Warning, "This machine's clock is " + off.String() + " " + way + " " + by + "'s.",
			"At five minutes requests are refused with 401.", clockRemedy, nil}}
	}
	return []Finding{ok("clock", "It agrees with "+by+"'s.")}
}

const (
	// warnSkew is more than a clock that is kept right is ever off.
	warnSkew    = 30 * time.Second
	clockRemedy = "Set the clock, and keep it right by NTP: timedatectl set-ntp true."
)
