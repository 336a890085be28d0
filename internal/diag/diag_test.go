package diag

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

var places = regexp.MustCompile(`\{(\w+)(?::\w+)?\}`)

func namesIn(text string) []string {
	var out []string
	for _, m := range places.FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestCatalogue: each message exists in both languages, with the same places, in French
// typography, without capital nor full stop.
func TestCatalogue(t *testing.T) {
	check := func(name string, m message, optional bool) {
		m.fr = m.text(French)
		if m.fr == "" && m.en == "" && optional {
			return
		}
		if m.fr == "" || m.en == "" {
			t.Errorf("%s lacks a language: %q, %q", name, m.fr, m.en)
		}
		if fr, en := namesIn(m.fr), namesIn(m.en); !slices.Equal(fr, en) {
			t.Errorf("%s: places %v in French, %v in English", name, fr, en)
		}
		for i, r := range m.fr {
			if strings.ContainsRune(";!?»", r) || r == ':' && !insidePlace(m.fr, i) {
				before, _ := utf8.DecodeLastRuneInString(m.fr[:i])
				if before != '\u00a0' && before != '\u202f' && !strings.HasSuffix(m.fr[:i], "https") && !strings.HasSuffix(m.fr[:i], "http") && !isQuotedData(m.fr, i) {
					t.Errorf("%s: %q before %q in %q", name, before, r, m.fr)
				}
			}
			if r == '\'' {
				t.Errorf("%s: a straight apostrophe in %q", name, m.fr)
			}
		}
		for _, s := range []string{m.fr, m.en} {
			if strings.HasSuffix(s, ".") {
				t.Errorf("%s ends with a full stop: %q", name, s)
			}
		}
	}
	for code, e := range catalogue {
		check(string(code), e.message, false)
		check(string(code)+" hint", e.advice, true)
	}
	for key, m := range hints {
		check("hint "+key, m, false)
	}
	for key, m := range phrases {
		check("phrase "+key, m, false)
	}
}

func insidePlace(text string, i int) bool {
	return strings.LastIndexByte(text[:i], '{') > strings.LastIndexByte(text[:i], '}')
}

// isQuotedData reports whether a sign stands in an example of data, as the data writes it.
func isQuotedData(text string, i int) bool {
	before := text[:i]
	open, end := strings.LastIndex(before, "«"), strings.LastIndex(before, "»")
	return open > end && text[i] < utf8.RuneSelf
}

// TestEveryWordIsInTheCatalogue reads the program's calls: codes, kinds, hints, notes and
// worded values must all be known here, and no code stands in the catalogue for nothing.
func TestEveryWordIsInTheCatalogue(t *testing.T) {
	fset := token.NewFileSet()
	used := map[string]bool{}
	literal := func(e ast.Expr) (string, bool) {
		l, ok := e.(*ast.BasicLit)
		if !ok || l.Kind != token.STRING {
			return "", false
		}
		s, err := strconv.Unquote(l.Value)
		return s, err == nil
	}
	err := filepath.WalkDir("../..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || strings.Contains(filepath.ToSlash(file), "internal/diag/") {
			return err
		}
		tree, err := parser.ParseFile(fset, file, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "diag" {
					used[sel.Sel.Name] = true
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := ""
			switch f := call.Fun.(type) {
			case *ast.SelectorExpr:
				name = f.Sel.Name
			case *ast.Ident:
				name = f.Name
			}
			at := fset.Position(call.Pos()).String()
			switch name {
			case "WithHint":
				if key, ok := literal(call.Args[0]); ok && hints[key] == (message{}) {
					t.Errorf("%s: no hint %q", at, key)
				}
			case "WithNote":
				if key, ok := literal(call.Args[1]); ok && hints[key] == (message{}) {
					t.Errorf("%s: no note %q", at, key)
				}
			case "newRegistry", "unclaimed":
				if kind, ok := literal(call.Args[0]); ok && nouns[kind] == (noun{}) {
					t.Errorf("%s: no noun %q", at, kind)
				}
			case "wrong", "badBox":
				if key, ok := literal(call.Args[len(call.Args)-1]); ok && phrases[key] == (message{}) {
					t.Errorf("%s: no phrase %q", at, key)
				}
			case "New":
				for i := 2; i+1 < len(call.Args); i += 2 {
					key, _ := literal(call.Args[i])
					value, ok := literal(call.Args[i+1])
					if !ok {
						continue
					}
					if key == "want" && phrases[value] == (message{}) {
						t.Errorf("%s: no phrase %q", at, value)
					}
					if key == "kind" && nouns[value] == (noun{}) {
						t.Errorf("%s: no noun %q", at, value)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := parser.ParseFile(fset, "catalogue.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if id, ok := v.Type.(*ast.Ident); !ok || id.Name != "Code" {
			return true
		}
		for _, name := range v.Names {
			if !used[name.Name] {
				t.Errorf("nothing reports %s", name.Name)
			}
		}
		return true
	})
}

func TestMessagesFillTheirPlaces(t *testing.T) {
	for _, c := range []struct {
		d      Diagnostic
		fr, en string
	}{
		{New(UnknownRef, Span{}, "kind", "edition", "id", "2026"), "édition inconnue «\u00a02026\u00a0»", "unknown edition “2026”"},
		{New(UnknownRef, Span{}, "kind", "trade", "id", "x"), "métier inconnu «\u00a0x\u00a0»", "unknown trade “x”"},
		{New(OrphanFile, Span{}, "kind", "edition", "id", "x"), "ce fichier ne correspond à aucune édition «\u00a0x\u00a0»", "this file belongs to no edition “x”"},
		{New(WrongType, Span{}, "key", "k", "want", "a-boolean"), "«\u00a0k\u00a0» doit être true ou false", "“k” must be true or false"},
		{New(BadPicture, Span{}, "file", "x.png", "reason", "no words for this"), "image inutilisable «\u00a0x.png\u00a0»\u00a0: no words for this", "unusable picture “x.png”: no words for this"},
		{New(UnknownKey, Span{}, "key", "{key}\x1b[31m"), "clé inconnue «\u00a0{key}·[31m\u00a0»", "unknown key “{key}·[31m”"},
	} {
		if got := c.d.Message(French); got != c.fr {
			t.Errorf("got %q, want %q", got, c.fr)
		}
		if got := c.d.Message(English); got != c.en {
			t.Errorf("got %q, want %q", got, c.en)
		}
	}
}

func TestSorted(t *testing.T) {
	at := func(file string, start int, code Code, args ...string) Diagnostic {
		return New(code, Span{File: file, Start: start, End: start + 1}, args...)
	}
	list := List{at("b", 1, BadURL), at("a", 9, BadURL), at("a", 2, BadURL, "value", "x"), at("a", 2, BadEmail), at("a", 2, BadURL, "value", "x"), at("a", 2, BadURL, "value", "a")}
	var got []string
	for _, d := range list.Sorted() {
		got = append(got, d.Span.File+strconv.Itoa(d.Span.Start)+string(d.Code)+strings.Join(d.Args, ""))
	}
	want := []string{"a2bad-email", "a2bad-urlvaluea", "a2bad-urlvaluex", "a9bad-url", "b1bad-url"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// FuzzPrint: whatever a file and a place hold, the message is one that a terminal and an
// editor can follow: no control character, the place first.
func FuzzPrint(f *testing.F) {
	f.Add("a = 1\nb = \"\x1b[31m\"\n", 6, 12)
	f.Add("é\u202e\u2066\r\n\tx", 2, 5)
	f.Add(strings.Repeat("mot ", 200), 700, 704)
	f.Add("", 0, 0)
	f.Add("\xff\xfe", -3, 99)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		start = min(max(start, 0), len(text))
		end = min(max(end, start), len(text))
		d := New(BadURL, Span{File: "f.toml", Start: start, End: end}, "value", text[start:end])
		for _, lang := range []Language{French, English} {
			var b bytes.Buffer
			if err := Print(&b, List{d}, lang, func(string) ([]byte, bool) { return []byte(text), true }, false); err != nil {
				t.Fatal(err)
			}
			out := b.String()
			if !strings.HasPrefix(out, "f.toml:") || !utf8.ValidString(out) {
				t.Errorf("%q", out)
			}
			for _, r := range out {
				if r < ' ' && r != '\n' || r == 0x7f || r == 0x202e || r == 0x2066 {
					t.Errorf("%U in %q", r, out)
				}
			}
			if n := strings.Count(out, "\n"); n > 4 {
				t.Errorf("%d lines: %q", n, out)
			}
		}
	})
}
