package build

import (
	"sync/atomic"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
	"vitrine/internal/plan"
)

// work is a job being made: what of it stands there already, and what has to be made.
type work struct {
	*job
	first    *layout.Document // describes the first subject; nil when that is not known yet
	keys     []cache.Key      // what each subject's piece is made from; zero when not known
	wanted   [][]bool         // by target: the subjects' own files that have to be made
	bundles  []*bundle        // by target: the file of all subjects; nil when it stands there
	previews []bool           // by page of the first subject
	gang     *gang            // the sheets of all subjects; nil when they stand there, or there are none
	left     atomic.Int64     // subjects still to be laid out

	tells    bool           // what is seen of it is wanted
	facts    []*piece.Facts // by subject: what was seen of it; nil when not known
	said     []bool         // by subject: something had to be said of its record
	notes    [][]uint64     // by subject: what had to be said of the template
	lists    []diag.List    // by subject: all that was said
	recalled bool           // what is stored of that is all there is
}

// task is a subject to lay out, or a piece whose files of all subjects only have to be
// put together.
type task struct {
	*work
	subject int // -1: none
}

// makeAll makes the pieces that are not there yet. All subjects of all pieces share the
// workers; what all of a piece's subjects go into is made when the last of them is done.
func (k *kit) makeAll(jobs []job) ([]*work, error) {
	works := make([]*work, len(jobs))
	var all []task
	for i := range jobs {
		w := newWork(&jobs[i])
		w.tells = k.tells(w.job)
		works[i] = w
		for s := range w.Subjects {
			all = append(all, task{w, s})
		}
	}
	if err := k.each("", len(all), func(i int) error { return k.look(all[i].work, all[i].subject) }); err != nil {
		return nil, err
	}
	var tasks []task
	for _, w := range works {
		k.survey(w)
		tasks = append(tasks, w.tasks()...)
	}
	return works, k.each("piece", len(tasks), func(i int) error { return k.do(tasks[i]) })
}

// tells reports whether what is seen of a piece is wanted: by the office page or the proof
// of names, or because its sheets are all there is of it and someone has to say what is
// wrong with it.
func (k *kit) tells(j *job) bool {
	if !k.wantsKit() {
		return false
	}
	if len(j.targets) == 0 || k.Dry {
		return true
	}
	return k.piece() == "" && (!k.elsewhere(officeOutput) || !k.elsewhere(proofOutput(j.Programme)))
}

func newWork(j *job) *work {
	w := &work{job: j, keys: make([]cache.Key, len(j.Subjects)), wanted: make([][]bool, len(j.targets)), bundles: make([]*bundle, len(j.targets)),
		facts: make([]*piece.Facts, len(j.Subjects)), said: make([]bool, len(j.Subjects)), notes: make([][]uint64, len(j.Subjects)), lists: make([]diag.List, len(j.Subjects))}
	for t := range j.targets {
		w.wanted[t] = make([]bool, len(j.Subjects))
	}
	w.previews = make([]bool, j.template.Pages)
	return w
}

// look finds out what a subject's piece says, and whether its own files say that already.
func (k *kit) look(w *work, i int) error {
	s := &w.Subjects[i]
	doc, key := k.read(w.job, s)
	w.keys[i] = key
	if i == 0 {
		w.first = doc
	}
	for t, target := range w.targets {
		o := output{target.output, target.file(w.job, s), "piece", s.Name()}
		w.wanted[t][i] = !k.elsewhere(o) && (key == cache.Key{} || !k.keep(o, fileKey(key, target.profile)))
	}
	return nil
}

// survey finds out which files of all subjects, and which previews, have to be made.
func (k *kit) survey(w *work) {
	if w.tells {
		k.recall(w)
	}
	w.gang = k.ganged(w)
	for t, target := range w.targets {
		if !w.Single() {
			w.bundles[t] = k.bundle(w, target)
		}
	}
	for n := range w.previews {
		w.previews[n] = !k.Dry && k.wantsKit() && !k.keepPreview(w, n)
	}
}

// tasks are what has to be done for a piece.
func (w *work) tasks() []task {
	var out []task
	for i := range w.Subjects {
		if w.lays(i) {
			out = append(out, task{w, i})
		}
	}
	w.left.Store(int64(len(out)))
	if len(out) == 0 && (w.bundled() || w.gang != nil || w.tells && !w.recalled) {
		w.left.Store(1)
		out = append(out, task{w, -1})
	}
	return out
}

// lays reports whether a subject has to be laid out.
func (w *work) lays(i int) bool {
	if w.tells && w.facts[i] == nil {
		return true
	}
	for t, b := range w.bundles {
		if w.wanted[t][i] || b != nil && b.pages[i] == nil {
			return true
		}
	}
	if i == 0 {
		for _, p := range w.previews {
			if p {
				return true
			}
		}
	}
	return false
}

func (w *work) bundled() bool {
	for _, b := range w.bundles {
		if b != nil {
			return true
		}
	}
	return false
}

// do lays a subject out and makes what shows it.
func (k *kit) do(t task) error {
	if t.subject >= 0 {
		if err := k.layOut(t.work, t.subject); err != nil {
			return err
		}
	}
	if t.left.Add(-1) > 0 || k.failed.Load() {
		return nil
	}
	for i, b := range t.bundles {
		if b != nil {
			if err := k.together(t.work, b); err != nil {
				return err
			}
			t.bundles[i] = nil
		}
	}
	if t.tells {
		k.remember(t.work)
	}
	if t.gang != nil {
		return k.gangUp(t.work)
	}
	return nil
}

// layOut makes the files of one subject.
func (k *kit) layOut(w *work, i int) error {
	s := &w.Subjects[i]
	doc, facts, list := k.render(w.job, s)
	k.report(list)
	if list.Errors() > 0 {
		return nil
	}
	w.facts[i], w.lists[i] = facts, list
	w.said[i], w.notes[i] = sortOut(list)
	key := w.keys[i]
	if w.said[i] || len(list) > 0 && !w.tells {
		key = cache.Key{} // what is to be said of it is to be said each time
	}
	encoded := map[form][]*pdf.Page{}
	for t, target := range w.targets {
		if !w.wanted[t][i] && (w.bundles[t] == nil || w.bundles[t].pages[i] != nil) {
			continue
		}
		pages, ok := encoded[target.form]
		if !ok {
			var err error
			if pages, err = k.encode(doc, target.form); err != nil {
				return err
			}
			encoded[target.form] = pages
		}
		if b := w.bundles[t]; b != nil && !k.Dry {
			b.pages[i] = pages
		}
		if !w.wanted[t][i] {
			continue
		}
		o := output{target.output, target.file(w.job, s), "piece", s.Name()}
		if err := k.putPages(o, fileKey(key, target.profile), doc, target.profile, pages); err != nil {
			return err
		}
	}
	if i > 0 {
		return nil
	}
	if w.first == nil {
		head := *doc
		head.Pages = nil
		w.first = &head
	}
	return k.previewPages(w, doc)
}

// read finds out what a subject's piece says. The key is zero where that is not known.
func (k *kit) read(j *job, s *plan.Subject) (*layout.Document, cache.Key) {
	if k.Dry && !k.amends || k.Program == "" {
		return nil, cache.Key{}
	}
	rd := k.renderers.Get().(*piece.Renderer)
	defer k.renderers.Put(rd)
	r := rd.Read(j.template.Template, j.resources, k.scope(j, s), k.subject(j, s))
	if !r.OK {
		return r.Document, cache.Key{}
	}
	parts := [][]byte{j.base[:], r.Sum[:]}
	for _, name := range r.Pictures {
		key, ok := k.pictures.key(name)
		if !ok {
			return r.Document, cache.Key{}
		}
		parts = append(parts, key[:])
	}
	return r.Document, cache.KeyOf(parts...)
}

// render lays a subject's piece out.
func (k *kit) render(j *job, s *plan.Subject) (*layout.Document, *piece.Facts, diag.List) {
	k.builder.mu.Lock()
	k.result.Made["layout"]++
	k.builder.mu.Unlock()
	rd := k.renderers.Get().(*piece.Renderer)
	defer k.renderers.Put(rd)
	return rd.Lay(j.template.Template, j.resources, k.scope(j, s), k.subject(j, s))
}

// encode makes the pages of a document in a form.
func (k *kit) encode(doc *layout.Document, f form) ([]*pdf.Page, error) {
	pages := make([]*pdf.Page, len(doc.Pages))
	for i := range doc.Pages {
		page := k.dress(f, doc, i)
		p, err := k.encoders[f.profile].Page(&page)
		if err != nil {
			return nil, err
		}
		pages[i] = p
	}
	return pages, nil
}

// fileKey is the key of a file that shows what a key says, in a profile. (What else its
// form depends on is in the base of all keys.)
func fileKey(key cache.Key, profile pdf.Profile) cache.Key {
	if key == (cache.Key{}) {
		return key
	}
	return cache.KeyOf([]byte("pdf"), []byte{byte(profile)}, key[:])
}
