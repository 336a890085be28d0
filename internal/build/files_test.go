package build

import (
	"slices"
	"testing"
)

func TestAddresses(t *testing.T) {
	text := "![a](/img/a.jpg) <img src=\"/b.png\"> [c](/doc/c.pdf#page=2 \"C\"), https://x.example/d.jpg, voir img/e.jpg ou /f.txt?x\n[g]: </img/%C3%A9t%C3%A9.jpg>\n(/h"
	want := []string{"img/a.jpg", "b.png", "doc/c.pdf", "f.txt", "img/été.jpg", "h"}
	if got := slices.Collect(addresses(text)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, s := range []string{"", "/", "//", "(/", "a/b/c"} {
		for file := range addresses(s) {
			if file != "" && file != "/" {
				t.Errorf("%q writes %q", s, file)
			}
		}
	}
}
