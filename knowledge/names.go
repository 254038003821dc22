package knowledge

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Mention is a name of one or more roles, found in running text.
type Mention struct {
	Start, End int     // the words from Start up to End
	Roles      []*Role // one: the role that is meant; several: which one must be asked, in this order; none: one that was hidden
	Typo       bool    // found by putting a misspelt word right
	foreign    bool    // in another language
	kin        bool    // by the words before its noun
}

// names finds roles by what people call them. A name is compared by its
// letters and digits, so that "back-end dev", "backend dev" and "back end dev"
// are one. It is built once with the catalogue and never changed.
type names struct {
	exact   map[string]called  // by key as written
	many    map[string]called  // by key as written, with an s
	canon   map[string]called  // by key with short forms spelt out and plurals taken back
	loose   map[string]called  // canon, with developer and engineer as one word, where they are one job
	derived map[string]called  // by key as canon: names that follow from others
	kin     map[string]kinship // by what stands before the noun of a name

	words    map[string]int     // how many roles each word of a name occurs with
	vocab    spelling           // the words of names, to put misspelt ones right
	titles   []completion       // sorted by key, for completing
	bare     []string           // keys that are a name without its head noun
	posting  map[string][]*Role // roles by the words of their names
	begins   beginnings         // of all keys
	longest  int                // words of the longest name
	longKeys int                // bytes of the longest key
}

// called is what a key stands for.
type called struct {
	roles []*Role
	words int // of the name, to tell "apm" from "a pm"
}

// glued is the shortest key that may be written with other gaps than the name
// has: "dev ops" is DevOps, but "a pm" is no APM.
const glued = 6

// Key is what names are compared by: lower-case letters and digits, + and #,
// accents taken off.
func Key(s string) string { return strings.Join(Words(s), "") }

// Words parts text into the words that names are made of: lower-case letters
// and digits, + and #; accents are taken off, apostrophes join.
func Words(s string) []string {
	if !isASCII(s) {
		s = stripMarks(s)
	}
	return strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "'", "")), func(r rune) bool { return !nameRune(r) })
}

func nameRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '#' || r > unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// stripMarks takes accents off: "é" becomes "e".
func stripMarks(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if r == '’' {
			return '\''
		}
		return r
	}, norm.NFKD.String(s))
}

// shortForms are the words that people shorten, spelt out.
var shortForms = map[string]string{
	"dev": "developer", "devs": "developer", "programmer": "developer", "programmers": "developer", "coder": "developer", "coders": "developer",
	"eng": "engineer", "engr": "engineer", "engg": "engineer", "engineering": "engineering",
	"admin": "administrator", "admins": "administrator", "mgr": "manager", "mngr": "manager", "mgmt": "management",
	"sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "tech": "technician", "techs": "technician",
	"arch": "architect", "infra": "infrastructure", "centre": "center", "programme": "program", "sw": "software",
	"db": "database", "ml": "machinelearning", "ai": "artificialintelligence", "qa": "qualityassurance",
	"ux": "userexperience", "ui": "userinterface", "k8s": "kubernetes", "app": "application", "apps": "application",
	"guy": "person", "gal": "person", "dude": "person", "wizard": "person", "guru": "person", "ninja": "person", "rockstar": "person", "jockey": "person", "monkey": "person",
	"guys": "people", "dudes": "people", "wizards": "people", "folks": "people", "folk": "people", "ppl": "people", "persons": "people", "ninjas": "people", "gurus": "people",
	"biz": "business", "grad": "graduate", "mangr": "manager", "manger": "manager", "mangers": "manager", "adm": "administrator", "prog": "program", "intel": "intelligence", "vuln": "vulnerability", "perf": "performance", "comms": "communications",
	"acct": "account", "config": "configuration", "ops": "operations", "lvl": "level", "tier": "level", "l1": "level1", "l2": "level2", "l3": "level3", "t1": "level1", "t2": "level2",
	"sec": "security", "cybersec": "cybersecurity", "dir": "director", "dept": "department", "info": "information", "solns": "solution", "wifi": "wireless", "sys": "system", "net": "network", "networking": "network", "hw": "hardware", "computer": "it", "infosec": "informationsecurity", "bi": "businessintelligence",
}

// grades stand before the names of many roles.
var grades = map[string]bool{"senior": true, "junior": true, "lead": true, "staff": true, "principal": true, "associate": true}

// canonical spells a word out and takes its plural back; what is no plural may
// lose its s too, as long as it does so on both sides.
func canonical(w string) string {
	if long, ok := shortForms[w]; ok {
		return long
	}
	switch {
	case len(w) <= 3, !strings.HasSuffix(w, "s"), strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "ops"), strings.HasSuffix(w, "is"):
	case strings.HasSuffix(w, "ies"):
		w = w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "sses"):
		w = w[:len(w)-2]
	default:
		w = w[:len(w)-1]
	}
	if strings.HasSuffix(w, "isation") {
		w = strings.TrimSuffix(w, "isation") + "ization"
	}
	return w
}

// interchange are the fields in which a developer and an engineer of the same
// thing hold the same job.
var interchange = []string{"Software Engineering", "Cloud & Platform", "Data", "AI & Machine Learning", "Quality Assurance"}

func newNames(roles []*Role, ambiguous []Ambiguity, byID map[string]*Role, hidden []*Role) *names {
	n := &names{exact: make(map[string]called, 8*len(roles)), canon: make(map[string]called, 8*len(roles)), loose: map[string]called{}, many: map[string]called{}, derived: map[string]called{}, kin: map[string]kinship{},
		words: map[string]int{}, posting: map[string][]*Role{}}
	for _, r := range roles {
		for i, name := range append([]string{r.Title}, r.Aliases...) {
			n.add(name, r, i == 0)
			if strings.Contains(name, "&") {
				n.add(strings.ReplaceAll(name, "&", " and "), r, false)
			}
		}
		n.add(strings.ReplaceAll(r.ID, "-", " "), r, false)
	}
	for _, r := range roles {
		for _, name := range append([]string{r.Title}, r.Aliases...) {
			n.addWork(name, r)
			n.addKin(name, r)
		}
		n.addBare(r.Title, r)
	}
	titled := slices.Clone(n.bare) // a title's word is no other role's
	for _, r := range roles {
		for _, name := range r.Aliases {
			if key, ok := bareOf(name); ok && !slices.Contains(titled, key) {
				n.addBare(name, r)
			}
		}
	}
	for _, a := range ambiguous {
		var rs []*Role
		for _, id := range a.Roles {
			if r := byID[id]; r != nil {
				rs = append(rs, r)
			}
		}
		if len(rs) > 0 {
			n.settle(a.Alias, rs)
		}
	}
	for _, r := range hidden {
		for _, name := range append([]string{r.Title}, r.Aliases...) {
			n.hide(name)
		}
	}
	n.derive(roles)
	slices.SortFunc(n.titles, func(a, b completion) int {
		if c := strings.Compare(a.key, b.key); c != 0 {
			return c
		}
		return strings.Compare(a.role.ID, b.role.ID)
	})
	n.begin()
	n.vocab = newSpelling(n.words)
	n.vocab.name = func(w string) bool { _, ok := n.exact[w]; return ok }
	return n
}

// derive indexes what follows from the names that the pages give.
func (n *names) derive(roles []*Role) {
	for _, each := range []func(string, *Role){n.addTurned, n.addGrades, n.addLeaders} {
		for _, r := range roles {
			for _, name := range append([]string{r.Title}, r.Aliases...) {
				each(name, r)
			}
		}
	}
}

// add indexes a name of r under all of its keys.
func (n *names) add(name string, r *Role, title bool) {
	ws := Words(name)
	if len(ws) == 0 {
		return
	}
	n.longest = max(n.longest, len(ws))
	n.longKeys = max(n.longKeys, len(strings.Join(ws, "")))
	put(n.exact, strings.Join(ws, ""), r, len(ws))
	put(n.many, strings.Join(ws, "")+"s", r, len(ws))
	can, loose := make([]string, len(ws)), make([]string, len(ws))
	for i, w := range ws {
		can[i] = canonical(w)
		loose[i] = can[i]
		if loose[i] == "developer" {
			loose[i] = "engineer"
		}
	}
	put(n.canon, strings.Join(can, ""), r, len(ws))
	if slices.Contains(interchange, r.Category) && len(ws) > 1 {
		put(n.loose, strings.Join(loose, ""), r, len(ws))
	}
	for i, w := range ws {
		if !slices.Contains(n.posting[can[i]], r) {
			n.posting[can[i]] = append(n.posting[can[i]], r)
			n.words[w]++
		} else if n.words[w] == 0 {
			n.words[w] = 1
		}
		n.titles = append(n.titles, completion{strings.Join(ws[i:], ""), r, title, i == 0})
	}
}

// hide keeps the name of a role that was taken away from being read as part of
// another: it is found, and stands for no role.
func (n *names) hide(name string) {
	ws := Words(name)
	if len(ws) == 0 {
		return
	}
	can := make([]string, len(ws))
	for i, w := range ws {
		can[i] = canonical(w)
	}
	n.longest = max(n.longest, len(ws))
	for m, key := range map[*map[string]called]string{&n.exact: strings.Join(ws, ""), &n.canon: strings.Join(can, "")} {
		if _, taken := (*m)[key]; !taken {
			(*m)[key] = called{nil, len(ws)}
		}
	}
}

// workOf is what people with that noun in their name do: "data engineering" is
// what data engineers do, and stands for the role.
var workOf = map[string][]string{"developer": {"development", "dev"}, "engineer": {"engineering"}, "designer": {"design", "designing"}, "analyst": {"analysis", "analytics"},
	"administrator": {"administration"}, "manager": {"management"}, "tester": {"testing"}, "writer": {"writing"}, "consultant": {"consulting", "consultancy"},
	"hacker": {"hacking"}, "pentester": {"pentesting"}, "scientist": {"science"}, "programmer": {"programming"}, "researcher": {"research"}, "architect": {"architecture"},
	"owner": {"ownership"}, "hunter": {"hunting"}, "responder": {"response"}, "auditor": {"audit", "auditing"}}

// shortWork are words for work, as people shorten them.
var shortWork = map[string][]string{"engineering": {"eng", "engg"}, "development": {"dev"}, "operations": {"ops"}, "administration": {"admin"}, "infrastructure": {"infra"}}

// addWork indexes the work that a name stands for, where nothing else has that
// name.
func (n *names) addWork(name string, r *Role) {
	ws := Words(name)
	if len(ws) == 0 {
		return
	}
	for at, w := range ws {
		for _, short := range shortWork[w] {
			written := slices.Clone(ws)
			written[at] = short
			put(n.exact, strings.Join(written, ""), r, len(ws))
		}
	}
	for _, work := range workOf[ws[len(ws)-1]] {
		if len(ws) == 1 && work != "pentesting" {
			continue // "development" alone may be anybody's
		}
		ws := append(slices.Clone(ws[:len(ws)-1]), work)
		key := strings.Join(ws, "")
		if _, taken := n.exact[key]; taken {
			continue
		}
		if c, taken := n.canon[key]; taken && !slices.Contains(c.roles, r) {
			continue
		}
		put(n.exact, key, r, len(ws))
		if can := canonicalKey(ws); n.canon[can].roles == nil && n.derived[can].roles == nil {
			n.derived[can] = called{[]*Role{r}, len(ws)} // "vuln research"
		}
		for _, w := range ws {
			if n.words[w] == 0 {
				n.words[w] = 1
			}
		}
	}
}

// standsAlone are the words before a head noun that stand for the role without
// it: "into firmware", "GRC people". Others mean too much else.
var standsAlone = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`firmware embedded embeddedsoftware embeddedsystems mainframe grc gis rpa erp nlp blockchain robotics virtualization vmware telecom malware threatintel
		threatintelligence digitalforensics computerforensics incidentresponse computervision datagovernance iam noc dfir web3 smartcontract salesforce sfdc
		offensivesecurity redteam cloudsecurity networksecurity productsecurity bigdata datawarehouse datawarehousing unifiedcommunications voip intune
		presales solutionsconsulting applicationsecurity cloudoperations cloudops secops roboticprocessautomation testautomation qaautomation
		identityandaccessmanagement naturallanguageprocessing endusercomputing governanceriskandcompliance buildandrelease buildrelease developerproductivity
		finops devops devsecops mlops qa ux soc sre appsec netsec endpoint cti mdm gameplay itaudit threathunting userresearch sitereliability
		developerrelations technicalwriting contentstrategy ios android`) {
		m[w] = true
	}
	return m
}()

// bareNouns are the last words of names that may stand alone without them; who
// leads or designs is not meant by the field alone.
var bareNouns = []string{"engineer", "developer", "analyst", "administrator", "consultant", "specialist", "tester", "researcher", "scientist", "writer", "responder", "auditor", "examiner", "operator", "hunter", "strategist"}

// bareOf is the key of a name without its last word, where that may stand alone.
func bareOf(name string) (string, bool) {
	ws := Words(name)
	if len(ws) < 2 {
		return "", false
	}
	key := strings.Join(ws[:len(ws)-1], "")
	return key, standsAlone[key] && slices.Contains(bareNouns, canonical(ws[len(ws)-1]))
}

// addBare indexes a name without its last word.
func (n *names) addBare(name string, r *Role) {
	key, ok := bareOf(name)
	if !ok {
		return
	}
	if _, taken := n.exact[key]; !taken || slices.Contains(n.bare, key) {
		n.bare = append(n.bare, key)
		put(n.exact, key, r, len(Words(name))-1)
	}
}

// settle lets a short form mean those roles, whatever claimed it before.
func (n *names) settle(alias string, roles []*Role) {
	ws := Words(alias)
	if len(ws) == 0 {
		return
	}
	n.longest = max(n.longest, len(ws))
	can := make([]string, len(ws))
	for i, w := range ws {
		can[i] = canonical(w)
		if n.words[w] == 0 {
			n.words[w] = 1
		}
	}
	c := called{roles, len(ws)}
	n.exact[strings.Join(ws, "")] = c
	n.many[strings.Join(ws, "")+"s"] = c
	key := strings.Join(can, "")
	if _, taken := n.canon[key]; !taken || key == strings.Join(ws, "") {
		n.canon[key] = c
	}
}

func put(m map[string]called, key string, r *Role, words int) {
	c, ok := m[key]
	if ok && !slices.Contains(c.roles, r) {
		c.roles = append(slices.Clone(c.roles), r)
		m[key] = c
		return
	}
	if !ok {
		m[key] = called{[]*Role{r}, words}
	}
}

// Find finds the names of roles in words as [Words] gives them: the longest
// name at each place, left to right, never overlapping. A misspelt word is put
// right where that makes a name and known says that it is no word of its own;
// known may be nil.
func (c *Catalog) Find(words []string, known func(string) bool) []Mention {
	return c.names.find(words, known)
}

func (n *names) find(words []string, known func(string) bool) []Mention {
	var out []Mention
	var buf [3][128]byte
	var fixes corrections
	for i := 0; i < len(words); {
		m, ok := n.longestAt(words, i, &buf)
		if !ok {
			m, ok = n.foreignAt(words, i)
		}
		if known != nil && !m.foreign {
			if fixes.of == nil && !n.allKnown(words, known) {
				fixes = n.correct(words, known)
			}
			if t, better := n.misspelt(words, i, &fixes); better && (!ok || t.End > m.End) {
				m, ok = t, true
			}
		}
		if ok && !m.Typo && m.End-i > 1 && grades[canonical(words[i])] { // "sr developer experience engineer"
			if rest, longer := n.longestAt(words, i+1, &buf); longer && rest.End > m.End {
				i++
				m = rest
			}
		}
		if !ok {
			i++
			continue
		}
		out = append(out, m)
		i = m.End
	}
	return out
}

// corrections are what each word of a text may have been meant as; nil for a
// word that is spelt right, or that nothing is near to.
type corrections struct{ of [][]string }

func (n *names) ownWord(w string) bool { return n.words[w] > 0 || n.isForm(w) }

func (n *names) allKnown(words []string, known func(string) bool) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !n.ownWord(w) && !known(w) })
}

func (n *names) correct(words []string, known func(string) bool) corrections {
	c := corrections{make([][]string, len(words))}
	for i, w := range words {
		if !n.ownWord(w) && !known(w) {
			c.of[i] = n.vocab.near(w)
		}
	}
	return c
}

// longestAt finds the longest name that begins at word i.
func (n *names) longestAt(words []string, i int, buf *[3][128]byte) (Mention, bool) {
	exact, canon, loose := buf[0][:0], buf[1][:0], buf[2][:0]
	var best Mention
	found, checked := false, false
	for j := i; j < len(words) && j < i+n.longest+2; j++ {
		w := words[j]
		if len(exact)+len(w) > min(n.longKeys+2, 100) {
			break
		}
		exact = append(exact, w...)
		can := canonical(w)
		noun := can
		canon = append(canon, can...)
		if can == "developer" {
			can = "engineer"
		}
		loose = append(loose, can...)
		if !checked && len(exact) >= beginning && len(canon) >= beginning {
			checked = true
			if !n.begins.has(exact) && !n.begins.has(canon) && !n.begins.has(loose) && !n.begins.short[words[i]] {
				break
			}
		}
		count := j - i + 1
		c, ok := n.exact[string(exact)]
		if !ok || !gapsFit(c, count, len(exact)) {
			c, ok = n.many[string(exact)]
		}
		if !ok || !gapsFit(c, count, len(exact)) {
			c, ok = n.canon[string(canon)]
			ok = ok && (len(exact) < glued && count == 2 && shortPair(words[i], w) || gapsFit(c, count, len(exact)))
		}
		if !ok {
			c, ok = n.loose[string(loose)]
			ok = ok && gapsFit(c, count, len(exact))
		}
		if !ok {
			c, ok = n.derived[string(canon)]
			ok = ok && gapsFit(c, count, len(exact))
		}
		ofKin := false
		if !ok && count > 1 {
			if roles := n.kinOf(exact[:len(exact)-len(w)], canon[:len(canon)-len(noun)], noun); len(roles) > 0 {
				c, ok, ofKin = called{roles, count}, true, true
			}
		}
		if ok {
			best, found = Mention{Start: i, End: j + 1, Roles: c.roles, kin: ofKin}, true
		}
	}
	return best, found
}

// shortPair says whether both words are short forms: "ML eng" is short for a
// name of three words.
func shortPair(a, b string) bool { return shortForms[a] != "" && shortForms[b] != "" }

// gapsFit says whether a name of c.words words may be written in count words.
func gapsFit(c called, count, key int) bool { return c.words == count || key >= glued }

// misspelt finds a name at i in which one or two words are misspelt.
func (n *names) misspelt(words []string, i int, fixes *corrections) (Mention, bool) {
	if fixes.of == nil || fixes.of[i] == nil && !n.ownWord(words[i]) {
		return Mention{}, false
	}
	end := i
	var at []int // of the misspelt words
	for ; end < len(words) && end < i+n.longest; end++ {
		if fixes.of[end] == nil && n.ownWord(words[end]) {
			continue
		}
		if fixes.of[end] == nil || len(at) == 2 {
			break
		}
		at = append(at, end-i)
	}
	if len(at) == 0 {
		return Mention{}, false
	}
	var buf [3][128]byte
	var best Mention
	var roles []*Role
	fixed := slices.Clone(words[i:end])
	try := func() {
		m, ok := n.longestAt(fixed, 0, &buf)
		// The whole must be long enough that one wrong letter cannot make
		// another word of it, and must hold the word that was put right.
		if !ok || m.kin && len(words[i+at[0]]) < leastKin || m.End <= at[0] || n.keyLen(words[i:i+m.End]) < least(words[i+at[0]], m.End) {
			return
		}
		if m.End > best.End {
			best, roles = m, slices.Clone(m.Roles)
			return
		}
		if m.End == best.End {
			for _, r := range m.Roles {
				if !slices.Contains(roles, r) {
					roles = append(roles, r)
				}
			}
		}
	}
	for _, first := range fixes.of[i+at[0]] {
		fixed[at[0]] = first
		if len(at) == 1 {
			try()
			continue
		}
		for _, second := range fixes.of[i+at[1]] {
			fixed[at[1]] = second
			try()
		}
	}
	if best.End == 0 {
		return Mention{}, false
	}
	return Mention{Start: i, End: i + best.End, Roles: roles, Typo: true}, true
}

// leastKin is how long a misspelt word must be in a name that is none as it
// stands: "lane people" run no LAN.
const leastKin = 6

// least is how long a name must be for one of its words to be put right: a
// name of several words may have a short one misspelt, a single word must be
// long itself.
func least(word string, words int) int {
	if words > 1 || len(word) >= 8 {
		return 7
	}
	return 6
}

func (n *names) keyLen(words []string) int {
	l := 0
	for _, w := range words {
		l += len(w)
	}
	return l
}

// isForm says whether w is a plural or short form of a word of names.
func (n *names) isForm(w string) bool {
	if _, ok := shortForms[w]; ok {
		return true
	}
	return n.posting[canonical(w)] != nil
}

// InName says whether w is a word of some role's name.
func (c *Catalog) InName(w string) bool { return c.names.ownWord(w) }

// Named is what one name stands for: nil for no role's, several roles for a
// short form that must be asked about.
func (c *Catalog) Named(name string) []*Role {
	ws := Words(name)
	if len(ws) == 0 {
		return nil
	}
	m := c.names.find(ws, nil)
	if len(m) == 1 && m[0].Start == 0 && m[0].End == len(ws) {
		return m[0].Roles
	}
	return nil
}

// Sharing are the roles that have every one of the words in their names, by
// title first: "forensics analyst" gives Digital Forensics Analyst.
func (c *Catalog) Sharing(words []string) []*Role {
	n := c.names
	var out []*Role
	for i, w := range words {
		have := n.posting[canonical(w)]
		if i == 0 {
			out = slices.Clone(have)
			continue
		}
		out = slices.DeleteFunc(out, func(r *Role) bool { return !slices.Contains(have, r) })
	}
	return slices.DeleteFunc(out, func(r *Role) bool { return !inOneName(r, words) })
}

// inOneName says whether one name of r holds all of the words.
func inOneName(r *Role, words []string) bool {
	return slices.ContainsFunc(append([]string{r.Title}, r.Aliases...), func(name string) bool {
		var have []string
		for _, w := range Words(name) {
			have = append(have, canonical(w))
		}
		return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(have, canonical(w)) })
	})
}
