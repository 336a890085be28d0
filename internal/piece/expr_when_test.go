package piece

import "testing"

// TestTruth holds `when` to what a person means by it: a list with nothing in it is no.
func TestTruth(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, " ": false, "false": false, "0": false, "<nil>": false, "[]": false, "map[]": false,
		"true": true, "1": true, "Éco": true, "[a]": true,
	} {
		if got := truth(text); got != want {
			t.Errorf("%q is %v", text, got)
		}
	}
}
