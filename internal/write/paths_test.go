package write

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCheckPath(t *testing.T) {
	good := []string{
		"index.html", "eco-defis/artisans/l-eclat-d-oeuf/index.html", ".well-known/security.txt", ".nojekyll",
		"été/œuf.html", "a b.html", "con-nu.html", "console", "com10", "nullable.txt", "lpt", "com", "x/auxiliaire.txt",
		strings.Repeat("a", maxPart), "a.b.c", "...a", "~", "%2e%2e/x", "CONIN", "v/0abc/index.html",
	}
	for _, p := range good {
		if err := CheckPath(p); err != nil {
			t.Errorf("%q: %v", p, err)
		}
	}
	bad := map[string]PathReason{
		"": PathEmpty, ".": PathNotLocal, "..": PathNotLocal, "/": PathNotLocal, "/etc/passwd": PathNotLocal,
		"../x": PathNotLocal, "a/../../x": PathNotLocal, "a/../x": PathNotLocal, "a//b": PathNotLocal, "a/": PathNotLocal,
		"./a": PathNotLocal, "a/./b": PathNotLocal, "a/..": PathNotLocal,
		`..\x`: PathCharacter, `a\b`: PathCharacter, `\\server\share`: PathCharacter, `C:\x`: PathCharacter, "C:x": PathCharacter, "a:stream": PathCharacter,
		"a\x00b": PathCharacter, "a\nb": PathCharacter, "a\tb": PathCharacter, "a\x7fb": PathCharacter, "a\u0085b": PathCharacter,
		"a?b": PathCharacter, "a*": PathCharacter, "<a>": PathCharacter, "a|b": PathCharacter, `"a"`: PathCharacter, "a\u202egpj.exe": PathCharacter,
		"a\xffb": PathEncoding,
		"con":    PathDevice, "x/NUL": PathDevice, "aux.html": PathDevice, "Com1.tar.gz": PathDevice, "lpt9/x": PathDevice,
		"COM¹": PathDevice, "nul .txt": PathDevice, "conin$": PathDevice, "prn.": PathTrailing,
		"a.": PathTrailing, "a /b": PathTrailing, "a./b": PathTrailing, "... ": PathTrailing, "...": PathTrailing,
		strings.Repeat("a", maxPart+1): PathTooLong, strings.Repeat("a/", maxPath/2) + "a": PathTooLong,
		".vitrine": PathReserved, ".vitrine-stage/x": PathReserved, ".Vitrine/lock": PathReserved,
	}
	for p, want := range bad {
		var e *PathError
		if err := CheckPath(p); !errors.As(err, &e) || e.Reason != want {
			t.Errorf("%q: got %v, want %s", p, err, want)
		}
	}
}

func TestFold(t *testing.T) {
	same := [][2]string{{"A", "a"}, {"É", "é"}, {"e\u0301", "é"}, {"E\u0301", "é"}, {"Σ", "ς"}, {"K", "k"}, {"ſ", "s"}, {"Œuf", "œuf"}}
	for _, p := range same {
		if fold(p[0]) != fold(p[1]) {
			t.Errorf("%q and %q", p[0], p[1])
		}
	}
	for _, p := range [][2]string{{"a", "b"}, {"é", "e"}, {"ß", "ss"}, {"a/b", "ab"}} {
		if fold(p[0]) == fold(p[1]) {
			t.Errorf("%q and %q", p[0], p[1])
		}
	}
}

func FuzzCheckPath(f *testing.F) {
	for _, s := range []string{"a/b.html", "../x", "/etc", `C:\x`, "nul", "a\x00", "é", "e\u0301", "COM¹.x", ".vitrine/a", "a/.. /b", "\u212a", "\u03a9\u03b9", "\u1ffc", "\u0345", "\xf4\u0201"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, path string) {
		key := fold(path)
		if fold(key) != key {
			t.Errorf("folding %q twice: %q, %q", path, key, fold(key))
		}
		if CheckPath(path) != nil {
			return
		}
		if !utf8.ValidString(path) || filepath.IsAbs(path) || strings.ContainsAny(path, "\\:\x00\n\r\t") {
			t.Fatalf("accepted %q", path)
		}
		joined := filepath.Join("/out", filepath.FromSlash(path))
		if !strings.HasPrefix(joined, "/out/") || joined != "/out/"+path {
			t.Fatalf("%q leads to %q", path, joined)
		}
		for part := range strings.SplitSeq(path, "/") {
			if strings.Trim(part, ".") == "" || strings.HasSuffix(part, ".") || strings.HasSuffix(part, " ") {
				t.Fatalf("accepted %q", path)
			}
		}
	})
}

func FuzzManifest(f *testing.F) {
	o := &output{files: map[string]*record{"a/b": {size: 3, mtime: 5, note: "n", state: same}}, dirs: map[string]*folder{"a": {owned: true, wanted: true}}}
	f.Add(o.manifest())
	f.Add([]byte(manifestHead))
	f.Add([]byte(manifestHead + "f 0 0 0 ../x\nend \n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, dirs, _, ok := parseManifest(data)
		if !ok {
			return
		}
		for p := range files {
			if CheckPath(p) != nil {
				t.Fatalf("manifest names %q", p)
			}
		}
		for p := range dirs {
			if CheckPath(p) != nil {
				t.Fatalf("manifest names folder %q", p)
			}
		}
	})
}

func TestManifestAnyDamageIsNoticed(t *testing.T) {
	o := &output{files: map[string]*record{}, dirs: map[string]*folder{"a": {owned: true, wanted: true}}}
	for _, p := range []string{"a/b", "a/œ", "c d"} {
		o.files[p] = &record{hash: digestOf([]byte(p)), size: 3, mtime: -5, note: "participant/" + p, state: written}
	}
	data := o.manifest()
	files, dirs, _, ok := parseManifest(data)
	if !ok || len(files) != 3 || !dirs["a"].owned || files["c d"].note != "participant/c d" || files["a/œ"].hash != digestOf([]byte("a/œ")) || files["a/b"].mtime != -5 {
		t.Fatalf("%v %v %v", files, dirs, ok)
	}
	for n := range data {
		if _, _, _, ok := parseManifest(data[:n]); ok {
			t.Errorf("cut at %d: accepted", n)
		}
		damaged := append([]byte{}, data...)
		damaged[n] ^= 1
		if _, _, _, ok := parseManifest(damaged); ok {
			t.Errorf("damaged at %d: accepted", n)
		}
	}
}
