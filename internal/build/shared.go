package build

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"strings"

	"vitrine/internal/cache"
	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/source"
)

// shared is what pages have in common, in short: all that they are made from but the
// stories of participants, each of which only its own pages show. Where it is as it was,
// and the story too, a page need not even be drafted.
type shared struct {
	sum  cache.Key // zero: not known
	seen map[string]source.Stamp
}

// sharedNow digests the inputs as they look, and what lists show of participants.
func (b *builder) sharedNow() shared {
	if b.Dry || b.Force || b.Program == "" || b.Now == nil {
		return shared{}
	}
	parts := [][]byte{[]byte("shared"), []byte(b.site.Today.String()), []byte(b.ground())}
	for _, f := range b.plan.Files {
		if f.Theme {
			continue
		}
		mark := b.tree.Mark(f.Source)
		if mark == "" {
			return shared{} // too new for its time to be trusted
		}
		parts = append(parts, []byte(f.Path), []byte(mark))
	}
	for _, t := range b.site.Territories {
		if t.Outline != "" {
			parts = append(parts, []byte(t.Outline), []byte(b.tree.Mark(b.file(t.Outline))))
		}
	}
	seen := b.tree.Seen()
	others := maps.Clone(seen)
	var listed []byte
	for _, g := range b.site.Programmes {
		for _, x := range model.Participants(g) {
			delete(others, x.Story.File)
			listed = appendListed(listed, x, b.site.Today)
		}
	}
	parts = append(parts, listed, source.Encode(others), source.Encode(b.theme.Tree.Seen()))
	return shared{cache.KeyOf(parts...), seen}
}

// appendListed writes down what pages other than its own may show of a participant: where
// it stands, and its card.
func appendListed(to []byte, x *model.Participant, today model.Date) []byte {
	texts := func(all ...string) {
		for _, s := range all {
			to = append(binary.AppendUvarint(to, uint64(len(s))), s...)
		}
	}
	flags := byte(0)
	for i, on := range []bool{x.Listed(today), x.HasPage(today), x.Trade != nil, x.Commune != nil} {
		if on {
			flags |= 1 << i
		}
	}
	texts(x.ID, x.Code, x.Name, x.Status, x.Logo, x.Photo.File)
	to = append(binary.AppendUvarint(to, uint64(x.Consent)), flags)
	if x.Trade != nil {
		texts(x.Trade.ID)
	}
	if x.Commune != nil {
		texts(x.Commune.ID)
	}
	to = binary.AppendUvarint(to, uint64(len(x.Commitments)))
	for _, c := range x.Commitments {
		texts(c.Challenge.ID)
	}
	to = binary.AppendUvarint(to, uint64(len(x.Awards)))
	for _, a := range x.Awards {
		texts(a.Edition.ID, a.On.String(), a.Until().String())
		if a.Level != nil {
			texts(a.Level.ID)
		}
		to = append(to, ';')
	}
	return to
}

// of is the short key of a page: of what is shared and, for the pages of a participant, of
// its story.
func (s shared) of(p *plan.Page) cache.Key {
	if s.sum == (cache.Key{}) || p.Participant == nil || p.Participant.Story.File == "" {
		return s.sum
	}
	stamp := s.seen[p.Participant.Story.File]
	var room [128]byte
	own := append(append(room[:0], "page"...), s.sum[:]...)
	for _, n := range []uint64{uint64(stamp.Size), uint64(stamp.Modified.UnixNano()), stamp.Inode} {
		own = binary.BigEndian.AppendUint64(own, n)
	}
	return sha256.Sum256(append(own, stamp.Sum[:]...))
}

// keepShort reports whether a page already stands there, made from all that its short key
// is of.
func (b *builder) keepShort(o output, short cache.Key) bool {
	if short == (cache.Key{}) || b.Dry || b.Force || b.failed.Load() {
		return false
	}
	noted := b.session.Noted(o.folder, o.path)
	if !strings.HasPrefix(noted, o.kind+" "+o.subject+" ") || !strings.HasSuffix(noted, shortNote(short)) {
		return false
	}
	return b.stands(o)
}

// noteShort adds its short key to what is noted of a page.
func (b *builder) noteShort(o output, key, short cache.Key) {
	if short != (cache.Key{}) && !b.Dry {
		b.session.Note(o.folder, o.path, o.note(key)+shortNote(short))
	}
}

// shortNote ends the note of a page that has a short key.
func shortNote(short cache.Key) string { return " ~" + hex.EncodeToString(short[:16]) }
