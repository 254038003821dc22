package install

import (
	"context"
	"sync"
	"time"
)

// LockTime is the longest that [Tokens] holds a lock. A lock that ends by
// itself, because its holder may have died, must not end sooner.
const LockTime = 30 * time.Second

// Locker lets one at a time at a workspace's token, over all processes that
// share a [Store]. It must be safe for concurrent use. installtest holds what
// every Locker must do.
type Locker interface {
	// Lock waits for the lock of this key until ctx is done. On success unlock
	// must be called once.
	Lock(ctx context.Context, key string) (unlock func(), err error)
}

// LocalLocker is a Locker in this process. The zero value is ready.
type LocalLocker struct {
	mu    sync.Mutex
	byKey map[string]*localLock
}

type localLock struct {
	turn chan struct{} // holds one value while the lock is held
	used int           // who holds it or waits
}

// Lock implements [Locker].
func (l *LocalLocker) Lock(ctx context.Context, key string) (unlock func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	if l.byKey == nil {
		l.byKey = map[string]*localLock{}
	}
	lock := l.byKey[key]
	if lock == nil {
		lock = &localLock{turn: make(chan struct{}, 1)}
		l.byKey[key] = lock
	}
	lock.used++
	l.mu.Unlock()

	select {
	case lock.turn <- struct{}{}:
		return func() {
			<-lock.turn
			l.leave(key, lock)
		}, nil
	case <-ctx.Done():
		l.leave(key, lock)
		return nil, ctx.Err()
	}
}

func (l *LocalLocker) leave(key string, lock *localLock) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if lock.used--; lock.used == 0 {
		delete(l.byKey, key)
	}
}
