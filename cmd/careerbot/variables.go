package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"careerbot/adapters/discord"
)

// variable is one that the environment may set.
type variable struct {
	name  string
	kind  kind
	usual string // what holds where it is not set; "" for nothing
	about string
}

// kind is how a variable is read and shown.
type kind uint8

const (
	plain   kind = iota
	address      // shown without the user and password that it may hold
	hidden       // a secret: it may stand in a file that NAME_FILE names, and is never shown
	sealed       // an address that is a secret too, since it mostly holds a password
)

// secretly says whether the variable may stand in a file.
func (v variable) secretly() bool { return v.kind == hidden || v.kind == sealed }

// group are the variables of one thing.
type group struct {
	name      string
	variables []variable
}

// variables are all that the environment may set, as help shows them. What is
// read and missing here fails a test.
var variables = []group{
	{"Slack", []variable{
		{"SLACK_BOT_TOKEN", hidden, "", "the bot's token, xoxb-…"},
		{"SLACK_APP_TOKEN", hidden, "", "the app-level token, xapp-…: Socket Mode"},
		{"SLACK_SIGNING_SECRET", hidden, "", "checks that requests are Slack's: HTTP"},
		{"SLACK_MODE", plain, "", "http or socket, where both could be"},
		{"SLACK_API_URL", address, slackAPI, "in place of Slack's API, for a proxy"},
		{"SLACK_RESPONSE_URL_HOSTS", plain, "hooks.slack.com", "hosts that answers may be sent to, with commas between"},
		{"SLACK_CLIENT_ID", plain, "", "of an app that several workspaces install"},
		{"SLACK_CLIENT_SECRET", hidden, "", "the same app's"},
		{"SLACK_REDIRECT_URL", address, "", "where the installation comes back to"},
		{"SLACK_TOKEN_DIR", plain, "", "a folder for the workspaces' tokens; without it Redis"},
		{"SLACK_TOKEN_KEY", hidden, "", "seals these tokens"},
		{"SLACK_TOKEN_KEYS_OLD", hidden, "", "keys that sealed them before, with commas between"},
	}},
	{"Discord", []variable{
		{"DISCORD_TOKEN", hidden, "", "the bot's token"},
		{"DISCORD_APPLICATION_ID", plain, "", "the application's id"},
		{"DISCORD_PUBLIC_KEY", plain, "", "checks that requests are Discord's: HTTP"},
		{"DISCORD_MODE", plain, "", "gateway, http or both; without it both where there is a public key"},
		{"DISCORD_API_URL", address, discord.DefaultAPI, "in place of Discord's API, for a proxy"},
		{"DISCORD_GUILD", plain, "", "registers the commands in this one server, at once"},
	}},
	{"Redis", []variable{
		{"REDIS_URL", sealed, "", "redis://user:password@host:6379/0, rediss:// for TLS"},
		{"REDIS_ADDRS", plain, "", "host:port of Sentinels or of a Cluster's nodes, with commas between"},
		{"REDIS_MASTER_NAME", plain, "", "the master's name: the addresses are Sentinels"},
		{"REDIS_CLUSTER", plain, "", "1: the one address is a node of a Cluster"},
		{"REDIS_USERNAME", plain, "", "in place of the address's"},
		{"REDIS_PASSWORD", hidden, "", "in place of the address's"},
		{"REDIS_SENTINEL_USERNAME", plain, "", "the Sentinels'"},
		{"REDIS_SENTINEL_PASSWORD", hidden, "", "the Sentinels'"},
		{"REDIS_TLS", plain, "", "1: TLS with REDIS_ADDRS"},
		{"REDIS_CA_FILE", plain, "", "whom to believe, in PEM; it means TLS"},
		{"CAREERBOT_KEY", hidden, "", "what ids in Redis are hashed with; without it a key in Redis"},
		{"DELIVERY_LEASE", plain, "8s", "how long a claim on a message lives"},
	}},
	{"Pages", []variable{
		{"CAREERBOT_CATALOG", plain, "", "a folder of your own pages, laid over the built-in ones"},
		{"CAREERBOT_BASE", plain, "embedded", "none leaves the built-in pages out"},
	}},
	{"Network", []variable{
		{"LISTEN_ADDR", plain, listenAddress, "for the platforms' requests, /healthz and /readyz"},
		{"ADMIN_ADDR", plain, adminAddress, "for the operator: /metrics"},
		{"HTTPS_PROXY", address, "", "what goes out goes through it"},
		{"NO_PROXY", plain, "", "hosts that are reached without it"},
	}},
}

// known are the names of all variables, those of files among them.
func known() []string {
	var out []string
	for _, g := range variables {
		for _, v := range g.variables {
			out = append(out, v.name)
			if v.secretly() {
				out = append(out, v.name+"_FILE")
			}
		}
	}
	return out
}

// ours begin the names that are this program's alone.
var ours = []string{"SLACK_", "DISCORD_", "REDIS_", "CAREERBOT_"}

// linked are variables that Kubernetes and Docker set for a service called
// redis or careerbot.
// https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
var linked = regexp.MustCompile(`_SERVICE_HOST$|_SERVICE_PORT(_[A-Z0-9_]+)?$|_PORT$|_PORT_[0-9]+_(TCP|UDP|SCTP)(_[A-Z]+)?$`)

// strange says of the names of variables which are not known and seem meant for
// this program, one sentence each.
func strange(names []string) []string {
	var out []string
	all := known()
	for _, name := range slices.Sorted(slices.Values(names)) {
		if slices.Contains(all, name) || linked.MatchString(name) {
			continue
		}
		near := slices.MinFunc(all, func(a, b string) int { return cmp.Compare(distance(name, a), distance(name, b)) })
		letters := distance(name, near)
		switch {
		case isOurs(name) && 4*letters <= len(name)+len(near):
			out = append(out, fmt.Sprintf("%s is not known and has no effect: did you mean %s?", name, near))
		case isOurs(name):
			out = append(out, name+" is not known and has no effect: careerbot help serve lists what is")
		case isOurs(near) && letters <= 2:
			out = append(out, fmt.Sprintf("%s has no effect here: did you mean %s?", name, near))
		}
	}
	return out
}

func isOurs(name string) bool {
	return slices.ContainsFunc(ours, func(begins string) bool { return strings.HasPrefix(name, begins) })
}

// distance is how far two names are apart. One that shortens the other's words
// is near to it.
func distance(name, right string) int {
	short, long := strings.Split(name, "_"), strings.Split(right, "_")
	if len(short) != len(long) {
		return apart(name, right)
	}
	for i := range short {
		if short[i] == "" || !strings.HasPrefix(long[i], short[i]) {
			return apart(name, right)
		}
	}
	return 1
}

// apart is how many letters have to go from two names together until both are
// the same: a letter too much is one, a wrong one or two that are swapped two.
func apart(a, b string) int {
	row := make([]int, len(b)+1) // the letters in common, of a so far
	for i := range len(a) {
		before := 0
		for j := range len(b) {
			above := row[j+1]
			if a[i] == b[j] {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			before = above
		}
	}
	return len(a) + len(b) - 2*row[len(b)]
}

// variablesHelp lists the variables for help.
func variablesHelp() string {
	var b strings.Builder
	for _, g := range variables {
		b.WriteString("\n" + g.name + "\n")
		for _, v := range g.variables {
			about := v.about
			if v.usual != "" {
				about += " (default " + v.usual + ")"
			}
			fmt.Fprintf(&b, "  %-24s %s\n", v.name, about)
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
