package ident

import "strings"

// laPoste is the SIREN whose establishments may have, in place of the control
// digit, a sum of digits that 5 divides.
const laPoste = "356000000"

// SIREN checks the number of a company: nine digits and a Luhn control digit.
// Spaces between digits are dropped.
func SIREN(s string) (string, Reason) { return sirene(s, 9) }

// SIRET checks the number of an establishment: fourteen digits under the Luhn
// rule, or La Poste's own. A spreadsheet that took it for a number has dropped
// its leading zero: the guess restores it where the control digit proves it.
func SIRET(s string) (string, Reason) { return sirene(s, 14) }

// EPCI checks the SIREN of a group of communes: like those of all local
// authorities, it starts with 2.
func EPCI(s string) (string, Reason) {
	n, why := SIREN(s)
	if why == OK && n[0] != '2' {
		return n, NotEPCI
	}
	return n, why
}

func sirene(s string, size int) (string, Reason) {
	n, why := digitsOf(s)
	switch {
	case why != OK:
		return n, why
	case len(n) == size-1 && n[0] != '0' && luhn("0"+n):
		return "0" + n, LostZero
	case len(n) < size:
		return n, TooShort
	case len(n) > size:
		return n, TooLong
	case strings.Trim(n, "0") == "":
		return n, BadChecksum // zeros satisfy Luhn and name nobody
	case luhn(n), size == 14 && strings.HasPrefix(n, laPoste) && digitSum(n)%5 == 0:
		return n, OK
	}
	return n, BadChecksum
}

// digitsOf drops the spaces that people put between digits.
func digitsOf(s string) (string, Reason) {
	n := compact(s)
	switch {
	case n == "":
		return "", Empty
	case !allDigits(n):
		return n, BadCharacter
	}
	return n, OK
}

// compact removes spaces, no-break ones included.
func compact(s string) string {
	clean := true
	for i := 0; i < len(s); i++ {
		clean = clean && s[i] > ' ' && s[i] < 0x80
	}
	if clean {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, s)
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\u00a0' || r == '\u202f' || r == '\u2009'
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if !digit(s[i]) {
			return false
		}
	}
	return s != ""
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func letter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

func luhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

func digitSum(n string) int {
	sum := 0
	for i := range len(n) {
		sum += int(n[i] - '0')
	}
	return sum
}
