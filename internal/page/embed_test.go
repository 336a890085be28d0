package page

import (
	"html"
	"strings"
	"testing"
)

// A list for an iframe has a title, its source, links for the whole window and nothing around it; its texts
// to copy name it and its title.
func TestFramedLists(t *testing.T) {
	r := own(t)
	frames := map[string]string{}
	code := ""
	for _, p := range r.plan.Pages {
		if p.Kind != "frame" && p.Kind != "embed" {
			continue
		}
		var out string
		if list, err := r.Render(p, func(b []byte) error { out = string(b); return nil }); err != nil || len(list) > 0 {
			t.Fatal(list, err)
		}
		if p.Kind == "embed" {
			code = html.UnescapeString(out)
			continue
		}
		frames[p.Path] = out
		whole := r.plan.Sections[p.Programme].Directory()
		if f := p.Listing.Filter; f != nil {
			whole = f.Path
		}
		for _, part := range []string{
			`<base target="_top">`, `<meta name="robots" content="noindex">`, `<link rel="canonical" href="` + r.full(whole) + `">`,
			`<a href="` + r.url(whole) + `">`, `<a href="` + r.url("/") + `">`, "<h1>",
		} {
			if strings.Count(out, part) != 1 {
				t.Errorf("%s: %q stands %d times", p.Path, part, strings.Count(out, part))
			}
		}
		if rows := strings.Count(out, "<li>"); rows != len(p.Listing.Members) || rows > 60 {
			t.Errorf("%s has %d rows for %d members", p.Path, rows, len(p.Listing.Members))
		}
		for _, part := range []string{"<header", "<footer", "<nav", "<script"} {
			if strings.Contains(out, part) {
				t.Errorf("%s has %s", p.Path, part)
			}
		}
	}
	if len(frames) < 4 {
		t.Fatalf("%d lists", len(frames))
	}
	for _, g := range r.site.Programmes {
		if at := r.full(r.plan.Frame(r.plan.Sections[g], nil)); !strings.Contains(code, `<iframe src="`+at+`" title="`) {
			t.Errorf("no code for %s", at)
		}
	}
}
