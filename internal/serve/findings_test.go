package serve

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"vitrine/internal/diag"
)

func TestLocate(t *testing.T) {
	text := "a = 1\n\tnom = \"Aux Blés\" # x\r\nz"
	at := strings.Index(text, `"Aux`)
	for _, c := range []struct {
		span  diag.Span
		place string
		want  *excerpt
	}{
		{diag.Span{}, "", nil},
		{diag.Span{File: "f"}, "f", nil},
		{diag.Span{File: "absent", Start: 1, End: 2}, "absent", nil},
		{diag.Span{File: "f", Start: 4, End: 5}, "f:1:5", &excerpt{1, "a = ", "1", ""}},
		{diag.Span{File: "f", Start: at, End: at + len(`"Aux Blés"`)}, "f:2:8", &excerpt{2, " nom = ", `"Aux Blés"`, " # x"}},
		{diag.Span{File: "f", Start: at, End: len(text)}, "f:2:8", &excerpt{2, " nom = ", `"Aux Blés" # x`, ""}},
		{diag.Span{File: "f", Start: len(text), End: len(text)}, "f:3:2", nil},
		{diag.Span{File: "f", Start: 999, End: 1000}, "f", nil},
	} {
		place, got := locate(c.span, func(file string) ([]byte, bool) { return []byte(text), file == "f" })
		if place != c.place || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: %s %+v", c.span, place, got)
		}
	}
}

func TestOnlyTheFirstAreShown(t *testing.T) {
	some := func(file string) findings {
		var list diag.List
		for i := range 200 {
			d := diag.New(diag.BadURL, diag.Span{File: file}, "value", fmt.Sprint(i))
			list = append(list, d, d.As(diag.Warning))
		}
		return find(list, diag.French, nil)
	}
	few := find(diag.List{diag.New(diag.BadURL, diag.Span{File: "f"}, "value", "0"), diag.New(diag.BadURL, diag.Span{File: "g"}, "value", "0")}, diag.French, nil)
	if f := few.and(some("f")); f.ErrorCount != 201 || f.WarningCount != 200 || f.Errors[1].Place != "g" || f.Errors[2].Message == f.Errors[0].Message {
		t.Errorf("what is known already is not said again: %+v", f.ErrorCount)
	}
	f := some("f").and(some("g"))
	if len(f.Errors) != maxShown || len(f.Warnings) != maxShown || f.ErrorCount != 400 || f.WarningCount != 400 {
		t.Errorf("%d %d %d %d", len(f.Errors), len(f.Warnings), f.ErrorCount, f.WarningCount)
	}
	a := ownPage(broken, "x", f, diag.French)
	for _, want := range []string{"400 erreurs", "et 350 autres"} {
		if !strings.Contains(string(a.file.Data), want) {
			t.Errorf("%q is not on the page", want)
		}
	}
}

func TestCounted(t *testing.T) {
	forms := [2]string{"# one", "# many"}
	for _, c := range []struct {
		n    int
		lang diag.Language
		want string
	}{{0, diag.French, "0 one"}, {1, diag.French, "1 one"}, {2, diag.French, "2 many"}, {0, diag.English, "0 many"}, {1, diag.English, "1 one"}} {
		if got := counted(c.n, forms, c.lang); got != c.want {
			t.Errorf("%d in %s: %s", c.n, c.lang, got)
		}
	}
}

// TestWords: both languages say everything, the French in its typography.
func TestWords(t *testing.T) {
	fr, en := reflect.ValueOf(french), reflect.ValueOf(english)
	for i := range fr.NumField() {
		name := fr.Type().Field(i).Name
		for _, v := range []reflect.Value{fr.Field(i), en.Field(i)} {
			if text := fmt.Sprint(v); text == "" || text == "[ ]" {
				t.Errorf("%s says nothing", name)
			}
		}
		text := fmt.Sprint(fr.Field(i))
		if strings.ContainsAny(text, "'") || strings.Contains(text, " :") || strings.Contains(text, "« ") || strings.Contains(text, " »") {
			t.Errorf("%s: %q", name, text)
		}
	}
}

// FuzzLocate: whatever a file holds and wherever a finding points, the line is one line,
// short, and stays in its order.
func FuzzLocate(f *testing.F) {
	f.Add("a = 1\nb = \"\x1b[31m\"\n", 6, 12)
	f.Add("é\u202e\u2066\r\n\tx", 2, 5)
	f.Add(strings.Repeat("mot ", 200), 700, 704)
	f.Add("\xff\xfe\n\n", 1, 3)
	f.Add("", 0, 0)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		start = min(max(start, 0), len(text)+1)
		end = max(end, start)
		_, x := locate(diag.Span{File: "f", Start: start, End: end}, func(string) ([]byte, bool) { return []byte(text), true })
		if x == nil {
			return
		}
		line := x.Before + x.Marked + x.After
		if n := utf8.RuneCountInString(line); n > longestLine+3 {
			t.Errorf("%d characters", n)
		}
		for _, r := range line {
			if r < ' ' || r == 0x7f || r == 0x202e || r == 0x2066 || r == utf8.RuneError && !strings.ContainsRune(text, utf8.RuneError) {
				t.Errorf("%U in %q", r, line)
			}
		}
	})
}
