package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"careerbot/adapters/discord"
	"careerbot/adapters/redis"
	"careerbot/adapters/slack"
	"careerbot/adapters/slack/install"
	"careerbot/bot"
)

// shared is what the replicas share: in Redis when the environment names one,
// else in this process.
type shared struct {
	log    *slog.Logger
	redis  *redis.Store // nil for none
	memory bot.Memory
	seen   atomic.Bool // Redis has answered as it must at least once
}

// mostTalks is how many conversations a process keeps on its own.
const mostTalks = 100_000

func (e *env) shared(log *slog.Logger) (*shared, error) {
	r, err := e.redis(log)
	if err != nil {
		return nil, err
	}
	s := &shared{log: log, redis: r}
	if r == nil {
		s.memory = bot.NewLocalMemory(mostTalks, bot.TimeToLive, time.Now)
		return s, nil
	}
	s.memory = r.Memory(bot.TimeToLive)
	return s, nil
}

// lookAgain is how often a Redis is looked at that has never answered.
const lookAgain = 2 * time.Second

// follow looks at Redis until it has answered as it must once. From then on
// answers do not hang on it, whatever becomes of it.
func (s *shared) follow(ctx context.Context) {
	if s.redis == nil {
		s.seen.Store(true)
		return
	}
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for first := true; !look(ctx, s.redis, s.log, first); first = false {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
	s.log.Info("Redis answers")
	s.seen.Store(true)
}

// fault is what is wrong with Redis now, "" for nothing.
func (s *shared) fault() string {
	switch {
	case s.redis == nil:
		return ""
	case !s.seen.Load():
		return "Redis has not answered yet"
	case !s.redis.Answers():
		return "Redis does not answer: questions that name their role are answered, follow-ups may be asked back"
	}
	return ""
}

// slack has Slack's adapter keep what replicas share in Redis, if there is one.
func (s *shared) slack(cfg *slack.Config) {
	if s.redis == nil {
		return
	}
	cfg.Within = redis.Budget
	cfg.Settings = s.redis.Settings()
	cfg.Ledger, cfg.Outbox = s.redis.Ledger("slack"), s.redis.Outbox("slack")
	cfg.Limiter = s.redis.Limiter()
}

// discord does so for Discord's, whose replicas share its shards out besides.
func (s *shared) discord(cfg *discord.Config) {
	if s.redis == nil {
		return
	}
	cfg.Within = redis.Budget
	cfg.Settings = s.redis.Settings()
	cfg.Ledger, cfg.Outbox = s.redis.Ledger("discord"), s.redis.Outbox("discord")
	cfg.Limiter = s.redis.Limiter()
	cfg.Replicas = s.redis.Roll("discord")
}

// tokens is where the tokens of workspaces are kept: in the folder, if one is
// named, else in Redis.
func (s *shared) tokens(dir string, keys install.Keys) (install.Store, error) {
	if dir == "" {
		return install.NewSealed(s.redis.Blobs(), keys), nil
	}
	store, err := install.OpenFile(dir, keys)
	if err != nil {
		return nil, fmt.Errorf("SLACK_TOKEN_DIR: %w", err)
	}
	return store, nil
}

// locker keeps two replicas from renewing one token at once; nil is for one
// process.
func (s *shared) locker() install.Locker {
	if s.redis == nil {
		return nil
	}
	return s.redis.Locker()
}

// mostInstalls is how many installations may be under way at once.
const mostInstalls = 1000

// states remembers installations that are under way.
func (s *shared) states() install.States {
	if s.redis == nil {
		return install.NewLocalStates(mostInstalls, time.Now)
	}
	return s.redis.States()
}

func (s *shared) close() {
	if s.redis == nil {
		return
	}
	if err := s.redis.Close(); err != nil {
		s.log.Warn("Redis: could not be left in order", "error", err)
	}
}
