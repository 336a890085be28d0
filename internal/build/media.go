package build

import (
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"sync"

	"vitrine/internal/cache"
	"vitrine/internal/diag"
	"vitrine/internal/page"
	"vitrine/internal/picture"
)

// webWidths are the widths in which a photograph is published, in pixels; the original
// is never published larger than the last one.
var webWidths = []int{480, 960, 1280}

// media knows the pictures that pages show: the sizes of those that records name. Each
// is decoded once.
type media struct {
	*builder
	mu       sync.Mutex
	web      map[string][]page.Size // file → published sizes
	made     map[string]func() []byte
	reported map[string]bool
}

func newMedia(b *builder) *media {
	return &media{builder: b, web: map[string][]page.Size{}, made: map[string]func() []byte{}}
}

// sizes plans the published sizes of a picture that a record names, from its header
// alone. A picture that cannot be used is reported, and has none.
func (m *media) sizes(file string) []page.Size {
	info, err := m.probe(file)
	if err != nil {
		var unread *fs.PathError
		if errors.As(err, &unread) {
			m.report(diag.List{diag.New(diag.Unreadable, diag.Span{File: "static/" + file}, "reason", err.Error())})
		} else {
			m.bad(file, err)
		}
		return nil
	}
	if info.Vector {
		m.web[file] = []page.Size{{Path: file, Width: info.Width, Height: info.Height}}
		m.made[file] = func() []byte { return m.resize(file, 0) }
		return m.web[file]
	}
	var sizes []page.Size
	for _, v := range picture.Plan(info, webWidths) {
		s := page.Size{Path: sized(file, v.Width, v.Largest), Width: v.Width, Height: v.Height}
		sizes = append(sizes, s)
		m.made[s.Path] = func() []byte { return m.resize(file, v.Width) }
	}
	m.web[file] = sizes
	return sizes
}

// sized is the path of one width: the largest keeps the picture's own.
func sized(file string, width int, largest bool) string {
	if largest {
		return file
	}
	ext := path.Ext(file)
	return strings.TrimSuffix(file, ext) + "-" + strconv.Itoa(width) + ext
}

// encode makes the bytes of a published size.
func (m *media) encode(path string) []byte {
	if f := m.made[path]; f != nil {
		return f()
	}
	return nil
}

// encoding changes when the same picture would be encoded to other bytes.
const encoding = "1"

// probe reads a picture's header, or remembers what it said.
func (m *media) probe(file string) (info picture.Info, err error) {
	said, err := m.tree.Derive("static/"+file, "picture of "+m.Program, func(data []byte) ([]byte, error) {
		info, err := picture.Probe(file, data)
		if err != nil {
			return nil, err
		}
		return json.Marshal(info)
	})
	if err == nil {
		err = json.Unmarshal(said, &info)
	}
	return info, err
}

func (m *media) resize(file string, width int) []byte {
	data, err := m.tree.Read("static/" + file)
	if err != nil {
		m.report(diag.List{diag.New(diag.Unreadable, diag.Span{File: "static/" + file}, "reason", err.Error())})
		return nil
	}
	key := cache.KeyOf([]byte("web"), []byte(encoding), []byte(strconv.Itoa(width)), data)
	if out, ok := m.cache.Get(key); ok {
		return out
	}
	out, err := picture.Web(file, data, width)
	if err != nil {
		m.bad(file, err)
		return nil
	}
	m.cache.Put(key, out)
	return out
}

// Web returns the published sizes of a picture: those of a record, or a static file
// that prose shows, as it is.
func (m *media) Web(file string) (page.Picture, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	sizes, ok := m.web[file]
	if !ok && isPicture(file) {
		if info, err := m.probe(file); err == nil && info.Width > 0 {
			sizes = []page.Size{{Path: file, Width: info.Width, Height: info.Height}}
		}
		m.web[file] = sizes
	}
	return page.Picture{Sizes: sizes}, len(sizes) > 0
}

func (m *media) bad(file string, err error) {
	m.report(diag.List{diag.New(diag.BadPicture, diag.Span{File: "static/" + file}, "file", file, "reason", picture.Reason(err))})
}
