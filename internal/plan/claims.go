package plan

import (
	"path"
	"strings"

	"vitrine/internal/diag"
)

// claim is an output's hold on its path.
type claim struct {
	file   string      // below public/
	origin diag.Origin // the record that it is about
	source string      // or the file that it is made from
}

// claimed reports whether some output has exactly this path.
func (p *Plan) claimed(file string) bool {
	c, ok := p.claims[strings.ToLower(file)]
	return ok && c.file == file
}

// collisions finds the addresses that two outputs want, on any file system: names that
// differ only by case are the same on some.
func (p *Plan) collisions() diag.List {
	p.claims = make(map[string]claim, len(p.Pages)+len(p.Files)+64)
	var list diag.List
	keys := make([]string, 0, len(p.Pages)+len(p.Files)+64)
	add := func(c claim) {
		key := strings.ToLower(c.file)
		if first, taken := p.claims[key]; taken {
			list = append(list, collision(c.file, first, c))
			return
		}
		p.claims[key] = c
		keys = append(keys, key)
	}
	for _, f := range p.Files {
		add(claim{file: f.Path, source: f.Source})
	}
	for _, pg := range p.Pages {
		add(claim{file: pg.File(), origin: pg.place})
	}
	for _, s := range p.Pieces {
		if s.Public {
			for _, o := range s.Outputs() {
				add(claim{file: "kit/" + o, origin: s.Use.Origin})
			}
		}
	}
	for _, s := range p.Shares {
		c := claim{file: s.Path, origin: s.Programme.Origin}
		if s.Participant != nil {
			c.origin = s.Participant.Origin
		}
		add(c)
	}
	for _, d := range p.Data {
		c := claim{file: d.Path}
		if d.Participant != nil {
			c.origin = d.Participant.Origin
		}
		add(c)
	}
	return append(list, p.obstacles(keys)...)
}

// obstacles finds the files that stand where a folder must be. Keys are those of the
// claims, in the order of the plan.
func (p *Plan) obstacles(keys []string) diag.List {
	var list diag.List
	checked := map[string]bool{}
	look := func(dir string, c claim) {
		if first, taken := p.claims[dir]; taken {
			list = append(list, collision(dir, first, c))
			checked[dir] = true
		}
	}
	for _, key := range keys {
		c, dir := p.claims[key], path.Dir(key)
		if dir == "." || checked[dir] {
			continue
		}
		if path.Base(key) != "index.html" { // most pages have a folder of their own
			checked[dir] = true
		}
		look(dir, c)
		for dir = path.Dir(dir); dir != "." && !checked[dir]; dir = path.Dir(dir) {
			checked[dir] = true
			look(dir, c)
		}
	}
	return list
}

func collision(file string, first, second claim) diag.Diagnostic {
	span := place(second.origin, second.source)
	if span.IsZero() { // of a file that every site has
		span = place(first.origin, first.source)
	}
	d := diag.New(diag.PathCollision, span, "path", strings.TrimSuffix(file, "index.html"))
	if note := place(first.origin, first.source); !note.IsZero() && note != span {
		d = d.WithNote(note, "declared-here")
	}
	return d
}

func place(o diag.Origin, file string) diag.Span {
	if o != nil {
		if s := o.Span("id"); !s.IsZero() {
			return s
		}
	}
	return diag.Span{File: file}
}
