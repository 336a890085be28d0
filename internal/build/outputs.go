package build

import (
	"encoding/hex"
	"iter"
	"path"
	"strings"

	"vitrine/internal/cache"
	"vitrine/internal/source"
	"vitrine/internal/write"
)

// output is a file of public/ or kit/, as reports name it.
type output struct {
	folder, path string // public, label/index.html
	kind         string // page, asset, data or piece
	subject      string // kind/id, or empty
}

func (o output) name() string { return o.folder + "/" + o.path }

// note is what the manifest remembers of an output beside its bytes: what reports say
// of it, and the key of what it was made from, if it has one.
func (o output) note(key cache.Key) string {
	note := o.kind + " " + o.subject
	if key != (cache.Key{}) {
		note += " " + hex.EncodeToString(key[:16])
	}
	return note
}

// noted reads a note: what kind of output it was, for whom.
func noted(note string) (kind, subject string) {
	kind, rest, _ := strings.Cut(note, " ")
	subject, _, _ = strings.Cut(rest, " ")
	return kind, subject
}

// put makes an output. On a dry run, or once something is wrong, nothing is staged.
func (b *builder) put(folder, path, kind, subject string, data []byte) error {
	return b.putAs(output{folder, path, kind, subject}, cache.Key{}, data)
}

// putAs makes an output, and remembers the key of all that it was made from.
func (b *builder) putAs(o output, key cache.Key, data []byte) error {
	if b.elsewhere(o) {
		return nil
	}
	if b.watch != nil {
		b.watch(o, data)
	}
	if !b.stages(o) {
		return nil
	}
	_, err := b.session.Put(o.folder, o.path, data)
	if err == nil {
		b.session.Note(o.folder, o.path, o.note(key))
	}
	return err
}

// stages says that an output is made, and whether it is to be staged.
func (b *builder) stages(o output) bool {
	b.announce(o)
	b.mu.Lock()
	b.result.Made[o.kind]++
	b.mu.Unlock()
	return !b.Dry && !b.failed.Load()
}

// putSeveral makes outputs of public/ side by side, from pieces that each belong to the one of their index.
func (b *builder) putSeveral(outs []output, pieces iter.Seq2[int, []byte]) error {
	stages := false
	paths := make([]string, len(outs))
	for i, o := range outs {
		stages, paths[i] = b.stages(o), o.path
	}
	if b.watch != nil {
		whole := make([][]byte, len(outs))
		for i, piece := range pieces {
			whole[i] = append(whole[i], piece...)
		}
		for i, o := range outs {
			b.watch(o, whole[i])
		}
	}
	if !stages {
		return nil
	}
	_, err := b.session.PutSeveral("public", paths, pieces)
	if err == nil {
		for _, o := range outs {
			b.session.Note(o.folder, o.path, o.note(cache.Key{}))
		}
	}
	return err
}

// keep reports whether an output already stands there, made from all that the key is
// a digest of, or is another shard's: then it need not be made.
func (b *builder) keep(o output, key cache.Key) bool {
	if b.elsewhere(o) {
		return true
	}
	if b.Dry || b.Force || b.Program == "" || b.failed.Load() {
		return false
	}
	if noted, _, _ := strings.Cut(b.session.Noted(o.folder, o.path), " ~"); noted != o.note(key) {
		return false
	}
	return b.stands(o)
}

// stands keeps an output that was made before, if it is still there as it was made.
func (b *builder) stands(o output) bool {
	kept, err := b.session.Keep(o.folder, o.path)
	if err != nil || !kept {
		return false
	}
	b.announce(o)
	return true
}

// forget has an output made again by the next build.
func (b *builder) forget(o output) {
	if !b.Dry {
		b.session.Note(o.folder, o.path, o.note(cache.Key{}))
	}
}

// ground names all that every output is made with: the program, and the files of the
// site's own theme.
func (b *builder) ground() string {
	parts := [][]byte{[]byte(b.Program)}
	folder, ok := source.Folder(b.Own, "themes/"+b.site.Theme)
	if !ok {
		return cache.KeyOf(parts...).String()
	}
	own := source.New(folder)
	names, _ := own.Walk(".") // told when the theme is read
	for _, name := range names {
		if ext := path.Ext(name); ext == ".html" || ext == ".toml" {
			data, _ := own.Read(name)
			parts = append(parts, []byte(name), data)
		}
	}
	return cache.KeyOf(parts...).String()
}

// outputs reports the files of a commit.
func (b *builder) outputs(files []write.File) {
	b.result.Outputs = make([]Output, 0, len(files))
	for _, f := range files {
		kind, subject := noted(f.Note)
		if kind == "" {
			kind = kindOf(f.Path)
		}
		b.result.Outputs = append(b.result.Outputs, Output{
			Path: f.Output + "/" + f.Path, Kind: kind, Subject: subject, Status: string(f.Status), Bytes: f.Size,
		})
	}
}

// announce says that an output is part of this build.
func (b *builder) announce(o output) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.result.Counts[o.kind]++
	if o.kind == "piece" && o.folder == "kit" {
		b.result.Counts["kit"]++
	}
}
