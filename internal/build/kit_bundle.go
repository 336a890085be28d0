package build

import (
	"encoding/binary"
	"slices"

	"vitrine/internal/cache"
	"vitrine/internal/layout"
	"vitrine/internal/pdf"
)

// bundle is the file of all subjects of a piece, being made. Its pages are those of the
// subjects' own files; they are stored, so that a subject that changed costs no more than
// itself.
type bundle struct {
	target
	key   cache.Key     // of the file; zero when not known
	place cache.Key     // where its pages are stored
	pages [][]*pdf.Page // by subject; nil where they have to be made
	whole bool          // what is stored is what the file has, no more and no less
}

// stock is the part of the cache where pages are stored, for a folder of outputs.
func (k *kit) stock(folder string) *cache.Cache {
	if k.Program == "" {
		return nil
	}
	return k.cache.Part("pages-" + folder)
}

// bundle finds out whether the file of all subjects stands there. If so there is none;
// else it has the pages that were stored.
func (k *kit) bundle(w *work, t target) *bundle {
	b := &bundle{target: t, pages: make([][]*pdf.Page, len(w.Subjects))}
	b.place = cache.KeyOf([]byte("pages"), k.base[:], []byte(t.all()), []byte{byte(t.profile)})
	stock := k.stock(t.output)
	stock.Use(b.place)
	if k.elsewhere(b.output()) {
		return nil
	}
	b.key = bundleKey(w, t)
	if b.key != (cache.Key{}) && k.keep(b.output(), b.key) {
		return nil
	}
	if stored, ok := stock.Get(b.place); ok && !k.Force && !k.Dry {
		k.restore(w, b, stored)
	}
	return b
}

func (b *bundle) output() output { return output{b.target.output, b.all(), "piece", ""} }

// bundleKey is the key of the file of all subjects; zero when some subject's is not known.
func bundleKey(w *work, t target) cache.Key {
	parts := [][]byte{[]byte("all"), {byte(t.profile)}, []byte(w.title())}
	for i := range w.keys {
		if w.keys[i] == (cache.Key{}) {
			return cache.Key{}
		}
		parts = append(parts, w.keys[i][:])
	}
	return cache.KeyOf(parts...)
}

// title is what the file of all subjects is called.
func (j *job) title() string { return j.template.Title + " · " + j.Programme.Name }

// together makes the file of all subjects, and stores its pages.
func (k *kit) together(w *work, b *bundle) error {
	if k.Dry {
		return k.putAs(b.output(), b.key, nil)
	}
	doc := *w.first
	doc.Title = w.title()
	var pages []*pdf.Page
	for _, p := range b.pages {
		pages = append(pages, p...)
	}
	if err := k.putPages(b.output(), b.key, &doc, b.profile, pages); err != nil {
		return err
	}
	if !b.whole {
		k.store(w, b, pages)
	}
	return nil
}

// putPages is putAs for the file of some pages, which is never in one piece: it has a
// profile that all files share.
func (k *kit) putPages(o output, key cache.Key, doc *layout.Document, profile pdf.Profile, pages []*pdf.Page) error {
	if k.Dry || k.elsewhere(o) {
		return k.putAs(o, key, nil)
	}
	return k.putFrom(o, key, k.encoders[profile].Join(doc, pages))
}

// putFrom is putAs for a file in parts.
func (k *kit) putFrom(o output, key cache.Key, f *pdf.File) error {
	k.announce(o)
	k.builder.mu.Lock()
	k.result.Made[o.kind]++
	k.builder.mu.Unlock()
	if k.failed.Load() {
		return nil
	}
	_, err := k.session.PutFrom(o.folder, o.path, f.Reader())
	if err == nil {
		k.session.Note(o.folder, o.path, o.note(key))
	}
	return err
}

// store keeps the pages of a bundle: its pictures, then for each subject its key, how
// many pages it has, and those.
func (k *kit) store(w *work, b *bundle, pages []*pdf.Page) {
	pictures := pdf.AppendPictures(nil, pages)
	parts := [][]byte{binary.AppendUvarint(nil, uint64(len(pictures))), pictures}
	for i, key := range w.keys {
		if key == (cache.Key{}) {
			continue
		}
		entry := append([]byte(nil), key[:]...)
		entry = binary.AppendUvarint(entry, uint64(len(b.pages[i])))
		for _, p := range b.pages[i] {
			page := pdf.AppendPage(nil, p)
			entry = append(binary.AppendUvarint(entry, uint64(len(page))), page...)
		}
		parts = append(parts, entry)
	}
	k.stock(b.target.output).Put(b.place, parts...)
}

// restore takes the stored pages of subjects that still say the same. Where what is
// stored makes no sense, they are made again.
func (k *kit) restore(w *work, b *bundle, stored []byte) {
	at := map[cache.Key][]int{}
	for i, key := range w.keys {
		if key != (cache.Key{}) {
			at[key] = append(at[key], i)
		}
	}
	s := stores{stored}
	e := k.encoders[b.profile]
	// The encoder keeps the pictures; it need not keep the pages that lie beside them.
	if e.RestorePictures(slices.Clone(s.bytes())) != nil {
		return
	}
	entries, kept := 0, 0
	for len(s.data) > 0 {
		var key cache.Key
		copy(key[:], s.take(len(key)))
		pages := make([]*pdf.Page, 0, 1)
		subjects := at[key]
		for range s.length() {
			data := s.bytes()
			if len(subjects) == 0 {
				continue
			}
			p, err := e.Restore(data, k.fonts)
			if err != nil {
				return
			}
			pages = append(pages, p)
		}
		entries++
		if len(pages) == 0 {
			continue
		}
		for _, i := range subjects {
			b.pages[i] = pages
			kept++
		}
	}
	b.whole = entries == len(w.keys) && kept == entries
}

// stores reads what store wrote. Past the end there is nothing.
type stores struct{ data []byte }

func (s *stores) length() int {
	v, n := binary.Uvarint(s.data)
	if n <= 0 || v > uint64(len(s.data)-n) {
		s.data = nil
		return 0
	}
	s.data = s.data[n:]
	return int(v)
}

func (s *stores) take(n int) []byte {
	if n > len(s.data) {
		s.data = nil
		return nil
	}
	b := s.data[:n:n]
	s.data = s.data[n:]
	return b
}

func (s *stores) bytes() []byte { return s.take(s.length()) }

// sweep drops from the cache what no piece has any more. A build that made only some of
// them does not know.
func (k *kit) sweep() {
	if k.piece() != "" || k.failed.Load() {
		return
	}
	if k.wantsSite() {
		k.stock("public").Sweep()
	}
	if k.wantsKit() { // all pieces, the public ones too
		k.stock("kit").Sweep()
		k.seen().Sweep()
		k.pictures.stored.Sweep()
	}
}
