package build

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"maps"
	"math"
	"slices"
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
	trusted := true
	note := func(name, file string) {
		mark := b.tree.Mark(file)
		trusted = trusted && mark != ""
		parts = append(parts, []byte(name), []byte(mark))
	}
	for _, f := range b.plan.Files {
		if !f.Theme {
			note(f.Path, f.Source)
		}
	}
	for _, t := range b.site.Territories {
		if t.Outline != "" {
			note(t.Outline, b.file(t.Outline))
		}
	}
	if !trusted {
		return shared{} // one is too new for its time to be trusted
	}
	seen := b.tree.Seen()
	others := maps.Clone(seen)
	var listed, record []byte
	for _, g := range b.site.Programmes {
		for _, x := range model.Participants(g) {
			delete(others, x.Story.File)
			record = appendListed(record[:0], x, b.site.Today)
			sum := sha256.Sum256(record) // not the record itself: all of them together are megabytes
			listed = append(listed, sum[:]...)
		}
	}
	parts = append(parts, listed, source.Encode(others), source.Encode(b.theme.Tree.Seen()))
	return shared{cache.KeyOf(parts...), seen}
}

// appendListed writes down all that a record says but its story: its head may stand in the story's file, and other
// pages than its own show much of it. A home has its sentence beside its picture, a list its card.
func appendListed(to []byte, x *model.Participant, today model.Date) []byte {
	texts := func(all ...string) {
		for _, s := range all {
			to = append(binary.AppendUvarint(to, uint64(len(s))), s...)
		}
	}
	numbers := func(all ...uint64) {
		for _, n := range all {
			to = binary.AppendUvarint(to, n)
		}
	}
	days := func(all ...model.Date) {
		for _, d := range all {
			numbers(uint64(d.Year), uint64(d.Month), uint64(d.Day))
		}
	}
	flags := uint64(0)
	for i, on := range []bool{x.Listed(today), x.HasPage(today), x.Trade != nil, x.Commune != nil, x.SoleTrader, x.HasHours, x.HasEmployees} {
		if on {
			flags |= 1 << i
		}
	}
	numbers(uint64(x.Consent), flags, math.Float64bits(x.Lat), math.Float64bits(x.Lon), uint64(x.Employees))
	texts(x.ID, x.Code, x.Name, x.PrintName, x.LegalName, x.Kind, x.Status, x.SIRET, x.NAF, x.Activity,
		x.Address, x.Postcode, x.Phone, x.Mobile, x.Email, x.URL, x.Logo, x.Photo.File, x.Photo.Alt, x.Photo.Credit, x.Description)
	days(x.WithdrawnOn)
	if x.HasHours {
		texts(x.Hours.String())
	}
	if x.Trade != nil {
		texts(x.Trade.ID)
	}
	if x.Commune != nil {
		texts(x.Commune.ID)
	}
	numbers(uint64(len(x.Aliases)))
	texts(x.Aliases...)
	numbers(uint64(len(x.Members)))
	for _, role := range slices.Sorted(maps.Keys(x.Members)) {
		texts(role)
		numbers(uint64(x.Members[role]))
	}
	numbers(uint64(len(x.Commitments)))
	for _, c := range x.Commitments {
		texts(c.Challenge.ID, c.Text, c.Measure)
		days(c.DoneOn)
		if c.New {
			texts("new")
		}
	}
	numbers(uint64(len(x.Awards)))
	for _, a := range x.Awards {
		texts(a.Edition.ID, a.Number, a.Waived)
		days(a.On, a.Until())
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
