// Package picture decodes pictures within bounds, resizes them and encodes them again.
//
// What comes in is anybody's file: a header is read and held against bounds before a
// single pixel is decoded, so that a small file cannot ask for all the memory there is.
// What goes out was made from pixels alone: no place, no date, no comment, no second
// picture hidden in the first one's metadata. The same file gives the same bytes.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // decoders register themselves
	"image/jpeg"
	"image/png"
	"path"
	"slices"
	"strings"

	"github.com/disintegration/imaging"
	_ "golang.org/x/image/webp"
)

// Bounds of what is decoded. A caller that decodes several pictures at once takes as
// many times the memory.
const (
	maxSide   = 20_000      // pixels
	maxPixels = 60_000_000  // pixels
	maxMemory = 480_000_000 // bytes, while decoding: 60 megapixels of 8 bytes each
	maxBytes  = 80 << 20    // of the file
)

// quality of the JPEG files that pages show, and of those that pieces embed.
const (
	webQuality   = 80
	printQuality = 92
)

// Error says why a picture was refused; Reason is a key for the message's words.
type Error struct {
	Reason string // empty, truncated, too-large, not-picture, mismatch, unsafe-svg, vector
	Err    error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %v", e.Reason, e.Err)
	}
	return e.Reason
}

func (e *Error) Unwrap() error { return e.Err }

// Reason is the key of an error's reason.
func Reason(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return "not-picture"
}

// Info is what a picture's header says. Sizes are those shown, once turned upright.
type Info struct {
	Format        string // jpeg, png, gif, webp, svg
	Width, Height int    // pixels; of an SVG, its own units
	Vector        bool
	turn          int // EXIF orientation, 1 to 8
}

// extensions that each format may bear.
var extensions = map[string][]string{
	"jpeg": {".jpg", ".jpeg"}, "png": {".png"}, "gif": {".gif"}, "webp": {".webp"}, "svg": {".svg"},
}

// Probe reads a picture's header. name is the file's, whose extension must tell the truth.
func Probe(name string, data []byte) (Info, error) {
	if len(data) == 0 {
		return Info{}, &Error{Reason: "empty"}
	}
	if len(data) > maxBytes {
		return Info{}, &Error{Reason: "too-large"}
	}
	ext := strings.ToLower(path.Ext(name))
	if ext == ".svg" {
		return probeSVG(data)
	}
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		var beyond png.UnsupportedError
		if errors.As(err, &beyond) && beyond == "dimension overflow" {
			return Info{}, &Error{Reason: "too-large", Err: err}
		}
		return Info{}, &Error{Reason: undecodable(data), Err: err}
	}
	if extensions[format] == nil { // TIFF, BMP: imaging brings their decoders along
		return Info{}, &Error{Reason: "not-picture"}
	}
	if !named(format, ext) {
		return Info{}, &Error{Reason: "mismatch"}
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > maxSide || c.Height > maxSide ||
		c.Width*c.Height > maxPixels || c.Width*c.Height*memory(format, data, c.ColorModel) > maxMemory {
		return Info{}, &Error{Reason: "too-large"}
	}
	info := Info{Format: format, Width: c.Width, Height: c.Height, turn: 1}
	if format == "jpeg" {
		if info.turn = orientation(data); info.turn >= 5 {
			info.Width, info.Height = info.Height, info.Width
		}
	}
	return info, nil
}

// memory is what a pixel takes while it is decoded, in bytes.
func memory(format string, data []byte, model color.Model) int {
	if format == "jpeg" {
		return jpegBytes(data)
	}
	switch model {
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	}
	return 4
}

func named(format, ext string) bool {
	return slices.Contains(extensions[format], ext)
}

// undecodable tells a picture cut short from what never was one.
func undecodable(data []byte) string {
	for _, magic := range []string{"\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "GIF8", "RIFF"} {
		if bytes.HasPrefix(data, []byte(magic)) {
			return "truncated"
		}
	}
	return "not-picture"
}

// Size is a width to publish.
type Size struct {
	Width, Height int
	Largest       bool
}

// Plan chooses the sizes of a picture for pages: the widths asked for that it fills,
// and itself, never made larger than it is nor than the last width.
func Plan(info Info, widths []int) []Size {
	if len(widths) == 0 || info.Width <= 0 {
		return nil
	}
	largest := min(info.Width, widths[len(widths)-1])
	var out []Size
	for _, w := range widths {
		// A size that is nearly the next one is not worth a file.
		if w < largest*4/5 {
			out = append(out, Size{Width: w, Height: scaled(info, w)})
		}
	}
	return append(out, Size{Width: largest, Height: scaled(info, largest), Largest: true})
}

func scaled(info Info, width int) int {
	return max(1, (info.Height*width+info.Width/2)/info.Width)
}

// decode reads the pixels, upright.
func decode(name string, data []byte) (image.Image, Info, error) {
	info, err := Probe(name, data)
	if err != nil {
		return nil, info, err
	}
	if info.Vector {
		return nil, info, &Error{Reason: "vector"}
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, info, &Error{Reason: "truncated", Err: err}
	}
	if canvas := image.Rect(0, 0, info.Width, info.Height); info.Format == "gif" && img.Bounds() != canvas {
		// The first frame of a GIF may cover a part of it.
		img = imaging.Paste(imaging.New(info.Width, info.Height, color.Transparent), img, img.Bounds().Min)
	}
	return upright(img, info.turn), info, nil
}

// upright undoes the turn that a camera noted instead of making.
func upright(img image.Image, turn int) image.Image {
	switch turn {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

// Web makes a picture for pages, width pixels wide, in the format that its name says.
// An SVG is made without what does not draw; its width is its own.
func Web(name string, data []byte, width int) ([]byte, error) {
	if info, err := Probe(name, data); err == nil && info.Vector {
		return stripSVG(data), nil
	}
	img, info, err := decode(name, data)
	if err != nil {
		return nil, err
	}
	if width > 0 && width < info.Width {
		img = imaging.Resize(img, width, scaled(info, width), imaging.Lanczos)
	}
	var out bytes.Buffer
	if info.Format == "jpeg" {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: webQuality})
		return out.Bytes(), err
	}
	// GIF and WebP have no encoder here worth having: browsers look at the content, and
	// a PNG under their name is shown as what it is.
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, shallow(img))
	return out.Bytes(), err
}

// Image is a picture fit to be embedded in a piece: a JPEG in RGB or grey, or a PNG of
// 8 bits a channel, without metadata.
type Image struct {
	Format        string // jpeg or png
	Data          []byte
	Width, Height int // pixels
}

// Print makes a picture for pieces, at its full size.
func Print(name string, data []byte) (Image, error) {
	info, err := Probe(name, data)
	if err != nil {
		return Image{}, err
	}
	if info.Format == "jpeg" && info.turn == 1 {
		if bare, ok := stripJPEG(data); ok {
			if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
				return Image{}, &Error{Reason: "truncated", Err: err}
			}
			return Image{Format: "jpeg", Data: bare, Width: info.Width, Height: info.Height}, nil
		}
	}
	img, info, err := decode(name, data)
	if err != nil {
		return Image{}, err
	}
	out := Image{Format: "png", Width: info.Width, Height: info.Height}
	var b bytes.Buffer
	if info.Format == "jpeg" {
		out.Format = "jpeg"
		err = jpeg.Encode(&b, flat(img), &jpeg.Options{Quality: printQuality})
	} else {
		err = png.Encode(&b, eightBits(img))
	}
	out.Data = b.Bytes()
	return out, err
}

// flat turns inks into light: a JPEG in CMYK is not for every reader.
func flat(img image.Image) image.Image {
	if _, ok := img.(*image.CMYK); ok {
		return imaging.Clone(img)
	}
	return img
}

// shallow drops the second byte of each channel, which no page shows.
func shallow(img image.Image) image.Image {
	switch img.(type) {
	case *image.NRGBA64, *image.RGBA64, *image.Gray16:
		return imaging.Clone(img)
	}
	return img
}

// eightBits drops palettes and depths that embedding does not take.
func eightBits(img image.Image) image.Image {
	switch img.(type) {
	case *image.NRGBA, *image.RGBA, *image.Gray:
		return img
	}
	return imaging.Clone(img)
}
