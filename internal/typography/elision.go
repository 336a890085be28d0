package typography

import (
	"strings"
	"unicode"
)

// aspirated holds the common words whose h allows no elision, folded, in the
// singular. Words with a mute h need no list: « l’habitant », « l’hôtel ».
var aspirated = set(`hache hachis haie haine hall halle halte hamac hameau hamster hanche hand handball
	handicap handicape hangar hanneton harcelement hardi harem hareng haricot harnais harpe hasard
	hausse haut haute hauteur havre herisson hernie heros herse hetre heurt hibou hic hierarchie
	hip hit hobby hochet hockey holding hollandais hollande homard honte hors hotte houblon houe
	houille houle housse houx hub hublot huche huee huit huitaine huitieme huppe hurlement hutte`)

// unelided holds the words that begin with a vowel and allow no elision.
var unelided = set(`onze onzieme oui ouistiti uhlan ululement`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Elides reports that le, la, de and que lose their vowel before s in French:
// « l’artisan », « l’habitant », but « le héros », « la haie », « le onze ».
func Elides(s string) bool {
	w := firstWord(s)
	if w == "" {
		return false
	}
	single := strings.TrimRight(w, "sx")
	switch w[0] {
	case 'a', 'e', 'i', 'o', 'u':
		return !unelided[w] && !unelided[single]
	case 'h':
		return !aspirated[w] && !aspirated[single]
	case 'y': // l’Yonne, les yeux d’Yves; le yaourt
		return w == "yeux" || w == "yonne" || len(w) > 1 && !strings.ContainsRune("aeiouy", rune(w[1]))
	}
	return false
}

// englishVowel reports that the article before s is "an".
func englishVowel(s string) bool {
	w := firstWord(s)
	for _, p := range []string{"hour", "honest", "honour", "honor", "heir"} {
		if strings.HasPrefix(w, p) {
			return true
		}
	}
	for _, p := range []string{"uni", "use", "usu", "eu", "one", "once"} {
		if strings.HasPrefix(w, p) {
			return false
		}
	}
	return w != "" && strings.ContainsRune("aeiou", rune(w[0]))
}

// firstWord returns the first run of letters of s, folded; "" when s starts
// with something else.
func firstWord(s string) string {
	if end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }); end >= 0 {
		s = s[:end]
	}
	w := fold(s, ' ')
	if !strings.ContainsFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return w
	}
	return ""
}
