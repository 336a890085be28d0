package typography

import (
	"strings"
)

// A Word is one of the words that a programme chooses for its things: what it
// calls a participant, a challenge, an edition. Its methods put the articles of
// its language before it. French forms read « l’artisan »; English ones « the
// artisan ».
type Word struct {
	Language Language
	One      string // artisan
	Many     string // artisans; by rule when empty
	Feminine bool
}

// Plural returns the word in the plural.
func (w Word) Plural() string {
	if w.Many != "" {
		return w.Many
	}
	return plural(w.Language, w.One)
}

// The returns « l’artisan », « le défi », « la charte »; "the artisan".
func (w Word) The() string {
	if w.Language == English {
		return "the " + w.One
	}
	switch {
	case Elides(w.One):
		return "l’" + w.One
	case w.Feminine:
		return "la " + w.One
	}
	return "le " + w.One
}

// A returns « un artisan », « une charte »; "an artisan".
func (w Word) A() string {
	if w.Language == English {
		if englishVowel(w.One) {
			return "an " + w.One
		}
		return "a " + w.One
	}
	return w.pick("un ", "une ") + w.One
}

// Of returns « de l’artisan », « du défi », « de la charte »; "of the artisan".
func (w Word) Of() string {
	if w.Language == English {
		return "of the " + w.One
	}
	if Elides(w.One) || w.Feminine {
		return "de " + w.The()
	}
	return "du " + w.One
}

// To returns « à l’artisan », « au défi », « à la charte »; "to the artisan".
func (w Word) To() string {
	if w.Language == English {
		return "to the " + w.One
	}
	if Elides(w.One) || w.Feminine {
		return "à " + w.The()
	}
	return "au " + w.One
}

// De returns « d’artisan », « de défi », as in « fiche d’artisan »; "artisan".
func (w Word) De() string { return w.de(w.One) }

// DePlural returns « d’artisans », as in « 61 fiches d’artisans »; "artisans".
func (w Word) DePlural() string { return w.de(w.Plural()) }

func (w Word) de(s string) string {
	switch {
	case w.Language == English:
		return s
	case Elides(s):
		return "d’" + s
	}
	return "de " + s
}

// ThePlural returns « les artisans »; "the artisans".
func (w Word) ThePlural() string {
	if w.Language == English {
		return "the " + w.Plural()
	}
	return "les " + w.Plural()
}

// OfPlural returns « des artisans », both "of the artisans" and "some
// artisans" in French; "of the artisans" in English.
func (w Word) OfPlural() string {
	if w.Language == English {
		return "of the " + w.Plural()
	}
	return "des " + w.Plural()
}

// ToPlural returns « aux artisans »; "to the artisans".
func (w Word) ToPlural() string {
	if w.Language == English {
		return "to the " + w.Plural()
	}
	return "aux " + w.Plural()
}

// None returns « aucun artisan », « aucune charte »; "no artisan".
func (w Word) None() string {
	if w.Language == English {
		return "no " + w.One
	}
	return w.pick("aucun ", "aucune ") + w.One
}

// All returns « tous les artisans », « toutes les chartes »; "all artisans".
func (w Word) All() string {
	if w.Language == English {
		return "all " + w.Plural()
	}
	return w.pick("tous ", "toutes ") + w.ThePlural()
}

// Count returns « 0 artisan », « 1 artisan », « 61 artisans »; "0 artisans".
// The number and the word stay together.
func (w Word) Count(n int) string {
	return Number(w.Language, int64(n)) + nbsp + w.Form(n)
}

// Form returns the word as n asks for it, without the number.
func (w Word) Form(n int) string {
	if isPlural(w.Language, n) {
		return w.Plural()
	}
	return w.One
}

// Agree returns an adjective or participle agreeing with n of the word, from
// its masculine and feminine singular: w.Agree(2, "engagé", "engagée").
// English adjectives stay: "engaged".
func (w Word) Agree(n int, masculine, feminine string) string {
	s := masculine
	if w.Feminine {
		s = feminine
	}
	if w.Language != English && isPlural(w.Language, n) {
		return plural(French, s)
	}
	return s
}

func (w Word) pick(masculine, feminine string) string {
	if w.Feminine {
		return feminine
	}
	return masculine
}

// isPlural tells how many take the plural: two and more in French, all but one
// in English.
func isPlural(lang Language, n int) bool {
	if lang == English {
		return n != 1 && n != -1
	}
	return n > 1 || n < -1
}

// plural forms a regular plural. What has another one gives it in Word.Many.
func plural(lang Language, s string) string {
	has := func(ends ...string) bool {
		for _, e := range ends {
			if strings.HasSuffix(s, e) {
				return true
			}
		}
		return false
	}
	switch {
	case s == "":
		return s
	case lang == English && has("ay", "ey", "oy", "uy"):
		return s + "s"
	case lang == English && has("y"):
		return s[:len(s)-1] + "ies"
	case lang == English && has("s", "x", "z", "ch", "sh"):
		return s + "es"
	case lang == English:
		return s + "s"
	case has("s", "x", "z"):
		return s
	case has("al"):
		return s[:len(s)-1] + "ux"
	case has("au", "eu"):
		return s + "x"
	}
	return s + "s"
}
