package write

import (
	"encoding/binary"
	"os"
	"slices"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if err != nil {
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
	return nil
}

// canExchange tells whether the spare tree of an output folder can live in the
// state folder. The published folder itself is only looked at: that it is a mount
// point of the same file system shows when the exchange is refused.
func (s *Session) canExchange(dir string) bool {
	return sameDevice(s.state, dir) && s.tryExchange()
}

// tryExchange makes sure that this file system has hard links, counts them, and
// exchanges folders. It asks once a session.
func (s *Session) tryExchange() bool {
	probe := s.inState("probe")
	defer os.RemoveAll(probe)
	if os.RemoveAll(probe) != nil || os.Mkdir(probe, 0o777) != nil {
		return false
	}
	a, b := probe+"/a", probe+"/b"
	if os.Mkdir(a, 0o777) != nil || os.Mkdir(b, 0o777) != nil ||
		os.WriteFile(a+"/f", nil, 0o666) != nil || os.Link(a+"/f", b+"/g") != nil {
		return false
	}
	info, err := os.Lstat(b + "/g")
	return err == nil && !unshared(info) && exchange(a, b) == nil && exists(a+"/g")
}

func inode(path string) uint64 {
	var st unix.Stat_t
	if unix.Lstat(path, &st) != nil {
		return 0
	}
	return st.Ino
}

// An entry is a name in a folder.
type entry struct {
	name string
	ino  uint64
	kind uint8 // DT_…
}

func (e *entry) isDir() bool  { return e != nil && e.kind == unix.DT_DIR }
func (e *entry) isFile() bool { return e != nil && e.kind == unix.DT_REG }

// list reads a folder, never through a link, with the inode numbers that
// os.ReadDir would need a stat each for. A folder that is not there is empty.
func list(dir string, buf []byte) ([]entry, error) {
	fd, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		if err == unix.ENOENT {
			return nil, nil
		}
		return nil, &os.PathError{Op: "open", Path: dir, Err: err}
	}
	defer unix.Close(fd)
	const head = int(unsafe.Offsetof(unix.Dirent{}.Name))
	var entries []entry
	for {
		n, err := unix.ReadDirent(fd, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, &os.PathError{Op: "read", Path: dir, Err: err}
		}
		if n <= 0 {
			break
		}
		for b := buf[:n]; len(b) > head; {
			length := int(binary.NativeEndian.Uint16(b[unsafe.Offsetof(unix.Dirent{}.Reclen):]))
			name, _, _ := strings.Cut(string(b[head:length]), "\x00")
			e := entry{name: name, ino: binary.NativeEndian.Uint64(b), kind: b[unsafe.Offsetof(unix.Dirent{}.Type)]}
			b = b[length:]
			if name == "." || name == ".." {
				continue
			}
			if e.kind == unix.DT_UNKNOWN {
				var st unix.Stat_t
				if err := unix.Lstat(dir+"/"+name, &st); err != nil {
					return nil, &os.PathError{Op: "lstat", Path: dir + "/" + name, Err: err}
				}
				e.kind = uint8(st.Mode & unix.S_IFMT >> 12)
			}
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(a.name, b.name) })
	return entries, nil
}
