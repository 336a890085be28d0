package bind

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/source"
)

// Session is a site that was read, and of which single participants can be read again:
// a site is edited one story at a time.
type Session struct {
	b       *binder
	stories map[string]*place // by file
}

// place is where a story belongs.
type place struct {
	p   *programme
	rec *record
}

// Open reads a whole site, as Site does, and keeps what it takes to go on from there.
func Open(tree *source.Tree, opts Options) (*Session, *model.Site, diag.List) {
	b := bind(tree, opts)
	s := &Session{b: b, stories: map[string]*place{}}
	for _, p := range b.programmes {
		for _, rec := range p.records {
			if rec.story != "" && rec.x != nil && rec.x.ID != "" {
				s.stories[rec.story] = &place{p, rec}
			}
		}
	}
	return s, b.site, b.found()
}

// Change is a participant that was read again. It stands in the model, in the place of
// what it was; Undo puts that back.
type Change struct {
	Participant *model.Participant
	Before      model.Participant // what the record said
	p           *programme
	rec         *record
	read        diag.List
	judged      diag.List
}

// Again reads the participant whose Markdown file this is, and puts the new record where
// the old one was. ok is false, and nothing is changed, where more than this record is
// concerned (no such participant, another id, code or alias): then the site has to be
// read as a whole. Nobody may look at the model meanwhile.
func (s *Session) Again(file string) (c Change, ok bool) {
	at := s.stories[file]
	if at == nil {
		return c, false
	}
	p, rec := at.p, at.rec
	c = Change{Participant: rec.x, Before: *rec.x, p: p, rec: rec, read: rec.read, judged: rec.judged}
	if !p.tree.Exists(file) {
		return c, false
	}
	var found diag.List
	x, _ := p.bindParticipant(rec, &found)
	if x == nil || found.Errors() > 0 {
		// The record stays as it was; what is wrong with it is said.
		rec.read, rec.judged = found, nil
		return c, true
	}
	old := rec.x
	x.ID = old.ID
	if x.Code == "" {
		x.Code = codeOf(p.ID, x)
	}
	if x.Code != old.Code || !slices.Equal(x.Aliases, old.Aliases) {
		return c, false
	}
	model.Replace(old, x)
	rec.read = found
	rec.judged = p.judge(rec)
	p.compute()
	return c, true
}

// Undo puts the record back as it was.
func (c Change) Undo() {
	before := c.Before
	model.Replace(c.Participant, &before)
	c.rec.read, c.rec.judged = c.read, c.judged
	c.p.compute()
}

// Found is everything that is wrong with the site now.
func (s *Session) Found() diag.List { return s.b.found() }

// Concerns reports whether a file is the story of a participant that Again can read.
func (s *Session) Concerns(file string) bool {
	return strings.HasSuffix(file, ".md") && s.stories[file] != nil
}
