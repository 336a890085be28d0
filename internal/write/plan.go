package write

import (
	"os"
	"slices"
	"strings"
)

// A change is what a commit does at one path.
type change struct {
	Path string `json:"path"`
	Old  bool   `json:"old,omitempty"` // a file of ours (or one that Force gave us) stands there
	New  bool   `json:"new,omitempty"` // a staged file goes there
}

// changes finds out what differs from the published tree, in an order in which
// it can be carried out one by one, and who is in the way. It reads as little as
// it can: what is written or goes, and the folders above.
func (o *output) changes() ([]change, []string, error) {
	p := planner{o: o, real: map[string]os.FileMode{}}
	kept, err := p.prune()
	if err != nil {
		return nil, nil, err
	}
	for _, path := range o.paths() {
		if o.files[path].state != written {
			continue
		}
		if err := p.place(path); err != nil {
			return nil, nil, err
		}
	}
	if len(o.foreign) > 0 {
		return nil, nil, &ForeignError{Output: o.Name, Paths: topmost(o.foreign)}
	}
	return p.order(), kept, nil
}

type planner struct {
	o        *output
	real     map[string]os.FileMode // modes of folders already looked at; 0 when nothing is there
	fresh    []change               // nothing there before
	replaced []change
	removed  []change
	blocked  map[string]bool // folders of ours that stand where a file goes
}

// prune marks what the manifest knows and nobody produced.
func (p *planner) prune() (kept []string, err error) {
	o := p.o
	for _, path := range o.paths() {
		r := o.files[path]
		if r.state != absent || !r.known {
			continue
		}
		if o.KeepOthers || len(o.Within) > 0 && !covers(o.Within, path) {
			if _, err := o.claimLocked(path); err != nil {
				return nil, err
			}
			r.state = carried
			continue
		}
		o.dirty = true
		mine, there, err := p.provablyOurs(path, r)
		switch {
		case err != nil:
			return nil, err
		case mine:
			r.state = doomed
			p.removed = append(p.removed, change{Path: path, Old: true})
		case there:
			kept = append(kept, o.Name+"/"+path)
		}
	}
	return kept, nil
}

// provablyOurs tells whether the file that stands at path is the one recorded.
func (p *planner) provablyOurs(path string, r *record) (mine, there bool, err error) {
	if ok, err := p.folderIsReal(parent(path)); !ok || err != nil {
		return false, false, err // gone, or reached through a link: not our file
	}
	place := at(p.o.dir, path)
	info, err := os.Lstat(place)
	if err != nil {
		if isMissing(err) {
			err = nil
		}
		return false, false, err
	}
	if !info.Mode().IsRegular() || info.Size() != r.size {
		return false, true, nil
	}
	if info.ModTime().UnixNano() == r.mtime {
		return true, true, nil
	}
	got, err := digestOfFile(place)
	if err != nil {
		return false, true, nil // cannot be read: cannot be proved
	}
	return got == r.hash, true, nil
}

// folderIsReal tells whether every part of a published folder is a folder and no link.
func (p *planner) folderIsReal(dir string) (bool, error) {
	if dir == "" {
		return true, nil
	}
	ok, err := p.folderIsReal(parent(dir))
	if !ok || err != nil {
		return false, err
	}
	mode, err := p.mode(dir)
	return mode.IsDir(), err
}

// mode looks at a published path once; 0 when nothing is there.
func (p *planner) mode(dir string) (os.FileMode, error) {
	mode, seen := p.real[dir]
	if seen {
		return mode, nil
	}
	info, err := os.Lstat(at(p.o.dir, dir))
	switch {
	case err == nil:
		mode = info.Mode() | 1<<9 // never 0; the bit is unused by io/fs
	case !isMissing(err):
		return 0, err
	}
	p.real[dir] = mode
	return mode, nil
}

// place sorts a staged file by what stands at its path.
func (p *planner) place(path string) error {
	o := p.o
	// A path whose first part is not there needs no look.
	if !o.tops[fold(top(path))] {
		for d := parent(path); d != "" && !o.dirs[d].owned; d = parent(d) {
			o.dirs[d].owned = true
		}
		p.fresh = append(p.fresh, change{Path: path, New: true})
		return nil
	}
	for d := parent(path); d != ""; d = parent(d) {
		mode, err := p.mode(d)
		if err != nil {
			return err
		}
		if mode.IsDir() {
			continue
		}
		if mode != 0 && !(o.files[d] != nil && o.files[d].state == doomed) {
			o.foreign[d] = true
			return nil
		}
		o.dirs[d].owned = true // it is we who make it
	}
	if real, err := p.folderIsReal(parent(path)); err != nil {
		return err
	} else if !real {
		p.fresh = append(p.fresh, change{Path: path, New: true})
		return nil
	}
	info, err := os.Lstat(at(o.dir, path))
	switch {
	case isMissing(err):
		p.fresh = append(p.fresh, change{Path: path, New: true})
	case err != nil:
		return err
	case info.IsDir():
		if ok, err := p.onlyDoomed(path); err != nil {
			return err
		} else if !ok {
			o.foreign[path] = true
			return nil
		}
		p.fresh = append(p.fresh, change{Path: path, New: true})
		if p.blocked == nil {
			p.blocked = map[string]bool{}
		}
		p.blocked[path] = true
	case o.files[path].known && info.Mode().IsRegular() || o.s.opts.Force && replaceable(info.Mode()):
		p.replaced = append(p.replaced, change{Path: path, Old: true, New: true})
	default:
		o.foreign[path] = true
	}
	return nil
}

// onlyDoomed tells whether a folder is Vitrine's and will be empty.
func (p *planner) onlyDoomed(dir string) (bool, error) {
	if f := p.o.dirs[dir]; f == nil || !f.owned {
		return false, nil
	}
	entries, err := os.ReadDir(at(p.o.dir, dir))
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		path := dir + "/" + e.Name()
		if e.IsDir() {
			if ok, err := p.onlyDoomed(path); !ok || err != nil {
				return false, err
			}
		} else if r := p.o.files[path]; r == nil || r.state != doomed {
			return false, nil
		}
	}
	return true, nil
}

// order puts what stands in the way of something else first, then what is new,
// then what changed, then what goes: nobody who reads meanwhile finds a link to a
// page that is not there yet.
func (p *planner) order() []change {
	var first, last []change
	needed := map[string]bool{} // folded names of what is written and its folders
	if len(p.removed) > 0 {
		for _, list := range [][]change{p.fresh, p.replaced} {
			for _, c := range list {
				for d := c.Path; d != "" && !needed[fold(d)]; d = parent(d) {
					needed[fold(d)] = true
				}
			}
		}
	}
	for _, c := range p.removed {
		if needed[fold(c.Path)] || p.underBlocked(c.Path) {
			first = append(first, c)
		} else {
			last = append(last, c)
		}
	}
	return slices.Concat(first, p.fresh, p.replaced, last)
}

func (p *planner) underBlocked(path string) bool {
	for d := range p.blocked {
		if strings.HasPrefix(path, d+"/") {
			return true
		}
	}
	return false
}

// emptied lists the folders of Vitrine's that nothing wanted needs any more, the
// deepest first. None is reached through a link.
func (o *output) emptied() ([]string, error) {
	p := planner{o: o, real: map[string]os.FileMode{}}
	var list []string
	for d, f := range o.dirs {
		if !f.owned || f.wanted {
			continue
		}
		real, err := p.folderIsReal(d)
		if err != nil {
			return nil, err
		}
		if real {
			list = append(list, d)
		}
	}
	slices.Sort(list)
	slices.Reverse(list)
	return list, nil
}

// topmost leaves out what lies below another.
func topmost(set map[string]bool) []string {
	var list []string
	for _, path := range sortedKeys(set) {
		d := parent(path)
		for d != "" && !set[d] {
			d = parent(d)
		}
		if d == "" {
			list = append(list, path)
		}
	}
	return list
}
