package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestRelay(t *testing.T) {
	const place = "    x_test.go:12: "
	for _, c := range []struct {
		name   string
		events []event
		want   string
	}{
		{"a verdict", []event{
			{Action: "output", Output: "PASS\n"},
			{Action: "output", Output: "ok  \tp\t0.1s\n"},
			{Action: "pass"},
		}, "ok  \tp\t0.1s\n"},
		{"a passing test is silent", []event{
			{Action: "output", Test: "A", Output: place + "chatter\n"},
			{Action: "pass", Test: "A"},
		}, ""},
		{"but for its tables", []event{
			{Action: "output", Test: "A", Output: place + "| home | 12 kB |\n"},
			{Action: "output", Test: "A", Output: "        | news | 13 kB |\n"},
			{Action: "pass", Test: "A"},
		}, "| home | 12 kB |\n| news | 13 kB |\n"},
		{"a skipped test is named", []event{
			{Action: "output", Test: "A", Output: "=== RUN   A\n"},
			{Action: "output", Test: "A", Output: place + "no pdfinfo here\n"},
			{Action: "skip", Test: "A"},
		}, "--- SKIP: A (p): no pdfinfo here\n1 skipped\n"},
		{"a failed test says all it said", []event{
			{Action: "output", Test: "A", Output: place + "2 != 3\n"},
			{Action: "output", Test: "A", Output: "--- FAIL: A (0.00s)\n"},
			{Action: "fail", Test: "A"},
		}, place + "2 != 3\n--- FAIL: A (0.00s)\n"},
		{"a broken build", []event{
			{Action: "build-output", Output: "x.go:1:1: expected package\n"},
		}, "x.go:1:1: expected package\n"},
	} {
		var in, out strings.Builder
		for _, e := range c.events {
			e.Package = "p"
			line, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			in.Write(append(line, '\n'))
		}
		r := relay{out: &out, said: map[string][]string{}}
		r.read(strings.NewReader(in.String()))
		if out.String() != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, out.String(), c.want)
		}
	}
}
