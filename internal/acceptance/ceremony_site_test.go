package acceptance

import (
	"fmt"
	"strconv"
	"strings"

	"vitrine/internal/spreadsheet/sheettest"
)

func itoa(n int) string { return strconv.Itoa(n) }

// rehearsalSite is a label without anybody yet.
var rehearsalSite = map[string]string{
	"data/site.toml": `title = "Le label"
base_url = "https://label.example"
language = "fr"
publisher = "agglo"
demo = true
[legal]
publication_director = "La présidente"
host = {name = "Hébergeur", address = "1 rue du Fil", phone = "01 99 00 00 01"}
[privacy]
controller = "L’agglo"
contact = "dpo@label.example"
default_consent = ["name", "address", "location", "phone", "email", "url", "hours", "logo", "photo", "story"]
[kit]
profiles = ["press"]
participants = true
`,
	"data/organisations.toml": `[[organisation]]
id = "agglo"
name = "L’Agglo"
address = "Place du Marché, 14000 Caen"
phone = "01 99 00 00 02"
email = "label@label.example"
`,
	"data/communes.csv": `insee,name,article_code,lat,lon,postcodes
01004,Ambérieu-en-Bugey,1,45.9608,5.3729,01500
14118,Caen,0,49.18,-0.37,14000
14654,Saint-Pierre-en-Auge,0,49.02,-0.03,14170
61001,Alençon,1,48.43,0.09,61000
`,
	"data/territories.toml": `[[territory]]
id = "pays"
name = "Le Pays"
kind = "epci"
`,
	"data/trades.toml": `[[trade]]
id = "artisan"
name = "Artisanat"
synonyms = ["artisan"]
[[trade]]
id = "commerce"
name = "Commerce"
`,
	"data/programmes/label/programme.toml": `name = "Le Label"
kind = "label"
purpose = "Des gestes simples."
territory = "pays"
[[partner]]
organisation = "agglo"
role = "Pilote"
signs = true
signatory = {name = "Anne Loriot", title = "Présidente"}
[[agreement]]
parties = ["agglo"]
starts = 2026-01-01
ends = 2026-12-31
[[event]]
id = "remise"
kind = "cérémonie"
title = "Remise des labels"
starts = 2026-11-30T18:30:00
edition = "2026"
[[edition]]
id = "2026"
title = "Édition 2026"
starts = 2026-01-01
ceremony = "remise"
[[rule]]
for = "award"
metric = "distinct"
field = "challenge"
min = 3
message = "au moins trois défis"
[[rule]]
for = "award"
metric = "distinct"
field = "theme"
min = 2
message = "deux thèmes"
[[piece]]
id = "diploma"
template = "diploma"
for = "award"
[[piece]]
id = "sticker"
template = "sticker"
for = "award"
copies = 2
[[piece]]
id = "badge"
template = "badge"
for = "award"
profile = "office"
sheet = "cards-85x55"
[[piece]]
id = "poster"
template = "poster"
for = "programme"
`,
	"data/programmes/label/challenges.toml": `[[theme]]
id = "eau"
title = "L’eau"
color = "#1f6f8b"
[[theme]]
id = "air"
title = "L’air"
color = "#5a7d2a"
[[challenge]]
id = "recuperer-la-pluie"
title = "Récupérer la pluie"
theme = "eau"
[[challenge]]
id = "mousseurs"
title = "Poser des mousseurs"
theme = "eau"
[[challenge]]
id = "livrer-a-velo"
title = "Livrer à vélo"
theme = "air"
`,
	"data/programmes/label/participants.toml": "# Importés de la liste de la chambre.\n",
}

// rehearsalLists are the workbook of 61 winners and the one of the night before: two more, one fewer, one
// name mended. Both are as offices send them: titles above the table, a hidden column, SIRETs and
// postcodes that are numbers and lost their zero, capitals, crooked apostrophes, a total.
func rehearsalLists() (first, second string) {
	var names []string
	for _, trade := range []string{"Boulangerie", "Coiffure", "Menuiserie", "Plomberie", "Boucherie", "Couverture"} {
		for _, who := range []string{"Aubert", "Brière", "Chauvin", "Delaunay", "Esnault", "Fouquet", "Guérin", "Hébert", "Lœuillet"} {
			names = append(names, trade+" "+who)
		}
	}
	names = append(names, "Fleuriste Vasseur", "Garage du Bocge", "SARL DUPONT PERE & FILS", "L'Éclat d'Œuf", "LES DEUX MAINS VERTES",
		"Ateliers de couverture, zinguerie et restauration du bâti ancien", "Pizza\u00a0 du Viaduc ")
	rows := map[string][]any{}
	for i, n := range append(names[:len(names):len(names)], "La Cordonnière", "Atelier Zoé") {
		rows[n] = rehearsalRow(i, n)
	}
	book := func(names []string) string {
		table := [][]any{{"Liste des labellisés 2026 — mise à jour de la chambre"}, {}, {
			"N°", "Enseigne (nom commercial)", "N° SIRET (14)", "Métier", "Ville", "C.P.", "Tél.", "Mail", "Défi 1", "Défi 2", "Défi 3", "Couleur préférée",
		}}
		for _, n := range names {
			row := rows[n]
			if n == "Garage du Bocage" {
				row = append([]any(nil), rows["Garage du Bocge"]...)
				row[1] = n
			}
			table = append(table, row)
		}
		return string(sheettest.XLSX(sheettest.Options{}, sheettest.Sheet{Name: "Labellisés", Rows: table, Merges: []string{"A1:L1"}, HiddenCols: []int{2}}))
	}
	var last []string
	for _, n := range names {
		switch n {
		case "Fleuriste Vasseur":
		case "Garage du Bocge":
			last = append(last, "Garage du Bocage")
		default:
			last = append(last, n)
		}
	}
	return book(names), book(append(last, "La Cordonnière", "Atelier Zoé"))
}

// rehearsalRow is a winner as the list has it.
func rehearsalRow(i int, name string) []any {
	towns := [][2]any{{"CAEN CEDEX", 14000}, {"Ambérieu en Bugey", 1500}, {"ST PIERRE EN AUGE", 14170}, {"alencon", "61000"}}
	town := towns[i%len(towns)]
	siret := siretOf(i)
	var number any = siret
	if i%3 != 0 { // a number, of which a leading zero is lost
		v, err := strconv.ParseFloat(siret, 64)
		if err != nil {
			panic(err)
		}
		number = v
	}
	mail := fmt.Sprintf("Contact%d@Exemple.FR", i)
	if i%10 == 9 {
		mail = "NC"
	}
	return []any{i + 1, name, number, "artisan", town[0], town[1], 199006100 + i, mail, "1. Récupérer la pluie", "Livrer à velo", "poser des mousseurs", "bleu"}
}

// siretOf is a SIRET with right keys; one in four begins with a zero.
func siretOf(i int) string {
	siren := fmt.Sprintf("%d%07d", []int{0, 3, 4, 8}[i%4], 1234567+i*7919)
	siren += key(siren)
	siret := siren + fmt.Sprintf("%04d", i%10+1)
	return siret + key(siret)
}

// key is the digit that makes a number pass Luhn's check.
func key(s string) string {
	sum := 0
	for i, c := range strings.Split(s, "") {
		d, err := strconv.Atoi(c)
		if err != nil {
			panic(err)
		}
		if (len(s)-i)%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return itoa((10 - sum%10) % 10)
}
