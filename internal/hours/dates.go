package hours

import "strings"

// dates reads Aug 01-21, Jul-Aug, Dec 24-Jan 02, Dec 24,31, with or without a
// year before.
func (p *parser) dates(r *Rule) *Error {
	for {
		p.space()
		start := p.pos
		from, found, err := p.date(Date{})
		if err != nil || !found {
			if err == nil && len(r.Dates) > 0 {
				return p.wordOr(UnknownWord)
			}
			return err
		}
		for {
			d, err := p.dateRange(start, from)
			if err != nil {
				return err
			}
			r.Dates = append(r.Dates, d)
			// Dec 24,31: another day of the same month
			save := p.pos
			p.space()
			if !p.take(",") {
				p.pos = save
				return nil
			}
			p.space()
			start = p.pos
			n, ok := p.dayNumber()
			if !ok {
				break // another month
			}
			if d.To.Day == 0 {
				return p.since(start, BadDate)
			}
			from = Date{d.To.Year, d.To.Month, n}
			if !from.valid() {
				return p.since(start, BadDate)
			}
		}
	}
}

// dateRange reads what may follow a first date.
func (p *parser) dateRange(start int, from Date) (DateRange, *Error) {
	d := DateRange{from, from}
	save := p.pos
	p.space()
	if !p.take("-") {
		p.pos = save
		return d, nil
	}
	p.space()
	if n, ok := p.dayNumber(); ok {
		if from.Day == 0 {
			return d, p.since(start, BadRange)
		}
		d.To.Day = n
		if !d.To.valid() {
			return d, p.since(start, BadDate)
		}
	} else {
		to, found, err := p.date(from)
		if err != nil {
			return d, err
		}
		if !found {
			return d, p.wordOr(UnknownWord)
		}
		d.To = to
	}
	switch {
	case (d.From.Day == 0) != (d.To.Day == 0), (d.From.Year == 0) != (d.To.Year == 0):
		return d, p.since(start, BadRange)
	case d.From == d.To:
		return d, nil
	case d.From.Year == 0 && d.From.Month == d.To.Month && d.From.Day > d.To.Day,
		d.From.Year > 0 && d.From.number() > d.To.number():
		return d, p.since(start, BadRange)
	}
	return d, nil
}

// date reads [year] month [day]. The year of the date before, if any, holds for
// this one.
func (p *parser) date(before Date) (Date, bool, *Error) {
	start := p.pos
	d := Date{Year: before.Year}
	if p.year() {
		d.Year, _ = p.number(4)
		if d.Year < 1900 || d.Year > 2999 {
			return d, false, p.since(start, BadDate)
		}
		p.space()
	}
	w := p.peekWord()
	for m, code := range monthCodes {
		if m > 0 && strings.EqualFold(w, code) {
			d.Month = m
		}
	}
	if d.Month == 0 {
		if p.pos > start { // a year without a month
			return d, false, p.since(start, Unsupported)
		}
		return d, false, nil
	}
	p.pos += len(w)
	save := p.pos
	p.space()
	n, ok := p.dayNumber()
	if !ok {
		p.pos = save
		return d, true, nil
	}
	d.Day = n
	if !d.valid() {
		return d, false, p.since(start, BadDate)
	}
	return d, true, nil
}

// dayNumber reads a day of a month: a number that no colon follows, which would
// make it a time.
func (p *parser) dayNumber() (int, bool) {
	save := p.pos
	n, ok := p.number(2)
	if ok && p.pos < len(p.s) && p.s[p.pos] == ':' && p.pos+1 < len(p.s) && isDigit(p.s[p.pos+1]) {
		p.pos = save
		return 0, false
	}
	return n, ok
}

var monthDays = [...]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

func (d Date) valid() bool {
	if d.Month == 2 && d.Day == 29 && d.Year > 0 && (d.Year%4 != 0 || d.Year%100 == 0 && d.Year%400 != 0) {
		return false
	}
	return d.Day >= 1 && d.Day <= monthDays[d.Month]
}

// number orders dates.
func (d Date) number() int { return d.Year*10000 + d.Month*100 + d.Day }

// weeks reads 01-53/2,10.
func (p *parser) weeks(r *Rule) *Error {
	for {
		p.space()
		start := p.pos
		var w WeekRange
		var ok bool
		if w.From, ok = p.number(2); !ok || w.From < 1 || w.From > 53 {
			return p.since(start, BadRange)
		}
		w.To, w.Step = w.From, 1
		if p.take("-") {
			if w.To, ok = p.number(2); !ok || w.To <= w.From || w.To > 53 {
				return p.since(start, BadRange)
			}
			if p.take("/") {
				if w.Step, ok = p.number(2); !ok || w.Step < 1 || w.Step > 52 {
					return p.since(start, BadRange)
				}
			}
		}
		r.Weeks = append(r.Weeks, w)
		save := p.pos
		p.space()
		if !p.take(",") {
			p.pos = save
			return nil
		}
	}
}
