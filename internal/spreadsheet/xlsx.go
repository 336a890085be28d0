package spreadsheet

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"
)

// xlsx is an open workbook of Excel's format.
type xlsx struct {
	a        *archive
	from1904 bool
	forms    []form // by style
	shared   texts
}

// texts are the strings that cells share, one after the other.
type texts struct {
	all []byte
	at  []uint32 // where each ends
}

func (t *texts) get(i int) (string, bool) {
	if i < 0 || i >= len(t.at) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = t.at[i-1]
	}
	return string(t.all[start:t.at[i]]), true
}

func openXLSX(a *archive) (*Book, error) {
	b := &Book{Format: XLSX}
	x := &xlsx{a: a}
	err := a.walk("[Content_Types].xml", elements{start: func(t *xml.StartElement) error {
		kind := attr(t, "ContentType")
		switch {
		case strings.Contains(kind, "sheet.binary."):
			return refuse(Binary, "")
		case strings.Contains(kind, "wordprocessingml.document.main"), strings.Contains(kind, "presentationml.presentation.main"):
			return refuse(NotASheet, "")
		}
		return nil
	}})
	if err != nil {
		return nil, err
	}
	book := "xl/workbook.xml"
	links, err := x.links("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if l.kind == "officeDocument" {
			book = l.target
		}
	}
	if a.file(book) == nil {
		return nil, refuse(NotASheet, "")
	}
	dir, base := path.Split(book)
	links, err = x.links(dir+"_rels/"+base+".rels", dir)
	if err != nil {
		return nil, err
	}
	if err := x.workbook(b, book, links); err != nil {
		return nil, err
	}
	for _, l := range links {
		switch l.kind {
		case "styles":
			err = x.styles(l.target)
		case "sharedStrings":
			err = x.strings(l.target)
		}
		if err != nil {
			return nil, err
		}
	}
	for name := range a.files {
		b.Macros = b.Macros || strings.EqualFold(path.Base(name), "vbaProject.bin")
	}
	b.read = x.read
	return b, nil
}

type link struct{ id, kind, target string }

// links reads which parts a part names.
func (x *xlsx) links(name, dir string) ([]link, error) {
	var out []link
	err := x.a.walk(name, elements{start: func(t *xml.StartElement) error {
		if t.Name.Local != "Relationship" || strings.EqualFold(attr(t, "TargetMode"), "External") {
			return nil
		}
		target := strings.ReplaceAll(attr(t, "Target"), `\`, "/")
		if rest, absolute := strings.CutPrefix(target, "/"); absolute {
			target = rest
		} else {
			target = path.Join(dir, target)
		}
		out = append(out, link{attr(t, "Id"), path.Base(attr(t, "Type")), target})
		return nil
	}})
	return out, err
}

func (x *xlsx) workbook(b *Book, name string, links []link) error {
	return x.a.walk(name, elements{start: func(t *xml.StartElement) error {
		switch t.Name.Local {
		case "workbookPr":
			x.from1904 = yes(attr(t, "date1904"))
		case "sheet":
			id := ""
			for _, at := range t.Attr {
				if at.Name.Local == "id" && at.Name.Space != "" {
					id = at.Value
				}
			}
			for _, l := range links {
				if l.id == id && l.kind == "worksheet" {
					b.Sheets = append(b.Sheets, &Sheet{Name: unescape(attr(t, "name")), Hidden: strings.HasSuffix(strings.ToLower(attr(t, "state")), "hidden"), part: l.target})
				}
			}
		}
		return nil
	}})
}

func (x *xlsx) styles(name string) error {
	forms := map[int]form{}
	inside := false
	return x.a.walk(name, elements{
		start: func(t *xml.StartElement) error {
			switch t.Name.Local {
			case "numFmt":
				if id, err := strconv.Atoi(attr(t, "numFmtId")); err == nil && !inside {
					forms[id] = parseForm(attr(t, "formatCode"))
				}
			case "cellXfs":
				inside = true
			case "xf":
				if inside {
					id, _ := strconv.Atoi(attr(t, "numFmtId")) // none: the general one
					f, own := forms[id]
					if !own {
						f = builtinForm(id)
					}
					x.forms = append(x.forms, f)
				}
			}
			return nil
		},
		end: func(name string) error {
			if name == "cellXfs" {
				inside = false
			}
			return nil
		},
	})
}

// strings reads the texts that cells share.
func (x *xlsx) strings(name string) error {
	var w words
	return x.a.walk(name, elements{
		start: func(t *xml.StartElement) error { w.start(t.Name.Local); return nil },
		text:  w.add,
		end: func(name string) error {
			if w.end(name); name == "si" {
				x.shared.all = append(x.shared.all, unescape(string(w.buf))...)
				x.shared.at = append(x.shared.at, uint32(len(x.shared.all)))
				w.buf = w.buf[:0]
				if len(x.shared.all) > 1<<31 {
					return refuse(TooLarge, "")
				}
			}
			return nil
		},
	})
}

// words gathers the <t> of a string, but not how it is pronounced.
type words struct {
	buf      []byte
	in       bool
	phonetic int
}

func (w *words) start(name string) {
	switch name {
	case "t":
		w.in = w.phonetic == 0
	case "rPh":
		w.phonetic++
	}
}

func (w *words) add(b []byte) {
	if w.in {
		w.buf = append(w.buf, b...)
	}
}

func (w *words) end(name string) {
	switch name {
	case "t":
		w.in = false
	case "rPh":
		w.phonetic--
	}
}

// unescape reads _x000D_ for what XML cannot hold.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if r, ok := escaped(s[i:]); ok {
			b.WriteRune(r)
			i += 7
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

func escaped(s string) (rune, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	return rune(n), err == nil && (n < 0xd800 || n > 0xdfff)
}
