package build

import (
	"fmt"
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
		if !wanted {
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

// sheet is what the office page says of a piece: it is known before anything is laid out.
func (j *job) sheet() page.Sheet {
	t := j.template
	s := page.Sheet{
		ID: j.Use.ID, Title: t.Title, Programme: j.Programme.Name, Profile: "press", File: j.Dir() + ".pdf",
		Subjects: len(j.Subjects), Pages: len(j.Subjects) * t.Pages, Public: j.Public, Copies: j.Use.Copies,
		Size: [2]float64{t.W.MM(), t.H.MM()}, Bleed: t.Bleed.MM(),
	}
	if j.targets[0].profile == pdf.Office {
		s.Profile, s.File = "office", j.Programme.ID+"/office/"+j.Use.ID+".pdf"
	}
	for n := range t.Pages {
		s.Previews = append(s.Previews, previewName(j, n))
	}
	if !j.Single() {
		dir := s.File[:len(s.File)-len(".pdf")]
		for _, x := range j.Subjects {
			s.Files = append(s.Files, page.Link{URL: dir + "/" + x.File + ".pdf", Text: x.Title, Count: t.Pages})
		}
	}
	return s
}

func sheets(jobs []job) []page.Sheet {
	var out []page.Sheet
	for i := range jobs {
		out = append(out, jobs[i].sheet())
	}
	return out
}

// office makes the page and the list that tell the office what the kit holds.
func (k *kit) office(jobs []job) error {
	all := sheets(jobs)
	data, list := k.officePage(all)
	k.report(list)
	if data == nil {
		return nil
	}
	if err := k.put("kit", "index.html", "page", "", data); err != nil {
		return err
	}
	return k.put("kit", "manifest.csv", "data", "", page.Manifest(all))
}

func (k *kit) officePage(all []page.Sheet) ([]byte, diag.List) {
	k.builder.mu.Lock()
	found := k.result.Diagnostics.Sorted()
	k.builder.mu.Unlock()
	var checked []page.Finding
	for _, d := range found {
		checked = append(checked, page.Finding{Severity: d.Severity.String(), Code: string(d.Code), Text: d.Message(diag.Language(k.site.Language)), File: d.Span.File})
	}
	return page.Office(k.site, k.theme, all, checked)
}
