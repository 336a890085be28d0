package acceptance

import (
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"strings"
	"testing"
)

// TestLighthouse asks Lighthouse, as a telephone, about pages that a host sends compressed: everything but
// speed, which depends on the machine, must be perfect. One page, once; VITRINE_ALL=1 five pages, three
// times, and reports the median speed.
func TestLighthouse(t *testing.T) {
	chromium := tool(t, "chromium", "chromium-browser", "google-chrome", "chrome")
	node := tool(t, "node")
	modules := strings.TrimSuffix(module(t, "lighthouse/package.json"), "/lighthouse/package.json")
	s := builtSite(t)
	server := httptest.NewServer(compressed(http.FileServer(http.Dir(s.public))))
	defer server.Close()
	runs, kinds := "1", []string{"participant"}
	if os.Getenv("VITRINE_ALL") == "1" {
		runs, kinds = "3", []string{"home", "directory", "participant", "challenge", "verify"}
	}
	args := []string{"testdata/lighthouse.mjs", modules, chromium, runs}
	for _, kind := range kinds {
		for _, p := range s.plan.Pages {
			if p.Kind == kind {
				args = append(args, server.URL+p.Path)
				break
			}
		}
	}
	if len(args) != 4+len(kinds) {
		t.Fatalf("pages of %q: %q", kinds, args[4:])
	}
	var found map[string]struct {
		Performance, Accessibility, SEO int
		Practices                       int `json:"best-practices"`
		Wrong                           []string
	}
	if err := json.Unmarshal([]byte(run(t, node, args...)), &found); err != nil {
		t.Fatal(err)
	}
	t.Log("| page | performance | accessibility | best practices | SEO |")
	for _, address := range args[4:] {
		f := found[address]
		t.Logf("| %s | %d | %d | %d | %d |", strings.TrimPrefix(address, server.URL), f.Performance, f.Accessibility, f.Practices, f.SEO)
		if f.Accessibility != 100 || f.Practices != 100 || f.SEO != 100 {
			t.Errorf("%s: %q", address, f.Wrong)
		}
	}
}

// compressed sends text as hosts do.
func compressed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path.Ext(r.URL.Path) {
		case "", ".html", ".css", ".js", ".json", ".svg":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			defer func() { _ = z.Close() }() // a browser that hangs up is noticed by it
			next.ServeHTTP(gzipped{w, z}, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

type gzipped struct {
	http.ResponseWriter
	z *gzip.Writer
}

func (g gzipped) Write(b []byte) (int, error) { return g.z.Write(b) }

func (g gzipped) WriteHeader(status int) {
	g.Header().Del("Content-Length")
	g.ResponseWriter.WriteHeader(status)
}
