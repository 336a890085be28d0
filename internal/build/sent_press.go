package build

import (
	"encoding/hex"
	"slices"
	"strings"

	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

// press is a piece as it goes to print: for the printing house, or where the office prints
// it itself, for the office.
type press struct {
	job
	target
	sheets bool // on sheets of labels
}

// presses are the pieces that go to print, or the one that is asked for.
func (k *kit) presses(only string) []press {
	var out []press
	for _, j := range k.jobs() {
		if only != "" && j.Use.ID != only {
			continue
		}
		p := press{job: j}
		mine := slices.DeleteFunc(slices.Clone(j.targets), func(t target) bool { return t.output != "kit" })
		at := max(0, slices.IndexFunc(mine, func(t target) bool { return t.profile == pdf.Press }))
		switch {
		case len(mine) > 0:
			p.target = mine[at]
		case j.Use.Sheet != "":
			p.sheets, p.target = true, target{k.form(pdf.Office), "kit", strings.TrimSuffix(sheetsFile(j.Piece), ".pdf")}
		default:
			continue
		}
		p.job.targets = []target{p.target}
		out = append(out, p)
	}
	return out
}

// item is what a subject's pages show. Printer's marks around them are no part of it.
func (k *kit) item(p *press, n int, doc *layout.Document) (sentItem, error) {
	s := &p.Subjects[n]
	item := sentItem{Programme: p.Programme.ID, Piece: p.Use.ID, Subject: s.Name(), Name: s.Title}
	item.Name, item.Place = k.printed(s)
	plain := p.form
	plain.marks = false
	pages, err := k.encode(doc, plain)
	if err != nil {
		return item, err
	}
	for _, page := range pages {
		sum, err := page.Shown()
		if err != nil {
			return item, err
		}
		item.Pages = append(item.Pages, hex.EncodeToString(sum[:16]))
	}
	return item, nil
}

// printed is what paper calls a subject, and where it is.
func (b *builder) printed(s *plan.Subject) (name, place string) {
	if s.Participant == nil {
		return s.Title, ""
	}
	shown := s.Participant.PrintProfile(b.site)
	if shown.Commune != nil {
		place = shown.Commune.Name
	}
	return shown.PrintName, place
}

// Call is one who is called to the stage.
type Call struct {
	Programme   string `json:"programme"` // ids
	Edition     string `json:"edition"`
	Participant string `json:"participant"`
	Name        string `json:"name"`
	Place       string `json:"place"`
	Trade       string `json:"trade"`
	Level       string `json:"level"`
	Rank        int    `json:"rank"`   // within its programme, from 1
	Before      int    `json:"before"` // in the run that was sent; 0: it was not there
}

func (c *Call) key() string { return c.Programme + "/" + c.Edition + "/" + c.Participant }

// calling is the order of call: those who hold an award of the current edition, programme
// by programme, by commune and then by the name as it is printed and called, as French lists sort them. Those without a
// commune come last.
func (b *builder) calling() []Call {
	var out []Call
	for _, g := range b.site.Programmes {
		e := g.CurrentEdition(b.site.Today)
		if e == nil {
			continue
		}
		type called struct {
			key string
			x   *model.Participant
		}
		var all []called
		for _, x := range model.Participants(g) {
			if model.AwardIn(x, e) == nil || x.Status == model.Withdrawn {
				continue
			}
			place := "\xff"
			if x.Commune != nil {
				place = typography.SortKey(x.Commune.Name)
			}
			all = append(all, called{place + "\x00" + typography.SortKey(printName(x)) + "\x00" + x.ID, x})
		}
		slices.SortStableFunc(all, func(a, c called) int { return strings.Compare(a.key, c.key) })
		for i, one := range all {
			x, shown := one.x, one.x.PrintProfile(b.site)
			c := Call{Programme: g.ID, Edition: e.ID, Participant: x.ID, Name: shown.PrintName, Rank: i + 1}
			if shown.Commune != nil {
				c.Place = shown.Commune.Name
			}
			if shown.Trade != nil {
				c.Trade = shown.Trade.Name
			}
			if a := model.AwardIn(x, e); a.Level != nil {
				c.Level = a.Level.Title
			}
			out = append(out, c)
		}
	}
	return out
}
