package theme

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/source"
)

// TestConditions: the built-in conditions are whole, and their licence lies beside them.
func TestConditions(t *testing.T) {
	th, _ := open(t, nil, "default")
	none := source.New(fstest.MapFS{})
	for id, limit := range map[string]int{"": 300, "coated": 300, "uncoated": 280} {
		c, list := th.Condition(none, id, diag.Span{})
		if len(list) > 0 || c == nil {
			t.Fatal(id, list)
		}
		if c.InkLimit != limit || c.Identifier == "" || c.Info == "" || c.Registry == "" || c.Title == "" || len(c.Profile) < 10_000 {
			t.Errorf("%s: %+v", id, c.ID)
		}
		if id == "" && c.ID != DefaultCondition {
			t.Errorf("without a name it is %q", c.ID)
		}
	}
	if !th.Tree.Exists(th.File("press/LICENSE-zlib.txt")) {
		t.Error("the profiles have no licence")
	}
}

// TestOwnCondition: the site's own condition wins; a theme of its own still has the built-in ones.
func TestOwnCondition(t *testing.T) {
	icc, err := os.ReadFile("../../themes/default/press/uncoated.icc")
	if err != nil {
		t.Fatal(err)
	}
	own := fstest.MapFS{"themes/ours/theme.toml": {Data: []byte("title = \"Ours\"\n")}}
	th, _ := open(t, own, "ours")
	if c, list := th.Condition(source.New(fstest.MapFS{}), "uncoated", diag.Span{}); c == nil || len(list) > 0 {
		t.Fatal(list)
	}
	describe := func(profile string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("title = \"Nuage\"\ncondition = \"X\"\nink_limit = 260\nprofile = \"" + profile + "\"\n")}
	}
	for name, fsys := range map[string]fstest.MapFS{
		"beside":      {"data/press/coated.toml": describe("a.icc"), "data/press/a.icc": {Data: icc}},
		"among files": {"data/press/coated.toml": describe("icc/a.icc"), "data/files/icc/a.icc": {Data: icc}},
	} {
		c, list := th.Condition(source.New(fsys), "coated", diag.Span{})
		if len(list) > 0 || c == nil || c.InkLimit != 260 || c.Identifier != "X" || len(c.Profile) != len(icc) {
			t.Errorf("%s: %v %v", name, c, list)
		}
	}
}

// TestWrongCondition: each mistake is said, at its place.
func TestWrongCondition(t *testing.T) {
	icc, err := os.ReadFile("../../themes/default/press/coated.icc")
	if err != nil {
		t.Fatal(err)
	}
	with := func(at int, b string) []byte {
		return []byte(string(icc[:at]) + b + string(icc[at+len(b):]))
	}
	const head, profile = "title = \"T\"\ncondition = \"C\"\nink_limit = 300\n", "profile = \"p.icc\"\n"
	th, _ := open(t, nil, "default")
	for _, c := range []struct {
		name, id, text string
		icc            []byte
		want           string // code, start of the place, values
	}{
		{"near", "coatd", "", nil, "unknown-condition coated"},
		{"far", "parchment", "", nil, "unknown-condition mine"},
		{"outside", "../../etc", "", nil, "unknown-condition"},
		{"absent profile", "mine", head + profile, nil, `missing-file data/press/mine.toml "p.icc"`},
		{"climbing", "mine", head + "profile = \"../p.icc\"\n", nil, `unsafe-path data/press/mine.toml`},
		{"no key", "mine", "title = \"T\"\nink_limit = 300\n" + profile, icc, "missing-key condition"},
		{"no limit", "mine", "title = \"T\"\ncondition = \"C\"\n" + profile, icc, "missing-key ink_limit"},
		{"limit as text", "mine", "title = \"T\"\ncondition = \"C\"\nink_limit = \"300\"\n" + profile, icc, `wrong-type "300"`},
		{"limit", "mine", "title = \"T\"\ncondition = \"C\"\nink_limit = 900\n" + profile, icc, `bad-number 900`},
		{"number", "mine", "title = 3\n" + strings.TrimPrefix(head, "title = \"T\"\n") + profile, icc, `wrong-type 3`},
		{"misspelt", "mine", head + profile + "registri = \"x\"\n", icc, `unknown-key registri registry`},
		{"text", "mine", head + profile, []byte("no profile"), `bad-profile "p.icc" not-icc`},
		{"screen", "mine", head + profile, with(12, "mntrRGB "), `bad-profile not-cmyk-output`},
		{"grey", "mine", head + profile, with(16, "GRAY"), `bad-profile not-cmyk-output`},
		{"version 5", "mine", head + profile, with(8, "\x05"), `bad-profile icc-version`},
		{"cut", "mine", head + profile, icc[:2000], `bad-profile truncated`},
		{"malformed", "mine", "title = \n", icc, `toml-syntax data/press/mine.toml`},
	} {
		t.Run(c.name, func(t *testing.T) {
			fsys := fstest.MapFS{"data/press/mine.toml": {Data: []byte(c.text)}}
			if c.icc != nil {
				fsys["data/press/p.icc"] = &fstest.MapFile{Data: c.icc}
			}
			got, list := th.Condition(source.New(fsys), c.id, diag.Span{File: "data/site.toml"})
			if list.Errors() != 1 || got != nil {
				t.Fatalf("%v, %v", got, list)
			}
			d := list[0]
			said := string(d.Code) + " " + d.Span.File + " " + strings.Join(d.Args, " ")
			said += " " + strings.Join(d.Hint.Args, " ")
			if c.text != "" {
				said += " " + c.text[min(d.Span.Start, len(c.text)):min(d.Span.End, len(c.text))]
			}
			for _, part := range strings.Fields(c.want) {
				if !strings.Contains(said, part) {
					t.Errorf("%q says no %q", said, part)
				}
			}
		})
	}
}
