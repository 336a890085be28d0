package intake

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"vitrine/internal/source"
	"vitrine/internal/spreadsheet/sheettest"
)

// randomSite has participants of every shape: in TOML, CSV and Markdown, with hostile
// texts.
func randomSite(r *rand.Rand) map[string]string {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	files := map[string]string{}
	var toml strings.Builder
	toml.WriteString("# Les nôtres.\n")
	alphabet := []rune("aéœ’'  \"\\|;&<é🙂\t_x0041_=+-@Ã©\u00a0:!?")
	text := func() string {
		var b strings.Builder
		for range 1 + r.IntN(12) {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		return "x" + b.String() + "y"
	}
	record := func(id, commitment, award string) string {
		var b strings.Builder
		opt := func(key, value string) {
			if r.IntN(2) == 0 {
				b.WriteString(key + " = " + value + "\n")
			}
		}
		b.WriteString("name = " + quote(text()) + "\n")
		opt("print_name", quote(text()))
		opt("legal_name", quote(text()))
		opt("kind", quote(pick("business", "team", "person")))
		opt("sole_trader", pick("true", "false"))
		opt("siret", quote(pick("05720093300042", "35600000000048", "356 000 000 00048")))
		opt("naf", quote(pick("10.71C", "9511Z")))
		opt("trade", quote(pick("boulangerie", "garage")))
		opt("employees", fmt.Sprint(r.IntN(30)))
		opt("address", quote(text()))
		opt("postcode", quote("61100"))
		opt("commune", quote(pick("61169", "14654")))
		if r.IntN(2) == 0 {
			fmt.Fprintf(&b, "lat = %v\nlon = %v\n", 48+r.Float64(), -r.Float64())
		}
		opt("phone", quote(pick("02 33 98 44 00", "06 12 34 56 78", "+33233984400", "3939")))
		opt("mobile", quote("0612345678"))
		opt("email", quote("jean@exemple.fr"))
		opt("url", quote(pick("https://exemple.fr", "https://exemple.fr/a?b=c;d")))
		opt("hours", quote("Tu-Sa 08:00-13:00,15:00-19:00; PH off"))
		opt("description", quote(text()+"\n\n"+text()))
		opt("status", quote(pick("active", "candidate", "closed", "withdrawn")))
		opt("consent", pick("[]", `["name", "photo"]`, `["open-data"]`))
		opt("note", quote(text()))
		opt("members", "{captain = 1, child = 3}")
		opt("aliases", "["+quote("old-"+id)+"]")
		for range r.IntN(3) {
			b.WriteString("\n[[" + commitment + "]]\nchallenge = " + quote(pick("pluie", "tri", "velo")) + "\n")
			opt("done_on", "2024-02-03")
			opt("new", pick("true", "false"))
			opt("evidence", "["+quote(text())+", "+quote(text())+"]")
			opt("text", quote(text()))
		}
		for _, edition := range []string{"2024", "2025"} {
			if r.IntN(2) == 0 {
				b.WriteString("\n[[" + award + "]]\nedition = " + quote(edition) + "\non = 2024-06-01\n")
				opt("level", quote("or"))
				opt("number", quote("n° "+text()))
				opt("valid_until", "2027-01-01")
			}
		}
		return b.String()
	}
	for i := range 1 + r.IntN(4) {
		fmt.Fprintf(&toml, "\n# %d\n[[participant]]\nid = \"p%d\"\n%s", i, i, record(fmt.Sprint("p", i), "participant.commitment", "participant.award"))
	}
	files["data/programmes/label/participants.toml"] = toml.String()
	for i := range r.IntN(3) {
		id := fmt.Sprint("m", i)
		files["content/label/participants/"+id+".md"] = "+++\n" + record(id, "commitment", "award") + "+++\n\nRécit.\n"
	}
	if r.IntN(2) == 0 {
		files["data/programmes/label/participants.csv"] = "id;name;commune;consent;photo.alt;description\nc1;Un;61169;name|phone;;\"deux\nlignes\"\nc2;\"À; b\";;;;\n"
		files["data/programmes/label/commitments.csv"] = "participant,challenge,evidence\nc1,tri,a|b\np0,velo,\n"
	}
	return files
}

// TestExportImportIsIdentity exports random sites and imports them again: nothing changes.
func TestExportImportIsIdentity(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		files := randomSite(r)
		tree := site(files)
		e, err := NewExport(tree, "", today, 1)
		if err != nil {
			if x, ok := err.(*SiteError); ok {
				for _, d := range x.List {
					t.Log(d.Span.File, d.Message("fr"))
				}
			}
			t.Fatalf("seed %d: %v\n%s", seed, err, files[participants])
		}
		var xlsx, csv bytes.Buffer
		if err := e.WriteXLSX(&xlsx); err != nil {
			t.Fatal(err)
		}
		if err := e.WriteCSV(&csv, 0); err != nil {
			t.Fatal(err)
		}
		rows := 0
		for i, f := range []struct {
			name string
			data []byte
		}{{"a.xlsx", xlsx.Bytes()}, {"a.csv", csv.Bytes()}} {
			got := run(t, tree, f.name, f.data, nil)
			unchanged(t, fmt.Sprintf("seed %d, %s", seed, f.name), got)
			if i == 0 {
				for _, table := range e.Tables {
					for range table.Rows {
						rows++
					}
				}
				if got.Counts["rows"] != rows {
					t.Errorf("seed %d: %d rows read, %d written", seed, got.Counts["rows"], rows)
				}
			}
		}
	}
}

func unchanged(t *testing.T, what string, r *Result) {
	t.Helper()
	if n := r.Counts["rows"]; r.Counts["unchanged"] != n || r.Counts["conflicts"] > 0 || r.Counts["missing"] > 0 || len(r.Summary()) > 0 {
		t.Errorf("%s: %s, files %v", what, counts(r), r.Summary())
		for _, c := range append(r.Changes, r.Conflicts...) {
			t.Logf("%s %s: %q, now %q", c.ID, c.Key, c.Before, c.Text())
		}
		for _, x := range r.Rows {
			t.Logf("%+v", x)
		}
	}
}

// Text is what a change writes, for messages of tests.
func (c Change) Text() string { return c.After }

// after is the site with an import written.
func after(tree *source.Tree, r *Result) *source.Tree { return tree.With(r.Files) }

// TestImportTwice imports random dirt, writes it, and imports it again: nothing changes, and
// every row is accounted for. In chaos, rows speak of the same businesses by halves: what a
// second import makes of them may then differ, but no row is lost and the site still loads.
func TestImportTwice(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		files := map[string]string{}
		if seed%3 > 0 {
			files = randomSite(r)
		}
		tree := site(files)
		chaos := seed%2 == 0
		sheet, rows := randomSheet(r, chaos)
		var data []byte
		name := "a.xlsx"
		switch seed % 5 {
		case 0, 1:
			data = sheettest.XLSX(sheettest.Options{}, sheet)
		case 2:
			data, name = sheettest.ODS(sheet), "a.ods"
		default:
			data, name = sheettest.CSV(sheettest.Text{Encoding: []string{"utf-8", "utf-16le", "utf-8-bom"}[r.IntN(3)]}, sheet), "a.csv"
		}
		first := run(t, tree, name, data, func(o *Options) { o.Edition = "2025" })
		if first.Blocked {
			for _, d := range first.Diagnostics {
				t.Errorf("seed %d: %s %s", seed, d.Code, d.Message("fr"))
			}
			t.Log(string(first.Files[participants]))
			continue
		}
		if c := counts(first); c == "ROWS ARE LOST" || first.Counts["rows"] != rows {
			t.Errorf("seed %d: %s, want %d rows", seed, c, rows)
		}
		second := run(t, after(tree, first), name, data, func(o *Options) { o.Edition = "2025" })
		if c := counts(second); second.Blocked || c == "ROWS ARE LOST" || second.Counts["rows"] != rows {
			t.Errorf("seed %d, again: %s, want %d rows", seed, c, rows)
		}
		if chaos {
			continue
		}
		if second.Counts["added"]+second.Counts["changed"] > 0 || len(second.Files) > 0 || second.Counts["refused"] != first.Counts["refused"] {
			t.Errorf("seed %d, again: %s (first %s), files %v", seed, counts(second), counts(first), fileNames(second.Files))
			for _, c := range second.Changes {
				t.Logf("%+v", c)
			}
			for _, c := range second.Rows {
				t.Logf("%+v", c)
			}
		}
	}
}

// randomSheet is a list with dirt in every cell, and how many rows of it say anything.
func randomSheet(r *rand.Rand, chaos bool) (sheettest.Sheet, int) {
	pick := func(list ...any) any { return list[r.IntN(len(list))] }
	s := sheettest.Sheet{Name: "L", Rows: [][]any{{"Titre"}, {}}}
	titles := []any{"Enseigne", "SIRET", "Ville", "CP", "Téléphone", "Courriel", "Effectif", "Défis relevés", "Récupérer la pluie", "Date de labellisation", "Accord photo", "Métier", "latitude", "longitude", "Remarque"}
	s.Rows = append(s.Rows, titles)
	n := 0
	for i := range 3 + r.IntN(15) {
		row := []any{
			pick("Boulangerie "+itoa(i), "SARL DURAND "+itoa(r.IntN(4)), "Épicerie", nil, "x", "Ã‰té "+itoa(i), "A\u00a0 B"),
			pick(5720093300042, "356 000 000 00048", "8,14E+13", nil, 81400000000000, "inconnu", sheettest.Err("#REF!")),
			pick("Flers", "61169 ", "FLERS", "St Rémy", "Nulle Part", nil, "61100 FLERS"),
			pick(61100, "1500", 1500, "61 100", nil, "abc"),
			pick(233984400, "02.33.98.44.00", "0612345678", nil, "02 33 98 44 00 / 06 12 34 56 78", "12"),
			pick("A@B.FR", nil, "Jean <j@b.fr>", "x"),
			pick(3, "3,5", "5 salariés", nil, -1),
			pick("Trier, réemployer, composter", "pluie | velo", "Livrer a velo", "Nager", nil, "Livrer à vélo, Nager"),
			pick("x", "oui", nil, "non", sheettest.Day(45000), "bof"),
			pick(sheettest.Day(45231), "12/06/2025", nil, "hier", 45231),
			pick("oui", "non", nil, "peut-être"),
			pick("Boulanger", "garage", nil, "Mage", "BOULANGERIE"),
			pick(48.75, "48,75", nil, 6850000, "48,75"), pick(-0.56, "-0,56", nil, 430000, "-0,56"),
			pick("note", nil, "a\nb", "-"),
		}
		if !chaos {
			row[0] = pick("Boulangerie "+string(rune('a'+i)), "SARL DURAND "+strings.Repeat("X", i+1), "Ã‰picerie \u00a0 "+strings.Repeat("w", 3*i), nil)
			row[1] = pick(nil, "8,14E+13", "inconnu")
		}
		for _, c := range row {
			if c != nil {
				n++
				break
			}
		}
		s.Rows = append(s.Rows, row)
	}
	return s, n
}
