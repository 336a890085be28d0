package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
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

// cmdExits runs a command that must end with a status: 1 is the data's fault, 2 misuse.
//
//	exits STATUS COMMAND [ARG…]
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG…]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// cmdCopyDir copies a folder; files that are there already stay.
//
//	copydir FROM TO
func cmdCopyDir(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: copydir FROM TO")
	}
	ts.Check(copyTree(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
}

// cmdFonts puts the default theme's title font where a site may name it.
//
//	fonts FILE [SIZE]
//
// of which SIZE bytes are kept.
func cmdFonts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: fonts FILE [SIZE]")
	}
	data, err := os.ReadFile(filepath.Join(ts.Getenv("SITES"), "../../../../themes/default/fonts/title-400.ttf"))
	ts.Check(err)
	if len(args) == 2 {
		var n int
		_, err := fmt.Sscan(args[1], &n)
		ts.Check(err)
		data = data[:n]
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
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
	Rules []struct {
		Programme, Participant, Name, Award, Rule, For, State, Text string
		Found                                                       float64
		Min, Max                                                    *float64
	}
	Counts  map[string]int
	Timings map[string]float64
}

// cmdJSON writes a view of the last command's --json to a file, one line each, so that
// a script compares it. The theme's assets, which change with its looks, are left out.
//
//	json changed OUT     STATUS PATH of the outputs that are not unchanged
//	json outputs OUT     STATUS KIND SUBJECT PATH of all
//	json diagnostics OUT FILE:LINE:COLUMN SEVERITY CODE
//	json counts OUT      KIND N
//	json rules OUT       STATE PARTICIPANT AWARD FOR: RULE: TEXT
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: json changed|outputs|diagnostics|rules|counts OUT")
	}
	var r result
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	dec.DisallowUnknownFields()
	ts.Check(dec.Decode(&r))
	var lines []string
	switch args[0] {
	case "changed":
		for _, o := range r.Outputs {
			if o.Status != "unchanged" && !strings.Contains(o.Path, "/assets/") {
				lines = append(lines, o.Status+" "+o.Path)
			}
		}
	case "outputs":
		for _, o := range r.Outputs {
			if strings.Contains(o.Path, "/assets/") {
				continue
			}
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
	case "rules":
		for _, x := range r.Rules {
			lines = append(lines, fmt.Sprintf("%s %s %s %s: %s: %s", x.State, x.Participant, cmp.Or(x.Award, "-"), x.For, x.Rule, x.Text))
		}
	case "counts":
		for _, k := range []string{"page", "piece", "listed"} {
			n, ok := r.Counts[k]
			if !ok {
				continue
			}
			lines = append(lines, fmt.Sprintf("%s %d", k, n))
		}
	default:
		ts.Fatalf("json: unknown view %s", args[0])
	}
	if args[0] != "diagnostics" && args[0] != "rules" { // whose order is a promise
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

// cmdParts fails unless two folders have no file in common, each has some, and together
// they have those of a third one.
//
//	parts DIR DIR WHOLE
func cmdParts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: parts DIR DIR WHOLE")
	}
	var all [3]map[string]string
	for i, dir := range args {
		var err error
		all[i], err = files(ts.MkAbs(dir))
		ts.Check(err)
		if len(all[i]) == 0 {
			ts.Fatalf("%s is empty", dir)
		}
	}
	for name, data := range all[0] {
		if _, both := all[1][name]; both {
			ts.Fatalf("both have %s", name)
		}
		all[1][name] = data
	}
	if diff := different(all[1], all[2]); len(diff) > 0 {
		ts.Fatalf("together they are not %s: %s", args[2], strings.Join(diff, "\n"))
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

// cmdPicture draws a picture; its name's end is its format.
//
//	picture FILE WIDTH HEIGHT [cut|bomb]
//
// cut leaves out its second half; bomb is a PNG whose header promises 60,000 pixels a side.
func cmdPicture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: picture FILE WIDTH HEIGHT [cut|bomb]")
	}
	var w, h int
	_, err := fmt.Sscan(args[1]+" "+args[2], &w, &h)
	ts.Check(err)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = byte(i*i>>7) | byte(i%4/3*255)
	}
	var b bytes.Buffer
	if strings.HasSuffix(args[0], ".png") {
		ts.Check(png.Encode(&b, img))
	} else {
		ts.Check(jpeg.Encode(&b, img, nil))
	}
	data := b.Bytes()
	if len(args) == 4 && args[3] == "cut" {
		data = data[:len(data)/2]
	}
	if len(args) == 4 && args[3] == "bomb" {
		binary.BigEndian.PutUint32(data[16:], 60_000)
		binary.BigEndian.PutUint32(data[20:], 60_000)
		binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
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

// cmdUnpack lays the files of a zip out in a folder.
//
//	unpack ZIP DIR
func cmdUnpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack ZIP DIR")
	}
	z, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer z.Close()
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), z))
}

// cmdPDFText compares the pages of a PDF with texts, a page each; without pdftotext it does
// nothing, unless tools are required.
//
//	pdftext PDF TEXT…
func cmdPDFText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: pdftext PDF TEXT…")
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		if os.Getenv("VITRINE_REQUIRE_TOOLS") == "1" {
			ts.Fatalf("pdftotext is not installed, and VITRINE_REQUIRE_TOOLS=1")
		}
		return
	}
	out, err := exec.Command(tool, ts.MkAbs(args[0]), "-").Output()
	ts.Check(err)
	pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	if len(pages) != len(args)-1 {
		ts.Fatalf("%s has %d pages, want %d", args[0], len(pages), len(args)-1)
	}
	for i, want := range args[1:] {
		if !strings.Contains(strings.Join(strings.Fields(pages[i]), " "), want) {
			ts.Fatalf("page %d of %s says %q, want %q", i+1, args[0], pages[i], want)
		}
	}
}
