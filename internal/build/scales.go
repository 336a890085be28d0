package build

import (
	"compress/gzip"
	"path"
	"sync"

	"vitrine/internal/plan"
)

// scales tell what goes over the wire: texts as a server compresses them, the rest as it is.
type scales struct {
	*builder
	mu    sync.Mutex
	files map[string]*plan.File // by path below public/
	known map[string]int
}

func (b *builder) scales() *scales {
	s := &scales{builder: b, files: map[string]*plan.File{}, known: map[string]int{}}
	for _, f := range b.plan.Files {
		s.files[f.Path] = f
	}
	return s
}

// presses are what compresses: each is large, and serves again.
var presses = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// counter counts what is written.
type counter int

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }

// Text is the size of a text, compressed.
func (s *scales) Text(data []byte) int {
	var n counter
	w := presses.Get().(*gzip.Writer)
	defer presses.Put(w)
	w.Reset(&n)
	_, _ = w.Write(data) // a counter takes everything
	_ = w.Close()
	return int(n)
}

// File is the size of a file of public/; 0 where it is none that is copied, or cannot be read, which is told
// where it is copied.
func (s *scales) File(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n, ok := s.known[name]; ok {
		return n
	}
	data := s.Sheet(name)
	n := len(data)
	switch path.Ext(name) {
	case ".css", ".js", ".svg", ".json":
		n = s.Text(data)
	}
	s.known[name] = n
	return n
}

// Sheet is a file of public/ as it is.
func (s *scales) Sheet(name string) []byte {
	f := s.files[name]
	if f == nil {
		return nil
	}
	data, err := s.content(f)
	if err != nil {
		return nil
	}
	return data
}
