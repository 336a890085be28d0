package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// active are the elements that run something, or bring a document of their own.
var active = map[string]bool{
	"script": true, "foreignobject": true, "iframe": true, "object": true, "embed": true, "audio": true, "video": true,
	"handler": true, "listener": true, "set": true, "animate": true, "animatetransform": true, "animatemotion": true, "animatecolor": true,
}

const xhtml = "http://www.w3.org/1999/xhtml"

// probeSVG reads a whole SVG, since any part of it may run something: it refuses
// scripts, event attributes, entities, and whatever comes from elsewhere.
func probeSVG(data []byte) (Info, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	d.CharsetReader = func(label string, r io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-8") || strings.EqualFold(label, "us-ascii") {
			return r, nil
		}
		return nil, errors.New("an SVG is in UTF-8")
	}
	info := Info{Format: "svg", Vector: true}
	depth, seen, style := 0, false, 0
	var sheet strings.Builder // the text of a style element, which comments do not part
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			if !seen {
				return Info{}, &Error{Reason: "not-picture", Err: err}
			}
			return Info{}, &Error{Reason: "truncated", Err: err}
		}
		switch x := t.(type) {
		case xml.StartElement:
			if !seen {
				if x.Name.Local != "svg" {
					return Info{}, &Error{Reason: "mismatch"}
				}
				seen = true
				info.Width, info.Height = svgSize(x)
			}
			depth++
			if strings.EqualFold(x.Name.Local, "style") {
				style = depth
			}
			if x.Name.Space == xhtml || active[strings.ToLower(x.Name.Local)] || !safeAttributes(x.Attr) {
				return Info{}, &Error{Reason: "unsafe-svg"}
			}
		case xml.EndElement:
			if style == depth {
				if !safeSheet(sheet.String()) {
					return Info{}, &Error{Reason: "unsafe-svg"}
				}
				style = 0
				sheet.Reset()
			}
			depth--
		case xml.CharData:
			if style > 0 {
				sheet.Write(x)
			}
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(x), []byte("ENTITY")) {
				return Info{}, &Error{Reason: "unsafe-svg"}
			}
		case xml.ProcInst:
			if x.Target != "xml" {
				return Info{}, &Error{Reason: "unsafe-svg"}
			}
		}
	}
	if !seen {
		return Info{}, &Error{Reason: "not-picture"}
	}
	return info, nil
}

func safeAttributes(attrs []xml.Attr) bool {
	for _, a := range attrs {
		name := strings.ToLower(a.Name.Local)
		value := strings.TrimSpace(a.Value)
		switch {
		case strings.HasPrefix(name, "on"), name == "base":
			return false
		case name == "href" || name == "src":
			if !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "data:image/png;") && !strings.HasPrefix(value, "data:image/jpeg;") {
				return false
			}
		case a.Name.Space == "" && !safeSheet(value), !safeStyle(value):
			return false
		}
	}
	return true
}

// safeSheet refuses, besides, the escapes under which CSS could hide it.
func safeSheet(css string) bool { return !strings.Contains(css, `\`) && safeStyle(css) }

// safeStyle refuses what a style sheet could fetch or run.
func safeStyle(css string) bool {
	s := strings.ToLower(css)
	if strings.Contains(s, "@import") || strings.Contains(s, "expression(") || strings.Contains(s, "javascript:") ||
		strings.Contains(s, "image-set(") || strings.Contains(s, "src(") {
		return false
	}
	for rest := s; ; {
		i := strings.Index(rest, "url(")
		if i < 0 {
			return true
		}
		rest = strings.TrimLeft(rest[i+4:], " \t\r\n'\"")
		if !strings.HasPrefix(rest, "#") {
			return false
		}
	}
}

// svgSize is the size an SVG asks for, else that of its view box; 0 when it says neither.
func svgSize(x xml.StartElement) (w, h int) {
	var box []string
	number := func(s string) int {
		f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
		if err != nil || f < 1 || f > maxSide {
			return 0
		}
		return int(f + 0.5)
	}
	for _, a := range x.Attr {
		switch a.Name.Local {
		case "width":
			w = number(a.Value)
		case "height":
			h = number(a.Value)
		case "viewBox":
			box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
		}
	}
	if (w == 0 || h == 0) && len(box) == 4 {
		w, h = number(box[2]), number(box[3])
	}
	if w == 0 || h == 0 {
		return 0, 0
	}
	return w, h
}

// stripSVG takes out what does not draw: comments, metadata, and what an editor notes
// about itself, such as the folder that the file lay in. data has been probed.
func stripSVG(data []byte) []byte {
	d := xml.NewDecoder(bytes.NewReader(data))
	var out bytes.Buffer
	last, skip := int64(0), 0 // what was copied up to; depth within an element left out
	for {
		from := d.InputOffset()
		t, err := d.RawToken()
		if err != nil {
			break
		}
		to := d.InputOffset()
		cut := skip > 0
		switch x := t.(type) {
		case xml.StartElement:
			if skip > 0 || editors[x.Name.Space] || x.Name.Local == "metadata" {
				cut = true
				skip++
			} else if tag := data[from:to]; editorAttr.Match(tag) {
				out.Write(data[last:from])
				out.Write(editorAttr.ReplaceAll(tag, nil))
				last = to
			}
		case xml.EndElement:
			if skip > 0 {
				skip--
			}
		case xml.Comment:
			cut = true
		}
		if cut {
			out.Write(data[last:max(from, last)])
			last = to
		}
	}
	out.Write(data[last:])
	return out.Bytes()
}

// editors are the prefixes under which drawing programs keep notes.
var editors = map[string]bool{"inkscape": true, "sodipodi": true, "rdf": true, "cc": true, "dc": true}

var editorAttr = regexp.MustCompile(`\s(?:inkscape|sodipodi):[\w.-]+\s*=\s*(?:"[^"]*"|'[^']*')`)
