package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vitrine/internal/typography"
)

// Names in capitals. What is proposed is a proposal: nobody can prove how a business
// writes its name.

// legalForms stand before or after a company's name, and not in it.
var legalForms = map[string]bool{
	"SARL": true, "SAS": true, "SASU": true, "EURL": true, "SA": true, "SNC": true, "SCI": true, "SCOP": true, "SCIC": true, "SELARL": true,
	"EARL": true, "GAEC": true, "EI": true, "EIRL": true, "SCEA": true, "SCM": true, "SCP": true, "GIE": true, "S.A.R.L.": true, "S.A.S.": true, "S.A.": true, "E.U.R.L.": true,
}

// particles are written small inside a name.
var particles = map[string]bool{
	"de": true, "du": true, "des": true, "la": true, "le": true, "les": true, "et": true, "à": true, "a": true, "au": true, "aux": true, "en": true,
	"sur": true, "sous": true, "par": true, "pour": true, "chez": true, "ou": true, "avec": true, "dans": true, "un": true, "une": true,
}

// accented are words of names whose accents capitals lose. Their other forms follow: a
// plural in s.
var accented = strings.Fields(`père mère frère pâtisserie pâtissier pâtissière épicerie épicier crêperie café hôtel château boulangère
	électricité électricien électrique ébénisterie ébéniste menuisière métallerie métallier énergie énergies écologie écologique forêt île côte côté
	chêne rêve fenêtre métal sérigraphie céramique céramiste créations création créateur créatrice prêt santé beauté été bébé école mécanique vélo
	cordonnière brûlerie œuf cœur sœur bœuf œuvre blé marché maçonnerie maçon plâtrerie plâtrier réparation rénovation région détail équipement évènement
	fromagère maraîchère maraîcher légume bière dépôt dépannage thé chaîne tôlerie ferronnière tapissière bâtiment matériaux matériel étude étoile`)

// speller restores accents: those of the language's own words, and those that the site
// itself writes (communes, trades).
type speller struct{ words map[string]string }

func newSpeller(texts ...string) *speller {
	s := &speller{words: map[string]string{}}
	add := func(w string) {
		plain := typography.Slug(w)
		if w != plain && !strings.Contains(plain, "-") {
			if _, known := s.words[plain]; !known {
				s.words[plain] = strings.ToLower(w)
			}
		}
	}
	for _, w := range accented {
		add(w)
		add(w + "s")
	}
	for _, t := range texts {
		for w := range strings.FieldsFuncSeq(t, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if len(w) > 3 {
				add(w)
			}
		}
	}
	return s
}

// shouted reports a name in capitals: no small letter, and a word that is no acronym. A script that has
// no capitals has nothing to propose.
func shouted(name string) bool {
	long := 0
	for w := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if strings.IndexFunc(w, unicode.IsLower) >= 0 {
			return false
		}
		if utf8.RuneCountInString(w) > 3 && !legalForms[w] && strings.IndexFunc(w, unicode.IsUpper) >= 0 {
			long++
		}
	}
	return long > 0
}

// propose writes a name in capitals as it would stand on a diploma: without its legal form,
// « Dupont Père et Fils ».
func (s *speller) propose(name string) string {
	words := strings.Fields(strings.ReplaceAll(name, "’", "'"))
	for len(words) > 1 && legalForms[words[0]] {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	for i, w := range words {
		words[i] = s.word(w, i == 0)
	}
	return strings.Join(words, " ")
}

// word writes one word; first says that it begins the name.
func (s *speller) word(w string, first bool) string {
	var b strings.Builder
	rest := w
	for rest != "" {
		i := strings.IndexFunc(rest, unicode.IsLetter)
		if i < 0 {
			b.WriteString(rest)
			break
		}
		b.WriteString(rest[:i])
		rest = rest[i:]
		end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(rest)
		}
		part := rest[:end]
		rest = rest[end:]
		low := strings.ToLower(part)
		inside := b.Len() > 0 && strings.IndexFunc(b.String(), unicode.IsLetter) >= 0
		switch begins := first && !inside && b.Len() == 0; {
		case strings.HasPrefix(rest, "'") && utf8.RuneCountInString(part) == 1:
			// L'ÉCLAT, D'OR: the elided word is small inside.
			if begins {
				low = typography.Capital(low)
			}
			b.WriteString(low)
			continue
		case legalForms[part], roman(part), !vowel(low) && utf8.RuneCountInString(part) > 1:
			b.WriteString(part) // an acronym stays one
			continue
		case particles[low] && !begins && (b.Len() == 0 || inside && strings.HasSuffix(b.String(), "-")):
			b.WriteString(low)
			continue
		}
		if known, ok := s.words[typography.Slug(low)]; ok && typography.Slug(low) == strings.Map(ascii, low) {
			low = known
		}
		b.WriteString(typography.Capital(low))
	}
	return b.String()
}

// ascii keeps the letters that capitals without accents have.
func ascii(r rune) rune {
	if r >= utf8.RuneSelf {
		return -1
	}
	return r
}

func vowel(s string) bool { return strings.ContainsAny(s, "aeiouyàâäéèêëîïôöùûüœæ") }

func roman(s string) bool {
	return len(s) > 1 && strings.Trim(s, "IVX") == ""
}
