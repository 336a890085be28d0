package piece_test

import (
	"strings"
	"testing"

	"vitrine/internal/layout"
)

// TestFlowChart holds that a table asked for as a chart is drawn, with its labels and values, and no longer
// set; what cannot be drawn is said.
func TestFlowChart(t *testing.T) {
	table := "| | 2023 | 2022 |\n|:--|--:|--:|\n| Laver à 30° | 1\u202f234 | 1,5 |\n| Éteindre | \\< 5 | |\n"
	doc, said := flowOf(t, "Avant.\n\n![Ce qui plaît](chart:bars)\n\n"+table+"\nAprès.\n\n"+table)
	whole := strings.Join(texts(doc), "")
	paths := 0
	for _, p := range doc.Pages {
		for _, item := range p.Items {
			if _, ok := item.(*layout.Path); ok {
				paths++
			}
		}
	}
	if len(said) > 0 || strings.Count(whole, "1\u202f234") != 2 || strings.Count(whole, "Laver") != 2 || !strings.Contains(whole, "Ce qui plaît") || paths < 6 {
		t.Errorf("%v, %d paths: %q", said, paths, whole)
	}
	if strings.Index(whole, "Ce qui plaît") < strings.Index(whole, "Laver") {
		t.Error("what a chart shows stands below it")
	}
	for _, bad := range []string{
		"![x](chart:pie)\n\n" + table,
		"![x](chart:bars)\n\nNo table.",
		"![x](chart:funnel)\n\n" + table,
		"![x](chart:bars)\n\n| | n |\n|--|--|\n| a | beaucoup |\n",
	} {
		if _, said := flowOf(t, bad); len(said) != 1 || said[0] != "template-run" {
			t.Errorf("%q: %v", bad, said)
		}
	}
}
