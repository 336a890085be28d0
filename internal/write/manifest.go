package write

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"slices"
	"strconv"
	"strings"
)

// The manifest of an output is text, one line per file and per folder that
// Vitrine made, closed by a checksum:
//
//	vitrine manifest 1
//	d label
//	f 7f83b1657ff1fc53b92dc18148a1d65d 1234 1732200000000000000 label/index.html<TAB>note
//	end 2f0c…
//
// It is only a memory: whatever is wrong with it, it is taken for missing.
const (
	manifestHead = "vitrine manifest 1\n"
	manifestEnd  = "end "
)

// digest identifies bytes. Half a SHA-256 is plenty to tell versions apart.
type digest [16]byte

func digestOf(data []byte) digest {
	sum := sha256.Sum256(data)
	return digest(sum[:16])
}

// A record is what is known of one file of an output.
type record struct {
	hash  digest
	size  int64
	mtime int64 // nanoseconds since 1970
	note  string
	known bool  // the manifest named it when the session began
	fresh bool  // differs from what the manifest said
	state state // in this session
}

type state uint8

const (
	absent  state = iota // not produced: to be pruned, if known
	claimed              // being put
	same                 // produced, and already there
	written              // produced, and staged
	carried              // outside the session's scope: left as it is
	doomed               // to be removed
)

// wanted tells whether the new tree has the file.
func (r *record) wanted() bool { return r != nil && r.state != absent && r.state != doomed }

// A folder is a directory of an output.
type folder struct {
	owned  bool // Vitrine made it
	wanted bool // some wanted file lies below
}

// parseManifest reads a manifest. Sorted are the paths of its files, if they are in order.
func parseManifest(data []byte) (files map[string]*record, dirs map[string]*folder, sorted []string, ok bool) {
	body, found := bytes.CutPrefix(data, []byte(manifestHead))
	at := bytes.LastIndex(data, []byte("\n"+manifestEnd))
	if !found || at < 0 {
		return nil, nil, nil, false
	}
	sum := digestOf(data[:at+1])
	if string(data[at+1:]) != manifestEnd+hex.EncodeToString(sum[:])+"\n" {
		return nil, nil, nil, false
	}
	text := string(body[:at+1-len(manifestHead)])
	n := strings.Count(text, "\n")
	files, dirs = make(map[string]*record, n), make(map[string]*folder)
	records := make([]record, n)
	sorted = make([]string, 0, n)
	for i := 0; text != ""; i++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		kind, rest, _ := strings.Cut(line, " ")
		switch kind {
		case "d":
			if pathReason(rest) != "" {
				return nil, nil, nil, false
			}
			dirs[rest] = &folder{owned: true}
		case "f":
			r := &records[i]
			path, good := parseFile(rest, r)
			if !good {
				return nil, nil, nil, false
			}
			files[path] = r
			if len(sorted) == 0 || sorted[len(sorted)-1] < path {
				sorted = append(sorted, path)
			}
		default:
			return nil, nil, nil, false
		}
	}
	return files, dirs, sorted, true
}

func parseFile(line string, r *record) (path string, ok bool) {
	hash, line, _ := strings.Cut(line, " ")
	size, line, _ := strings.Cut(line, " ")
	mtime, line, _ := strings.Cut(line, " ")
	path, r.note, _ = strings.Cut(line, "\t")
	if len(hash) != 2*len(r.hash) {
		return "", false
	}
	if _, err := hex.Decode(r.hash[:], []byte(hash)); err != nil {
		return "", false
	}
	var err, err2 error
	r.size, err = strconv.ParseInt(size, 10, 64)
	r.mtime, err2 = strconv.ParseInt(mtime, 10, 64)
	r.known = true
	return path, err == nil && err2 == nil && pathReason(path) == ""
}

// manifest writes down what the output will hold once committed.
func (o *output) manifest() []byte {
	var b bytes.Buffer
	b.WriteString(manifestHead)
	for _, d := range sortedKeys(o.dirs) {
		if f := o.dirs[d]; f.owned && f.wanted {
			b.WriteString("d ")
			b.WriteString(d)
			b.WriteByte('\n')
		}
	}
	var line []byte
	b.Grow(160 * len(o.files))
	for _, p := range o.paths() {
		r := o.files[p]
		if !r.wanted() {
			continue
		}
		line = append(line[:0], "f "...)
		line = hex.AppendEncode(line, r.hash[:])
		line = strconv.AppendInt(append(line, ' '), r.size, 10)
		line = strconv.AppendInt(append(line, ' '), r.mtime, 10)
		line = append(append(line, ' '), p...)
		if r.note != "" {
			line = append(append(line, '\t'), r.note...)
		}
		b.Write(append(line, '\n'))
	}
	sum := digestOf(b.Bytes())
	b.WriteString(manifestEnd + hex.EncodeToString(sum[:]) + "\n")
	return b.Bytes()
}

// paths lists the files that are known, sorted: once, when all have been put.
func (o *output) paths() []string {
	if len(o.sorted) != len(o.files) {
		o.sorted = sortedKeys(o.files)
	}
	return o.sorted
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// replace writes a file of the state folder so that it is whole or the old one.
func replace(root *os.Root, name string, data []byte) error {
	temp := name + ".tmp"
	if err := root.Remove(temp); err != nil && !os.IsNotExist(err) {
		return err
	}
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		root.Remove(temp)
	}
	return err
}
