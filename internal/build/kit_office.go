package build

import (
	"fmt"
	"slices"
	"strconv"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/page"
	"vitrine/internal/pdf"
	"vitrine/internal/png"
)

// previewWidth is that of the pictures on the office page, in pixels.
const previewWidth = 720

// previewName is the picture of a page of a piece, below kit/.
func previewName(j *job, n int) string {
	name := "previews/" + j.Programme.ID + "/" + j.Use.ID
	if n > 0 {
		name += "-" + strconv.Itoa(n+1)
	}
	return name + ".png"
}

func previewKey(w *work, n int) cache.Key {
	if w.keys[0] == (cache.Key{}) {
		return cache.Key{}
	}
	return cache.KeyOf([]byte("preview"), fmt.Append(nil, previewWidth, n), w.keys[0][:])
}

func previewOutput(j *job, n int) output { return output{"kit", previewName(j, n), "asset", ""} }

// keepPreview reports whether the picture of a page stands there.
func (k *kit) keepPreview(w *work, n int) bool {
	o, key := previewOutput(w.job, n), previewKey(w, n)
	return k.elsewhere(o) || key != cache.Key{} && k.keep(o, key)
}

// previewPages draws the first subject's pages for the office page.
func (k *kit) previewPages(w *work, doc *layout.Document) error {
	for n, wanted := range w.previews {
		if !wanted || n >= len(doc.Pages) { // a side that was left out
			continue
		}
		data, err := png.Encode(&doc.Pages[n], previewWidth)
		if err != nil {
			return err
		}
		if err := k.putAs(previewOutput(w.job, n), previewKey(w, n), data); err != nil {
			return err
		}
	}
	return nil
}

// sheet is what the office page says of a piece, but for what was checked.
func (w *work) sheet() page.Sheet {
	j, t := w.job, w.template
	s := page.Sheet{
		ID: j.Use.ID, Title: t.Title, Programme: j.Programme.Name, Template: j.Use.Template,
		Subjects: len(j.Subjects), Public: j.Public, Copies: j.Use.Copies,
		Size: [2]float64{t.W.MM(), t.H.MM()}, Bleed: t.Bleed.MM(),
	}
	for i := range j.Subjects {
		s.Pages += w.pages(i)
	}
	for n := range min(t.Pages, w.pages(0)) {
		s.Previews = append(s.Previews, previewName(j, n))
	}
	if w.stock != nil {
		s.Sheets = []string{sheetsFile(j.Piece)}
	}
	var files, office *target
	for i := range j.targets {
		switch t := &j.targets[i]; {
		case t.output != "kit":
		case files == nil:
			files, s.File, s.Profile = t, t.all(), profileName(t.profile)
		default:
			office, s.Office = t, t.all()
		}
	}
	switch {
	case files == nil: // its sheets are all there is of it, as many as are wanted
		s.Copies, s.Size = 0, [2]float64{w.stock.Grid.W.MM(), w.stock.Grid.H.MM()}
		s.File, s.Sheets, s.Profile, s.Bleed, s.Pages = sheetsFile(j.Piece), nil, profileName(pdf.Office), 0, w.sides()
	case !j.Single():
		s.Files = w.links(files)
		if office != nil {
			s.OfficeFiles = w.links(office)
		}
	}
	return s
}

// links are the files of a target, one a subject.
func (w *work) links(t *target) []page.Link {
	out := make([]page.Link, len(w.Subjects))
	for i := range w.Subjects {
		out[i] = page.Link{URL: t.file(w.job, &w.Subjects[i]), Text: w.Subjects[i].Title, Count: w.pages(i)}
	}
	return out
}

// sides is how many pages the sheets of a piece have.
func (w *work) sides() int {
	n := 0
	for _, r := range w.runs(1) {
		pages := w.pages(r.subjects[0])
		switch grid := w.stock.Grid; {
		case w.stock.Booklet:
			n += (pages + 3) / 4 * 2
		case grid.Duplex != layout.OneSided && pages > 1:
			n += 2 * ((pages+1)/2*len(r.subjects) + r.start - 2 + grid.Count()) / grid.Count()
		default:
			n += (pages*len(r.subjects) + r.start - 2 + grid.Count()) / grid.Count()
		}
	}
	return n
}

// pages is how many pages a subject's document has.
func (w *work) pages(i int) int {
	if f := w.facts[i]; f != nil {
		return f.Pages
	}
	return w.template.Pages
}

// officeOutput is the page that tells the office what the kit holds.
var officeOutput = output{"kit", "index.html", "page", ""}

// sheets is what the office page says of all pieces.
func (k *kit) sheets(works []*work) []page.Sheet {
	var out []page.Sheet
	for _, w := range works {
		s, all := w.sheet(), w.merged()
		s.Findings = k.findings(slices.Concat(w.template.said, slices.Concat(w.lists...)))
		safe := w.template.Safe.MM()
		if w.template.Contour() {
			safe = max(safe, 3) // a contour is cut less exactly than an edge
		}
		press := slices.ContainsFunc(w.targets, func(t target) bool { return t.profile == pdf.Press })
		s.Checks = page.Checks(k.site, k.theme, page.Seen{
			Summary: all.Summary, InkLimit: k.inkLimit, Bleed: w.template.Bleed.MM(), Safe: safe,
			Names: len(all.Names), ShrunkNames: all.ShrunkNames(), Press: press,
		}, s.Findings)
		out = append(out, s)
	}
	return out
}

// papers are what else of the kit the office prints.
func (k *kit) papers(works []*work) []page.Paper {
	var out []page.Paper
	a4 := [2]float64{210, 297}
	for _, g := range k.site.Programmes {
		if len(k.proof(g, works).Names) > 0 {
			out = append(out, page.Paper{Programme: g.Name, Kind: "proof", File: proofOutput(g).path, Size: a4})
		}
	}
	if len(stocks(works)) > 0 {
		out = append(out, page.Paper{Kind: "calibration", File: calibrationOutput.path, Size: a4})
	}
	if hasRules(k.site) {
		out = append(out, page.Paper{Kind: "rules", File: rulesOutput.path})
	}
	out = append(out, k.reportPapers()...)
	return append(out, k.winnerPapers(works)...)
}

// office makes what concerns all pieces: the proofs of names, the calibration page, and
// the page and the list that tell the office what the kit holds.
func (k *kit) office(works []*work) error {
	if err := k.proofs(works); err != nil {
		return err
	}
	if err := k.calibration(stocks(works)); err != nil {
		return err
	}
	if k.failed.Load() {
		return nil
	}
	if err := k.winners(works); err != nil {
		return err
	}
	if err := k.rulesPage(); err != nil {
		return err
	}
	if err := k.reportFiles(); err != nil {
		return err
	}
	data, list := k.officePage(works, nil)
	k.report(list)
	if data == nil {
		return nil
	}
	if err := k.putAs(officeOutput, cache.Key{}, data); err != nil {
		return err
	}
	return k.put("kit", "manifest.csv", "data", "", k.manifest(works))
}

// manifest is the list of the kit's files.
func (k *kit) manifest(works []*work) []byte {
	return page.Manifest(k.sheets(works), k.papers(works)...)
}

// officePage makes the page of the office. more is what was found and not reported.
func (k *kit) officePage(works []*work, more diag.List) ([]byte, diag.List) {
	k.builder.mu.Lock()
	all := slices.Concat(k.result.Diagnostics, more).Sorted()
	k.builder.mu.Unlock()
	found := k.findings(all)
	return page.Office(k.site, k.theme, k.sheets(works), found, k.papers(works)...)
}

// profileName is a profile as data and reports name it.
func profileName(p pdf.Profile) string {
	if p == pdf.Office {
		return "office"
	}
	return "press"
}

// findings is what was said, worded for the office page.
func (k *kit) findings(list diag.List) []page.Finding {
	out := []page.Finding{}
	for _, d := range list.Sorted() {
		out = append(out, page.Finding{
			Severity: d.Severity.String(), Code: string(d.Code), Text: d.Message(diag.Language(k.site.Language)), File: d.Span.File,
			Piece: d.Arg("piece"),
		})
	}
	return out
}
