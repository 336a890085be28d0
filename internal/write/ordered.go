package write

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A job is what a commit does to one output. It is written to the journal before
// the first change, and carrying it out twice, or undoing it half done, comes to
// the same.
type job struct {
	Output   string `json:"output"`
	Key      string `json:"key"`
	Inode    uint64 `json:"inode,omitempty"` // exchange: of the new tree
	Exchange bool   `json:"exchange,omitempty"`
	Spare    bool   `json:"spare,omitempty"` // the stage is a spare tree and stays

	// Ordered renames:
	Area    string   `json:"area,omitempty"` // folder in the output, where the state folder is on another file system
	Changes []change `json:"changes,omitempty"`
	Made    []string `json:"made,omitempty"`    // folders to make, from the top down
	Emptied []string `json:"emptied,omitempty"` // folders to remove if they are empty, from the bottom up

	o *output // where it is carried out
}

// areaName begins the names of the folder that a commit makes in the output when
// files cannot be moved there from the state folder.
const areaName = reserved + "-stage"

func (j *job) fresh(i int) string {
	if j.Area != "" {
		return at(j.o.dir, j.Area+"/n"+strconv.Itoa(i))
	}
	return at(j.o.stage, j.Changes[i].Path)
}

func (j *job) aside(i int) string {
	if j.Area != "" {
		return at(j.o.dir, j.Area+"/u"+strconv.Itoa(i))
	}
	return at(j.undo(), strconv.Itoa(i))
}

func (j *job) undo() string { return j.o.s.inState("undo-" + j.o.Name) }

// order prepares ordered renames. Whatever may be refused for the folder as a
// whole is refused here.
func (o *output) order(changes []change) (_ *job, err error) {
	d := o.s.disk
	j := &job{Output: o.Name, Key: o.key, Changes: changes, Spare: o.exchanging, o: o}
	defer func() {
		if err != nil {
			d.removeAll(j.undo())
		}
	}()
	if j.Emptied, err = o.emptied(); err != nil {
		return nil, err
	}
	if err := d.removeAll(j.undo()); err != nil {
		return nil, err
	}
	if err := d.mkdir(j.undo()); err != nil {
		return nil, err
	}
	if err := d.mkdirAll(o.dir); err != nil {
		return nil, err
	}
	if o.crossing = o.crossing || !sameDevice(o.s.state, o.dir); o.crossing {
		if j.Area, err = o.openArea(); err != nil {
			return nil, err
		}
		if err := j.copyOver(); err != nil {
			return nil, errors.Join(err, o.closeArea(j.Area))
		}
	}
	seen := map[string]bool{}
	for _, c := range changes {
		if !c.New {
			continue
		}
		for p := parent(c.Path); p != "" && !seen[p]; p = parent(p) {
			seen[p] = true
			info, err := os.Lstat(at(o.dir, p))
			if err == nil && info.IsDir() {
				break
			}
			j.Made = append(j.Made, p)
		}
	}
	slices.Sort(j.Made)
	return j, nil
}

// openArea makes a folder of our own in the output, whence files can be moved to
// their places.
func (o *output) openArea() (string, error) {
	for n := 0; ; n++ {
		name := areaName
		if n > 0 {
			name = fmt.Sprintf("%s-%d", areaName, n)
		}
		err := o.s.disk.mkdir(at(o.dir, name))
		if err == nil {
			return name, nil
		}
		if !errors.Is(err, fs.ErrExist) {
			return "", err
		}
		if !o.leftArea(name) {
			continue
		}
		// What a killed run left before it wrote its journal.
		if err := o.closeArea(name); err != nil {
			return "", err
		}
		n--
	}
}

// leftArea tells whether a folder is one that openArea made: it holds only files
// named as this package names them.
func (o *output) leftArea(name string) bool {
	info, err := os.Lstat(at(o.dir, name))
	if err != nil || !info.IsDir() {
		return false
	}
	entries, err := os.ReadDir(at(o.dir, name))
	if err != nil {
		return false
	}
	for _, e := range entries {
		digits := strings.TrimLeft(e.Name(), "nu")
		if len(digits) != len(e.Name())-1 || strings.Trim(digits, "0123456789") != "" {
			return false
		}
	}
	return true
}

func (o *output) closeArea(name string) error { return o.s.disk.removeAll(at(o.dir, name)) }

// copyOver brings the staged files to the output's file system, with their times.
func (j *job) copyOver() error {
	for i, c := range j.Changes {
		if !c.New {
			continue
		}
		from, err := os.Open(at(j.o.stage, c.Path))
		if err != nil {
			return err
		}
		_, mtime, err := j.o.s.disk.create(j.fresh(i), nil, from)
		from.Close()
		if err != nil {
			return err
		}
		j.o.files[c.Path].mtime = mtime
	}
	return nil
}

// forward carries the renames out, as far as they are not yet.
func (j *job) forward() error {
	ready := false
	for i, c := range j.Changes {
		if c.New && !ready {
			ready = true
			if err := j.clearWay(); err != nil {
				return err
			}
			if err := j.makeFolders(); err != nil {
				return err
			}
		}
		if c.Old && (!c.New || exists(j.fresh(i))) {
			if err := j.setAside(i); err != nil {
				return err
			}
		}
		if c.New && exists(j.fresh(i)) {
			if err := j.o.s.disk.rename(j.fresh(i), at(j.o.dir, c.Path)); err != nil {
				return err
			}
		}
	}
	j.sweep()
	return nil
}

func (j *job) makeFolders() error {
	for _, p := range j.Made {
		if err := j.o.s.disk.mkdir(at(j.o.dir, p)); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return nil
}

// setAside takes what stands at a path out of the published tree.
func (j *job) setAside(i int) error {
	if exists(j.aside(i)) {
		return nil
	}
	place := at(j.o.dir, j.Changes[i].Path)
	if j.Changes[i].New && j.o.s.disk.link(place, j.aside(i)) == nil {
		return nil // the old file stays readable until the new one takes its name
	}
	err := j.o.s.disk.rename(place, j.aside(i))
	if isMissing(err) {
		return nil
	}
	return err
}

// back undoes what forward did, wherever it stopped, and leaves the staged files
// staged.
func (j *job) back() error {
	d := j.o.s.disk
	var errs []error
	for i := len(j.Changes) - 1; i >= 0; i-- {
		c := j.Changes[i]
		place, fresh := at(j.o.dir, c.Path), j.fresh(i)
		if !c.Old {
			if !exists(fresh) {
				if err := d.rename(place, fresh); !isMissing(err) {
					errs = append(errs, err)
				}
			}
			continue
		}
		if !exists(j.aside(i)) {
			continue
		}
		err := os.MkdirAll(at(j.o.dir, parent(c.Path)), 0o777)
		if c.New && !exists(fresh) && d.link(place, fresh) != nil {
			err = errors.Join(err, d.rename(place, fresh))
		}
		if err == nil {
			err = d.rename(j.aside(i), place)
		}
		errs = append(errs, err)
	}
	for _, p := range slices.Backward(j.Made) {
		j.removeFolder(p)
	}
	return errors.Join(errs...)
}

// sweep removes the folders of ours that are empty now. One that cannot be removed
// does no harm.
func (j *job) sweep() {
	for _, p := range j.Emptied {
		j.removeFolder(p)
	}
}

// clearWay removes the folders that stand where files go, and those in them.
func (j *job) clearWay() error {
	if len(j.Emptied) == 0 {
		return nil
	}
	files := map[string]bool{}
	for _, c := range j.Changes {
		if c.New {
			files[c.Path] = true
		}
	}
	for _, p := range j.Emptied { // from the bottom up
		for d := p; d != ""; d = parent(d) {
			if files[d] {
				if err := j.removeFolder(p); err != nil {
					return err
				}
				break
			}
		}
	}
	return nil
}

// removeFolder removes an empty folder and nothing else.
func (j *job) removeFolder(path string) error {
	if info, err := os.Lstat(at(j.o.dir, path)); err != nil || !info.IsDir() {
		return nil
	}
	return j.o.s.disk.remove(at(j.o.dir, path))
}

// tidy takes away what the job needed. After a failure what is staged stays, as it
// may be tried the other way.
func (j *job) tidy(failed bool) error {
	if j.Exchange {
		return nil
	}
	err := j.o.s.disk.removeAll(j.undo())
	if j.Area != "" {
		err = errors.Join(err, j.o.closeArea(j.Area))
	}
	if !j.Spare && !failed {
		err = errors.Join(err, j.o.s.disk.removeAll(j.o.stage))
	}
	return err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
