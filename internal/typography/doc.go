// Package typography puts plain data into the written form of a language:
// apostrophes, quotation marks, no-break spaces and ligatures in text; articles
// before names; numbers, money, dates and telephone numbers; the words of a
// programme with their articles and plurals; keys to sort and to address by.
//
// All functions are pure and know two languages, French and English. French
// follows the usage of the Imprimerie nationale:
//
//   - U+00A0 (no-break space) inside « » and before the colon, between a number
//     and its unit, between a day and its month;
//   - U+202F (narrow no-break space) before ; ! ? and between thousands.
//
// The colon and the guillemets take a full space because they stand apart from
// the word they follow; ; ! ? belong to it and take a thin one.
//
// A font that shows these texts needs, besides letters: U+00A0 U+202F U+2011
// U+2013 U+2018 U+2019 U+201C U+201D U+2026 U+20AC U+2212 « » Œ œ.
package typography

// Language is a language tag as a site writes it. Anything but English is
// written as French, which is the language of the sites this is made for.
type Language string

// The languages whose rules this package knows.
const (
	French  Language = "fr"
	English Language = "en"
)

// The spaces that a line is not broken at.
const (
	NoBreak       = '\u00a0' // as wide as a space
	NarrowNoBreak = '\u202f' // espace fine insécable
)

const (
	nbsp  = string(NoBreak)
	nnbsp = string(NarrowNoBreak)
	minus = "\u2212"
)
