package write

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"sync"
	"sync/atomic"
)

// mark names what the manifests say, all outputs together.
func (s *Session) mark() string {
	h := sha256.New()
	for _, o := range s.outs {
		h.Write(o.mark[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// Intact reports whether the outputs are still as the commit that returned this mark
// left them, by the sizes and times of the files: then a caller that would make the same
// again need not. It is asked before anything is put; the session goes on.
func (s *Session) Intact(mark string) bool {
	if s.mark() != mark {
		return false
	}
	for _, o := range s.outs {
		if !o.intact(s.opts.Workers) {
			return false
		}
	}
	return true
}

func (o *output) intact(workers int) bool {
	if o.dirty {
		return false
	}
	paths := o.paths()
	var next atomic.Int64
	var changed atomic.Bool
	var wg sync.WaitGroup
	const batch = 128
	for range max(1, workers) {
		wg.Go(func() {
			for !changed.Load() {
				from := int(next.Add(batch)) - batch
				if from >= len(paths) {
					return
				}
				for _, p := range paths[from:min(from+batch, len(paths))] {
					r := o.files[p]
					info, err := os.Lstat(at(o.dir, p))
					if err != nil || !info.Mode().IsRegular() || info.Size() != r.size || info.ModTime().UnixNano() != r.mtime {
						changed.Store(true)
						return
					}
				}
			}
		})
	}
	wg.Wait()
	return !changed.Load()
}

// Standing lists what the outputs hold, as a commit that changed nothing would report
// it: for a caller that found them [Session.Intact].
func (s *Session) Standing() []File {
	for _, o := range s.outs {
		for _, r := range o.files {
			r.state = same
		}
	}
	return s.report().Files
}
