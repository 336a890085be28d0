package build

import (
	"fmt"
	"strings"

	"vitrine/internal/diag"
	"vitrine/internal/model"
	"vitrine/internal/typography"
)

// Phrase is what a check says, in the languages of messages. French has plain spaces before its signs:
// whoever shows it makes them no-break ones.
type Phrase struct{ French, English string }

// IsZero reports whether nothing is said.
func (p Phrase) IsZero() bool { return p == Phrase{} }

// In is the phrase in a language.
func (p Phrase) In(lang diag.Language) string {
	if lang == diag.English {
		return p.English
	}
	return p.French
}

// say makes a phrase: arguments that are phrases, dates or lists of names come in each language.
func say(french, english string, args ...any) Phrase {
	return Phrase{fmt.Sprintf(french, worded(args, typography.French)...), fmt.Sprintf(english, worded(args, typography.English)...)}
}

func worded(args []any, lang typography.Language) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case Phrase:
			out[i] = a.In(diag.Language(lang))
		case model.Date:
			out[i] = typography.Date(lang, a.Year, a.Month, a.Day)
		case float64:
			out[i] = strings.TrimSuffix(strings.TrimSuffix(typography.Decimal(lang, a, 1), "0"), decimalSign[lang])
		case []string:
			out[i] = strings.Join(a, ", ")
		default:
			out[i] = a
		}
	}
	return out
}

// decimalSign is what stands before decimals.
var decimalSign = map[typography.Language]string{typography.French: ",", typography.English: "."}

// as is a text that is the same in both languages.
func as(text string) Phrase { return Phrase{text, text} }

// some is a list of names, cut where it gets long.
func some(names []string) Phrase {
	const most = 12
	if len(names) <= most {
		return as(strings.Join(names, ", "))
	}
	return say("%s… et %d de plus", "%s… and %d more", names[:most], len(names)-most)
}
