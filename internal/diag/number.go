package diag

import "strings"

// figure writes a number of a message in the reader's language: {name:figure}. The value
// is in plain decimals, 1234.5; with a € it is an amount of euros, with a ¢ one of cents.
func figure(value string, lang Language) string {
	plain, euros := strings.CutSuffix(value, "€")
	if c, ok := strings.CutSuffix(plain, "¢"); ok {
		plain, euros = fromCents(c), true
	}
	sign := ""
	if rest, negative := strings.CutPrefix(plain, "-"); negative {
		sign, plain = "−", rest
	}
	whole, decimals, _ := strings.Cut(plain, ".")
	if strings.Trim(whole+decimals, "0123456789") != "" {
		return value
	}
	gap, point := "\u202f", ","
	if lang == English {
		gap, point = ",", "."
	}
	var b strings.Builder
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(gap)
		}
		b.WriteRune(c)
	}
	if euros && len(decimals) == 1 {
		decimals += "0"
	}
	if decimals != "" {
		b.WriteString(point + decimals)
	}
	switch {
	case euros && lang == English:
		return sign + "€" + b.String()
	case euros:
		return sign + b.String() + "\u00a0€"
	}
	return sign + b.String()
}

// fromCents is a whole number of cents in euros.
func fromCents(c string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(c, "-"); negative {
		sign, c = "-", rest
	}
	for len(c) < 3 {
		c = "0" + c
	}
	whole, decimals := c[:len(c)-2], c[len(c)-2:]
	if decimals == "00" {
		return sign + whole
	}
	return sign + whole + "." + decimals
}
