package ident

import "strings"

// A Line says what kind of telephone a number reaches.
type Line uint8

// The kinds of lines.
const (
	Fixed   Line = iota // 01 to 05, and the overseas equivalents
	Mobile              // 06, 07: personal data more often than not
	Box                 // 09, on an internet line
	Special             // 08: free or charged
	Short               // 3939, 118 218, 15
	Foreign             // another country's
)

// A Telephone is a checked telephone number.
type Telephone struct {
	E164     string // +33233984400; "" for a short number, which has none
	National string // 0233984400 as dialled in France; "" for a foreign one
	Line     Line
	Overseas bool // a French overseas region, reached by its own country code
}

// URI returns the number as the target of a link: tel:+33233984400.
func (t Telephone) URI() string {
	if t.E164 != "" {
		return "tel:" + t.E164
	}
	return "tel:" + t.National
}

// Phone checks one telephone number: national (02 33 98 44 00), international
// (+33 2…, 0033…, +33 (0)2…) or short. Spaces, points, hyphens and slashes may
// stand between digits. Nine digits without the leading zero are a LostZero.
func Phone(s string) (Telephone, Reason) {
	n, plus, why := dialled(s)
	if why != OK {
		return Telephone{}, why
	}
	if !plus && strings.HasPrefix(n, "00") {
		n, plus = n[2:], true
	}
	if !plus {
		return national(n)
	}
	if rest, french := strings.CutPrefix(n, "33"); french {
		return national("0" + strings.TrimPrefix(rest, "0")) // +33 02 is dialled too
	}
	for _, o := range overseas {
		if rest, found := strings.CutPrefix(n, o.country); found && len(strings.TrimPrefix(rest, "0")) == 9 {
			if t, why := national("0" + strings.TrimPrefix(rest, "0")); why == OK && t.E164[1:4] == o.country {
				return t, OK
			}
			return Telephone{}, BadPrefix
		}
	}
	switch {
	case n == "" || n[0] == '0':
		return Telephone{}, BadPrefix
	case len(n) < 8:
		return Telephone{}, TooShort
	case len(n) > 15:
		return Telephone{}, TooLong
	}
	return Telephone{E164: "+" + n, Line: Foreign}, OK
}

// dialled drops what stands between digits, and the (0) of « +33 (0)2 ».
func dialled(s string) (n string, plus bool, why Reason) {
	s = strings.TrimFunc(s, isSpace)
	if s == "" {
		return "", false, Empty
	}
	if s, plus = strings.CutPrefix(s, "+"); plus {
		s = strings.Replace(s, "(0)", "", 1)
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case isSpace(r), strings.ContainsRune(".-/()‑–", r):
		default:
			return "", plus, BadCharacter
		}
	}
	if b.Len() == 0 {
		return "", plus, BadCharacter
	}
	return b.String(), plus, OK
}

// overseas lists the first digits of the numbers that a country code other than
// 33 reaches.
var overseas = []struct {
	country string
	fixed   []string
	mobile  []string
}{
	{"262", []string{"0262", "0263", "0269"}, []string{"0692", "0693", "0639"}}, // La Réunion, Mayotte
	{"590", []string{"0590"}, []string{"0690", "0691"}},                         // Guadeloupe, Saint-Martin, Saint-Barthélemy
	{"594", []string{"0594"}, []string{"0694"}},                                 // Guyane
	{"596", []string{"0596"}, []string{"0696", "0697"}},                         // Martinique
}

func national(n string) (Telephone, Reason) {
	switch {
	case shortNumber(n):
		return Telephone{National: n, Line: Short}, OK
	case len(n) == 9 && n[0] != '0':
		t, why := national("0" + n)
		if why == OK {
			why = LostZero
		}
		return t, why
	case n[0] != '0' || len(n) > 1 && n[1] == '0':
		return Telephone{}, BadPrefix
	case len(n) < 10:
		return Telephone{}, TooShort
	case len(n) > 10:
		return Telephone{}, TooLong
	}
	t := Telephone{National: n, E164: "+33" + n[1:]}
	switch n[1] {
	case '6', '7':
		t.Line = Mobile
	case '8':
		t.Line = Special
	case '9':
		t.Line = Box
	}
	for _, o := range overseas {
		for _, p := range append(o.fixed[:len(o.fixed):len(o.fixed)], o.mobile...) {
			if strings.HasPrefix(n, p) {
				t.Overseas, t.E164 = true, "+"+o.country+n[1:]
			}
		}
	}
	return t, OK
}

// shortNumber reports 15, 112, 3939, 118 218.
func shortNumber(n string) bool {
	switch len(n) {
	case 2, 3:
		return n[0] == '1'
	case 4:
		return n[0] == '3' || n[:2] == "10"
	case 6:
		return strings.HasPrefix(n, "118")
	}
	return false
}
