package acceptance

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestNuChecker holds the pages to the HTML standard, as the checker of the W3C reads it.
func TestNuChecker(t *testing.T) {
	var checked []view
	each(t, func(t *testing.T, s *site) { checked = append(checked, views(t, s)...) })
	checkMarkup(t, checked)
}

// checkMarkup reports what the checker says of pages.
func checkMarkup(t *testing.T, checked []view) {
	t.Helper()
	java := tool(t, "java")
	jar := module(t, "vnu-jar/build/dist/vnu.jar")
	args := []string{"-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always"}
	for _, v := range checked {
		args = append(args, v.file)
	}
	out, err := exec.Command(java, args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	var report struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine, LastColumn                 int
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("%v in %.200s", err, out)
	}
	for _, m := range report.Messages {
		file, err := filepath.Rel(folder, m.URL[len("file:"):])
		if err != nil {
			file = m.URL
		}
		if m.Type == "info" {
			t.Logf("%s:%d:%d: %s %s", file, m.LastLine, m.LastColumn, m.SubType, m.Message)
			continue
		}
		t.Errorf("%s:%d:%d: %s\n\t%s", file, m.LastLine, m.LastColumn, m.Message, m.Extract)
	}
	t.Logf("%d pages checked", len(checked))
}
