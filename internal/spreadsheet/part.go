package spreadsheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// The growth that is allowed. A sheet of a few repeated cells shrinks by a hundred; what
// shrinks by more, beyond the first megabytes, was made to harm.
const (
	maxRatio = 300
	freeSize = 64 << 20 // bytes that are read whatever the ratio
	maxTotal = 4 << 30  // bytes that are read of one part
	maxToken = 8 << 20  // bytes between two tags: a cell holds 32 KiB
	maxDepth = 200      // of tags within tags
)

// guard reads a part of an archive within bounds. It counts what comes out: the sizes that
// an archive declares are the attacker's.
type guard struct {
	r      io.Reader
	packed int64 // the bytes that the part takes in the file, at most
	total  int64
	since  int // bytes since the last tag
}

func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.total += int64(n)
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		g.since = n - i
	} else {
		g.since += n
	}
	if g.total > freeSize && g.total/maxRatio > g.packed || g.total > maxTotal || g.since > maxToken {
		return 0, refuse(Bomb, "")
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = damaged(err)
	}
	return n, err
}

// archive is an open zip.
type archive struct {
	files map[string]*zip.File
	size  int64
}

func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, damaged(err)
	}
	a := &archive{files: map[string]*zip.File{}, size: size}
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
		// Some programs write [content_types].xml.
		if low := strings.ToLower(name); a.files[low] == nil {
			a.files[low] = f
		}
	}
	return a, nil
}

func (a *archive) file(name string) *zip.File {
	if f := a.files[name]; f != nil {
		return f
	}
	return a.files[strings.ToLower(name)]
}

// open opens a part; ok is false when there is none.
func (a *archive) open(name string) (r io.ReadCloser, ok bool, err error) {
	f := a.file(name)
	if f == nil {
		return nil, false, nil
	}
	raw, err := f.Open()
	if err != nil {
		return nil, true, damaged(err)
	}
	packed := min(int64(f.CompressedSize64), a.size)
	return struct {
		io.Reader
		io.Closer
	}{&guard{r: raw, packed: packed}, raw}, true, nil
}

// elements visits the tags of a part. start gets each start tag; text, if not nil, the
// characters; end the local name of each end tag.
type elements struct {
	start func(t *xml.StartElement) error
	text  func(b []byte)
	end   func(name string) error
}

// walk visits the tags of a part; a part that is not there is empty.
func (a *archive) walk(name string, e elements) error {
	r, ok, err := a.open(name)
	if err != nil || !ok {
		return err
	}
	defer r.Close()
	return walkXML(r, e)
}

// errDone ends a walk that saw what it came for.
var errDone = errors.New("done")

func walkXML(r io.Reader, e elements) error {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, _ io.Reader) (io.Reader, error) {
		return nil, refuse(Damaged, label)
	}
	var open []string // the tags that are open
	for {
		token, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			if len(open) > 0 {
				return refuse(Damaged, "unexpected end")
			}
			return nil
		case err != nil:
			return damaged(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if open = append(open, t.Name.Local); len(open) > maxDepth {
				return refuse(Damaged, "too deep")
			}
			if e.start != nil {
				err = e.start(&t)
			}
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != t.Name.Local {
				return refuse(Damaged, "unexpected end tag")
			}
			open = open[:len(open)-1]
			if e.end != nil {
				err = e.end(t.Name.Local)
			}
		case xml.CharData:
			if e.text != nil {
				e.text(t)
			}
		}
		if errors.Is(err, errDone) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// attr is the value of an attribute by its local name.
func attr(t *xml.StartElement, name string) string {
	for i := range t.Attr {
		if t.Attr[i].Name.Local == name {
			return t.Attr[i].Value
		}
	}
	return ""
}

func yes(s string) bool { return s == "1" || s == "true" }

// openZip tells the kinds of archives apart.
func openZip(r io.ReaderAt, size int64) (*Book, error) {
	a, err := openArchive(r, size)
	if err != nil {
		return nil, err
	}
	switch {
	case a.file("[Content_Types].xml") != nil && a.file("_rels/.rels") != nil:
		return openXLSX(a)
	case a.file("content.xml") != nil:
		return openODS(a)
	case len(a.files) == 0:
		return nil, refuse(Empty, "")
	}
	return nil, refuse(NotASheet, "")
}
