package build

import (
	"fmt"
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/preflight"
)

// paperChecks look at codes, letters, pictures, sizes, and at what else was said of the pieces.
func (g *gathered) paperChecks() []Check {
	return []Check{g.codeCheck(), g.glyphCheck(), g.dpiCheck(), g.sizeCheck(), g.pressCheck()}
}

// codeCheck reads every code from its squares, and follows it into the site.
func (g *gathered) codeCheck() Check {
	c := Check{ID: "qr", Title: Phrase{"Codes QR lus sur les pages et suivis dans le site", "QR codes read from the pages and followed into the site"}}
	c.Do = Phrase{"un code qui ne mène nulle part ne doit pas être imprimé : vérifiez base_url, l’adresse de la pièce, et l’état de la fiche", "a code that leads nowhere must not be printed: look at base_url, the piece’s address and the record"}
	read, ends := 0, map[string]bool{}
	for _, p := range g.pieces {
		for i := range p.subjects {
			for _, code := range p.subjects[i].codes {
				where := p.template.Title + ", " + p.Subjects[i].Title
				below, own := strings.CutPrefix(code.text, g.site.BaseURL)
				read++
				switch {
				case code.err != nil:
					c.tell(Fault, say("%s : ne se lit pas (%v)", "%s: cannot be read (%v)", where, code.err))
				case !own || below != "" && below[0] != '/' && below[0] != '#' && below[0] != '?':
					c.tell(Look, say("%s : mène hors du site, non suivi : %s", "%s: leads out of the site, not followed: %s", where, code.text))
				case !g.plan.Has(withoutQuery(below)):
					c.tell(Fault, say("%s : le site n’a pas %s", "%s: the site has no %s", where, below))
				default:
					ends[below] = true
				}
			}
		}
	}
	c.Found = say("codes lus : %d, adresses du site : %d", "codes read: %d, addresses of the site: %d", read, len(ends))
	if read == 0 {
		c.Found = Phrase{"aucune pièce n’a de code", "no piece has a code"}
	}
	return c
}

// withoutQuery is the path of an address of the site.
func withoutQuery(address string) string {
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		address = address[:i]
	}
	return address
}

func (g *gathered) glyphCheck() Check {
	c := Check{ID: "glyphs", Title: Phrase{"Lettres que les polices n’ont pas", "Letters that the fonts lack"}}
	n, details, _ := g.byPiece(diag.MissingGlyph)
	c.Found, c.Details = say("%d", "%d", n), details
	c.Do = Phrase{"corrigez le texte, ou ajoutez une police qui a ces lettres", "mend the text, or add a font that has these letters"}
	if n > 0 {
		c.at(Fault)
	}
	return c
}

func (g *gathered) dpiCheck() Check {
	c := Check{ID: "dpi", Title: Phrase{"Finesse des images à leur taille", "Resolution of pictures at their size"}}
	c.Do = say("demandez des images plus grandes : %d points par pouce au moins", "ask for larger pictures: %d dots per inch at least", preflight.FineDPI)
	least := 0
	for _, p := range g.pieces {
		all := p.merged()
		if all.DPI == 0 {
			continue
		}
		if least == 0 || all.DPI < least {
			least = all.DPI
		}
		line := say("%s : %d dpi au moins", "%s: %d dpi at least", p.template.Title, all.DPI)
		switch {
		case all.DPI < preflight.CoarseDPI:
			c.tell(Fault, line)
		case all.DPI < preflight.FineDPI:
			c.tell(Look, line)
		}
	}
	c.Found = say("la moins fine : %d dpi", "the coarsest: %d dpi", least)
	if least == 0 {
		c.Found = Phrase{"aucune image en pixels", "no picture in pixels"}
	}
	return c
}

// sizeCheck holds every page to the size of its piece.
func (g *gathered) sizeCheck() Check {
	c := Check{ID: "sizes", Title: Phrase{"Formats des pages", "Sizes of the pages"}}
	c.Do = Phrase{"vérifiez size et bleed de la pièce", "look at the piece’s size and bleed"}
	pages := 0
	for _, p := range g.pieces {
		wrong, n := 0, 0
		for i := range p.subjects {
			for _, s := range p.subjects[i].sizes {
				n++
				if s.W != p.template.W || s.H != p.template.H || s.Bleed != p.template.Bleed {
					wrong++
				}
			}
		}
		pages += n
		t := p.template
		line := say("%s : %s × %s mm, fond perdu %s mm, pages : %d", "%s: %s × %s mm, bleed %s mm, pages: %d", t.Title, t.W.MM(), t.H.MM(), t.Bleed.MM(), n)
		switch press := slices.ContainsFunc(p.targets, func(t target) bool { return profileName(t.profile) == "press" }); {
		case wrong > 0:
			c.tell(Fault, say("%s : hors format : %d", "%s: of another size: %d", p.template.Title, wrong))
		case press && p.template.Bleed == 0:
			c.tell(Look, say("%s ; sans fond perdu pour l’imprimeur", "%s; without bleed for the printing house", line))
		default:
			c.tell(Fine, line)
		}
	}
	c.Found = say("pages : %d", "pages: %d", pages)
	return c
}

// pressCheck sums up what else was said of the pieces.
func (g *gathered) pressCheck() Check {
	c := Check{ID: "press", Title: Phrase{"Autres remarques sur les pièces", "What else was said of the pieces"}}
	c.Do = Phrase{"chaque remarque est dans les messages ci-dessus, avec sa place", "each is among the messages above, with its place"}
	total := 0
	for _, p := range g.pieces {
		codes := map[diag.Code]int{}
		state := Fine
		for i := range p.subjects {
			for _, d := range p.subjects[i].said {
				codes[d.Code]++
				switch d.Severity {
				case diag.Error:
					state = Fault
				case diag.Warning:
					if state == Fine {
						state = Look
					}
				}
			}
		}
		if len(codes) == 0 {
			continue
		}
		var said []string
		for code, n := range codes {
			total += n
			said = append(said, fmt.Sprintf("%s × %d", code, n))
		}
		slices.Sort(said)
		c.tell(state, say("%s : %s", "%s: %s", p.template.Title, said))
	}
	c.Found = say("%d", "%d", total)
	return c
}
