package build

import (
	"path"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/page"
)

// Each edition of which there is something to report has the office's page of it, with every number, and
// the same tables for a spreadsheet. Neither is ever published.

// reportFile is one of them.
type reportFile struct {
	programme *model.Programme
	edition   *model.Edition
	stem      string // below kit/, without its extension
}

func (f reportFile) page() output {
	return output{"kit", f.stem + ".html", "page", "edition/" + f.edition.ID}
}

func (f reportFile) table() output {
	return output{"kit", f.stem + ".csv", "data", "edition/" + f.edition.ID}
}

// reports are those of all programmes, the latest edition first.
func (b *builder) reports() []reportFile {
	name := b.theme.Words(b.site.Language).Slug("report")
	if name == "" {
		name = "report"
	}
	var out []reportFile
	for _, g := range b.site.Programmes {
		for _, e := range model.Reported(g, b.site.Today, false) {
			out = append(out, reportFile{g, e, g.ID + "/" + name + "-" + e.ID})
		}
	}
	return out
}

// reportPage is the page of one.
func (b *builder) reportPage(f reportFile, r *model.Report, charts page.Charts) ([]byte, diag.List) {
	return page.ReportFile(b.site, b.theme, charts, f.programme, r, "../index.html", path.Base(f.table().path))
}

// reportFiles makes them.
func (k *kit) reportFiles() error {
	charts := k.charts()
	for _, f := range k.reports() {
		r := k.reportOf(f.programme, f.edition, false)
		data, list := k.reportPage(f, r, charts)
		k.report(list)
		if data == nil {
			continue
		}
		if err := k.putAs(f.page(), cache.Key{}, data); err != nil {
			return err
		}
		if err := k.putAs(f.table(), cache.Key{}, page.ReportTableFile(r)); err != nil {
			return err
		}
	}
	return nil
}

// reportAsked is one of them asked for by its path below kit/.
func (k *kit) reportAsked(name string) (data []byte, list diag.List, ok bool) {
	for _, f := range k.reports() {
		switch name {
		case f.page().path:
			data, list = k.reportPage(f, k.reportOf(f.programme, f.edition, false), k.charts())
			return data, list, data != nil
		case f.table().path:
			return page.ReportTableFile(k.reportOf(f.programme, f.edition, false)), nil, true
		}
	}
	return nil, nil, false
}

// reportPapers are what the office page says of them.
func (b *builder) reportPapers() []page.Paper {
	var out []page.Paper
	for _, f := range b.reports() {
		out = append(out, page.Paper{Programme: f.programme.Name, Kind: "report", File: f.page().path, Title: f.edition.Title, Further: []page.Link{{URL: f.table().path}}})
	}
	return out
}
