package knowledge

// beginning is how many letters of a key are looked at before its words are
// put together: most words of a text begin no name.
const beginning = 4

// beginnings are the first letters of all keys. They may say that a name
// begins so where none does, never the other way round.
type beginnings struct {
	bits  [1 << 10]uint64
	short map[string]bool // whole keys of fewer letters
}

func (b *beginnings) at(key []byte) (word, bit uint32) {
	h := uint32(0)
	for _, c := range key[:beginning] {
		h = h*31 + uint32(c)
	}
	h ^= h >> 16
	return h >> 6 & (1<<10 - 1), h & 63
}

func (b *beginnings) has(key []byte) bool {
	if len(key) < beginning {
		return false
	}
	word, bit := b.at(key)
	return b.bits[word]&(1<<bit) != 0
}

func (b *beginnings) add(key string) {
	if len(key) < beginning {
		b.short[key] = true
		return
	}
	word, bit := b.at([]byte(key))
	b.bits[word] |= 1 << bit
}

// begin notes how keys begin, when all of them are known.
func (n *names) begin() {
	n.begins.short = map[string]bool{}
	for _, m := range []map[string]called{n.exact, n.many, n.canon, n.loose, n.derived} {
		for key := range m {
			n.begins.add(key)
		}
	}
	for key := range n.kin {
		n.begins.add(key)
	}
}
