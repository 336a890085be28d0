package build

import (
	"cmp"
	"slices"
)

// partnerChecks look at who signs and in which order logos stand.
func (g *gathered) partnerChecks() []Check {
	signs := Check{ID: "signatories", Title: Phrase{"Signataires, dans l’ordre", "Signatories, in order"}}
	signs.Do = Phrase{"donnez le nom sous signatory = {name, title} du partenaire", "give the name in the partner’s signatory = {name, title}"}
	logos := Check{ID: "logos", Title: Phrase{"Logos des partenaires, dans l’ordre", "Partners’ logos, in order"}}
	logos.Do = Phrase{"demandez les logos qui manquent ; l’ordre est la clé order des partenaires", "ask for the logos that are missing; the order is the partners’ key order"}
	orders := map[int]string{}
	var signing, shown []string
	for _, p := range g.programme.Partners {
		name := p.Organisation.Label()
		if other, ok := orders[p.Order]; ok && p.Order != 0 {
			logos.tell(Look, say("même rang (order = %d) : %s, %s", "same rank (order = %d): %s, %s", p.Order, other, name))
		}
		orders[p.Order] = name
		shown = append(shown, name)
		if p.Organisation.Logo == "" {
			logos.tell(Look, say("sans logo : %s", "without a logo: %s", name))
		}
		if !p.Signs {
			continue
		}
		switch s := p.Signatory; {
		case s.Name == "" && s.Title == "":
			signing = append(signing, name)
			signs.tell(Look, say("ni nom ni titre : %s", "neither name nor title: %s", name))
		case s.Name == "":
			signing = append(signing, s.Title)
			signs.tell(Look, say("un titre sans nom : %s", "a title without a name: %s", s.Title))
		default:
			signing = append(signing, s.Name)
		}
	}
	signs.Found = say("%d : %s", "%d: %s", len(signing), signing)
	if len(signing) == 0 {
		signs.at(Look)
		signs.Found = Phrase{"personne ne signe (signs = true chez un partenaire)", "nobody signs (signs = true at a partner)"}
	}
	logos.Found = say("%d : %s", "%d: %s", len(shown), shown)
	for _, p := range g.pieces {
		if seen := g.outOfOrder(p); len(seen) > 0 {
			logos.tell(Look, say("%s : sur la page, ils se lisent %s", "%s: on the page they read %s", p.template.Title, seen))
		}
	}
	return []Check{signs, logos}
}

// outOfOrder is how the partners' logos read on a page of a piece, where that is not their order. A logo that
// stands twice counts where it stands last: the publisher's own may stand at the head too.
func (g *gathered) outOfOrder(p *pieceSeen) []string {
	for i := range p.subjects {
		for _, page := range p.subjects[i].shown {
			type placed struct {
				rank int
				pictureSeen
			}
			var all []placed
			for rank, partner := range g.programme.Partners {
				for _, x := range slices.Backward(page) {
					if partner.Organisation.Logo != "" && x.is(partner.Organisation.Logo) {
						all = append(all, placed{rank, x})
						break
					}
				}
			}
			read := slices.Clone(all)
			slices.SortStableFunc(read, func(a, b placed) int {
				if a.box.Y+a.box.H/2 < b.box.Y || b.box.Y+b.box.H/2 < a.box.Y { // on lines of their own
					return cmp.Compare(a.box.Y, b.box.Y)
				}
				return cmp.Compare(a.box.X, b.box.X)
			})
			if !slices.EqualFunc(all, read, func(a, b placed) bool { return a.rank == b.rank }) {
				var names []string
				for _, x := range read {
					names = append(names, g.programme.Partners[x.rank].Organisation.Label())
				}
				return names
			}
		}
	}
	return nil
}
