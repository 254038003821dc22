package intent

import "strings"

// states are states and provinces by their codes.
var states = func() map[string]placeName {
	out := map[string]placeName{}
	for line := range strings.Lines(strings.TrimSpace(stateTable)) {
		f := splitTable(line)
		name, _, _ := strings.Cut(strings.TrimRight(f[2], "?!@"), "=")
		out[f[1]] = placeName{place: place{f[0], strings.TrimRight(name, "?!@")}, kind: state, code: f[1]}
	}
	return out
}()

// codeRegions are countries by the codes that people write for them.
var codeRegions = pairs(countryCodes)

// isoCodes are the countries whose own code a state of North America has too:
// "berlin de" is no place in Delaware.
var isoCodes = pairs("al:Albania,ar:Argentina,ca:Canada,co:Colombia,de:Germany,ga:Gabon,id:Indonesia,il:Israel,in:India,la:Laos,ma:Morocco,md:Moldova,me:Montenegro,mn:Mongolia,mt:Malta,ne:Niger,pa:Panama,tn:Tunisia")

// pairs reads "key:value" between commas.
func pairs(table string) map[string]string {
	out := map[string]string{}
	for pair := range strings.SplitSeq(table, ",") {
		key, value, _ := strings.Cut(pair, ":")
		out[key] = value
	}
	return out
}

// Words of codes.
var (
	// codeWords are codes that are words too unless they are in capitals.
	codeWords = wordSet("al as au be ch co ct de es eu fr hi id il in is it la ma md me mi mo ms mt nb ne no oh ok on or pa ph pl pr ro sd sk vic")
	// townFollowers are those of them that stand behind a town in a sentence.
	townFollowers = wordSet("as de hi id in la me of oh ok on or")
	// jobCodes are codes that stand for something of the trade after "in".
	jobCodes = wordSet("ab ar de in ms nb on or sd hi ok")
	// answers are codes that answer, or join, after a comma.
	answers = wordSet("hi in me ok or")
)

// Words that stand around places.
var (
	// jobWords let an adjective beside them be one of a country.
	jobWords = wordSet(`job jobs market company companies employer employers startup startups firm firms industry income money package packages rate rates
		tc salaries salary wage wages earnings based average avg median dev devs worker workers hiring remote fintech get gets paid cost`)
	// qualifiers stand between such an adjective and the job.
	qualifiers = wordSet("it tech cyber security data cloud software average avg median typical remote entry mid junior senior lead embedded freelance contract public private government big local startup corporate digital games gaming")
	// areas make a place of the name before them.
	areas = wordSet("region area based metro district")
	// spans are what pay is counted by.
	spans = wordSet("hour hr day month mth mo year yr annum pa pm pcm hourly daily monthly yearly annually lpa ctc gross net brutto netto")
	// leadIn may stand before the name of a town that begins a question of pay.
	leadIn = wordSet("what whats is hows how the a average avg median typical normal ok and so hi hey current usual any about")
	// followers are what follow-ups begin with.
	followers = wordSet("and what whats about how hows ok same for so or then the also now but")
	// objects take the pronoun "us" behind them.
	objects = wordSet(`tell give pay pays paid show help teach let lets for about of to with from between among like than makes make gives send ask asks
		told gave get gets offer offers owe owes earn earns lead leads put keep leave treat see want need all both most some many`)
	// paidNouns beside "us" make a country of it.
	paidNouns = wordSet("salary salaries wage wages compensation comp market average avg based remote citizen citizens only companies company")
)

// Words that stand around the names of persons.
var (
	// saying is done by persons, and by no town.
	saying = wordSet("said says told asked asks reckons swears fan fans")
	// doing is done by persons, where a town and a person have one name.
	doing = wordSet("wants wanted thinks knows says said told asked asks reckons swears became becomes moved works worked loves hates hired quit used got needs likes does did jr")
	kin   = wordSet(`friend friends boss manager mgr coworker colleague sister brother bro sis mate buddy wife husband recruiter mentor teammate cousin roommate dog dogs cat mom mum dad
		uncle aunt son daughter girlfriend boyfriend neighbor neighbour classmate partner nephew niece pal lead supervisor kid intern`)
	whose    = wordSet("my our his her their your")
	teams    = wordSet("accounting marketing hr sales finance legal work support ops product design payroll my our")
	greeting = wordSet("hi hey hello thanks thx ask asked named called yo dear cheers")
)

// notThere are names of places within the names of other things.
var notThere = func() map[string]bool {
	out := map[string]bool{}
	for name := range strings.SplitSeq(otherThings, ",") {
		out[name] = true
	}
	return out
}()

const otherThings = `american dream,american express,american football,boston consulting,boston dynamics,bologna sandwich,brazil nut,brazil nuts,british airways,brussels sprouts,buffalo wings,cambridge analytica,chile pepper,chile peppers,china shop,cuba libre,` +
	`danish pastry,florence nightingale,french fries,geneva convention,georgia tech,india pale,indian ocean,jakarta ee,kentucky fried,lima bean,lima beans,london bridge,london fog,lyon share,manila envelope,manila folder,manila folders,new york minute,new york times,` +
	`oxford comma,panama hat,panama papers,paris hilton,philadelphia cheesesteak,philly cheesesteak,phoenix framework,phoenix liveview,stockholm syndrome,swiss army,swiss cheese,texas holdem,texas instruments,tokyo drift,turkish delight,vienna sausage,victoria metrics,virginia tech,washington post`
