package slack

import (
	"sync"
	"time"

	"careerbot/adapters/internal/delivery"
)

// place is where a person talks to the bot.
type place struct {
	workspace Workspace
	channel   string
	thread    string // "" at the top of a channel
	user      string
}

// talk names the conversation that a message belongs to. The turns of one
// person in one channel belong together, and those in one thread: what is said
// at the top of a channel can be gone on with in the thread that the answer
// began, named root, and the other way round.
func (p place) talk(root string) (conversation string, also, owners []string) {
	top := delivery.Key("slack", p.workspace.Team, p.channel, p.user)
	thread := func(ts string) string { return delivery.Key("slack", p.workspace.Team, p.channel, p.user, ts) }
	conversation = top
	switch {
	case p.thread != "":
		conversation, also = thread(p.thread), []string{top}
	case root != "":
		also = []string{thread(root)}
	}
	return conversation, also, append(p.workspace.owners(), p.person())
}

// person names who is asked about what is kept.
func (p place) person() string { return delivery.Key("slack", p.workspace.Team, p.user) }

// owner names the workspace in what is kept.
func (w Workspace) owner() string { return delivery.Key("slack", w.Team) }

// owners are those who may have what is kept of the workspace erased.
func (w Workspace) owners() []string {
	if w.Enterprise == "" {
		return []string{w.owner()}
	}
	return []string{w.owner(), enterpriseOwner(w.Enterprise)}
}

func enterpriseOwner(id string) string { return delivery.Key("slack", "enterprise", id) }

// message names a message in the ledger: what Slack sends twice, as
// app_mention and as message, has one channel and one timestamp.
func message(w Workspace, channel, ts string) string {
	return delivery.Key("slack", w.Team, channel, ts)
}

// The keys of settings.
func (p place) regionKey() string {
	return delivery.Key("slack", "region", p.workspace.Team, p.user)
}

func listenKey(w Workspace, channel string) string {
	return delivery.Key("slack", "listen", w.Team, channel)
}

func talkKey(w Workspace, channel, thread string) string {
	return delivery.Key("slack", "talk", w.Team, channel, thread)
}

// How long settings live.
const (
	regionTime = 400 * 24 * time.Hour
	listenTime = 400 * 24 * time.Hour
	talkTime   = 30 * time.Minute
)

// expiring is a set of keys that each leave after their time. The zero value
// is empty; it is safe for concurrent use.
type expiring struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// mostExpiring bounds the set; beyond it, what has expired is swept out, and
// then anything.
const mostExpiring = 10_000

// add puts the key in, and says whether it was not there before.
func (e *expiring) add(key string, d time.Duration) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	if now.Before(e.until[key]) {
		return false
	}
	if e.until == nil {
		e.until = map[string]time.Time{}
	}
	if len(e.until) >= mostExpiring {
		for k, t := range e.until {
			if !now.Before(t) || len(e.until) >= mostExpiring {
				delete(e.until, k)
			}
		}
	}
	e.until[key] = now.Add(d)
	return true
}

func (e *expiring) has(key string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return time.Now().Before(e.until[key])
}

// lively counts answers that nobody asked for by name, so that two programs
// that answer each other fall silent.
type lively struct {
	mu    sync.Mutex
	times map[string][]time.Time
	still expiring
}

const (
	mostAnswers = 5                // in a thread
	livelyTime  = time.Minute      // within
	stillTime   = 10 * time.Minute // then silent for
)

// may says whether the thread may be answered once more.
func (l *lively) may(thread string) bool {
	if l.still.has(thread) {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if l.times == nil || len(l.times) >= mostExpiring {
		l.times = map[string][]time.Time{}
	}
	var recent []time.Time
	for _, t := range l.times[thread] {
		if now.Sub(t) < livelyTime {
			recent = append(recent, t)
		}
	}
	if len(recent) >= mostAnswers {
		delete(l.times, thread)
		l.still.add(thread, stillTime)
		return false
	}
	l.times[thread] = append(recent, now)
	return true
}
