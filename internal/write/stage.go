package write

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// prepare makes the folder in which new files are staged, and finds out which
// way the commit can take. It runs before the first file is written, so that a
// build that changes nothing touches nothing.
func (o *output) prepare() error {
	o.prepared = true
	o.exchanging = !o.s.opts.Ordered && !o.linked && o.s.canExchange(o.dir)
	if !o.exchanging {
		// Nothing of an earlier run may be taken for new.
		if err := o.s.disk.removeAll(o.stage); err != nil {
			return err
		}
	}
	o.newStage = !exists(o.stage)
	return o.realFolder(o.stage)
}

// realFolder makes sure that a path of the stage is a folder and not, say, a link
// that was planted there.
func (o *output) realFolder(path string) error {
	err := o.s.disk.mkdir(path)
	if err == nil || !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(path)
	if err == nil && info.IsDir() {
		return nil
	}
	o.repair.Lock()
	defer o.repair.Unlock()
	if info, err := os.Lstat(path); err == nil && !info.IsDir() {
		if err := o.s.disk.remove(path); err != nil {
			return err
		}
	}
	if err := o.s.disk.mkdir(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}

// stageFolder makes the folders above a staged file, each only once.
func (o *output) stageFolder(dir string) error {
	if dir == "" {
		return nil
	}
	o.mu.Lock()
	made := o.made[dir]
	o.mu.Unlock()
	if made {
		return nil
	}
	if err := o.stageFolder(parent(dir)); err != nil {
		return err
	}
	if err := o.realFolder(at(o.stage, dir)); err != nil {
		return err
	}
	o.mu.Lock()
	o.made[dir] = true
	o.mu.Unlock()
	return nil
}

// stageFile writes a file that is new or changed. Its bytes are data, then more.
func (o *output) stageFile(path string, data []byte, more io.Reader) (size, mtime int64, err error) {
	if err := o.ready(); err != nil {
		return 0, 0, err
	}
	if err := o.stageFolder(parent(path)); err != nil {
		return 0, 0, err
	}
	place := at(o.stage, path)
	size, mtime, err = o.s.disk.create(place, data, more)
	if !errors.Is(err, fs.ErrExist) {
		return size, mtime, err
	}
	// The spare tree has an older version. Where no other name shares its bytes
	// they are overwritten, which spares ext4 from freeing and finding an inode;
	// else only the name is taken away, and the published file stays as it is.
	info, err := os.Lstat(place)
	if err != nil {
		return 0, 0, err
	}
	if info.Mode().IsRegular() && unshared(info) && info.Mode().Perm()&0o200 != 0 {
		return o.s.disk.rewrite(place, data, more)
	}
	if info.IsDir() {
		err = o.s.disk.removeAll(place)
	} else {
		err = o.s.disk.remove(place)
	}
	if err != nil {
		return 0, 0, err
	}
	return o.s.disk.create(place, data, more)
}

// ready prepares the stage once.
func (o *output) ready() error {
	o.once.Do(func() { o.stageErr = o.prepare() })
	return o.stageErr
}

// discard takes away what Abort or a failure leaves staged. The spare tree of an
// exchange is kept, as the next build makes use of what is in it, unless space
// is what is wanting.
func (o *output) discard() error {
	if !o.prepared || o.exchanging && !o.full() {
		return nil
	}
	return refused("", o.s.disk.removeAll(o.stage))
}

// full tells whether the session failed for want of space.
func (o *output) full() bool {
	for _, err := range o.failures {
		var sys *SystemError
		if errors.As(err, &sys) && sys.Kind == DiskFull {
			return true
		}
	}
	return false
}
