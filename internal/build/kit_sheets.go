package build

import (
	"fmt"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
)

// gang is the sheets of all subjects of a piece, to be made.
type gang struct {
	output
	key   cache.Key
	start int // the first label that is not used yet, from 1
}

// misfits says when a piece does not fit the sheets it is to go on.
func (j *job) misfits() diag.List {
	if j.template.Template == nil || j.stock.Stock == nil {
		return nil
	}
	if d, bad := j.stock.TooSmall(j.template.Template, j.Use.Origin.Span("sheet")); bad {
		return diag.List{d}
	}
	return nil
}

// ganged finds out whether a piece's sheets have to be made.
func (k *kit) ganged(w *work) *gang {
	if w.stock == nil || !k.wantsKit() {
		return nil
	}
	g := &gang{output: output{"kit", sheetsFile(w.Piece), "piece", ""}, start: 1}
	if k.elsewhere(g.output) {
		return nil
	}
	parts := [][]byte{[]byte("sheets"), []byte(k.based), w.stock.sum[:], k.printerKey(), fmt.Append(nil, w.Use.Copies), []byte(w.title())}
	for _, key := range w.keys {
		if key == (cache.Key{}) {
			return g
		}
		parts = append(parts, key[:])
	}
	g.key = cache.KeyOf(parts...)
	if k.keep(g.output, g.key) {
		return nil
	}
	return g
}

// gangUp makes the sheets of a piece.
func (k *kit) gangUp(w *work) error {
	f, list, err := k.sheetsOf(w.job, w.gang.start)
	k.report(list)
	if err != nil || f == nil {
		return err
	}
	if k.Dry {
		return k.putAs(w.gang.output, w.gang.key, nil)
	}
	return k.putFrom(w.gang.output, w.gang.key, f)
}

// sheetsOf lays a piece out for all its subjects, sheet by sheet: no more frames lie in
// memory than a sheet has.
func (k *kit) sheetsOf(j *job, start int) (*pdf.File, diag.List, error) {
	runs := j.runs(start)
	pages := make([][]*pdf.Page, len(runs))
	lists := make([]diag.List, len(runs))
	heads := make([]*layout.Document, len(runs))
	err := k.each("", len(runs), func(i int) error {
		var err error
		note := k.sheetNote(j, i+1, len(runs))
		pages[i], heads[i], lists[i], err = k.sheet(j, runs[i], note)
		return err
	})
	var list diag.List
	var all []*pdf.Page
	for i := range runs {
		list = append(list, lists[i]...)
		all = append(all, pages[i]...)
	}
	if err != nil || list.Errors() > 0 || len(all) == 0 {
		return nil, list, err
	}
	head := *heads[0]
	head.Title, head.Pages = j.title(), nil
	return k.encoders[pdf.Office].Join(&head, all), list, nil
}

// sheetRun is what goes on one sheet: which subjects, in their order, from which label on.
type sheetRun struct {
	subjects []int
	start    int
}

// runs shares a piece's subjects out among sheets. A piece that is made once fills its
// sheet; else each subject has as many places as copies are wanted of it. A subject with
// more pages than a label has sides, and a booklet, has sheets of its own.
func (j *job) runs(start int) []sheetRun {
	if j.separate() {
		var out []sheetRun
		for i := range j.Subjects {
			out = append(out, sheetRun{[]int{i}, 1})
		}
		return out
	}
	places := j.stock.Grid.Count()
	if j.Single() {
		return []sheetRun{{make([]int, places), 1}}
	}
	var out []sheetRun
	now := sheetRun{start: min(max(1, start), places)}
	for i := range j.Subjects {
		for range max(1, j.Use.Copies) {
			if now.start-1+len(now.subjects) == places {
				out = append(out, now)
				now = sheetRun{start: 1}
			}
			now.subjects = append(now.subjects, i)
		}
	}
	return append(out, now)
}

// separate reports whether each subject of a piece has sheets of its own.
func (j *job) separate() bool {
	return j.stock.Booklet || j.template.Flows() || j.cells() > 1
}

// cells is how many places of a sheet one subject takes.
func (j *job) cells() int {
	if j.stock.Grid.Duplex == layout.OneSided {
		return j.template.Pages
	}
	return (j.template.Pages + 1) / 2
}

// sheet makes one sheet, of as many sides as it takes.
func (k *kit) sheet(j *job, r sheetRun, note *layout.Note) ([]*pdf.Page, *layout.Document, diag.List, error) {
	office := k.form(pdf.Office)
	docs := map[int]*layout.Document{}
	var list diag.List
	var each [][]layout.Page
	for _, i := range r.subjects {
		if docs[i] == nil {
			doc, _, more := k.render(j, &j.Subjects[i])
			for n := range doc.Pages {
				doc.Pages[n] = k.dress(office, doc, n)
			}
			docs[i] = doc
			list = append(list, more...) // what a build says twice it shows once
		}
		each = append(each, docs[i].Pages)
	}
	first := docs[r.subjects[0]]
	if list.Errors() > 0 {
		return nil, first, list, nil
	}
	sides := j.stock.Impose(each, r.start, piece.Printer(&k.site.Kit), note)
	pages, err := k.encode(&layout.Document{Pages: sides}, form{profile: pdf.Office})
	return pages, first, list, err
}

// sheetNote is what stands beside a sheet's ruler.
func (k *kit) sheetNote(j *job, n, of int) *layout.Note {
	note, err := piece.SheetNote(layout.NewShaper(k.site.Language), k.fonts, k.theme.Words(k.site.Language), j.title()+" · "+j.stock.Title)
	if err != nil {
		return nil
	}
	say := note.Sheet
	note.Sheet = func(int, int) string { return say(n, of) } // each sheet is made by itself
	return note
}

// printerKey is a digest of the office printer's correction.
func (k *kit) printerKey() []byte { return fmt.Append(nil, piece.Printer(&k.site.Kit)) }
