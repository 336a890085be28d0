package intake

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"vitrine/internal/hours"
	"vitrine/internal/ident"
	"vitrine/internal/model"
	"vitrine/internal/spreadsheet"
	"vitrine/internal/typography"
)

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// digits are the digits of a text.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// number reads a number, with a decimal comma or point and spaces between thousands.
func number(c spreadsheet.Cell) (float64, bool) {
	if c.Kind == spreadsheet.Number {
		return c.Number, true
	}
	s := numberSigns.Replace(strings.TrimSpace(c.Text))
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

var (
	numberSigns = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "°", "", "−", "-")
	straight    = strings.NewReplacer("’", "'", "“", `"`, "”", `"`)
	barred      = strings.NewReplacer(`\`, `\\`, "|", `\|`)
)

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// yesNo reads the words and signs for yes and no.
func yesNo(s string) (v, ok bool) {
	switch strings.ToLower(strings.Trim(strings.TrimSpace(s), ".!")) {
	case "oui", "o", "yes", "y", "vrai", "true", "1", "x", "✓", "✔", "☑", "✗ oui", "ok", "d'accord", "accordé", "☒", "validé", "acquis":
		return true, true
	case "non", "n", "no", "faux", "false", "0", "-", "–", "☐", "✗", "✘", "refus", "refusé", "pas d'accord":
		return false, true
	}
	return false, false
}

var (
	dayFirst = regexp.MustCompile(`^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:\s.*)?$`)
	isoDay   = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$`)
	spelled  = regexp.MustCompile(`^(?:\pL+\s+)?(\d{1,2})(?:er)?\s+(\pL+)\.?\s+(\d{4})$`)
)

// months are the beginnings of their names, in French and English.
var months = [][]string{{"jan"}, {"fev", "feb"}, {"mar"}, {"avr", "apr"}, {"mai", "may"}, {"juin", "jun"}, {"juil", "jul"}, {"aou", "aug"}, {"sep"}, {"oct"}, {"nov"}, {"dec"}}

// date reads a date; why is the code of the repair, if it is one.
func date(c spreadsheet.Cell) (day, why string, ok bool) {
	if c.Kind == spreadsheet.Date {
		day, _, _ = strings.Cut(c.Text, " ")
		_, err := time.Parse(time.DateOnly, day)
		return day, "", err == nil
	}
	s := strings.TrimSpace(c.Text)
	make := func(y, m, d int, why string) (string, string, bool) {
		if y < 100 {
			y += 2000
		}
		t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
		return t.Format(time.DateOnly), why, m >= 1 && m <= 12 && t.Day() == d && y >= 1900 && y < 2200
	}
	if m := isoDay.FindStringSubmatch(s); m != nil {
		return make(atoi(m[1]), atoi(m[2]), atoi(m[3]), "")
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		if atoi(m[2]) > 12 { // only the American order makes it a date
			return make(atoi(m[3]), atoi(m[1]), atoi(m[2]), "american-date")
		}
		return make(atoi(m[3]), atoi(m[2]), atoi(m[1]), "")
	}
	if m := spelled.FindStringSubmatch(s); m != nil {
		word := typography.Slug(m[2])
		for i, names := range months {
			for _, n := range names {
				if strings.HasPrefix(word, n) && !(n == "mar" && strings.HasPrefix(word, "mard")) {
					return make(atoi(m[3]), i+1, atoi(m[1]), "")
				}
			}
		}
	}
	// A serial number: of the years 1955 to 2064, which nobody writes otherwise.
	if v, ok := number(c); ok && v >= 20_100 && v < 60_200 && v == math.Trunc(v) && len(s) == 5 {
		if t, ok := spreadsheet.Day(v, false); ok {
			return t.Format(time.DateOnly), "serial-date", true
		}
	}
	return "", "", false
}

func atoi(s string) int { n, _ := strconv.Atoi(s); return n }

// statuses and kinds by the words that lists have for them.
var choices = map[string][]struct{ value, words string }{
	"status": {
		{model.Candidate, "candidate|candidat|candidate|prospect|en cours|inscrit|engage|engagee|dossier recu|en attente"},
		{model.Active, "active|actif|labellise|labellisee|laureat|laureate|renouvele|renouvelee|en activite|ouvert"},
		{model.Closed, "closed|ferme|fermee|cessation|cesse|radie|liquidation|cessation d activite"},
		{model.Withdrawn, "withdrawn|retire|retiree|desiste|abandon|abandonne|refus de diffusion"},
	},
	"kind": {
		{"business", "business|entreprise|artisan|commerce|societe|etablissement"},
		{"team", "team|equipe|foyer|groupe"},
		{"person", "person|personne|particulier|habitant"},
	},
}

func choice(key, s string) (string, bool) {
	plain := strings.ReplaceAll(typography.Slug(s), "-", " ")
	for _, c := range choices[key] {
		if slices.Contains(strings.Split(c.words, "|"), plain) {
			return c.value, true
		}
	}
	return "", false
}

// canon is the form in which two values of a field are compared.
func canon(f *field, s string) string {
	switch f.kind {
	case kPhone:
		if t, why := ident.Phone(s); why == ident.OK || why == ident.LostZero {
			return t.URI()
		}
	case kURL:
		if v, why := ident.URL(s); why == ident.OK || why == ident.NoScheme {
			return v
		}
	case kEmail:
		if v, why := ident.Email(s); why == ident.OK {
			return v
		}
	case kSIRET:
		if v, why := ident.SIRET(s); why == ident.OK {
			return v
		}
	case kNAF:
		if v, why := ident.NAF(s); why == ident.OK {
			return v
		}
	case kPostcode:
		if v, why := ident.Postcode(s); why == ident.OK {
			return v
		}
	case kNumber:
		if v, ok := number(spreadsheet.Cell{Text: s}); ok {
			return decimal(six(v))
		}
	case kInteger:
		if v, ok := number(spreadsheet.Cell{Text: s}); ok {
			return decimal(v)
		}
	case kConsent:
		if s == none {
			return s
		}
		list := splitList(s)
		slices.Sort(list)
		return strings.Join(slices.Compact(list), "|")
	case kHours:
		if h, err := hours.Parse(s); err == nil {
			return h.String()
		}
	case kList, kEvidence:
		list := splitList(s)
		for i, x := range list {
			list[i] = canonText(x, true)
		}
		return joinList(list)
	case kLong:
		return canonText(s, true)
	case kText:
		return canonText(s, false)
	}
	return strings.TrimSpace(s)
}

// canonText is a text but for its typography: what a spreadsheet changes on its own.
func canonText(s string, lines bool) string {
	s, _ = clean(s, lines)
	return straight.Replace(s)
}

// none is the cell of a list that is there and empty.
const none = "-"

// splitList reads a list; joinList writes one. A bar inside an item is \|.
func splitList(s string) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if v := strings.TrimSpace(b.String()); v != "" {
			out = append(out, v)
		}
		b.Reset()
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '|' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == '|':
			flush()
		default:
			b.WriteByte(s[i])
		}
	}
	flush()
	return out
}

func joinList(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = barred.Replace(s)
	}
	return strings.Join(out, " | ")
}
