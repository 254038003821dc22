package knowledge

import (
	"slices"

	"gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/iterator"
	"gonum.org/v1/gonum/graph/simple"
)

// stable gives a graph's neighbours in the order of their ids, so that of two
// equally long ways the same one is found every time.
type stable struct{ *simple.WeightedDirectedGraph }

func (s stable) From(id int64) graph.Nodes {
	nodes := graph.NodesOf(s.WeightedDirectedGraph.From(id))
	slices.SortFunc(nodes, func(a, b graph.Node) int { return int(a.ID() - b.ID()) })
	return iterator.NewOrderedNodes(nodes)
}

func nodeIDs(nodes []graph.Node) []int64 {
	out := make([]int64, len(nodes))
	for i, n := range nodes {
		out[i] = n.ID()
	}
	return out
}
