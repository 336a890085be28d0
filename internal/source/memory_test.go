package source

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// shop is a folder with a memory beside it.
type shop struct {
	t        *testing.T
	dir, mem string
	derived  int // how often something was worked out
}

var long = time.Now().Add(-time.Hour).Truncate(time.Second)

func newShop(t *testing.T) *shop {
	s := &shop{t: t, dir: t.TempDir(), mem: filepath.Join(t.TempDir(), "memory")}
	for i := range 5 {
		s.write(fmt.Sprintf("%d.md", i), fmt.Sprintf("texte %d", i), long)
	}
	return s
}

func (s *shop) write(name, text string, at time.Time) {
	s.t.Helper()
	file := filepath.Join(s.dir, name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		s.t.Fatal(err)
	}
	if err := os.Chtimes(file, at, at); err != nil {
		s.t.Fatal(err)
	}
}

// run reads all files as a build does.
func (s *shop) run() map[string]string {
	s.t.Helper()
	tree, err := Open(s.dir)
	if err != nil {
		s.t.Fatal(err)
	}
	defer tree.Close()
	tree.Trust(time.Now())
	m := OpenMemory(s.mem)
	tree.Recall(m)
	got := map[string]string{}
	names, err := tree.Files(".")
	if err != nil {
		s.t.Fatal(err)
	}
	for _, name := range names {
		data, err := tree.Read(name)
		if err != nil {
			s.t.Fatal(err)
		}
		got[name] = string(data)
		count, err := tree.Derive(name, "count", func(data []byte) ([]byte, error) {
			s.derived++
			return fmt.Append(nil, len(data)), nil
		})
		if err != nil || string(count) != fmt.Sprint(len(data)) {
			s.t.Fatalf("%s: %q, %v", name, count, err)
		}
	}
	m.Save()
	return got
}

func TestMemoryReadsNothingTwice(t *testing.T) {
	s := newShop(t)
	s.run()
	if s.derived != 5 {
		t.Fatalf("%d of 5 were worked out", s.derived)
	}
	// Other bytes under the same size, time and inode cannot be told: if they show, the
	// file was read.
	s.write("3.md", "TEXTE 3", long)
	s.write("4.md", "un autre", long)
	s.write("5.md", "neuf", long)
	if err := os.Remove(filepath.Join(s.dir, "0.md")); err != nil {
		t.Fatal(err)
	}
	got := s.run()
	want := map[string]string{"1.md": "texte 1", "2.md": "texte 2", "3.md": "texte 3", "4.md": "un autre", "5.md": "neuf"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if s.derived != 7 {
		t.Errorf("%d were worked out again, want 2", s.derived-5)
	}
}

func TestMemoryDoesNotTrustNewFiles(t *testing.T) {
	s := newShop(t)
	now := time.Now()
	s.write("1.md", "avant", now)
	s.run()
	s.write("1.md", "après", now)
	if got := s.run()["1.md"]; got != "après" {
		t.Errorf("a file that changed twice within a tick: %q", got)
	}
}

// Whatever becomes of the memory, what is read is what is written.
func TestMemoryIsOnlyAMemory(t *testing.T) {
	for name, harm := range map[string]func(file string, data []byte) error{
		"deleted": func(file string, _ []byte) error { return os.Remove(file) },
		"cut":     func(file string, data []byte) error { return os.WriteFile(file, data[:len(data)/2], 0o644) },
		"emptied": func(file string, _ []byte) error { return os.WriteFile(file, nil, 0o644) },
		"changed": func(file string, data []byte) error {
			data[len(data)/2] ^= 1
			return os.WriteFile(file, data, 0o644)
		},
		"turned round": func(file string, data []byte) error {
			return os.WriteFile(file, bytes.Repeat([]byte("x"), len(data)), 0o644)
		},
		"a folder": func(file string, _ []byte) error {
			if err := os.Remove(file); err != nil {
				return err
			}
			return os.Mkdir(file, 0o755)
		},
	} {
		for _, part := range []string{"facts", "facts.index"} {
			t.Run(name+" "+part, func(t *testing.T) {
				s := newShop(t)
				want := fmt.Sprint(s.run())
				file := filepath.Join(s.mem, part)
				data, err := os.ReadFile(file)
				if err != nil || len(data) == 0 {
					t.Fatalf("nothing was kept: %v", err)
				}
				if err := harm(file, data); err != nil {
					t.Fatal(err)
				}
				for range 2 {
					if got := fmt.Sprint(s.run()); got != want {
						t.Errorf("%s, want %s", got, want)
					}
				}
			})
		}
	}
}

func TestMemoryKeepsWhatIsThere(t *testing.T) {
	s := newShop(t)
	for round := range 40 {
		for i := range 5 {
			s.write(fmt.Sprintf("%d.md", i), string(bytes.Repeat([]byte{byte('a' + round%26)}, 100_000+round)), long)
		}
		s.run()
	}
	info, err := os.Stat(filepath.Join(s.mem, "facts"))
	if err != nil || info.Size() > 4<<20 {
		t.Errorf("five files of 100 kB are remembered in %d bytes (%v)", info.Size(), err)
	}
}

// TestMemoryIsShared has many hands derive at once what is known and what is new, as the workers of a build do: the race
// detector looks on.
func TestMemoryIsShared(t *testing.T) {
	s := newShop(t)
	s.run()
	tree, err := Open(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	tree.Trust(time.Now())
	m := OpenMemory(s.mem)
	tree.Recall(m)
	var hands sync.WaitGroup
	for hand := range 8 {
		hands.Go(func() {
			for i := range 200 {
				name := fmt.Sprintf("%d.md", (hand+i)%5)
				want := fmt.Sprintf("texte %d", (hand+i)%5)
				kind := "text"
				if i%2 == hand%2 {
					kind = fmt.Sprintf("new %d", i)
				}
				got, err := tree.Derive(name, kind, func(data []byte) ([]byte, error) { return data, nil })
				if err != nil || string(got) != want {
					t.Errorf("%s of %s: %q, %v", kind, name, got, err)
				}
			}
		})
	}
	hands.Wait()
	m.Save()
}
