package build

import (
	"strings"
	"testing"
)

// TestGathered makes cards of a challenge: they name those who took it up and may be named, and count the
// others; they are made again when someone's consent changes.
func TestGathered(t *testing.T) {
	b := newBench(t)
	for name := range b.files {
		if strings.HasPrefix(name, "content/label/") || strings.HasSuffix(name, "participants.toml") {
			delete(b.files, name)
		}
	}
	b.files["data/programmes/label/participants.toml"] = `[[participant]]
id = "alma"
name = "Aux Blés"
commune = "61169"
commitment = [{challenge = "pluie"}]
[[participant]]
id = "bruno"
name = "Garage Bruno"
commune = "61169"
commitment = [{challenge = "pluie"}]
[[participant]]
id = "chloe"
name = "Salon Chloé"
commitment = [{challenge = "velo"}]
`
	b.files["data/pieces/shared.toml"] = `title = "Partage"
size = "A6"
[document]
title = "{{ range .Participants }}[{{ .Name }}]{{ end }} + {{ .Unnamed }}"
[[box]]
kind = "text"
at = [10, 10, 80, 30]
text = "{{ with .Participants }}{{ len . }}{{ end }}"
`
	b.files["data/programmes/label/programme.toml"] += `[[group]]
id = "club"
title = "Club"
members = ["bruno", "chloe"]
[[piece]]
id = "shared"
template = "shared"
for = "challenge"
profile = "press"
[[piece]]
id = "circle"
template = "shared"
for = "group"
profile = "press"
[[piece]]
id = "place"
template = "shared"
for = "territory"
where = {id = ["pays", "flers"]}
profile = "press"
`
	want := func(file, title string) {
		t.Helper()
		if pdf := b.tree()["kit/label/"+file]; !strings.Contains(pdf, title) {
			t.Errorf("%s does not say %q", file, title)
		}
	}
	b.save()
	b.build()
	want("shared/pluie.pdf", "[Aux Blés][Garage Bruno] + 0")
	want("circle/club.pdf", "[Garage Bruno][Salon Chloé] + 0")
	want("place/flers.pdf", "[Aux Blés][Garage Bruno] + 0")

	b.replace("data/programmes/label/participants.toml", `name = "Garage Bruno"`, "name = \"Garage Bruno\"\nconsent = []")
	b.save()
	b.build()
	want("shared/pluie.pdf", "[Aux Blés] + 1")
	want("circle/club.pdf", "[Salon Chloé] + 1")
	want("place/flers.pdf", "[Aux Blés] + 1")
	for name, text := range b.tree() {
		if strings.HasPrefix(name, "kit/label/") && strings.Contains(text, "Garage Bruno") && !strings.Contains(name, "bruno") && !strings.Contains(name, "card.pdf") && !strings.Contains(name, "tag.pdf") {
			t.Errorf("%s names whom it may not", name)
		}
	}
}
