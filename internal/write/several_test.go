package write

import (
	"errors"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"
)

// halves yields texts in two pieces each, in turn.
func halves(runs *int, texts ...string) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		*runs++
		room := make([]byte, 0, 64<<10) // lent: what is kept of it is overwritten
		for half := range 2 {
			for i, t := range texts {
				part := t[:len(t)/2]
				if half == 1 {
					part = t[len(t)/2:]
				}
				if room = append(room[:0], part...); !yield(i, room) {
					return
				}
			}
		}
	}
}

func TestPutSeveral(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		paths := []string{"data/a.csv", "data/b.json", "c"}
		big := strings.Repeat("0123456789", 5000)
		for i, c := range []struct {
			texts []string
			want  []Status
			runs  int
		}{
			{[]string{big, "b", ""}, []Status{Written, Written, Written}, 1},
			{[]string{big, "b", ""}, []Status{Unchanged, Unchanged, Unchanged}, 1},
			{[]string{big, "B", ""}, []Status{Unchanged, Written, Unchanged}, 2},
			{[]string{big + "!", "BB", "c"}, []Status{Written, Written, Written}, 2},
		} {
			s, runs := p.open(), 0
			got, err := s.PutSeveral("public", paths, halves(&runs, c.texts...))
			if err != nil || !slices.Equal(got, c.want) || runs != c.runs {
				t.Errorf("%d: %v %v, %d runs", i, got, err, runs)
			}
			if i == 1 {
				p.write("other", "")
			}
			if _, err := s.Commit(); err != nil {
				t.Fatal(err)
			}
			for j, path := range paths {
				if b, err := os.ReadFile(p.path("public/" + path)); err != nil || string(b) != c.texts[j] {
					t.Errorf("%d: %s has %d bytes, %v", i, path, len(b), err)
				}
			}
		}
	})
}

// What cannot be put is an error, and no goroutine waits for it.
func TestPutSeveralRefused(t *testing.T) {
	both(t, func(t *testing.T, ordered bool) {
		p := newHouse(t, ordered)
		s, runs := p.open(), 0
		s.disk.before = func(op, path string) error {
			if op == "fill" && strings.HasSuffix(path, "b") {
				return errors.New("no room")
			}
			return nil
		}
		if _, err := s.PutSeveral("public", []string{"a", "b"}, halves(&runs, "A", strings.Repeat("B", 1000))); err == nil {
			t.Error("a refusal was swallowed")
		}
		if _, err := s.PutSeveral("public", []string{"d", "d"}, halves(&runs, "A", "B")); err == nil || runs != 1 {
			t.Error("two files of one name")
		}
		if _, err := s.PutSeveral("public", []string{"../e"}, halves(&runs, "A")); err == nil || runs != 1 {
			t.Error("a path outside")
		}
		if _, err := s.Commit(); err == nil {
			t.Error("committed after an error")
		}
	})
}
