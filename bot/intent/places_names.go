package intent

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// place is a country or group of countries, or one of a country's cities or
// states.
type place struct{ region, city string }

// placeKind is what a name names.
type placeKind uint8

const (
	noPlace   placeKind = iota // only the first word of names
	country                    // or a group of countries
	state                      // or a province
	town                       // or a part of a country
	belonging                  // what comes from there: "german", "brits"
)

// placeSense is how much must speak for a name before it is a place.
type placeSense uint8

const (
	plain placeSense = iota
	weak
	strict
	given
)

var placeSigns = map[byte]placeSense{'?': weak, '!': strict, '@': given}

// placeName is what a name, its words joined by a space, stands for.
type placeName struct {
	place
	kind  placeKind
	sense placeSense
	code  string // of the state that a town lies in, and of a state
	span  int    // how many words the longest name has that begins with this word
}

// placeNames are the names of the tables, and the first words of those of
// several words.
var placeNames = readPlaces()

type placeIndex map[string]placeName

func readPlaces() placeIndex {
	index := make(placeIndex, 2400)
	// "georgia" is the state's name first
	for line := range strings.Lines(strings.TrimSpace(stateTable)) {
		f := splitTable(line)
		index.putTowns(f[2], placeName{place: place{region: f[0]}, kind: state, code: f[1]})
		index.putTowns(f[3], placeName{place: place{region: f[0]}, kind: town, code: f[1]})
	}
	for line := range strings.Lines(strings.TrimSpace(countryTable)) {
		f := splitTable(line)
		region := f[0]
		index.putAll(f[1], placeName{place: place{region: region}, kind: country}) // they may have signs
		index.put(strings.ReplaceAll(strings.ToLower(region), "-", " "), placeName{place: place{region: region}, kind: country})
		index.putAll(f[2], placeName{place: place{region: region}, kind: belonging})
		index.putTowns(f[3], placeName{place: place{region: region}, kind: town})
	}
	for line := range strings.Lines(strings.TrimSpace(exonymTable)) {
		f := splitTable(line)
		index.putAll(f[1], placeName{place: place{region: f[0]}, kind: country})
		index.putAll(f[4], placeName{place: place{region: f[0]}, kind: country})
	}
	return index
}

// splitTable parts a line into its fields, five at most.
func splitTable(line string) (fields [5]string) {
	line = strings.TrimSuffix(line, "\n")
	for i := range fields {
		fields[i], line, _ = strings.Cut(line, "|")
	}
	return fields
}

func (x placeIndex) putAll(names string, p placeName) {
	for name := range strings.SplitSeq(names, ",") {
		x.putSigned(name, p)
	}
}

// putTowns puts names with their second names, which show the first.
func (x placeIndex) putTowns(names string, p placeName) {
	for spellings := range strings.SplitSeq(names, ",") {
		p.city = ""
		for name := range strings.SplitSeq(spellings, "=") {
			if p.city == "" {
				p.city = strings.TrimRight(name, "?!@")
			}
			if first, _ := utf8.DecodeRuneInString(name); unicode.IsLower(first) {
				x.putSigned(name, p)
			}
		}
	}
}

func (x placeIndex) putSigned(name string, p placeName) {
	if name == "" {
		return
	}
	if p.sense = placeSigns[name[len(name)-1]]; p.sense != plain {
		name = name[:len(name)-1]
	}
	x.put(name, p)
}

// put keeps the first meaning of a name.
func (x placeIndex) put(name string, p placeName) {
	known := x[name]
	if known.kind == noPlace {
		p.span = max(known.span, 1)
		x[name] = p
	}
	if first, rest, several := strings.Cut(name, " "); several {
		head := x[first]
		head.span = max(head.span, strings.Count(rest, " ")+2)
		x[first] = head
	}
}

// named is the name that the words of a place are, "" kind for none.
func (x placeIndex) named(words string) (placeName, bool) {
	p, ok := x[words]
	return p, ok && p.kind != noPlace
}

// shown is the place with its city written as people read it.
func (p placeName) shown() place {
	return place{p.region, cityTitle(p.city)}
}

// cityTitle writes a city with its capitals.
func cityTitle(name string) string {
	if name == "" || name[0] < 'a' || name[0] > 'z' { // written as it is shown
		return name
	}
	words := strings.Split(name, " ")
	for i, w := range words {
		if i > 0 && (w == "de" || w == "del" || w == "la" || w == "es" || w == "and") {
			continue
		}
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// regionNamed is the region that a dashed name stands for, "" for none.
func regionNamed(dash string) string {
	for line := range strings.Lines(strings.TrimSpace(countryTable)) {
		if region, _, _ := strings.Cut(line, "|"); dashed(region) == dash {
			return region
		}
	}
	return ""
}

func cityNamed(dash string) (place, bool) {
	p, ok := placeNames.named(placeKey(dash))
	return p.shown(), ok && p.city != ""
}

func placeKey(dash string) string { return foldWord(strings.ReplaceAll(dash, "-", " "), false) }

// foreignStems are the Cyrillic names without their endings.
var foreignStems = sync.OnceValue(func() map[string]string {
	stems := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(exonymTable)) {
		f := splitTable(line)
		for stem := range strings.SplitSeq(f[2], ",") {
			stems[foldWord(stem, false)] = f[0]
		}
	}
	delete(stems, "")
	return stems
})

// longestEnding is how many letters a case adds to a Cyrillic stem at most.
const longestEnding = 3

// inflected finds a Cyrillic name in any case.
func inflected(w string) (string, bool) {
	for cut := 0; cut <= longestEnding && len(w) > 2; cut++ {
		if region, ok := foreignStems()[w]; ok && (cut < 2 || utf8.RuneCountInString(w) > 3) {
			return region, true
		}
		_, size := utf8.DecodeLastRuneInString(w)
		w = w[:len(w)-size]
	}
	return "", false
}

// unspacedPlaces puts the names of places into English where a language parts
// no words.
var unspacedPlaces = sync.OnceValue(func() *strings.Replacer {
	var pairs []string
	for line := range strings.Lines(strings.TrimSpace(exonymTable)) {
		f := splitTable(line)
		for name := range strings.SplitSeq(f[3], ",") {
			if name != "" {
				pairs = append(pairs, name, " "+strings.ToLower(f[0])+" ")
			}
		}
	}
	return strings.NewReplacer(pairs...)
})

// currencies are words for pay that are at home in one country.
var currencies = func() map[string]string {
	out := map[string]string{"£": "United Kingdom", "₹": "India"}
	for line := range strings.Lines(currencyTable) {
		region, words, _ := strings.Cut(line, ":")
		for _, w := range strings.Fields(words) {
			out[w] = region
		}
	}
	return out
}()
