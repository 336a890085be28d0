package intake

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// state is what the last imports took: for each participant and key, the digest of what
// the list said. It lies beside the data (the file's name starts with a dot, so that
// nothing else reads it) and travels with it. Losing it is safe: what differs is then a
// conflict, and stays as it is.
type state struct {
	taken   map[string][]taken
	changed bool
}

// taken is a key and the digest of what the list said.
type taken struct {
	key string
	sum sum
}

type sum [6]byte

// StateFile is the name of the state, in the programme's folder.
const StateFile = ".imported"

const stateHead = "# vitrine import: what the lists said, as digests. Written by the program.\n"

func readState(data []byte) *state {
	s := &state{taken: map[string][]taken{}}
	keys := map[string]string{} // each key's letters are kept once
	for line := range bytes.Lines(data) {
		id, rest, ok := strings.Cut(strings.TrimSpace(string(line)), "\t")
		if !ok || strings.HasPrefix(id, "#") {
			continue
		}
		id = strings.Clone(id)
		for part := range strings.SplitSeq(rest, "\t") {
			i := strings.LastIndexByte(part, '=')
			if i <= 0 {
				continue
			}
			t := taken{key: keys[part[:i]]}
			if t.key == "" {
				t.key = strings.Clone(part[:i])
				keys[t.key] = t.key
			}
			if n, err := hex.Decode(t.sum[:], []byte(part[i+1:min(len(part), i+1+2*len(t.sum))])); err == nil && n == len(t.sum) {
				s.taken[id] = append(s.taken[id], t)
			}
		}
	}
	return s
}

func (s *state) bytes() []byte {
	var b bytes.Buffer
	b.WriteString(stateHead)
	for _, id := range slices.Sorted(maps.Keys(s.taken)) {
		list := slices.Clone(s.taken[id])
		slices.SortFunc(list, func(a, b taken) int { return strings.Compare(a.key, b.key) })
		b.WriteString(id)
		for _, t := range list {
			b.WriteString("\t" + t.key + "=" + hex.EncodeToString(t.sum[:]))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// digest is what is kept of a value.
func digest(canonical string) sum {
	full := sha256.Sum256([]byte(canonical))
	return sum(full[:6])
}

// said reports what the last list said of a key.
func (s *state) said(id, key string) (sum, bool) {
	for _, t := range s.taken[id] {
		if t.key == key {
			return t.sum, true
		}
	}
	return sum{}, false
}

// take remembers what the list says.
func (s *state) take(id, key, canonical string) {
	d := digest(canonical)
	list := s.taken[id]
	for i := range list {
		if list[i].key == key {
			s.changed = s.changed || list[i].sum != d
			list[i].sum = d
			return
		}
	}
	s.taken[id] = append(list, taken{key, d})
	s.changed = true
}
