package hours

import (
	"testing"

	"vitrine/internal/typography"
)

var shops = []struct{ name, text string }{
	{"plain", "Mo-Fr 08:30-12:00,14:00-18:00; Sa 09:00-12:00"},
	{"rich", `Mo-Fr 08:30-12:00,14:00-18:00; Sa[1] 09:00-12:00; PH off; Aug 01-21 off; "sur rendez-vous"`},
}

func BenchmarkHours(b *testing.B) {
	for _, c := range shops {
		h, err := Parse(c.text)
		if err != nil {
			b.Fatal(err)
		}
		for name, f := range map[string]func(){
			"parse":    func() { _, _ = Parse(c.text) },
			"table":    func() { h.Table(typography.French) },
			"openings": func() { h.Openings(Date{2026, 11, 22}) },
			"string":   func() { _ = h.String() },
		} {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					f()
				}
			})
		}
	}
}
