package model

import "testing"

// TestSays holds that Says tells what an opened profile would.
func TestSays(t *testing.T) {
	for _, status := range []string{"", Active, Closed, Withdrawn} {
		for _, scopes := range []Scopes{0, ScopeName, ScopeStory, ScopeName | ScopeStory} {
			for _, description := range []string{"", "d"} {
				for _, text := range []string{"", "t"} {
					x := &Participant{Status: status, Consent: scopes, Description: description, Commitments: []*Commitment{{Challenge: &Challenge{}}, {Challenge: &Challenge{}, Text: text}}}
					p := x.Profile(&Site{})
					want := p.Description != ""
					for _, d := range p.Commitments {
						want = want || d.Text != ""
					}
					if got := x.Says(); got != want {
						t.Errorf("%q %v %q %q: %v", status, scopes, description, text, got)
					}
				}
			}
		}
	}
}
