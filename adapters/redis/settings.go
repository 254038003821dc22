package redis

import (
	"context"
	"encoding/binary"
	"errors"
	"sync"
	"time"

	"careerbot/adapters/internal/settings"
)

const (
	settingVersion = 1
	maxSetting     = 1 << 10 // bytes; a region's name takes twenty
	// localSettings and localSettingTime bound what this process keeps while
	// Redis does not answer.
	localSettings    = 10_000
	localSettingTime = 30 * time.Minute
)

var errLongSetting = errors.New("redis: the setting is too long to be kept")

// Settings is a [settings.Store] in Redis. While Redis does not answer, what is
// set is kept in this process for half an hour at most, and Set returns an
// error, since it will not last.
type Settings struct {
	s       *Store
	records records
	local   *settings.Local
	garbled sync.Once
}

// Settings keeps what people choose.
func (s *Store) Settings() *Settings {
	return &Settings{s: s, records: records{s, "setting"}, local: settings.NewLocal(localSettings, s.now)}
}

// Get implements [settings.Store]. While Redis does not answer it returns what
// this process was told meanwhile, or an error.
func (t *Settings) Get(ctx context.Context, key string) (string, error) {
	value, err := t.records.load(ctx, key)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err == nil:
		return t.read(value), nil
	}
	kept, lost := t.local.Get(ctx, key)
	if lost != nil || kept == "" {
		return "", err
	}
	t.s.counts.local.Add(1)
	return kept, nil
}

// Set implements [settings.Store].
func (t *Settings) Set(ctx context.Context, key, value string, ttl time.Duration, owners ...string) error {
	if len(value) > maxSetting {
		return errLongSetting
	}
	err := t.set(ctx, key, value, min(ttl, longest), owners)
	if err == nil || ctx.Err() != nil {
		return err
	}
	t.s.counts.local.Add(1)
	if lost := t.local.Set(ctx, key, value, min(ttl, localSettingTime), owners...); lost != nil {
		return lost
	}
	return err
}

func (t *Settings) set(ctx context.Context, key, value string, ttl time.Duration, owners []string) error {
	if value == "" {
		return t.records.erase(ctx, key)
	}
	ring, err := t.s.rings(ctx)
	if err != nil {
		return err
	}
	b := binary.AppendVarint([]byte{settingVersion}, t.s.now().Add(ttl).UnixMilli())
	sealed, err := ring.seal(sealedSettings, append(b, value...)) // whose talk a thread is names a person
	if err != nil {
		return err
	}
	_, err = t.records.save(ctx, sealed, ttl, 0, []string{key}, owners)
	return err
}

// Forget implements [settings.Store]. While Redis does not answer it erases what
// this process keeps, and returns an error.
func (t *Settings) Forget(ctx context.Context, owner string) error {
	if err := t.local.Forget(ctx, owner); err != nil {
		return err
	}
	return t.records.forget(ctx, owner)
}

const sealedSettings = "settings"

// opened is what was sealed, nil if the key is another.
func (t *Settings) opened(sealed []byte) []byte {
	ring := t.s.ring.Load() // that of the look-up a moment ago
	if ring == nil {
		return nil
	}
	b, err := ring.open(sealedSettings, sealed)
	if err != nil {
		return nil
	}
	return b
}

// read is the value, or "" if its time is over or nothing can be made of it.
func (t *Settings) read(value []byte) string {
	if value == nil {
		return ""
	}
	r := reader{b: t.opened(value)}
	known := r.byte() == settingVersion
	until := r.varint()
	if r.bad || !known || len(r.b) > maxSetting {
		t.s.counts.garbage.Add(1)
		t.garbled.Do(func() {
			t.s.log.Warn("redis: a stored setting is damaged or of another version; it is taken for one never made, and so are others like it")
		})
		return ""
	}
	if !t.s.now().Before(time.UnixMilli(until)) {
		return ""
	}
	return string(r.b)
}
