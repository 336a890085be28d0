package piece

import (
	"unicode"

	"vitrine/internal/diag"
)

// unseen reports a name of which paper would show nothing: spaces, controls, characters without a
// shape. Other texts may be empty, and leave their box so.
func (r *run) unseen(e *expr, text string) {
	if r.heard != nil || !e.names() || visible(text) {
		return
	}
	span, field, known := e.place(r.scope, r.sub)
	d := diag.New(diag.NameUnseen, span, "piece", r.t.Name, "record", r.sub.Name, "field", field)
	if known {
		d = d.WithNote(e.origin.Span(e.key), "template-here")
	}
	r.report(d)
}

func visible(text string) bool {
	for _, c := range text {
		switch {
		case c == 0x2800: // Braille without a dot
		case c == 0x115F, c == 0x1160, c == 0x3164, c == 0xFFA0: // fillers of Korean, letters by name
		case unicode.In(c, unicode.L, unicode.N, unicode.P, unicode.S, unicode.M, unicode.Co) && !unicode.In(c, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			return true
		}
	}
	return false
}
