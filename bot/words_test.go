package bot

import (
	"strings"
	"testing"

	"careerbot/knowledge"
)

func TestTitlesTakeTheArticleThatIsSpoken(t *testing.T) {
	for title, want := range map[string]string{
		"Data Engineer": "a Data Engineer", "AI Engineer": "an AI Engineer", "UX Designer": "a UX Designer", "UI Designer": "a UI Designer",
		"NLP Engineer": "an NLP Engineer", "SRE": "an SRE", "QA Tester": "a QA Tester", "IT Manager": "an IT Manager", "SOC Analyst": "a SOC Analyst",
		"NOC Technician": "a NOC Technician", "iOS Engineer": "an iOS Engineer", "ML Engineer": "an ML Engineer", "MLOps Engineer": "an MLOps Engineer",
		"ERP Consultant": "an ERP Consultant", "VP of Engineering": "a VP of Engineering", "Agile Coach": "an Agile Coach", "GIS Developer": "a GIS Developer",
		"RPA Developer": "an RPA Developer", "SAP Consultant": "a SAP Consultant", "IAM Engineer": "an IAM Engineer", "Enterprise Architect": "an Enterprise Architect",
		"User Researcher": "a User Researcher", "FinOps Analyst": "a FinOps Analyst", "GRC Analyst": "a GRC Analyst", "XR Developer": "an XR Developer",
	} {
		if got := article(title); got != want {
			t.Errorf("article(%q) = %q", title, got)
		}
	}
}

func TestTitlesHaveTheirPlural(t *testing.T) {
	for title, want := range map[string]string{
		"Data Engineer": "Data Engineers", "Director of Engineering": "Directors of Engineering", "Agile Coach": "Agile Coaches",
		"Software Development Engineer in Test": "Software Development Engineers in Test", "VP of Engineering": "VPs of Engineering",
		"Head of IT": "Heads of IT", "Security Deputy": "Security Deputies",
	} {
		if got := plural(title); got != want {
			t.Errorf("plural(%q) = %q", title, got)
		}
	}
}

func TestAmountsAreAsPublishedWithThousandsParted(t *testing.T) {
	for f, want := range map[float64]string{92800: "92,800", 43.5: "43.50", 1654440: "1,654,440", 27: "27", 999: "999", 1000: "1,000", 56.49: "56.49"} {
		if got := amount(f); got != want {
			t.Errorf("amount(%v) = %q", f, got)
		}
	}
}

func TestTextIsPartedIntoSentences(t *testing.T) {
	for text, want := range map[string]string{
		"One. Two? Three!":                         "One.|Two?|Three!",
		"Helpful. It opens doors, e.g. in a bank.": "Helpful.|It opens doors, e.g. in a bank.",
		"Version 2.0 of Node.js runs.":             "Version 2.0 of Node.js runs.",
		"No stop":                                  "No stop",
		"":                                         "",
	} {
		if got := strings.Join(sentences(text), "|"); got != want {
			t.Errorf("sentences(%q) = %q", text, got)
		}
	}
}

func TestABriefTextIsItsFirstSentencesAndAVerdictIsNone(t *testing.T) {
	const text = "Helpful. Computing is common. Many came over from analysis."
	for n, want := range map[int]string{1: "Helpful. Computing is common.", 20: text} {
		if got := brief(text, n); got != want {
			t.Errorf("brief(%d) = %q", n, got)
		}
	}
}

func TestNamesKeepTheirCapitalInsideASentence(t *testing.T) {
	c, err := knowledge.Load(knowledge.Layer{FS: knowledge.Embedded()})
	if err != nil {
		t.Fatal(err)
	}
	v := newView(c)
	for phrase, want := range map[string]string{
		"Python or R": "Python or R", "SQL": "SQL", "Tableau, Power BI or Looker": "Tableau, Power BI or Looker", "Terraform": "Terraform",
		"Spreadsheets": "spreadsheets", "A major cloud in depth": "a major cloud in depth", "API design": "API design", "Fibre Channel zoning": "Fibre Channel zoning",
		"The day opens with dashboards.": "the day opens with dashboards.", "Your Jira board is red.": "your Jira board is red.", "Xcode has updated itself.": "Xcode has updated itself.",
		"Play Console shows freezes.": "Play Console shows freezes.", "Kubernetes operations": "Kubernetes operations", "Clear writing": "clear writing",
		"JavaScript and TypeScript": "JavaScript and TypeScript", "You read the plan.": "you read the plan.",
	} {
		if got := v.lower(phrase); got != want {
			t.Errorf("lower(%q) = %q", phrase, got)
		}
	}
}
