package bot

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"careerbot/knowledge"
)

// wider is the group of the UN's M49 standard, as the surveys' tables name it,
// that a country's answers are counted in. It is offered, named as what it is,
// when a country has no figure of its own.
// https://unstats.un.org/unsd/methodology/m49/
var wider = map[string]string{
	"Austria": "Western Europe", "Belgium": "Western Europe", "France": "Western Europe", "Germany": "Western Europe",
	"Luxembourg": "Western Europe", "Netherlands": "Western Europe", "Switzerland": "Western Europe", "Liechtenstein": "Western Europe",
	"Denmark": "Northern Europe", "Estonia": "Northern Europe", "Finland": "Northern Europe", "Iceland": "Northern Europe",
	"Ireland": "Northern Europe", "Latvia": "Northern Europe", "Lithuania": "Northern Europe", "Norway": "Northern Europe",
	"Sweden": "Northern Europe", "United Kingdom": "Northern Europe",
	"Albania": "Southern Europe", "Bosnia and Herzegovina": "Southern Europe", "Croatia": "Southern Europe", "Greece": "Southern Europe",
	"Italy": "Southern Europe", "Malta": "Southern Europe", "Montenegro": "Southern Europe", "North Macedonia": "Southern Europe",
	"Portugal": "Southern Europe", "Serbia": "Southern Europe", "Slovenia": "Southern Europe", "Spain": "Southern Europe",
	"Belarus": "Eastern Europe", "Bulgaria": "Eastern Europe", "Czechia": "Eastern Europe", "Hungary": "Eastern Europe",
	"Moldova": "Eastern Europe", "Poland": "Eastern Europe", "Romania": "Eastern Europe", "Russia": "Eastern Europe",
	"Slovakia": "Eastern Europe", "Ukraine": "Eastern Europe",
	"Afghanistan": "South Asia", "Bangladesh": "South Asia", "Bhutan": "South Asia", "India": "South Asia", "Iran": "South Asia",
	"Maldives": "South Asia", "Nepal": "South Asia", "Pakistan": "South Asia", "Sri Lanka": "South Asia",
	"China": "East & South-East Asia", "Hong Kong": "East & South-East Asia", "Indonesia": "East & South-East Asia",
	"Japan": "East & South-East Asia", "Malaysia": "East & South-East Asia", "Philippines": "East & South-East Asia",
	"Singapore": "East & South-East Asia", "South Korea": "East & South-East Asia", "Taiwan": "East & South-East Asia",
	"Thailand": "East & South-East Asia", "Vietnam": "East & South-East Asia",
	"Argentina": "Latin America", "Bolivia": "Latin America", "Brazil": "Latin America", "Chile": "Latin America",
	"Colombia": "Latin America", "Costa Rica": "Latin America", "Cuba": "Latin America", "Dominican Republic": "Latin America",
	"Ecuador": "Latin America", "El Salvador": "Latin America", "Guatemala": "Latin America", "Honduras": "Latin America",
	"Mexico": "Latin America", "Panama": "Latin America", "Paraguay": "Latin America", "Peru": "Latin America",
	"Uruguay": "Latin America", "Venezuela": "Latin America",
	"Algeria": "Africa", "Egypt": "Africa", "Ethiopia": "Africa", "Ghana": "Africa", "Kenya": "Africa", "Morocco": "Africa",
	"Nigeria": "Africa", "Rwanda": "Africa", "Senegal": "Africa", "South Africa": "Africa", "Tanzania": "Africa", "Tunisia": "Africa",
	"Uganda": "Africa", "Zambia": "Africa", "Zimbabwe": "Africa",
	"Australia": "Australia & New Zealand", "New Zealand": "Australia & New Zealand",
}

// widerWithPay is the group around a region that rows has figures of, "" if none.
func widerWithPay(region string, rows []knowledge.Pay) string {
	for _, g := range []string{wider[region], "Worldwide"} {
		if g != "" && g != region && slices.ContainsFunc(rows, func(p knowledge.Pay) bool { return p.Region == g }) {
			return g
		}
	}
	return ""
}

// inPlace writes a region as it stands after "in": "in the United States".
func inPlace(region string) string {
	switch region {
	case "United States", "United Kingdom", "Netherlands", "Philippines", "United Arab Emirates", "Dominican Republic":
		return "in the " + region
	case "Worldwide":
		return "worldwide"
	}
	return "in " + region
}

// Regions completes the names of regions that pay is published for, those with
// figures of the most roles first, at most limit. An empty prefix begins the
// whole list.
func (b *Bot) Regions(prefix string, limit int) []string {
	typed := strings.ToLower(strings.TrimSpace(prefix))
	out := []string{}
	for _, wanted := range []func(region, typed string) bool{strings.HasPrefix, func(r, t string) bool {
		return strings.Contains(r, t) && !strings.HasPrefix(r, t)
	}} {
		for _, region := range b.mind.Load().known {
			if len(out) < limit && wanted(strings.ToLower(region), typed) {
				out = append(out, region)
			}
		}
	}
	return out
}

// knownRegions are the regions of the catalogue's pay, those with figures of
// the most roles first.
func knownRegions(roles []*knowledge.Role) []string {
	of := map[string]int{}
	for _, r := range roles {
		seen := map[string]bool{}
		for _, p := range slices.Concat(r.Pay, r.PayByYears) {
			if !seen[p.Region] {
				seen[p.Region] = true
				of[p.Region]++
			}
		}
	}
	return slices.SortedFunc(maps.Keys(of), func(a, b string) int {
		return cmp.Or(cmp.Compare(of[b], of[a]), strings.Compare(a, b))
	})
}
