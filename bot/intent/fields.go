package intent

import (
	"strings"

	"careerbot/knowledge"
)

// fieldWords are what people call the fields of the embedded catalogue. A
// field's own name is known besides. Those before the slash are a field
// wherever they stand, those after it only beside a word such as "jobs".
var fieldWords = map[string]string{
	"Software Engineering":          "software engineering,software development,software/programming,coding,development,engineering,developer,developers,programmer,software engineers",
	"Infrastructure & Operations":   "it infrastructure,it operations,infrastructure and operations/infrastructure,operations,sysadmin,systems,it ops",
	"Cloud & Platform":              "cloud computing,cloud and platform,cloud infrastructure,cloud/platform,devops",
	"Networking":                    "computer networking,networking/network,networks",
	"Security":                      "cyber security,cybersecurity,it security,information security,infosec,computer security,security engineering,network and information security/security,cyber,hacking",
	"Data":                          "big data,data and analytics/data,analytics,data science,data analytics,databases,database",
	"AI & Machine Learning":         "artificial intelligence,ai,ai and machine learning,ai and ml,ai ml/machine learning,ml,deep learning",
	"Quality Assurance":             "quality assurance,software testing/testing,qa,test,testers,tester,testing roles",
	"Product & Design":              "product and design/product,design,ux,ui,product management,designers,designer",
	"Business Systems & Consulting": "it consulting,business systems,business systems and consulting/consulting,consultants,consultant,business",
	"Management & Leadership":       "it management,management and leadership,tech leadership/management,leadership,managers,manager,leaders,executive",
	"IT Support":                    "it support,tech support/support,help desk,helpdesk,service desk,technical support",
	"Architecture":                  "it architecture,software architecture/architecture,architects,architect",
	All:                             "it,tech,information technology,tech industry,it industry,it sector,it field,tech field,computer science,technology,computers,computing,it world,tech world,ict/computer,technical",
}

// field is a category that words stand for; weak ones need a word such as
// "jobs" beside them.
type field struct {
	category string
	weak     bool
}

// readFields indexes the fields of a catalogue by their words.
func readFields(c *knowledge.Catalog) (byWords map[string]field, byDash map[string]string) {
	byWords, byDash = map[string]field{}, map[string]string{dashed(All): All}
	put := func(words, category string, weak bool) {
		key := strings.Join(knowledge.Words(words), " ")
		if _, taken := byWords[key]; !taken && key != "" {
			byWords[key] = field{category, weak}
		}
	}
	has := func(category string) bool { return category == All || len(c.InCategory(category)) > 0 }
	for _, cat := range c.Categories() {
		byDash[dashed(cat)] = cat
		put(cat, cat, false)
		put(strings.ReplaceAll(cat, "&", "and"), cat, false)
	}
	for cat, words := range fieldWords {
		if !has(cat) {
			continue
		}
		strong, weak, _ := strings.Cut(words, "/")
		for _, w := range strings.Split(strong, ",") {
			put(w, cat, false)
		}
		for _, w := range strings.Split(weak, ",") {
			put(w, cat, true)
		}
	}
	return byWords, byDash
}

const longestField = 4

// fieldAt finds the longest field that begins at token i; n is 0 for none.
func (r *Reader) fieldAt(ts []token, i int) (f field, n int) {
	if !r.fieldStarts[ts[i].text] {
		return field{}, 0
	}
	var key strings.Builder
	for j := i; j < len(ts) && j < i+longestField; j++ {
		if j > i {
			if ts[j].gap != "" && ts[j].gap != "-" && ts[j].gap != "/" {
				break
			}
			key.WriteByte(' ')
		}
		key.WriteString(ts[j].text)
		if got, ok := r.fieldsByWords[key.String()]; ok {
			f, n = got, j+1-i
		}
	}
	if n == 1 && ts[i].text == "it" && !ts[i].caps && !fieldNoun(ts, i+1) {
		return field{}, 0 // the pronoun
	}
	return f, n
}

// fieldNoun says whether token i is a word that makes a field of what stands
// before it: "jobs", "roles", "industry".
func fieldNoun(ts []token, i int) bool {
	if i >= len(ts) || strings.ContainsAny(ts[i].gap, ".,;?!") {
		return false
	}
	switch ts[i].text {
	case "job", "jobs", "role", "roles", "career", "careers", "field", "fields", "industry", "sector", "position", "positions", "profession",
		"professions", "domain", "world", "work", "occupation", "occupations", "titles", "paths", "space", "area", "department", "side":
		return true
	}
	return false
}
