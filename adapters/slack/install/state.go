package install

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// StateTime is how long a flow may take from /slack/install to /slack/oauth.
// Slack's code lives as long (https://docs.slack.dev/authentication/installing-with-oauth).
const StateTime = 10 * time.Minute

// States remembers the flows that are under way. It must be safe for concurrent
// use. A key is a hash of the state in Slack's URL and of the cookie in the
// browser: it is of no use to who reads it, and nobody but that browser can use
// it up. installtest holds what every States must do.
type States interface {
	// Put remembers the key for [StateTime].
	Put(ctx context.Context, key string) error
	// Take forgets the key and says whether it was there and not too old. Of
	// any number of callers at once, one is told true.
	Take(ctx context.Context, key string) (bool, error)
}

// LocalStates is a States in this process: bounded, the oldest goes first.
type LocalStates struct {
	size int
	now  func() time.Time

	mu    sync.Mutex
	order *list.List // of localState, oldest first
	byKey map[string]*list.Element
}

type localState struct {
	key   string
	until time.Time
}

// NewLocalStates remembers at most size flows, by the clock now.
func NewLocalStates(size int, now func() time.Time) *LocalStates {
	return &LocalStates{size: max(size, 1), now: now, order: list.New(), byKey: map[string]*list.Element{}}
}

// Put implements [States].
func (s *LocalStates) Put(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if el, ok := s.byKey[key]; ok {
		s.drop(el)
	}
	for el := s.order.Front(); el != nil && (s.order.Len() >= s.size || !s.now().Before(el.Value.(localState).until)); el = s.order.Front() {
		s.drop(el)
	}
	s.byKey[key] = s.order.PushBack(localState{key, s.now().Add(StateTime)})
	return nil
}

// Take implements [States].
func (s *LocalStates) Take(ctx context.Context, key string) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	el, ok := s.byKey[key]
	if !ok {
		return false, nil
	}
	s.drop(el)
	return s.now().Before(el.Value.(localState).until), nil
}

func (s *LocalStates) drop(el *list.Element) {
	s.order.Remove(el)
	delete(s.byKey, el.Value.(localState).key)
}
