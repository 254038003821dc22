package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// Register has Discord know the commands, and says whether it had to be told:
// it is told only when what it knows differs, since it takes 200 new commands a
// day.
// https://docs.discord.com/developers/interactions/application-commands#registering-a-command
func (a *Adapter) Register(ctx context.Context) (changed bool, err error) {
	ctx, stop := context.WithTimeout(ctx, 2*callTime)
	defer stop()
	wanted := a.wantedCommands()
	known, err := a.rest.ApplicationCommands(a.cfg.ApplicationID, a.cfg.Guild, a.bounded(ctx)...)
	if err != nil && !unreadable(err) {
		return false, fmt.Errorf("discord: ask which commands are registered: %w", registering(err))
	}
	if err == nil && same(wanted, known) {
		return false, nil
	}
	if _, err = a.rest.ApplicationCommandBulkOverwrite(a.cfg.ApplicationID, a.cfg.Guild, wanted, a.bounded(ctx)...); err != nil && !unreadable(err) {
		return false, fmt.Errorf("discord: register the commands: %w", registering(err))
	}
	a.log.InfoContext(ctx, "discord: commands registered", "commands", len(wanted))
	return true, nil
}

// wantedCommands are the commands as they are registered: those of one server
// have no say in where they are installed.
func (a *Adapter) wantedCommands() []*discordgo.ApplicationCommand {
	if a.cfg.Guild == "" {
		return a.commands
	}
	var out []*discordgo.ApplicationCommand
	for _, c := range a.commands {
		c := *c
		c.Contexts, c.IntegrationTypes = nil, nil
		out = append(out, &c)
	}
	return out
}

// unreadable says whether Discord did what it was asked, and said it in a way
// that discordgo does not read.
func unreadable(err error) bool { return errors.Is(err, discordgo.ErrJSONUnmarshal) }

// registering says what Discord had against it, without the request.
func registering(err error) error {
	var r refusal
	if err = refused(err); errors.As(err, &r) {
		switch {
		case r.Status == http.StatusUnauthorized:
			return errToken
		case r.Code == codeUnknownApplication || r.Code == codeNotItsApplication:
			return errApplication
		}
	}
	return err
}

// same says whether two lists of commands are the same to people: their order,
// and what Discord adds, do not count.
func same(a, b []*discordgo.ApplicationCommand) bool {
	x, errX := normalised(a)
	y, errY := normalised(b)
	return errX == nil && errY == nil && reflect.DeepEqual(x, y)
}

// normalised are the commands by kind and name, as JSON without ids and without
// what is not set.
func normalised(commands []*discordgo.ApplicationCommand) (map[string]any, error) {
	out := map[string]any{}
	for _, c := range commands {
		c := *c
		c.ID, c.ApplicationID, c.GuildID, c.Version = "", "", "", ""
		if c.Type == 0 {
			c.Type = discordgo.ChatApplicationCommand
		}
		b, err := json.Marshal(c)
		if err != nil {
			return nil, fmt.Errorf("discord: normalise a command: %w", err)
		}
		var fields map[string]any
		if err := json.Unmarshal(b, &fields); err != nil {
			return nil, fmt.Errorf("discord: normalise a command: %w", err)
		}
		delete(fields, "default_permission") // both are out of use, and sent all the same
		delete(fields, "dm_permission")
		for _, list := range []string{"contexts", "integration_types"} {
			if l, ok := fields[list].([]any); ok {
				slices.SortFunc(l, func(a, b any) int { return int(a.(float64) - b.(float64)) })
			}
		}
		out[fmt.Sprint(c.Type, " ", c.Name)] = set(fields)
	}
	return out, nil
}

// set leaves out what is null, false, 0, "" or empty, at every depth.
func set(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			if e = set(e); e == nil {
				delete(v, k)
			} else {
				v[k] = e
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			if e := set(v[i]); e != nil {
				v[i] = e
			}
		}
		if len(v) == 0 {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}
