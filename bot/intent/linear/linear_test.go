package linear_test

import (
	"bytes"
	"math"
	"testing"

	"careerbot/bot/intent/linear"
)

// Three classes, each with a feature that tells it and one that all share.
func examples() []linear.Example {
	var out []linear.Example
	for i := range 30 {
		class := i % 3
		out = append(out, linear.Example{Features: []uint32{uint32(1+class) << 28, 7}, Class: class})
	}
	return out
}

func TestWhatWasLearnedIsToldApart(t *testing.T) {
	m, err := linear.Parse(string(linear.Learn(examples(), 3)))
	if err != nil {
		t.Fatal(err)
	}
	for class := range 3 {
		p := m.Likelihoods(nil, []uint32{uint32(1+class) << 28, 7, 99})
		sum := 0.0
		for k, v := range p {
			sum += v
			if k != class && v >= p[class] {
				t.Errorf("class %d is taken for %d: %v", class, k, p)
			}
		}
		if p[class] < 0.9 || math.Abs(sum-1) > 1e-9 {
			t.Errorf("class %d: %v, together %v", class, p, sum)
		}
	}
}

func TestNothingKnownIsEquallyLikely(t *testing.T) {
	m, err := linear.Parse(string(linear.Learn(examples(), 3)))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range m.Likelihoods(nil, []uint32{12345}) {
		if math.Abs(p-1.0/3) > 1e-9 {
			t.Errorf("got %v, want a third each", p)
		}
	}
	if m.Knows(12345) || m.Weight(12345, 0) != 0 || !m.Knows(7) {
		t.Error("what was not learned is known, or what was learned is not")
	}
}

func TestTheSameExamplesGiveTheSameBytes(t *testing.T) {
	if a, b := linear.Learn(examples(), 3), linear.Learn(examples(), 3); !bytes.Equal(a, b) {
		t.Error("two models of the same examples differ")
	}
}

func TestAFeatureOfOneExampleIsLeftOut(t *testing.T) {
	m, err := linear.Parse(string(linear.Learn(append(examples(), linear.Example{Features: []uint32{5}, Class: 1}), 3)))
	if err != nil {
		t.Fatal(err)
	}
	if m.Knows(5) {
		t.Error("a feature seen once was learned")
	}
}

func TestABrokenModelIsRefused(t *testing.T) {
	good := string(linear.Learn(examples(), 3))
	for name, data := range map[string]string{
		"empty": "", "other mark": "lin2" + good[4:], "cut": good[:len(good)-1], "longer": good + "x",
		"unsorted": good[:20] + good[24:28] + good[20:24] + good[28:],
	} {
		if _, err := linear.Parse(data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(string(linear.Learn(examples(), 3)))
	f.Fuzz(func(t *testing.T, data string) {
		if m, err := linear.Parse(data); err == nil {
			m.Likelihoods(nil, []uint32{1, 2, 3})
		}
	})
}

func BenchmarkLikelihoods(b *testing.B) {
	m, err := linear.Parse(string(linear.Learn(examples(), 3)))
	if err != nil {
		b.Fatal(err)
	}
	features := make([]uint32, 100)
	for i := range features {
		features[i] = uint32(i) << 24
	}
	var room [3]float64
	b.ReportAllocs()
	for b.Loop() {
		m.Likelihoods(room[:0], features)
	}
}
