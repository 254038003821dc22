package knowledge_test

import (
	"slices"
	"strings"
	"testing"

	"careerbot/knowledge"
)

// meant are the ids of the roles that a text names, as it is asked about:
// "a b" for two names, "a|b" for one name of two roles.
func meant(c *knowledge.Catalog, text string) string {
	var out []string
	for _, m := range found(c, inFrame(text)) {
		out = append(out, strings.Join(m, "|"))
	}
	return strings.Join(out, " ")
}

func TestNamesThatFollowFromOthers(t *testing.T) {
	c := theEmbedded(t)
	for _, tt := range []struct{ rule, name, want string }{
		{"whoever it is, by what stands before the noun", "storage guy", "storage-engineer"},
		{"whoever they are", "kotlin ppl", "android-engineer"},
		{"a noun of the same kind", "netapp specialist", "storage-engineer"},
		{"a noun of the same kind", "devops consultant", "devops-engineer"},
		{"another noun, where the words stand alone", "RPA analyst", "rpa-developer"},
		{"another noun, where they do not", "netapp analyst", "data-analyst|business-analyst|security-analyst|systems-analyst"},
		{"any noun behind a desk", "service desk agent", "help-desk-technician"},
		{"any noun behind support", "desktop support analyst", "desktop-support-technician"},
		{"words that several roles share", "salesforce expert", "salesforce-administrator|salesforce-developer"},
		{"who administers a thing does not develop it", "exchange developer", "software-engineer"},
		{"a common word stands for nobody", "sales specialist", ""},
		{"a common word stands for nobody", "sales people", ""},
		{"a common word stands for nobody", "content people", ""},
		{"who leads, turned", "head of devops", "devops-manager"},
		{"who leads, turned", "director of data science", "data-manager"},
		{"who leads a team", "infrastructure team lead", "infrastructure-manager"},
		{"of what", "director engineering", "director-of-engineering"},
		{"of what", "manager of engineering", "engineering-manager"},
		{"a beginner", "trainee developer", "junior-software-engineer"},
		{"a senior", "principal cloud engineer", "senior-cloud-engineer"},
		{"no IT manager: it may be the pronoun", "it lead", "technical-lead|qa-lead|engineering-manager"},
		{"a grade before a longer name", "sr developer experience engineer", "developer-experience-engineer"},
		{"short forms of long words", "ML eng", "machine-learning-engineer"},
		{"a field alone is its title's role, whoever leads it", "mainframe", "mainframe-developer"},
		{"a level by another word", "level 1 support", "help-desk-technician"},
	} {
		if got := meant(c, tt.name); got != tt.want {
			t.Errorf("%s: %q means %q, want %q", tt.rule, tt.name, got, tt.want)
		}
	}
}

func TestNamesInOtherLanguages(t *testing.T) {
	c := theEmbedded(t)
	for name, want := range map[string]string{
		"analista de datos":              "data-analyst",
		"analyste de données":            "data-analyst",
		"développeur web":                "web-developer",
		"ingénieur devops":               "devops-engineer",
		"administrador de base de datos": "database-administrator",
		"chef de projet":                 "project-manager",
		"Datenanalyst":                   "data-analyst",
		"Netzwerkadministratorin":        "network-administrator",
		"SAP-Berater":                    "erp-consultant",
		"Softwarearchitekt":              "software-architect",
		"Bauingenieur":                   "",
		"analista financiero":            "",
		"ingénieur chimiste":             "",
	} {
		if got := meant(c, name); got != want {
			t.Errorf("%q means %q, want %q", name, got, want)
		}
	}
}

// What makes another word of a short one is no typo: it is the other word.
func TestAShortWordIsNotPutRight(t *testing.T) {
	c := theEmbedded(t)
	for _, text := range []string{"lane people", "mech engineer", "xi engineer"} {
		for _, m := range c.Find(knowledge.Words(text), frameWord) {
			if m.Typo {
				t.Errorf("%q is read as %v", text, ids(m.Roles))
			}
		}
	}
}

// Most words begin no name and are passed over by their first letters: that
// must lose no name, however it is glued.
func TestNoNameIsPassedOver(t *testing.T) {
	c := theEmbedded(t)
	eachName(c, func(r *knowledge.Role, name string, choice bool) {
		words := knowledge.Words(name)
		for cut := 1; cut < len(words); cut++ {
			glued := strings.Join(words[:cut], "") + " " + strings.Join(words[cut:], "")
			if len(knowledge.Key(name)) < 8 {
				continue
			}
			if got := c.Named(glued); len(got) == 0 || !choice && len(got) == 1 && !slices.Contains(ids(got), r.ID) {
				t.Errorf("%q, which is %q of %s, means %v", glued, name, r.ID, ids(got))
			}
		}
	})
}
