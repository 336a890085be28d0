package typography

import "strings"

// Phone writes a telephone number as it is read, with no-break spaces:
// « 02 33 98 44 00 » in French, « +33 2 33 98 44 00 » in English. A short
// number is « 39 39 », a free or special one « 0 800 123 456 »; what is not a
// French number keeps its digits and gains only no-break spaces.
func Phone(lang Language, s string) string {
	digits, plus := dialled(s)
	switch {
	case plus && strings.HasPrefix(digits, "33") && len(digits) == 11:
		digits, plus = "0"+digits[2:], false
	case plus && overseas(digits) && len(digits) == 12:
		// +262 262 12 34 56 is 0262 12 34 56 at home
		digits, plus = "0"+digits[3:], false
	case strings.HasPrefix(digits, "0033") && len(digits) == 13:
		digits = "0" + digits[4:]
	}
	switch {
	case plus, digits == "":
	case len(digits) == 4 && digits[0] == '3':
		return spaced(digits, 2, 2)
	case len(digits) == 10 && strings.HasPrefix(digits, "08"):
		return spaced(digits, 1, 3, 3, 3)
	case len(digits) == 10 && digits[0] == '0' && digits[1] != '0':
		if lang == English && !abroad(digits) {
			return "+33" + nbsp + spaced(digits[1:], 1, 2, 2, 2, 2)
		}
		return spaced(digits, 2, 2, 2, 2, 2)
	}
	return strings.Join(strings.FieldsFunc(s, isSpace), nbsp)
}

// dialled returns the digits of a number; none when s holds something else than
// digits and the signs put between them.
func dialled(s string) (digits string, plus bool) {
	s = strings.Trim(s, " "+nbsp+nnbsp)
	s, plus = strings.CutPrefix(s, "+")
	s = strings.Replace(s, "(0)", "", 1)
	var b strings.Builder
	for _, r := range s {
		switch {
		case isDigit(r):
			b.WriteRune(r)
		case isSpace(r) || strings.ContainsRune(".-()‑", r):
		default:
			return "", plus
		}
	}
	return b.String(), plus
}

func overseas(digits string) bool {
	for _, p := range []string{"262", "590", "594", "596"} {
		if strings.HasPrefix(digits, p) {
			return true
		}
	}
	return false
}

// abroad reports a number of the French overseas regions, which +33 does not
// reach.
func abroad(digits string) bool {
	switch digits[:4] {
	case "0262", "0263", "0269", "0590", "0594", "0596", "0639", "0690", "0691", "0692", "0693", "0694", "0696", "0697":
		return true
	}
	return false
}

func spaced(digits string, groups ...int) string {
	var b strings.Builder
	for i, n := range groups {
		if i > 0 {
			b.WriteString(nbsp)
		}
		b.WriteString(digits[:n])
		digits = digits[n:]
	}
	return b.String()
}
