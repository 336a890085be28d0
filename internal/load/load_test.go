package load

import (
	"strings"
	"testing"
	"testing/fstest"

	"vitrine/internal/diag"
	"vitrine/internal/source"
)

func tree(files map[string]string) *source.Tree {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return source.New(m)
}

// at is the text under a span, with its position.
func at(text string, s diag.Span) string {
	p := diag.Locate([]byte(text), s.Start)
	return text[s.Start:s.End] + "@" + strings.Join([]string{itoa(p.Line), itoa(p.Column)}, ":")
}

func itoa(n int) string { return strings.TrimSpace(string(rune('0'+n/10)) + string(rune('0'+n%10))) }

const sample = `# a comment
title = "Œuf"

[legal]
host = { name = "Hôte", phone = '01' }

[[participant]]
id = "a" # one
consent = [
  "name", # first
  "story",
]
  [[participant.commitment]]
  challenge = "x"
  [[participant.commitment]]
  challenge = "y"

[[participant]]
id = "b"
photo.file = "p.jpg"
  [[participant.commitment]]
  challenge = "z"
`

func TestPositionsInTOML(t *testing.T) {
	root, list := TOML(tree(map[string]string{"s.toml": sample}), "s.toml")
	if len(list) > 0 {
		t.Fatal(list[0].Message(diag.English))
	}
	people, ok := root.Tables("participant")
	if !ok || len(people) != 2 {
		t.Fatalf("participants: %v", people)
	}
	first, _ := people[0].Tables("commitment")
	second, _ := people[1].Tables("commitment")
	legal, _ := root.Table("legal")
	host, _ := legal.Table("host")
	photo, _ := people[1].Table("photo")
	for _, c := range []struct {
		name string
		span diag.Span
		want string
	}{
		{"string", root.Span("title"), `"Œuf"@02:09`},
		{"inline", host.Span("phone"), `'01'@05:33`},
		{"list item", people[0].Item("consent", 1), `"story"@11:03`},
		{"first nested", first[1].Span("challenge"), `"y"@16:15`},
		{"second nested", second[0].Span("challenge"), `"z"@22:15`},
		{"dotted", photo.Span("file"), `"p.jpg"@20:14`},
		{"head", people[1].Span(""), `[[participant]]@18:01`},
		{"absent key is the head", people[1].Span("nope"), `[[participant]]@18:01`},
		{"key itself", people[0].KeySpan("id"), `id@08:01`},
	} {
		if got := at(sample, c.span); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestLinesOfFrontMatterAreThoseOfTheFile(t *testing.T) {
	text := "+++\nname = \"A\"\nemployees = \"three\"\n+++\nBody\n"
	md, list := Read(tree(map[string]string{"a.md": text}), "a.md")
	if len(list) > 0 {
		t.Fatal(list)
	}
	if got := at(text, md.Head.Span("employees")); got != `"three"@03:13` {
		t.Error(got)
	}
	if md.Body != "Body\n" || text[md.BodyAt:] != md.Body {
		t.Errorf("body %q at %d", md.Body, md.BodyAt)
	}
	_, list = Read(tree(map[string]string{"a.md": "+++\nname = \"A\nx\n+++\n"}), "a.md")
	if len(list) != 1 || diag.Locate([]byte("+++\nname = \"A\n"), list[0].Span.Start).Line != 2 {
		t.Errorf("syntax error in a head: %+v", list)
	}
	_, list = Read(tree(map[string]string{"a.md": "+++\nname = 1\n"}), "a.md")
	if len(list) != 1 || list[0].Code != diag.FrontMatter {
		t.Errorf("unclosed head: %+v", list)
	}
}

func TestCSV(t *testing.T) {
	text := "\ufeffid;name;photo.file;consent;employees\na;\"L'Œuf; « x »\";p.jpg;name|story;1 234\n\nb;;;;\n"
	rows, list := CSV(tree(map[string]string{"p.csv": text}), "p.csv")
	if len(list) > 0 || len(rows) != 2 {
		t.Fatal(list, rows)
	}
	if v, _ := rows[0].String("name"); v != "L'Œuf; « x »" {
		t.Errorf("name %q", v)
	}
	if v, _ := rows[0].Strings("consent"); len(v) != 2 || v[1] != "story" {
		t.Errorf("consent %q", v)
	}
	if v, ok := rows[0].Integer("employees"); v != 1234 || !ok {
		t.Errorf("employees %d", v)
	}
	photo, ok := rows[0].Table("photo")
	if v, _ := photo.String("file"); !ok || v != "p.jpg" {
		t.Errorf("photo %q", v)
	}
	if rows[1].Has("name") {
		t.Error("an empty cell is set")
	}
	if got := at(text, rows[1].Span("id")); got != "b@04:01" {
		t.Error(got)
	}
}

func FuzzTOML(f *testing.F) {
	f.Add(sample)
	f.Add("a = 1\n[b]\nc = [1, [2, {x = 1}]]\n\"q.r\" = 1979-05-27T07:32:00Z\n")
	f.Add("[[a]]\n[[a.b]]\n[a.b.c]\nd.e = '''x\ny'''\n")
	f.Fuzz(func(t *testing.T, text string) {
		root, list := TOML(tree(map[string]string{"f.toml": text}), "f.toml")
		for _, d := range list {
			inside(t, text, d.Span)
		}
		if root != nil {
			walk(t, text, root, 0)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add("+++\na = 1\n+++\nbody")
	f.Add("+++\r\n+++\r\n")
	f.Add("no head")
	f.Fuzz(func(t *testing.T, text string) {
		md, list := Read(tree(map[string]string{"f.md": text}), "f.md")
		for _, d := range list {
			inside(t, text, d.Span)
		}
		if len(list) == 0 && text[md.BodyAt:] != md.Body {
			t.Fatalf("body is not at %d", md.BodyAt)
		}
		if md.Head != nil {
			walk(t, text, md.Head, 0)
		}
	})
}

func FuzzCSV(f *testing.F) {
	f.Add("a,b\n1,\"x\ny\"\n")
	f.Add("\ufeffa;b.c\n1;2;3\n;\n")
	f.Fuzz(func(t *testing.T, text string) {
		rows, list := CSV(tree(map[string]string{"f.csv": text}), "f.csv")
		for _, d := range list {
			inside(t, text, d.Span)
		}
		for _, r := range rows {
			walk(t, text, r, 0)
		}
	})
}

// walk asks the position of every value: none may lie outside the file.
func walk(t *testing.T, text string, table *Table, depth int) {
	if depth > 50 {
		return
	}
	for _, k := range table.Keys() {
		inside(t, text, table.Span(k))
		inside(t, text, table.KeySpan(k))
		if sub, ok := table.Table(k); ok {
			walk(t, text, sub, depth+1)
		}
		subs, _ := table.Tables(k)
		for _, sub := range subs {
			walk(t, text, sub, depth+1)
		}
	}
}

func inside(t *testing.T, text string, s diag.Span) {
	t.Helper()
	if s.Start < 0 || s.End < s.Start || s.End > len(text) {
		t.Fatalf("span %+v outside %d bytes", s, len(text))
	}
}
