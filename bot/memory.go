package bot

import (
	"container/list"
	"context"
	"slices"
	"sync"
	"time"

	"careerbot/bot/intent"
)

// TimeToLive is how long a conversation is remembered after its last turn.
const TimeToLive = 30 * time.Minute

// Conversation is what is remembered of the turns before: what was
// understood, never what was written. The zero value is nothing.
type Conversation struct {
	Context intent.Context
	At      time.Time // of the last turn
}

// clone shares nothing with c.
func (c Conversation) clone() Conversation {
	c.Context.Last = cloneIntent(c.Context.Last)
	c.Context.Roles = slices.Clone(c.Context.Roles)
	c.Context.Offered = slices.Clone(c.Context.Offered)
	for i := range c.Context.Offered {
		c.Context.Offered[i] = cloneIntent(c.Context.Offered[i])
	}
	return c
}

func cloneIntent(in intent.Intent) intent.Intent {
	in.Also = slices.Clone(in.Also)
	in.Roles = slices.Clone(in.Roles)
	in.Facets = slices.Clone(in.Facets)
	in.Traits = slices.Clone(in.Traits)
	return in
}

// Memory keeps conversations. It must be safe for concurrent use.
// [careerbot/bot/memorytest] holds what every Memory must do.
type Memory interface {
	// Load returns the conversation, or the zero value and nil when nothing is
	// stored or its time to live is over.
	Load(ctx context.Context, conversation string) (Conversation, error)
	// Save stores the conversation in place of what was there, for its time to
	// live from now.
	Save(ctx context.Context, conversation string, c Conversation) error
	// Forget erases the conversation. Nothing stored is no error.
	Forget(ctx context.Context, conversation string) error
}

// LocalMemory is a Memory in this process: bounded, the longest unused
// conversation goes first.
type LocalMemory struct {
	ttl  time.Duration
	size int
	now  func() time.Time

	mu    sync.Mutex
	order *list.List // of *localEntry, most recently used first
	byKey map[string]*list.Element
}

type localEntry struct {
	key   string
	conv  Conversation
	until time.Time
}

// NewLocalMemory keeps at most size conversations for ttl each, by the clock now.
func NewLocalMemory(size int, ttl time.Duration, now func() time.Time) *LocalMemory {
	return &LocalMemory{ttl: ttl, size: max(size, 1), now: now, order: list.New(), byKey: map[string]*list.Element{}}
}

// Load implements [Memory].
func (m *LocalMemory) Load(ctx context.Context, conversation string) (Conversation, error) {
	if err := ctx.Err(); err != nil {
		return Conversation{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	el, ok := m.byKey[conversation]
	if !ok {
		return Conversation{}, nil
	}
	e := el.Value.(*localEntry)
	if !m.now().Before(e.until) {
		m.drop(el)
		return Conversation{}, nil
	}
	m.order.MoveToFront(el)
	return e.conv.clone(), nil
}

// Save implements [Memory].
func (m *LocalMemory) Save(ctx context.Context, conversation string, c Conversation) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if el, ok := m.byKey[conversation]; ok {
		m.drop(el)
	}
	m.byKey[conversation] = m.order.PushFront(&localEntry{conversation, c.clone(), m.now().Add(m.ttl)})
	for m.order.Len() > m.size {
		m.drop(m.order.Back())
	}
	return nil
}

// Forget implements [Memory].
func (m *LocalMemory) Forget(ctx context.Context, conversation string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if el, ok := m.byKey[conversation]; ok {
		m.drop(el)
	}
	return nil
}

func (m *LocalMemory) drop(el *list.Element) {
	m.order.Remove(el)
	delete(m.byKey, el.Value.(*localEntry).key)
}
