package piece

import (
	"fmt"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
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
	proofTick         = 5.0  // the side of the box to tick
	proofPadding      = 2.3  // above and below a row
	proofRowUsual     = 13.0 // about what a name takes
	proofSignatureH   = 54.0 // of the frame to sign in
	proofSignatureLow = 45.0 // of the lowest one: its text and three lines
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
		// The last two keep company with the frame to sign in: nobody signs a page without a name.
		if i > 0 && i == len(p.Names)-2 && s.y+layout.MM(2*proofRowUsual+4+proofSignatureLow) > layout.MM(proofBottom+3) {
			s.newPage()
		}
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
	gap, high := layout.MM(7), layout.MM(proofSignatureH)
	if room := layout.MM(proofBottom+3) - s.y; gap+high > room { // a lower frame, before a page of its own
		if gap, high = layout.MM(4), room-layout.MM(4); high < layout.MM(proofSignatureLow) {
			s.newPage()
			gap, high = layout.MM(6), layout.MM(proofSignatureH)
		}
	}
	s.y += gap
	line := s.color("ink")
	frame := layout.Rect{X: layout.MM(proofLeft), Y: s.y, W: layout.MM(proofRight - proofLeft), H: high}
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
	s.y += high
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
