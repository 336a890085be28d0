package hours

import "fmt"

// A Reason says why a text is not opening hours.
type Reason string

// The reasons. They name what a message is worded from.
const (
	Empty       Reason = "empty"        // nothing, or an empty rule
	UnknownWord Reason = "unknown-word" // not a day, a month, off…; Suggest may know what was meant
	BadTime     Reason = "bad-time"     // 8h30, 25:00
	BadSpan     Reason = "bad-span"     // a time without an end, or one that lasts nothing or over a day
	Overlap     Reason = "overlap"      // two spans of a rule overlap
	BadDate     Reason = "bad-date"     // 30 February
	BadRange    Reason = "bad-range"    // dates, weeks or days that cannot be a range
	NoTimes     Reason = "no-times"     // days or dates without hours, off or comment
	OffTimes    Reason = "off-times"    // off together with times
	BadComment  Reason = "bad-comment"  // not closed, or empty
	Unsupported Reason = "unsupported"  // right in OpenStreetMap, not known here
	Unexpected  Reason = "unexpected"   // a sign in the wrong place
	TooLong     Reason = "too-long"     // over 1,000 bytes
)

// An Error is the first thing wrong in a text.
type Error struct {
	Offset  int // in bytes
	Len     int // of Found, 0 at the end of the text
	Reason  Reason
	Found   string
	Suggest string // what to write instead, when it can be guessed
}

func (e *Error) Error() string {
	s := fmt.Sprintf("opening hours: byte %d: %s", e.Offset, e.Reason)
	if e.Found != "" {
		s += fmt.Sprintf(" %q", e.Found)
	}
	if e.Suggest != "" {
		s += fmt.Sprintf(" (%s?)", e.Suggest)
	}
	return s
}
