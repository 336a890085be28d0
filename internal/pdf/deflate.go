package pdf

import (
	"bytes"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// How hard streams are compressed. Pages and fonts are made anew for every file: harder levels take half
// as long again, for a hundredth. A profile is compressed once, and copied into all files.
const (
	packLevel    = 2
	profileLevel = 6
)

// packers compresses at one level, and keeps its writers, which are large.
type packers struct {
	level int
	pool  sync.Pool // of *zlib.Writer
}

// deflate compresses data as zlib does. Nothing can go wrong: the level is one there is, and memory takes
// every byte.
func (p *packers) deflate(data []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(data)/3 + 64)
	w, _ := p.pool.Get().(*zlib.Writer)
	if w == nil {
		w, _ = zlib.NewWriterLevel(&out, p.level)
	} else {
		w.Reset(&out)
	}
	_, _ = w.Write(data)
	_ = w.Close()
	p.pool.Put(w)
	return out.Bytes()
}
