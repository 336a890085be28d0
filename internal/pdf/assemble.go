package pdf

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"

	"vitrine/internal/layout"
)

// Assemble makes a file of encoded pages. doc gives its title, author, subject, language and date; its
// pages are not looked at.
func (e *Encoder) Assemble(doc *layout.Document, pages []*Page) ([]byte, error) {
	f, err := e.Join(doc, pages)
	if err != nil {
		return nil, err
	}
	return f.Bytes(), nil
}

// Join is Assemble for many pages: the file shares their bytes instead of copying them.
func (e *Encoder) Join(doc *layout.Document, pages []*Page) (*File, error) {
	fonts := gather(pages)
	files := make([]fontFile, len(fonts))
	for i, f := range fonts {
		var err error
		if files[i], err = e.cut(f.font, f.glyphs); err != nil {
			return nil, err
		}
	}
	w := &writer{}
	w.raw("%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
	catalog, tree, resources := w.reserve(), w.reserve(), w.reserve()

	fontRefs := make([]int, len(fonts))
	for i := range fonts {
		fontRefs[i] = w.font(fonts[i], files[i])
	}
	var pictures []*embedded
	pictureRefs := map[string]int{} // by name, which says the content
	for _, p := range pages {
		for _, im := range p.pictures {
			if _, ok := pictureRefs[im.name]; !ok {
				pictures = append(pictures, im)
				pictureRefs[im.name] = w.picture(im)
			}
		}
	}
	kids := make([]int, len(pages))
	for i, p := range pages {
		content := w.stream("", p.stream)
		kids[i] = w.object(pageDict(p.box, tree, resources, content))
	}
	w.tree(tree, kids)

	var res strings.Builder
	res.WriteString("<</Font<<")
	for i, f := range fonts {
		fmt.Fprintf(&res, "/%s %d 0 R", f.font.resource, fontRefs[i])
	}
	res.WriteString(">>/XObject<<")
	for _, im := range pictures {
		fmt.Fprintf(&res, "/%s %d 0 R", im.name, pictureRefs[im.name])
	}
	res.WriteString(">>>>")
	w.define(resources, res.String())

	lang := ""
	if doc.Language != "" {
		lang = "/Lang" + textString(doc.Language)
	}
	w.define(catalog, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R%s/ViewerPreferences<</DisplayDocTitle true>>>>", tree, lang))
	info := w.object(infoDict(doc))
	return w.finish(catalog, info), nil
}

// pageDict has the three boxes a printing house reads: the sheet, the bleed and the trim.
func pageDict(b pageBox, parent, resources, content int) string {
	box := func(name string, x, w, h layout.Length) string {
		out := []byte("/" + name + "[")
		for _, v := range []layout.Length{x, x, x + w, x + h} {
			out = append(appendMilli(out, thousandths(v)), ' ')
		}
		out[len(out)-1] = ']'
		return string(out)
	}
	whole := box("MediaBox", 0, b.w+2*b.bleed, b.h+2*b.bleed)
	return fmt.Sprintf("<</Type/Page/Parent %d 0 R%s%s%s/Resources %d 0 R/Contents %d 0 R>>",
		parent, whole, strings.Replace(whole, "MediaBox", "BleedBox", 1), box("TrimBox", b.bleed, b.w, b.h), resources, content)
}

func infoDict(doc *layout.Document) string {
	var b strings.Builder
	b.WriteString("<<")
	for _, kv := range [][2]string{{"Title", doc.Title}, {"Author", doc.Author}, {"Subject", doc.Subject}, {"Creator", Producer}, {"Producer", Producer}} {
		if kv[1] != "" {
			b.WriteString("/" + kv[0] + textString(kv[1]))
		}
	}
	if !doc.Date.IsZero() {
		d := pdfDate(doc.Date)
		b.WriteString("/CreationDate" + d + "/ModDate" + d)
	}
	b.WriteString(">>")
	return b.String()
}

func pdfDate(t time.Time) string {
	_, offset := t.Zone()
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	if offset == 0 {
		return t.Format("(D:20060102150405Z)")
	}
	return t.Format("(D:20060102150405") + fmt.Sprintf("%c%02d'%02d')", sign, offset/3600, offset/60%60)
}

// textString writes a text as PDF wants it: UTF-16 with its mark, in hexadecimal.
func textString(s string) string {
	b := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		b = hex4(b, u)
	}
	return string(append(b, '>'))
}

// writer lays objects one after the other and remembers where.
type writer struct {
	parts   [][]byte // what is done
	done    int      // how long they are
	buf     []byte   // what comes after them
	offsets []int
}

func (w *writer) raw(s string) { w.buf = append(w.buf, s...) }

// share is the length from which bytes are worth a part of their own.
const share = 1024

// add puts bytes into the file, which must not change any more.
func (w *writer) add(data []byte) {
	if len(data) < share {
		w.buf = append(w.buf, data...)
		return
	}
	w.parts = append(w.parts, w.buf, data)
	w.done += len(w.buf) + len(data)
	w.buf = nil
}

func (w *writer) here() int { return w.done + len(w.buf) }

func (w *writer) reserve() int {
	w.offsets = append(w.offsets, 0)
	return len(w.offsets)
}

func (w *writer) define(n int, dict string) {
	w.offsets[n-1] = w.here()
	w.buf = fmt.Appendf(w.buf, "%d 0 obj\n%s\nendobj\n", n, dict)
}

func (w *writer) object(dict string) int {
	n := w.reserve()
	w.define(n, dict)
	return n
}

// stream writes a compressed stream; dict is what its dictionary holds besides length and filter.
func (w *writer) stream(dict string, data []byte) int {
	n := w.reserve()
	w.offsets[n-1] = w.here()
	w.buf = fmt.Appendf(w.buf, "%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n", n, dict, len(data))
	w.add(data)
	w.raw("\nendstream\nendobj\n")
	return n
}

// picture writes the objects of a picture and returns the number of the image.
func (w *writer) picture(im *embedded) int {
	first := len(w.offsets) + 1
	for range im.objects {
		w.reserve()
	}
	for i, o := range im.objects {
		dict := string(o.dict)
		for j := range im.objects {
			dict = strings.ReplaceAll(dict, fmt.Sprintf("@%d@", j), fmt.Sprintf("%d 0 R", first+j))
		}
		w.offsets[first+i-1] = w.here()
		w.buf = fmt.Appendf(w.buf, "%d 0 obj\n%s\n", first+i, dict)
		if o.stream != nil {
			w.raw("stream\n")
			w.add(o.stream)
			w.raw("\nendstream\n")
		}
		w.raw("endobj\n")
	}
	return first
}

// tree writes the page tree, flat.
func (w *writer) tree(n int, kids []int) {
	b := []byte("<</Type/Pages/Kids[")
	for _, k := range kids {
		b = fmt.Appendf(b, "%d 0 R ", k)
	}
	w.define(n, string(fmt.Appendf(b, "]/Count %d>>", len(kids))))
}

// finish writes the table of offsets and the trailer. The ID is made from all that stands before it.
func (w *writer) finish(root, info int) *File {
	h := sha256.New()
	for _, p := range w.parts {
		h.Write(p)
	}
	h.Write(w.buf)
	sum := h.Sum(nil)
	at := w.here()
	w.buf = fmt.Appendf(w.buf, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, o := range w.offsets {
		w.buf = fmt.Appendf(w.buf, "%010d 00000 n \n", o)
	}
	w.buf = fmt.Appendf(w.buf, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%X><%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets)+1, root, info, sum[:16], sum[:16], at)
	return &File{parts: append(w.parts, w.buf), size: w.here()}
}
