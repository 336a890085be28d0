package search

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/internal/model"
)

// digits are those of a number in a list: five bits each, the sixth tells that more follow.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func appendNumber(b []byte, n uint) []byte {
	for ; n >= 32; n >>= 5 {
		b = append(b, digits[n&31|32])
	}
	return append(b, digits[n])
}

// appendRows writes rising numbers as the gaps between them.
func appendRows(b []byte, rows []int) []byte {
	next := 0
	for _, r := range rows {
		b = appendNumber(b, uint(r-next))
		next = r + 1
	}
	return b
}

func appendText(b []byte, s string) []byte {
	if isPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	text, _ := json.Marshal(s) // a string never fails
	return append(b, text...)
}

// isPlain tells of a text that encoding/json writes as it is.
func isPlain(s string) bool {
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&':
			return false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s) && !strings.Contains(s, "\u2028") && !strings.Contains(s, "\u2029")
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}

// separate starts a line of a file.
func separate(b []byte, i int) []byte { return append(comma(b, i), '\n') }

// thousandth is a coordinate in thousandths of a degree, which is a hundred metres: enough
// to sort by distance.
func thousandth(degrees float64) int { return int(math.Round(degrees * 1000)) }

func known(lat, lon float64) bool {
	return (lat != 0 || lon != 0) && math.Abs(lat) <= 90 && math.Abs(lon) <= 180
}

// appendPoint says where a row is, if it opened it: from its commune's point where there is one, since small
// numbers weigh less.
func appendPoint(b []byte, p *model.Profile) []byte {
	if !p.HasPoint || !known(p.Lat, p.Lon) {
		return appendNumber(b, 0)
	}
	lat, lon := thousandth(p.Lat), thousandth(p.Lon)
	if c := p.Commune; c != nil && known(c.Lat, c.Lon) {
		lat, lon = lat-thousandth(c.Lat), lon-thousandth(c.Lon)
	}
	return appendNumber(appendNumber(b, signed(lat)+1), signed(lon))
}

// signed maps whole numbers to natural ones, small to small.
func signed(n int) uint {
	if n < 0 {
		return uint(-2*n - 1)
	}
	return uint(2 * n)
}

// manyPlaces is how many communes a site may have before only those of the programme can
// be searched around.
const manyPlaces = 3000

// places are the communes that one may search around, the largest first.
func (x *Index) places(near neighbours) []byte {
	var list []*model.Territory
	communes := 0
	for _, t := range x.Site.Territories {
		if t.Kind == "commune" {
			communes++
		}
	}
	for _, t := range x.Site.Territories {
		if near[t] || t.Kind == "commune" && communes <= manyPlaces && known(t.Lat, t.Lon) {
			list = append(list, t)
		}
	}
	// Of those that share a postcode, or begin alike, the largest is meant.
	slices.SortStableFunc(list, func(a, b *model.Territory) int {
		return cmp.Or(cmp.Compare(b.Population.Value, a.Population.Value), strings.Compare(a.ID, b.ID))
	})
	b := []byte{'['}
	for i, t := range list {
		b = append(appendText(append(separate(b, i), '['), t.ID), ',')
		b = append(appendText(b, t.Name), ',')
		b = append(appendText(b, strings.Join(t.Postcodes, " ")), ',')
		b = append(strconv.AppendInt(b, int64(thousandth(t.Lat)), 10), ',')
		b = append(strconv.AppendInt(b, int64(thousandth(t.Lon)), 10), ']')
	}
	return append(b, "\n]\n"...)
}

// neighbours are the communes of a programme and of its participants.
type neighbours map[*model.Territory]bool

func (n neighbours) add(t *model.Territory) {
	if t != nil && !n[t] && t.Kind == "commune" && known(t.Lat, t.Lon) {
		n[t] = true
	}
}

// neighbours begins with those of the programme.
func (x *Index) neighbours() neighbours {
	n := neighbours{}
	if t := x.Programme.Territory; t != nil {
		n.add(t)
		for _, m := range t.Members {
			n.add(m)
		}
	}
	return n
}
