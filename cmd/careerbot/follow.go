package main

import (
	"context"
	"fmt"

	"careerbot/bot"
	"careerbot/knowledge"
	"careerbot/knowledge/watch"
)

// follower keeps a bot's catalogue as its folder is. A folder that cannot be
// read whole and without faults never replaces the catalogue that answers.
type follower struct {
	bot  *bot.Bot
	load func() (*knowledge.Catalog, error)
	say  func(string) // hears of every reload, good or refused
}

// reload reads the folder aside, and swaps the catalogue when it is good.
func (f *follower) reload() {
	c, err := f.load()
	if err != nil {
		f.say(fmt.Sprintf("the changed pages are not used, the last good ones answer: %v", err))
		return
	}
	f.bot.Swap(c)
	f.say(fmt.Sprintf("the pages have changed: %d roles", len(c.Roles())))
}

// follow reloads the company's folder, if there is one, each time that it
// changes, until ctx is done.
func (e *env) follow(ctx context.Context, b *bot.Bot, say func(string)) {
	dir := e.getenv("CAREERBOT_CATALOG")
	if dir == "" {
		return
	}
	f := &follower{bot: b, load: e.catalog, say: say}
	if err := watch.Folder(ctx, dir, watch.Settle, f.reload); err != nil {
		say(fmt.Sprintf("the catalogue folder is not followed: %v", err))
	}
}
