package knowledge_test

import (
	"io/fs"
	"runtime"
	"strconv"
	"testing"

	"careerbot/knowledge"
	"careerbot/knowledge/knowledgetest"
)

// sizes are the catalogues that the benchmarks run on: the embedded one, and
// generated ones of 1,000 and 10,000 roles.
var sizes = []struct {
	name string
	fs   func() fs.FS
}{
	{"embedded", knowledge.Embedded},
	{"1000", func() fs.FS { return knowledgetest.Generate(1000) }},
	{"10000", func() fs.FS { return knowledgetest.Generate(10000) }},
}

func each(b *testing.B, run func(*testing.B, *knowledge.Catalog)) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			c, err := knowledge.Load(knowledge.Layer{FS: s.fs()})
			if err != nil {
				b.Fatal(err)
			}
			run(b, c)
		})
	}
}

// BenchmarkLoad reads, checks and indexes a whole catalogue. It reports the
// heap that a loaded catalogue keeps, for each role.
func BenchmarkLoad(b *testing.B) {
	for _, s := range sizes {
		b.Run(s.name, func(b *testing.B) {
			fsys := s.fs()
			b.ReportAllocs()
			var c *knowledge.Catalog
			before := heap()
			for b.Loop() {
				c = nil // or the old one would be counted while the new one is read
				_ = c
				var err error
				if c, err = knowledge.Load(knowledge.Layer{FS: fsys}); err != nil {
					b.Fatal(err)
				}
			}
			kept := heap() - before
			b.ReportMetric(float64(kept)/float64(len(c.Roles())), "heap-B/role")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(len(c.Roles())), "µs/role")
			runtime.KeepAlive(c)
			runtime.KeepAlive(fsys)
		})
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// sentence is what BenchmarkFind looks for names in: twenty words, two roles.
const sentence = "how do i get from senior backend engineer to site reliability engineer in germany and what would i earn there"

// BenchmarkFind finds the names in the same sentence at every size; misspelt
// has a mistake in each name.
func BenchmarkFind(b *testing.B) {
	words := knowledge.Words(sentence)
	each(b, func(b *testing.B, c *knowledge.Catalog) {
		b.ReportAllocs()
		for b.Loop() {
			if got := c.Find(words, func(string) bool { return true }); len(got) != 2 {
				b.Fatalf("%d names", len(got))
			}
		}
	})
}

func BenchmarkFindMisspelt(b *testing.B) {
	known := map[string]bool{}
	for _, w := range knowledge.Words(sentence) {
		known[w] = true
	}
	words := knowledge.Words("how do i get from senior bakcend engineer to site reliabilty engineer in germany and what would i earn there")
	each(b, func(b *testing.B, c *knowledge.Catalog) {
		b.ReportAllocs()
		for b.Loop() {
			if got := c.Find(words, func(w string) bool { return known[w] }); len(got) != 2 {
				b.Fatalf("%d names", len(got))
			}
		}
	})
}

// BenchmarkComplete offers names while somebody types: at the first letter,
// in the middle of a title, and where nothing begins so.
func BenchmarkComplete(b *testing.B) {
	for _, typed := range []string{"s", "senior ba", "reliabilty"} {
		b.Run(strconv.Quote(typed), func(b *testing.B) {
			each(b, func(b *testing.B, c *knowledge.Catalog) {
				b.ReportAllocs()
				for b.Loop() {
					if got := c.Complete(typed, 25); len(got) == 0 {
						b.Fatal("no offer")
					}
				}
			})
		})
	}
}

// BenchmarkWay finds the usual way between two roles that are far apart.
func BenchmarkWay(b *testing.B) {
	each(b, func(b *testing.B, c *knowledge.Catalog) {
		b.ReportAllocs()
		roles := c.Roles()
		i := 0
		for b.Loop() {
			i++
			c.Way(roles[i%len(roles)].ID, roles[i*7%len(roles)].ID)
		}
	})
}
