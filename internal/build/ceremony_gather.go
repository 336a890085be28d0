package build

import (
	"path"
	"strings"
	"sync"
	"unicode"

	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// gathered is all that the checks of one ceremony look at.
type gathered struct {
	*builder
	kit       *kit
	programme *model.Programme
	edition   *model.Edition
	on, today model.Date
	winners   []winnerSeen // as a French list has them, without those who withdrew
	withdrawn []string     // names of those who did
	pieces    []*pieceSeen // of the programme
	outputs   *publicOutputs
}

// winnerSeen is one who gets an award on the day.
type winnerSeen struct {
	*model.Participant
	award *model.Award
	name  string // as printed
}

// pieceSeen is a piece that was laid out for all its subjects.
type pieceSeen struct {
	*work
	subjects []subjectSeen
}

// subjectSeen is what the pages of one subject show.
type subjectSeen struct {
	said  diag.List
	made  bool
	text  string   // of all pages, without spaces and hyphens
	plain []string // the same as it stands, run by run
	codes []codeSeen
	sizes []layout.Page // without their items
	shown []picturesSeen
}

// codeSeen is a QR code as it was read from its squares.
type codeSeen struct {
	text string
	err  error
}

// picturesSeen are the pictures of a page.
type picturesSeen []pictureSeen

// pictureSeen is a picture's name in the site and where it stands on its page.
type pictureSeen struct {
	name string
	box  layout.Rect
}

// layAll lays every piece out for every subject, and keeps what is seen of them.
func (k *kit) layAll() ([]*pieceSeen, error) {
	var out []*pieceSeen
	jobs := k.jobs()
	for i := range jobs {
		k.report(k.prepare(&jobs[i]))
		if jobs[i].template.Template == nil {
			continue
		}
		p := &pieceSeen{work: newWork(&jobs[i]), subjects: make([]subjectSeen, len(jobs[i].Subjects))}
		out = append(out, p)
		err := k.each("piece", len(p.Subjects), func(n int) error {
			doc, facts, list := k.render(p.job, &p.Subjects[n])
			k.report(list)
			s := &p.subjects[n]
			s.said, s.made = list, list.Errors() == 0
			if s.made {
				p.facts[n] = facts
			}
			p.lists[n] = list
			s.look(doc)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// look keeps what the pages show.
func (s *subjectSeen) look(doc *layout.Document) {
	if doc == nil {
		return
	}
	s.plain = append(s.plain, doc.Title, doc.Author, doc.Subject)
	var text strings.Builder
	for i := range doc.Pages {
		page := &doc.Pages[i]
		var shown picturesSeen
		walkItems(page.Items, func(it layout.Item) {
			switch it := it.(type) {
			case *layout.Text:
				text.WriteString(squashed(it.Reading()))
				s.plain = append(s.plain, it.Reading())
			case *layout.Image:
				shown = append(shown, pictureSeen{it.Picture.Name, it.Box})
			case *layout.Path:
				if said, is, err := layout.ReadQR(it); is {
					s.codes = append(s.codes, codeSeen{said, err})
				}
			}
		})
		bare := *page
		bare.Items, bare.Cut = nil, nil
		s.sizes, s.shown = append(s.sizes, bare), append(s.shown, shown)
	}
	s.text = text.String()
}

// walkItems visits the items of a page, those of its groups too.
func walkItems(items []layout.Item, visit func(layout.Item)) {
	for _, it := range items {
		if g, ok := it.(*layout.Group); ok {
			walkItems(g.Items, visit)
			continue
		}
		visit(it)
	}
}

// squashed is a text by its letters and signs: no spaces, no hyphens that a line end may have brought.
func squashed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == '-' || r == '‐' {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// publicOutputs sees the files of public/ as they are made.
type publicOutputs struct {
	mu    sync.Mutex
	pages map[string]string // HTML by path
	names []string
	other int // files that are not text: only their names are looked at
	scan  *privateScan
}

// see is told of every output. It may be called by several goroutines.
func (p *publicOutputs) see(o output, data []byte) {
	if o.folder != "public" {
		return
	}
	text := isText(o.path)
	if text {
		p.scan.text(o.path, string(data))
	}
	p.scan.text(o.path, o.path)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.names = append(p.names, o.path)
	switch {
	case !text:
		p.other++
	case path.Ext(o.path) == ".html":
		p.pages[o.path] = string(data)
	}
}

// seePieces looks at the public pieces, by the texts of their frames: a PDF is compressed.
func (p *publicOutputs) seePieces(pieces []*pieceSeen) {
	for _, piece := range pieces {
		for _, t := range piece.targets {
			if t.output != "public" {
				continue
			}
			for n := range piece.subjects {
				name := t.file(piece.job, &piece.Subjects[n])
				p.names = append(p.names, name)
				p.scan.text(name, strings.Join(piece.subjects[n].plain, "\n"))
				p.scan.text(name, name)
			}
		}
	}
}

// isText tells whether a file is one that can be searched as it is.
func isText(name string) bool {
	switch path.Ext(name) {
	case ".html", ".xml", ".txt", ".json", ".csv", ".ics", ".geojson", ".svg", ".js", ".css", ".vcf", ".md", ".webmanifest":
		return true
	}
	return false
}

// gather collects what the checks of a ceremony look at. It is nil when the site has no such edition.
func (b *builder) gather(c chosen, k *kit, pieces []*pieceSeen, outputs *publicOutputs, today model.Date) *gathered {
	g := &gathered{builder: b, kit: k, on: c.on, today: today, outputs: outputs}
	for _, p := range b.site.Programmes {
		if p.ID == c.programme {
			g.programme = p
		}
	}
	if g.programme == nil {
		return nil
	}
	for _, e := range g.programme.Editions {
		if e.ID == c.edition {
			g.edition = e
		}
	}
	if g.edition == nil {
		return nil
	}
	var all []*model.Participant
	all = append(all, model.Participants(g.programme)...)
	for _, x := range plan.ByName(all) {
		a := model.AwardIn(x, g.edition)
		switch {
		case a == nil:
		case x.Status == model.Withdrawn:
			g.withdrawn = append(g.withdrawn, printName(x))
		default:
			g.winners = append(g.winners, winnerSeen{x, a, printName(x)})
		}
	}
	for _, p := range pieces {
		if p.Programme == g.programme {
			g.pieces = append(g.pieces, p)
		}
	}
	return g
}

// printName is the name that paper bears.
func printName(x *model.Participant) string {
	if x.PrintName != "" {
		return x.PrintName
	}
	return x.Name
}

// works are those of the programme's pieces.
func (g *gathered) works() []*work {
	out := make([]*work, len(g.pieces))
	for i, p := range g.pieces {
		out[i] = p.work
	}
	return out
}
