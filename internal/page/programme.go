package page

import (
	"math"
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

func (r *Renderer) home(p *plan.Page, d *Draft) *Home {
	v := &Home{Baseline: r.site.Baseline, News: r.articles(4)}
	v.Frame = r.frame(p, r.site.Title, r.site.Baseline)
	v.Data = r.siteData()
	if len(v.News) > 0 {
		v.NewsURL = r.url(r.plan.News())
	}
	var sections []*plan.Section
	for _, g := range r.site.Programmes {
		s := r.plan.Sections[g]
		sections = append(sections, s)
		panel := Panel{
			Class: "p-" + g.ID, Kind: r.kindName(g.Kind), Name: g.Name, URL: r.url(s.Root()),
			Purpose: g.Purpose, Count: len(s.Listed), Word: g.Words.Participant(),
		}
		if len(s.Listed) > 0 {
			panel.Directory = r.url(s.Directory())
			v.Count += len(s.Listed)
			if v.Directory == "" {
				v.Directory, v.Seek = panel.Directory, r.seek(s)
				v.W = g.Words
				d.sectionMap(&v.Map, s, nil)
				for _, f := range s.By("commune") {
					v.Communes = append(v.Communes, Link{URL: r.url(f.Path), Text: f.Title, Count: len(f.Members)})
				}
				if g.Territory != nil {
					v.Territory = &Link{URL: r.url(r.plan.Territory(g.Territory)), Text: g.Territory.Name, Count: len(g.Territory.Members)}
				}
			}
		}
		if shown := g.Figures(); len(shown) > 0 {
			f := r.figure(shown[0])
			panel.Figure = &f
		}
		v.Programmes = append(v.Programmes, panel)
	}
	v.Portraits, v.Next = r.faces(sections...), r.soon(2, sections...)
	return v
}

// kindName is the kind of a programme in words, where the theme has them.
func (r *Renderer) kindName(kind string) string {
	if key := "kind-" + kind; r.words.Has(key) {
		return r.phrase(key)
	}
	return capital(kind)
}

func (r *Renderer) programme(p *plan.Page, d *Draft) *Programme {
	g := p.Programme
	s := r.plan.Sections[g]
	v := &Programme{
		KindName: r.kindName(g.Kind), Since: g.Since, Purpose: g.Purpose,
		Count: len(s.Listed), Offered: len(g.Challenges), Themes: r.themeCards(s, nil),
		Arguments: r.items(g.Arguments), Principles: r.items(g.Principles), Levels: r.levels(s),
		Documents: r.documents(g.Documents), Tools: r.items(g.Tools), Quotes: r.items(g.Testimonials), Terms: terms(g.Terms),
		Partners: r.partners(g.Partners[:min(len(g.Partners), plan.Few)]), Moments: r.moments(s), News: r.articles(2),
		AskedCount: len(g.Questions), PartnerCount: len(g.Partners),
	}
	r.further(v, s)
	v.Cloud = d.chart(termsChart(r.phrase("terms"), g.Terms))
	d.tell(&v.Story)
	d.sectionMap(&v.Map, s, nil)
	v.Frame = r.frame(p, g.Name, g.Purpose)
	v.Data = r.siteData()
	if len(s.Listed) > 0 {
		v.Directory = r.url(s.Directory())
	}
	v.Seek, v.Portraits = r.seek(s), r.faces(s)
	if len(g.Challenges) > 0 {
		v.Challenges = r.url(s.Challenges())
	}
	v.Figures = r.figuresOf(g, nil)
	v.Figures = v.Figures[:min(4, len(v.Figures))]
	if g.HasFigures() {
		v.FiguresURL = r.url(s.Figures())
	}
	v.Rules, v.Renewal = rulesInWords(g)
	if plan.Joins(g) {
		v.JoinURL = r.url(s.Join())
	}
	v.Downloads = r.downloads(g)
	d.cards(&v.Latest, r.latest(s), 5)
	if g.Mark != nil {
		v.Mention = g.Mark.Mention
	}
	v.Next = r.days(s, func(e *model.Event) bool { return !r.over(e) }, 3)
	return v
}

// further links the pages that a programme has when it has something to put there; what
// is little stands on its own page.
func (r *Renderer) further(v *Programme, s *plan.Section) {
	g := s.Programme
	if len(g.Events) > 0 {
		v.AgendaURL = r.url(s.Agenda())
	}
	if len(g.Definitions) > 0 {
		v.GlossaryURL = r.url(s.Glossary())
	}
	if len(g.Questions) > plan.Few {
		v.QuestionsURL = r.url(s.Questions())
	} else {
		v.Questions = r.questionGroups(g)
	}
	if plan.PartnersApart(g) {
		for i := range v.Partners {
			v.Partners[i].Duties, v.Partners[i].Contributions = nil, nil
		}
		v.PartnersURL = r.url(s.Partners())
	}
}

// downloads are the pieces that a programme gives out.
func (r *Renderer) downloads(g *model.Programme) []Link {
	var out []Link
	for _, p := range r.plan.Pieces {
		if p.Programme == g && p.Public && p.Single() {
			out = append(out, r.download(p, p.Outputs()[0], ""))
		}
	}
	return out
}

// handouts are the pieces that are given out for some subjects: a group, a challenge, a place.
func (r *Renderer) handouts(of func(s *plan.Subject) bool) []Link {
	var out []Link
	for _, p := range r.plan.Pieces {
		if !p.Public || p.Single() {
			continue
		}
		for i := range p.Subjects {
			if of(&p.Subjects[i]) {
				out = append(out, r.download(p, p.Dir()+"/"+p.Subjects[i].File+".pdf", p.Subjects[i].Title))
			}
		}
	}
	return out
}

// download is a link to a file of a piece, named by the theme, else by its id.
func (r *Renderer) download(p *plan.Piece, file, subject string) Link {
	name := capital(strings.ReplaceAll(p.Use.ID, "-", " "))
	if key := "piece-" + p.Use.Template; r.words.Has(key) {
		name = r.phrase(key)
	}
	if subject != "" {
		name = r.phrase("download-of", "name", name, "subject", subject)
	}
	return Link{URL: r.url("/kit/" + file), Text: r.phrase("download", "name", name)}
}

// latest are the newest holders of an award, in alphabetical order.
func (r *Renderer) latest(s *plan.Section) []*model.Participant {
	var newest model.Date
	for _, x := range s.Listed {
		if a := x.Latest(r.site.Today); a != nil && !a.Renewal() && a.On.After(newest) {
			newest = a.On
		}
	}
	var out []*model.Participant
	for _, x := range s.Listed {
		if a := x.Latest(r.site.Today); a == nil || a.On == newest && !a.Renewal() {
			out = append(out, x)
		}
	}
	return out
}

// terms are the words of a cloud in alphabetical order, in five sizes.
func terms(list []*model.Term) []Term {
	if len(list) == 0 {
		return nil
	}
	least, most := math.Inf(1), math.Inf(-1)
	for _, t := range list {
		least, most = min(least, t.Weight), max(most, t.Weight)
	}
	out := make([]Term, len(list))
	for i, t := range list {
		out[i] = Term{Text: t.Text, Size: 1 + int(4*(t.Weight-least)/max(most-least, 1)+0.5)}
	}
	slices.SortFunc(out, func(a, b Term) int {
		return strings.Compare(typography.SortKey(a.Text), typography.SortKey(b.Text))
	})
	return out
}
