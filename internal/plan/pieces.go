package plan

import (
	"slices"
	"strings"

	"vitrine/internal/model"
)

// Piece is a piece to lay out, with all its subjects.
type Piece struct {
	Programme *model.Programme
	Use       *model.PieceUse
	Public    bool
	Subjects  []Subject
}

// Subject is one thing that a piece is made for.
type Subject struct {
	Kind, ID string // award, 2023/aux-bles-d-or
	Title    string // for the office: a name
	File     string // below kit/PROGRAMME/PIECE/, without extension

	Participant *model.Participant
	Award       *model.Award
	Challenge   *model.Challenge
	Theme       *model.Theme
	Edition     *model.Edition
	Group       *model.Group
	Event       *model.Event
	Territory   *model.Territory
}

// Name is the subject as outputs name it: award/2023/aux-bles-d-or.
func (s Subject) Name() string { return s.Kind + "/" + s.ID }

// Dir is where the piece's files go, below kit/.
func (p *Piece) Dir() string { return p.Programme.ID + "/" + p.Use.ID }

// Outputs lists the PDF files of the piece, below kit/: all subjects together, then
// one each. A piece with a single subject of the programme has one file.
func (p *Piece) Outputs() []string {
	out := []string{p.Dir() + ".pdf"}
	if p.Single() {
		return out
	}
	for _, s := range p.Subjects {
		out = append(out, p.Dir()+"/"+s.File+".pdf")
	}
	return out
}

// Single reports whether the piece is made once, for the programme as a whole.
func (p *Piece) Single() bool { return p.Use.For == "programme" }

func (p *Plan) pieces(g *model.Programme) {
	for _, u := range g.Pieces {
		piece := &Piece{Programme: g, Use: u, Public: u.Public, Subjects: p.subjects(g, u)}
		if len(piece.Subjects) > 0 {
			p.Pieces = append(p.Pieces, piece)
		}
	}
}

func (p *Plan) subjects(g *model.Programme, u *model.PieceUse) []Subject {
	var out []Subject
	add := func(id, title string, fill func(*Subject)) {
		s := Subject{Kind: u.For, ID: id, Title: title, File: id}
		if fill != nil {
			fill(&s)
		}
		out = append(out, s)
	}
	switch u.For {
	case "programme":
		add(g.ID, g.Name, nil)
	case "award":
		return p.awards(g, u)
	case "participant":
		for _, x := range model.Participants(g) {
			if keeps(u.Where, participantFields(x)) && (!u.Public || x.Listed(p.Site.Today)) && x.Status != model.Withdrawn {
				add(x.ID, x.Name, func(s *Subject) { s.Participant = x })
			}
		}
	case "challenge":
		for _, c := range g.Challenges {
			if keeps(u.Where, map[string]string{"id": c.ID, "theme": c.Theme.ID, "kind": c.Kind, "status": c.Status}) {
				add(c.ID, c.Title, func(s *Subject) { s.Challenge = c })
			}
		}
	case "theme":
		for _, t := range g.Themes {
			if keeps(u.Where, map[string]string{"id": t.ID, "status": t.Status}) {
				add(t.ID, t.Title, func(s *Subject) { s.Theme = t })
			}
		}
	case "group":
		for _, x := range g.Groups {
			if keeps(u.Where, map[string]string{"id": x.ID, "kind": x.Kind}) {
				add(x.ID, x.Title, func(s *Subject) { s.Group = x })
			}
		}
	case "event":
		for _, e := range g.Events {
			if keeps(u.Where, map[string]string{"id": e.ID, "kind": e.Kind, "status": e.Status}) {
				add(e.ID, e.Title, func(s *Subject) { s.Event = e })
			}
		}
	case "edition":
		for _, e := range g.Editions {
			if keeps(u.Where, map[string]string{"id": e.ID}) {
				add(e.ID, e.Title, func(s *Subject) { s.Edition = e })
			}
		}
	case "territory":
		for _, t := range p.Site.Territories {
			if keeps(u.Where, map[string]string{"id": t.ID, "kind": t.Kind}) {
				add(t.ID, t.Name, func(s *Subject) { s.Territory = t })
			}
		}
	}
	return out
}

// awards are the awards that a piece is made for, in alphabetical order of holders:
// those of the current edition, unless the piece names its editions. Past editions
// have folders of their own.
func (p *Plan) awards(g *model.Programme, u *model.PieceUse) []Subject {
	current := g.CurrentEdition(p.Site.Today)
	_, named := u.Where["edition"]
	holders := sortedBy(model.Participants(g), NameKey)
	var out []Subject
	for _, e := range slices.Backward(g.Editions) {
		if !named && e != current {
			continue
		}
		for _, x := range holders {
			a := model.AwardIn(x, e)
			if a == nil || x.Status == model.Withdrawn || u.Public && !x.Listed(p.Site.Today) {
				continue
			}
			fields := participantFields(x)
			fields["edition"] = e.ID
			if a.Level != nil {
				fields["level"] = a.Level.ID
			}
			if !keeps(u.Where, fields) {
				continue
			}
			s := Subject{Kind: "award", ID: e.ID + "/" + x.ID, Title: x.Name, File: x.ID, Participant: x, Award: a, Edition: e}
			if e != current {
				s.File = e.ID + "/" + x.ID
			}
			out = append(out, s)
		}
	}
	return out
}

func participantFields(x *model.Participant) map[string]string {
	f := map[string]string{"id": x.ID, "kind": x.Kind, "status": x.Status}
	if x.Trade != nil {
		f["trade"] = x.Trade.ID
	}
	if x.Commune != nil {
		f["commune"] = x.Commune.Code
	}
	return f
}

func keeps(where map[string][]string, fields map[string]string) bool {
	for key, want := range where {
		if !slices.ContainsFunc(want, func(w string) bool { return strings.EqualFold(w, fields[key]) }) {
			return false
		}
	}
	return true
}
