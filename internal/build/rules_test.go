package build

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const rulesFile = "kit/rules.html"

// ruled is a site with rules that some fail, and a candidate of whom no page speaks.
func ruled(t *testing.T) *bench {
	b := newBench(t)
	b.files[programme] += `
[[rule]]
for = "award"
metric = "count"
min = 2
message = "deux gestes à prouver"
severity = "warning"
`
	b.files[people] += `
[[participant]]
id = "dora"
name = "Dora en Chemin"
kind = "business"
status = "candidate"
[[participant.commitment]]
challenge = "pluie"
`
	b.save()
	return b
}

// TestRulesPage holds the office's page on rules: who fails comes first, what is missing
// is said in numbers, and nothing of it reaches public/.
func TestRulesPage(t *testing.T) {
	b := ruled(t)
	r := b.build(func(o *Options) { o.Rules = true })
	data, err := os.ReadFile(filepath.Join(b.dir, rulesFile))
	if err != nil {
		t.Fatal(err)
	}
	page := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(string(data))
	at := -1
	for _, want := range []string{"Qui remplit les règles", "deux gestes à prouver", "À regarder (1)", "Chloé", "1 défi sur 2", "En chemin (1)", "Dora en Chemin", "1 défi sur 2", "Tout est respecté", "2 défis, 2 au moins"} {
		i := strings.Index(page[at+1:], want)
		if i < 0 {
			t.Fatalf("after byte %d there is no %q in\n%s", at, want, page)
		}
		at += i + 1
	}
	for file, want := range map[string]string{"kit/index.html": `href="rules.html"`, "kit/manifest.csv": "rules.html"} {
		if text, err := os.ReadFile(filepath.Join(b.dir, file)); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not lead to the page: %v", file, err)
		}
	}
	looked := 0
	err = filepath.WalkDir(filepath.Join(b.dir, "public"), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		looked++
		text, err := os.ReadFile(file)
		if d.Name() == "rules.html" || strings.Contains(string(text), "Dora") || strings.Contains(string(text), "1\u00a0défi sur") || strings.Contains(string(text), "Qui remplit les règles") {
			t.Errorf("%s tells of who meets the rules", file)
		}
		return err
	})
	if err != nil || looked < 10 {
		t.Error(looked, err)
	}
	states := map[string]int{}
	for _, f := range r.Rules {
		states[f.State]++
	}
	if states["fail"] != 1 || states["not-yet"] != 1 || states["pass"] < 1 {
		t.Errorf("the result has %v", states)
	}

	// What did not change is not made again; what did is as if made from nothing.
	if got := b.build(); slices.ContainsFunc(got.Outputs, func(o Output) bool { return o.Status != "unchanged" }) || got.Rules != nil {
		t.Errorf("nothing changed, and %q were made", pieces(got))
	}
	if got := b.build(func(o *Options) { o.Rules = true }); len(got.Rules) != len(r.Rules) || got.Made["page"] != 0 {
		t.Errorf("nothing changed: %d findings, before %d; %v made", len(got.Rules), len(r.Rules), got.Made)
	}
	b.replace(programme, "deux gestes à prouver", "deux gestes prouvés")
	b.save()
	if got := pieces(b.build()); !slices.Contains(got, rulesFile) {
		t.Errorf("the rule says something else, and only %q were made", got)
	}
	if diff := different(b.tree(), b.scratch()); len(diff) > 0 {
		t.Errorf("not as built from nothing: %q", diff)
	}
}

// TestNoRulesPage holds that a site without any rule has no such page, and no link to it;
// one that had rules loses it.
func TestNoRulesPage(t *testing.T) {
	b := ruled(t)
	b.build()
	text := b.files[programme]
	b.files[programme] = text[:strings.Index(text, "\n[[rule]]")]
	b.save()
	got := pieces(b.build())
	if !slices.Contains(got, "-"+rulesFile) {
		t.Errorf("the page is still there: %q", got)
	}
	if text, _ := os.ReadFile(filepath.Join(b.dir, "kit/index.html")); strings.Contains(string(text), "rules.html") {
		t.Error("kit/index.html leads to a page that is not there")
	}
}
