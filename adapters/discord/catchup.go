package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"careerbot/adapters/internal/delivery"
	"careerbot/adapters/internal/rest"

	"careerbot/adapters/internal/redact"
)

// A gateway session that is new has missed what was said before it began, and
// Discord sends it to nobody. It is fetched from the channels where somebody
// spoke to the bot within a day: those of direct messages are listed nowhere.
const (
	missedTime     = 10 * time.Minute // what is older is not answered any more
	channelsTime   = 24 * time.Hour
	mostChannels   = 1000
	channelShelves = 64 // records that they are kept in, each by some of the replicas' channels
	mostOnShelf    = 16
	catchUpPause   = 25 * time.Millisecond // between two channels
	catchUpAgain   = 2 * time.Second       // between two rounds
)

// remember keeps that somebody spoke to the bot in a channel, for a day.
func (a *Adapter) remember(ctx context.Context, m spokenMessage) {
	if at, ok := a.channels.Get(m.ChannelID); ok && time.Since(at.kept) < channelsTime/2 {
		return
	}
	a.channels.Add(m.ChannelID, knownChannel{guild: m.GuildID, kept: time.Now()})
	a.later(ctx, func(ctx context.Context) {
		if err := a.shelve(ctx, m.ChannelID, m.GuildID); err != nil {
			a.log.DebugContext(ctx, "discord: a channel is known to this process only", "error", err)
		}
	})
}

// knownChannel is a channel where somebody spoke to the bot.
type knownChannel struct {
	guild string // "" for a direct one
	kept  time.Time
}

func shelfKey(i int) string { return delivery.Key("discord", "channels", strconv.Itoa(i)) }

// shelve adds a channel to the record of its shelf, the latest first. Two who
// do so at once may lose one, which is added when somebody speaks there again
// with another replica.
func (a *Adapter) shelve(ctx context.Context, channel, guild string) error {
	h := fnv.New32a()
	_, _ = h.Write([]byte(channel)) // a hash takes everything
	key := shelfKey(int(h.Sum32() % channelShelves))
	old, err := a.store.Get(ctx, key)
	if err != nil {
		return err
	}
	entries := []string{channel + ":" + guild}
	for e := range strings.SplitSeq(old, ",") {
		if e != "" && !strings.HasPrefix(e, channel+":") && len(entries) < mostOnShelf {
			entries = append(entries, e)
		}
	}
	return a.store.Set(ctx, key, strings.Join(entries, ","), channelsTime)
}

// recall takes the channels from the records.
func (a *Adapter) recall(ctx context.Context) {
	for i := range channelShelves {
		record, err := a.store.Get(ctx, shelfKey(i))
		if err != nil {
			a.log.DebugContext(ctx, "discord: the channels of earlier are not known", "error", err)
			return
		}
		for e := range strings.SplitSeq(record, ",") {
			channel, guild, ok := strings.Cut(e, ":")
			if ok && !a.channels.Contains(channel) {
				a.channels.Add(channel, knownChannel{guild: guild})
			}
		}
	}
}

// catchUps runs a round each time that it is asked to, one at a time.
func (a *Adapter) catchUps(ctx context.Context) error {
	a.recall(ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-a.missed:
		}
		a.catchUp(ctx)
		if !rest.For(ctx, catchUpAgain) {
			return nil
		}
	}
}

// mayHaveMissed asks for a round.
func (a *Adapter) mayHaveMissed() {
	select {
	case a.missed <- struct{}{}:
	default: // one is due already
	}
}

// catchUp answers what was said to the bot within the last ten minutes and
// heard by no session here. What was answered elsewhere the ledger knows, or
// the channel shows.
func (a *Adapter) catchUp(ctx context.Context) {
	for _, channel := range slices.Backward(a.channels.Keys()) {
		at, ok := a.channels.Peek(channel)
		if !ok {
			continue
		}
		found, err := a.since(ctx, channel, time.Now().Add(-missedTime))
		var r refusal
		switch {
		case ctx.Err() != nil:
			return
		case errors.As(err, &r) && (r.Status == http.StatusForbidden || r.Status == http.StatusNotFound):
			a.channels.Remove(channel)
		case err != nil:
			a.log.WarnContext(ctx, "discord: what was missed in a channel is not known", "error", err)
		}
		for _, m := range found {
			m.ChannelID, m.GuildID = channel, at.guild
			if m.hears(a.selfID()) && !a.seen.Contains(m.ID) {
				a.counts.Missed.Add(1)
				a.later(ctx, func(ctx context.Context) { a.hear(ctx, m, true) })
			}
		}
		if !rest.For(ctx, catchUpPause) {
			return
		}
	}
}

// mostMissed is how many messages of a channel are looked at, the most that the
// API gives at once.
const mostMissed = 100

// since are the messages of a channel since then, the oldest first.
func (a *Adapter) since(ctx context.Context, channel string, then time.Time) ([]spokenMessage, error) {
	ctx, stop := context.WithTimeout(ctx, callTime)
	defer stop()
	after := strconv.FormatInt((then.UnixMilli()-epoch)<<22, 10)
	raw, err := a.rest.RequestWithBucketID(http.MethodGet, discordgo.EndpointChannelMessages(channel)+"?limit="+strconv.Itoa(mostMissed)+"&after="+after, nil, "messages "+channel, a.bounded(ctx)...)
	if err != nil {
		return nil, refused(err)
	}
	var found []spokenMessage
	if err := json.Unmarshal(raw, &found); err != nil {
		return nil, fmt.Errorf("discord: read messages: %w", redact.JSON(err))
	}
	slices.Reverse(found)
	return found, nil
}
