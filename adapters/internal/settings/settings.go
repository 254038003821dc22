// Package settings keeps what people choose: a region for pay, a channel that
// wants to be listened to, a thread that is being talked in.
package settings

import (
	"container/list"
	"context"
	"slices"
	"sync"
	"time"
)

// Store keeps short values by key. It must be safe for concurrent use.
type Store interface {
	// Get returns the value of the key, or "" and nil when nothing is stored
	// or its time to live is over.
	Get(ctx context.Context, key string) (string, error)
	// Set stores the value for its time to live from now; "" erases it. The
	// owners are those who may have it erased: a person, a workspace.
	Set(ctx context.Context, key, value string, ttl time.Duration, owners ...string) error
	// Forget erases all that is stored for the owner. Nothing is no error.
	Forget(ctx context.Context, owner string) error
}

// Local is a Store in this process: bounded, what was set longest ago goes
// first.
type Local struct {
	size int
	now  func() time.Time

	mu    sync.Mutex
	order *list.List // of *entry, latest set first
	byKey map[string]*list.Element
}

type entry struct {
	key, value string
	until      time.Time
	owners     []string
}

// NewLocal keeps at most size values by the clock now.
func NewLocal(size int, now func() time.Time) *Local {
	return &Local{size: max(size, 1), now: now, order: list.New(), byKey: map[string]*list.Element{}}
}

// Get implements [Store].
func (l *Local) Get(ctx context.Context, key string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	el, ok := l.byKey[key]
	if !ok {
		return "", nil
	}
	e := el.Value.(*entry)
	if !l.now().Before(e.until) {
		l.drop(el)
		return "", nil
	}
	return e.value, nil
}

// Set implements [Store].
func (l *Local) Set(ctx context.Context, key, value string, ttl time.Duration, owners ...string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if el, ok := l.byKey[key]; ok {
		l.drop(el)
	}
	if value == "" {
		return nil
	}
	l.byKey[key] = l.order.PushFront(&entry{key, value, l.now().Add(ttl), slices.Clone(owners)})
	if l.order.Len() > l.size {
		l.drop(l.order.Back())
	}
	return nil
}

// Forget implements [Store]. It looks at all that is stored: it is asked for
// seldom, and setting is the more common.
func (l *Local) Forget(ctx context.Context, owner string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for el := l.order.Front(); el != nil; {
		next := el.Next()
		if slices.Contains(el.Value.(*entry).owners, owner) {
			l.drop(el)
		}
		el = next
	}
	return nil
}

func (l *Local) drop(el *list.Element) {
	delete(l.byKey, l.order.Remove(el).(*entry).key)
}
