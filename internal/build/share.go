package build

import (
	"sync"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/png"
	"vitrine/internal/svg"
)

// shareWidth is how wide the pictures are that pages are shared with, in pixels: what networks ask for.
const shareWidth = 1200

// pictured is a template and the programme that its pictures are of.
type pictured struct {
	programme *model.Programme
	template  string
}

func ofShare(s *plan.Share) pictured { return pictured{s.Programme, s.Template} }

// shareJobs prepares the pictures of each programme. They are public: they show what the site shows.
func (k *kit) shareJobs(all []*plan.Share) (map[pictured]*job, diag.List) {
	jobs := map[pictured]*job{}
	var list diag.List
	for _, s := range all {
		if jobs[ofShare(s)] != nil {
			continue
		}
		j := &job{Piece: &plan.Piece{Programme: s.Programme, Public: true, Use: &model.PieceUse{
			ID: s.Template, Template: s.Template, For: "programme", Origin: s.Programme.Origin,
		}}}
		list = append(list, k.prepare(j)...)
		j.count = len(k.plan.Sections[s.Programme].Listed)
		jobs[ofShare(s)] = j
	}
	return jobs, list
}

// shares are the pictures that do not stand there yet, as tasks that may run beside pages. The first of them reads the
// fonts and the templates: nobody waits for that either.
func (b *builder) shares() []func() error {
	prepared := sync.OnceValues(func() (*kit, map[pictured]*job) {
		k := b.workshop()
		jobs, list := k.shareJobs(b.plan.Shares)
		k.report(list)
		return k, jobs
	})
	var tasks []func() error
	for _, s := range b.plan.Shares {
		tasks = append(tasks, func() error {
			k, jobs := prepared()
			return k.makeShare(jobs[ofShare(s)], s)
		})
	}
	return tasks
}

func (k *kit) makeShare(j *job, s *plan.Share) error {
	sub := s.Subject()
	o := output{"public", s.Path, "asset", sub.Name()}
	if k.elsewhere(o) || k.failed.Load() {
		return nil
	}
	_, key := k.read(j, &sub)
	if key != (cache.Key{}) {
		key = cache.KeyOf([]byte(s.Template), []byte(encoding), key[:])
		if k.keep(o, key) {
			return nil
		}
	}
	data, list, err := k.drawShare(j, &sub)
	k.report(list)
	if err != nil || list.Errors() > 0 {
		return err
	}
	return k.putAs(o, key, data)
}

// drawShare draws one: a badge in shapes, for any size, without a font; the others in pixels.
func (k *kit) drawShare(j *job, s *plan.Subject) ([]byte, diag.List, error) {
	doc, _, list := k.render(j, s)
	if list.Errors() > 0 || len(doc.Pages) == 0 {
		return nil, list, nil
	}
	if j.Use.Template == plan.BadgePiece {
		return svg.Encode(&doc.Pages[0], svg.Options{Title: s.Title}), list, nil
	}
	data, err := png.Encode(&doc.Pages[0], shareWidth)
	return data, list, err
}

// sharePicture makes one that a request asks for, by its path below public/. It is as kitFile.
func (b *builder) sharePicture(name string) (data []byte, list diag.List, ok bool) {
	for _, s := range b.plan.Shares {
		if s.Path != name {
			continue
		}
		k, _ := b.demanded()
		jobs, list := k.shareJobs([]*plan.Share{s})
		if list.Errors() > 0 {
			return nil, list, true
		}
		sub := s.Subject()
		data, more, err := k.drawShare(jobs[ofShare(s)], &sub)
		return data, append(list, more...), err == nil
	}
	return nil, nil, false
}
