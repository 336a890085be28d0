package write

import (
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
)

// The journal says what a commit is doing, so that the next run can finish it.
// Its name is the phase: a rename needs no space on a full disk.
type journal struct {
	Jobs  []*job `json:"jobs"`
	phase phase
}

type phase string

const (
	forward phase = "journal"      // towards the new trees
	back    phase = "journal-back" // towards the old ones, after a refusal
	done    phase = "journal-done" // the new trees stand; manifests and remains are left
	undone  phase = "journal-undone"
)

// announce writes the manifests to be, then the journal: from here on the next
// run would finish the commit.
func (s *Session) announce(log *journal) error {
	for _, j := range log.Jobs {
		if err := s.disk.may("manifest", j.Output); err != nil {
			return err
		}
		data := j.o.manifest()
		j.o.mark = digestOf(data)
		if err := replace(s.root, manifestName(j.Output, j.Key)+".new", data); err != nil {
			return err
		}
	}
	data, err := json.Marshal(log)
	if err == nil {
		err = s.disk.may("journal", string(forward))
	}
	if err == nil {
		err = replace(s.root, string(forward), data)
	}
	log.phase = forward
	return err
}

func (s *Session) enter(log *journal, next phase) error {
	if log.phase == next {
		return nil
	}
	if err := s.disk.may("journal", string(next)); err != nil {
		return err
	}
	if err := s.root.Rename(string(log.phase), string(next)); err != nil {
		return err
	}
	log.phase = next
	return nil
}

// settle carries a journal to its end: forward or, where something is refused,
// back, of which the error tells. The journal stays only if neither is possible.
func (s *Session) settle(log *journal) error {
	var refusal error
	if log.phase == forward {
		if refusal = s.goForward(log); refusal != nil {
			if err := s.enter(log, back); err != nil {
				return errors.Join(refusal, refused("", err))
			}
		}
	}
	if log.phase == back {
		var errs []error
		for _, j := range log.Jobs {
			errs = append(errs, refused(j.Output, j.undone()))
		}
		if err := errors.Join(errs...); err != nil {
			return errors.Join(refusal, err)
		}
	}
	// From here on the outputs are as they should be; what cannot be put in order
	// now is by the next run.
	end := done
	if log.phase == back || log.phase == undone {
		end = undone
	}
	if s.enter(log, end) != nil {
		return refusal
	}
	var errs []error
	for _, j := range log.Jobs {
		errs = append(errs, s.conclude(j, end))
	}
	if errors.Join(errs...) == nil && s.disk.may("journal", "end") == nil {
		s.removeState(string(end))
	}
	return refusal
}

func (s *Session) goForward(log *journal) error {
	for _, j := range log.Jobs {
		if err := j.do(); err != nil {
			return refused(j.Output, err)
		}
	}
	return nil
}

// conclude makes the new manifest valid, or forgets it, and tidies.
func (s *Session) conclude(j *job, end phase) error {
	name := manifestName(j.Output, j.Key)
	err := s.disk.may("manifest", j.Output)
	if err == nil && end == done {
		if err = s.root.Rename(name+".new", name); isMissing(err) {
			err = nil
		}
	}
	if err != nil {
		return err
	}
	return errors.Join(j.tidy(end == undone), s.removeState(name+".new"))
}

// recover finishes what a killed run was committing.
func (s *Session) recover() error {
	for _, p := range []phase{done, undone, back, forward} {
		data, err := s.root.ReadFile(string(p))
		if isMissing(err) {
			continue
		}
		if err != nil {
			return refused("", err)
		}
		log := journal{phase: p}
		if json.Unmarshal(data, &log) != nil || !log.sound() {
			// Not as we wrote it: it proves nothing. What stands in the outputs is
			// compared with what this build makes, like anything else.
			if err := s.removeState(string(p)); err != nil {
				return refused("", err)
			}
			continue
		}
		for _, j := range log.Jobs {
			if j.o, err = s.outputOf(j); err != nil {
				return err
			}
		}
		// That an old commit had to be undone is no error of this session.
		if err := s.settle(&log); err != nil && log.phase != undone {
			return err
		}
	}
	return nil
}

// sound checks that a journal says nothing that this package would not write.
func (log *journal) sound() bool {
	for _, j := range log.Jobs {
		if j == nil || j.Area != "" && (!strings.HasPrefix(j.Area, areaName) || strings.ContainsAny(j.Area, `/\`)) {
			return false
		}
		for _, c := range j.Changes {
			if pathReason(c.Path) != "" {
				return false
			}
		}
		for _, p := range append(j.Made[:len(j.Made):len(j.Made)], j.Emptied...) {
			if pathReason(p) != "" {
				return false
			}
		}
	}
	return true
}

// outputOf finds the folder that a journal speaks of: one of this session, or one
// beside the state folder. It does not follow a journal anywhere else.
func (s *Session) outputOf(j *job) (*output, error) {
	for _, o := range s.outs {
		if o.Name == j.Output && o.key == j.Key {
			return o, nil
		}
	}
	rel, inSite := strings.CutPrefix(j.Key, "./")
	if !inSite || !filepath.IsLocal(filepath.FromSlash(rel)) {
		return nil, &PendingError{Output: j.Output, Dir: filepath.FromSlash(j.Key)}
	}
	o, err := s.newOutput(Output{Name: j.Output, Dir: filepath.Join(filepath.Dir(s.state), filepath.FromSlash(rel))})
	if err == nil && (o.key != j.Key || nested(o.dir, s.state)) {
		return nil, &PendingError{Output: j.Output, Dir: o.dir}
	}
	return o, err
}
