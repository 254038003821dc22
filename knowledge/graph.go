package knowledge

import (
	"slices"

	"gonum.org/v1/gonum/graph/path"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
)

// ladder is the usual moves between roles, forwards and read backwards.
type ladder struct {
	edges      []Edge
	next, prev map[string][]Edge
	ids        map[string]int64
	names      []string
	weighted   *simple.WeightedDirectedGraph
}

// add keeps one edge a pair and kind; a company's own comes instead of another.
func (g *ladder) add(e Edge) {
	at := slices.IndexFunc(g.nextOf(e.From), func(x Edge) bool { return x.To == e.To && x.Kind == e.Kind })
	if at >= 0 {
		g.next[e.From][at] = e
		return
	}
	if g.next == nil {
		g.next = map[string][]Edge{}
	}
	g.next[e.From] = append(g.next[e.From], e)
}

func (g *ladder) nextOf(id string) []Edge { return g.next[id] }

// addBothWays adds an edge, and a sideways move in both directions: the table
// holds it once.
func (g *ladder) addBothWays(e Edge) {
	g.add(e)
	if e.Kind != "lateral" {
		return
	}
	back := e
	back.From, back.To = e.To, e.From
	if !slices.ContainsFunc(g.nextOf(back.From), func(x Edge) bool { return x.To == back.To && x.Kind == back.Kind }) {
		g.add(back)
	}
}

var kindOrder = map[string]int{"promotion": 0, "specialisation": 1, "lateral": 2}

// The cost of a step decides which of two ways is the usual one: a sideways
// move asks for more luck than a promotion inside the same work.
var kindCost = map[string]float64{"promotion": 10, "specialisation": 10, "lateral": 11}

// build derives the views once all edges are known.
func (g *ladder) build() {
	g.prev = map[string][]Edge{}
	g.ids = map[string]int64{}
	g.edges = g.edges[:0]
	var froms []string
	for from := range g.next {
		froms = append(froms, from)
	}
	slices.Sort(froms)
	for _, from := range froms {
		slices.SortStableFunc(g.next[from], func(a, b Edge) int {
			if a.Row.Own != b.Row.Own {
				if a.Row.Own {
					return -1
				}
				return 1
			}
			return kindOrder[a.Kind] - kindOrder[b.Kind]
		})
		g.edges = append(g.edges, g.next[from]...)
	}
	for _, e := range g.edges {
		g.prev[e.To] = append(g.prev[e.To], e)
	}
	for to := range g.prev {
		slices.SortStableFunc(g.prev[to], func(a, b Edge) int { return kindOrder[a.Kind] - kindOrder[b.Kind] })
	}
	g.weighted = simple.NewWeightedDirectedGraph(0, 0)
	id := func(role string) int64 {
		n, ok := g.ids[role]
		if !ok {
			n = int64(len(g.names))
			g.ids[role] = n
			g.names = append(g.names, role)
		}
		return n
	}
	for _, e := range g.edges {
		from, to := simple.Node(id(e.From)), simple.Node(id(e.To))
		if from == to {
			continue
		}
		cost := kindCost[e.Kind]
		if old := g.weighted.WeightedEdge(int64(from), int64(to)); old != nil && old.Weight() <= cost {
			continue
		}
		g.weighted.SetWeightedEdge(simple.WeightedEdge{F: from, T: to, W: cost})
	}
}

// Way is the usual way between two roles: the steps in order. It is nil when
// no way is known, and empty when from is to.
func (c *Catalog) Way(from, to string) []Edge {
	if from == to {
		return []Edge{}
	}
	g := &c.graph
	a, okA := g.ids[from]
	b, okB := g.ids[to]
	if !okA || !okB {
		return nil
	}
	tree := path.DijkstraFrom(simple.Node(a), stable{g.weighted})
	nodes, _ := tree.To(b)
	return g.edgesOf(nodeIDs(nodes))
}

// Reach are the roles that can be come to from a role, with the number of
// steps; the role itself has none.
func (c *Catalog) Reach(from string) map[string]int {
	out := map[string]int{from: 0}
	queue := []string{from}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, e := range c.graph.next[at] {
			if _, seen := out[e.To]; !seen {
				out[e.To] = out[at] + 1
				queue = append(queue, e.To)
			}
		}
	}
	return out
}

func (g *ladder) edgesOf(nodes []int64) []Edge {
	if len(nodes) < 2 {
		return nil
	}
	var out []Edge
	for i := 1; i < len(nodes); i++ {
		from, to := g.names[nodes[i-1]], g.names[nodes[i]]
		at := slices.IndexFunc(g.next[from], func(e Edge) bool { return e.To == to })
		out = append(out, g.next[from][at])
	}
	return out
}

// checkCircles reports promotions that lead back to where they began.
func (c *Catalog) checkCircles() {
	up := simple.NewDirectedGraph()
	for _, e := range c.graph.edges {
		a, b := c.graph.ids[e.From], c.graph.ids[e.To]
		if e.Kind == "promotion" && a != b {
			up.SetEdge(simple.Edge{F: simple.Node(a), T: simple.Node(b)})
		}
	}
	for _, ring := range topo.TarjanSCC(up) {
		if len(ring) < 2 {
			continue
		}
		in := map[string]bool{}
		for _, n := range ring {
			in[c.graph.names[n.ID()]] = true
		}
		for _, e := range c.graph.edges {
			if e.Kind == "promotion" && in[e.From] && in[e.To] {
				c.fault(e.Row.File, e.Row.Line, "kind", "promotions go in a circle through %s and %s: one of them is lateral", e.From, e.To)
				break
			}
		}
	}
}
