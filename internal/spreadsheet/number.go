package spreadsheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// form is how a number format shows a number.
type form struct {
	date    bool
	pattern string // digits and what stands between them: 00000, 0# ## ## ## ##; empty: as usual
}

// builtinForm is the format of a number that the standard fixes.
func builtinForm(id int) form {
	switch {
	case id >= 14 && id <= 22, id >= 27 && id <= 36, id >= 45 && id <= 47, id >= 50 && id <= 58:
		return form{date: true}
	}
	return form{}
}

// parseForm reads a format code: « dd/mm/yyyy », « 00000 », « 0#" "##" "##" "##" "## ».
func parseForm(code string) form {
	code, _, _ = strings.Cut(code, ";")
	var letters strings.Builder // what is not quoted
	var pattern strings.Builder
	digits, plain := 0, true
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			end := strings.IndexByte(code[i+1:], '"')
			if end < 0 {
				return form{}
			}
			pattern.WriteString(code[i+1 : i+1+end])
			i += end + 1
		case '\\':
			if i++; i < len(code) {
				pattern.WriteByte(code[i])
			}
		case '_', '*':
			i++ // room for a character, or filling: nothing is shown
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return form{}
			}
			if in := strings.ToLower(code[i+1 : i+end]); in == "h" || in == "hh" || in == "m" || in == "mm" || in == "s" || in == "ss" {
				letters.WriteString(in)
			}
			i += end
		case '0', '#':
			digits++
			pattern.WriteByte(c)
		case ' ', '-', '(', ')', '/', '+':
			letters.WriteByte(c)
			pattern.WriteByte(c)
		default:
			plain = false
			letters.WriteByte(c)
		}
	}
	word := strings.ToLower(letters.String())
	if strings.Contains(word, "general") || strings.Contains(word, "standard") {
		return form{}
	}
	if strings.ContainsAny(word, "ydj") || strings.Contains(word, "mm") || strings.ContainsAny(word, "h") && strings.ContainsAny(word, ":s") || strings.ContainsAny(word, "a") && strings.Contains(word, "m") {
		return form{date: true}
	}
	if plain && digits > 1 && strings.Contains(pattern.String(), "0") {
		return form{pattern: pattern.String()}
	}
	return form{}
}

// show is a number as its pattern shows it: digits fill their places from the right.
func (f form) show(v float64) string {
	plain := decimal(v)
	if f.pattern == "" || v < 0 || v != math.Trunc(v) || v >= 1e15 {
		return plain
	}
	var out []byte
	left := plain
	for i := len(f.pattern) - 1; i >= 0; i-- {
		switch c := f.pattern[i]; {
		case c != '0' && c != '#':
			out = append(out, c)
		case left != "":
			out = append(out, left[len(left)-1])
			left = left[:len(left)-1]
		case c == '0':
			out = append(out, '0')
		}
	}
	for i := len(left) - 1; i >= 0; i-- {
		out = append(out, left[i])
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return strings.TrimSpace(string(out))
}

// decimal is a number without an exponent, as far as that is readable.
func decimal(v float64) string {
	if a := math.Abs(v); a != 0 && (a >= 1e18 || a < 1e-9) {
		return strconv.FormatFloat(v, 'G', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Day is the date of a serial number. The calendar that starts in 1900 counts a 29 February
// that never was; its first two months are therefore a day off, and nobody dates by them.
// ok is false outside the years 1900 to 2199.
func Day(serial float64, from1904 bool) (day time.Time, ok bool) {
	if from1904 {
		serial += 1462
	}
	if !(serial >= 1 && serial < 109574) { // 2199-12-31
		return time.Time{}, false
	}
	whole := math.Floor(serial)
	seconds := math.Round((serial - whole) * 86400)
	if whole < 61 {
		whole++
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(whole)).Add(time.Duration(seconds) * time.Second), true
}

// dateCell is a cell of which the number is shown as a date.
func dateCell(v float64, from1904 bool) Cell {
	if v >= 0 && v < 1 {
		t := time.Date(2000, 1, 1, 0, 0, int(math.Round(v*86400)), 0, time.UTC)
		return Cell{Kind: Date, Text: t.Format("15:04"), Number: v}
	}
	t, ok := Day(v, from1904)
	if !ok {
		return Cell{Kind: Number, Text: decimal(v), Number: v}
	}
	return Cell{Kind: Date, Text: moment(t), Number: v}
}

// moment is a date, with its time when it has one.
func moment(t time.Time) string {
	if t.Hour() == 0 && t.Minute() == 0 {
		return t.Format(time.DateOnly)
	}
	return t.Format("2006-01-02 15:04")
}
