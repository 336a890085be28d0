package build

import (
	"slices"
	"strings"
	"sync"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/plan"
	"vitrine/internal/png"
)

// onDemand is the kit of a site that is only looked at: what all its files share is made
// with the first of them.
type onDemand struct {
	once sync.Once
	kit  *kit
}

// kitFile makes one file of the kit, by its path below kit/: a piece of one subject or of
// all, a preview, the office page, the list of files. Nothing else is made, and nothing
// is put anywhere. ok is false when the kit has no such file; with errors in the list
// there are no bytes. It may be called by several goroutines at once.
func (b *builder) kitFile(name string) (data []byte, list diag.List, ok bool) {
	k, jobs := b.demanded()
	if k.ofAll(name) {
		return k.fileOfAll(jobs, name)
	}
	if strings.HasPrefix(name, "previews/") {
		return k.previewFile(jobs, name)
	}
	if name == rulesOutput.path {
		return k.rulesFile()
	}
	if data, list, ok = k.reportAsked(name); ok {
		return data, list, ok
	}
	if data, list, ok = k.winnerFile(jobs, name); ok {
		return data, list, ok
	}
	return k.pieceFile(jobs, "kit", name)
}

// ofAll reports whether a file of the kit tells of all its pieces.
func (k *kit) ofAll(name string) bool {
	if name == "index.html" || name == "manifest.csv" || name == calibrationOutput.path {
		return true
	}
	return slices.ContainsFunc(k.site.Programmes, func(g *model.Programme) bool { return proofOutput(g).path == name })
}

// fileOfAll makes one of them. All pieces are laid out for it, but for those of which it
// is known what would be seen.
func (k *kit) fileOfAll(jobs []job, name string) (data []byte, list diag.List, ok bool) {
	works, list, err := k.lookedAt(jobs)
	if err != nil {
		return nil, list, false
	}
	var more diag.List
	switch name {
	case "index.html":
		data, more = k.officePage(works, list)
	case "manifest.csv":
		data = k.manifest(works)
	case calibrationOutput.path:
		used := stocks(works)
		if len(used) == 0 {
			return nil, list, false
		}
		data, err = k.calibrationFile(used)
	default:
		for _, g := range k.site.Programmes {
			if proofOutput(g).path != name {
				continue
			}
			p := k.proof(g, works)
			if len(p.Names) == 0 {
				return nil, list, false
			}
			data, more, err = k.proofFile(g, p)
		}
	}
	return data, append(list, more...), err == nil
}

// lookedAt finds out what is seen of all pieces, but for those whose template is wrong.
func (k *kit) lookedAt(jobs []job) ([]*work, diag.List, error) {
	list := slices.Clone(k.said)
	var works []*work
	for i := range jobs {
		list = append(list, k.prepare(&jobs[i])...)
		if s := jobs[i].stock; jobs[i].template.Template == nil || s != nil && s.Stock == nil {
			continue
		}
		w := newWork(&jobs[i])
		works = append(works, w)
		err := k.each("", len(w.Subjects), func(n int) error {
			_, w.keys[n] = k.read(w.job, &w.Subjects[n])
			return nil
		})
		k.recall(w)
		if err == nil {
			err = k.each("", len(w.Subjects), func(n int) error {
				if w.facts[n] == nil {
					_, w.facts[n], w.lists[n] = k.render(w.job, &w.Subjects[n])
				}
				return nil
			})
		}
		if err != nil {
			return nil, list, err
		}
		list = append(list, slices.Concat(w.lists...)...)
	}
	return works, list, nil
}

// publicPiece makes one piece that the site gives out, by its path below public/. It is
// as kitFile.
func (b *builder) publicPiece(name string) (data []byte, list diag.List, ok bool) {
	if !strings.HasPrefix(name, "kit/") {
		return nil, nil, false
	}
	k, jobs := b.demanded()
	return k.pieceFile(jobs, "public", name)
}

// demanded is the kit that requests share, and the pieces of the plan as it is now.
func (b *builder) demanded() (*kit, []job) {
	b.demand.once.Do(func() { b.demand.kit = newKit(b) })
	return b.demand.kit, b.jobs()
}

// previewFile draws a page of a piece's first subject.
func (k *kit) previewFile(jobs []job, name string) (data []byte, list diag.List, ok bool) {
	for i := range jobs {
		j := &jobs[i]
		if !strings.HasPrefix(name, strings.TrimSuffix(previewName(j, 0), ".png")) {
			continue
		}
		list = append(slices.Clone(k.said), k.prepare(j)...)
		if j.template.Template == nil {
			return nil, list, true
		}
		for n := range j.template.Pages {
			if previewName(j, n) != name {
				continue
			}
			doc, _, more := k.render(j, &j.Subjects[0])
			if list = append(list, more...); list.Errors() > 0 {
				return nil, list, true
			}
			if n >= len(doc.Pages) {
				return nil, nil, false
			}
			data, err := png.Encode(&doc.Pages[n], previewWidth)
			return data, list, err == nil
		}
	}
	return nil, nil, false
}

// pieceFile makes the file of one subject, or of all.
func (k *kit) pieceFile(jobs []job, folder, name string) (data []byte, list diag.List, ok bool) {
	for i := range jobs {
		j := &jobs[i]
		if folder == "kit" && j.Use.Sheet != "" && name == sheetsFile(j.Piece) {
			return k.sheetsOnDemand(j)
		}
		for _, t := range j.targets {
			subjects := j.asked(t, folder, name)
			if len(subjects) == 0 {
				continue
			}
			list = append(slices.Clone(k.said), k.prepare(j)...)
			if j.template.Template == nil {
				return nil, list, true
			}
			data, more, err := k.assemble(j, t, subjects, name == t.all() && !j.Single())
			return data, append(list, more...), err == nil
		}
	}
	return nil, nil, false
}

// sheetsOnDemand makes the sheets of a piece.
func (k *kit) sheetsOnDemand(j *job) ([]byte, diag.List, bool) {
	list := append(slices.Clone(k.said), k.prepare(j)...)
	if list.Errors() > 0 {
		return nil, list, true
	}
	f, more, err := k.sheetsOf(j, 1)
	list = append(list, more...)
	if f == nil || list.Errors() > 0 {
		return nil, list, err == nil
	}
	return f.Bytes(), list, err == nil
}

// asked are the subjects of a piece that a file is for.
func (j *job) asked(t target, folder, name string) []plan.Subject {
	if t.output != folder {
		return nil
	}
	if name == t.all() {
		return j.Subjects
	}
	for i := range j.Subjects {
		if t.file(j, &j.Subjects[i]) == name {
			return j.Subjects[i : i+1]
		}
	}
	return nil
}

// assemble makes a file of some subjects. There are no bytes when something is wrong.
func (k *kit) assemble(j *job, t target, subjects []plan.Subject, together bool) ([]byte, diag.List, error) {
	pages := make([][]*pdf.Page, len(subjects))
	lists := make([]diag.List, len(subjects))
	var head layout.Document
	err := k.each("", len(subjects), func(i int) error {
		doc, _, list := k.render(j, &subjects[i])
		if lists[i] = list; list.Errors() > 0 {
			return nil
		}
		var err error
		pages[i], err = k.encode(doc, t.form)
		if i == 0 {
			head = *doc
		}
		return err
	})
	var list diag.List
	var all []*pdf.Page
	for i := range subjects {
		list = append(list, lists[i]...)
		all = append(all, pages[i]...)
	}
	if err != nil || list.Errors() > 0 {
		return nil, list, err
	}
	if together {
		head.Title = j.title()
	}
	return k.encoders[t.profile].Assemble(&head, all), list, nil
}
