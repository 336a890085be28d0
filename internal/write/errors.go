package write

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// PathReason says why a path cannot be that of an output.
type PathReason string

// The reasons of a [PathError].
const (
	PathEmpty     PathReason = "empty"
	PathNotLocal  PathReason = "not-local" // absolute, "..", ".", doubled or trailing slash
	PathCharacter PathReason = "character" // a control or a character some system refuses: < > : " | ? * \
	PathEncoding  PathReason = "encoding"  // not UTF-8
	PathDevice    PathReason = "device"    // CON, NUL, COM1… whatever the extension
	PathTrailing  PathReason = "trailing"  // a part ends with a dot or a space
	PathTooLong   PathReason = "too-long"  // a part over 255 bytes, or all over 1,000
	PathReserved  PathReason = "reserved"  // begins with .vitrine
	PathOutput    PathReason = "no-output" // the session has no such output
)

// A PathError is a path that no output may have.
type PathError struct {
	Output, Path string
	Reason       PathReason
}

func (e *PathError) Error() string {
	return fmt.Sprintf("unsafe output path %q in %s (%s)", e.Path, e.Output, e.Reason)
}

// A CollisionError is two outputs of one session that some file system cannot
// tell apart, or of which one would have to be both a file and a folder. A and B
// are equal when one path was put twice.
type CollisionError struct{ Output, A, B string }

func (e *CollisionError) Error() string {
	if e.A == e.B {
		return fmt.Sprintf("%s: %q is put twice", e.Output, e.A)
	}
	return fmt.Sprintf("%s: %q and %q are the same place", e.Output, e.A, e.B)
}

// A ForeignError names what stands where outputs should go and was not written
// by Vitrine, or cannot be proved to be. Nothing was changed.
type ForeignError struct {
	Output string
	Paths  []string // slash-separated, within the output, sorted
}

func (e *ForeignError) Error() string {
	return fmt.Sprintf("%s: not written by vitrine and in the way: %s", e.Output, strings.Join(e.Paths, ", "))
}

// A LockedError means that another run holds the state folder.
type LockedError struct {
	State string
	PID   int // 0 when unknown
}

func (e *LockedError) Error() string {
	if e.PID == 0 {
		return "another vitrine is at work on " + e.State
	}
	return fmt.Sprintf("another vitrine (process %d) is at work on %s", e.PID, e.State)
}

// A PendingError means that a killed run has to be finished first on an output
// that this session does not hold and that lies outside the site.
type PendingError struct{ Output, Dir string }

func (e *PendingError) Error() string {
	return fmt.Sprintf("an interrupted run to %s has to be finished first: build %s there again", e.Dir, e.Output)
}

// A LayoutError means that the folders named in [Options] cannot go together.
type LayoutError struct{ Path, Other, Problem string }

func (e *LayoutError) Error() string {
	if e.Other == "" {
		return e.Path + ": " + e.Problem
	}
	return e.Path + " and " + e.Other + ": " + e.Problem
}

// Kind classes what the system refused.
type Kind string

// The kinds of a [SystemError].
const (
	DiskFull   Kind = "disk-full" // no space, quota, file too large
	ReadOnly   Kind = "read-only" // file system mounted read-only
	Permission Kind = "permission"
	Busy       Kind = "busy"    // held open by another program
	Changed    Kind = "changed" // someone else changed the output while it was built
	Other      Kind = "other"
)

// A SystemError is a refusal of the file system; the output is as it was.
type SystemError struct {
	Kind   Kind
	Output string // empty: the state folder
	Err    error
}

func (e *SystemError) Error() string {
	if e.Output == "" {
		return fmt.Sprintf("%v [%s]", e.Err, e.Kind)
	}
	return fmt.Sprintf("%s: %v [%s]", e.Output, e.Err, e.Kind)
}

func (e *SystemError) Unwrap() error { return e.Err }

// refused wraps an error of the file system; errors that are already typed pass.
func refused(output string, err error) error {
	if err == nil {
		return nil
	}
	var sys *SystemError
	var foreign *ForeignError
	var collision *CollisionError
	if errors.As(err, &sys) || errors.As(err, &foreign) || errors.As(err, &collision) {
		return err
	}
	kind := Other
	switch {
	case errors.Is(err, errChanged):
		kind = Changed
	case isAny(err, errnoFull):
		kind = DiskFull
	case isAny(err, errnoReadOnly):
		kind = ReadOnly
	case isAny(err, errnoBusy):
		kind = Busy
	case errors.Is(err, fs.ErrPermission):
		kind = Permission
	}
	return &SystemError{Kind: kind, Output: output, Err: err}
}

var errChanged = errors.New("the output changed while it was being built")

func isAny(err error, list []syscall.Errno) bool {
	for _, e := range list {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}
