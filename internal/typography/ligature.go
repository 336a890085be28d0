package typography

import (
	"strings"
	"unicode"
)

// withLigature holds the words whose oe is surely œ, in the singular, in lower
// case. Coefficient, moelle, poème and Noé are not among them; a name is left
// as its bearer writes it.
var withLigature = map[string]bool{
	"boeuf": true, "choeur": true, "coeur": true, "consoeur": true,
	"désoeuvrement": true, "désoeuvré": true, "écoeurant": true, "écoeurante": true, "foetus": true,
	"manoeuvre": true, "moeur": true, "noeud": true, "oecuménique": true, "oeil": true,
	"oeillet": true, "oeillère": true, "oenologie": true, "oenologique": true, "oenologue": true,
	"oenotourisme": true, "oesophage": true, "oeuf": true, "oeuvre": true, "oeuvrer": true,
	"oeuvrant": true, "oeuvrent": true, "rancoeur": true, "soeur": true, "voeu": true,
}

// word writes the word that starts at i, its ligature set, and returns its end.
func (t *setting) word(i int) int {
	end, pair := i, false
	for end < len(t.in) && !t.keep[end] && isWord(t.in[end]) {
		if end > i && t.in[end]|0x20 == 'e' && t.in[end-1]|0x20 == 'o' {
			pair = true
		}
		end++
	}
	if !pair || !ligatured(string(t.in[i:end])) {
		t.out = append(t.out, t.in[i:end]...)
		return end
	}
	for k := i; k < end; k++ {
		if k+1 < end && t.in[k]|0x20 == 'o' && t.in[k+1]|0x20 == 'e' {
			if unicode.IsUpper(t.in[k]) {
				t.out = append(t.out, 'Œ')
			} else {
				t.out = append(t.out, 'œ')
			}
			k++
			continue
		}
		t.out = append(t.out, t.in[k])
	}
	return end
}

func ligatured(w string) bool {
	w = strings.ToLower(w)
	return withLigature[w] || withLigature[strings.TrimRight(w, "sx")]
}
