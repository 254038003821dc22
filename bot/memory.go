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
	At      time.Time // when the last turn began: what was forgotten since is not kept
	Owners  []string  // who may have it erased; not part of what is loaded
}

// clone shares nothing with c.
func (c Conversation) clone() Conversation {
	c.Context.Last = cloneIntent(c.Context.Last)
	c.Context.Roles = slices.Clone(c.Context.Roles)
	c.Context.Offered = slices.Clone(c.Context.Offered)
	for i := range c.Context.Offered {
		c.Context.Offered[i] = cloneIntent(c.Context.Offered[i])
	}
	c.Owners = slices.Clone(c.Owners)
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
	// Load returns the conversation of that name, or the zero value and nil
	// when nothing is stored or its time to live is over.
	Load(ctx context.Context, name string) (Conversation, error)
	// Save stores the conversation under each of the names in place of what
	// was there, for its time to live from now.
	Save(ctx context.Context, c Conversation, names ...string) error
	Records
}

// Records are what a Memory keeps about those whose conversations it holds.
type Records interface {
	// Owned returns the conversations that are stored for the owner, the
	// newest first, each once; none is no error.
	Owned(ctx context.Context, owner string) ([]Conversation, error)
	// Forget erases all of the owner's conversations under all their names.
	// Nothing stored is no error.
	Forget(ctx context.Context, owner string) error
}

// LocalMemory is a Memory in this process: bounded, the longest unused
// conversation goes first.
type LocalMemory struct {
	ttl  time.Duration
	size int
	now  func() time.Time

	mu      sync.Mutex
	order   *list.List // of *localEntry, most recently used first
	byName  map[string]*list.Element
	byOwner map[string]map[*list.Element]bool
}

type localEntry struct {
	names []string
	conv  Conversation
	until time.Time
}

// NewLocalMemory keeps at most size conversations for ttl each, by the clock now.
func NewLocalMemory(size int, ttl time.Duration, now func() time.Time) *LocalMemory {
	return &LocalMemory{ttl: ttl, size: max(size, 1), now: now, order: list.New(),
		byName: map[string]*list.Element{}, byOwner: map[string]map[*list.Element]bool{}}
}

// Load implements [Memory].
func (m *LocalMemory) Load(ctx context.Context, name string) (Conversation, error) {
	if err := ctx.Err(); err != nil {
		return Conversation{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	el, ok := m.byName[name]
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
func (m *LocalMemory) Save(ctx context.Context, c Conversation, names ...string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(names) == 0 {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, name := range names {
		m.unname(name)
	}
	el := m.order.PushFront(&localEntry{slices.Clone(names), c.clone(), m.now().Add(m.ttl)})
	for _, name := range names {
		m.byName[name] = el
	}
	for _, owner := range c.Owners {
		if m.byOwner[owner] == nil {
			m.byOwner[owner] = map[*list.Element]bool{}
		}
		m.byOwner[owner][el] = true
	}
	for m.order.Len() > m.size {
		m.drop(m.order.Back())
	}
	return nil
}

// Owned implements [Records].
func (m *LocalMemory) Owned(ctx context.Context, owner string) ([]Conversation, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Conversation
	for el := range m.byOwner[owner] {
		if e := el.Value.(*localEntry); m.now().Before(e.until) {
			out = append(out, e.conv.clone())
		}
	}
	slices.SortFunc(out, func(a, b Conversation) int { return b.At.Compare(a.At) })
	return out, nil
}

// Forget implements [Records].
func (m *LocalMemory) Forget(ctx context.Context, owner string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for el := range m.byOwner[owner] {
		m.drop(el)
	}
	return nil
}

// unname takes a name from the conversation that has it; one without a name
// is gone.
func (m *LocalMemory) unname(name string) {
	el, ok := m.byName[name]
	if !ok {
		return
	}
	e := el.Value.(*localEntry)
	e.names = slices.DeleteFunc(e.names, func(n string) bool { return n == name })
	delete(m.byName, name)
	if len(e.names) == 0 {
		m.drop(el)
	}
}

func (m *LocalMemory) drop(el *list.Element) {
	e := m.order.Remove(el).(*localEntry)
	for _, name := range e.names {
		delete(m.byName, name)
	}
	for _, owner := range e.conv.Owners {
		delete(m.byOwner[owner], el)
		if len(m.byOwner[owner]) == 0 {
			delete(m.byOwner, owner)
		}
	}
}
