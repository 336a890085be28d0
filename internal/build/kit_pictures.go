package build

import (
	"crypto/sha256"
	"encoding/binary"
	"sync"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/layout"
	"vitrine/internal/picture"
	"vitrine/internal/source"
)

// shelf holds the pictures that pieces show, decoded and encoded again for print.
type shelf struct {
	*builder
	stored *cache.Cache

	mu     sync.Mutex
	prints map[string]*printed
	keys   map[string]pictureKey
}

type printed struct {
	once    sync.Once
	picture *layout.Picture
	problem *diag.Diagnostic
}

// pictureKey is a digest of a picture's file, if it can be read.
type pictureKey struct {
	cache.Key
	ok bool
}

// maxPrints bounds how many pictures lie in memory at once: partners' logos come back in
// every piece, participants' own do not.
const maxPrints = 128

func newShelf(k *kit) *shelf {
	s := &shelf{builder: k.builder, prints: map[string]*printed{}, keys: map[string]pictureKey{}}
	if k.Program != "" && !k.Force {
		s.stored = k.cache.Part("prints")
	}
	return s
}

// key digests a picture's file, by the name that pieces give it.
func (s *shelf) key(name string) (cache.Key, bool) {
	s.mu.Lock()
	k, known := s.keys[name]
	s.mu.Unlock()
	if known {
		return k.Key, k.ok
	}
	tree, file := s.source(name)
	if sum, err := tree.Derive(file, "sum", sumOf); err == nil {
		k = pictureKey{s.keyOf(name, sum), true}
		s.stored.Use(k.Key)
	}
	s.mu.Lock()
	s.keys[name] = k
	s.mu.Unlock()
	return k.Key, k.ok
}

// print gives a picture for pieces, by its name in the site or in the theme.
func (s *shelf) print(name string) (*layout.Picture, *diag.Diagnostic) {
	s.mu.Lock()
	p, ok := s.prints[name]
	if !ok {
		if len(s.prints) >= maxPrints {
			clear(s.prints)
		}
		p = &printed{}
		s.prints[name] = p
	}
	s.mu.Unlock()
	p.once.Do(func() { p.picture, p.problem = s.make(name) })
	return p.picture, p.problem
}

func (s *shelf) make(name string) (*layout.Picture, *diag.Diagnostic) {
	tree, file := s.source(name)
	data, err := tree.Read(file)
	if err != nil {
		d := diag.New(diag.MissingFile, diag.Span{}, "file", name) // said where it is named
		return nil, &d
	}
	sum, _ := sumOf(data)
	key := s.keyOf(name, sum)
	if stored, ok := s.stored.Get(key); ok {
		if p := storedPicture(name, stored); p != nil {
			return p, nil
		}
	}
	img, err := picture.Print(name, data)
	if err != nil {
		d := diag.New(diag.BadPicture, diag.Span{File: file}, "file", name, "reason", picture.Reason(err))
		return nil, &d
	}
	size := binary.AppendUvarint(binary.AppendUvarint([]byte(img.Format+"\n"), uint64(img.Width)), uint64(img.Height))
	s.stored.Put(key, size, img.Data)
	return &layout.Picture{Name: name, Format: img.Format, Data: img.Data, W: img.Width, H: img.Height}, nil
}

// source is where a picture lies: in the site, else among the theme's pieces.
func (s *shelf) source(name string) (*source.Tree, string) {
	if file := s.file(name); s.tree.Exists(file) {
		return s.tree, file
	}
	return s.theme.Tree, s.theme.File("pieces/" + name)
}

func (s *shelf) keyOf(name string, sum []byte) cache.Key {
	return cache.KeyOf([]byte("print"), []byte(s.Program), []byte(name), sum)
}

// sumOf digests a picture's file.
func sumOf(data []byte) ([]byte, error) {
	sum := sha256.Sum256(data)
	return sum[:], nil
}

// storedPicture reads what make stored; nil when it is something else.
func storedPicture(name string, data []byte) *layout.Picture {
	for _, format := range []string{"png", "jpeg"} {
		if len(data) <= len(format) || string(data[:len(format)+1]) != format+"\n" {
			continue
		}
		data = data[len(format)+1:]
		w, n := binary.Uvarint(data)
		if n <= 0 {
			return nil
		}
		h, m := binary.Uvarint(data[n:])
		if m <= 0 {
			return nil
		}
		return &layout.Picture{Name: name, Format: format, Data: data[n+m:], W: int(w), H: int(h)}
	}
	return nil
}
