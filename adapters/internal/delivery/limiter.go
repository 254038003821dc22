package delivery

import (
	"container/list"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Pass is what a [Limiter] says to a request.
type Pass uint8

// The passes.
const (
	Through Pass = iota // answer it
	Notice              // the first refusal of a flood: say one sentence
	Quiet               // say nothing
)

func (p Pass) String() string { return name(int(p), "through", "notice", "quiet") }

// Limiter keeps one person's flood from everybody else. It must be safe for
// concurrent use and never block longer than its store may take.
type Limiter interface {
	// Allow asks for one answer to the person of the workspace. What is refused
	// to a person uses up nothing of the workspace's. Notice comes once in a
	// flood, which ends when the person is let through and was not refused for
	// [Rates.Quiet]. An error comes with [Through]: a limiter that fails
	// silences nobody.
	Allow(ctx context.Context, person, workspace string) (Pass, error)
}

// The rates that hold unless others are set.
const (
	PersonBurst        = 5
	PersonPerSecond    = 1
	WorkspaceBurst     = 400
	WorkspacePerSecond = 200
	FloodQuiet         = 10 * time.Second
)

// Rates are what a [Limiter] lets through. A field that is zero has its default.
type Rates struct {
	PersonBurst, WorkspaceBurst         int
	PersonPerSecond, WorkspacePerSecond float64
	Quiet                               time.Duration
}

// OrDefault puts the defaults in the place of what is zero.
func (r Rates) OrDefault() Rates {
	if r.PersonBurst == 0 {
		r.PersonBurst = PersonBurst
	}
	if r.WorkspaceBurst == 0 {
		r.WorkspaceBurst = WorkspaceBurst
	}
	if r.PersonPerSecond == 0 {
		r.PersonPerSecond = PersonPerSecond
	}
	if r.WorkspacePerSecond == 0 {
		r.WorkspacePerSecond = WorkspacePerSecond
	}
	if r.Quiet == 0 {
		r.Quiet = FloodQuiet
	}
	return r
}

// LocalLimiter is a [Limiter] in this process: bounded, who was not heard of
// longest is forgotten first.
type LocalLimiter struct {
	rates Rates

	mu         sync.Mutex
	people     recent[personKey, person]
	workspaces recent[string, rate.Limiter]
}

type personKey struct{ workspace, person string }

type person struct {
	bucket  *rate.Limiter
	noticed bool      // in this flood
	refused time.Time // the last time
}

// NewLocalLimiter returns a limiter that remembers 10,000 people and as many
// workspaces.
func NewLocalLimiter(r Rates) *LocalLimiter {
	const size = 10_000
	l := &LocalLimiter{rates: r.OrDefault()}
	l.people = newRecent[personKey](size, func() *person {
		return &person{bucket: rate.NewLimiter(rate.Limit(l.rates.PersonPerSecond), l.rates.PersonBurst)}
	})
	l.workspaces = newRecent[string](size, func() *rate.Limiter {
		return rate.NewLimiter(rate.Limit(l.rates.WorkspacePerSecond), l.rates.WorkspaceBurst)
	})
	return l
}

// Allow implements [Limiter]. It never returns an error.
func (l *LocalLimiter) Allow(_ context.Context, who, workspace string) (Pass, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	p, w := l.people.get(personKey{workspace, who}), l.workspaces.get(workspace)
	// Both are asked before either is charged.
	if p.bucket.TokensAt(now) >= 1 && w.TokensAt(now) >= 1 {
		p.bucket.AllowN(now, 1)
		w.AllowN(now, 1)
		if now.Sub(p.refused) >= l.rates.Quiet {
			p.noticed = false
		}
		return Through, nil
	}
	p.refused = now
	if p.noticed {
		return Quiet, nil
	}
	p.noticed = true
	return Notice, nil
}

// recent keeps what was asked for of late.
type recent[K comparable, V any] struct {
	size  int
	fresh func() *V
	order *list.List // of *kept, the last asked for in front
	byKey map[K]*list.Element
}

type kept[K comparable, V any] struct {
	key   K
	value *V
}

func newRecent[K comparable, V any](size int, fresh func() *V) recent[K, V] {
	return recent[K, V]{size, fresh, list.New(), map[K]*list.Element{}}
}

func (r *recent[K, V]) get(k K) *V {
	if el, ok := r.byKey[k]; ok {
		r.order.MoveToFront(el)
		return el.Value.(*kept[K, V]).value
	}
	v := r.fresh()
	r.byKey[k] = r.order.PushFront(&kept[K, V]{k, v})
	if r.order.Len() > r.size {
		last := r.order.Back()
		r.order.Remove(last)
		delete(r.byKey, last.Value.(*kept[K, V]).key)
	}
	return v
}
