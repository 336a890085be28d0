package export

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/csv"
	"io"
	"path"
	"slices"
	"time"
)

// Entry is a file of a zip.
type Entry struct {
	Name string // with slashes
	Data []byte
}

// packed are the kinds of files in which a zip finds nothing left to press.
var packed = []string{".pdf", ".png", ".zip", ".jpg", ".jpeg"}

// Zip puts files together, in their order, all of one day: nothing of it depends on when and where it
// was made.
func Zip(day time.Time, files []Entry) ([]byte, error) {
	size := 1024
	for _, f := range files {
		size += len(f.Data) + 2*len(f.Name) + 128
	}
	b := bytes.NewBuffer(make([]byte, 0, size))
	z := zip.NewWriter(b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) })
	for _, f := range files {
		h := &zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: day}
		if slices.Contains(packed, path.Ext(f.Name)) {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.Data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// MailMerge is a table as the mail merge of an office suite reads it in France: UTF-8 that says so,
// semicolons, the names of the fields first. Cells are what they are: nothing is added to them.
func MailMerge(rows [][]string) []byte {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	_ = w.WriteAll(rows) // a bytes.Buffer never fails
	return b.Bytes()
}
