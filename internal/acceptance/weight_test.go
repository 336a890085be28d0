package acceptance

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"os"
	"path"
	"strings"
	"testing"
)

// firstView is the most that the first view of a page may weigh, in thousands of bytes.
const firstView = 100

// TestWeight weighs the first view of every kind of page, as a browser asks for it with
// nothing in its cache and a server that compresses text, and grades it by the formula
// of EcoIndex, which counts a drawing as one element, as its own tools do. The log is the
// report.
func TestWeight(t *testing.T) {
	b := open(t)
	each(t, func(t *testing.T, s *site) {
		t.Log("| page | elements | without those inside SVG | requests | kB | EcoIndex |")
		for _, v := range views(t, s) {
			if strings.HasPrefix(v.kind, officeKind) {
				continue // for the office, from the disk
			}
			b.weigh(t, v)
		}
	})
}

// weigh holds a page to its budget.
func (b *browser) weigh(t *testing.T, v view) {
	t.Helper()
	p := b.visit(t, v, 1280)
	requests, _ := p.asked()
	all := evaluate[int](t, p, `document.querySelectorAll("*").length`)
	dom := all - evaluate[int](t, p, `document.querySelectorAll("svg *").length`)
	p.done()
	bytes := 0
	for _, r := range requests {
		file, ok := p.local(v.site, r)
		if !ok {
			continue
		}
		bytes += transferred(t, file)
	}
	kb := float64(bytes) / 1000
	score := ecoIndex(float64(dom), float64(len(requests)), kb)
	t.Logf("| %s | %d | %d | %d | %.1f | %s %.1f |", name(v), all, dom, len(requests), kb, grade(score), score)
	if kb > firstView {
		t.Errorf("%s: the first view weighs %.1f kB, more than %d", v.path, kb, firstView)
	}
	if grade(score) != "A" {
		t.Errorf("%s: EcoIndex %s (%.1f): %d elements, %d requests, %.1f kB", v.path, grade(score), score, dom, len(requests), kb)
	}
}

// transferred is the size of a file as a server sends it: text compressed, the rest as
// it is.
func transferred(t *testing.T, file string) int {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	switch path.Ext(file) {
	case ".html", ".css", ".svg", ".js", ".json", ".xml", ".txt":
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Len()
	}
	return len(data)
}

// The quantiles of EcoIndex (cnumr/ecoindex_reference), by F. Bordage: of elements in
// the page, of requests, of kilobytes transferred.
var (
	quantilesDOM      = []float64{0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601}
	quantilesRequests = []float64{0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920}
	quantilesKB       = []float64{0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26}
)

func ecoIndex(dom, requests, kb float64) float64 {
	return 100 - 5*(3*quantile(quantilesDOM, dom)+2*quantile(quantilesRequests, requests)+quantile(quantilesKB, kb))/6
}

func quantile(q []float64, v float64) float64 {
	for i := 1; i < len(q); i++ {
		if v < q[i] {
			return float64(i-1) + (v-q[i-1])/(q[i]-q[i-1])
		}
	}
	return 20
}

// grade reads the rounded score, which is the stricter way: 80.4 is not yet an A.
func grade(score float64) string {
	for i, least := range []float64{80, 70, 55, 40, 25, 10} {
		if math.Round(score) > least {
			return string(rune('A' + i))
		}
	}
	return "G"
}

// TestEcoIndex holds the formula to budgets worked out by hand: with so many requests
// and kilobytes, the most elements that still score more than 80.
func TestEcoIndex(t *testing.T) {
	for _, c := range []struct{ requests, kb, most float64 }{
		{4, 60, 402}, {6, 100, 391}, {10, 150, 372}, {15, 300, 340}, {25, 500, 273},
	} {
		t.Run(fmt.Sprint(c.requests), func(t *testing.T) {
			if x := ecoIndex(c.most, c.requests, c.kb); x <= 80 {
				t.Errorf("%v elements: %v", c.most, x)
			}
			if x := ecoIndex(c.most+1, c.requests, c.kb); x > 80 {
				t.Errorf("%v elements: %v", c.most+1, x)
			}
		})
	}
}
