package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/jpeg"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/signintech/gopdf"

	"vitrine/internal/layout"
)

// carried is a font ready to be cut down by gopdf.
type carried struct {
	source    *layout.Font
	resource  string // its name in the pages: not by order of use, so that pages can move between files
	sfnt      *sfnt
	container *gopdf.FontContainer
}

func (f *carried) width(glyph uint16) int {
	if int(glyph) < len(f.sfnt.widths) {
		return f.sfnt.widths[glyph]
	}
	return 0
}

// font prepares a font, once.
func (e *Encoder) font(f *layout.Font) (*carried, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if c := e.fonts[f]; c != nil {
		return c, nil
	}
	s, err := parseSFNT(f.Data)
	if err != nil {
		return nil, fmt.Errorf("font %s: %w", f.Name, err)
	}
	c := &carried{source: f, resource: "F" + pdfName(f.Name), sfnt: s, container: &gopdf.FontContainer{}}
	if err := guarded(func() error { return c.container.AddTTFFontData(c.resource, s.carrier()) }); err != nil {
		return nil, fmt.Errorf("font %s: %w", f.Name, err)
	}
	e.fonts[f] = c
	return c, nil
}

// guarded turns gopdf's panics on odd input into errors.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return f()
}

// pdfName keeps what needs no escape in a PDF name.
func pdfName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, s)
}

// subset has gopdf cut fonts down to their glyphs and returns the font files, compressed, in order,
// as PDF stream objects.
func subset(fonts []usedFont, glyphs [][]uint16) ([]object, error) {
	var gp gopdf.GoPdf
	var out bytes.Buffer
	err := guarded(func() error {
		gp.Start(gopdf.Config{PageSize: gopdf.Rect{W: 1, H: 1}})
		gp.SetNoCompression()
		gp.AddPage()
		for i, f := range fonts {
			if err := gp.AddTTFFontFromFontContainer(f.font.resource, f.font.container); err != nil {
				return err
			}
			if err := gp.SetFont(f.font.resource, "", 1); err != nil {
				return err
			}
			text := make([]rune, len(glyphs[i]))
			for j, g := range glyphs[i] {
				text[j] = firstPrivate + rune(g)
			}
			if err := gp.Text(string(text)); err != nil {
				return err
			}
		}
		_, err := gp.WriteTo(&out)
		return err
	})
	if err != nil {
		return nil, err
	}
	objects, err := split(out.Bytes())
	if err != nil {
		return nil, err
	}
	files := make([]object, len(fonts))
	for i := range fonts {
		n, ok := resource(objects, "F"+strconv.Itoa(i+1))
		for _, key := range []string{"DescendantFonts", "FontDescriptor", "FontFile2"} {
			if ok {
				n, ok = objects[n].ref(key)
			}
		}
		// gopdf drops the errors of its parts: a font that failed is one without its stream
		if !ok || len(objects[n].stream) == 0 {
			return nil, fmt.Errorf("font %s could not be embedded", fonts[i].font.source.Name)
		}
		files[i] = objects[n]
	}
	return files, nil
}

// embedded is a picture as PDF objects: the first is the image, the others are what it refers to, by
// their place in the list.
type embedded struct {
	name    string
	objects []object
}

// pictureOnce is a picture that one goroutine embeds while others wait for it.
type pictureOnce struct {
	sync.Once
	im  *embedded
	err error
}

// maxPictures bounds what an encoder remembers, so that memory does not grow with the records.
const maxPictures = 256

// picture turns a picture into objects, once.
func (e *Encoder) picture(p *layout.Picture) (*embedded, error) {
	e.mu.Lock()
	o := e.pictures[p]
	if o == nil {
		if len(e.pictures) >= maxPictures {
			clear(e.pictures)
		}
		o = &pictureOnce{}
		e.pictures[p] = o
	}
	e.mu.Unlock()
	o.Do(func() { o.im, o.err = embed(p) })
	return o.im, o.err
}

// embed has gopdf turn a picture into objects.
func embed(p *layout.Picture) (*embedded, error) {
	data, err := plain(p)
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", p.Name, err)
	}
	var gp gopdf.GoPdf
	var out bytes.Buffer
	err = guarded(func() error {
		gp.Start(gopdf.Config{PageSize: gopdf.Rect{W: 1, H: 1}})
		gp.SetNoCompression()
		gp.AddPage()
		holder, err := gopdf.ImageHolderByBytes(data)
		if err != nil {
			return err
		}
		if err := gp.ImageByHolder(holder, 0, 0, &gopdf.Rect{W: 1, H: 1}); err != nil {
			return err
		}
		_, err = gp.WriteTo(&out)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", p.Name, err)
	}
	objects, err := split(out.Bytes())
	if err != nil {
		return nil, fmt.Errorf("picture %s: %w", p.Name, err)
	}
	sum := sha256.Sum256(p.Data)
	im := &embedded{name: "I" + hex.EncodeToString(sum[:6])}
	first := slices.IndexFunc(objects, func(o object) bool { return bytes.Contains(o.dict, []byte("/Subtype /Image")) && len(o.stream) > 0 })
	if first < 0 {
		return nil, fmt.Errorf("picture %s could not be embedded", p.Name)
	}
	im.take(objects, first)
	return im, nil
}

// take copies an object and what it refers to, with references by place in the list.
func (im *embedded) take(objects []object, n int) int {
	place := len(im.objects)
	im.objects = append(im.objects, objects[n])
	dict := reference.ReplaceAllFunc(objects[n].dict, func(ref []byte) []byte {
		to, _ := strconv.Atoi(string(ref[:bytes.IndexByte(ref, ' ')]))
		if to <= 0 || to >= len(objects) {
			return ref
		}
		return fmt.Appendf(nil, "@%d@", im.take(objects, to))
	})
	im.objects[place].dict = dict
	return place
}

// plain gives gopdf what it can read: JPEG as it is, PNG without the forms it fails on (16 bits,
// interlacing, transparent palettes).
func plain(p *layout.Picture) ([]byte, error) {
	if p.Format == "jpeg" {
		return p.Data, nil
	}
	const ihdr = 24 // bit depth, colour type, compression, filter, interlacing
	if len(p.Data) > ihdr+5 && p.Data[ihdr] == 8 && p.Data[ihdr+1] != 3 && p.Data[ihdr+4] == 0 && !bytes.Contains(p.Data, []byte("tRNS")) {
		return p.Data, nil
	}
	im, _, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		return nil, err
	}
	b := im.Bounds()
	rgba := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			rgba.Set(x, y, im.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, rgba); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// tag is the six letters before a subset font's name, made from its glyphs.
func tag(glyphs []uint16) string {
	h := sha256.New()
	for _, g := range glyphs {
		_ = binary.Write(h, binary.BigEndian, g) // a hash does not fail
	}
	sum := h.Sum(nil)
	var b [6]byte
	for i := range b {
		b[i] = 'A' + sum[i]%26
	}
	return string(b[:])
}
