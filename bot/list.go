package bot

import (
	"slices"
	"strconv"
	"strings"

	"careerbot/bot/intent"
	"careerbot/knowledge"
)

// pageSize is how many roles one answer lists.
const pageSize = 12

// list gives the roles of a field, or all fields with their counts.
func (k *composer) list(in intent.Intent) {
	if in.Category == "" || in.Category == intent.All {
		if in.Level == "" {
			k.fields()
			return
		}
	}
	roles, what := k.listed(in)
	if len(roles) == 0 {
		k.title("Roles")
		k.kind(Partial)
		k.lead("The catalogue has no " + what + ".")
		k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
		return
	}
	pages := (len(roles) + pageSize - 1) / pageSize
	page := min(max(in.Page, 1), pages)
	k.title(upperFirst(what))
	k.lead("The catalogue has " + count(len(roles), strings.Replace(what, "roles", "role", 1), what) + "; among them " + firstTitles(roles, 3) + ".")
	if page > 1 {
		k.lead("More of the " + count(len(roles), strings.Replace(what, "roles", "role", 1), what) + ": " + firstTitles(roles[(page-1)*pageSize:], 3) + ".")
	}
	l := List{Heading: "Roles"}
	if pages > 1 {
		l.Heading = "Roles, page " + strconv.Itoa(page) + " of " + strconv.Itoa(pages)
	}
	for _, r := range roles[(page-1)*pageSize : min(page*pageSize, len(roles))] {
		text := ""
		if r.OwnAny && r.Own {
			text = "your company's own"
		} else if !r.HasPage() {
			text = "no page yet"
		}
		l.Items = append(l.Items, Item{Term: r.Title, Text: text})
	}
	k.cite.at("The catalogue's list of roles", "", false)
	k.add(l)
	if page < pages {
		next := in
		next.Page = page + 1
		k.act("More", next)
	}
	for _, r := range roles[(page-1)*pageSize:][:min(3, len(roles)-(page-1)*pageSize)] {
		k.act("About "+r.Title, ask(intent.Overview, r))
	}
	k.act("All fields", intent.Intent{Ask: intent.List, Category: intent.All})
}

func firstTitles(roles []*knowledge.Role, n int) string {
	return and(titleList(roles[:min(n, len(roles))]))
}

// listed are the roles of a field and a level, those most asked about first,
// and what they are called together.
func (k *composer) listed(in intent.Intent) ([]*knowledge.Role, string) {
	var roles []*knowledge.Role
	what := "roles"
	if in.Category != "" && in.Category != intent.All {
		roles = k.c.byTraffic(in.Category)
		what = "roles in " + in.Category
	} else {
		roles = slices.Clone(k.c.Roles())
		slices.SortStableFunc(roles, k.c.likelier)
	}
	if in.Level != "" {
		roles = slices.DeleteFunc(roles, func(r *knowledge.Role) bool { return r.Level != levelOf(in.Level) })
		what = strings.Replace(what, "roles", levelOf(in.Level)+" roles", 1)
	}
	return roles, what
}

// levelOf is the catalogue's word for a level as asked.
func levelOf(level string) string {
	switch level {
	case "entry", "intern":
		return "junior"
	}
	return level
}

// fields lists all fields with how many roles each has.
func (k *composer) fields() {
	k.title("Fields")
	total := 0
	f := Facts{}
	for _, cat := range k.c.Categories() {
		n := len(k.c.InCategory(cat))
		total += n
		f.Facts = append(f.Facts, Fact{cat, digits(n, "role", "roles")})
	}
	k.lead("The catalogue has " + count(total, "role", "roles") + " in " + count(len(k.c.Categories()), "field", "fields") + ".")
	k.add(f)
	k.cite.at("The catalogue's list of roles", "", false)
	var cats []string
	for _, r := range k.c.start {
		if !slices.Contains(cats, r.Category) {
			cats = append(cats, r.Category)
		}
	}
	for _, cat := range cats {
		k.act(cat, intent.Intent{Ask: intent.List, Category: cat})
	}
}
