package build

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/write"
)

// ReprintOptions say what to compare with.
type ReprintOptions struct {
	Since string // the name of a run that was sent
	// Whole takes all pages of a subject of which one differs: both sides of a sheet.
	Whole bool
}

// Reprint is what has to be printed again since a run was sent, and what to tell of it.
type Reprint struct {
	Since   string
	On      model.Date // of the run that was sent
	Changes []Change
	Calling []Call
	Pieces  []ReprintPiece
	Same    int // pages that are as they were

	files []reprintFile
	texts []reprintText
}

// The kinds of a Change.
const (
	Added     = "added"
	Withdrawn = "withdrawn"
	Changed   = "changed"
)

// Change is what became of a participant, or of another subject, since the run.
type Change struct {
	Kind      string        `json:"kind"`
	Programme string        `json:"programme"` // ids
	Subject   string        `json:"subject"`   // a participant's, else kind/id
	Name      string        `json:"name"`
	Before    string        `json:"before"` // the name then, where it is another one
	Place     string        `json:"place"`
	Pieces    []PieceChange `json:"pieces"`
}

// PieceChange is what of a piece has to be printed again, or taken away.
type PieceChange struct {
	Piece   string `json:"piece"` // its id
	Title   string `json:"title"`
	Pages   []int  `json:"pages"`   // to be printed, from 1
	Of      int    `json:"of"`      // pages that there are
	Dropped int    `json:"dropped"` // pages that are no more
}

// ReprintPiece is what to order of a piece.
type ReprintPiece struct {
	Programme string `json:"programme"` // ids
	Piece     string `json:"piece"`
	Title     string `json:"title"`
	Profile   string `json:"profile"` // press, office or sheet
	File      string `json:"file"`    // in the zip
	Subjects  int    `json:"subjects"`
	Pages     int    `json:"pages"`
	Copies    int    `json:"copies"` // of each
}

// reprintFile is a PDF of the zip: pages of a piece.
type reprintFile struct {
	name string
	pdf  *pdf.File
}

// reprintText is a list of the zip.
type reprintText struct {
	name string
	data []byte
}

// again is a subject of a piece that has to be printed again.
type again struct {
	subject int
	numbers []int // of its pages, from 1
	head    layout.Document
	pages   []*pdf.Page
}

// MakeReprint lays out all that goes to print, and compares it with what was sent. Nothing
// is written, neither below the site nor anywhere else. With errors in the result's
// diagnostics the reprint is nil.
func MakeReprint(o Options, ro ReprintOptions) (*Reprint, *Result, error) {
	o.Only, o.Dry, o.Sent = "kit", true, ""
	b := newBuilder(o)
	var r *Reprint
	err := b.runWith(func() error {
		var err error
		r, err = b.reprint(ro)
		return err
	}, func() error { return nil })
	if err != nil || b.result.Diagnostics.Errors() > 0 {
		r = nil
	}
	return r, b.result, err
}

func (b *builder) reprint(ro ReprintOptions) (*Reprint, error) {
	then, list, err := b.sent(ro.Since)
	b.report(list)
	if err != nil || b.failed.Load() {
		return nil, err
	}
	k := newKit(b)
	k.report(k.said)
	presses := k.presses(then.Only)
	known := newKnown(b.site, then.Items)
	r := &Reprint{Since: ro.Since, On: then.On}
	var now []sentItem
	var diffs []difference
	for i := range presses {
		p := &presses[i]
		k.report(k.prepare(&p.job))
		if b.failed.Load() {
			continue // say what is wrong with the others too
		}
		items, changed, found, err := k.differing(p, known, ro.Whole)
		if err != nil {
			return nil, err
		}
		now, diffs = append(now, items...), append(diffs, found...)
		if b.failed.Load() || len(changed) == 0 {
			continue
		}
		if err := k.assembleReprint(r, p, changed); err != nil {
			return nil, err
		}
	}
	if b.failed.Load() {
		return nil, nil
	}
	for _, d := range diffs {
		r.Same += len(d.now.Pages) - len(d.pages)
	}
	diffs = append(diffs, known.gone()...)
	r.Changes = b.changes(now, known, diffs, presses)
	r.Calling = b.calledSince(then)
	k.report(r.tell(k))
	slices.SortFunc(r.files, func(a, c reprintFile) int { return strings.Compare(a.name, c.name) })
	return r, b.checkNames(r)
}

// checkNames holds the zip's names to what every system takes.
func (b *builder) checkNames(r *Reprint) error {
	for _, f := range r.files {
		if err := write.CheckPath(f.name); err != nil {
			return err
		}
	}
	return nil
}

// differing lays a piece out for all its subjects, and keeps the pages that were not sent.
func (k *kit) differing(p *press, known *known, whole bool) ([]sentItem, []again, []difference, error) {
	items := make([]sentItem, len(p.Subjects))
	all := make([]again, len(p.Subjects))
	diffs := make([]difference, len(p.Subjects))
	lists := make([]diag.List, len(p.Subjects))
	err := k.each("piece", len(p.Subjects), func(n int) error {
		doc, _, list := k.render(&p.job, &p.Subjects[n])
		lists[n] = list
		if list.Errors() > 0 {
			return nil
		}
		var err error
		if items[n], err = k.item(p, n, doc); err != nil {
			return err
		}
		diffs[n] = known.compare(&items[n], p.Subjects[n].Participant)
		if len(diffs[n].pages) == 0 {
			return nil
		}
		all[n] = again{subject: n, numbers: diffs[n].pages, head: *doc}
		all[n].head.Pages = nil
		if whole || p.sheets {
			all[n].numbers = numbers(len(doc.Pages))
		}
		if p.sheets {
			return nil // its labels are laid out together
		}
		part := *doc
		part.Pages = nil
		for _, page := range all[n].numbers {
			part.Pages = append(part.Pages, doc.Pages[page-1])
		}
		all[n].pages, err = k.encode(&part, p.form)
		return err
	})
	for _, list := range lists {
		k.report(list)
	}
	all = slices.DeleteFunc(all, func(a again) bool { return len(a.numbers) == 0 })
	return items, all, diffs, err
}

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i + 1
	}
	return out
}

// assembleReprint makes the files of a piece: the pages of all subjects, and those of each.
func (k *kit) assembleReprint(r *Reprint, p *press, changed []again) error {
	profile := profileName(p.profile)
	if p.sheets {
		profile = "sheet"
		selected, piece := p.job, *p.Piece
		piece.Subjects = nil
		for _, a := range changed {
			piece.Subjects = append(piece.Subjects, p.Subjects[a.subject])
		}
		selected.Piece = &piece
		f, list, err := k.sheetsOf(&selected, 1)
		k.report(list)
		if err != nil || f == nil {
			return err
		}
		r.files = append(r.files, reprintFile{p.all(), f})
	}
	var together []*pdf.Page
	count := 0
	for i := range changed {
		a := &changed[i]
		count += len(a.numbers)
		together = append(together, a.pages...)
		if !p.Single() && !p.sheets {
			r.files = append(r.files, reprintFile{p.file(&p.job, &p.Subjects[a.subject]), k.encoders[p.profile].Join(&a.head, a.pages)})
		}
	}
	if !p.sheets {
		head := changed[0].head
		if !p.Single() {
			head.Title = p.title()
		}
		r.files = append(r.files, reprintFile{p.all(), k.encoders[p.profile].Join(&head, together)})
	}
	r.Pieces = append(r.Pieces, ReprintPiece{
		Programme: p.Programme.ID, Piece: p.Use.ID, Title: p.template.Title, Profile: profile, File: p.all(),
		Subjects: len(changed), Pages: count, Copies: max(1, p.Use.Copies),
	})
	return nil
}
