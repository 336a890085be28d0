package write

import (
	"crypto/sha256"
	"hash"
	"io"
	"iter"
)

// PutSeveral is [Session.Put] for files that are made side by side and never held whole: pieces yields parts
// of them in order, each with the index of its path. It runs once where nothing stands, to write; once more
// where something stands that turned out to be other bytes: it must yield the same again.
func (s *Session) PutSeveral(name string, paths []string, pieces iter.Seq2[int, []byte]) ([]Status, error) {
	o, err := s.output(name)
	if err != nil {
		return nil, err
	}
	parts := make([]*part, len(paths))
	for i, path := range paths {
		parts[i] = &part{path: path}
		if parts[i].record, err = o.claim(path); err != nil {
			return nil, o.fail(err)
		}
	}
	for _, p := range parts {
		if p.sum = sha256.New(); !o.tops[fold(top(p.path))] {
			p.stage(o)
		}
	}
	for i, piece := range pieces {
		parts[i].take(piece)
	}
	var changed []*part
	for _, p := range parts {
		copy(p.hash[:], p.sum.Sum(nil))
		if p.pipe != nil {
			continue
		}
		found, mtime, inTheWay, cerr := o.compare(p.path, p.record, p.hash, p.size)
		if cerr != nil {
			err = o.fail(refused(name, cerr))
			continue
		}
		if inTheWay {
			o.mu.Lock()
			o.foreign[p.path] = true
			o.mu.Unlock()
		}
		if found {
			o.settle(p.record, same, p.hash, p.size, mtime)
		} else {
			changed = append(changed, p)
		}
	}
	if len(changed) > 0 {
		for _, p := range changed {
			p.stage(o)
		}
		for i, piece := range pieces {
			parts[i].again(piece)
		}
	}
	out := make([]Status, len(parts))
	for i, p := range parts {
		if out[i] = Unchanged; p.pipe == nil {
			continue
		}
		out[i] = Written
		size, mtime, perr := p.end()
		if perr == nil && size != p.size {
			perr = io.ErrUnexpectedEOF // not the same a second time
		}
		if perr != nil {
			err = o.fail(refused(name, perr))
			continue
		}
		o.settle(p.record, written, p.hash, size, mtime)
	}
	return out, err
}

// part is one of several files that are put together.
type part struct {
	path   string
	record *record
	sum    hash.Hash
	hash   digest
	size   int64
	pipe   *io.PipeWriter // to the staged file; nil: it is only looked at
	done   chan staged
}

// staged is what came of staging a file.
type staged struct {
	size, mtime int64
	err         error
}

// stage has the pieces that follow go to the staged file.
func (p *part) stage(o *output) {
	r, w := io.Pipe()
	p.pipe, p.done = w, make(chan staged, 1)
	go func() {
		size, mtime, err := o.stageFile(p.path, nil, r)
		r.CloseWithError(io.ErrClosedPipe) // after an error nobody reads
		p.done <- staged{size, mtime, err}
	}()
}

// take looks at a piece, and writes it where the file is staged.
func (p *part) take(piece []byte) {
	p.sum.Write(piece)
	p.size += int64(len(piece))
	p.again(piece)
}

// again writes a piece that was looked at. That it could not be written is said at the end.
func (p *part) again(piece []byte) {
	if p.pipe != nil {
		_, _ = p.pipe.Write(piece)
	}
}

func (p *part) end() (size, mtime int64, err error) {
	_ = p.pipe.Close() // always nil
	s := <-p.done
	return s.size, s.mtime, s.err
}
