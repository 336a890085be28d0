package intake

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"vitrine/internal/typography"
)

// TestOtherScripts: names that no slug can write are told from each other, and found again by the next
// import.
func TestOtherScripts(t *testing.T) {
	tree := site(nil)
	data := []byte("Nom\nمخبز النور\nمقهى النور\nمخبز 24\nمقهى 24\n🥐\n☕\n東京屋\n")
	first := run(t, tree, "a.csv", data, nil)
	if first.Counts["added"] != 7 || first.Counts["doubts"] != 0 {
		t.Fatalf("%s, doubts %+v", counts(first), first.Doubts)
	}
	second := run(t, after(tree, first), "a.csv", data, nil)
	if second.Counts["unchanged"] != 7 || len(second.Summary()) > 0 {
		t.Errorf("again: %s, files %v", counts(second), second.Summary())
	}
}

// TestApostrophesOfTheirOwn: a text that starts as guarded cells do is the same after an export.
func TestApostrophesOfTheirOwn(t *testing.T) {
	tree := site(map[string]string{participants: "[[participant]]\nid = \"a\"\nname = \"'=A\"\nnote = \"''x\"\nactivity = \"-moins\"\n"})
	e, err := NewExport(tree, "", today, 1)
	if err != nil {
		t.Fatal(err)
	}
	var xlsx, csv bytes.Buffer
	if err := e.WriteXLSX(&xlsx); err != nil {
		t.Fatal(err)
	}
	if err := e.WriteCSV(&csv, 0); err != nil {
		t.Fatal(err)
	}
	unchanged(t, "a.xlsx", run(t, tree, "a.xlsx", xlsx.Bytes(), nil))
	unchanged(t, "a.csv", run(t, tree, "a.csv", csv.Bytes(), nil))
}

// TestFileWithoutLineEnd: several keys of the last record are lines below each other.
func TestFileWithoutLineEnd(t *testing.T) {
	tree := site(map[string]string{participants: "[[participant]]\nid = \"a\"\nname = \"Alpha\" # fin"})
	r := run(t, tree, "a.csv", []byte("id;Nom;Téléphone;E-mail\na;Alpha;02 33 98 44 01;a@exemple.fr\n"), nil)
	want := "[[participant]]\nid = \"a\"\nname = \"Alpha\" # fin\nphone = \"02 33 98 44 01\"\nemail = \"a@exemple.fr\""
	if got := string(r.Files[participants]); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// TestLongNames: a report stays one, whatever a cell holds.
func TestLongNames(t *testing.T) {
	long := strings.Repeat("X", 10_000)
	r := run(t, site(nil), "a.csv", []byte("Nom;Téléphone\n"+long+";02 33 98 44 01\n* "+long+";\n"), nil)
	var b strings.Builder
	if err := r.Print(&b, typography.French); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if utf8.RuneCountInString(line) > 400 {
			t.Errorf("a line of %d letters: %.60s…", utf8.RuneCountInString(line), line)
		}
	}
}

// TestTitleTwice: two columns of one title are told apart by what is remembered of them too.
func TestTitleTwice(t *testing.T) {
	tree := site(nil)
	data := []byte("Nom;Commune;Tél;Nom\nUn;Flers;02 33 98 44 01;M. Un\nDeux;Flers;02 33 98 44 02;Mme Deux\n")
	first := run(t, tree, "a.csv", data, nil)
	if first.Counts["added"] != 2 {
		t.Fatal(counts(first))
	}
	second := run(t, after(tree, first), "a.csv", data, func(o *Options) { o.Map = first.Mapping })
	if second.Counts["unchanged"] != 2 {
		t.Errorf("again: %s, %+v", counts(second), second.Sheets[0].Columns)
	}
	if !second.Mapping.Equal(first.Mapping) {
		t.Errorf("remembered:\n%s\nfirst:\n%s", second.Mapping.Bytes("fr"), first.Mapping.Bytes("fr"))
	}
}

// TestTitlesAgain: titles that stand in the middle of a list are refused, and their words are no wrong values.
func TestTitlesAgain(t *testing.T) {
	r := run(t, site(nil), "a.csv", []byte("Nom;Commune;SIRET;Tél;Mail;CP;Site\nUn;Flers;;02 33 98 44 01;;;\nNom;Commune;SIRET;Tél;Mail;CP;Site\nDeux;Flers;;;;;\n"), nil)
	if r.Counts["added"] != 2 || r.Counts["refused"] != 1 || len(r.Doubts) > 0 {
		t.Errorf("%s, doubts %+v", counts(r), r.Doubts)
	}
}

// TestCapitalsOfAGoodName: a list in capitals does not put its guess in place of a name that the data spells.
func TestCapitalsOfAGoodName(t *testing.T) {
	tree := site(map[string]string{participants: "[[participant]]\nid = \"a\"\nname = \"Le Levain de la Vère\"\ncommune = \"61169\"\n"})
	for _, name := range []string{"LE LEVAIN DE LA VERE", "SARL LE LEVAIN DE LA VERE"} {
		r := run(t, tree, "a.csv", []byte("Nom;Commune\n"+name+";Flers\n"), func(o *Options) { o.AcceptNames = true })
		if got := string(r.Files[participants]); r.Counts["unchanged"] != 1 || strings.Contains(got, "print_name") {
			t.Errorf("%s: %s\n%s", name, counts(r), got)
		}
	}
}
