package discord

import (
	"context"
	"slices"
	"strings"

	"careerbot/adapters/internal/spoken"
	"careerbot/bot"
)

// command answers a command: what it returns is the response, which the asker
// alone sees.
func (a *Adapter) command(ctx context.Context, in interaction) []byte {
	a.counts.Commands.Add(1)
	if in.Data.TargetID != "" || in.Data.Type > 1 {
		return a.privately(a.explain(in), in)
	}
	name, v, _ := in.subcommand()
	return a.privately(a.subcommand(ctx, in, name, v), in)
}

func (a *Adapter) subcommand(ctx context.Context, in interaction, name string, v values) bot.Answer {
	p := in.place()
	switch name {
	case "", "help":
		return a.ask(ctx, p, "help")
	case "forget":
		return a.core.Forget(ctx, p.person(), a.store.Forget(ctx, p.person()))
	case "about-me":
		return a.about(ctx, p)
	case "region":
		return a.chooseRegion(ctx, p, v[optRegion])
	}
	if region := v[optRegion]; region != "" && name == "pay" {
		full, ok := a.knownRegion(region)
		if !ok {
			return a.noRegion(v, region)
		}
		v[optRegion] = full
	}
	if field := v[optField]; field != "" && name == "list" && !strings.EqualFold(field, "all") {
		full, ok := has(a.fields(), field)
		if !ok {
			return a.noField(field)
		}
		v[optField] = full
	}
	q := a.question(name, v)
	if q == "" {
		return a.unknownSubcommand(name)
	}
	answer := a.ask(ctx, p, q)
	if o := unknownOption(name, v); o != "" {
		answer.Parts = append(answer.Parts, bot.Note{Text: "I do not know the option “" + short(o, maxLabel) + "”, so I answered without it."})
		answer.Tag = "" // no longer what others get
	}
	return answer
}

// ask asks the core.
func (a *Adapter) ask(ctx context.Context, p place, text string) bot.Answer {
	return a.core.Ask(ctx, bot.Question{Text: text, Conversation: p.conversation(), Owners: p.owners(),
		FindRegion: func() string { return a.region(ctx, p) }})
}

// explain says what the roles are that a message names.
func (a *Adapter) explain(in interaction) bot.Answer {
	m, ok := in.Data.Resolved.Messages[in.Data.TargetID]
	if !ok {
		return stale("That command")
	}
	return a.core.Explain(m.Content)
}

// region is the person's choice, "" if there is none or it cannot be known.
func (a *Adapter) region(ctx context.Context, p place) string {
	region, err := a.store.Get(ctx, p.regionKey())
	if err != nil {
		a.log.WarnContext(ctx, "discord: settings: cannot be read", "error", err)
	}
	return region
}

// about says what is kept about the person.
func (a *Adapter) about(ctx context.Context, p place) bot.Answer {
	return spoken.About(ctx, a.core, p.person(), a.region(ctx, p))
}

// chooseRegion keeps the person's region for pay; "" erases it.
func (a *Adapter) chooseRegion(ctx context.Context, p place, typed string) bot.Answer {
	answer := bot.Answer{Kind: bot.Help, Title: "Your region", Lead: "Your region for pay is erased."}
	region := ""
	if typed != "" {
		var ok bool
		if region, ok = a.knownRegion(typed); !ok {
			answer.Kind = bot.Unknown
			answer.Lead = "I have no pay for a region of that name, so your region stays as it is." + a.regionsLike(typed)
			return answer
		}
		answer.Lead = "Pay is shown for " + region + " from now on when you name no region. Only you see this; /career forget erases it."
	}
	if err := a.store.Set(ctx, p.regionKey(), region, regionTime, p.owners()...); err != nil {
		a.log.WarnContext(ctx, "discord: settings: cannot be kept", "error", err)
		answer.Kind, answer.Lead = bot.Partial, "I cannot keep your region just now. Please try again in a minute."
	}
	return answer
}

// knownRegion is the region that was typed, as it is spelt.
func (a *Adapter) knownRegion(typed string) (string, bool) {
	if full, ok := regionAliases[strings.ToLower(typed)]; ok {
		typed = full
	}
	return has(a.regions(), typed)
}

// regionsLike is a sentence that names regions with nearly that name.
func (a *Adapter) regionsLike(typed string) string {
	if found := near(typed, a.regions(), 3); len(found) > 0 && len(found) < len(a.regions()) {
		return " Do you mean " + or(found) + "?"
	}
	return ""
}

// noRegion says that there is no pay for a region, and offers those of nearly
// that name.
func (a *Adapter) noRegion(v values, typed string) bot.Answer {
	answer := bot.Answer{Kind: bot.Unknown, Title: "No such region", Lead: "I have no pay for a region called “" + short(typed, maxLabel) + "”."}
	answer.Lead += a.regionsLike(typed)
	role, ok := a.role(v[optRole])
	if !ok {
		return answer
	}
	for _, region := range near(typed, a.regions(), 3) {
		answer.Actions = append(answer.Actions, bot.Action{Label: "Pay in " + region, Ask: "pay " + role.ID + " in:" + dashed(region)})
	}
	answer.Actions = append(answer.Actions, bot.Action{Label: "Pay in any region", Ask: "pay " + role.ID})
	return answer
}

// noField says that there is no field of that name, and offers others.
func (a *Adapter) noField(typed string) bot.Answer {
	answer := bot.Answer{Kind: bot.Unknown, Title: "No such field", Lead: "I have no field called “" + short(typed, maxLabel) + "”."}
	found := near(typed, a.fields(), 3)
	if len(found) > 0 {
		answer.Lead += " Do you mean " + or(found) + "?"
	}
	for _, f := range found {
		answer.Actions = append(answer.Actions, bot.Action{Label: f, Ask: "list field:" + dashed(f)})
	}
	answer.Actions = append(answer.Actions, bot.Action{Label: "All fields", Ask: "list field:all"})
	return answer
}

// unknownSubcommand names the nearest subcommand to one of another release.
func (a *Adapter) unknownSubcommand(name string) bot.Answer {
	a.counts.Unknown.Add(1)
	answer := bot.Answer{Kind: bot.Unknown, Title: "An unknown command", Lead: "I have no command /career " + short(name, 32) + ". /career help says what I can be asked."}
	if s := nearestSubcommand(name); s != "" {
		answer.Lead = "I have no command /career " + short(name, 32) + ". The nearest is /career " + s + "."
	}
	return answer
}

// nearestSubcommand is the subcommand whose name or alias is nearest, "" if
// none is near.
func nearestSubcommand(name string) string {
	of := map[string]string{}
	var names []string
	for _, s := range subcommands {
		for _, n := range append([]string{s.name}, s.aliases...) {
			if _, taken := of[n]; !taken {
				of[n] = s.name
				names = append(names, n)
			}
		}
	}
	if found := near(name, names, 1); len(found) > 0 && name != "" {
		return of[found[0]]
	}
	return ""
}

// unknownOption is an option that the subcommand does not have, "" if it has
// all.
func unknownOption(name string, v values) string {
	at := slices.IndexFunc(subcommands, func(s subcommand) bool { return s.name == name })
	if at < 0 {
		return ""
	}
	known := map[string]bool{}
	for _, o := range subcommands[at].options {
		known[o.Name] = true
	}
	var unknown []string
	for o := range v {
		if !known[o] {
			unknown = append(unknown, o)
		}
	}
	if len(unknown) == 0 {
		return ""
	}
	return slices.Min(unknown)
}

func stale(what string) bot.Answer {
	return bot.Answer{Kind: bot.Unknown, Title: "From before a change", Lead: what + " is from before a change and no longer works. Type /career and choose what you want to know."}
}

// or joins names: "a, b or c".
func or(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
