package page

import (
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/model"
	"vitrine/internal/plan"
	"vitrine/internal/typography"
)

func (r *Renderer) articles(n int) []Article {
	var out []Article
	for _, a := range r.site.News {
		if n > 0 && len(out) == n {
			break
		}
		out = append(out, Article{
			Title: a.Title, URL: r.url(r.plan.Article(a)), Text: a.Description, When: r.date(a.Date), ISO: a.Date.String(),
			Image: r.image(a.Image, "", ""),
		})
	}
	return out
}

func (r *Renderer) news(p *plan.Page) *News {
	v := &News{Articles: r.articles(0)}
	v.Frame = r.frame(p, r.phrase("news"), "")
	return v
}

func (r *Renderer) prosePage(p *plan.Page, d *Draft) *Prose {
	x := p.Prose
	v := &Prose{When: r.date(x.Date), ISO: x.Date.String(), Updated: r.date(x.Updated), Lead: x.Description, Picture: r.image(x.Image, "", "")}
	d.tell(&v.Body)
	if p.Kind == "page" {
		v.Frame = r.frame(p, x.Title, x.Description)
		return v
	}
	v.Frame = r.frame(p, x.Title, x.Description, r.crumb(r.plan.News(), r.phrase("news")))
	if v.Picture != nil {
		v.Frame.photo(r, v.Picture)
	}
	for i, n := range r.site.News {
		if n != x {
			continue
		}
		if i > 0 {
			v.Next = &Link{URL: r.url(r.plan.Article(r.site.News[i-1])), Text: r.site.News[i-1].Title}
		}
		if i < len(r.site.News)-1 {
			v.Previous = &Link{URL: r.url(r.plan.Article(r.site.News[i+1])), Text: r.site.News[i+1].Title}
		}
	}
	return v
}

func (r *Renderer) fixed(p *plan.Page) *Fixed {
	s := r.site
	v := &Fixed{
		Publisher: r.organisation(s.Publisher), Director: s.Legal.Director,
		Host:       Organisation{Name: s.Legal.Host.Name, Address: s.Legal.Host.Address, Phone: phoneText(r.lang, s.Legal.Host.Phone), PhoneURL: phoneURL(s.Legal.Host.Phone)},
		Controller: s.Privacy.Controller, PrivacyEmail: s.Privacy.Contact,
		AccessStatus: firstOf(s.Accessibility.Status, "none"), AccessOn: r.date(s.Accessibility.AuditedOn),
		AccessContact: firstOf(s.Accessibility.Contact, s.Privacy.Contact), Home: r.url("/"),
		PrivacyURL: r.url(r.plan.Fixed("privacy")), LegalURL: r.url(r.plan.Fixed("legal")), ContactURL: r.url(r.plan.Fixed("contact")),
		SitemapURL: r.url(r.plan.Fixed("sitemap")), AccessURL: r.url(r.plan.Fixed("accessibility")), SiteURL: s.BaseURL,
	}
	if s.Accessibility.Rate > 0 {
		v.AccessRate = typography.Percent(r.lang, s.Accessibility.Rate, 0)
	}
	v.Frame = r.frame(p, r.phrase(p.Key), "")
	if p.Key == "missing" {
		v.Index = false
	}
	for _, g := range s.Programmes {
		v.Awards = v.Awards || g.HasAwards()
		if m := g.Mark; m != nil {
			v.Marks = append(v.Marks, MarkNotice{Programme: g.Name, Name: m.Name, Number: m.Number, Owner: m.Owner, Mention: m.Mention, FiledOn: r.date(m.FiledOn)})
		}
		sec := r.plan.Sections[g]
		if sec.Searched() {
			v.Searched, v.Located = true, v.Located || located(sec)
		}
		v.Timed = v.Timed || p.Key == "accessibility" && slices.ContainsFunc(sec.Listed, func(x *model.Participant) bool {
			return r.now(r.profile(x)) != nil
		})
		if len(sec.Listed) > 0 {
			v.Directories = append(v.Directories, Link{URL: r.url(sec.Directory()), Text: r.pair(g.Name, g.Words.Participant().Plural()), Count: len(sec.Listed)})
		}
	}
	if p.Key == "sitemap" {
		v.Sections = r.sitemap()
	}
	return v
}

// sitemap lists the pages that lead to all the others.
func (r *Renderer) sitemap() []SitemapSection {
	var out []SitemapSection
	for _, g := range r.site.Programmes {
		s := r.plan.Sections[g]
		sec := SitemapSection{Title: g.Name, URL: r.url(s.Root()), Links: []Link{{URL: r.url(s.Root()), Text: r.phrase("presentation")}}}
		sec.Links = append(sec.Links, r.sectionMenu(s, "")...)
		for _, x := range []struct {
			n         int
			at, title string
		}{{len(g.Definitions), s.Glossary(), "glossary"}, {max(0, len(g.Questions)-plan.Few), s.Questions(), "questions"}, {partnersApart(g), s.Partners(), "partners"}} {
			if x.n > 0 {
				sec.Links = append(sec.Links, Link{URL: r.url(x.at), Text: r.phrase(x.title)})
			}
		}
		for _, d := range plan.Dimensions {
			if n := len(s.By(d)); n > 0 {
				sec.Links = append(sec.Links, Link{URL: r.url(s.Dimension(d)), Text: r.filtersTitle(d, g.Words), Count: n})
			}
		}
		out = append(out, sec)
	}
	general := SitemapSection{Title: r.phrase("sitemap-general")}
	if len(r.site.Territories) > 0 {
		general.Links = append(general.Links, Link{URL: r.url(r.plan.Territories()), Text: r.phrase("territories"), Count: len(r.site.Territories)})
	}
	if len(r.site.News) > 0 {
		general.Links = append(general.Links, Link{URL: r.url(r.plan.News()), Text: r.phrase("news"), Count: len(r.site.News)})
	}
	for _, x := range r.site.Pages {
		if r.plan.Told(x) {
			continue
		}
		general.Links = append(general.Links, Link{URL: r.url("/" + x.ID + "/"), Text: x.Title})
	}
	if r.plan.GivesData() {
		general.Links = append(general.Links, Link{URL: r.url(r.plan.OpenData()), Text: r.phrase("data")})
	}
	if r.plan.Embeds() {
		general.Links = append(general.Links, Link{URL: r.url(r.plan.Embed()), Text: r.phrase("embed")})
	}
	for _, key := range plan.FixedPages {
		general.Links = append(general.Links, Link{URL: r.url(r.plan.Fixed(key)), Text: r.phrase(key)})
	}
	return append(out, general)
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func capital(s string) string { return typography.Capital(s) }

func itoa(n int) string { return strconv.Itoa(n) }

// bareURL is an address as people write it.
func bareURL(u string) string {
	u = strings.TrimPrefix(strings.TrimPrefix(u, "https://"), "http://")
	return strings.TrimSuffix(strings.TrimPrefix(u, "www."), "/")
}

func clock(s string) (hour, minute int, ok bool) {
	h, m, ok := strings.Cut(s, ":")
	if !ok {
		return 0, 0, false
	}
	hour, err1 := strconv.Atoi(h)
	minute, err2 := strconv.Atoi(m)
	return hour, minute, err1 == nil && err2 == nil
}

// partnersApart is how many partners have a page of their own.
func partnersApart(g *model.Programme) int {
	if plan.PartnersApart(g) {
		return len(g.Partners)
	}
	return 0
}
