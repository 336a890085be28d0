package bind_test

import (
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/source"
)

const sites = "../../cmd/vitrine/testdata/sites/"

var today = model.Date{Year: 2026, Month: 11, Day: 21}

func options(workers int) bind.Options {
	return bind.Options{Today: func(string) model.Date { return today }, Workers: workers}
}

// readSite reads a site of the scripts into memory.
func readSite(t testing.TB, name string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	dir := os.DirFS(sites + name)
	err := fs.WalkDir(dir, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, file)
		out[file] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// targets are the files that the fuzzer writes, one at a time.
var targets = []string{
	"data/site.toml", "data/organisations.toml", "data/territories.toml", "data/trades.toml", "data/communes.csv",
	"data/programmes/label/programme.toml", "data/programmes/label/challenges.toml", "data/programmes/label/participants.toml",
	"data/programmes/label/participants.csv", "data/programmes/label/commitments.csv", "data/programmes/label/awards.csv",
	"content/label/participants/au-bon-pain.md", "content/label/participants/seul.md", "content/label/index.md", "content/page.md", "content/news/un.md",
}

// FuzzSite writes anything into any file of a site. Binding never fails but in words;
// every message has a place that exists; without errors, no reference leads nowhere.
func FuzzSite(f *testing.F) {
	base := readSite(f, "minimal")
	for i, name := range targets {
		if file, ok := base[name]; ok {
			f.Add(uint8(i), string(file.Data))
		}
	}
	for _, s := range []struct {
		target uint8
		text   string
	}{
		{4, "insee,name,article_code,postcodes,lat,lon,population_municipal,epci_siren,epci_name\n61169,Flers,0,61100,48.7,-0.5,14000,200035814,X\n61168,Ferté-Macé,3,61600,48.5,-0.3,5000,200035814,X\n"},
		{5, "name = 'x'\nkind = 'y'\nterritory = 'pays'\nlevel = [{id='a', title='A', order=1}]\n[[rule]]\nfor='level:a'\nmetric='sum'\nfield='points'\nmessage='m'\nmin=1\nwhere={theme=['eau'], done_within='3 months', within_after='1 year'}\n[[event]]\nid='e'\nkind='k'\ntitle='t'\nstarts=2025-01-01T10:00:00\n[[group]]\nid='g'\nkind='k'\ntitle='t'\nmembers=['au-bon-pain']\n[[measure]]\nid='m'\ntitle='t'\nvalue=1\nparticipant='au-bon-pain'\n[[piece]]\nid='p'\ntemplate='t'\nfor='award'\nwhere={edition=['2024'], trade='garage'}\n"},
		{5, "name = 'x'\nkind = 'y'\nterritory = 'pays'\nsince=2025-02-01\n[[agreement]]\nstarts=2025-01-01\nends=2025-12-31\nnotice='11-15'\ndeadlines=[{title='b', before='10-31'}]\n[[edition]]\nid='e'\nstarts=2025-01-02\nends=2025-12-31\nphases=[{title='p',starts=2020-01-01}]\n[[measure]]\nid='a'\ntitle='t'\nvalue=2\nformula='{b} / ({count:award} + 1)'\n[[measure]]\nid='b'\ntitle='t'\nformula=\"\"\"1 +\n{a}\"\"\"\n[[budget]]\ntitle='l'\ncount=31\neach=0.5\nquantity=15\nunit_cost=525.0\namount=3937.5\nyear=2023\n[[budget]]\ntitle='t'\nquantity=1\namount=1\ntotal=true\n[[funding]]\norganisation='mairie'\namount=1e9\nrate=20\ncap=3\nunits=0.75\nyear=2023\n"},
		{7, "participant = 3\n"}, {7, "participant = [1, 2]\n"}, {7, "[[participant]]\nid='a'\nname='A'\naward=[{edition='2024'}]\ncommitment='x'\nphoto=''\n"},
		{8, "id,name,photo,photo.file,members.agent,consent\na,A,x.jpg,y.jpg,3,name|story\n"}, {8, "\xef\xbb\xbfid;name\na;\"A;B\"\n"}, {8, ",,\n,,\n"},
		{9, "participant,challenge,evidence,new\nau-bon-pain,livrer-a-velo,a|b,oui\n"}, {10, "participant,edition,on,level\nau-bon-pain,2025,2025-01-01,or\n"},
		{11, "+++\naliases=['vieux']\n+++\n"}, {12, "+++\nname='Seul'\nstatus='withdrawn'\n[[award]]\nedition='2024'\non=2024-01-01\n+++\ntexte\n"},
		{12, "+++\n+++"}, {13, "+++\nname = 'x'\n"}, {14, "+++\r\ntitle = \"x\"\r\n+++\r\n[a](/b)\r\n"}, {15, "+++\ntitle='x'\ndate=2026-01-01\n+++\n"},
		{0, "title = \"\"\nbase_url=\"https://x\"\nlanguage='fr'\npublisher='mairie'\n[design.colors]\nink={rgb='#000000'}\n[design.fonts]\ntitle={file='x'}\n[kit]\nprofiles=['x']\n"},
	} {
		f.Add(s.target, s.text)
	}
	f.Fuzz(func(t *testing.T, target uint8, text string) {
		site := fstest.MapFS{}
		maps.Copy(site, base)
		name := targets[int(target)%len(targets)]
		site[name] = &fstest.MapFile{Data: []byte(text)}
		s, list := bind.Site(source.New(site), options(2))
		for _, d := range list {
			checkPlace(t, site, d, d.Span)
			for _, n := range d.Notes {
				checkPlace(t, site, d, n.Span)
			}
			if d.Message("fr") == "" || d.Message("en") == "" {
				t.Errorf("%s has no words", d.Code)
			}
		}
		if list.Errors() == 0 {
			checkWhole(t, s)
		}
	})
}

func checkPlace(t *testing.T, site fstest.MapFS, d diag.Diagnostic, s diag.Span) {
	t.Helper()
	if s.IsZero() {
		t.Errorf("%s has no place: %s", d.Code, d.Message("en"))
		return
	}
	file, ok := site[s.File]
	if !ok {
		if s.Start != 0 || s.End != 0 {
			t.Errorf("%s stands at %+v, where there is no file", d.Code, s)
		}
		return
	}
	if s.Start < 0 || s.End < s.Start || s.End > len(file.Data) {
		t.Errorf("%s stands at %+v, outside a file of %d bytes: %s", d.Code, s, len(file.Data), d.Message("en"))
	}
}

// checkWhole holds a model without errors to what every later stage relies on.
func checkWhole(t *testing.T, s *model.Site) {
	t.Helper()
	if s.Publisher == nil || s.Origin == nil || s.BaseURL == "" || strings.HasSuffix(s.BaseURL, "/") {
		t.Errorf("publisher %v, base %q", s.Publisher, s.BaseURL)
	}
	codes := map[string]bool{}
	for _, x := range s.Territories {
		if ident.ID(x.ID) != ident.OK {
			t.Errorf("territory id %q", x.ID)
		}
		for _, m := range x.Members {
			if m == nil {
				t.Errorf("territory %s has a member that is none", x.ID)
			}
		}
	}
	for _, p := range s.Programmes {
		if p.Territory == nil || p.Origin == nil {
			t.Errorf("programme %s: territory %v", p.ID, p.Territory)
		}
		for _, x := range p.Partners {
			if x.Organisation == nil {
				t.Error("a partner without organisation")
			}
		}
		for _, c := range p.Challenges {
			if c.Theme == nil || ident.ID(c.ID) != ident.OK {
				t.Errorf("challenge %q without theme", c.ID)
			}
		}
		for _, e := range p.Editions {
			if ident.ID(e.ID) != ident.OK || e.Starts.IsZero() {
				t.Errorf("edition %q", e.ID)
			}
		}
		seen := map[string]bool{}
		for _, x := range model.Participants(p) {
			if ident.ID(x.ID) != ident.OK || seen[x.ID] || x.Programme != p || x.Origin == nil {
				t.Errorf("participant %q", x.ID)
			}
			seen[x.ID] = true
			if x.Code == "" || codes[x.Code] {
				t.Errorf("%s has the code %q", x.ID, x.Code)
			}
			codes[x.Code] = true
			for _, c := range x.Commitments {
				if c.Challenge == nil || c.Challenge.Theme == nil {
					t.Errorf("%s: a commitment to nothing", x.ID)
				}
			}
			for _, a := range x.Awards {
				if a.Edition == nil || a.On.IsZero() || model.Holder(a) != x {
					t.Errorf("%s: an award of nothing", x.ID)
				}
			}
			x.Profile(s)
			x.PrintProfile(s)
		}
		p.CurrentEdition(s.Today)
	}
}

// TestSiteTheSameWithAnyWorkers: the order of a run never depends on the order of the work.
func TestSiteTheSameWithAnyWorkers(t *testing.T) {
	site := readSite(t, "minimal")
	file := "data/programmes/label/participants.toml"
	var b strings.Builder
	for range 40 {
		b.WriteString("[[participant]]\nid = \"" + strings.Repeat("a", 1+b.Len()%30) + "\"\nnaem = \"x\"\nsiret = \"1\"\n")
	}
	site[file] = &fstest.MapFile{Data: []byte(b.String())}
	_, one := bind.Site(source.New(site), options(1))
	for _, n := range []int{2, 3, 7, 64} {
		_, many := bind.Site(source.New(site), options(n))
		if len(one) != len(many) {
			t.Fatalf("%d messages with one worker, %d with %d", len(one), len(many), n)
		}
		for i := range one {
			if one[i].Span != many[i].Span || one[i].Code != many[i].Code {
				t.Errorf("message %d: %v and %v", i, one[i], many[i])
			}
		}
	}
}

// BenchmarkSite binds the repository's own site.
func BenchmarkSite(b *testing.B) {
	dir := os.DirFS("../..")
	b.ReportAllocs()
	for b.Loop() {
		_, list := bind.Site(source.New(dir), options(1))
		if list.Errors() > 0 {
			b.Fatal(list)
		}
	}
}
