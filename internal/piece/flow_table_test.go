package piece_test

import (
	"fmt"
	"strings"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/piece"
)

// flowOf is the document of a text that runs.
func flowOf(t *testing.T, text string) (*layout.Document, []string) {
	t.Helper()
	a, b := strings.Index(flowing, "text = '''"), strings.LastIndex(flowing, "'''")
	tmpl := read(t, flowing[:a]+"text = '''\n"+text+flowing[b:])
	doc, list := piece.NewRenderer("fr").Render(tmpl, resources(t, scope()), scope(), piece.Subject{})
	var said []string
	for _, d := range list {
		said = append(said, string(d.Code))
	}
	return doc, said
}

// TestFlowTable holds a long table: all its rows in order, none cut, its head on each page, figures flush
// on the right, and no row alone on a page.
func TestFlowTable(t *testing.T) {
	for _, n := range []int{1, 2, 29, 30, 31, 32, 33, 90} {
		var b strings.Builder
		b.WriteString("Avant.\n\n| Nom du geste | Nombre | Part |\n|:--|--:|:-:|\n")
		for i := range n {
			fmt.Fprintf(&b, "| Rang %03d, avec **assez de mots** pour tenir deux lignes au moins | %d | 5 %% |\n", i, i*37)
		}
		b.WriteString("\nAprès.\n")
		doc, said := flowOf(t, b.String())
		if len(said) > 0 {
			t.Fatal(n, said)
		}
		pages, next := doc.Pages[1:len(doc.Pages)-1], 0
		for p, page := range pages {
			head, rows := 0, 0
			var right []layout.Length
			for _, item := range page.Items {
				x, ok := item.(*layout.Text)
				if !ok {
					continue
				}
				var rank int
				switch _, err := fmt.Sscanf(x.Text, "Rang %03d", &rank); {
				case strings.HasPrefix(x.Text, "Nom du"):
					head++
					if next > rank && rows > 0 {
						t.Errorf("%d rows: page %d has its head among the rows", n, p)
					}
				case err == nil:
					if rank != next {
						t.Errorf("%d rows: %d comes after %d", n, rank, next-1)
					}
					next, rows = next+1, rows+1
				case x.Text == fmt.Sprint((next-1)*37):
					right = append(right, x.X+x.Width())
				}
				if x.Y > layout.MM(121) && x.Y < layout.MM(130) || x.X+x.Width() > layout.MM(90.1) {
					t.Errorf("%d rows: page %d: %q leaves the box", n, p, x.Text)
				}
			}
			if (rows > 0) != (head == 1) {
				t.Errorf("%d rows: page %d has %d heads and %d rows", n, p, head, rows)
			}
			if rows == 1 && n > 1 {
				t.Errorf("%d rows: page %d has a single row", n, p)
			}
			for _, x := range right {
				if d := x - right[0]; d > layout.Mm/20 || d < -layout.Mm/20 {
					t.Errorf("%d rows: page %d: figures end at %v and %v", n, p, right[0], x)
				}
			}
		}
		if next != n {
			t.Errorf("%d of %d rows are set", next, n)
		}
	}
}

// TestFlowTableSaid holds that what does not fit is said, and what plain protects stays in its cell.
func TestFlowTableSaid(t *testing.T) {
	if _, said := flowOf(t, "| a | b |\n|--|--|\n| "+strings.Repeat("W", 60)+" | x |\n"); len(said) == 0 || said[0] != "text-overflow" {
		t.Error("a word wider than the table:", said)
	}
	if _, said := flowOf(t, "| a | b |\n|--|--|\n| 漢 | x |\n"); len(said) == 0 || said[0] != "missing-glyph" {
		t.Error("a letter of no font:", said)
	}
	doc, said := flowOf(t, "| | n |\n|--|--:|\n| un \\| deux | 3 |\n| seul |\n")
	if whole := strings.Join(texts(doc), ""); len(said) > 0 || !strings.Contains(whole, "un | deux\n") || !strings.Contains(whole, "seul") {
		t.Errorf("%v %q", said, whole)
	}
	if doc, said := flowOf(t, "| | |\n|--|--|\n| rang | 3 |\n"); len(said) > 0 || !strings.Contains(strings.Join(texts(doc), ""), "rang") {
		t.Error("a table without a head", said)
	}
}
