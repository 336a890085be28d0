package plan

import "vitrine/internal/model"

// Share is the picture that the pages of a programme are shared with, or the page of one participant.
type Share struct {
	Path        string // below public/
	Programme   *model.Programme
	Participant *model.Participant // nil: the programme's
}

// Subject is what the picture is about, as pieces name it.
func (s *Share) Subject() Subject {
	if x := s.Participant; x != nil {
		return Subject{Kind: "participant", ID: x.ID, Title: x.Name, Participant: x}
	}
	return Subject{Kind: "programme", ID: s.Programme.ID, Title: s.Programme.Name}
}

// ShareOf is the address of the picture that a page is shared with; empty for pages of no programme.
func (p *Plan) ShareOf(pg *Page) string {
	s := p.Sections[pg.Programme]
	if s == nil {
		return ""
	}
	if pg.Kind == "participant" && p.sharesEach() && pg.Participant.Listed(p.Site.Today) {
		return s.Participant(pg.Participant) + s.shareName()
	}
	return s.root + s.shareName()
}

// sharesEach reports whether each participant has a picture of its own.
func (p *Plan) sharesEach() bool { return p.Site.Kit.SharePictures == "participant" }

// shares lists the pictures of all programmes.
func (p *Plan) shares() {
	for _, g := range p.Site.Programmes {
		s := p.Sections[g]
		p.Shares = append(p.Shares, &Share{Path: fileOf(s.root + s.shareName()), Programme: g})
		if !p.sharesEach() {
			continue
		}
		for _, x := range s.Listed {
			p.Shares = append(p.Shares, &Share{Path: fileOf(s.Participant(x) + s.shareName()), Programme: g, Participant: x})
		}
	}
}

func (s *Section) shareName() string { return s.slugs.Slug("share") + ".png" }
