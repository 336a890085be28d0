package pdf

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/layout"
)

// Assemble makes a file of encoded pages. doc gives its title, author, subject, language and date; its
// pages are not looked at.
func (e *Encoder) Assemble(doc *layout.Document, pages []*Page) []byte {
	return e.Join(doc, pages).Bytes()
}

// Join is Assemble for many pages: the file shares their bytes instead of copying them.
func (e *Encoder) Join(doc *layout.Document, pages []*Page) *File {
	fonts := e.prepareFonts(pages)
	if e.output != nil {
		e.output.fill(func() []byte { return e.output.Profile })
	}
	a := e.describe(doc)
	a.identify(e, fonts, pages)

	w := &writer{encoder: e}
	w.raw("%PDF-1.6\n%\xe2\xe3\xcf\xd3\n")
	catalog, tree, resources := w.reserve(), w.reserve(), w.reserve()
	intents, metadata := "", ""
	if e.output != nil {
		intents = "/OutputIntents[" + ref(w.intent(e.output)) + "]"
		metadata = "/Metadata " + ref(w.plainStream("/Type/Metadata/Subtype/XML", a.xmp()))
	}
	w.define(resources, w.resources(fonts, pages))
	kids := make([]int, len(pages))
	for i, p := range pages {
		content := w.stream("", p.stream)
		kids[i] = w.reserve()
		w.page(kids[i], p, tree, resources, content)
	}
	w.tree(tree, kids)

	lang, scaling := "", ""
	if a.language != "" {
		lang = "/Lang" + textString(a.language)
	}
	if e.profile == Office {
		scaling = "/PrintScaling/None" // a ruler, a label, a card: what was laid out in millimetres is printed so
	}
	w.define(catalog, "<</Type/Catalog/Pages "+ref(tree)+lang+intents+metadata+"/ViewerPreferences<</DisplayDocTitle true"+scaling+">>>>")
	return w.finish(catalog, w.object(a.info()), a.id)
}

// resources writes what the pages refer to and returns the dictionary of it: one for all of them.
func (w *writer) resources(fonts []preparedFont, pages []*Page) string {
	var b strings.Builder
	b.WriteString("<</Font<<")
	for i := range fonts {
		b.WriteString("/" + fonts[i].font.resource + " " + ref(w.font(&fonts[i])))
	}
	b.WriteString(">>/XObject<<")
	seen := map[string]bool{} // by name, which says the content
	for _, p := range pages {
		for _, im := range p.pictures {
			if seen[im.name] {
				continue
			}
			seen[im.name] = true
			b.WriteString("/" + im.name + " " + ref(w.picture(im)))
		}
	}
	b.WriteString(">>")
	var spots []string
	var used uint8
	for _, p := range pages {
		used |= p.states
		for i := range p.spots {
			if s := &p.spots[i]; !seen[s.resource] {
				seen[s.resource] = true
				spots = append(spots, "/"+s.resource+" "+ref(w.object(s.space())))
			}
		}
	}
	if len(spots) > 0 {
		b.WriteString("/ColorSpace<<" + strings.Join(spots, "") + ">>")
	}
	if used != 0 {
		b.WriteString("/ExtGState<<")
		for s := range state(allStates) {
			if used&(1<<s) != 0 {
				b.WriteString(s.dict())
			}
		}
		b.WriteString(">>")
	}
	b.WriteString(">>")
	return b.String()
}

// page writes a page with the boxes a printing house reads: the sheet with its marks, the bleed and the
// trim. Where something shines through, the inks are named that it is mixed in.
func (w *writer) page(n int, p *Page, parent, resources, content int) {
	w.offsets[n-1] = w.here()
	b := fmt.Appendf(w.buf, "%d 0 obj\n<</Type/Page/Parent %d 0 R", n, parent)
	width, height, out := p.box.w+2*(p.box.bleed+p.box.slug), p.box.h+2*(p.box.bleed+p.box.slug), layout.Length(0)
	for _, box := range []struct {
		name string
		in   layout.Length
	}{{"/MediaBox[", 0}, {"/BleedBox[", p.box.slug}, {"/TrimBox[", p.box.bleed}} {
		out += box.in
		b = append(b, box.name...)
		for _, v := range [...]layout.Length{out, out, width - out, height - out} {
			b = append(appendMilli(b, thousandths(v)), ' ')
		}
		b[len(b)-1] = ']'
	}
	if w.encoder.profile == Press && p.transparent() {
		b = append(b, "/Group<</S/Transparency/CS/DeviceCMYK>>"...)
	}
	w.buf = fmt.Appendf(b, "/Resources %d 0 R/Contents %d 0 R>>\nendobj\n", resources, content)
}

// writer lays objects one after the other and remembers where.
type writer struct {
	encoder *Encoder
	rgb     int      // the object of the colour space of photographs; 0 while none asked for it
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
	space := "/DeviceRGB"
	if w.encoder.profile == Press && im.rgb() {
		if w.rgb == 0 {
			w.rgb = w.object("[/ICCBased " + ref(w.stream("/N 3", w.encoder.srgb.fill(srgb))) + "]")
		}
		space = ref(w.rgb)
	}
	first := len(w.offsets) + 1
	for range im.objects {
		w.reserve()
	}
	for i, o := range im.objects {
		dict := strings.ReplaceAll(string(o.dict), rgbMark, space)
		for j := range im.objects {
			dict = strings.ReplaceAll(dict, fmt.Sprintf("@%d@", j), ref(first+j))
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

// finish writes the table of offsets and the trailer.
func (w *writer) finish(root, info int, id [16]byte) *File {
	at := w.here()
	w.buf = slices.Grow(w.buf, 20*len(w.offsets)+256)
	w.buf = fmt.Appendf(w.buf, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, o := range w.offsets {
		var digits [10]byte
		for i := len(digits) - 1; i >= 0; i-- {
			digits[i] = '0' + byte(o%10)
			o /= 10
		}
		w.buf = append(append(w.buf, digits[:]...), " 00000 n \n"...)
	}
	w.buf = fmt.Appendf(w.buf, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%X><%X>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets)+1, root, info, id, id, at)
	return &File{parts: append(w.parts, w.buf), size: w.here()}
}

// ref refers to an object.
func ref(n int) string { return strconv.Itoa(n) + " 0 R" }
