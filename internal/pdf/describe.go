package pdf

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"vitrine/internal/layout"
)

// undated is the date in a press file of a document without one: PDF/X asks for a date, and one that
// means nothing is better than one that depends on when the file was made.
var undated = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// about describes a file: what its information dictionary and its XMP packet say in two ways.
type about struct {
	title, author, subject, language string
	date                             time.Time // zero: none
	x                                bool      // the file is PDF/X
	id                               [16]byte
}

// describe takes from a document what can be said in a file.
func (e *Encoder) describe(doc *layout.Document) about {
	a := about{title: plainText(doc.Title), author: plainText(doc.Author), subject: plainText(doc.Subject), language: plainText(doc.Language), date: doc.Date, x: e.output != nil}
	if _, offset := a.date.Zone(); offset%60 != 0 || a.date.Year() < 1 || a.date.Year() > 9999 {
		a.date = a.date.UTC() // neither format has seconds in its zones
	}
	if a.x && (a.date.IsZero() || a.date.Year() < 1 || a.date.Year() > 9999) {
		a.date = undated
	}
	if a.x && a.title == "" {
		a.title = Producer // PDF/X asks for one
	}
	return a
}

// plainText drops what XML cannot hold.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r) || r == '\ufffe' || r == '\uffff' || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}

// identify makes the file's number from all that it shows, by digests that are known already.
func (a *about) identify(e *Encoder, fonts []preparedFont, pages []*Page) {
	h := sha256.New()
	fmt.Fprintf(h, "%s %d\n%s\n%s\n%s\n%s\n%s\n", Producer, e.profile, a.title, a.author, a.subject, a.language, a.date.Format(time.RFC3339))
	if e.output != nil {
		fmt.Fprintf(h, "%s\n%s\n%s\n", e.output.Identifier, e.output.Info, e.output.Registry)
		h.Write(e.output.sum[:])
	}
	for i := range fonts {
		h.Write(fonts[i].file.sum[:])
		h.Write(fonts[i].unicode)
	}
	for _, p := range pages {
		h.Write(p.sum[:])
	}
	var sum [sha256.Size]byte
	copy(a.id[:], h.Sum(sum[:0]))
}

// digest is what a page shows, but for the shapes of its glyphs and the pixels of its pictures: the names
// of those say what they are.
func (p *Page) digest() (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(p.stream)
	h.Write(p.appendHead(nil))
	writeNames(h, p)
	copy(sum[:], h.Sum(sum[:0]))
	return sum
}

func writeNames(h hash.Hash, p *Page) {
	for _, im := range p.pictures {
		h.Write([]byte(im.name))
	}
	for _, s := range p.spots {
		h.Write([]byte(s.resource))
	}
}

// info is the information dictionary.
func (a *about) info() string {
	var b strings.Builder
	b.WriteString("<<")
	for _, kv := range [][2]string{{"Title", a.title}, {"Author", a.author}, {"Subject", a.subject}, {"Creator", Producer}, {"Producer", Producer}} {
		if kv[1] != "" {
			b.WriteString("/" + kv[0] + textString(kv[1]))
		}
	}
	if !a.date.IsZero() {
		d := pdfDate(a.date)
		b.WriteString("/CreationDate" + d + "/ModDate" + d)
	}
	if a.x {
		b.WriteString("/GTS_PDFXVersion(PDF/X-4)/Trapped/False")
	}
	b.WriteString(">>")
	return b.String()
}

var escapePDF = strings.NewReplacer("\\", "\\\\", "(", "\\(", ")", "\\)")

var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// xmp is the packet of metadata that PDF/X reads.
func (a *about) xmp() []byte {
	var b strings.Builder
	b.Grow(2048)
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">` + "\n")
	element := func(name, before, value, after string) {
		if value == "" {
			return
		}
		b.WriteString("<" + name + ">" + before)
		_, _ = escapeXML.WriteString(&b, value)
		b.WriteString(after + "</" + name + ">\n")
	}
	const alt, altEnd = `<rdf:Alt><rdf:li xml:lang="x-default">`, `</rdf:li></rdf:Alt>`
	date := a.date.Format("2006-01-02T15:04:05Z07:00")
	id := "uuid:" + a.uuid()
	element("dc:format", "", "application/pdf", "")
	element("dc:title", alt, a.title, altEnd)
	element("dc:creator", "<rdf:Seq><rdf:li>", a.author, "</rdf:li></rdf:Seq>")
	element("dc:description", alt, a.subject, altEnd)
	element("dc:language", "<rdf:Bag><rdf:li>", a.language, "</rdf:li></rdf:Bag>")
	element("xmp:CreatorTool", "", Producer, "")
	element("xmp:CreateDate", "", date, "")
	element("xmp:ModifyDate", "", date, "")
	element("xmp:MetadataDate", "", date, "")
	element("xmpMM:DocumentID", "", id, "")
	element("xmpMM:InstanceID", "", id, "")
	element("xmpMM:VersionID", "", "1", "")
	element("xmpMM:RenditionClass", "", "default", "")
	element("pdf:Producer", "", Producer, "")
	element("pdf:Trapped", "", "False", "")
	element("pdfxid:GTS_PDFXVersion", "", "PDF/X-4", "")
	b.WriteString("</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return []byte(b.String())
}

// uuid writes the number as one made from content (version 8).
func (a *about) uuid() string {
	id := a.id
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	s := hex.EncodeToString(id[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
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

// textString writes a text as PDF wants it: plain where it is ASCII, since readers compare some of them
// byte by byte, else UTF-16 with its mark, in hexadecimal.
func textString(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0 {
		return "(" + escapePDF.Replace(s) + ")"
	}
	b := append(make([]byte, 0, 6+4*len(s)), "<FEFF"...)
	for _, u := range utf16.Encode([]rune(s)) {
		b = hex4(b, u)
	}
	return string(append(b, '>'))
}
