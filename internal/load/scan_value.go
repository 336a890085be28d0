package load

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// value reads a value into its node, which is already in its table or list.
func (s *cursor) value(id nodeID, depth int) bool {
	switch c := s.peek(); c {
	case '"', '\'':
		return s.quoted(id, c)
	case '[':
		return s.list(id, depth+1)
	case '{':
		return s.inline(id, depth+1)
	case 't', 'f':
		return s.boolean(id)
	}
	return s.number(id)
}

func (s *cursor) boolean(id nodeID) bool {
	n := &s.nodes[id]
	n.kind = aBoolean
	rest := s.text[s.pos:]
	switch {
	case strings.HasPrefix(rest, "true"):
		n.a = 1
		s.pos += len("true")
		return true
	case strings.HasPrefix(rest, "false"):
		s.pos += len("false")
		return true
	}
	return false
}

// list reads [a, b].
func (s *cursor) list(id nodeID, depth int) bool {
	s.nodes[id].kind = aList
	return s.items(depth, ']', func() bool { return s.value(s.add(id, node{}), depth) })
}

// inline reads { a = 1, b = 2 }.
func (s *cursor) inline(id nodeID, depth int) bool {
	return s.items(depth, '}', func() bool { return s.pair(id, depth) })
}

// items reads what commas part, from an opening bracket to its end.
func (s *cursor) items(depth int, end byte, item func() bool) bool {
	s.pos++
	for depth <= deepest && s.gap() {
		if s.take(end) {
			return true
		}
		if !item() || !s.gap() {
			return false
		}
		if !s.take(',') {
			return s.take(end)
		}
	}
	return false
}

// piece stores a string that stands in the text.
func (s *cursor) piece(id nodeID, start, end int) {
	n := &s.nodes[id]
	n.kind, n.a, n.b = aString, uint32(start), uint32(end-start)
}

// quoted reads a string, on one line or on several.
func (s *cursor) quoted(id nodeID, quote byte) bool {
	start := s.pos + 1
	for i := start; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == quote:
			if i == start && i+1 < len(s.text) && s.text[i+1] == quote {
				return s.lines(id, quote)
			}
			s.piece(id, start, i)
			s.pos = i + 1
			return true
		case c == '\\' && quote == '"':
			return s.escaped(id, start, i)
		case control(c):
			return false
		}
	}
	return false
}

// lines reads a string between three quotes. Escapes in it, and quotes next to the last
// three, are left to the library.
func (s *cursor) lines(id nodeID, quote byte) bool {
	s.pos += 3
	if s.peek() == '\n' || s.peek() == '\r' {
		if !s.newline() {
			return false
		}
	}
	start := s.pos
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == quote && s.pos+2 < len(s.text) && s.text[s.pos+1] == quote && s.text[s.pos+2] == quote:
			s.piece(id, start, s.pos)
			s.pos += 3
			return s.peek() != quote
		case c == '\n' || c == '\r':
			if !s.newline() {
				return false
			}
		case control(c) || c == '\\' && quote == '"':
			return false
		default:
			s.pos++
		}
	}
	return false
}

// escaped reads a string of which the first escape is at an offset.
func (s *cursor) escaped(id nodeID, start, at int) bool {
	n := &s.nodes[id]
	n.kind, n.a = aString, uint32(len(s.text)+len(s.more))
	from := len(s.more)
	s.more = append(s.more, s.text[start:at]...)
	for s.pos = at; s.pos < len(s.text); {
		c := s.text[s.pos]
		s.pos++
		switch {
		case c == '"':
			n.b = uint32(len(s.more) - from)
			return true
		case control(c):
			return false
		case c != '\\':
			s.more = append(s.more, c)
		case !s.escape():
			return false
		}
	}
	return false
}

// escape reads what follows a backslash.
func (s *cursor) escape() bool {
	c := s.peek()
	s.pos++
	digits := 0
	switch c {
	case '"', '\\':
	case 'b':
		c = '\b'
	case 't':
		c = '\t'
	case 'n':
		c = '\n'
	case 'f':
		c = '\f'
	case 'r':
		c = '\r'
	case 'e':
		c = 0x1b
	case 'x':
		digits = 2
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	default:
		return false
	}
	if digits == 0 {
		s.more = append(s.more, c)
		return true
	}
	if s.pos+digits > len(s.text) {
		return false
	}
	code, err := strconv.ParseUint(s.text[s.pos:s.pos+digits], 16, 32)
	if err != nil || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return false
	}
	s.pos += digits
	s.more = utf8.AppendRune(s.more, rune(code))
	return true
}

// digits moves past digits and returns how many there are.
func (s *cursor) digits() int {
	start := s.pos
	for s.pos < len(s.text) && '0' <= s.text[s.pos] && s.text[s.pos] <= '9' {
		s.pos++
	}
	return s.pos - start
}

// number reads a decimal number, or a date. Whatever else may follow the digits is not
// what follows a value, and so makes it give up.
func (s *cursor) number(id nodeID) bool {
	start := s.pos
	signed := s.take('-') || s.take('+')
	first := s.pos
	n := s.digits()
	switch {
	case n == 4 && !signed && s.peek() == '-':
		s.pos = start
		return s.date(id)
	case n == 0 || n > 18 || n > 1 && s.text[first] == '0':
		return false
	case s.take('.'):
		if n := s.digits(); n == 0 || n > 18 {
			return false
		}
		v, err := strconv.ParseFloat(s.text[start:s.pos], 64)
		s.nodes[id].kind = aNumber
		s.nodes[id].setWide(math.Float64bits(v))
		return err == nil
	}
	v, err := strconv.ParseInt(s.text[start:s.pos], 10, 64)
	s.nodes[id].kind = anInteger
	s.nodes[id].setWide(uint64(v))
	return err == nil
}

// two reads two digits that make a number in a range.
func (s *cursor) two(low, high int) (int, bool) {
	start := s.pos
	if s.digits() != 2 {
		return 0, false
	}
	v := int(s.text[start]-'0')*10 + int(s.text[start+1]-'0')
	return v, low <= v && v <= high
}

// date reads a date, or a date and time to the minute or the second. A time zone or a
// part of a second makes it give up, for neither may follow a value.
func (s *cursor) date(id nodeID) bool {
	year, _ := strconv.Atoi(s.text[s.pos : s.pos+4])
	s.pos += 5
	month, ok := s.two(1, 12)
	if !ok || !s.take('-') {
		return false
	}
	day, ok := s.two(1, 31)
	if !ok {
		return false
	}
	hour, minute, second := 0, 0, 0
	if rest := s.text[s.pos:]; len(rest) > 2 && (rest[0] == 'T' || rest[0] == 't' || rest[0] == ' ' && '0' <= rest[1] && rest[1] <= '9') {
		s.pos++
		if hour, ok = s.two(0, 23); !ok || !s.take(':') {
			return false
		}
		if minute, ok = s.two(0, 59); !ok {
			return false
		}
		if s.take(':') {
			if second, ok = s.two(0, 59); !ok {
				return false
			}
		}
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	s.nodes[id].kind = aMoment
	s.nodes[id].setWide(uint64(t.Unix()))
	return t.Day() == day
}
