package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// How numbers are written in the tables.

// faster is how many times something is quicker: 7.1× (6.9×–7.4×).
func faster(s spread) string {
	return fmt.Sprintf("**%s** (%s–%s)", times(s.median), times(s.min), times(s.max))
}

func times(x float64) string { return figure(x) + "×" }

// share is a part of a whole: 1/23, or 0.8 where that says more.
func share(x float64) string {
	switch {
	case x <= 0 || math.IsInf(x, 0) || math.IsNaN(x):
		return "–"
	case x > 0.5:
		return figure(x)
	}
	return "1/" + figure(1/x)
}

// figure writes a number with two figures, or as a whole number.
func figure(x float64) string {
	switch {
	case math.IsInf(x, 0) || math.IsNaN(x):
		return "–"
	case x < 0.95:
		return strconv.FormatFloat(x, 'f', 2, 64)
	case x < 9.95:
		return strconv.FormatFloat(x, 'f', 1, 64)
	}
	return thousands(int(math.Round(x)))
}

func seconds(x float64) string {
	if x < 1 {
		return fmt.Sprintf("%.0f ms", x*1000)
	}
	return fmt.Sprintf("%.2f s", x)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// thousands writes a whole number as 10,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
