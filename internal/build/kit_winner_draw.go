package build

import (
	"strings"

	"vitrine/internal/export"
	"vitrine/internal/layout"
	"vitrine/internal/png"
	"vitrine/internal/svg"
)

// codePixels is the least width of a code as a picture.
const codePixels = 1024

// codeFiles is the code of an address, as a drawing and as a picture whose squares are whole pixels.
func codeFiles(address string) ([]export.Entry, error) {
	_, module, err := layout.QR(layout.Rect{W: 100 * layout.Mm, H: 100 * layout.Mm}, address, layout.Black)
	if err != nil {
		return nil, err
	}
	squares := int(100 * layout.Mm / module)
	side := layout.Length(squares) * layout.Mm
	box := layout.Rect{W: side, H: side}
	code, _, err := layout.QR(box, address, layout.Black)
	if err != nil {
		return nil, err
	}
	page := layout.Page{W: side, H: side, Items: []layout.Item{(&layout.Path{Fill: &layout.White}).Rectangle(box, 0), code}}
	picture, err := png.Encode(&page, (codePixels+squares-1)/squares*squares)
	if err != nil {
		return nil, err
	}
	return []export.Entry{{Name: "qr.svg", Data: svg.Encode(&page, svg.Options{Title: address})}, {Name: "qr.png", Data: picture}}, nil
}

// badgeName is what the badge's files are called.
const badgeName = "badge-web"

// badgePixels is how wide the badge is as a picture: three times what a page shows, for fine screens.
const badgePixels = 720

// badge is the badge for the web of a programme's edition. All its winners have the same, so it is made
// once.
func (k *kit) badge(c *folder) ([]export.Entry, error) {
	title := c.T("winner-alt", "programme", c.programme.Name, "edition", c.award.Edition.Title)
	below := c.award.Edition.Title
	if l := c.award.Level; l != nil {
		below += " · " + l.Title
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	name := strings.Join([]string{c.programme.ID, title, below}, "\n")
	if files, ok := k.library.badges[name]; ok {
		return files, nil
	}
	page := k.drawBadge(c, below)
	picture, err := png.Encode(page, badgePixels)
	if err != nil {
		return nil, err
	}
	files := []export.Entry{{Name: badgeName + ".svg", Data: svg.Encode(page, svg.Options{Title: title})}, {Name: badgeName + ".png", Data: picture}}
	k.library.badges[name] = files
	return files, nil
}

// drawBadge draws the programme's name in its colour, with a tick. There is no logo on it: a mark allows
// its own on the pieces it names.
func (k *kit) drawBadge(c *folder, below string) *layout.Page {
	mm := func(v float64) layout.Length { return layout.MM(v) }
	colors := k.resourcesOf(c.programme).Palette
	accent, ink, muted := colors["accent"], colors["ink"], colors["muted"]
	page := &layout.Page{W: mm(72), H: mm(24)}
	frame := layout.Rect{X: mm(.4), Y: mm(.4), W: mm(71.2), H: mm(23.2)}
	tile := layout.Rect{W: mm(20), H: mm(24)}
	body := (&layout.Path{Fill: &layout.White}).Rectangle(frame, mm(3))
	page.Items = append(page.Items, body,
		&layout.Group{Clip: (&layout.Path{}).Rectangle(frame, mm(3)), Items: []layout.Item{(&layout.Path{Fill: &accent}).Rectangle(tile, 0)}},
		(&layout.Path{Stroke: &accent, Width: mm(.8)}).Rectangle(frame, mm(3)),
		(&layout.Path{Stroke: &layout.White, Width: mm(2.2), Round: true}).Move(mm(5.2), mm(12.4)).Line(mm(8.8), mm(16.2)).Line(mm(15.2), mm(8.2)),
	)
	shaper := layout.NewShaper(k.site.Language)
	write := func(text string, at layout.Rect, font *layout.Font, color layout.Color, style layout.TextStyle) {
		if font == nil {
			return
		}
		fit := shaper.Text(at, []layout.Para{{Spans: []layout.Span{{Text: text, Font: font, Color: color, Lining: true}}}}, style)
		page.Items = append(page.Items, fit.Items...)
	}
	write(c.programme.Name, layout.Rect{X: mm(23), Y: mm(2.5), W: mm(46), H: mm(12)}, k.fonts.Match("title", 400, false), ink,
		layout.TextStyle{Size: layout.PT(20), MinSize: layout.PT(8), Lines: 2, Leading: 1080, VAlign: layout.Middle, Balance: true})
	write(below, layout.Rect{X: mm(23), Y: mm(14.5), W: mm(46), H: mm(6.5)}, k.fonts.Match("text", 600, false), muted,
		layout.TextStyle{Size: layout.PT(10.5), MinSize: layout.PT(6), Lines: 1, VAlign: layout.Middle})
	return page
}
