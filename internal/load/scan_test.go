package load

import (
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestScan(t *testing.T) {
	for name, text := range plainTOML {
		values, ok := scan(text)
		if !ok {
			t.Errorf("%s: left to the library", name)
			continue
		}
		wants(t, name, text, &values)
	}
	for name, text := range oddTOML {
		if _, ok := scan(text); ok {
			t.Errorf("%s: read by the scanner", name)
		}
	}
}

// TestOddValues reads what only the library reads, through the same tables.
func TestOddValues(t *testing.T) {
	text := `big = 1_000
hex = 0x1F
"é" = [1e3, -inf]
far = 2025-03-01T23:30:00.25+02:00
near = 2025-03-01T12:30:00.25
day = 2025-03-01
hour = 07:32:00
[a.b]
c = """x\
  y"""
[a]
d = [[1], [{ e.f = true }]]
`
	root, list := TOML(tree(map[string]string{"f.toml": text}), "f.toml")
	if len(list) > 0 || root.Len() != 8 {
		t.Fatal(list, root)
	}
	big, _ := root.Integer("big")
	hex, _ := root.Number("hex")
	numbers, _ := root.Numbers("é")
	if big != 1000 || hex != 31 || len(numbers) != 2 || numbers[0] != 1000 || !math.IsInf(numbers[1], -1) {
		t.Error(big, hex, numbers)
	}
	for key, want := range map[string]string{
		"far": "2025-03-01T23:30:00.25+02:00", "near": "2025-03-01T12:30:00.25Z",
		"day": "2025-03-01T00:00:00Z", "hour": "0000-01-01T07:32:00Z",
	} {
		if d, ok := root.Date(key); !ok || d.Format(time.RFC3339Nano) != want {
			t.Errorf("%s is %s, want %s", key, d.Format(time.RFC3339Nano), want)
		}
	}
	a, _ := root.Table("a")
	b, _ := a.Table("b")
	if c, _ := b.String("c"); c != "xy" {
		t.Errorf("c is %q", c)
	}
	if got := at(text, b.Span("")); got != "[a.b]@08:01" {
		t.Error(got)
	}
	if _, ok := a.Strings("d"); ok {
		t.Error("a list of lists is a list of strings")
	}
}

// TestColumnsInColumns reads columns whose names say that one is inside another: the
// last one counts.
func TestColumnsInColumns(t *testing.T) {
	var head, cells []string
	for i := range longTable + 2 {
		head = append(head, "b.k"+strconv.Itoa(i))
		cells = append(cells, "x")
	}
	text := "a;a.b;a.c;" + strings.Join(head, ";") + ";b;b.z\n1;2;3;" + strings.Join(cells, ";") + ";4;5\n;;;x\n"
	rows, list := CSV(tree(map[string]string{"f.csv": text}), "f.csv")
	if len(list) > 0 || len(rows) != 2 {
		t.Fatal(list, rows)
	}
	a, ok := rows[0].Table("a")
	if v, _ := a.String("c"); !ok || a.Len() != 2 || v != "3" {
		t.Errorf("a holds %d: %q", a.Len(), v)
	}
	b, ok := rows[0].Table("b")
	if v, _ := b.Integer("z"); !ok || b.Len() != 1 || v != 5 || b.Has("k0") {
		t.Errorf("b holds %q", b.Keys())
	}
	if got := at(text, rows[1].Span("")); got != text[strings.LastIndex(text, "\n;")+1:len(text)-1]+"@03:01" {
		t.Error(got)
	}
}

// TestScanLongTable reads tables with so many keys that they are looked up.
func TestScanLongTable(t *testing.T) {
	var b strings.Builder
	for i := range 3 * longTable {
		b.WriteString("k" + strconv.Itoa(i) + " = " + strconv.Itoa(i) + "\n")
	}
	text := b.String()
	for _, text := range []string{text, "[a]\n" + text + "[b]\n" + text, "[[a]]\n" + text + "[[a]]\n" + text} {
		values, ok := scan(text)
		if !ok {
			t.Fatal("left to the library")
		}
		wants(t, "long", text, &values)
	}
	for i := range 3 * longTable {
		if _, ok := scan(text + "k" + strconv.Itoa(i) + " = 1\n"); ok {
			t.Errorf("k%d is read twice", i)
		}
	}
}

// TestScanReadsThisRepository fails when a file of ours, which are as people write
// them, is no longer read by the scanner.
func TestScanReadsThisRepository(t *testing.T) {
	n := 0
	for name, text := range heads(t) {
		n++
		values, ok := scan(text)
		if !ok {
			t.Errorf("%s: left to the library", name)
			continue
		}
		wants(t, name, text, &values)
	}
	if n < 50 {
		t.Errorf("%d files only", n)
	}
}

// FuzzPlain holds the scanner to the library: what it reads the library reads, and reads
// the same.
func FuzzPlain(f *testing.F) {
	for _, text := range plainTOML {
		f.Add(text)
	}
	for _, text := range oddTOML {
		f.Add(text)
	}
	for _, text := range heads(f) {
		f.Add(text)
	}
	f.Add(sample)
	f.Add("a = \"\xff\"\n\xc3 = 1")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // refused before: see read
		}
		if values, ok := scan(text); ok {
			wants(t, "scan", text, &values)
		}
	})
}

// heads are the TOML files and the heads of the Markdown files of this repository, and
// the business of the benchmark.
func heads(t testing.TB) map[string]string {
	head, _, _, _ := split([]byte(participant))
	all := map[string]string{"participant": string(head)}
	root := filepath.Join("..", "..")
	for _, dir := range []string{"data", "content", "themes", "cmd/vitrine/testdata/sites"} {
		err := fs.WalkDir(os.DirFS(root), dir, func(name string, d fs.DirEntry, err error) error {
			ext := filepath.Ext(name)
			if err != nil || d.IsDir() || ext != ".toml" && ext != ".md" {
				return err
			}
			data, err := os.ReadFile(filepath.Join(root, name))
			if ext == ".md" {
				data, _, _, _ = split(data)
			}
			all[name] = string(data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// wants compares what the scanner read with what the library reads.
func wants(t *testing.T, name, text string, got *content) {
	t.Helper()
	want, err := byLibrary(text)
	if err != nil {
		t.Fatalf("%s: the library refuses %q: %v", name, text, err)
	}
	if at := differ(got, 0, &want, 0); at != "" {
		t.Fatalf("%s: the library differs at %s in %q", name, at, text)
	}
}

// differ is the path of the first difference between two nodes.
func differ(a *content, i nodeID, b *content, j nodeID) string {
	x, y := &a.nodes[i], &b.nodes[j]
	switch {
	case x.kind != y.kind:
		return " kind"
	case x.kind == aString:
		if a.string(x) != b.string(y) {
			return " string"
		}
	case x.kind == aMoment:
		if !a.moment(x).Equal(b.moment(y)) {
			return " moment"
		}
	case x.kind == aTable:
		if x.count != y.count {
			return " size"
		}
		n := 0
		for id, v := range a.each(i) {
			key := a.key(v)
			other := b.find(j, key)
			if other == 0 || a.find(i, key) != id {
				return "." + key
			}
			if at := differ(a, id, b, other); at != "" {
				return "." + key + at
			}
			n++
		}
		if n != int(x.count) {
			return " keys"
		}
	case x.kind == aList:
		if x.count != y.count {
			return " size"
		}
		other := nodeID(y.a)
		for id := range a.each(i) {
			if at := differ(a, id, b, other); at != "" {
				return "[]" + at
			}
			other = b.nodes[other].next
		}
	case x.wide() != y.wide():
		return " value"
	}
	return ""
}
