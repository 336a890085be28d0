package pdf

import (
	"errors"
	"io"
)

// File is a PDF file in parts, which it shares with the pages it was made of.
type File struct {
	parts [][]byte
	size  int
}

// Size is how long the file is, in bytes.
func (f *File) Size() int64 { return int64(f.size) }

// Bytes is the file in one piece.
func (f *File) Bytes() []byte {
	out := make([]byte, 0, f.size)
	for _, p := range f.parts {
		out = append(out, p...)
	}
	return out
}

// Reader reads the file from its start; it can go back there, and nowhere else.
func (f *File) Reader() io.ReadSeeker { return &reader{parts: f.parts} }

type reader struct {
	parts    [][]byte
	part, at int
}

func (r *reader) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) && r.part < len(r.parts) {
		m := copy(b[n:], r.parts[r.part][r.at:])
		n += m
		if r.at += m; r.at == len(r.parts[r.part]) {
			r.part, r.at = r.part+1, 0
		}
	}
	if n == 0 && len(b) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (r *reader) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekStart {
		return 0, errors.New("a file in parts goes back to its start only")
	}
	r.part, r.at = 0, 0
	return 0, nil
}

// WriteTo writes the rest of the file, part by part, without a copy.
func (r *reader) WriteTo(w io.Writer) (int64, error) {
	var n int64
	for r.part < len(r.parts) {
		m, err := w.Write(r.parts[r.part][r.at:])
		n += int64(m)
		if r.at += m; err != nil {
			return n, err
		}
		r.part, r.at = r.part+1, 0
	}
	return n, nil
}
