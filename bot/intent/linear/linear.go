// Package linear learns and applies a linear classifier over sparse binary
// features: multinomial logistic regression, its weights rounded to bytes.
//
// Learning is deterministic to the bit on every machine: it uses no random
// numbers, no library function of the processor's own, and no fused operation.
package linear

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Model is a learned classifier. It is immutable and safe for concurrent use.
type Model struct {
	classes int
	unit    float64 // what a weight of 1 stands for
	keys    []uint32
	weights []int8 // classes for each key
	start   [buckets + 1]int32
}

// buckets are the ranges of features, by their first bits.
const (
	bucketBits = 10
	buckets    = 1 << bucketBits
)

// A model is written as the mark, the number of classes and of features, and
// the unit; then the features in rising order, and each one's weights.
const (
	mark       = "lin1"
	headerSize = len(mark) + 4 + 4 + 8
)

// Parse reads what [Learn] wrote.
func Parse(data string) (*Model, error) {
	if len(data) < headerSize || data[:len(mark)] != mark {
		return nil, errors.New("linear: this is no model")
	}
	head := []byte(data[len(mark):headerSize])
	m := &Model{classes: int(binary.LittleEndian.Uint32(head)), unit: math.Float64frombits(binary.LittleEndian.Uint64(head[8:]))}
	n := int(binary.LittleEndian.Uint32(head[4:]))
	body := data[headerSize:]
	if m.classes < 1 || m.classes > 1<<10 || n > len(body) || len(body) != n*(4+m.classes) {
		return nil, fmt.Errorf("linear: %d bytes do not hold %d features of %d classes", len(data), n, m.classes)
	}
	m.keys, m.weights = make([]uint32, n), make([]int8, n*m.classes)
	for i := range m.keys {
		b := body[4*i:]
		m.keys[i] = uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
		if i > 0 && m.keys[i] <= m.keys[i-1] {
			return nil, errors.New("linear: the features of the model are not in rising order")
		}
		m.start[m.keys[i]>>(32-bucketBits)+1]++
	}
	for i, w := range []byte(body[4*n:]) {
		m.weights[i] = int8(w) //nolint:gosec // a byte holds it
	}
	for i := range buckets {
		m.start[i+1] += m.start[i]
	}
	return m, nil
}

// Classes is how many classes there are.
func (m *Model) Classes() int { return m.classes }

// row is where the feature's weights are, or nil when it was not learned.
func (m *Model) row(feature uint32) []int8 {
	b := feature >> (32 - bucketBits)
	for i := m.start[b]; i < m.start[b+1]; i++ {
		if m.keys[i] == feature {
			return m.weights[int(i)*m.classes : int(i+1)*m.classes]
		}
	}
	return nil
}

// Knows says whether the feature was learned.
func (m *Model) Knows(feature uint32) bool { return m.row(feature) != nil }

// Weight is what the feature adds to the class, 0 when it was not learned.
func (m *Model) Weight(feature uint32, class int) float64 {
	if row := m.row(feature); row != nil {
		return float64(row[class]) * m.unit
	}
	return 0
}

// Likelihoods appends to out how likely each class is, together 1, given the
// features, each named once.
func (m *Model) Likelihoods(out []float64, features []uint32) []float64 {
	var room [32]int32
	sums := room[:0]
	for range m.classes {
		sums = append(sums, 0)
	}
	for _, f := range features {
		for k, w := range m.row(f) {
			sums[k] += int32(w)
		}
	}
	n := len(out)
	for _, s := range sums {
		out = append(out, float64(s)*m.unit)
	}
	softmax(out[n:])
	return out
}

// softmax turns scores into likelihoods.
func softmax(scores []float64) {
	most := scores[0]
	for _, s := range scores {
		most = max(most, s)
	}
	sum := 0.0
	for k, s := range scores {
		scores[k] = exp(s - most)
		sum += scores[k]
	}
	for k := range scores {
		scores[k] /= sum
	}
}

// exp is e to the power of x for x of 0 and less, to four digits: the same on
// every machine, which math.Exp is not.
func exp(x float64) float64 {
	if x < -40 {
		return 0
	}
	y := 1 + x/4096
	for range 12 {
		y *= y
	}
	return y
}
