package build

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/theme"
	"vitrine/internal/typography"
)

// WriteZip writes the pages to print again and the lists that go with them. The same
// reprint gives the same bytes: files in a zip have a date, and theirs says nothing.
func (r *Reprint) WriteZip(w io.Writer) error {
	z := zip.NewWriter(w)
	put := func(name string, method uint16, from io.Reader) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = io.Copy(f, from)
		}
		return err
	}
	for _, t := range r.texts {
		if err := put(t.name, zip.Deflate, bytes.NewReader(t.data)); err != nil {
			return err
		}
	}
	for _, f := range r.files {
		if err := put(f.name, zip.Deflate, f.pdf.Reader()); err != nil {
			return err
		}
	}
	return z.Close()
}

// Files are the names of the zip's files, in order.
func (r *Reprint) Files() []string {
	var out []string
	for _, t := range r.texts {
		out = append(out, t.name)
	}
	for _, f := range r.files {
		out = append(out, f.name)
	}
	return out
}

// Pages is how many pages have to be printed.
func (r *Reprint) Pages() int {
	n := 0
	for _, p := range r.Pieces {
		n += p.Pages
	}
	return n
}

// lister writes the lists of a reprint in the words of a theme.
type lister struct {
	*Reprint
	words theme.Words
	lang  typography.Language
	names map[string]string // of programmes, by id
	list  diag.List
}

// tell writes the lists. What the theme has no words for is in the list.
func (r *Reprint) tell(k *kit) diag.List {
	t := &lister{Reprint: r, words: k.theme.Words(k.site.Language), lang: typography.Language(k.site.Language), names: map[string]string{}}
	for _, g := range k.site.Programmes {
		t.names[g.ID] = g.Name
	}
	r.texts = []reprintText{
		{"calling-order.csv", t.callingCSV()}, {"calling-order.txt", t.callingText()},
		{"errata.csv", t.errataCSV()}, {"errata.txt", t.errataText()}, {"manifest.csv", t.manifest()},
	}
	return t.list
}

func (t *lister) t(key string, args ...any) string { return t.said(t.words.T("reprint-"+key, args...)) }

func (t *lister) n(key string, n int, args ...any) string {
	return t.said(t.words.N("reprint-"+key, n, args...))
}

func (t *lister) said(text string, err error) string {
	if err != nil {
		t.list = append(t.list, diag.New(diag.TemplateRun, diag.Span{}, "reason", err.Error()))
	}
	return text
}

func (t *lister) date(d model.Date) string {
	on := d.Time()
	return typography.Date(t.lang, on.Year(), int(on.Month()), on.Day())
}

func (t *lister) programme(id string) string {
	if name := t.names[id]; name != "" {
		return name
	}
	return id
}

// kinds are the kinds of changes, in the order in which they are told.
var kinds = []string{Added, Withdrawn, Changed}

// errataText is what to read to the printer and the master of ceremony.
func (t *lister) errataText() []byte {
	var b strings.Builder
	line := func(indent int, s string) { b.WriteString(strings.Repeat("  ", indent) + s + "\r\n") }
	line(0, t.t("errata", "name", t.Since, "date", t.date(t.On)))
	if len(t.Changes) == 0 {
		line(0, "")
		line(0, t.t("nothing"))
	}
	programme := ""
	kind := ""
	for i, c := range t.Changes {
		if c.Programme != programme {
			programme, kind = c.Programme, ""
			line(0, "")
			line(0, t.programme(programme))
		}
		if c.Kind != kind {
			kind = c.Kind
			n := 0
			for _, other := range t.Changes[i:] {
				if other.Programme == programme && other.Kind == kind {
					n++
				}
			}
			line(0, "")
			line(1, t.t(kind)+" ("+strconv.Itoa(n)+")")
		}
		line(2, t.who(&c))
		for _, p := range c.Pieces {
			line(3, t.t("line", "piece", p.Title, "what", t.what(&p)))
		}
		if len(c.Pieces) == 0 {
			line(3, t.t("calling-only"))
		}
	}
	return []byte(b.String())
}

// who names the subject of a change: the name then, if it was another one, and the name now.
func (t *lister) who(c *Change) string {
	s := c.Name
	if c.Before != "" {
		s = c.Before + " → " + c.Name
	}
	if c.Place != "" {
		s += ", " + c.Place
	}
	return s
}

// what says what to do about a piece.
func (t *lister) what(p *PieceChange) string {
	var parts []string
	switch {
	case p.Of == 0:
		return t.t("take-away")
	case len(p.Pages) == p.Of:
		parts = append(parts, t.n("pages", p.Of))
	case len(p.Pages) > 0:
		parts = append(parts, t.n("some-pages", len(p.Pages), "pages", list(p.Pages), "of", strconv.Itoa(p.Of), "piece", p.Piece))
	}
	if p.Dropped > 0 {
		parts = append(parts, t.n("dropped", p.Dropped))
	}
	return strings.Join(parts, ", ")
}

func list(numbers []int) string {
	out := make([]string, len(numbers))
	for i, n := range numbers {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ", ")
}

// table writes a list as spreadsheets open it: in French with semicolons. A cell that would
// be taken for a formula gets an apostrophe.
func (t *lister) table(head []string, rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if t.lang == typography.French {
		w.Comma = ';'
	}
	titles := make([]string, len(head))
	for i, key := range head {
		titles[i] = t.t("column-" + key)
	}
	_ = w.Write(titles) // a bytes.Buffer never fails
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
				row[i] = "'" + cell
			}
		}
		_ = w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

func (t *lister) errataCSV() []byte {
	var rows [][]string
	for i := range t.Changes {
		c := &t.Changes[i]
		row := func(title, pages, what string) {
			rows = append(rows, []string{t.t("is-" + c.Kind), t.programme(c.Programme), c.Subject, c.Before, c.Name, c.Place, title, pages, what})
		}
		for _, p := range c.Pieces {
			row(p.Title, list(p.Pages), t.what(&p))
		}
		if len(c.Pieces) == 0 {
			row("", "", t.t("calling-only"))
		}
	}
	return t.table([]string{"change", "programme", "id", "before", "name", "place", "piece", "pages", "do"}, rows)
}

func (t *lister) callingCSV() []byte {
	var rows [][]string
	for _, c := range t.Calling {
		rows = append(rows, []string{t.programme(c.Programme), c.Edition, strconv.Itoa(c.Rank), rank(c.Before), c.Name, c.Place, c.Trade, c.Level, c.Participant})
	}
	return t.table([]string{"programme", "edition", "rank", "rank-before", "name", "place", "trade", "level", "id"}, rows)
}

func rank(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// callingText is the order of call to be read from: a line each, the communes apart.
func (t *lister) callingText() []byte {
	var b strings.Builder
	line := func(s string) { b.WriteString(s + "\r\n") }
	line(t.t("calling"))
	if len(t.Calling) == 0 {
		line("")
		line(t.t("nobody"))
	}
	for i, c := range t.Calling {
		if i == 0 || t.Calling[i-1].Programme != c.Programme {
			line("")
			n := len(slices.DeleteFunc(slices.Clone(t.Calling), func(o Call) bool { return o.Programme != c.Programme }))
			line(t.programme(c.Programme) + " (" + strconv.Itoa(n) + ")")
		}
		if i == 0 || t.Calling[i-1].Place != c.Place || t.Calling[i-1].Programme != c.Programme {
			line("")
			line("  " + strings.ToUpper(c.Place))
		}
		text := c.Name
		for _, more := range []string{c.Trade, c.Level} {
			if more != "" {
				text += ", " + more
			}
		}
		if c.Before == 0 {
			text += " (" + t.t("is-new") + ")"
		}
		line(strings.Repeat(" ", max(0, 5-len(strconv.Itoa(c.Rank)))) + strconv.Itoa(c.Rank) + ". " + text)
	}
	return []byte(b.String())
}

// manifest says what to order of each piece.
func (t *lister) manifest() []byte {
	var rows [][]string
	for _, p := range t.Pieces {
		rows = append(rows, []string{t.programme(p.Programme), p.Piece, p.Title, p.File, t.t("profile-" + p.Profile), strconv.Itoa(p.Subjects),
			strconv.Itoa(p.Pages), strconv.Itoa(p.Copies), strconv.Itoa(p.Pages * p.Copies), t.each(&p)})
	}
	return t.table([]string{"programme", "piece", "title", "file", "profile", "subjects", "pages", "copies", "prints", "folder"}, rows)
}

// each is the folder of the subjects' own files, if there is one.
func (t *lister) each(p *ReprintPiece) string {
	dir := strings.TrimSuffix(p.File, path.Ext(p.File)) + "/"
	if slices.ContainsFunc(t.files, func(f reprintFile) bool { return strings.HasPrefix(f.name, dir) }) {
		return dir
	}
	return ""
}
