package page

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/bind"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/source"
	"vitrine/internal/theme"
)

// commonFiles are the files of a small site that says nothing of any programme.
var commonFiles = map[string]string{
	"data/site.toml": `title = "Le plateau"
base_url = "https://plateau.example"
language = "%s"
publisher = "mairie"
[legal]
publication_director = "Le maire"
host = {name = "Hébergeur", address = "1 rue du Fil", phone = "0100000000"}
[privacy]
controller = "La mairie"
contact = "contact@plateau.example"
default_consent = ["name", "story", "phone", "hours"]
`,
	"data/organisations.toml": `[[organisation]]
id = "mairie"
name = "Mairie du Plateau"
address = "1 place Haute"
phone = "0100000000"
` + strings.Repeat(`[[organisation]]
id = "o#"
name = "Organisme #"
`, 8),
	"data/territories.toml": `[[territory]]
id = "le-pays"
name = "Pays"
kind = "epci"
members = ["hautbourg", "basbourg", "la-plaine"]
[[territory]]
id = "hautbourg"
name = "Hautbourg"
kind = "commune"
code = "61001"
parent = "le-pays"
[[territory]]
id = "basbourg"
name = "Basbourg"
kind = "commune"
code = "61002"
parent = "le-pays"
[[territory]]
id = "la-plaine"
name = "Plaine"
kind = "zone"
parent = "le-pays"
`,
}

// parts are a programme's records by what they are, so that a test can leave some out.
// The words are odd on purpose: feminine, elided, the same in the singular and the plural.
var parts = []struct{ name, programme, challenges, participants string }{
	{name: "", programme: `name = "Hautes Heures"
kind = "veillée"
purpose = "Veiller ensemble."
since = 2021
territory = "le-pays"
[words]
participant = {one = "équipe", many = "équipes", gender = "f", path = "equipes"}
challenge = {one = "escapade", many = "escapades", gender = "f", path = "escapades"}
theme = {one = "horizon", many = "horizons", gender = "m", path = "horizons"}
award = {one = "étoile", many = "étoiles", gender = "f"}
edition = {one = "année", many = "années", gender = "f", path = "annees"}
group = {one = "relais", many = "relais", gender = "m", path = "relais"}
level = {one = "altitude", many = "altitudes", gender = "f"}
event = {one = "halte", many = "haltes", gender = "f"}
`},
	{name: "levels", programme: `[[level]]
id = "bas"
title = "Basse"
[[level]]
id = "haut"
title = "Haute"
`},
	{name: "editions", programme: `[[edition]]
id = "2024"
title = "Deux mille vingt-quatre"
starts = 2024-01-01
ends = 2024-12-31
territories = ["le-pays"]
phases = [{title = "Montée", starts = 2024-01-01, ends = 2024-06-30}]
funnel = [{label = "Vues", value = 9}, {label = "Venues", value = 3}]
[[edition]]
id = "2026"
title = "Deux mille vingt-six"
starts = 2026-01-01
ends = 2026-12-31
`},
	{name: "groups", programme: `[[group]]
id = "est"
title = "Relais de l’Est"
kind = "relais"
promise = "Marcher tôt."
audience = "Qui veut"
meetings_per_year = 5
territory = "la-plaine"
topics = ["neige", "vent"]
[[group]]
id = "ouest"
title = "Relais de l’Ouest"
[[rule]]
for = "group:est"
metric = "value"
of = "members"
field = "members"
min = 1
message = "il faut être au moins un"
severity = "warning"
`},
	{name: "events", programme: `[[event]]
id = "lancement"
kind = "sortie"
title = "Première sortie"
starts = 2024-02-03T18:00:00
[[event]]
id = "nuit"
kind = "sortie"
title = "Nuit blanche"
starts = 2027-03-04T18:00:00
ends = 2027-03-04T20:30:00
place = "Refuge"
audience = "Qui veut"
capacity = 40
registration = "https://ailleurs.example/nuit"
items = ["montée", "veille"]
status = "moved"
[[event]]
id = "jour"
kind = "sortie"
title = "Jour long"
starts = 2027-03-09
ends = 2027-03-11
status = "cancelled"
`},
	{name: "measures", programme: `[[measure]]
id = "nuits"
title = "nuits passées"
value = 12
territory = "la-plaine"
`},
	{name: "partners", programme: strings.Repeat(`[[partner]]
organisation = "o#"
role = "Soutien"
contributions = ["prête une salle"]
`, 8)},
	{name: "texts", programme: `[[principle]]
title = "Lenteur"
[[argument]]
title = "Le ciel"
[[document]]
title = "Carnet"
version = "2"
status = "provisoire"
[[testimonial]]
title = "Superbe"
author = "Une veilleuse"
[[tool]]
title = "Plateforme"
url = "https://outil.example"
[[definition]]
title = "capitaine"
text = "Qui mène."
synonyms = ["meneuse"]
[[milestone]]
title = "Refuge ouvert"
date = 2023-05-01
[[milestone]]
title = "Refuge autonome"
date = 2028
[[term]]
text = "nuit"
weight = 3
` + strings.Repeat(`[[question]]
title = "Question # ?"
text = "Réponse."
`, 8)},
	{name: "challenges", challenges: `[[theme]]
id = "nord"
title = "Nord"
[[theme]]
id = "sud"
title = "Sud"
[[challenge]]
id = "col"
title = "Passer le col"
theme = "nord"
why = "Pour voir."
[[challenge]]
id = "lac"
title = "Faire le tour du lac"
theme = "nord"
`},
	{name: "participants", participants: `[[participant]]
id = "alouettes"
name = "Les Alouettes"
kind = "team"
commune = "61001"
members = {marcheuses = 4}
[[participant]]
id = "buses"
name = "Les Buses"
kind = "team"
commune = "61001"
status = "closed"
[[participant]]
id = "chouettes"
name = "Les Chouettes"
kind = "team"
`},
}

// small renders every page of a small site without some of its parts.
func small(t *testing.T, lang string, but ...string) map[string]string {
	t.Helper()
	files := fstest.MapFS{}
	number := func(s string) string {
		n := 0
		return regexp.MustCompile(`#`).ReplaceAllStringFunc(s, func(string) string { n++; return fmt.Sprint((n + 1) / 2) })
	}
	for name, text := range commonFiles {
		if name == "data/site.toml" {
			text = fmt.Sprintf(text, lang)
		}
		files[name] = &fstest.MapFile{Data: []byte(number(text))}
	}
	var programme, challenges, participants string
	for _, p := range parts {
		if slices.Contains(but, p.name) {
			continue
		}
		text := p.programme
		if p.name == "partners" || p.name == "texts" {
			n := 0
			text = regexp.MustCompile(`#`).ReplaceAllStringFunc(text, func(string) string { n++; return fmt.Sprint(n) })
		}
		programme += text
		challenges += p.challenges
		participants += p.participants
	}
	put := func(name, text string) {
		if text != "" {
			files["data/programmes/heures/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	has := func(part string) bool { return !slices.Contains(but, part) }
	if has("challenges") && has("levels") {
		challenges = strings.Replace(challenges, "id = \"col\"", "id = \"col\"\nlevel = \"haut\"", 1)
	}
	if has("participants") && has("challenges") {
		participants = strings.Replace(participants, "members = {", "commitment = [{challenge = \"col\", done_on = 2024-03-01}]\nmembers = {", 1)
	}
	if has("participants") && has("editions") && has("awards") {
		participants = strings.ReplaceAll(participants, "kind = \"team\"", "kind = \"team\"\naward = [{edition = \"2024\", on = 2024-11-01}]")
	}
	put("programme.toml", programme)
	put("challenges.toml", challenges)
	put("participants.toml", participants)

	sound := func(list diag.List) {
		t.Helper()
		for _, d := range list {
			if d.Severity == diag.Error {
				t.Fatalf("without %v: %s:%d: %s", but, d.Span.File, d.Span.Start, d.Message("en"))
			}
		}
	}
	tree := source.New(files)
	site, list := bind.Site(tree, bind.Options{Workers: 1, Today: func(string) model.Date { return model.Date{Year: 2026, Month: 11, Day: 21} }})
	sound(list)
	look, list := theme.Open(tree, nil, os.DirFS("../../themes"), site.Theme, site.Language)
	sound(list)
	p, list := plan.Make(site, look.Words(site.Language), 24, nil)
	sound(list)
	r, list := New(p, look, nil, nil, nil, "")
	sound(list)
	out := map[string]string{}
	for _, pg := range p.Pages {
		list, err := r.Render(pg, func(b []byte) error { out[pg.Path] = string(b); return nil })
		if err != nil {
			t.Fatal(err)
		}
		sound(list)
	}
	return out
}

// absences are the ways in which a programme may be small.
func absences() [][]string {
	out := [][]string{nil, {"awards"}}
	all := []string{"awards"}
	for _, p := range parts[1:] {
		out = append(out, []string{p.name})
		all = append(all, p.name)
	}
	for _, p := range parts[1:] { // one thing alone
		out = append(out, slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s == p.name }))
	}
	return append(out, all)
}

var (
	tag    = regexp.MustCompile(`<(/?)([a-z][a-z0-9]*)([^>]*)>`)
	linked = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
)

// A page shows no heading over nothing, no empty list, and no link that leads nowhere,
// whatever a programme lacks.
func TestNoPageShowsNothing(t *testing.T) {
	for _, but := range absences() {
		pages := small(t, "fr", but...)
		for path, text := range pages {
			for _, fault := range faults(text) {
				t.Errorf("without %v: %s: %s", but, path, fault)
			}
			for _, m := range linked.FindAllStringSubmatch(text, -1) {
				at, anchor, _ := strings.Cut(html.UnescapeString(m[1]), "#")
				if at == "" {
					at = path
				}
				if !strings.HasPrefix(at, "/") || strings.HasPrefix(at, "/assets/") || at == "/atom.xml" || at == "/agenda.ics" || strings.HasSuffix(at, "/badge.svg") {
					continue
				}
				if to, ok := pages[at]; !ok {
					t.Errorf("without %v: %s leads to %s, which is no page", but, path, at)
				} else if anchor != "" && !strings.Contains(to, `id="`+anchor+`"`) {
					t.Errorf("without %v: %s leads to %s, and nothing there is %s", but, path, at, anchor)
				}
			}
		}
	}
}

// Nor do the pages of the repository's own site and of the examples.
func TestSitesShowSomething(t *testing.T) {
	folders, err := filepath.Glob("../../examples/*")
	if err != nil || len(folders) == 0 {
		t.Fatal("there are no examples", err)
	}
	for _, folder := range append(folders, "../..") {
		r := of(t, folder)
		for _, p := range r.plan.Pages {
			if _, err := r.Render(p, func(b []byte) error {
				for _, fault := range faults(string(b)) {
					t.Errorf("%s: %s: %s", filepath.Base(folder), p.Path, fault)
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// faults finds the headings of a page that no text follows before the next one of their
// rank, or before their section ends, and the elements that must hold something and do not.
func faults(page string) []string {
	var out []string
	var open []string // headings that wait for something under them
	inside, begun := "", 0
	last, items := 0, 0
	matches := tag.FindAllStringSubmatchIndex(page, -1)
	for i, m := range matches {
		name, closing := page[m[4]:m[5]], m[2] != m[3]
		between := strings.TrimSpace(page[last:m[0]])
		last = m[1]
		if between != "" && inside == "" {
			open = nil
		}
		if name == "li" && closing {
			items--
		} else if name == "li" {
			items++
		}
		switch {
		case len(name) == 2 && name[0] == 'h' && items > 0: // the words of an item, like any others
		case name == "img" || name == "svg" || name == "input":
			open = nil
		case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
			if !closing {
				for _, h := range open {
					if h >= name && h != "h1" {
						out = append(out, "an "+h+" with nothing under it")
					}
				}
				open = slices.DeleteFunc(open, func(h string) bool { return h >= name })
				inside, begun = name, m[1]
				continue
			}
			if strings.TrimSpace(tag.ReplaceAllString(page[begun:m[0]], "")) == "" {
				out = append(out, "an empty "+name)
			}
			inside = ""
			open = append(open, name)
		case closing && (name == "section" || name == "main"):
			for _, h := range open {
				if h != "h1" {
					out = append(out, "an "+h+" with nothing under it before the end of its section")
				}
			}
			open = nil
		case closing && slices.Contains([]string{"ul", "ol", "dl", "table", "p", "dd", "li", "section", "a", "figcaption", "details"}, name):
			if i > 0 && page[matches[i-1][4]:matches[i-1][5]] == name && matches[i-1][2] == matches[i-1][3] && between == "" {
				out = append(out, "an empty "+name)
			}
		}
	}
	return out
}

// The walk of a page finds what it should.
func TestFaultsAreFound(t *testing.T) {
	for page, want := range map[string]int{
		`<main><h1>A</h1><section><h2>B</h2><p>c</p></section></main>`:                   0,
		`<main><h1>A</h1><section><h2>B</h2></section></main>`:                           1,
		`<main><section><h2>B</h2><h3>C</h3><p>d</p></section></main>`:                   0,
		`<main><section><h2>B</h2><h2>C</h2><p>d</p></section></main>`:                   1,
		`<main><section><h2>B</h2><ul> </ul><p>d</p></section></main>`:                   1,
		`<main><section><h2><a href="/"></a></h2><p>d</p></section></main>`:              2,
		`<main><section><h2>B</h2><h3>C</h3><h3>D</h3><p>d</p></section></main>`:         1,
		`<main><section><h2>B</h2><svg></svg></section><section>d<p></p></section>`:      1,
		`<main><section><h2>B</h2><ul><li><h3>C</h3></li></ul><p>d</p></section></main>`: 0,
	} {
		if got := faults(page); len(got) != want {
			t.Errorf("%s: %d faults instead of %d: %q", page, len(got), want, got)
		}
	}
}

// foreign are the words of some programme that no page may say of another's: those of a
// label, of businesses, of a ceremony, and the neutral ones that [words] replaced.
var foreign = map[string]*regexp.Regexp{
	"fr": regexp.MustCompile(`(?i)\b(label\w*|labellis\w*|artisan\w*|entreprises?|commerces?|commerçant\w*|établissements?|lauréat\w*|diplômes?|palmarès|cérémonies?|remise|récompense\w*|trophées?|distinctions?|adhérents?|défis?|thèmes?|thématiques?|éditions?|groupes?|niveaux?)\b`),
	"en": regexp.MustCompile(`(?i)\b(labels?|business(es)?|craftspe\w*|shops?|establishments?|winners?|diplomas?|ceremon\w*|prizes?|trophy|trophies|distinctions?|awards?|holders?|challenges?|themes?|editions?|groups?|levels?)\b`),
}

// What a programme calls its things is all that its pages call them.
func TestPagesSayTheProgrammesWords(t *testing.T) {
	for lang, words := range foreign {
		for _, but := range [][]string{nil, {"awards"}} {
			for path, text := range small(t, lang, but...) {
				if m := words.FindString(visible(text)); m != "" {
					i := strings.Index(visible(text), m)
					t.Errorf("%s, without %v: %s says “%s”: …%s…", lang, but, path, m, visible(text)[max(0, i-60):min(len(visible(text)), i+60)])
				}
			}
		}
	}
	if m := foreign["fr"].FindString("Les artisans"); m == "" {
		t.Error("the words are not looked for")
	}
}

// A site in English puts no French preposition before a place, and no space before a colon.
func TestPlacesInEnglish(t *testing.T) {
	french, in := regexp.MustCompile(`(?:\b[Dd]e|\b[Dd]u|à|\bau|\baux) (?:La )?(?:Hautbourg|Basbourg|Plaine|Pays)|\pL[ \x{a0}]:[ \x{a0}]\pL`), 0
	for path, text := range small(t, "en") {
		shown := visible(text)
		if m := french.FindString(shown); m != "" {
			t.Errorf("%s says “%s”", path, m)
		}
		in += strings.Count(shown, "in Hautbourg")
	}
	if in == 0 {
		t.Error("nothing is in a place")
	}
}

// A feminine word that begins with a vowel, and one that has no plural of its own, take
// their articles.
func TestOddWordsAgree(t *testing.T) {
	pages := small(t, "fr")
	all := ""
	for _, text := range pages {
		all += visible(text) + "\n"
	}
	for _, want := range []string{"toutes les équipes", "2\u00a0équipes", "Les escapades par altitude", "Autres horizons", "Vérifier l’étoile", "Même horizon"} {
		if !strings.Contains(all, want) {
			t.Errorf("no page says “%s”", want)
		}
	}
	for _, wrong := range regexp.MustCompile(`(?i)\b(le|la|du|de|un|tous les|aucun) (équipes?|escapades?|étoiles?|années?|altitudes?)\b|\brelaiss\b`).FindAllString(all, -1) {
		t.Errorf("a page says “%s”", wrong)
	}
}

var dropped = regexp.MustCompile(`(?s)<script.*?</script>|<style.*?</style>|<link[^>]*>`)

// visible is what a page says: its text, and the texts of its attributes.
func visible(page string) string {
	page = dropped.ReplaceAllString(page, " ")
	var b strings.Builder
	for _, m := range regexp.MustCompile(`(?:content|aria-label|alt|title)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(m[1], "http") {
			b.WriteString(m[1] + "\n")
		}
	}
	b.WriteString(tag.ReplaceAllString(page, " "))
	return html.UnescapeString(b.String())
}
