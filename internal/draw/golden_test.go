package draw

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"vitrine/internal/layout"
	"vitrine/internal/svg"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares drawings with those in testdata, as a page has them: the way a chart looks does not
// change unseen, and neither does its weight.
func TestGolden(t *testing.T) {
	labels := []string{"Contactées", "Visitées et suivies", "Labellisées"}
	one := []Series{{Values: []float64{142, 61, 30}, Texts: []string{"142", "61", "30"}}}
	two := []Series{{Name: "2022", Values: []float64{10, 20, 31}, Texts: []string{"10", "20", "31"}}, {Name: "2023", Values: []float64{12, -4, 30}, Texts: []string{"12", "−4", "30"}}}
	whole := []Series{two[0], {Name: "2023", Values: []float64{12, 4, 30}, Texts: []string{"12", "4", "30"}}}
	box := layout.Rect{W: 340 * px}
	draw := func(c *Chart, size layout.Length) Drawing {
		d, err := c.Draw(box, themeLook(t, size))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	drawings := map[string]Drawing{
		"bars":    draw(&Chart{Kind: Bars, Labels: labels, Series: two}, 15*px),
		"columns": draw(&Chart{Kind: Columns, Labels: labels, Series: one}, 15*px),
		"stacked": draw(&Chart{Kind: Stacked, Labels: labels, Series: whole, Totals: []string{"22", "24", "61"}}, 15*px),
		"lines":   draw(&Chart{Kind: Lines, Labels: labels, Series: two}, 15*px),
		"funnel":  draw(&Chart{Kind: Funnel, Labels: labels, Series: one}, 15*px),
		"share":   draw(&Chart{Kind: Share, Labels: labels, Series: one}, 15*px),
	}
	drawings["timeline"], _ = timeline().Draw(box, themeLook(t, 15*px))
	drawings["cloud"], _ = cloud(8, 5).Draw(box, cloudLook(t))
	for name, d := range drawings {
		got := svg.Encode(&layout.Page{W: box.W, H: d.H, Items: d.Items}, svg.Options{
			Variables: true, LiveText: true, Inline: true, Tenths: true, Text: &layout.Text{Size: d.Size, Color: themeLook(t, px).Ink},
		})
		file := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is drawn otherwise (go test ./internal/draw -run Golden -update writes it anew)", name)
		}
		if len(got) > 6000 {
			t.Errorf("%s weighs %d bytes", name, len(got))
		}
	}
}
