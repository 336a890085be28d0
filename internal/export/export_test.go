package export

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"vitrine/internal/model"
)

func TestSitemap(t *testing.T) {
	out := Sitemap("https://x.example/é&", []Address{{Path: "/"}, {Path: "/a/?b=<c>", Changed: model.Date{Year: 2026, Month: 3, Day: 9}}})
	var got struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URL     []struct {
			Loc     string `xml:"loc"`
			Lastmod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var lines []string
	for _, u := range got.URL {
		lines = append(lines, u.Loc+" "+u.Lastmod)
	}
	if want := []string{"https://x.example/é&/ ", "https://x.example/é&/a/?b=<c> 2026-03-09"}; !slices.Equal(lines, want) {
		t.Errorf("got %q", lines)
	}
}

func TestAtom(t *testing.T) {
	s := &model.Site{Title: "Titre & <suite>", BaseURL: "https://x.example", Language: "fr", Publisher: &model.Organisation{Name: "Mairie"}}
	for i := range 30 {
		s.News = append(s.News, &model.Page{ID: "news/n", Title: "Nouvelle <b>", Description: "a & b", Date: model.Date{Year: 2026, Month: 1, Day: 30 - i%28}})
	}
	s.News[3].Updated = model.Date{Year: 2026, Month: 5, Day: 1}
	out := Atom(s, func(*model.Page) string { return "/actualites/n/" })
	var got struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Entry   []struct {
			Title string `xml:"title"`
			Link  struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got.Title != s.Title || got.Author != "Mairie" || got.Updated != "2026-05-01T00:00:00Z" {
		t.Errorf("%q, %q, %q", got.Title, got.Author, got.Updated)
	}
	if len(got.Entry) != feedLength || got.Entry[0].Title != "Nouvelle <b>" || got.Entry[0].Link.Href != "https://x.example/actualites/n/" {
		t.Errorf("%d entries, %+v", len(got.Entry), got.Entry[0])
	}
}

// TestAtomWithoutNews: a feed needs a date, and an empty one does not ask the clock.
func TestAtomWithoutNews(t *testing.T) {
	out := string(Atom(&model.Site{Title: "T", BaseURL: "https://x.example", Language: "fr"}, nil))
	if !strings.Contains(out, "<updated>2000-01-01T00:00:00Z</updated>") {
		t.Error(out)
	}
}
