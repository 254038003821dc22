package delivery

import (
	"bytes"
	"container/heap"
	"context"
	"fmt"
	"sync"
	"time"
)

// box holds the letters of a [Local], which guards it.
type box struct {
	lanes   map[string]*lane
	idle    idle // the lanes that nobody sends from
	pauses  pauses
	n, dead int
	changed chan struct{} // closed when a lane may be due earlier than was known
}

// lane is never empty.
type lane struct {
	letters []*Letter
	at      time.Time // not due before; it may turn out to be later still
}

// idle is a heap, what is due first on top.
type idle []*lane

func (h idle) Len() int           { return len(h) }
func (h idle) Less(i, j int) bool { return h[i].at.Before(h[j].at) }
func (h idle) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *idle) Push(x any)        { *h = append(*h, x.(*lane)) }
func (h *idle) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return x
}

// Put implements [Outbox].
func (l *Local) Put(ctx context.Context, nonce string, letter Letter) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("delivery: put: %w", err)
	}
	letter.Payload = bytes.Clone(letter.Payload)
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if letter.Since.IsZero() {
		letter.Since = now
	}
	c := l.find(letter.Key, now)
	switch {
	case c != nil && c.state != Held:
		return nil
	case c != nil && c.nonce != nonce:
		return fmt.Errorf("delivery: put: %w", ErrLost)
	case l.box.n >= l.letters, c == nil && !l.room(now):
		return fmt.Errorf("delivery: put: %w", ErrFull)
	}
	if c == nil {
		c = &claim{key: letter.Key, nonce: nonce}
		l.byKey[letter.Key] = c
	}
	l.turn(c, Queued, now)
	l.box.put(&letter, now)
	return nil
}

func (b *box) put(l *Letter, now time.Time) {
	b.n++
	if ln := b.lanes[l.Lane]; ln != nil {
		ln.letters = append(ln.letters, l)
		return
	}
	ln := &lane{letters: []*Letter{l}, at: now}
	b.lanes[l.Lane] = ln
	heap.Push(&b.idle, ln)
	b.wake()
}

func (b *box) wake() {
	close(b.changed)
	b.changed = make(chan struct{})
}

// drop takes the lane's first letter out. The lane must not be idle.
func (b *box) drop(ln *lane) {
	if len(ln.letters) == 1 {
		delete(b.lanes, ln.letters[0].Lane)
	}
	ln.letters[0] = nil
	ln.letters = ln.letters[1:]
	b.n--
}

// Waiting implements [Outbox].
func (l *Local) Waiting(ctx context.Context, lane string) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, fmt.Errorf("delivery: waiting: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.box.lanes[lane] != nil, nil
}

// Depth implements [Outbox].
func (l *Local) Depth(ctx context.Context) (Depth, error) {
	if err := ctx.Err(); err != nil {
		return Depth{}, fmt.Errorf("delivery: depth: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	d := Depth{Waiting: l.box.n, Dead: l.box.dead}
	for _, ln := range l.box.lanes {
		for _, letter := range ln.letters {
			if d.Oldest.IsZero() || letter.Since.Before(d.Oldest) {
				d.Oldest = letter.Since
			}
		}
	}
	return d, nil
}

// Run implements [Outbox].
func (l *Local) Run(ctx context.Context, send Sender) error {
	l.work(ctx, send, true)
	return nil
}

// Drain implements [Drainer].
func (l *Local) Drain(ctx context.Context, send Sender) (int, error) {
	l.work(ctx, send, false)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return l.box.n, fmt.Errorf("delivery: drain: %w", err)
	}
	return l.box.n, nil
}

// work sends letters until ctx is done or, unless it is to wait, nothing is due.
func (l *Local) work(ctx context.Context, send Sender, wait bool) {
	var workers sync.WaitGroup
	for range l.workers {
		workers.Go(func() {
			for {
				ln, letter := l.take(ctx, wait)
				if ln == nil {
					return
				}
				l.settle(ln, send(context.WithoutCancel(ctx), letter))
			}
		})
	}
	workers.Wait()
}

// take gives the caller alone a lane whose first letter is due, and that letter.
func (l *Local) take(ctx context.Context, wait bool) (*lane, Letter) {
	for ctx.Err() == nil {
		l.mu.Lock()
		ln, at := l.due(time.Now())
		changed := l.box.changed
		var letter Letter
		if ln != nil {
			letter = *ln.letters[0]
		}
		l.mu.Unlock()
		if ln != nil {
			return ln, letter
		}
		if !wait {
			break
		}
		if at.IsZero() {
			select {
			case <-ctx.Done():
			case <-changed:
			}
			continue
		}
		timer := time.NewTimer(time.Until(at))
		select {
		case <-ctx.Done():
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
	return nil, Letter{}
}

// due takes a lane from the idle ones that may be sent from, or says when the
// next may be; zero: none waits.
func (l *Local) due(now time.Time) (*lane, time.Time) {
	b := &l.box
	for len(b.idle) > 0 {
		ln := b.idle[0]
		if ln.at.After(now) {
			return nil, ln.at
		}
		first := ln.letters[0]
		if end := first.Since.Add(l.terms.GiveUp); now.Before(end) {
			at := b.pauses.until(first.Lane, first.Group, now)
			if first.NotBefore.After(at) {
				at = first.NotBefore
			}
			if at.After(now) {
				if at.After(end) {
					at = end
				}
				ln.at = at
				heap.Fix(&b.idle, 0)
				continue
			}
			heap.Pop(&b.idle)
			return ln, time.Time{}
		}
		heap.Pop(&b.idle)
		l.bury(ln, Result{}, now)
		l.restore(ln, now)
	}
	return nil, time.Time{}
}

// settle takes note of how the lane's first letter went, and gives the lane back.
func (l *Local) settle(ln *lane, r Result) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	first := ln.letters[0]
	first.Tries++
	switch r.Outcome {
	case Sent:
		l.turn(l.byKey[first.Key], Done, now)
		l.box.drop(ln)
	case Never:
		l.bury(ln, r, now)
	default:
		first.Ambiguous = first.Ambiguous || r.Outcome != Later
		first.NotBefore = now.Add(l.terms.Pause(r, first.Tries))
		if r.After > 0 {
			l.box.pauses.add(first, r.Wide, first.NotBefore, now)
		}
	}
	l.restore(ln, now)
}

// bury gives up the lane's first letter.
func (l *Local) bury(ln *lane, r Result, now time.Time) {
	first := ln.letters[0]
	l.log.Error("delivery: answer given up", "tries", first.Tries, "age", now.Sub(first.Since), "err", r.Err)
	l.turn(l.byKey[first.Key], Done, now)
	l.box.drop(ln)
	l.box.dead++
}

// restore makes the lane idle again, if there are letters left in it.
func (l *Local) restore(ln *lane, now time.Time) {
	if len(ln.letters) == 0 {
		return
	}
	ln.at = now // due looks closer; who waits longer comes first
	heap.Push(&l.box.idle, ln)
	l.box.wake()
}
