package plan

import (
	"io/fs"
	"strings"
	"testing"

	"vitrine/internal/diag"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// slugs are words of addresses.
type slugs map[string]string

func (s slugs) Slug(key string) string {
	if v, ok := s[key]; ok {
		return v
	}
	return "s-" + key
}

type origin string

func (o origin) Span(string) diag.Span { return diag.Span{File: string(o), Start: 1, End: 2} }

func word(path string) model.Word {
	return model.Word{Word: typography.Word{One: path, Many: path}, Path: path}
}

// small is a site of one programme with n participants.
func small(n int) (*model.Site, *model.Programme) {
	p := &model.Programme{ID: "label", Name: "Label", Origin: origin("p.toml"), Words: model.Words{
		"participant": word("participants"), "challenge": word("defis"), "theme": word("themes"), "edition": word("editions"), "group": word("groupes"),
	}}
	water := &model.Theme{ID: "eau", Title: "Eau", Origin: origin("c.toml")}
	p.Themes = []*model.Theme{water}
	p.Challenges = []*model.Challenge{{ID: "pluie", Title: "Pluie", Theme: water, Origin: origin("c.toml")}}
	for i := range n {
		id := string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		model.Enrol(p, &model.Participant{
			ID: id, Code: "c-" + id, Name: strings.ToUpper(id), Consent: model.ScopeName, Origin: origin("x.toml"),
			Commitments: []*model.Commitment{{Challenge: p.Challenges[0]}},
		})
	}
	s := &model.Site{Title: "S", Origin: origin("site.toml"), Programmes: []*model.Programme{p}, Today: model.Date{Year: 2026, Month: 1, Day: 1}}
	return s, p
}

func TestPagesOfAList(t *testing.T) {
	for _, c := range []struct{ n, pages, shortest int }{{1, 1, 1}, {48, 1, 48}, {49, 2, 24}, {97, 3, 32}, {200, 5, 40}} {
		s, _ := small(c.n)
		p, list := Make(s, slugs{}, 48, nil)
		if len(list) > 0 {
			t.Fatal(list)
		}
		seen := map[*model.Participant]int{}
		pages, shortest := 0, c.n
		for _, pg := range p.Pages {
			if pg.Kind == "directory" && pg.Listing.Filter == nil {
				pages++
				shortest = min(shortest, len(pg.Listing.Members))
				for _, x := range pg.Listing.Members {
					seen[x]++
				}
			}
		}
		if pages != c.pages || shortest != c.shortest || len(seen) != c.n {
			t.Errorf("%d participants: %d pages, the shortest of %d, %d shown", c.n, pages, shortest, len(seen))
		}
	}
}

func TestHas(t *testing.T) {
	s, _ := small(2)
	p, _ := Make(s, slugs{}, 48, []*File{{Path: "img/a.jpg", Source: "static/img/a.jpg"}})
	for address, want := range map[string]bool{
		"/": true, "/label/": true, "/label": true, "/label/participants/a/": true, "/label/index.html": true, "/img/a.jpg": true,
		"/404.html": true, "/atom.xml": true, "/label/x/../": true, "/img/": false, "/label/participants/zz/": false, "/img/A.jpg": false, "/../label/": true,
	} {
		if got := p.Has(address); got != want {
			t.Errorf("Has(%q) = %v", address, got)
		}
	}
}

func TestCollisionsSayBothPlaces(t *testing.T) {
	s, _ := small(1)
	s.Pages = []*model.Page{{ID: "label", Title: "X", Origin: origin("content/label.md")}, {ID: "Label", Origin: origin("content/Label.md")}}
	_, list := Make(s, slugs{}, 48, []*File{{Path: "LABEL/index.html", Source: "static/LABEL/index.html"}})
	if list.Errors() != 3 {
		t.Fatalf("%d errors: %v", list.Errors(), list)
	}
	for _, d := range list {
		if d.Code != diag.PathCollision || d.Span.IsZero() || len(d.Notes) != 1 {
			t.Errorf("%v", d)
		}
	}
}

// TestFileWhereAFolderMustBe: no file system holds both.
func TestFileWhereAFolderMustBe(t *testing.T) {
	s, _ := small(1)
	_, list := Make(s, slugs{}, 48, []*File{{Path: "Label", Source: "static/Label"}})
	if list.Errors() != 1 || list[0].Code != diag.PathCollision || list[0].Span.IsZero() {
		t.Errorf("found %v", list)
	}
	_, list = Make(s, slugs{}, 48, []*File{{Path: "robots.txt", Source: "static/robots.txt"}})
	if list.Errors() != 1 || list[0].Span.File != "static/robots.txt" {
		t.Errorf("found %v", list)
	}
}

// FuzzPaths: whatever ids, codes and words a site holds that pass their checks, no page
// or piece leaves its folder, and two outputs never share a place unsaid.
func FuzzPaths(f *testing.F) {
	f.Add("label", "au-bon-pain", "abcd1234", "artisans", "2023", "a-propos")
	f.Add("a", "page", "v", "a", "commune", "v/x")
	f.Add("..", "../../etc", "con", "nul", "", "../x")
	f.Add("index", "index.html", "index", "404", "assets", "assets/site.css")
	f.Add("x", "edition", "x", "x", "x", "news/x")
	f.Fuzz(func(t *testing.T, programme, participant, code, path, edition, page string) {
		for _, id := range []string{programme, participant, code, path, edition} {
			if ident.ID(id) != ident.OK {
				return // bind refuses it
			}
		}
		for part := range strings.SplitSeq(page, "/") {
			if ident.ID(part) != ident.OK {
				return
			}
		}
		s, p := small(3)
		p.ID = programme
		p.Words["participant"] = word(path)
		e := &model.Edition{ID: edition, Title: edition, Starts: model.Date{Year: 2020, Month: 1, Day: 1}, Origin: origin("p.toml")}
		p.Editions = []*model.Edition{e}
		model.Enrol(p, &model.Participant{
			ID: participant, Code: code, Name: "Nom", Consent: model.ScopeName, Origin: origin("x.toml"),
			Awards: []*model.Award{{Edition: e, On: e.Starts}},
		})
		p.Pieces = []*model.PieceUse{{ID: "diploma", Template: "d", For: "award", Public: true, Where: map[string][]string{}, Origin: origin("p.toml")}}
		s.Pages = []*model.Page{{ID: page, Title: "P", Origin: origin("content/p.md")}}
		pl, list := Make(s, slugs{}, 48, nil)
		for _, d := range list {
			if d.Span.IsZero() {
				t.Errorf("a collision without a place: %v", d)
			}
		}
		seen := map[string]bool{}
		var files []string
		for _, pg := range pl.Pages {
			files = append(files, pg.File())
		}
		for _, x := range pl.Pieces {
			for _, o := range x.Outputs() {
				files = append(files, "kit/"+o)
			}
		}
		for _, file := range files {
			if !fs.ValidPath(file) || file == "." {
				t.Errorf("an output at %q", file)
			}
			for part := range strings.SplitSeq(file, "/") {
				if ident.Reserved(part) {
					t.Errorf("%q has a name that some system keeps", file)
				}
			}
			if key := strings.ToLower(file); seen[key] && list.Errors() == 0 {
				t.Errorf("two outputs at %q, and nothing said", file)
			} else {
				seen[key] = true
			}
		}
	})
}

// A former address is claimed as any other: two records, or a record and a list, may not want it.
func TestFormerAddress(t *testing.T) {
	s, g := small(3)
	x := model.Participants(g)[0]
	x.Aliases = []string{"old", "older"}
	p, list := Make(s, slugs{}, 48, nil)
	if len(list) > 0 || !p.Has("/label/participants/old/") || !p.Has("/label/participants/older/") {
		t.Fatal(list)
	}
	x.Aliases = []string{"s-filter-challenge"}
	if _, list = Make(s, slugs{}, 48, nil); len(list) != 1 || list[0].Code != diag.PathCollision {
		t.Errorf("%v, want a collision with the lists by challenge", list)
	}
}
