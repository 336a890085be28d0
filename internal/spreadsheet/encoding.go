package spreadsheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

var utf8BOM = []byte("\xef\xbb\xbf")

// windows1252 is what the bytes from 0x80 to 0x9f stand for; the five that stand for
// nothing pass as they are.
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

func rune1252(b byte) rune {
	if b >= 0x80 && b < 0xa0 {
		return windows1252[b-0x80]
	}
	return rune(b)
}

// Windows1252 returns the bytes of a text in that encoding; ok is false when it has
// characters that the encoding lacks. The control characters from U+0080 to U+009F, which
// some programs read where others read letters, are their own bytes.
func Windows1252(s string) (out []byte, ok bool) {
next:
	for _, r := range s {
		if r < 0x100 {
			out = append(out, byte(r))
			continue
		}
		for i, w := range windows1252 {
			if w == r {
				out = append(out, byte(0x80+i))
				continue next
			}
		}
		return nil, false
	}
	return out, true
}

// The names of the encodings.
const (
	encUTF8  = "UTF-8"
	encUTF16 = "UTF-16"
	enc1252  = "Windows-1252"
)

// decoder gives the characters of a file, whatever its encoding.
type decoder struct {
	r        *bufio.Reader
	encoding string
	big      bool // UTF-16, most significant byte first
	tolerant bool // Windows-1252 in which whole UTF-8 characters stand
}

// sniffEncoding looks at the whole file, which takes no memory: one byte at its end may
// decide between two encodings.
func sniffEncoding(head []byte, r io.ReaderAt, size int64) (d decoder, skip int64, err error) {
	switch {
	case bytes.HasPrefix(head, utf8BOM):
		d.encoding, skip = encUTF8, 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return decoder{encoding: encUTF16}, 2, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return decoder{encoding: encUTF16, big: true}, 2, nil
	}
	if bytes.IndexByte(head, 0) >= 0 {
		even, odd := 0, 0
		for i, b := range head {
			if b == 0 {
				if i%2 == 0 {
					even++
				} else {
					odd++
				}
			}
		}
		switch n := len(head) / 2; {
		case odd > n*3/4 && even < n/8:
			return decoder{encoding: encUTF16}, 0, nil
		case even > n*3/4 && odd < n/8:
			return decoder{encoding: encUTF16, big: true}, 0, nil
		}
		return d, 0, refuse(NotASheet, "")
	}
	whole, broken, err := validUTF8(io.NewSectionReader(r, skip, size-skip))
	switch {
	case err != nil:
		return d, 0, err
	case broken == 0:
		d.encoding = encUTF8
	default:
		d.encoding, d.tolerant = enc1252, whole > broken
	}
	return d, skip, nil
}

// validUTF8 counts the characters of several bytes, and the bytes that are in none.
func validUTF8(r io.Reader) (whole, broken int, err error) {
	br := bufio.NewReaderSize(r, 1<<16)
	for {
		c, n, err := br.ReadRune()
		switch {
		case errors.Is(err, io.EOF):
			return whole, broken, nil
		case err != nil:
			return 0, 0, damaged(err)
		case c == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			whole++
		case c == 0:
			return 0, 0, refuse(NotASheet, "")
		}
	}
}

// next is the next character; io.EOF at the end.
func (d *decoder) next() (rune, error) {
	switch {
	case d.encoding == encUTF16:
		u, err := d.unit()
		if err != nil || !utf16.IsSurrogate(u) {
			return u, err
		}
		low, err := d.unit()
		if err != nil {
			return utf8.RuneError, nil
		}
		return utf16.DecodeRune(u, low), nil
	case d.encoding == enc1252 && !d.tolerant:
		b, err := d.r.ReadByte()
		return rune1252(b), err
	}
	c, n, err := d.r.ReadRune()
	if err == nil && c == utf8.RuneError && n == 1 && d.tolerant {
		_ = d.r.UnreadRune() // which was just read
		b, err := d.r.ReadByte()
		return rune1252(b), err
	}
	return c, err
}

func (d *decoder) unit() (rune, error) {
	a, err := d.r.ReadByte()
	if err != nil {
		return 0, err
	}
	b, err := d.r.ReadByte()
	if err != nil {
		return 0, io.EOF // half a character
	}
	if d.big {
		a, b = b, a
	}
	return rune(a) | rune(b)<<8, nil
}
