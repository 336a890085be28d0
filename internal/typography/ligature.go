package typography

import (
	"strings"
	"unicode"
	"unicode/utf8"
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

// ligature writes the word around the o at i, which an e follows, with its ligatures,
// and returns its end.
func (t *setting) ligature(i int) int {
	from, to := i, i
	for from > 0 {
		r := t.before(from)
		if !isWord(r) || t.kept(from-1) {
			break
		}
		from -= utf8.RuneLen(r)
	}
	for to < len(t.in) {
		r, size := utf8.DecodeRuneInString(t.in[to:])
		if !isWord(r) || t.kept(to) {
			break
		}
		to += size
	}
	if from == 0 && t.left == neighbour || !unicode.IsLetter(t.at(from)) || !ligatured(t.in[from:to]) {
		return to
	}
	for k := i; k+1 < to; k++ {
		switch {
		case t.in[k+1]|0x20 != 'e':
		case t.in[k] == 'o':
			t.put(k, 2, 'œ')
		case t.in[k] == 'O':
			t.put(k, 2, 'Œ')
		}
	}
	return to
}

func ligatured(w string) bool {
	w = strings.ToLower(w)
	return withLigature[w] || withLigature[strings.TrimRight(w, "sx")]
}
