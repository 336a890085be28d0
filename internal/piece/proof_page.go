package piece

import (
	"fmt"
	"math"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/typography"
)

// The sheet of the proof: A4 upright, in millimetres.
const (
	proofW, proofH    = 210, 297
	proofLeft         = 18.0
	proofRight        = 192.0
	proofTop          = 16.0
	proofBottom       = 279.0 // of the rows; below stands the foot
	proofFoot         = 284.0
	proofNameX        = 30.0
	proofNameW        = 84.0
	proofFitX         = 120.0
	proofFitW         = 60.0
	proofTick         = 5.0 // the side of the box to tick
	proofPadding      = 2.3 // above and below a row
	proofSignatureH   = 54.0
	proofNamePT       = 13.0
	proofSmallestName = 7.0
)

// ProofNames lays out the names of a proof on A4 pages, the tightest first, with a box to tick for each and
// room to sign at the end. words are the theme's: keys proof-….
func (rd *Renderer) ProofNames(p Proof, res *Resources, words Words) (*layout.Document, diag.List) {
	s := &sheet{rd: rd, res: res, words: words, proof: &p}
	s.doc = &layout.Document{Author: p.Author, Language: string(res.Language), Date: p.Date}
	s.doc.Title = s.t("proof-title") + " — " + p.Programme
	s.newPage()
	s.head()
	for i, n := range sorted(p.Names) {
		s.name(i+1, &n)
	}
	s.sign()
	s.feet()
	return s.doc, s.list
}

// sheet is a proof in the making.
type sheet struct {
	rd    *Renderer
	res   *Resources
	words Words
	proof *Proof
	doc   *layout.Document
	list  diag.List
	items []layout.Item // of the page in hand
	y     layout.Length // where its next row starts
}

// face is how a small text of the sheet is set.
type face struct {
	family    string
	weight    int
	italic    bool
	size, min float64 // points; min 0: it does not shrink
	color     string
	align     layout.Align
	leading   int
	tracking  int
	oneLine   bool
	filled    bool
}

func (s *sheet) t(key string, args ...any) string { return s.said(s.words.T(key, args...)) }

func (s *sheet) n(key string, n int) string { return s.said(s.words.N(key, n)) }

// said takes a phrase of the theme; one that is missing is reported and leaves a gap.
func (s *sheet) said(text string, err error) string {
	if err != nil {
		s.list = append(s.list, diag.New(diag.TemplateRun, diag.Span{}, "reason", err.Error()))
	}
	return text
}

func (s *sheet) color(token string) layout.Color {
	if c, ok := s.res.Palette.find(token); ok {
		return c
	}
	return layout.Black
}

// text sets a text from x, y (millimetres and a length), w wide, and returns what came of it.
func (s *sheet) text(x float64, y layout.Length, w float64, text string, f face) layout.Fit {
	font := s.res.Fonts.Match(f.family, f.weight, f.italic)
	if font == nil {
		s.list = append(s.list, diag.New(diag.BadFont, diag.Span{}, "file", f.family, "reason", "no-such-font"))
		return layout.Fit{}
	}
	return s.set(x, y, w, text, font, f)
}

func (s *sheet) set(x float64, y layout.Length, w float64, text string, font *layout.Font, f face) layout.Fit {
	if text == "" {
		return layout.Fit{}
	}
	style := layout.TextStyle{Size: layout.PT(f.size), MinSize: layout.PT(f.min), Leading: f.leading, Tracking: f.tracking, Align: f.align, Balance: !f.filled}
	if f.oneLine {
		style.Lines = 1
	}
	box := layout.Rect{X: layout.MM(x), Y: y, W: layout.MM(w), H: layout.MM(proofH)}
	fit := s.rd.shaper.Text(box, paragraphs(layout.Span{Text: text, Font: font, Color: s.color(f.color), Lining: true}), style)
	s.items = append(s.items, fit.Items...)
	return fit
}

func (s *sheet) rule(x0, x1 float64, y layout.Length, color string, width layout.Length) {
	c := s.color(color)
	s.items = append(s.items, (&layout.Path{Stroke: &c, Width: width}).Move(layout.MM(x0), y).Line(layout.MM(x1), y))
}

func (s *sheet) newPage() {
	s.closePage()
	s.y = layout.MM(proofTop)
	if len(s.doc.Pages) > 0 {
		what := s.proof.Programme
		if s.proof.Edition != "" {
			what += " · " + s.proof.Edition
		}
		fit := s.text(proofLeft, s.y, proofRight-proofLeft, what, face{family: "text", weight: 600, size: 8.5, color: "muted", oneLine: true, min: 6})
		s.y += fit.Height + layout.MM(2)
	}
	s.doc.Pages = append(s.doc.Pages, layout.Page{W: layout.MM(proofW), H: layout.MM(proofH), Safe: layout.MM(5)})
	if len(s.doc.Pages) > 1 {
		s.columns()
	}
}

func (s *sheet) closePage() {
	if n := len(s.doc.Pages); n > 0 {
		s.doc.Pages[n-1].Items = s.items
		s.items = nil
	}
}

// head is what the first page starts with.
func (s *sheet) head() {
	wide := proofRight - proofLeft
	fit := s.text(proofLeft, s.y, wide, s.t("proof-title"), face{family: "text", weight: 600, size: 9, color: "accent", oneLine: true})
	s.y += fit.Height + layout.MM(2.4)
	fit = s.text(proofLeft, s.y, wide, s.proof.Programme, face{family: "title", weight: 400, size: 26, min: 16, color: "ink", leading: 1120})
	s.y += fit.Height + layout.MM(1)
	what := s.n("proof-count", len(s.proof.Names))
	if s.proof.Edition != "" {
		what = s.proof.Edition + " · " + what
	}
	fit = s.text(proofLeft, s.y, wide, what, face{family: "text", weight: 400, size: 12, color: "ink"})
	s.y += fit.Height + layout.MM(3.5)
	fit = s.text(proofLeft, s.y, 140, s.t("proof-intro"), face{family: "text", weight: 400, size: 9.5, color: "ink", leading: 1350, filled: true})
	s.y += fit.Height + layout.MM(1.2)
	for _, n := range s.proof.Names {
		if n.slack().Tight() {
			s.mark(proofLeft+1.1, s.y+layout.MM(2.3))
			fit = s.text(proofLeft+4, s.y, 136, s.t("proof-tight"), face{family: "text", weight: 400, size: 9.5, color: "ink", leading: 1350, filled: true})
			s.y += fit.Height
			break
		}
	}
	s.y += layout.MM(4)
	s.columns()
}

// columns names them.
func (s *sheet) columns() {
	f := face{family: "text", weight: 600, size: 7.5, color: "muted", oneLine: true}
	fit := s.text(proofNameX, s.y, proofNameW, s.t("proof-name"), f)
	s.text(proofFitX, s.y, proofFitW, s.t("proof-where"), f)
	f.align = layout.Right
	s.text(proofRight-20, s.y, 20, s.t("proof-right"), f)
	s.y += fit.Height + layout.MM(0.8)
	s.rule(proofLeft, proofRight, s.y, "ink", layout.PT(0.75))
}

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

func (s *sheet) font(name string) *layout.Font {
	for _, f := range s.res.Fonts {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// complain reports a name that not even the proof holds, or cannot draw. The pieces say the same of
// theirs; a name that stands on none of them is not to pass in silence.
func (s *sheet) complain(n *ProofName, fit layout.Fit) {
	var span diag.Span
	if n.Origin != nil {
		span = n.Origin.Span("print_name")
		if span.IsZero() {
			span = n.Origin.Span("name")
		}
	}
	if fit.Overflow {
		s.list = append(s.list, diag.New(diag.TextOverflow, span, "piece", s.t("proof-title"), "record", shorten(n.Name), "text", shorten(n.shown()), "field", "print_name"))
	}
	if len(n.Fits) > 0 {
		return
	}
	for _, m := range fit.Missing {
		s.list = append(s.list, diag.New(diag.MissingGlyph, span, "piece", s.t("proof-title"), "record", shorten(n.Name), "font", m.Font.Name,
			"char", string(m.Rune), "code", fmt.Sprintf("U+%04X", m.Rune)))
	}
}

// sign is where the chamber signs, kept in one piece.
func (s *sheet) sign() {
	s.y += layout.MM(7)
	if s.y+layout.MM(proofSignatureH) > layout.MM(proofBottom+3) {
		s.newPage()
		s.y += layout.MM(6)
	}
	line := s.color("ink")
	frame := layout.Rect{X: layout.MM(proofLeft), Y: s.y, W: layout.MM(proofRight - proofLeft), H: layout.MM(proofSignatureH)}
	s.items = append(s.items, (&layout.Path{Stroke: &line, Width: layout.PT(0.75)}).Rectangle(frame, 0))
	const in = proofLeft + 6
	y := s.y + layout.MM(5)
	fit := s.text(in, y, 162, s.t("proof-sign"), face{family: "title", weight: 400, size: 15, color: "ink", oneLine: true})
	y += fit.Height + layout.MM(0.8)
	fit = s.text(in, y, 162, s.n("proof-certify", len(s.proof.Names)), face{family: "text", weight: 400, size: 9.5, color: "ink", leading: 1350, filled: true})
	y += fit.Height + layout.MM(4.5)
	label := face{family: "text", weight: 400, size: 8.5, color: "muted", oneLine: true}
	for i, key := range []string{"proof-who", "proof-role", "proof-date"} {
		at := y + layout.MM(8.2*float64(i))
		s.text(in, at, 20, s.t(key), label)
		s.rule(in+20, in+82, at+layout.MM(3.6), "muted", layout.PT(0.5))
	}
	s.text(in+92, y, 40, s.t("proof-signature"), label)
	s.y += layout.MM(proofSignatureH)
}

// feet number the pages, once it is known how many there are.
func (s *sheet) feet() {
	s.closePage()
	small := face{family: "text", weight: 400, size: 8, min: 6, color: "muted", oneLine: true}
	for i := range s.doc.Pages {
		s.items = nil
		p := &s.doc.Pages[i]
		if s.proof.Demo {
			f := small
			f.italic = true
			s.text(proofLeft, layout.MM(proofFoot), 130, s.t("piece-demo"), f)
		}
		f := small
		f.align = layout.Right
		s.text(proofRight-40, layout.MM(proofFoot), 40, s.t("proof-page", "page", i+1, "pages", len(s.doc.Pages)), f)
		p.Items = append(p.Items, s.items...)
	}
}
