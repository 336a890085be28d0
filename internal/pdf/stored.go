package pdf

import (
	"encoding/binary"
	"errors"

	"vitrine/internal/layout"
)

// errStored is what a page that was kept gives when it is not one: it has to be made again.
var errStored = errors.New("not an encoded page")

// AppendPage appends a page to b in a form that [Encoder.Restore] reads, in this run or a later one of
// the same program. What its pictures are called is said, not what they show.
func AppendPage(b []byte, p *Page) []byte {
	for _, l := range []layout.Length{p.box.w, p.box.h, p.box.bleed} {
		b = binary.AppendVarint(b, int64(l))
	}
	b = appendBytes(b, p.stream)
	b = binary.AppendUvarint(b, uint64(len(p.fonts)))
	for _, f := range p.fonts {
		b = appendBytes(b, []byte(f.font.source.Name))
		b = appendBytes(b, f.used)
	}
	b = binary.AppendUvarint(b, uint64(len(p.pictures)))
	for _, im := range p.pictures {
		b = appendBytes(b, []byte(im.source))
		b = appendBytes(b, []byte(im.name))
	}
	return b
}

func appendBytes(b, data []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(data))), data...)
}

// Restore reads a page that AppendPage wrote. The page shares the bytes of data. Its fonts are looked for
// by name, its pictures with picture, by the name that they were given; a picture that shows something
// else than it did is an error.
func (e *Encoder) Restore(data []byte, fonts layout.Fonts, picture func(name string) (*layout.Picture, error)) (*Page, error) {
	s := stored{data: data}
	p := &Page{}
	for _, l := range []*layout.Length{&p.box.w, &p.box.h, &p.box.bleed} {
		*l = layout.Length(s.number())
	}
	p.stream = s.bytes()
	for range s.count() {
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
	for range s.count() {
		source, name := string(s.bytes()), string(s.bytes())
		if s.bad {
			return nil, errStored
		}
		pic, err := picture(source)
		if err != nil {
			return nil, err
		}
		im, err := e.picture(pic)
		if err != nil {
			return nil, err
		}
		if im.name != name {
			return nil, errStored
		}
		p.pictures = append(p.pictures, im)
	}
	if s.bad || len(s.data) > 0 {
		return nil, errStored
	}
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

func (s *stored) length() int {
	v, n := binary.Uvarint(s.data)
	if n <= 0 || v > uint64(len(s.data)-n) {
		s.bad, s.data = true, nil
		return 0
	}
	s.data = s.data[n:]
	return int(v)
}

// count is how many things follow, each of which takes a byte at least.
func (s *stored) count() int { return s.length() }

func (s *stored) bytes() []byte {
	n := s.length()
	b := s.data[:n:n]
	s.data = s.data[n:]
	return b
}
