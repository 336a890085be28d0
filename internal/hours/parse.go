package hours

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const maxLen = 1000

// Parse reads opening hours. The error, if any, is an *Error.
func Parse(s string) (Hours, error) {
	p := parser{s: s}
	h, err := p.hours()
	if err != nil {
		return Hours{}, err
	}
	return h, nil
}

type parser struct {
	s   string
	pos int
}

func (p *parser) hours() (Hours, *Error) {
	if len(p.s) > maxLen {
		return Hours{}, &Error{Offset: maxLen, Reason: TooLong}
	}
	h := Hours{Rules: make([]Rule, 0, min(1+strings.Count(p.s, ";"), 8))}
	join := Replaces
	for {
		r, err := p.rule()
		if err != nil {
			return Hours{}, err
		}
		r.Join = join
		h.Rules = append(h.Rules, r)
		p.space()
		switch {
		case p.pos == len(p.s):
			return h, nil
		case p.take("||"):
			join = StandsIn
		case p.take(","):
			join = Adds
		case p.take(";"):
			join = Replaces
			if p.space(); p.pos == len(p.s) {
				return h, nil
			}
		default:
			return Hours{}, p.unexpected()
		}
	}
}

func (p *parser) rule() (Rule, *Error) {
	var r Rule
	p.space()
	start := p.pos
	if p.pos == len(p.s) || strings.IndexByte(";,|", p.s[p.pos]) >= 0 {
		return r, p.fail(Empty, "")
	}
	if p.take("24/7") {
		r.Always = true
	} else {
		if err := p.selectors(&r); err != nil {
			return r, err
		}
		if err := p.spans(&r); err != nil {
			return r, err
		}
	}
	p.space()
	word, at := p.peekWord(), p.pos
	switch strings.ToLower(word) {
	case "off", "closed":
		p.pos += len(word)
		if len(r.Spans) > 0 || r.Always {
			return r, &Error{Offset: at, Len: len(word), Reason: OffTimes, Found: word}
		}
		r.Off = true
	case "open":
		p.pos += len(word)
	case "":
	default:
		return r, p.unknownWord()
	}
	if err := p.comment(&r); err != nil {
		return r, err
	}
	if !r.Always && !r.Off && len(r.Spans) == 0 && r.Comment == "" {
		if p.pos > start {
			return r, &Error{Offset: start, Len: len(strings.TrimRightFunc(p.s[start:p.pos], unicode.IsSpace)), Reason: NoTimes, Found: strings.TrimRightFunc(p.s[start:p.pos], unicode.IsSpace)}
		}
		return r, p.unexpected()
	}
	return r, nil
}

// selectors reads the dates, the weeks and the days of a rule.
func (p *parser) selectors(r *Rule) *Error {
	if err := p.dates(r); err != nil {
		return err
	}
	p.space()
	if strings.EqualFold(p.peekWord(), "week") {
		p.pos += len("week")
		if err := p.weeks(r); err != nil {
			return err
		}
	}
	if len(r.Dates)+len(r.Weeks) > 0 {
		p.space()
		p.take(":") // allowed, says nothing
	}
	return p.days(r)
}

func (p *parser) days(r *Rule) *Error {
	for {
		p.space()
		start := p.pos
		from, ok := p.day()
		if !ok {
			if len(r.Days) > 0 {
				return p.wordOr(UnknownWord)
			}
			return nil
		}
		d := DayRange{From: from, To: from}
		p.space()
		if p.take("-") {
			p.space()
			to, ok := p.day()
			if !ok {
				return p.wordOr(UnknownWord)
			}
			if from > Sunday || to > Sunday {
				return p.since(start, BadRange)
			}
			d.To = to
		}
		if p.take("[") {
			if from > Sunday || d.To != from {
				return p.since(start, BadRange)
			}
			if err := p.nth(&d); err != nil {
				return err
			}
		}
		r.Days = append(r.Days, d)
		// A comma goes on with days, or after them adds a rule (Mo, Tu 09:00…
		// is one list: only times end the days).
		save := p.pos
		p.space()
		if !p.take(",") {
			p.pos = save
			return nil
		}
	}
}

// nth reads what follows Sa[: 1,3] or 1-2] or -1].
func (p *parser) nth(d *DayRange) *Error {
	for {
		start := p.pos
		sign := 1
		if p.take("-") {
			sign = -1
		}
		n, ok := p.number(1)
		if !ok || n < 1 || n > 5 {
			return p.since(start, BadRange)
		}
		last := n
		if sign > 0 && p.take("-") {
			if last, ok = p.number(1); !ok || last <= n || last > 5 {
				return p.since(start, BadRange)
			}
		}
		for ; n <= last; n++ {
			if slices.Contains(d.Nth, sign*n) {
				return p.since(start, BadRange)
			}
			d.Nth = append(d.Nth, sign*n)
		}
		switch {
		case p.take(","):
		case p.take("]"):
			return nil
		default:
			return p.unexpected()
		}
	}
}

// comment reads "a remark" at the end of a rule.
func (p *parser) comment(r *Rule) *Error {
	p.space()
	start := p.pos
	if !p.take(`"`) {
		return nil
	}
	end := strings.IndexByte(p.s[p.pos:], '"')
	if end < 0 {
		p.pos = len(p.s)
		return p.since(start, BadComment)
	}
	r.Comment = strings.Join(strings.Fields(p.s[p.pos:p.pos+end]), " ")
	p.pos += end + 1
	if r.Comment == "" || !utf8.ValidString(r.Comment) || strings.ContainsFunc(r.Comment, unicode.IsControl) {
		return p.since(start, BadComment)
	}
	return nil
}

// day reads Mo, tu, PH; it takes nothing else.
func (p *parser) day() (Day, bool) {
	w := p.peekWord()
	for d, code := range dayCodes {
		if strings.EqualFold(w, code) {
			p.pos += len(w)
			return Day(d), true
		}
	}
	return 0, false
}

// number reads a number of at most so many digits, and takes nothing longer.
func (p *parser) number(digits int) (int, bool) {
	n, i := 0, p.pos
	for ; i < len(p.s) && p.s[i] >= '0' && p.s[i] <= '9'; i++ {
		if i-p.pos == digits {
			return 0, false
		}
		n = n*10 + int(p.s[i]-'0')
	}
	if i == p.pos {
		return 0, false
	}
	p.pos = i
	return n, true
}

func (p *parser) space() {
	for p.pos < len(p.s) {
		r, size := utf8.DecodeRuneInString(p.s[p.pos:])
		if !unicode.IsSpace(r) && r != '\u202f' {
			return
		}
		p.pos += size
	}
}

func (p *parser) take(sign string) bool {
	if strings.HasPrefix(p.s[p.pos:], sign) {
		p.pos += len(sign)
		return true
	}
	return false
}

// peekWord returns the run of letters at the position.
func (p *parser) peekWord() string {
	rest := p.s[p.pos:]
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	return rest[:end]
}

// unexpected reports the sign at the position, or the word it begins.
func (p *parser) unexpected() *Error { return p.wordOr(Unexpected) }

func (p *parser) wordOr(why Reason) *Error {
	if p.peekWord() != "" {
		return p.unknownWord()
	}
	if why == UnknownWord {
		why = Unexpected
	}
	r, size := utf8.DecodeRuneInString(p.s[p.pos:])
	e := &Error{Offset: p.pos, Len: size, Reason: why, Found: p.s[p.pos : p.pos+size]}
	if r == '–' || r == '—' || r == '‑' {
		e.Suggest = "-"
	}
	return e
}

func (p *parser) unknownWord() *Error {
	w := p.peekWord()
	e := &Error{Offset: p.pos, Len: len(w), Reason: UnknownWord, Found: w, Suggest: meant(w)}
	switch strings.ToLower(w) {
	case "sunrise", "sunset", "dawn", "dusk", "easter", "unknown", "day", "days":
		e.Reason, e.Suggest = Unsupported, ""
	}
	if strings.EqualFold(e.Suggest, w) { // the right word in the wrong place
		e.Reason, e.Suggest = Unexpected, ""
	}
	return e
}

func (p *parser) fail(why Reason, found string) *Error {
	return &Error{Offset: p.pos, Len: len(found), Reason: why, Found: found}
}

// since reports what was read from start on.
func (p *parser) since(start int, why Reason) *Error {
	end := p.pos
	if end == start && end < len(p.s) {
		_, size := utf8.DecodeRuneInString(p.s[end:])
		end += size
	}
	return &Error{Offset: start, Len: end - start, Reason: why, Found: p.s[start:end]}
}
