package intake

import (
	"strings"
	"testing"

	"vitrine/internal/spreadsheet/sheettest"
)

// TestColumns finds titles and what they mean: each case is a sheet, and its columns as
// letter=field, ? where one is not read.
func TestColumns(t *testing.T) {
	row := func(s string) []any {
		var out []any
		for c := range strings.SplitSeq(s, "|") {
			if c == "" {
				out = append(out, nil)
			} else {
				out = append(out, c)
			}
		}
		return out
	}
	for _, c := range []struct {
		what   string
		merges []string
		rows   []string
		want   string
	}{
		{"plain", nil, []string{"Nom|Commune|SIRET", "a|Flers|"}, "A=name B=commune C=siret @1"},
		{"trading name wins over the person's", nil, []string{"Nom|Prénom|Enseigne|Raison sociale", "Durand|Anne|Le Four|SARL Durand"}, "A=? B=? C=name D=legal_name @1"},
		{"the legal name alone is the name", nil, []string{"Raison sociale|Ville", "SARL Durand|Flers"}, "A=name B=commune @1"},
		{"accents, case, units and stars", nil, []string{"ENSEIGNE *|EFFECTIF (ETP)|tel.|E-MAIL|Code  Postal|n°_siret", "a|3|||61100|"}, "A=name B=employees C=phone D=email E=postcode F=siret @1"},
		{"under a title and a date", []string{"A1:D1"}, []string{"Liste des lauréats", "Mise à jour : 12/11/2024", "", "Enseigne|Ville|Téléphone", "a|Flers|"}, "A=name B=commune C=phone @4"},
		{"two rows of titles, the upper names groups", []string{"A1:A2", "B1:C1", "D1:E1"}, []string{"Entreprise|Contact||Adresse|", "|Téléphone|Courriel|Rue|Ville", "a|02 33 98 44 00|a@b.fr|1 rue|Flers"}, "A=name B=phone C=email D=address E=commune @2"},
		{"the programme's words", nil, []string{"Artisan|Défis relevés|Commune", "a|velo|Flers"}, "A=name B=challenge C=commune @1"},
		{"several columns of challenges", nil, []string{"Nom|Défi n°1|Défi n°2|Défi 3", "a|velo|tri|"}, "A=name B=challenge C=challenge D=challenge @1"},
		{"a matrix of challenges", nil, []string{"Nom|Récupérer la pluie|3. Livrer à vélo|Ville", "a|x||Flers"}, "A=name B=challenge:pluie C=challenge:velo D=commune @1"},
		{"consents", nil, []string{"Nom|Accord photo (oui/non)|Publier le téléphone ?|Autorisation", "a|oui|non|oui"}, "A=name B=consent.photo C=consent.phone D=consent @1"},
		{"a slip", nil, []string{"Nom|Comune|Telephonne", "a|Flers|"}, "A=name B=commune C=phone @1"},
		{"a title that lies", nil, []string{"Nom|Mail", "a|02 33 98 44 00", "b|02 33 98 44 01", "c|02 33 98 44 02"}, "A=name B=phone @1"},
		{"no title at all", nil, []string{"Nom||Ville", "a|x@exemple.fr|Flers", "b|y@exemple.fr|Flers", "c|z@exemple.fr|Flers"}, "A=name B=email C=commune @1"},
		{"twice the same", nil, []string{"Nom|Téléphone|Téléphone", "a|02 33 98 44 00|02 33 98 44 01"}, "A=name B=phone C=? @1"},
		{"English", nil, []string{"Business name|City|Postcode|Phone number|Website", "a|Flers|61100||"}, "A=name B=commune C=postcode D=phone E=url @1"},
		{"open data", nil, []string{"siret|nom|code_postal|code_insee|horaires_osm|pointgeo|date_maj|nom_epci", "|a|61100|61169||||"}, "A=siret B=name C=postcode D=commune E=hours F=point G=? H=? @1"},
		{"not kept", nil, []string{"N°|Civilité|Entreprise|SIREN|Horodateur", "1|M.|a||"}, "A=? B=? C=name D=? E=? @1"},
		{"a single column", nil, []string{"Entreprise", "a", "b"}, "A=name @1"},
		{"only data", nil, []string{"Le Four|Flers|61100", "La Scie|Athis|61430"}, "none"},
	} {
		s := sheettest.Sheet{Name: "L", Merges: c.merges}
		for _, r := range c.rows {
			s.Rows = append(s.Rows, row(r))
		}
		for _, f := range []struct {
			name string
			data []byte
		}{{"a.xlsx", sheettest.XLSX(sheettest.Options{}, s)}, {"a.ods", sheettest.ODS(s)}} {
			r, err := tryRun(site(nil), f.name, f.data, nil)
			got := "none"
			if err == nil {
				var parts []string
				for _, x := range r.Sheets[0].Columns {
					field := x.Field
					if field == "" {
						field = "?"
					}
					parts = append(parts, Place{Column: x.Column}.letters()+"="+field)
				}
				got = strings.Join(parts, " ") + " @" + itoa(r.Sheets[0].Header)
			}
			if got != c.want {
				t.Errorf("%s, %s: %s, want %s", c.what, f.name, got, c.want)
			}
		}
	}
}
