package knowledge_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"careerbot/knowledge"
)

// acme is a company's folder, laid over the harbour's catalogue. It adds the
// role of a lamp keeper, has its own words on the tide engineer, pays it, and
// has no dock manager.
var acme = map[string]string{
	"roles/lamp-keeper.md": "---\ntitle: Lamp Keeper\ncategory: Lights\naliases: [wickie]\nlevels: [L1]\n---\n\n## Quick Summary\n\nLamp Keepers mind the light.\n\n" +
		"## Career Progression\n\n- [Tide Engineer](tide-engineer): specialisation, after a winter.\n",
	"roles/tide-engineer.md": "---\naliases:\n  - tide wright\n  - tide hand\nlevels:\n  - E4\n  - E5\nwork:\n  travel: much\n---\n\n## Getting In\n\nAsk at the lamp room.\n\n" +
		"## Hours and Place\n\nTwo tides a day.\n",
	"roles/dock-manager.md": "---\nhide: true\n---\n",
	"progression.csv":       "from,to,kind\ntide-engineer,harbour-clerk,lateral\n",
	"salaries.csv":          "role,region,year,currency,period,p25,median,p75,match\ntide-engineer,Norway,2026,NOK,year,700000,,900000,band\n",
	"tools.csv":             "role,tool,kind,source\ntide-engineer,Acme Gauge,tool,tool-census\n",
	"ambiguous.csv":         "alias,role_ids\nhand,tide-engineer;harbour-clerk\n",
	"SOURCES.md":            "## tool-census\n\n- **Name:** Our own count\n- **Licence:** internal\n",
}

func TestACompanysFolderIsLaidOverTheCatalogue(t *testing.T) {
	c := load(t, base(harbour), company(acme))
	tide, lamp, clerk := c.Role("tide-engineer"), c.Role("lamp-keeper"), c.Role("harbour-clerk")
	if tide == nil || lamp == nil || clerk == nil {
		t.Fatalf("roles %v", ids(c.Roles()))
	}

	t.Run("its page adds a role", func(t *testing.T) {
		if got := strings.Join(ids(c.Roles()), " "); got != "harbour-clerk lamp-keeper tide-engineer" {
			t.Errorf("roles %s", got)
		}
		if got := ids(c.InCategory("Lights")); !slices.Equal(got, []string{"lamp-keeper"}) {
			t.Errorf("its field holds %v", got)
		}
		for _, name := range []string{"Lamp Keeper", "wickie", "lamp keepers"} {
			if got := ids(c.Named(name)); !slices.Equal(got, []string{"lamp-keeper"}) {
				t.Errorf("%q means %v", name, got)
			}
		}
		if !lamp.Own || !lamp.OwnAny || lamp.File != "acme/roles/lamp-keeper.md" {
			t.Errorf("own %v, of it own %v, in %s", lamp.Own, lamp.OwnAny, lamp.File)
		}
	})

	t.Run("it replaces the sections that it has, and no other", func(t *testing.T) {
		if got := tide.Section(knowledge.GettingIn); got.Text() != "Ask at the lamp room." || !got.Own || got.File != "acme/roles/tide-engineer.md" {
			t.Errorf("getting in: %+v", got)
		}
		if got := tide.Section(knowledge.HoursAndPlace); got.Text() != "Two tides a day." || !got.Own {
			t.Errorf("hours: %+v", got)
		}
		for _, h := range []string{knowledge.QuickSummary, knowledge.DayInTheLife, knowledge.Skills, knowledge.TradeOffs, knowledge.ConfusedWith} {
			if got := tide.Section(h); got == nil || got.Own || got.File != "roles/tide-engineer.md" {
				t.Errorf("%s: %+v", h, got)
			}
		}
		var order []int
		for _, s := range tide.Sections {
			order = append(order, slices.Index(knowledge.Headings, s.Heading))
		}
		if !slices.IsSorted(order) {
			t.Errorf("sections in the order %v", order)
		}
		if tide.Title != "Tide Engineer" || tide.Category != "Harbour" || tide.Tier != "core" || tide.Reviewed != "2026-11-01" {
			t.Errorf("what the company does not say is lost: %+v", tide)
		}
		if tide.Work.Of("travel") != knowledge.Much || tide.Work.Of("coding") != knowledge.Much {
			t.Errorf("work %v", tide.Work)
		}
		if tide.Own || !tide.OwnAny {
			t.Errorf("own %v, of it own %v", tide.Own, tide.OwnAny)
		}
	})

	t.Run("it adds aliases and the names of levels", func(t *testing.T) {
		if want := []string{"tide hand", "tide wright"}; !slices.Equal(tide.Aliases, want) {
			t.Errorf("aliases %v, want %v", tide.Aliases, want)
		}
		if want := []string{"E4", "E5"}; !slices.Equal(tide.Levels, want) {
			t.Errorf("levels %v, want %v", tide.Levels, want)
		}
		for _, name := range []string{"Tide-Wright", "tide hand", "tide engineer"} {
			if got := ids(c.Named(name)); !slices.Equal(got, []string{"tide-engineer"}) {
				t.Errorf("%q means %v", name, got)
			}
		}
	})

	t.Run("it has steps of its own, and they come first", func(t *testing.T) {
		want := []knowledge.Edge{{From: "tide-engineer", To: "harbour-clerk", Kind: "lateral", Source: "company", Row: knowledge.Row{File: "acme/progression.csv", Line: 2, Own: true}}}
		if got := c.Next("tide-engineer"); !reflect.DeepEqual(got, want) {
			t.Errorf("from the tide engineer: %+v", got)
		}
		want = []knowledge.Edge{{From: "lamp-keeper", To: "tide-engineer", Kind: "specialisation", Source: "company", Row: knowledge.Row{File: "acme/roles/lamp-keeper.md", Line: 14, Own: true}}}
		if got := c.Next("lamp-keeper"); !reflect.DeepEqual(got, want) {
			t.Errorf("from the lamp keeper: %+v", got)
		}
		if !clerk.OwnAny || clerk.Own {
			t.Errorf("the clerk, to whom a step of the company leads: own %v, of it own %v", clerk.Own, clerk.OwnAny)
		}
	})

	t.Run("its pay bands and tools stand before others", func(t *testing.T) {
		if len(tide.Pay) != 2 {
			t.Fatalf("pay %+v", tide.Pay)
		}
		want := knowledge.Pay{Region: "Norway", Year: 2026, Currency: "NOK", Period: "year", P25: 700000, P75: 900000, Band: true, Source: "company",
			Row: knowledge.Row{File: "acme/salaries.csv", Line: 2, Own: true}}
		if tide.Pay[0] != want {
			t.Errorf("got  %+v\nwant %+v", tide.Pay[0], want)
		}
		if got := tide.Pay[1]; got.Source != "port-2025" || got.Row.Own || !got.Broad {
			t.Errorf("the published figure: %+v", got)
		}
		if len(tide.Tools) != 2 || tide.Tools[0].Name != "Acme Gauge" || !tide.Tools[0].Row.Own || tide.Tools[1].Row.Own {
			t.Errorf("tools %+v", tide.Tools)
		}
	})

	t.Run("its sources are its own", func(t *testing.T) {
		for id, own := range map[string]bool{"company": true, "tool-census": true, "port-2025": false} {
			if s, ok := c.Source(id); !ok || s.Own != own || s.Name == "" || s.Licence == "" {
				t.Errorf("%s: %+v", id, s)
			}
		}
	})

	t.Run("it hides a role, and all that leads to it", func(t *testing.T) {
		if c.Role("dock-manager") != nil {
			t.Error("the role is there")
		}
		for _, name := range []string{"Dock Manager", "dock hand", "dock managers", "dock-manager"} {
			if got := c.Named(name); got != nil {
				t.Errorf("%q means %v", name, ids(got))
			}
		}
		// Its name is known still, and stands for no role: else a part of it
		// would be taken for another.
		if got := c.Find(knowledge.Words("what does a dock manager do"), nil); len(got) != 1 || got[0].Roles != nil || got[0].End != 5 {
			t.Errorf("in a sentence it is %v", got)
		}
		for _, r := range c.Roles() {
			for _, e := range append(c.Next(r.ID), c.Previous(r.ID)...) {
				if e.From == "dock-manager" || e.To == "dock-manager" {
					t.Errorf("a step is left: %+v", e)
				}
			}
		}
		if got := c.Complete("dock", 5); slices.Contains(ids(got), "dock-manager") {
			t.Errorf("it is offered: %v", ids(got))
		}
		if got := c.Nearest("dock manager", 5); slices.Contains(ids(got), "dock-manager") {
			t.Errorf("it is near: %v", ids(got))
		}
		if slices.Contains(ids(c.InCategory("Harbour")), "dock-manager") {
			t.Error("its field lists it")
		}
	})

	t.Run("it says what a short form means", func(t *testing.T) {
		if got := strings.Join(ids(c.Named("hand")), " "); got != "tide-engineer harbour-clerk" {
			t.Errorf("hand means %q", got)
		}
		if got := len(c.Ambiguous()); got != 1 {
			t.Errorf("%d short forms", got)
		}
	})
}

func TestARoleThatIsNotTouchedIsNotTheCompanys(t *testing.T) {
	files := map[string]string{"roles/lamp-keeper.md": "---\ntitle: Lamp Keeper\ncategory: Lights\n---\n"}
	c := load(t, base(harbour), company(files))
	for _, r := range c.Roles() {
		if own := r.ID == "lamp-keeper"; r.Own != own || r.OwnAny != own {
			t.Errorf("%s: own %v, of it own %v", r.ID, r.Own, r.OwnAny)
		}
	}
	plain := load(t, base(harbour))
	for _, r := range plain.Roles() {
		if !reflect.DeepEqual(r, c.Role(r.ID)) {
			t.Errorf("%s has changed", r.ID)
		}
	}
}

func TestRowsOfAHiddenRoleGoAwayWithoutAFault(t *testing.T) {
	files := map[string]string{"roles/tide-engineer.md": "---\nhide: true\n---\n"}
	sameFaults(t, knowledge.Check(today, base(harbour), company(files)))
	c := load(t, base(harbour), company(files))
	if got := strings.Join(ids(c.Roles()), " "); got != "dock-manager harbour-clerk" {
		t.Errorf("roles %s", got)
	}
	if got := c.Previous("dock-manager"); len(got) != 1 || got[0].From != "harbour-clerk" {
		t.Errorf("steps to the dock manager: %+v", got)
	}
}

func TestAShortFormLosesAHiddenRole(t *testing.T) {
	files := map[string]string{"roles/harbour-clerk.md": "---\nhide: true\n---\n"}
	c := load(t, base(harbour), company(files))
	if got := ids(c.Named("hand")); !slices.Equal(got, []string{"dock-manager"}) {
		t.Errorf("hand means %v", got)
	}
	files["roles/dock-manager.md"] = "---\nhide: true\n---\n"
	c = load(t, base(harbour), company(files))
	if got := c.Named("hand"); got != nil {
		t.Errorf("hand means %v, and nobody is left", ids(got))
	}
}

func TestALaterFolderMayBringAHiddenRoleBack(t *testing.T) {
	hides := map[string]string{"roles/dock-manager.md": "---\nhide: true\n---\n"}
	again := map[string]string{"roles/dock-manager.md": "---\ntitle: Dock Master\n---\n"}
	c := load(t, base(harbour), company(hides), company(again))
	if r := c.Role("dock-manager"); r == nil || r.Title != "Dock Master" {
		t.Errorf("the role is %+v", r)
	}
}

func TestACompanysScoresStandBeforeThePublished(t *testing.T) {
	page := map[string]string{"roles/tide-engineer.md": "---\n---\n\n" + fiveScores("40 of 100")}
	c := load(t, base(harbour), company(page))
	want := &knowledge.Scores{Of: [5]int{40, 75, 55, 75, 60}, Basis: "page", Row: knowledge.Row{File: "acme/roles/tide-engineer.md", Line: 4, Own: true}}
	if got := c.Role("tide-engineer").Scores; !reflect.DeepEqual(got, want) {
		t.Errorf("scores on its page: %+v", got)
	}
	table := map[string]string{"roles/lamp-keeper.md": acme["roles/lamp-keeper.md"], "competencies.csv": "role,technical_depth,troubleshooting,communication,process_complexity,documentation\ntide-engineer,1,2,3,4,5\n"}
	c = load(t, base(harbour), company(table))
	if got := c.Role("tide-engineer").Scores; got.Of != [5]int{1, 2, 3, 4, 5} || !got.Row.Own {
		t.Errorf("scores in its table: %+v", got)
	}
	if got := c.Role("harbour-clerk").Scores; got != nil {
		t.Errorf("scores of a role that nobody rated: %+v", got)
	}
}

func TestACompanysOwnStepComesInsteadOfTheSame(t *testing.T) {
	files := map[string]string{"roles/lamp-keeper.md": acme["roles/lamp-keeper.md"],
		"progression.csv": "from,to,kind,source\nharbour-clerk,dock-manager,promotion,company\nharbour-clerk,tide-engineer,lateral,company\ntide-engineer,dock-manager,promotion,company\n"}
	c := load(t, base(harbour), company(files))
	var got []string
	for _, from := range []string{"harbour-clerk", "tide-engineer"} {
		for _, e := range c.Next(from) {
			got = append(got, strings.Join([]string{e.From, e.To, e.Kind, e.Source}, " "))
		}
	}
	want := []string{"harbour-clerk dock-manager promotion company", "harbour-clerk tide-engineer lateral company",
		"tide-engineer dock-manager promotion company", "tide-engineer harbour-clerk lateral company", "tide-engineer dock-manager lateral editorial"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFaultsOfACompanysFolderNameItsFolder(t *testing.T) {
	faulty := with(acme, map[string]string{
		"roles/tide-engineer.md": "---\nlevl: E4\n---\n\n## Skils\n\nx\n",
		"roles/mate.md":          "---\naliases: [mate]\n---\n",
		"salaries.csv":           "role,region,year,currency,period,median\ntide-enginer,Norway,2026,NOK,year,700000\n",
		"progression.csv":        "from,to,kind\ntide-engineer,dock-manager,promotion\nmate,tide-engineer,promotion\n",
	})
	sameFaults(t, knowledge.Check(today, base(harbour), company(faulty)),
		"acme/roles/tide-engineer.md:2: levl: unknown key: did you mean level?",
		"acme/roles/tide-engineer.md:5: warning: Skils: no answer reads this heading: did you mean Skills?",
		"acme/roles/mate.md:1: title: the page has no title",
		"acme/salaries.csv:2: role: no page roles/tide-enginer.md: did you mean tide-engineer?",
		"acme/progression.csv:3: from: no page roles/mate.md",
		"acme/roles/lamp-keeper.md:1: warning: front matter: reviewed: nobody says when the page was last reviewed",
	)
}

func TestWithoutABaseOnlyTheCompanysFolderIsKnown(t *testing.T) {
	own := map[string]string{
		"roles/lamp-keeper.md":   "---\ntitle: Lamp Keeper\ncategory: Lights\naliases: [wickie]\n---\n\n## Day in the Life\n\nOver time, lamp keepers often progress into roles like Tide Engineer, Harbour Clerk, or Light House Keeper. They trim wicks.\n\n## Salary by Region\n",
		"roles/tide-engineer.md": "---\ntitle: Tide Engineer\ncategory: Lights\n---\n",
	}
	c := load(t, company(own))
	if got := strings.Join(ids(c.Roles()), " "); got != "lamp-keeper tide-engineer" {
		t.Errorf("roles %s", got)
	}
	lamp := c.Role("lamp-keeper")
	if !lamp.Own || !lamp.Sections[0].Own {
		t.Errorf("it is not the company's: %+v", lamp)
	}
	if lamp.Pay != nil || lamp.Section(knowledge.SalaryRegion) != nil || c.Next("lamp-keeper") != nil {
		t.Error("it knows what the folder does not say")
	}
	titles, in := lamp.NextInProse()
	if want := []string{"Tide Engineer", "Harbour Clerk", "Light House Keeper"}; !slices.Equal(titles, want) || in == nil || in.Heading != knowledge.DayInTheLife {
		t.Errorf("next roles in prose %q in %+v", titles, in)
	}
	if !lamp.HasPage() || c.Role("tide-engineer").HasPage() {
		t.Error("a page with prose has none, or a name alone has")
	}
	if titles, in := c.Role("tide-engineer").NextInProse(); titles != nil || in != nil {
		t.Errorf("next roles of a page without prose: %q", titles)
	}
	if c.Role("backend-engineer") != nil || c.Named("backend engineer") != nil {
		t.Error("a role of the embedded catalogue is known")
	}
}

func TestACompanysFolderMayHaveNoPages(t *testing.T) {
	c := load(t, base(harbour), company(map[string]string{"salaries.csv": acme["salaries.csv"]}))
	if got := c.Role("tide-engineer").Pay[0].Source; got != "company" {
		t.Errorf("the first figure is from %s", got)
	}
	sameFaults(t, knowledge.Check(today, base(harbour), company(map[string]string{"README.md": "x"})),
		"acme/roles:1: the folder of role pages cannot be read")
}

func TestACatalogueIsTheSameHoweverOftenItIsLoaded(t *testing.T) {
	first := load(t, base(harbour), company(acme))
	for range 20 {
		again := load(t, base(harbour), company(acme))
		if !reflect.DeepEqual(first.Roles(), again.Roles()) || !reflect.DeepEqual(first.Ambiguous(), again.Ambiguous()) ||
			!reflect.DeepEqual(first.Categories(), again.Categories()) || !reflect.DeepEqual(first.Faults(), again.Faults()) {
			t.Fatal("another catalogue")
		}
	}
}

func TestAsFaultsTakesAnyError(t *testing.T) {
	if got := knowledge.AsFaults(nil); got != nil {
		t.Errorf("no error is %v", got)
	}
	_, err := fstest.MapFS{}.Open("x")
	sameFaults(t, knowledge.AsFaults(err), ".:1: open x: file does not exist")
	_, err = knowledge.Load(company(nil))
	if got := knowledge.AsFaults(err); len(got) == 0 || got[0].File == "." {
		t.Errorf("the faults of a folder are %v", got)
	}
	if got := (knowledge.Faults{}).Error(); got != "knowledge: no fault" {
		t.Errorf("no fault says %q", got)
	}
}
