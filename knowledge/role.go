package knowledge

import "strings"

// Role is one role of the catalogue: its page, and its rows in the tables.
// A Role belongs to its Catalog and is never changed.
type Role struct {
	ID       string // "backend-engineer"
	Title    string // "Backend Engineer"
	Category string // "Software Engineering"
	Level    string // "junior", "mid", "senior", "lead", "manager", "executive"; "" if the page does not say
	Tier     string // "core" or "extended": how full the page is meant to be
	Aliases  []string
	Levels   []string // what a company calls the role's grades ("E4"); several roles may share one
	Work     Work
	Reviewed string // "2026-11-24", "" if never
	Reviewer string
	Prose    string // "editorial": whose words the sections are

	Sections []Section

	Scores        *Scores // nil when nobody rated the role
	Pay           []Pay   // as published, in the order of the tables
	PayByYears    []Pay   // the same, by years of experience
	Tools         []Tool
	Proficiencies []Proficiency
	Occupation    *Occupation

	Own    bool   // the page exists only in the company's folder
	OwnAny bool   // something of it is from the company's folder
	File   string // where its page is, for faults and sources
}

// Section returns the section under heading, or nil when the page has none or
// has it empty.
func (r *Role) Section(heading string) *Section {
	for i := range r.Sections {
		if r.Sections[i].Heading == heading && len(r.Sections[i].Blocks) > 0 {
			return &r.Sections[i]
		}
	}
	return nil
}

// HasPage says whether there is any prose on the role, not only a name.
func (r *Role) HasPage() bool {
	for _, s := range r.Sections {
		if len(s.Blocks) > 0 {
			return true
		}
	}
	return false
}

// The headings that a page may have, in their order on the page.
const (
	QuickSummary  = "Quick Summary"
	MainDuties    = "Main Duties"
	DayInTheLife  = "Day in the Life"
	HoursAndPlace = "Hours and Place"
	Competencies  = "Core Competencies"
	SalaryRegion  = "Salary by Region"
	ToolsSection  = "Tools & Proficiencies"
	Career        = "Career Progression"
	Prerequisite  = "Prerequisite Roles"
	Skills        = "Skills"
	GettingIn     = "Getting In"
	TradeOffs     = "Trade-offs"
	ConfusedWith  = "Easily Confused With"
)

// Headings are the headings that a page may have, in order.
var Headings = []string{QuickSummary, MainDuties, DayInTheLife, HoursAndPlace, Competencies, SalaryRegion,
	ToolsSection, Career, Prerequisite, Skills, GettingIn, TradeOffs, ConfusedWith}

// Section is a page's text under one heading, as plain text.
type Section struct {
	Heading string
	Blocks  []Block
	Line    int // of the heading in File
	File    string
	Own     bool // from the company's folder
}

// BlockKind says what a Block is.
type BlockKind uint8

const (
	Para    BlockKind = iota // running text
	Item                     // an entry of a list
	Subhead                  // a heading inside a section
)

// Block is one paragraph, list item or subheading of a section.
type Block struct {
	Kind BlockKind
	Term string // Item: the bold words before the colon, or a link's text; else ""
	Text string // plain text: no markup, no bidi controls
	Link string // Item: the role id that the term links to; else ""
	Line int
}

// Text is the section as running text, blocks parted by spaces.
func (s *Section) Text() string {
	if s == nil {
		return ""
	}
	var b strings.Builder
	for _, bl := range s.Blocks {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if bl.Term != "" {
			b.WriteString(bl.Term + ": ")
		}
		b.WriteString(bl.Text)
	}
	return b.String()
}

// Items are the blocks of kind Item under the subheading sub; "" takes all of
// the section's items.
func (s *Section) Items(sub string) []Block {
	if s == nil {
		return nil
	}
	var out []Block
	in := sub == ""
	for _, b := range s.Blocks {
		switch b.Kind {
		case Subhead:
			in = sub == "" || strings.EqualFold(b.Text, sub)
		case Item:
			if in {
				out = append(out, b)
			}
		}
	}
	return out
}

// Amount is how much of something the work holds.
type Amount uint8

const (
	Unsaid Amount = iota // the page does not say
	No                   // none
	Some
	Much
)

func (a Amount) String() string {
	return [...]string{"", "none", "some", "much"}[a]
}

// Traits is the closed vocabulary of what work is like, in the order of Work.
var Traits = [...]string{"coding", "maths", "data", "design", "writing", "research", "planning", "people", "leading",
	"customers", "hardware", "investigation", "routine", "on-call", "incidents", "office-hours", "travel", "remote"}

// Work is how much of each of Traits a role's work holds.
type Work [len(Traits)]Amount

// Of returns how much of the named trait the work holds: Unsaid for a name
// that is none of Traits.
func (w Work) Of(trait string) Amount {
	for i, t := range Traits {
		if t == trait {
			return w[i]
		}
	}
	return Unsaid
}

// Row is where a figure stands: a file of the catalogue and its line.
type Row struct {
	File string
	Line int
	Own  bool // from the company's folder
}

// Pay is one published pay figure. Amounts are as published: never converted,
// never averaged; 0 is "not published".
type Pay struct {
	Region           string
	Years            string // "5-9" years of work experience; "" for all
	Year             int
	Currency         string // ISO 4217
	Period           string // "year", "month" or "hour"
	P25, Median, P75 float64
	N                int    // sample size; 0 when not published
	NIs              string // what N counts: "respondents", "jobs", "tax returns"
	Source           string // key of Catalog.Source
	Label            string // the source's own name for the group
	Broad            bool   // the group is wider than the role and contains it
	Band             bool   // P25 and P75 are the ends of an employer's pay band, not quartiles
	Cut              int    // per cent of that region's answers outside the accepted range; above 5 figures run high
	Row              Row
}

// Tool is a tool that people in the role use.
type Tool struct {
	Name   string
	Kind   string // "language", "database", "platform", "framework", "tool", "collaboration", "technology"
	Rank   int
	Pct    int // per cent of N who use it; 0 when the source gives no share
	N      int
	Source string
	Label  string // the source's own name for the group
	Match  string // "exact"; "broad"; "inherited:ID"; "chosen;in-demand" …
	Row    Row
}

// Proficiency is a level that the UK government's framework asks of a skill.
type Proficiency struct {
	Skill, Level, Source, Label string
	Row                         Row
}

// ScoreNames are the five competencies, in the order of Scores.Of.
var ScoreNames = [5]string{"Technical depth", "Troubleshooting", "Communication", "Process complexity", "Documentation"}

// Scores rate a role's competencies from 0 to 100.
type Scores struct {
	Of         [5]int
	Occupation string // the occupation group that was rated, "" for a page's own scores
	Basis      string // "own-occupation", "blend", "nearest-occupation", "page"
	Source     string // key of Catalog.Source; "" for a page's own scores
	Row        Row
}

// Edge is a usual move from one role to another.
type Edge struct {
	From, To string
	Kind     string // "promotion", "specialisation", "lateral"
	Source   string // "uk-gdd", "seed", "editorial", or a company's own
	Support  string // what O*NET says of the two occupations; "" if nothing
	Row      Row
}

// Occupation is the official occupation group that a role falls under.
type Occupation struct {
	Code, Title string // O*NET-SOC
	Listed      bool   // O*NET lists the title or an alias; else it is our choice
	AttestedIn  []string
}

// Source is where figures are from.
type Source struct {
	ID          string
	Name        string // "Stack Overflow Developer Survey 2025"
	Short       string // "Stack Overflow": its name where space is short; Name if none is given
	Year        string
	Licence     string
	Attribution string
	Note        string // how its figures must be read; "" if nothing special
	Own         bool
}
