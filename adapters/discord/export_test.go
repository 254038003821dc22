package discord

import (
	"time"

	"careerbot/adapters/discord/gateway"
)

// Hurry has the adapter look after its sessions at a test's pace.
func (a *Adapter) Hurry(t gateway.Times, roll, keep time.Duration) {
	a.shards.times = shardTimes{roll: roll, keep: keep, gateway: t}
}

// Share is how many sessions of a shard are a replica's.
func Share(all []string, me string, shard int) int { return share(all, me, shard) }
