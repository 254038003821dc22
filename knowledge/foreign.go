package knowledge

import "strings"

// Names of roles in other languages, as they stand in job advertisements:
// French, Spanish, Portuguese and Italian put the noun first ("analista de
// datos"), German makes one word of both ("Datenanalyst").

// foreignHeads are the nouns, accents taken off, in English.
//
//nolint:misspell // other languages
var foreignHeads = map[string]string{
	"developpeur": "developer", "developpeuse": "developer", "desarrollador": "developer", "desarrolladora": "developer", "programador": "developer", "programadora": "developer", "programmeur": "developer",
	"desenvolvedor": "developer", "desenvolvedora": "developer", "sviluppatore": "developer", "programmatore": "developer",
	"ingenieur": "engineer", "ingenieure": "engineer", "ingeniero": "engineer", "ingeniera": "engineer", "engenheiro": "engineer", "engenheira": "engineer", "ingegnere": "engineer",
	"analista": "analyst", "analistas": "analyst", "analyste": "analyst", "analystes": "analyst", "arquitecto": "architect", "arquitecta": "architect", "arquiteto": "architect", "architecte": "architect", "architetto": "architect",
	"administrador": "administrator", "administradora": "administrator", "administrateur": "administrator", "administratrice": "administrator", "amministratore": "administrator",
	"cientifico": "scientist", "cientifica": "scientist", "cientista": "scientist", "consultor": "consultant", "consultora": "consultant", "consulente": "consultant",
	"disenador": "designer", "disenadora": "designer", "diseñador": "designer", "diseñadora": "designer", "tecnico": "technician", "technicien": "technician", "technicienne": "technician",
	"testeur": "tester", "testeuse": "tester", "redacteur": "writer", "redactor": "writer", "redactora": "writer", "auditor": "auditor", "auditeur": "auditor",
	"chef": "manager", "jefe": "manager", "responsable": "manager", "gerente": "manager", "directeur": "director", "director": "director", "concepteur": "developer", "gestionnaire": "manager",
}

// foreignWords are what such names are about.
//
//nolint:misspell // other languages
var foreignWords = map[string]string{
	"datos": "data", "donnees": "data", "dados": "data", "dati": "data", "logiciel": "software", "logiciels": "software", "sistemas": "systems", "systeme": "systems", "systemes": "systems", "sistemi": "systems",
	"reseau": "network", "reseaux": "network", "redes": "network", "reti": "network", "seguridad": "security", "securite": "security", "seguranca": "security", "sicurezza": "security",
	"ciberseguridad": "cybersecurity", "cybersecurite": "cybersecurity", "ciberseguranca": "cybersecurity", "negocio": "business", "negocios": "business", "soluciones": "solutions", "solutions": "solutions",
	"empresarial": "enterprise", "entreprise": "enterprise", "nube": "cloud", "embarque": "embedded", "embarques": "embedded", "telecom": "telecom", "technique": "technical", "tecnico": "technical", "soporte": "support",
	"informatique": "it", "informatico": "it", "informatica": "it", "projet": "project", "projets": "project", "proyecto": "project", "proyectos": "project", "produit": "product", "producto": "product",
	"videojuegos": "game", "jeux": "game", "juegos": "game", "jogos": "game", "movil": "mobile", "moviles": "mobile", "calidad": "qa", "ia": "ai", "inteligencia": "ai", "aplicaciones": "application",
}

// foreignSmall are the words between them.
var foreignSmall = map[string]bool{"de": true, "des": true, "du": true, "d": true, "la": true, "le": true, "en": true, "di": true, "do": true, "da": true, "dos": true, "l": true, "y": true, "et": true}

const longestForeign = 5 // words of a foreign name after its noun

// foreignAt finds a name in another language that begins at word i.
func (n *names) foreignAt(words []string, i int) (Mention, bool) {
	head, ok := foreignHeads[words[i]]
	if !ok {
		return n.germanAt(words, i)
	}
	var of []string
	best := Mention{}
	for j := i + 1; j < len(words) && j <= i+longestForeign; j++ {
		w := words[j]
		if foreignSmall[w] {
			continue
		}
		switch {
		case w == "base" && j+2 < len(words) && (words[j+1] == "de" || words[j+1] == "di"):
			w, j = "database", j+2
		case foreignWords[w] != "":
			w = foreignWords[w]
		}
		of = append(of, canonical(w))
		if c, ok := n.canon[strings.Join(of, "")+head]; ok && len(c.roles) == 1 {
			best = Mention{Start: i, End: j + 1, Roles: c.roles, foreign: true}
		}
	}
	return best, best.End > 0
}

// germanHeads are nouns that end a German word, longest first where one ends
// another.
var germanHeads = []struct{ german, english string }{
	{"entwicklerin", "developer"}, {"entwickler", "developer"}, {"programmierer", "developer"}, {"administratorin", "administrator"}, {"administrator", "administrator"},
	{"architektin", "architect"}, {"architekt", "architect"}, {"ingenieurin", "engineer"}, {"ingenieur", "engineer"}, {"analystin", "analyst"}, {"analyst", "analyst"},
	{"wissenschaftlerin", "scientist"}, {"wissenschaftler", "scientist"}, {"beraterin", "consultant"}, {"berater", "consultant"}, {"testerin", "tester"}, {"tester", "tester"},
	{"designerin", "designer"}, {"designer", "designer"}, {"technikerin", "technician"}, {"techniker", "technician"}, {"leiterin", "manager"}, {"leiter", "manager"}, {"managerin", "manager"}, {"manager", "manager"},
}

var germanWords = map[string]string{"daten": "data", "datenbank": "database", "netzwerk": "network", "spiele": "game", "sicherheits": "security", "softwares": "software", "anwendungs": "application",
	"projekt": "project", "produkt": "product", "unternehmens": "enterprise", "losungs": "solutions", "geschafts": "business", "systems": "system", "web": "web"}

var germanNouns = func() map[string]string {
	m := map[string]string{}
	for _, h := range germanHeads {
		m[h.german] = h.english
	}
	return m
}()

// leastGerman is how long a word must be to be of two German words.
const leastGerman = 10

// germanAt reads a German word, or one before a German noun: "Datenanalyst",
// "SAP-Berater".
func (n *names) germanAt(words []string, i int) (Mention, bool) {
	if i+1 < len(words) && len(words[i+1]) >= 6 {
		if english, ok := germanNouns[words[i+1]]; ok && english != words[i+1] {
			return n.german(words[i], english, i, i+2)
		}
	}
	w := words[i]
	if len(w) < leastGerman {
		return Mention{}, false
	}
	for _, h := range germanHeads {
		if stem, ok := strings.CutSuffix(w, h.german); ok {
			return n.german(stem, h.english, i, i+1)
		}
	}
	return Mention{}, false
}

// german is the role that a noun and what it is of stand for.
func (n *names) german(of, noun string, start, end int) (Mention, bool) {
	if english, ok := germanWords[of]; ok {
		of = english
	}
	c, ok := n.canon[canonical(of)+noun]
	return Mention{Start: start, End: end, Roles: c.roles, foreign: true}, ok && len(c.roles) == 1
}
