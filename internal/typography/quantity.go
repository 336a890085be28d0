package typography

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Quantity is a number as a figure shows it: whole numbers without decimals, others with
// as many as they need up to two. An exact zero is « 0 ».
func Quantity(lang Language, v float64) string {
	decimals := 2
	if s := strconv.FormatFloat(v, 'f', 2, 64); strings.HasSuffix(s, ".00") {
		decimals = 0
	} else if strings.HasSuffix(s, "0") {
		decimals = 1
	}
	return Decimal(lang, v, decimals)
}

// inhabitants are the units that count the people of a place.
var inhabitants = []string{"habitant", "habitants", "habitantes-et-habitants", "habitants-et-habitantes", "hab", "inhabitant", "inhabitants", "residents"}

// Inhabitants reports whether a unit counts the people of a place, in either language:
// such a figure has a census year and a definition.
func Inhabitants(unit string) bool { return slices.Contains(inhabitants, Slug(unit)) }

// A range that is bounded from outside (« moins d’entre 10 et 40 ») or that goes down
// (« entre 40 et 10 ») says nothing.
var (
	doubleBound = regexp.MustCompile(`(?i)\b(?:plus|moins|minimum|maximum|jusqu['’]à|more|less|fewer|over|under|up to)[\s\x{a0}]+(?:d['’e]\s?|than\s+)?(?:entre|between)\s+\d+(?:[\s\x{a0}\x{202f}]\d{3})*\s+(?:et|and)\s+\d+`)
	between     = regexp.MustCompile(`(?i)\b(?:entre|between)\s+(\d+(?:[\s\x{a0}\x{202f}]\d{3})*)\s+(?:et|and)\s+(\d+(?:[\s\x{a0}\x{202f}]\d{3})*)`)
	gaps        = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "")
)

// BrokenRange finds a range of numbers that cannot be understood in a French or English
// text: its own words, or nothing.
func BrokenRange(text string) string {
	if m := doubleBound.FindString(text); m != "" {
		return m
	}
	for _, m := range between.FindAllStringSubmatch(text, -1) {
		low, err := strconv.Atoi(gaps.Replace(m[1]))
		high, err2 := strconv.Atoi(gaps.Replace(m[2]))
		if err == nil && err2 == nil && low > high {
			return m[0]
		}
	}
	return ""
}

// WithUnit sets a number that is written already beside its unit: « 12,6 % », « 430 € »; in English a
// percent sign stands close, and a currency's sign goes before: “12.6%”, “£430”, “−$2”.
func WithUnit(lang Language, number, unit string) string {
	switch {
	case unit == "":
		return number
	case lang != English:
		return number + nbsp + unit
	case unit == "%":
		return number + unit
	case unit == "€" || unit == "£" || unit == "$":
		if rest, negative := strings.CutPrefix(number, minus); negative {
			return minus + unit + rest
		}
		return unit + number
	}
	return number + nbsp + unit
}
