package build

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/model"
	"vitrine/internal/pdf"
	"vitrine/internal/piece"
)

// proofOutput is the list of a programme's names, to be signed before anything is printed.
func proofOutput(g *model.Programme) output {
	return output{"kit", g.ID + "/proof-names.pdf", "piece", "programme/" + g.ID}
}

// calibrationOutput is the page that shows how the office printer errs.
var calibrationOutput = output{"kit", "calibration.pdf", "piece", ""}

// proof gathers the names that the pieces of a programme print. It has none when no piece
// prints any.
func (k *kit) proof(g *model.Programme, works []*work) piece.Proof {
	p := piece.Proof{Programme: g.Name, Demo: k.site.Demo}
	if k.site.Publisher != nil {
		p.Author = k.site.Publisher.Name
	}
	if e := g.CurrentEdition(k.site.Today); e != nil {
		p.Edition, p.Date = e.Title, e.Starts.Time()
	}
	at := map[*model.Participant]int{}
	for _, w := range works {
		if w.Programme != g {
			continue
		}
		for i, s := range w.Subjects {
			if s.Participant == nil || w.facts[i] == nil || len(w.facts[i].Names) == 0 {
				continue
			}
			n, ok := at[s.Participant]
			if !ok {
				n = len(p.Names)
				at[s.Participant] = n
				p.Names = append(p.Names, k.proofName(s.Participant))
			}
			p.Names[n].Fits = append(p.Names[n].Fits, piece.ProofFit{Piece: w.template.Title, NameFit: piece.Tightest(w.facts[i].Names)})
		}
	}
	return p
}

func (k *kit) proofName(x *model.Participant) piece.ProofName {
	shown := x.PrintProfile(k.site)
	n := piece.ProofName{Name: shown.PrintName, Record: x.Name, Origin: x.Origin}
	if shown.Commune != nil {
		n.Commune = shown.Commune.Name
	}
	return n
}

// proofKey is a digest of all that a proof shows.
func (k *kit) proofKey(g *model.Programme, p *piece.Proof) cache.Key {
	k.mu.Lock()
	palette := fmt.Append(nil, k.resourcesOf(g).Palette)
	k.mu.Unlock()
	parts := [][]byte{[]byte("proof"), palette, k.base[:], []byte(k.based), []byte(p.Programme), []byte(p.Edition), []byte(p.Author), []byte(p.Date.String()), {flag(p.Demo)}}
	for _, n := range p.Names {
		facts := piece.Facts{}
		for _, f := range n.Fits {
			parts = append(parts, []byte(f.Piece))
			facts.Names = append(facts.Names, f.NameFit)
		}
		parts = append(parts, []byte(n.Name), []byte(n.Record), []byte(n.Commune), facts.Append(nil))
	}
	return cache.KeyOf(parts...)
}

func flag(on bool) byte {
	if on {
		return 1
	}
	return 0
}

// proofs makes the proofs of names.
func (k *kit) proofs(works []*work) error {
	for _, g := range k.site.Programmes {
		o := proofOutput(g)
		p := k.proof(g, works)
		if len(p.Names) == 0 || k.elsewhere(o) {
			continue
		}
		key := k.proofKey(g, &p)
		if k.keep(o, key) {
			continue
		}
		data, list, err := k.proofFile(g, p)
		k.report(list)
		if err != nil {
			return err
		}
		if len(list) > 0 {
			key = cache.Key{}
		}
		if err := k.putAs(o, key, data); err != nil {
			return err
		}
	}
	return nil
}

func (k *kit) proofFile(g *model.Programme, p piece.Proof) ([]byte, diag.List, error) {
	rd := k.renderers.Get().(*piece.Renderer)
	defer k.renderers.Put(rd)
	k.mu.Lock()
	resources := k.resourcesOf(g)
	k.mu.Unlock()
	doc, list := rd.ProofNames(p, resources, k.theme.Words(k.site.Language))
	if list.Errors() > 0 {
		return nil, list, nil
	}
	data, err := k.officeFile(doc)
	return data, list, err
}

// officeFile encodes a document that is for the office's own printer.
func (k *kit) officeFile(doc *layout.Document) ([]byte, error) {
	pages, err := k.encode(doc, form{profile: pdf.Office})
	if err != nil {
		return nil, err
	}
	return k.encoders[pdf.Office].Assemble(doc, pages), nil
}

// stocks are the office sheets that pieces go on, each once, by their ids.
func stocks(works []*work) []*stockFile {
	var out []*stockFile
	for _, j := range works {
		if j.stock != nil && j.stock.Stock != nil && !slices.Contains(out, j.stock) {
			out = append(out, j.stock)
		}
	}
	slices.SortFunc(out, func(a, b *stockFile) int { return strings.Compare(a.ID, b.ID) })
	return out
}

// calibration makes the calibration page, for sites that print on sheets.
func (k *kit) calibration(used []*stockFile) error {
	if len(used) == 0 || k.elsewhere(calibrationOutput) {
		return nil
	}
	parts := [][]byte{[]byte("calibration"), k.base[:], []byte(k.based)}
	for _, s := range used {
		parts = append(parts, s.sum[:])
	}
	key := cache.KeyOf(append(parts, k.printerKey())...)
	if k.keep(calibrationOutput, key) {
		return nil
	}
	data, err := k.calibrationFile(used)
	if err != nil {
		return err
	}
	return k.putAs(calibrationOutput, key, data)
}

func (k *kit) calibrationFile(used []*stockFile) ([]byte, error) {
	var all []*piece.Stock
	for _, s := range used {
		all = append(all, s.Stock)
	}
	words := k.theme.Words(k.site.Language)
	pages, err := piece.Calibration(layout.NewShaper(k.site.Language), k.fonts, words, piece.Printer(&k.site.Kit), all)
	if err != nil {
		return nil, err
	}
	title, err := words.T("calibration-title")
	if err != nil {
		return nil, err
	}
	return k.officeFile(&layout.Document{Title: title, Language: k.site.Language, Pages: pages})
}
