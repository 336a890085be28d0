package markup

import (
	"fmt"
	"slices"
	"strings"
)

// The escapers of html/template that layouts come to, with the same results byte for
// byte: the names are those that it writes into the trees. Others are not compiled.

// escaper adds a text escaped.
type escaper func(out []byte, s string) []byte

func verbatim(out []byte, s string) []byte { return append(out, s...) }

func escapeHTML(out []byte, s string) []byte { return appendHTML(out, s, &htmlTable) }

const (
	htmlEscaper   = "_html_template_htmlescaper"
	rcdataEscaper = "_html_template_rcdataescaper"
	attrEscaper   = "_html_template_attrescaper"
	urlFilter     = "_html_template_urlfilter"
	urlNormalizer = "_html_template_urlnormalizer"
	urlEscaper    = "_html_template_urlescaper"
	srcsetEscaper = "_html_template_srcsetescaper"
	jsEscaper     = "_html_template_jsvalescaper"
	noEscaper     = "_html_template_commentescaper" // comments are dropped
)

// escapers makes one escaper of a chain. Only the first knows the kind of the content:
// what an escaper returns is plain.
func escapers(names []string, kind content) (escaper, error) {
	if kind == plain && slices.Equal(names, []string{urlFilter, urlNormalizer, attrEscaper}) {
		return appendURL, nil
	}
	var list []func(string) string
	for i, name := range names {
		if i == len(names)-1 && kind == plain && (name == htmlEscaper || name == attrEscaper || name == rcdataEscaper) {
			return after(list, escapeHTML), nil
		}
		f, err := escape(name, kind)
		if err != nil {
			return nil, err
		}
		if f != nil {
			list = append(list, f)
		}
		kind = plain
	}
	return after(list, verbatim), nil
}

func after(list []func(string) string, out escaper) escaper {
	if len(list) == 0 {
		return out
	}
	return func(b []byte, s string) []byte {
		for _, f := range list {
			s = f(s)
		}
		return out(b, s)
	}
}

// escape is one escaper for one kind of content; nil changes nothing.
func escape(name string, kind content) (func(string) string, error) {
	switch {
	case name == htmlEscaper && kind == contentHTML,
		name == urlFilter && kind == contentURL,
		name == srcsetEscaper && kind == contentSrcset,
		name == jsEscaper && kind == contentJS:
		return nil, nil
	case name == rcdataEscaper && kind == contentHTML:
		return replacer(&htmlNormTable), nil
	case name == htmlEscaper, name == rcdataEscaper, name == attrEscaper && kind != contentHTML:
		return replacer(&htmlTable), nil
	case name == urlFilter:
		return filterURL, nil
	case name == urlNormalizer, name == urlEscaper && kind == contentURL:
		return func(s string) string { return processURL(s, true) }, nil
	case name == urlEscaper:
		return func(s string) string { return processURL(s, false) }, nil
	case name == srcsetEscaper && kind == contentURL:
		return func(s string) string { return strings.ReplaceAll(processURL(s, true), ",", "%2c") }, nil
	case name == srcsetEscaper:
		return filterSrcset, nil
	case name == noEscaper:
		return func(string) string { return "" }, nil
	}
	return nil, fmt.Errorf("%s is not compiled", name)
}

// digitsPass reports whether a whole number comes out of the escapers as it went in.
func digitsPass(names []string) bool {
	for _, n := range names {
		switch n {
		case htmlEscaper, rcdataEscaper, attrEscaper, urlFilter, urlNormalizer, urlEscaper:
		default:
			return false
		}
	}
	return true
}

// table is what stands for a byte: an index into signs, 0 for the byte itself.
type table [256]uint8

var signs = [...]string{"", "\uFFFD", "&#34;", "&amp;", "&#39;", "&#43;", "&lt;", "&gt;"}

var htmlTable = table{0: 1, '"': 2, '&': 3, '\'': 4, '+': 5, '<': 6, '>': 7}

// htmlNormTable leaves the entities of what is HTML already.
var htmlNormTable = table{0: 1, '"': 2, '\'': 4, '+': 5, '<': 6, '>': 7}

func appendHTML(out []byte, s string, t *table) []byte {
	done := 0
	for i := range len(s) {
		if sign := t[s[i]]; sign != 0 {
			out = append(append(out, s[done:i]...), signs[sign]...)
			done = i + 1
		}
	}
	return append(out, s[done:]...)
}

func replacer(t *table) func(string) string {
	return func(s string) string {
		return string(appendHTML(nil, s, t))
	}
}

// failsafe is what html/template shows instead of an unsafe value.
const failsafe = "ZgotmplZ"

func filterURL(s string) string {
	if !safeURL(s) {
		return "#" + failsafe
	}
	return s
}

// safeURL reports whether an address is relative, or of a scheme that does no harm.
func safeURL(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return !ok || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

// Classes of bytes in an address.
const (
	reserved   = 1 << iota // left alone in a whole address, escaped in a part of one
	unreserved             // left alone everywhere
	special                // escaped again by HTML
)

var urlBytes = func() (t [256]uint8) {
	for c := range t {
		switch {
		case strings.IndexByte("!#$&*+,/:;=?@[]", byte(c)) >= 0:
			t[c] = reserved
		case strings.IndexByte("-._~", byte(c)) >= 0, 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
			t[c] = unreserved
		}
	}
	t['&'] |= special
	t['+'] |= special
	return t
}()

// appendURL is the common chain: filter, normalise, escape for an attribute.
func appendURL(out []byte, s string) []byte {
	if len(s) == 0 || s[0] != '/' { // what begins so has no scheme
		s = filterURL(s)
	}
	for i := range len(s) {
		if !urlPlain[s[i]] {
			return appendHTML(out, processURL(s, true), &htmlTable)
		}
	}
	return append(out, s...)
}

// urlPlain are the bytes that the chain leaves alone.
var urlPlain = func() (t [256]bool) {
	for c, class := range urlBytes {
		t[c] = class != 0 && class&special == 0
	}
	return t
}()

// processURL escapes the bytes that cannot stand in an address; norm leaves those that
// part it, and the escapes that it has.
func processURL(s string, norm bool) string {
	keep := uint8(unreserved)
	if norm {
		keep |= reserved
	}
	const digits = "0123456789abcdef"
	var b []byte
	done := 0
	for i := range len(s) {
		c := s[i]
		if urlBytes[c]&keep != 0 || c == '%' && norm && i+2 < len(s) && hex(s[i+1]) && hex(s[i+2]) {
			continue
		}
		if b == nil {
			b = make([]byte, 0, len(s)+16)
		}
		b = append(append(b, s[done:i]...), '%', digits[c>>4], digits[c&15])
		done = i + 1
	}
	if done == 0 {
		return s
	}
	return string(append(b, s[done:]...))
}

func hex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// filterSrcset is a list of addresses, each with a width or a density.
func filterSrcset(s string) string {
	var b strings.Builder
	for {
		element, rest, more := strings.Cut(s, ",")
		filterSource(&b, element)
		if !more {
			return b.String()
		}
		b.WriteByte(',')
		s = rest
	}
}

func filterSource(b *strings.Builder, s string) {
	start := len(s) - len(strings.TrimLeft(s, blanks))
	end := len(s)
	if i := strings.IndexAny(s[start:], blanks); i >= 0 {
		end = start + i
	}
	notMeta := func(r rune) bool {
		return !strings.ContainsRune(blanks, r) && (r >= 0x80 || urlBytes[r]&unreserved == 0 || strings.ContainsRune("-._~", r))
	}
	if !safeURL(s[start:end]) || strings.IndexFunc(s[end:], notMeta) >= 0 {
		b.WriteString("#" + failsafe)
		return
	}
	b.WriteString(s[:start])
	b.WriteString(processURL(s[start:end], true))
	b.WriteString(s[end:])
}

// blanks are the white space of HTML.
const blanks = "\t\n\f\r "
