package piece

import (
	"fmt"
	"html"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vitrine/internal/layout"
	"vitrine/internal/pdf"
)

// word is a word that poppler found on a page, and where, in points.
type word struct {
	text           string
	x0, y0, x1, y1 float64
}

// wordsOf are the words of every page of a file.
func wordsOf(t *testing.T, pdftotext string, data []byte) [][]word {
	t.Helper()
	file := filepath.Join(t.TempDir(), "names.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(pdftotext, "-bbox", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	var pages [][]word
	for _, page := range strings.Split(string(out), "<page ")[1:] {
		words := []word{}
		for _, w := range strings.Split(page, "<word ")[1:] {
			head, rest, _ := strings.Cut(w, ">")
			text, _, ok := strings.Cut(rest, "</word>")
			at := strings.Split(head, `"`)
			if !ok || len(at) < 8 {
				t.Fatalf("poppler wrote %q", w)
			}
			var n [4]float64
			for i := range n {
				if n[i], err = strconv.ParseFloat(at[2*i+1], 64); err != nil {
					t.Fatal(err)
				}
			}
			words = append(words, word{html.UnescapeString(text), n[0], n[1], n[2], n[3]})
		}
		pages = append(pages, words)
	}
	return pages
}

// expected is what a page should show.
type expected struct {
	i     int
	name  string
	boxes []layout.Rect
	text  string // letters of all its names, in whatever order
}

// loose is letters without order: poppler puts lines with both directions in an order of its own, and
// a mark that meets another letter would be composed with it. It takes a mark that stands upon its like
// for one, and does not turn round again the signs that a line from the right mirrors.
func loose(s string) string {
	var out []rune
	for _, r := range norm.NFKD.String(letters(s)) {
		if r == 0x34f || unicode.Is(unicode.Sm, r) || unicode.Is(unicode.M, r) && slices.Contains(out, r) {
			continue
		}
		out = append(out, r)
	}
	slices.Sort(out)
	return string(out)
}

// TestHostileNamesInPDF writes the names that no error spoke of into PDF files, on pages of every template
// that shows one, and reads them again: each letter is there, inside the name's box. Each name stands in
// one of the templates in turn; with VITRINE_ALL=1 it stands in all of them.
func TestHostileNamesInPDF(t *testing.T) {
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("VITRINE_REQUIRE_TOOLS") == "1" {
			t.Fatal("pdftotext is missing")
		}
		t.Skip("pdftotext is missing")
	}
	st := newStage(t)
	templates := st.templates(t)
	every := len(templates)
	if testing.Short() {
		every *= 10
	}
	if os.Getenv("VITRINE_ALL") == "1" {
		every = 1
	}
	encoder := pdf.NewEncoder(pdf.Office, nil)
	for n, id := range slices.Sorted(maps.Keys(templates)) {
		tmpl, first := templates[id], n%every
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			rd := NewRenderer("fr")
			tmpl, seen := watch(tmpl, false)
			doc := &layout.Document{Language: "fr"}
			var wanted []expected
			checked := 0
			flush := func() {
				data, err := encoder.Encode(doc)
				if err != nil {
					t.Fatal(err)
				}
				found := wordsOf(t, pdftotext, data)
				if len(found) != len(wanted) {
					t.Fatalf("%d pages of %d", len(found), len(wanted))
				}
				for k, w := range wanted {
					for _, problem := range w.problems(found[k]) {
						t.Error(problem)
					}
				}
				checked += len(wanted)
				doc.Pages, wanted = nil, nil
			}
			for i := first; i < hostileNames; i += every {
				*seen = (*seen)[:0]
				one, name, extra, list := st.lay(rd, tmpl, i)
				if complaint(list, fmt.Sprintf("subject-%d", i)) != "" {
					continue
				}
				for n := range one.Pages {
					w := expected{i: i, name: name}
					for _, s := range *seen {
						if s.page != n+1 || len(s.items) == 0 {
							continue
						}
						at := s.at
						if tmpl.reverse != nil {
							at.X = tmpl.W - at.X - at.W
						}
						w.boxes = append(w.boxes, at)
						w.text += name
						if !s.text.text.names() {
							w.text += extra
						}
					}
					if len(w.boxes) > 0 {
						doc.Pages = append(doc.Pages, one.Pages[n])
						wanted = append(wanted, w)
					}
				}
				if len(wanted) >= 1000 {
					flush()
				}
			}
			flush()
			t.Logf("%d pages read again", checked)
		})
	}
}

// problems compares what was found on a page with what should be there.
func (e *expected) problems(words []word) (out []string) {
	var all strings.Builder
	for _, w := range words {
		all.WriteString(w.text)
		if strings.TrimSpace(letters(w.text)) == "" {
			continue
		}
		inside := false
		high := w.y1 - w.y0 // from the font's highest to its lowest
		for _, b := range e.boxes {
			slack := high * 0.45
			if strings.IndexFunc(w.text, func(r rune) bool { return !unicode.Is(unicode.M, r) }) < 0 {
				slack = high * 0.8 // a mark set higher than it stands in the font
			}
			inside = inside || w.x0 >= b.X.PT()-high/8 && w.x1 <= (b.X+b.W).PT()+high/8 && w.y0 >= b.Y.PT()-slack && w.y1 <= (b.Y+b.H).PT()+slack
		}
		if !inside {
			out = append(out, fmt.Sprintf("%d %+q: %q at %.1f %.1f – %.1f %.1f leaves %v", e.i, e.name, w.text, w.x0, w.y0, w.x1, w.y1, e.boxes))
		}
	}
	if got, want := loose(all.String()), loose(e.text); got != want {
		extra, lost := apart(got, want)
		out = append(out, fmt.Sprintf("%d %+q: letters lost: %+q, added: %+q", e.i, e.name, lost, extra))
	}
	return out
}
