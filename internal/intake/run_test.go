package intake

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/model"
	"vitrine/internal/source"
	"vitrine/internal/spreadsheet"
)

// site is a small one; files replace or join its own.
func site(files map[string]string) *source.Tree {
	all := fstest.MapFS{}
	base := map[string]string{
		"data/site.toml": `title = "Essai"
base_url = "https://essai.example"
language = "fr"
publisher = "mairie"
[legal]
publication_director = "C. Essai"
[legal.host]
name = "Hôte"
address = "1 rue"
phone = "01 99 00 61 00"
[privacy]
contact = "rgpd@essai.example"
default_consent = ["name", "address", "phone", "email", "url", "hours", "photo", "story"]
`,
		"data/organisations.toml": "[[organisation]]\nid = \"mairie\"\nname = \"Mairie\"\naddress = \"Place\"\nphone = \"01 99 00 61 01\"\n",
		"data/territories.toml":   "[[territory]]\nid = \"pays\"\nname = \"Pays\"\nkind = \"epci\"\ncode = \"200035814\"\n",
		"data/communes.csv": `insee,name,article_code,lat,lon,postcodes,epci_siren,epci_name
61169,Flers,0,48.7497,-0.5664,61100,200035814,Pays
61007,Athis-Val de Rouvre,1,48.81,-0.5,61430|61100,200035814,Pays
01004,Ambérieu-en-Bugey,1,45.9608,5.3729,01500,,
14654,Saint-Pierre-en-Auge,0,49.02,-0.03,14170,,
61463,Saint-Rémy,0,48.85,-0.4,61600,,
14656,Saint-Rémy,0,48.93,-0.47,14570,,
61145,La Ferté Macé,3,48.59,-0.36,61600,,
`,
		"data/trades.toml": "[[trade]]\nid = \"boulangerie\"\nname = \"Boulangerie\"\nsynonyms = [\"boulanger\", \"boulangère\"]\n\n[[trade]]\nid = \"garage\"\nname = \"Garage\"\n\n[[trade]]\nid = \"electricite\"\nname = \"Électricité\"\n",
		"data/programmes/label/programme.toml": `name = "Le label"
kind = "label"
territory = "pays"
[words]
challenge = {one = "défi", many = "défis", gender = "m", path = "defis"}
participant = {one = "artisan", many = "artisans", gender = "m", path = "artisans"}
[[edition]]
id = "2024"
starts = 2024-01-01
[[edition]]
id = "2025"
starts = 2025-01-01
ceremony = "remise"
[[event]]
id = "remise"
kind = "ceremony"
title = "Remise"
starts = 2025-06-12
[[level]]
id = "or"
title = "Label d’or"
`,
		"data/programmes/label/challenges.toml": `[[theme]]
id = "eau"
title = "L’eau"
[[challenge]]
id = "pluie"
title = "Récupérer la pluie"
theme = "eau"
[[challenge]]
id = "tri"
title = "Trier, réemployer, composter"
theme = "eau"
[[challenge]]
id = "velo"
title = "Livrer à vélo"
theme = "eau"
`,
	}
	for n, t := range base {
		all[n] = &fstest.MapFile{Data: []byte(t)}
	}
	for n, t := range files {
		all[n] = &fstest.MapFile{Data: []byte(t)}
	}
	return source.New(all)
}

func today(string) model.Date { return model.Date{Year: 2025, Month: 5, Day: 1} }

// run imports a spreadsheet into a site.
func run(t testing.TB, tree *source.Tree, name string, data []byte, more func(*Options)) *Result {
	t.Helper()
	r, err := tryRun(tree, name, data, more)
	if err != nil {
		if e, ok := err.(*SiteError); ok {
			t.Fatalf("%v: %v", err, e.List)
		}
		t.Fatal(err)
	}
	return r
}

func tryRun(tree *source.Tree, name string, data []byte, more func(*Options)) (*Result, error) {
	b, err := spreadsheet.Open(name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	o := Options{Tree: tree, Programme: "label", File: name, Book: b, Today: today, Workers: 2}
	if more != nil {
		more(&o)
	}
	return Run(o)
}

// remarks are « A1 code before → after », one a line.
func remarks(list []Remark) []string {
	var out []string
	for _, r := range list {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%d!%s %s %q → %q %s", r.Rank, r.Cell(), r.Code, r.Before, r.After, r.Detail)))
	}
	return out
}

func counts(r *Result) string {
	if r.Counts["rows"] != r.Counts["added"]+r.Counts["changed"]+r.Counts["unchanged"]+r.Counts["refused"] {
		return "ROWS ARE LOST"
	}
	return fmt.Sprintf("rows %d added %d changed %d unchanged %d refused %d missing %d conflicts %d",
		r.Counts["rows"], r.Counts["added"], r.Counts["changed"], r.Counts["unchanged"], r.Counts["refused"], r.Counts["missing"], r.Counts["conflicts"])
}

const participants = "data/programmes/label/participants.toml"
