package main

import (
	"fmt"
	"strings"

	"careerbot/adapters/discord"
	"careerbot/adapters/slack/install"
)

// printConfig prints what is in force, as lines NAME=value under the name of
// what they belong to. No secret is shown. The error is the first that serve
// would end with.
func (e *env) printConfig() error {
	var b strings.Builder
	var first error
	for i, g := range variables {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "# %s%s\n", g.name, e.standing(g.name))
		for _, v := range g.variables {
			line, err := e.inForce(v)
			if first == nil {
				first = err
			}
			b.WriteString(line)
		}
	}
	if _, err := e.stdout.Write([]byte(b.String())); err != nil {
		return err
	}
	return first
}

// standing is what comes of a group's variables, with a colon before it; "" for
// nothing that they would not say themselves.
func (e *env) standing(group string) string {
	door, err := "", error(nil)
	switch group {
	case "Slack":
		door, err = e.slackDoor()
	case "Discord":
		var mode discord.Mode
		mode, err = e.discordMode()
		door = string(mode)
	case "Redis":
		if e.getenv("REDIS_URL")+e.getenv("REDIS_URL_FILE")+e.getenv("REDIS_ADDRS") == "" {
			return ": not set"
		}
		return ""
	default:
		return ""
	}
	switch {
	case err != nil:
		return ": not answered on: " + strings.TrimPrefix(err.Error(), "discord: ")
	case door == "":
		return ": not set"
	}
	return ": " + door
}

// inForce is a variable's line, "" where nothing holds.
func (e *env) inForce(v variable) (string, error) {
	value, file := e.getenv(v.name), ""
	if v.secretly() {
		s, err := e.secret(v.name)
		if err != nil {
			return fmt.Sprintf("# %s cannot be used\n", v.name), err
		}
		value, file = s.Reveal(), e.getenv(v.name+"_FILE")
	}
	switch {
	case value == "" && v.usual == "":
		return "", nil
	case value == "":
		return fmt.Sprintf("%s=%s # by default\n", v.name, v.usual), nil
	case v.kind == hidden:
		value = install.NewSecret(value).String()
	case v.kind != plain:
		value = bare(value)
	}
	if file != "" {
		return fmt.Sprintf("%s=%s # from %s\n", v.name, value, file), nil
	}
	return fmt.Sprintf("%s=%s\n", v.name, value), nil
}

// bare is an address without the user and password that it may hold, even one
// that is written wrongly: all between the scheme and the last @, and what
// follows a ?.
func bare(address string) string {
	mask := secret{}.String()
	if at := strings.LastIndexByte(address, '@'); at >= 0 {
		scheme, _, found := strings.Cut(address[:at], "://")
		if !found {
			return mask
		}
		address = scheme + "://" + mask + address[at:]
	}
	if before, _, found := strings.Cut(address, "?"); found {
		address = before + "?" + mask
	}
	return address
}
