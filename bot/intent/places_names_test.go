package intent

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// tableNames are the names of all tables with the regions they stand for, in
// the tables' order.
func tableNames() (names, regions []string) {
	add := func(list, region string) {
		for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '=' }) {
			if name = strings.TrimRight(name, "?!@"); name == strings.ToLower(name) {
				names, regions = append(names, name), append(regions, region)
			}
		}
	}
	for line := range strings.Lines(strings.TrimSpace(stateTable)) {
		f := splitTable(line)
		add(f[2]+","+f[3], f[0])
	}
	for line := range strings.Lines(strings.TrimSpace(countryTable)) {
		f := splitTable(line)
		add(f[1]+","+f[2]+","+f[3], f[0])
	}
	for line := range strings.Lines(strings.TrimSpace(exonymTable)) {
		f := splitTable(line)
		add(f[1]+","+f[4], f[0])
	}
	return names, regions
}

func TestPlaceNamesAreFoldedAndStandInOnePlace(t *testing.T) {
	names, regions := tableNames()
	if len(names) < 1500 {
		t.Fatalf("%d names: the tables were not read", len(names))
	}
	seen := map[string]string{}
	for i, name := range names {
		if folded := foldWord(name, false); folded != name {
			t.Errorf("%q (%s) is found only if it is written %q", name, regions[i], folded)
		}
		if first, twice := seen[name]; twice {
			t.Errorf("%q stands for %s and again for %s", name, first, regions[i])
		}
		seen[name] = regions[i]
	}
}

func TestCyrillicStemsStandForOneRegion(t *testing.T) {
	seen := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(exonymTable)) {
		f := splitTable(line)
		if regionNamed(dashed(f[0])) == "" {
			t.Errorf("%s is in no line of the countries", f[0])
		}
		for stem := range strings.SplitSeq(f[2]+","+f[3], ",") {
			if first := seen[stem]; stem != "" && first != "" {
				t.Errorf("%q stands for %s and again for %s", stem, first, f[0])
			}
			seen[stem] = f[0]
		}
	}
}

// otherwiseCalled are regions whose name is not the one of CLDR, or that are
// no country.
var otherwiseCalled = wordSet(`Hong-Kong North-Macedonia DR-Congo Macao Eswatini Palestine Ivory-Coast Myanmar Bosnia-and-Herzegovina Trinidad-and-Tobago Kosovo
	Europe Western-Europe Northern-Europe Southern-Europe Eastern-Europe DACH Benelux Baltics Balkans EMEA South-Asia East-&-South-East-Asia Asia-Pacific Asia
	Latin-America North-America Caribbean Africa Sub-Saharan-Africa West-Africa East-Africa North-Africa Australia-&-New-Zealand Middle-East Worldwide`)

func TestCountriesAreCalledAsInCLDR(t *testing.T) {
	official := map[string]bool{}
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			if r, err := language.ParseRegion(string(a) + string(b)); err == nil && r.IsCountry() {
				official[names.Name(r)] = true
			}
		}
	}
	for line := range strings.Lines(strings.TrimSpace(countryTable)) {
		region := splitTable(line)[0]
		if !official[region] && !otherwiseCalled[strings.ReplaceAll(region, " ", "-")] {
			t.Errorf("no country is called %q", region)
		}
	}
}

func TestEveryTownIsReadBackFromAButton(t *testing.T) {
	for key, p := range placeNames {
		if p.city == "" {
			continue
		}
		want := p.shown()
		if got, ok := cityNamed(dashed(want.city)); !ok || got != want {
			t.Errorf("%q is shown as %q, which is read back as %q of %q", key, want.city, got.city, got.region)
		}
	}
	for code, s := range states {
		if got, ok := cityNamed(dashed(s.shown().city)); s.city != "" && (!ok || got != s.shown()) {
			t.Errorf("state %q is read back as %q of %q", code, got.city, got.region)
		}
	}
}

func TestMoneyAndCodesStandForRegionsOfTheTable(t *testing.T) {
	for _, of := range []map[string]string{currencies, codeRegions} {
		for word, region := range of {
			if regionNamed(dashed(region)) == "" {
				t.Errorf("%q stands for %q, which is in no line of the countries", word, region)
			}
		}
	}
}

// BenchmarkReadPlaces is what the names of places add to the start of the program.
func BenchmarkReadPlaces(b *testing.B) {
	for b.Loop() {
		readPlaces()
	}
}
