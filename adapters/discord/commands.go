package discord

import (
	"github.com/bwmarrin/discordgo"

	"careerbot/bot"
)

// Translations are the names and descriptions of commands in other languages:
// by language and by path, "career pay region" for an option of a subcommand.
// Names must be as Discord wants them, in small letters and without spaces.
// https://docs.discord.com/developers/interactions/application-commands#localization
type Translations map[discordgo.Locale]map[string]Translation

// Translation is a command or an option in another language. What is "" stays
// English.
type Translation struct{ Name, Description string }

// The names of the commands.
const (
	careerCommand  = "career"
	explainCommand = "Explain the roles"
)

// The names of options.
const (
	optRole     = "role"
	optWith     = "with"
	optFrom     = "from"
	optTo       = "to"
	optRegion   = "region"
	optField    = "field"
	optAbout    = "about"
	optWishes   = "wishes"
	optQuestion = "question"
)

// subcommand is one of /career.
type subcommand struct {
	name, description string
	options           []*discordgo.ApplicationCommandOption
	aliases           []string // other names that people try
}

// subcommands are those of /career, in the order in which they are shown.
var subcommands = []subcommand{
	{"role", "What a role is, and what fills its work", opts(typed(optRole, "A role, such as Data Engineer", true)), []string{"overview", "job", "what", "info"}},
	{"day", "A day in the life of a role", opts(typed(optRole, "A role, such as Data Engineer", true)), []string{"life", "routine", "hours"}},
	{"skills", "What a role asks you to know", opts(typed(optRole, "A role, such as Data Engineer", true)), []string{"abilities", "knowledge"}},
	{"tools", "The software and languages a role works with", opts(typed(optRole, "A role, such as Data Engineer", true)), []string{"languages", "software", "stack"}},
	{"pay", "What a role earns, by region and source", opts(typed(optRole, "A role, such as Data Engineer", true), typed(optRegion, "A country or region, such as Germany", false)), []string{"salary", "earn", "money", "wage"}},
	{"compare", "Two roles side by side", opts(typed(optRole, "One role", true), typed(optWith, "The other role", true), aspects()), []string{"versus", "vs", "difference"}},
	{"path", "The usual way from one role to another", opts(typed(optFrom, "The role you have", true), typed(optTo, "The role you want", true)), []string{"way", "move", "switch", "transition"}},
	{"next", "What comes after a role", opts(typed(optRole, "A role, such as Data Engineer", true)), []string{"progression", "promotion", "after"}},
	{"recommend", "Find a role that suits you", opts(free(optWishes, "What you like and do not like, in your own words", false)), []string{"suggest", "quiz", "suits"}},
	{"list", "The roles of a field, or all fields", opts(typed(optField, "A field, such as Security", false)), []string{"fields", "roles", "all"}},
	{"ask", "Ask in your own words", opts(free(optQuestion, "Your question about roles in IT", true)), []string{"question"}},
	{"region", "Set the region that pay is shown for", opts(typed(optRegion, "A country or region; none to erase it", false)), []string{"country", "settings"}},
	{"help", "What I can be asked", nil, []string{"start", "about"}},
	{"forget", "Erase what is kept about you", nil, []string{"delete", "erase", "reset"}},
	{"about-me", "Show what is kept about you", nil, []string{"me", "data", "privacy", "whoami"}},
}

func opts(o ...*discordgo.ApplicationCommandOption) []*discordgo.ApplicationCommandOption { return o }

// typed is an option that is completed while it is typed.
func typed(name, description string, required bool) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: name, Description: description,
		Required: required, Autocomplete: true, MaxLength: maxChoice}
}

// free is an option of any text.
func free(name, description string, required bool) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: name, Description: description,
		Required: required, MaxLength: min(bot.MaxQuestion, maxInput)}
}

// aspects are what a comparison can be about, by the names of an intent's text
// form.
func aspects() *discordgo.ApplicationCommandOption {
	o := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: optAbout, Description: "What to compare; all of it when you leave it out"}
	for _, c := range [][2]string{{"Pay", "salary"}, {"Skills", "skills"}, {"Tools", "tools"}, {"A day", "day"},
		{"Outlook", "outlook"}, {"Difficulty", "difficulty"}, {"What comes next", "progression"}} {
		o.Choices = append(o.Choices, &discordgo.ApplicationCommandOptionChoice{Name: c[0], Value: c[1]})
	}
	return o
}

// Commands are the definitions that are registered: /career with its
// subcommands, and a command on messages. They are for servers, direct messages
// and private channels, installed for a server or for a person.
func Commands(t Translations) []*discordgo.ApplicationCommand {
	career := &discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: careerCommand, Description: "Ask about roles in IT"}
	career.NameLocalizations, career.DescriptionLocalizations = t.command(careerCommand)
	for _, s := range subcommands {
		path := careerCommand + " " + s.name
		sub := &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: s.name, Description: s.description}
		sub.NameLocalizations, sub.DescriptionLocalizations = t.at(path)
		for _, o := range s.options {
			o := *o
			o.NameLocalizations, o.DescriptionLocalizations = t.at(path + " " + o.Name)
			sub.Options = append(sub.Options, &o)
		}
		career.Options = append(career.Options, sub)
	}
	explain := &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: explainCommand}
	explain.NameLocalizations, _ = t.command(explainCommand)
	all := []*discordgo.ApplicationCommand{career, explain}
	for _, c := range all {
		c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
		c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
	}
	return all
}

// at are the names and descriptions at the path, nil where there are none.
func (t Translations) at(path string) (names, descriptions map[discordgo.Locale]string) {
	put := func(m *map[discordgo.Locale]string, l discordgo.Locale, s string) {
		if s == "" {
			return
		}
		if *m == nil {
			*m = map[discordgo.Locale]string{}
		}
		(*m)[l] = s
	}
	for l, paths := range t {
		put(&names, l, paths[path].Name)
		put(&descriptions, l, paths[path].Description)
	}
	return names, descriptions
}

func (t Translations) command(path string) (names, descriptions *map[discordgo.Locale]string) {
	n, d := t.at(path)
	if n != nil {
		names = &n
	}
	if d != nil {
		descriptions = &d
	}
	return names, descriptions
}
