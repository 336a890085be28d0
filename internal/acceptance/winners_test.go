package acceptance

import (
	"archive/zip"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestWinnersFolders opens the winners' zips of the repository's own site with the tools of others, and
// reads the code in each.
func TestWinnersFolders(t *testing.T) {
	reader, unzip := tool(t, "zbarimg"), tool(t, "unzip")
	s := builtSite(t)
	zips, err := filepath.Glob(filepath.Join(s.kit, "*", "participants", "*.zip"))
	if err != nil || len(zips) < 10 {
		t.Fatalf("%d zips, %v", len(zips), err)
	}
	dir := t.TempDir()
	for _, file := range zips {
		if out, err := exec.Command(unzip, "-tqq", file).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", file, err, out)
		}
		z, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		read := func(name string) []byte {
			f, err := z.Open(name)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			defer f.Close()
			data, err := io.ReadAll(f)
			if err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			return data
		}
		picture := filepath.Join(dir, "qr.png")
		if err := os.WriteFile(picture, read("qr.png"), 0o644); err != nil {
			t.Fatal(err)
		}
		address := string(read("adresse-de-votre-page.txt"))
		out, err := exec.Command(reader, "--quiet", "--raw", picture).Output()
		code := strings.TrimSpace(string(out))
		if err != nil || code == "" || !strings.Contains(address, code) {
			t.Errorf("%s: the code says %q (%v), the address is %q", file, code, err, address)
		}
		if path := code[strings.Index(code, "/v/"):]; !exists(filepath.Join(s.public, path, "index.html")) {
			t.Errorf("%s: the site has no %s", file, path)
		}
		if !strings.Contains(string(read("code-du-badge.txt")), `alt="`) {
			t.Errorf("%s: a badge without an alternative text", file)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		mail := strings.Replace(strings.TrimSuffix(file, ".zip")+".eml", "participants", "mail", 1)
		if !exists(mail) {
			t.Errorf("no message for %s", file)
		}
	}
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}
