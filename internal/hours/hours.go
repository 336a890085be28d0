// Package hours reads opening hours in the part of OpenStreetMap's
// opening_hours that shops and offices use, writes them back in one canonical
// form, and shows them as a small timetable in French or English.
//
//	Mo-Fr 08:30-12:00,14:00-18:00; Sa off; PH off; Aug 01-21 off; "sur rendez-vous"
//
// It knows days and their lists, PH and SH (public and school holidays), the
// nth day of a month (Sa[1], Sa[-1]), months and dates with or without a year,
// weeks (week 01-53/2), times past midnight, open ends (18:00+), 24/7, off,
// comments, and rules that replace (;), add (,) or stand in (||). It does not
// know the sun, Easter, offsets of days, nor what day it is.
package hours

// Hours is a list of rules; a later one replaces an earlier one on the days it
// names. The zero value says nothing.
type Hours struct {
	Rules []Rule
}

// A Rule says when something is open, on some days.
type Rule struct {
	Join    Join
	Dates   []DateRange // none: all the year
	Weeks   []WeekRange // none: every week
	Days    []DayRange  // none: every day
	Always  bool        // 24/7
	Spans   []Span      // in order, without overlap
	Off     bool        // closed
	Comment string
}

// Join tells what a rule does to those before it.
type Join uint8

// The ways rules are joined.
const (
	Replaces Join = iota // ; on the days it names
	Adds                 // , to the hours of these days
	StandsIn             // || where the rules before say nothing
)

// A Day is a day of the week or a kind of holiday.
type Day uint8

// The days, in the order of a French week.
const (
	Monday Day = iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday
	PublicHoliday
	SchoolHoliday
)

var dayCodes = [...]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "PH", "SH"}

var monthCodes = [...]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// A DayRange is a day or several in a row; it may pass the end of the week.
type DayRange struct {
	From, To Day
	Nth      []int // 1 to 5 or -1 to -5: only these days of the month
}

// A Date is a month, a day of it when Day is not 0, of every year when Year is.
type Date struct {
	Year, Month, Day int
}

// A DateRange goes from a date to another, both included. Both have a day or
// neither has, and the same for the year.
type DateRange struct {
	From, To Date
}

// A WeekRange is some ISO weeks, every Step-th of them.
type WeekRange struct {
	From, To, Step int
}

// A Span is a stretch of time in minutes from midnight. To is more than 1440
// past midnight, and 0 when only the beginning is known.
type Span struct {
	From, To int
	OpenEnd  bool // or later
}

const dayMinutes = 24 * 60
