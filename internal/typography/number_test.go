package typography

import (
	"math"
	"strings"
	"testing"
	"testing/quick"
)

func TestNumbers(t *testing.T) {
	for i, c := range [][2]string{
		{Number(French, 53918), "53_918"}, {Number(English, 53918), "53,918"}, {Number(French, 999), "999"},
		{Number(French, 1200), "1_200"}, {Number(French, -37), "−37"}, {Number(French, 1234567), "1_234_567"}, {Number(French, 0), "0"},
		{Number(French, math.MinInt64), "−9_223_372_036_854_775_808"},
		{Decimal(French, 12.6, 1), "12,6"}, {Decimal(English, 12.6, 1), "12.6"}, {Decimal(French, 1062, 0), "1_062"},
		{Decimal(French, 3.5, -1), "3,5"}, {Decimal(French, 15, -1), "15"}, {Decimal(French, 1234.5, 2), "1_234,50"},
		{Decimal(French, -0.001, 1), "0,0"}, {Decimal(French, math.NaN(), 1), "–"}, {Decimal(English, math.Inf(1), 1), "–"},
		{Percent(French, 11.1, 1), "11,1~%"}, {Percent(English, 11.1, 1), "11.1%"},
		{Money(French, 1701000), "17_010~€"}, {Money(French, 425250), "4_252,50~€"}, {Money(English, 425250), "€4,252.50"},
		{Money(French, 5), "0,05~€"}, {Money(French, -425250), "−4_252,50~€"}, {Money(English, -425250), "−€4,252.50"},
		{MoneyExact(French, 1701000), "17_010,00~€"}, {MoneyExact(French, 0), "0,00~€"}, {MoneyExact(English, -7), "−€0.07"},
	} {
		if got := show(c[0]); got != c[1] {
			t.Errorf("%d: got %q, want %q", i, got, c[1])
		}
	}
}

func TestMoneyIsExact(t *testing.T) {
	// Every cent comes back from what is written.
	if err := quick.Check(func(cents int64) bool {
		s := strings.NewReplacer(nbsp, "", nnbsp, "", "€", "", ",", "", minus, "-").Replace(MoneyExact(French, cents))
		var back int64
		sign := int64(1)
		for _, c := range s {
			if c == '-' {
				sign = -1
				continue
			}
			back = back*10 + sign*int64(c-'0')
		}
		return back == cents
	}, nil); err != nil {
		t.Error(err)
	}
}

func TestDates(t *testing.T) {
	for i, c := range [][2]string{
		{Date(French, 2023, 12, 1), "1er~décembre 2023"}, {Date(English, 2023, 12, 1), "1~December 2023"},
		{Date(French, 2024, 2, 29), "29~février 2024"}, {Month(French, 8), "août"}, {Month(English, 13), ""}, {ShortMonth(French, 1), "janv."}, {ShortMonth(English, 12), "Dec"}, {ShortMonth(French, 13), ""}, {Month(French, 0), ""},
		{Weekday(French, 0), "dimanche"}, {Weekday(English, 6), "Saturday"}, {Weekday(French, 7), ""},
		{Period(French, 2026, 8, 1, 2026, 8, 21), "du 1er au 21~août 2026"},
		{Period(French, 2026, 7, 20, 2026, 8, 21), "du 20~juillet au 21~août 2026"},
		{Period(French, 2025, 12, 24, 2026, 1, 2), "du 24~décembre 2025 au 2~janvier 2026"},
		{Period(French, 2026, 5, 3, 2026, 5, 3), "le 3~mai 2026"},
		{Period(English, 2026, 8, 1, 2026, 8, 21), "1–21~August 2026"},
		{Period(English, 2026, 7, 20, 2026, 8, 21), "20~July – 21~August 2026"},
		{Period(English, 2025, 12, 24, 2026, 1, 2), "24~December 2025 – 2~January 2026"},
		{Period(English, 2026, 5, 3, 2026, 5, 3), "3~May 2026"},
		{Time(French, 8, 30), "8~h~30"}, {Time(French, 12, 0), "12~h"}, {Time(French, 9, 5), "9~h~05"},
		{Time(English, 8, 30), "8:30~am"}, {Time(English, 12, 0), "noon"}, {Time(English, 0, 15), "12:15~am"}, {Time(English, 18, 0), "6~pm"}, {Time(English, 24, 0), "midnight"},
		{TimeRange(French, 8, 30, 12, 0), "8~h~30~–\u2060~12~h"},
	} {
		if got := show(c[0]); got != c[1] {
			t.Errorf("%d: got %q, want %q", i, got, c[1])
		}
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct {
		items  []string
		fr, en string
	}{
		{nil, "", ""}, {[]string{"a"}, "a", "a"}, {[]string{"a", "b"}, "a et b", "a and b"},
		{[]string{"a", "b", "c"}, "a, b et c", "a, b and c"},
	} {
		if got := List(French, c.items); got != c.fr {
			t.Errorf("fr %v: %q", c.items, got)
		}
		if got := List(English, c.items); got != c.en {
			t.Errorf("en %v: %q", c.items, got)
		}
	}
	for in, want := range map[string]string{"": "", "été": "Été", "Œuf": "Œuf", "12": "12", "œuf": "Œuf"} {
		if got := Capital(in); got != want {
			t.Errorf("Capital(%q) = %q", in, got)
		}
	}
}

func TestPhone(t *testing.T) {
	for _, c := range [][3]string{
		{"0233984400", "02~33~98~44~00", "+33~2~33~98~44~00"},
		{"02.33.98.44.00", "02~33~98~44~00", "+33~2~33~98~44~00"},
		{"+33 (0)2 33 98 44 00", "02~33~98~44~00", "+33~2~33~98~44~00"},
		{"+33233984400", "02~33~98~44~00", "+33~2~33~98~44~00"},
		{"0033 2 33 98 44 00", "02~33~98~44~00", "+33~2~33~98~44~00"},
		{"+262262123456", "02~62~12~34~56", "02~62~12~34~56"},
		{"3939", "39~39", "39~39"},
		{"0800 123 456", "0~800~123~456", "0~800~123~456"},
		{"+44 20 7946 0000", "+44~20~7946~0000", "+44~20~7946~0000"},
		{"poste 12", "poste~12", "poste~12"},
		{"", "", ""},
	} {
		if got := show(Phone(French, c[0])); got != c[1] {
			t.Errorf("fr %q: %q, want %q", c[0], got, c[1])
		}
		if got := show(Phone(English, c[0])); got != c[2] {
			t.Errorf("en %q: %q, want %q", c[0], got, c[2])
		}
	}
}
