package piece

import (
	"encoding/binary"
	"errors"

	"vitrine/internal/layout"
	"vitrine/internal/preflight"
)

// Facts are what laying a piece out for one subject shows about it, beside what is wrong: for the proof
// of names, and for the office page, which tells what was checked.
type Facts struct {
	Subjects int // whose pieces they are of
	Pages    int // of their documents
	Names    []NameFit
	// Texts counts the texts that differ from subject to subject or not at all; Shrunk those that are smaller than their style says.
	Texts, Shrunk int
	preflight.Summary
}

// Merge adds the facts of others: of the other subjects of a piece.
func (f *Facts) Merge(o Facts) {
	f.Subjects += o.Subjects
	f.Pages += o.Pages
	f.Names = append(f.Names, o.Names...)
	f.Texts += o.Texts
	f.Shrunk += o.Shrunk
	f.Summary.Merge(o.Summary)
}

// ShrunkNames counts the names that are set smaller than their style says.
func (f *Facts) ShrunkNames() int {
	n := 0
	for i := range f.Names {
		if f.Names[i].Size < f.Names[i].Full {
			n++
		}
	}
	return n
}

// Append writes the facts in as few bytes as need be, for a cache.
func (f *Facts) Append(b []byte) []byte {
	for _, v := range [...]int{f.Subjects, f.Pages, f.Texts, f.Shrunk, len(f.Names)} {
		b = binary.AppendVarint(b, int64(v))
	}
	text := func(s string) {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	for i := range f.Names {
		n := &f.Names[i]
		text(n.Text)
		text(n.Font)
		for _, v := range [...]int64{int64(n.Size), int64(n.Full), int64(n.Min), int64(n.Lines), int64(n.MaxLines), int64(n.Room)} {
			b = binary.AppendVarint(b, v)
		}
	}
	return f.Summary.Append(b)
}

var errFacts = errors.New("malformed facts")

// ParseFacts reads what Append wrote.
func ParseFacts(b []byte) (Facts, error) {
	bad := false
	number := func() int64 {
		v, n := binary.Varint(b)
		if n <= 0 {
			bad, b = true, nil
			return 0
		}
		b = b[n:]
		return v
	}
	text := func() string {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > uint64(len(b)-n) {
			bad, b = true, nil
			return ""
		}
		s := string(b[n : n+int(v)])
		b = b[n+int(v):]
		return s
	}
	f := Facts{Subjects: int(number()), Pages: int(number()), Texts: int(number()), Shrunk: int(number())}
	names := number()
	if bad || names < 0 || names > int64(len(b)) {
		return Facts{}, errFacts
	}
	for range names {
		n := NameFit{Text: text(), Font: text()}
		n.Size, n.Full, n.Min = layout.Length(number()), layout.Length(number()), layout.Length(number())
		n.Lines, n.MaxLines, n.Room = int(number()), int(number()), int(number())
		f.Names = append(f.Names, n)
	}
	if bad {
		return Facts{}, errFacts
	}
	sum, rest, err := preflight.ParseSummary(b)
	if err != nil || len(rest) > 0 {
		return Facts{}, errFacts
	}
	f.Summary = sum
	return f, nil
}

// NameFit is a participant's name as one box of a piece sets it.
type NameFit struct {
	Text string // as it is set, capitals and all
	Font string // name of the face
	// Size is what it was set at; Full and Min bound it.
	Size, Full, Min layout.Length
	Lines, MaxLines int // MaxLines 0: as many as the box holds
	// Room is how much of its lines' width is left by the longest, in thousandths; negative when it
	// leaves its box.
	Room int
}

// names tells whether an expression shows the name of the participant whose piece it is.
func (e *expr) names() bool {
	return e != nil && len(e.fields) == 2 && e.fields[0] == "Participant" && (e.fields[1] == "PrintName" || e.fields[1] == "Name")
}

// noteText counts a text.
func (r *run) noteText(shrunk bool) {
	if r.facts == nil {
		return
	}
	r.facts.Texts++
	if shrunk {
		r.facts.Shrunk++
	}
}

// noteName keeps how a name was set.
func (r *run) noteName(e *expr, text string, at layout.Rect, fit layout.Fit, font *layout.Font, ts layout.TextStyle) {
	if r.facts == nil || !e.names() {
		return
	}
	room := 0
	if at.W > 0 {
		room = int((at.W - fit.Bounds.W) * 1000 / at.W)
	}
	if fit.Overflow {
		room = min(room, -1)
	}
	least := ts.MinSize
	if least <= 0 || least > ts.Size {
		least = ts.Size
	}
	r.facts.Names = append(r.facts.Names, NameFit{Text: text, Font: font.Name, Size: fit.Size, Full: ts.Size, Min: least, Lines: fit.Lines, MaxLines: ts.Lines, Room: room})
}
