package page

import (
	"html"

	"vitrine/internal/plan"
)

// framedList is a list made for an iframe on another site: nothing around it, and links that open in the
// whole window.
func (r *Renderer) framedList(p *plan.Page, d *Draft) *Framed {
	s := r.plan.Sections[p.Programme]
	l := p.Listing
	at := s.Directory()
	if l.Filter != nil {
		at = l.Filter.Path
	}
	v := &Framed{Total: l.Total, Shown: len(l.Members), All: r.url(at), Site: Link{URL: r.url("/"), Text: r.site.Title}}
	d.cards(&v.Cards, l.Members, 0)
	v.Frame = r.frame(p, r.framedTitle(s, l.Filter), "")
	v.Frame.Index, v.Frame.Crumbs, v.Frame.Header, v.Frame.Footer = false, nil, "", ""
	v.Frame.Canonical = r.full(at)
	return v
}

// framedTitle says what a list holds: a frame without a title is a hole to those who cannot see it.
func (r *Renderer) framedTitle(s *plan.Section, f *plan.Filter) string {
	who := capital(s.Programme.Words.Participant().Plural())
	if f == nil {
		return r.phrase("embed-title", "participants", who, "programme", s.Programme.Name)
	}
	return r.phrase("embed-title", "participants", r.phrase("directory-commune", "participants", who, "at", r.at(f.Territory)), "programme", s.Programme.Name)
}

// embed says how to show the lists on another site.
func (r *Renderer) embed(p *plan.Page) *Embed {
	v := &Embed{Frame: r.frame(p, r.phrase("embed"), r.phrase("embed-lead"))}
	for _, g := range r.site.Programmes {
		s := r.plan.Sections[g]
		if len(s.Listed) == 0 {
			continue
		}
		title := r.framedTitle(s, nil)
		e := EmbedList{Title: g.Name, ID: g.ID, URL: r.url(r.plan.Frame(s, nil)), Frame: frameCode(r.full(r.plan.Frame(s, nil)), title)}
		e.Links = "<ul>\n" + linkCode(r.full(s.Directory()), title)
		for _, f := range s.By("commune") {
			e.Places = append(e.Places, Link{URL: r.url(r.plan.Frame(s, f)), Text: f.Title, Count: len(f.Members)})
			if len(e.Places) <= shortcuts {
				e.Links += linkCode(r.full(f.Path), r.framedTitle(s, f))
			}
		}
		e.Links += "</ul>"
		e.Badge = r.badge(s)
		v.Lists = append(v.Lists, e)
	}
	return v
}

// The size of a badge, in pixels.
const badgeWidth, badgeHeight = 256, 80

// badge is a programme's badge with the text that shows it on another site; nil where there is none.
func (r *Renderer) badge(s *plan.Section) *Badge {
	at := r.plan.Badge(s)
	if at == "" {
		return nil
	}
	g := s.Programme
	w := g.Words.Participant()
	b := &Badge{Image: Image{Src: r.url(at), Width: badgeWidth, Height: badgeHeight}}
	b.Alt = r.phrase("badge-alt", "who", capital(w.Agree(1, r.phrase("piece-engaged", "word", w.One), r.phrase("piece-engaged-f", "word", w.One))), "programme", g.Name)
	b.Code = `<a href="` + html.EscapeString(r.full(s.Root())) + `"><img src="` + html.EscapeString(r.full(at)) + `" alt="` + html.EscapeString(b.Alt) +
		`" width="` + itoa(badgeWidth) + `" height="` + itoa(badgeHeight) + `"></a>`
	if m := g.Mark; m != nil {
		b.Mention = m.Mention
		if m.Approver != nil {
			b.Approver = m.Approver.Name
		}
	}
	return b
}

// frameCode and linkCode are what another site pastes: no script, and a title.
func frameCode(at, title string) string {
	return `<iframe src="` + html.EscapeString(at) + `" title="` + html.EscapeString(title) + `" width="100%" height="600" loading="lazy" style="border:0"></iframe>`
}

func linkCode(at, title string) string {
	return `<li><a href="` + html.EscapeString(at) + `">` + html.EscapeString(title) + "</a></li>\n"
}
