package write

import (
	"errors"
	"os"
)

// Commit makes the session's outputs the published ones and ends the session.
// When it fails the outputs are as they were. It fails when any Put did; all that
// is wrong is reported at once, joined.
func (s *Session) Commit() (Report, error) {
	if s.closed {
		return Report{}, errors.New("the session has ended")
	}
	rep, err := s.commit()
	if err != nil {
		for _, o := range s.outs {
			err = errors.Join(err, o.discard())
		}
		return Report{}, errors.Join(err, s.close())
	}
	return rep, s.close()
}

// A plan is what changes in one output.
type plan struct {
	o       *output
	changes []change
}

func (s *Session) commit() (Report, error) {
	var errs []error
	var plans []plan
	var kept []string
	for _, o := range s.outs {
		errs = append(errs, o.failures...)
		changes, left, err := o.changes()
		if err != nil {
			errs = append(errs, refused(o.Name, err))
		}
		kept = append(kept, left...)
		if o.changing = len(changes) > 0; o.changing {
			plans = append(plans, plan{o, changes})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Report{}, err
	}
	for _, o := range s.outs {
		if err := o.remember(); err != nil {
			return Report{}, refused("", err)
		}
	}
	rep := s.report()
	rep.Kept = kept
	if len(plans) > 0 {
		jobs, err := s.carryOut(plans)
		if err != nil {
			return Report{}, err
		}
		for _, j := range jobs {
			if j.Exchange {
				rep.Swapped = append(rep.Swapped, j.Output)
			} else {
				rep.Renamed = append(rep.Renamed, j.Output)
			}
		}
	}
	rep.Mark = s.mark()
	return rep, nil
}

// carryOut commits all plans or none. Where exchanging is refused it is undone
// and tried once more by renaming.
func (s *Session) carryOut(plans []plan) ([]*job, error) {
	for {
		jobs, err := s.prepareJobs(plans)
		if err != nil {
			return nil, errors.Join(err, s.drop(jobs))
		}
		log := journal{Jobs: jobs}
		if err := s.announce(&log); err != nil {
			return nil, errors.Join(refused("", err), s.drop(jobs))
		}
		if err = s.settle(&log); err == nil {
			return jobs, nil
		}
		if log.phase != undone || !anotherWay(jobs, err) {
			return nil, err
		}
	}
}

// anotherWay tells whether what was refused can be tried differently, and sees to
// it that it is.
func anotherWay(jobs []*job, err error) bool {
	again := false
	for _, j := range jobs {
		var sys *SystemError
		switch {
		case j.Exchange:
			j.o.exchanging = false
			again = true
		case crossDevice(err) && errors.As(err, &sys) && sys.Output == j.Output && !j.o.crossing:
			j.o.exchanging, j.o.crossing = false, true
			again = true
		}
	}
	return again
}

func (s *Session) prepareJobs(plans []plan) (jobs []*job, err error) {
	for _, p := range plans {
		o := p.o
		if err := o.ready(); err != nil {
			return jobs, refused(o.Name, err)
		}
		if o.exchanging && !o.atomic(p.changes) {
			err := o.mirror()
			if err == nil {
				jobs = append(jobs, &job{Output: o.Name, Key: o.key, Exchange: true, Inode: inode(o.stage), Spare: true, o: o})
				continue
			}
			var foreign *ForeignError
			if errors.As(err, &foreign) || errors.Is(err, errChanged) {
				return jobs, refused(o.Name, err)
			}
			o.exchanging = false
		}
		j, err := o.order(p.changes)
		if err != nil {
			return jobs, refused(o.Name, err)
		}
		jobs = append(jobs, j)
	}
	return jobs, nil
}

// atomic tells whether one rename does it all.
func (o *output) atomic(changes []change) bool {
	if len(changes) != 1 || !changes[0].New {
		return false
	}
	info, err := os.Lstat(at(o.dir, changes[0].Path))
	if err == nil && info.IsDir() {
		return false
	}
	p := planner{o: o, real: map[string]os.FileMode{}}
	real, err := p.folderIsReal(parent(changes[0].Path))
	return err == nil && real && exists(o.dir)
}

// drop forgets jobs that were prepared and not begun.
func (s *Session) drop(jobs []*job) error {
	var errs []error
	for _, j := range jobs {
		if j.Area != "" {
			errs = append(errs, j.o.closeArea(j.Area))
		}
		if !j.Exchange {
			errs = append(errs, s.disk.removeAll(j.undo()))
		}
		errs = append(errs, s.removeState(manifestName(j.Output, j.Key)+".new"))
	}
	return errors.Join(errs...)
}

func (s *Session) removeState(name string) error {
	if err := s.root.Remove(name); err != nil && !isMissing(err) {
		return err
	}
	return nil
}

// remember writes the manifest of an output in which nothing changes, where it has
// to be corrected: what it says is true whatever becomes of the others.
func (o *output) remember() error {
	if o.changing {
		return nil
	}
	for _, r := range o.files {
		o.dirty = o.dirty || r.fresh && r.wanted()
	}
	if !o.dirty {
		return nil
	}
	data := o.manifest()
	o.mark = digestOf(data)
	return replace(o.s.root, manifestName(o.Name, o.key), data)
}
