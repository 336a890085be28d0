package page

import (
	"bytes"
	entities "html"
	"math"
	"math/bits"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Scales tell what goes over the wire when a page is first visited.
type Scales interface {
	Text(data []byte) int     // bytes of a text, compressed
	File(path string) int     // bytes of a file of public/; 0 where there is none
	Sheet(path string) []byte // a style sheet of public/ as it is; nil where there is none
}

// weight is what a first visit to a page asks for: all pictures at their largest, and the fonts of the style
// sheet that its letters want. Which letters are in which font, only the style sheet knows: the usual letters
// are taken to stand in all, a rare one in the font of one place.
type weight struct {
	elements, requests, bytes int
	outside                   int // requests to other hosts
}

// weigh weighs a page.
func (r *Renderer) weigh(html []byte) weight {
	s := scan(html)
	w := weight{elements: s.elements, requests: 1, bytes: r.scales.Text(html)}
	seen := map[string]bool{}
	add := func(address string) (file string, own bool) {
		if address == "" || strings.HasPrefix(address, "data:") || seen[address] {
			return "", false
		}
		seen[address] = true
		w.requests++
		file, own = strings.CutPrefix(strings.TrimPrefix(address, r.host), r.base+"/")
		if !own || strings.HasPrefix(address, "//") {
			w.outside++
			return "", false
		}
		if name, err := url.PathUnescape(file); err == nil {
			file = name
		}
		w.bytes += r.scales.File(file)
		return file, true
	}
	for _, address := range s.needs {
		add(address)
	}
	for _, address := range s.sheets {
		file, own := add(address)
		if !own {
			continue
		}
		for _, source := range wanted(faces(r.scales.Sheet(file)), s) {
			add(r.base + "/" + path.Join(path.Dir(file), source))
		}
	}
	return w
}

// scanned is what a page is made of.
type scanned struct {
	elements int // as a browser builds them, without those inside drawings
	needs    []string
	sheets   []string
	letters  map[rune]place
	slanted  bool // some element is one that browsers slope
}

// place is where a letter stands: letters may stand in several.
type place uint8

const (
	plain place = 1 << iota
	heading
	bold
)

func placeOf(element string) place {
	switch element {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		return heading
	case "b", "strong", "th", "dt":
		return bold
	}
	return plain
}

// scan reads a page of ours: its tags are well formed. Where a table says no tbody, the browser puts one.
func scan(html []byte) scanned {
	s := scanned{letters: map[rune]place{}}
	at := plain
	drawing, body := 0, true // body: rows stand in a part of their table
	for len(html) > 0 {
		end := bytes.IndexByte(html, '<')
		if end < 0 {
			end = len(html)
		}
		if drawing == 0 {
			for _, letter := range entities.UnescapeString(string(html[:end])) {
				s.letters[letter] |= at
			}
		}
		html = html[end:]
		if bytes.HasPrefix(html, []byte("<!--")) {
			_, html, _ = bytes.Cut(html, []byte("-->"))
			continue
		}
		tag, rest := cutTag(html)
		html = rest
		name := tagName(tag)
		switch {
		case name == "" || name[0] == '!':
		case name == "/svg":
			drawing--
		case name[0] == '/':
			if name == "/thead" || name == "/tbody" {
				body = false
			}
			if placeOf(name[1:]) != plain {
				at = plain
			}
		case drawing > 0:
			if name == "svg" && !bytes.HasSuffix(tag, []byte("/")) {
				drawing++
			}
		default:
			s.elements++
			if p := placeOf(name); p != plain {
				at = p
			}
			switch name {
			case "svg":
				if !bytes.HasSuffix(tag, []byte("/")) {
					drawing++
				}
			case "table":
				body = false
			case "em", "i", "cite", "dfn", "var", "address":
				s.slanted = true
			case "thead", "tbody", "tfoot":
				body = true
			case "tr":
				if !body {
					s.elements++
					body = true
				}
			case "img", "iframe":
				s.needs = append(s.needs, attribute(tag, "src"))
			case "link":
				switch attribute(tag, "rel") {
				case "stylesheet":
					s.sheets = append(s.sheets, attribute(tag, "href"))
				case "icon", "preload":
					s.needs = append(s.needs, attribute(tag, "href"))
				}
			case "script", "style":
				if name == "script" {
					s.needs = append(s.needs, attribute(tag, "src"))
				}
				if end := bytes.Index(html, []byte("</"+name)); end >= 0 {
					html = html[end:]
				}
			}
		}
	}
	return s
}

// cutTag takes a tag off the beginning, without its brackets: a > between quotes does not end it.
func cutTag(html []byte) (tag, rest []byte) {
	quote := byte(0)
	for i := 1; i < len(html); i++ {
		switch c := html[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return html[1:i], html[i+1:]
		}
	}
	return nil, nil
}

func tagName(tag []byte) string {
	if i := bytes.IndexAny(tag, " \n\t"); i >= 0 {
		tag = tag[:i]
	}
	return strings.ToLower(strings.TrimSuffix(string(tag), "/"))
}

// attribute is the value of one, as layouts write them: between double quotes.
func attribute(tag []byte, name string) string {
	_, rest, ok := bytes.Cut(tag, []byte(" "+name+`="`))
	if !ok {
		return ""
	}
	value, _, _ := bytes.Cut(rest, []byte(`"`))
	return entities.UnescapeString(string(value))
}

// face is a font of a style sheet.
type face struct {
	source string
	kind   string // its family, weight and style: of two for the same, the later is asked first
	slant  bool
	ranges [][2]rune // nil: for all letters
}

// faces finds the fonts that a style sheet names.
func faces(sheet []byte) []face {
	var out []face
	for {
		_, rest, ok := bytes.Cut(sheet, []byte("@font-face"))
		if !ok {
			return out
		}
		block, after, _ := bytes.Cut(rest, []byte("}"))
		sheet = after
		var f face
		for line := range strings.SplitSeq(strings.Trim(string(block), "{ \n\t"), ";") {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
			switch key = strings.TrimSpace(key); key {
			case "src":
				_, value, _ = strings.Cut(value, "url(")
				value, _, _ = strings.Cut(value, ")")
				f.source = strings.Trim(value, `"' `)
			case "unicode-range":
				f.ranges = ranges(value)
			case "font-family", "font-weight", "font-style":
				f.kind += key + ":" + strings.TrimSpace(value) + ";"
				f.slant = f.slant || key == "font-style" && strings.TrimSpace(value) != "normal"
			}
		}
		if f.source != "" {
			out = append(out, f)
		}
	}
}

// ranges reads U+20-21, U+4?, U+A9.
func ranges(text string) (out [][2]rune) {
	for part := range strings.SplitSeq(text, ",") {
		from, to, several := strings.Cut(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(part)), "U+"), "-")
		if !several {
			from, to = strings.ReplaceAll(from, "?", "0"), strings.ReplaceAll(from, "?", "F")
		}
		low, err1 := strconv.ParseInt(from, 16, 32)
		high, err2 := strconv.ParseInt(to, 16, 32)
		if err1 == nil && err2 == nil {
			out = append(out, [2]rune{rune(low), rune(high)})
		}
	}
	return out
}

func (f face) has(letter rune) bool {
	return f.ranges == nil || slices.ContainsFunc(f.ranges, func(r [2]rune) bool { return letter >= r[0] && letter <= r[1] })
}

// wanted are the fonts that a page asks for. Of those of a family, a weight and a style the last that has a
// letter is asked: the last of all has the usual ones, and those before it the rare ones.
func wanted(all []face, s scanned) []string {
	var out, rare []string
	var places place
	for i, f := range all {
		if f.slant && !s.slanted {
			continue
		}
		same := func(g face) bool { return g.kind == f.kind }
		last := !slices.ContainsFunc(all[i+1:], same)
		var here place
		for letter, at := range s.letters {
			if letter > ' ' && f.has(letter) && !slices.ContainsFunc(all[i+1:], func(g face) bool { return same(g) && g.has(letter) }) {
				here |= at
			}
		}
		switch {
		case here == 0:
		case last:
			out = append(out, f.source)
		default:
			rare = append(rare, f.source)
			places |= here
		}
	}
	return append(out, rare[:min(len(rare), bits.OnesCount8(uint8(places)))]...)
}

// The quantiles of the web by which a page is rated, as the EcoIndex has them (cnumr/ecoindex_reference): of
// elements, of requests, of kilobytes.
var (
	quantilesDOM      = []float64{0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601}
	quantilesRequests = []float64{0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920}
	quantilesSize     = []float64{0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26}
)

func quantile(table []float64, v float64) float64 {
	for i := 1; i < len(table); i++ {
		if v < table[i] {
			return float64(i-1) + (v-table[i-1])/(table[i]-table[i-1])
		}
	}
	return float64(len(table) - 1)
}

// score rates a page from 0 to 100, and by a letter: more is better.
func (w weight) score() (score int, grade string) {
	q := 3*quantile(quantilesDOM, float64(w.elements)) + 2*quantile(quantilesRequests, float64(w.requests)) + quantile(quantilesSize, float64(w.bytes)/1000)
	score = int(math.Round(100 - 5*q/6))
	for i, above := range []int{80, 70, 55, 40, 25, 10} {
		if score > above {
			return score, "ABCDEF"[i : i+1]
		}
	}
	return score, "G"
}
