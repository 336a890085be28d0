package page

import (
	"crypto/sha256"
	"html/template"
	"slices"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
)

// Chrome is what the parts around a page see: _head.html, _header.html, _footer.html.
type Chrome struct {
	*Frame
	SiteTitle   string
	Baseline    string
	Home        string
	Base        string // path of the site, before every address
	Menu        []Link // of the site
	Section     *Link  // the programme's page
	SectionMenu []Link // of the programme
	Footer      []Link
	Publisher   Organisation
	Access      string // the mention that the law asks for
	Mention     string // of the programme's mark
	Feed        string
	Fonts       []string // addresses of the fonts that nearly every page needs
}

// shareWidth and shareHeight are the size of the pictures that pages are shared with, in pixels.
const shareWidth, shareHeight = "1200", "630"

// photo has a page shared with a photograph of its own.
func (f *Frame) photo(r *Renderer, img *Image) {
	f.Image = r.site.BaseURL + strings.TrimPrefix(img.Src, r.base)
	f.ImageAlt, f.ImageWidth, f.ImageHeight = firstOf(img.Alt, f.Title), itoa(img.Width), itoa(img.Height)
}

type chrome struct {
	head, header, footer template.HTML
	words                model.Words
	digest               [sha256.Size]byte // of these, and of the words
}

// frame starts the view of a page. crumbs lead to it, from below the home page.
func (r *Renderer) frame(p *plan.Page, title, description string, crumbs ...Link) *Frame {
	f := &Frame{
		Words: r.words, Lang: r.site.Language, Kind: p.Kind, Title: title,
		Description: description, Canonical: r.full(p.Path), Index: true, Demo: r.site.Demo, host: r.host,
	}
	f.HeadTitle = title + " · " + r.site.Title
	if title == r.site.Title {
		f.HeadTitle = title
	}
	if g := p.Programme; g != nil {
		f.W, f.Class, f.Programme = g.Words, "p-"+g.ID, g.Name
	}
	if p.Kind == "programme" && len(r.site.Programmes) == 1 {
		f.Canonical = r.full("/") // where the same page is the home
	}
	if p.Path != "/" {
		f.Crumbs = append([]Link{{URL: r.url("/"), Text: r.phrase("home")}}, crumbs...)
	}
	if f.Description == "" {
		f.Description = r.site.Baseline
	}
	if at := r.plan.ShareOf(p); at != "" {
		f.Image, f.ImageAlt = r.full(at), r.plan.SharedAs(p).Name
		f.ImageWidth, f.ImageHeight = shareWidth, shareHeight
		if p.Kind == "participant" {
			f.ImageAlt = title + ", " + p.Programme.Name
		}
	}
	c := r.chromeFor(p)
	f.Head, f.Header, f.Footer, f.around = c.head, c.header, c.footer, c
	return f
}

// chromeFor renders what surrounds a page, once for all the pages of a section.
func (r *Renderer) chromeFor(p *plan.Page) *chrome {
	key := p.Layout()
	if p.Programme != nil {
		key = p.Programme.ID + "/" + key
	}
	if p.Kind == "directory" || p.Kind == "filters" || p.Kind == "participant" {
		key = strings.TrimSuffix(key, p.Kind) + "directory"
	}
	if p.Path == "/" {
		key += "/home"
	}
	if c, ok := r.chrome.Load(key); ok {
		return c.(*chrome)
	}
	view := r.chromeView(p)
	c := &chrome{
		head:   r.part(p.Layout(), "_head.html", view),
		header: r.part(p.Layout(), "_header.html", view),
		footer: r.part(p.Layout(), "_footer.html", view),
	}
	c.words = view.W
	e := encoder{}
	e.view([]template.HTML{c.head, c.header, c.footer})
	e.view(view.W)
	c.digest = sha256.Sum256(e.b)
	stored, _ := r.chrome.LoadOrStore(key, c)
	return stored.(*chrome)
}

// part renders a part of the frame. Its mistakes show again, with their place, when
// the page that holds it is rendered: New tries every part first.
func (r *Renderer) part(kind, name string, view any) template.HTML {
	var out template.HTML
	r.execute(kind, name, view, func(html []byte) { out = template.HTML(html) })
	return out
}

func (r *Renderer) chromeView(p *plan.Page) *Chrome {
	f := &Frame{Words: r.words, Lang: r.site.Language, Kind: p.Kind, Demo: r.site.Demo}
	c := &Chrome{
		Frame: f, SiteTitle: r.site.Title, Baseline: r.site.Baseline, Home: r.url("/"), Base: r.base,
		Publisher: r.organisation(r.site.Publisher), Access: r.access(), Feed: r.url("/atom.xml"),
	}
	for _, f := range r.theme.Early() {
		c.Fonts = append(c.Fonts, r.base+"/"+f)
	}
	for _, g := range r.site.Programmes {
		c.Menu = append(c.Menu, Link{URL: r.url(r.plan.Sections[g].Root()), Text: g.Name, Current: g == p.Programme})
	}
	if len(r.site.Territories) > 0 {
		at := r.plan.Territories()
		c.Menu = append(c.Menu, Link{URL: r.url(at), Text: r.phrase("territories"), Current: strings.HasPrefix(p.Path, at)})
	}
	if len(r.site.News) > 0 {
		at := r.plan.News()
		c.Menu = append(c.Menu, Link{URL: r.url(at), Text: r.phrase("news"), Current: strings.HasPrefix(p.Path, at)})
	}
	if g := p.Programme; g != nil {
		f.W, f.Class, f.Programme = g.Words, "p-"+g.ID, g.Name
		s := r.plan.Sections[g]
		c.Section = &Link{URL: r.url(s.Root()), Text: g.Name, Current: p.Kind == "programme"}
		c.SectionMenu = r.sectionMenu(s, p.Path)
		if g.Mark != nil {
			c.Mention = g.Mark.Mention
		}
	}
	for _, key := range []string{"sitemap", "contact", "legal", "privacy"} {
		c.Footer = append(c.Footer, Link{URL: r.url(r.plan.Fixed(key)), Text: r.phrase(key)})
	}
	if r.plan.GivesData() {
		c.Footer = append(c.Footer, Link{URL: r.url(r.plan.OpenData()), Text: r.phrase("data")})
	}
	if r.plan.Embeds() {
		c.Footer = append(c.Footer, Link{URL: r.url(r.plan.Embed()), Text: r.phrase("embed")})
	}
	c.Footer = append(c.Footer, Link{URL: r.url(r.plan.Fixed("ecodesign")), Text: r.phrase("ecodesign")}, Link{URL: r.url(r.plan.Fixed("accessibility")), Text: c.Access})
	return c
}

// sectionMenu lists the parts that a programme has; none leads to an empty page.
func (r *Renderer) sectionMenu(s *plan.Section, path string) []Link {
	g := s.Programme
	var out []Link
	add := func(when bool, at, text string) {
		if when {
			out = append(out, Link{URL: r.url(at), Text: text, Current: strings.HasPrefix(path, at)})
		}
	}
	add(len(s.Listed) > 0, s.Directory(), capital(g.Words.Participant().Plural()))
	add(len(g.Challenges) > 0, s.Challenges(), capital(g.Words.Challenge().Plural()))
	add(len(g.Themes) > 0, s.Themes(), capital(g.Words.Theme().Plural()))
	add(len(g.Editions) > 0, s.Editions(), capital(g.Words.Edition().Plural()))
	groups := capital(g.Words.Group().Plural())
	if len(g.Groups) == 1 {
		groups = g.Groups[0].Title
	}
	add(len(g.Groups) > 0, s.Groups(), groups)
	add(plan.Joins(g), s.Join(), r.phrase("join"))
	add(len(g.Events) > 0, s.Agenda(), r.phrase("agenda"))
	add(g.HasFigures(), s.Figures(), r.phrase("figures"))
	if len(s.Reports) > 0 {
		add(true, s.Report(s.Reports[0]), r.phrase("report"))
	}
	return out
}

// access is the mention of conformity that every page must bear.
func (r *Renderer) access() string {
	status := r.site.Accessibility.Status
	if status == "" {
		status = "none"
	}
	return r.phrase("access-" + status)
}

// mark is a theme's sign. A theme without a colour of its own takes the next one of the
// graphic theme's series, so that no two neighbours look alike.
func (r *Renderer) mark(s *plan.Section, t *model.Theme) Mark {
	if m, ok := r.marks.Load(t); ok {
		return m.(Mark)
	}
	m := Mark{Title: t.Title, URL: r.url(s.Theme(t)), Color: t.Color, Icon: r.theme.Icons[t.Icon]}
	if m.Color == "" && len(r.theme.Series) > 0 {
		m.Color = r.theme.Series[max(slices.Index(s.Programme.Themes, t), 0)%len(r.theme.Series)]
	}
	m.HTML = r.part("directory", "_mark.html", m)
	r.marks.Store(t, m)
	return m
}

func (r *Renderer) organisation(o *model.Organisation) Organisation {
	if o == nil {
		return Organisation{}
	}
	return Organisation{
		Name: o.Name, Address: o.Address, Phone: phoneText(r.lang, o.Phone), PhoneURL: phoneURL(o.Phone),
		Email: o.Email, URL: o.URL, SIREN: o.SIREN,
	}
}
