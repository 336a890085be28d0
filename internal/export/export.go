// Package export writes the site's files for machines, from the model to bytes: the
// map of the site for search engines, the news feed.
package export

import (
	"bytes"
	"encoding/xml"
	"strings"

	"vitrine/internal/model"
)

// Address is a page that search engines may list.
type Address struct {
	Path    string
	Changed model.Date // zero when not known
}

// Sitemap is sitemap.xml (sitemaps.org, protocol 0.9).
func Sitemap(base string, pages []Address) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, p := range pages {
		b.WriteString("<url><loc>")
		escape(&b, base+p.Path)
		b.WriteString("</loc>")
		if !p.Changed.IsZero() {
			b.WriteString("<lastmod>" + p.Changed.String() + "</lastmod>")
		}
		b.WriteString("</url>\n")
	}
	b.WriteString("</urlset>\n")
	return b.Bytes()
}

// Robots is robots.txt: everything may be read, and here is the map.
func Robots(base string) []byte {
	return []byte("User-agent: *\nAllow: /\n\nSitemap: " + base + "/sitemap.xml\n")
}

// feedLength is how many news a feed holds.
const feedLength = 20

// Atom is the feed of the news (RFC 4287).
func Atom(s *model.Site, address func(*model.Page) string) []byte {
	var b bytes.Buffer
	element := func(name, value string) {
		b.WriteString("<" + name + ">")
		escape(&b, value)
		b.WriteString("</" + name + ">\n")
	}
	updated := model.Date{Year: 2000, Month: 1, Day: 1}
	for _, n := range s.News {
		if n.Date.After(updated) {
			updated = n.Date
		}
		if n.Updated.After(updated) {
			updated = n.Updated
		}
	}
	b.WriteString(xml.Header)
	b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="` + s.Language + `">` + "\n")
	element("title", s.Title)
	element("id", s.BaseURL+"/")
	element("updated", instant(updated))
	b.WriteString(`<link rel="self" href="` + attribute(s.BaseURL+"/atom.xml") + `"/>` + "\n")
	b.WriteString(`<link href="` + attribute(s.BaseURL+"/") + `"/>` + "\n")
	if s.Publisher != nil {
		b.WriteString("<author>")
		element("name", s.Publisher.Name)
		b.WriteString("</author>\n")
	}
	for i, n := range s.News {
		if i == feedLength {
			break
		}
		when := n.Date
		if !n.Updated.IsZero() {
			when = n.Updated
		}
		b.WriteString("<entry>\n")
		element("title", n.Title)
		element("id", s.BaseURL+address(n))
		b.WriteString(`<link href="` + attribute(s.BaseURL+address(n)) + `"/>` + "\n")
		element("published", instant(n.Date))
		element("updated", instant(when))
		if n.Description != "" {
			element("summary", n.Description)
		}
		b.WriteString("</entry>\n")
	}
	b.WriteString("</feed>\n")
	return b.Bytes()
}

func instant(d model.Date) string { return d.String() + "T00:00:00Z" }

func escape(b *bytes.Buffer, s string) { _ = xml.EscapeText(b, []byte(s)) } // a bytes.Buffer never fails

func attribute(s string) string {
	var b bytes.Buffer
	escape(&b, s)
	return strings.TrimSpace(b.String())
}
