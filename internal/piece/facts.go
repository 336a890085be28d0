package piece

import (
	"vitrine/internal/layout"
)

// Facts are what laying a piece out for one subject shows about it, beside what is wrong: for the proof
// of names, and for the office page, which tells what was checked.
type Facts struct {
	Pages int // of the document
	Names []NameFit
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
