// Package rest waits between two tries, for as long as somebody wants it to.
package rest

import (
	"context"
	"time"
)

// For waits for d and says whether ctx is still on. When ctx is done it returns
// at once.
func For(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
