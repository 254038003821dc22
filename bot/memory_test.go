package bot_test

import (
	"fmt"
	"testing"

	"careerbot/bot"
	"careerbot/bot/intent"
	"careerbot/bot/memorytest"
)

func TestLocalMemory(t *testing.T) {
	memorytest.Run(t, func(_ *testing.T, clock *memorytest.Clock) bot.Memory {
		return bot.NewLocalMemory(100, memorytest.TimeToLive, clock.Now)
	})
}

func TestLocalMemoryIsBoundedAndTheLongestUnusedGoesFirst(t *testing.T) {
	clock := memorytest.NewClock()
	m := bot.NewLocalMemory(3, memorytest.TimeToLive, clock.Now)
	said := func(role string) bot.Conversation {
		return bot.Conversation{Context: intent.Context{Roles: []string{role}}}
	}
	known := func(key string) bool {
		c, err := m.Load(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		return len(c.Context.Roles) > 0
	}
	for _, key := range []string{"a", "b", "c"} {
		if err := m.Save(t.Context(), said(key), key); err != nil {
			t.Fatal(err)
		}
	}
	if !known("a") { // used now: b is the longest unused
		t.Fatal("a is gone before anything else came")
	}
	if err := m.Save(t.Context(), said("d"), "d"); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(known("a"), known("b"), known("c"), known("d")); got != "true false true true" {
		t.Errorf("a, b, c, d are known: %s", got)
	}
}
