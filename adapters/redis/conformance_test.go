package redis

import (
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"careerbot/adapters/internal/settings"
	"careerbot/adapters/internal/settings/settingstest"
	"careerbot/adapters/slack/install"
	"careerbot/adapters/slack/install/installtest"
	"careerbot/bot"
	"careerbot/bot/memorytest"
)

// What is kept here serves without its package being known.
var (
	_ bot.Memory     = (*Memory)(nil)
	_ settings.Store = (*Settings)(nil)
	_ install.Blobs  = (*Blobs)(nil)
	_ install.States = (*States)(nil)
	_ install.Locker = (*Locker)(nil)
)

func TestOnEveryTopology(t *testing.T) {
	onEach(t, func(t *testing.T, open func(t *testing.T, now func() time.Time) *Store, _ func(t *testing.T) []*goredis.Client) {
		t.Run("memory", func(t *testing.T) {
			memorytest.Run(t, func(t *testing.T, clock *memorytest.Clock) bot.Memory {
				return unfailing(t, open(t, clock.Now)).Memory(memorytest.TimeToLive)
			})
		})
		t.Run("settings", func(t *testing.T) {
			settingstest.Run(t, func(t *testing.T, clock *memorytest.Clock) settings.Store {
				return unfailing(t, open(t, clock.Now)).Settings()
			})
		})
		t.Run("blobs", func(t *testing.T) {
			installtest.RunBlobs(t, func(t *testing.T) install.Blobs { return unfailing(t, open(t, time.Now)).Blobs() })
		})
		t.Run("states", func(t *testing.T) {
			installtest.RunStates(t, func(t *testing.T, clock *installtest.Clock) install.States {
				return unfailing(t, open(t, clock.Now)).States()
			})
		})
		t.Run("locks", func(t *testing.T) {
			installtest.RunLocker(t, func(t *testing.T) install.Locker { return unfailing(t, open(t, time.Now)).Locker() })
		})
	})
}

// unfailing fails the test if this process had to stand in for Redis, which
// would prove nothing.
func unfailing(t *testing.T, s *Store) *Store {
	t.Cleanup(func() {
		if c := s.Counts(); c.Timeouts+c.Unreachable+c.Refused+c.Spared+c.Spent+c.Local+c.Garbage > 0 {
			t.Errorf("Redis did not serve all: %+v", c)
		}
	})
	return s
}
