package load

import (
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/source"
)

// participant is the file of a business as an office keeps it.
const participant = `+++
name = "Garage Roussel"
kind = "business"
siret = "84505388300037"
trade = "garage"
address = "9 quai des Bateliers"
postcode = "39550"
commune = "39056"
lat = 46.626928
lon = 5.776207
description = "Garage Roussel, garage à Douvaine, 4 défis relevés."
status = "active"
[photo]
file = "img/photo-10.svg"
alt = "Devanture de Garage Roussel"
[[commitment]]
challenge = "choisir-des-fournitures-recyclees"
done_on = 2023-03-01
new = true
evidence = ["facture"]
[[commitment]]
challenge = "choisir-une-electricite-verte"
done_on = 2023-03-01
new = true
evidence = ["facture"]
[[commitment]]
challenge = "donner-les-invendus"
done_on = 2023-03-01
new = true
evidence = ["facture"]
[[commitment]]
challenge = "soutenir-une-association-locale"
done_on = 2023-03-01
new = true
evidence = ["facture"]
[[award]]
edition = "2023"
on = 2023-11-15
[[award]]
edition = "2024"
on = 2024-11-15
[[award]]
edition = "2025"
on = 2025-11-15
+++
Un carnet de suivi, tenu à jour chaque semaine, montre les progrès et les points à revoir.

## Un engagement au quotidien

Le label a donné un cadre à des efforts qui existaient déjà mais que personne ne voyait.
`

// BenchmarkRead reads the file of a business, and its keys as bind does.
func BenchmarkRead(b *testing.B) {
	odd := strings.Replace(participant, "39550", `3955\u0030`, 1)
	odd = strings.Replace(odd, "5.776207", "5.776_207", 1)
	for _, c := range []struct{ name, text string }{{"plain", participant}, {"odd", odd}} {
		tree := source.New(fstest.MapFS{"x.md": {Data: []byte(c.text)}})
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				md, list := Read(tree, "x.md")
				if list != nil {
					b.Fatal(list)
				}
				visit(md.Head)
			}
		})
	}
}

func visit(t *Table) {
	for _, k := range []string{"name", "kind", "siret", "trade", "address", "postcode", "commune", "description", "status"} {
		t.String(k)
	}
	t.Number("lat")
	t.Number("lon")
	for _, k := range []string{"commitment", "award"} {
		subs, _ := t.Tables(k)
		for _, s := range subs {
			s.String("challenge")
			s.Date("done_on")
			s.Boolean("new")
			s.Strings("evidence")
		}
	}
	t.Table("photo")
}
