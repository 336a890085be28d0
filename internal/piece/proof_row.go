package piece

import (
	"math"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/typography"
)

// mark is the dot beside a tight name.
func (s *sheet) mark(x float64, y layout.Length) {
	c := s.color("accent")
	const r = layout.Mm
	s.items = append(s.items, (&layout.Path{Fill: &c}).Ellipse(layout.Rect{X: layout.MM(x) - r, Y: y - r, W: 2 * r, H: 2 * r}))
}

// name is a row: drawn where it stands, and once more on the next page when it runs out of this one.
func (s *sheet) name(rank int, n *ProofName) {
	start, problems, y := len(s.items), len(s.list), s.y
	s.row(rank, n)
	if s.y > layout.MM(proofBottom) {
		s.items, s.list, s.y = s.items[:start], s.list[:problems], y
		s.newPage()
		s.row(rank, n)
	}
	s.rule(proofLeft, proofRight, s.y, "line", layout.PT(0.5))
}

func (s *sheet) row(rank int, n *ProofName) {
	top := s.y + layout.MM(proofPadding)
	tightest := n.tightest()
	font := s.res.Fonts.Match("title", 400, false)
	if tightest >= 0 {
		if f := s.font(n.Fits[tightest].Font); f != nil {
			font = f
		}
	}
	if font == nil {
		s.list = append(s.list, diag.New(diag.BadFont, diag.Span{}, "file", "title", "reason", "no-such-font"))
		return
	}
	small := face{family: "text", weight: 400, size: 8, min: 6, color: "muted", leading: 1300, filled: true}

	name := s.set(proofNameX, top, proofNameW, n.shown(), font, face{size: proofNamePT, min: proofSmallestName, color: "ink", leading: 1200, filled: true})
	s.complain(n, name)
	number := small
	number.align, number.oneLine, number.size = layout.Right, true, 9
	// numbers stand on the first line of the name
	s.text(proofLeft+3.2, top+layout.MM(1), 6.3, typography.Number(s.res.Language, int64(rank)), number)
	if n.slack().Tight() {
		s.mark(proofLeft+1.1, top+layout.MM(2.7))
	}
	bottom := top + name.Height
	if under := s.under(n); under != "" {
		fit := s.text(proofNameX, bottom+layout.MM(0.2), proofNameW, under, small)
		bottom += fit.Height + layout.MM(0.2)
	}

	y := top + layout.MM(0.8)
	for i := range n.Fits {
		y += s.fit(y, &n.Fits[i], i == tightest && n.Fits[i].Slack().Tight())
	}
	bottom = max(bottom, y, top+layout.MM(proofTick+1))

	ink := s.color("ink")
	tick := layout.Rect{X: layout.MM(proofRight - proofTick), Y: top + layout.MM(0.4), W: layout.MM(proofTick), H: layout.MM(proofTick)}
	s.items = append(s.items, (&layout.Path{Stroke: &ink, Width: layout.PT(0.75)}).Rectangle(tick, 0))
	s.y = bottom + layout.MM(proofPadding)
}

// under is what stands below a name: the record's, when it is another one, and the commune.
func (s *sheet) under(n *ProofName) string {
	out := ""
	if n.Record != "" && n.Record != n.Name {
		out = s.t("proof-record", "name", n.Record)
	}
	if n.Commune != "" {
		if out != "" {
			out += " · "
		}
		out += n.Commune
	}
	return out
}

// fit is a line of a row: the piece, its size of type and its lines. It returns its height.
func (s *sheet) fit(y layout.Length, f *ProofFit, tight bool) layout.Length {
	style := face{family: "text", weight: 400, size: 8, min: 6, color: "muted", leading: 1300, oneLine: true}
	if tight {
		style.weight, style.color = 600, "ink"
	}
	const sizeW, linesW = 13, 15
	fit := s.text(proofFitX, y, proofFitW-sizeW-linesW-4, f.Piece, style)
	lines := s.text(proofFitX+proofFitW-linesW, y, linesW, s.n("proof-lines", f.Lines), style)
	style.align = layout.Right
	size := typography.Decimal(s.res.Language, math.Round(f.Size.PT()*10)/10, 1)
	if whole := math.Round(f.Size.PT()); math.Abs(f.Size.PT()-whole) < 0.05 {
		size = typography.Number(s.res.Language, int64(whole))
	}
	s.text(proofFitX+proofFitW-linesW-2-sizeW, y, sizeW, s.t("proof-size", "size", size), style)
	return max(fit.Height, lines.Height)
}
