package preflight

import (
	"encoding/binary"
	"errors"
	"slices"

	"vitrine/internal/layout"
)

// Summary is what was seen on pages, whether anything is wrong with it or not. The zero value has seen
// nothing.
type Summary struct {
	Ink       int           // the most, in tenths of a percent
	Text      layout.Length // size of the smallest letters; 0: there are none
	Contrast  int           // the lowest of a text or a code, in hundredths; 0: there is none
	DPI       int           // the lowest of a picture; 0: there is none
	Clear     layout.Length // how near letters or codes come to the cut, if HasClear
	HasClear  bool
	QR        layout.Length // side of the smallest code, its border included; 0: there is none
	Module    layout.Length // side of its squares
	OnPicture int           // texts that lie on a picture: their contrast is not known
	Fonts     []string      // names of the faces, sorted
}

func (s *Summary) use(f *layout.Font) {
	if i, ok := slices.BinarySearch(s.Fonts, f.Name); !ok {
		if s.Fonts == nil {
			s.Fonts = make([]string, 0, 6)
		}
		s.Fonts = slices.Insert(s.Fonts, i, f.Name)
	}
}

func (s *Summary) contrast(r float64) {
	if n := int(r*100 + 0.5); s.Contrast == 0 || n < s.Contrast {
		s.Contrast = max(n, 1)
	}
}

// Merge adds what was seen on other pages. The order does not matter.
func (s *Summary) Merge(o Summary) {
	s.Ink = max(s.Ink, o.Ink)
	s.Text = least(s.Text, o.Text)
	s.Contrast = least(s.Contrast, o.Contrast)
	s.DPI = least(s.DPI, o.DPI)
	if o.HasClear && (!s.HasClear || o.Clear < s.Clear) {
		s.Clear, s.HasClear = o.Clear, true
	}
	s.QR = least(s.QR, o.QR)
	s.Module = least(s.Module, o.Module)
	s.OnPicture += o.OnPicture
	for i, f := range o.Fonts {
		if i < len(s.Fonts) && s.Fonts[i] == f {
			continue
		}
		if at, ok := slices.BinarySearch(s.Fonts, f); !ok {
			s.Fonts = slices.Insert(slices.Clip(s.Fonts), at, f)
		}
	}
}

// least is the smaller of two, 0 being none.
func least[N int | layout.Length](a, b N) N {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// Append writes the summary in a few bytes.
func (s *Summary) Append(b []byte) []byte {
	clear := int64(s.Clear)
	if !s.HasClear {
		clear = 0
	}
	has := int64(0)
	if s.HasClear {
		has = 1
	}
	for _, v := range [...]int64{int64(s.Ink), int64(s.Text), int64(s.Contrast), int64(s.DPI), has, clear, int64(s.QR), int64(s.Module), int64(s.OnPicture), int64(len(s.Fonts))} {
		b = binary.AppendVarint(b, v)
	}
	for _, f := range s.Fonts {
		b = binary.AppendUvarint(b, uint64(len(f)))
		b = append(b, f...)
	}
	return b
}

var errMalformed = errors.New("malformed summary")

// ParseSummary reads what Append wrote, and returns the bytes after it.
func ParseSummary(b []byte) (s Summary, rest []byte, err error) {
	var v [10]int64
	for i := range v {
		n, used := binary.Varint(b)
		if used <= 0 {
			return Summary{}, nil, errMalformed
		}
		v[i], b = n, b[used:]
	}
	s = Summary{
		Ink: int(v[0]), Text: layout.Length(v[1]), Contrast: int(v[2]), DPI: int(v[3]), HasClear: v[4] == 1, Clear: layout.Length(v[5]),
		QR: layout.Length(v[6]), Module: layout.Length(v[7]), OnPicture: int(v[8]),
	}
	if !s.HasClear {
		s.Clear = 0
	}
	if v[9] < 0 || v[9] > int64(len(b)) {
		return Summary{}, nil, errMalformed
	}
	for range v[9] {
		n, used := binary.Uvarint(b)
		if used <= 0 || n > uint64(len(b)-used) {
			return Summary{}, nil, errMalformed
		}
		s.Fonts = append(s.Fonts, string(b[used:used+int(n)]))
		b = b[used+int(n):]
	}
	return s, b, nil
}
