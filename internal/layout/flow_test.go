package layout

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// lorem are words of a language, to make texts of.
var lorem = strings.Fields("Les établissements accompagnent continuellement les transformations environnementales du territoire, à leur mesure, « ensemble » : un geste après l’autre. Chaque entreprise choisit trois défis et en apporte la preuve")

func words(r *rand.Rand, n int) string {
	var out []string
	for range n {
		out = append(out, lorem[r.IntN(len(lorem))])
	}
	return strings.Join(out, " ")
}

// story makes blocks: headings, paragraphs, items.
func story(r *rand.Rand, f *Font, n int) []Block {
	var out []Block
	for i := range n {
		b := Block{Style: TextStyle{Size: PT(9), Leading: 1300}, Before: Mm, After: Mm, Para: plain(f, fmt.Sprint("[", i, "] ")+words(r, 5+r.IntN(70)))[0]}
		b.Para.Hyphens = true
		switch r.IntN(6) {
		case 0:
			b.Para = plain(f, fmt.Sprint("[", i, "] ")+words(r, 4))[0]
			b.Style.Size, b.Keep, b.Whole, b.Level = PT(14), true, true, 2
			b.NewPage = r.IntN(6) == 0
		case 1:
			b.Para.Indent = 1100
			b.Para.Marker = Span{Text: "•", Font: f}
		}
		out = append(out, b)
	}
	out[n-1].Keep = false
	return out
}

// TestFlow holds for many texts: all of it is set, in order, inside its columns; no column begins or ends
// with a lone line of a paragraph, nor ends with a heading or inside a word.
func TestFlow(t *testing.T) {
	f := themeFont(t, "text-400", "text")
	s := NewShaper("fr")
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		blocks := story(r, f, 2+r.IntN(40))
		perPage := 1 + r.IntN(2)
		box := Rect{MM(10), MM(10), MM(50 + float64(r.IntN(60))), MM(60 + float64(r.IntN(80)))}
		flow := s.Flow(blocks, perPage, seed%2 == 0, func(c int) Rect {
			at := box
			at.X += Length(c%perPage) * (box.W + MM(5))
			return at
		})
		if flow.Overflow || len(flow.Missing) > 0 {
			t.Fatalf("seed %d: overflow %v %q, missing %v", seed, flow.Overflow, flow.Wide, flow.Missing)
		}
		all := ""
		starts := map[string]int{} // paragraph → its first column
		for c, items := range flow.Columns {
			rows := lines(Fit{Items: items})
			for i, item := range items {
				x := item.(*Text)
				at := box
				at.X += Length(c%perPage) * (box.W + MM(5))
				if x.X < at.X-Mm/50 || x.X+x.Width() > at.X+at.W+Mm/20 || x.Y < at.Y || x.Y > at.Y+at.H {
					t.Errorf("seed %d: %q (%d) leaves column %d", seed, x.Text, i, c)
				}
			}
			for i, row := range rows {
				if i == len(rows)-1 && strings.HasSuffix(row, "-") {
					t.Errorf("seed %d: column %d ends inside a word", seed, c)
				}
				row = strings.TrimPrefix(row, "•")
				if strings.HasPrefix(row, "[") {
					starts[row[:strings.IndexByte(row, ']')+1]] = c
				}
				all += strings.TrimSuffix(row, "-")
			}
		}
		want := ""
		for i, b := range blocks {
			want += b.Para.Spans[0].Text
			if got := starts[fmt.Sprint("[", i, "]")]; got != flow.Starts[i] {
				t.Errorf("seed %d: block %d begins in column %d, said to be %d", seed, i, got, flow.Starts[i])
			}
			if b.NewPage && i > 0 && (flow.Starts[i]%perPage != 0 || flow.Starts[i] == flow.Starts[i-1]) {
				t.Errorf("seed %d: block %d begins no page", seed, i)
			}
			if b.Keep && i+1 < len(blocks) && !blocks[i+1].NewPage && flow.Starts[i] != flow.Starts[i+1] {
				t.Errorf("seed %d: heading %d is left behind", seed, i)
			}
		}
		if strip(all) != strip(want) {
			t.Errorf("seed %d: the text set is not the text", seed)
		}
		alone(t, seed, flow)
	}
}

func strip(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u00a0' || r == '\u202f' {
			return -1
		}
		return r
	}, s)
}

// alone looks for single lines at the ends of columns.
func alone(t *testing.T, seed uint64, flow Flow) {
	t.Helper()
	for c, items := range flow.Columns {
		rows := lines(Fit{Items: items})
		if len(rows) == 0 || c+1 >= len(flow.Columns) || len(flow.Columns[c+1]) == 0 {
			continue
		}
		begins := func(row string) bool { return strings.HasPrefix(strings.TrimPrefix(row, "•"), "[") }
		next := lines(Fit{Items: flow.Columns[c+1]})
		if !begins(next[0]) { // a paragraph goes on
			if begins(rows[len(rows)-1]) {
				t.Errorf("seed %d: column %d ends with a lone line %q", seed, c, rows[len(rows)-1])
			}
			if len(next) > 1 && begins(next[1]) || len(next) == 1 {
				t.Errorf("seed %d: column %d begins with a lone line %q", seed, c+1, next[0])
			}
		}
	}
}

func TestFlowOverflow(t *testing.T) {
	f := themeFont(t, "text-400", "text")
	s := NewShaper("fr")
	at := func(int) Rect { return Rect{W: MM(15), H: MM(20)} }
	if flow := s.Flow([]Block{{Para: plain(f, "court Anticonstitutionnellement")[0], Style: TextStyle{Size: PT(12)}}}, 1, false, at); !flow.Overflow || flow.Wide == "" {
		t.Error("a word wider than its column was not said")
	}
	if flow := s.Flow([]Block{{Para: plain(f, "A")[0], Style: TextStyle{Size: PT(80)}}}, 1, true, at); !flow.Overflow {
		t.Error("a line higher than its column was not said")
	}
	if flow := s.Flow(nil, 1, true, at); len(flow.Columns) != 0 {
		t.Error("nothing takes no column")
	}
}

// TestJustify holds that lines fill their column to the edge, but for the last.
func TestJustify(t *testing.T) {
	f := themeFont(t, "text-400", "text")
	box := Rect{MM(10), 0, MM(70), MM(300)}
	para := plain(f, words(rand.New(rand.NewPCG(3, 3)), 80))
	para[0].Hyphens = true
	fit := NewShaper("fr").Text(box, para, TextStyle{Size: PT(10), Align: Justify})
	for i, item := range fit.Items {
		x := item.(*Text)
		end := x.X + x.Width()
		if last := i >= fit.Lines-1; !last && x.Y != fit.Items[len(fit.Items)-1].(*Text).Y && !strings.HasSuffix(x.Text, "-") && i+1 < len(fit.Items) && fit.Items[i+1].(*Text).Y != x.Y && (end < box.X+box.W-Mm/20 || end > box.X+box.W+Mm/20) {
			t.Errorf("line %d ends at %v, its column at %v", i, end, box.X+box.W)
		}
	}
}

func BenchmarkFlow(b *testing.B) {
	f := themeFont(b, "text-400", "text")
	blocks := story(rand.New(rand.NewPCG(1, 2)), f, 120)
	b.ReportAllocs()
	for b.Loop() {
		NewShaper("fr").Flow(blocks, 1, true, func(int) Rect { return Rect{W: MM(118), H: MM(170)} })
	}
}
