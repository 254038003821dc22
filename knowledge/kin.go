package knowledge

import (
	"slices"
	"strings"
)

// People say what somebody works with and add whatever noun comes to mind:
// "storage guy", "intune engineer", "voip specialist". Where a name is none as
// it stands, kin finds the role by the words before the noun.

// nounKind says of which names' words a noun may stand behind.
type nounKind uint8

const (
	person  nounKind = 1 << iota // whatever the job: "storage people"
	maker                        // stands for another of its kind: "netapp engineer", "netapp specialist"
	other                        // only behind words that stand alone: "RPA analyst"
	atADesk                      // only behind "support" and "desk": "service desk agent"
)

var nounKinds = func() map[string]nounKind {
	m := map[string]nounKind{}
	for kind, words := range map[nounKind]string{
		person:  "person people",
		maker:   "developer engineer administrator specialist expert professional practitioner consultant contractor",
		other:   "analyst technician researcher operator tester",
		atADesk: "analyst technician agent rep representative associate officer assistant operator advisor staff",
	} {
		for _, w := range strings.Fields(words) {
			m[w] |= kind
		}
	}
	return m
}()

// commonStems are words before such a noun that mean too much besides: a
// "sales specialist" is no sales engineer, nor "content people" designers.
var commonStems = func() map[string]bool {
	m := map[string]bool{}
	for _, stem := range strings.Split(`sales,product,project,program,business,production,process,quality,field,design,research,content,support,report,reporting,reports,test,technical,technology,
		information technology,it,senior,junior,lead,principal,staff,distinguished,graduate,entry level,associate,digital,experience,level,applied,manual,load,performance,pen,penetration,
		visual,vision,voice,user,onboarding,professional services,documentation,graphics,game,gameplay,build,application,automation,system,server,software,service,crypto,collaboration,
		customer success,customer support,customer,legacy systems,information systems,network and systems,website,web,implementation,solution,insights,insight,requirements,interface,interaction,
		reverse,tooling,release,identity,hardware,associate software,entry level software,computer,reliability,video game,agile,threat,image,image processing,enterprise application,api,
		deployment,community,mapping,escalation,mobile,monitoring,container,driver,demo,site,express,spark,glue,lightning,ember,field sales,functional,technical consulting,perception,microwave,silicon`, ",") {
		m[canonicalKey(Words(stem))] = true
	}
	return m
}()

// kinship is what the words before a noun stand for, by the noun.
type kinship struct{ developers, engineers, administrators, others []*Role }

// of is the list that names with that noun go to; nil for none.
func (k *kinship) of(noun string) *[]*Role {
	switch noun {
	case "developer":
		return &k.developers
	case "engineer":
		return &k.engineers
	case "administrator", "specialist":
		return &k.administrators
	case "analyst", "technician", "tester", "designer", "researcher", "scientist", "writer", "consultant", "master", "coach", "owner", "hunter", "responder", "auditor", "examiner":
		return &k.others
	}
	return nil
}

// behind are the roles that noun may mean behind such words: who develops
// something does not run it, nor the other way round.
func (k *kinship) behind(noun string) []*Role {
	switch noun {
	case "person", "people":
		return firstOf(slices.Concat(k.engineers, k.developers, k.administrators), k.others)
	case "developer":
		return firstOf(slices.Concat(k.developers, k.engineers))
	case "administrator":
		return firstOf(k.administrators, k.engineers)
	}
	return firstOf(slices.Concat(k.engineers, k.developers), k.administrators)
}

// firstOf is the first list that is not empty.
func firstOf(lists ...[]*Role) []*Role {
	for _, l := range lists {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}

// addKin indexes the words before the noun of a name.
func (n *names) addKin(name string, r *Role) {
	ws := Words(name)
	if len(ws) < 2 || grades[canonical(ws[0])] {
		return
	}
	switch r.Level {
	case "senior", "lead", "manager", "executive":
		return
	}
	stem := canonicalKey(ws[:len(ws)-1])
	k := n.kin[stem]
	into := k.of(canonical(ws[len(ws)-1]))
	if into == nil || commonStems[stem] {
		return
	}
	if !slices.Contains(*into, r) {
		*into = append(*into, r)
	}
	n.kin[stem] = k
}

func canonicalKey(ws []string) string {
	var key strings.Builder
	for _, w := range ws {
		key.WriteString(canonical(w))
	}
	return key.String()
}

// mostKin is how many roles may be asked about when a name is none.
const mostKin = 3

// kinOf finds what a name stands for by the words before its noun: exact and
// canon are their keys.
func (n *names) kinOf(exact, canon []byte, head string) []*Role {
	kind := nounKinds[head]
	if kind == 0 {
		return nil
	}
	near := kind&(person|maker) != 0
	of, named := n.exact[string(exact)]
	if !named {
		of, named = n.canon[string(canon)]
	}
	if isDesk(canon) && named {
		if len(of.roles) == 1 {
			return of.roles
		}
		return nil
	}
	standing := standsAlone[string(exact)]
	if !near && !(kind&other != 0 && standing) {
		return nil
	}
	if named && len(exact) > 1 && !commonStems[string(canon)] && (standing || kind == person || !endsInNoun(canon)) {
		return of.roles
	}
	k, ok := n.kin[string(canon)]
	if !ok {
		return nil
	}
	var roles []*Role
	for _, r := range k.behind(head) {
		if !slices.Contains(roles, r) {
			roles = append(roles, r)
		}
	}
	if len(roles) > mostKin {
		return nil
	}
	return roles
}

func isDesk(canon []byte) bool {
	s := string(canon)
	return s != "support" && strings.HasSuffix(s, "support") || strings.HasSuffix(s, "desk")
}

// endsInNoun says whether a name ends in the noun of a job itself.
func endsInNoun(canon []byte) bool {
	return slices.ContainsFunc(nouns, func(noun string) bool { return strings.HasSuffix(string(canon), noun) })
}

var nouns = []string{"developer", "engineer", "administrator", "analyst", "technician", "tester", "designer", "researcher", "scientist", "writer", "manager", "director", "architect", "consultant",
	"officer", "master", "coach", "owner", "lead", "auditor", "support", "specialist"}

// addLeaders indexes other words for who leads what a manager leads: "head of
// devops", "security team lead".
func (n *names) addLeaders(name string, r *Role) {
	ws := Words(name)
	if len(ws) < 2 || r.Level != "manager" {
		return
	}
	of, last := ws[:len(ws)-1], ws[len(ws)-1]
	if last != "manager" || slices.Contains(notLed, strings.Join(of, "")) {
		return
	}
	stem := strings.Join(of, " ")
	if stem == "it" {
		return // "it" may be the pronoun: "where can it lead"
	}
	for _, form := range []string{"% lead", "% team lead", "% team leader", "% team manager", "% leader", "% supervisor", "% head", "head of %", "director of %", "% director", "lead of %"} {
		n.addUntaken(strings.Replace(form, "%", stem, 1), r)
	}
}

// notLed are what managers manage who lead no team for it.
var notLed = []string{"product", "project", "program", "account", "service", "itservice", "servicedelivery", "delivery", "release", "incident", "development", "dev", "eng", "softwaredevelopment", "softwareengineering", "engineering", "design"}

// addTurned indexes "director of engineering" as "engineering director" and
// the other way round.
func (n *names) addTurned(name string, r *Role) {
	ws := Words(name)
	last := len(ws) - 1
	if last < 1 {
		return
	}
	if at := slices.Index(ws, "of"); at > 0 && at < last {
		n.addUntaken(strings.Join(ws[at+1:], " ")+" "+strings.Join(ws[:at], " "), r)
		n.addUntaken(strings.Join(ws[:at], " ")+" "+strings.Join(ws[at+1:], " "), r)
		return
	}
	switch ws[last] {
	case "manager", "director", "head":
		n.addUntaken(ws[last]+" of "+strings.Join(ws[:last], " "), r)
	case "lead":
		n.addUntaken(strings.Join(ws[:last], " ")+" leader", r)
	}
}

// addGrades indexes other words for a beginner, and for a senior who leads.
func (n *names) addGrades(name string, r *Role) {
	first, rest, ok := strings.Cut(name, " ")
	if !ok || name != r.Title && (first == "senior" || first == "sr") {
		return
	}
	var forms []string
	switch first {
	case "Junior", "junior":
		forms = []string{"entry level", "trainee", "associate", "beginner"}
	case "Senior", "senior":
		forms = []string{"lead", "principal", "staff"}
	}
	for _, f := range forms {
		n.addUntaken(f+" "+rest, r)
	}
}

// addUntaken indexes a name where nothing else has it.
func (n *names) addUntaken(name string, r *Role) {
	ws := Words(name)
	key, can := strings.Join(ws, ""), canonicalKey(ws)
	if _, taken := n.exact[key]; taken {
		return
	}
	if _, taken := n.canon[can]; taken {
		return
	}
	if _, taken := n.derived[can]; !taken {
		n.derived[can] = called{[]*Role{r}, len(ws)}
	}
}
