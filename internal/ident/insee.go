package ident

import "strings"

// Commune checks the INSEE code of a commune: 61169, 2A004, 97411. It says
// nothing about a commune of that code existing.
func Commune(s string) (string, Reason) {
	code := strings.ToUpper(compact(s))
	if code == "" {
		return "", Empty
	}
	for i := 0; i < len(code); i++ {
		if !digit(code[i]) && !(i == 1 && code[0] == '2' && (code[1] == 'A' || code[1] == 'B')) {
			return code, BadCharacter
		}
	}
	switch {
	case len(code) == 4 && allDigits(code) && code[0] != '0':
		if guess, why := Commune("0" + code); why == OK {
			return guess, LostZero
		}
		return code, TooShort
	case len(code) < 5:
		return code, TooShort
	case len(code) > 5:
		return code, TooLong
	case !inseeDepartment(code):
		return code, UnknownRegion
	case code[2:] == "000" || code[0] == '9' && code[1] > '6' && code[3:] == "00":
		return code, BadForm
	}
	return code, OK
}

// inseeDepartment reports that a five-character INSEE code starts with a
// department or an overseas territory: Corsica is 2A and 2B, not 20.
func inseeDepartment(code string) bool {
	switch d := code[:2]; d {
	case "00", "20", "96", "99":
		return false
	case "97":
		return code[2] >= '1' && code[2] <= '8'
	case "98":
		return code[2] == '4' || code[2] >= '6' && code[2] <= '9'
	default:
		return true
	}
}

// Postcode checks a French postcode, military ones (00…) included.
func Postcode(s string) (string, Reason) {
	n, why := digitsOf(s)
	switch {
	case why != OK:
		return n, why
	case len(n) == 4 && n[0] != '0':
		return "0" + n, LostZero
	case len(n) < 5:
		return n, TooShort
	case len(n) > 5:
		return n, TooLong
	case n[:2] == "96" || n[:2] == "99" || n == "00000":
		return n, UnknownRegion
	}
	return n, OK
}

// NAF checks the form of a code of activity, « 95.11Z » with or without its
// point, or of the crafts' nomenclature with one letter more (« 43.21AA »). The
// normal form has the point. Revision 2 and NAF 2025 are written alike.
func NAF(s string) (string, Reason) {
	code, why := nafPrefix(s)
	if why == OK && len(code) < 6 {
		return code, TooShort
	}
	return code, why
}

// NAFPrefix checks the beginning of such codes, as a trade lists them: 43, 43.2,
// 43.21, 43.21A.
func NAFPrefix(s string) (string, Reason) { return nafPrefix(s) }

func nafPrefix(s string) (string, Reason) {
	code := strings.ToUpper(compact(s))
	switch {
	case code == "":
		return "", Empty
	case len(code) > 2 && code[2] == '.':
		code = code[:2] + code[3:]
	}
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case !digit(c) && !letter(c):
			return code, BadCharacter
		case digit(c) != (i < 4):
			return code, BadForm
		}
	}
	switch {
	case len(code) < 2:
		return code, TooShort
	case len(code) > 6:
		return code, TooLong
	case code[:2] == "00":
		return code, BadForm
	case len(code) > 2:
		code = code[:2] + "." + code[2:]
	}
	return code, OK
}
