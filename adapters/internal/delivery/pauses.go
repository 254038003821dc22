package delivery

import "time"

// pauses remembers which lanes and groups a Retry-After holds for. It is not
// safe for concurrent use.
type pauses struct{ lanes, groups map[string]time.Time }

// add holds the letter's lane, or its whole group, until then.
func (p *pauses) add(l *Letter, wide bool, until, now time.Time) {
	m, k := &p.lanes, l.Lane
	if wide {
		m, k = &p.groups, l.Group
	}
	if *m == nil {
		*m = map[string]time.Time{}
	}
	if len(*m) >= 1024 { // what is over and was never asked for again
		for k, u := range *m {
			if !now.Before(u) {
				delete(*m, k)
			}
		}
	}
	if until.After((*m)[k]) {
		(*m)[k] = until
	}
}

// until is when the lane is free to be sent to; zero: now.
func (p *pauses) until(lane, group string, now time.Time) time.Time {
	l, g := pause(p.lanes, lane, now), pause(p.groups, group, now)
	if g.After(l) {
		return g
	}
	return l
}

func pause(m map[string]time.Time, k string, now time.Time) time.Time {
	u, ok := m[k]
	if ok && !now.Before(u) {
		delete(m, k)
		return time.Time{}
	}
	return u
}
