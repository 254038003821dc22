package redis

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"careerbot/bot"
)

// localConversations is how many conversations this process keeps while Redis
// does not answer.
const localConversations = 10_000

// Memory is a [bot.Memory] in Redis. While Redis does not answer, conversations
// are kept in this process and no error is returned; what was kept so goes to
// Redis when it is asked for again, unless its owner forgot meanwhile.
//
// A [bot.Conversation]'s At must be when the turn began, not when it ended: a
// turn that began before its owner forgot is not kept.
type Memory struct {
	s       *Store
	ttl     time.Duration
	records records
	local   *bot.LocalMemory
	garbled sync.Once
}

// Memory keeps each conversation for ttl after its last turn.
func (s *Store) Memory(ttl time.Duration) *Memory {
	return &Memory{s: s, ttl: ttl, records: records{s, "conversation"}, local: bot.NewLocalMemory(localConversations, ttl, s.now)}
}

// Load implements [bot.Memory].
func (m *Memory) Load(ctx context.Context, name string) (bot.Conversation, error) {
	value, err := m.records.load(ctx, name)
	switch {
	case ctx.Err() != nil:
		return bot.Conversation{}, ctx.Err()
	case err != nil:
		m.s.counts.local.Add(1)
		return m.local.Load(ctx, name)
	}
	c := m.read(value).conv
	return m.later(ctx, name, c)
}

// later returns what this process kept of the conversation while Redis did not
// answer, if it is the later, and hands it to Redis; else c.
func (m *Memory) later(ctx context.Context, name string, c bot.Conversation) (bot.Conversation, error) {
	kept, err := m.local.Load(ctx, name)
	if err != nil || !kept.At.After(c.At) {
		return c, nil
	}
	saved, err := m.save(ctx, kept, name)
	if err != nil {
		return kept, nil
	}
	if err := m.local.Save(ctx, bot.Conversation{}, name); err != nil || !saved {
		return c, err
	}
	kept.Owners = nil
	return kept, nil
}

// Save implements [bot.Memory].
func (m *Memory) Save(ctx context.Context, c bot.Conversation, names ...string) error {
	if len(names) == 0 {
		return ctx.Err()
	}
	_, err := m.save(ctx, c, names...)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil || err == errTooLarge: //nolint:errorlint // it is never wrapped
		return err
	}
	m.s.counts.local.Add(1)
	return m.local.Save(ctx, c, names...)
}

func (m *Memory) save(ctx context.Context, c bot.Conversation, names ...string) (bool, error) {
	var id [idLen]byte
	_, _ = rand.Read(id[:]) // never fails
	now := m.s.now()
	value, err := encode(c, id, now.Add(m.ttl))
	if err != nil {
		return false, err
	}
	return m.records.save(ctx, value, m.ttl, now.Sub(c.At), names, c.Owners)
}

// Owned implements [bot.Records]. It returns an error while Redis does not
// answer: this process does not know all.
func (m *Memory) Owned(ctx context.Context, owner string) ([]bot.Conversation, error) {
	values, err := m.records.owned(ctx, owner)
	if err != nil {
		return nil, err
	}
	var (
		out  []bot.Conversation
		seen = map[[idLen]byte]bool{}
	)
	for _, v := range values {
		if s := m.read(v); !s.until.IsZero() && !seen[s.id] {
			seen[s.id] = true
			out = append(out, s.conv)
		}
	}
	slices.SortFunc(out, func(a, b bot.Conversation) int { return b.At.Compare(a.At) })
	return out, nil
}

// Forget implements [bot.Records]. While Redis does not answer it erases what
// this process keeps, and returns an error.
func (m *Memory) Forget(ctx context.Context, owner string) error {
	if err := m.local.Forget(ctx, owner); err != nil {
		return err
	}
	return m.records.forget(ctx, owner)
}

// read is what was stored, or the zero value if its time is over or nothing can
// be made of it.
func (m *Memory) read(value []byte) stored {
	if value == nil {
		return stored{}
	}
	s, err := decode(value)
	if err != nil {
		m.s.counts.garbage.Add(1)
		m.garbled.Do(func() {
			m.s.log.Warn("redis: a stored conversation is damaged or of another version; it is taken for a new one, and so are others like it")
		})
		return stored{}
	}
	if !m.s.now().Before(s.until) {
		return stored{}
	}
	return s
}
