package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/build"
	"vitrine/internal/model"
	"vitrine/themes"
)

const printed = `vitrine  wall   0.46 s  cpu   0.11 s  peak    43 MiB  files 428  bytes 4128689
hugo     wall   2.30 s  cpu   0.24 s  peak   129 MiB  files 249  bytes 927249
write mode=fresh w=2 files=428 dirs=402 bytes=4128689 wall min/med/max 0.200/0.230/0.460 s cpu med 0.006 s
hugo/vitrine wall 5.00 (min 4.71 max 5.72)  cpu 2.20  peak 3.00
unchanged/cold 0.148
`

func TestReadComparison(t *testing.T) {
	c, err := readComparison(printed)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.row(), (row{
		"**5.0×** (4.7×–5.7×); processor 2.2×", "1/3.0 of Hugo’s",
		"460 ms against 2.30 s, 43 MiB against 129; 428 files, 4.1 MB",
	}); got != want {
		t.Errorf("%+v", got)
	}
	if got, want := c.floorRow(), (row{measured: "2.0× the floor (1.0×–2.3×)", run: "460 ms against 230 ms"}); got != want {
		t.Errorf("%+v", got)
	}
	for line := range strings.Lines(printed) {
		_, err := readComparison(strings.Replace(printed, line, "", 1))
		if needed := !strings.HasPrefix(line, "unchanged"); needed != (err != nil) {
			t.Errorf("without %q: %v", line, err)
		}
	}
}

func TestReadServed(t *testing.T) {
	const said = `hugo server N=10000: start 9.30 s; save->served min/med/max 4000/4400/4800 ms; server cpu/edit med 5.20 s; peak RSS 900 MiB; own report after edits (ms): [47]
vitrine serve N=10000: start 1.50 s; save->served min/med/max 8/22/60 ms; server cpu/edit med 0.02 s; peak RSS 180 MiB; own report after edits (ms): []
`
	got, err := readServed(said)
	if err != nil {
		t.Fatal(err)
	}
	if want := (row{"**200×** (67×–600×)", "1/5.0 of Hugo’s", "22 ms (8–60) against 4400 ms (4000–4800)"}); got != want {
		t.Errorf("%+v", got)
	}
	if _, err := readServed("hugo server: never served"); err == nil {
		t.Error("nothing was measured, and no error")
	}
}

func TestPairs(t *testing.T) {
	over := []sample{{wall: 10}, {wall: 12}, {wall: 9}}
	under := []sample{{wall: 2}, {wall: 2}, {wall: 3}}
	if got := pairs(over, under, wallOf); got != (spread{5, 3, 6}) {
		t.Error(got)
	}
	if got := pairs(nil, nil, wallOf); got != (spread{}) {
		t.Error(got)
	}
	if got := median([]float64{4, 1, 3, 2}); got != 2.5 {
		t.Error(got)
	}
}

func TestFigures(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{times(7.14), "7.1×"}, {times(13.7), "14×"}, {times(0.77), "0.77×"}, {times(1234), "1,234×"},
		{share(1 / 23.2), "1/23"}, {share(0.8), "0.80"}, {share(0.25), "1/4.0"}, {share(0), "–"},
		{seconds(0.0224), "22 ms"}, {seconds(1.234), "1.23 s"}, {thousands(1234567), "1,234,567"}, {thousands(12), "12"},
		{hundredths(1, 3), "33 %"}, {hundredths(0.4, 100), "0.4 %"}, {hundredths(0, 1), "–"},
	} {
		if c.got != c.want {
			t.Errorf("%s, not %s", c.got, c.want)
		}
	}
}

// A run of some parts keeps the other rows, with their own dates.
func TestTableKeepsRows(t *testing.T) {
	text := "before\n" + tableStart + tableEnd + "\nafter\n"
	first, err := rows{coldRow(1000): {measured: "7×", run: "a | b"}}.into(text, "2026-01-01", "one")
	if err != nil {
		t.Fatal(err)
	}
	second, err := rows{coldRow(10_000): {measured: "9×"}, "of no table": {}}.into(first, "2026-02-02", "two")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| " + coldRow(1000) + " | 3.5× | 6× | 7× | – | a / b | 2026-01-01 |\n",
		"| " + coldRow(10_000) + " | 5×, 1/3 of its peak | 8×, 1/5 | 9× | – | – | 2026-02-02 |\n",
		"| " + scaleRow(1000, 100_000) + " | 1.3× | 1.1× | not yet | – | – | – |\n",
		"Last run: 2026-02-02, two.\n", "before\n", "\nafter\n",
	} {
		if !strings.Contains(second, want) {
			t.Errorf("no %q in\n%s", want, second)
		}
	}
	if strings.Contains(second, "of no table") || strings.Count(second, coldRow(1000)) != 1 {
		t.Error(second)
	}
	if same, err := (rows{"of no table": {}}).into(second, "2026-03-03", "three"); err != nil || same != second {
		t.Error("a run that the table does not hold changed it")
	}
	if _, err := (rows{coldRow(1000): {}}).into("no markers", "", ""); err == nil {
		t.Error("a text without a place was taken")
	}
}

// The page of documentation has the places that this program writes to.
func TestDocument(t *testing.T) {
	text, err := os.ReadFile("../../docs/performance.md")
	if err != nil {
		t.Fatal(err)
	}
	changed, err := rows{coldRow(1000): {}}.into(string(text), "2026-01-01", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := between(changed, sharesStart, sharesEnd, func(string) string { return "" }); err != nil {
		t.Error(err)
	}
	for _, w := range works() {
		if !strings.Contains(string(text), "| "+w.name+" | ") {
			t.Errorf("docs/performance.md has no row %q", w.name)
		}
	}
	for _, p := range parts() {
		if !strings.Contains(string(text), "`"+p.name+"`") {
			t.Errorf("docs/performance.md does not say what BENCH=%s is", p.name)
		}
	}
}

func TestChoose(t *testing.T) {
	names := func(yardstick, wanted string) string {
		s := session{yardstick: yardstick}
		list, err := s.choose(wanted)
		if err != nil {
			return err.Error()
		}
		var out []string
		for _, p := range list {
			out = append(out, p.name)
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct{ yardstick, wanted, want string }{
		{"", "", "inner"},
		{"y", "", "1000 10000 again serve typst inner profile"},
		{"y", "scale, 61 again@1000", "scale 61 again"},
		{"", "typst", "typst needs the yardstick: VITRINE_BENCH is not set"},
		{"y", "1oo", "no part \"1oo\": " + partNames() + ", or a number of businesses, again@1000, serve@1000, scale@10000"},
	} {
		if got := names(c.yardstick, c.wanted); got != c.want {
			t.Errorf("%q: %s, not %s", c.wanted, got, c.want)
		}
	}
}

func TestReadProfile(t *testing.T) {
	const raw = `PeriodType: cpu nanoseconds
Samples:
samples/count cpu/nanoseconds
          3   30000000: 1 2 3 
          1   10000000: 4 3 
          2   20000000: 5 6 
          4   40000000: 7 8 
          5   50000000: 9 3 
          6   60000000: 10 11 
Locations
     1: 0x46 M=1 internal/runtime/syscall.Syscall6 /go/asm.s:36:0 s=30
     2: 0x48 M=1 os.WriteFile /go/os.go:1:0 s=1
     3: 0x68 M=1 vitrine/internal/write.put /x/put.go:5:0 s=1
             vitrine/internal/write.(*Session).Put /x/session.go:82:0 s=81
     4: 0x69 M=1 crypto/sha256.block /go/sha.s:1:0 s=1
     5: 0x70 M=1 runtime.scanobject /go/mgc.go:1:0 s=1
     6: 0x71 M=1 runtime.gcBgMarkWorker.func1 /go/mgc.go:1:0 s=1
     7: 0x72 M=1 os.RemoveAll /go/os.go:1:0 s=1
     8: 0x73 M=1 vitrine/internal/build.cold /x/bench_test.go:1:0 s=1
     9: 0x74 M=1 github.com/yuin/goldmark/parser.parse /x/p.go:1:0 s=1
    10: 0x75 M=1 runtime.futex /go/sys.s:1:0 s=1
    11: 0x76 M=1 runtime.mcall /go/asm.s:1:0 s=1
Mappings
1: 0x0/0x0/0x0   [FN]
`
	x, err := readProfile(raw)
	if err != nil {
		t.Fatal(err)
	}
	if x.total != 17e7 {
		t.Errorf("%v in all: removing folders is none of the build", x.total)
	}
	for name, want := range map[string]float64{
		"writing files": 3e7, "keys and sums (SHA-256)": 1e7, "the collector": 2e7, "prose (goldmark)": 5e7, elsewhere: 6e7,
	} {
		if x.spent[name] != want {
			t.Errorf("%s: %v, not %v", name, x.spent[name], want)
		}
	}
	if len(x.system) != 1 || x.system["writing files"] != 3e7 {
		t.Errorf("system: %v", x.system)
	}
	x.n = 1000
	if got := sharesTable([]shares{x}); !strings.Contains(got, "| writing files | 18 % | 18 % |\n") || !strings.Contains(got, "| planning | – | – |\n") {
		t.Error(got)
	}
	if _, err := readProfile("Samples:\nLocations\n"); err == nil {
		t.Error("an empty profile was taken")
	}
}

// Every package of the stages has its place in the table of shares.
func TestPlacesHoldEveryPackage(t *testing.T) {
	entries, err := os.ReadDir("../../internal")
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Fields("acceptance docs serve pdf png layout piece preflight spreadsheet intake starter") // no part of a site's build
	for _, p := range places() {
		known = append(known, strings.Fields(p.packages)...)
	}
	for _, e := range entries {
		if e.IsDir() && !slices.Contains(known, e.Name()) {
			t.Errorf("package %s stands nowhere in the table of shares", e.Name())
		}
	}
}

// Every benchmark that is meant to be compared exists.
func TestLoopsExist(t *testing.T) {
	for _, l := range loops {
		files, err := filepath.Glob("../../internal/" + l.pkg + "/*_test.go")
		if err != nil {
			t.Fatal(err)
		}
		var all []byte
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, text...)
		}
		for _, name := range strings.Split(l.benchmarks, "|") {
			if !bytes.Contains(all, []byte("func Benchmark"+name+"(")) {
				t.Errorf("package %s has no Benchmark%s", l.pkg, name)
			}
		}
	}
}

// The site that is compared with Typst builds without a word, and has a piece for each.
func TestDiplomaSite(t *testing.T) {
	dir := t.TempDir()
	logo := filepath.Join(dir, "rgb.jpg")
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 800, 800)), nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(logo, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	list := []diploma{
		{"Boulangerie de l'Île", "Nîmes", "le 1 juin 2026", []string{"Un café \"suspendu\"", "Composter", "Trier"}},
		{"Boulangerie de l'Île", "L'Haÿ-les-Roses", "le 30 août 2026", []string{"Composter", "Trier", "Donner"}},
	}
	font := "../../themes/default/fonts/text-600.ttf"
	site := filepath.Join(dir, "site")
	if err := diplomaSite(site, list, map[string]string{"img/rgb.jpg": logo, "fonts/Lato-Regular.ttf": font, "fonts/Lato-Bold.ttf": font}); err != nil {
		t.Fatal(err)
	}
	r, err := build.Run(build.Options{
		Site: site, Public: filepath.Join(dir, "public"), Kit: filepath.Join(dir, "kit"), State: filepath.Join(dir, "state"), Only: "diplome",
		Themes: themes.FS, Own: os.DirFS(site), Today: func(string) model.Date { return model.Date{Year: 2026, Month: 11, Day: 21} },
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range r.Diagnostics {
		t.Errorf("%s: %s", d.Span.File, d.Message("en"))
	}
	for _, name := range []string{"diplome.pdf", "diplome/commerce-0000.pdf", "diplome/commerce-0001.pdf"} {
		if info, err := os.Stat(filepath.Join(dir, "kit", "label", filepath.FromSlash(name))); err != nil || info.Size() == 0 {
			t.Error(name, err)
		}
	}
	for _, bad := range []string{"1 juin 2026", "le 1 june 2026", ""} {
		if _, err := readDay(bad); err == nil {
			t.Errorf("%q is a day", bad)
		}
	}
}
