package delivery

import "sync/atomic"

// Counts says what a [Desk] has done since it was made.
type Counts struct {
	// Claims, by what the ledger said first.
	Won, Retaken, Held, Queued, Done uint64
	Waits                            uint64 // for another's answer
	Silent                           uint64 // nothing to say
	Straight                         uint64 // put into the outbox without a try: the lane was not free
	Again                            uint64 // told the platform to come again

	// Posts, the outbox's among them, by outcome.
	Sent, Later, Unsure, Never uint64
	Retries                    uint64 // posts that were not the first try
	Ambiguous                  uint64 // posts that had to look first

	LedgerErrors, OutboxErrors uint64
	Spared                     uint64 // claimed in this process only, as the ledger failed
	Panics                     uint64
}

type counters struct {
	claims, posts                                      [6]atomic.Uint64 // by State, by Outcome
	waits, silent, straight, again, retries, ambiguous atomic.Uint64
	ledgerErrors, outboxErrors, spared, panics         atomic.Uint64
}

func (c *counters) snapshot() Counts {
	return Counts{
		Won: c.claims[Won].Load(), Retaken: c.claims[Retaken].Load(), Held: c.claims[Held].Load(),
		Queued: c.claims[Queued].Load(), Done: c.claims[Done].Load(),
		Waits: c.waits.Load(), Silent: c.silent.Load(), Straight: c.straight.Load(), Again: c.again.Load(),
		Sent: c.posts[Sent].Load(), Later: c.posts[Later].Load(), Unsure: c.posts[Unsure].Load(), Never: c.posts[Never].Load(),
		Retries: c.retries.Load(), Ambiguous: c.ambiguous.Load(),
		LedgerErrors: c.ledgerErrors.Load(), OutboxErrors: c.outboxErrors.Load(), Spared: c.spared.Load(), Panics: c.panics.Load(),
	}
}
