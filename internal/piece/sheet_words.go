package piece

import (
	"strconv"

	"vitrine/internal/layout"
	"vitrine/internal/model"
)

// Printer is the site's correction of its office printer.
func Printer(k *model.Kit) layout.Printer {
	return layout.Printer{Offset: layout.Point{X: layout.MM(k.Offset[0]), Y: layout.MM(k.Offset[1])}, ScaleX: k.Scale[0] / 100, ScaleY: k.Scale[1] / 100}
}

// SheetNote is what stands beside the ruler of sheets with a title, in the words of a theme. It belongs
// to the goroutine that the shaper belongs to.
func SheetNote(shaper *layout.Shaper, fonts layout.Fonts, words Words, title string) (*layout.Note, error) {
	p := phrasing{words: words}
	n := &layout.Note{Shaper: shaper, Font: fonts.Match("text", 400, false), Ruler: p.t("sheet-ruler"), Advice: p.t("sheet-advice")}
	if title != "" {
		n.Sheet = func(i, of int) string { return title + " · " + strconv.Itoa(i) + "/" + strconv.Itoa(of) }
	}
	return n, p.err
}

// calibrationSteps is how many things the calibration page says to do.
const calibrationSteps = 6

// Calibration is the calibration page in the words of a theme, and a page for each of the stocks that
// come cut: they have to be hit.
func Calibration(shaper *layout.Shaper, fonts layout.Fonts, words Words, pr layout.Printer, stocks []*Stock) ([]layout.Page, error) {
	note, err := SheetNote(shaper, fonts, words, "")
	if err != nil {
		return nil, err
	}
	p := phrasing{words: words}
	text := layout.CalibrationText{Title: p.t("calibration-title"), Intro: p.t("calibration-intro"), Hold: p.t("calibration-hold")}
	for i := range calibrationSteps {
		text.Steps = append(text.Steps, p.t("calibration-"+strconv.Itoa(i+1)))
	}
	var grids []*layout.Grid
	for _, s := range stocks {
		if !s.Booklet && !s.Grid.Marks { // plain paper needs no aim
			grids = append(grids, &s.Grid)
		}
	}
	return layout.Calibration(text, fonts.Match("title", 400, false), note, pr, grids...), p.err
}

// phrasing asks for words and keeps the first error.
type phrasing struct {
	words Words
	err   error
}

func (p *phrasing) t(key string) string {
	s, err := p.words.T(key)
	if err != nil && p.err == nil {
		p.err = err
	}
	return s
}
