package intent

import (
	"slices"
	"strings"

	"careerbot/knowledge"
)

// place is a country or group of countries, or one of a country's cities.
type place struct{ region, city string }

// placeTable holds a line for each country or group: its name, other names and
// demonyms, then its big cities. Words that mean something else in English
// ("polish", "turkey" the bird, "us" the pronoun) are told apart in [placeAt].
const placeTable = `
United States|usa,u.s.,u.s.a.,america,american,americans,states|new york,nyc,san francisco,sf,bay area,silicon valley,los angeles,seattle,boston,chicago,austin,denver,atlanta,dallas,houston,miami,philadelphia,san diego,san jose,portland,washington dc,raleigh,charlotte,phoenix,minneapolis,detroit,pittsburgh,salt lake city,california,texas,florida,virginia,colorado,massachusetts,new jersey,north carolina,ohio,illinois,pennsylvania,arizona,michigan,maryland
United Kingdom|uk,u.k.,britain,great britain,british,england,scotland,wales,gb|london,manchester,edinburgh,glasgow,birmingham,bristol,leeds,cambridge,oxford,belfast,cardiff,liverpool
Germany|german,germans,deutschland,allemagne,alemania,germania|berlin,munich,münchen,hamburg,frankfurt,cologne,köln,stuttgart,düsseldorf,leipzig,dresden,nuremberg
France|french,frankreich,francia|paris,lyon,toulouse,marseille,nantes,bordeaux,lille,grenoble
Netherlands|holland,dutch,niederlande,pays bas|amsterdam,rotterdam,utrecht,eindhoven,the hague,den haag,delft
Belgium|belgian|brussels,antwerp,ghent,leuven
Luxembourg||
Switzerland|swiss,schweiz,suisse,suiza|zurich,zürich,geneva,genève,basel,bern,lausanne,zug
Austria|austrian,österreich|vienna,wien,graz,linz,salzburg
Ireland|irish|dublin,cork,galway
Spain|spanish,españa,spanien|madrid,barcelona,valencia,seville,málaga,bilbao
Portugal|portuguese|lisbon,porto,lisboa
Italy|italian,italia,italien|milan,rome,turin,milano,roma,bologna,naples
Greece|greek|athens,thessaloniki
Malta|maltese|
Cyprus|cypriot|limassol,nicosia
Sweden|swedish,sverige,schweden|stockholm,gothenburg,göteborg,malmö
Norway|norwegian,norge|oslo,bergen,trondheim
Denmark|danish,danmark|copenhagen,aarhus,københavn
Finland|finnish,suomi|helsinki,espoo,tampere
Iceland|icelandic|reykjavik
Estonia|estonian|tallinn,tartu
Latvia|latvian|riga
Lithuania|lithuanian|vilnius,kaunas
Poland|polska,polsce,polen|warsaw,krakow,kraków,wroclaw,wrocław,gdansk,gdańsk,poznan,poznań,katowice,lodz
Czechia|czech,czech republic|prague,brno,ostrava
Slovakia|slovak|bratislava
Hungary|hungarian|budapest
Romania|romanian|bucharest,cluj,cluj napoca,iasi,timisoara
Bulgaria|bulgarian|sofia,plovdiv
Ukraine|ukrainian|kyiv,kiev,lviv,kharkiv,odesa
Serbia|serbian|belgrade,novi sad
Croatia|croatian|zagreb
Slovenia|slovenian|ljubljana
Russia|russian|moscow,saint petersburg,st petersburg
Belarus|belarusian|minsk
Turkey|turkish,türkiye,turkiye|istanbul,ankara,izmir
Israel|israeli|tel aviv,jerusalem,haifa
United Arab Emirates|uae,emirates,emirati|dubai,abu dhabi
Saudi Arabia|saudi,ksa|riyadh,jeddah
Qatar|qatari|doha
Kuwait|kuwaiti|
Egypt|egyptian|cairo,alexandria
Morocco|moroccan|casablanca,rabat
Nigeria|nigerian|lagos,abuja
Kenya|kenyan|nairobi
Ghana|ghanaian|accra
Ethiopia|ethiopian|addis ababa
South Africa|south african|cape town,johannesburg,durban,pretoria
India|indian,bharat|bangalore,bengaluru,hyderabad,mumbai,delhi,new delhi,pune,chennai,noida,gurgaon,gurugram,kolkata,ahmedabad,kochi,jaipur
Pakistan|pakistani|karachi,lahore,islamabad
Bangladesh|bangladeshi|dhaka
Sri Lanka|sri lankan|colombo
Nepal|nepali|kathmandu
China|chinese|beijing,shanghai,shenzhen,hangzhou,guangzhou
Hong Kong|hk|
Taiwan|taiwanese|taipei
Japan|japanese|tokyo,osaka,kyoto,yokohama
South Korea|korea,korean|seoul,busan
Singapore|singaporean,sg|
Malaysia|malaysian|kuala lumpur,penang
Indonesia|indonesian|jakarta,bandung
Philippines|philippine,filipino|manila,cebu,makati
Vietnam|vietnamese|hanoi,ho chi minh city,ho chi minh,saigon
Thailand|thai|bangkok
Australia|australian,aus,oz|sydney,melbourne,brisbane,perth,adelaide,canberra
New Zealand|nz,kiwi|auckland,wellington
Canada|canadian,canadians|toronto,vancouver,montreal,ottawa,calgary,waterloo,edmonton,quebec,ontario,british columbia,alberta
Mexico|mexican,méxico|mexico city,guadalajara,monterrey
Brazil|brazilian,brasil|são paulo,sao paulo,rio de janeiro,rio,curitiba,belo horizonte
Argentina|argentinian,argentine|buenos aires,córdoba
Chile|chilean|santiago
Colombia|colombian|bogota,bogotá,medellin,medellín
Peru|peruvian|lima
Costa Rica|costa rican|
Uruguay|uruguayan|montevideo
Europe|european,eu,europa,european union|
Western Europe||
Northern Europe|nordics,nordic,scandinavia,scandinavian|
Southern Europe||
Eastern Europe|eastern european,central europe|
South Asia|south asian|
East & South-East Asia|south east asia,southeast asia,east asia,sea,asia,asian|
Latin America|latam,south america,latin american|
Africa|african|
Australia & New Zealand|anz,oceania|
Middle East|gulf,mena|
Worldwide|world,global,globally,international,internationally|
`

// currencies are words for pay that are at home in one country.
var currencies = map[string]string{"lpa": "India", "lakh": "India", "lakhs": "India", "crore": "India", "rupees": "India", "inr": "India",
	"gbp": "United Kingdom", "quid": "United Kingdom", "cad": "Canada", "aud": "Australia", "chf": "Switzerland", "sek": "Sweden", "pln": "Poland", "zloty": "Poland"}

// places finds countries and cities by their words joined with a space.
var places, placeStarts, longestPlace = readPlaces()

func readPlaces() (out map[string]place, starts map[string]bool, longest int) {
	out, starts, longest = map[string]place{}, map[string]bool{}, 1
	put := func(name string, p place) {
		key := strings.Join(knowledge.Words(name), " ")
		longest = max(longest, strings.Count(key, " ")+1)
		first, _, _ := strings.Cut(key, " ")
		starts[first] = true
		if _, taken := out[key]; !taken {
			out[key] = p
		}
	}
	for line := range strings.Lines(strings.TrimSpace(placeTable)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		region := parts[0]
		put(region, place{region, ""})
		for _, name := range strings.Split(parts[1], ",") {
			if name != "" {
				put(name, place{region, ""})
			}
		}
		for _, name := range strings.Split(parts[2], ",") {
			if name != "" {
				put(name, place{region, cityTitle(name)})
			}
		}
	}
	return out, starts, longest
}

// cityTitle writes a city with its capitals.
func cityTitle(name string) string {
	if len(name) <= 3 {
		return map[string]string{"nyc": "New York", "sf": "San Francisco", "rio": "Rio de Janeiro"}[name] + map[bool]string{true: strings.ToUpper(name[:1]) + name[1:], false: ""}[name != "nyc" && name != "sf" && name != "rio"]
	}
	words := strings.Split(name, " ")
	for i, w := range words {
		switch {
		case w == "dc":
			words[i] = "DC"
		case i == 0 || w != "de" && w != "the":
			r := []rune(w)
			words[i] = strings.ToUpper(string(r[0])) + string(r[1:])
		}
	}
	return strings.Join(words, " ")
}

// regionNamed is the region that a dashed name stands for, "" for none.
func regionNamed(dash string) string {
	p, ok := places[placeKey(dash)]
	if !ok || p.city != "" || dashed(p.region) != dash {
		return ""
	}
	return p.region
}

func cityNamed(dash string) (place, bool) {
	p, ok := places[placeKey(dash)]
	return p, ok && p.city != ""
}

func placeKey(dash string) string { return strings.Join(knowledge.Words(dash), " ") }

// notPlaces are words that are a place only when something says so.
var notPlaces = []string{"us", "states", "oz", "sea", "world", "global", "globally", "international", "internationally", "turkey", "rio",
	"aus", "gb", "sg", "hk", "kiwi", "gulf", "cork", "bath", "nice", "perth", "phoenix", "portland", "austin", "sofia", "lima", "santiago",
	"chinese", "french", "spanish", "german", "italian", "japanese", "russian", "dutch", "korean", "portuguese", "thai", "greek", "waterloo", "cambridge", "oxford", "linz", "sf"}

// placeAt finds the longest place that begins at token i; n is 0 for none.
func placeAt(ts []token, i int, pay bool) (p place, n int) {
	if w := ts[i].text; !placeStarts[w] && w != "us" && w != "ca" {
		return place{}, 0
	}
	if !afterIn(ts, i) && !pay && !(i == 0) && !ts[i].caps && !startsUpper(ts[i].shown) {
		// lower-case and after no preposition: only names that mean nothing else
		if slices.Contains(notPlaces, ts[i].text) {
			return place{}, 0
		}
	}
	var key strings.Builder
	for j := i; j < len(ts) && j < i+longestPlace; j++ {
		if j > i {
			if strings.ContainsAny(ts[j].gap, ",;?!()\n") {
				break
			}
			key.WriteByte(' ')
		}
		key.WriteString(ts[j].text)
		if got, ok := places[key.String()]; ok && plausible(ts, i, j+1, key.String(), got) {
			p, n = got, j+1-i
		}
	}
	if n == 0 {
		if (ts[i].shown == "US" || ts[i].text == "us" && i > 0 && (ts[i-1].text == "the" || ts[i-1].text == "in")) && plausibleUS(ts, i) {
			return place{"United States", ""}, 1
		}
		if ts[i].caps && (ts[i].text == "ca") && afterIn(ts, i) {
			return place{"United States", "California"}, 1
		}
	}
	return p, n
}

func plausibleUS(ts []token, i int) bool {
	return ts[i].caps || i+1 == len(ts) || ts[i-1].text == "the" || ts[i+1].gap != ""
}

func plausible(ts []token, i, end int, key string, p place) bool {
	if !slices.Contains(notPlaces, key) {
		return true
	}
	if afterIn(ts, i) || ts[i].caps && len(key) > 1 {
		return true
	}
	return startsUpper(ts[i].shown) && p.city != "" && i > 0 || i == 0 && end == len(ts)
}

// afterIn says whether the token before i places what follows.
func afterIn(ts []token, i int) bool {
	if i == 0 {
		return false
	}
	switch ts[i-1].text {
	case "in", "from", "for", "at", "near", "around", "within", "across", "en", "au", "aux", "no", "na", "nel", "der", "den", "w", "v":
		return true
	case "the":
		return i > 1 && (ts[i-2].text == "in" || ts[i-2].text == "across" || ts[i-2].text == "for")
	}
	return false
}

func startsUpper(s string) bool { return s != "" && s[0] >= 'A' && s[0] <= 'Z' }
