package intake

import (
	"os"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/spreadsheet/sheettest"
)

// existing are the participants of the data that the cases speak of.
const existing = `[[participant]]
id = "au-bon-pain"
name = "Au Bon Pain"
commune = "61169"
siret = "35600000000048"

[[participant]]
id = "deux-a"
name = "Les Deux"
commune = "61169"

[[participant]]
id = "deux-b"
name = "Les Deux"
commune = "61169"
`

// dirt is a row with one thing wrong, and what is said of it.
type dirt struct {
	code   string
	titles string // parted by |
	cells  []any
	after  string // of a repair or a proposal; empty: it is not looked at
	key    string // the value that the new participant gets, as key = value
}

var dirts = []dirt{
	// repairs
	{"mojibake", "Nom", []any{"CrÃ¨merie du ChÃ¢teau"}, "Crèmerie du Château", ""},
	{"invisible", "Nom", []any{"Le\u200b Pain\ufeff"}, "Le Pain", ""},
	{"spaces", "Nom|Ville", []any{"Le\u00a0 Grand\tFour", "Flers"}, "Le Grand Four", ""},
	{"apostrophe", "Nom", []any{"L´Épi d`Or"}, "L'Épi d'Or", ""},
	{"american-date", "Nom|Défi|Réalisé le", []any{"N", "velo", "11/30/2023"}, "2023-11-30", "done_on = 2023-11-30"},
	{"serial-date", "Nom|Défi|Réalisé le", []any{"N", "velo", 45231}, "2023-11-01", "done_on = 2023-11-01"},
	{"lost-zero-siret", "Nom|SIRET", []any{"N", "5720093300042"}, "05720093300042", `siret = "05720093300042"`},
	{"lost-zero-postcode", "Nom|Ville|CP", []any{"N", "Ambérieu-en-Bugey", 1500}, "01500", `postcode = "01500"`},
	{"lost-zero-insee", "Nom|Code INSEE", []any{"N", 1004}, "01004", `commune = "01004"`},
	{"lost-zero-phone", "Nom|Tél", []any{"N", 233984400}, "02 33 98 44 00", `phone = "02 33 98 44 00"`},
	{"phone-form", "Nom|Tél", []any{"N", "+33 (0)2.33.98.44.00"}, "02 33 98 44 00", `phone = "02 33 98 44 00"`},
	{"phone-is-mobile", "Nom|Tél", []any{"N", "06 12 34 56 78"}, "", `mobile = "06 12 34 56 78"`},
	{"two-phones", "Nom|Tél", []any{"N", "02 33 98 44 00 / 06 12 34 56 78"}, "", `mobile = "06 12 34 56 78"`},
	{"email-form", "Nom|Mail", []any{"N", "Jean <jean@exemple.fr>"}, "jean@exemple.fr", `email = "jean@exemple.fr"`},
	{"no-scheme", "Nom|Site", []any{"N", "www.exemple.fr"}, "https://www.exemple.fr", `url = "https://www.exemple.fr"`},
	{"unit", "Nom|Effectif", []any{"N", "5 salariés"}, "5", "employees = 5"},
	{"postcode-and-city", "Nom|Ville", []any{"N", "61100 FLERS"}, "", `commune = "61169"`},
	{"decimal-comma", "Nom|Ville|Latitude|Longitude", []any{"N", "Flers", "48,75", "-0,56"}, "-0.56", "lat = 48.75"},
	{"lambert-93", "Nom|Ville|X|Y", []any{"N", "Flers", 438000.0, 6855500.0}, "48.746385 ; -0.564433", "lat = 48.746385"},
	{"swapped-point", "Nom|Ville|Latitude|Longitude", []any{"N", "Flers", "-0.56", "48.75"}, "48.75 ; -0.56", "lat = 48.75"},
	// doubts
	{"formula-error", "Nom|Tél", []any{"N", sheettest.Err("#REF!")}, "", ""},
	{"bad-naf", "Nom|NAF", []any{"N", "boulange"}, "", ""},
	{"unknown-trade", "Nom|Métier", []any{"N", "Boulangrie"}, "Boulangerie", ""},
	{"unknown-level", "Nom|Édition|Remis le|Niveau", []any{"N", "2024", "01/06/2024", "Argent"}, "", `edition = "2024"`},
	{"unknown-edition", "Nom|Édition", []any{"N", "2042"}, "", ""},
	{"unknown-challenge", "Nom|Défi", []any{"N", "Nager"}, "", ""},
	{"unknown-word", "Nom|Statut", []any{"N", "bizarre"}, "", ""},
	{"bad-hours", "Nom|Horaires", []any{"N", "le matin"}, "", ""},
	{"missing-file", "Nom|Logo", []any{"N", "img/rien.png"}, "", ""},
	{"lost-character", "Nom", []any{"Caf\ufffd du Coin"}, "", ""},
	{"not-yes-no", "Nom|Récupérer la pluie", []any{"N", "bof"}, "", ""},
	{"not-a-number", "Nom|Effectif", []any{"N", "10 à 19"}, "", ""},
	{"bad-date", "Nom|Défi|Réalisé le", []any{"N", "velo", "31/02/2023"}, "", `challenge = "velo"`},
	{"scientific", "Nom|SIRET", []any{"N", "8,14E+13"}, "", ""},
	{"rounded-siret", "Nom|SIRET", []any{"N", "81400000000000"}, "", ""},
	{"siren-only", "Nom|SIRET", []any{"N", "356 000 000"}, "", ""},
	{"bad-siret", "Nom|SIRET", []any{"N", "05720093300043"}, "", ""},
	{"postcode-elsewhere", "Nom|Ville|CP", []any{"N", "Flers", "1500"}, "01500", ""},
	{"bad-postcode", "Nom|CP", []any{"N", "611"}, "", ""},
	{"communes-disagree", "Nom|Code INSEE|Commune", []any{"N", "61169", "Ambérieu-en-Bugey"}, "", `commune = "61169"`},
	{"homonyms", "Nom|Ville", []any{"N", "St Rémy"}, "", ""},
	{"unknown-commune", "Nom|Ville", []any{"N", "Flerss"}, "Flers", ""},
	{"postcode-for-insee", "Nom|Code INSEE", []any{"N", "61430"}, "61007", ""},
	{"several-meanings", "Nom|Métier", []any{"N", "Bois"}, "", ""},
	{"bad-phone", "Nom|Tél", []any{"N", "02 33"}, "", ""},
	{"bad-email", "Nom|Mail", []any{"N", "jean.exemple.fr"}, "", ""},
	{"bad-url", "Nom|Site", []any{"N", "en cours"}, "", ""},
	{"bad-url", "Nom|Site", []any{"N", "oui"}, "", ""},
	{"titles-again", "Nom|Site", []any{"Nom", "Site"}, "", ""},
	{"consent-to-what", "Nom|Autorisation", []any{"N", "oui"}, "", ""},
	{"unknown-scope", "Nom|Accords", []any{"N", "nom, chaussures"}, "", ""},
	{"bad-point", "Nom|GPS", []any{"N", "ici"}, "", ""},
	{"half-a-point", "Nom|Latitude|Longitude", []any{"N", "48.7"}, "", ""},
	{"point-elsewhere", "Nom|Ville|Latitude|Longitude", []any{"N", "Flers", "43.3", "5.4"}, "", ""},
	{"point-abroad", "Nom|Latitude|Longitude", []any{"N", "10", "20"}, "", ""},
	{"which-challenge", "Nom|Défi|Réalisé le", []any{"N", "velo | tri", "2023-11-30"}, "", ""},
	{"same-name-elsewhere", "Nom|Ville", []any{"Au Bon Pain", "Ambérieu-en-Bugey"}, "", `id = "au-bon-pain-amberieu-en-bugey"`},
	{"capitals", "Nom", []any{"SARL DUPONT PERE ET FILS"}, "Dupont Père et Fils", ""},
	{"award-no-edition", "Nom|Niveau", []any{"N", "Label d'or"}, "", ""},
	{"award-no-date", "Nom|Édition", []any{"N", "2024"}, "", ""},
	{"until-before-on", "Nom|Édition|Remis le|Valable jusqu'au", []any{"N", "2024", "01/06/2024", "01/06/2023"}, "", "on = 2024-06-01"},
	// refused
	{"no-name", "Nom|Ville", []any{nil, "Flers"}, "", ""},
	{"a-total", "Nom|Effectif", []any{"TOTAL", 61}, "", ""},
	{"titles-again", "Nom|Ville", []any{"Nom", "Ville"}, "", ""},
	{"a-remark", "Nom|Ville", []any{"* sous réserve du comité"}, "", ""},
	{"near-match", "Nom|Ville", []any{"Au Bon Pin", "Flers"}, "", ""},
	{"other-siret", "Nom|Ville|SIRET", []any{"Au Bon Pain", "Flers", "05720093300042"}, "", ""},
	{"several-people", "Nom|Ville", []any{"Les Deux", "Flers"}, "", ""},
	{"unknown-participant", "Participant|Défi", []any{"personne", "velo"}, "", ""},
	{"no-participant", "Participant|Défi", []any{nil, "velo"}, "", ""},
	{"no-challenge", "Participant|Défi", []any{"au-bon-pain", "nager"}, "", ""},
	{"no-edition", "Participant|Édition|Remis le", []any{"au-bon-pain", "2042", "2023-01-01"}, "", ""},
}

// TestEachDirt brings each kind of dirt in each format.
func TestEachDirt(t *testing.T) {
	covered := map[string]bool{"contradiction": true, "bar-in-list": true} // TestContradiction, TestBarInCSVList
	for _, d := range dirts {
		covered[d.code] = true
		titles := []any{}
		for s := range strings.SplitSeq(d.titles, "|") {
			titles = append(titles, s)
		}
		sheet := sheettest.Sheet{Name: "Liste", Merges: []string{"A1:C1"}, Rows: [][]any{{"Liste des labellisés"}, {}, titles, d.cells}}
		for _, f := range []struct {
			name string
			data []byte
		}{
			{"a.xlsx", sheettest.XLSX(sheettest.Options{}, sheet)},
			{"a.ods", sheettest.ODS(sheet)},
			{"a.csv", sheettest.CSV(sheettest.Text{}, sheet)},
		} {
			if d.code == "formula-error" && f.name == "a.ods" {
				continue // an error there is a 0 that is shown as one
			}
			tree := site(map[string]string{
				participants:       existing,
				"data/trades.toml": "[[trade]]\nid = \"boulangerie\"\nname = \"Boulangerie\"\n\n[[trade]]\nid = \"menuiserie\"\nname = \"Menuiserie\"\nsynonyms = [\"bois\"]\n\n[[trade]]\nid = \"charpente\"\nname = \"Charpente\"\nsynonyms = [\"bois\"]\n",
			})
			r := run(t, tree, f.name, f.data, nil)
			if c := counts(r); !strings.HasPrefix(c, "rows 1 ") {
				t.Errorf("%s in %s: %s", d.code, f.name, c)
			}
			if r.Blocked {
				t.Errorf("%s in %s: the site does not load: %v", d.code, f.name, r.Diagnostics)
			}
			found := false
			for _, x := range slices.Concat(r.Repairs, r.Doubts) {
				if x.Code == d.code {
					found = true
					if d.after != "" && x.After != d.after {
						t.Errorf("%s in %s: %q, want %q", d.code, f.name, x.After, d.after)
					}
				}
			}
			for _, x := range r.Rows {
				found = found || x.Code == d.code && x.Status == Refused
			}
			if !found {
				t.Errorf("%s in %s is not said: %v, rows %+v", d.code, f.name, remarks(slices.Concat(r.Repairs, r.Doubts)), r.Rows)
			}
			if !strings.Contains(string(r.Files[participants]), d.key) {
				t.Errorf("%s in %s: no %s in\n%s", d.code, f.name, d.key, strings.TrimPrefix(string(r.Files[participants]), existing))
			}
		}
	}
	of := map[string]bool{}
	for _, c := range []string{"sheet-skipped", "sheet-hidden", "sheet-empty", "no-table", "no-name-column", "empty", "damaged", "bomb", "locked", "old-excel", "binary", "web-page", "not-a-sheet", "too-large", "open-quote", "misnamed", "macros", "by-near", "by-contents", "by-map", "by-map-none", "unknown", "twice", "not-kept"} {
		of[c] = true // of files, sheets and columns
	}
	for _, c := range Codes() {
		if !covered[c] && !of[c] {
			t.Errorf("no case brings %s", c)
		}
	}
}

// TestContradiction brings rows of one participant that do not agree, and rows that do.
func TestContradiction(t *testing.T) {
	sheet := sheettest.Sheet{Rows: [][]any{
		{"Nom", "Ville", "Effectif", "Défi"},
		{"Le Four", "Flers", 3, "velo"},
		{"Le Four", "Flers", 3, "tri"},
		{"Le Four", "Flers", 4, "pluie"},
		{"Le Four", "Flers", nil, nil},
	}}
	r := run(t, site(nil), "a.xlsx", sheettest.XLSX(sheettest.Options{}, sheet), nil)
	if got := counts(r); got != "rows 4 added 1 changed 1 unchanged 1 refused 1 missing 0 conflicts 0" {
		t.Error(got)
	}
	text := string(r.Files[participants])
	if strings.Count(text, "[[participant]]") != 1 || strings.Contains(text, "pluie") || !strings.Contains(text, "tri") {
		t.Error(text)
	}
}

// TestCodesAreDocumented holds docs/import.md to the catalogue.
func TestCodesAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range Codes() {
		if !strings.HasPrefix(c, "by-") && !strings.Contains(string(doc), "`"+c+"`") {
			t.Errorf("docs/import.md does not have `%s`", c)
		}
	}
	for _, f := range fields {
		if !strings.Contains(string(doc), "`"+f.key+"`") {
			t.Errorf("docs/import.md does not have the field `%s`", f.key)
		}
	}
	for c, w := range words {
		if w.fr == "" || w.en == "" {
			t.Errorf("%s is not said in both languages", c)
		}
	}
}
