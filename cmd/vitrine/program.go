package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// program names the program that runs: what another one made is not taken for its own.
// A release is named by what it was built from; a program under development by the digest
// of its bytes that the linker put into it, or by one made now, which takes as long as
// reading a hundred stories.
func program() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		var revision, modified string
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				revision = s.Value
			case "vcs.modified":
				modified = s.Value
			}
		}
		if revision != "" && modified == "false" {
			return strings.Join([]string{version, revision, info.GoVersion, runtime.GOOS, runtime.GOARCH}, " ")
		}
	}
	file, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 32<<10) // where the go command looks, too
	n, _ := io.ReadFull(f, head)
	if id := buildID(head[:n]); id != "" {
		return id
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return ""
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// buildID finds the build ID of a Go program in its first bytes: the digests of all that it was linked from and of
// what came of it. Linux and its like have it as a note, of the kind 4 of the owner Go; the others as a text before
// the program's own. It is empty where there is none.
func buildID(head []byte) string {
	const most = 256
	if bytes.HasPrefix(head, []byte("\x7fELF")) {
		before, after, ok := bytes.Cut(head, []byte("\x04\x00\x00\x00Go\x00\x00"))
		if !ok || len(before) < 4 {
			return ""
		}
		n := binary.LittleEndian.Uint32(before[len(before)-4:])
		if n > most || int(n) > len(after) {
			return ""
		}
		return string(after[:n])
	}
	_, after, ok := bytes.Cut(head, []byte("\xff Go build ID: \""))
	if !ok {
		return ""
	}
	id, _, ok := bytes.Cut(after[:min(len(after), most)], []byte{'"'})
	if !ok {
		return ""
	}
	return string(id)
}
