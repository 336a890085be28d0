package export

import "vitrine/internal/model"

// JSONFeed is feed.json: the news, as Atom has them (jsonfeed.org, version 1.1).
func JSONFeed(s *model.Site, address func(*model.Page) string) []byte {
	type author struct {
		Name string `json:"name"`
		URL  string `json:"url,omitempty"`
	}
	type item struct {
		ID        string `json:"id"`
		URL       string `json:"url"`
		Title     string `json:"title"`
		Text      string `json:"content_text"`
		Published string `json:"date_published"`
		Modified  string `json:"date_modified,omitempty"`
	}
	feed := struct {
		Version  string   `json:"version"`
		Title    string   `json:"title"`
		Home     string   `json:"home_page_url"`
		Feed     string   `json:"feed_url"`
		Language string   `json:"language"`
		Authors  []author `json:"authors,omitempty"`
		Items    []item   `json:"items"`
	}{Version: "https://jsonfeed.org/version/1.1", Title: s.Title, Home: s.BaseURL + "/", Feed: s.BaseURL + "/feed.json", Language: s.Language, Items: []item{}}
	if s.Publisher != nil {
		feed.Authors = []author{{s.Publisher.Name, s.Publisher.URL}}
	}
	for i, n := range s.News {
		if i == feedLength {
			break
		}
		x := item{ID: s.BaseURL + address(n), URL: s.BaseURL + address(n), Title: n.Title, Text: firstOf(n.Description, n.Title), Published: instant(n.Date)}
		if !n.Updated.IsZero() {
			x.Modified = instant(n.Updated)
		}
		feed.Items = append(feed.Items, x)
	}
	return indented(feed)
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
