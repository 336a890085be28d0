package write

import "path/filepath"

// foreignLimit is how many files and folders of others are carried along when
// trees are exchanged. A folder with more (a .git, say) is renamed around.
const foreignLimit = 1000

func (j *job) do() error {
	if !j.Exchange {
		return j.forward()
	}
	o := j.o
	switch {
	case inode(o.dir) == j.Inode:
		return nil
	case inode(o.stage) != j.Inode:
		return errChanged
	case exists(o.dir):
		return o.s.disk.exchange(o.stage, o.dir)
	}
	if err := o.s.disk.mkdirAll(filepath.Dir(o.dir)); err != nil {
		return err
	}
	return o.s.disk.rename(o.stage, o.dir)
}

func (j *job) undone() error {
	if !j.Exchange {
		return j.back()
	}
	o := j.o
	switch {
	case inode(o.dir) != j.Inode:
		return nil
	case exists(o.stage):
		return o.s.disk.exchange(o.stage, o.dir)
	}
	return o.s.disk.rename(o.dir, o.stage)
}
