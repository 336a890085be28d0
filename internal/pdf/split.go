package pdf

import (
	"bytes"
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// object is one of a PDF file: its dictionary with the << >> around it, and its stream.
type object struct {
	dict   []byte
	stream []byte
}

var reference = regexp.MustCompile(`\d+ 0 R`)

var errSplit = errors.New("gopdf wrote a file that cannot be read back")

// split takes a file of gopdf apart by its table of offsets. Object n is at place n.
func split(file []byte) ([]object, error) {
	i := bytes.LastIndex(file, []byte("startxref\n"))
	if i < 0 {
		return nil, errSplit
	}
	tail := file[i+len("startxref\n"):]
	before, _, ok := bytes.Cut(tail, []byte{'\n'})
	if !ok {
		return nil, errSplit
	}
	at, err := strconv.Atoi(string(before))
	if err != nil || at < 0 || at > i {
		return nil, errSplit
	}
	lines := strings.Split(string(file[at:i]), "\n")
	if len(lines) < 3 || lines[0] != "xref" {
		return nil, errSplit
	}
	count, err := strconv.Atoi(strings.TrimPrefix(lines[1], "0 "))
	if err != nil || count < 1 || len(lines) < 2+count {
		return nil, errSplit
	}
	objects := make([]object, count)
	offsets := make([]int, count+1)
	for n := 1; n < count; n++ {
		if len(lines[2+n]) < 10 {
			return nil, errSplit
		}
		if offsets[n], err = strconv.Atoi(lines[2+n][:10]); err != nil {
			return nil, errSplit
		}
	}
	offsets[count] = at
	for n := 1; n < count; n++ {
		if offsets[n] < 0 || offsets[n] > offsets[n+1] || offsets[n+1] > len(file) {
			return nil, errSplit
		}
		if objects[n], err = parseObject(file[offsets[n]:offsets[n+1]]); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

// parseObject reads « n 0 obj … endobj ». The length of its stream is in its dictionary.
func parseObject(b []byte) (object, error) {
	_, b, ok := bytes.Cut(b, []byte(" obj\n"))
	if !ok {
		return object{}, errSplit
	}
	i := bytes.Index(b, []byte("stream\n"))
	if i < 0 {
		body, _, ok := bytes.Cut(b, []byte("endobj"))
		if !ok {
			return object{}, errSplit
		}
		return object{dict: bytes.TrimSpace(body)}, nil
	}
	o := object{dict: bytes.TrimSpace(b[:i])}
	m := streamLength.FindSubmatch(o.dict)
	if m == nil {
		return object{}, errSplit
	}
	n, err := strconv.Atoi(string(m[1]))
	start := i + len("stream\n")
	if err != nil || n > len(b)-start {
		return object{}, errSplit
	}
	o.stream = b[start : start+n]
	return o, nil
}

var streamLength = regexp.MustCompile(`/Length (\d+)`)
