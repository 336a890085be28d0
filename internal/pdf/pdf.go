// Package pdf encodes frames as PDF, for a printing house or for the office printer.
//
// The pages, the fonts cut down to the glyphs used and the file around them are written here, from the
// frames; gopdf turns pictures into PDF objects (picture.go), and does nothing else: it cannot place a
// glyph by its number, draw a compound path, name a bleed box or write an honest error, and cutting a
// font took it half the time of a file.
//
// A press file is PDF/X-4: it carries the profile of its printing condition, its colours are process and
// spot inks, its photographs say what their red is, and black text is printed over what lies below. An
// office file has the colours of screens and is cut at the trim.
//
// The same frames give the same bytes: dates come from the document, names and the file's ID from the
// content.
package pdf

import (
	"crypto/sha256"
	"slices"
	"sync"

	"vitrine/internal/layout"
)

// Profile is whom the file is for.
type Profile uint8

// The profiles.
const (
	// Press: process and spot inks, with the bleed around the trim and the slug around that.
	Press Profile = iota
	// Office: RGB for screens and office printers, cut at the trim.
	Office
)

// Producer is the name that files give of the program that made them.
const Producer = "Vitrine"

// Encoder makes PDF files. It keeps prepared fonts and pictures from one file to the next, and may be
// used by several goroutines at once.
type Encoder struct {
	profile Profile
	output  *output // of press files, if their condition is known
	*workshop
}

// workshop is what does not depend on the profile.
type workshop struct {
	press    *output
	srgb     blob
	mu       sync.Mutex
	fonts    map[*layout.Font]*carried
	cuts     map[cutKey]fontFile
	pictures map[*layout.Picture]*pictureOnce
	known    map[string]*embedded // by name: restored
	packers  packers
	buffers  sync.Pool // of *[]byte
}

// NewEncoder makes an encoder for a profile. Press files are made for the condition; without one they are
// in the same inks, but no PDF/X.
func NewEncoder(profile Profile, press *Condition) *Encoder {
	shop := &workshop{
		fonts: map[*layout.Font]*carried{}, cuts: map[cutKey]fontFile{}, pictures: map[*layout.Picture]*pictureOnce{}, known: map[string]*embedded{},
		packers: packers{level: packLevel},
	}
	if press != nil {
		shop.press = &output{Condition: *press}
	}
	return (&Encoder{workshop: shop}).For(profile)
}

// For is an encoder for another profile that shares the fonts and pictures of e.
func (e *Encoder) For(profile Profile) *Encoder {
	made := &Encoder{profile: profile, workshop: e.workshop}
	if profile == Press {
		made.output = e.press
	}
	return made
}

// Page is an encoded page, ready to stand in several files: the one with all the subjects of a piece,
// and the one of its own.
type Page struct {
	box      pageBox
	stream   []byte // compressed
	fonts    []pageFont
	pictures []*embedded
	spots    []spot
	states   uint8             // of the graphics state, a bit each
	sum      [sha256.Size]byte // of all this
}

// pageBox is the trim, and what lies around it.
type pageBox struct{ w, h, bleed, slug layout.Length }

// transparent tells whether something shines through on the page.
func (p *Page) transparent() bool {
	for s := range state(allStates) {
		if s&darken != 0 && p.states&(1<<s) != 0 {
			return true
		}
	}
	return slices.ContainsFunc(p.pictures, (*embedded).masked)
}

// Encode makes the file of a document.
func (e *Encoder) Encode(doc *layout.Document) ([]byte, error) {
	pages := make([]*Page, len(doc.Pages))
	for i := range doc.Pages {
		p, err := e.Page(&doc.Pages[i])
		if err != nil {
			return nil, err
		}
		pages[i] = p
	}
	return e.Assemble(doc, pages), nil
}

// Page encodes one page.
func (e *Encoder) Page(p *layout.Page) (*Page, error) {
	buf, _ := e.buffers.Get().(*[]byte)
	if buf == nil {
		buf = new([]byte)
	}
	c := content{encoder: e, buf: (*buf)[:0]}
	defer func() {
		*buf = c.buf
		e.buffers.Put(buf)
	}()
	bleed, slug := p.Bleed, p.Slug
	if e.profile == Office {
		bleed, slug = 0, 0
	}
	c.begin(p.H+bleed+slug, bleed+slug)
	if p.Cut != nil && e.profile == Office {
		c.group(&layout.Group{Clip: p.Cut, Items: p.Items})
	} else {
		for _, item := range p.Items {
			c.item(item)
		}
	}
	if c.err != nil {
		return nil, c.err
	}
	page := &Page{box: pageBox{p.W, p.H, bleed, slug}, stream: e.packers.deflate(c.buf), pictures: c.pictures, spots: c.spots, states: c.states}
	for i := range c.fonts {
		page.fonts = append(page.fonts, c.fonts[i].pack())
	}
	page.sum = page.digest()
	return page, nil
}
