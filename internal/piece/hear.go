package piece

import (
	"crypto/sha256"
	"encoding/binary"

	"vitrine/internal/layout"
	"vitrine/internal/model"
)

// Reading is what a piece says of a subject, before it is laid out.
type Reading struct {
	// Document describes the subject's document. It has no pages.
	Document *layout.Document
	// Sum is a digest of all that decides the frames beside the template's own bytes, the fonts and the
	// pictures: every text as it was expanded, every condition's answer, the length of every list, every
	// colour. Records that say the same have the same sum, whatever else changed in them.
	Sum [sha256.Size]byte
	// Pictures are the names of the pictures that are shown, in order.
	Pictures []string
	// OK is false when something is wrong: laying it out says what.
	OK bool
}

// Read finds out what a piece says of a subject, at a fraction of the price of laying it out. It goes
// through the boxes as Render does, by the same code: a box draws nothing while it is listened to, but
// asks for its texts, its conditions and its colours all the same. What reaches paper comes through
// them, so that nothing can be shown that was not heard.
func (rd *Renderer) Read(t *Template, res *Resources, sc *model.Scope, sub Subject) Reading {
	r := rd.start(t, res, sc, &sub)
	h := &hearing{buf: rd.heard[:0]}
	r.heard = h
	doc := r.document()
	h.text(doc.Title)
	h.text(doc.Subject)
	h.text(doc.Author)
	h.text(doc.Language)
	h.count(int(doc.Date.Unix()))
	r.pages(doc)
	doc.Pages = nil
	rd.heard = h.buf
	return Reading{Document: doc, Sum: sha256.Sum256(h.buf), Pictures: h.pictures, OK: len(r.list) == 0}
}

// hearing is what is heard of a subject. Each thing heard has a kind and a length, so that no two lists
// of them are the same bytes.
type hearing struct {
	buf      []byte
	pictures []string
}

func (h *hearing) text(s string) {
	h.buf = binary.AppendUvarint(append(h.buf, 't'), uint64(len(s)))
	h.buf = append(h.buf, s...)
}

func (h *hearing) yes(is bool) {
	if is {
		h.buf = append(h.buf, 'y')
	} else {
		h.buf = append(h.buf, 'n')
	}
}

func (h *hearing) count(n int) { h.buf = binary.AppendVarint(append(h.buf, '#'), int64(n)) }

func (h *hearing) color(c layout.Color) {
	h.text(c.Token)
	h.buf = append(append(h.buf, 'c'), c.RGB[:]...)
	for _, v := range c.CMYK {
		h.buf = binary.BigEndian.AppendUint16(h.buf, v)
	}
	h.text(c.Spot)
	h.buf = binary.BigEndian.AppendUint16(h.buf, c.Strength)
}

func (h *hearing) picture(name string) {
	h.text(name)
	h.pictures = append(h.pictures, name)
}
