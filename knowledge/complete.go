package knowledge

import (
	"slices"
	"strings"
)

// likeliest is the word that a misspelt one was most likely meant as: the one
// that most roles have in their names; "" for none.
func (n *names) likeliest(w string) string {
	best := ""
	for _, v := range n.vocab.near(w) {
		if best == "" || len(n.posting[canonical(v)]) > len(n.posting[canonical(best)]) {
			best = v
		}
	}
	return best
}

// Nearest are the roles whose names share the most with a name that is none,
// best first, at most limit. Words that few names have count for more.
func (c *Catalog) Nearest(name string, limit int) []*Role { return c.names.nearest(Words(name), limit) }

func (n *names) nearest(words []string, limit int) []*Role {
	score := map[*Role]float64{}
	for _, w := range words {
		forms := []string{canonical(w)}
		if n.posting[forms[0]] == nil {
			forms = nil
			if v := n.likeliest(w); v != "" {
				forms = []string{canonical(v)}
			}
		}
		for _, f := range forms {
			for _, r := range n.posting[f] {
				score[r] += 1 / float64(2+len(n.posting[f]))
			}
		}
	}
	compare := func(a, b *Role) int {
		switch sa, sb := score[a], score[b]; {
		case sa > sb:
			return -1
		case sa < sb:
			return 1
		}
		if d := strings.Count(a.Title, " ") - strings.Count(b.Title, " "); d != 0 {
			return d
		}
		return strings.Compare(a.ID, b.ID)
	}
	// A few of many: each is put in its place among the best so far.
	out := make([]*Role, 0, limit+1)
	for r := range score {
		if len(out) == limit && (limit == 0 || compare(r, out[limit-1]) > 0) {
			continue
		}
		at, _ := slices.BinarySearchFunc(out, r, compare)
		out = slices.Insert(out, at, r)
		out = out[:min(limit, len(out))]
	}
	return out
}

// completion is a name, or the rest of one from a word on.
type completion struct {
	key   string
	role  *Role
	title bool // of the title, not of an alias
	whole bool // from its first word
}

// mostRead bounds the names that one completion looks at, however large the
// catalogue is.
const mostRead = 4000

// Complete are the roles whose title, alias or a word of them begins with what
// was typed, best first, at most limit; with none, the nearest by spelling.
func (c *Catalog) Complete(typed string, limit int) []*Role {
	n := c.names
	words := Words(typed)
	key := strings.Join(words, "")
	if key == "" {
		return nil
	}
	at, _ := slices.BinarySearchFunc(n.titles, key, func(t completion, k string) int { return strings.Compare(t.key, k) })
	type ranked struct {
		role *Role
		rank int
	}
	best := map[*Role]int{}
	var order []ranked
	take := func(r *Role, rank int) {
		if old, ok := best[r]; !ok || rank < old {
			best[r] = rank
		}
	}
	for _, r := range n.exact[key].roles {
		take(r, -1000)
	}
	for i := at; i < len(n.titles) && i < at+mostRead && strings.HasPrefix(n.titles[i].key, key); i++ {
		t := n.titles[i]
		rank := len(t.key) - len(key)
		if !t.title {
			rank += 100
		}
		if !t.whole {
			rank += 200
		}
		take(t.role, rank)
	}
	for r, rank := range best {
		order = append(order, ranked{r, rank})
	}
	slices.SortFunc(order, func(a, b ranked) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return strings.Compare(a.role.ID, b.role.ID)
	})
	out := make([]*Role, 0, limit)
	for _, o := range order[:min(limit, len(order))] {
		out = append(out, o.role)
	}
	if len(out) > 0 {
		return out
	}
	fixed := slices.Clone(words)
	for i, w := range words {
		if n.words[w] > 0 {
			continue
		}
		if v := n.likeliest(w); v != "" {
			fixed[i] = v
		}
	}
	if !slices.Equal(fixed, words) {
		if again := c.Complete(strings.Join(fixed, " "), limit); len(again) > 0 {
			return again
		}
	}
	return n.nearest(words, limit)
}
