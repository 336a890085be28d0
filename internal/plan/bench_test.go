package plan

import (
	"fmt"
	"testing"

	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// BenchmarkMake plans a site of 1,000 participants, each with three of 48 challenges, in
// one of 20 communes, as bind hands them on.
func BenchmarkMake(b *testing.B) {
	s, p := small(0)
	for i := range 20 {
		s.Territories = append(s.Territories, &model.Territory{ID: fmt.Sprintf("commune-%d", i), Name: fmt.Sprintf("Commune %d", i), Kind: "commune", Origin: origin("t.toml")})
	}
	for i := range 47 {
		p.Challenges = append(p.Challenges, &model.Challenge{ID: fmt.Sprintf("defi-%d", i), Title: fmt.Sprintf("Défi %d", i), Theme: p.Themes[0], Origin: origin("c.toml")})
	}
	for i := range 1000 {
		id := fmt.Sprintf("commerce-%d", i)
		x := &model.Participant{ID: id, Code: "c-" + id, Name: id, SortKey: typography.SortKey(id) + "\x00" + id, Consent: model.ScopeName, Commune: s.Territories[i%20], Origin: origin("x.toml")}
		for k := range 3 {
			x.Commitments = append(x.Commitments, &model.Commitment{Challenge: p.Challenges[(i+7*k)%48]})
		}
		model.Enrol(p, x)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, list := Make(s, slugs{}, 48, nil); len(list) > 0 {
			b.Fatal(list)
		}
	}
}
