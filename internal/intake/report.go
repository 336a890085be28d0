package intake

import (
	"fmt"
	"io"
	"strings"

	"vitrine/internal/typography"
)

// Heading and lines of the report, in the order in which they are said.
var (
	wRows       = phrase{"lignes", "rows"}
	wFile       = phrase{"Fichier", "File"}
	wSheets     = phrase{"Feuilles et colonnes", "Sheets and columns"}
	wAdded      = phrase{"Ajoutés", "Added"}
	wChanged    = phrase{"Changés", "Changed"}
	wConflicts  = phrase{"En conflit : les données restent comme elles sont", "In conflict: the data stays as it is"}
	wRefused    = phrase{"Lignes refusées", "Rows refused"}
	wDoubts     = phrase{"À vérifier : la valeur n’est pas reprise, sauf mention contraire", "To be checked: the value is left out, unless it says otherwise"}
	wRepairs    = phrase{"Réparé, preuve à l’appui", "Repaired, with proof"}
	wMissing    = phrase{"Dans les données, mais pas dans la liste (rien n’est retiré)", "In the data, but not in the list (nothing is removed)"}
	wBlocked    = phrase{"Rien ne peut être écrit : le site ne se chargerait plus", "Nothing can be written: the site would no longer load"}
	wRules      = phrase{"Le programme a à redire", "The programme objects"}
	wHiddenRows = phrase{"lignes masquées, lues aussi : %s", "hidden rows, read too: %s"}
	wHiddenCols = phrase{"colonnes masquées, lues aussi : %s", "hidden columns, read too: %s"}
	wTitlesAt   = phrase{"titres en ligne %s", "titles in row %s"}
	wMore       = phrase{"… et %s de plus (--json ou --report les listent)", "… and %s more (--json or --report lists them)"}
	wKeptOne    = phrase{"une valeur de la liste est inchangée, et corrigée à la main dans les données : la main l’emporte", "one value of the list is as before, and was corrected by hand in the data: the hand wins"}
	wKept       = phrase{"%s valeurs de la liste sont inchangées, et corrigées à la main dans les données : la main l’emporte", "%s values of the list are as before, and were corrected by hand in the data: the hand wins"}
	wInList     = phrase{"la liste dit « %s », les données « %s »", "the list says “%s”, the data “%s”"}
	wBefore     = phrase{"« %s » → « %s »", "“%s” → “%s”"}
	wNew        = phrase{"→ « %s »", "→ “%s”"}
	wQuoted     = phrase{"« %s »", "“%s”"}
	wEmpty      = phrase{"rien", "nothing"}
)

var holdsWords = map[string]phrase{
	"participants": {"participants", "participants"}, "commitments": {"engagements", "commitments"}, "awards": {"distinctions", "awards"},
}

// n is a number as it is read.
func n(lang typography.Language, v int) string { return typography.Number(lang, int64(v)) }

// shownAtMost is how many lines of a kind the terminal gets.
const shownAtMost = 200

// printer writes the report for a terminal.
type printer struct {
	w    io.Writer
	lang typography.Language
	r    *Result
	err  error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = io.WriteString(p.w, printable(fmt.Sprintf(format, args...))+"\n")
	}
}

// Print writes the report as text.
func (r *Result) Print(w io.Writer, lang typography.Language) error {
	p := &printer{w: w, lang: lang, r: r}
	p.line("%s", r.Headline(lang))
	for _, s := range r.Notices(lang) {
		p.line("  %s", s)
	}
	p.sheets()
	p.rows(wRefused, Refused)
	p.changes(wConflicts, r.Conflicts, r.Counts["conflicts"], wInList)
	p.remarks(wDoubts, r.Doubts, r.Counts["doubts"])
	p.remarks(wRepairs, r.Repairs, r.Counts["repairs"])
	p.rows(wAdded, Added)
	p.changes(wChanged, r.Changes, r.Counts["values"], wBefore)
	p.missing()
	return p.err
}

// counted are the words for rows, one and many, by what became of them.
var counted = []struct {
	key       string
	one, many phrase
}{
	{"rows", phrase{"ligne lue", "row read"}, phrase{"lignes lues", "rows read"}},
	{"added", phrase{"ajoutée", "added"}, phrase{"ajoutées", "added"}},
	{"changed", phrase{"changée", "changed"}, phrase{"changées", "changed"}},
	{"unchanged", phrase{"sans changement", "unchanged"}, phrase{"sans changement", "unchanged"}},
	{"refused", phrase{"refusée", "refused"}, phrase{"refusées", "refused"}},
}

// label is a word as the number before it wants it.
func label(lang typography.Language, count int, one, many phrase) string {
	if count == 1 || count == 0 && lang != typography.English {
		return one.in(lang)
	}
	return many.in(lang)
}

// Headline is the report in a line.
func (r *Result) Headline(lang typography.Language) string {
	var parts []string
	for _, c := range counted {
		v := r.Counts[c.key]
		parts = append(parts, n(lang, v)+" "+label(lang, v, c.one, c.many))
	}
	return r.File + phrase{" : ", ": "}.in(lang) + parts[0] + " — " + strings.Join(parts[1:], ", ")
}

// Notices are what is to be said of the file as a whole.
func (r *Result) Notices(lang typography.Language) []string {
	var out []string
	if r.Book.Misnamed {
		out = append(out, Say(lang, "misnamed", "", "", strings.ToUpper(string(r.Book.Format))))
	}
	if r.Book.Macros {
		out = append(out, Say(lang, "macros", "", "", ""))
	}
	switch k := r.Counts["kept"]; {
	case k == 1:
		out = append(out, wKeptOne.in(lang))
	case k > 1:
		out = append(out, fmt.Sprintf(wKept.in(lang), n(lang, k)))
	}
	return out
}

func (p *printer) heading(h phrase, count int) {
	p.line("")
	p.line("%s (%s)", h.in(p.lang), n(p.lang, count))
}

func (p *printer) more(shown, all int) {
	if all > shown {
		p.line("  "+wMore.in(p.lang), n(p.lang, all-shown))
	}
}

// Title is how a sheet is called: its name, or the file's format.
func (r *Result) Title(s SheetResult) string {
	if s.Name == "" {
		return strings.ToUpper(string(r.Book.Format))
	}
	return s.Name
}

// Facts are what is to be said of a sheet.
func (s SheetResult) Facts(lang typography.Language) string {
	if s.Holds == "" {
		return Say(lang, s.Code, "", "", "")
	}
	facts := []string{holdsWords[s.Holds].in(lang), n(lang, s.Rows) + " " + label(lang, s.Rows, phrase{"ligne", "row"}, wRows), fmt.Sprintf(wTitlesAt.in(lang), itoa(s.Header))}
	if s.HiddenRows > 0 {
		facts = append(facts, fmt.Sprintf(wHiddenRows.in(lang), n(lang, s.HiddenRows)))
	}
	if len(s.HiddenColumns) > 0 {
		var list []string
		for _, c := range s.Columns {
			for _, h := range s.HiddenColumns {
				if c.Column == h {
					list = append(list, Place{Column: h}.letters()+" ("+c.Title+")")
				}
			}
		}
		if len(list) > 0 {
			facts = append(facts, fmt.Sprintf(wHiddenCols.in(lang), strings.Join(list, ", ")))
		}
	}
	return strings.Join(facts, ", ")
}

func (p Place) letters() string {
	return strings.TrimRight(Place{Row: 1, Column: p.Column}.Cell(), "1")
}

// Says is how a column was understood, beyond its field.
func (c ColumnResult) Says(lang typography.Language) string {
	near := c.Near
	if f := fieldOf(near); f != nil && near != "" {
		near = f.title(lang)
	}
	switch c.How {
	case "title":
		return ""
	case "near", "contents":
		return Say(lang, "by-"+c.How, "", "", "")
	case "map":
		if c.Field == "" {
			return Say(lang, "by-map-none", "", "", "")
		}
		return Say(lang, "by-map", "", "", "")
	}
	return Say(lang, c.How, "", near, "")
}

func (p *printer) sheets() {
	p.line("")
	p.line("%s", wSheets.in(p.lang))
	for _, s := range p.r.Sheets {
		p.line("  %d. %s%s%s", s.Rank, p.r.Title(s), phrase{" : ", ": "}.in(p.lang), s.Facts(p.lang))
		for _, c := range s.Columns {
			says := c.Says(p.lang)
			if c.Field == "" {
				p.line("     %-3s %s (%s)", Place{Column: c.Column}.letters(), c.Title, says)
				continue
			}
			if says != "" {
				says = " (" + says + ")"
			}
			p.line("     %-3s %s → %s%s", Place{Column: c.Column}.letters(), c.Title, c.Field, says)
		}
	}
}

func (p *printer) rows(h phrase, status Status) {
	count := p.r.Counts[string(status)]
	if count == 0 {
		return
	}
	p.heading(h, count)
	shown := 0
	for _, x := range p.r.Rows {
		if x.Status != status {
			continue
		}
		if shown++; shown > shownAtMost {
			break
		}
		text := oneLine(x.Name)
		if x.Code != "" {
			if text != "" {
				text += " — "
			}
			text += Say(p.lang, x.Code, "", "", x.Detail)
		} else {
			text += " (" + x.ID + ")"
		}
		p.line("  %s%s%s", p.r.Where(p.lang, x.Place), phrase{" : ", ": "}.in(p.lang), text)
	}
	p.more(min(shown, shownAtMost), count)
}

// printable keeps a terminal unharmed, whatever a list holds.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return '⏎'
		case r == '\t':
			return ' '
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return '·'
		}
		return r
	}, s)
}

// oneLine keeps a value on a line, and short enough to be read there.
func oneLine(s string) string {
	s = printable(s)
	if r := []rune(s); len(r) > 90 {
		return string(r[:89]) + "…"
	}
	return s
}

func (p *printer) remarks(h phrase, list []Remark, count int) {
	if count == 0 {
		return
	}
	p.heading(h, count)
	for i, x := range list {
		if i == shownAtMost {
			break
		}
		p.line("  %s%s%s", p.r.Where(p.lang, x.Place), phrase{" : ", ": "}.in(p.lang), x.Line(p.lang))
	}
	p.more(min(len(list), shownAtMost), count)
}

// Line is a remark without its place: « 1000 » → « 01000 », and why.
func (x Remark) Line(lang typography.Language) string {
	text := Say(lang, x.Code, oneLine(x.Before), oneLine(x.After), x.Detail)
	values := ""
	switch repaired := x.After != "" && !strings.Contains(words[x.Code].fr, "{after}"); {
	case repaired && x.Before != x.After:
		values = fmt.Sprintf(wBefore.in(lang), oneLine(x.Before), oneLine(x.After))
	case x.Before != "":
		values = fmt.Sprintf(wQuoted.in(lang), oneLine(x.Before))
	default:
		return text
	}
	return values + " — " + text
}

func (p *printer) changes(h phrase, list []Change, count int, form phrase) {
	if count == 0 {
		return
	}
	p.heading(h, count)
	for i, c := range list {
		if i == shownAtMost {
			break
		}
		p.line("  %s%s%s.%s — %s", p.r.Where(p.lang, c.Place), phrase{" : ", ": "}.in(p.lang), c.ID, c.Key, c.Line(p.lang, form))
	}
	p.more(min(len(list), shownAtMost), count)
}

// Line is what a change does.
func (c Change) Line(lang typography.Language, form phrase) string {
	if form == wInList {
		return fmt.Sprintf(form.in(lang), oneLine(c.After), oneLine(c.Before))
	}
	if c.Before == "" {
		return fmt.Sprintf(wNew.in(lang), oneLine(c.After))
	}
	return fmt.Sprintf(form.in(lang), oneLine(c.Before), oneLine(c.After))
}

func (p *printer) missing() {
	if len(p.r.Missing) == 0 {
		return
	}
	p.heading(wMissing, len(p.r.Missing))
	for i, x := range p.r.Missing {
		if i == shownAtMost {
			break
		}
		p.line("  %s (%s)", oneLine(x.Name), x.ID)
	}
	p.more(min(len(p.r.Missing), shownAtMost), len(p.r.Missing))
}
