package redis

import (
	"context"
	"errors"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	maxBlob = 64 << 10 // bytes; an installation takes about 1 KB
	// blobTime bounds one call. It is no part of a question's budget: without a
	// token nothing can be answered, and most often it is known already.
	blobTime = 500 * time.Millisecond
)

var errLargeBlob = errors.New("redis: the value is too large to be kept")

// Blobs keeps sealed values, which mean nothing without their key: Slack's
// tokens. A value that is not looked at for 400 days is gone. It lasts as well
// as Redis does: with appendonly and appendfsync everysec a power cut takes the
// last second.
type Blobs struct{ s *Store }

// Blobs keeps sealed values by name.
func (s *Store) Blobs() *Blobs { return &Blobs{s} }

// Get returns the value. Nothing stored: false and nil.
func (b *Blobs) Get(ctx context.Context, name string) (value []byte, ok bool, err error) {
	key, err := b.key(ctx, name)
	if err != nil {
		return nil, false, err
	}
	err = b.s.do(ctx, blobTime, func(ctx context.Context) error {
		var got *goredis.StringCmd
		_, err := b.s.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			got = p.Get(ctx, key)
			p.PExpire(ctx, key, longest) // if it may not be written to now, the value is there all the same
			return nil
		})
		if got.Err() == nil {
			value, err = got.Bytes()
		}
		return err
	})
	if err == goredis.Nil { //nolint:errorlint // see do
		return nil, false, nil
	}
	return value, err == nil, err
}

// Put stores the value in place of what was there.
func (b *Blobs) Put(ctx context.Context, name string, value []byte) error {
	if len(value) > maxBlob {
		return errLargeBlob
	}
	key, err := b.key(ctx, name)
	if err != nil {
		return err
	}
	return b.s.do(ctx, blobTime, func(ctx context.Context) error { return b.s.client.Set(ctx, key, value, longest).Err() })
}

// Delete erases the value. Nothing stored is no error.
func (b *Blobs) Delete(ctx context.Context, name string) error {
	key, err := b.key(ctx, name)
	if err != nil {
		return err
	}
	return b.s.do(ctx, blobTime, func(ctx context.Context) error { return b.s.client.Del(ctx, key).Err() })
}

func (b *Blobs) key(ctx context.Context, name string) (string, error) {
	ring, err := b.s.rings(ctx)
	if err != nil {
		return "", err
	}
	return slotted(ring.name("blob", name), "sealed"), nil
}
