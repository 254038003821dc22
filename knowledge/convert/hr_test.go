package convert_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"careerbot/knowledge"
	"careerbot/knowledge/convert"
)

// board is the catalogue that HR's files are read against.
func board(t testing.TB) (*knowledge.Catalog, fstest.MapFS) {
	t.Helper()
	files := fstest.MapFS{}
	for id, front := range map[string]string{
		"tide-engineer":  "title: Tide Engineer\ncategory: Harbour\naliases: [tide wright]",
		"harbour-clerk":  "title: Harbour Clerk\ncategory: Harbour\naliases: [HC]",
		"harbour-master": "title: Harbour Master\ncategory: Harbour",
	} {
		files["roles/"+id+".md"] = &fstest.MapFile{Data: []byte("---\n" + front + "\n---\n")}
	}
	c, err := knowledge.Load(knowledge.Layer{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	return c, files
}

// written is a company's folder as import writes it.
func written(tables ...*convert.Tables) fstest.MapFS {
	out := fstest.MapFS{}
	for _, in := range tables {
		for _, p := range in.Pages {
			out["roles/"+p.ID+".md"] = &fstest.MapFile{Data: p.Format()}
		}
		for name, rows := range map[string][][]string{"progression.csv": in.Progression, "salaries.csv": in.Salaries} {
			if rows == nil {
				continue
			}
			var b bytes.Buffer
			w := csv.NewWriter(&b)
			_ = w.WriteAll(rows) // a bytes.Buffer takes everything
			out[name] = &fstest.MapFile{Data: b.Bytes()}
		}
	}
	return out
}

const ladder = `role,level,next,kind,category
Tide Engineer,E4,Chief Tide Engineer,,
tide-wright,E5,,,
HC,C1,harbour-master,promotion,
Harbour Clerk,C1,tide-engineer,Lateral,
Chief Tide Engineer,E6,,,Harbour
,,,,
`

const bands = "\ufeffRegion,Role,Level,Currency,Period,Year,Min,Max,Remark\r\n" +
	"Norway,Tide Engineer,E4,nok,Year,2026,\"700,000\",900000.50,\"ask, first\"\r\n" +
	"Norway,HC,,NOK,month,2026,50 000,60'000,\r\n"

func TestALadderIsRead(t *testing.T) {
	c, _ := board(t)
	got, faults := convert.HR("ladder.csv", []byte(ladder), c)
	sameFaults(t, faults)
	if got == nil {
		t.Fatal("nothing is read")
	}
	want := [][]string{
		{"from", "to", "kind", "source"},
		{"tide-engineer", "chief-tide-engineer", "promotion", "company"},
		{"harbour-clerk", "harbour-master", "promotion", "company"},
		{"harbour-clerk", "tide-engineer", "lateral", "company"},
	}
	if !reflect.DeepEqual(got.Progression, want) {
		t.Errorf("steps %q", got.Progression)
	}
	if got.Salaries != nil {
		t.Errorf("pay %q", got.Salaries)
	}
	var pages []string
	for _, p := range got.Pages {
		pages = append(pages, fmt.Sprintf("%s %q %q %v", p.ID, p.Title, p.Category, p.Levels))
	}
	slices.Sort(pages)
	if want := []string{`chief-tide-engineer "Chief Tide Engineer" "Harbour" [E6]`, `harbour-clerk "" "" [C1]`, `tide-engineer "" "" [E4 E5]`}; !slices.Equal(pages, want) {
		t.Errorf("pages %q", pages)
	}
}

func TestPayBandsAreRead(t *testing.T) {
	c, _ := board(t)
	got, faults := convert.HR("bands.csv", []byte(bands), c)
	sameFaults(t, faults)
	if got == nil {
		t.Fatal("nothing is read")
	}
	want := [][]string{
		{"role", "region", "year", "currency", "period", "p25", "median", "p75", "n", "n_is", "source", "source_label", "match", "outside_cut_pct"},
		{"tide-engineer", "Norway", "2026", "NOK", "year", "700000", "", "900000.5", "", "", "company", "E4", "band", ""},
		{"harbour-clerk", "Norway", "2026", "NOK", "month", "50000", "", "60000", "", "", "company", "", "band", ""},
	}
	if !reflect.DeepEqual(got.Salaries, want) {
		t.Errorf("pay %q", got.Salaries)
	}
	if got.Pages != nil || got.Progression != nil {
		t.Errorf("pages %v, steps %q", got.Pages, got.Progression)
	}
}

func TestWhatIsReadOfHRIsACompanysFolder(t *testing.T) {
	c, files := board(t)
	steps, _ := convert.HR("ladder.csv", []byte(ladder), c)
	pay, _ := convert.HR("bands.csv", []byte(bands), c)
	for name, folder := range map[string]fstest.MapFS{"a ladder alone": written(steps), "pay bands alone": written(pay), "both": written(steps, pay)} {
		if _, err := knowledge.Load(knowledge.Layer{FS: files}, knowledge.Layer{FS: folder, Name: "acme", Own: true}); err != nil {
			t.Errorf("%s: %v", name, knowledge.AsFaults(err))
		}
	}
	over, err := knowledge.Load(knowledge.Layer{FS: files}, knowledge.Layer{FS: written(steps, pay), Name: "acme", Own: true})
	if err != nil {
		t.Fatal(err)
	}
	tide := over.Role("tide-engineer")
	if !slices.Equal(tide.Levels, []string{"E4", "E5"}) || !tide.OwnAny || tide.Own {
		t.Errorf("the tide engineer is %+v", tide)
	}
	want := knowledge.Pay{Region: "Norway", Year: 2026, Currency: "NOK", Period: "year", P25: 700000, P75: 900000.5, Band: true, Label: "E4", Source: "company",
		Row: knowledge.Row{File: "acme/salaries.csv", Line: 2, Own: true}}
	if len(tide.Pay) != 1 || tide.Pay[0] != want {
		t.Errorf("pay %+v", tide.Pay)
	}
	if r := over.Role("chief-tide-engineer"); r == nil || !r.Own || len(over.Previous(r.ID)) != 1 {
		t.Errorf("the new role is %+v", r)
	}
}

func TestFaultsOfHRsFilesNameFileRowAndColumn(t *testing.T) {
	c, _ := board(t)
	head := "role,level,region,currency,period,year,min,max\n"
	band := func(change ...string) string {
		return head + strings.NewReplacer(change...).Replace("Tide Engineer,E4,Norway,NOK,year,2026,700,900\n")
	}
	for _, tt := range []struct{ name, file, want string }{
		{"a role that is misspelt", "role,level\n\nTide Enginer,E4\n", `hr.csv:3: role: no role "Tide Enginer": did you mean Tide Engineer? A new role needs a category`},
		{"a role that is unknown", "role,level\nZzz,E4\n", `hr.csv:2: role: no role "Zzz": a new role needs a category`},
		{"a row without a role", "role,level\n,E4\n", "hr.csv:2: role: is empty"},
		{"a next role that is unknown", "role,next\nHC,Harbor Mistress\n", `hr.csv:2: next: no role "Harbor Mistress": did you mean Harbour `},
		{"a role that leads to itself", "role,next\nHC,Harbour Clerk\n", "hr.csv:2: next: the role leads to itself"},
		{"a kind that is none", "role,next,kind\nHC,tide wright,sideways\n", `hr.csv:2: kind: "sideways" must be one of promotion, specialisation, lateral`},
		{"a new role without letters", "role,level,category\n---,E4,Harbour\n", `hr.csv:2: role: the title "---" has no letter or digit from a to z for a file name`},
		{"a new role with a long name", "role,level,category\n" + strings.Repeat("Diver ", 11) + ",E4,Harbour\n", "hr.csv:2: role: the title has 65 bytes, more than 60"},
		{"a band without a region", band("Norway", ""), "hr.csv:2: region: is empty"},
		{"a band without a currency", band("NOK", ""), "hr.csv:2: currency: is empty"},
		{"a band in no currency", band("NOK", "kroner"), `hr.csv:2: currency: "KRONER" is no currency code such as EUR`},
		{"a band without a period", band("year", ""), "hr.csv:2: period: is empty"},
		{"a band by the day", band("year", "daily"), `hr.csv:2: period: "daily" must be one of year, month, hour`},
		{"a band without a year", band("2026", ""), "hr.csv:2: year: is empty"},
		{"a band of no year", band("2026", "FY26"), `hr.csv:2: year: "FY26" is no year`},
		{"a band of a year to come", band("2026", "20266"), `hr.csv:2: year: "20266" is no year`},
		{"a band without a start", band("700", ""), "hr.csv:2: min: is empty"},
		{"a band without an end", band("900", ""), "hr.csv:2: max: is empty"},
		{"a band upside down", band("700", "1000"), "hr.csv:2: max: the band ends at 900, below its start 1000"},
		{"an amount with a currency", band("700", "kr 700"), `hr.csv:2: min: "kr 700" is no amount: write digits only, as in 64000`},
		{"an amount with a k", band("700", "70k"), `hr.csv:2: min: "70k" is no amount`},
		{"an amount below nought", band("700", "-700"), `hr.csv:2: min: "-700" is no amount`},
		{"an amount of nought", band("700", "0"), `hr.csv:2: min: "0" is no amount`},
		{"an amount that is infinite", band("700", "Inf"), `hr.csv:2: min: "Inf" is no amount`},
		{"an amount in another form", band("700", "7e2"), `hr.csv:2: min: "7e2" is no amount`},
		{"thousands parted by a point", band("900", "64.000"), `hr.csv:2: max: "64.000" is no amount: write digits only, as in 64000`},
		{"a decimal comma", band("900", `"64,50"`), `hr.csv:2: max: "64,50" is no amount`},
		{"an amount whose comma has no quotes", band("900", "64,000"), "hr.csv:2: has 9 cells, the first line has 8: a comma inside a text needs quotes"},
		{"a row too short", head + "Tide Engineer,E4\n", "hr.csv:2: has 2 cells, the first line has 8"},
		{"bands without some columns", "role,region,min,max\n", "hr.csv:1: currency: the column is missing: pay bands have role, level, region\nhr.csv:1: period: the column is missing\nhr.csv:1: year: the column is missing"},
		{"columns that say neither", "name,grade\nx,y\n", "hr.csv:1: neither a ladder (columns role, level, next, kind, category) nor pay bands (columns role, level, region, currency, period, year, min, max): the first line has name, grade"},
		{"semicolons", "role;level;next\n", "hr.csv:1: neither a ladder"},
		{"an empty file", "", "hr.csv:1: is empty or no CSV: the first line names the columns"},
		{"a quote that does not end", "role,level\nHC,\"C1\n", "hr.csv:2: is no CSV from column"},
		{"bytes that are no UTF-8", "role,level\nHC,\xff\n", "hr.csv:2: the file is no valid UTF-8"},
		{"a NUL", "role,level\nHC,\x00\n", "hr.csv:2: the file holds a NUL byte"},
		{"faults on several rows", head + "Zzz,E4,,NOK,year,2026,1,2\nHC,E4,Norway,,year,2026,1,2\n",
			"hr.csv:2: role: no role \"Zzz\"\nhr.csv:2: region: is empty\nhr.csv:3: currency: is empty"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, faults := convert.HR("hr.csv", []byte(tt.file), c)
			if got != nil {
				t.Errorf("it is read as %+v", got)
			}
			sameFaults(t, faults, strings.Split(tt.want, "\n")...)
			oneLineEach(t, faults, "hr.csv", []byte(tt.file))
		})
	}
}

func TestAFileOfNothingButItsFirstLineGivesNothing(t *testing.T) {
	c, _ := board(t)
	for _, head := range []string{strings.Join(convert.LadderColumns, ","), strings.Join(convert.BandColumns, ",") + "\n"} {
		got, faults := convert.HR("hr.csv", []byte(head), c)
		sameFaults(t, faults)
		if got == nil || got.Pages != nil || got.Progression != nil || got.Salaries != nil {
			t.Errorf("%s gives %+v", head, got)
		}
	}
}

// A large file must not take the square of its rows.
func TestAFileOfManyRowsIsRead(t *testing.T) {
	c, _ := board(t)
	var b strings.Builder
	b.WriteString("role,level,category\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "Diver %d,D%d,Harbour\n", i, i%9)
	}
	got, faults := convert.HR("hr.csv", []byte(b.String()), c)
	sameFaults(t, faults)
	if got == nil || len(got.Pages) != 20_000 {
		t.Error("not all is read")
	}
}

// FuzzHR feeds it anything: it must say what is wrong or give tables that make
// a company's folder, and never panic.
func FuzzHR(f *testing.F) {
	for _, seed := range []string{"", ladder, bands, "role,level\n\"\n", "role,next,category\nA,B,C\nB,A,C\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, files := board(t)
		got, faults := convert.HR("hr.csv", data, c)
		oneLineEach(t, faults, "hr.csv", data)
		if (got == nil) != (len(faults.Errors()) > 0) {
			t.Fatalf("tables %+v, and faults %v", got, faults)
		}
		if got == nil {
			return
		}
		_, err := knowledge.Load(knowledge.Layer{FS: files}, knowledge.Layer{FS: written(got), Name: "acme", Own: true})
		for _, fault := range knowledge.AsFaults(err).Errors() {
			// What only the whole catalogue can know, and nothing at all.
			if !strings.Contains(fault.What, "go in a circle") && !strings.Contains(fault.What, "is also a name of") && len(written(got)) > 0 {
				t.Errorf("%v in %q", fault, data)
			}
		}
	})
}
