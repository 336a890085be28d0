package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/jpeg"
	"image/png"
	"slices"
	"strconv"
	"sync"

	"github.com/signintech/gopdf"

	"vitrine/internal/layout"
)

// embedded is a picture as PDF objects: the first is the image, the others are what it refers to, by
// their place in the list.
type embedded struct {
	name    string // in the pages: says what it shows
	objects []object
}

// rgbMark stands for the colour space of a picture in red, green and blue: what it is depends on the file.
const rgbMark = "@rgb@"

// rgb tells whether the picture needs that space.
func (im *embedded) rgb() bool {
	for _, o := range im.objects {
		if bytes.Contains(o.dict, []byte(rgbMark)) {
			return true
		}
	}
	return false
}

// masked tells whether something shines through the picture.
func (im *embedded) masked() bool {
	for _, o := range im.objects {
		if bytes.Contains(o.dict, []byte("/SMask")) {
			return true
		}
	}
	return false
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
	o.Do(func() {
		name := pictureName(p)
		e.mu.Lock()
		o.im = e.known[name]
		e.mu.Unlock()
		if o.im == nil {
			o.im, o.err = embed(name, p)
		}
	})
	return o.im, o.err
}

// pictureName says what a picture shows, so that pages can move between files.
func pictureName(p *layout.Picture) string {
	sum := sha256.Sum256(p.Data)
	return "I" + hex.EncodeToString(sum[:6])
}

// embed has gopdf turn a picture into objects.
func embed(name string, p *layout.Picture) (*embedded, error) {
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
	im := &embedded{name: name}
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
	im.objects[place].dict = bytes.ReplaceAll(dict, []byte("/DeviceRGB"), []byte(rgbMark))
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

// guarded turns gopdf's panics on odd input into errors.
func guarded(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return f()
}
