package theme

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// made are the classes that no layout writes: maps are drawn, and what a page is of says itself.
var made = map[string]string{
	"map": "of maps", "c1": "of maps", "c2": "of maps", "c3": "of maps", "c4": "of maps", "here": "of maps", "key": "of maps",
}

// TestEveryRuleIsUsed: a class that the sheet names is one that some layout of the theme has.
func TestEveryRuleIsUsed(t *testing.T) {
	root := os.DirFS("../../themes/default")
	css, err := fs.ReadFile(root, "styles/site.css")
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(root, "layouts/*.html")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	written := map[string]bool{}
	word := regexp.MustCompile(`[A-Za-z][\w-]*`)
	value := regexp.MustCompile(`class="((?:\{\{.*?\}\}|[^"{])*)"`)
	action := regexp.MustCompile(`\{\{.*?\}\}`)
	for _, name := range names {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range value.FindAllSubmatch(text, -1) {
			for _, w := range word.FindAllString(action.ReplaceAllString(string(m[1]), " "), -1) {
				written[w] = true
			}
		}
	}
	plain := regexp.MustCompile(`(?s)/\*.*?\*/|url\([^)]*\)|"[^"]*"`).ReplaceAllString(string(css), "")
	for _, block := range regexp.MustCompile(`[^{}]+\{`).FindAllString(plain, -1) {
		for _, class := range regexp.MustCompile(`\.([A-Za-z][\w-]*)`).FindAllStringSubmatch(block, -1) {
			if !written[class[1]] && made[class[1]] == "" {
				t.Errorf("no layout has the class %q: %s", class[1], strings.TrimSpace(block))
				written[class[1]] = true // once
			}
		}
	}
}
