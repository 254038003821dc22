package discord

import (
	"sync"
	"time"
)

// mostPauses are kept at once; more are not, and their channels hear it from
// Discord.
const mostPauses = 1000

// pauses are the channels that Discord has said take nothing for a while. Who
// keeps to them is not refused, and refusals are counted: 10,000 within ten
// minutes, and the address is shut out.
// https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
type pauses struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// add notes that a channel is closed for so long; 0 is open.
func (p *pauses) add(channel string, d time.Duration) {
	if d <= 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if len(p.until) >= mostPauses {
		for c, at := range p.until {
			if !at.After(now) {
				delete(p.until, c)
			}
		}
	}
	if len(p.until) < mostPauses {
		p.until[channel] = now.Add(d)
	}
}

// left is how long the channel is closed yet; 0 is open.
func (p *pauses) left(channel string) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, ok := p.until[channel]
	if !ok {
		return 0
	}
	left := time.Until(at)
	if left <= 0 {
		delete(p.until, channel)
	}
	return max(left, 0)
}
