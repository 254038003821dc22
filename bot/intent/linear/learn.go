package linear

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
)

// Example is something of a known class.
type Example struct {
	Features []uint32 // each once
	Class    int
}

// The way of learning: AdaGrad over the examples one by one, with a pull to
// nothing. http://jmlr.org/papers/v12/duchi11a.html
const (
	rounds   = 25
	step     = 0.3
	pull     = 0.0005
	rare     = 2     // features of fewer examples are left out
	stride   = 7919  // a prime: the order that examples are taken in
	smallest = 1e-12 // keeps a first step finite
)

// Learn returns the model of the examples, as [Parse] reads it: the same bytes
// for the same examples in the same order.
func Learn(examples []Example, classes int) []byte {
	count := map[uint32]int{}
	for _, e := range examples {
		for _, f := range e.Features {
			count[f]++
		}
	}
	maps.DeleteFunc(count, func(_ uint32, n int) bool { return n < rare })
	keys := slices.Sorted(maps.Keys(count))
	rows := map[uint32]int{}
	for i, k := range keys {
		rows[k] = i * classes
	}
	l := learner{classes, rows, make([]float64, len(keys)*classes), make([]float64, len(keys)*classes), make([]float64, classes)}
	for round := range rounds {
		at := round
		for range examples {
			at = (at + stride) % len(examples)
			l.take(examples[at])
		}
	}
	return encode(keys, l.weights, classes)
}

type learner struct {
	classes int
	rows    map[uint32]int // where a feature's weights begin
	weights []float64
	moved   []float64 // the squares of all steps so far
	p       []float64
}

// take moves the weights a step towards the example. The conversions keep the
// products from being fused with the sums, which not every processor does.
func (l *learner) take(e Example) {
	clear(l.p)
	for _, f := range e.Features {
		if row, ok := l.rows[f]; ok {
			for k := range l.p {
				l.p[k] += l.weights[row+k]
			}
		}
	}
	softmax(l.p)
	for _, f := range e.Features {
		row, ok := l.rows[f]
		if !ok {
			continue
		}
		for k, p := range l.p {
			g := p
			if k == e.Class {
				g--
			}
			l.moved[row+k] += float64(g * g)
			g += float64(pull * l.weights[row+k])
			l.weights[row+k] -= float64(step*g) / (math.Sqrt(l.moved[row+k]+smallest) + 0.1)
		}
	}
}

// encode rounds the weights to bytes.
func encode(keys []uint32, weights []float64, classes int) []byte {
	most := 0.0
	for _, w := range weights {
		most = max(most, math.Abs(w))
	}
	unit := max(most, smallest) / 127
	b := []byte(mark)
	b = binary.LittleEndian.AppendUint32(b, uint32(classes))   //nolint:gosec // few
	b = binary.LittleEndian.AppendUint32(b, uint32(len(keys))) //nolint:gosec // few
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(unit))
	for _, k := range keys {
		b = binary.LittleEndian.AppendUint32(b, k)
	}
	for _, w := range weights {
		b = append(b, byte(int8(math.Round(w/unit)))) //nolint:gosec // within ±127
	}
	return b
}
