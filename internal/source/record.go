package source

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Encode writes stamps down, a line each, so that another run can read them with Decode.
func Encode(seen map[string]Stamp) []byte {
	names := make([]string, 0, len(seen))
	for n := range seen {
		names = append(names, n)
	}
	slices.Sort(names)
	out := make([]byte, 0, 80*len(names))
	for _, n := range names {
		s := seen[n]
		switch {
		case s.Missing && s.Folder:
			out = append(out, 'n')
		case s.Missing:
			out = append(out, 'm')
		case s.Folder:
			out = append(out, 'd')
		default:
			out = append(out, 'f')
		}
		out = strconv.AppendInt(append(out, ' '), s.Size, 10)
		var nanos int64
		if !s.Modified.IsZero() {
			nanos = s.Modified.UnixNano()
		}
		out = strconv.AppendInt(append(out, ' '), nanos, 10)
		out = strconv.AppendUint(append(out, ' '), s.Inode, 10)
		out = append(out, ' ')
		if s.Sum != (Sum{}) {
			out = hex.AppendEncode(out, s.Sum[:])
		}
		out = append(append(append(out, ' '), strconv.Quote(n)...), '\n')
	}
	return out
}

// Decode reads what Encode wrote; ok is false when it is not that.
func Decode(data string) (seen map[string]Stamp, ok bool) {
	seen = make(map[string]Stamp, strings.Count(data, "\n"))
	for line := range strings.Lines(data) {
		parts := strings.SplitN(strings.TrimSuffix(line, "\n"), " ", 6)
		if len(parts) != 6 {
			return nil, false
		}
		size, err1 := strconv.ParseInt(parts[1], 10, 64)
		nanos, err2 := strconv.ParseInt(parts[2], 10, 64)
		node, err3 := strconv.ParseUint(parts[3], 10, 64)
		name, err4 := strconv.Unquote(parts[5])
		if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
			return nil, false
		}
		s := Stamp{Size: size, Inode: node, Missing: parts[0] == "m" || parts[0] == "n", Folder: parts[0] == "d" || parts[0] == "n"}
		if nanos != 0 {
			s.Modified = time.Unix(0, nanos).UTC()
		}
		if len(parts[4]) == 2*len(s.Sum) {
			if _, err := hex.Decode(s.Sum[:], []byte(parts[4])); err != nil {
				return nil, false
			}
		}
		seen[name] = s
	}
	return seen, true
}
