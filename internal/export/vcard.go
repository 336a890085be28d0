package export

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/internal/model"
)

// VCard is a participant's contact card (RFC 2426, version 3.0: the one that every mail program and
// telephone imports), of what its profile holds and nothing else. page is the address of its page, or
// empty.
func VCard(p *model.Profile, page string) []byte {
	var b []byte
	line := func(name string, values ...string) {
		some := false
		for i, v := range values {
			some = some || v != ""
			values[i] = cardText(v)
		}
		if some {
			b = fold(b, name+":"+strings.Join(values, ";"))
		}
	}
	line("BEGIN", "VCARD")
	line("VERSION", "3.0")
	line("FN", p.Name)
	line("N", p.Name, "", "", "", "")
	line("ORG", p.Name)
	line("X-ABShowAs", "COMPANY")
	if p.Trade != nil {
		line("CATEGORIES", p.Trade.Name)
	}
	line("TEL;TYPE=WORK,VOICE", p.Phone)
	line("TEL;TYPE=CELL", p.Mobile)
	line("EMAIL;TYPE=INTERNET", p.Email)
	town := ""
	if p.Commune != nil {
		town = p.Commune.Name
	}
	if p.Address != "" || p.Postcode != "" || town != "" {
		line("ADR;TYPE=WORK", "", "", strings.Join(strings.FieldsFunc(p.Address, isBreak), ", "), town, "", p.Postcode, "")
	}
	if p.HasPoint {
		b = fold(b, "GEO:"+strconv.FormatFloat(p.Lat, 'f', 6, 64)+";"+strconv.FormatFloat(p.Lon, 'f', 6, 64))
	}
	line("URL", p.URL)
	line("URL", page)
	line("END", "VCARD")
	return b
}

func isBreak(r rune) bool { return r == '\n' || r == '\r' }

// cardEscaper writes what separates values, and breaks, as a card has them.
var cardEscaper = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

func cardText(s string) string { return cardEscaper.Replace(strings.ToValidUTF8(s, "\uFFFD")) }

// cardWidth is how many bytes a line of a card has at most, without its end.
const cardWidth = 75

// fold adds a line, cut into lines of cardWidth between characters; those that continue start with a
// space.
func fold(b []byte, s string) []byte {
	for room := cardWidth; len(s) > room; room = cardWidth - 1 {
		cut := room
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		b = append(append(b, s[:cut]...), "\r\n "...)
		s = s[cut:]
	}
	return append(append(b, s...), "\r\n"...)
}
