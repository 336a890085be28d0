package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

func sortStrings(s []string) { slices.Sort(s) }

// cmdSite lays a site of testdata/sites under the files that the script brings.
//
//	site NAME
func cmdSite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: site NAME")
	}
	ts.Check(copyTree(filepath.Join(ts.Getenv("SITES"), args[0]), ts.MkAbs(".")))
}

// cmdFonts puts the default theme's title font where a site may name it.
//
//	fonts FILE
func cmdFonts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: fonts FILE")
	}
	data, err := os.ReadFile(filepath.Join(ts.Getenv("SITES"), "../../../../themes/default/fonts/title-400.ttf"))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// cmdTree writes the sorted names of the files of folders to a file, but for the theme's
// assets, which change with its looks.
//
//	tree OUT DIR…
func cmdTree(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: tree OUT DIR…")
	}
	var names []string
	for _, dir := range args[1:] {
		all, err := files(ts.MkAbs(dir))
		ts.Check(err)
		for n := range all {
			if !strings.HasPrefix(n, "assets/") {
				names = append(names, dir+"/"+n)
			}
		}
	}
	slices.Sort(names)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(names, "\n")+"\n"), 0o644))
}

// cmdSed replaces a text that must be there, once or more, in a file.
//
//	sed FILE OLD NEW
func cmdSed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: sed FILE OLD NEW")
	}
	unescape := strings.NewReplacer(`\n`, "\n", `\t`, "\t")
	file := ts.MkAbs(args[0])
	data, err := os.ReadFile(file)
	ts.Check(err)
	old := unescape.Replace(args[1])
	if !bytes.Contains(data, []byte(old)) {
		ts.Fatalf("%s does not hold %q", args[0], old)
	}
	ts.Check(os.WriteFile(file, bytes.ReplaceAll(data, []byte(old), []byte(unescape.Replace(args[2]))), 0o644))
}

// result is the object that --json prints.
type result struct {
	Outputs []struct {
		Path, Kind, Subject, Status string
		Bytes                       int64
	}
	Diagnostics []struct {
		File, Severity, Code, Message, Hint string
		Line, Column                        int
	}
	Counts  map[string]int
	Timings map[string]float64
}

// cmdJSON writes a view of the last command's --json to a file, one line each, so that
// a script compares it.
//
//	json changed OUT     STATUS PATH of the outputs that are not unchanged
//	json outputs OUT     STATUS KIND SUBJECT PATH of all
//	json diagnostics OUT FILE:LINE:COLUMN SEVERITY CODE
//	json counts OUT      KIND N
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: json changed|outputs|diagnostics|counts OUT")
	}
	var r result
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	dec.DisallowUnknownFields()
	ts.Check(dec.Decode(&r))
	var lines []string
	switch args[0] {
	case "changed":
		for _, o := range r.Outputs {
			if o.Status != "unchanged" {
				lines = append(lines, o.Status+" "+o.Path)
			}
		}
	case "outputs":
		for _, o := range r.Outputs {
			subject := o.Subject
			if subject == "" {
				subject = "-"
			}
			lines = append(lines, fmt.Sprintf("%s %s %s %s", o.Status, o.Kind, subject, o.Path))
		}
	case "diagnostics":
		for _, d := range r.Diagnostics {
			lines = append(lines, fmt.Sprintf("%s:%d:%d %s %s", d.File, d.Line, d.Column, d.Severity, d.Code))
		}
	case "counts":
		for k, n := range r.Counts {
			lines = append(lines, fmt.Sprintf("%s %d", k, n))
		}
	default:
		ts.Fatalf("json: unknown view %s", args[0])
	}
	if args[0] != "diagnostics" { // whose order is a promise
		slices.Sort(lines)
	}
	text := strings.Join(lines, "\n")
	if text != "" {
		text += "\n"
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o644))
}

// cmdSame compares two folders byte for byte.
//
//	[!] same DIR DIR
func cmdSame(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	a, err := files(ts.MkAbs(args[0]))
	ts.Check(err)
	b, err := files(ts.MkAbs(args[1]))
	ts.Check(err)
	if len(a) == 0 && !neg {
		ts.Fatalf("%s is empty", args[0])
	}
	diff := different(a, b)
	if neg == (len(diff) == 0) {
		ts.Fatalf("%s and %s: %s", args[0], args[1], strings.Join(diff, "\n"))
	}
}

// cmdNoFile fails when a text stands in a file of the folder, or in its name.
//
//	nofile TEXT DIR…
func cmdNoFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: nofile TEXT DIR…")
	}
	for _, dir := range args[1:] {
		all, err := files(ts.MkAbs(dir))
		ts.Check(err)
		if len(all) == 0 {
			ts.Fatalf("%s is empty", dir)
		}
		for name, data := range all {
			if strings.Contains(name, args[0]) || strings.Contains(data, args[0]) {
				ts.Fatalf("%s/%s holds %q", dir, name, args[0])
			}
		}
	}
}

// cmdBytes writes a file from hexadecimal pairs, repeated N times: pictures and texts
// that a script cannot hold.
//
//	bytes FILE HEX [N]
func cmdBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: bytes FILE HEX [N]")
	}
	var data []byte
	_, err := fmt.Sscanf(args[1], "%x", &data)
	ts.Check(err)
	n := 1
	if len(args) == 3 {
		_, err := fmt.Sscan(args[2], &n)
		ts.Check(err)
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), bytes.Repeat(data, n), 0o644))
}
