package serve

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

// limit is how long a test waits for what must happen, however slow the machine is.
const limit = 60 * time.Second

// mirror is a site that is its own files: it knows of a change only what it is told. A
// file that holds BROKEN is an error, and leaves it as it was.
type mirror struct {
	dir  string
	base string

	mu      sync.Mutex
	files   map[string]string // as they were when it was told of them
	good    map[string]string
	seen    []map[string]string // what it was after each update
	updates int
	list    map[string]diag.List // about pages, by address
	check   diag.List
	block   chan struct{} // when set, an update waits for it
}

func (m *mirror) Update(names ...string) (*build.Result, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.block != nil {
		<-m.block
	}
	m.updates++
	if len(names) == 0 || m.files == nil {
		if _, err := os.Stat(m.dir); err != nil {
			return &build.Result{}, err
		}
		m.files = tree(m.dir)
	} else {
		for _, n := range names {
			data, err := os.ReadFile(filepath.Join(m.dir, filepath.FromSlash(n)))
			if err != nil {
				delete(m.files, n)
				continue
			}
			m.files[n] = string(data)
		}
	}
	r := &build.Result{Language: "fr", Sources: func(file string) ([]byte, bool) { s, ok := m.files[file]; return []byte(s), ok }}
	for _, n := range slices.Sorted(maps.Keys(m.files)) {
		if at := strings.Index(m.files[n], "BROKEN"); at >= 0 {
			r.Diagnostics = append(r.Diagnostics, diag.New(diag.BadURL, diag.Span{File: n, Start: at, End: at + 6}, "value", "BROKEN"))
		}
		if at := strings.Index(m.files[n], "ODD"); at >= 0 {
			r.Diagnostics = append(r.Diagnostics, diag.New(diag.BadURL, diag.Span{File: n, Start: at, End: at + 3}, "value", "ODD").As(diag.Warning))
		}
	}
	m.seen = append(m.seen, maps.Clone(m.files))
	if r.Diagnostics.Errors() == 0 {
		m.good = maps.Clone(m.files)
	}
	return r, nil
}

// Open serves content/x.md as the page /x/, and static/ as it is.
func (m *mirror) Open(address string) (build.File, diag.List, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if data, ok := m.good["static"+address]; ok {
		types := map[string]string{".css": "text/css; charset=utf-8", ".png": "image/png", ".js": "text/javascript; charset=utf-8", ".pdf": "application/pdf"}
		return build.File{Data: []byte(data), Type: types[filepath.Ext(address)]}, nil, true
	}
	name := "content/index.md"
	switch {
	case address == "/404.html":
		name = "content/404.md"
	case address != "/":
		trimmed, ok := strings.CutSuffix(address, "/")
		if !ok {
			return build.File{}, nil, false
		}
		name = "content" + trimmed + ".md"
	}
	body, ok := m.good[name]
	if !ok {
		return build.File{}, nil, false
	}
	list := m.list[address]
	if list.Errors() > 0 && body == "" {
		return build.File{}, list, true
	}
	page := body
	if !strings.HasPrefix(body, "<!doctype") {
		page = "<!doctype html><html lang=fr><head><title>" + address + "</title></head><body>" + body + "</body></html>"
	}
	return build.File{Data: []byte(page), Type: "text/html; charset=utf-8"}, list, true
}

func (m *mirror) Moved(address string) (string, bool) {
	if _, _, ok := m.Open(address + "/"); ok && !strings.HasSuffix(address, "/") {
		return address + "/", true
	}
	return "", false
}

func (m *mirror) Base() string { return m.base }

func (m *mirror) Check() diag.List {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.check
}

// tree reads a site's files.
func tree(dir string) map[string]string {
	out := map[string]string{}
	for _, root := range roots {
		_ = filepath.WalkDir(filepath.Join(dir, root), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil
			}
			name, _ := relative(dir, path)
			if data, err := os.ReadFile(path); err == nil && watched(name) {
				out[name] = string(data)
			}
			return nil
		})
	}
	return out
}

// preview is a mirror that is served.
type preview struct {
	*testing.T
	*mirror
	dir     string
	url     string
	reports chan Report
	trouble chan error
	cancel  context.CancelFunc
	ended   chan error
}

func serving(t *testing.T, files map[string]string, change ...func(*Options, *mirror)) *preview {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for name, text := range files {
		put(t, filepath.Join(dir, name), text)
	}
	must(t, os.MkdirAll(dir, 0o777))
	p := &preview{T: t, mirror: &mirror{dir: dir}, dir: dir, reports: make(chan Report, 1000), trouble: make(chan error, 10), ended: make(chan error, 1)}
	o := Options{Site: p.mirror, Dir: dir, Now: time.Now, Report: func(r Report) { p.reports <- r }, Trouble: func(err error) { p.trouble <- err }}
	ready := make(chan string, 1)
	o.Ready = func(url, _ string) { ready <- url }
	for _, f := range change {
		f(&o, p.mirror)
	}
	ln, err := Listen("127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	go func() { p.ended <- Run(ctx, ln, o) }()
	t.Cleanup(p.stop)
	select {
	case p.url = <-ready:
	case err := <-p.ended:
		t.Fatal(err)
	case <-time.After(limit):
		t.Fatal("the site was never ready")
	}
	return p
}

func (p *preview) stop() {
	p.cancel()
	select {
	case err := <-p.ended:
		if err != nil {
			p.Error(err)
		}
		p.ended <- nil
	case <-time.After(limit):
		p.Error("serving did not stop")
	}
}

// until waits for what must come true.
func (p *preview) until(what string, is func() bool) {
	p.Helper()
	for end := time.Now().Add(limit); !is(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			p.Fatalf("never: %s", what)
		}
	}
}

// same waits until the mirror shows what is on the disk.
func (p *preview) same(what string) {
	p.Helper()
	var diff string
	defer func() {
		if p.Failed() {
			p.Logf("%s: %s", what, diff)
		}
	}()
	p.until(what, func() bool {
		want := tree(p.dir)
		p.mu.Lock()
		defer p.mu.Unlock()
		diff = difference(want, p.files)
		return diff == ""
	})
}

func difference(want, got map[string]string) string {
	var out []string
	for n, text := range want {
		if other, ok := got[n]; !ok {
			out = append(out, "lacks "+n)
		} else if other != text {
			out = append(out, fmt.Sprintf("%s is %.40q, not %.40q", n, other, text))
		}
	}
	for n := range got {
		if _, ok := want[n]; !ok {
			out = append(out, "still has "+n)
		}
	}
	slices.Sort(out)
	return strings.Join(out[:min(len(out), 5)], "; ")
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, file, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(file), 0o777))
	must(t, os.WriteFile(file, []byte(text), 0o666))
}

var errTest = errors.New("test")

var _ net.Listener = (*Listener)(nil)
