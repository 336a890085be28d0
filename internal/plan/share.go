package plan

import (
	"slices"

	"vitrine/internal/model"
)

// The templates of the pictures that a site makes for others to show.
const (
	SharePiece = "share"     // that a page is shared with
	BadgePiece = "web-badge" // that a participant puts on its own site
)

// Share is a picture made for others to show: the one that the pages of a programme are shared with, or the
// page of one participant; the programme's badge.
type Share struct {
	Path        string // below public/
	Template    string
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

// ShareOf is the address of the picture that a page is shared with: that of its programme, else of the first;
// empty on a site without any.
func (p *Plan) ShareOf(pg *Page) string {
	s := p.Sections[p.SharedAs(pg)]
	if s == nil {
		return ""
	}
	if pg.Kind == "participant" && p.sharesEach() && pg.Participant.Listed(p.Site.Today) {
		return s.Participant(pg.Participant) + s.shareName()
	}
	return s.root + s.shareName()
}

// SharedAs is the programme whose picture a page is shared with; nil on a site without any.
func (p *Plan) SharedAs(pg *Page) *model.Programme {
	if pg.Programme != nil || len(p.Site.Programmes) == 0 {
		return pg.Programme
	}
	return p.Site.Programmes[0]
}

// sharesEach reports whether each participant has a picture of its own.
func (p *Plan) sharesEach() bool { return p.Site.Kit.SharePictures == "participant" }

// Badge is the address of a programme's badge; empty where there is nobody to show it, or where its mark is
// for some pieces only and this is none of them.
func (p *Plan) Badge(s *Section) string {
	if m := s.Programme.Mark; len(s.Listed) == 0 || m != nil && len(m.Pieces) > 0 && !slices.Contains(m.Pieces, BadgePiece) {
		return ""
	}
	return s.root + s.slugs.Slug("badge") + ".svg"
}

// shares lists the pictures of all programmes.
func (p *Plan) shares() {
	for _, g := range p.Site.Programmes {
		s := p.Sections[g]
		p.Shares = append(p.Shares, &Share{Path: fileOf(s.root + s.shareName()), Template: SharePiece, Programme: g})
		if at := p.Badge(s); at != "" {
			p.Shares = append(p.Shares, &Share{Path: fileOf(at), Template: BadgePiece, Programme: g})
		}
		if !p.sharesEach() {
			continue
		}
		for _, x := range s.Listed {
			p.Shares = append(p.Shares, &Share{Path: fileOf(s.Participant(x) + s.shareName()), Template: SharePiece, Programme: g, Participant: x})
		}
	}
}

func (s *Section) shareName() string { return s.slugs.Slug("share") + ".png" }
