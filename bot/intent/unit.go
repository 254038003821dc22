package intent

import (
	"slices"
	"strings"

	"careerbot/knowledge"
)

// unit is a word, or several that name one thing.
type unit struct {
	kind     kind
	word     string            // as folded, where it is one word
	roles    []*knowledge.Role // kindRole: one that is meant or several to ask about
	outside  string            // kindRole: an occupation that the catalogue lacks
	near     bool              // kindRole: roles are what a name that is none comes nearest to
	field    string            // a category that the words stand for, also beside roles
	weakFld  bool              // the field needs a word such as "jobs" beside it
	place    place
	years    string // kindYears: a band
	from, to int    // tokens
	typo     bool
	headed   bool // kindRole: the name ends in a noun such as "engineer"
	weak     bool // kindRole: a single word that means other things as well
	plural   bool
	caps     bool
	breaks   bool   // a sentence or clause ends before this unit
	gap      string // what stands between it and the unit before
}

// breaksHard says whether a sentence, and not only a clause, ends before u.
func (u *unit) breaksHard() bool { return strings.ContainsAny(u.gap, ".?!;\n") }

// weakNames are names of one word that mean other things as well.
var weakNames = wordSet(`platform data cloud network security mobile lead leads admin administrator manager support engineer designer director
	infrastructure consultant architect scientist analyst developer dev programmer coder tester backend frontend qa ux po ba em tam tse ml ai bi
	sa se pm da de ds ea ae tl tpm sdm cdo apm tse engineer admin cloud reverse ux ui ceo cpo swe sde mle bsa rte uxr devs developers programmers
	coders engineers managers analysts designers architects consultants admins testers administrators directors scientists webmaster fullstack
	helpdesk devops finops appsec sysadmin mlops devsecops dba sre pentester cio cto ciso ios android firmware embedded mainframe grc gis rpa erp nlp blockchain robotics telecom malware iam noc dfir salesforce sfdc web3 voip`)

// shaky are those of them that are more often something else than a role.
var shaky = wordSet(`platform data cloud network security mobile lead admin administrator manager support engineer designer director infrastructure
	consultant architect scientist analyst de ds da ea ae em tl sa se po ba bi ai ml pm tam developer dev tester qa ux backend frontend apm cdo networks
	engineers managers analysts designers architects consultants admins testers administrators directors scientists leads developers devs programmer programmers
	coder coders fullstack helpdesk devops ios android firmware embedded mainframe gis rpa erp nlp blockchain robotics telecom malware iam noc salesforce web3 voip`)

// heads are the nouns that name an occupation together with what stands before
// them; alone they name none.
var heads = wordSet(`engineer engineers engineering analyst analysts manager managers designer designers consultant consultants director directors architect architects
	administrator administrators admin technician technicians scientist scientists officer officers specialist specialists assistant assistants coordinator clerk operator
	inspector representative rep agent supervisor advisor adviser planner scheduler buyer worker professor instructor lecturer editor trainer handler tech techs
	associate executive secretary receptionist cashier driver investigator examiner estimator surveyor broker trader banker researcher controller dispatcher installer mechanic`)

// outsideModifiers make an occupation outside IT of a head, also of "developer".
var outsideModifiers = wordSet(`mechanical electrical civil chemical structural petroleum aerospace aeronautical biomedical industrial environmental nuclear marine automotive
	mining materials sound audio process plant manufacturing agricultural geotechnical electronics electronic audio recording lighting fire flight train locomotive stationary
	water biomedical building construction interior fashion graphic costume set floral jewelry textile landscape product-packaging urban property estate land business
	curriculum hotel restaurant store retail bank branch office account accounts hr human resources marketing sales operations supply warehouse logistics kitchen
	event wedding property case nurse nursing stage funeral campaign fund portfolio risk wealth sales pharmacy dental medical xray ultrasound lab laboratory veterinary surgical
	hvac auto automobile aircraft nail beauty teacher film movie art creative music political budget financial finance credit investment equity research policy market actuarial
	food taste wine beer drug crash perfume mattress
	tax legal compliance procurement crime behavior intelligence`)

// goodModifiers leave a bare head what it is.
var goodModifiers = wordSet(`good great best better bad worse average avg typical normal successful effective professional freelance freelancer selftaught self-taught remote young old new
	experienced skilled certified real true proper modern top full-time fulltime parttime time contract independent indian american german british european female woman
	male black famous rich expert ideal productive happy great decent regular certain single lone solo other another fellow older aspiring future former ex
	google amazon microsoft facebook meta apple netflix uber accenture tcs infosys wipro ibm oracle adobe intel nvidia twitter linkedin airbnb stripe shopify spotify faang yelp deloitte
	capgemini cognizant salesforce yahoo sap cisco tesla spacex startup taught level entry mid time big tech corporate enterprise
	what which that how any some many most all more few both these those`)

// techWords are languages and products: "a Java developer" is a developer.
var techWords = wordSet(`java javascript js typescript ts python go golang rust ruby rails php laravel c c++ c# net dotnet scala kotlin swift react angular vue node nodejs django flask spring
	aws azure gcp sql perl elixir haskell clojure erlang r matlab html css wordpress drupal magento sharepoint sap hadoop spark kafka linux unix windows oracle mern mean jvm cobol fortran
	objective qt embedded core api web3 open source`)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// units turns tokens into units: names first, then fields, places, years and
// occupations outside the catalogue.
func (r *Reader) units(ts []token) []unit {
	joinDots(ts)
	words := make([]string, len(ts))
	for i, t := range ts {
		words[i] = t.text
	}
	mentions := r.c.Find(words, r.realWord)
	mentions = slices.DeleteFunc(mentions, func(m knowledge.Mention) bool { return germany(ts, m, mentions) })
	us := make([]unit, 0, len(ts))
	pay := slices.ContainsFunc(words, func(w string) bool { return payWords[w] })
	places := placeFinder{ts: ts, mentions: slices.Clone(mentions), pay: pay} // below, mentions are taken off
	for i := 0; i < len(ts); {
		for len(mentions) > 0 && mentions[0].Start < i {
			mentions = mentions[1:]
		}
		u := unit{from: i, to: i + 1, gap: ts[i].gap, breaks: breaksBefore(ts[i].gap), caps: ts[i].caps}
		named := len(mentions) > 0 && mentions[0].Start == i && nameStands(ts, mentions[0])
		f, nf := r.fieldAt(ts, i)
		p, np := places.at(i)
		band, ny := yearsAt(ts, i)
		nm := 0
		if named {
			nm = mentions[0].End - i
		}
		nouns := nm
		if !named && len(mentions) > 0 && mentions[0].Start == i {
			nouns = beforeSign(ts, mentions[0])
		}
		if turned, n := r.turnedAt(ts, i, nouns, mentions); n > nm {
			mentions = append([]knowledge.Mention{turned}, slices.DeleteFunc(mentions, func(m knowledge.Mention) bool { return m.Start < turned.End })...)
			named, nm = true, n
		}
		if i+1 < len(ts) && ts[i+1].gap == "" && plainNouns[ts[i].text+"-"+ts[i+1].text] {
			u.word = ts[i].text
			us = append(us, u, unit{word: ts[i+1].text, from: i + 1, to: i + 2})
			i += 2
			continue
		}
		switch {
		case ts[i].caps && (ts[i].shown == "BE" || ts[i].shown == "FE") && nm == 0 && len(r.c.Named(bothEnds[ts[i].shown])) == 1:
			u.kind, u.roles, u.weak, u.caps = kindRole, r.c.Named(bothEnds[ts[i].shown]), true, true
		case np > nm && np >= nf:
			u.kind, u.place, u.to = kindPlace, p, i+np
		case named && nm >= nf:
			u = r.nameUnit(u, ts, mentions[0])
			if nf == nm {
				u.field, u.weakFld = f.category, f.weak
			}
		case nf > 0 && !(len(mentions) > 0 && mentions[0].Start > i && mentions[0].Start < i+nf && mentions[0].End > i+nf && nameStands(ts, mentions[0])):
			u.kind, u.field, u.weakFld, u.to = kindField, f.category, f.weak, i+nf
			if nf == 1 {
				u.word = ts[i].text
			}
		case ny > 0:
			u.kind, u.years, u.to = kindYears, band, i+ny
		default:
			u.word = ts[i].text
			if isThousands(u.word) {
				u.word = "100k"
			}
		}
		us = append(us, u)
		i = u.to
	}
	return r.outsiders(r.sideBySide(r.sharedNoun(r.oneNoun(r.narrowed(leading(us), ts)), ts)), ts)
}

// turnedAt reads a name whose noun stands first, as in job advertisements:
// "Engineer, Data", "Product Manager - AI", "designer web". The noun is n
// words long at i, or one. It gives no words where there is none.
func (r *Reader) turnedAt(ts []token, i, n int, mentions []knowledge.Mention) (knowledge.Mention, int) {
	nouns := max(n, 1)
	if i+nouns >= len(ts) || nouns > 3 || !turnable[ts[i+nouns-1].text] {
		return knowledge.Mention{}, 0
	}
	gap := ts[i+nouns].gap
	if gap != "" && !strings.Contains(" , - – — ( : / ", " "+gap+" ") {
		return knowledge.Mention{}, 0
	}
	var noun []string
	for _, t := range ts[i : i+nouns] {
		noun = append(noun, t.text)
	}
	for k := min(4, len(ts)-i-nouns); k > 0; k-- {
		at := i + nouns
		if stopWords[ts[at].text] && !ts[at].caps && ts[at].text != "of" && ts[at].text != "for" || ts[at].text == "de" {
			break
		}
		longer := func(m knowledge.Mention) bool { return m.Start < at+k && m.Start > i && m.End > at+k }
		if partOfList(ts, at, k, gap) || slices.ContainsFunc(mentions, longer) {
			continue
		}
		var of []string
		for _, t := range ts[at : at+k] {
			of = append(of, t.text)
		}
		if of[0] == "of" || of[0] == "for" {
			if len(of) == 1 || gap != "" {
				continue
			}
			of = of[1:]
			if of[0] == "the" {
				continue
			}
		}
		if roles := r.turnedName(noun, of, gap); len(roles) == 1 {
			return knowledge.Mention{Start: i, End: at + k, Roles: roles}, nouns + k
		}
	}
	return knowledge.Mention{}, 0
}

// beforeSign counts the words of a mention before the first that a sign stands
// before.
func beforeSign(ts []token, m knowledge.Mention) int {
	for i := m.Start + 1; i < m.End; i++ {
		if ts[i].gap != "" {
			return i - m.Start
		}
	}
	return m.End - m.Start
}

// turnedName is the role that noun and what it is of name together.
func (r *Reader) turnedName(noun, of []string, gap string) []*knowledge.Role {
	asIs := r.c.Named(strings.Join(noun, " "))
	of = slices.Clip(of)
	names := [][]string{append(of, noun...)}
	if gap != "" {
		names = append(names, append(slices.Clip(noun), of...))
		if len(noun) > 1 && (noun[len(noun)-2] == "software" || noun[len(noun)-2] == "mobile" || techWords[noun[len(noun)-2]]) { // "Senior Software Engineer, Data"
			short := append(slices.Clone(of), noun[len(noun)-1])
			if levelWords[noun[0]] {
				short = append([]string{noun[0]}, short...)
			}
			names = append(names, short)
		}
	}
	for _, name := range names {
		if roles := r.c.Named(strings.Join(name, " ")); len(roles) == 1 && (gap != "" || !slices.Equal(roles, asIs)) {
			return roles
		}
	}
	return nil
}

// partOfList says whether the k words at at are one of several things that are
// set side by side, or are no name of a field by themselves.
func partOfList(ts []token, at, k int, gap string) bool {
	for _, t := range ts[at+1 : at+k] {
		if t.gap != "" && t.gap != "-" && t.gap != "/" && t.gap != "&" {
			return true
		}
	}
	if gap == "" && !ts[at].caps && (alsoVerbs[ts[at].text] || teamWords[ts[at].text]) || heads[ts[at+k-1].text] && ts[at+k-1].text != "engineering" && ts[at+k-1].text != "associate" {
		return true
	}
	if at+k == len(ts) {
		return false
	}
	next := ts[at+k]
	switch next.text {
	case "or", "and", "vs", "versus":
		return next.gap == "" || next.gap == ","
	}
	if strings.HasPrefix(next.gap, ",") && gap != "(" {
		return true
	}
	return next.gap == "" && (heads[next.text] || turnable[next.text])
}

// turnable are the nouns that may stand before what they are of.
var turnable = wordSet(`engineer engineers developer developers dev devs analyst analysts architect architects administrator admin manager managers director designer designers scientist researcher
	consultant tester programmer lead specialist technician writer coach owner auditor sde swe vp svp evp head`)

// alsoVerbs are fields that are as well what the one before them does: "what
// do engineers design".
var alsoVerbs = wordSet("support design test build release lead research manage program code platform test testing product production content sales network security cloud data software business project technical it")

// leading reads "lead" before a name as a seniority: "lead data architect".
func leading(us []unit) []unit {
	for i := range us {
		u := &us[i]
		if u.kind == kindRole && u.word == "lead" && i+1 < len(us) && us[i+1].kind == kindRole && us[i+1].gap == "" && (us[i+1].headed || len(us[i+1].roles) == 1) && us[i+1].word != "lead" {
			*u = unit{kind: kindWord, word: "lead", from: u.from, to: u.to, gap: u.gap, breaks: u.breaks, caps: u.caps}
		}
	}
	return us
}

// narrowed draws a field and the name that it narrows together: "mobile
// product manager" is a product manager, "cloud security architect" is a
// security architect.
func (r *Reader) narrowed(us []unit, ts []token) []unit {
	out := us[:0]
	for _, u := range us {
		n := len(out)
		if n == 0 || u.kind != kindRole || !u.headed || u.gap != "" && u.gap != "-" || u.to-u.from < 1 {
			out = append(out, u)
			continue
		}
		of := &out[n-1]
		if genericAfter[u.word] && of.kind == kindRole && of.headed && len(of.roles) == 1 && of.to-of.from > 1 { // "front end developer consultant"
			of.to = u.to
			continue
		}
		if !narrowing[ts[of.from].text] || of.headed || of.kind != kindRole && of.kind != kindField || levelWords[ts[u.from].text] {
			out = append(out, u)
			continue
		}
		if u.to-u.from == 1 { // a bare noun: with the last words of the field it may be a name
			if roles := r.withLast(ts[of.from:of.to], ts[u.from].text); len(roles) == 1 {
				u.roles = roles
			} else {
				out = append(out, u)
				continue
			}
		} else if len(u.roles) > 1 {
			out = append(out, u)
			continue
		}
		u.from, u.gap, u.breaks, u.weak, u.word = of.from, of.gap, of.breaks, false, ""
		out[n-1] = u
	}
	return out
}

// withLast is the role that the last words of a field name together with noun.
func (r *Reader) withLast(field []token, noun string) []*knowledge.Role {
	for i := range field {
		name := ""
		for _, t := range field[i:] {
			name += t.text + " "
		}
		if roles := r.c.Named(name + noun); len(roles) == 1 {
			return roles
		}
	}
	return nil
}

// genericAfter are nouns that leave a name before them what it is.
var genericAfter = wordSet("consultant consultants")

// narrowing begin the fields that narrow a name after them.
var narrowing = wordSet(`data cloud security cyber cybersecurity network mobile ai ml machine artificial erp gis telecom infrastructure platform product digital application information computer
	salesforce sap web enterprise quality qa test automation it technical firmware embedded blockchain bi big agile devops`)

// sharedNoun lets two names share the noun of the second: "UI and UX designer".
func (r *Reader) sharedNoun(us []unit, ts []token) []unit {
	for i := 2; i < len(us); i++ {
		if us[i].kind != kindRole || !us[i].headed || us[i-1].kind != kindWord {
			continue
		}
		switch us[i-1].word {
		case "and", "or", "vs", "versus":
		default:
			continue
		}
		first := &us[i-2]
		if first.to-first.from != 1 || first.kind == kindPlace || first.kind == kindRole && (len(first.roles) == 1 || first.headed) {
			continue
		}
		word := ts[first.from].text
		if stopWords[word] || goodModifiers[word] || levelWords[word] {
			continue
		}
		if roles := r.c.Named(word + " " + ts[us[i].to-1].text); len(roles) == 1 {
			first.kind, first.roles, first.headed = kindRole, roles, true
		}
	}
	return us
}

// sideBySide reads two kinds of work that are set against each other as who
// does them: "test and development, which pays more?".
func (r *Reader) sideBySide(us []unit) []unit {
	for i := 2; i < len(us); i++ {
		a, b := &us[i-2], &us[i]
		first, second := whoDoes[a.word], whoDoes[b.word]
		if first == "" || second == "" || first == second || us[i-1].gap != "" || b.gap != "" || i > 2 && us[i-3].gap == "" && us[i-3].kind == kindWord && !stopWords[us[i-3].word] && !r.cues.words[us[i-3].word] {
			continue
		}
		switch us[i-1].word {
		case "and", "or", "vs", "versus":
		default:
			continue
		}
		if i+1 < len(us) && us[i+1].gap == "" && us[i+1].kind == kindWord && !stopWords[us[i+1].word] && !r.cues.words[us[i+1].word] && !fieldNouns[us[i+1].word] {
			continue // "test and development environments"
		}
		for u, who := range map[*unit]string{a: first, b: second} {
			if roles := r.c.Named(who); len(roles) == 1 {
				u.kind, u.roles, u.field, u.weakFld, u.weak = kindRole, roles, "", false, false
			}
		}
	}
	return us
}

// whoDoes names who does a kind of work.
var whoDoes = map[string]string{"test": "qa engineer", "testing": "qa engineer", "development": "software engineer", "dev": "software engineer", "programming": "software engineer", "coding": "software engineer"}

// oneNoun draws two names together that are one noun: in "full stack
// JavaScript developer" and "UX developer" the first says which.
func (r *Reader) oneNoun(us []unit) []unit {
	out := us[:0]
	for _, u := range us {
		if n := len(out); n > 0 && u.kind == kindRole && out[n-1].kind == kindRole && (u.gap == "" || u.gap == "-") && len(out[n-1].roles) == 1 &&
			len(u.roles) == 1 && (u.roles[0].ID == "software-engineer" || u.roles[0].ID == "frontend-engineer") && !out[n-1].headed {
			out[n-1].to, out[n-1].weak, out[n-1].plural = u.to, false, u.plural
			continue
		}
		if n := len(out); n > 1 && u.kind == kindRole && len(u.roles) == 1 && u.roles[0].ID == "software-engineer" && u.gap == "" && // "full stack Java developer"
			r.product(&out[n-1]) && out[n-1].gap == "" && out[n-2].kind == kindRole && len(out[n-2].roles) == 1 && !out[n-2].headed {
			out = out[:n-1]
			out[n-2].to, out[n-2].weak, out[n-2].plural = u.to, false, u.plural
			continue
		}
		out = append(out, u)
	}
	return out
}

// plainNouns are things that a word of a role or of a field begins, and that
// are neither.
var plainNouns = wordSet(`lead-time lead-times cloud-9 cloud-nine hacker-news social-security job-security home-security airport-security national-security food-security security-deposit security-guard security-guards
	security-camera security-cameras support-ticket support-tickets support-group support-groups child-support helpdesk-ticket helpdesk-tickets data-plan data-plans data-roaming mobile-data unit-test unit-tests
	blood-test blood-tests driving-test test-drive product-recall product-placement platform-shoes software-license software-licenses directors-cut gothic-architecture roman-architecture architecture-firm
	cloud-storage network-cable network-marketing social-network social-networks mobile-home mobile-homes mobile-phone mobile-phones`)

// product says whether u may be a language or a product that a name is
// written around: "full stack Java developer", "Android Studio developer".
func (r *Reader) product(u *unit) bool {
	return u.kind == kindWord && u.to-u.from == 1 && (techWords[u.word] || !stopWords[u.word] && !goodModifiers[u.word] && !levelWords[u.word] && !fieldNouns[u.word] && !teamWords[u.word] && !r.cues.words[u.word] && !isNumber(u.word))
}

// personWords stand for somebody, whatever the job.
var personWords = wordSet("person people guy guys folk folks ppl dude dudes wizard wizards gal guru ninja")

// bothEnds are short forms that are a word of English or no word unless they
// are written in capitals.
var bothEnds = map[string]string{"BE": "backend engineer", "FE": "frontend engineer"}

// payWords let a lower-case place stand without "in".
var payWords = wordSet("salary salaries pay earn earns make makes wage wages compensation comp tc")

// nameStands refuses names that a common word begins: "to be engineer".
func nameStands(ts []token, m knowledge.Mention) bool {
	t := ts[m.Start]
	if (t.text == "be" || t.text == "is" || t.text == "it" && m.End-m.Start == 1) && !t.caps {
		if m.Start > 0 && (ts[m.Start-1].text == "a" || ts[m.Start-1].text == "an" || ts[m.Start-1].text == "the") && t.text != "it" {
			return true
		}
		return m.Start == 0 && t.text == "be" && len(ts) > 1 && (ts[1].text == "vs" || ts[1].text == "and" || ts[1].text == "or")
	}
	for i := m.Start + 1; i < m.End; i++ {
		if strings.ContainsAny(ts[i].gap, ",;?!.()\n") {
			return false
		}
	}
	return true
}

func breaksBefore(gap string) bool {
	return strings.ContainsAny(gap, ",.;:?!()\n–—") || strings.Contains(gap, "--")
}

func (r *Reader) nameUnit(u unit, ts []token, m knowledge.Mention) unit {
	u.kind, u.roles, u.to, u.typo = kindRole, m.Roles, m.End, m.Typo
	if len(m.Roles) == 0 { // a company has hidden it
		var words []string
		for _, t := range ts[m.Start:m.End] {
			words = append(words, t.text)
		}
		u.outside = strings.Join(words, " ")
		return u
	}
	last := ts[m.End-1].text
	u.plural = strings.HasSuffix(last, "s") && !strings.HasSuffix(last, "ss") && !strings.HasSuffix(last, "ops")
	u.headed = heads[last] || strings.HasPrefix(last, "develop") || strings.HasPrefix(last, "program") || strings.HasPrefix(last, "test") || last == "dev" || last == "devs" || personWords[last]
	if m.End-m.Start == 1 {
		u.weak = weakNames[ts[m.Start].text]
		u.caps = ts[m.Start].caps
		u.word = ts[m.Start].text // for the rules of weak names; kind says it is a role
	}
	return u
}

// outsiders finds occupations that the catalogue lacks: known ones ("nurse"),
// and a head with something before it that makes no role ("plant engineer").
// It takes weak names back where they are part of another noun.
func (r *Reader) outsiders(us []unit, ts []token) []unit {
	for i := range us {
		u := &us[i]
		switch {
		case u.kind == kindRole && ts[u.from].text == "data" && i+1 < len(us) && us[i+1].word == "entry":
			*u = unit{kind: kindRole, outside: "data entry", from: u.from, to: us[i+1].to, gap: u.gap, breaks: u.breaks}
			us[i+1].to = us[i+1].from
		case r.ofAnotherTrade(us, i, ts):
			r.compound(us, i, ts)
		case u.kind == kindRole && u.weak && (u.word == "director" || u.word == "manager") && r.otherwiseLed(us, i):
			last := &us[i+2]
			var words []string
			for _, t := range ts[u.from:last.to] {
				words = append(words, t.text)
			}
			*u = unit{kind: kindRole, outside: strings.Join(words, " "), from: u.from, to: last.to, gap: u.gap, breaks: u.breaks}
			us[i+1].to, last.to = us[i+1].from, last.from
		case u.kind == kindRole && u.weak:
			r.weakName(us, i, ts)
		case u.kind == kindWord && occupations[u.word] && !knownVerb(us, i):
			u.kind, u.outside = kindRole, u.word
		case u.kind == kindField && ts[u.from].text == "design" && u.to-u.from == 1 && i > 0 && us[i-1].kind == kindWord && outsideModifiers[us[i-1].word] && u.gap == "":
			r.compound(us, i, ts) // "interior design"
		case (u.kind == kindWord || u.kind == kindField) && heads[ts[u.from].text] && u.to-u.from == 1:
			r.outsideHead(us, i, ts)
		}
	}
	// what became part of an occupation is emptied
	return slices.DeleteFunc(us, func(u unit) bool { return u.to == u.from })
}

// ofAnotherTrade says whether what stands before the name of unit i makes
// another trade of it: "customer service manager", "business development
// manager".
func (r *Reader) ofAnotherTrade(us []unit, i int, ts []token) bool {
	u := &us[i]
	if i == 0 || u.kind != kindRole || u.to-u.from < 2 || u.gap != "" || len(u.roles) != 1 {
		return false
	}
	prev := &us[i-1]
	first := ts[u.from].text
	switch {
	case anyTrade[first] && prev.kind != kindWord:
		return prev.kind == kindRole && prev.outside != "" || prev.kind == kindField && prev.weakFld && prev.word == "business"
	case prev.kind != kindWord:
		return false
	case anyTrade[first]:
		return outsideModifiers[prev.word] || otherTrades[prev.word]
	}
	return outsideModifiers[prev.word] && (first == "field" || first == "quality" || first == "test" || first == "design")
}

// anyTrade begin names that are of IT only when nothing else is said.
var anyTrade = wordSet("development service services")

// otherTrades are words before them that say something else.
var otherTrades = wordSet("business customer client guest food health social community market talent career personal child economic organizational organisational training leadership sales fundraising civil")

// otherwiseLed says whether the director or manager of unit i is one of
// something outside IT: "director of nursing".
func (r *Reader) otherwiseLed(us []unit, i int) bool {
	if i+2 >= len(us) || us[i+1].word != "of" || us[i+1].kind != kindWord || us[i+1].gap != "" || us[i+2].gap != "" {
		return false
	}
	of := &us[i+2]
	return of.kind == kindRole && of.outside != "" || of.kind == kindWord && (occupations[of.word] || outsideModifiers[of.word] || ledElsewhere[of.word])
}

// ledElsewhere are fields outside IT that have directors and managers.
var ledElsewhere = wordSet("nursing communications communication fundraising housekeeping maintenance policy talent growth employment rehabilitation public social admissions athletics photography catering finance facilities logistics music football")

// knownVerb says whether an occupation's word is used as something else:
// "a nurse", "nurses", "as nurse" are occupations, "to nurse" is none.
func knownVerb(us []unit, i int) bool {
	if i > 0 && us[i-1].kind == kindWord {
		switch us[i-1].word {
		case "to", "will", "can":
			return us[i].word != "teaching" && us[i].word != "nursing" && us[i].word != "law"
		}
	}
	return false
}

// weakName decides what a single-word name is: a role, part of a compound that
// is an occupation of its own, or just a word.
func (r *Reader) weakName(us []unit, i int, ts []token) {
	u := &us[i]
	word := ts[u.from].text
	head := heads[word] || word == "developer" || word == "developers" || word == "tester" || word == "testers" || word == "coder" || word == "coders" || word == "support" || word == "lead"
	if head && i > 0 && u.gap == "" {
		j := i - 1
		prev := &us[j]
		content := prev.kind == kindWord && !stopWords[prev.word] && !goodModifiers[prev.word] && !techWords[prev.word] && !levelWords[prev.word] && !isNumber(prev.word) ||
			prev.kind == kindField && !prev.weakFld && head && prev.field != All || prev.kind == kindField && prev.weakFld || prev.kind == kindRole && (prev.weak || prev.outside != "")
		developer := strings.HasPrefix(word, "develop") || strings.HasPrefix(word, "program") || strings.HasPrefix(word, "test") || word == "coder"
		if developer {
			content = prev.kind == kindWord && outsideModifiers[prev.word] || prev.kind == kindWord && prev.word == "real"
		}
		if content && !questionVerb(us, j) {
			r.compound(us, i, ts)
			return
		}
		if techWords[ts[prev.from].text] && prev.kind == kindWord && (word == "engineer" || word == "engineers") {
			if se := r.c.Named("software engineer"); len(se) == 1 {
				u.roles = se
			}
		}
	}
	if i > 0 && us[i-1].kind == kindWord && u.gap == "" {
		switch prev := us[i-1].word; {
		case word == "lead" && !leadBefore[prev], shaky[word] && (prev == "my" || prev == "our" || prev == "your" || prev == "his" || prev == "her"):
			u.kind, u.roles, u.word = kindWord, nil, word
			return
		}
	}
	if strings.HasPrefix(word, "lead") && i+1 < len(us) && us[i+1].kind == kindWord && (us[i+1].word == "to" || us[i+1].word == "me" || us[i+1].word == "you" || us[i+1].word == "in" || us[i+1].word == "into") {
		u.kind, u.roles, u.word = kindWord, nil, word
		return
	}
	if shaky[word] && i+1 < len(us) && us[i+1].gap == "" && us[i+1].kind == kindWord && r.partOfNoun(us, i) {
		u.kind, u.roles, u.word = kindWord, nil, word
		return
	}
}

// leadBefore are the words after which "lead" is somebody, not something done.
var leadBefore = wordSet("a an the as become becoming vs versus or and of senior new good to from for is am im about be being good great")

// partOfNoun says whether the word after unit i makes another thing of it:
// "data structures", "security team".
func (r *Reader) partOfNoun(us []unit, i int) bool {
	next := us[i+1].word
	if strings.HasPrefix(us[i].word, "develop") || strings.HasPrefix(us[i].word, "program") || us[i].word == "dev" || us[i].word == "devs" {
		return teamWords[next] || next == "tools" || next == "experience"
	}
	if u := &us[i]; u.caps && !teamWords[next] || u.word == "devops" || u.word == "fullstack" || u.word == "frontend" || u.word == "backend" || u.word == "helpdesk" {
		return teamWords[next]
	}
	if stopWords[next] || r.cues.words[next] || fieldNouns[next] || levelWords[next] || isNumber(next) || next == "->" || next == "and" || next == "¤" {
		return teamWords[next]
	}
	return true
}

var fieldNouns = wordSet("stuff job jobs role roles career careers field industry position positions profession work person people guy guys folks professional professionals salary salaries pay directly without dev devs interview positions gig gigs money rates ladder titles title")

var teamWords = wordSet("agency agencies shop vendor vendors contractor startup startups company companies lab labs team teams account accounts console site website community account group groups meeting side code environment preview program docs documentation license box boxes mode build builds portal conference")

// compound makes one occupation outside the catalogue of a head and the words
// before it.
func (r *Reader) compound(us []unit, i int, ts []token) {
	j := i - 1
	for j > 0 && us[j].gap == "" && i-j < 3 && us[j-1].to > us[j-1].from && (us[j-1].kind == kindWord && !stopWords[us[j-1].word] && !goodModifiers[us[j-1].word] && !r.cues.words[us[j-1].word] || us[j-1].kind == kindRole && us[j-1].weak) {
		j--
	}
	var words []string
	for k := us[j].from; k < us[i].to; k++ {
		words = append(words, ts[k].text)
	}
	for k := j; k < i; k++ {
		us[k].to = us[k].from
	}
	u := unit{kind: kindRole, from: us[j].from, to: us[i].to, gap: us[j].gap, breaks: us[j].breaks}
	if near := r.c.Sharing(words); len(near) > 0 && len(near) <= 4 && !outsideModifiers[words[0]] {
		u.roles, u.near = near, true
	} else {
		u.outside = strings.Join(words, " ")
	}
	us[i] = u
}

// outsideHead is a head that is no name by itself ("technician", "officer").
func (r *Reader) outsideHead(us []unit, i int, ts []token) {
	if i == 0 || us[i].gap != "" {
		return
	}
	prev := &us[i-1]
	word := ts[us[i].from].text
	if word == "engineering" || word == "tech" || word == "techs" {
		if prev.kind == kindWord && outsideModifiers[prev.word] {
			r.compound(us, i, ts)
		}
		return
	}
	ok := prev.kind == kindWord && !stopWords[prev.word] && !goodModifiers[prev.word] && !levelWords[prev.word] && !isNumber(prev.word) ||
		prev.kind == kindField || prev.kind == kindRole && (prev.weak || prev.outside != "")
	if ok && !questionVerb(us, i-1) {
		r.compound(us, i, ts)
	}
}

// questionVerb says whether unit j is a verb rather than part of a name:
// "become engineer", "hire analysts".
func questionVerb(us []unit, j int) bool {
	if us[j].kind != kindWord {
		return false
	}
	switch us[j].word {
	case "become", "becoming", "being", "hire", "hiring", "do", "does", "make", "makes", "earn", "pay", "need", "needs", "use", "know", "knows", "get", "want", "likes", "like", "love", "asked", "ask",
		"called", "define", "explain", "describe", "about", "as", "vs", "versus", "compare", "between", "average", "help", "hello", "hi", "hey", "dear", "become a", "skills", "tools", "salary", "requires", "work", "working", "job", "list", "more", "types", "told", "tell", "means", "meant", "mean", "saw", "see", "now", "then", "also", "actually", "exactly", "really", "add", "yes", "no", "maybe", "becomes", "turned", "former", "current", "currently", "career", "careers", "senior", "junior", "ok", "so", "typical", "daily", "path", "ladder", "lead", "duties", "responsibilities", "roadmap", "show", "for", "role", "day":
		return true
	}
	return false
}

func isNumber(w string) bool { return w != "" && w[0] >= '0' && w[0] <= '9' }

// levelWords are seniorities.
var levelWords = wordSet("senior sr snr junior jr jnr lead principal staff mid midlevel entry intern graduate grad fresher trainee associate head chief experienced level")

// stopWords carry no meaning of their own.
var stopWords = wordSet(`a an the of in on at to for from by with without and or but if then than so as is are was were be been being am do does did doing done have has had having
	can could would should will shall may might must i im ive id ill you youre your u ur yours we us our they them their theyre he she it its his her this that these those there here who whom whose
	what whats when where why which how hows me my mine myself not no yes dont doesnt didnt cant cannot wont isnt arent any some all each every other another such only just really very too also
	please pls plz thanks thank hi hey hello ok okay lol btw fyi well now still yet ever never much many more most less least about into onto over under between after before again once one ones
	because while during through up down out off same own s t re ve ll d m anyone someone anybody somebody everyone know tell like vs versus w per eg ie etc actually exactly um uh oh ah hmm
	let lets got get gets getting go goes going want wants wanna need needs ask hn today currently right good bad best better great new old -> $ %`)

// yearsAt reads "5 years", "10+ yrs", "5yoe" as a band of experience.
func yearsAt(ts []token, i int) (band string, n int) {
	digits := strings.TrimRight(ts[i].text, "+")
	if whole, rest, ok := strings.Cut(digits, "."); ok {
		digits = whole + strings.TrimLeft(rest, "0123456789") // "3.5 years"
	}
	unitWord := strings.TrimLeft(digits, "0123456789")
	num := digits[:len(digits)-len(unitWord)]
	if num == "" || len(num) > 2 {
		return "", 0
	}
	n = 1
	if unitWord == "" {
		if i+1 >= len(ts) {
			return "", 0
		}
		unitWord = ts[i+1].text
		n = 2
		if unitWord == "-" || isNumber(unitWord) && ts[i+1].gap != "" && i+2 < len(ts) {
			unitWord = ts[i+2].text
			n = 3
		}
	}
	switch unitWord {
	case "years", "year", "yrs", "yr", "yoe", "y", "yo", "jahre", "jahren", "ans", "anos", "anni":
	default:
		return "", 0
	}
	if i+n < len(ts) && (ts[i+n].text == "old" || ts[i+n].text == "from" || ts[i+n].text == "time") {
		return "", 0
	}
	v := 0
	for _, c := range num {
		v = v*10 + int(c-'0')
	}
	return bandOf(v), n
}

// isThousands reads "65k" and "120k+".
func isThousands(w string) bool {
	w, ok := strings.CutSuffix(strings.TrimSuffix(w, "+"), "k")
	return ok && len(w) >= 2 && len(w) <= 3 && strings.Trim(w, "0123456789") == ""
}

func bandOf(years int) string {
	switch {
	case years < 5:
		return "0-4"
	case years < 10:
		return "5-9"
	case years < 20:
		return "10-19"
	}
	return "20+"
}

// occupations are common ones outside IT, singular and plural, and fields of
// work that stand for them.
var occupations = pluralised(`nurse doctor physician surgeon dentist pharmacist lawyer attorney paralegal judge teacher professor tutor pilot chef cook baker plumber electrician carpenter welder
	mechanic accountant bookkeeper banker cashier waiter waitress bartender barista trucker farmer fisherman firefighter policeman cop detective soldier sailor marine
	journalist reporter editor writer author poet novelist photographer actor actress singer musician dancer painter sculptor artist illustrator animator
	psychologist psychiatrist therapist counselor counsellor social-worker librarian archivist historian archaeologist anthropologist sociologist economist statistician actuary mathematician
	physicist chemist biologist geologist astronomer astronaut meteorologist zoologist veterinarian vet optometrist radiologist radiographer sonographer paramedic midwife physiotherapist chiropractor dietitian nutritionist
	realtor broker trader investor underwriter recruiter receptionist secretary janitor cleaner maid nanny babysitter hairdresser barber beautician tailor butcher florist gardener
	salesman salesperson saleswoman marketer entrepreneur stewardess steward flight-attendant politician diplomat priest pastor undertaker locksmith surveyor
	cardiologist dermatologist neurologist oncologist pediatrician anesthesiologist gynecologist orthodontist mailman postman courier construction-worker bricklayer roofer mason miner
	gamer youtuber influencer podcaster athlete footballer coach-driver lifeguard bodyguard jeweler hygienist copywriter watchmaker blacksmith cobbler lecturer principal-teacher headmaster
	hr marketing teaching nursing accounting law medicine finance banking military army navy retail hospitality journalism carpentry plumbing sales teacher`)

func pluralised(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		if strings.Contains(w, "-") {
			continue
		}
		m[w] = true
		if len(w) > 3 && !strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ing") {
			m[w+"s"] = true
		}
	}
	return m
}
