package hours

import "strings"

// The words that people write for those of OpenStreetMap, by their beginning,
// the longest first where one begins another.
var wordsMeant = []struct{ begins, code string }{
	{"lu", "Mo"}, {"mardi", "Tu"}, {"ma", "Tu"}, {"mercredi", "We"}, {"me", "We"}, {"je", "Th"}, {"ve", "Fr"}, {"sa", "Sa"}, {"di", "Su"},
	{"mo", "Mo"}, {"tu", "Tu"}, {"we", "We"}, {"th", "Th"}, {"fr", "Fr"}, {"su", "Su"},
	{"ferm", "off"}, {"clos", "off"}, {"féri", "PH"}, {"feri", "PH"}, {"jf", "PH"},
}

var monthsMeant = []struct{ begins, code string }{
	{"jan", "Jan"}, {"fév", "Feb"}, {"fev", "Feb"}, {"feb", "Feb"}, {"mars", "Mar"}, {"march", "Mar"}, {"avr", "Apr"}, {"apr", "Apr"},
	{"mai", "May"}, {"juin", "Jun"}, {"june", "Jun"}, {"juil", "Jul"}, {"july", "Jul"}, {"aoû", "Aug"}, {"aou", "Aug"}, {"aug", "Aug"},
	{"sep", "Sep"}, {"oct", "Oct"}, {"nov", "Nov"}, {"déc", "Dec"}, {"dec", "Dec"},
}

// meant guesses the code for a word in French or in full; "" when it cannot.
func meant(w string) string {
	w = strings.ToLower(w)
	for _, m := range monthsMeant {
		if strings.HasPrefix(w, m.begins) {
			return m.code
		}
	}
	for _, m := range wordsMeant {
		if strings.HasPrefix(w, m.begins) {
			return m.code
		}
	}
	return ""
}
