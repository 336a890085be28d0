package typography

import (
	"math"
	"strconv"
	"strings"
)

// Number writes a whole number: 53 918, 53,918 in English.
func Number(lang Language, n int64) string {
	return grouped(lang, strconv.FormatInt(n, 10))
}

// Decimal writes a number with so many decimals, or with as many as it needs
// when decimals is negative: 12,6; 12.6 in English. What is not a number is –.
func Decimal(lang Language, f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "–"
	}
	return grouped(lang, strconv.FormatFloat(f, 'f', max(decimals, -1), 64))
}

// Percent writes a percentage that is given in hundredths: 12,6 %; 12.6% in
// English. Decimals are as for Decimal.
func Percent(lang Language, f float64, decimals int) string {
	if lang == English {
		return Decimal(lang, f, decimals) + "%"
	}
	return Decimal(lang, f, decimals) + nbsp + "%"
}

// Money writes an amount in euro cents, leaving out ,00: 17 010 €, 4 252,50 €;
// €4,252.50 in English.
func Money(lang Language, cents int64) string {
	if cents%100 == 0 {
		return euros(lang, strconv.FormatInt(cents/100, 10))
	}
	return MoneyExact(lang, cents)
}

// MoneyExact is Money with its cents, for columns: 17 010,00 €.
func MoneyExact(lang Language, cents int64) string {
	digits := strconv.FormatInt(cents, 10)
	sign := ""
	if cents < 0 {
		sign, digits = "-", digits[1:]
	}
	for len(digits) < 3 {
		digits = "0" + digits
	}
	return euros(lang, sign+digits[:len(digits)-2]+"."+digits[len(digits)-2:])
}

func euros(lang Language, plain string) string {
	s := grouped(lang, plain)
	if lang != English {
		return s + nbsp + "€"
	}
	if rest, negative := strings.CutPrefix(s, minus); negative {
		return minus + "€" + rest
	}
	return "€" + s
}

// grouped puts a number written by strconv into the language's form.
func grouped(lang Language, plain string) string {
	thousands, point := nnbsp, ","
	if lang == English {
		thousands, point = ",", "."
	}
	whole, decimals, fraction := strings.Cut(plain, ".")
	if !fraction && len(whole) < 4 && !strings.HasPrefix(whole, "-") {
		return plain
	}
	var b strings.Builder
	b.Grow(len(plain) + len(minus) + len(thousands)*(len(whole)/3))
	if rest, negative := strings.CutPrefix(whole, "-"); negative {
		whole = rest
		if strings.Trim(whole+decimals, "0") != "" { // no « −0 »
			b.WriteString(minus)
		}
	}
	for i, c := range []byte(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(thousands)
		}
		b.WriteByte(c)
	}
	if fraction {
		b.WriteString(point)
		b.WriteString(decimals)
	}
	return b.String()
}
