package source

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Memory keeps, from one run to the next, what was worked out from files: their texts, the
// sizes of pictures. A file that looks as it did then is not read again. Its two files may
// be deleted, copied or corrupted at any time: whatever does not have the digest that it
// should have is worked out again.
type Memory struct {
	dir string

	mu    sync.Mutex
	facts map[string]fact
	used  map[string]bool // in this run
	blob  *os.File        // the facts themselves, one after the other; nil when none can be kept
	out   *bufio.Writer   // to the blob's end
	end   int64
	added bool
}

// fact is something that was worked out from a file.
type fact struct {
	stamp Stamp // of the file
	at    int64 // in the blob, in bytes
	size  int64
	sum   Sum
}

// OpenMemory remembers in a folder, which is made when missing.
func OpenMemory(dir string) *Memory {
	m := &Memory{dir: dir, facts: map[string]fact{}, used: map[string]bool{}}
	if os.MkdirAll(dir, 0o755) != nil {
		return m
	}
	blob, err := os.OpenFile(filepath.Join(dir, "facts"), os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return m
	}
	m.end, err = blob.Seek(0, io.SeekEnd)
	if err != nil {
		blob.Close()
		return m
	}
	m.blob, m.out = blob, bufio.NewWriterSize(blob, 256<<10)
	if data, err := os.ReadFile(filepath.Join(dir, "facts.index")); err == nil {
		m.facts = decodeFacts(data)
	}
	return m
}

// knows tells whether there may be something to recall.
func (m *Memory) knows(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, ok := m.facts[key]
	return ok
}

// recall returns a fact about a file that looks as this stamp says.
func (m *Memory) recall(key string, s Stamp) ([]byte, bool) {
	m.mu.Lock()
	f, ok := m.facts[key]
	blob, end := m.blob, m.end // another hand may be keeping something
	m.mu.Unlock()
	if !ok || blob == nil || f.stamp.Size != s.Size || !f.stamp.Modified.Equal(s.Modified) || f.stamp.Inode != s.Inode || f.size > 1<<20 || f.at+f.size > end {
		return nil, false
	}
	data := make([]byte, f.size)
	if _, err := blob.ReadAt(data, f.at); err != nil || sumOf(data) != f.sum {
		return nil, false
	}
	m.mu.Lock()
	m.used[key] = true
	m.mu.Unlock()
	return data, true
}

// keep remembers a fact. Failing to is no error.
func (m *Memory) keep(key string, s Stamp, data []byte) {
	f := fact{stamp: s, size: int64(len(data)), sum: sumOf(data)}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.blob == nil {
		return
	}
	f.at = m.end
	if _, err := m.out.Write(data); err != nil {
		m.blob = nil
		return
	}
	m.end += f.size
	m.facts[key], m.used[key], m.added = f, true, true
}

// Save ends the run: what it did not use is forgotten.
func (m *Memory) Save() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.blob == nil {
		return
	}
	defer func() {
		m.blob.Close()
		m.blob = nil
	}()
	if m.out.Flush() != nil || !m.added && len(m.used) == len(m.facts) {
		return
	}
	var live int64
	for key, f := range m.facts {
		if !m.used[key] {
			delete(m.facts, key)
			continue
		}
		live += f.size
	}
	if m.end > 2*live+1<<20 {
		m.facts = nil // mostly of files that went: the next run begins again
		if m.blob.Truncate(0) != nil {
			return
		}
	}
	_ = replace(filepath.Join(m.dir, "facts.index"), encodeFacts(m.facts)) // else the old one stands
}

// Forget ends a run that came to nothing: what was known stays known.
func (m *Memory) Forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.blob != nil {
		m.blob.Close()
		m.blob = nil
	}
}

// replace writes a file so that it is whole or the old one.
func replace(file string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), ".new-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
	return err
}

// encodeFacts writes the index: a line for each fact, after a digest of them all.
func encodeFacts(facts map[string]fact) []byte {
	keys := make([]string, 0, len(facts))
	for k := range facts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	out := make([]byte, 2*sha256.Size, 2*sha256.Size+128*len(keys))
	for _, k := range keys {
		f := facts[k]
		for _, n := range []int64{f.stamp.Size, f.stamp.Modified.UnixNano(), int64(f.stamp.Inode), f.at, f.size} {
			out = append(strconv.AppendInt(out, n, 10), ' ')
		}
		out = append(hex.AppendEncode(out, f.sum[:]), ' ')
		out = append(strconv.AppendQuote(out, k), '\n')
	}
	sum := sha256.Sum256(out[2*sha256.Size:])
	hex.Encode(out, sum[:])
	return out
}

// decodeFacts reads an index; one that is not whole is empty.
func decodeFacts(data []byte) map[string]fact {
	facts := map[string]fact{}
	if len(data) < 2*sha256.Size {
		return facts
	}
	sum := sha256.Sum256(data[2*sha256.Size:])
	if string(data[:2*sha256.Size]) != hex.EncodeToString(sum[:]) {
		return facts
	}
	for line := range strings.Lines(string(data[2*sha256.Size:])) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 7)
		if len(parts) != 7 {
			return map[string]fact{}
		}
		var n [5]int64
		for i := range n {
			v, err := strconv.ParseInt(parts[i], 10, 64)
			if err != nil {
				return map[string]fact{}
			}
			n[i] = max(v, 0)
		}
		f := fact{stamp: Stamp{Size: n[0], Modified: time.Unix(0, n[1]).UTC(), Inode: uint64(n[2])}, at: n[3], size: n[4]}
		key, err := strconv.Unquote(parts[6])
		if b, herr := hex.DecodeString(parts[5]); err != nil || herr != nil || copy(f.sum[:], b) != len(f.sum) {
			return map[string]fact{}
		}
		facts[key] = f
	}
	return facts
}
