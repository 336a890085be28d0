package pdf

import (
	"encoding/binary"
	"errors"

	"vitrine/internal/layout"
)

// errStored is what stored bytes give that are no page and no picture: it has to be made again.
var errStored = errors.New("not an encoded page")

// AppendPage appends a page to b in a form that [Encoder.Restore] reads, in this run or a later one of
// the same program. What its pictures are called is said, not what they show: see [AppendPictures].
func AppendPage(b []byte, p *Page) []byte {
	b = p.appendHead(b)
	b = appendBytes(b, p.stream)
	b = binary.AppendUvarint(b, uint64(len(p.fonts)))
	for _, f := range p.fonts {
		b = appendBytes(b, []byte(f.font.source.Name))
		b = appendBytes(b, f.used)
	}
	b = binary.AppendUvarint(b, uint64(len(p.pictures)))
	for _, im := range p.pictures {
		b = appendBytes(b, []byte(im.name))
	}
	b = binary.AppendUvarint(b, uint64(len(p.spots)))
	for _, s := range p.spots {
		b = appendBytes(appendBytes(b, []byte(s.resource)), []byte(s.name))
		for _, v := range s.cmyk {
			b = binary.AppendVarint(b, int64(v))
		}
	}
	return b
}

// appendHead appends what of a page are numbers.
func (p *Page) appendHead(b []byte) []byte {
	for _, l := range []layout.Length{p.box.w, p.box.h, p.box.bleed, p.box.slug, layout.Length(p.states)} {
		b = binary.AppendVarint(b, int64(l))
	}
	return b
}

// AppendPictures appends the pictures of pages to b, each once, in a form that [Encoder.RestorePictures]
// reads.
func AppendPictures(b []byte, pages []*Page) []byte {
	seen := map[string]bool{}
	for _, p := range pages {
		for _, im := range p.pictures {
			if seen[im.name] {
				continue
			}
			seen[im.name] = true
			b = appendBytes(b, []byte(im.name))
			b = binary.AppendUvarint(b, uint64(len(im.objects)))
			for _, o := range im.objects {
				b = appendBytes(appendBytes(b, o.dict), o.stream)
			}
		}
	}
	return b
}

func appendBytes(b, data []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(data))), data...)
}

// RestorePictures reads what AppendPictures wrote: the encoder knows the pictures from then on. They
// share the bytes of data.
func (e *Encoder) RestorePictures(data []byte) error {
	s := stored{data: data}
	for len(s.data) > 0 {
		im := &embedded{name: string(s.bytes())}
		for range s.length() {
			o := object{dict: s.bytes()}
			if stream := s.bytes(); len(stream) > 0 {
				o.stream = stream
			}
			im.objects = append(im.objects, o)
		}
		if s.bad || len(im.objects) == 0 {
			return errStored
		}
		e.mu.Lock()
		if e.known[im.name] == nil {
			e.known[im.name] = im
		}
		e.mu.Unlock()
	}
	return nil
}

// Restore reads a page that AppendPage wrote, and shares its bytes. Its fonts are looked for by name, its
// pictures among those that the encoder knows.
func (e *Encoder) Restore(data []byte, fonts layout.Fonts) (*Page, error) {
	s := stored{data: data}
	p := &Page{}
	for _, l := range []*layout.Length{&p.box.w, &p.box.h, &p.box.bleed, &p.box.slug} {
		*l = layout.Length(s.number())
	}
	p.states = uint8(s.number())
	p.stream = s.bytes()
	for range s.length() {
		name, used := string(s.bytes()), s.bytes()
		f := named(fonts, name)
		if f == nil || !unpack(used, func(uint16, []byte) {}) {
			return nil, errStored
		}
		c, err := e.font(f)
		if err != nil {
			return nil, err
		}
		p.fonts = append(p.fonts, pageFont{c, used})
	}
	for range s.length() {
		name := string(s.bytes())
		e.mu.Lock()
		im := e.known[name]
		e.mu.Unlock()
		if im == nil {
			return nil, errStored
		}
		p.pictures = append(p.pictures, im)
	}
	for range s.length() {
		ink := spot{resource: string(s.bytes()), name: string(s.bytes())}
		for i := range ink.cmyk {
			ink.cmyk[i] = uint16(s.number())
		}
		p.spots = append(p.spots, ink)
	}
	if s.bad || len(s.data) > 0 {
		return nil, errStored
	}
	p.sum = p.digest()
	return p, nil
}

func named(fonts layout.Fonts, name string) *layout.Font {
	for _, f := range fonts {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// stored is what remains to be read of a stored page.
type stored struct {
	data []byte
	bad  bool
}

func (s *stored) number() int64 {
	v, n := binary.Varint(s.data)
	if n <= 0 {
		s.bad, s.data = true, nil
		return 0
	}
	s.data = s.data[n:]
	return v
}

// length is how many bytes follow, or how many things, each of which takes a byte at least.
func (s *stored) length() int {
	v, n := binary.Uvarint(s.data)
	if n <= 0 || v > uint64(len(s.data)-n) {
		s.bad, s.data = true, nil
		return 0
	}
	s.data = s.data[n:]
	return int(v)
}

func (s *stored) bytes() []byte {
	n := s.length()
	b := s.data[:n:n]
	s.data = s.data[n:]
	return b
}
