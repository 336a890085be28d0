package intake

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/typography"
)

//go:embed report.html
var reportHTML string

var reportTemplate = template.Must(template.New("report").Parse(reportHTML))

func diagLanguage(lang typography.Language) diag.Language {
	if lang == typography.English {
		return diag.English
	}
	return diag.French
}

// page is what the report's layout shows.
type page struct {
	Lang, Title, Headline string
	Notices               []string
	State                 string
	Figures               []figure
	Sheets                []sheetView
	WSheets               string
	WHeads                []string // of the table of columns
	Sections              []section
	Foot                  string
}

type figure struct{ Value, Label string }

type sheetView struct {
	Title, Facts string
	Columns      []columnView
}

type columnView struct{ At, Title, Field, Says string }

type section struct {
	ID, Title string
	Open      bool
	Heads     []string
	Lines     [][]string
	More      string
}

// WriteHTML writes the report as one page that needs nothing else, to be read or printed.
func (r *Result) WriteHTML(w io.Writer, lang typography.Language, done Written) error {
	say := func(p phrase) string { return p.in(lang) }
	p := page{
		Lang: string(lang), Title: say(phrase{"Import : ", "Import: "}) + r.File, Headline: r.Headline(lang), Notices: r.Notices(lang),
		WSheets: say(wSheets),
		WHeads:  []string{say(phrase{"Colonne", "Column"}), say(phrase{"Titre", "Title"}), say(phrase{"Champ", "Field"}), say(phrase{"Comment", "How"})},
		Foot:    say(phrase{"Ce rapport contient des données privées : il est pour le bureau.", "This report holds private data: it is for the office."}),
	}
	switch {
	case r.Blocked:
		p.State = say(wBlocked)
	case done.Done:
		p.State = say(phrase{"Écrit dans les données.", "Written to the data."})
	default:
		p.State = say(phrase{"Essai : rien n’a été écrit.", "Dry run: nothing was written."})
	}
	for _, f := range []struct {
		key   string
		label phrase
	}{
		{"rows", phrase{"lignes lues", "rows read"}}, {"added", phrase{"ajoutées", "added"}}, {"changed", phrase{"changées", "changed"}}, {"unchanged", phrase{"sans changement", "unchanged"}},
		{"refused", phrase{"refusées", "refused"}}, {"conflicts", phrase{"conflits", "conflicts"}}, {"doubts", phrase{"à vérifier", "to be checked"}}, {"repairs", phrase{"réparées", "repaired"}}, {"missing", phrase{"absents de la liste", "not in the list"}},
	} {
		text := say(f.label)
		for _, c := range counted {
			if c.key == f.key {
				text = label(lang, r.Counts[f.key], c.one, c.many)
			}
		}
		p.Figures = append(p.Figures, figure{n(lang, r.Counts[f.key]), text})
	}
	for _, s := range r.Sheets {
		v := sheetView{Title: itoa(s.Rank) + ". " + r.Title(s), Facts: s.Facts(lang)}
		for _, c := range s.Columns {
			field := ""
			if f := fieldOf(c.Field); f != nil && c.Field != "" {
				field = f.title(lang)
			}
			v.Columns = append(v.Columns, columnView{Place{Column: c.Column}.letters(), c.Title, field, c.Says(lang)})
		}
		p.Sheets = append(p.Sheets, v)
	}
	p.Sections = r.sections(lang)
	return reportTemplate.Execute(w, p)
}

// inHTML bounds the lines of a table: a browser chokes on more.
const inHTML = 2000

func (r *Result) sections(lang typography.Language) []section {
	say := func(p phrase) string { return p.in(lang) }
	cell, was, is, why := say(phrase{"Cellule", "Cell"}), say(phrase{"Avant", "Before"}), say(phrase{"Après", "After"}), say(phrase{"Pourquoi", "Why"})
	who := say(phrase{"Qui", "Who"})
	var out []section
	add := func(id string, title phrase, count int, heads []string, lines [][]string) {
		if count == 0 {
			return
		}
		s := section{ID: id, Title: say(title) + " (" + n(lang, count) + ")", Heads: heads, Lines: lines, Open: id != "added" && id != "repairs" || count <= 50}
		if len(lines) > inHTML {
			s.Lines = lines[:inHTML]
		}
		if count > len(s.Lines) {
			s.More = "+ " + n(lang, count-len(s.Lines))
		}
		out = append(out, s)
	}
	rows := func(status Status) (lines [][]string) {
		for _, x := range r.Rows {
			if x.Status == status {
				last := x.ID
				if status == Refused {
					last = Say(lang, x.Code, "", "", x.Detail)
				}
				lines = append(lines, []string{r.Where(lang, x.Place), x.Name, last})
			}
		}
		return lines
	}
	remarks := func(list []Remark, doubts bool) (lines [][]string) {
		for _, x := range list {
			line := []string{r.Where(lang, x.Place), fieldTitle(x.Field, lang), x.Before}
			if !doubts {
				line = append(line, x.After)
			}
			lines = append(lines, append(line, x.Message(lang)))
		}
		return lines
	}
	changes := func(list []Change) (lines [][]string) {
		for _, c := range list {
			lines = append(lines, []string{r.Where(lang, c.Place), c.ID, keyTitle(c.Key, lang), c.Before, c.After})
		}
		return lines
	}
	field := say(phrase{"Champ", "Field"})
	if r.Blocked {
		var lines [][]string
		for _, d := range r.Diagnostics {
			lines = append(lines, []string{d.Span.File, d.Message(diagLanguage(lang))})
		}
		add("blocked", wBlocked, len(lines), []string{say(wFile), why}, lines)
	}
	add("refused", wRefused, r.Counts["refused"], []string{cell, who, why}, rows(Refused))
	add("conflicts", wConflicts, r.Counts["conflicts"], []string{cell, who, field, say(phrase{"Les données", "The data"}), say(phrase{"La liste", "The list"})}, changes(r.Conflicts))
	add("doubts", wDoubts, r.Counts["doubts"], []string{cell, field, say(phrase{"La cellule dit", "The cell says"}), why}, remarks(r.Doubts, true))
	add("changed", wChanged, r.Counts["values"], []string{cell, who, field, was, is}, changes(r.Changes))
	add("added", wAdded, r.Counts["added"], []string{cell, who, say(phrase{"Identifiant", "Id"})}, rows(Added))
	add("repairs", wRepairs, r.Counts["repairs"], []string{cell, field, was, is, why}, remarks(r.Repairs, false))
	var missing [][]string
	for _, x := range r.Missing {
		missing = append(missing, []string{x.Name, x.ID})
	}
	add("missing", wMissing, len(missing), []string{who, say(phrase{"Identifiant", "Id"})}, missing)
	return out
}

// keyTitle is a key of a change as it is read: « velo, Réalisé le » for
// commitment/velo/done_on.
func keyTitle(key string, lang typography.Language) string {
	parts := strings.Split(key, "/")
	switch len(parts) {
	case 2:
		return fieldTitle(map[string]string{"commitment": "challenge", "award": "edition"}[parts[0]], lang)
	case 3:
		return parts[1] + ", " + fieldTitle(parts[2], lang)
	}
	return fieldTitle(key, lang)
}

func fieldTitle(key string, lang typography.Language) string {
	if f := fieldOf(key); f != nil {
		return f.title(lang)
	}
	return key
}
